"""What is kept no longer than promised: each line is a row of the retention table."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.actions.delete_me import take_out
from bot.actions.desk import Desk
from bot.actions.list_answer import take_off_list
from bot.actions.send_answer import forget_askers_who_are_gone
from bot.actions.show_question import clear_cards
from bot.domain.local_time import day_of
from bot.domain.people import Standing
from bot.domain.retention import (
    CLICKS,
    COPIES,
    CRISES,
    CRISIS_READS,
    EDITOR_STEPS,
    HOOKS,
    IDEAS,
    INBOX,
    OWN_WORDS,
    RANKINGS,
    SHARES,
    TEAM_DAYS,
    TEXTS,
    VISITORS,
    WORKINGS,
)
from bot.store import (
    alarms,
    clicks,
    copies,
    crises,
    deliveries,
    editor_steps,
    feeds,
    hooks,
    idea_traces,
    inbox,
    job_runs,
    keys,
    links,
    nameless,
    people,
    pictures,
    questions,
    rankings,
    stories,
    team_rest,
    visitors,
)
from bot.store import setup as setup_store
from bot.store.engine import Connection

NIGHT = 3
"""The hour, by the company's clock, in which cards of what was deleted change: not the one in which it was."""


def forget_old(desk: Desk, now: datetime) -> None:
    """Forget what is older than its time. Run twice, it does nothing more."""

    def work(connection: Connection) -> None:
        inbox.forget_before(connection, now - INBOX)
        deliveries.strip_texts(connection, now - TEXTS)
        deliveries.forget_before(connection, now - SHARES)
        links.forget_texts_before(connection, now - OWN_WORDS)
        questions.forget_before(connection, now - SHARES)
        forget_askers_who_are_gone(connection, desk.seal)
        take_off_list(connection, now)
        zone = setup_store.load_setup(connection).zone
        if now.astimezone(ZoneInfo(zone)).hour == NIGHT:
            clear_cards(connection, now)
        clicks.forget_before(connection, now - CLICKS)
        visitors.forget_before(connection, now, now - VISITORS)
        links.forget_people_before(connection, now - SHARES)
        clicks.forget_readers_before(connection, now - SHARES)
        nameless.forget_before(connection, now - SHARES)
        idea_traces.forget_before(connection, now - IDEAS, now)
        rankings.forget_before(connection, day_of(now - RANKINGS, zone))
        team_rest.forget_before(connection, day_of(now - SHARES, zone), day_of(now - TEAM_DAYS, zone))
        editor_steps.forget_before(connection, now - EDITOR_STEPS)
        crises.forget_reads_before(connection, now - CRISIS_READS)
        crises.forget_before(connection, now - CRISES)
        stories.forget_editors_before(connection, now - EDITOR_STEPS)
        hooks.forget_before(connection, now - HOOKS)
        feeds.forget_entries_before(connection, now - HOOKS)
        copies.forget_before(connection, now - COPIES)
        pictures.forget_before(connection, now - WORKINGS)
        job_runs.forget_before(connection, now - WORKINGS)
        alarms.forget_before(connection, now - WORKINGS)

    desk.store.write(work)
    for user, standing in desk.store.read(people.gone):
        _forget_who_is_gone(desk, user, standing, now)
    desk.profiles.clear()
    # What was destroyed, seals above all, is not to be found beside the file either.
    desk.store.empty_journal()


def _forget_who_is_gone(desk: Desk, user: str, standing: Standing, now: datetime) -> None:
    """Who left the company, and whose last share lost its name. That somebody wanted no part in it is kept.

    A person a transaction: whoever changes their scores meanwhile holds people first, as this does.
    """

    def forget_who_is_gone(connection: Connection) -> None:
        if (user, standing) not in people.gone(connection):
            return
        if standing is Standing.OUT:
            keys.remember_forgotten(connection, user, now)
        take_out(connection, desk.seal, user, now)

    desk.store.write(forget_who_is_gone)
