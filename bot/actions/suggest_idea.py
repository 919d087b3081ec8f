"""Somebody suggests a story to comms: kept, joined with whoever suggested the same, and owed as a card."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.actions.desk import Desk
from bot.actions.tell_senders import owe_answer
from bot.actions.who_asks import Asker, remember
from bot.domain.idea_problems import ManyIdeas, NotAColleague, NothingSuggested
from bot.domain.ideas import MOST_A_DAY, SAME_ANSWER, Idea, IdeaState, Pressed, Said, Suggestion
from bot.domain.setup import Setup
from bot.domain.stories import Story
from bot.domain.went_in import WentIn
from bot.store import idea_traces, ideas, keys, shares, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class Suggested:
    """What came of it. `story`: it is in the queue, or out, already, and nothing was kept.

    `is_heard`: comms has a channel where its card stands. `is_told`: they hear what becomes of it; that is nobody of
    whom nothing may be kept. `is_joined`: somebody suggested it before.
    """

    story: Story | None = None
    is_heard: bool = False
    is_told: bool = False
    is_joined: bool = False


def suggest_idea(desk: Desk, asker: Asker, suggestion: Suggestion, press: str, now: datetime) -> Suggested:
    """Keep it. `press`: the same for the same window; sent twice, it is there once.

    Raises:
        NotAColleague, NothingSuggested, ManyIdeas; TryLater when Slack does not say who this is.
        WentIn: the window sent something else before, and that is what comms has.
    """
    if not asker.profile.counts_at(desk.me.team):
        raise NotAColleague
    if not suggestion.link and not suggestion.why:
        raise NothingSuggested
    done = desk.store.write(lambda connection: _suggest(connection, desk, asker, suggestion, press, now))
    desk.wake()
    return done


def may_be_thanked(desk: Desk, asker: Asker) -> bool:
    """Whether anything of them may be kept: else nobody can be thanked, and nobody told."""
    return desk.store.read(lambda connection: _may_be_kept(connection, asker))


def _suggest(
    connection: Connection, desk: Desk, asker: Asker, suggestion: Suggestion, press: str, now: datetime
) -> Suggested:
    setup = setup_store.load_setup(connection)
    before = ideas.of_press(connection, press)
    if before is not None:
        return _once_more(before, suggestion, setup)
    story = stories.find_link(connection, suggestion.link) if suggestion.link else None
    if story is not None:
        return Suggested(story)
    person = remember(connection, desk, asker.profile, now)
    if person is not None and not shares.hold(connection, person.id):
        person = None
    done = Suggested(is_heard=setup.comms_channel is not None, is_told=person is not None)
    before = ideas.of_press(connection, press)
    if before is not None:
        return _once_more(before, suggestion, setup)
    if person and ideas.count_sent(connection, person.id, now - timedelta(days=1)) >= MOST_A_DAY:
        raise ManyIdeas
    idea = take_up_idea(connection, person.id if person else None, suggestion, press, setup.comms_channel, now)
    return replace(done, is_joined=bool(idea.senders))


def _once_more(before: Pressed, suggestion: Suggestion, setup: Setup) -> Suggested:
    """Nobody is to think that comms has another idea than it has, or thanks them otherwise than it does."""
    if before.says(suggestion):
        return Suggested(is_heard=setup.comms_channel is not None, is_told=before.is_told)
    word = "ideas.went_in.credited" if before.suggestion.is_credited else "ideas.went_in.uncredited"
    raise WentIn(word, before.suggestion.why or before.suggestion.link)


def take_up_idea(
    connection: Connection,
    person_id: int | None,
    suggestion: Suggestion,
    press: str,
    channel: str | None,
    now: datetime,
) -> Idea:
    """Kept as an idea of its own, or joined with whoever suggested the same before; answers it as it was before.

    `channel`: of comms, where its card stands.
    """
    idea = ideas.take_up(connection, suggestion.link, now - SAME_ANSWER, now)
    ideas.add_sender(connection, idea, person_id, suggestion, press, now)
    _tell(connection, idea, channel, now)
    return idea


def _tell(connection: Connection, idea: Idea, channel: str | None, now: datetime) -> None:
    """Comms; and who comes with what was answered lately, in the same words."""
    if idea.state is IdeaState.DECLINED:
        owe_answer(connection, [idea.id], Said.DECLINED, now)
    if idea.ts is not None:
        idea_traces.redraw_card(connection, idea, now)
    elif channel is not None and idea.state is IdeaState.OPEN:
        idea_traces.owe_card(connection, idea.id, channel, now)


def _may_be_kept(connection: Connection, asker: Asker) -> bool:
    is_out = asker.person is not None and not asker.person.is_in
    return not is_out and not keys.is_forgotten(connection, asker.user)
