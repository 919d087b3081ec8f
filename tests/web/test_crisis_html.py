"""The page of a crisis and its feed, as bytes: what stands on it, and that nothing gets out of its text."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.crisis import CrisisAnswer, PageUpdate
from bot.sources.words import Words
from bot.web.crisis_feed import crisis_feed
from bot.web.crisis_html import Place, crisis_html, nothing_html, policy
from bot.web.crisis_text import beginning, line, paragraphs
from tests.conftest import MONDAY
from tests.web.crisis_facts import ANSWERS, DUTCH, ENGLISH, TITLE, UPDATES, facts

WORDS = Words.load(Path(__file__).parents[2] / "content" / "words")
PLACE = Place("https://go.example.com", "../")
VOID = {"meta", "link", "br"}
ATOM = "{http://www.w3.org/2005/Atom}"


class Read(HTMLParser):
    """A page as a browser reads it; every tag must be closed by its own."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.texts.append((self._open[-1] if self._open else "", data))

    @property
    def text(self) -> str:
        return " ".join(data for tag, data in self.texts if tag not in ("style", "title"))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def said(self, *tags: str) -> list[str]:
        return [data for tag, data in self.texts if tag in tags]

    def meta(self, name: str) -> str | None:
        return next(
            (one["content"] for one in self.all("meta") if name in (one.get("name"), one.get("property"))), None
        )


def read(language: str = "en", place: Place = PLACE, **other) -> Read:
    return Read(crisis_html(facts(**other), language, WORDS, place))


def test_all_of_it_stands_there_in_order():
    found = read()
    text = found.text
    shown = [
        "Reef & Harbour",
        TITLE,
        "This is going on now",
        "Last changed on",
        "Monday 2 March 2026 at 9:35",
        "Next update",
        "at 10:35",
        "Central European Time",
        "Our booking system",
        "What is new",
        "The first customers",
        "It is a disk",
        "What we know",
        "Tickets that you have",
        "What we don't know yet",
        "What caused it",
        "What we do",
        "Five colleagues",
        "Questions and answers",
        "Is my ticket",
        "Yes, it is",
        "Whom you can turn to",
        "Journalists",
        "https://go.example.com/now/outage/en",
    ]
    place = 0
    for one in shown:
        assert one in text[place:], one
        place = text.index(one, place) + len(one)


def test_in_dutch_everything_is_dutch():
    found = read("nl")
    assert found.all("html") == [{"lang": "nl"}]
    for said in ("Dit is nu aan de gang", "maandag 2 maart 2026 om 9.35 uur", "Midden-Europese tijd", "Wat we weten"):
        assert said in found.text
    assert found.all("a")[1]["href"] == "../outage/en/"


def test_an_answer_in_another_language_says_so():
    langs = [one.get("lang") for one in read().all("article")]
    assert langs == [None, None, None, "nl"]


def test_headings_go_down_one_at_a_time_and_there_is_one_title():
    levels = [int(tag[1]) for tag, _ in read().tags if tag in ("h1", "h2", "h3")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_and_a_way_past_them():
    found = read()
    assert [tag for tag, _ in found.tags if tag in ("header", "nav", "main", "footer")] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    assert found.all("a")[0] == {"class": "skip", "href": "#main"}
    ids = [one["id"] for _, one in found.tags if "id" in one]
    assert len(set(ids)) == len(ids)
    assert {one["aria-labelledby"] for one in found.all("section")} <= set(ids)


def test_times_say_their_zone():
    moments = [one["datetime"] for one in read().all("time")]
    assert moments[0] == "2026-03-02T09:35:00+01:00"
    assert read(zone="UTC").text.count("Coordinated Universal Time") == 1


def test_what_a_link_to_it_says():
    found = read()
    assert found.meta("og:title") == TITLE
    assert found.meta("og:type") == "article"
    assert found.meta("og:url") == "https://go.example.com/now/outage/en"
    assert found.meta("og:description") == found.meta("description")
    assert found.meta("description").startswith("Our booking system has not been working since 7:40. We know it")
    assert found.meta("article:modified_time") == "2026-03-02T08:35:00+00:00"
    assert found.meta("robots") is None
    links = {(one["rel"], one.get("hreflang") or one.get("type")): one["href"] for one in found.all("link")}
    assert links == {
        ("canonical", None): "https://go.example.com/now/outage/en",
        ("alternate", "nl"): "../outage/nl/",
        ("alternate", "application/atom+xml"): "../outage/feed.en.atom",
    }


def test_without_a_public_address_nothing_is_made_up():
    found = read(place=Place("", "../"))
    assert found.meta("og:url") is None
    assert "canonical" not in [one["rel"] for one in found.all("link")]
    assert "The newest version" not in found.text


def test_nothing_comes_from_elsewhere_and_nothing_runs():
    html = crisis_html(facts(), "en", WORDS, PLACE)
    found = Read(html)
    assert {tag for tag, _ in found.tags}.isdisjoint({"script", "img", "iframe", "form", "input", "object", "base"})
    assert not [name for _, one in found.tags for name in one if name.startswith("on") or name == "style"]
    assert b"url(" not in html
    assert b"@import" not in html
    assert found.all("meta")[2]["content"] == policy()


def test_when_it_is_over_no_update_is_promised():
    found = read(ended_at=MONDAY + timedelta(hours=30))
    assert "This is over, since Tuesday 3 March 2026 at 14:00 ." in " ".join(found.text.split())
    assert "Next update" not in found.text


def test_a_rehearsal_says_so_wherever_it_is_met():
    found = read(is_rehearsal=True, page="exercise-x")
    assert "Exercise" in found.text
    assert "Nothing has happened" in found.text
    assert found.said("title")[0].startswith("Exercise: ")
    assert found.meta("og:title").startswith("Exercise: ")
    assert found.meta("robots") == "noindex"
    assert b"<title>Exercise: What" in crisis_feed(facts(is_rehearsal=True), "en", WORDS, "")


@pytest.mark.parametrize(
    ("part", "heading"),
    [
        ("updates", "What is new"),
        ("known", "What we know"),
        ("unknown", "What we don't know yet"),
        ("doing", "What we do"),
        ("answers", "Questions and answers"),
        ("contact", "Whom you can turn to"),
    ],
)
def test_what_is_empty_is_left_out(part, heading):
    headings = read(texts=(replace(ENGLISH, **{part: ()}),)).said("h2")
    assert heading not in headings
    assert len(headings) == 5


def test_the_least_there_can_be():
    bare = replace(ENGLISH, statement="", known=(" ",), unknown=(), doing=(), contact=(), updates=(), answers=())
    found = read(texts=(bare,), company="", next_update_at=None)
    assert found.all("h2") == []
    assert found.all("nav") == []
    assert found.all("header") == []


NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><h1>no</h1>",
    "]]><!-- -->&amp;&lt;",
    '[x](javascript:alert(1)) [y](data:text/html,z) [z](https://a.example/"onclick="x)',
    "https://a.example/'\"><script>",
    'press@example.com"onclick=x',
    "{time} {0} %s \x00time\x00 \ud800 \u202e \x1b[31m",
)


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_gets_out_of_its_text(nasty):
    usual = [(tag, set(one)) for tag, one in read().tags if tag not in ("a", "br")]
    text = replace(
        ENGLISH,
        title=TITLE + nasty,
        statement=f"{nasty}\n\n{nasty}",
        known=(nasty, nasty),
        unknown=(nasty,),
        doing=(nasty,),
        contact=(nasty, nasty),
        updates=tuple(PageUpdate(one.at, nasty) for one in UPDATES),
        answers=tuple(CrisisAnswer(one.at, one.language, nasty, nasty) for one in ANSWERS),
    )
    found = read(texts=(text, DUTCH), company=nasty)
    assert [(tag, set(one)) for tag, one in found.tags if tag not in ("a", "br")] == usual
    for one in found.all("a"):
        assert one["href"].startswith(("https://", "../", "#main", "mailto:", "tel:"))
        assert set(one) <= {"class", "rel", "href", "lang", "hreflang", "type"}
    feed = ElementTree.fromstring(crisis_feed(facts(texts=(text,), company=nasty), "en", WORDS, PLACE.public_url))
    for content in feed.iter(f"{ATOM}content"):
        Read(content.text.encode())


@given(st.text(alphabet=st.sampled_from("<>&\"'[]()@.:/+0123456789- \nab\u202e\x00é😀https"), max_size=60))
@settings(max_examples=150)
def test_any_text_stays_text(text):
    found = Read(paragraphs(text).encode("utf-8", "replace"))
    assert {tag for tag, _ in found.tags} <= {"p", "br", "a"}
    Read(line(text).encode("utf-8", "replace"))
    assert len(beginning(text * 9)) <= 200


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("Call +31 (0)20 123 45 67.", ["tel:+31201234567"]),
        ("Bel 020-1234567 of 088 - 123 45 67", ["tel:0201234567", "tel:0881234567"]),
        ("(020) 123 4567, 0800 1234", ["tel:0201234567", "tel:08001234"]),
        ("call (555) 123-4567", ["tel:5551234567"]),
        ("open 09.00-17.00, 9:00-17:00, on 2026-03-02 or 02-03-2026, at 1234567 euro", []),
        ("+31-20-1234567x, NL91ABNA0417164300, 00000000000000000000000", []),
        ("mail press+now@ex-ample.co.uk, or a@b", ["mailto:press+now@ex-ample.co.uk"]),
        (
            "see https://example.com/a_(b)). (https://example.com/c)",
            ["https://example.com/a_(b)", "https://example.com/c"],
        ),
        ("[the log](https://example.com/?a=1&b=2)", ["https://example.com/?a=1&b=2"]),
        ("http://example.com javascript:x https://bank.example@evil.example https://x:99999/ https://", []),
        ("https://example.com/020-1234567/press@example.com", ["https://example.com/020-1234567/press@example.com"]),
        ("https://münchen.example/ü", ["https://m%C3%BCnchen.example/%C3%BC"]),
    ],
)
def test_where_links_lead(said, leads):
    assert [one["href"] for one in Read(line(said).encode()).all("a")] == leads


def test_paragraphs_and_lines_stay_as_they_were_written():
    assert paragraphs("One\ntwo\r\n \r\n\r\nThree") == "<p>One<br>two</p><p>Three</p>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", "One. Two! Three?"),
        ("One. " + "word " * 60, "One."),
        ("word " * 60, ("word " * 39).strip() + "…"),
        ("x" * 300, "x" * 199 + "…"),
        ("See [here](https://example.com).\n\nNow.", "See here. Now."),
    ],
)
def test_the_first_sentences(text, found):
    assert beginning(text) == found


def test_six_thousand_characters_take_no_time():
    """Of the kind on which a search goes back over and over."""
    for nasty in (
        "0" * 6000,
        "0 " * 3000,
        "+1-" * 2000,
        "a@" * 3000,
        "a." * 3000,
        "[" * 6000,
        "https://x" + ")" * 6000,
    ):
        assert paragraphs(nasty)


def test_while_nothing_is_the_matter():
    found = Read(nothing_html(["nl", "en"], WORDS))
    assert found.all("html") == [{"lang": "nl"}]
    assert found.said("h1") == ["Op dit moment niets"]
    assert found.said("h2") == ["Nothing at the moment"]
    assert found.meta("robots") == "noindex"


def test_the_feed_has_an_entry_an_update_and_the_statement():
    feed = ElementTree.fromstring(crisis_feed(facts(), "en", WORDS, PLACE.public_url))
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "tag:go.example.com,2026-03-02:now/outage/en"
    assert feed.findtext(f"{ATOM}updated") == "2026-03-02T08:35:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Reef & Harbour"
    assert [(one.get("rel"), one.get("href")) for one in feed.findall(f"{ATOM}link")] == [
        ("alternate", "https://go.example.com/now/outage/en"),
        ("self", "https://go.example.com/now/outage/feed.en.atom"),
    ]
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}updated") for one in entries] == [
        "2026-03-02T08:35:00Z",
        "2026-03-02T07:40:00Z",
        "2026-03-02T07:05:00Z",
    ]
    assert entries[1].findtext(f"{ATOM}title") == "It is a disk. See the log."
    assert 'href="https://status.example.com/42?a=1&amp;b=2"' in entries[1].findtext(f"{ATOM}content")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == 3
    assert ids[2] == "tag:go.example.com,2026-03-02:now/outage/statement/en"


def test_its_ids_stay_when_more_comes():
    def ids(**other) -> set[str]:
        feed = ElementTree.fromstring(crisis_feed(facts(**other), "en", WORDS, PLACE.public_url))
        return {one.findtext(f"{ATOM}id") for one in feed.iter(f"{ATOM}entry")}

    more = replace(ENGLISH, updates=(PageUpdate(MONDAY + timedelta(hours=3), "It is over."), *UPDATES))
    assert ids() < ids(texts=(more,), changed_at=MONDAY + timedelta(hours=3), ended_at=MONDAY + timedelta(hours=3))
