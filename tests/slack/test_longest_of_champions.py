"""What is shown of champions, readers and teams, with the longest it can hold: Slack takes it."""

from dataclasses import replace

import pytest

from bot.actions.find_champions import Champion, Champions
from bot.actions.invite_champion import InvitationDraft
from bot.actions.look_at_champions import ChampionsLook
from bot.actions.look_at_shares import MOST, MOST_ASIDE, Aside, TheirShares
from bot.domain import home as homes
from bot.domain import what_worked as working
from bot.domain.champions import LONGEST, RISERS, Candidate, Evidence, Team
from bot.domain.clicks import Followed
from bot.domain.digest import StoryCount
from bot.domain.first_pick import MOST as MOST_PICKS
from bot.domain.first_pick import Pick
from bot.domain.home import ChampionLine, EditorsHome, Home, MyStory, Part
from bot.domain.leaderboard import MOST_NAMES, Measure, Period, PeriodName
from bot.domain.looked_at import LookedAt
from bot.domain.messages import Invitation, ThanksMessage
from bot.domain.networks import NETWORKS
from bot.domain.own_readers import WEEKS, ByWeek, LineToComms, OwnReaders
from bot.domain.people import Standing
from bot.domain.privacy import KEPT, PERIODS, Figures, OnTheList, Privacy
from bot.domain.reasons import Reason
from bot.domain.set_aside import LONGEST_REASON, SetAside
from bot.domain.shares import Share
from bot.domain.story_file import LONGEST_CAPTION, LONGEST_TITLE
from bot.domain.teams import OwnTeam, TeamBoard, TeamLeaderboard, TeamRow
from bot.domain.thanks import LONGEST as LONGEST_THANKS
from bot.domain.thanks import ThanksDraft, ThanksUnderWay
from bot.sandbox.blocks_check import check_message, check_view
from bot.slack import ids
from bot.slack.blocks.champions_modal import TABS, ChampionsPage, champions_view
from bot.slack.blocks.home import home_view
from bot.slack.blocks.invite import invite_modal, invited_view
from bot.slack.blocks.privacy import privacy_blocks, privacy_text
from bot.slack.blocks.reasons import reasons_blocks
from bot.slack.blocks.render import render
from bot.slack.blocks.shares_modal import about_link, done_view, is_aside_blocks, reason_modal, shares_modal
from bot.slack.blocks.team_board import team_board_blocks
from bot.slack.blocks.thanks import thanks_modal, under_way_view
from tests.slack.test_longest import ALL, BOTH, ID, NOW, WORDS, ZONE, a_story, filled, mrkdwn_texts

MANY = 10**6
FLAGS = ("too_even", "one_story")
AND = "&" * 200
TODAY = NOW.toordinal()


def name_of(filling):
    return filled(filling, 80)


def title_of(filling):
    return AND[:LONGEST_TITLE] if filling == "unsafe" else filled(filling, LONGEST_TITLE)


def reason_of(filling):
    return AND if filling == "unsafe" else filled(filling, LONGEST_REASON)


def champions(filling, many, first=0):
    found = Evidence(MANY, MANY, title_of(filling))
    return tuple(
        Champion(Candidate(ID - n, "U0123456789", name_of(filling), float(MANY), MANY, 700_000), found, "early", FLAGS)
        for n in range(first, first + many)
    )


def aside(filling, many):
    return tuple(
        SetAside(n % 2 == 0, ID - n, title_of(filling), next(iter(NETWORKS)), NOW, MANY, reason_of(filling))
        for n in range(many)
    )


def worked(filling):
    stories = tuple(replace(a_story(filling, n), title=title_of(filling)) for n in range(working.MOST_REASONED))
    return working.WhatWorked(
        (working.Topic(filled(filling, 300), MANY, MANY, MANY, MANY, MANY),) * working.MOST_TOPICS,
        (working.Caption(title_of(filling), filled(filling, LONGEST_CAPTION), MANY),) * working.MOST_CAPTIONS,
        stories[: working.MOST_UNWANTED],
        tuple(working.NotForMe(story, MANY, dict.fromkeys(Reason, MANY)) for story in stories),
        counts_readers=False,
    )


def champions_modals(filling, language):
    listed, risers = champions(filling, LONGEST), champions(filling, RISERS, 100)
    everybody = frozenset(one.candidate.id for one in (*listed, *risers))
    teams = ((Team(filled(filling, 60), MANY, MANY, MANY), 1_000_000.5),) * 100
    found = Champions(TODAY, listed, risers, everybody, (5, 100), teams)
    look = ChampionsLook(found, False, False, everybody, ZONE, has_aside=True)
    gone = tuple(Aside(name_of(filling), one) for one in aside(filling, MOST_ASIDE))
    for tab in TABS:
        for page in range(3):
            yield champions_view(ChampionsPage(WORDS, language, look, NOW, tab, page, worked(filling), gone))


def modals(filling, language):
    yield from champions_modals(filling, language)
    row = LookedAt(title_of(filling), next(iter(NETWORKS)), TODAY, MANY, MANY, ID, True, ID, True, True)
    rows = tuple(replace(row, link=ID - n, share=ID - n) for n in range(MOST))
    yield shares_modal(WORDS, language, TheirShares(ID, name_of(filling), rows, MANY, ZONE), NOW)
    yield shares_modal(WORDS, language, champions(filling, 1)[0], NOW)
    about = about_link(WORDS, language, title_of(filling))
    for kind in (ids.ASIDE_LINK, ids.ASIDE_SHARE):
        yield reason_modal(WORDS, language, ids.option(kind, ID), str(ID), about)
    yield done_view(WORDS, language)
    for name in (name_of(filling), None):
        draft = ThanksDraft(ID, name, name, name_of(filling), language, title_of(filling), MANY)
        yield thanks_modal(WORDS, language, draft)
        yield under_way_view(WORDS, language, ThanksUnderWay(name, NOW), ZONE, NOW)
        yield invite_modal(WORDS, language, InvitationDraft(ID, name, "C0123456789"))
        yield invited_view(WORDS, language, name)


def privacies(filling, language):
    for flags, standing, has_file in ((FLAGS, Standing.NAMED, True), (FLAGS, Standing.UNNAMED, False)):
        listed = OnTheList(TODAY, 25, True, True, float(MANY), "early", Evidence(MANY, MANY, title_of(filling)), flags)
        yield Privacy(
            language, Part.IN, standing, dict.fromkeys(KEPT, MANY), tuple(Figures(one, MANY, MANY) for one in PERIODS),
            MANY, True, listed, filled(filling, 60), MANY, False, has_file, aside(filling, 40),
        )  # fmt: skip


def whispers(filling, language):
    for privacy in privacies(filling, language):
        yield privacy_blocks(WORDS, privacy)
    about = about_link(WORDS, language, title_of(filling))
    yield is_aside_blocks(WORDS, language, about, ID)
    yield reasons_blocks(WORDS, language, ID)
    rows = tuple(TeamRow(n + 1, filled(filling, 60), float(MANY)) for n in range(MOST_NAMES))
    board = TeamBoard(Period(PeriodName.QUARTER, NOW, NOW), rows, OwnTeam(filled(filling, 60), float(MANY), None))
    for measure in Measure:
        yield team_board_blocks(WORDS, TeamLeaderboard(board, board, measure, is_by_part=True), language)


def messages(filling, language):
    for is_so in (True, False):
        yield ThanksMessage(reason_of(filling) * (LONGEST_THANKS // 200), language, name_of(filling), is_so)
        yield Invitation(language, "C0123456789", is_so, is_so)


def home_page(filling, language):
    many = tuple(replace(a_story(filling, n), title=title_of(filling)) for n in range(homes.MOST_QUEUED))
    shares = tuple(Share(key, NOW, NOW, NOW, NOW, post_url="https://example.com/" + "p" * 1900) for key in NETWORKS)
    counts = tuple(StoryCount(one, MANY, MANY, Followed(*(MANY,) * 5)) for one in many[: homes.MOST_COUNTED])
    lines = (ChampionLine(name_of(filling), float(MANY)),) * homes.MOST_CHAMPIONS
    editors = EditorsHome(many, MANY, counts, True, True, frozenset(), True, lines, champions_until=NOW.date())
    people = LineToComms(people=tuple(f"U0000000{n:03}" for n in range(100)))
    own = OwnReaders(
        ByWeek((MANY,) * WEEKS, MANY - 1, NOW.date()), float(MANY), NOW.date(), (many[0], MANY), 1,
        True, True, "steady", people,
    )  # fmt: skip
    mine = tuple(MyStory(one, shares, MANY) for one in many[: homes.MOST_MINE])
    picks = tuple(Pick(one, n % 2 == 0) for n, one in enumerate(many[:MOST_PICKS]))
    return home_view(
        WORDS,
        Home(
            language, ZONE, NOW, Part.IN, Standing.NAMED, many[: homes.MOST_FRESH], mine, MANY, editors,
            "home.file_sent", MANY, True, True, picks, own,
        ),
    )  # fmt: skip


@BOTH
@ALL
def test_modals(filling, language):
    for view in modals(filling, language):
        assert check_view(view, "modal", {}, {}) == [], view["title"]
        check_whole(view["blocks"])


@BOTH
@ALL
def test_whispers(filling, language):
    for blocks in whispers(filling, language):
        assert check_message(blocks, {}, {}) == ("", [])
        check_whole(blocks)


@BOTH
@ALL
def test_messages(filling, language):
    for message in messages(filling, language):
        text, blocks = render(WORDS, message)
        assert check_message(blocks, {}, {}) == ("", []), message
        assert 0 < len(text) <= 40_000


@BOTH
@ALL
def test_home(filling, language):
    view = home_page(filling, language)
    assert check_view(view, "home", {}, {}) == []
    check_whole(view["blocks"])


@pytest.mark.parametrize(("many", "says"), [(5, False), (6, True)])
def test_what_is_set_aside_beyond_a_few_is_in_the_file(many, says):
    privacy = replace(next(privacies("plain", "en")), set_aside=aside("plain", many))
    assert ("in your file, with the reason" in privacy_text(WORDS, privacy)) == says


def check_whole(blocks):
    """Nothing of it was cut."""
    for text in mrkdwn_texts(blocks):
        assert len(text) < 3000
        assert text.count("<") == text.count(">"), text[-100:]
        assert all(piece.startswith(("amp;", "lt;", "gt;")) for piece in text.split("&")[1:]), text[-100:]
