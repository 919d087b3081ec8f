"""A story goes into a channel; its message follows edits, and is greyed out when the story is taken back."""

from dataclasses import replace
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.say_notice import language_of_channel
from bot.actions.show_hook import redraw_of_story
from bot.actions.show_question import owe_card_updates
from bot.actions.tell_editor import owe_notice
from bot.actions.tell_followers import tell_followers
from bot.actions.tell_late import tell_late
from bot.actions.tell_senders import tell_out
from bot.domain.catching_up import PATIENCE
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Message, Posted, StoryMessage, StoryOnHold, StoryTakenBack
from bot.domain.problems import BlocksRefused
from bot.domain.stories import Placement, Story, StoryState
from bot.store import deliveries, ideas, placements, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection
from bot.store.idea_traces import redraw_story


def compose_story(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The message of a story, unless it was cancelled or its time is over since."""
    story = _story_of(desk, delivery)
    if story is None or not story.is_open(now):
        return None
    return _message(desk, story, language_of_channel(desk, delivery.target))


def note_story(connection: Connection, delivery: Delivery, posted: Posted, said: Message, now: datetime) -> None:
    """Remember where it stands, seed the share reaction, and catch up with what changed while it was under way."""
    assert isinstance(said, StoryMessage)
    story = said.story
    placements.add(connection, Placement(story.id, posted.channel, posted.ts, now))
    setup = setup_store.load_setup(connection)
    body = {"ts": posted.ts, "emoji": setup.share_emojis[0]}
    seed = Owed("seed", f"seed:{posted.channel}:{posted.ts}", posted.channel, body, story_id=story.id)
    deliveries.owe(connection, seed, now)
    today = stories.find(connection, story.id)
    if today is not None:
        tell_followers(connection, today, now)
        tell_out(connection, today.id, now)
        redraw_of_story(connection, today.id, now)
    # One that was found says what the story said when it was sent, and nobody knows when that was.
    if today is not None and (delivery.uncertain or today.version != story.version):
        owe_updates(connection, today, now)
    if said.suggested_by != names_of(connection, story.id):
        redraw_story(connection, story.id, now)
    if now - delivery.due_at > PATIENCE:
        tell_late(connection, setup, story, delivery.due_at, now)
    if story.image and not said.with_image:
        params = {"title": story.title}
        owe_notice(
            connection, setup, story.queued_by, f"image:{story.id}", "notice.image_refused", now, params, story.id
        )


def without_image(_: Desk, message: Message, now: datetime) -> Message | None:
    """The same story, when Slack does not like its image."""
    if isinstance(message, StoryMessage) and message.with_image and message.story.image:
        return replace(message, with_image=False)
    return None


def note_left(connection: Connection, delivery: Delivery, posted: Posted, now: datetime) -> None:
    """It was taken back while it was not known whether it had arrived: it had, so it is greyed out."""
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    if story is not None:
        placements.add(connection, Placement(story.id, posted.channel, posted.ts, now))
        owe_updates(connection, story, now)


def owe_updates(connection: Connection, story: Story, now: datetime) -> None:
    """Every message of this story that stands, and every card of a question about it, is to say what it says now."""
    for placement in placements.of_story(connection, story.id):
        key = f"update:{story.id}:{story.version}:{placement.channel}"
        owed = Owed("story_update", key, placement.channel, {"ts": placement.ts}, story_id=story.id)
        deliveries.owe(connection, owed, now)
    owe_card_updates(connection, story.id, now)


def compose_update(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What the message should say now."""
    return _said_now(desk, delivery)


def _said_now(desk: Desk, delivery: Delivery) -> StoryMessage | StoryOnHold | StoryTakenBack | None:
    story = _story_of(desk, delivery)
    if story is None:
        return None
    language = language_of_channel(desk, delivery.target)
    if story.state is StoryState.CANCELLED:
        return StoryTakenBack(story, language)
    if story.held_by is not None:
        return StoryOnHold(story, language)
    return _message(desk, story, language)


def _message(desk: Desk, story: Story, language: str) -> StoryMessage:
    names = desk.store.read(lambda connection: names_of(connection, story.id))
    return StoryMessage(story, language, desk.setup(), suggested_by=names)


def names_of(connection: Connection, story_id: int) -> tuple[str, ...]:
    """Whom to thank for a story: who suggested it, and wants their name with it."""
    return tuple(dict.fromkeys(name for idea in ideas.of_story(connection, story_id) for name in idea.names))


def change_message(desk: Desk, delivery: Delivery, message: Message) -> Posted:
    """Update a message; twice does no harm.

    When the story changed again meanwhile, another copy may have said the newer thing before us: then it is said again.
    """
    where = Posted(delivery.target, delivery.body["ts"])
    _change(desk, where, message)
    newer = _said_now(desk, delivery)
    while newer is not None and newer != message:
        message = newer
        _change(desk, where, message)
        newer = _said_now(desk, delivery)
    return where


def _change(desk: Desk, where: Posted, message: Message) -> None:
    try:
        desk.messenger.update(where, message)
    except BlocksRefused:
        if not isinstance(message, StoryMessage) or not message.with_image:
            raise
        desk.messenger.update(where, replace(message, with_image=False))


def seed_reaction(desk: Desk, delivery: Delivery, _: Message) -> Posted:
    """Put the share reaction there, so that passing along is one tap."""
    where = Posted(delivery.target, delivery.body["ts"])
    desk.messenger.add_reaction(where, delivery.body["emoji"])
    return where


def _story_of(desk: Desk, delivery: Delivery) -> Story | None:
    story_id = delivery.story_id
    return None if story_id is None else desk.store.read(lambda connection: stories.find(connection, story_id))
