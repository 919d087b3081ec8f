"""Modals: every input, errors at fields, the stack, focus."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import until
from tests.sandbox_page.conftest import EDITOR, Stage

pytestmark = pytest.mark.browser


def open_modal(stage: Stage, page: Page, which: str) -> Locator:
    page.goto(stage.address())
    page.locator("#box").fill(f"/passalong {which}")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def choose(page: Page, dialog: Locator, label: str, *options: str) -> None:
    dialog.get_by_role("button", name=label).click()
    for option in options:
        page.get_by_role("option", name=option).first.click()
    if page.locator(".chooser").count():
        page.keyboard.press("Escape")


def test_a_submit_goes_through_an_error_at_its_field(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    title = dialog.get_by_label("Title")
    expect(title).to_be_focused()
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog.locator(".field-error")).to_contain_text("Please complete this required field.")
    expect(title).to_be_focused()
    title.fill("bad words")
    dialog.get_by_label("Why").fill("Changed by hand")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog.locator(".field-error")).to_contain_text("Say it kindly.")
    expect(title).to_be_focused()
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_value("bad words")
    expect(dialog.get_by_label("Why")).to_have_value("Changed by hand")
    title.fill("kind words")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#box")).to_be_focused()
    expect(page.locator("#banner")).to_be_empty()
    values = stage.app.heard[-1]["values"]
    assert values["title"]["value"]["value"] == "kind words"
    assert values["why"]["value"]["value"] == "Changed by hand"


def test_initial_values_are_shown_and_sent_untouched(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    expect(dialog.get_by_label("Why")).to_have_value("Because")
    expect(dialog.get_by_label("When")).to_have_value("2026-08-31T11:30")
    expect(dialog.get_by_label("Neutral")).to_be_checked()
    dialog.get_by_label("Title").fill("A story")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog).to_have_count(0)
    values = {block: next(iter(state.values())) for block, state in stage.app.heard[-1]["values"].items()}
    assert values["when"]["selected_date_time"] == 1788168600
    assert values["time"]["selected_time"] == "09:00"
    assert values["who"]["selected_user"] == EDITOR
    assert [one["value"] for one in values["topics"]["selected_options"]] == ["people"]


def test_a_moment_that_was_cleared_is_none(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    dialog.get_by_label("When").fill("")
    dialog.get_by_label("Title").fill("bad words")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog.locator(".field-error")).to_contain_text("Say it kindly.")
    expect(dialog.get_by_label("When")).to_have_value("")
    assert stage.app.heard[-1]["values"]["when"]["value"]["selected_date_time"] is None


def test_every_input_sends_what_was_chosen(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    dialog.get_by_label("Title").fill("A story")
    dialog.get_by_label("Link (").fill("https://example.com/a")
    dialog.get_by_label("E-mail").fill("a@example.com")
    dialog.get_by_label("How many").fill("7")
    choose(page, dialog, "Colour", "Blue")
    choose(page, dialog, "Topics", "Product")
    choose(page, dialog, "Channel", "general")
    choose(page, dialog, "Conversations", "good-stories", "Daan Visser")
    choose(page, dialog, "Who", "Sem van Dam")
    choose(page, dialog, "Team", "Sem van Dam", "Daan Visser")
    dialog.get_by_label("LinkedIn").check()
    dialog.get_by_label("Commercial").check()
    dialog.get_by_label("Day").fill("2026-04-01")
    dialog.get_by_label("Time").fill("14:30")
    dialog.get_by_label("When").fill("2026-03-30T09:00")
    dialog.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"hi"})
    expect(dialog.locator(".file-names")).to_have_text("a.txt")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog).to_have_count(0)
    values = {block: next(iter(state.values())) for block, state in stage.app.heard[-1]["values"].items()}
    assert values["link"]["value"] == "https://example.com/a"
    assert values["number"]["value"] == "7"
    assert values["colour"]["selected_option"]["value"] == "blue"
    assert [one["value"] for one in values["topics"]["selected_options"]] == ["people", "product"]
    assert values["channel"]["selected_channel"] == "C0GENERAL"
    assert values["places"]["selected_conversations"] == ["C0GOODSTORY", "U00000005"]
    assert values["who"]["selected_user"] == "U00000003"
    assert values["team"]["selected_users"] == ["U00000003", "U00000005"]
    assert [one["value"] for one in values["nets"]["selected_options"]] == ["linkedin"]
    assert values["kind"]["selected_option"]["value"] == "commercial"
    assert values["day"]["selected_date"] == "2026-04-01"
    assert values["time"]["selected_time"] == "14:30"
    assert values["when"]["selected_date_time"] == 1774854000  # nine in Amsterdam, the day after the clocks changed
    assert stage.sandbox.workspace.files[values["file"]["files"][0]["id"]].content == b"hi"


def test_the_characters_left_are_counted_down(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    left = dialog.locator(".countdown")
    expect(left).to_have_text("40")
    dialog.get_by_label("Title").fill("x" * 43)
    expect(left).to_have_text("-3")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog.locator(".field-error")).to_contain_text("Must be less than 41 characters.")
    assert not [heard for heard in stage.app.heard if heard["type"] == "submit"]


def test_what_the_address_field_refuses_is_said_at_it(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    dialog.get_by_label("Title").fill("A story")
    dialog.get_by_label("Link (").fill("https://nodot")
    dialog.get_by_role("button", name="Queue").click()
    expect(dialog.locator("[data-block=link] .field-error")).to_contain_text("valid URL")
    expect(dialog.get_by_label("Link (")).to_be_focused()
    expect(dialog.get_by_label("Link (")).to_have_value("https://nodot")


def test_a_second_view_is_pushed_and_back_leads_to_what_was_typed(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "steps")
    dialog.get_by_label("Title").fill("typed before")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("heading", name="Second step")).to_be_visible()
    assert stage.app.heard[-1]["state"]["values"]["title"]["value"]["value"] == "typed before"
    dialog.get_by_role("button", name="Back").click()
    expect(dialog.get_by_label("Title")).to_have_value("typed before")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog.get_by_role("button", name="Back")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    until(lambda: [heard["cleared"] for heard in stage.app.heard if heard["type"] == "closed"][-2:] == [True, True])


def test_an_update_keeps_what_was_typed_where_the_ids_stay(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "steps")
    dialog.get_by_label("Title").fill("keep me")
    dialog.get_by_label("Search").fill("half a wo")
    dialog.get_by_role("button", name="Rename").click()
    expect(dialog.get_by_role("heading", name="Changed")).to_be_visible()
    expect(dialog.get_by_label("Title")).to_have_value("keep me")
    expect(dialog.get_by_label("Search")).to_have_value("half a wo")
    expect(dialog.get_by_label("Why")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Rename")).to_be_focused()


def test_only_enter_dispatches_a_dispatching_input(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "steps")
    dialog.get_by_label("Search").fill("peop")
    dialog.get_by_role("button", name="Rename").click()
    expect(dialog.get_by_role("heading", name="Changed")).to_be_visible()
    dialog.get_by_label("Search").press("Enter")
    stage.wait_for("value")
    assert [heard["value"] for heard in stage.app.heard if heard.get("action_id") == "value"] == ["peop"]
    expect(dialog).to_be_visible()


def test_typing_goes_on_while_the_workspace_moves(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    page.keyboard.type("Half")
    stage.tell(text="meanwhile")
    expect(page.get_by_text("meanwhile")).to_be_attached()
    page.keyboard.type(" and half")
    expect(dialog.get_by_label("Title")).to_have_value("Half and half")


def test_escape_closes_the_list_first_then_the_modal(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "form")
    dialog.get_by_role("button", name="Colour").click()
    page.keyboard.press("Escape")
    expect(page.locator(".chooser")).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Colour")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    stage.wait_for_kind("closed")


def test_focus_stays_inside_the_modal(stage: Stage, page: Page) -> None:
    dialog = open_modal(stage, page, "steps")
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#app').contains(document.activeElement)") is False
    expect(dialog).to_be_visible()
