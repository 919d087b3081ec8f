"""The file that holds the database, and a whole copy of it while it is in use."""

from pathlib import Path

from sqlalchemy.engine import make_url


def file_of(url: str) -> Path | None:
    """The file that holds the database; None when a server does."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
