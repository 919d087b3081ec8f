"""The digest's picture: Slack's own chart; where Slack has none a file; else its text says the same. One message."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.picture import SaidPicture
from bot.store import pictures
from tests.conftest import Stand
from tests.slack.passing_along import Company, spoken

FRIDAY = datetime(2026, 3, 6, 14, 0, tzinfo=UTC)
LINES = [
    "Readers by week, up to 27 Feb: 2; 6 Mar: 1,203.",
    "In these weeks together, by story: Bakery (1,200) and Reef &lt;again&gt; (5).",
]
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class Painter:
    """Draws nothing, and remembers what it was told."""

    told: list[SaidPicture] = field(default_factory=list)
    content: bytes | None = PNG

    def draw(self, picture: SaidPicture) -> bytes | None:
        self.told.append(picture)
        return self.content


class Weeks(Company):
    """A company with readers in two weeks. The digest is due on Friday; the Dutch channel has one of its own."""

    def __init__(self, stand: Stand, painter: Painter | None) -> None:
        super().__init__(stand)
        self.painter = painter
        reef, bakery = self.story("Reef <again>"), self.story("Bakery")
        self.follow(5, reef, 2)
        stand.clock.to(FRIDAY - timedelta(days=2))
        self.follow(5, reef, 3)
        self.follow(6, bakery, 1200)
        stand.clock.to(FRIDAY)

    def digests(self, channel: str | None = None) -> list[Any]:
        """What stands in a channel, deleted messages and all."""
        found = self.stand.workspace.channels[channel or self.english].messages.values()
        return [message for message in found if message["text"].startswith(("The week in stories", "De week in"))]

    def run(self, seconds: int, step: int = 5) -> None:
        """Work, again and again, for so long."""
        for _ in range(0, seconds + 1, step):
            self.stand.work()
            self.stand.clock.step(seconds=step)

    @property
    def called(self) -> list[str]:
        """Which methods were asked for."""
        return [entry.name for entry in self.stand.workspace.log if entry.kind == "api"]

    @property
    def files(self) -> list[str]:
        """What Slack keeps as a file."""
        return [file.id for file in self.stand.workspace.files.values() if file.complete]


@pytest.fixture
def painter():
    return Painter()


@pytest.fixture
def company(tmp_path, clock, painter):
    clock.to(FRIDAY - timedelta(days=9))
    stand = Stand(tmp_path, clock, public_url="https://go.example.com", painter=lambda: painter)
    yield Weeks(stand, painter)
    stand.close()


@pytest.fixture
def plain(tmp_path, clock):
    """Without the extra."""
    clock.to(FRIDAY - timedelta(days=9))
    stand = Stand(tmp_path, clock, public_url="https://go.example.com")
    yield Weeks(stand, None)
    stand.close()


def kinds(message):
    return [block["type"] for block in message["blocks"]]


def the_image(message):
    [found] = [block for block in message["blocks"] if block["type"] == "image"]
    return found


def test_slack_draws_it(company):
    company.run(30)
    [digest] = company.digests()
    [chart] = [block for block in digest["blocks"] if block["type"] == "data_visualization"]
    assert chart["title"] == "Readers by week"
    assert chart["chart"]["axis_config"] == {"categories": ["27 Feb", "6 Mar"], "x_label": "Week up to"}
    assert digest["text"].splitlines()[4:6] == LINES
    assert spoken(digest["blocks"]) == digest["text"]
    [dutch] = company.digests(company.dutch)
    assert "Lezers per week, tot 27 feb: 2; 6 mrt: 1.203." in dutch["text"]
    assert company.painter.told == []
    assert not any(name.startswith("files.") for name in company.called)


def test_what_is_said_of_the_week_is_its_last_bar(company):
    """To the second of the digest's time, though readers are summed by day."""
    company.stand.clock.to(FRIDAY - timedelta(hours=2))
    company.follow(7, 1, 10)
    company.stand.clock.to(FRIDAY + timedelta(minutes=1))
    company.follow(8, 1, 20)
    company.run(10)
    [digest] = company.digests()
    assert "Personal links brought 1,213 readers this week." in digest["text"]
    assert "6 Mar: 1,213." in digest["text"]


def test_where_slack_draws_none_it_is_a_file(company, painter):
    company.stand.workspace.charts = False
    company.run(30)
    english, dutch = sorted(painter.told, key=lambda told: told.title, reverse=True)
    assert (english.title, dutch.title) == ("Readers by week", "Lezers per week")
    assert [said.total for said in english.series] == ["1,200", "5"]
    for channel, told in ((company.english, english), (company.dutch, dutch), (company.comms, english)):
        [digest] = company.digests(channel)
        image = the_image(digest)
        assert image["alt_text"] == told.alt
        assert company.stand.workspace.files[image["slack_file"]["id"]].content == PNG
    [said] = company.digests()
    assert said["text"].splitlines()[4:6] == LINES
    # The same picture is the same file, also for comms.
    assert len(company.files) == 2


def test_that_slack_draws_none_is_remembered_for_a_month(company):
    company.stand.workspace.charts = False
    company.run(30)
    refused = company.called.count("files.completeUploadExternal")
    company.stand.workspace.charts = True
    company.stand.clock.to(FRIDAY + timedelta(days=7))
    company.run(30)
    assert "image" in kinds(company.digests()[-1])
    assert company.called.count("files.completeUploadExternal") > refused
    company.stand.clock.to(FRIDAY + timedelta(days=34))
    company.follow(5, 1, 1)
    company.stand.clock.to(FRIDAY + timedelta(days=35))
    company.run(30)
    assert "data_visualization" in kinds(company.digests()[-1])


def test_without_the_extra_the_text_says_it(plain):
    plain.stand.workspace.charts = False
    plain.run(10)
    [digest] = plain.digests()
    assert kinds(digest).count("context") == 3
    assert spoken(digest["blocks"]) == digest["text"]
    assert digest["text"].splitlines()[4:6] == LINES
    assert not any(name.startswith("files.") for name in plain.called)


@pytest.mark.parametrize("seconds", [20, 300])
def test_slack_looks_at_a_file_first(company, seconds):
    """After a minute the digest goes without it, and the file goes too."""
    company.stand.workspace.charts = False
    company.stand.workspace.scan_seconds = seconds
    company.run(90)
    [digest] = company.digests()
    assert ("image" in kinds(digest)) is (seconds < 60)
    assert digest["text"].splitlines()[4:6] == LINES
    company.stand.clock.step(minutes=11)
    come_round(company, "pictures")
    assert len(company.files) == (2 if seconds < 60 else 0)
    assert company.called.count("files.completeUploadExternal") == 2


def come_round(company, name):
    from bot.jobs.timetable import TIMETABLE

    [job] = [job for job in TIMETABLE if job.name == name]
    job.come_round(company.desk, company.stand.clock)


@pytest.mark.parametrize("trouble", ["disabled", "scope", "full", "not drawn"])
def test_a_picture_that_cannot_be_had_is_not_waited_for(company, painter, trouble):
    workspace = company.stand.workspace
    workspace.charts = False
    if trouble == "scope":
        workspace.granted_scopes -= {"files:write"}
    elif trouble == "not drawn":
        painter.content = None
    else:
        workspace.uploads_refused = {"disabled": "file_uploads_disabled", "full": "storage_limit_reached"}[trouble]
    company.run(20)
    [digest] = company.digests()
    assert "image" not in kinds(digest)
    assert digest["text"].splitlines()[4:6] == LINES
    assert company.files == []


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_an_answer_that_was_lost_leaves_no_second_file(company, method):
    company.stand.workspace.charts = False
    company.stand.sandbox.faults.answer(method, "lost_reply", 1)
    company.run(30)
    for channel in (company.english, company.dutch, company.comms):
        [digest] = company.digests(channel)
        assert "image" in kinds(digest)
    assert len(company.files) == 2


def test_uploads_that_never_work_are_given_up(company):
    company.stand.workspace.charts = False
    company.stand.sandbox.faults.answer("files.completeUploadExternal", "server_error", 50)
    company.run(60)
    [digest] = company.digests()
    assert "image" not in kinds(digest)
    assert company.called.count("files.completeUploadExternal") == 0


def test_a_digest_whose_answer_was_lost_stands_once_with_its_picture(company):
    company.stand.workspace.charts = False
    company.stand.work()
    company.stand.clock.step(seconds=5)
    company.stand.sandbox.faults.answer("chat.postMessage", "lost_reply", 3)
    company.run(60)
    for channel in (company.english, company.dutch, company.comms):
        [digest] = company.digests(channel)
        assert "image" in kinds(digest)
    company.stand.clock.step(minutes=30)
    come_round(company, "pictures")
    assert len(company.files) == 2


def test_when_it_was_something_else_that_slack_refused_charts_are_tried_again(company):
    real, company.stand.sandbox.web_api.run = company.stand.sandbox.web_api.run, refuse_all_blocks(company)
    company.run(80, 20)
    company.stand.sandbox.web_api.run = real
    assert company.digests() == []
    assert company.desk.store.read(pictures.charts_refused_at) is None


def refuse_all_blocks(company):
    """Slack likes no blocks at all today."""
    from bot.sandbox.web_api.dispatch import Reply

    run = company.stand.sandbox.web_api.run

    def refusing(method, args, token):
        if method == "chat.postMessage":
            return Reply({"ok": False, "error": "invalid_blocks"})
        return run(method, args, token)

    return refusing


def test_one_week_is_no_picture(stand):
    company = Company(stand)
    stand.clock.to(FRIDAY - timedelta(days=2))
    company.story("Reef")
    company.pass_along(0, "Reef")
    stand.clock.to(FRIDAY)
    for _ in range(2):
        stand.work()
        stand.clock.step(minutes=1)
    [digest] = [m for m in company.acts.messages(company.editor, company.comms) if "week" in m["text"]]
    assert set(kinds(digest)) <= {"header", "section", "context"}
    assert "by week" not in digest["text"]


def test_while_nobody_reads_it_is_what_was_said(stand):
    company = Company(stand)
    stand.clock.to(FRIDAY - timedelta(days=9))
    company.story("Reef")
    company.pass_along(0, "Reef")
    stand.clock.to(FRIDAY - timedelta(days=2))
    company.pass_along(1, "Reef")
    stand.clock.to(FRIDAY)
    for _ in range(2):
        stand.work()
        stand.clock.step(minutes=1)
    company.acts.join(company.editor, company.english)
    [digest] = [m for m in company.acts.messages(company.editor, company.english) if "The week in" in m["text"]]
    assert "Stories passed along by week, up to 27 Feb: 1; 6 Mar: 1." in digest["text"]
    assert "In these weeks together, by story: Reef (2)." in digest["text"]
