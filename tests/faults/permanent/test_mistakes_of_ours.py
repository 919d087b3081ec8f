"""A delivery over which we fail ourselves: tried a few times, then given up and told, and nothing waits behind it."""

import logging
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.domain.deliveries import MOST_MISTAKES, Owed, wait_after_mistake
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.store.tables import deliveries as rows

TRIES = sum((wait_after_mistake(times) for times in range(1, MOST_MISTAKES)), timedelta())


def break_drawing(comms):
    """No story can be drawn over a setup that has no reaction."""
    comms.set_up(share_emojis=())


def mend(comms):
    comms.set_up()


def try_out(comms):
    """Let the time of all tries pass, and a day on which nothing more may happen."""
    for times in range(1, MOST_MISTAKES + 1):
        comms.stand.clock.step(seconds=wait_after_mistake(times).total_seconds() + 1)
        comms.rest(1)
    comms.wait_long()


def errors(caplog):
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


def press_once_more(comms):
    [message] = [m for m in comms.acts.direct(comms.editor) if "mistake" in m["text"]]
    place = comms.workspace.direct_channel(comms.editor).id
    comms.acts.press(comms.editor, ids.QUEUE_POST_NOW, channel=place, ts=message["ts"])
    comms.stand.settle()
    comms.rest()


def test_the_tries_end_before_anybody_is_told_that_something_is_stuck():
    assert timedelta(minutes=5) < TRIES < timedelta(minutes=15)


def test_a_story_that_cannot_be_drawn_is_given_up_and_told_once(comms, caplog):
    break_drawing(comms)
    with caplog.at_level(logging.ERROR, "bot"):
        story = comms.post(comms.one)
        assert comms.told(comms.editor) == []
        assert comms.open_deliveries() == ["story: a mistake of ours: IndexError"]
        try_out(comms)
    assert len(errors(caplog)) == MOST_MISTAKES + 1
    [told] = comms.told(comms.editor)
    reference = re.search(r"reference: `(\w{8})`", told)[1]
    assert all(f"reference {reference}" in line for line in errors(caplog))
    assert comms.states("story") == [("failed", f"a mistake of ours, reference {reference}")]
    assert comms.open_deliveries() == []
    assert comms.story(story).state is StoryState.EXPIRED
    # What comes after it is not held up; and once we are mended, the button brings it.
    mend(comms)
    comms.post(comms.one, title="Another reef story")
    assert len(comms.standing(comms.one)) == 1
    press_once_more(comms)
    assert len(comms.standing(comms.one)) == 2
    assert comms.story(story).state is StoryState.POSTED


def test_tried_once_more_it_has_all_its_tries_again(comms):
    break_drawing(comms)
    comms.post(comms.one)
    try_out(comms)
    press_once_more(comms)
    assert comms.open_deliveries() == ["story: a mistake of ours: IndexError"]
    try_out(comms)
    assert len(comms.told(comms.editor)) == 2


def test_mended_between_two_tries_it_goes_out_and_nobody_hears(comms):
    break_drawing(comms)
    story = comms.post(comms.one)
    mend(comms)
    try_out(comms)
    assert len(comms.standing(comms.one)) == 1
    assert comms.told(comms.editor) == []
    assert comms.story(story).state is StoryState.POSTED


def test_a_mistake_after_it_was_sent_posts_nothing_twice(comms):
    """Noting fails: the message stands, and is found at each try."""
    refuse = "CREATE TRIGGER no BEFORE INSERT ON placements BEGIN SELECT RAISE(ABORT, 'never'); END"
    comms.write(lambda c: c.execute(text(refuse)))
    story = comms.post(comms.one)
    try_out(comms)
    assert len(comms.standing(comms.one)) == 1
    assert len(comms.told(comms.editor)) == 1
    assert comms.story(story).state is StoryState.POSTED, "it may stand there"
    comms.write(lambda c: c.execute(text("DROP TRIGGER no")))
    press_once_more(comms)
    assert comms.states("story") == [("sent", None)]
    assert [m["ts"] for m in comms.standing(comms.one)] == [comms.ts(story, comms.one)]


def test_what_is_no_story_is_told_to_comms_once_a_day(comms, caplog):
    before = len(comms.told_comms())
    for number in range(3):
        body = {"word": "no.such_word", "params": {}, "times": []}
        comms.owe(Owed("notice", f"notice:poison:{number}", comms.reader, body))
    comms.rest()
    try_out(comms)
    [told] = comms.told_comms()[before:]
    assert "`notice`" in told
    states = comms.store.read(lambda c: c.execute(select(rows.c.state).where(rows.c.key.like("%poison%"))).all())
    assert {row.state for row in states} == {"failed"}
    assert comms.told(comms.reader) == []


@pytest.mark.parametrize("kind", ["no_such_kind", "seed"])
def test_a_row_we_do_not_understand_ends_too(comms, kind):
    comms.owe(Owed(kind, f"{kind}:poison", comms.one, {}))
    comms.rest()
    try_out(comms)
    assert comms.open_deliveries() == []
    assert comms.is_quiet()
