"""A crisis as editors and staff go through it in Slack: from the red button to the log."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.actions.look_after_crisis import look_after_crisis
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.store import crises, stories
from bot.store import setup as setup_store
from tests.conftest import PUBLIC, Stand, SteppingClock
from tests.slack.crisis_desk import GIVEN
from tests.slack.question_desk import QuestionDesk, has, texts_of

Json = dict[str, Any]


class CrisisDesk(QuestionDesk):
    """With a story out; `admin` may tell everybody alone."""

    def __init__(self, stand: Stand) -> None:
        people = stand.workspace.people
        for user in (stand.company.admin, *stand.company.editors):
            people[user] = replace(people[user], locale="en-US")
            stand.house.desk.profiles.keep(stand.house.desk.messenger.profile(user))
        super().__init__(stand)
        self.admin = stand.company.admin
        self.story = self.post()

    def command(self, user: str, text: str) -> Json:
        assert self.acts.command(user, self.comms, f"/passalong {text}").acked
        return self.view(user)

    def choose(self, user: str, text: str = "crisis", verb: str = ids.CRISIS_START) -> Json:
        """The window of the second tap."""
        self.command(user, text)
        self.press(user, verb, value="outage")
        return self.view(user)

    def start(self, user: str) -> Json:
        self.choose(user)
        self.fill(user, f"{ids.CRISIS_CHANNELS}front-line", [self.comms])
        return self.sent(user)

    def sent(self, user: str) -> Json:
        outcome = self.submit(user)
        assert outcome.acked, outcome
        assert self.acts.errors_of(user, self.view(user)["id"]) == {}
        return self.view(user)

    def fill_in(self, user: str) -> Json:
        for block in self.view(user)["blocks"]:
            _, _, place = str(block.get("block_id", "")).partition(":")
            if place in GIVEN:
                self.fill(user, block["block_id"], GIVEN[place])
        return self.sent(user)

    def tell(self, user: str) -> str:
        said = texts_of(self.sent(user))
        self.shut(user)
        return said

    def shut(self, user: str) -> None:
        if self.acts.views(user):
            self.acts.close(user, self.view(user)["id"], clear=True)
        self.rest()

    def on_card(self, user: str, verb: str, value: str | None = None) -> None:
        """A button of the card."""
        self.rest()
        outcome = self.acts.press(user, verb, channel=self.comms, ts=self.the_card()["ts"], value=value)
        assert outcome.acked, outcome
        self.stand.settle()

    def the_card(self) -> Json:
        return next(m for m in reversed(self.acts.messages(self.editor, self.comms)) if has_card(m))

    def told(self, user: str, channel: str) -> Json:
        """The message to staff."""
        return next(m for m in reversed(self.acts.messages(user, channel)) if has_told(m))

    def rest(self) -> None:
        for _ in range(3):
            self.stand.work()
            look_after_crisis(self.desk, self.clock())
            self.clock.step(seconds=2)

    def known(self) -> Any:
        last = self.desk.store.read(crises.latest)
        return self.desk.store.read(lambda c: crises.know(c, last.id))


def has_card(message: Json) -> bool:
    return any(block.get("block_id") in ("crisis:1", "crisis:2") for block in message.get("blocks", []))


def has_told(message: Json) -> bool:
    return has(message, ids.CRISIS_READ)


@pytest.fixture
def at(tmp_path: Path, clock: SteppingClock) -> Iterator[CrisisDesk]:
    stand = Stand(tmp_path, clock, public_url=PUBLIC)
    yield CrisisDesk(stand)
    stand.close()


def test_from_the_red_button_to_the_log(at: CrisisDesk) -> None:
    at.acts.open_home(at.admin)
    at.stand.work()
    assert at.acts.press(at.admin, ids.CRISIS).acked
    at.stand.settle()
    assert "Something customers rely on is down" in texts_of(at.view(at.admin))
    at.acts.close(at.admin, at.view(at.admin)["id"], clear=True)

    # The second tap stops everything; the window becomes the form, and then what others will see.
    assert "Promotion stands still" in texts_of(at.start(at.admin))
    at.fill(at.admin, ids.place("en", "time"), "9:10")
    assert "still to be filled in" in texts_of(at.sent(at.admin))
    assert "The order portal has not been working since 9:10" in texts_of(at.fill_in(at.admin))
    at.write(lambda c: crises.change(c, 1, changed_at=at.clock.step(seconds=1)))
    assert at.submit(at.admin).acked
    assert "changed the texts since you looked" in str(at.errors(at.admin))
    at.shut(at.admin)
    assert at.known().crisis.told_at is None
    at.on_card(at.admin, ids.CRISIS_TELL)
    at.fill(at.admin, ids.CRISIS_PUBLISH_TOO, ["yes"])
    assert "being told now" in at.tell(at.admin)
    told = at.told(at.anna, at.channel)
    assert f"{PUBLIC}/now/outage" in texts_of(told)

    # A colleague reads it, and asks; the answer is for everybody.
    assert at.acts.press(at.anna, ids.CRISIS_READ, channel=at.channel, ts=told["ts"]).acked
    at.stand.settle()
    assert "thank you" in at.heard(at.anna)
    assert at.acts.press(at.anna, ids.CRISIS_ASK, channel=at.channel, ts=told["ts"]).acked
    at.fill(at.anna, ids.ASK_TEXT, "Is my order of yesterday lost, Anna asks?")
    at.fill(at.anna, ids.ASK_WHO, ids.ASK_NAMELESS)
    at.sent(at.anna)
    at.shut(at.anna)
    card = next(m for m in at.acts.messages(at.editor, at.comms) if has(m, ids.ANSWER))
    assert card["thread_ts"] == at.the_card()["ts"]
    assert at.acts.press(at.editor, ids.ANSWER, channel=at.comms, ts=card["ts"]).acked
    at.fill(at.editor, ids.ANSWER_TEXT, "No, all is safe.")
    at.fill(at.editor, ids.ANSWER_LISTED, "Is an order of yesterday lost?")
    assert "list that everybody reads" in texts_of(at.sent(at.editor))
    at.shut(at.editor)
    assert "without your name" in texts_of(at.acts.direct(at.anna)[-1])
    assert "in the list that everybody reads" in texts_of(at.thread(at.comms, at.the_card()["ts"])[-1])
    listed = texts_of(at.told(at.anna, at.channel))
    assert "Is an order of yesterday lost?" in listed
    assert "Anna asks" not in listed

    # An update from the command line; a step is ticked; those who have not read it are reminded once.
    at.command(at.editor, "crisis update The server is <replaced>.")
    assert "on top of every message" in texts_of(at.sent(at.editor))
    at.shut(at.editor)
    assert "The server is &lt;replaced&gt;." in texts_of(at.told(at.anna, at.channel))
    at.on_card(at.editor, ids.CRISIS_CHECKLIST)
    at.fill(at.editor, f"{ids.CRISIS_STEPS}0", ["0", "2"])
    assert at.submit(at.editor).acked
    at.on_card(at.editor, ids.CRISIS_REMIND, "1:front-line")
    assert "one kind message" in at.heard(at.editor)
    assert "2 of 7 steps" in texts_of(at.the_card())

    # It ends: stories wait for a look, one by one; lessons and the log.
    at.on_card(at.editor, ids.CRISIS_END)
    at.fill(at.editor, f"{ids.CRISIS_CLOSING}en", "It works again.")
    at.sent(at.editor)
    at.shut(at.editor)
    said = texts_of(at.acts.messages(at.anna, at.channel)[-1])
    assert "This is over" in said
    assert "It works again." in said
    at.on_card(at.editor, ids.CRISIS_HELD)
    assert "greyed out" in texts_of(at.view(at.editor))
    at.press(at.editor, ids.CRISIS_PUT_BACK)
    assert "Back:" in texts_of(at.view(at.editor))
    at.shut(at.editor)
    assert has(at.message(at.anna), ids.SHARE)
    at.on_card(at.editor, ids.CRISIS_LESSONS)
    at.fill(at.editor, ids.CRISIS_LEARNED, "Call the night shift sooner.")
    assert at.submit(at.editor).acked
    at.on_card(at.editor, ids.CRISIS_LOG)
    [file] = [file for file in at.stand.workspace.files.values() if file.name.endswith(".md")]
    log = file.content.decode()
    assert "Call the night shift sooner." in log
    assert "started it; 0 queued stories wait, 1 in the channels is greyed out" in log
    assert "Choose one person who decides" in log


def test_two_editors(at: CrisisDesk) -> None:
    """A second one confirms the start, where the company wants that; and one who is no admin tells nobody alone."""
    setup = at.desk.setup()
    at.write(lambda c: setup_store.save_setup(c, replace(setup, crisis_needs_two=True), at.clock()))
    assert "waits for a second editor" in texts_of(at.start(at.editor))
    at.shut(at.editor)
    at.on_card(at.second, ids.CRISIS_CALL_OFF)
    assert "Called off" in at.heard(at.second)
    at.start(at.editor)
    at.shut(at.editor)
    at.on_card(at.editor, ids.CRISIS_CONFIRM)
    assert "somebody else than you" in at.heard(at.editor)
    at.command(at.second, "crisis")
    at.press(at.second, ids.CRISIS_CONFIRM)
    assert at.view(at.second)["callback_id"] == ids.CRISIS_FILL_FORM
    assert at.fill_in(at.second)["submit"]["text"] == "Ask a second editor"
    assert "Waits for a second editor" in at.tell(at.second)
    at.on_card(at.second, ids.CRISIS_TELL)
    at.submit(at.second)
    assert "somebody else than you" in at.errors(at.second)[ids.CRISIS_PUBLISH_TOO]
    at.shut(at.second)
    assert at.known().crisis.told_at is None
    at.on_card(at.editor, ids.CRISIS_TELL)
    assert "being told now" in at.tell(at.editor)
    assert at.known().crisis.told_at is not None

    # The page comes out later; a story that does not fit any more is dropped while it lasts.
    assert at.acts.press(at.editor, ids.CRISIS_TELL, value="2").error
    at.on_card(at.editor, ids.CRISIS_PUBLISH)
    assert "somebody else than you" in at.heard(at.editor)
    at.on_card(at.second, ids.CRISIS_PUBLISH)
    assert "The page is out" in at.heard(at.second)
    assert "They wait until it's over" in texts_of(at.command(at.second, "crisis review"))
    at.press(at.second, ids.CRISIS_DROP)
    assert "Dropped:" in texts_of(at.view(at.second))


def test_a_rehearsal_stops_nothing_and_stays_with_comms(at: CrisisDesk) -> None:
    at.choose(at.editor, "crisis rehearse", ids.CRISIS_REHEARSE)
    assert "exercise has started" in texts_of(at.sent(at.editor))
    at.fill_in(at.editor)
    assert "being told now" in at.tell(at.editor)
    assert "EXERCISE" in texts_of(at.told(at.editor, at.comms))
    assert not any(has_told(m) for m in at.acts.messages(at.anna, at.channel))
    story = at.desk.store.read(lambda c: stories.find(c, at.story))
    assert (story.state, story.held_by) == (StoryState.POSTED, None)
    at.command(at.second, "crisis end")
    at.sent(at.second)
    at.shut(at.second)
    assert at.acts.command(at.second, at.comms, "/passalong crisis log").acked
    at.rest()
    [file] = [file for file in at.stand.workspace.files.values() if file.name.endswith(".md")]
    assert file.content.decode().startswith("# 🧪 EXERCISE")


def test_who_has_no_role_is_shown_nothing(at: CrisisDesk) -> None:
    for text in ("crisis", "crisis rehearse", "crisis update x", "crisis end", "crisis log", "crisis review"):
        outcome = at.acts.command(at.anna, at.channel, f"/passalong {text}")
        at.stand.settle()
        assert outcome.acked
        assert "This is for comms." in at.heard(at.anna)
    assert at.acts.views(at.anna) == []
