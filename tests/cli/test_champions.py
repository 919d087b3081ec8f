"""`passalong import DIR`, `passalong champions` and `passalong export DIR`, as somebody types them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, Executable, delete, insert, select, update

from bot.cli import main
from bot.domain.clicks import APART
from bot.domain.people import Standing
from bot.store import keys, people
from bot.store.engine import opened
from bot.store.setup import load_setup, save_setup
from bot.store.tables import link_days, links, scores, stories
from bot.store.tables import people as people_rows
from tests.bench.champions import FLOORS, found_by_us, is_kept, judge
from tests.bench.simulated import simulate
from tests.cli.company_files import written
from tests.conftest import MONDAY

T = TypeVar("T")
AS_OF = "2026-03-31"
PEOPLE = """person,name,team,joined,state
anna,Anna de Vries,Sales,2025-09-01,named
bram,Bram,Sales,2026-03-10,
cato,Cato,Care,2025-09-01,unnamed
dirk,Dirk,Care,2025-09-01,out
emma,Emma,Care,2025-09-01,named
"""
SHARES = """share,person,story,network,shared_at,proof
1,anna,The reef,linkedin,2026-03-24T10:00:00Z,read
2,anna,The reef,linkedin,2026-03-30T23:59:59Z,read
3,bram,The bakery,twitter,2026-03-12,said
4,bram,The reef,x,2026-03-13T08:00:00+01:00,opened
5,cato,The reef,facebook,2026-01-05 09:00,opened
6,cato,The bakery,facebook,2026-03-31T23:30:00Z,opened
7,dirk,The bakery,facebook,2026-03-20,opened
"""
CLICKS = """share,visitor,clicked_at
1,v1,2026-03-24T11:00:00Z
2,v1,2026-03-31T11:00:00Z
2,v2,2026-03-31T23:59:00Z
2,v9,2026-04-01T00:00:00Z
3,v1,2026-03-12T11:00:00Z
3,v1,2026-03-12T12:00:00Z
4,v3,2026-03-14T12:00:00Z
5,v1,2026-01-31T23:59:59Z
5,v1,2026-02-01T00:00:00Z
6,v4,2026-03-31T23:45:00Z
7,v5,2026-03-21T23:45:00Z
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}", "PASSALONG_VISITOR_SALT": "monthly"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, PEOPLE, SHARES, CLICKS)


def run(env: dict[str, str], *words: str) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


def well(env: dict[str, str], *words: str) -> str:
    done = run(env, *words)
    assert done.exit_code == 0, done.output
    return done.stdout


def listed(env: dict[str, str], *more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(well(env, "champions", "--as-of", AS_OF, "--json", *more))
    return found


def test_a_company_and_its_champions(env, folder):
    well(env, "import", str(folder))
    bram, anna, nameless = sorted(listed(env), key=lambda one: str(one["word"]))
    assert list(anna) == ["person", "score", "readers", "shares", "word", "why"]
    # By the month v1 is one reader of Anna's, and came by the first share; v9 came the day after.
    week, steady = 2 ** (-1 / 6), sum(2 ** (-n / 6) for n in range((211) // 7 + 1)) + 2
    assert (anna["person"], anna["readers"], anna["shares"], anna["word"]) == ("anna", 2, 2, "steady")
    assert anna["score"] == pytest.approx((week + 1) / steady, abs=1e-4)
    assert anna["why"] == "2 shares, 2 readers, most from “The reef”"
    assert (bram["person"], bram["readers"], bram["word"]) == ("bram", 2, "early")
    assert (nameless["person"], nameless["readers"]) == (None, 3), "counted, and never named"
    assert [one["person"] for one in listed(env)] == ["bram", "anna", None]


def test_on_the_command_line_it_is_plain_text(env, folder):
    well(env, "import", str(folder))
    assert "*" not in well(env, "champions", "--as-of", AS_OF)
    assert "*" not in well(env, "champions", "--as-of", AS_OF, "--json", "--all")


def test_a_day_that_has_not_been_says_so_beside_the_list(env, folder):
    well(env, "import", str(folder))
    for form, shown in (
        ("--json", "[]"),
        ("--all", "Nobody can be named by 2999-01-01: that takes two weeks, and two"),
    ):
        done = run(env, "champions", "--as-of", "2999-01-01", form)
        assert (done.exit_code, done.stderr.splitlines()[0][:31]) == (0, "2999-01-01 has not been yet: th")
        assert done.stdout.startswith(shown)
    assert run(env, "champions", "--as-of", AS_OF).stderr == ""


def test_the_same_day_has_the_same_answer_later(env, folder):
    well(env, "import", str(folder))
    then = json.loads(well(env, "champions", "--as-of", "2026-03-30", "--json"))
    assert "anna" not in {one["person"] for one in then}, "her second share had no reader then"
    assert json.loads(well(env, "champions", "--as-of", "2026-03-20", "--json")) == []


def test_by_the_day_a_visitor_counts_once_a_link(env, folder):
    env["PASSALONG_VISITOR_SALT"] = "daily"
    well(env, "import", str(folder))
    assert {one["person"]: one["readers"] for one in listed(env)} == {"anna": 3, "bram": 2, None: 3}


def test_twice_is_once(env, folder):
    well(env, "import", str(folder))
    before = listed(env, "--all"), readers(env)
    well(env, "import", str(folder))
    assert (listed(env, "--all"), readers(env)) == before


def readers(env: dict[str, str]) -> str:
    return well(env, "links", "readers")


def test_the_sums_stay_when_they_are_made_anew(env, folder):
    well(env, "import", str(folder))
    before = listed(env, "--all"), readers(env)
    well(env, "rebuild")
    assert (listed(env, "--all"), readers(env)) == before


def test_out_and_back_again(env, folder, tmp_path):
    well(env, "import", str(folder))
    well(env, "export", str(tmp_path / "out"))
    assert "emma" not in (tmp_path / "out/people.csv").read_text(), "she did not share"
    assert "dirk" not in (tmp_path / "out/people.csv").read_text(), "he is out"
    assert "Cato" not in (tmp_path / "out/people.csv").read_text(), "she wants no name"
    other = {**env, "PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    well(other, "import", str(tmp_path / "out"))
    assert listed(other, "--all") == listed(env, "--all")
    well(env, "import", str(tmp_path / "out"))
    assert listed(other, "--all") == listed(env, "--all"), "nor does it add to itself"
    well(other, "export", str(tmp_path / "again"))
    for name in ("people.csv", "shares.csv", "clicks.csv"):
        assert (tmp_path / "again" / name).read_text() == (tmp_path / "out" / name).read_text()
        assert (tmp_path / "out" / name).stat().st_mode & 0o777 == 0o600


def test_a_file_of_before_somebody_left_adds_nothing(env, folder, tmp_path):
    """What was said without a link is known here by its name in the file, also of who left since."""
    well(env, "import", str(folder))
    bram = told(env, lambda c: people.by_user(c, "bram")).id
    change(env, delete(links).where(links.c.person_id == bram))
    well(env, "export", str(tmp_path / "out"))
    change(env, update(people_rows).where(people_rows.c.user == "bram").values(is_active=False))
    before = told(env, lambda c: c.execute(select(links)).all())
    well(env, "import", str(tmp_path / "out"))
    assert told(env, lambda c: c.execute(select(links)).all()) == before


def test_who_left_is_on_no_list_elsewhere(env, folder, tmp_path):
    """Named, deactivated, with most readers of all: on no list here, and on none after it was moved."""
    well(env, "import", str(folder))
    for user, value in (("anna", {"is_active": False}), ("bram", {"standing": Standing.OUT})):
        change(env, update(people_rows).where(people_rows.c.user == user).values(value))
        other = moved(env, tmp_path, f"without-{user}")
        for file in ("people.csv", "shares.csv"):
            assert user not in (tmp_path / f"to-without-{user}" / file).read_text()
        for day in ("2026-02-10", "2026-03-25", AS_OF, "2026-05-01"):
            here, there = (well(where, "champions", "--as-of", day, "--json", "--all") for where in (env, other))
            assert here == there
            assert user not in here
    assert [one["person"] for one in listed(other, "--all")] == [None], "and the others are all there"


def moved(env: dict[str, str], tmp_path: Path, name: str = "other") -> dict[str, str]:
    """Another installation, which took over everything."""
    other = {**env, "PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / name}.db"}
    well(env, "export", str(tmp_path / f"to-{name}"))
    well(other, "import", str(tmp_path / f"to-{name}"))
    return other


def told(env: dict[str, str], work: Callable[[Connection], T]) -> T:
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        return store.read(work)


def change(env: dict[str, str], *statements: Executable) -> None:
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        for statement in statements:
            store.write(lambda c, statement=statement: c.execute(statement))


def test_who_was_never_asked_is_asked_elsewhere_too(env, folder, tmp_path):
    (folder / "people.csv").write_text(PEOPLE.replace("2026-03-10,", "2026-03-10,unasked"))
    well(env, "import", str(folder))
    for where in (env, moved(env, tmp_path)):
        assert told(where, lambda c: people.by_user(c, "bram")).standing is Standing.UNASKED


def test_names_and_titles_come_back_as_they_were(env, folder, tmp_path):
    (folder / "people.csv").write_text(PEOPLE.replace("Anna de Vries,Sales", "=Anna,-Sales"))
    titled = SHARES.replace("proof\n", "proof,title\n").replace(",read\n", ",read,+ The reef\n")
    (folder / "shares.csv").write_text(titled.replace(",opened\n", ",opened,\n").replace(",said\n", ",said,\n"))
    well(env, "import", str(folder))
    other = moved(env, tmp_path)
    assert "'=Anna" in (tmp_path / "to-other/people.csv").read_text(), "no spreadsheet takes it for a formula"
    for where in (env, other):
        found = told(where, lambda c: c.execute(select(people_rows.c.name, people_rows.c.team)).all())
        assert ("=Anna", "-Sales") in found
        assert "+ The reef" in told(where, lambda c: c.execute(select(stories.c.title)).scalars().all())


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_a_day_in_a_file_is_the_same_day_on_boards(env, folder, tmp_path, zone):
    late = "share,person,story,network,shared_at,proof\n"
    late += "1,anna,The reef,x,2026-01-31T15:00:00,said\n2,bram,The reef,x,2026-02-01T00:00:00,said\n"
    (folder / "shares.csv").write_text(late)
    (folder / "clicks.csv").unlink()
    found = []
    for where in (env, {**env, "PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}):
        well(where, "migrate")
        with opened(where["PASSALONG_DATABASE_URL"]) as store:
            setup = store.read(load_setup)
            store.write(lambda c, setup=setup: save_setup(c, replace(setup, zone=zone), MONDAY))
        well(where, "import", str(folder if where is env else tmp_path / "out"))
        if where is env:
            well(env, "export", str(tmp_path / "out"))
        query = select(people_rows.c.user, scores.c.start).join(scores).where(scores.c.period == "month")
        found.append(sorted(told(where, lambda c, query=query: c.execute(query).all())))
    months = [(user, start.astimezone(ZoneInfo(zone)).month) for user, start in found[0]]
    assert months == [("anna", 1), ("bram", 2)]
    assert found[1] == found[0]


def test_what_was_counted_here_after_the_file_stays(env, folder):
    well(env, "import", str(folder))
    later = date(2026, 5, 1).toordinal()
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        row = {"link_id": 1, "day": later, "readers": 3, "for_person": 3, **dict.fromkeys(APART, 0)}
        store.write(lambda c: c.execute(insert(link_days).values(row)))
    well(env, "import", str(folder))
    assert told(
        env, lambda c: c.execute(select(link_days.c.readers).where(link_days.c.day == later)).scalars().all()
    ) == [3]


def test_who_did_not_share_is_in_no_table_and_who_is_out_stays_out(env, folder):
    well(env, "import", str(folder))
    (folder / "people.csv").write_text(PEOPLE.replace(",out", ",named"))
    well(env, "import", str(folder))
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        known = store.read(lambda c: c.execute(select(people_rows.c.user, people_rows.c.name)).all())
        assert ("dirk", "") in known
        assert "emma" not in dict(known)
        assert store.read(lambda c: people.by_user(c, "dirk")).standing is Standing.OUT
        assert len(store.read(lambda c: c.execute(select(links)).all())) == 6


def test_who_was_deleted_stays_deleted(env, folder):
    well(env, "import", str(folder))

    def forget(connection):
        keys.remember_forgotten(connection, "anna", MONDAY)
        people.remove(connection, people.by_user(connection, "anna").id)

    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        store.write(forget)
    well(env, "import", str(folder))
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        assert store.read(lambda c: people.by_user(c, "anna")) is None
    assert {one["person"] for one in listed(env, "--all")} == {"bram", None}


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("people.csv", ",Nobody,,", "person is empty"),
        ("people.csv", "anna,Anna,,,", "person 'anna' stands on line 2 already"),
        ("people.csv", "fred,Fred,,yesterday,", "joined is 'yesterday'"),
        ("people.csv", "fred,Fred,,,perhaps", "state is 'perhaps'"),
        ("shares.csv", "8,zoe,The reef,x,2026-03-24,opened", "there is nobody called 'zoe' in people.csv"),
        ("shares.csv", "8,anna,The reef,x,2026-02-30,opened", "shared_at is '2026-02-30'"),
        ("shares.csv", "8,anna,The reef", "there are 3 cells, and 6 columns"),
        ("shares.csv", "1,anna,The reef,x,2026-03-24,opened", "share '1' stands on line 2 already"),
        ("clicks.csv", "99,v1,2026-03-24", "there is no share called '99' in shares.csv"),
        ("clicks.csv", "1,,2026-03-24", "visitor is empty"),
        ("clicks.csv", "1,v1,2026-03-24T25:00", "clicked_at is '2026-03-24T25:00'"),
    ],
)
def test_a_bad_row_is_told_and_its_file_not_taken(env, folder, file, row, reason):
    path = folder / file
    before = path.read_text()
    cells = before.splitlines()[0].count(",") + 1
    row = row + "," * (cells - 1 - row.count(",")) if "cells" not in reason else row
    path.write_text(before + row + "\n")
    line = len(before.splitlines()) + 1
    done = run(env, "import", str(folder))
    assert done.exit_code == 1
    assert f"{file}:{line}: {reason}" in done.stderr
    assert listed(env, "--all") == []
    assert f"{file}:{line}: " in run(env, "import", str(folder), "--skip-bad").stderr
    assert {one["person"] for one in listed(env)} == {"anna", "bram", None}


def test_other_tools_write_otherwise(env, folder):
    """A mark in front, semicolons, columns in another order and more of them, an empty line at the end."""
    for path in folder.iterdir():
        rows = [line.split(",") for line in path.read_text().splitlines()]
        turned = "\r\n".join(";".join([*reversed(row), "more"]) for row in rows)
        path.write_bytes(b"\xef\xbb\xbf" + turned.encode() + b"\r\n\r\n")
    well(env, "import", str(folder))
    assert len(listed(env)) == 3


def test_what_cannot_be_read_is_said(env, folder, tmp_path):
    assert "There is no people.csv, shares.csv or clicks.csv" in run(env, "import", str(tmp_path / "company/..")).stderr
    (folder / "clicks.csv").write_text("share,who\n1,v1\n")
    done = run(env, "import", str(folder))
    assert "clicks.csv:1: there is no column visitor or clicked_at" in done.stderr
    (folder / "people.csv").write_bytes(PEOPLE.encode() + b"g\xe9,,,,\n")
    assert "not UTF-8" in run(env, "import", str(folder)).stderr
    well(env, "export", str(tmp_path / "out"))
    assert run(env, "export", str(tmp_path / "out")).exit_code == 1, "what is there stays as it is"


def test_the_table_is_for_reading(env, folder):
    well(env, "import", str(folder))
    found = well(env, "champions", "--as-of", AS_OF)
    assert "Anna de Vries" in found
    assert "somebody without a name" in found
    assert "Cato" not in found
    assert "3 people bring 100 % of readers." in found
    assert "All readers came for one story." in found
    assert "Nobody can be named" in well(env, "champions", "--as-of", "2025-01-01")


def test_whom_readers_follow_is_found_and_points_find_others():
    """One small company of the bench, whose truth is known: `python -m tests.bench.champions` measures ten."""
    company = simulate(3, people=1000)
    ours, points = judge(company, found_by_us(company)), judge(company, company.points())
    assert is_kept(ours), (ours, FLOORS)
    assert ours.value > points.value
    assert ours.gamers <= points.gamers
