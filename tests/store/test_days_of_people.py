"""Since when somebody could share: the day where the company is."""

from datetime import UTC, datetime

from sqlalchemy import select

from bot.domain.people import Profile
from bot.store import people
from bot.store.tables import people as rows


def test_it_is_the_day_on_the_company_s_clock(store):
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    store.write(lambda c: people.add(c, Profile("U1", "T1", "Anna"), late))
    assert store.read(lambda c: c.execute(select(rows.c.since)).scalar()) == late.toordinal() + 1
