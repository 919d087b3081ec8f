"""One company for the tests of a file: what they do comes one after the other on its clock, in whatever order."""

from collections.abc import Iterator

import pytest

from tests.conftest import Stand, SteppingClock
from tests.faults.slack.company import Company


@pytest.fixture(scope="module")
def company_of_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    stand = Stand(tmp_path_factory.mktemp("company"), SteppingClock())
    yield Company(stand)
    stand.close()


@pytest.fixture
def company(company_of_file: Company) -> Iterator[Company]:
    """At the beginning of an hour, with nothing to do, and nothing broken."""
    company_of_file.begin_anew()
    yield company_of_file
    company_of_file.slack.clear()
