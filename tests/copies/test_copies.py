"""A sample of `make copies`: a few days, two copies on one PostgreSQL, killed and started at random."""

from datetime import timedelta

import pytest

from tests.copies.copies import Plan
from tests.copies.month import FewDays, play


@pytest.mark.timeout(120)
def test_a_few_days_with_two_copies(fresh_postgres_url):
    played = play(Plan(2, timedelta(seconds=30), kills=8), fresh_postgres_url, 1, FewDays)
    assert played.verdict.is_clean, str(played.verdict)
    assert played.together == 2
    assert played.kills >= 3
    assert (played.stories, played.digests) == (2, 1)
    assert played.shares >= 10
