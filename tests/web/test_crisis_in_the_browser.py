"""The page of a crisis as people read it: on a phone, without scripts, in the dark, by keyboard, on paper."""

import re
import zlib
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from bot.domain.crisis import PageUpdate
from tests.web.crisis_facts import ANSWERS, DUTCH, ENGLISH, UPDATES, facts

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
UNRULY = replace(
    ENGLISH,
    title=f"{LONG} 🚨🧑‍🚒 " + "and on it goes " * 5,
    statement=f"{LONG}\n\nhttps://example.com/{'a' * 300}",
    known=(LONG, "🙂" * 80),
    contact=(f"{'p' * 60}@{'example' * 8}.com",),
    updates=tuple(PageUpdate(one.at, LONG) for one in UPDATES),
    answers=tuple(replace(one, question=LONG, answer=LONG) for one in ANSWERS),
)
CONTRAST = """() => {
    const light = c => { const [r, g, b] = c.match(/\\d+/g).slice(0, 3).map(v => { v /= 255;
        return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b };
    const behind = e => { const c = getComputedStyle(e).backgroundColor;
        return c === 'rgba(0, 0, 0, 0)' ? behind(e.parentElement) : c };
    const speaks = e => [...e.childNodes].some(n => n.nodeType === 3);
    return [...document.body.querySelectorAll('*')].filter(speaks).map(e => {
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
        return (a + .05) / (b + .05) })
}"""


@pytest.fixture
def address(serve):
    pages = (
        facts(),
        facts(page="unruly", texts=(UNRULY, DUTCH), company=LONG, is_current=False),
        facts(page="exercise-x7", is_rehearsal=True),
    )
    return f"http://127.0.0.1:{serve(pages=lambda: pages).server.port}"


@pytest.fixture
def plain(browser: Browser):
    """Without JavaScript on the page; everything that it complains of, or fetches, is kept."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.said, page.fetched = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("request", lambda request: page.fetched.append(request.url))
    yield page
    context.close()


def test_nothing_sticks_out_nothing_is_fetched_and_nothing_complains(address, page: Page):
    said, fetched = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: fetched.append(request.url))
    paths = ("/now", "/now/unruly", "/now/exercise-x7", "/now/outage/nl")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in paths:
            page.goto(address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert said == []
    assert fetched == [address + path for path in paths] * 2


def test_without_scripts_one_reads_it_and_finds_the_other_language(address, plain: Page):
    plain.goto(f"{address}/now")
    plain.get_by_role("heading", name="What isn't working now").wait_for()
    plain.get_by_role("navigation", name="Language").get_by_role("link", name="Nederlands").click()
    plain.get_by_role("heading", name="Wat nu niet werkt").wait_for()
    assert plain.url == f"{address}/now/outage/nl/"
    plain.get_by_role("link", name="English").click()
    assert plain.get_by_role("link", name="+31 (0)20 123 45 67").get_attribute("href") == "tel:+31201234567"
    assert plain.said == []


def test_by_keyboard_the_first_stop_is_a_way_to_the_text(address, page: Page):
    page.goto(f"{address}/now")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the text"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "the log"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_in_the_light_and_in_the_dark(address, page: Page, scheme):
    page.emulate_media(color_scheme=scheme)
    for path in ("/now", "/now/exercise-x7"):
        page.goto(address + path)
        contrasts = page.evaluate(CONTRAST)
        assert len(contrasts) > 20
        assert min(contrasts) >= 4.5
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") == (scheme == "light")


def test_on_paper_everything_stands_and_nothing_that_needs_a_press(address, page: Page):
    page.goto(f"{address}/now")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert min(page.evaluate(CONTRAST)) >= 7
    assert not page.get_by_role("navigation").is_visible()
    assert not page.get_by_text("feed reader").is_visible()
    after = "getComputedStyle(document.querySelector('a.to'), '::after').content"
    assert "https://status.example.com/42?a=1&b=2" in page.evaluate(after)
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
    texts = read(pdf)
    for text in (
        "What isn't working now",
        "The first customers can book again",
        "Whom you can turn to",
        "The newest version",
    ):
        assert any(text in one for one in texts), text


def read(pdf: bytes) -> list[str]:
    """The text on its pages: in a PDF stand numbers of signs, and for each font which letters they are."""
    streams = [unpacked(pdf[found.end() :]) for found in re.finditer(rb"stream\r?\n", pdf)]
    signs = "".join(sign for one in streams if "BT" in one for sign in re.findall(r"<([0-9A-F]+)> Tj", one))
    numbers = [signs[place : place + 4] for place in range(0, len(signs), 4)]
    fonts = [letters(one) for one in streams if "begincmap" in one]
    return ["".join(font.get(number, "?") for number in numbers) for font in fonts]


def letters(font: str) -> dict[str, str]:
    found = {
        number: chr(int(letter, 16)) for number, letter in re.findall(r"^<(\w{4})> <(\w{4})>$", font, re.MULTILINE)
    }
    for first, last, letter in re.findall(r"^<(\w{4})> <(\w{4})> <(\w{4})>$", font, re.MULTILINE):
        start = int(first, 16)
        found |= {f"{number:04X}": chr(int(letter, 16) + number - start) for number in range(start, int(last, 16) + 1)}
    return found


def unpacked(stream: bytes) -> str:
    try:
        return zlib.decompressobj().decompress(stream).decode("latin-1")
    except zlib.error:
        return ""
