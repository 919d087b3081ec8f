"""An editor thanks a champion: a direct message in their own words, at most one a week, and never in quiet hours."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.look_at_champions import Shown, find_shown, still_shown
from bot.actions.who_asks import Asker, remember, require_editor, who_asks
from bot.domain.champion_problems import ListChanged, NoAccount, ThankedLately
from bot.domain.deliveries import Delivery, Owed
from bot.domain.messages import Message, ThanksMessage
from bot.domain.people import Person, is_account
from bot.domain.quiet_hours import quiet_until
from bot.domain.thanks import AT_MOST_EVERY, ThanksDraft, ThanksUnderWay, first_name
from bot.store import deliveries, editor_steps, people, shares, thanks
from bot.store.engine import Connection


def draft_thanks(desk: Desk, asker: Asker, person_id: int, now: datetime) -> ThanksDraft:
    """What a first draft says: in their language; in that of comms where nobody is to know who they are.

    Raises:
        NotForYou, ListChanged, NoAccount, ThankedLately.
    """
    require_editor(asker)

    def work(connection: Connection) -> Shown:
        shown = find_shown(connection, person_id, now)
        _may_be_thanked(connection, shown.person, now)
        return shown

    shown = desk.store.read(work)
    found, name = shown.champion.evidence, shown.name
    return ThanksDraft(
        person_id=person_id,
        to=first_name(name) if name else None,
        name=name,
        sender=first_name(asker.profile.name),
        language=shown.person.language if name else desk.setup().comms_language,
        title=found.story,
        readers=found.readers,
    )


def say_thanks(desk: Desk, asker: Asker, person_id: int, text: str, press: str, now: datetime) -> ThanksUnderWay:
    """Owe the message. `press`: the same for the same press; sent twice, it goes out once.

    Nothing of `text` stands in the log, and seven days after it was sent nowhere else either.

    Raises:
        What `draft_thanks` raises.
    """
    require_editor(asker)
    key = f"{thanks.KIND}:{press}"
    # Looked up before anybody has to wait for us.
    found = desk.store.read(lambda connection: find_shown(connection, person_id, now))

    def work(connection: Connection) -> ThanksUnderWay:
        editor = remember(connection, desk, asker.profile, now)
        if not shares.hold(connection, person_id):
            raise ListChanged
        shown = still_shown(connection, found)
        person = shown.person
        _may_be_thanked(connection, person, now, but=key)
        by = editor.key if editor else None
        body = {"text": text, "by": by, "nameless": shown.name is None}
        if deliveries.owe(connection, Owed(thanks.KIND, key, person.user, body, person_id=person_id), now):
            editor_steps.note(connection, by, "thank", now)
        return ThanksUnderWay(shown.name, _told_time(shown, now))

    under_way = desk.store.write(work)
    desk.wake()
    return under_way


def compose_thanks(desk: Desk, delivery: Delivery, now: datetime) -> Message | None:
    """What the editor wrote; nothing when one of the two is gone, or wants no part in this any more.

    Nor when the company shows totals alone by now: the list that it came from is closed.
    """
    asker = who_asks(desk, delivery.target)
    text, by = delivery.body.get("text"), delivery.body.get("by")
    if not text or asker.person is None or not asker.person.is_in or not asker.profile.is_active:
        return None
    if desk.setup().totals_only:
        return None
    editor = desk.store.read(lambda connection: people.by_key(connection, by)) if by else None
    if by and (editor is None or not editor.is_in):
        return None
    sender = editor.name if editor else None
    return ThanksMessage(text, asker.language, sender, is_nameless=delivery.body["nameless"])


def _may_be_thanked(connection: Connection, person: Person, now: datetime, but: str = "") -> None:
    if not is_account(person.user):
        raise NoAccount
    last = thanks.lately(connection, person.id, now - AT_MOST_EVERY)
    if last is not None and last[0] != but:
        raise ThankedLately(again=last[1] + AT_MOST_EVERY)


def _told_time(shown: Shown, now: datetime) -> datetime | None:
    """When their quiet hours end. Of somebody without a name that would say where they live, and how."""
    quiet = shown.person.preferences.quiet
    return quiet_until(quiet, shown.person.zone, now) if quiet and shown.name else None
