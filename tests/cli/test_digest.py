"""`passalong digest --preview`, from the database alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.clock import system_clock
from bot.domain.people import Profile, Standing
from bot.domain.shares import claimed
from bot.domain.stories import StoryDraft, StoryState
from bot.store import people, shares, stories
from bot.store.engine import opened
from bot.store.migrate import migrate


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'passalong.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSALONG_DATABASE_URL", url)
    with opened(url) as store:
        migrate(store)
    return url


def run(*more: str) -> str:
    done = CliRunner().invoke(main, ["digest", *more])
    assert done.exit_code == 0, done.output
    return done.output


def pass_along(url: str) -> None:
    now = system_clock()

    def work(connection):
        story = stories.add(connection, StoryDraft("https://example.com", "Reef <again>", "Why", "en"), None, now)
        stories.end(connection, story, [StoryState.QUEUED], StoryState.POSTED, now)
        person = people.add(connection, Profile("U1", "T1", "Anna & Bram"), now)
        people.set_standing(connection, person.id, Standing.NAMED)
        shares.replace(connection, story, person.id, claimed((), ["linkedin"], now))

    with opened(url) as store:
        store.write(work)


def test_an_empty_database(database):
    assert "so the channels would get no digest" in run("--preview")


def test_what_there_is_as_plain_text(database):
    pass_along(database)
    english, dutch = run("--preview"), run("--preview", "--language", "nl")
    assert "Thank you, Anna & Bram, for passing stories along." in english.splitlines()
    assert "1. Reef <again>, passed along by 1 person" in english.splitlines()
    assert "Reef <again>: 0 opened, 1 said" in english.splitlines()
    assert "1. Reef <again>, doorgegeven door 1 persoon" in dutch.splitlines()


def test_without_preview_it_says_how(database):
    done = CliRunner().invoke(main, ["digest"])
    assert done.exit_code == 2
    assert "--preview" in done.output
