"""Reactions are looked up again: what people react to comes first."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.actions.desk import Desk, Me
from bot.actions.ports import Standing
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.domain.messages import Posted
from bot.domain.problems import TryLater
from bot.domain.stories import Placement, StoryDraft
from bot.store import placements, stories

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


class Tired:
    """A Slack that answers once."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def reactions(self, where: Posted) -> Standing:
        if self.asked:
            raise TryLater(30.0, "ratelimited")
        self.asked.append(where.ts)
        return Standing({})


def test_the_newest_is_looked_up_before_slack_has_enough(store: Any) -> None:
    slack = Tired()
    desk = Desk(store=store, messenger=slack, previews=None, me=Me("UBOT", "BBOT", "T1", "V"))  # type: ignore[arg-type]

    def work(connection: Any) -> None:
        for days in (9, 5, 1):
            story = stories.add(connection, StoryDraft(f"https://example.com/{days}", "T", "S", "en"), None, NOW)
            placements.add(connection, Placement(story, "C1", f"{days}.0", NOW - timedelta(days=days)))

    store.write(work)
    with pytest.raises(TryLater):
        rebuild_reactions(desk, NOW)
    assert slack.asked == ["1.0"]
