"""Who suggested a story hears what becomes of it: each word once, to them alone, outside their quiet hours."""

from collections.abc import Collection
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, who_asks
from bot.domain.deliveries import Delivery, Owed
from bot.domain.ideas import AT_THE_LATEST, ENOUGH_READERS, FRESH, SOON, Idea, IdeaState, Said
from bot.domain.messages import IdeaAnswer, Message
from bot.domain.stories import Story, StoryState
from bot.store import deliveries, idea_traces, ideas, people, readers, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

IDEA_ANSWER = "idea_answer"
A_ROUND = 50
"""Cards that are owed at a time, where comms has just chosen its channel."""


def owe_answer(
    connection: Connection, idea_ids: Collection[int], said: Said, now: datetime, not_before: datetime | None = None
) -> None:
    """Everybody who suggested one of these is to hear this; who was told it is not told again."""
    for sender, person_id, user in ideas.told_of(connection, idea_ids):
        found = ideas.of_sender(connection, sender)
        story_id = found.story_id if found else None
        key = f"idea:{sender}:{said}:{story_id or 0}"
        body = {"sender": sender, "said": said.value}
        owed = Owed(IDEA_ANSWER, key, user, body, not_before, story_id=story_id, person_id=person_id)
        deliveries.owe(connection, owed, now)


def tell_out(connection: Connection, story_id: int, now: datetime) -> None:
    """In the transaction that notes that it stands somewhere; noted again, it does nothing more."""
    found = ideas.of_story(connection, story_id)
    if found:
        owe_answer(connection, [idea.id for idea in found], Said.OUT, now)
        for idea in found:
            idea_traces.redraw_card(connection, idea, now)


def tell_dropped(connection: Connection, story_id: int, now: datetime) -> None:
    """It was taken out of the queue, or its time was over before its turn. If it is put back soon, nobody hears."""
    found = ideas.of_story(connection, story_id)
    if found:
        owe_answer(connection, [idea.id for idea in found], Said.DROPPED, now, now + SOON)
        for idea in found:
            idea_traces.redraw_card(connection, idea, now)


def look_after_ideas(desk: Desk, now: datetime) -> None:
    """Cards that could not be owed before there was a comms channel, and readers that came since."""
    desk.store.write(lambda connection: _owe_cards(connection, now))
    if desk.public_url:
        desk.store.write(lambda connection: _tell_readers(connection, now))
    desk.wake()


def compose_idea_answer(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What is to be said, as far as it holds still; nothing to who left, or is not here any more."""
    asker = who_asks(desk, delivery.target)
    if asker.person is None or not asker.person.is_in or not asker.profile.counts_at(desk.me.team):
        return None
    return desk.store.read(lambda connection: _answer(connection, delivery, asker, now))


def _answer(connection: Connection, delivery: Delivery, asker: Asker, now: datetime) -> Message | None:
    sender, said = delivery.body["sender"], Said(delivery.body["said"])
    idea = ideas.of_sender(connection, sender)
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    if idea is None or not _holds(said, idea, story, now):
        return None
    editor = people.by_key(connection, idea.answer.by) if idea.answer.is_signed and idea.answer.by else None
    mine = next(one for one in idea.senders if one.id == sender)
    return IdeaAnswer(
        said=said,
        idea=idea,
        sender=mine,
        story=story,
        language=asker.language,
        zone=asker.zone,
        now=now,
        signed=editor.name if editor and editor.is_in else None,
        readers=_readers(connection, story.id) if story else 0,
    )


def _holds(said: Said, idea: Idea, story: Story | None, now: datetime) -> bool:
    if said is Said.DECLINED:
        return idea.state is IdeaState.DECLINED
    if story is None or idea.story_id != story.id:
        return False
    match said:
        case Said.QUEUED:
            return story.state is StoryState.QUEUED
        case Said.DROPPED:
            return story.state in (StoryState.CANCELLED, StoryState.EXPIRED)
    return story.state is StoryState.POSTED


def _readers(connection: Connection, story_id: int) -> int:
    found = readers.readers_by_story(connection, [story_id])
    return found[story_id].readers if story_id in found else 0


def _owe_cards(connection: Connection, now: datetime) -> None:
    channel = setup_store.load_setup(connection).comms_channel
    for idea_id in ideas.without_card(connection, A_ROUND) if channel else []:
        idea_traces.owe_card(connection, idea_id, str(channel), now)


def _tell_readers(connection: Connection, now: datetime) -> None:
    """Once, when there are enough; and after a week of as many as there are."""
    out = ideas.out_and_untold(connection, now - FRESH)
    followed = readers.readers_by_story(connection, list(out)) if out else {}
    for story_id, posted_at in out.items():
        found = followed[story_id].readers if story_id in followed else 0
        if found >= ENOUGH_READERS or (found and now - posted_at >= AT_THE_LATEST):
            ids = [idea.id for idea in ideas.of_story(connection, story_id)]
            owe_answer(connection, ids, Said.READ, now)
            ideas.note_told(connection, ids, now)
