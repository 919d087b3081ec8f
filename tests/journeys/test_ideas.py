"""An idea from suggestion to credit: a message, a card, the queue, the channel, readers."""

import pytest

from bot.slack import ids
from tests.journeys.followed import follow, share_by_link
from tests.slack.ideas_desk import IdeasDesk, text_of
from tests.slack.queueing import initial


@pytest.fixture
def at(public_stand):
    found = IdeasDesk(public_stand)
    with found.web:
        yield found


def test_from_a_message_to_readers(at):
    link = at.page("/reef", "The reef is back")
    ts = at.acts.say(at.bram, at.general, f"Look at this <{link}>")
    assert at.acts.shortcut(at.anna, at.general, ts, ids.SUGGEST_THIS).acked
    at.rest()
    view = at.view(at.anna)
    assert initial(view, ids.IDEA_LINK) == link
    assert initial(view, ids.IDEA_WHY) is None
    done = at.finish(at.anna, "My sister counted the fish herself.", credit=True)
    assert "You hear from me what comes of it." in text_of(done)

    card = at.card()
    anna = at.name(at.anna)
    assert f"*An idea from {anna}*" in text_of(card)
    assert "My sister counted the fish herself." in text_of(card)
    assert at.anna not in text_of(card), "nobody is pinged"

    at.press_card(ids.IDEA_QUEUE)
    form = at.view()
    assert initial(form, "link") == link
    assert initial(form, "title") == "The reef is back"
    assert initial(form, "sentence") == "My sister counted the fish herself."
    at.fill(caption_1="One", caption_2="Two", channels=[at.english])
    assert at.send() == {}
    at.stand.work()
    [queued] = at.heard(at.anna)
    assert "Comms took up your idea: *<" in queued
    assert "goes out" in queued
    assert "In the queue: <" in text_of(at.card())
    assert ids.IDEA_DECLINE not in text_of(at.card())

    at.post()
    [message] = [m for m in at.acts.messages(at.anna, at.english) if "reef" in m["text"]]
    assert f"{anna} suggested this." in text_of(message)
    [_, out] = at.heard(at.anna)
    assert "Your idea is out" in out
    assert "It's out: <" in text_of(at.card())

    story = at.by_link(link)
    code = share_by_link(at.desk, at.bram, story.id, at.stand.clock())
    at.minute()
    assert len(at.heard(at.anna)) == 2, "nobody has read it"
    follow(at.desk, code, at.stand.clock(), readers=12, colleagues=5, previews=3)
    for _ in range(2):
        at.minute()
    [_, _, read] = at.heard(at.anna)
    assert "has 12 readers so far" in read
    at.stand.clock.step(days=10)
    at.minute()
    assert len(at.heard(at.anna)) == 3
    assert at.heard(at.bram) == []

    at.acts.open_home(at.anna)
    at.stand.work()
    home = text_of(at.acts.home(at.anna))
    assert "One idea of yours went out. Thank you!" in home


def test_a_few_readers_are_told_after_a_week(at):
    link = at.page("/reef", "The reef")
    at.suggest(at.anna, link, "Fish!")
    at.queue_it()
    at.post()
    story = at.by_link(link)
    follow(at.desk, share_by_link(at.desk, at.bram, story.id, at.stand.clock()), at.stand.clock(), readers=2)
    at.minute()
    assert len(at.heard(at.anna)) == 2
    at.stand.clock.step(days=7)
    at.minute()
    assert "has 2 readers so far" in at.heard(at.anna)[2]
