"""Roles are looked at in the action: hiding a button is kind, and protects nothing.

One table of everything that can be pressed, sent or typed. What is registered and does not stand in it fails.
"""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest

from bot.actions.who_asks import who_asks
from bot.domain.networks import NETWORKS
from bot.domain.people import Standing
from bot.domain.reasons import Reason
from bot.slack import ids, listeners
from bot.slack.manifest import manifest
from bot.store import people, shares, stories
from bot.store import setup as setup_store
from tests.conftest import Stand, SteppingClock
from tests.security.door import FORMS, Door
from tests.security.nasty import NASTY


class Who(Enum):
    """Who may. Everybody means: for themselves."""

    EVERYBODY = "everybody"
    EDITORS = "editors"
    ADMINS = "admins"


E, C, A = Who.EVERYBODY, Who.EDITORS, Who.ADMINS

PRESSES: dict[str, Who] = {
    ids.SHARE: E,
    ids.STORY_MENU: E,
    ids.PICK_FIRST: E,
    ids.UNFOLLOW: E,
    ids.SAY_LATER: E,
    ids.UNSAY: E,
    ids.PREFERENCES: E,
    ids.LEAVE: E,
    ids.JOIN_AGAIN: E,
    ids.DELETE_ME: E,
    ids.OWN_DATA: E,
    ids.SHARE_USE_WORDS: E,
    ids.SHARE_USE_CAPTION: E,
    ids.SHARE_GUIDELINES: E,
    ids.SHARE_MORE: E,
    ids.SHARE_CHOOSE: E,
    ids.SHARE_KEEP_NETWORKS: E,
    ids.SHARE_DISCLOSURE: E,
    ids.SHARE_NAMED: E,
    ids.SHARE_UNNAMED: E,
    ids.SHARE_OUT: E,
    **{ids.go(key): E for key in NETWORKS},
    # What stands in a preview does nothing but say so.
    ids.PREVIEW_SHARE: E,
    ids.PREVIEW_MENU: E,
    ids.PREVIEW_ASK: E,
    ids.ASK: E,
    ids.PREVIEW_DILEMMA: E,
    ids.DILEMMA: E,
    ids.OUTCOME: C,
    ids.HEARD: E,
    **{ids.why_not(reason): E for reason in Reason},
    ids.INVITE_JOIN: E,
    ids.INVITE_NO: E,
    ids.ANSWER: C,
    ids.CLOSE_QUESTION: C,
    ids.SUGGEST: E,
    ids.IDEA_NAME_OFF: E,
    ids.IDEA_QUEUE: C,
    ids.IDEA_DECLINE: C,
    ids.CHAMPIONS: C,
    ids.CHAMPIONS_LIST: C,
    ids.CHAMPIONS_RISING: C,
    ids.CHAMPIONS_STORIES: C,
    ids.CHAMPIONS_TEAMS: C,
    ids.CHAMPIONS_ASIDE: C,
    ids.CHAMPIONS_EARLIER: C,
    ids.CHAMPIONS_LATER: C,
    ids.CHAMPION_MENU: C,
    ids.THANK: C,
    ids.ASIDE_MENU: C,
    ids.PUT_BACK: C,
    ids.PUT_BACK_THERE: C,
    ids.EXPORT_STORIES: C,
    ids.QUEUE_NEW: C,
    ids.QUEUE_LIST: C,
    ids.QUEUE_EDIT: C,
    ids.QUEUE_CANCEL: C,
    ids.QUEUE_MOVE_UP: C,
    ids.QUEUE_POST_NOW: C,
    ids.QUEUE_PREVIEW: C,
    ids.QUEUE_EARLIER: C,
    ids.QUEUE_LATER: C,
    ids.HOOK_QUEUE: C,
    ids.HOOK_IDEA: C,
    ids.HOOK_LATER: C,
    ids.HOOK_NOT_THIS: C,
    ids.HOOK_MENU: C,
    ids.FEED_REMOVE: C,
    ids.FEED_UNMUTE: C,
    ids.FEED_UNLEARN: C,
    **dict.fromkeys((ids.CRISIS, ids.CRISIS_START, ids.CRISIS_REHEARSE, ids.CRISIS_CONFIRM, ids.CRISIS_CALL_OFF), C),
    **dict.fromkeys((ids.CRISIS_FILL, ids.CRISIS_TELL, ids.CRISIS_UPDATE, ids.CRISIS_CHECKLIST, ids.CRISIS_PUBLISH), C),
    **dict.fromkeys((ids.CRISIS_REMIND, ids.CRISIS_END, ids.CRISIS_LESSONS, ids.CRISIS_LOG), C),
    **dict.fromkeys((ids.CRISIS_HELD, ids.CRISIS_PUT_BACK, ids.CRISIS_DROP, ids.CRISIS_EARLIER, ids.CRISIS_LATER), C),
    ids.CRISIS_READ: E,
    ids.CRISIS_ASK: E,
    ids.VOICE_OURS: C,
    ids.VOICE_SKIP: C,
    ids.PAUSE: C,
    ids.RESUME: C,
    ids.SETUP: A,
    ids.SETUP_GO: A,
    ids.SETUP_OVERVIEW: A,
}
SUBMITS: dict[str, Who] = {
    ids.SHARE_FORM: E,
    ids.POST_FORM: E,
    ids.ASK_FORM: E,
    ids.HEARD_FORM: E,
    ids.PREFERENCES: E,
    ids.IDEA_FORM: E,
    ids.IDEA_ANSWER: C,
    ids.STORY_FORM: C,
    ids.THANKS_FORM: C,
    ids.ANSWER_FORM: C,
    ids.CLOSE_FORM: C,
    ids.DILEMMA_FORM: E,
    ids.OUTCOME_FORM: C,
    ids.INVITE_FORM: C,
    ids.ASIDE_FORM: C,
    **dict.fromkeys((ids.CRISIS_START_FORM, ids.CRISIS_FILL_FORM, ids.CRISIS_TELL_FORM, ids.CRISIS_UPDATE_FORM), C),
    **dict.fromkeys((ids.CRISIS_CHECKLIST_FORM, ids.CRISIS_END_FORM, ids.CRISIS_LESSONS_FORM), C),
    ids.CRISIS_ASK_FORM: E,
    ids.VOICE: C,
    ids.OWN_WORDS_FORM: C,
    ids.SETUP_STEP: A,
}
VERBS: dict[str, Who] = {
    "help": E,
    "leaderboard": E,
    "privacy": E,
    "ask": E,
    "suggest": E,
    **dict.fromkeys(("queue", "edit", "list", "next", "cancel", "post now", "pause", "resume", "digest"), C),
    **dict.fromkeys(("champions", "export", "set-aside", "questions", "words"), C),
    **dict.fromkeys(("feeds", "feeds add", "feeds mute", "feeds unmute"), C),
    **dict.fromkeys(("crisis", "crisis rehearse", "crisis update", "crisis end", "crisis log", "crisis review"), C),
    "digest preview": C,
    "setup": A,
}
SHORTCUTS: dict[str, Who] = {ids.SUGGEST_THIS: E}
REFUSED = {
    Who.EDITORS: ("This is for comms", "Dit is voor communicatie"),
    Who.ADMINS: ("This is for", "Dit is voor", "The set-up is for", "De instellingen zijn voor"),
}
VALUES = {
    ids.SETUP_GO: "sharing",
    ids.QUEUE_EARLIER: "0",
    ids.QUEUE_LATER: "0",
    ids.CHAMPION_MENU: ids.option(ids.INVITE, 1),
    ids.HOOK_MENU: ids.option(ids.HOOK_GOOD, 1),
    ids.FEED_UNMUTE: "word:x",
    ids.FEED_UNLEARN: "word:x",
    ids.PUT_BACK: ids.option(ids.BACK_LINK, 1),
    ids.PUT_BACK_THERE: ids.option(ids.BACK_LINK, 1),
}


class Register:
    """Stands where Bolt's app stands, and writes down what is registered."""

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.presses: list[str] = []
        self.submits: list[str] = []
        self.shortcuts: list[str] = []

    def command(self, name: str) -> Callable[[Any], Any]:
        return self._noted(self.commands, name)

    def action(self, name: str) -> Callable[[Any], Any]:
        return self._noted(self.presses, name)

    def view(self, name: str) -> Callable[[Any], Any]:
        return self._noted(self.submits, name)

    def message_shortcut(self, name: str) -> Callable[[Any], Any]:
        return self._noted(self.shortcuts, name)

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"app.{name} is a way in that this table knows nothing of")

    def _noted(self, where: list[str], name: str) -> Callable[[Any], Any]:
        where.append(name)
        return lambda listener: listener


def test_the_table_is_whole() -> None:
    register = Register()
    listeners.register(register, None)  # type: ignore[arg-type]
    verbs = [verb for module in listeners._modules() for verb in getattr(module, "COMMANDS", {})]
    assert sorted(register.presses) == sorted(PRESSES)
    assert sorted(register.submits) == sorted(SUBMITS)
    assert sorted(verbs) == sorted(VERBS)
    assert register.commands == [ids.COMMAND]
    assert register.shortcuts == [*SHORTCUTS] == [one["callback_id"] for one in manifest()["features"]["shortcuts"]]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    stand = Stand(tmp_path_factory.mktemp("door"), SteppingClock())
    yield Door(stand)
    stand.close()


@pytest.fixture(autouse=True)
def _a_minute_later(door: Door) -> None:
    """Slack says only so often in a minute who somebody is."""
    door.stand.clock.step(seconds=61)


UNCOUNTED = ["leaver", "stranger", "bot", "the app itself", "nobody"]
PEOPLE = ["colleague", "guest", *UNCOUNTED]


@pytest.mark.parametrize("who", PEOPLE)
def test_nobody_without_the_role_does_what_editors_and_admins_do(door: Door, who: str) -> None:
    user, before = door.people[who], door.kept()
    for action_id, may in PRESSES.items():
        if may is Who.EVERYBODY:
            continue
        for story in (door.out, door.queued):
            door.clear(user)
            door.press(user, action_id, VALUES.get(action_id, f"{story}:0"))
            assert any(said in door.seen(user) for said in REFUSED[may]), (who, action_id, door.seen(user))
            assert "Forged" not in door.seen(user)
    for callback_id, (note, values) in FORMS.items():
        answer = json.dumps(door.submit(user, callback_id, note, values), ensure_ascii=False)
        assert any(said in answer for said in REFUSED[SUBMITS[callback_id]]), (who, callback_id, answer)
    for verb, may in VERBS.items():
        if may is not Who.EVERYBODY:
            answer = json.dumps(door.type(user, f"{verb} The next one"), ensure_ascii=False)
            assert any(said in answer for said in REFUSED[may]), (who, verb, answer)
    assert door.kept() == before
    assert door.stand.workspace.files == {}


def test_an_editor_is_no_admin(door: Door) -> None:
    user, before = door.stand.company.editors[0], door.kept()
    setup = replace(door.stand.house.desk.setup(), editors=(*door.stand.house.desk.setup().editors, user))
    door.stand.house.store.write(lambda c: setup_store.save_setup(c, setup, door.stand.clock()))
    before = door.kept()
    for action_id in [name for name, may in PRESSES.items() if may is Who.ADMINS]:
        door.clear(user)
        door.press(user, action_id, VALUES.get(action_id, ""))
        assert any(said in door.seen(user) for said in REFUSED[Who.ADMINS]), action_id
    answer = json.dumps(door.submit(user, ids.SETUP_STEP, *FORMS[ids.SETUP_STEP]), ensure_ascii=False)
    assert any(said in answer for said in REFUSED[Who.ADMINS])
    assert door.kept() == before


@pytest.mark.parametrize("who", ["leaver", "stranger", "bot"])
def test_who_does_not_count_leaves_no_trace(door: Door, who: str, caplog: pytest.LogCaptureFixture) -> None:
    """Everything that is open to everybody, by somebody of whom nothing may be kept."""
    user, before = door.people[who], door.kept()
    note = json.dumps({"story": door.out, "channel": door.desk.channel})
    for action_id, may in PRESSES.items():
        if may is Who.EVERYBODY and action_id != ids.DELETE_ME:
            for more in _menus(door.out) if action_id == ids.STORY_MENU else [{}]:
                door.press(user, action_id, str(door.out), **more)
            door.press_in_window(user, action_id, note, value=action_id.removeprefix("go_"))
    networks = {"share_networks": {"share_networks": {"selected_options": [{"value": "x"}]}}}
    door.submit(user, ids.SHARE_FORM, note, networks)
    door.submit(user, ids.POST_FORM, note, {ids.POST_ADDRESS: {ids.POST_ADDRESS: {"value": ""}}})
    for callback_id in (ids.ASK_FORM, ids.DILEMMA_FORM, ids.HEARD_FORM):
        for named in (ids.ASK_NAMED, ids.ASK_NAMELESS):
            door.submit(user, callback_id, f"{door.out}:{'0' * 32}", questions_of(named))
    idea = {name: {name: {"value": "https://example.com/idea"}} for name in (ids.IDEA_LINK, ids.IDEA_WHY)}
    door.submit(user, ids.IDEA_FORM, "", idea)
    assert _without_turns(door.kept()) == _without_turns(before)
    assert door.desk.stand.house.store.read(lambda c: stories.find(c, door.out)).not_for_me == 0


def questions_of(named: str) -> Any:
    """Both forms, filled in."""
    texts = {name: {name: {"value": "Why?"}} for name in (ids.ASK_TEXT, ids.HEARD_TEXT)}
    chosen = {ids.ASK_WHO: named, ids.HEARD_NETWORK: "x"}
    return texts | {name: {name: {"selected_option": {"value": value}}} for name, value in chosen.items()}


def _menus(story_id: int) -> Iterator[dict[str, Any]]:
    for choice in (ids.NOT_FOR_ME, ids.REMIND_ME, ids.POSTED_MYSELF):
        option = {"value": ids.option(choice, story_id), "text": {"type": "plain_text", "text": "x"}}
        yield {"type": "overflow", "selected_option": option}


def _without_turns(kept: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Whose turn a caption was is of nobody: it moves on with every look."""
    return {name: rows for name, rows in kept.items() if name not in ("captions", "stories")}


def test_nobody_shares_answers_or_leaves_for_somebody_else(door: Door) -> None:
    """Whatever stands in a payload beside its sender (notes, values, messages) names nobody but them."""
    anna, daan = door.desk.anna, door.desk.daan
    door.press(anna, ids.SHARE, str(door.out))
    mine = door.stand.house.store.read(lambda c: people.by_user(c, anna))
    assert mine is not None
    note = json.dumps({"story": door.out, "channel": "C0COMMS", "opened": ["x", "linkedin"], "mine": ["x"]})
    forged = json.loads(note) | {"user": anna, "person": mine.id}
    before = _of(door, anna)
    door.submit(daan, ids.SHARE_FORM, note, {})
    assert _of(door, anna) == before
    assert _of(door, daan)
    door.submit(daan, ids.SHARE_FORM, json.dumps(forged), {})
    for action_id in (ids.SHARE_OUT, ids.LEAVE, ids.UNSAY, ids.DELETE_ME):
        door.press_in_window(daan, action_id, note, value=str(door.out))
        assert _of(door, anna) == before
    assert door.stand.house.store.read(lambda c: people.by_user(c, daan)) is None, "it is Daan who is deleted"
    assert mine.standing is not Standing.OUT


def _of(door: Door, user: str) -> Any:
    def work(connection: Any) -> Any:
        person = people.by_user(connection, user)
        return person and (person, shares.of_person(connection, door.out, person.id))

    return door.stand.house.store.read(work)


ODD_NUMBERS = ["", "0", "-1", "999999999", "9" * 400, "٣", "1e3", "1;DROP TABLE stories", "null", "x:1"]
ODD_NOTES = [
    *("", "null", "[]", "{}", "7", '"x"', "{", "[" * 3000, '{"story": "x"}', '{"story": null}', '{"story": [1]}'),
    *('{"story": 1e999}', '{"story": 1, "evil": 2}', f'{{"story": {"9" * 300}}}', '{"story": 1, "mine": {"a": 1}}'),
    *('{"story": 99999999}', '{"story": 1, "version": "x"}', '{"story": 1, "channel": ["C0COMMS"]}', "sharing", "x:y"),
]


def test_values_that_nobody_wrote(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Kindly answered, nothing changed, and nothing that looks like a mistake of ours in the log."""
    admin, before = door.stand.company.admin, door.kept()
    numbered = (ids.SHARE, ids.UNSAY, ids.QUEUE_EDIT, ids.QUEUE_CANCEL, ids.QUEUE_MOVE_UP, ids.QUEUE_POST_NOW)
    for action_id in (*numbered, ids.IDEA_QUEUE, ids.IDEA_DECLINE, ids.IDEA_NAME_OFF):
        for value in ODD_NUMBERS:
            door.press(admin, action_id, value)
    for value in [*ODD_NUMBERS, *list(NASTY.values())[:4]]:
        option = {"value": value, "text": {"type": "plain_text", "text": "x"}}
        door.press(admin, ids.STORY_MENU, "", type="overflow", selected_option=option)
        door.press_in_window(admin, ids.SETUP_GO, "", value=value)
        door.press_in_window(admin, ids.go("x"), json.dumps({"story": door.out}), value=value)
    assert _untouched(before, door.kept())
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    "callback_id",
    [
        ids.SHARE_FORM,
        ids.POST_FORM,
        ids.STORY_FORM,
        ids.SETUP_STEP,
        ids.ASK_FORM,
        ids.HEARD_FORM,
        ids.ANSWER_FORM,
        ids.CLOSE_FORM,
    ],
)
def test_notes_that_nobody_wrote(door: Door, callback_id: str, caplog: pytest.LogCaptureFixture) -> None:
    admin, before = door.stand.company.admin, door.kept()
    for note in ODD_NOTES:
        door.submit(admin, callback_id, note, FORMS.get(callback_id, ("", questions_of(ids.ASK_NAMED)))[1])
        if callback_id == ids.SHARE_FORM:
            door.press_in_window(admin, ids.SHARE_MORE, note)
    after = door.kept()
    if callback_id == ids.STORY_FORM:
        return  # `{}` is the note of an empty form: that one queues, which an admin may
    assert _untouched(before, after)
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


def _untouched(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> bool:
    """An admin is a person too, and may be remembered as one."""
    own = {"people", "shares", "dealt", "captions", "stories"}
    return {name: rows for name, rows in before.items() if name not in own} == {
        name: rows for name, rows in after.items() if name not in own
    }


def test_fields_of_the_wrong_kind(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Inputs that Slack's client would never send: other types, huge numbers, options and channels never offered."""
    editor = door.stand.company.admin
    note, good = FORMS[ids.STORY_FORM]
    before = door.kept()
    for name, state in {
        "due_at": {"selected_date_time": 10**30},
        "best_before": {"selected_date_time": "tomorrow"},
        "language": {"selected_option": {"value": "x" * 5000}},
        "title": {"value": ["a", "list"]},
        "link": {"value": {"a": "mapping"}},
        "channels": {"selected_options": [{"value": "C0COMMS"}]},
        "sentence": {"value": "s" * 100_000},
    }.items():
        fields = good | {"channels": {"channels": {"selected_options": [{"value": "C0COMMS"}]}}} | {name: {name: state}}
        answer = door.submit(editor, ids.STORY_FORM, note, fields)
        assert answer["response_action"] == "errors", (name, answer)
    assert door.kept() == before
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_half_an_emoji_stops_at_the_door(door: Door) -> None:
    """Neither database can hold it; what cannot be stored would come again and again."""
    event = {"type": "app_home_opened", "user": "U0HALF\ud83d\x00", "channel": "D0HALF", "tab": "home"}
    envelope = door.stand.sandbox.dispatcher.envelope(event)
    sent = door.stand.sandbox.socket.request("events_api", envelope)
    door.stand.settle()
    assert sent.acked


def test_an_admin_who_left_is_none(door: Door) -> None:
    """The setting still names them; Slack says that they are gone, or of another company, or a bot."""
    for who in UNCOUNTED:
        desk = replace(door.stand.house.desk, admins=(door.people[who],))
        asker = who_asks(desk, door.people[who])
        assert (asker.is_editor, asker.is_admin) == (False, False), who
