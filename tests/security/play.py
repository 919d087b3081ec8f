"""A company in which people, pages and files call everything by nasty names, through every way in."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import escape as in_html
from pathlib import Path
from typing import Any

from bot.actions.answer_question import settle_question
from bot.actions.ask_comms import ask_comms
from bot.actions.bring_reaction import Heard, bring_reaction
from bot.actions.cancel_story import cancel_story
from bot.actions.publish_due import publish_now
from bot.actions.save_preferences import save_preferences
from bot.actions.sync_stories import sync_stories
from bot.actions.who_asks import Asker, who_asks
from bot.domain.clean_text import clean
from bot.domain.people import Preferences, Standing
from bot.domain.questions import Asked, QuestionState, Settled, Why
from bot.domain.topics import to_choose_from
from bot.slack import ids
from bot.sources.content_folder import read_stories
from bot.store import people, stories
from bot.store import setup as setup_store
from tests.conftest import Stand
from tests.security.nasty import NASTY
from tests.slack.queueing import Comms
from tests.slack.share_desk import any_element

VERBS = ("edit", "cancel", "post now", "leaderboard", "queue", "next", "list", "help", "digest preview", "no such verb")
FILES = 6
FRIDAY = datetime(2026, 3, 6, 14, 1, tzinfo=UTC)
"""Just after the digest's time."""


class Play:
    """People who call everything by nasty names."""

    def __init__(self, stand: Stand, folder: Path) -> None:
        self.stand, self.acts, self.folder = stand, stand.acts, folder
        self.comms = Comms(stand)
        self.comms.web.__enter__()
        self.channel = self.comms.english
        self.rooms = [self.comms.english, self.comms.dutch]
        self.office = next(room.id for room in stand.company.rooms if room.private)
        staff = [p for p in stand.company.staff if not p.guest and p.id not in stand.company.editors]
        self.people = [person.id for person in staff if person.id != stand.company.admin][: len(NASTY)]

    def all(self) -> None:
        self.names_in_slack()
        self.set_up()
        self.pages_and_forms()
        self.files()
        self.follow_topics()
        self.publish()
        self.unfollow_topics()
        self.suggest()
        self.pass_along()
        self.share_windows()
        self.questions()
        self.sheet()
        self.verbs()
        self.afterwards()

    def names_in_slack(self) -> None:
        """Colleagues and channels."""
        for user, name in zip(self.people, list(NASTY.values()) * 2, strict=False):
            self.stand.workspace.change_person(replace(self.stand.workspace.people[user], real_name=name))
        for name in ("broadcasts", "link", "override", "surrogates", "entities"):
            room = self.stand.workspace.add_channel(NASTY[name][:80], [self.stand.company.admin])
            self.acts.invite_bot(room.id, self.stand.company.admin)
            self.rooms.append(room.id)
        for room_id in self.rooms:
            members = self.stand.workspace.channels[room_id].members
            members += [user for user in self.people if user not in members]
        self.stand.work()

    def set_up(self) -> None:
        """The steps, with what is nasty in every field that takes text."""
        admin = self.stand.company.admin
        self.acts.command(admin, self.comms.general, "/passalong setup")
        self.stand.settle()
        for name in ("link", "broadcasts", "surrogates", "entities", "control"):
            self._fill_and_send(
                admin, "sharing", company=NASTY[name][:60], disclosure_en=NASTY[name][:100] + " {company}"
            )
            self._fill_and_send(admin, "times", zone=NASTY[name], slots=NASTY[name])
            self._fill_and_send(admin, "sharing", share_emojis=NASTY[name][:300])
        self.close_all(admin)

    def _fill_and_send(self, user: str, step: str, **fields: str) -> None:
        view = self.acts.views(user)[-1]
        pressed = self.acts.press(user, ids.SETUP_GO, view_id=view["id"], value=step)
        if not pressed.acked:
            self.acts.press(user, ids.SETUP_OVERVIEW, view_id=view["id"])
            self.stand.settle()
            assert self.acts.press(user, ids.SETUP_GO, view_id=view["id"], value=step).acked
        self.stand.settle()
        for block, value in fields.items():
            self.acts.fill(user, view["id"], block, value)
        self.acts.submit(user, view["id"])
        self.stand.settle()

    def pages_and_forms(self) -> None:
        """The short way reads a page; what it says stands in the form, and then something nasty is typed over it."""
        for number, (name, text) in enumerate(NASTY.items()):
            title = in_html(text.encode("utf-8", "replace").decode())
            more = f'<meta name="description" content="{title}"><meta property="og:image:alt" content="{title}">'
            link = self.comms.page(f"/{number}", title, more)
            self.comms.open(f"queue {link} {text[:500]}", channel=self.channel)
            self.comms.fill(
                title=clean(text)[:150],
                sentence=text[:400],
                caption_1=text[:2000],
                caption_2=f"{name}: {text[:1900]}",
                topics=text[:60].replace(",", " "),
                image=f"https://example.com/{number}.png",
                alt=text[:1900],
                channels=[self.rooms[number % len(self.rooms)]],
            )
            errors = self.comms.send()
            assert errors == {}, (name, errors)

    def files(self) -> None:
        """Story files, where YAML has ways of its own to write a character."""
        folder = self.folder / "stories"
        folder.mkdir(parents=True)
        for number, text in enumerate(NASTY.values()):
            said = json.dumps(clean(text)[:140])
            unclean = json.dumps(text[:140])
            (folder / f"file-{number}.md").write_text(
                f"---\nlink: https://example.com/file/{number}\ntitle: {unclean}\ncaptions:\n  en:\n  - {said}\n"
                f"channels: [good-stories]\nimage: https://example.com/f{number}.png\nalt: {unclean}\n---\n"
                f"{clean(text)[:300].strip().lstrip('#-')}\n\nBackground.\n"
            )
        found, problems = read_stories(self.folder)
        assert len(found) + len(problems) >= len(NASTY)
        sync_stories(self.stand.house.desk.store, found[:FILES], self.stand.clock())

    def follow_topics(self) -> None:
        """Somebody follows every topic there is: each story that is out comes to them too."""
        queued = self.stand.house.desk.store.read(stories.queued)
        topics = to_choose_from((topic for story in queued for topic in story.topics), ())
        desk, chosen = self.stand.house.desk, Preferences(topics=topics)
        save_preferences(desk, who_asks(desk, self.people[1]), chosen, None, self.stand.clock())

    def unfollow_topics(self) -> None:
        """By the button under each, and what is left stands in the preferences."""
        user = self.people[1]
        channel = self.stand.workspace.direct_channel(user).id
        for _ in range(len(NASTY)):
            # One a second to each of them is what Slack takes.
            self.stand.clock.step(seconds=2)
            self.stand.work()
        told = [message for message in self.acts.direct(user) if any_element(message, ids.UNFOLLOW)]
        assert len(told) > len(NASTY) / 2
        for message in told:
            if stop := any_element(message, ids.UNFOLLOW):
                self.acts.press(user, ids.UNFOLLOW, channel=channel, ts=message["ts"], value=stop["value"])
                self.stand.settle()
        self.acts.open_home(user)
        self.stand.work()
        assert self.acts.press(user, ids.PREFERENCES).acked
        self.stand.settle()
        self.close_all(user)

    def suggest(self) -> None:
        """Each text as somebody's words, with their name; comms answers with the next one, and queues the last one."""
        self.comms.set_up(comms_channel=self.office)
        for number, (user, text) in enumerate(zip(self.people, NASTY.values(), strict=False)):
            self.acts.command(user, self.comms.general, f"/passalong suggest https://example.com/idea/{number} {text}")
            self.stand.settle()
            view = self.acts.views(user)[-1]["id"]
            self.acts.fill(user, view, ids.IDEA_WHY, text[:1500])
            self.acts.fill(user, view, ids.IDEA_CREDIT, ["yes"])
            self.acts.submit(user, view)
            # One at a time: Slack takes one a second.
            self.stand.clock.step(seconds=1.1)
            self.stand.work()
            self.close_all(user)
        self.answer_ideas()
        for user in self.people[:3]:
            self.acts.open_home(user)

    def answer_ideas(self) -> None:
        editor, room = self.comms.editor, self.office
        cards = [m for m in self.acts.messages(editor, room) if any_element(m, ids.IDEA_DECLINE)]
        assert len(cards) > len(NASTY) / 2
        for card, text in zip(cards, reversed(NASTY.values()), strict=False):
            is_last = card is cards[-1]
            action = ids.IDEA_QUEUE if is_last else ids.IDEA_DECLINE
            self.acts.press(editor, action, channel=room, ts=card["ts"])
            self.stand.settle()
            view = self.acts.views(editor)[-1]["id"]
            if not is_last:
                self.acts.fill(editor, view, ids.IDEA_WORDS, text[:1500])
                self.acts.fill(editor, view, ids.IDEA_SIGN, ["yes"])
                self.acts.submit(editor, view)
            self.close_all(editor)
        self.stand.work()

    def publish(self) -> None:
        now = self.stand.clock()

        def work(connection: Any) -> None:
            for story in stories.queued(connection):
                publish_now(connection, story, now)

        self.stand.house.desk.store.write(work)
        for _ in range(len(NASTY)):
            self.stand.work()
            if len(self.messages()) == len(NASTY) + FILES:
                return
            self.stand.clock.step(seconds=1.1)
        raise AssertionError(f"{len(self.messages())} stories went out")

    def messages(self) -> list[tuple[str, dict[str, Any]]]:
        """The stories that are out, each with its channel."""
        found = [(room, message) for room in self.rooms for message in self.acts.messages(self.people[0], room)]
        return [(room, message) for room, message in found if any_element(message, ids.SHARE)]

    def pass_along(self) -> None:
        """Everybody reacts; ten of them at a time agreed to be named."""
        stories_out = self.messages()
        for number, user in enumerate(self.people):
            room, message = stories_out[number % len(stories_out)]
            self.acts.react(user, room, message["ts"], "mega")
        self.stand.work()
        for start in range(0, len(self.people), 10):
            for place, user in enumerate(self.people):
                standing = Standing.NAMED if start <= place < start + 10 else Standing.UNNAMED
                self.stand.house.desk.store.write(lambda c, u=user, s=standing: _stands(c, u, s))
            self.acts.command(self.people[start], self.channel, "/passalong leaderboard")
        self.stand.settle()

    def share_windows(self) -> None:
        """Own words, a line, a server, the address of a post; reminders."""
        for user, (room, message), text in zip(
            self.people, self.messages() * 2, list(NASTY.values())[::2], strict=False
        ):
            self.stand.clock.step(seconds=5)  # Slack's own limits of calls a minute
            assert self.acts.press(user, ids.SHARE, channel=room, ts=message["ts"]).acked
            self.stand.settle()
            view = self.acts.views(user)[-1]["id"]
            self.acts.fill(user, view, ids.SHARE_WORDS, text[:2400])
            self.acts.fill(user, view, ids.SHARE_MASTODON, text[:200])
            self.acts.press(user, ids.SHARE_USE_WORDS, view_id=view)
            self.acts.press(user, ids.SHARE_KEEP_NETWORKS, view_id=view)
            self.acts.press(user, ids.go("linkedin"), view_id=view)
            self.stand.settle()
            self.close_all(user)
            self.post_addresses(user, room, message, text)
        self.menu(self.people[0], *self.messages()[0], ids.REMIND_ME)

    def post_addresses(self, user: str, room: str, message: dict[str, Any], text: str) -> None:
        self.menu(user, room, message, ids.POSTED_MYSELF)
        view = self.acts.views(user)[-1]["id"]
        for address in (text[:2000], f"https://social.example.org/@a/1?{text[:900]}"):
            self.acts.fill(user, view, ids.POST_ADDRESS, address)
            self.acts.submit(user, view)
            self.stand.settle()
        self.close_all(user)

    def menu(self, user: str, room: str, message: dict[str, Any], choice: str) -> None:
        options = any_element(message, ids.STORY_MENU)["options"]
        value = next(option["value"] for option in options if option["value"].startswith(choice))
        self.acts.press(user, ids.STORY_MENU, channel=room, ts=message["ts"], option=value)
        self.stand.settle()

    def questions(self) -> None:
        """Asked under stories and as a command, answered, closed, and what readers said: all in nasty words."""
        desk, now = self.stand.house.desk, self.stand.clock
        with_comms = replace(desk.setup(), comms_channel=self.comms.general, editors=(self.comms.editor,))
        desk.store.write(lambda c: setup_store.save_setup(c, with_comms, now()))
        story = desk.store.read(lambda c: stories.find_link(c, f"{self.comms.web.url}/0"))
        assert story is not None
        for number, (user, text) in enumerate(zip(self.people * 2, NASTY.values(), strict=False), 1):
            asker, lot, words = who_asks(desk, user), f"{number:032x}", clean(text)[:3000]
            self.acts.command(user, self.channel, f"/passalong ask {text}")
            self.stand.settle()
            self.close_all(user)
            about = story.id if number % 2 else None
            asked = Asked(lot, about, words, is_named=number % 3 != 0, may_stand=True)
            ask_comms(desk, asker, asked, now())
            bring_reaction(desk, asker, Heard(lot, story.id, "x", words[:1500], is_named=True), now())
            self._rest()
            self.acts.command(self.comms.editor, self.comms.general, "/passalong questions")
            self.stand.settle()
            self.close_all(self.comms.editor)
            state = QuestionState.ANSWERED if number % 4 else QuestionState.CLOSED
            why = None if number % 4 else Why.NOT_YET
            settled = Settled(state, words, f"V{number}", why, stands=True)
            settle_question(desk, self.asker, number, settled, now())
            self._rest()

    def _rest(self) -> None:
        for _ in range(3):
            self.stand.clock.step(seconds=2)
            self.stand.work()

    def sheet(self) -> None:
        """Before the verbs: one of them takes the story back whose title it was given."""
        self.acts.open_home(self.comms.editor)
        self.stand.work()
        assert self.acts.press(self.comms.editor, ids.EXPORT_STORIES).acked
        self.stand.settle()

    def verbs(self) -> None:
        """Each text behind two of the verbs, so that every verb gets to hear many."""
        for number, text in enumerate(NASTY.values()):
            for verb in {VERBS[(number + step) % len(VERBS)] for step in (0, 3)}:
                outcome = self.acts.command(self.comms.editor, self.comms.general, f"/passalong {verb} {text}")
                assert outcome.acked, (verb, text)
            self.acts.command(self.people[number % len(self.people)], self.channel, f"/passalong leaderboard {text}")
            self.stand.settle()
            self.close_all(self.comms.editor)

    def afterwards(self) -> None:
        """Homes, both digests, a reminder, an edit, stories taken back, the sheet."""
        for user in (self.comms.editor, self.people[0]):
            self.acts.open_home(user)
        self.stand.work()
        self.stand.clock.step(days=1, hours=3)
        self.stand.work()
        for number in range(0, 12, 3):
            story = self.comms.by_link(f"{self.comms.web.url}/{number}")
            cancel_story(self.stand.house.desk, self.asker, story.id, self.stand.clock())
        self.stand.clock.to(FRIDAY)
        for _ in range(6):
            self.stand.work()
            self.stand.clock.step(seconds=5)
        self.acts.open_home(self.comms.editor)
        self.stand.work()
        self.acts.command(self.comms.editor, self.comms.general, "/passalong list")
        self.stand.work()

    @property
    def asker(self) -> Asker:
        return who_asks(self.stand.house.desk, self.comms.editor)

    def close_all(self, user: str) -> None:
        for view in reversed(self.acts.views(user)):
            self.acts.close(user, view["id"])
        self.stand.settle()


def _stands(connection: Any, user: str, standing: Standing) -> None:
    person = people.by_user(connection, user)
    if person is not None:
        people.set_standing(connection, person.id, standing)
