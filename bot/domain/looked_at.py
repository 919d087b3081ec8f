"""The shares of one champion, as comms looks at them: to see whether something was counted wrongly."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LookedAt:
    """One share, or what one link brought.

    `day`: as Python numbers days. `readers` are those that count, `aside` those that were set aside. `link` and
    `share`: their ids; None where there is none. `is_said`: the one whose it is says so.
    """

    title: str
    network: str
    day: int
    readers: int
    aside: int
    link: int | None
    is_link_aside: bool
    share: int | None
    is_said: bool
    is_share_aside: bool
