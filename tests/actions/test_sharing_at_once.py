"""One person, twice at the same moment (a double click, a reaction beside it): counted once, and nothing breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

from bot.actions.desk import Desk, Me
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_reaction import mark_reaction
from bot.actions.mark_said import mark_said
from bot.actions.unsay_shared import unsay_shared
from bot.actions.who_asks import Asker
from bot.domain.captions import Caption
from bot.domain.happenings import Reacted
from bot.domain.people import Profile
from bot.domain.shares import Words
from bot.domain.stories import Placement, StoryDraft, StoryState
from bot.store import people, placements, shares, stories

NOW = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
ROUNDS, AT_ONCE = 12, 4


def test_a_person_who_does_several_things_at_once(store: Any) -> None:
    desk = Desk(store=store, messenger=None, previews=None, me=Me("UBOT", "BBOT", "T1", "V"))  # type: ignore[arg-type]
    profile = Profile("UANNA", "T1", "Anna")
    person = store.write(lambda c: people.add(c, profile, NOW))
    asker = Asker(profile, person, "en", is_editor=False, is_admin=False)

    def react(story: int) -> None:
        store.write(lambda c: mark_reaction(c, Reacted("UANNA", "C1", f"{story}.0", "mega", True, NOW), person))

    acts = [
        lambda story: mark_opened(desk, asker, story, "linkedin", Words(), NOW),
        lambda story: mark_opened(desk, asker, story, "linkedin", Words(), NOW),
        lambda story: mark_said(desk, asker, story, ["linkedin"], NOW),
        react,
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(ROUNDS):
            story = store.write(lambda c, number=number: posted(c, number))
            gate = Barrier(AT_ONCE)

            def together(act: Any, story: int = story, gate: Barrier = gate) -> None:
                gate.wait()
                act(story)

            list(pool.map(together, acts))
            [share] = store.read(lambda c, story=story: shares.of_person(c, story, person.id))
            assert (share.network, share.opened_at, share.claimed_at, share.reacted_at) == ("linkedin", NOW, NOW, NOW)
            assert unsay_shared(desk, asker, story, NOW), "the reaction stands"


def posted(connection: Any, number: int) -> int:
    draft = StoryDraft(f"https://example.com/{number}", "T", "S", "en", (Caption(None, "en", "One"),))
    story = stories.add(connection, draft, None, NOW)
    stories.end(connection, story, [StoryState.QUEUED], StoryState.POSTED, NOW)
    placements.add(connection, Placement(story, "C1", f"{story}.0", NOW))
    return story
