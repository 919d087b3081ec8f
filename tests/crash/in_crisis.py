"""A crisis at the company, from its start to its end: what editors and staff do in it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.slack import ids
from tests.crash.company import Company

AFFECTED = "front-line"
ASKED, ANSWERED = "Is the harbour safe?", "The harbour is safe."
CARD = re.compile(r'"block_id": "crisis:\d+"')


@dataclass
class Told:
    """`rooms`: where everybody can read it. `people`: those who hear it one by one, and once more as a reminder."""

    rooms: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    questions: int = 0


class InCrisis:
    """An admin starts it, as nobody else has to say so too; an editor does the rest."""

    def __init__(self, company: Company, told: Told) -> None:
        self.company, self.acts, self.told = company, company.acts, told

    def lose_an_answer(self) -> None:
        """Of a digest, whose picture is there by now: it is on its way when the crisis starts, and is taken back."""
        self.company.sandbox.faults.answer("chat.postMessage", "lost_reply")
        self.company.clock.step(seconds=6)
        self.company.work()

    def play(self, user: str, rooms: set[str]) -> None:
        """`user` reads it, and asks whether the harbour is safe."""
        self._start(self.company.admin)
        self.told.rooms = rooms
        members = self.company.workspace.channels[self.company.comms].members
        self.told.people = {person.id for person in self.company.people.staff if person.id in members}
        self._go_on(12)
        self._ask(user)
        self._answer()
        self._say_more()
        self._go_on(12)
        self._end()
        self._put_back()

    def _start(self, user: str) -> None:
        self._command(user, "crisis", lambda: ids.CRISIS_START in self._window(user))
        self.company.insist(
            lambda: self.acts.press(user, ids.CRISIS_START, value="outage"),
            lambda: self._form(user) == ids.CRISIS_START_FORM,
        )
        self._fill(user, f"{ids.CRISIS_CHANNELS}{AFFECTED}", [self.company.comms])
        self._send(user, ids.CRISIS_START_FORM)
        for block in self.acts.views(user)[-1]["blocks"]:
            if str(block.get("block_id", "")).startswith("crisis_place_"):
                self._fill(user, block["block_id"], "9:10")
        self._send(user, ids.CRISIS_FILL_FORM)
        self._send(user, ids.CRISIS_TELL_FORM)
        self._shut(user)

    def _ask(self, user: str) -> None:
        room = self.company.english
        act = {"channel": room, "ts": self._standing(user, room, lambda text: f'"{ids.CRISIS_READ}"' in text)}
        self.company.insist(lambda: self.acts.press(user, ids.CRISIS_READ, **act))
        self.company.insist(lambda: self.acts.press(user, ids.CRISIS_ASK, **act), lambda: bool(self.acts.views(user)))
        self._fill(user, ids.ASK_TEXT, ASKED)
        self._fill(user, ids.ASK_WHO, ids.ASK_NAMELESS)
        self._send(user, ids.CRISIS_ASK_FORM)
        self._shut(user)
        self.told.questions += 1

    def _answer(self) -> None:
        """For everyone: it comes into the list that all can read."""
        editor, comms = self.company.editor, self.company.comms
        act = {"channel": comms, "ts": self._standing(editor, comms, lambda text: ASKED in text and ids.ANSWER in text)}
        self.company.insist(
            lambda: self.acts.press(editor, ids.ANSWER, **act), lambda: self._form(editor) == ids.ANSWER_FORM
        )
        self._fill(editor, ids.ANSWER_TEXT, ANSWERED)
        self._fill(editor, ids.ANSWER_LISTED, "Is it safe?")
        self._send(editor, ids.ANSWER_FORM)
        self._shut(editor)

    def _say_more(self) -> None:
        """Something new; and whoever has not read it hears it once more."""
        editor = self.company.editor
        self._command(editor, "crisis update It works.", lambda: self._form(editor) == ids.CRISIS_UPDATE_FORM)
        self._send(editor, ids.CRISIS_UPDATE_FORM)
        self._shut(editor)
        self._on_card(ids.CRISIS_REMIND, f"1:{AFFECTED}")

    def _end(self) -> None:
        editor = self.company.editor
        self._on_card(ids.CRISIS_END, None, lambda: self._form(editor) == ids.CRISIS_END_FORM)
        self._send(editor, ids.CRISIS_END_FORM)
        self._shut(editor)

    def _put_back(self) -> None:
        """All that stood still, one by one."""
        editor = self.company.editor
        self._command(editor, "crisis review", lambda: bool(self.acts.views(editor)))
        while ids.CRISIS_PUT_BACK in (before := self._window(editor)):
            self.company.insist(
                lambda: self.acts.press(editor, ids.CRISIS_PUT_BACK),
                lambda seen=before: self._window(editor) != seen,
            )
        self._shut(editor)

    # --- ways to do it

    def _go_on(self, times: int) -> None:
        """Time goes on while people are told."""
        for _ in range(times):
            self.company.clock.step(seconds=2)
            self.company.work("crisis")

    def _command(self, user: str, text: str, is_done: Callable[[], bool]) -> None:
        where = self.company.comms
        self.company.insist(lambda: self.acts.command(user, where, f"/passalong {text}"), is_done)

    def _fill(self, user: str, block: str, value: Any) -> None:
        self.company.insist(lambda: self.acts.fill(user, self._top(user), block, value))

    def _send(self, user: str, form: str) -> None:
        self.company.insist(lambda: self.acts.submit(user, self._top(user)), lambda: self._form(user) != form)

    def _shut(self, user: str) -> None:
        if self.acts.views(user):
            self.acts.close(user, self._top(user), clear=True)

    def _on_card(self, verb: str, value: str | None, is_done: Callable[[], bool] = lambda: True) -> None:
        editor, comms = self.company.editor, self.company.comms
        ts = self._standing(editor, comms, lambda text: CARD.search(text) is not None)
        self.company.insist(lambda: self.acts.press(editor, verb, channel=comms, ts=ts, value=value), is_done)

    def _standing(self, user: str, room: str, fits: Callable[[str], bool]) -> str:
        found = [m for m in self.acts.messages(user, room) if fits(json.dumps(m, ensure_ascii=False))]
        return str(found[-1]["ts"]) if found else "none"

    def _window(self, user: str) -> str:
        return json.dumps(self.acts.views(user)[-1:])

    def _top(self, user: str) -> str:
        views = self.acts.views(user)
        return str(views[-1]["id"]) if views else "none"

    def _form(self, user: str) -> str:
        views = self.acts.views(user)
        return str(views[-1].get("callback_id")) if views else ""
