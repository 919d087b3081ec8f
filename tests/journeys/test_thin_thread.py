"""The main job in its thinnest form: queued, posted at its slot, reacted to, counted, taken back."""

from datetime import timedelta

from bot.actions.queue_story import queue_story
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.store import people, shares
from bot.store import setup as setup_store


def test_queue_post_react(stand):
    desk, clock, company = stand.house.desk, stand.clock, stand.company
    channel = company.rooms[0].id
    desk.store.write(lambda c: setup_store.put_channel(c, Channel(channel, "good-stories", "en"), clock()))
    draft = StoryDraft(
        link="https://example.com/reef",
        title="The <reef> & us",
        sentence="Anna spent her Sunday under water for this.",
        language="en",
        captions=(Caption(None, "en", "One"), Caption(None, "en", "Two")),
    )
    queued = queue_story(desk, who_asks(desk, company.admin), draft, clock())
    clock.to(queued.story.due_at)
    stand.work()
    clock.step(seconds=5)
    stand.work()
    anna = next(p for p in company.people if not p.is_bot and p.id != company.admin)
    [message] = [m for m in stand.acts.messages(anna.id, channel) if "reef" in m["text"]]
    assert "&lt;reef&gt; &amp; us" in message["text"]
    assert message["reactions"][0]["name"] == "mega"
    outcome = stand.acts.react(anna.id, channel, message["ts"], "mega")
    assert outcome.acked
    stand.work()
    person = desk.store.read(lambda c: people.by_user(c, anna.id))
    [share] = desk.store.read(lambda c: shares.of_person(c, queued.story.id, person.id))
    assert share.network == "unknown"
    assert share.said_at - clock() < timedelta(seconds=2)
    assert stand.acts.unreact(anna.id, channel, message["ts"], "mega").acked
    stand.settle()
    assert desk.store.read(lambda c: shares.of_person(c, queued.story.id, person.id)) == ()
