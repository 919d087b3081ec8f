from datetime import UTC, datetime

import pytest

from bot.domain.hook_feeds import FeedTrouble
from bot.domain.hooks import FeedEntry
from bot.sources.feed_guard import MOST_ENTRIES, FeedUnreadable
from bot.sources.feed_text import feed_of

URL = "https://paper.example.org/feed"
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


def entries(body: bytes | str, content_type: str = "application/xml") -> tuple[FeedEntry, ...]:
    return feed_of(body.encode() if isinstance(body, str) else body, content_type, URL)[1]


def rss(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'


def trouble(body: bytes | str) -> FeedTrouble:
    with pytest.raises(FeedUnreadable) as caught:
        entries(body)
    return caught.value.trouble


DIALECTS = {
    "rss 2.0": rss("<item><title>T</title><link>/1</link><pubDate>Mon, 23 Nov 2026 11:00:00 +0100</pubDate></item>"),
    "rss 0.91": '<rss version="0.91"><channel><item><title>T</title><link>https://paper.example.org/1</link>'
    "<pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>",
    "rss 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>c</title></channel>'
    '<item rdf:about="https://paper.example.org/1"><title>T</title><link>https://paper.example.org/1</link>'
    "<dc:date>2026-11-23T10:00:00Z</dc:date><dc:creator>Jan Jansen</dc:creator></item></rdf:RDF>",
    "atom": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>T</title><link rel="self" '
    'href="https://paper.example.org/self"/><link href="/1"/><author><name>Jan Jansen</name></author>'
    "<updated>2026-11-23T10:00:00Z</updated></entry></feed>",
    "json": '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "x", "url": "/1", "title": "T", '
    '"authors": [{"name": "Jan Jansen"}], "date_published": "2026-11-23T11:00:00+01:00"}, 3]}',
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_dialects(dialect: str) -> None:
    (entry,) = entries(DIALECTS[dialect])
    assert (entry.title, entry.link, entry.published_at) == ("T", "https://paper.example.org/1", TEN)
    assert "Jansen" not in repr(entry)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Pumps &amp;amp; co &lt;b&gt;win&lt;/b&gt;", "Pumps & co win"),
        ("<![CDATA[<script>alert(1)</script>Pumps]]>", "Pumps"),
        ("<![CDATA[<script>alert(1)]]>", "Why"),
        ("3 &lt; 5, and 7 &gt; 6", "3 < 5, and 7 > 6"),
        ("Two\n  lines\u202e and an order", "Two lines and an order"),
        ("x" * 500, "x" * 199 + "…"),
        ("", "Why"),
    ],
)
def test_titles_are_plain_text(title: str, shown: str) -> None:
    (entry,) = entries(rss(f"<item><title>{title}</title><description>Why</description></item>"))
    assert entry.title == shown


def test_what_atom_calls_plain_stays_as_it_is() -> None:
    plain = '<title type="text">&lt;b&gt; is bold</title>'
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>{plain}</entry></feed>'
    assert entries(feed)[0].title == "<b> is bold"


def test_entries_without_what_others_have() -> None:
    found = entries(
        rss(
            "<item><title>No link</title></item><item><title>No link</title></item><item/>"
            "<item><title>Name</title><guid>abc</guid></item>"
            "<item><title>Permalink</title><guid>https://paper.example.org/2</guid></item>"
            "<item><title>Odd</title><link>javascript:alert(1)</link><pubDate>soon</pubDate></item>"
            "<item><description>Words alone</description></item>"
        )
    )
    assert [(entry.title, entry.link) for entry in found] == [
        ("No link", ""),
        ("Name", ""),
        ("Permalink", "https://paper.example.org/2"),
        ("Odd", ""),
        ("Words alone", ""),
    ]
    assert all(entry.published_at is None for entry in found)
    assert len({entry.key for entry in found}) == 5


@pytest.mark.parametrize("declares", [' encoding="windows-1252"', ""])
def test_windows_1252(declares: str) -> None:
    text = rss("<item><title>Coördinatie €5 “ja”</title></item>").replace('"1.0"', f'"1.0"{declares}')
    assert entries(text.encode("cp1252"))[0].title == "Coördinatie €5 “ja”"


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    found = entries(rss("<item><title>One & two</title></item>")[:-20] + "<item><title>Thr")
    assert found[0].title == "One & two"


TRAP = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b'
BOMB = f'{TRAP} "&a;&a;&a;">]><rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
READS_FILES = BOMB.replace('"&a;&a;&a;"', 'SYSTEM "file:///etc/passwd"')


@pytest.mark.parametrize("body", [BOMB, BOMB.encode("utf-16"), READS_FILES, f"<rss>{'<a>' * 900}{'</a>' * 900}</rss>"])
def test_what_is_made_to_blow_up(body: str | bytes) -> None:
    assert trouble(body) is FeedTrouble.BOMB


def test_a_page_is_no_feed_but_may_know_one() -> None:
    page = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><p>Hi</html>'
    with pytest.raises(FeedUnreadable) as caught:
        entries(page)
    assert (caught.value.trouble, caught.value.hint) == (FeedTrouble.PAGE, "https://paper.example.org/rss")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", FeedTrouble.NO_FEED),
        (bytes(range(256)), FeedTrouble.NO_FEED),
        ('{"a": 1}', FeedTrouble.NO_FEED),
        ('{"a', FeedTrouble.BROKEN),
        ('<rss version="2.0"><channel><it', FeedTrouble.BROKEN),
    ],
)
def test_what_is_no_feed(body: str | bytes, told: FeedTrouble) -> None:
    assert trouble(body) is told


def test_a_feed_without_entries_is_fine() -> None:
    assert entries(rss("")) == ()


def test_only_the_newest_are_read() -> None:
    found = entries(rss("".join(f"<item><title>Number {n}</title></item>" for n in range(MOST_ENTRIES + 50))))
    assert [entry.title for entry in found[-1:]] == [f"Number {MOST_ENTRIES - 1}"]


@pytest.mark.parametrize("piece", ["<", "&", "<a ", "<!", "<!--", "<a b='", "&#x", "<![CDATA["])
def test_what_is_made_to_be_slow_is_kept_short(piece: str) -> None:
    # Nothing here is timed: read whole, each of these takes minutes.
    with pytest.raises(FeedUnreadable):
        entries('<rss version="2.0"><channel>' + piece * (40_000 // len(piece)))
