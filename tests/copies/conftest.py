"""One database for all copies."""

import pytest

from tests.conftest import fresh_postgres


@pytest.fixture
def fresh_postgres_url(postgres: str) -> str:
    """An empty database on the server of the tests."""
    return fresh_postgres(postgres)
