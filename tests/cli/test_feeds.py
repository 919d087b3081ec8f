from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.sources.web_server import WebServer

ITEM = "<item><title>{}</title><link>{}</link><description>Wie schreef dit</description></item>"
FEED = '[[feeds]]\nname = "{}"\nurl = "{}"\nlanguage = "nl"\n'


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def rss(*items: tuple[str, str]) -> bytes:
    entries = "".join(ITEM.format(title, link) for title, link in items)
    return f'<rss version="2.0"><channel><title>Krant</title>{entries}</channel></rss>'.encode()


def feeds(folder: Path, text: str) -> Result:
    (folder / "feeds.toml").write_text(text)
    env = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "PASSALONG_CONTENT_DIR": str(folder),
        "PASSALONG_FETCH_ALLOW": "127.0.0.0/8",
    }
    return CliRunner(env=env).invoke(main, ["feeds"])


def test_what_would_be_a_card(tmp_path: Path, web: WebServer) -> None:
    one = web.page("/one", rss(("Hoog grondwater in de hele polder", "/1"), ("Zon en wind", "/2")))
    other = web.page("/other", rss(("Hoog grondwater in de hele polder - Krant", "/x")))
    text = '[watch]\ntopics = ["water"]\n' + FEED.format("Een", one) + FEED.format("Ander", other)
    said = feeds(tmp_path, text)
    assert said.exit_code == 0, said.output
    assert "✓ Een “Krant”: 2 entries, 1 of them watched" in said.output
    assert said.output.count("Hoog grondwater") == 1
    assert "no date · Een, Ander · water" in said.output
    assert "Zon en wind" not in said.output


def test_what_is_wrong_is_told_and_the_rest_goes_on(tmp_path: Path, web: WebServer) -> None:
    good = web.page("/good", rss(("Hoog water", "/1")))
    page = web.page(
        "/news", b'<html><head><link rel="alternate" type="application/rss+xml" href="/good"></head></html>'
    )
    text = FEED.format("Goed", good) + FEED.format("Pagina", page) + '[[feeds]]\nname = "Leeg"\n'
    said = feeds(tmp_path, text)
    assert said.exit_code == 1
    assert "feeds.toml:9: this feed has no address" in said.output
    assert f"✗ Pagina: page; its feed may be {good}" in said.output
    assert "✓ Goed" in said.output


def test_nothing_is_watched(tmp_path: Path) -> None:
    assert "No feed is watched" in feeds(tmp_path, "").output
