"""The simulated staff: comms fills the queue, colleagues pass stories along, and one and another leaves.

    staff = Staff(sandbox, phrases, scripts, seed=1, weeks=4)
    staff.look()                      # what is new in the channels
    staff.next_due(), staff.act()     # one step; let the app come to rest before the next
    staff.ledger.at(moment)           # what really happened
    staff.public                      # who reads what they post

The same seed and the same messages give the same acts. They know no ids: `phrases` is what stands on the app's
buttons and above its inputs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.sandbox.company import FRONT_ROW, GOOD_STORIES, MOOIE_VERHALEN, OTHER_BOT
from bot.sandbox.ledger import NAMED, Ledger
from bot.sandbox.public import Public
from bot.sandbox.server import Sandbox
from bot.sandbox.staff_agenda import Agenda, Visit
from bot.sandbox.staff_comms import Script, looks, queues, queues_shortly, sets_up
from bot.sandbox.staff_habits import at_work, make_habits, reads_at
from bot.sandbox.staff_outside import GoesOut
from bot.sandbox.staff_screen import Phrases, Screen, story_link
from bot.sandbox.staff_visits import Colleague, Seen

HOME_ZONE = "Europe/Amsterdam"
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = 0, 2, 3, 4
FIRST_WEEK, EVERY_WEEK = 6, 4
"""Stories queued on a Monday; the first time some more, so that there is always something coming up."""
OTHER_LANGUAGE = 0.35
SOMETHING_ELSE = (6, 5, 3, 2, 84)
"""Out of a hundred: a heart, *Not for me*, *Remind me later*, a look at the leaderboard, nothing."""
PREFERS = 3


class Staff:
    """Everybody at the company, from the workspace's now (a Monday) on for so many weeks."""

    def __init__(self, sandbox: Sandbox, phrases: Phrases, scripts: Sequence[Script], seed: int, weeks: int) -> None:
        self.sandbox, self.seed, self.weeks, self.scripts = sandbox, seed, weeks, tuple(scripts)
        self.workspace, self.acts = sandbox.workspace, sandbox.acts
        self.company, self.start = self.workspace.company, self.workspace.now()
        self.agenda = Agenda()
        self.ledger = Ledger(self._called, self._counts)
        self.public = Public(sandbox.outside, self.workspace.now, HOME_ZONE, seed)
        self.colleagues: Mapping[str, Colleague] = {c.user: c for c in self._colleagues(phrases)}
        self._reads = True
        self._seen: set[tuple[str, str]] = set()
        self._met: set[tuple[str, str]] = set()

    # --- what happens by itself

    def plan(self) -> None:
        """Put in the agenda what does not depend on stories that come."""
        self._plan_set_up()
        for week in range(self.weeks):
            self._plan_comms(week)
        for week, weekday, clock, goes in (
            (2, WEDNESDAY, time(11, 5), Colleague.leaves),
            (3, THURSDAY, time(16, 10), self._leaves_company),
            (3, FRIDAY, time(10, 20), Colleague.is_deleted),
        ):
            self.agenda.add(self._on(min(self.weeks, week), weekday, clock), f"one {week}", self._one_goes(goes))
        for place, colleague in enumerate(self._sample("preferences", PREFERS)):
            networks = colleague.habits.networks
            at = at_work(self._on(1, WEDNESDAY, time(13, 10 * place)), colleague.person.tz, self._random("work", place))
            self.agenda.add(at, colleague.user, colleague.sets_preferences(networks))

    def set_up(self) -> None:
        """Only the set-up and the first stories; nobody reads them yet."""
        self._reads = False
        self._plan_set_up()
        self._plan_queue(0)

    def look(self) -> None:
        """See what is new in the channels; who likes it will come to it."""
        if not self._reads:
            return
        fresh: dict[str, list[Seen]] = {}
        for channel in (GOOD_STORIES, MOOIE_VERHALEN):
            for seen in self._new_in(channel):
                fresh.setdefault(seen.link, []).append(seen)
        for places in fresh.values():
            self.agenda.add(self.workspace.now() + timedelta(seconds=9), OTHER_BOT, self._calendar_reacts(places[0]))
            for colleague in self.colleagues.values():
                self._plan_reading(colleague, places)

    def next_due(self) -> datetime | None:
        """When somebody does the next thing."""
        return self.agenda.next_due()

    def act(self) -> None:
        """One step of one person."""
        self.agenda.act(self.workspace.now())

    # --- people

    def _colleagues(self, phrases: Phrases) -> Iterator[Colleague]:
        outside = GoesOut(self.sandbox.outside, self.public.ledger, self.workspace.now)
        for person in self.company.staff:
            screen = Screen(self.workspace, self.acts, phrases, person.id)
            habits = make_habits(self._random("habits", person.id))
            yield Colleague(person, habits, screen, self.ledger, outside, self.workspace.now)

    def _called(self, user: str) -> str:
        """What stands beside somebody's messages."""
        profile = self.workspace.profile_json(user)
        return str(profile["display_name"] or profile["real_name"])

    def _counts(self, user: str) -> bool:
        person = self.workspace.people[user]
        return not person.is_bot and person.team_id == self.company.team_id

    def _random(self, *about: object) -> Random:
        """The same for the same thing, whatever else happens."""
        return Random(f"{self.seed}:{about}")

    def _sample(self, what: str, most: int) -> list[Colleague]:
        return self._random(what).sample(list(self.colleagues.values()), most)

    # --- planning

    def _on(self, week: int, weekday: int, clock: time) -> datetime:
        """A moment of the week so many (1 is the first) on the company's clock."""
        day = self.start.astimezone(ZoneInfo(HOME_ZONE)).date() + timedelta(weeks=week - 1, days=weekday)
        return datetime.combine(day, clock, ZoneInfo(HOME_ZONE)).astimezone(self.start.tzinfo)

    def _plan_set_up(self) -> None:
        admin = self.colleagues[self.company.admin]
        champions = next((f"🔒 {room.name}" for room in self.company.rooms if room.id == FRONT_ROW), None)
        visit = sets_up(admin.screen, admin.person.language, self.company.name, champions)
        self.agenda.add(self.start + timedelta(minutes=7), admin.user, visit)

    def _plan_comms(self, week: int) -> None:
        self._plan_queue(week)
        for editor, weekday, clock, command in (
            (0, WEDNESDAY, time(14, 0), "/passalong list"),
            (1, FRIDAY, time(14, 30), "/passalong digest preview"),
        ):
            who = self.colleagues[self.company.editors[editor]]
            self.agenda.add(self._on(week + 1, weekday, clock), who.user, looks(who.screen, command))

    def _plan_queue(self, week: int) -> None:
        """The first the short way, the others through the form; each by the editor who speaks its language."""
        first = FIRST_WEEK + (week - 1) * EVERY_WEEK if week else 0
        mine = self.scripts[first : FIRST_WEEK + week * EVERY_WEEK]
        for place, script in enumerate(mine):
            editor = self._editor(script.language)
            at = self._on(week + 1, MONDAY, time(9, 15)) + timedelta(minutes=6 * place)
            random = self._random("queue", script.link)
            language = editor.person.language
            visit = (
                queues_shortly(editor.screen, self.ledger, script, language, random)
                if place == 0
                else queues(editor.screen, self.ledger, script, random)
            )
            self.agenda.add(at, editor.user, visit)

    def _editor(self, language: str) -> Colleague:
        editors = [self.colleagues[user] for user in self.company.editors]
        return next((e for e in editors if e.person.language == language), editors[0])

    def _one_goes(self, goes: Callable[[Colleague], Visit]) -> Visit:
        """Somebody well known, so that it shows; nobody of comms, who are needed."""
        now = self.workspace.now()
        account = self.ledger.at(now)
        counted = account.tallies(self.start, now)
        needed = {self.company.admin, *self.company.editors}
        named = (who for who in counted if account.standing.get(who) == NAMED and who not in needed)
        known = sorted(named, key=lambda who: (-counted[who], who))
        if known:
            colleague = self.colleagues[known[min(2, len(known) - 1)]]
            self.agenda.add(now + timedelta(seconds=3), colleague.user, goes(colleague))
        yield 1

    def _leaves_company(self, colleague: Colleague) -> Visit:
        yield from colleague.leaves_company()
        self.agenda.call_off(colleague.user)

    # --- stories

    def _new_in(self, channel: str) -> list[Seen]:
        with self.workspace.lock:
            messages = list(self.workspace.channels[channel].messages.values())
        mine = [m for m in messages if m.get("user") == self.company.bot_user and (channel, m["ts"]) not in self._seen]
        self._seen.update((channel, m["ts"]) for m in mine)
        found = ((story_link(message), message["ts"]) for message in mine if _has_actions(message))
        return [Seen(link, channel, ts) for link, ts in found if link is not None]

    def _calendar_reacts(self, seen: Seen) -> Visit:
        """A bot that likes everything counts for nothing."""
        self.acts.join(OTHER_BOT, seen.channel)
        yield 2
        self.acts.react(OTHER_BOT, seen.channel, seen.ts, "mega")

    def _plan_reading(self, colleague: Colleague, places: Sequence[Seen]) -> None:
        """In the channel of their own language, if the story stands there; each story once."""
        seen = self._nearest(colleague, places)
        if seen is None or (colleague.user, seen.link) in self._met:
            return
        self._met.add((colleague.user, seen.link))
        random = self._random("reads", colleague.user, seen.link)
        at = reads_at(self.workspace.now(), colleague.person.tz, random)
        if random.random() >= self._chance(colleague, seen):
            self._plan_something_else(colleague, seen, at, random)
            return
        self.agenda.add(at, colleague.user, colleague.passes_along(seen, random))
        if random.random() < colleague.habits.swings:
            later = at + timedelta(seconds=random.randrange(600, 200_000))
            again = at_work(later, colleague.person.tz, random)
            self.agenda.add(again, colleague.user, colleague.thinks_better(seen))

    def _plan_something_else(self, colleague: Colleague, seen: Seen, at: datetime, random: Random) -> None:
        """Most people do nothing, and that is fine."""
        period = random.choice(("", "week", "30 days"))
        ways = (
            colleague.likes(seen),
            colleague.chooses(seen, "not_for_me"),
            colleague.chooses(seen, "remind_me"),
            colleague.asks_board(period),
            None,
        )
        visit = random.choices(ways, SOMETHING_ELSE)[0]
        if visit is not None:
            self.agenda.add(at, colleague.user, visit)

    def _nearest(self, colleague: Colleague, places: Sequence[Seen]) -> Seen | None:
        with self.workspace.lock:
            mine = [p for p in places if colleague.user in self.workspace.channels[p.channel].members]
        own = MOOIE_VERHALEN if colleague.person.language == "nl" else GOOD_STORIES
        return next((p for p in mine if p.channel == own), mine[0] if mine else None)

    def _chance(self, colleague: Colleague, seen: Seen) -> float:
        appeal = self._random("appeal", seen.link).uniform(0.5, 1.4)
        script = next((s for s in self.scripts if s.link == seen.link), None)
        foreign = script is not None and not script.everywhere and script.language != colleague.person.language
        return colleague.habits.eagerness * appeal * (OTHER_LANGUAGE if foreign else 1)


def _has_actions(message: Mapping[str, object]) -> bool:
    blocks = message.get("blocks")
    return isinstance(blocks, list) and any(block.get("type") == "actions" for block in blocks)
