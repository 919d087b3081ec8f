"""From the modal to a share page, and from the post to its readers: everybody once, everybody for what they are."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.who_asks import who_asks
from bot.domain.clicks import Followed
from bot.sandbox.outside.browsers import FOLLOWERS, browser_of
from bot.slack import ids
from tests.journeys.outside_world import OutsideWorld
from tests.slack.share_desk import LINK, any_element

ONE_EACH = Followed(readers=1, previews=1, robots=1, colleagues=1)


@pytest.fixture
def world(tmp_path, clock) -> Iterator[OutsideWorld]:
    found = OutsideWorld(tmp_path, clock)
    yield found
    found.close()


def counted(world, network="linkedin", user=None):
    """A story is out, somebody says they may be counted, and opens a network. Answers the story and where they came."""
    story, user = world.at.post(), user or world.at.anna
    world.at.open(user)
    world.at.press(user, ids.SHARE_NAMED)
    if not any_element(world.at.view(user), ids.go(network)):
        world.at.press(user, ids.SHARE_MORE)
    world.stand.clock.step(seconds=20)
    return story, world.stand.acts.goes_to(user, world.at.go(user, network))


def test_four_who_follow_a_link_are_four_things(world):
    story, arrival = counted(world)
    assert arrival.share.network == "LinkedIn"
    assert arrival.share.text.startswith("I work at Veldkamp. One")
    assert arrival.share.link.startswith(world.stand.settings.public_url)
    assert world.at.anna not in arrival.share.text
    answers = {who: world.follow(arrival.share.link, who) for who in ("phone", "linkedin", "slack", "office")}
    assert {answered.status for answered in answers.values()} == {302}
    assert {answered.location for answered in answers.values()} == {
        f"{LINK}?utm_source=linkedin&utm_medium=social&utm_campaign={story}"
    }
    assert answers["phone"].headers["cache-control"] == "private, no-store"
    assert world.followed(story) == world.followed(story, world.at.anna) == ONE_EACH


def test_the_same_reader_again_is_a_repeat_and_the_next_day_a_reader(world):
    story, arrival = counted(world)
    for _ in range(3):
        world.follow(arrival.share.link, "phone")
    world.follow(arrival.share.link, "laptop")
    assert world.followed(story) == Followed(readers=2, repeats=2)
    world.stand.clock.step(days=1)
    world.follow(arrival.share.link, "phone")
    assert world.followed(story) == Followed(readers=3, repeats=2)


def test_the_owners_own_browser_is_a_colleague_for_all_their_links(world):
    story, arrival = counted(world)
    other = world.stand.acts.goes_to(world.at.anna, world.at.go(world.at.anna, "whatsapp"))
    assert other.share.link != arrival.share.link
    mine = browser_of(world.at.anna)
    for link in (arrival.share.link, other.share.link):
        world.stand.acts.follow(link, mine.agent, mine.address)
    assert world.followed(story) == Followed(colleagues=2)
    world.stand.acts.follow(arrival.share.link, mine.agent, FOLLOWERS["phone"].address)
    assert world.followed(story) == Followed(colleagues=2, readers=1)


def test_where_a_text_has_to_be_copied_a_page_stands_between(world):
    story, arrival = counted(world, "facebook")
    assert arrival.share is None
    assert "Copy and continue to Facebook" in arrival.page.body
    assert "I work at Veldkamp." in arrival.page.body
    assert world.at.shares(world.at.anna, story)["facebook"].opened_at is not None


def test_an_email_goes_by_a_page_that_leads_to_the_mail_program(world):
    story, arrival = counted(world, "email")
    mail = re.search(r'href="(mailto:[^"]+)"', arrival.page.body)
    written = world.stand.acts.goes_to(world.at.anna, unescape(mail[1])).share
    assert (written.network, written.title) == ("E-mail", "The <reef> & us")
    assert written.text.startswith("I work at Veldkamp. One")
    assert world.follow(written.link, "phone").status == 302
    assert world.followed(story) == Followed(readers=1)


def test_who_is_not_counted_shares_the_storys_own_address(world):
    story = world.at.post()
    world.at.open(world.at.anna)
    world.at.press(world.at.anna, ids.SHARE_OUT)
    arrival = world.stand.acts.goes_to(world.at.anna, world.at.go(world.at.anna, "linkedin"))
    assert arrival.share.link == f"{LINK}?utm_source=linkedin&utm_medium=social&utm_campaign={story}"
    assert world.followed(story) == Followed()


def test_past_its_best_before_a_link_goes_on_and_withdrawn_it_says_so(world):
    story, arrival = counted(world)
    desk, clock = world.stand.house.desk, world.stand.clock
    clock.step(days=40)
    world.stand.work()
    assert world.follow(arrival.share.link, "phone").status == 302
    cancel_story(desk, who_asks(desk, world.stand.company.admin), story, clock())
    world.restart()
    answered = world.follow(arrival.share.link, "laptop")
    assert answered.status == 410
    assert "This story was taken back" in answered.body
    assert 'href="https://example.com/"' in answered.body


def test_a_scan_right_after_minting_is_no_reader(world):
    story = world.at.post()
    world.at.open(world.at.anna)
    world.at.press(world.at.anna, ids.SHARE_NAMED)
    arrival = world.stand.acts.goes_to(world.at.anna, world.at.go(world.at.anna, "linkedin"))
    world.follow(arrival.share.link, "phone")
    world.stand.clock.step(minutes=1)
    world.follow(arrival.share.link, "phone")
    assert world.followed(story) == Followed(readers=1, robots=1)
