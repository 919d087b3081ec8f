"""A company moves from SQLite to PostgreSQL and back, with all that is under way, and everything goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import and_, func, select

from bot.cli.demo.play import Play
from bot.cli.demo.stage import Stage, Wishes
from bot.compose import build
from bot.domain.deliveries import DeliveryState
from bot.domain.people import Standing
from bot.sandbox.company import GOOD_STORIES
from bot.sandbox.staff_agenda import Agenda
from bot.slack import ids
from bot.store import boards
from bot.store.engine import Store
from bot.store.export_all import carried, export_all
from bot.store.import_all import import_all
from bot.store.tables import deliveries, people, placements, shares
from tests.conftest import fresh_postgres
from tests.slack.passing_along import spoken
from tests.slack.share_desk import any_element


@dataclass
class Office:
    """The stage of the demo, with the house on this database."""

    stage: Stage
    play: Play
    store: Store
    here: str

    @property
    def acts(self) -> Any:
        return self.stage.sandbox.acts

    def to(self, moment: datetime) -> None:
        """Play on; nobody of the simulated staff does anything of their own any more."""
        self.play.until(moment, lambda _: None)

    def rows(self) -> dict[str, list[Any]]:
        return {
            table.name: self.store.read(lambda c, t=table: c.execute(select(t).order_by(*t.primary_key.columns)).all())
            for table in carried()
        }

    def leaderboard(self, user: str) -> str:
        return spoken(self.acts.command(user, GOOD_STORIES, "/passalong leaderboard").payload["blocks"])

    def move(self, folder: Path, url: str) -> "Office":
        """Close the house, export, import, and open a house on the other database."""
        self.stage.house.close()
        there, path = Store(url), folder / f"{self.stage.clock():%d%H%M%S}.zip"
        with path.open("wb") as out:
            source = Store(self.here)
            export_all(source, out, "", "", lambda _: None)
            source.close()
        with path.open("rb") as file:
            import_all(there, file, lambda _: None)
        there.close()
        self.stage.house = build(replace(self.stage.settings, database_url=url), clock=self.stage.clock)
        return on(self.stage, url)


def on(stage: Stage, url: str) -> Office:
    stage.staff.agenda, stage.staff._reads = Agenda(), False
    return Office(stage, Play(stage.house, stage.sandbox, stage.staff, stage.clock), stage.house.store, url)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A company of twelve after a week: stories, shares, a digest, somebody who was deleted."""
    with Stage(Wishes(weeks=1, people=12), tmp_path) as stage:
        stage.play.until(stage.wishes.end, lambda _: None)
        yield on(stage, stage.settings.database_url)


def waiting(office: Office) -> list[str]:
    query = select(deliveries.c.key).where(deliveries.c.state == DeliveryState.WAITING).order_by(deliveries.c.key)
    return list(office.store.read(lambda c: c.execute(query).scalars()))


def test_there_and_back(office, postgres, tmp_path):
    reader, other = _colleagues(office)
    _asks_for_a_reminder(office, reader)
    office.play.work()
    [reminder] = waiting(office)
    for number, url in enumerate((fresh_postgres(postgres), f"sqlite:///{tmp_path / 'back.db'}")):
        before, board = office.rows(), office.leaderboard(other)
        assert all(before[name] for name in ("shares", "people", "stories", "digests", "forgotten"))
        office = office.move(tmp_path, url)
        assert office.rows() == before
        office.stage.house.open()
        office.play.work()
        assert office.leaderboard(other) == board
        if number == 0:
            _goes_on(office, reader, reminder)
    assert [r.key for r in office.rows()["deliveries"]].count(reminder) == 1


def _goes_on(office: Office, reader: str, reminder: str) -> None:
    """Once the reminder, once the next story, an old story's reaction counts, and new rows find their numbers."""
    heard, posted = len(office.acts.direct(reader)), len(office.acts.messages(reader, GOOD_STORIES))
    story = next(m for m in office.acts.messages(reader, GOOD_STORIES) if m.get("reactions"))
    newcomer = _newcomer(office)
    counted = len(_tallies(office))
    assert office.acts.react(newcomer, GOOD_STORIES, story["ts"], "mega").acked
    office.play.work()
    assert len(_tallies(office)) == counted + 1
    last = office.store.read(lambda c: c.execute(select(people.c.id, people.c.user)).all())[-1]
    assert last.user == newcomer
    assert office.store.read(lambda c: c.execute(select(shares).where(shares.c.person_id == last.id)).all())
    office.to(office.stage.clock() + timedelta(days=4, hours=16))
    assert len(office.acts.direct(reader)) == heard + 1
    assert reminder not in waiting(office)
    fresh = office.acts.messages(reader, GOOD_STORIES)[posted:]
    assert len(fresh) == len({m["text"] for m in fresh})
    assert fresh, "the queue goes on"


def _asks_for_a_reminder(office: Office, reader: str) -> None:
    message = [m for m in office.acts.messages(reader, GOOD_STORIES) if any_element(m, ids.STORY_MENU)][-1]
    options = any_element(message, ids.STORY_MENU)["options"]
    value = next(option["value"] for option in options if option["value"].startswith(ids.REMIND_ME))
    outcome = office.acts.press(reader, ids.STORY_MENU, channel=GOOD_STORIES, ts=message["ts"], option=value)
    assert outcome.acked


def _colleagues(office: Office) -> list[str]:
    """One who did not pass the newest story along yet, as whoever did is not reminded; and another, by name."""
    newest = select(func.max(placements.c.story_id)).scalar_subquery()
    said = and_(shares.c.said_at.is_not(None), shares.c.person_id.is_not(None))
    shared = select(shares.c.person_id).where(shares.c.story_id == newest, said)
    there = select(people.c.user).where(people.c.standing != Standing.OUT, people.c.is_active, people.c.id > 3)
    reader = office.store.read(lambda c: c.execute(there.where(people.c.id.not_in(shared))).scalars().first())
    named = there.where(people.c.standing == Standing.NAMED, people.c.user != reader)
    return [reader, office.store.read(lambda c: c.execute(named).scalars().first())]


def _newcomer(office: Office) -> str:
    known = set(office.store.read(lambda c: c.execute(select(people.c.user)).scalars().all()))
    return next(p.id for p in office.stage.workspace.company.staff if p.id not in known and not p.guest)


def _tallies(office: Office) -> list[Any]:
    now = office.stage.clock()
    return office.store.read(lambda c: boards.tallies(c, now - timedelta(days=31), now + timedelta(days=1)))
