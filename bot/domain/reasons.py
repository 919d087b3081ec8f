"""Why a story is not for somebody: one of four, counted by story and never by person."""

from enum import StrEnum


class Reason(StrEnum):
    """Asked after *Not for me*; to answer is as free as not to."""

    SUBJECT = "subject"
    ADVERT = "advert"
    SEEN = "seen"
    INSIDE = "inside"
