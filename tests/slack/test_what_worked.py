"""Topics and ready texts that worked, stories nobody wanted, and why: of stories alone."""

import pytest

from bot.actions.mark_opened import mark_opened
from bot.actions.mark_said import mark_said
from bot.actions.pass_over import pass_over, pass_over_because
from bot.actions.who_asks import who_asks
from bot.domain.clicks import Followed
from bot.domain.digest import StoryCount
from bot.domain.reasons import Reason
from bot.domain.shares import Words
from bot.domain.stories import Story, StoryState
from bot.domain.what_worked import best_topics, by_topic
from bot.slack import ids
from bot.store import stories
from tests.conftest import Stand
from tests.slack.champions_desk import ChampionsDesk
from tests.slack.queueing import spoken


@pytest.fixture
def at(public_stand: Stand) -> ChampionsDesk:
    return ChampionsDesk(public_stand)


def shown(at: ChampionsDesk) -> str:
    at.open()
    at.press(ids.CHAMPIONS_STORIES)
    return spoken(at.view()["blocks"])


def opened_with(at: ChampionsDesk, user: str, story: int, which: int) -> None:
    """They went to LinkedIn with this ready text."""
    caption = at.desk.store.read(lambda c: stories.find(c, story)).captions[which]
    mark_opened(at.desk, who_asks(at.desk, user), story, "linkedin", Words(caption.id), at.clock())


def test_by_readers_where_they_are_counted(at):
    reef, bakery, garden = at.post("The reef", "The bakery", "The garden", topics=("Water", "Schools"))
    for user, story, readers in ((at.anna, reef, 5), (at.daan, bakery, 2)):
        opened_with(at, user, story, 1)
        at.read(user, story, readers)
    pass_over(at.desk, who_asks(at.desk, at.eva), bakery, at.clock())
    pass_over_because(at.desk, who_asks(at.desk, at.eva), bakery, Reason.ADVERT)
    at.clock.step(days=2)
    text = shown(at)
    assert "*Water*: 2.3 readers a story (3 stories)" in text
    assert "“The reef two” (The reef): 5 readers" in text
    assert text.index("The reef two") < text.index("The bakery two")
    assert "The bakery: 1 time. Why: 1 × “Reads like an advert”" in text
    assert "*Nobody opened or shared these*\n• The garden" in text
    assert garden
    for user in (at.anna, at.daan, at.eva):
        person = at.person(user)
        assert person is None or person.name not in text


def test_by_what_is_said_where_nobody_counts_readers(stand):
    at = ChampionsDesk(stand)
    reef, bakery = at.post("The reef", "The bakery", topics=("Water",))
    for user in (at.anna, at.daan):
        opened_with(at, user, reef, 0)
        mark_said(at.desk, who_asks(at.desk, user), reef, ["linkedin"], at.clock())
    mark_said(at.desk, who_asks(at.desk, at.anna), bakery, ["linkedin"], at.clock())
    at.clock.step(minutes=1)
    text = shown(at)
    assert "*Water*: passed along 1.5 times a story (2 stories)" in text
    assert "“The reef one” (The reef): 2 colleagues went to a network with it" in text
    assert "Readers can't be counted here" in text


def test_old_stories_are_not_of_these_weeks(at):
    at.post("The reef", topics=("Water",))
    at.clock.step(days=90)
    assert "that comes with the stories" in shown(at)


def counted(title: str, readers: int, *topics: str) -> StoryCount:
    story = Story(1, "https://example.com", title, "", "en", (), "", topics, None, None, False, None, (), None, None,
                  StoryState.POSTED, 1, None, None, 0)  # fmt: skip
    return StoryCount(story, 0, 0, Followed(readers=readers))


def test_topics_are_one_however_they_are_typed_and_lucky_stories_are_none():
    found = by_topic([counted("a", 3, "Water"), counted("b", 5, "water", "Zoë"), counted("c", 90, "luck")])
    assert [(topic.name, topic.stories, topic.readers) for topic in found] == [
        ("luck", 1, 90),
        ("Water", 2, 8),
        ("Zoë", 1, 5),
    ]
    assert [topic.name for topic in best_topics(found, by_readers=True)] == ["Water"]
    assert best_topics(found, by_readers=False) == ()
