"""The demo: the same seed plays the same weeks, and its check can fail."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.actions.rebuild_scores import rebuild_scores
from bot.cli.demo.clock import START
from bot.cli.demo.findings import Finder, Findings
from bot.cli.demo.site import PAGES
from bot.cli.demo.stage import Stage, Wishes
from bot.sandbox.company import COMMS
from bot.sandbox.ledger import CLOSED, NAMED, TOLD, Entry
from bot.sandbox.public_ledger import KINDS
from tests.conftest import until

SHORT = ("--weeks", "1", "--people", "12")


def passalong(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "demo", *args]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def without_times(shown: str) -> str:
    return re.sub(r"\d+\.\d s", "… s", shown)


def test_the_same_seed_plays_the_same_weeks():
    first, second = passalong("--exit", *SHORT), passalong("--exit", *SHORT)
    assert first.returncode == second.returncode == 0, first.stdout + first.stderr
    assert re.search(r"All \d+ numbers are equal", first.stdout)
    assert without_times(first.stdout) == without_times(second.stdout)
    assert "\x1b" not in first.stdout
    assert not first.stderr


def test_a_taken_port_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = passalong("--exit", "--port", str(port), *SHORT)
    assert ended.returncode == 1
    assert ended.stderr == f"Error: Port {port} is taken. Choose another with --port, or leave it out.\n"


def test_it_stays_open_until_it_is_told():
    command = [sys.executable, "-u", "-m", "bot", "demo", "--no-play", *SHORT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as demo:
        assert demo.stdout is not None
        lines = []
        for line in demo.stdout:
            lines.append(line)
            if line.startswith("Ctrl-C"):
                break
        address = next(line for line in lines if line.startswith("Open ")).split()[1]
        page = urllib.request.urlopen(address, timeout=5).read().decode()
        queued = next(line for line in lines if line.startswith("  /passalong queue ")).split()[2]
        to_queue = urllib.request.urlopen(queued, timeout=5).read().decode()
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=20) == 0
    assert "<html" in page
    assert "<title>Come and see the pump hall" in to_queue
    assert any("comms editors" in line for line in lines)


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Europe/London", "America/New_York"])
def test_no_clock_changes_in_the_four_weeks(zone):
    offsets = {(START + timedelta(hours=hour)).astimezone(ZoneInfo(zone)).utcoffset() for hour in range(28 * 24)}
    assert len(offsets) == 1


# The check can fail


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A week that was played; what a test falsifies it puts back."""
    wishes = Wishes(weeks=1, people=12)
    with Stage(wishes, tmp_path_factory.mktemp("demo")) as played:
        played.play.until(wishes.end, lambda _: None)
        yield played


def wrong(findings: Findings) -> set[str]:
    return {section.title for section in findings.sections if not section.is_right}


def test_what_the_bot_says_is_what_people_did(stage):
    findings = Finder(stage).find()
    assert findings.is_right
    assert {entry.what for entry in stage.staff.ledger.entries} >= {"said", "opened", "stands"}
    followed = [section for section in findings.sections if section.title.startswith("Links followed")]
    assert len(followed) == 3
    assert all({line.ledger for line in section.lines} - {"0 · 0 · 0 · 0 · 0"} for section in followed)
    assert {came.kind for came in stage.staff.public.ledger.came} == set(KINDS)
    assert findings.digest[0] == "The week in stories"
    assert findings.board[0] == "Leaderboard"


def test_a_ledger_that_is_one_off_is_seen(stage):
    ledger = stage.staff.ledger
    account = ledger.at(stage.clock())
    who = next(user for user, standing in account.standing.items() if standing == NAMED)
    story = next(link for link in ledger.queued if (who, link) not in account.since)
    made_up = Entry(START + timedelta(days=3), who, "said", story, TOLD)
    ledger.entries.append(made_up)
    try:
        titles = wrong(Finder(stage).find())
    finally:
        ledger.entries.remove(made_up)
    assert {"The digest of 5 February, in English", "The digest of 5 February, for comms"} <= titles
    assert "What everybody reads of themself on Home" in titles


def test_a_share_the_bot_lost_is_seen(stage):
    store = stage.house.store
    someone = "select person_id from shares join people p on p.id = person_id where said_at is not null"
    lost = f"({someone} and p.standing != 'out' and p.is_active order by shares.id limit 1)"
    kept = store.read(lambda c: c.execute(text(f"select id, said_at from shares where person_id = {lost}")).all())
    forget = text("update shares set said_at = null where id = :id")
    restore = text("update shares set said_at = :said_at where id = :id")
    rows = [dict(row._mapping) for row in kept]
    store.write(lambda c: c.execute(forget, [{"id": row["id"]} for row in rows]))
    try:
        titles = wrong(Finder(stage).find())
    finally:
        store.write(lambda c: c.execute(restore, rows))
    assert titles == {"What everybody reads of themself on Home"}


def test_readers_the_bot_lost_are_seen(stage):
    store = stage.house.store
    who = "(select person_id from reader_days group by person_id order by sum(readers) desc limit 1)"
    kept = store.read(lambda c: c.execute(text(f"select * from reader_days where person_id = {who}")).mappings().all())
    rows = [dict(row) for row in kept]
    forget, names = text(f"delete from reader_days where person_id = {rows[0]['person_id']}"), ", ".join(rows[0])
    restore = text(f"insert into reader_days ({names}) values ({', '.join(f':{name}' for name in rows[0])})")
    store.write(lambda c: c.execute(forget))
    rebuild_scores(store, stage.clock())
    try:
        titles = wrong(Finder(stage).find())
    finally:
        store.write(lambda c: c.execute(restore, rows))
        rebuild_scores(store, stage.clock())
    assert {"/passalong leaderboard, in English", "/passalong leaderboard week, in Dutch"} <= titles


@pytest.mark.parametrize("kind", KINDS)
def test_a_follower_the_bot_lost_is_seen(stage, kind):
    store = stage.house.store
    one = text(f"select link_id, day, {kind} from link_days where {kind} > 0 and for_person = readers order by link_id")
    link, day, kept = store.read(lambda c: c.execute(one).all())[0]
    both = ", for_person = :count" if kind == "readers" else ""
    change = text(f"update link_days set {kind} = :count{both} where link_id = :link and day = :day")
    store.write(lambda c: c.execute(change, {"count": kept - 1, "link": link, "day": day}))
    try:
        titles = {title.partition(":")[0] for title in wrong(Finder(stage).find())}
    finally:
        store.write(lambda c: c.execute(change, {"count": kept, "link": link, "day": day}))
    assert {"Links followed, by story", "Links followed, by whose they are"} <= titles


def test_a_reader_the_public_made_up_is_seen(stage):
    came = stage.staff.public.ledger.came
    came.append(next(one for one in came if one.kind == "readers"))
    try:
        titles = {title.partition(":")[0] for title in wrong(Finder(stage).find())}
    finally:
        came.pop()
    assert {"/passalong leaderboard, in English", "/passalong leaderboard week, in Dutch"} <= titles
    assert {"Links followed, by story", "Links followed, on the editors' Home"} <= titles
    assert "What everybody reads of themself on Home" in titles


def test_a_story_that_stands_twice_is_seen(stage):
    with stage.workspace.lock:
        channel = stage.workspace.channels[next(iter(stage.staff.ledger.queued.values()))[0]]
        posted = next(m for m in channel.messages.values() if any(b["type"] == "actions" for b in m.get("blocks", [])))
        channel.messages["1.0"] = {**posted, "ts": "1.0"}
    try:
        titles = wrong(Finder(stage).find())
    finally:
        del channel.messages["1.0"]
    assert titles == {"Each story once in each of its channels"}


def test_editors_hear_of_every_story_that_it_is_queued(stage):
    heard = [m["text"] for e in stage.workspace.company.editors for m in stage.sandbox.acts.ephemerals(e, COMMS)]
    titles = {script.title for script in stage.staff.scripts if script.link in stage.staff.ledger.queued}
    assert len(titles) == 6
    assert all(any(title in line for line in heard) for title in titles)


def test_the_page_draws_the_pictures_of_the_stories(stage):
    address = f"{stage.sandbox.url}/page/state?user={stage.workspace.company.editors[0]}&channel=C0GOODSTORY"
    state = urllib.request.urlopen(address, timeout=5).read().decode()
    [drawn, *_] = re.findall(r"/page/picture\?address=[^\"]+", state)
    picture = urllib.request.urlopen(f"{stage.sandbox.url}{drawn}", timeout=5)
    assert picture.headers["Content-Type"] == "image/svg+xml"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{stage.sandbox.url}/page/picture?address=https://example.com/else.png", timeout=5)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_company_can_be_queued_by_its_address(stage, path):
    acts, editor = stage.sandbox.acts, stage.workspace.company.editors[0]
    typed = f"/passalong queue {stage.site.address(path)} tomorrow 9:00"
    assert acts.command(editor, COMMS, typed).acked
    _, title, description = PAGES[path]
    until(lambda: title in json.dumps(acts.views(editor), ensure_ascii=False))
    stage.play.settle()
    assert description in json.dumps(acts.views(editor), ensure_ascii=False)
    acts.close(editor, acts.views(editor)[-1]["id"])


def test_who_left_the_company_has_no_name_on_the_board(stage):
    account = stage.staff.ledger.at(stage.clock())
    closed = {stage.workspace.people[user].deleted for user, how in account.standing.items() if how == CLOSED}
    assert closed == {True}
    assert {"out", "deleted"} <= set(account.standing.values())
