"""Does Slack let us in, and may we do what we do? What went wrong is told once, and once that it works again."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.tell_editor import owe_admins
from bot.domain.problems import ScopeMissing, SlackTrouble, TokenRefused
from bot.store import deliveries, inbox, slack_troubles
from bot.store.engine import Connection


def look_at_access(desk: Desk, now: datetime, *, doubts: bool = False) -> None:
    """Ask Slack, when something was wrong or the last look is a while ago.

    While the token is refused nobody can be told in Slack: the log and `passalong doctor` say it. Admins hear in a
    direct message which scopes are missing, and in one word that what was wrong is mended.
    """
    if not (doubts or desk.access.is_to_be_looked_at(now)):
        return
    missed = desk.access.missed
    try:
        granted = desk.messenger.granted()
    except TokenRefused as refused:
        _shut(desk, refused.error, now)
        return
    except SlackTrouble:
        return
    missing = desk.scopes & missed if granted is None else desk.scopes - granted
    # Mended before it was ever written down; what is missing still would only be tried over and over.
    was_short = desk.access.is_shut or (not missing and _came_back(missed, granted))

    def work(connection: Connection) -> None:
        if was_short:
            _go_on(connection, now)
        _compare(connection, missing, granted is not None, now)

    desk.store.write(work)
    desk.access.let_in(now)
    desk.wake()


def _shut(desk: Desk, error: str, now: datetime) -> None:
    """Written down once by each copy that finds it out: one with a newer token takes it away, and tells."""
    desk.access.shut(error)
    if not desk.access.is_noted:
        desk.store.write(lambda connection: slack_troubles.begin(connection, slack_troubles.TOKEN, now))
        desk.access.is_noted = True


def _compare(connection: Connection, missing: frozenset[str], is_known: bool, now: datetime) -> None:
    since = slack_troubles.end(connection, slack_troubles.TOKEN)
    if since is not None:
        _go_on(connection, now)
        owe_admins(connection, f"token:{since.timestamp():.0f}", "notice.token_back", now, {"since": since})
    lasting = slack_troubles.missing_scopes(connection)
    _tell_missing(connection, sorted(missing - set(lasting)), now)
    if is_known:
        _tell_back(connection, {scope: at for scope, at in lasting.items() if scope not in missing}, now)


def _tell_missing(connection: Connection, scopes: list[str], now: datetime) -> None:
    news = [scope for scope in scopes if slack_troubles.begin(connection, slack_troubles.of_scope(scope), now)]
    if news:
        owe_admins(connection, _told_under(now), "notice.scopes_missing", now, {"scopes": _listed(news)})


def _tell_back(connection: Connection, back: dict[str, datetime], now: datetime) -> None:
    """What waited for these scopes goes on. A word that they are missing, if it waited too, is out of date."""
    ended = [scope for scope in sorted(back) if slack_troubles.end(connection, slack_troubles.of_scope(scope))]
    if not ended:
        return
    for since in {back[scope] for scope in ended} - set(slack_troubles.missing_scopes(connection).values()):
        deliveries.call_off_key(connection, f"notice:{_told_under(since)}", now)
    _go_on(connection, now)
    key = f"scopes_back:{now.timestamp():.0f}"
    owe_admins(connection, key, "notice.scopes_back", now, {"scopes": _listed(ended)})


def _came_back(missed: frozenset[str], granted: frozenset[str] | None) -> bool:
    """Whether we have now what Slack said was missing: one of several, with commas between them."""
    return granted is not None and any(granted.intersection(needed.split(",")) for needed in missed)


def _go_on(connection: Connection, now: datetime) -> None:
    for mark in (TokenRefused.MARK, ScopeMissing.MARK):
        deliveries.hurry(connection, mark, now)
        inbox.hurry(connection, mark, now)


def _told_under(at: datetime) -> str:
    return f"scopes_missing:{at.timestamp():.0f}"


def _listed(scopes: list[str]) -> str:
    return ", ".join(scopes)
