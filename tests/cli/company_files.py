"""A company as it comes in files."""

from pathlib import Path


def written(folder: Path, people: str, shares: str, clicks: str) -> Path:
    """A folder in this one with the three files that `passalong import` reads."""
    found = folder / "company"
    found.mkdir()
    for name, text in (("people", people), ("shares", shares), ("clicks", clicks)):
        (found / f"{name}.csv").write_text(text)
    return found
