"""The share modal where links are personal: the question first, then a link for each button, and the text with it."""

import re

import pytest
from sqlalchemy import func, select

from bot.domain.people import Standing
from bot.domain.shares import Words
from bot.slack import ids
from bot.store import links, people
from bot.store.tables import link_texts
from bot.store.tables import links as link_rows
from tests.slack.share_desk import ShareDesk, any_element, said_in

PUBLIC = "https://go.example.com"
GO = re.compile(rf"{PUBLIC}/go/([0-9A-Za-z]{{11}})/([a-z]+)")
X_LIMIT, URL_ON_X = 280, 23


@pytest.fixture
def desk(public_stand):
    return ShareDesk(public_stand)


def buttons(view):
    """The addresses of the networks' buttons."""
    [block] = [block for block in view["blocks"] if block["block_id"] == "share_buttons"]
    return {element["value"]: element["url"] for element in block["elements"] if "url" in element}


def minted(desk):
    return desk.desk.store.read(lambda c: c.execute(select(func.count()).select_from(link_rows)).scalar())


def goes_along(desk, code):
    """The text that is sealed with this link, and what is noted of it."""

    def read(connection):
        link = links.leading(connection, [code])[code].link
        found = links.text_of(connection, link.id, desk.clock())
        return None if found is None else (desk.desk.seal.open(found.text, code), found.words)

    return desk.desk.store.read(read)


def counted(desk, user, standing=ids.SHARE_NAMED):
    desk.open(user)
    desk.press(user, standing)
    return desk.view(user)


def test_before_the_question_is_answered_nothing_is_minted_and_sharing_works(desk):
    story = desk.post()
    view = desk.open(desk.anna)
    assert "Readers of your link are counted." in said_in(view)
    assert minted(desk) == 0
    assert "utm_source" in desk.go(desk.anna, "linkedin")
    assert desk.shares(desk.anna, story)["linkedin"].opened_at


def test_the_question_stands_right_below_the_networks(desk):
    """Two taps need no scrolling past it; and when it goes, no button slides under the pointer."""
    desk.post()
    blocks = [block["block_id"] for block in desk.open(desk.anna)["blocks"]]
    assert blocks.index("share_question") == blocks.index("share_buttons") + 2, "with a line between"
    desk.press(desk.anna, ids.SHARE_NAMED)
    after = [block["block_id"] for block in desk.view(desk.anna)["blocks"]]
    assert after.index("share_buttons") == blocks.index("share_buttons")


@pytest.mark.parametrize(
    ("answer", "noted", "linked"),
    [
        (ids.SHARE_NAMED, "named on boards", True),
        (ids.SHARE_UNNAMED, "without your name", True),
        (ids.SHARE_OUT, "nothing of what you share is kept", False),
    ],
)
def test_the_answer_is_said_back(desk, answer, noted, linked):
    desk.post()
    said = said_in(counted(desk, desk.anna, answer))
    assert noted in said
    assert ("a link of your own from now on" in said) == linked


@pytest.mark.parametrize("answer", [ids.SHARE_NAMED, ids.SHARE_UNNAMED])
def test_who_is_counted_gets_a_link_for_each_button(desk, answer):
    desk.post()
    found = buttons(counted(desk, desk.anna, answer))
    codes = {key: GO.fullmatch(url) for key, url in found.items()}
    assert all(codes.values()), found
    assert all(match[2] == key for key, match in codes.items())
    assert len({match[1] for match in codes.values()}) == len(found) == minted(desk)


def test_dont_count_me_mints_nothing(desk):
    desk.post()
    found = buttons(counted(desk, desk.anna, ids.SHARE_OUT))
    assert minted(desk) == 0
    assert found
    assert not any(PUBLIC in url for url in found.values())


def test_the_same_person_keeps_their_link_and_another_has_others(desk):
    desk.post()
    first = buttons(counted(desk, desk.anna))
    assert buttons(desk.open(desk.anna)) == first
    assert not set(first.values()) & set(buttons(counted(desk, desk.english[1])).values())


def test_the_text_goes_sealed_with_the_link_and_no_address_of_ours_holds_it(desk):
    desk.post((("en", "Only this text"),))
    found = buttons(counted(desk, desk.anna))
    code = GO.fullmatch(found["linkedin"])[1]
    text, words = goes_along(desk, code)
    assert text.endswith("Only this text")
    assert words == Words(words.caption_id, False, "I work at Veldkamp.")
    sealed = desk.desk.store.read(lambda c: c.execute(select(link_texts.c.sealed)).scalars().all())
    assert not any("Only this" in one for one in sealed)
    assert "text" not in found["linkedin"]


def test_use_my_words_puts_them_into_the_links(desk):
    desk.post()
    found = buttons(counted(desk, desk.anna))
    code = GO.fullmatch(found["linkedin"])[1]
    desk.fill(desk.anna, ids.SHARE_WORDS, "I saw it grow myself.")
    assert "I saw it" not in goes_along(desk, code)[0]
    desk.press(desk.anna, ids.SHARE_USE_WORDS)
    text, words = goes_along(desk, code)
    assert text.endswith("I saw it grow myself.")
    assert words.own_words
    assert buttons(desk.view(desk.anna)) == found


def test_opened_is_noted_by_slack_alone_too(desk):
    story = desk.post()
    counted(desk, desk.anna)
    assert GO.fullmatch(desk.go(desk.anna, "linkedin"))
    assert desk.shares(desk.anna, story)["linkedin"].opened_at


def test_mail_is_a_button_by_way_of_us(desk):
    desk.post()
    counted(desk, desk.anna)
    desk.press(desk.anna, ids.SHARE_MORE)
    found = buttons(desk.view(desk.anna))
    assert GO.fullmatch(found["email"])
    assert "mailto:" not in str(desk.view(desk.anna)["blocks"])


def test_who_leaves_later_gets_the_campaign_alone(desk):
    desk.post()
    counted(desk, desk.anna)
    desk.desk.store.write(lambda c: people.set_standing(c, people.by_user(c, desk.anna).id, Standing.OUT))
    assert not any(PUBLIC in url for url in buttons(desk.open(desk.anna)).values())


def test_words_too_long_for_one_network_are_said_and_kept(desk):
    desk.post()
    counted(desk, desk.anna)
    line = "I work at Veldkamp. "
    room = X_LIMIT - URL_ON_X - 1 - len(line)
    desk.fill(desk.anna, ids.SHARE_WORDS, "a" * room)
    desk.press(desk.anna, ids.SHARE_USE_WORDS)
    assert "too long" not in said_in(desk.view(desk.anna))
    desk.fill(desk.anna, ids.SHARE_WORDS, "a" * (room + 3))
    desk.press(desk.anna, ids.SHARE_USE_WORDS)
    view = desk.view(desk.anna)
    assert "For X this is 3 characters too long." in said_in(view)
    assert any_element(view, ids.SHARE_WORDS)["initial_value"] == "a" * (room + 3)


def test_the_countdown_is_that_of_the_roomiest_network(desk):
    desk.post()
    counted(desk, desk.anna)
    desk.fill(desk.anna, ids.SHARE_NETWORKS, ["x"])
    desk.press(desk.anna, ids.SHARE_KEEP_NETWORKS)
    element = any_element(desk.view(desk.anna), ids.SHARE_WORDS)
    assert element["max_length"] == X_LIMIT - URL_ON_X - 1 - len("I work at Veldkamp. ")


def test_who_had_the_text_is_known_until_the_modal_is_opened_anew(desk):
    """What follows a press draws the modal once more: no reason to hand the text to another browser."""
    desk.post()
    code = GO.fullmatch(buttons(counted(desk, desk.anna))["linkedin"])[1]

    def is_taken():
        mine = select(link_texts.c.is_taken).join(link_rows).where(link_rows.c.code == code)
        return desk.desk.store.read(lambda c: c.execute(mine).scalar())

    def take(connection):
        links.take_text(connection, links.leading(connection, [code])[code].link.id)

    desk.desk.store.write(take)
    desk.go(desk.anna, "linkedin")
    assert is_taken()
    desk.open(desk.anna)
    assert not is_taken()
