"""Buttons, reactions, commands and whispers, as a person does them."""

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox_page.conftest import COLLEAGUE, COMMS, EDITOR, GENERAL, STORIES, Stage

pytestmark = pytest.mark.browser


def actions(stage: Stage) -> list[str]:
    return [heard["action_id"] for heard in stage.app.heard if heard["type"] == "action"]


def last_action(stage: Stage) -> dict[str, object]:
    return next(heard for heard in reversed(stage.app.heard) if heard["type"] == "action")


def test_a_button_reaches_the_app(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.get_by_role("button", name="Share it").click()
    stage.wait_for("share")
    assert actions(stage) == ["share"]


def test_a_confirm_dialog_stands_before_the_act(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    delete = page.get_by_role("button", name="Delete")
    delete.click()
    page.get_by_role("button", name="No", exact=True).click()
    expect(page.locator("dialog")).to_have_count(0)
    expect(delete).to_be_focused()
    assert actions(stage) == []
    delete.click()
    page.get_by_role("button", name="Yes").click()
    stage.wait_for("delete")
    assert actions(stage) == ["delete"]


def test_a_url_button_opens_a_page_of_the_world_outside_and_tells_the_app(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Read it").click()
    link = opened.value.get_by_role("link", name="https://example.com/story")
    assert link.get_attribute("href") == "https://example.com/story"
    opened.value.close()
    stage.wait_for("read")
    assert actions(stage) == ["read"]


def test_menus_selects_ticks_and_dates_send_what_was_chosen(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    # The pictures above have their size, so that nothing moves under the mouse.
    expect(page.get_by_role("img", name="Small")).to_have_js_property("complete", True)
    message = page.locator("article.message").last
    message.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Never").click()
    stage.wait_for("more")
    assert last_action(stage)["selected_option"]["value"] == "never"
    message.locator("[data-action=pick]").click()
    page.get_by_role("option", name="Blue").click()
    stage.wait_for("pick")
    assert last_action(stage)["selected_option"]["value"] == "blue"
    message.get_by_label("WhatsApp").check()
    stage.wait_for("nets")
    assert [one["value"] for one in last_action(stage)["selected_options"]] == ["whatsapp"]
    message.locator("[data-action=day]").fill("2026-04-01")
    stage.wait_for("day")
    assert last_action(stage)["selected_date"] == "2026-04-01"


def test_an_act_nobody_hears_shows_slacks_red_line(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.get_by_role("button", name="Nobody listens").click()
    expect(page.locator("#banner")).to_contain_text("We had some trouble connecting. Try again?")
    page.get_by_role("button", name="Share it").click()
    expect(page.locator("#banner")).to_be_empty()


def test_reactions_are_pills_that_toggle(stage: Stage, page: Page) -> None:
    ts = stage.tell(text="react to me")
    stage.sandbox.acts.react(COLLEAGUE, STORIES, ts, "mega")
    page.goto(stage.address())
    message = page.locator("article", has_text="react to me")
    pill = message.locator("[data-emoji=mega]")
    expect(pill).to_have_attribute("aria-pressed", "false")
    pill.click()
    expect(pill).to_have_attribute("aria-pressed", "true")
    expect(pill).to_contain_text("2")
    expect(pill).to_be_focused()
    pill.click()
    expect(pill).to_contain_text("1")
    message.hover()
    message.get_by_role("button", name="Find another reaction").click()
    page.get_by_label("Search emoji").fill("rocket")
    page.keyboard.press("Enter")
    expect(message.locator("[data-emoji=rocket]")).to_have_attribute("aria-pressed", "true")


def test_a_message_shortcut_stands_in_the_menu(stage: Stage, page: Page) -> None:
    stage.sandbox.acts.say(COLLEAGUE, GENERAL, "We won a prize")
    page.goto(stage.address(channel=GENERAL))
    message = page.locator("article", has_text="We won a prize")
    message.hover()
    message.get_by_role("button", name="More message actions").click()
    page.get_by_role("menuitem", name="Suggest as story").click()
    expect(message.get_by_role("button", name="More message actions")).to_be_focused()
    stage.wait_for_kind("shortcut")
    assert stage.app.heard[-1]["text"] == "We won a prize"


def test_a_slash_command_with_the_keyboard_alone(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    expect(page.locator("#box")).to_be_focused()
    page.keyboard.type("/pas")
    expect(page.get_by_role("option").first).to_contain_text("/passalong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".command[aria-selected=true]")).to_have_text("/passalong queue")
    page.keyboard.press("Tab")
    page.keyboard.type("now")
    page.keyboard.press("Enter")
    expect(page.locator(".whisper")).to_contain_text("You said queue now")
    expect(page.locator("#box")).to_have_value("")
    assert stage.app.heard[-1] == {"type": "command", "text": "queue now", "user": EDITOR}


def test_an_unknown_command_is_answered_to_oneself(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.locator("#box").fill("/nosuch thing")
    page.keyboard.press("Enter")
    expect(page.locator(".whisper")).to_contain_text("/nosuch is not a valid command.")
    page.get_by_role("button", name="Dismiss message").click()
    expect(page.locator(".whisper")).to_have_count(0)


def test_a_whisper_is_seen_by_its_person_only_and_can_be_dismissed(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.get_by_role("button", name="Whisper").click()
    expect(page.locator(".whisper")).to_contain_text("Just between us")
    expect(page.locator(".whisper")).to_contain_text("Only visible to you")
    become(page, "Daan")
    expect(page.get_by_text("Just between us")).to_have_count(0)
    become(page, "Alice")
    expect(page.get_by_text("Just between us")).to_be_visible()
    page.get_by_role("button", name="Dismiss message").click()
    expect(page.get_by_text("Just between us")).to_have_count(0)


def test_an_answer_to_one_person_alone_comes_in_sight_wherever_they_scrolled_to(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    expect(page.get_by_role("button", name="Whisper")).to_be_visible()
    page.evaluate(
        """new Promise((done) => {
            document.getElementById("pane").addEventListener("scroll", () => setTimeout(done, 100), { once: true });
            document.getElementById("pane").scrollTop = 0;
        })"""
    )
    page.get_by_role("button", name="Whisper").evaluate("(button) => button.click()")
    expect(page.locator(".whisper")).to_be_in_viewport(ratio=0.9)


def become(page: Page, name: str) -> None:
    page.get_by_role("button", name="Act as").click()
    page.get_by_role("combobox", name="Act as").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator(".act-as-name")).to_contain_text(name)


def test_acting_as_somebody_else_shows_what_they_may_see(stage: Stage, page: Page) -> None:
    page.goto(stage.address(channel=COMMS))
    expect(page.locator("[data-channel=C0COMMS]")).to_be_visible()
    page.locator("#box").fill("kept for Alice")
    become(page, "Daan")
    expect(page.locator("[data-channel=C0COMMS]")).to_have_count(0)
    expect(page.locator(".head-name")).to_have_text("# good-stories")
    page.locator("#box").fill("Hello from Daan")
    page.keyboard.press("Enter")
    expect(page.locator("article").last).to_contain_text("Daan Visser")
    page.reload()
    expect(page.locator(".act-as-name")).to_have_text("Daan Visser")


def test_a_guest_can_be_chosen_and_someone_who_left_cannot(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.get_by_role("button", name="Act as").click()
    expect(page.locator(".options-title")).to_have_text(["Comms editors", "Admins", "Staff", "Guests"])
    expect(page.get_by_role("option", name="Karel Oud")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Act as")).to_be_focused()


def test_unread_channels_have_a_dot_until_opened(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    general = page.locator(f"[data-channel={GENERAL}]")
    expect(general.get_by_label("unread")).to_have_count(0)
    stage.sandbox.acts.say(COLLEAGUE, GENERAL, "News")
    expect(general.get_by_label("unread")).to_be_visible()
    general.click()
    expect(page.get_by_text("News")).to_be_visible()
    expect(general.get_by_label("unread")).to_have_count(0)


def test_who_is_not_in_a_channel_joins_first(stage: Stage, page: Page) -> None:
    page.goto(stage.address(COLLEAGUE))
    page.get_by_role("button", name="Leave").click()
    expect(page.locator("#box")).to_be_hidden()
    page.get_by_role("button", name="Join channel").click()
    expect(page.locator("#box")).to_be_visible()


def test_home_is_published_when_it_is_opened(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.locator("#sidebar").get_by_text("Passalong").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    page.get_by_role("button", name="Preferences").click()
    stage.wait_for("home_button")
    page.get_by_role("tab", name="Messages").click()
    expect(page.locator("#box")).to_be_visible()


def test_messages_are_walked_with_the_arrows(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    messages = page.locator("article.message")
    messages.last.focus()
    page.keyboard.press("ArrowUp")
    expect(messages.nth(3)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(messages.last).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Share it")).to_be_focused()


def test_typed_words_survive_a_redraw(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.locator("#box").fill("half a sen")
    stage.tell(text="something happens meanwhile")
    expect(page.get_by_text("something happens meanwhile")).to_be_visible()
    expect(page.locator("#box")).to_have_value("half a sen")
    expect(page.locator("#box")).to_be_focused()


def test_home_stays_open_when_somebody_else_is_acted(stage: Stage, page: Page) -> None:
    page.goto(stage.address(channel="app", more="&tab=home"))
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    become(page, "Daan")
    expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    assert set(stage.sandbox.workspace.homes) == {EDITOR, COLLEAGUE}


def test_a_button_for_one_person_is_not_shown_to_others(stage: Stage, page: Page) -> None:
    mine = {"type": "button", "action_id": "share", "text": {"type": "plain_text", "text": "Just Daan"}}
    stage.tell(blocks=[{"type": "actions", "elements": [{**mine, "visible_to_user_ids": [COLLEAGUE]}]}])
    page.goto(stage.address(COLLEAGUE))
    expect(page.get_by_role("button", name="Just Daan")).to_be_visible()
    become(page, "Alice")
    expect(page.locator("article.message").last).to_be_visible()
    expect(page.get_by_role("button", name="Just Daan")).to_have_count(0)


def test_a_chosen_option_can_be_cleared(stage: Stage, page: Page) -> None:
    page.goto(stage.address())
    page.locator("#box").fill("/passalong form")
    page.keyboard.press("Enter")
    who = page.locator("[data-block=who]")
    expect(who.locator(".select")).to_have_text("Alice Turner")
    who.get_by_role("button", name="Clear").click()
    expect(who.locator(".select")).to_have_text("Select an option")
    page.get_by_label("Title").fill("A story")
    page.get_by_role("button", name="Queue").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.app.heard[-1]["values"]["who"]["value"]["selected_user"] is None
