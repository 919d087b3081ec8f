"""Somebody who leaves every trace that the bot can keep, and the search for all of them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Float, Integer, MetaData, String, select, update

from bot.actions.answer_idea import decline_idea
from bot.actions.answer_question import settle_question
from bot.actions.answer_standing import answer_standing
from bot.actions.ask_comms import ask_comms
from bot.actions.count_clicks import Came, ClickCounter
from bot.actions.end_crisis import end_crisis
from bot.actions.export_stories import export_stories
from bot.actions.fill_crisis import fill_crisis
from bot.actions.follow_link import find_destinations
from bot.actions.keep_rankings import keep_rankings
from bot.actions.link_desk import LinkDesk
from bot.actions.mark_opened import mark_opened
from bot.actions.mark_said import mark_said
from bot.actions.mint_link import mint_links
from bot.actions.open_share import open_share
from bot.actions.pick_first import pick_first
from bot.actions.queue_story import edit_story, queue_story
from bot.actions.read_crisis import mark_read
from bot.actions.remind_later import remind_later
from bot.actions.save_preferences import save_preferences
from bot.actions.set_aside import put_back_link, set_aside_link, set_aside_share
from bot.actions.show_crisis import PERSON, sealed_to
from bot.actions.show_teams import teams_for_comms
from bot.actions.start_crisis import start_crisis
from bot.actions.suggest_idea import suggest_idea
from bot.actions.tell_crisis import tell_crisis
from bot.actions.update_crisis import update_crisis
from bot.actions.who_asks import who_asks
from bot.domain.captions import Caption
from bot.domain.clicks import PERSON as A_PERSON
from bot.domain.crisis_desk import FillWish, StartWish, UpdateWish
from bot.domain.deliveries import Owed
from bot.domain.ideas import Suggestion, WhyAnswer
from bot.domain.leaderboard import listed_as
from bot.domain.links import Post
from bot.domain.local_time import day_of
from bot.domain.people import Preferences, Standing
from bot.domain.questions import Asked, QuestionKind, QuestionState, Settled
from bot.domain.setup import Channel
from bot.domain.shares import Words
from bot.domain.stories import StoryDraft
from bot.domain.visitors import Visitor
from bot.slack import ids
from bot.store import boards, deliveries, ideas, invitations, people, placements, questions, teams
from bot.store import setup as setup_store
from bot.store.engine import Store
from bot.store.tables import links, metadata, shares
from bot.store.tables import people as people_rows
from tests.conftest import Stand, until
from tests.journeys.followed import PUBLIC

TEAM = "The reef"
OWN_TEXT = "In my very own words"
POST = "https://www.linkedin.com/posts/my-own-words-1"
SERVER = "own-server.example"
TOPIC = "tides of my own"
EDITORS_KEYS = {
    "editor_steps.who",
    "stories.queued_by",
    "crises.asked_by",
    "crises.started_by",
    "crises.tell_asked_by",
    "crises.told_by",
    "crisis_steps.who",
    "crisis_updates.who",
}
"""Where a key may stay: it leads to nobody."""


@dataclass(frozen=True)
class Found:
    """A value somewhere in the database."""

    place: str
    text: str


def all_texts(store: Store, tables: MetaData = metadata) -> Iterator[Found]:
    """Every text in every column of every table. Raises TypeError for a column that could hide one."""
    for table in tables.sorted_tables:
        searched = [column for column in table.c if holds_text(table.name, column)]
        for row in store.read(lambda c, t=table: c.execute(select(t)).all()):
            for column in searched:
                value = row._mapping[column]
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                yield Found(f"{table.name}.{column.name}", text)


def holds_text(table: str, column: Any) -> bool:
    kind = getattr(column.type, "impl_instance", column.type)
    if isinstance(kind, String | JSON):
        return True
    if isinstance(kind, Integer | BigInteger | Boolean | Float):
        return False
    raise TypeError(f"{table}.{column.name} ({column.type!r}) cannot be searched: teach this test how")


def people_pointed_at(store: Store) -> Iterator[tuple[str, int]]:
    """Every row's reference to a person."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if any(key.column.table.name == "people" for key in column.foreign_keys):
                for (value,) in store.read(lambda c, x=column: c.execute(select(x).where(x.is_not(None))).all()):
                    yield f"{table.name}.{column.name}", value


class Scene:
    """Two channels, three stories, and somebody who is staff and editor."""

    def __init__(self, stand: Stand) -> None:
        self.stand, self.desk, self.clock, self.acts = stand, stand.house.desk, stand.clock, stand.acts
        self.store = stand.house.store
        company = stand.company
        taken = (company.admin, *company.editors)
        self.me, self.other = [p for p in company.staff if not p.guest and p.language == "nl" and p.id not in taken][:2]
        self.shown_name = self.desk.messenger.profile(self.me.id).name
        self.rooms = [company.rooms[0].id, company.rooms[1].id]
        for room in self.rooms:
            self.write(lambda c, r=room: setup_store.put_channel(c, Channel(r, r.lower(), "en"), self.clock()))
        setup = replace(self.desk.setup(), editors=(self.me.id, self.other.id), share_emojis=("mega", "tada"))
        assert self.write(lambda c: setup_store.save_setup(c, setup, self.clock()))

    def write(self, work: Callable[[Any], Any]) -> Any:
        return self.store.write(work)

    def asker(self, user: str) -> Any:
        return who_asks(self.desk, user)

    def draft(self, title: str, **more: Any) -> StoryDraft:
        texts = (Caption(None, "en", "One"), Caption(None, "en", "Two"))
        link = f"https://example.com/{title}"
        asks = {"dilemma": "Stay, or go?"} | more
        return StoryDraft(link, title, "A good one.", "en", texts, channels=tuple(self.rooms), **asks)

    def post(self, title: str, **more: Any) -> int:
        at = self.clock() + timedelta(minutes=5)
        story = queue_story(self.desk, self.asker(self.me.id), self.draft(title, due_at=at, **more), self.clock()).story
        self.clock.to(at)
        for _ in range(4):
            self.stand.work()
            self.clock.step(seconds=2)
        return story.id

    def messages(self, story: int) -> list[tuple[str, str]]:
        return [(p.channel, p.ts) for p in self.store.read(lambda c: placements.of_story(c, story))]

    def react(self, user: str, story: int) -> None:
        for channel, ts in self.messages(story):
            for emoji in ("mega", "tada"):
                assert self.acts.react(user, channel, ts, emoji).acked
        self.stand.work()

    def do_everything(self) -> list[int]:
        """Both people do the same with two stories; one of them is deleted afterwards."""
        self.crisis()
        found = [self.post("reef"), self.post("bakery")]
        for person in (self.me, self.other):
            asker, now = self.asker(person.id), self.clock()
            self.react(person.id, found[0])
            chosen = Preferences("nl", ("linkedin", "mastodon"), SERVER, True, None, (TOPIC,), digest_by_dm=True)
            save_preferences(self.desk, asker, chosen, None, now)
            answer_standing(self.desk, asker, Standing.NAMED, now)
            for story in found:
                open_share(self.desk, asker, story, self.rooms[0], now)
                for network in ("linkedin", "x"):
                    mark_opened(self.desk, asker, story, network, Words(own_words=True), now)
                mark_said(self.desk, asker, story, ["linkedin", "x"], now, post_url=POST)
                self.follow(mint_links(self.desk, asker, story, ["linkedin", "x"], Post(OWN_TEXT), now).values())
            self.acts.open_home(person.id)
        self.write(self.put_in_team)
        self.ask(found[0])
        self.suggest()
        self.edit_and_wait()
        self.set_aside()
        self.rank()
        return found

    def crisis(self) -> None:
        """Before there were stories: both tell of it, read it, ask, and are answered for all; a message still waits."""
        me, other, now = self.asker(self.me.id), self.asker(self.other.id), self.clock()
        known = start_crisis(self.desk, me, StartWish("outage", is_rehearsal=False), now).known
        crisis_id = known.crisis.id
        places = {text.language: dict.fromkeys(text.places, "the portal") for text in known.texts}
        fill_crisis(self.desk, me, crisis_id, FillWish(places, {}, {}, 60), now)
        for asker in (me, other):
            tell_crisis(self.desk, asker, crisis_id, now, publish=False)
        self._rest()
        for asker in (me, other):
            name = asker.profile.user
            news = UpdateWish({"en": "It works again.", "nl": "Het werkt weer."}, {}, {}, {}, None)
            update_crisis(self.desk, asker, crisis_id, news, f"V{name[-4:]}", now)
            mark_read(self.desk, asker, crisis_id, "everyone", now)
            text = f"When, asks {asker.profile.name}?"
            lot = f"c{name[-4:]:0>31}"
            ask_comms(self.desk, asker, Asked(lot, None, text, True, True, crisis_id=crisis_id), now)
            wait = replace(sealed_to(self.desk, crisis_id, name, {}, PERSON, 1), not_before=now + timedelta(days=30))
            self.write(lambda c, w=wait: deliveries.owe(c, w, now))
        for question in self.store.read(questions.waiting):
            answers = Settled(
                QuestionState.ANSWERED, "Soon.", f"V0c{question.id}", stands=True, listed=question.text or ""
            )
            mine = me.person is not None and question.person_id == me.person.id
            settle_question(self.desk, other if mine else me, question.id, answers, now)
        end_crisis(self.desk, me, crisis_id, {}, now)
        self._rest()

    def _rest(self) -> None:
        for _ in range(3):
            self.stand.work()
            self.clock.step(seconds=2)

    def ask(self, story: int) -> None:
        """Both ask with their name, and without; they answer one another's. What they asked without waits.

        In the same ways both say what they would do, which waits too.
        """
        people_here = (self.me, self.other)
        for number, person in enumerate(people_here):
            for named in (True, False):
                lot = f"{2 * number + named:032x}"
                text = f"Why, asks {person.real_name}?"
                asked = Asked(lot, story, text, is_named=named, may_stand=False)
                ask_comms(self.desk, self.asker(person.id), asked, self.clock())
                would = Asked(f"d{lot[1:]}", story, f"{text} I would.", named, False, QuestionKind.DILEMMA)
                ask_comms(self.desk, self.asker(person.id), would, self.clock())
        for number, person in enumerate(people_here):
            answers = Settled(QuestionState.ANSWERED, "Because.", f"V0{number}")
            other = self.asker(next(p.id for p in people_here if p is not person))
            [asked_by] = [q for q in self.store.read(questions.waiting) if q.person_id == other.person.id]
            settle_question(self.desk, self.asker(person.id), asked_by.id, answers, self.clock())
        self._rest()

    def suggest(self) -> None:
        """Both suggest three ideas, with their names: one becomes a story soon, one is declined, one waits.

        And an editor who answers in their own words is one of them.
        """
        for person in (self.me, self.other):
            for number, link in enumerate(("https://example.com/harbour", f"https://example.com/{person.name}", "")):
                why = f"{person.real_name} thought of this"
                idea = Suggestion(link, why, is_credited=True)
                suggest_idea(self.desk, self.asker(person.id), idea, f"V{person.id}{number}", self.clock())
        for idea in self.store.read(lambda c: ideas.waiting(c, 10)):
            if idea.link.endswith((self.me.name, self.other.name)):
                words = WhyAnswer(words=f"{self.me.real_name} says: not now", is_signed=True)
                decline_idea(self.desk, self.asker(self.me.id), idea.id, words, self.clock())

    def set_aside(self) -> None:
        """Somebody else of comms does that with a share of each of them, and with a link, which is put back."""
        editor = replace(self.asker(self.stand.company.admin), is_editor=True)
        for person in (self.me, self.other):
            for table, act in ((links, set_aside_link), (shares, set_aside_share)):
                mine = select(table.c.id).join(people_rows).where(people_rows.c.user == person.id)
                mine = mine.where(table.c.network == "x").limit(1)
                which = self.store.read(lambda c, q=mine: c.execute(q).scalar())
                assert act(self.desk, editor, which, f"{person.real_name} asked for it", self.clock())
                assert act is set_aside_share or put_back_link(self.desk, editor, which, self.clock())

    def rank(self) -> None:
        """Both were here for so long that they are among the champions."""
        self.write(lambda c: c.execute(update(people_rows).values(since=self.clock().toordinal() - 60)))
        keep_rankings(self.store, self.clock() + timedelta(days=1))

    def put_in_team(self, connection: Any) -> None:
        """Both are in one that is large enough to keep what they brought."""
        teams.keep_staff(connection, {TEAM: 9}, self.clock())
        both = [people.by_user(connection, person.id) for person in (self.me, self.other)]
        teams.put_in(connection, {person.id: TEAM for person in both if person})

    def of_the_team(self) -> Any:
        """What comms sees of it: readers, and how many took part."""
        day = day_of(self.clock(), self.desk.setup().zone)
        [(team, _)] = self.store.read(lambda c: teams_for_comms(c, day))
        return team

    def follow(self, codes: Iterable[str]) -> None:
        """Somebody outside follows these links."""
        desk = LinkDesk(self.store, lambda agent: False, PUBLIC)
        counter, now = ClickCounter(desk), self.clock()
        found = find_destinations(desk, codes).values()
        came = [Came(one.link, A_PERSON, False, Visitor("198.51.100.1", "A browser")) for one in found]
        hashed, salt = counter.hashed(came, now)
        assert counter.count(hashed, salt, now)

    def edit_and_wait(self) -> None:
        """As an editor; and something to come is owed when the deletion comes."""
        asker = self.asker(self.me.id)
        queued, now = queue_story(self.desk, asker, self.draft("late"), self.clock()).story, self.clock()
        edit_story(self.desk, asker, queued.id, queued.version, self.draft("later", due_at=queued.due_at), now)
        story = queued.id
        export_stories(self.desk, asker, ["a"] * 6, now)
        # Both hear of it, and wait for another one.
        self.post("harbour", topics=(TOPIC,))
        for person in (self.me, self.other):
            assert pick_first(self.desk, self.asker(person.id), story, self.clock())
        open_one = self.post("garden")
        self.reminder = remind_later(self.desk, asker, open_one, None, self.clock()).at
        mine = self.store.read(lambda c: people.by_user(c, self.me.id))
        body = {"params": {"who": self.me.real_name}}
        word = Owed("notice", f"notice:{self.me.id}", self.me.id, body, person_id=mine.id)
        for owed in (word, replace(word, key=f"{word.key}:bare", person_id=None)):
            wait = replace(owed, not_before=now + timedelta(days=3))
            self.write(lambda c, w=wait: deliveries.owe(c, w, now))
        self.thank_and_invite(now)
        self.acts.invite_bot(self.stand.company.rooms[2].id, self.me.id)
        self.stand.settle()

    def thank_and_invite(self, now: datetime) -> None:
        """As an editor they thanked the other one, which is still to be sent; as a champion they were asked to join."""
        mine, other = (self.store.read(lambda c, u=p.id: people.by_user(c, u)) for p in (self.me, self.other))
        body = {"text": f"Thank you! {self.me.real_name}", "by": mine.key, "nameless": False}
        owed = Owed("thanks", "thanks:V1", self.other.id, body, now + timedelta(days=3), person_id=other.id)
        self.write(lambda c: deliveries.owe(c, owed, now))
        for person in (mine, other):
            self.write(lambda c, p=person: invitations.ask(c, p.id, now))

    def delete(self) -> str:
        """In Home, with one click; answers the key the person had."""
        key = self.store.read(lambda c: people.by_user(c, self.me.id)).key
        self.acts.open_home(self.me.id)
        self.stand.work()
        view = self.acts.home(self.me.id)
        assert self.acts.press(self.me.id, ids.DELETE_ME, view_id=view["id"]).acked
        until(lambda: self.acts.home(self.me.id)["hash"] != view["hash"])
        self.stand.settle()
        return str(key)

    def totals(self, which: list[int]) -> Any:
        return self.store.read(lambda c: boards.story_totals(c, which))

    def assert_nothing_is_left(self, key: str) -> None:
        needles = {self.me.id, self.me.name, self.me.real_name, self.shown_name, listed_as(self.shown_name)}
        for found in all_texts(self.store):
            if found.place == "crisis_texts.text":
                continue  # what ships has words in it that are first names too
            assert not any(needle in found.text for needle in needles), found
            assert key not in found.text or found.place in EDITORS_KEYS, found
        assert self.store.read(lambda c: people.by_key(c, key)) is None
        pointed_at = {person for _, person in people_pointed_at(self.store)}
        assert self.store.read(lambda c: {n for n in pointed_at if people.by_id(c, n)}) == pointed_at
