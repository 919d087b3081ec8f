"""Weeks at the company: what comms, staff and an admin do, and the people's own account of it."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from bot.domain.company_files import PersonRow
from bot.domain.people import Standing
from bot.slack import ids
from bot.store.company import put_people
from bot.store.engine import opened
from bot.store.teams import keep_staff
from tests.crash.company import Company, NeverThrough
from tests.crash.in_crisis import InCrisis, Told

START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""A Monday, eight o'clock in Amsterdam; the slots are at nine on Tuesday, Wednesday and Thursday."""
CROWD = timedelta(days=1, hours=3, minutes=30)
"""When many react at once, after `START`."""
LAKE = int((START + timedelta(days=4, hours=1, minutes=30)).timestamp())
"""When a story goes out that somebody has first pick of, and that somebody follows the topic of."""
READERS = 3
"""How many follow a link."""
LATER = timedelta(minutes=7)
"""Long enough for each lease, hold and resend to be over."""


@dataclass
class Account:
    """What people did, by their own account. People by Slack id, stories by title."""

    stories: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: set[tuple[str, str]] = field(default_factory=set)
    opened: set[tuple[str, str]] = field(default_factory=set)
    readers: Counter[str] = field(default_factory=Counter)
    digests: list[datetime] = field(default_factory=list)
    wants_digest: int = 0
    homes: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    personal: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    wishes: int = 0
    questions: int = 0
    dilemmas: int = 0
    heard: int = 0
    ideas: int = 0
    hooks: int = 0
    gone: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    told: Told = field(default_factory=Told)


class Weeks:
    """`run(weeks)` plays them; the first one has everything in it."""

    def __init__(self, company: Company) -> None:
        self.company, self.account = company, Account()
        self.acts, self.clock = company.acts, company.clock
        self.crisis = InCrisis(company, self.account.told)
        self.addresses = (f"198.51.{number // 250}.{number % 250 + 1}" for number in count())
        busy = {company.admin, *company.people.editors}
        self.staff = [p.id for p in company.people.staff if p.id not in busy and not p.guest]
        for user in self.staff:
            for room in (company.english, company.dutch):
                if user not in company.workspace.channels[room].members:
                    self.acts.join(user, room)
        # Known for so long that they can be among the champions by the end of the week.
        self.asked = {self.staff[1]}
        known = PersonRow(self.staff[1], "", None, START.toordinal() - 60, Standing.NAMED)
        # Of a team, which keeps what they brought when they leave.
        leaver = PersonRow(self.staff[8], "", "Reef", None, Standing.UNASKED)
        with opened(company.database_url) as store:
            store.write(lambda connection: put_people(connection, [known, leaver], "Europe/Amsterdam", START))
            store.write(lambda connection: keep_staff(connection, {"Reef": 8}, START))

    def run(self, weeks: int) -> Account:
        self.company.work("night")
        for week in range(weeks):
            for moment, act in self._week(week):
                self._to(START + timedelta(weeks=week) + moment)
                act()
                self.company.work()
                self.company.look_into_database()
        self._to(START + timedelta(weeks=weeks) - timedelta(days=2))
        for _ in range(3):
            self.company.work("night")
            self.clock.step(minutes=7)
        return self.account

    def _to(self, moment: datetime) -> None:
        """There, with a stop in between, so that what was left lying is taken up."""
        if self.clock() + LATER < moment:
            self.clock.step(minutes=7)
            self.company.work("night")
        if self.clock() < moment:
            self.clock.to(moment)
        self.company.work()

    def _week(self, week: int) -> list[tuple[timedelta, Callable[[], None]]]:
        at = timedelta
        title, second = f"The reef {week}", f"The choir {week}"
        people = self.staff[week % 4 :]
        plan: list[tuple[timedelta, Callable[[], None]]] = [
            (at(hours=1), lambda: self.queue(title, topics="water" if week == 0 else "")),
            (at(hours=2), lambda: self.queue(second)),
            (at(days=1, hours=1), lambda: None),
            (at(days=1, hours=2), lambda: self.react(people[0], title)),
            (at(days=1, hours=2, minutes=5), lambda: self.share(people[1], title)),
            (at(days=1, hours=3), lambda: self.share(people[2], title)),
            (at(days=2, hours=1), lambda: None),
            (at(days=2, hours=2), lambda: self.react(people[0], second)),
            (at(days=2, hours=2, minutes=1), lambda: self.react(people[3], second)),
            (at(days=2, hours=2, minutes=2), lambda: self.unreact(people[3], second)),
            (at(days=2, hours=3), lambda: self.share(people[1], second)),
            (at(days=4, hours=7), self.digest),
        ]
        return sorted(plan + (self._first_week(title, second) if week == 0 else []), key=lambda one: one[0])

    def _first_week(self, title: str, second: str) -> list[tuple[timedelta, Callable[[], None]]]:
        at, last = timedelta, "The bridge"
        return [
            (at(minutes=30), lambda: self.open_home(self.staff[5])),
            (at(minutes=45), lambda: self.watch()),
            (at(hours=1, minutes=30), lambda: self.preview()),
            (at(hours=2, minutes=30), lambda: self.suggest(self.staff[26], last)),
            (at(hours=3), lambda: self.queue(last, dilemma="Mend it, or wait?")),
            (at(days=1, hours=2, minutes=30), lambda: self.remind(self.staff[6], title)),
            (at(days=1, hours=2, minutes=45), lambda: self.follow_topic(self.staff[24], "water")),
            (CROWD, lambda: self.react_together(title)),
            (at(days=2, hours=3, minutes=30), lambda: self.ask(self.staff[26], title)),
            (at(days=2, hours=4), lambda: self.edit(title)),
            (at(days=2, hours=4, minutes=30), lambda: self.answer()),
            (at(days=2, hours=4, minutes=45), lambda: self.tell_what_was_said(self.staff[1])),
            (at(days=2, hours=5), lambda: self.invite()),
            (at(days=2, hours=6), lambda: self.say("pause")),
            (at(days=3, hours=5), lambda: self.react(self.staff[7], title)),
            (at(days=3, hours=6), lambda: self.resume()),
            (at(days=3, hours=6, minutes=30), lambda: self.queue("The lake", topics="water", due_at=LAKE)),
            (at(days=3, hours=7), lambda: self.pick(self.staff[1])),
            (at(days=3, hours=9), lambda: self.publish()),
            (at(days=4, minutes=30), lambda: self.dismiss()),
            (at(days=4, hours=1), lambda: self.react(self.staff[7], last)),
            (at(days=4, hours=1, minutes=10), lambda: self.would(self.staff[26], last)),
            (at(days=4, hours=1, minutes=20), lambda: self.say_outcome()),
            (at(days=4, hours=1, minutes=31), lambda: None),
            (at(days=4, hours=1, minutes=35), lambda: self.thank(self.staff[1])),
            (at(days=4, hours=1, minutes=40), lambda: self.ask_in(self.staff[1])),
            (at(days=4, hours=1, minutes=45), lambda: self.join(self.staff[1])),
            (at(days=4, hours=1, minutes=50), lambda: self.pass_over(self.staff[25], last)),
            (at(days=4, hours=2), lambda: self.leave(self.staff[8], title)),
            (at(days=4, hours=3), lambda: self.delete(self.staff[9], second)),
            (at(days=4, hours=7), self.have_crisis),
        ]

    # --- comms

    def say(self, text: str) -> Any:
        """The editor types a command."""
        where = self.company.general
        return self.company.insist(lambda: self.acts.command(self.company.editor, where, f"/passalong {text}"))

    def page(self, title: str) -> str:
        """Where it can be read."""
        path, text = f"/{title.replace(' ', '-')}", f"<html><head><title>{title}</title></head></html>"
        return self.company.site.page(path, text.encode())

    def queue(self, title: str, **more: Any) -> None:
        """In the form; when the form says that it is in the queue already, that is the answer too."""
        editor = self.company.editor
        link = self.page(title)
        self.company.insist(lambda: self.acts.command(editor, self.company.general, "/passalong queue"), self._form)
        filled = {"link": link, "title": title, "sentence": "Anna did it.", "caption_1": "One", "caption_2": "Two"}
        for block, value in {**filled, **more}.items():
            self.company.insist(lambda b=block, v=value: self.acts.fill(editor, self._top(editor), b, v))
        self._submit(editor, allowed="link")
        self.account.stories[title] = (self.company.english,)
        self.account.answers += 1

    def watch(self) -> None:
        """A paper, everything in it; there is nothing in it yet."""
        self._paper(())
        said = f"feeds add {self.company.site.url}/paper The paper"
        self.say(said)

    def publish(self) -> None:
        """Two more than there is room for on cards in a day: those are in the round-up."""
        names = ("reef", "choir", "bridge", "lake", "canal", "tower", "harbour", "mill")
        self._paper(names)
        self.account.hooks = len(names) - 2
        self.clock.step(minutes=11)
        self.company.work("night")
        for _ in names:
            # Slack takes one message a second in a channel.
            self.clock.step(seconds=2)
            self.company.work()

    def dismiss(self) -> None:
        """*Not this*, until the card says so."""
        editor, comms = self.company.editor, self.company.comms
        self.company.insist(
            lambda: self.acts.press(editor, ids.HOOK_NOT_THIS, channel=comms),
            lambda: any("Not this one" in json.dumps(message) for message in self.acts.messages(editor, comms)),
        )

    def _paper(self, names: tuple[str, ...]) -> None:
        items = "".join(
            f"<item><title>The old {name} is open again</title><guid>{name}</guid></item>" for name in names
        )
        paper = f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'
        self.company.site.page("/paper", paper.encode(), "application/xml")

    def preview(self) -> None:
        self.say("list")
        self.company.insist(lambda: self.acts.press(self.company.editor, ids.QUEUE_PREVIEW))
        self.account.personal["preview"] += 1
        # Whoever asks again because nothing was heard may get both.
        self.account.again["preview"] += self.company.tries - 1

    def edit(self, title: str) -> None:
        """A posted story gets another sentence; its message follows."""
        editor = self.company.editor
        self.company.insist(
            lambda: self.acts.command(editor, self.company.general, f"/passalong edit {title}"), self._form
        )
        self.company.insist(lambda: self.acts.fill(editor, self._top(editor), "sentence", "Anna did it again."))
        self._submit(editor)
        self.account.answers += 1

    def resume(self) -> None:
        """Hours after a slot: what waited goes out, and whose story it is hears that it is late."""
        self.say("resume")
        self.account.personal["notice"] += 1

    def invite(self) -> None:
        self.acts.invite_bot(self.company.general, self.company.admin)
        self.account.introduced.add(self.company.general)

    def thank(self, user: str) -> None:
        """The first champion there is; it goes out once, however often *Send* is pressed."""
        self._champions()
        self._on_top(lambda editor: self.acts.press(editor, ids.THANK, view_id=self._top(editor)), ids.THANKS_FORM)
        self._sent(ids.THANKS_FORM)
        self.account.personal["thanks"] += 1

    def ask_in(self, user: str) -> None:
        """Into the champions' channel."""
        self._champions()
        [option] = [
            one for one in _options(self.acts.views(self.company.editor)[-1]["blocks"]) if one.startswith("invite:")
        ]
        menu = {"option": option}
        self._on_top(
            lambda editor: self.acts.press(editor, ids.CHAMPION_MENU, view_id=self._top(editor), **menu),
            ids.INVITE_FORM,
        )
        self._sent(ids.INVITE_FORM)
        self.account.personal["invitation"] += 1

    def _champions(self) -> None:
        """The list, once it is counted."""
        editor = self.company.editor
        typed = "/passalong champions"
        self.company.insist(
            lambda: self.acts.command(editor, self.company.general, typed),
            lambda: ids.THANK in json.dumps(self.acts.views(editor)[-1:]),
        )

    def _on_top(self, act: Callable[[str], Any], form: str) -> None:
        self.company.insist(lambda: act(self.company.editor), lambda: self._top_form() == form)

    def _top_form(self) -> str:
        return str(self.acts.views(self.company.editor)[-1].get("callback_id"))

    def _sent(self, form: str) -> None:
        """Sent until it says that it was; then all of it is closed."""
        editor = self.company.editor
        self.company.insist(lambda: self.acts.submit(editor, self._top(editor)), lambda: self._top_form() != form)
        self.acts.close(editor, self._top(editor), clear=True)

    def digest(self) -> None:
        self.account.digests.append(self.clock())
        self.account.personal["digest_dm"] += self.account.wants_digest

    def _form(self) -> bool:
        return bool(self.acts.views(self.company.editor))

    def _top(self, user: str) -> str:
        views = self.acts.views(user)
        return str(views[-1]["id"]) if views else "none"

    def _submit(self, user: str, allowed: str | None = None) -> None:
        """Until the modal is closed, or says that it was done already."""
        for _ in range(8):
            views = self.acts.views(user)
            if not views:
                return
            self.acts.submit(user, views[-1]["id"])
            self.company.work()
            errors = self.acts.errors_of(user, views[-1]["id"]) if self.acts.views(user) else {}
            if errors and set(errors) == {allowed}:
                self.acts.close(user, views[-1]["id"], clear=True)
                return
            if errors:
                raise NeverThrough(str(errors))
        raise NeverThrough("the modal never closes")

    def have_crisis(self) -> None:
        """While a digest is on its way: that is taken back."""
        self.crisis.lose_an_answer()
        self.crisis.play(self.staff[26], {self.company.english, self.company.dutch, *self.account.introduced})
        self.account.personal["answer"] += 1

    # --- staff

    def message(self, title: str) -> str | None:
        found = [m for m in self.acts.messages(self.company.editor, self.company.english) if title in m["text"]]
        return str(found[-1]["ts"]) if found else None

    def react(self, user: str, title: str) -> None:
        ts = self._standing(title)
        self.acts.react(user, self.company.english, ts, "mega")
        self.account.said.add((user, title))

    def react_together(self, title: str) -> None:
        """Faster than they can be taken one by one."""
        for user in self.staff[10:22]:
            self.react(user, title)

    def unreact(self, user: str, title: str) -> None:
        self.acts.unreact(user, self.company.english, self._standing(title), "mega")
        self.account.said.discard((user, title))

    def share(self, user: str, title: str) -> None:
        """Two taps, and *I shared it*; then people outside read it, each once."""
        ts = self._standing(title)
        self._to_modal(user, lambda: self.acts.press(user, ids.SHARE, channel=self.company.english, ts=ts))
        if user not in self.asked:
            self.company.insist(
                lambda: self.acts.press(user, ids.SHARE_NAMED, view_id=self._top(user)), self._is_linked(user)
            )
            self.asked.add(user)
        pressed = self.company.insist(lambda: self.acts.press(user, ids.go("linkedin"), view_id=self._top(user)))
        self.account.opened.add((user, title))
        way = urlsplit(pressed.url).path
        self.company.follow(way, next(self.addresses))
        self._submit(user)
        self.account.said.add((user, title))
        self.clock.step(minutes=2)
        self.company.work()
        for _ in range(READERS):
            self.company.follow(f"/{way.split('/')[2]}", next(self.addresses))
            self.account.readers[title] += 1

    def _is_linked(self, user: str) -> Callable[[], bool]:
        """Whether the buttons of the modal lead by way of a personal link."""
        return lambda: f"{self.company.settings.public_url}/go/" in str(self.acts.views(user)[-1:])

    def suggest(self, user: str, title: str) -> None:
        """To comms, who makes a story of it: they hear so, and hear when it is out."""
        typed = f"/passalong suggest {self.page(title)}"
        self._to_modal(user, lambda: self.acts.command(user, self.company.general, typed))
        form = self._top(user)
        self.company.insist(
            lambda: self.acts.submit(user, form),
            lambda: self.acts.views(user)[-1].get("callback_id") != ids.IDEA_FORM,
        )
        self.acts.close(user, self._top(user), clear=True)
        self.account.ideas += 1
        self.account.personal["idea_answer"] += 2

    def remind(self, user: str, title: str) -> None:
        ts = self._standing(title)
        [menu] = [m for m in self.acts.messages(user, self.company.english) if m["ts"] == ts]
        option = next(o for o in _options(menu["blocks"]) if o.startswith(ids.REMIND_ME))
        self.company.insist(
            lambda: self.acts.press(user, ids.STORY_MENU, channel=self.company.english, ts=ts, option=option)
        )
        self.account.personal["reminder"] += 1

    def join(self, user: str) -> None:
        """Into the champions' channel, which is private: comms hears of it."""
        asked = ids.INVITE_JOIN
        self.company.insist(
            lambda: self.acts.press(user, asked), lambda: asked not in json.dumps(self.acts.direct(user))
        )
        self.account.wishes += 1

    def pass_over(self, user: str, title: str) -> None:
        """*Not for me*, and why."""
        ts, why = self._standing(title), ids.why_not("seen")
        [menu] = [m for m in self.acts.messages(user, self.company.english) if m["ts"] == ts]
        option = next(o for o in _options(menu["blocks"]) if o.startswith(ids.NOT_FOR_ME))
        self.company.insist(
            lambda: self.acts.press(user, ids.STORY_MENU, channel=self.company.english, ts=ts, option=option),
            lambda: why in json.dumps(self.acts.ephemerals(user)),
        )
        self.company.insist(
            lambda: self.acts.press(user, why), lambda: why not in json.dumps(self.acts.ephemerals(user))
        )

    def ask(self, user: str, title: str) -> None:
        """*Ask comms*, without a name; it may stand under the story."""
        ts = self._standing(title)
        self._to_modal(user, lambda: self.acts.press(user, ids.ASK, channel=self.company.english, ts=ts))
        chosen = {ids.ASK_TEXT: "Why?", ids.ASK_WHO: ids.ASK_NAMELESS, ids.ASK_MAY_STAND: ["yes"]}
        self._send_filled(user, ids.ASK_FORM, chosen)
        self.account.questions += 1

    def tell_what_was_said(self, user: str) -> None:
        """*What readers said*, on Home."""
        self.open_home(user)
        self.company.work()
        self._to_modal(user, lambda: self._press_if_there(user, ids.HEARD))
        chosen = {ids.HEARD_TEXT: "Nice.", ids.HEARD_NETWORK: "x", ids.ASK_WHO: ids.ASK_NAMED}
        self._send_filled(user, ids.HEARD_FORM, chosen)
        self.account.heard += 1

    def answer(self) -> None:
        """The editor answers the question whose card stands there, for everyone."""
        editor, comms = self.company.editor, self.company.comms
        [card] = [m for m in self.acts.messages(editor, comms) if m["text"].endswith("Why?")]
        act = {"channel": comms, "ts": card["ts"]}
        self._on_top(lambda who: self.acts.press(who, ids.ANSWER, **act), ids.ANSWER_FORM)
        self._send_filled(editor, ids.ANSWER_FORM, {ids.ANSWER_TEXT: "Because.", ids.ANSWER_STANDS: ["yes"]})
        self.account.personal["answer"] += 1

    def would(self, user: str, title: str) -> None:
        """*What would you do?*, without a name."""
        ts = self._standing(title)
        self._to_modal(user, lambda: self.acts.press(user, ids.DILEMMA, channel=self.company.english, ts=ts))
        self._send_filled(user, ids.DILEMMA_FORM, {ids.ASK_TEXT: "Mend it.", ids.ASK_WHO: ids.ASK_NAMELESS})
        self.account.dilemmas += 1

    def say_outcome(self) -> None:
        """The editor says what came of it: to who answered, and under the story."""
        editor, comms = self.company.editor, self.company.comms
        [card] = [m for m in self.acts.messages(editor, comms) if m["text"].endswith("Mend it.")]
        act = {"channel": comms, "ts": card["ts"]}
        self._on_top(lambda who: self.acts.press(who, ids.OUTCOME, **act), ids.OUTCOME_FORM)
        self._send_filled(editor, ids.OUTCOME_FORM, {ids.OUTCOME_TEXT: "We mend it."})
        self.account.personal["answer"] += 1

    def _send_filled(self, user: str, form: str, chosen: dict[str, Any]) -> None:
        """Sent until it says that it was; then all of it is closed."""
        for block, value in chosen.items():
            self.company.insist(lambda b=block, v=value: self.acts.fill(user, self._top(user), b, v))
        self.company.insist(
            lambda: self.acts.submit(user, self._top(user)),
            lambda: str(self.acts.views(user)[-1].get("callback_id")) != form,
        )
        self.acts.close(user, self._top(user), clear=True)

    def follow_topic(self, user: str, topic: str) -> None:
        """In the preferences; of the story with that topic that goes out afterwards they hear. And of each week."""
        self.open_home(user)
        self.company.work()
        self._to_modal(user, lambda: self.acts.press(user, ids.PREFERENCES))
        self.company.insist(lambda: self.acts.fill(user, self._top(user), "topics", [topic]))
        self.company.insist(lambda: self.acts.fill(user, self._top(user), "digest", ["on"]))
        self._submit(user)
        self.account.personal["topic"] += 1
        self.account.wants_digest += 1

    def pick(self, user: str) -> None:
        """A champion asks to be told of what is to come; who sees that it is noted need not press again."""
        self.open_home(user)
        self.company.work()
        self.company.insist(lambda: self._press_if_there(user, ids.PICK_FIRST))
        self.account.personal["first_pick"] += 1

    def _press_if_there(self, user: str, action: str) -> Any:
        is_there = f'"{action}"' in json.dumps(self.acts.home(user))
        return self.acts.press(user, action) if is_there else self.acts.open_home(user)

    def open_home(self, user: str) -> None:
        self.acts.open_home(user)
        self.account.homes.add(user)

    def leave(self, user: str, title: str) -> None:
        """They pass something along, then leave: in figures by person they stand nowhere."""
        self.share(user, title)
        self._at_home(user, ids.LEAVE)
        self.account.gone.add(user)

    def delete(self, user: str, title: str) -> None:
        self.share(user, title)
        self._at_home(user, ids.DELETE_ME)
        self.account.gone.add(user)
        self.account.deleted.add(user)

    def _at_home(self, user: str, action: str) -> None:
        self.open_home(user)
        self.company.work()
        self.company.insist(lambda: self.acts.press(user, action))

    def _to_modal(self, user: str, act: Callable[[], Any]) -> None:
        self.company.insist(act, lambda: bool(self.acts.views(user)))

    def _standing(self, title: str) -> str:
        ts = self.message(title)
        if ts is None:
            raise NeverThrough(f"{title} is not there")
        return ts


def _options(blocks: Any) -> list[str]:
    if isinstance(blocks, dict):
        own = [str(blocks["value"])] if "value" in blocks and "text" in blocks else []
        return own + [value for inner in blocks.values() for value in _options(inner)]
    return [value for block in blocks for value in _options(block)] if isinstance(blocks, list) else []
