"""The shares of one champion, as comms looks at them: to see whether something was counted wrongly."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LookedAt:
    """One share, or what one link brought.

    `network` and `day` (as Python numbers days) are None where nobody is to know who it was: with them a post outside
    could be found. `readers` are those that count, `aside` those that were set aside. `link` and `share`: their ids;
    None where there is none. `is_said`: the one whose it is says so.
    """

    title: str
    network: str | None
    day: int | None
    readers: int
    aside: int
    link: int | None
    is_link_aside: bool
    share: int | None
    is_said: bool
    is_share_aside: bool
