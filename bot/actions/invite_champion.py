"""A champion is asked, once, whether they would like to join the champions' channel. Only who says so joins."""

from dataclasses import dataclass
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.look_at_champions import Shown, find_shown, still_shown
from bot.actions.say_notice import language_of_channel
from bot.actions.who_asks import Asker, remember, require_editor, who_asks
from bot.domain.champion_problems import AskedBefore, ListChanged, NoAccount, NoChampionsChannel
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Invitation, Message, Notice
from bot.domain.people import Standing, is_account
from bot.domain.problems import SlackTrouble
from bot.domain.setup import Setup
from bot.store import deliveries, editor_steps, invitations, people, shares
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class InvitationDraft:
    """Whom an editor is about to ask (None: somebody without a name), and into which channel."""

    person_id: int
    name: str | None
    channel: str


def draft_invitation(desk: Desk, asker: Asker, person_id: int, now: datetime) -> InvitationDraft:
    """Raises NotForYou, ListChanged, NoAccount, AskedBefore, NoChampionsChannel."""
    require_editor(asker)

    def work(connection: Connection) -> InvitationDraft:
        shown, channel = _invitable(connection, person_id, now)
        if invitations.asked(connection, [person_id]):
            raise AskedBefore
        return InvitationDraft(person_id, shown.name, channel)

    return desk.store.read(work)


def invite_champion(desk: Desk, asker: Asker, person_id: int, now: datetime) -> str | None:
    """Owe the question; answers the name of who is asked, if they have one here. Raises as `draft_invitation`."""
    require_editor(asker)
    # Looked up before anybody has to wait for us.
    found, _ = desk.store.read(lambda connection: _invitable(connection, person_id, now))

    def work(connection: Connection) -> str | None:
        editor = remember(connection, desk, asker.profile, now)
        if not shares.hold(connection, person_id):
            raise ListChanged
        shown = still_shown(connection, found)
        if setup_store.load_setup(connection).champions_channel is None:
            raise NoChampionsChannel
        if not invitations.ask(connection, person_id, now):
            raise AskedBefore
        owed = Owed("invitation", f"invitation:{person_id}:{now:%Y%m%dT%H%M%S}", shown.person.user, person_id=person_id)
        deliveries.owe(connection, owed, now)
        editor_steps.note(connection, editor.key if editor else None, "invite", now)
        return shown.name

    name = desk.store.write(work)
    desk.wake()
    return name


def compose_invitation(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """The question; nothing when it is not wanted any more, or they are in that channel already.

    Then they were not asked, and may be one day: for another channel.
    """
    asker, setup = who_asks(desk, delivery.target), desk.setup()
    person, channel = asker.person, setup.champions_channel
    if channel is None or person is None or not person.is_in or not asker.profile.is_active:
        return None
    if _is_there(desk, channel, asker.user):
        desk.store.write(lambda connection: invitations.take_back(connection, person.id))
        return None
    is_told = person.standing is not Standing.NAMED or setup.totals_only
    return Invitation(asker.language, channel, _is_private(desk, channel), is_told)


def answer_invitation(desk: Desk, asker: Asker, now: datetime, *, is_joining: bool, is_private: bool) -> str | None:
    """What they chose. Into a private channel comms lets them, so comms hears it then, and only then.

    Answers the channel; None when it was *no thanks*. Raises NoChampionsChannel for who wants to join none.
    """

    def work(connection: Connection) -> str | None:
        setup = setup_store.load_setup(connection)
        if is_joining and setup.champions_channel is None:
            raise NoChampionsChannel
        person = remember(connection, desk, asker.profile, now)
        is_noted = person is not None and invitations.answer(connection, person.id, is_joining=is_joining)
        if person is not None and is_noted and is_joining and is_private:
            wish = Owed("wish", f"wish:{person.id}", _who_lets_in(setup), person_id=person.id)
            deliveries.owe(connection, wish, now)
        return setup.champions_channel if is_joining else None

    channel = desk.store.write(work)
    desk.wake()
    return channel


def compose_wish(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """That somebody would like to join, by name: they were told so before they pressed."""
    setup = desk.setup()
    person = desk.store.read(lambda connection: people.by_id(connection, delivery.person_id or 0))
    if person is None or not person.is_in or setup.champions_channel is None:
        return None
    params = {"name": person.name, "channel": setup.champions_channel}
    return Notice("invite.wish", language_of_channel(desk, delivery.target), setup.zone, now, params)


def _invitable(connection: Connection, person_id: int, now: datetime) -> tuple[Shown, str]:
    channel = setup_store.load_setup(connection).champions_channel
    if channel is None:
        raise NoChampionsChannel
    shown = find_shown(connection, person_id, now)
    if not is_account(shown.person.user):
        raise NoAccount
    return shown, channel


def _who_lets_in(setup: Setup) -> str:
    """Comms; without a channel of theirs, those who are in the champions' channel."""
    assert setup.champions_channel is not None
    return setup.comms_channel or setup.champions_channel


def _is_there(desk: Desk, channel: str, user: str) -> bool:
    try:
        return user in desk.messenger.members(channel)
    except SlackTrouble:
        return False


def _is_private(desk: Desk, channel: str) -> bool:
    """Where that cannot be seen, somebody has to open the door too."""
    try:
        facts = desk.messenger.channel(channel)
    except SlackTrouble:
        return True
    return facts.is_private or facts.is_archived
