"""The weekly digest as channels, comms and editors read it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.actions.preview_digest import digest_now
from bot.domain.champions import Evidence
from bot.domain.clicks import RULES, ClickKind, Followed
from bot.domain.digest import CaptionCount, CommsDigest, Following, Praised, StaffDigest, StoryCount, Week
from bot.domain.leaderboard import Measure
from bot.domain.messages import CommsDigestPost, DigestPost, Drawn
from bot.domain.picture import draw_up, week_ends
from bot.domain.stories import Story, StoryState
from bot.slack.blocks.render import render
from bot.store import setup as setup_store
from bot.store import stories
from tests.conftest import Stand
from tests.slack.passing_along import Company, spoken

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
WEEK = Week(FRIDAY - timedelta(days=7), FRIDAY)


@pytest.fixture
def company(stand):
    """Two stories, one of which three people passed along; one is to come on Tuesday."""
    stand.clock.to(datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    found = Company(stand)
    found.story("Reef <again>")
    found.story("Bakery")
    found.story("Harbour", due_at=datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    for number in range(3):
        user = found.pass_along(number, "Reef")
        if number < 2:
            found.stands(user)
    return found


@pytest.fixture
def measured(tmp_path, clock):
    """The same, where links can be followed: one was, two days ago."""
    clock.to(datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    stand = Stand(tmp_path, clock, public_url="https://go.example.com")
    found = Company(stand)
    found.reef, found.bakery = found.story("Reef <again>"), found.story("Bakery")
    yield found
    stand.close()


def digests(company, channel):
    reader = company.editor
    company.acts.join(reader, channel)
    return [m for m in company.acts.messages(reader, channel) if "week" in m["text"].splitlines()[0].lower()]


def test_what_the_channels_and_comms_read(company, stand):
    stand.clock.to(FRIDAY)
    stand.work()
    stand.clock.step(minutes=1)
    stand.work()
    names = sorted(company.name(n) for n in range(2))
    [english], [dutch], [comms] = (digests(company, c) for c in (company.english, company.dutch, company.comms))
    assert english["text"].splitlines() == [
        "The week in stories",
        "Friday 27 February to Friday 6 March",
        f"Thank you, {names[0]}, {names[1]} and 1 other, for passing stories along.",
        "Passed along by 3 people, 3 times in all.",
        f"For the first time: {names[0]}, {names[1]} and 1 other. Welcome!",
        "What travelled furthest",
        "1. Reef &lt;again&gt;, passed along by 3 people",
        "Coming up",
        "Tuesday: Harbour",
        "Readers aren't counted here, as there is no public address for personal links: "
        "this is what colleagues say they passed along.",
    ]
    assert dutch["text"].splitlines()[:4] == [
        "De week in verhalen",
        "Vrijdag 27 februari tot vrijdag 6 maart",
        f"Dank je wel, {names[0]}, {names[1]} en 1 ander, voor het doorgeven.",
        "Doorgegeven door 3 mensen, samen 3 keer.",
    ]
    assert "Wat eraan komt" not in dutch["text"]
    assert comms["text"].splitlines() == [
        "The week in stories, for comms",
        "Friday 27 February to Friday 6 March",
        "Passed along by 3 people, 3 times in all.",
        "Each story: how many opened a share page, and how many said they shared it",
        "Reef &lt;again&gt;: 0 opened, 3 said",
        "Bakery: 0 opened, 0 said",
        "Nobody picked these up",
        "Bakery",
        "Free slots in the coming seven days",
        "Wednesday 11 March at 9:00 and Thursday 12 March at 9:00",
        "Readers aren't counted here, as the bot has no public address for personal links (`PASSALONG_PUBLIC_URL`): "
        "this is what colleagues say they passed along.",
    ]
    for message in (english, dutch, comms):
        assert spoken(message["blocks"]) == message["text"]
        assert "<@" not in json.dumps(message["blocks"])
        assert "<!" not in json.dumps(message["blocks"])


def rule(kind):
    return next(rule for rule in RULES if rule.kind is kind)


def sent(company):
    """What the English channel and comms read on Friday."""
    for minutes in (0, 1):
        company.stand.clock.to(FRIDAY + timedelta(minutes=minutes))
        company.stand.work()
    messages = [m for channel in (company.english, company.comms) for m in digests(company, channel)]
    assert all(spoken(message["blocks"]) == message["text"] for message in messages)
    return [message["text"].splitlines() for message in messages]


def test_with_readers_they_say_what_travelled_furthest(measured):
    for number in range(2):
        measured.pass_along(number, "Reef")
    previews = {"a": rule(ClickKind.PREVIEW), "b": rule(ClickKind.PREVIEW), "c": rule(ClickKind.ROBOT)}
    measured.follow(5, measured.bakery, 1200, **previews)
    measured.follow(6, measured.reef, 1)
    staff, comms = sent(measured)
    assert staff[3:] == [
        "Passed along by 2 people, 2 times in all.",
        "Personal links brought 1,201 readers this week.",
        "2 colleagues passed something along for the first time. Welcome!",
        "What travelled furthest",
        "1. Bakery, 1,200 readers",
        "2. Reef &lt;again&gt;, 1 reader",
        "Readers are people outside who followed a colleague's personal link. "
        "Robots, previews and colleagues aren't among them.",
    ]
    assert comms[2:7] == [
        "Passed along by 2 people, 2 times in all.",
        "Personal links brought 1,201 readers this week.",
        "Each story: how many opened a share page, how many said they shared it, "
        "and how many readers their links brought",
        "Bakery: 0 opened, 0 said, 1,200 readers",
        "Reef &lt;again&gt;: 0 opened, 2 said, 1 reader",
    ]
    assert comms[-1] == "Beside the readers, and not counted as any: 2 previews by networks and 1 robot."
    assert "Nobody picked these up" not in comms


def test_without_a_reader_this_week_there_is_no_zero_and_what_was_said_stands(measured):
    measured.pass_along(0, "Reef")
    staff, comms = sent(measured)
    assert "1. Reef &lt;again&gt;, passed along by 1 person" in staff
    assert staff[-1] == "No new readers this week, so this is what colleagues say they passed along."
    assert not any(line.startswith("Personal links") for line in staff + comms)
    assert "Reef &lt;again&gt;: 0 opened, 1 said" in comms


def test_readers_of_this_week_bring_an_older_story_back(measured):
    measured.stand.clock.to(FRIDAY + timedelta(days=8))
    measured.follow(5, measured.reef, 2)
    found = digest_now(measured.desk.store, measured.stand.clock(), is_measured=True)
    assert [(count.story.id, count.followed.readers) for count in found.staff.top] == [(measured.reef, 2)]
    assert digest_now(measured.desk.store, measured.stand.clock(), is_measured=False).staff is None


def test_return_visits_and_previews_alone_are_no_week_without_visits(measured):
    """Somebody did follow a link, so that nobody did is not said."""
    measured.pass_along(0, "Reef")
    measured.follow(5, measured.reef, 0, a=rule(ClickKind.PREVIEW), b=rule(ClickKind.ROBOT))
    staff, comms = sent(measured)
    assert staff[-1] == "No new readers this week, so this is what colleagues say they passed along."
    assert comms[-1].endswith("1 preview by a network and 1 robot.")


def test_a_story_that_never_went_out_is_in_no_digest(measured):
    """`passalong links make` has one, and its links can be followed."""
    measured.follow(5, measured.reef, 1)
    measured.follow(6, measured.bakery, 3)
    store, now = measured.desk.store, measured.stand.clock()
    assert store.write(lambda c: stories.end(c, measured.bakery, (StoryState.POSTED,), StoryState.EXPIRED, now))
    found = digest_now(store, now, is_measured=True)
    assert [count.story.id for count in found.staff.top] == [measured.reef]
    assert found.staff.readers == 1
    assert [count.story.id for count in found.comms.stories] == [measured.reef]


def test_it_stands_there_once(company, stand):
    for _ in range(3):
        stand.clock.to(max(stand.clock(), FRIDAY) + timedelta(hours=7))
        stand.work()
    assert len(digests(company, company.english)) == 1


def test_late_by_three_days_comms_reads_why(company, stand):
    stand.clock.to(FRIDAY + timedelta(days=3))
    stand.work()
    assert digests(company, company.english) == []
    [said] = [m["text"] for m in digests(company, company.comms)]
    assert said == (
        "I skipped the weekly digest of Friday 6 March at 15:00: I was away for more than two days."
        " The next one comes at its usual time."
    )


def test_editors_look_at_it_beforehand(company, stand):
    stand.clock.step(minutes=1)
    found = company.say("digest preview", company.editor)
    assert found["response_type"] == "ephemeral"
    assert found["text"].startswith(
        "The next digest, as far as its week has come; only you see this.\nThe week in stories\n"
    )
    assert "The week in stories, for comms" in found["text"]
    assert "Reef &lt;again&gt;: 0 opened, 3 said" in found["text"]
    assert digests(company, company.english) == []


def test_right_after_a_digest_the_new_week_is_one_day_long(company, stand):
    stand.clock.to(FRIDAY + timedelta(hours=1))
    text = company.say("digest preview", company.editor)["text"]
    assert "\nFriday 6 March\n" in text


def test_on_the_day_of_a_digest_nobody_is_counted_twice(measured):
    """What came before the digest went out is last week's; the next one's week has only begun."""
    clock = measured.stand.clock
    clock.to(FRIDAY - timedelta(days=8))
    measured.follow(5, measured.reef, 4)
    clock.to(FRIDAY - timedelta(hours=2))
    measured.follow(5, measured.reef, 10)
    clock.to(FRIDAY + timedelta(hours=1))
    measured.follow(5, measured.reef, 0, a=rule(ClickKind.PREVIEW))
    assert "This week has only begun." in measured.say("digest preview", measured.editor)["text"]
    measured.follow(6, measured.bakery, 2)
    clock.to(FRIDAY + timedelta(hours=2))
    text = measured.say("digest preview", measured.editor)["text"]
    staff = text.split("for comms")[0]
    assert "Readers by week, up to 27 Feb: 4; 6 Mar: 10; since then: 2." in staff
    assert "Reef &lt;again&gt; (14) and Bakery (2)" in staff
    assert "1. Bakery, 2 readers" in staff
    assert "Nothing new was passed along this week, and what went before is still being read." in staff
    assert "quiet week" not in staff, "with readers it is none"
    measured.stand.work()
    [sent, *_] = digests(measured, measured.english)
    assert "Readers by week, up to 27 Feb: 4; 6 Mar: 10." in sent["text"], "the one of today, though it went out late"
    assert "brought 10 readers" in sent["text"]


def test_the_preview_is_for_comms(company):
    found = company.say("digest preview", company.staff[0].id)
    assert found["text"].startswith(("This is for comms", "Dit is voor communicatie"))
    assert len(found["blocks"]) == 1


def test_without_anything_to_tell_the_preview_says_so(stand):
    company = Company(stand)
    text = company.say("digest preview", company.editor)["text"]
    assert text.startswith("Nothing went out or was passed along in this week so far")
    assert "Nothing went out this week, and nothing was passed along." in text


def test_comms_reads_nothing_meant_for_readers_and_nothing_of_slots_that_are_not_there(stand):
    company = Company(stand)
    setup = company.desk.store.read(setup_store.load_setup)
    company.write(lambda c: setup_store.save_setup(c, replace(setup, slots=()), stand.clock()))
    company.story("Nobody's")
    text = company.say("digest preview", company.editor)["text"].split("for comms")[1]
    assert "Nothing was passed along this week." in text
    assert "quiet week" not in text
    assert "slot" not in text.casefold()


def worst_story(number):
    """As long as can be, in signs that become five when they are made safe."""
    return Story(
        id=number,
        link="https://example.com/" + "&" * 2000,
        title="&" * 2000,
        sentence="",
        language="en",
        captions=(),
        background="",
        topics=(),
        image=None,
        alt=None,
        commercial=False,
        best_before=None,
        channels=(),
        due_at=FRIDAY + timedelta(days=1),
        slug=None,
        state=StoryState.QUEUED,
        version=1,
        queued_by=None,
        posted_at=None,
        not_for_me=0,
    )


def test_the_longest_digest_fits(stand):
    worst = tuple(worst_story(n) for n in range(10))
    followed = Followed(*(10**6,) * 5)
    linked = tuple(StoryCount(replace(s, link="https://example.com/" + "l" * 200), 1000, 1000, followed) for s in worst)
    names = ("<" * 200,) * 5
    moments = week_ends(WEEK.start, WEEK.end, "Europe/Amsterdam")
    titles = dict(enumerate(("&" * 2000,) * 9))
    picture = draw_up(Measure.READ, moments, dict.fromkeys(titles, (10**7,) * 10), titles)
    staff = StaffDigest(WEEK, names, 9, names, 9, names, linked[:5], 99, 99, worst[:7], 10**6, picture)
    captions = (CaptionCount("&" * 2000, "&" * 2000, 9),) * 3
    slots = tuple(FRIDAY + timedelta(hours=n) for n in range(7))
    praised = Praised("<" * 200, 10**6, Evidence(10**6, 10**6, "&" * 2000))
    following = Following((praised,) * 5, names, 5, (5, 100))
    comms = CommsDigest(WEEK, linked, 99, 99, 99, captions, worst[:5], slots, False, True, followed, picture, following)
    words = stand.house.front.words
    for drawn, (post, digest) in product((None, Drawn(), Drawn("F1")), ((DigestPost, staff), (CommsDigestPost, comms))):
        text, blocks = render(words, post(digest, "nl", "Europe/Amsterdam", drawn))
        assert len(blocks) <= 50
        assert len(json.dumps(blocks)) <= 13_000
        assert len(text) <= 12_000
        for block in blocks:
            if block["type"] in ("data_visualization", "image"):
                continue
            shown = block["text"]["text"] if "text" in block else block["elements"][0]["text"]
            assert len(shown) <= 2000
            assert shown.count("<http") == shown.count(">")
