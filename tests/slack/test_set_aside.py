"""What was counted wrongly: looked at, set aside with a reason, and put back. From the list, or by a pasted link."""

from typing import Any

import pytest
from sqlalchemy import select, update

from bot.actions.mark_said import mark_said
from bot.actions.who_asks import who_asks
from bot.slack import ids
from bot.store.tables import editor_steps, links, shares
from tests.conftest import Stand
from tests.journeys.followed import PUBLIC, follow
from tests.slack.champions_desk import OUT, ChampionsDesk, text_of
from tests.slack.queueing import spoken


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    found = ChampionsDesk(public_stand)
    found.stories = found.three_champions()
    return found


def look(at: ChampionsDesk, user: str) -> str:
    """*Look at the shares…*; answers what is shown."""
    number = at.number(user)
    option = ids.option(ids.LOOK_AT_SHARES, int(number))
    at.press(ids.CHAMPION_MENU, option=option, block_id=f"champion:{number}")
    return spoken(at.view()["blocks"])


def link_of(at: ChampionsDesk, user: str, story: int) -> Any:
    mine = links.c.person_id == at.person(user).id, links.c.story_id == story
    return at.desk.store.read(lambda c: c.execute(select(links).where(*mine)).one())


def choose(at: ChampionsDesk, name: str, number: int) -> None:
    """In the menu of the row that has it."""
    value = ids.option(name, number)
    [block] = [b for b in at.view()["blocks"] if value in [o["value"] for o in _options(b)]]
    at.press(ids.ASIDE_MENU, option=value, block_id=block["block_id"])


def _options(block: dict[str, Any]) -> list[dict[str, Any]]:
    return list(block.get("accessory", {}).get("options", []))


def reason(at: ChampionsDesk, text: str) -> dict[str, str]:
    at.acts.fill(at.editor, at.view()["id"], ids.ASIDE_REASON, text)
    return at.send()


def test_a_scripted_link_is_set_aside_with_a_reason_and_put_back(at):
    at.open()
    link = link_of(at, at.anna, at.stories[0])
    shown = look(at, at.anna)
    assert "*The reef* · LinkedIn · Monday 2 March\n6 readers" in shown
    assert "as they see it themselves on Home" in shown
    choose(at, ids.ASIDE_LINK, link.id)
    assert reason(at, " ") == {ids.ASIDE_REASON: "Please say why, in a few words: whoever it concerns reads it too."}
    assert reason(at, "These look like a <program>") == {}
    assert "6 readers set aside" in spoken(at.view()["blocks"]), "drawn anew below the form"
    at.acts.close(at.editor, at.view()["id"])
    at.count()
    at.press(ids.CHAMPIONS_LIST)
    assert at.person(at.anna).name not in spoken(at.view()["blocks"]), "one share with readers is left"
    at.press(ids.CHAMPIONS_ASIDE)
    text = spoken(at.view()["blocks"])
    assert f"*The reef* · {at.person(at.anna).name} · 6 readers" in text
    assert "These look like a &lt;program&gt;" in text
    at.press(ids.PUT_BACK_THERE)
    assert "Nothing is set aside any more" in spoken(at.view()["blocks"])
    assert "Something changed just now" in spoken(at.view()["blocks"])
    at.count()
    at.press(ids.CHAMPIONS_LIST)
    assert f"2. {at.person(at.anna).name}" in spoken(at.view()["blocks"])
    assert [step for step in at.steps() if "link" in step] == ["set_aside_link", "put_back_link"]


def own_home(at: ChampionsDesk, user: str) -> str:
    assert at.acts.open_home(user).acked
    at.stand.work()
    return text_of(at.acts.home(user))


def test_put_back_from_the_shares_themselves(at):
    at.open()
    link = link_of(at, at.anna, at.stories[0])
    look(at, at.anna)
    choose(at, ids.ASIDE_LINK, link.id)
    reason(at, "A program")
    choose(at, ids.BACK_LINK, link.id)
    assert "6 readers" in spoken(at.view()["blocks"])
    assert "set aside" not in text_of(at.view()).replace("you set aside", "")


def test_a_share_that_was_said_wrongly(at):
    mark_said(at.desk, who_asks(at.desk, at.anna), at.stories[0], ["linkedin"], at.clock())
    at.open()
    look(at, at.anna)
    number = at.desk.store.read(lambda c: c.execute(select(shares.c.id)).scalar_one())
    assert "set aside" not in own_home(at, at.anna)
    choose(at, ids.ASIDE_SHARE, number)
    assert reason(at, "By mistake") == {}
    assert "that it was shared is set aside" in spoken(at.view()["blocks"])
    assert "set aside by comms; `/passalong privacy` says why" in own_home(at, at.anna)
    choose(at, ids.BACK_SHARE, number)
    assert "says it was shared" in spoken(at.view()["blocks"])


def test_of_somebody_without_a_name_the_sum_alone_is_shown(at):
    at.open()
    shown = look(at, at.lotte)
    assert "2 shares, 12 readers, most from *The reef*" in shown
    assert "you could find the post" in shown
    for told in ("9 readers", "3 readers", "The bakery", "LinkedIn", "March", at.person(at.lotte).name):
        assert told not in shown
    assert ids.ASIDE_MENU not in text_of(at.view())


def test_by_a_pasted_link(at):
    link = link_of(at, at.lotte, at.stories[0])
    assert not at.say(f"set-aside {PUBLIC}/{link.code}")
    shown = spoken(at.view()["blocks"])
    assert "A link to *The reef*." in shown
    assert "9" not in shown, "by the count somebody without a name could be found on the list"
    assert at.person(at.lotte).name not in shown
    assert reason(at, "A program") == {}
    assert "Set aside." in spoken(at.view()["blocks"])
    assert ids.CHAMPIONS_ASIDE not in text_of(at.open()), "nothing of somebody without a name stands there"
    at.acts.close(at.editor, at.view()["id"])
    follow(at.desk, link.code, at.clock(), readers=0, robots=1)
    said = at.say(f"set-aside {link.code}")
    assert "A link to *The reef*. It is set aside since today." in said["text"]
    at.press(ids.PUT_BACK)
    assert "It counts again." in at.acts.ephemerals(at.editor)[-1]["text"]
    assert link_of(at, at.lotte, at.stories[0]).set_aside_at is None


def test_a_link_tells_the_same_of_who_is_named_and_who_is_not(at):
    said = {}
    for user in (at.anna, at.lotte):
        at.say(f"set-aside {link_of(at, user, at.stories[0]).code}")
        said[user] = spoken(at.view()["blocks"])
        at.acts.close(at.editor, at.view()["id"])
    assert said[at.anna] == said[at.lotte]


def test_a_link_of_who_is_out_is_like_one_of_nobody(at):
    out, nobodys = (link_of(at, user, at.stories[0]) for user in (at.anna, at.daan))
    at.stands(at.anna, OUT)
    at.write(lambda c: c.execute(update(links).where(links.c.id == nobodys.id).values(person_id=None)))
    said = [at.say(f"set-aside {PUBLIC}/{one.code}") for one in (out, nobodys)]
    assert said[0] == said[1]
    assert "Nothing of that link counts for anybody" in said[0]["text"]
    assert not at.acts.views(at.editor)


def test_a_link_that_is_none_of_ours_and_none_at_all(at):
    assert "I can't find that link" in at.say("set-aside https://example.com/x")["text"]
    assert "Which link?" in at.say("set-aside")["text"]
    assert "This is for comms" in at.say("set-aside x", at.anna)["text"]


def test_who_is_out_is_not_looked_at_and_not_in_what_is_set_aside(at):
    at.open()
    link = link_of(at, at.anna, at.stories[0])
    look(at, at.anna)
    choose(at, ids.ASIDE_LINK, link.id)
    reason(at, "A program")
    name = at.person(at.anna).name
    at.stands(at.anna, OUT)
    assert ids.CHAMPIONS_ASIDE not in text_of(at.open())
    at.press(ids.CHAMPIONS_STORIES)
    assert name not in text_of(at.view())


def test_the_log_names_by_keys_alone(at):
    at.say(f"set-aside {link_of(at, at.lotte, at.stories[0]).code}")
    reason(at, "A program")
    query = select(editor_steps).where(editor_steps.c.step == "set_aside_link")
    [step] = at.desk.store.read(lambda c: c.execute(query).all())
    assert step.who == at.person(at.editor).key
    assert at.lotte not in str(step)
