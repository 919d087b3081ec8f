"""A company that shows teams and totals alone: whatever anybody looks at, nobody who shared is in it by name.

It is played twice, once without the choice: then names are found everywhere they should be, so the search is not blind.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from bot.actions.answer_standing import answer_standing
from bot.actions.keep_rankings import keep_rankings
from bot.actions.who_asks import who_asks
from bot.cli.champions import command as champions_command
from bot.cli.export_all import command as export_command
from bot.domain.people import Standing
from bot.slack import ids
from bot.store import people, teams
from bot.store import setup as setup_store
from bot.store import tables as t
from tests.conftest import Stand
from tests.slack.passing_along import Company

SHARERS = range(6)
TO_OTHERS = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.publish", "views.open", "views.update")
FILES = "files.completeUploadExternal"


class Office(Company):
    """Six people pass stories along, and are read; an editor, and somebody who only looks, see what is to be seen."""

    def __init__(self, stand: Stand, *, totals_only: bool) -> None:
        super().__init__(stand)
        self.sharers = [self.staff[number] for number in SHARERS]
        self.looker = self.staff[len(SHARERS)].id
        self.choose(digest=setup_store.Setup().digest, person_file=True, champions_channel=self.english)
        for title in ("Reef", "Bakery"):
            story = self.story(title)
            for number in SHARERS:
                self.pass_along(number, title)
                self.follow(number, story, 4 + number)
        for person in self.sharers:
            self.stands(person.id, Standing.NAMED)
        self.write(self._some_time_ago)
        if totals_only:
            self.choose(totals_only=True)
        self.seen: list[str] = []

    def choose(self, **changes) -> None:
        def work(connection):
            setup = replace(setup_store.load_setup(connection), **changes)
            assert setup_store.save_setup(connection, setup, self.stand.clock())

        self.write(work)

    def _some_time_ago(self, connection) -> None:
        """They could share for a while, and are in a team."""
        connection.execute(update(t.people).values(since=t.people.c.since - 60))
        teams.keep_staff(connection, {"Coral": 10, "Bakery": 10}, self.stand.clock())
        for person in self.sharers:
            teams.put_in(connection, {people.by_user(connection, person.id).id: "Coral"})

    def look_at_everything(self) -> None:
        self.stand.clock.step(days=1)
        for period in ("week", "month", "quarter", "30 days", "team"):
            self.seen.append(json.dumps(self.say(f"leaderboard {period}", self.looker)))
        keep_rankings(self.desk.store, self.stand.clock())
        for command in ("champions", "list", "digest preview"):
            self.seen.append(json.dumps(self.say(command, self.editor)))
        for user in (self.looker, self.editor):
            self.acts.open_home(user)
        self.stand.work()
        for _ in range(2):
            self.stand.clock.to(self.stand.clock() + timedelta(days=3, hours=8))
            self.stand.work()

    def names_in(self, text: str) -> set[str]:
        return {p.id for p in self.sharers if any(name in text for name in (p.id, p.real_name, self.shown(p.id)))}

    def shown(self, user: str) -> str:
        return str(self.desk.profiles.get(user).name)

    def found(self) -> dict[str, set[str]]:
        """By kind of thing, whose names or ids others could read."""
        found: dict[str, set[str]] = {"commands": set()}
        for text in self.seen:
            found["commands"] |= self.names_in(text)
        for entry in self.stand.workspace.log:
            if entry.kind == "api" and entry.name in TO_OTHERS:
                to = {entry.args.get(key) for key in ("user", "user_id", "channel")}
                shown = json.dumps({key: entry.args.get(key) for key in ("text", "blocks", "view")})
                found.setdefault(entry.name, set()).update(self.names_in(shown) - to)
        return found


@pytest.fixture
def office(march, public_stand, request):
    return Office(public_stand, totals_only=request.param)


@pytest.mark.parametrize("office", [False], indirect=True)
def test_names_are_found_where_people_agreed_to_them(office, tmp_path, monkeypatch):
    office.look_at_everything()
    found = office.found()
    assert found["commands"]
    assert found["chat.postMessage"], "the digests"
    assert found["views.publish"], "the editors' Home"
    on_the_command_line(office, tmp_path, monkeypatch, totals_only=False)


@pytest.mark.parametrize("office", [True], indirect=True)
def test_with_totals_alone_nobody_is_named_to_anybody(office, tmp_path, monkeypatch):
    the_question_says_what_holds(office)
    office.look_at_everything()
    assert {kind: names for kind, names in office.found().items() if names} == {}
    [digest] = [m["text"] for m in office.acts.messages(office.looker, office.english) if "Thank you" in m["text"]]
    assert "Thank you to the 7 colleagues" in digest
    assert "Team of the week, by readers a head: Coral." in digest
    on_the_command_line(office, tmp_path, monkeypatch, totals_only=True)
    who_says_fine_agrees_to_no_name(office)


def the_question_says_what_holds(office):
    office.pass_along(len(SHARERS), "Reef")
    [message] = [m for m in office.acts.messages(office.looker, office.english) if "Reef" in m["text"]]
    assert office.acts.press(office.looker, ids.SHARE, channel=office.english, ts=message["ts"]).acked
    office.stand.settle()
    shown = json.dumps(office.acts.views(office.looker)[-1], ensure_ascii=False)
    assert ids.SHARE_NAMED not in shown
    assert "nobody by name" in shown or "niemand met naam" in shown


def who_says_fine_agrees_to_no_name(office):
    for user in (office.looker, office.sharers[0].id):
        answer_standing(office.desk, who_asks(office.desk, user), Standing.NAMED, office.stand.clock())
    rows = office.desk.store.read(lambda c: c.execute(select(t.people)).all())
    standing = {row.user: row.standing for row in rows}
    assert standing[office.looker] == Standing.UNNAMED
    assert standing[office.sharers[0].id] == Standing.NAMED, "who agreed before has not taken it back"


def on_the_command_line(office, tmp_path, monkeypatch, *, totals_only):
    monkeypatch.setenv("PASSALONG_DATABASE_URL", office.stand.settings.database_url)
    run, day = CliRunner().invoke, ["--as-of", "2026-03-30"]
    assert bool(json.loads(run(champions_command, ["--json", *day]).stdout)) is not totals_only
    assert json.loads(run(champions_command, ["--json", *day, "--by-person"]).stdout)
    listed = run(champions_command, day).stdout
    assert bool(office.names_in(listed)) is not totals_only
    assert "of readers" in listed
    assert (run(export_command, [str(tmp_path / "out")]).exit_code != 0) is totals_only
    assert run(export_command, [str(tmp_path / "moving"), "--by-person"]).exit_code == 0
