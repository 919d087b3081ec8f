"""`passalong content`: what comms writes as files, checked, and brought into the queue."""

from pathlib import Path

import click

from bot.actions.sync_stories import Came, Synced, sync_stories
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock
from bot.compose import content_folder, read_meter
from bot.domain.content_problem import ContentProblem
from bot.domain.story_sync import Change, Turn
from bot.sources.content_check import check_content
from bot.sources.content_folder import read_stories
from bot.sources.content_place import content_place
from bot.sources.content_voice import voice_notes

SIGNS = {Turn.TAKEN: "~", Turn.KEPT: "=", Turn.BOTH: "!", Turn.OUT: "-"}
SAID = {
    Turn.TAKEN: "taken from the file",
    Turn.KEPT: "edited in Slack, and kept so",
    Turn.BOTH: "changed in the file and in Slack: left as it is in Slack (--overwrite SLUG takes the file)",
    Turn.OUT: "not taken: the story is out, so its channels stay",
}
LONGEST = 100


@click.group("content")
def command() -> None:
    """Stories, crisis scenarios, disclosure lines, guidelines and words as files."""


@command.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False)
def check(folder: Path | None) -> None:
    """Read everything in FOLDER (or in the content folder) and say what is wrong, where, and how to mend it.

    Lines with ~ say how stories sound; they are no problems, and the exit status is 0 when there are no others.
    """
    shipped = content_place(None)
    place = folder or settings_or_exit().content_dir or shipped
    found = check_content(place, shipped)
    for name, count in found.counts.items():
        click.echo(f"✓ {name}: {count}")
    for problem in found.problems:
        _complain(problem)
    meter = read_meter(place)
    for note in voice_notes(meter, read_stories(place)[0]) if meter else ():
        click.echo(f"~ {note}")
    if found.problems:
        raise SystemExit(1)


@command.command("sync")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--overwrite", metavar="SLUG", multiple=True, help="This file is right, whatever was edited in Slack.")
def sync(dry_run: bool, overwrite: tuple[str, ...]) -> None:
    """Queue what is new, take over what changed in the files, and leave what was edited in Slack since.

    Run it as often as you like: what is the same is left alone. A story whose file is gone stays.
    """
    _sync(overwrite, is_trial=dry_run)


@command.command("load")
def load() -> None:
    """An older name of `sync`."""
    _sync((), is_trial=False)


def _sync(overwrite: tuple[str, ...], *, is_trial: bool) -> None:
    settings = settings_or_exit()
    folder = content_folder(settings, "stories")
    if folder != settings.content_dir:
        click.echo("These are the stories that ship, of a company that isn't yours. Yours: PASSALONG_CONTENT_DIR.")
    files, problems = read_stories(folder)
    for problem in problems:
        _complain(problem)
    if unknown := set(overwrite) - {file.slug for file in files}:
        raise click.UsageError(f"There is no file for --overwrite {', '.join(sorted(unknown))}.")
    store = store_or_exit(settings)
    try:
        meter = read_meter(settings.content_dir)
        found = sync_stories(
            store,
            files,
            system_clock(),
            overwrite=overwrite,
            unreadable={Path(problem.file).stem.lower() for problem in problems},
            is_trial=is_trial,
            meter=meter,
        )
    finally:
        store.close()
    for synced in found:
        _show(synced)
    if problems:
        raise SystemExit(1)


def _complain(problem: ContentProblem) -> None:
    click.echo(f"✗ {problem}", err=True)


def _show(synced: Synced) -> None:
    if synced.was:
        click.echo(f"~ {synced.slug}: its file was {synced.was}, and the story goes on under the new name")
    if synced.came is Came.QUEUED:
        click.echo(f"+ {synced.slug}: {synced.due_at:%Y-%m-%d %H:%M} UTC")
    elif synced.came is Came.SAME:
        click.echo(f"  {synced.slug}: the same")
    elif synced.came is Came.DIFFERS:
        for change in synced.changes:
            _show_change(synced.slug, change)
    else:
        click.echo(f"- {synced.slug}: {synced.came}" + (f' ("{_short(synced.other)}")' if synced.other else ""))


def _show_change(slug: str, change: Change) -> None:
    click.echo(f"{SIGNS[change.turn]} {slug}: {change.part}, {SAID[change.turn]}")
    click.echo(f"    in Slack: {_short(change.here)}\n    in file:  {_short(change.file)}")


def _short(value: object) -> str:
    """A value on a line. Of captions the texts."""
    if isinstance(value, tuple):
        value = " | ".join(one if isinstance(one, str) else f"[{one[0]}] {one[1]}" for one in value)
    text = " ".join(str("" if value is None else value).split())
    return f"{text[: LONGEST - 1]}…" if len(text) > LONGEST else text or "(nothing)"
