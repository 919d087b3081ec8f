"""`passalong status`: how it goes, from the database alone; also beside a running bot, and when none runs."""

import json
from datetime import datetime
from typing import Any

import click

from bot.actions.look_at_status import Status, look_at_status
from bot.actions.look_at_vitals import Vitals
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.cli.mending import to_mend
from bot.cli.status_tables import show
from bot.clock import system_clock
from bot.compose import ready_store
from bot.domain.copies import Copy
from bot.domain.job_runs import JobRun
from bot.domain.problems import DatabaseTrouble


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def command(as_json: bool) -> None:
    """How it goes: who runs, what waits, what comes next, what is stuck. Exit status 1 when something is to mend."""
    store = store_or_exit(settings_or_exit(), ready_store)
    try:
        status = store.read(lambda connection: look_at_status(connection, system_clock()))
    except DatabaseTrouble as trouble:
        raise click.ClickException(trouble.what_to_do) from trouble
    finally:
        store.close()
    if as_json:
        click.echo(json.dumps(as_plain(status), indent=2, ensure_ascii=False))
    else:
        show(status)
    if any(to_mend(status.vitals)):
        raise SystemExit(1)


def as_plain(status: Status) -> dict[str, Any]:
    """For machines: times in ISO 8601, UTC; null where there is none."""
    vitals = status.vitals
    return {
        "now": _iso(vitals.now),
        "copies": [_copy(copy, vitals.now) for copy in vitals.copies],
        "connections": vitals.connections,
        "ghost_connections": vitals.ghosts.connections - vitals.ghosts.copies if vitals.ghosts else 0,
        "inbox": {
            "waiting": vitals.inbox.count if vitals.inbox else 0,
            "oldest": _iso(vitals.inbox.since if vitals.inbox else None),
        },
        "deliveries": _deliveries(vitals) | {"states": dict(status.states)},
        "is_paused": status.setup.paused,
        "queue": [
            {"title": story.title, "due_at": _iso(story.due_at), "channels": status.names(story)}
            for story in status.queue
        ],
        "next_digest": _iso(status.digest_at),
        "jobs": {run.name: _run(run) for run in vitals.runs},
        "to_mend": [{"what": what, "do": mend} for what, mend in to_mend(vitals)],
    }


def _copy(copy: Copy, now: datetime) -> dict[str, Any]:
    times = {"started_at": _iso(copy.started_at), "seen_at": _iso(copy.seen_at)}
    return {"name": copy.name, "version": copy.version, **times, "is_live": copy.is_live(now)}


def _deliveries(vitals: Vitals) -> dict[str, Any]:
    return {
        "waiting": {kind.kind: kind.waiting for kind in vitals.backlog},
        "due": {kind.kind: kind.due for kind in vitals.backlog},
        "oldest": _iso(vitals.oldest),
        "failed": dict(vitals.failed),
    }


def _run(run: JobRun) -> dict[str, Any]:
    times = {"began_at": _iso(run.began_at), "done_at": _iso(run.done_at)}
    return {"every_seconds": run.seconds, **times, "error": run.error}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at is not None else None
