"""Cells of a sheet that spreadsheets leave alone."""

_FORMULA = ("=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell must not begin with; in some languages the wide ones count too."""
_MARK = "'"


def defused(text: str) -> str:
    """A cell that a spreadsheet would take for a formula becomes plain text."""
    return f"{_MARK}{text}" if text.lstrip().startswith(_FORMULA) or text[:1].isspace() else text


def undefused(text: str) -> str:
    """What stood there before `defused`."""
    return text[1:] if text[:1] == _MARK and defused(text[1:]) == text else text
