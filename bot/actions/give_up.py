"""Slack says no for good: the row is marked, who can do something about it hears once what, and nothing is tried again.

What is told, and to whom, depends on the kind of delivery. Nobody is bothered with what was for one person who left.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.lose_message import lose_message
from bot.actions.show_crisis import CHANNEL, PERSON, note_not_told
from bot.actions.tell_editor import owe_admins, owe_notice, pass_on
from bot.domain.deliveries import Delivery, Owed
from bot.domain.problems import Cause, Refused
from bot.domain.setup import Setup
from bot.domain.stories import StoryState
from bot.store import deliveries, slack_troubles, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection

log = logging.getLogger(__name__)

TOLD_APART = {Cause.GONE, Cause.OUT, Cause.CLOSED, Cause.TEXT}
"""Each of these has a sentence of its own for a story; the others share one that quotes Slack."""


@dataclass(frozen=True)
class Case:
    """A delivery that was refused. `is_news`: nobody was told yet that nothing gets into this channel."""

    setup: Setup
    delivery: Delivery
    refused: Refused
    is_news: bool
    now: datetime

    @property
    def key(self) -> str:
        """Of what is told about it. Tried once more by an editor, and refused once more, it is told once more."""
        return f"refused:{self.delivery.key}:{self.now.timestamp():.0f}"

    def params(self, title: str = "") -> dict[str, str]:
        """What fills the sentences."""
        return {"title": title, "channel": self.delivery.target, "reason": self.refused.reason}


def give_up(desk: Desk, delivery: Delivery, refused: Refused, now: datetime) -> None:
    """Mark the row, and do what follows from it, in one transaction."""
    log.warning("Slack refused a delivery (%s): %s", delivery.kind, refused.reason)

    def work(connection: Connection) -> None:
        deliveries.failed(connection, delivery, refused.reason, now)
        setup = setup_store.load_setup(connection)
        is_news = _note_channel(connection, setup, delivery.target, refused, now)
        follow = _FOLLOWS.get(delivery.kind)
        if follow is not None:
            follow(connection, Case(setup, delivery, refused, is_news, now))

    desk.store.write(work)


def give_up_on_ours(desk: Desk, delivery: Delivery, reference: str, now: datetime) -> None:
    """The same where it was not Slack that failed, but we: whoever runs us finds `reference` in the log.

    A story's editor hears of each story; comms hears of the rest once a day and kind.
    """
    log.error("Gave up on a delivery (%s), reference %s", delivery.kind, reference)

    def work(connection: Connection) -> None:
        deliveries.failed(connection, delivery, f"a mistake of ours, reference {reference}", now)
        _tell_of_ours(connection, setup_store.load_setup(connection), delivery, reference, now)
        if delivery.kind in (CHANNEL, PERSON):
            note_not_told(connection, delivery, f"reference {reference}", now)

    desk.store.write(work)


def _tell_of_ours(connection: Connection, setup: Setup, delivery: Delivery, reference: str, now: datetime) -> None:
    story = stories.find(connection, delivery.story_id) if delivery.story_id else None
    if delivery.kind != "story" or story is None:
        key = f"mistake:{delivery.kind}:{now:%Y-%m-%d}"
        about = {"kind": delivery.kind, "reference": reference}
        owe_notice(connection, setup, None, key, "notice.mistake", now, about)
        return
    key = f"mistake:{delivery.key}:{now.timestamp():.0f}"
    about = {"title": story.title, "channel": delivery.target, "reference": reference}
    word, editor = "notice.mistake_story", story.queued_by
    owe_notice(connection, setup, editor, key, word, now, about, story.id, offers_post=True)
    _not_out(connection, story.id, now)


def _not_out(connection: Connection, story_id: int, now: datetime) -> None:
    """If no channel took the story, it is not out."""
    if not deliveries.may_stand(connection, story_id):
        stories.end(connection, story_id, [StoryState.POSTED], StoryState.EXPIRED, now)


def is_open_again(connection: Connection, channel: str) -> None:
    """Something gets into this channel: if it is closed once more, that is told once more."""
    slack_troubles.end(connection, slack_troubles.of_channel(channel))


def _note_channel(connection: Connection, setup: Setup, channel: str, refused: Refused, now: datetime) -> bool:
    """Nothing gets into this channel. Answers whether that is news.

    That the comms channel is closed is told to the admins, whatever it was that could not be posted there.
    """
    if channel.startswith(("U", "W")) or not refused.cause.is_of_channel:
        return False
    if refused.cause is not Cause.CLOSED:
        setup_store.mark_gone(connection, channel)
    if not slack_troubles.begin(connection, slack_troubles.of_channel(channel), now):
        return False
    if channel == setup.comms_channel:
        key = f"comms:{channel}:{now.timestamp():.0f}"
        owe_admins(connection, key, f"notice.comms_{refused.cause}", now, {"channel": channel})
    return True


def _story(connection: Connection, case: Case) -> None:
    """Its editor hears each time: each story is theirs to do something with. If no channel took it, it is not out."""
    story = stories.find(connection, case.delivery.story_id) if case.delivery.story_id else None
    if story is None:
        return
    told = case.refused.cause if case.refused.cause in TOLD_APART else "other"
    owe_notice(
        connection,
        case.setup,
        story.queued_by,
        case.key,
        f"notice.refused_story_{told}",
        case.now,
        case.params(story.title),
        story.id,
        offers_post=case.refused.cause.is_of_channel,
    )
    _not_out(connection, story.id, case.now)


def _channel_post(connection: Connection, case: Case) -> None:
    """A digest or an introduction: comms hears of the channel once, until something gets in there again."""
    is_comms = case.delivery.target == case.setup.comms_channel
    if is_comms or (case.refused.cause.is_of_channel and not case.is_news):
        return
    word = f"notice.refused_{case.delivery.kind}"
    owe_notice(connection, case.setup, None, case.key, word, case.now, case.params())


def _wish(connection: Connection, case: Case) -> None:
    """Somebody would like to join the champions' channel: where comms is not reached, those who are in it hear."""
    there, wish = case.setup.champions_channel, case.delivery
    if there is not None and there != wish.target:
        again = Owed("wish", f"{wish.key}:there", there, person_id=wish.person_id)
        deliveries.owe(connection, again, case.now)


def _notice(connection: Connection, case: Case) -> None:
    pass_on(connection, case.setup, case.delivery, case.now)


def _update(connection: Connection, case: Case) -> None:
    """The message stays as it was. In a channel that is not there any more nobody sees it, so nobody is told."""
    if case.refused.cause is Cause.MESSAGE_GONE:
        _message_gone(connection, case)
        return
    story = stories.find(connection, case.delivery.story_id) if case.delivery.story_id else None
    if story is None or case.refused.reason == "channel_not_found":
        return
    word = "notice.stays_taken_back" if story.state is StoryState.CANCELLED else "notice.stays_unchanged"
    key = f"stays:{story.id}:{case.delivery.target}:{story.state}"
    owe_notice(connection, case.setup, story.queued_by, key, word, case.now, case.params(story.title), story.id)


def _seed(connection: Connection, case: Case) -> None:
    """People can react all the same, so nobody needs to hear."""
    if case.refused.cause is Cause.MESSAGE_GONE:
        _message_gone(connection, case)


def _message_gone(connection: Connection, case: Case) -> None:
    lose_message(connection, case.delivery.target, case.delivery.body["ts"], case.now)


def _not_told(connection: Connection, case: Case) -> None:
    """Its card and its log say so; nobody hears who it was."""
    note_not_told(connection, case.delivery, case.refused.reason, case.now)


_FOLLOWS: Mapping[str, Callable[[Connection, Case], None]] = {
    "story": _story,
    "story_update": _update,
    "seed": _seed,
    "notice": _notice,
    "introduction": _channel_post,
    "digest": _channel_post,
    "wish": _wish,
    CHANNEL: _not_told,
    PERSON: _not_told,
}
