"""What an admin set stays set, and what an earlier version kept is still read."""

from dataclasses import replace

from sqlalchemy import select, update

from bot.domain.setup import Setup, Step, TeamsFrom, mark_of
from bot.store import setup as setup_store
from bot.store.tables import settings
from tests.conftest import MONDAY

CHOSEN = Setup(
    teams_from=TeamsFrom.GROUPS,
    team_groups=("S2", "S1"),
    team_field="Xf1",
    totals_only=True,
    champions_channel="C9",
    person_file=True,
)
NEW = ("teams_from", "team_groups", "team_field", "totals_only", "champions_channel", "person_file")


def save(store, setup):
    assert store.write(lambda c: setup_store.save_setup(c, setup, MONDAY))


def test_what_is_set_is_read_again_in_its_order(store):
    save(store, CHOSEN)
    assert store.read(setup_store.load_setup) == replace(CHOSEN, version=1)


def test_what_was_set_before_there_were_teams_is_read_with_the_defaults(store):
    save(store, Setup(company="Blue"))
    before = store.read(lambda c: c.execute(select(settings.c.value)).scalar_one())
    older = {name: value for name, value in before.items() if name not in NEW}
    store.write(lambda c: c.execute(update(settings).values(value=older)))
    assert store.read(setup_store.load_setup) == Setup(company="Blue", version=1)


def test_saving_one_step_leaves_the_marks_of_the_others(store):
    fresh = Setup()
    save(store, fresh)
    kept = store.read(setup_store.load_setup)
    assert all(mark_of(kept, step) == mark_of(fresh, step) for step in Step if step is not Step.CHANNELS)
