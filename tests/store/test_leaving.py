"""Whoever is out, by whatever way, is owed nothing any more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.answer_standing import answer_standing
from bot.actions.come_back import come_back
from bot.actions.save_preferences import save_preferences
from bot.domain.company_files import PersonRow
from bot.domain.deliveries import Owed
from bot.domain.people import Preferences, Standing
from bot.store import company, deliveries, keys, people
from tests.store.scored_company import Company

LATER = timedelta(hours=3)


def by_themselves(at):
    answer_standing(at.desk, at.asker("U0"), Standing.OUT, at.now)


def in_home(at):
    save_preferences(at.desk, at.asker("U0"), Preferences(), Standing.OUT, at.now)


def by_a_file(at):
    row = PersonRow("U0", "Zoë", None, None, Standing.OUT)
    at.store.write(lambda c: company.put_people(c, [row], "UTC", at.now))


def by_what_was_before_a_backup(at):
    since = replace(at.store.write(keys.withdrawn), out=("U0",))
    come_back(at.store, at.now, since)


@pytest.mark.parametrize("leave", [by_themselves, in_home, by_a_file, by_what_was_before_a_backup])
def test_what_waits_for_who_leaves_is_called_off(store, leave):
    at = Company(store)
    for user in ("U0", "U1"):
        at.act("say", user, 1, ["x"])
        person = at.asker(user).person.id
        for kind in ("reminder", "first_pick", "topic"):
            owed = Owed(kind, f"{kind}:{user}", user, not_before=at.now + LATER, person_id=person)
            at.store.write(lambda c, owed=owed: deliveries.owe(c, owed, at.now))
    leave(at)
    assert at.store.read(lambda c: people.by_user(c, "U0")).standing is Standing.OUT
    due = at.store.write(lambda c: deliveries.claim(c, "one", at.now + 2 * LATER, 20))
    assert {one.target for one in due} == {"U1"}
    assert len(due) == 3
