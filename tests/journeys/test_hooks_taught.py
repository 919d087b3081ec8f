"""What *Not this* teaches, as comms sees it; a hook that becomes an idea; far more than usual; a pause; the week."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.answer_hook import turn_into_idea
from bot.actions.learn_from_hooks import unlearn
from bot.actions.preview_digest import digest_now
from bot.actions.who_asks import who_asks
from bot.domain.hook_cards import HookGone, HookState
from bot.domain.hook_stories import Hook
from bot.domain.hooks import Found, WatchWord, WordKind
from bot.domain.messages import CommsDigestPost
from bot.domain.problems import NotForYou
from bot.slack import ids
from bot.slack.blocks.render import render
from bot.store import hooks as hook_store
from bot.store import ideas
from tests.journeys.newsroom import GEMAAL, Newsroom, press

PLACES = ("Almere", "Kampen", "Zwolle", "Deventer", "Hattem", "Meppel", "Ommen")


@pytest.fixture
def newsroom(stand: Any) -> Iterator[Newsroom]:
    made = Newsroom(stand, cards_a_day=9)
    with made.comms.web:
        made.look()
        yield made


def new(newsroom: Newsroom, nth: int, paper: str = "Krant 1") -> None:
    newsroom.publish(paper, f"Gemaal in {PLACES[nth]} krijgt na {nth + 2} jaren nieuwe wachters")


def dismiss(newsroom: Newsroom, *numbers: int) -> None:
    """A card at a time, each from a paper of its own turn."""
    for nth in numbers:
        new(newsroom, nth, f"Krant {nth % 2 + 1}")
        newsroom.look()
        press(newsroom, newsroom.cards()[-1], ids.HOOK_NOT_THIS)


def feeds(newsroom: Newsroom) -> str:
    return json.dumps(newsroom.comms.say("feeds"), ensure_ascii=False)


def test_three_times_not_this_and_the_word_comes_in_the_round_up(newsroom: Newsroom) -> None:
    dismiss(newsroom, 0, 1)
    assert "Learned" not in feeds(newsroom)
    dismiss(newsroom, 2)
    assert "never of use: “gemaal”. From now on" in newsroom.comms.whispered()["text"]
    assert "“gemaal” goes to the round-up (3 in 30 days)" in feeds(newsroom)
    new(newsroom, 3)
    newsroom.look()
    assert newsroom.cards() == []
    newsroom.look(hours=8)
    assert "Deventer" in newsroom.said()
    assert "One of them is here because of what *Not this* taught me;" in newsroom.said()
    assert [kept.state for kept in newsroom.kept()] == [HookState.NOT_THIS] * 3 + [HookState.REST]


def test_what_was_learned_is_undone(newsroom: Newsroom) -> None:
    dismiss(newsroom, 0, 1, 2)
    feeds(newsroom)
    feeds(newsroom)
    for _ in range(2):
        # Also on the list that was asked for before: it says the same from then on.
        newsroom.comms.press(ids.FEED_UNLEARN, block_id="learned:0")
        assert "Learned" not in json.dumps(newsroom.comms.whispered())
    new(newsroom, 3)
    newsroom.look()
    (card,) = newsroom.cards()
    assert "Deventer" in json.dumps(card)


def test_it_becomes_an_idea_and_says_so(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.look()
    press(newsroom, newsroom.cards()[0], ids.HOOK_IDEA)
    newsroom.look(minutes=1)
    assert newsroom.cards() == []
    said = newsroom.said()
    assert "Became an idea" in said
    assert "*An idea from the media*" in said
    assert "so nobody waits for an answer" in said
    [idea] = newsroom.desk.store.read(lambda c: ideas.waiting(c, 9))
    assert (idea.words, idea.is_of_media, idea.names) == (GEMAAL, True, ())
    assert idea.link.endswith("/Krant1/0")
    [kept] = newsroom.kept()
    assert kept.state is HookState.IDEA
    # Another editor had the card with its buttons on the screen still.
    second = who_asks(newsroom.desk, newsroom.comms.dutch_editor)
    with pytest.raises(HookGone):
        turn_into_idea(newsroom.desk, second, kept.id, newsroom.stand.clock())
    assert len(newsroom.desk.store.read(lambda c: ideas.waiting(c, 9))) == 1


def test_what_was_learned_is_for_comms_alone(newsroom: Newsroom) -> None:
    asker = who_asks(newsroom.desk, newsroom.comms.colleague)
    with pytest.raises(NotForYou):
        unlearn(newsroom.desk, asker, "word", "gemaal", newsroom.stand.clock())
    with pytest.raises(NotForYou):
        turn_into_idea(newsroom.desk, asker, 1, newsroom.stand.clock())


def test_a_page_that_is_a_story_already_becomes_no_idea(newsroom: Newsroom) -> None:
    story = newsroom.comms.queue()
    newsroom.publish("Krant 1", GEMAAL, link=story.link)
    newsroom.look()
    press(newsroom, newsroom.cards()[0], ids.HOOK_IDEA)
    assert "That page is a story already: The reef is back" in newsroom.comms.whispered()["text"]
    assert len(newsroom.cards()) == 1
    assert newsroom.desk.store.read(lambda c: ideas.waiting(c, 9)) == []


def test_a_colleague_who_comes_with_the_same_is_told(newsroom: Newsroom) -> None:
    link = newsroom.comms.page("/gemaal", "Gemaal")
    newsroom.publish("Krant 1", GEMAAL, link=link)
    newsroom.look()
    press(newsroom, newsroom.cards()[0], ids.HOOK_IDEA)
    comms = newsroom.comms
    comms.open(f"suggest {link}", comms.colleague)
    assert comms.send(comms.colleague) == {}
    newsroom.look(minutes=1)
    [idea] = newsroom.desk.store.read(lambda c: ideas.waiting(c, 9))
    assert [sender.is_hook for sender in idea.senders] == [True, False]
    assert "Whoever sent it hears what you decide" in newsroom.said()


def test_a_story_that_is_taken_back_is_said_on_the_card(newsroom: Newsroom) -> None:
    newsroom.publish("Krant 1", GEMAAL, link=newsroom.comms.page("/gemaal", "Gemaal"))
    newsroom.look()
    press(newsroom, newsroom.cards()[0], ids.HOOK_QUEUE)
    newsroom.comms.fill(sentence="Twintig man.", caption_1="Droog.")
    assert newsroom.comms.send() == {}
    newsroom.look(seconds=5)
    assert "In the queue" in newsroom.said()
    newsroom.comms.say("cancel Pompgemaal")
    newsroom.look(seconds=5)
    assert "It doesn't go out after all" in newsroom.said()


def remember_mentions(newsroom: Newsroom, days: int, a_day: int) -> None:
    """What papers wrote about us until yesterday."""
    found = (Found(WatchWord("Riverbank", WordKind.BRAND), True),)

    def work(connection: Any) -> None:
        for day in range(1, days + 1):
            for nth in range(a_day):
                at = newsroom.stand.clock() - timedelta(days=day)
                hook = Hook(f"Dag {day} stuk {nth}", "", "", "nl", at, True, (f"Bode {nth}",), found, 5.0)
                hook_store.add(connection, hook, HookState.REST, at)

    newsroom.desk.store.write(work)


def test_far_more_than_usual_is_said_and_has_cards(stand: Any) -> None:
    made = Newsroom(stand, papers=6, cards_a_day=2)
    with made.comms.web:
        made.look()
        remember_mentions(made, days=8, a_day=2)
        for nth in range(1, 7):
            made.publish(f"Krant {nth}", f"Riverbank in {PLACES[nth]}: regel {nth * 7} van het contract geschonden")
        made.look()
        made.look()
        made.look()
        cards = made.cards()
        # Two a day, and as many again while it lasts.
        assert len(cards) == 4
        assert "*More than usual:* " in json.dumps(cards[-1])
        assert "6 mentions of us in a day, from 6 sources" in json.dumps(cards[-1])


def test_while_everything_is_paused_comms_still_hears(newsroom: Newsroom) -> None:
    newsroom.comms.say("pause")
    newsroom.publish("Krant 1", GEMAAL)
    newsroom.look()
    assert len(newsroom.cards()) == 1
    press(newsroom, newsroom.cards()[0], ids.HOOK_LATER)
    newsroom.look(hours=3)
    assert len(newsroom.cards()) == 1


def test_the_week_in_the_comms_digest(newsroom: Newsroom) -> None:
    assert "In the media" not in digest(newsroom, "en")
    for nth in range(4):
        new(newsroom, nth)
    newsroom.look()
    cards = {kept.id: card for card in newsroom.cards() for kept in newsroom.kept() if kept.ts == card["ts"]}
    for (number, card), mood in zip(cards.items(), (ids.HOOK_BAD, ids.HOOK_GOOD, ids.HOOK_GOOD), strict=False):
        press(newsroom, card, ids.HOOK_MENU, ids.option(mood, number))
    press(newsroom, newsroom.cards()[3], ids.HOOK_IDEA)
    assert digest(newsroom, "en").split("In the media\n")[1].splitlines()[:3] == [
        "4 things worth a look, 4 on a card, 1 turned into an idea.",
        "As you called them: Bad for us 1 · Good for us 2",
        "From publication to card: half of them within 11 minutes.",
    ]
    assert "4 dingen die een blik waard waren, 4 op een kaartje, 1 werd een tip." in digest(newsroom, "nl")
    newsroom.stand.clock.step(days=8)
    assert "In the media" not in digest(newsroom, "en")


def digest(newsroom: Newsroom, language: str) -> str:
    now = newsroom.stand.clock()
    found = digest_now(newsroom.desk.store, now, is_measured=False)
    return render(newsroom.stand.house.front.words, CommsDigestPost(found.comms, language, found.zone))[0]
