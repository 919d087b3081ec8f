"""The page of a crisis as a folder: the same bytes, whole at any moment, and nothing of anybody else's is touched."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.sources.words import Words
from bot.web.crisis_files import LIST, CrisisFolder
from tests.web.crisis_facts import ENGLISH, facts

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")
ALL = {
    "now/index.html",
    "now/outage/index.html",
    "now/outage/en/index.html",
    "now/outage/nl/index.html",
    "now/outage/feed.en.atom",
    "now/outage/feed.nl.atom",
}


def folder(path: Path) -> CrisisFolder:
    return CrisisFolder(path, WORDS, "https://go.example.com")


def files(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def moments(path: Path) -> dict[str, int]:
    return {file.as_posix(): file.stat().st_mtime_ns for file in path.rglob("*") if file.is_file()}


def test_what_is_served_is_what_is_written(tmp_path, serve):
    change = folder(tmp_path).write([facts()])
    assert (change.written, change.removed) == (6, 0)
    written = files(tmp_path)
    public = serve(pages=lambda: (facts(),))
    assert set(written) == ALL | {LIST}
    for name in ALL:
        address = "/" + name.removesuffix("index.html")
        assert public.get(address).body.encode() == written[name], name


def test_a_web_server_may_read_it(tmp_path):
    before = os.umask(0o077)
    try:
        folder(tmp_path).write([facts()])
    finally:
        os.umask(before)
    for file in (tmp_path / "now").rglob("*"):
        assert file.stat().st_mode & 0o777 == (0o755 if file.is_dir() else 0o644), file
    assert (tmp_path / "now").stat().st_mode & 0o777 == 0o755


def test_twice_changes_nothing(tmp_path):
    ours = folder(tmp_path)
    ours.write([facts()])
    before = moments(tmp_path)
    for again in (ours, folder(tmp_path)):
        change = again.write([facts()])
        assert (change.written, change.removed) == (0, 0)
    assert moments(tmp_path) == before


def test_only_what_changed_is_written(tmp_path):
    folder(tmp_path).write([facts()])
    change = folder(tmp_path).write([facts(), facts(page="older", is_current=False, texts=(ENGLISH,))])
    assert (change.written, change.removed) == (3, 0)


def test_what_is_not_published_any_more_goes_and_nothing_else(tmp_path):
    folder(tmp_path).write([facts()])
    (tmp_path / "now/outage/photo.jpg").write_bytes(b"theirs")
    (tmp_path / "index.html").write_bytes(b"theirs")
    change = folder(tmp_path).write([])
    assert (change.written, change.removed) == (1, 5)
    left = files(tmp_path)
    assert set(left) == {"now/index.html", LIST, "now/outage/photo.jpg", "index.html"}
    assert b"Nothing at the moment" in left["now/index.html"]
    assert not (tmp_path / "now/outage/en").exists()


def test_rehearsals_are_in_no_file(tmp_path):
    folder(tmp_path).write([facts(page="exercise-x7", is_rehearsal=True)])
    assert set(files(tmp_path)) == {"now/index.html", LIST}
    assert b"Nothing at the moment" in files(tmp_path)["now/index.html"]


def test_what_a_hand_did_comes_right(tmp_path):
    ours = folder(tmp_path)
    ours.write([facts()])
    before = files(tmp_path)
    (tmp_path / "now/index.html").write_text("defaced")
    (tmp_path / "now/outage/nl/index.html").unlink()
    assert ours.write([facts()]).written == 2
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "listed",
    [
        {
            "files": [
                "../precious",
                "/etc/passwd",
                "now/../../precious",
                "now",
                "",
                "index.html",
                7,
                "now//x",
                "now/./x",
            ]
        },
        {"files": "now/outage/photo.jpg"},
        {},
        [],
        "x",
    ],
)
def test_a_list_that_somebody_changed_takes_nothing_away(tmp_path, listed):
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "precious").write_text("x")
    (site / "index.html").write_text("theirs")
    folder(site).write([facts()])
    (site / LIST).write_text(json.dumps(listed))
    assert folder(site).write([facts()]).removed == 0
    assert (tmp_path / "precious").exists()
    assert (site / "index.html").exists()


def test_a_list_that_is_none_is_written_anew(tmp_path):
    folder(tmp_path).write([facts()])
    (tmp_path / LIST).write_bytes(b"\xff{")
    folder(tmp_path).write([facts()])
    assert set(json.loads((tmp_path / LIST).read_text())["files"]) == ALL


@pytest.mark.parametrize("at", range(1, 9))
def test_killed_at_any_moment_it_comes_right(tmp_path, monkeypatch, at):
    """Whatever stands there then is whole, and is known to be ours."""

    class Killed(BaseException):
        pass

    count = 0
    real = os.fsync

    def fsync(handle: int) -> None:
        nonlocal count
        count += 1
        if count == at * 2 - 1:
            raise Killed
        real(handle)

    folder(tmp_path).write([])
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        try:
            folder(tmp_path).write([facts()])
        except Killed:
            listed = set(json.loads((tmp_path / LIST).read_text())["files"])
            assert files(tmp_path).keys() <= listed | {LIST}
    folder(tmp_path).write([facts()])
    assert set(files(tmp_path)) == ALL | {LIST}
    assert folder(tmp_path).write([]).removed == 5


def test_two_copies_at_once(tmp_path):
    pages = [facts(), facts(page="older", is_current=False)]
    with ThreadPoolExecutor(2) as two:
        for _ in range(5):
            list(two.map(lambda one: one.write(pages), [folder(tmp_path), folder(tmp_path)]))
            list(two.map(lambda one: one.write(pages[:1]), [folder(tmp_path), folder(tmp_path)]))
    assert set(files(tmp_path)) == ALL | {LIST}
    assert folder(tmp_path).write(pages[:1]).written == 0


def test_a_folder_that_is_gone_or_shut_is_said(tmp_path):
    (tmp_path / "now").write_text("a file")
    with pytest.raises(OSError):
        folder(tmp_path).write([facts()])
