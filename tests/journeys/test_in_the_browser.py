"""One whole story, by people with a mouse and a keyboard: queued, posted, shared, counted, thanked."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.actions.refresh_roles import refresh_roles
from bot.domain.setup import Channel, Setup
from bot.store import setup as setup_store

pytestmark = pytest.mark.browser

STORIES, COMMS = "C0GOODSTORY", "C0COMMS"


@pytest.fixture
def company(stand):
    """A workspace whose set-up was done."""
    desk = stand.house.desk
    desk.store.write(lambda c: setup_store.put_channel(c, Channel(STORIES, "good-stories", "en"), stand.clock()))
    setup = Setup(company="Kolk & Kamp", comms_channel=COMMS)
    desk.store.write(lambda c: setup_store.save_setup(c, setup, stand.clock()))
    refresh_roles(desk)
    stand.work()
    return stand


def be(page: Page, stand, user: str, channel: str, tab: str = "") -> None:
    page.goto(f"{stand.sandbox.url}/?user={user}&channel={channel}&tab={tab}")


def say(page: Page, command: str) -> None:
    page.locator("#box").fill(command)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")


def english(stand) -> str:
    used = {stand.company.admin, *stand.company.editors}
    return next(p.id for p in stand.company.staff if p.language == "en" and p.id not in used and not p.guest)


def test_one_whole_story(company, page: Page):
    stand, editor, reader = company, company.company.editors[0], english(company)

    # Comms queues it; the first try misses something, and nothing that was typed is lost.
    be(page, stand, editor, COMMS)
    say(page, "/passalong queue")
    form = page.get_by_role("dialog")
    form.get_by_label("Link", exact=True).fill("https://example.com/reef")
    form.get_by_label("Title").fill("The <b>reef</b> & us")
    form.get_by_label("Why it's worth sharing").fill("Anna spent her Sunday under water for this.")
    form.get_by_label("Caption 1").fill("I held my breath reading this.")
    form.get_by_label("Image", exact=False).first.fill("ftp://example.com/reef.png")
    form.get_by_role("button", name="Queue it").click()
    expect(form.locator(".field-error").first).to_be_visible()
    expect(form.get_by_label("Title")).to_have_value("The <b>reef</b> & us")
    form.get_by_label("Image", exact=False).first.fill("")
    form.get_by_role("button", name="Queue it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    stand.work()
    expect(page.locator(".whisper, .message").last).to_contain_text(re.compile("tomorrow at|Tuesday", re.IGNORECASE))

    # At its slot it stands in the channel, for the reader to share.
    stand.clock.step(days=1, hours=2)
    stand.work()
    stand.clock.step(seconds=3)
    stand.work()
    be(page, stand, reader, STORIES)
    expect(page.get_by_text("The <b>reef</b> & us")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Share it")).click()
    modal = page.get_by_role("dialog")
    expect(modal.get_by_text("I held my breath reading this.").first).to_be_visible()
    modal.get_by_role("button", name="Fine, name me on boards").click()
    network = modal.get_by_role("link", name="LinkedIn").or_(modal.get_by_role("button", name="LinkedIn")).first
    network.scroll_into_view_if_needed()
    with page.context.expect_page() as opened:
        network.click()
    assert opened.value.url.startswith("https://www.linkedin.com/feed/?shareActive=true&text=") or "chrome-error" in (
        opened.value.url
    )
    opened.value.close()
    stand.settle()
    modal.get_by_role("button", name="I shared it").click()
    stand.settle()
    stand.work()

    # It is on the board, by name, for everyone who asks.
    page.reload()
    say(page, "/passalong leaderboard")
    expect(page.locator(".whisper").last).to_contain_text("1 story")
    with page.expect_response("**/page/act"):
        be(page, stand, editor, "app", "home")
    stand.work()
    expect(page.get_by_text(re.compile("one opened it, one said they shared it")).first).to_be_visible()
