"""`passalong champions`: whom readers follow, and why; the list of a day, from the database alone."""

import json
from collections.abc import Iterable
from datetime import date, datetime

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.actions.find_champions import Champion, Champions, find_by_person, find_champions, rank_champions
from bot.actions.say_why import why
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock
from bot.compose import read_words, ready_store
from bot.domain.champions import Team
from bot.domain.local_time import day_of
from bot.sources.words import Words
from bot.store import setup as setup_store

LANGUAGE = "en"
NOT_YET = "{day} has not been yet: this is what would be left by then if nobody read anything more."
NOBODY = "Nobody can be named by {day}: that takes two weeks, and two shares that each brought a reader."
IN_TOTALS = "The company shows totals alone (set-up, step 5), so nobody is named here: --by-person does."


@click.command("champions")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to look from, its end included; today if left out. The list is as long as fits how many worked here "
    "then; where that was not kept, how many do today.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines: best first.")
@click.option("--all", "everybody", is_flag=True, help="Everybody who can be named, and not the list alone.")
@click.option("--by-person", is_flag=True, help="Also where the company shows totals alone.")
def command(as_of: datetime | None, as_json: bool, everybody: bool, by_person: bool) -> None:
    """Whom readers follow: readers a week, recent weeks counting most. It looks, and tells nobody.

    Who is counted without a name has none here either. Nobody is on it who did not bring readers, or who is out.
    """
    settings = settings_or_exit()
    words = read_words(settings)
    store = store_or_exit(settings, ready_store)
    try:
        setup = store.read(setup_store.load_setup)
        today = day_of(system_clock(), setup.zone)
        day = as_of.toordinal() if as_of else today
        if day > today:
            click.echo(NOT_YET.format(day=date.fromordinal(day)), err=True)
        in_totals = setup.totals_only and not by_person
        if in_totals:
            click.echo(IN_TOTALS, err=True)
        if as_json:
            found = store.read(lambda connection: rank_champions(connection, day, everybody=everybody))
            shown = [] if in_totals else [_as_json(words, one) for one in found]
            click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        else:
            find = find_champions if in_totals else find_by_person
            everything = store.read(lambda connection: find(connection, day, everybody=everybody))
            _print(words, everything, date.fromordinal(day), in_totals=in_totals)
    finally:
        store.close()


def _as_json(words: Words, one: Champion) -> dict[str, object]:
    found = one.candidate
    return {
        "person": found.person,
        "score": round(found.score, 4),
        "readers": found.readers,
        "shares": one.evidence.shares,
        "word": one.word,
        "why": why(words, LANGUAGE, one),
    }


def _print(words: Words, found: Champions, day: date, *, in_totals: bool) -> None:
    console = Console(width=120)
    if found.listed:
        console.print(
            f"Whom readers follow, on {day}: readers a week, recent weeks counting most.", _table(words, found)
        )
    elif not in_totals:
        console.print(NOBODY.format(day=day))
        return
    for heading, lines in _beside(words, found):
        console.print(f"\n{heading}", *(f"  {escape(line)}" for line in lines), sep="\n", highlight=False)


def _table(words: Words, found: Champions) -> Table:
    table = Table(box=None, padding=(0, 1))
    table.add_column("", justify="right")
    table.add_column("who", overflow="fold")
    table.add_column("a week", justify="right")
    for name in ("", "badge", "why"):
        table.add_column(name, overflow="fold")
    for place, one in enumerate(found.listed, 1):
        badge = "★" if one.candidate.id in found.badges else ""
        reason = escape(why(words, LANGUAGE, one))
        table.add_row(str(place), escape(_name(one)), f"{one.candidate.score:.1f}", _word(words, one), badge, reason)
    return table


def _beside(words: Words, found: Champions) -> Iterable[tuple[str, list[str]]]:
    if found.concentration is not None:
        many, percent = found.concentration
        yield words.count(LANGUAGE, "champions.concentration", many, percent=percent), []
    if found.risers:
        lines = [f"{_name(one)}: {one.candidate.score:.1f} a week; {why(words, LANGUAGE, one)}" for one in found.risers]
        yield "Rising: not on the list four weeks ago", lines
    if hints := [(one, flag) for one in found.listed for flag in one.flags]:
        lines = [f"{_name(one)}: {words.say(LANGUAGE, f'champions.flag.{flag}')}" for one, flag in hints]
        yield "To look at, perhaps; nothing follows from it by itself", lines
    if found.teams:
        lines = [_team(words, team, number) for team, number in found.teams]
        yield "Teams of five or more: readers a head, ten average colleagues added", lines


def _team(words: Words, team: Team, a_head: float) -> str:
    readers = words.count(LANGUAGE, "champions.readers", team.readers)
    part = "" if team.told_part is None else f"{team.told_part} of {team.heads} people took part; "
    return f"{team.name}: {readers}; {part}{a_head:.1f} a head"


def _name(one: Champion) -> str:
    return one.candidate.name or one.candidate.person or "somebody without a name"


def _word(words: Words, one: Champion) -> str:
    return words.say(LANGUAGE, f"champions.word.{one.word}") if one.word else ""
