"""What `passalong doctor` finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` is what to do when it is not right."""

    is_well: bool
    what: str
    mend: str = ""
