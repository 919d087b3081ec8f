"""From publication to a card, and from the card to a post: feeds served by a server of our own."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.preview_digest import digest_now
from bot.actions.tell_hooks import tell_hooks
from bot.domain.hook_cards import HookState
from bot.domain.hook_feeds import FeedTrouble
from bot.domain.hooks import Feed
from bot.slack import ids
from bot.slack.blocks.hook_week import media_lines
from bot.sources.feeds import MAX_BYTES
from bot.store import feeds as feed_store
from bot.store.tables import hooks
from tests.journeys.newsroom import GEMAAL, Newsroom, press
from tests.slack.queueing import FILLED


@pytest.fixture
def newsroom(stand: Any) -> Iterator[Newsroom]:
    made = Newsroom(stand)
    with made.comms.web:
        made.look()
        yield made


def test_a_new_feed_floods_nobody(newsroom: Newsroom) -> None:
    for n in range(30):
        newsroom.publish("Krant 1", f"{GEMAAL} nummer {n}")
    with newsroom.desk.store.engine.begin() as connection:
        feed_store.follow_file(connection, (), newsroom.stand.clock())
    newsroom.look()
    newsroom.look()
    assert newsroom.kept() == []


def test_one_story_in_two_papers_is_one_card(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.publish("Krant 2", f"LIVE: {GEMAAL} - Krant 2")
    newsroom.publish("Krant 2", "Zon en wind")
    newsroom.look()
    newsroom.look()
    (card,) = newsroom.cards()
    assert "Krant 1 and Krant 2" in json.dumps(card)
    assert "Zon en wind" not in newsroom.said()


def test_a_source_that_comes_later_joins_the_card(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.look()
    newsroom.publish("Krant 2", GEMAAL)
    newsroom.look()
    (card,) = newsroom.cards()
    assert "Krant 1 and Krant 2" in json.dumps(card)


def test_at_most_so_many_a_day_and_the_rest_in_a_round_up(newsroom: Newsroom) -> None:
    for n, word in enumerate(("Almere", "Kampen", "Zwolle", "Deventer", "Hattem")):
        newsroom.publish("Krant 1", f"Gemaal in {word} krijgt na jaren {n + 2} nieuwe wachters")
    newsroom.look()
    assert len(newsroom.cards()) == 3
    newsroom.look(hours=8)
    assert len(newsroom.cards()) == 3
    assert "2 more things in the media today" in newsroom.said()
    assert sorted(kept.state for kept in newsroom.kept()) == ["card", "card", "card", "rest", "rest"]
    newsroom.publish("Krant 1", "Gemaal in Meppel krijgt een stroomstoring te verwerken")
    newsroom.look(hours=1)
    assert newsroom.kept()[-1].state is HookState.WAITING


def test_from_publication_to_post_in_minutes(newsroom: Newsroom) -> None:
    """Published, read, on a card, queued from it, posted; and how long that took is told, by our own clock."""
    clock, comms = newsroom.stand.clock, newsroom.comms
    published = clock.step(minutes=5)
    newsroom.publish("Krant 1", GEMAAL, link=comms.page("/gemaal", "Gemaal"))
    newsroom.look(minutes=6)
    (card,) = newsroom.cards()
    press(newsroom, card, ids.HOOK_QUEUE)
    assert GEMAAL in json.dumps(comms.view(), ensure_ascii=False)
    comms.fill(sentence=FILLED["sentence"], caption_1=FILLED["caption_1"])
    assert comms.send() == {}
    newsroom.stand.work()
    assert "In the queue" in newsroom.said()
    for _ in range(20):
        clock.step(minutes=1)
        newsroom.stand.work()
    story = comms.by_link(comms.web.url + "/gemaal")
    (kept,) = newsroom.kept()
    assert story.posted_at is not None
    to_card, to_post = kept.carded_at - published, story.posted_at - published
    assert timedelta(minutes=6) <= to_card < timedelta(minutes=7)
    # Ten minutes for the editor, on the next five of the clock.
    assert timedelta(minutes=16) <= to_post <= timedelta(minutes=23)
    assert f"It's out, {round(to_post / timedelta(minutes=1))} minutes after it was published" in newsroom.said()
    # In the channel of its language.
    comms.acts.join(comms.editor, comms.dutch)
    assert any(GEMAAL in json.dumps(m) for m in comms.acts.messages(comms.editor, comms.dutch))
    said = json.dumps(comms.say("feeds"), ensure_ascii=False)
    assert "From publication to card: 6 minutes" in said
    assert f"To the post: {round(to_post / timedelta(minutes=1))} minutes." in said
    assert lines_of_week(newsroom) == [
        "1 thing worth a look, 1 on a card, 1 queued.",
        "From publication to card: half of them within 6 minutes.",
        f"From publication to the post: half of them within {round(to_post / timedelta(minutes=1))} minutes.",
    ]


def lines_of_week(newsroom: Newsroom) -> list[str]:
    found = digest_now(newsroom.desk.store, newsroom.stand.clock(), is_measured=False)
    return media_lines(newsroom.stand.house.front.words, "en", found.comms.media)


def test_what_is_bad_is_said_and_all_else_goes_on(newsroom: Newsroom) -> None:
    web = newsroom.comms.web
    bomb = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "&b;&b;">]><rss version="2.0"><channel>&a;</channel></rss>'
    web.page("/old", b"gone", status=410)
    web.redirect("/a", "/b", 301)
    web.redirect("/b", "/a", 308)
    web.redirect("/inside", "http://10.0.0.1/rss", 301)
    web.redirect("/moved", "/Krant2", 308)
    bad = [web.url + path for path in ("/old", "/a", "/inside", "/moved")]
    bad += [web.page("/bomb", bomb, "text/xml"), web.page("/page", b"<!doctype html><html><p>Hi</html>")]
    bad += [web.page("/large", b"<rss>" + b" " * (MAX_BYTES + 1), "text/xml")]
    for url in bad:
        newsroom.comms.say(f"feeds add {url} Slecht")
    newsroom.look(seconds=30)
    newsroom.publish("Krant 1", "<![CDATA[<script>alert(1)</script>" + GEMAAL + "]]>")
    newsroom.look()
    (card,) = newsroom.cards()
    assert card["text"] == f"In the media: {GEMAAL}"
    said = json.dumps(newsroom.comms.say("feeds"), ensure_ascii=False)
    for words in (
        "is gone for good",
        "round and round",
        "inside your own network",
        "It moved, and I followed.",
        "made to do harm",
        "is a web page, not a feed.",
        "is larger than 3 MB",
    ):
        assert words in said


def test_later_comes_back_and_not_this_does_not(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.look()
    press(newsroom, newsroom.cards()[0], ids.HOOK_LATER)
    assert newsroom.cards() == []
    assert "Comes back" in newsroom.said()
    newsroom.look(hours=3)
    (card,) = newsroom.cards()
    press(newsroom, card, ids.HOOK_NOT_THIS)
    newsroom.publish("Krant 2", GEMAAL)
    newsroom.look(hours=4)
    assert newsroom.cards() == []
    assert [kept.state for kept in newsroom.kept()] == [HookState.NOT_THIS]


def test_what_is_muted_is_seen_and_comes_back(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.look()
    (kept,) = newsroom.kept()
    press(newsroom, newsroom.cards()[0], ids.HOOK_MENU, ids.option(ids.HOOK_MUTE_SOURCE, kept.id))
    press(newsroom, newsroom.cards()[0], ids.HOOK_MENU, ids.option(ids.HOOK_BAD, kept.id))
    assert "Bad for us" in newsroom.said()
    newsroom.publish("Krant 1", "Gemaal in Hattem krijgt nieuwe wachters")
    newsroom.look()
    assert len(newsroom.kept()) == 1
    said = json.dumps(newsroom.comms.say("feeds"))
    assert "Muted source: Krant 1" in said
    assert "last seven days: Bad for us 1" in said
    newsroom.comms.say("feeds unmute source krant 1")
    newsroom.publish("Krant 1", "Gemaal in Zwolle krijgt drie nieuwe wachters")
    newsroom.look()
    assert len(newsroom.kept()) == 2


def test_a_muted_word_is_heard_no_more_where_everything_is_taken(newsroom: Newsroom) -> None:
    newsroom.items["Blog"] = []
    feed = Feed("Blog", newsroom.serve("Blog"), "en", everything=True)
    newsroom.desk.store.write(lambda c: feed_store.add(c, feed, newsroom.stand.clock(), is_own=True))
    newsroom.look()
    newsroom.comms.say("feeds mute word police")
    newsroom.publish("Blog", "Police arrest man over stolen bicycle")
    newsroom.publish("Blog", "The library opens on Sundays")
    newsroom.publish("Blog", "Police praise Riverbank for its gemaal")
    newsroom.look()
    assert {kept.hook.title for kept in newsroom.kept()} == {
        "The library opens on Sundays",
        "Police praise Riverbank for its gemaal",
    }, "ours is heard"


def test_feeds_in_slack(newsroom: Newsroom) -> None:
    page = newsroom.comms.page("/nieuws", "Nieuws", '<link rel="alternate" type="application/rss+xml" href="/Krant1">')
    assert "is watched from now on" in json.dumps(newsroom.comms.say(f"feeds add {page} Nieuws"))
    assert "watched already" in json.dumps(newsroom.comms.say(f"feeds add {page}"))
    assert "no address of a feed" in json.dumps(newsroom.comms.say("feeds add http://10.0.0.1/rss"))
    newsroom.look()
    said = json.dumps(newsroom.comms.say("feeds"))
    assert "*3 feeds are watched*" in said
    assert "is a web page, not a feed." in said
    assert "/Krant1" in said
    assert "for comms" in json.dumps(newsroom.comms.say("feeds", user=newsroom.comms.colleague))


def test_a_feed_that_is_gone_is_not_asked_again(newsroom: Newsroom) -> None:
    newsroom.comms.web.page("/Krant1", b"gone", status=410)
    newsroom.look()
    asked = len(newsroom.comms.web.asked)
    newsroom.look(days=3)
    assert sum(path == "/Krant1" for path, _ in newsroom.comms.web.asked[asked:]) == 0
    known = {feed.feed.name: feed.trouble for feed in newsroom.desk.store.read(feed_store.all_of_them)}
    assert known == {"Krant 1": FeedTrouble.GONE, "Krant 2": None}


def test_two_copies_ask_once_and_make_one_card(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    now = newsroom.stand.clock.step(minutes=11)
    first = newsroom.desk.store.write(lambda c: feed_store.claim(c, now))
    second = newsroom.desk.store.write(lambda c: feed_store.claim(c, now))
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert newsroom.desk.store.write(lambda c: feed_store.claim(c, now)) is None
    newsroom.look(minutes=3)
    tell_hooks(newsroom.desk, newsroom.stand.clock())
    newsroom.stand.work()
    assert len(newsroom.cards()) == 1
    with newsroom.desk.store.engine.connect() as connection:
        assert connection.execute(select(hooks.c.cards)).scalars().all() == [1]
