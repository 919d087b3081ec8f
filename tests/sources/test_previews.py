import time
from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from bot.domain.fetch_problems import AddressRefused, PageAnswered, PageTooSlow
from bot.domain.page_preview import PagePreview
from bot.sources.fetch import Fetched, Fetcher
from bot.sources.previews import LONGEST_DESCRIPTION, LONGEST_TITLE, MAX_BYTES, Previews, preview_of
from tests.sources.web_server import WebServer

WHOLE = """<!doctype html><html lang="nl-NL"><head>
<meta charset="utf-8"><title>Kolk &amp; Kamp</title>
<meta property="og:title" content="De pomp van 1954 &amp; Wim&#39;s geduld">
<meta property="og:description" content="  Drie avonden,
 één pakking. ">
<meta property="og:image" content="/img/pomp.png?a=1&amp;b=2"><meta property="og:image" content="/img/other.png">
<meta property="og:image:alt" content="Wim met de pomp"><meta property="og:site_name" content="Het kelderblad">
</head><body><meta property="og:title" content="not this"><h1>no</h1></body></html>"""


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def previews() -> Previews:
    return Previews(Fetcher([ip_network("127.0.0.0/8")]))


def said(html: str | bytes, content_type: str = "text/html") -> PagePreview:
    body = html.encode() if isinstance(html, str) else html
    return preview_of(Fetched("https://example.org/deep/page", 200, content_type, body, False))


def test_a_page_that_says_everything(web: WebServer) -> None:
    web.page("/verhalen/pomp", WHOLE.encode())
    url = web.redirect("/kort", "/verhalen/pomp")
    assert previews().read(url) == PagePreview(
        title="De pomp van 1954 & Wim's geduld",
        description="Drie avonden, één pakking.",
        image=f"{web.url}/img/pomp.png?a=1&b=2",
        image_alt="Wim met de pomp",
        language="nl",
        site_name="Het kelderblad",
        has_card=True,
    )
    assert "text/html" in web.asked[0][1]["Accept"]


def test_an_error_page_is_a_problem_of_its_own(web: WebServer) -> None:
    with pytest.raises(PageAnswered) as caught:
        previews().read(web.page("/", WHOLE.encode(), status=503))
    assert caught.value.params["status"] == 503


def test_a_slow_page_and_a_private_one_are_problems(web: WebServer) -> None:
    with pytest.raises(PageTooSlow):
        previews().read(web.on("/", lambda request: web.leaving.wait(5) and None), seconds=0.2)
    with pytest.raises(AddressRefused):
        previews().read("http://10.0.0.1/")


def test_of_a_huge_page_the_head_is_enough(web: WebServer) -> None:
    url = web.page("/", WHOLE.replace("<h1>", "<h1>" * MAX_BYTES).encode())
    assert previews().read(url).site_name == "Het kelderblad"


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "text/plain", "", "application/json"])
def test_what_is_not_html_says_nothing(content_type: str) -> None:
    assert said(WHOLE, content_type) == PagePreview()


@pytest.mark.parametrize("html", ["", "<html>", "hello", "<title>", "<meta>", "<<<>>>", "<meta content=x>", "<!--"])
def test_a_page_that_says_nothing(html: str) -> None:
    assert said(html) == PagePreview()


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>\n  Pumps &amp;\n more </title>", "Pumps & more"),
        ("<title>One</title><title>Two</title>", "One"),
        ("<title>One</title><meta name='twitter:title' content='Bird'>", "Bird"),
        ("<title>One</title><meta property='og:title' content=' '>", "One"),
        ("<title>One</title><META NAME='OG:TITLE' CONTENT='Loud'>", "Loud"),
        ("<body><title>Too late</title></body>", ""),
    ],
)
def test_titles(html: str, title: str) -> None:
    assert said(html).title == title


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<title>Eén café</title>".encode(), "text/html"),
        ("<title>Eén café</title>".encode(), "text/html; charset=UTF-8"),
        ("<title>Eén café</title>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("<title>Eén café</title>".encode("cp1252"), "text/html"),
        ("<meta charset=windows-1252><title>Eén café</title>".encode("cp1252"), "text/html"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15"><title>Eén café</title>'.encode(
                "iso-8859-15"
            ),
            "text/html",
        ),
        ("\ufeff<title>Eén café</title>".encode(), "text/html; charset=iso-8859-1"),
        ("<title>Eén café</title>".encode("utf-16"), "text/html"),
        ("<meta charset=utf-16><title>Eén café</title>".encode(), "text/html"),
        ("<title>Eén café</title>".encode(), 'text/html; charset="nonsense"'),
        ("<title>Eén café</title>".encode(), "text/html; charset=unicode_escape"),
        ("<title>Eén café</title>é".encode()[:-1], "text/html"),
    ],
)
def test_charsets(body: bytes, content_type: str) -> None:
    assert said(body, content_type).title == "Eén café"


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("pomp.png", "https://example.org/deep/pomp.png"),
        ("//cdn.example.org/p.png", "https://cdn.example.org/p.png"),
        ("https://example.org/p.png", "https://example.org/p.png"),
        ("data:image/png;base64,AAAA", None),
        ("javascript:alert(1)", None),
        ("http://[::1/p.png", None),
        ("https://example.org/" + "a" * 3_000, None),
    ],
)
def test_images(image: str, expected: str | None) -> None:
    page = said(f'<meta property="og:image" content="{image}"><meta property="og:image:alt" content="a pump">')
    assert (page.image, page.image_alt) == (expected, "a pump" if expected else None)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=nl>", "nl"),
        ("<html lang='EN-gb'>", "en"),
        ("<html><meta property=og:locale content=nl_NL>", "nl"),
        ("<html lang=''><meta property=og:locale content=nl_NL>", "nl"),
        ("<html lang=???>", None),
    ],
)
def test_languages(html: str, language: str | None) -> None:
    assert said(html).language == language


def test_long_texts_are_cut_between_words() -> None:
    page = said(f"<title>{'pomp, ' * 60}</title><meta name=description content='{'x' * 400}'>")
    assert page.title.endswith("pomp…")
    assert len(page.title) <= LONGEST_TITLE
    assert page.description == "x" * (LONGEST_DESCRIPTION - 1) + "…"


@pytest.mark.parametrize(
    "piece", ["<!", "<meta ", "<a ", "&", "<title><", "<!--", "<meta content='", "</", "<![CDATA[", "<?"]
)
def test_a_page_made_to_be_slow_is_left(piece: str) -> None:
    start = time.monotonic()
    said("<title>Pump</title>" + piece * (MAX_BYTES // len(piece)))
    assert time.monotonic() - start < 2
