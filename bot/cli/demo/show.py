"""The demo as it is seen: progress, the last digest and the board, the check, and then the workspace is yours."""

import errno
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.demo.clock import START
from bot.cli.demo.findings import Finder, Findings, Section
from bot.cli.demo.play import NeverAtRest
from bot.cli.demo.script import ZONE
from bot.cli.demo.stage import Stage, Wishes
from bot.jobs.timetable import TIMETABLE
from bot.log import start_logging
from bot.sandbox.company import Person
from bot.sandbox.outside.asking import NotAsked
from bot.sandbox.socket import ACK_SECONDS
from bot.sandbox.staff_screen import Stuck
from bot.store import people

__all__ = ["Wishes", "show"]

WIDE = 110
BEAT = 0.2


def show(wishes: Wishes) -> bool:
    """Play and check; whether all numbers were right. Ends with the check, or when somebody presses Ctrl-C."""
    start_logging("text", "ERROR")
    console = Console(width=None if Console().is_terminal else WIDE, highlight=False)
    try:
        with tempfile.TemporaryDirectory(prefix="passalong-demo-") as folder, _stage(wishes, Path(folder)) as stage:
            is_right = _show(stage, console)
            if not wishes.leaves:
                _stay(stage, console)
            return is_right
    except KeyboardInterrupt:
        console.print("\nStopped.")
        return False
    except (Stuck, NeverAtRest, NotAsked) as stuck:
        raise click.ClickException(f"The play got stuck: {stuck}.") from stuck


def _stage(wishes: Wishes, folder: Path) -> Stage:
    try:
        return Stage(wishes, folder)
    except OSError as error:
        if not wishes.port or error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        why = "is taken" if error.errno == errno.EADDRINUSE else "may not be used"
        raise click.ClickException(f"Port {wishes.port} {why}. Choose another with --port, or leave it out.") from error


def _show(stage: Stage, console: Console) -> bool:
    company = stage.workspace.company
    console.print(f"{company.name}: {len(company.staff)} colleagues, Dutch and English, on a Slack of their own.")
    began = time.monotonic()
    with _progress(stage.wishes, console) as tell:
        stage.play.until(stage.wishes.end, tell)
    took = time.monotonic() - began
    if not stage.wishes.plays:
        return True
    findings = Finder(stage).find()
    _print_findings(findings, console)
    checked = time.monotonic() - began - took
    weeks = "1 week" if stage.wishes.weeks == 1 else f"{stage.wishes.weeks} weeks"
    console.print(f"\n{weeks} played in {took:.1f} s, checked in {checked:.1f} s.")
    return findings.is_right


@contextmanager
def _progress(wishes: Wishes, console: Console) -> Iterator[Callable[[datetime], None]]:
    """A bar on a terminal; elsewhere a line a week."""
    total = (wishes.end - START).total_seconds()
    if not console.is_terminal:
        yield _Weeks(wishes, console).tell
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda moment: progress.update(
            task, completed=(moment - START).total_seconds(), description=f"{moment.astimezone(ZONE):%A %-d %B, %H:%M}"
        )


class _Weeks:
    """Says each week once, as it begins."""

    def __init__(self, wishes: Wishes, console: Console) -> None:
        self._wishes, self._console, self._said = wishes, console, 0

    def tell(self, moment: datetime) -> None:
        week = (moment - START).days // 7 + 1
        if week > self._said:
            self._said = week
            playing = f"Week {week} of {self._wishes.weeks} …"
            self._console.print(playing if self._wishes.plays else "Setting up …")


def _print_findings(findings: Findings, console: Console) -> None:
    for title, lines in (("The last digest in #good-stories", findings.digest), ("The leaderboard", findings.board)):
        console.rule(f"[bold]{title}", align="left")
        console.print("\n".join(lines), markup=False)
    console.rule("[bold]The check: what people did, beside what the bot says", align="left")
    for section in findings.sections:
        if section.is_main or not section.is_right:
            console.print(_table(section))
        else:
            console.print(f"{section.title}: {len(section.lines)} numbers, all equal.", markup=False)
    compared = [line.is_right for section in findings.sections for line in section.lines]
    wrong, of = compared.count(False), len(compared)
    console.print(f"[red]{wrong} of {of} numbers differ." if wrong else f"[green]All {of} numbers are equal.")


def _table(section: Section) -> Table:
    table = Table(title=section.title, title_justify="left", title_style="bold")
    for name in ("", "their ledger", "the bot says", ""):
        table.add_column(name)
    for line in section.lines:
        mark = "" if line.is_right else "[red]differs"
        table.add_row(line.what, line.ledger, line.said, mark)
    return table


def _stay(stage: Stage, console: Console) -> None:
    """The workspace stays open, and its clock runs a second a second from here."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    console.print(f"\nOpen {stage.sandbox.url} and pick who you are:", soft_wrap=True)
    for line in _who(stage):
        console.print(f"  {line}", markup=False)
    console.print("Type /passalong help there to begin with. Share a story, and a share page opens in a tab beside it:")
    console.print(
        "post it there, and follow its link as others would. As an editor, queue a page of the company's site:"
    )
    console.print(f"  /passalong queue {stage.site.address('/open-day')} tomorrow 9:00", soft_wrap=True)
    console.print("Ctrl-C ends it, and nothing is kept.")
    stage.sandbox.socket.ack_seconds = ACK_SECONDS
    stage.clock.run()
    _beat(stage, stop)
    console.print("\nGoodbye.")


def _who(stage: Stage) -> Iterator[str]:
    company = stage.workspace.company
    names = {person.id: person.real_name for person in company.people}
    busy = {company.admin, *company.editors}
    employee = next((p for p in company.staff if p.id not in busy and _is_fresh(stage, p)), company.staff[-1])
    guest = next(person for person in company.staff if person.guest)
    yield f"{' and '.join(names[editor] for editor in company.editors)} are comms editors,"
    yield f"{names[company.admin]} is the admin, {employee.real_name} and everybody else are employees,"
    yield f"{guest.real_name} is a guest."


def _is_fresh(stage: Stage, person: Person) -> bool:
    """Somebody English who is in, and has not chosen networks yet: they see what a new colleague sees."""
    known = stage.house.store.read(lambda connection: people.by_user(connection, person.id))
    is_new = known is None or (known.is_in and not known.preferences.networks)
    return is_new and person.language == "en" and not person.guest


def _beat(stage: Stage, stop: threading.Event) -> None:
    """What the runner does for a real workspace; here on the demo's clock."""
    last: dict[str, float] = {}
    while not stop.wait(BEAT):
        stage.sandbox.pump()
        for job in TIMETABLE:
            if time.monotonic() - last.get(job.name, 0.0) >= min(job.seconds, 300) * BEAT:
                last[job.name] = time.monotonic()
                stage.house.runner.run(job)
