"""Who does not want to be counted any more has nothing waiting to go along with their links: however they said so."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.answer_standing import answer_standing
from bot.actions.come_back import come_back
from bot.actions.leave_program import leave_program
from bot.actions.save_preferences import save_preferences
from bot.actions.who_asks import who_asks
from bot.domain.people import Preferences, Standing
from bot.store import keys
from bot.store.keys import Withdrawn
from bot.store.tables import link_texts
from tests.conftest import Stand
from tests.journeys.followed import PUBLIC, share_by_link
from tests.journeys.home_company import Company


def by_answering(company: Company, asker: Any) -> None:
    answer_standing(company.desk, asker, Standing.OUT, company.clock())


def by_leaving(company: Company, asker: Any) -> None:
    leave_program(company.desk, asker, company.clock())


def in_preferences(company: Company, asker: Any) -> None:
    save_preferences(company.desk, asker, Preferences(), Standing.OUT, company.clock())


def by_another_database(company: Company, asker: Any) -> None:
    store = company.desk.store
    known = store.read(keys.withdrawn)
    come_back(store, company.clock(), Withdrawn(known.secret, known.hashes, (asker.user,)))


@pytest.mark.parametrize("leave", [by_answering, by_leaving, in_preferences, by_another_database])
def test_no_text_waits_for_who_left(tmp_path, clock, leave):
    stand = Stand(tmp_path, clock, public_url=PUBLIC)
    try:
        company = Company(stand)
        [story] = company.post("The reef")
        for user in (company.reader, company.lezer):
            share_by_link(company.desk, user, story, clock(), text="In my own words")
        assert len(texts(company)) == 2
        leave(company, who_asks(company.desk, company.reader))
        assert len(texts(company)) == 1
    finally:
        stand.close()


def texts(company: Company) -> Any:
    return company.desk.store.read(lambda c: c.execute(select(link_texts)).all())
