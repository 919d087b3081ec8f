"""Nasty texts through every way in, to every way out: one company in which everything is called something nasty.

All that the bot ever said is walked, text by text, and read as Slack reads it. What Slack would refuse (limits, blocks)
the sandbox refuses.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from bot.domain.clean_text import clean
from bot.slack import ids
from tests.conftest import Stand, SteppingClock
from tests.security.judge import BARE, Said, faults, texts, tokens
from tests.security.nasty import EVIL, NASTY
from tests.security.play import Play
from tests.slack.queueing import Comms, spoken
from tests.slack.share_desk import any_element

SAYING = ("chat.", "views.", "files.")
DRAW = """async (texts) => {
  const { mrkdwnNodes } = await import("/static/mrkdwn.js");
  const odd = ".mention, .broadcast, pre, code, blockquote, em, s, a[href*='evil.example/']";
  return texts.map((text) => {
    const place = document.createElement("div");
    place.append(...mrkdwnNodes(text, { verbatim: true }));
    return [text, place.querySelectorAll(odd).length];
  });
}"""
OUR_OWN = re.compile("^~.*~$|`/passalong|`month`|`/invite`|`PASSALONG_PUBLIC_URL`|`usergroups:read`|<#")
"""A story taken back is struck through; commands stand in code; channels are named."""
LIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})


@dataclass
class Played:
    """What was done, and everything that came of it. `refused`: what the sandbox would not take."""

    stand: Stand
    comms: Comms
    said: list[tuple[str, dict[str, Any]]]
    refused: list[str]
    logged: str
    sheet: str


class Lines(logging.Handler):
    """Everything that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {logging.Formatter().format(record)}")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    log, heard = logging.getLogger(), Lines()
    log.addHandler(heard)
    logging.getLogger("bot").setLevel(logging.DEBUG)
    stand = Stand(tmp_path_factory.mktemp("nasty"), SteppingClock())
    play = Play(stand, tmp_path_factory.mktemp("content"))
    try:
        play.all()
        yield Played(
            stand, play.comms, list(_said(stand)), list(_refused(stand)), "\n".join(heard.lines), _sheet(stand)
        )
    finally:
        log.removeHandler(heard)
        logging.getLogger("bot").setLevel(logging.NOTSET)
        play.comms.web.__exit__()
        stand.close()


def _said(stand: Stand) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every message and view that the bot sent, however it went."""
    for entry in list(stand.workspace.log):
        if entry.kind == "api" and entry.name.startswith(SAYING):
            yield entry.name, {key: _parsed(value) for key, value in entry.args.items()}
        elif entry.kind == "envelope" and entry.answer:
            yield f"ack of {entry.name}", entry.answer.get("payload") or {}
    for shown in stand.workspace.ephemerals:
        yield "ephemeral", shown.message
    for room in stand.workspace.channels.values():
        for message in room.messages.values():
            if message.get("bot_id") == stand.workspace.bot_id:
                yield f"#{room.id}", message


def _parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _refused(stand: Stand) -> Iterator[str]:
    fine = ("already_reacted", "no_reaction", "ratelimited", "channel_not_found", "not_in_channel", "message_not_found")
    for entry in list(stand.workspace.log):
        if entry.kind == "api" and entry.answer and not entry.answer.get("ok") and entry.answer["error"] not in fine:
            yield f"{entry.name}: {json.dumps(entry.answer)[:400]} {str(entry.args.get('text'))[:80]}"


def _sheet(stand: Stand) -> str:
    return "\n".join(bytes(file.content).decode("utf-8-sig") for file in stand.workspace.files.values() if file.content)


def test_all_of_it_went_out(played: Played) -> None:
    posted = [message for kind, message in played.said if kind == "chat.postMessage"]
    assert len([m for m in posted if any_element(m, ids.SHARE)]) >= len(NASTY)
    kinds = {kind for kind, _ in played.said}
    assert {"chat.postMessage", "views.open", "views.publish", "ephemeral"} <= kinds
    everything = "\n".join(spoken(message.get("blocks", [])) for _, message in played.said)
    for heading in ("Leaderboard", "The week in stories"):
        assert heading in everything or heading.lower() in everything.lower(), heading


def test_slack_takes_every_one_of_them(played: Played) -> None:
    assert played.refused == []


def test_nothing_pings_nothing_turns_round_nothing_is_torn(played: Played) -> None:
    wrong = {
        f"{kind}: {fault}: {said.text[:200]!r}" for kind, m in played.said for said in _all(m) for fault in faults(said)
    }
    assert wrong == set()


def test_no_link_leads_where_we_did_not_mean(played: Played) -> None:
    ours = (
        played.comms.web.url,
        "https://example.com/",
        played.stand.workspace.url,
        "mailto:?subject=",
        "https://social.example.org/",
    )
    found = {token for text in _mrkdwn(played) for token in tokens(text)}
    targets = {token.partition("|")[0] for token in found if not token.startswith(("#", "!date^"))}
    assert targets, "there are links at all"
    assert {target for target in targets if not target.startswith(ours)} == set()
    rooms = {token[1:].partition("|")[0] for token in found if token.startswith("#")}
    assert rooms <= set(played.stand.workspace.channels)


@pytest.mark.browser
def test_as_a_client_draws_it(played: Played, page: Page) -> None:
    """The sandbox's page reads the same texts with a reader of its own: no mention, no code, no quotation in them."""
    page.goto(f"{played.stand.sandbox.url}/?user={played.comms.editor}&channel={played.comms.english}")
    drawn = page.evaluate(DRAW, _mrkdwn(played))
    assert len(drawn) > 100
    assert [text for text, odd in drawn if odd and not OUR_OWN.search(text)] == []


def test_what_screen_readers_and_notifications_say_is_safe_too(played: Played) -> None:
    for kind, message in played.said:
        text = message.get("text")
        if isinstance(text, str) and text:
            wrong = [fault for fault in faults(Said("mrkdwn", text, verbatim=True)) if "half of a joined" not in fault]
            assert wrong == [], (kind, text)
            assert not any(EVIL in token for token in tokens(text)), (kind, text)


def test_no_text_of_people_is_left_for_slack_to_find_links_in(played: Played) -> None:
    for kind, message in played.said:
        if not message.get("blocks") and isinstance(message.get("text"), str) and not kind.startswith("views"):
            assert not BARE.search(message["text"]), (kind, message["text"])


def test_every_title_is_read_as_it_was_typed(played: Played) -> None:
    """The cleaned title, and no escape shown as it is written."""
    posted = [
        message for kind, message in played.said if kind == "chat.postMessage" and any_element(message, ids.SHARE)
    ]
    shown = [_read(message["blocks"][0]["text"]["text"]) for message in posted]
    for name, text in NASTY.items():
        title = " ".join(clean(clean(text)[:150]).split()).translate(LIKE)
        assert any(title in one.translate(LIKE) for one in shown), (name, title)


def test_nothing_broke_inside(played: Played) -> None:
    assert [line for line in played.logged.splitlines() if line.startswith(("ERROR", "CRITICAL"))] == []


def test_the_log_holds_no_names_texts_or_ids_of_people(played: Played) -> None:
    for name, text in NASTY.items():
        for piece in (clean(text)[:25].strip(), text[:25].strip()):
            assert len(piece) < 8 or piece not in played.logged, name
    assert not re.search(r"\bU0[0-9A-Z]{6,}\b", played.logged)


def test_the_sheet_holds_no_formula(played: Played) -> None:
    assert "'=HYPERLINK" in played.sheet
    for line in played.sheet.splitlines():
        for cell in line.split('","'):
            assert not cell.strip('"').startswith(("=", "+", "@", "\t")), line


def _mrkdwn(played: Played) -> list[str]:
    """The texts in which Slack reads mentions, links and marks."""
    return sorted({said.text for _, message in played.said for said in _all(message) if said.kind == "mrkdwn"})


def _all(message: dict[str, Any]) -> Iterator[Said]:
    for key in ("blocks", "view"):
        yield from texts(message.get(key))
    for text in (message.get("errors") or {}).values():
        yield Said("plain_text", str(text))


def _read(mrkdwn: str) -> str:
    """What one sees of a text."""
    bare = re.sub(r"<[^<>|]*\|([^<>]*)>", r"\1", re.sub("[\u2060\u2068\u2069]", "", mrkdwn))
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
