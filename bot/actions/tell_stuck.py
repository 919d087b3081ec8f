"""A word when something has been stuck for fifteen minutes, and again when it is mended: once each, whoever sees it."""

from datetime import datetime
from typing import Any

from bot.actions.desk import Desk
from bot.actions.look_at_vitals import what_is_stuck
from bot.actions.tell_editor import owe_admins, owe_notice
from bot.domain.copies import live
from bot.domain.stuck import Wait
from bot.store import alarms, copies, deliveries
from bot.store import setup as setup_store
from bot.store.alarms import Alarm
from bot.store.backlog import ALARM_KEY
from bot.store.engine import Connection


def tell_stuck(desk: Desk, now: datetime) -> None:
    """Tell what has to be told: in the comms channel, and to the admins where it is that channel that is stuck."""
    if any(desk.store.read(lambda connection: _news(connection, now))):
        desk.store.write(lambda connection: _tell(connection, now))
        desk.wake()


def _news(connection: Connection, now: datetime) -> tuple[list[Wait], list[Alarm]]:
    """What nobody was told of yet, and what is mended."""
    if not live(copies.every(connection), now):
        return [], []  # our own heart does not beat: then we know nothing of what is mended
    late = {wait.what: wait for wait in what_is_stuck(connection, now)}
    told = {alarm.what: alarm for alarm in alarms.every(connection)}
    new = [wait for what, wait in late.items() if what not in told]
    return new, [alarm for what, alarm in told.items() if what not in late]


def _tell(connection: Connection, now: datetime) -> None:
    new, mended = _news(connection, now)
    for wait in new:
        alarm = Alarm(wait.what, wait.since, now)
        if alarms.sound(connection, alarm):
            _say(connection, alarm, _key(alarm), f"stuck.{alarm.kind}", now, n=wait.count)
    for alarm in mended:
        if alarms.end(connection, alarm.what):
            _mend(connection, alarm, now)


def _mend(connection: Connection, alarm: Alarm, now: datetime) -> None:
    """Who did not hear of the trouble, as nothing went out, need not hear of its end."""
    deliveries.call_off_key(connection, f"notice:{_key(alarm)}", now)
    if alarms.was_said(connection, f"notice:{_key(alarm)}"):
        _say(connection, alarm, f"mended:{alarm.name}", f"stuck.mended.{alarm.kind}", now)


def _say(connection: Connection, alarm: Alarm, key: str, word: str, now: datetime, **more: Any) -> None:
    setup = setup_store.load_setup(connection)
    params = {**more, "since": alarm.since, "job": alarm.job, "channel": setup.comms_channel or ""}
    if alarm.kind == "comms":
        owe_admins(connection, key, word, now, params)
    else:
        owe_notice(connection, setup, None, key, word, now, params)


def _key(alarm: Alarm) -> str:
    return f"{ALARM_KEY.removeprefix('notice:')}{alarm.name}"
