"""Blocks, markup and messages in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox_page.conftest import COLLEAGUE, EDITOR, STORIES, Stage
from tests.sandbox_page.gallery import TEXTS

pytestmark = pytest.mark.browser


def test_every_block_is_drawn_and_none_is_left_out(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    expect(page.locator("article.message")).to_have_count(5)
    drawn = set(page.locator(".block").evaluate_all("nodes => nodes.map(node => node.dataset.type)"))
    wanted = "header section divider context rich_text markdown table data_table data_visualization video image actions"
    assert drawn == set(wanted.split())
    expect(page.locator(".unknown")).to_have_count(0)


def test_content_is_never_markup_of_the_page(stage: Stage, page: Page) -> None:
    evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>'
    stage.tell(text=evil, blocks=[{"type": "header", "text": {"type": "plain_text", "text": evil}}])
    stage.tell(text="<javascript:window.hurt=1|press me>")
    stage.sandbox.acts.say(COLLEAGUE, STORIES, evil)
    page.goto(stage.address())
    expect(page.locator(".header-block", has_text="<script>window.hurt")).to_be_visible()
    expect(page.get_by_text("press me")).to_be_visible()
    expect(page.locator("a", has_text="press me")).to_have_count(0)
    expect(page.locator("#flow script, #flow img[src=x]")).to_have_count(0)
    assert page.evaluate("window.hurt") is None


def test_mrkdwn_reads_as_in_slack(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    text = page.locator(".section-text", has_text="snake_case")
    expect(text.locator("strong").first).to_have_text("bold")
    expect(text.locator("em").first).to_have_text("italic")
    expect(text.locator("s")).to_have_text("gone")
    expect(text.locator("strong em")).to_have_text("both")
    expect(text.locator("a")).to_have_text(["a label", "https://example.com/a_b_c"])
    expect(text).to_contain_text("snake_case 2*3*4 <b> &")
    expect(text.locator(".mention")).to_have_text(["@Alice Turner", "#general", "@here"])
    expect(text.locator(".emoji")).to_have_text(["📣", "👋🏼"])
    expect(text).to_contain_text(":nosuch:")
    expect(page.locator(".code-block").first).to_contain_text("*stays*")
    expect(page.locator(".quote").first).to_have_text("quoted")


def test_dates_are_in_the_acted_persons_zone(stage: Stage, page: Page) -> None:
    people = stage.sandbox.workspace.people
    far = next(p.id for p in people.values() if p.tz == "America/New_York")
    page.goto(stage.address(far))
    expect(page.locator("article time.time").first).to_have_text(re.compile(r"^3:10.AM$"))
    expect(page.locator(".section-text time")).to_have_text(re.compile(r"Aug 31, 2026 at 5:30"))
    page.goto(stage.address())
    expect(page.locator("article time.time").first).to_have_text(re.compile(r"^0?9:10$"))
    expect(page.locator("#foot .clock")).to_contain_text("Monday, 2 March 2026 at 9:10")


def test_a_data_table_sorts_filters_and_turns_its_page(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    table = page.locator(".data-table")
    expect(table.locator("tbody th")).to_have_text(["Anouk", "Bram", "Chloe"])
    table.get_by_role("button", name="Said").click()
    expect(table.locator("tbody th")).to_have_text(["Daan", "Anouk", "Chloe"])
    table.get_by_role("button", name="Next").click()
    expect(table.locator("tbody th")).to_have_text(["Bram"])
    stage.sandbox.acts.react(COLLEAGUE, STORIES, _ts_of(page, table), "eyes")
    expect(page.locator(".pill", has_text="👀")).to_be_visible()
    expect(table.locator("tbody th")).to_have_text(["Bram"])


def _ts_of(page: Page, inside: object) -> str:
    return str(page.locator("article.message", has=page.locator(".data-table")).get_attribute("data-ts"))


def test_pictures_come_from_addresses_and_from_slack_files(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    for alt in ("Two colleagues", "A chart"):
        picture = page.get_by_role("img", name=alt)
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("naturalWidth", 320)
    expect(page.get_by_role("img", name="Gone for good")).to_be_visible()


def test_a_file_can_be_downloaded(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    with page.expect_download() as download:
        page.get_by_role("link", name="Download stories.csv").click()
    assert download.value.suggested_filename == "stories.csv"
    assert download.value.path().read_bytes() == b"title;said\nOne;3\n"


def test_an_edited_message_says_so_and_a_deleted_one_goes(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    ts = stage.tell(text="first words")
    expect(page.get_by_text("first words")).to_be_visible()
    stage.sandbox.workspace.change_message(STORIES, ts, {"text": "better words", "edited": {"user": EDITOR, "ts": ts}})
    expect(page.locator("article", has_text="better words")).to_contain_text("(edited)")
    stage.sandbox.workspace.delete_message(STORIES, ts)
    expect(page.get_by_text("better words")).to_have_count(0)


def test_replies_stand_under_their_message(stage: Stage, page: Page) -> None:
    ts = stage.tell(text="root")
    stage.sandbox.acts.say(COLLEAGUE, STORIES, "the reply", thread_ts=ts)
    page.goto(stage.address())
    expect(page.get_by_text("the reply")).to_have_count(0)
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_text("the reply")).to_be_visible()


def test_an_empty_channel_says_that_it_begins(stage: Stage, page: Page) -> None:
    page.goto(stage.address(channel="C0COMMS"))
    expect(page.locator("#flow")).to_contain_text("This is the very beginning of the channel.")


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_sticks_out_sideways(stage: Stage, page: Page, width: int) -> None:
    stage.tell(text="w" * 300, blocks=TEXTS)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(stage.address())
    expect(page.locator("article.message").last).to_be_visible()
    for part in ("document.documentElement", "document.getElementById('pane')"):
        assert page.evaluate(f"{part}.scrollWidth - {part}.clientWidth") <= 0


def test_only_the_pane_scrolls(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    expect(page.locator("article.message").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight") <= 0


def test_the_way_to_all_posts_stays_on_one_line_on_a_phone(stage: Stage, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{stage.sandbox.url}/outside/posts")
    box = page.get_by_role("link", name="All posts").bounding_box()
    assert box is not None
    assert box["height"] < 25
    assert box["x"] + box["width"] <= 360


def _paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_dark_follows_the_system_and_the_switch(stage: Stage, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(stage.address())
    expect(page.locator("article.message").last).to_be_visible()
    assert _paper(page) == "rgb(26, 29, 33)"
    page.get_by_role("button", name="Colours: auto").click()
    assert _paper(page) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Colours: light").click()
    assert _paper(page) == "rgb(26, 29, 33)"
    page.reload()
    expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()
    assert _paper(page) == "rgb(26, 29, 33)"


def test_what_is_pinned_says_so_and_can_be_found(stage: Stage, page: Page) -> None:
    ts = stage.tell(text="What is going on")
    stage.sandbox.workspace.pin(STORIES, ts)
    for number in range(30):
        stage.sandbox.acts.say(COLLEAGUE, STORIES, f"And then {number}")
    page.goto(stage.address())
    message = page.locator("article.message", has_text="What is going on")
    expect(message.locator(".pin-note")).to_have_text("📌 Pinned")
    expect(message).not_to_be_in_viewport()
    page.get_by_role("button", name="1 pinned message").click()
    page.get_by_role("menuitem", name="What is going on").click()
    expect(message).to_be_in_viewport()
    stage.sandbox.workspace.pin(STORIES, ts, pinned=False)
    expect(page.locator(".pin-note")).to_have_count(0)
    expect(page.get_by_role("button", name="pinned message")).to_have_count(0)
