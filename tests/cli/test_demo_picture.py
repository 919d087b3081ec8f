"""The demo reads the picture of a digest back, and sees a bar or a story that is off."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.demo.check import Span, check_picture
from bot.cli.demo.reading import Reader
from bot.domain.digest import StaffDigest, Week
from bot.domain.leaderboard import Measure
from bot.domain.messages import DigestPost, Drawn
from bot.domain.picture import draw_up, week_ends
from bot.sandbox.ledger import Account
from bot.sandbox.outside.world import Post
from bot.sandbox.public_ledger import READER, PublicLedger
from bot.slack.blocks.render import render
from bot.sources.words import Words

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")
END = datetime(2026, 2, 19, 14, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
TITLES = {"https://example.com/reef": "Reef (again), and again", "https://example.com/choir": "The choir and the sea"}


@pytest.fixture
def ledger():
    found = PublicLedger("Europe/Amsterdam")
    for link, weeks_ago, readers in (("reef", 2, 3), ("reef", 0, 1), ("choir", 1, 1200)):
        for _ in range(readers):
            post = Post("U1", "x", "", "", END, f"https://example.com/{link}")
            found.note(post, READER, END - WEEK * weeks_ago - timedelta(days=1))
    return found


def lines(ledger, language, counts):
    moments = week_ends(END - WEEK, END, "Europe/Amsterdam")
    titles = dict(enumerate(TITLES.values()))
    padded = {story: [0] * 7 + of_weeks for story, of_weeks in counts.items()}
    picture = draw_up(Measure.READ, moments, padded, titles)
    digest = StaffDigest(Week(END - WEEK, END), (), 0, (), 0, (), (), 0, 0, (), None, picture)
    text, blocks = render(WORDS, DigestPost(digest, language, "Europe/Amsterdam", Drawn()))
    said = Reader(WORDS).digest({"text": text, "blocks": blocks}).picture
    return check_picture(said, Account(lambda who: who), ledger, Span(END - WEEK, END), TITLES)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_drawn_is_what_people_did(ledger, language):
    found = lines(ledger, language, {0: [3, 0, 1], 1: [0, 1200, 0]})
    assert len(found) == 3
    assert all(line.is_right for line in found), found


@pytest.mark.parametrize("counts", [{0: [3, 0, 2], 1: [0, 1200, 0]}, {0: [3, 1, 1], 1: [0, 1199, 0]}])
def test_what_is_off_is_seen(ledger, counts):
    assert not all(line.is_right for line in lines(ledger, "en", counts))
