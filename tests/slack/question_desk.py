"""A company where people ask comms things: `anna` and `daan` ask, `editor` and `second` answer in a private channel."""

from typing import Any

from bot.domain.setup import Setup
from bot.slack import ids
from bot.store import questions
from bot.store import setup as setup_store
from tests.slack.share_desk import ShareDesk, any_element

Json = dict[str, Any]
QUESTION = "Why don't we pay for the bridge?"
ANSWER = "We do, from next year on."


class QuestionDesk(ShareDesk):
    """With one story out, and a comms channel that the bot is in."""

    def __init__(self, stand: Any, comms: bool = True) -> None:
        super().__init__(stand)
        self.editor, self.second = stand.company.editors[:2]
        self.comms = next(room.id for room in stand.company.rooms if room.private)
        setup = Setup(
            company="Veldkamp", editors=stand.company.editors, comms_channel=self.comms if comms else None, version=1
        )
        self.write(lambda c: setup_store.save_setup(c, setup, self.clock()))

    def write(self, work: Any) -> Any:
        return self.desk.store.write(work)

    # --- who asks

    def form(self, user: str) -> Json:
        """*Ask comms*, under the story."""
        outcome = self.acts.press(user, ids.ASK, channel=self.channel, ts=self.message(user)["ts"])
        assert outcome.acked, outcome
        return self.view(user)

    def ask(self, user: str, text: str = QUESTION, *, named: bool = True, may_stand: bool = False) -> str:
        """Fill it in and send it; answers what was said then."""
        self.form(user)
        return self.send(user, text, named=named, may_stand=may_stand)

    def send(self, user: str, text: str = QUESTION, *, named: bool = True, may_stand: bool = False) -> str:
        self.fill(user, ids.ASK_TEXT, text)
        self.fill(user, ids.ASK_WHO, ids.ASK_NAMED if named else ids.ASK_NAMELESS)
        if may_stand:
            self.fill(user, ids.ASK_MAY_STAND, ["yes"])
        assert self.submit(user).acked
        return self.done(user)

    # --- comms

    def cards(self) -> list[Json]:
        found = self.acts.messages(self.editor, self.comms)
        return [m for m in found if m.get("thread_ts", m["ts"]) == m["ts"] and m.get("bot_id")]

    def card(self) -> Json:
        return [m for m in self.cards() if "asks" in m["text"] or "question" in m["text"]][-1]

    def thread(self, channel: str, ts: str) -> list[Json]:
        found = self.acts.messages(self.editor, channel)
        return [m for m in found if m.get("thread_ts") == ts and m["ts"] != ts]

    def open_answer(self, editor: str, button: str = ids.ANSWER, card: Json | None = None) -> Json:
        outcome = self.acts.press(editor, button, channel=self.comms, ts=(card or self.card())["ts"])
        assert outcome.acked, outcome
        return self.view(editor)

    def answer(self, editor: str, text: str = ANSWER, *, stands: bool = False) -> str:
        self.open_answer(editor)
        self.fill(editor, ids.ANSWER_TEXT, text)
        if stands:
            self.fill(editor, ids.ANSWER_STANDS, ["yes"])
        assert self.submit(editor).acked
        return self.done(editor)

    def close(self, editor: str, why: str, words: str = "") -> None:
        self.open_answer(editor, ids.CLOSE_QUESTION)
        self.fill(editor, ids.CLOSE_WHY, why)
        if words:
            self.fill(editor, ids.CLOSE_WORDS, words)
        assert self.submit(editor).acked
        self.done(editor)

    def done(self, editor: str) -> str:
        """Everything comes round, and the window is closed; answers what it said."""
        self.rest()
        said = texts_of(self.view(editor))
        self.acts.close(editor, self.view(editor)["id"], clear=True)
        return said

    def rest(self) -> None:
        """A message a second and channel."""
        for _ in range(4):
            self.stand.work()
            self.clock.step(seconds=2)

    def question(self) -> Any:
        return self.desk.store.read(lambda c: questions.find(c, 1))

    def errors(self, user: str) -> dict[str, str]:
        self.stand.settle()
        return dict(self.acts.errors_of(user, self.acts.views(user)[-1]["id"]))


def texts_of(holder: Json) -> str:
    """Everything that can be read in a message or a view."""
    found: list[str] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            found.extend(v for k, v in value.items() if k == "text" and isinstance(v, str))
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(holder)
    return "\n".join(found)


def has(holder: Json, action_id: str) -> bool:
    return bool(any_element(holder, action_id))
