"""One whole story, by people with a mouse and a keyboard: queued, posted, shared, counted, thanked."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.actions.refresh_roles import refresh_roles
from bot.domain.clicks import Followed
from bot.domain.setup import Channel, Setup
from bot.store import setup as setup_store
from tests.journeys.outside_world import OutsideWorld

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
    expect(page.get_by_role("dialog")).to_contain_text("How it sounds")
    expect(page.get_by_role("dialog")).to_contain_text("goes out tomorrow at 9:00")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
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
    network = network_button(modal, "LinkedIn")
    network.scroll_into_view_if_needed()
    with page.context.expect_page() as opened:
        network.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("LinkedIn")
    expect(opened.value.get_by_label("The post")).to_have_value(re.compile("I held my breath reading this"))
    expect(opened.value.get_by_text("It has no code")).to_be_visible()
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


def test_a_post_and_who_follows_its_link(tmp_path, clock, page: Page):
    world = OutsideWorld(tmp_path, clock)
    try:
        story, anna = world.at.post(), world.at.anna
        be(page, world.stand, anna, world.at.channel)
        page.get_by_role("button", name=re.compile("^Share it")).click()
        modal = page.get_by_role("dialog")
        modal.get_by_role("button", name="Fine, name me on boards").click()
        expect(network_button(modal, "LinkedIn")).to_have_attribute("href", re.compile("go%2F"))
        world.stand.clock.step(seconds=20)

        with page.context.expect_page() as opened:
            network_button(modal, "LinkedIn").click()
        outside = opened.value
        expect(outside.get_by_role("heading", level=1)).to_have_text("LinkedIn")
        expect(outside.get_by_label("The post")).to_have_value(re.compile(r"^I work at Veldkamp\. "))
        outside.get_by_role("button", name="Post it").press("Enter")
        expect(outside.locator("#posted")).to_be_focused()
        for number, who in enumerate(("A reader's phone", "LinkedIn's crawler", "Slack's unfurler"), 1):
            outside.get_by_role("button", name=who).click()
            expect(outside.locator(f"#followed-{number}")).to_be_focused()
            expect(outside.locator(f"#followed-{number}")).to_contain_text("302 It is sent on.")
        outside.get_by_role("button", name="A colleague in the office").click()
        expect(outside.locator(".followed > li")).to_have_count(4)
        assert world.followed(story, anna) == Followed(readers=1, previews=1, robots=1, colleagues=1)
        outside.close()

        # Facebook takes no text: a page of ours stands between, and leads on to the share page.
        world.stand.settle()
        modal.get_by_role("button", name=re.compile("^More")).click()
        with page.context.expect_page() as opened:
            network_button(modal, "Facebook").click()
        between = opened.value
        expect(between.locator(".text")).to_contain_text("I work at Veldkamp.")
        between.get_by_role("link", name="Copy and continue to Facebook").click()
        expect(between.get_by_role("heading", level=1)).to_have_text("Facebook")
        expect(between.get_by_label("The post")).to_have_value("")
        between.close()
        world.stand.settle()
    finally:
        world.close()


def network_button(modal: Locator, name: str) -> Locator:
    return modal.get_by_role("link", name=name).or_(modal.get_by_role("button", name=name)).first
