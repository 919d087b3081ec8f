"""An editor sets aside what was counted wrongly, with a reason: a link that a program follows, or a share.

Scores and rankings follow, and later clicks or reactions change nothing about it, until it is put back. Each is a line
in the log of editors' steps; whoever it concerns can read the reason (`store.set_aside.set_aside_of`).
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.queue_story import who_did
from bot.actions.who_asks import Asker, require_editor
from bot.domain import shares as sharing
from bot.domain.links import code_in
from bot.domain.set_aside import NothingToSetAside, checked_reason
from bot.domain.shares import Share
from bot.store import editor_steps, people, set_aside, shares, team_rest
from bot.store.engine import Connection


def set_aside_link(desk: Desk, asker: Asker, link: str | int, reason: str, now: datetime) -> bool:
    """Whoever followed this link (its code, its address or its id) is no reader any more, nor who will.

    False: it was set aside before. Raises NotForYou, ReasonMissing, ReasonTooLong, NothingToSetAside.
    """
    require_editor(asker)
    why = checked_reason(reason)

    def set_link_aside(connection: Connection) -> bool:
        found = find_link(connection, link)
        if not set_aside.set_link_aside(connection, found.id, now):
            return False
        _note(connection, desk, asker, "set_aside_link", now, found, link=found.id, reason=why)
        return True

    return _recounted(desk, is_changed=desk.store.write(set_link_aside))


def put_back_link(desk: Desk, asker: Asker, link: str | int, now: datetime) -> bool:
    """Its readers count again. False: it was not set aside. Raises NotForYou, NothingToSetAside."""
    require_editor(asker)

    def put_link_back(connection: Connection) -> bool:
        found = find_link(connection, link)
        if not set_aside.put_link_back(connection, found.id):
            return False
        _note(connection, desk, asker, "put_back_link", now, found, link=found.id)
        return True

    return _recounted(desk, is_changed=desk.store.write(put_link_back))


def set_aside_share(desk: Desk, asker: Asker, share_id: int, reason: str, now: datetime) -> bool:
    """This share counts as said for nothing any more, whatever says so.

    False: it was set aside before. Raises NotForYou, ReasonMissing, ReasonTooLong, NothingToSetAside.
    """
    require_editor(asker)
    why = checked_reason(reason)

    def set_share_aside(connection: Connection) -> bool:
        found = _share(connection, share_id)
        if not _change_share(connection, found, sharing.set_aside, now):
            return False
        _note(connection, desk, asker, "set_aside_share", now, found, share=share_id, reason=why)
        return True

    return desk.store.write(set_share_aside)


def put_back_share(desk: Desk, asker: Asker, share_id: int, now: datetime) -> bool:
    """It counts again, if anything still says so. False: it was not set aside. Raises NotForYou, NothingToSetAside."""
    require_editor(asker)

    def put_share_back(connection: Connection) -> bool:
        found = _share(connection, share_id)
        if not _change_share(connection, found, sharing.put_back, now):
            return False
        _note(connection, desk, asker, "put_back_share", now, found, share=share_id)
        return True

    return desk.store.write(put_share_back)


def _recounted(desk: Desk, *, is_changed: bool) -> bool:
    """Rankings follow soon; until then those of before are shown."""
    if is_changed:
        desk.recount()
    return is_changed


def find_link(connection: Connection, link: str | int) -> Any:
    """The row of the link with this code, address or id. Raises NothingToSetAside."""
    found = set_aside.find_link(connection, link if isinstance(link, int) else code_in(link))
    if found is None:
        raise NothingToSetAside(field="link")
    return found


def _share(connection: Connection, share_id: int) -> Any:
    found = set_aside.find_share(connection, share_id)
    if found is None or found.person_id is None:
        raise NothingToSetAside(field="share")
    return found


def _change_share(
    connection: Connection,
    share: Any,
    change: Callable[[Sequence[Share], str, datetime], tuple[Share, ...]],
    now: datetime,
) -> bool:
    """Answers whether anything changed."""
    before = shares.to_change(connection, share.story_id, share.person_id)
    if share.network not in {one.network for one in before}:
        raise NothingToSetAside(field="share")
    after = change(before, share.network, now)
    if set(after) == set(before):
        return False
    # Of who left it stands in the sums of a team.
    team = team_rest.take_back(connection, share.person_id)
    shares.replace(connection, share.story_id, share.person_id, after, before)
    team_rest.give_again(connection, share.person_id, team)
    return True


def _note(
    connection: Connection, desk: Desk, asker: Asker, step: str, now: datetime, what: Any, **detail: int | str
) -> None:
    """Who did it, and whom it concerns: by their keys."""
    person = people.by_id(connection, what.person_id) if what.person_id else None
    of = {"of": person.key} if person else {}
    editor_steps.note(connection, who_did(connection, desk, asker, now), step, now, what.story_id, **detail, **of)
