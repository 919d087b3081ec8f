"""A comms team that watches papers, served by a server of our own."""

import json
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from bot.actions.tell_hooks import tell_hooks
from bot.actions.watch_feeds import watch_feeds
from bot.domain.hooks import Feed, Watching, WatchWord, WordKind
from bot.slack import ids
from bot.store import hooks as hook_store
from tests.slack.queueing import Comms

GEMAAL = "Pompgemaal van Riverbank valt uit door bliksem"


class Newsroom:
    """Comms, and papers that they watch."""

    def __init__(self, stand: Any, papers: int = 2, cards_a_day: int = 3) -> None:
        self.comms, self.stand = Comms(stand), stand
        self.room = next(room.id for room in stand.company.rooms if room.private)
        self.comms.set_up(comms_channel=self.room)
        self.stand.work()
        self.items: dict[str, list[str]] = {f"Krant {n}": [] for n in range(1, papers + 1)}
        told = tuple(Feed(name, self.serve(name), "nl") for name in self.items)
        words = (WatchWord("Riverbank", WordKind.BRAND), WatchWord("gemaal", WordKind.TOPIC))
        self.desk = replace(stand.house.desk, watching=Watching(told, words, cards_a_day))
        # What people press is answered by the house's own desk.
        stand.house.front.__dict__["desk"] = self.desk

    def serve(self, name: str) -> str:
        items = "".join(self.items[name])
        body = f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()
        return self.comms.web.page("/" + name.replace(" ", ""), body, "application/xml")

    def publish(self, name: str, title: str, at: datetime | None = None, link: str = "") -> None:
        at = at or self.stand.clock()
        link = link or f"https://krant.example.org/{name}/{len(self.items[name])}".replace(" ", "")
        self.items[name].insert(
            0, f"<item><title>{title}</title><link>{link}</link><pubDate>{format_datetime(at)}</pubDate></item>"
        )
        self.serve(name)

    def look(self, **time: float) -> None:
        """Time goes by, and the jobs come round."""
        self.stand.clock.step(**(time or {"minutes": 11}))
        while watch_feeds(self.desk, self.stand.clock()):
            pass
        tell_hooks(self.desk, self.stand.clock())
        # Slack takes one message a second in a channel.
        for _ in range(4):
            self.stand.work()
            self.stand.clock.step(seconds=2)

    def cards(self) -> list[dict[str, Any]]:
        shown = self.stand.workspace.channels[self.room].messages
        return [m for m in messages(shown) if "/passalong" not in json.dumps(m) and ids.HOOK_MENU in json.dumps(m)]

    def said(self) -> str:
        return json.dumps(messages(self.stand.workspace.channels[self.room].messages), ensure_ascii=False)

    def kept(self) -> list[Any]:
        return self.desk.store.read(
            lambda c: hook_store.since(c, datetime.min.replace(tzinfo=self.stand.clock().tzinfo))
        )


def messages(shown: Any) -> list[dict[str, Any]]:
    return list(shown.values()) if isinstance(shown, dict) else list(shown)


def press(newsroom: Newsroom, card: dict[str, Any], action: str, option: str | None = None) -> None:
    acts, editor = newsroom.comms.acts, newsroom.comms.editor
    outcome = acts.press(editor, action, channel=newsroom.room, ts=card["ts"], option=option)
    assert outcome.error is None, outcome
    newsroom.comms.rest()
    newsroom.stand.work()
