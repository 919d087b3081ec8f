"""`passalong status` as it is seen in a terminal."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.actions.look_at_status import Status
from bot.actions.look_at_vitals import Vitals
from bot.cli.mending import span, to_mend
from bot.domain.local_time import local

WIDE = 100
NEXT = 5

Titled = tuple[str, Table]


def show(status: Status) -> None:
    """Print it: what is to mend last, where one looks first."""
    console = Console(width=None if Console().is_terminal else WIDE, highlight=False)
    vitals = status.vitals
    console.print(Text(_head(status), style="bold"))
    for title, table in (_copies(vitals), _waiting(status), _next(status), _jobs(vitals)):
        console.print(Text(f"\n{title}", style="bold cyan"))
        console.print(Padding(table, (0, 2), expand=False))
    console.print()
    for line in _verdict(vitals):
        console.print(line)


def _head(status: Status) -> str:
    moment = local(status.vitals.now, status.setup.zone)
    return f"Passalong on {moment:%A} {moment.day} {moment:%B %Y, %H:%M} ({status.setup.zone})"


def _table(*columns: str) -> Table:
    table = Table(*columns, box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    table.columns[0].no_wrap = True
    return table


def _copies(vitals: Vitals) -> Titled:
    told = "" if vitals.connections is None else f" (connections that Slack counted: {vitals.connections})"
    table = _table("copy", "version", "up", "heartbeat")
    for copy in vitals.copies:
        is_live, beat = copy.is_live(vitals.now), f"{span(vitals.now - copy.seen_at)} ago"
        up = (vitals.now if is_live else copy.seen_at) - copy.started_at
        last = Text(beat) if is_live else Text(f"stopped {beat}, without a goodbye", style="yellow")
        table.add_row(Text(copy.name), copy.version, span(up), last)
    if not vitals.copies:
        table.add_row("nobody", "", "", "")
    return f"Who runs{told}", table


def _waiting(status: Status) -> Titled:
    vitals = status.vitals
    table = _table("", "waiting", "due", "oldest", "refused")
    inbox = vitals.inbox
    count = str(inbox.count if inbox else 0)
    table.add_row("events in the inbox", count, count, _age(inbox.since if inbox else None, vitals.now), "")
    backlog = {kind.kind: kind for kind in vitals.backlog}
    for name in sorted({*backlog, *vitals.failed}):
        kind = backlog.get(name)
        numbers = (str(kind.waiting), str(kind.due), _age(kind.oldest, vitals.now)) if kind else ("0", "0", "")
        table.add_row(f"messages: {name}", *numbers, str(vitals.failed.get(name, "")))
    states = ", ".join(f"{count} {state}" for state, count in status.states.items()) or "none so far"
    return f"What waits (all messages: {states})", table


def _next(status: Status) -> Titled:
    table = _table("when", "what", "where")
    for story in status.queue[:NEXT]:
        where = ", ".join(f"#{name}" for name in status.names(story))
        table.add_row(_when(story.due_at, status), Text(story.title), Text(where))
    if len(status.queue) > NEXT:
        table.add_row("", f"and {len(status.queue) - NEXT} more in the queue", "")
    if not status.queue:
        table.add_row("", "no story in the queue", "")
    table.add_row(_when(status.digest_at, status), "the weekly digest", "")
    return "What comes next" + (" (posting is paused)" if status.setup.paused else ""), table


def _jobs(vitals: Vitals) -> Titled:
    table = _table("job", "every", "last good end", "last run")
    for run in vitals.runs:
        end = f"{span(vitals.now - run.done_at)} ago" if run.done_at else "not yet"
        last = Text(f"failed: {run.error}", style="red") if run.error else Text("ok" if run.done_at else "")
        table.add_row(run.name, span(timedelta(seconds=run.seconds)), end, last)
    return "Jobs", table


def _verdict(vitals: Vitals) -> Iterator[Text]:
    found = list(to_mend(vitals))
    if not found:
        yield Text("✓ Nothing is stuck.", style="green")
    for what, mend in found:
        yield Text(f"✗ {what}", style="red")
        yield Text(f"  → {mend}")


def _age(since: datetime | None, now: datetime) -> str:
    return span(now - since) if since is not None else ""


def _when(at: datetime | None, status: Status) -> str:
    if at is None:
        return "not set"
    moment = local(at, status.setup.zone)
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"
