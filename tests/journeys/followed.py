"""Who shares by personal links, and who follows them: readers, and everybody who is none."""

from datetime import datetime
from itertools import count
from typing import Any

from bot.actions.answer_standing import answer_standing
from bot.actions.count_clicks import Came, ClickCounter
from bot.actions.follow_link import find_destinations
from bot.actions.link_desk import LinkDesk
from bot.actions.mint_link import mint_links
from bot.actions.who_asks import who_asks
from bot.domain.clicks import ClickKind, Visit, judge
from bot.domain.links import Post
from bot.domain.people import Standing
from bot.domain.visitors import Visitor

PUBLIC = "https://go.example.com"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
_NUMBERS = count(1)


def share_by_link(desk: Any, user: str, story: int, now: datetime, network: str = "linkedin", text: str = "Hi") -> str:
    """This person may be counted, and gets a link; answers its code."""
    asker = who_asks(desk, user)
    if asker.person is None or asker.person.standing is Standing.UNASKED:
        answer_standing(desk, asker, Standing.UNNAMED, now)
    return mint_links(desk, asker, story, [network], Post(text), now)[network]


def follow(desk: Any, code: str, now: datetime, *, readers: int = 0, previews: int = 0, robots: int = 0,
           colleagues: int = 0, repeats: int = 0) -> None:  # fmt: skip
    """So many of each follow this link; nobody comes back who was not here."""
    links = LinkDesk(desk.store, lambda agent: False, PUBLIC)
    counter, [found] = ClickCounter(links), find_destinations(links, [code]).values()

    def comes(agent: str, who: int = 0, *, is_office: bool = False) -> Came:
        rule = judge(Visit(agent), lambda _: False)
        return Came(found.link, rule, is_office, Visitor(f"198.51.100.{who}", agent))

    new = [next(_NUMBERS) for _ in range(readers)]
    came = [comes(BROWSER, who) for who in (*new, *(new[:1] * repeats))]
    came += [comes("LinkedInBot/1.0")] * previews + [comes("")] * robots
    came += [comes(BROWSER, next(_NUMBERS), is_office=True) for _ in range(colleagues)]
    hashed, salt = counter.hashed(came, now)
    kinds = counter.count(hashed, salt, now)
    assert kinds.count(ClickKind.READER) == readers
    assert len(kinds) == readers + previews + robots + colleagues + repeats
