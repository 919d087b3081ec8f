"""People leave a company that came in files: their team's sums stay, they are nowhere, and no file brings them back."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from bot.actions.delete_me import delete_me
from bot.actions.find_champions import find_champions
from bot.actions.rebuild_scores import rebuild_scores
from bot.actions.show_teams import teams_for_comms
from bot.cli import main
from bot.domain.leaderboard import Measure, PeriodName, period_of
from bot.domain.people import Standing
from bot.store import people, team_sums
from bot.store.engine import opened
from bot.store.tables import people as people_rows
from tests.cli.company_files import written
from tests.conftest import MONDAY
from tests.store.scored_company import Company

DAY = "2026-03-01"
STAFF = ["anna", "bram", "cato", "dirk", "emma", "fenna"]
PEOPLE = "person,name,team,joined,state\n" + "".join(
    f"{name},{name.title()} de Vries,Care,2025-09-01,named\n" for name in STAFF
)
SHARES = "share,person,story,network,shared_at,proof\n" + "".join(
    f"{name}{number},{name},Story {number},x,2026-02-{20 + number}T10:00:00Z,said\n"
    for name in STAFF[:4]
    for number in range(4)
)
CLICKS = "share,visitor,clicked_at\n" + "".join(
    f"{name}{number},v-{name}-{number},2026-02-{22 + number}T11:00:00Z\n" for name in STAFF[:4] for number in range(4)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, PEOPLE, SHARES, CLICKS)


def well(env: dict[str, str], *words: str) -> str:
    done = CliRunner().invoke(main, list(words), env=env)
    assert done.exit_code == 0, done.output
    return done.output


def brought(store) -> object:
    periods = [period_of(name, MONDAY, "Europe/Amsterdam") for name in (PeriodName.LAST_MONTH, PeriodName.QUARTER)]
    boards = [
        store.read(lambda c, m=m, p=p: team_sums.of_period(c, m, p, "Europe/Amsterdam", is_kept=False))
        for m in Measure
        for p in periods
    ]
    return boards, store.read(lambda c: teams_for_comms(c, MONDAY.toordinal()))


def test_sums_stay_and_people_do_not_come_back(tmp_path, folder):
    env = {"PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}"}
    well(env, "import", str(folder))
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        before = brought(store)
        [(team, _)] = before[1]
        assert (team.heads, team.readers, team.took_part) == (6, 16, 4)
        desk = Company(store, ids={0: 0}).desk
        delete_me(desk, "anna", MONDAY)
        store.write(lambda c: people.set_standing(c, people.by_user(c, "bram").id, Standing.OUT))
        assert brought(store) == before
    well(env, "import", str(folder))
    (folder / "people.csv").write_text(PEOPLE.replace("Care,2025-09-01,named\ndirk", "Care,2025-09-01,out\ndirk"))
    well(env, "import", str(folder))
    well(env, "rebuild")
    well(env, "export", str(tmp_path / "out"))
    with opened(env["PASSALONG_DATABASE_URL"]) as store:
        rebuild_scores(store, MONDAY)
        assert brought(store) == before
        found = store.read(lambda c: find_champions(c, MONDAY.toordinal()))
        standing = {row.user: row.standing for row in store.read(lambda c: c.execute(select(people_rows)).all())}
    assert standing == {"bram": Standing.OUT, "cato": Standing.OUT, "dirk": Standing.NAMED}
    assert {one.candidate.person for one in found.listed} == {"dirk"}
    files = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    told = files + json.dumps(well(env, "champions", "--as-of", DAY, "--json", "--all"))
    assert "dirk" in told
    assert not [name for name in STAFF if name in told.casefold() and name != "dirk"]
