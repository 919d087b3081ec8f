"""Where the content folder is."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def content_place(own: Path | None, part: str = "") -> Path:
    """The company's own content folder, or the one that ships: inside the package, or beside it in a checkout.

    With a `part` (a file or a folder in it): the folder that has it, so that a company need only write what it changes.
    """
    if own is not None and (own / part).exists():
        return own
    inside = _PACKAGE / "_content"
    return inside if inside.is_dir() else _PACKAGE.parent / "content"
