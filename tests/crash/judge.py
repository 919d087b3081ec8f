"""The judge: what people did and what should have come of it, beside what Slack and the database show."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.domain.leaderboard import Measure, PeriodName
from bot.domain.people import Standing
from bot.slack import ids
from bot.store import boards, crises
from bot.store import stories as stories_store
from bot.store.engine import Store, opened
from bot.store.readers import readers_by_story
from bot.store.tables import deliveries, inbox, people, reader_days, scores, shares, stories
from tests.crash.company import OLD, OLD_READERS, Company
from tests.crash.in_crisis import ANSWERED
from tests.crash.weeks import Account

OPEN = ("waiting", "claimed")


@dataclass
class Verdict:
    """Each line names one thing. `unheard`: messages to one person that may have been lost; never said twice."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.wrong)

    def compare(self, what: str, expected: int, found: int) -> None:
        if found < expected:
            self.lost.append(f"{what}: {found} of {expected}")
        elif found > expected:
            self.twice.append(f"{what}: {found} instead of {expected}")

    def __str__(self) -> str:
        return "; ".join(
            f"{name}: {', '.join(lines)}" for name, lines in vars(self).items() if lines and name != "unheard"
        )


def judge(company: Company, account: Account) -> Verdict:
    """After all is at rest."""
    verdict = Verdict()
    company.look_into_database()
    _judge_channels(company, account, verdict)
    _judge_pictures(company, account, verdict)
    _judge_people(company, account, verdict)
    with opened(company.database_url) as store:
        _judge_shares(company, store, account, verdict)
        _judge_rows(company, store, verdict)
        _judge_crisis(company, store, account, verdict)
    return verdict


def _judge_channels(company: Company, account: Account, verdict: Verdict) -> None:
    rooms = (company.english, company.dutch, company.general, company.comms)
    for title, channels in account.stories.items():
        for room in rooms:
            found = _count(company, room, lambda m, title=title: m["text"].startswith(f"{title}. "))
            verdict.compare(f"{title} in {room}", int(room in channels), found)
    weeks = len(account.digests)
    for room, kind in _digest_rooms(company, account):
        taken_back = int(room in company.taken_back)
        verdict.compare(f"digests in {room}", weeks - taken_back, _count_kind(company, room, kind))
    verdict.compare("cards of ideas", account.ideas, _count_kind(company, company.comms, "idea_card"))
    verdict.compare("wishes to join", account.wishes, _count_kind(company, company.comms, "wish"))
    for kind, room, expected in (
        ("question", company.comms, account.questions + account.dilemmas + account.told.questions),
        ("question_settled", company.comms, account.questions + account.told.questions),
        ("question_story", company.english, account.questions),
        ("outcome", company.english, account.dilemmas),
    ):
        verdict.compare(f"{kind} in {room}", expected, _count_kind(company, room, kind))
    verdict.compare("hooks", account.hooks, _count_kind(company, company.comms, "hook"))
    verdict.compare("round-ups", int(account.hooks > 0), _count_kind(company, company.comms, "hook_round_up"))
    verdict.compare("what readers said", account.heard, _count_kind(company, company.comms, "heard"))
    for room in sorted({company.english, company.dutch} | account.introduced):
        verdict.compare(f"introduction in {room}", 1, _count_kind(company, room, "introduction"))


def _count(company: Company, room: str, fits: Any) -> int:
    channel = company.workspace.channels[room]
    return sum(1 for m in channel.messages.values() if m.get("bot_id") and not m.get("deleted") and fits(m))


def _count_kind(company: Company, room: str, kind: str) -> int:
    return _count(company, room, lambda m: kind_of(company, m) == kind)


def kind_of(company: Company, message: Any) -> str:
    """Which kind of delivery a message is, by its key in the database."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return company.kinds.get(payload.get("delivery", ""), "")


def _judge_pictures(company: Company, account: Account, verdict: Verdict) -> None:
    """A file for each week and language, and none that no message shows; no digest is without one."""
    shown = Counter(file for channel in company.workspace.channels.values() for file in _files(channel))
    kept = {file.id for file in company.workspace.files.values() if file.complete}
    verdict.twice += [f"{file} is shown by no message" for file in sorted(kept - set(shown))]
    verdict.wrong += [f"{file} is shown, and gone" for file in sorted(set(shown) - kept)]
    verdict.compare("pictures", 2 * len(account.digests), len(set(shown)))
    digests = sum(_count_kind(company, room, kind) for room, kind in _digest_rooms(company, account))
    personal = sum(_count_kind(company, channel, "digest_dm") for channel in company.workspace.channels)
    verdict.compare("digests with a picture", digests + personal, shown.total())


def _files(channel: Any) -> Iterator[str]:
    for message in channel.messages.values():
        yield from (block["slack_file"]["id"] for block in message.get("blocks", []) if "slack_file" in block)


def _digest_rooms(company: Company, account: Account) -> Iterator[tuple[str, str]]:
    yield company.comms, "comms_digest"
    for room in sorted({company.english, company.dutch} | account.introduced):
        yield room, "digest"


def _judge_people(company: Company, account: Account, verdict: Verdict) -> None:
    """What was said to one person: never twice. What may be lost by choice is counted apart."""
    said: Counter[str] = Counter()
    for channel in company.workspace.channels.values():
        if channel.kind == "im":
            said.update(kind_of(company, message) for message in channel.messages.values() if message.get("bot_id"))
            # Its row is gone as soon as it is sent.
            texts = [message.get("text", "") for message in channel.messages.values()]
            said["answer"] += sum(any(one in text for one in ("Because.", "We mend it.", ANSWERED)) for text in texts)
    for kind, number in account.personal.items():
        if said[kind] > number + account.again[kind]:
            verdict.twice.append(f"{kind} to one person: {said[kind]} instead of {number}")
        elif said[kind] < number:
            verdict.unheard.append(f"{kind}: {said[kind]} of {number}")
    # What the form did is seen in the queue too; where the bot is in the channel it is whispered there.
    if said["queue_answer"] > account.answers:
        verdict.twice.append(f"answers to the form: {said['queue_answer']} of {account.answers}")
    for user in account.homes:
        verdict.compare(f"Home of {user}", 1, int(company.acts.home(user) is not None))


def _judge_shares(company: Company, store: Store, account: Account, verdict: Verdict) -> None:
    query = (
        select(people.c.user, stories.c.title, shares.c.said_at, shares.c.opened_at)
        .join(people, people.c.id == shares.c.person_id)
        .join(stories, stories.c.id == shares.c.story_id)
    )
    rows = store.read(lambda connection: connection.execute(query).all())
    for what, wanted, found in (
        ("said", account.said, {(row.user, row.title) for row in rows if row.said_at is not None}),
        ("opened", account.opened, {(row.user, row.title) for row in rows if row.opened_at is not None}),
    ):
        wanted = {pair for pair in wanted if pair[0] not in account.deleted}
        verdict.lost += [f"{title} {what} by {user}" for user, title in sorted(wanted - found)]
        verdict.twice += [f"{title} {what} by {user}, who did not" for user, title in sorted(found - wanted)]
    _judge_figures(company, store, account, verdict)


def _judge_figures(company: Company, store: Store, account: Account, verdict: Verdict) -> None:
    start, end = company.began, company.clock() + timedelta(days=1)
    tallies = store.read(lambda connection: boards.tallies(connection, start, end))
    stays = [user for user, _ in account.said if user not in account.gone]
    verdict.compare("shares on the board", len(stays), sum(tally.count for tally in tallies))
    titles = store.read(lambda c: dict(c.execute(select(stories.c.id, stories.c.title)).all()))
    totals = store.read(lambda connection: boards.story_totals(connection, titles))
    for story, title in titles.items():
        opened, said = totals.get(story, (0, 0))
        verdict.compare(f"{title}: said", sum(t == title for _, t in account.said), said)
        verdict.compare(f"{title}: opened", sum(t == title for _, t in account.opened), opened)
    readers = account.readers + Counter({OLD: OLD_READERS})
    followed = store.read(lambda connection: readers_by_story(connection, list(titles)))
    for story, title in titles.items():
        verdict.compare(f"{title}: readers", readers[title], followed[story].readers if story in followed else 0)
    _judge_scores(store, verdict)
    left = store.read(
        lambda c: c.execute(select(people.c.user).where(people.c.standing == Standing.OUT)).scalars().all()
    )
    for user in account.gone - account.deleted - set(left):
        verdict.wrong.append(f"{user} left, and is in")


def _judge_crisis(company: Company, store: Store, account: Account, verdict: Verdict) -> None:
    """Everybody is told once, in channels and one by one, and nobody is lost: all of it can be looked up."""
    told = account.told
    if not told.rooms:
        return  # in a few days alone there is none
    for room in sorted(told.rooms):
        verdict.compare(f"the crisis in {room}", 1, _count_kind(company, room, "crisis"))
    verdict.compare("the card of the crisis", 1, _count_kind(company, company.comms, "crisis_card"))
    for user in sorted(told.people):
        said = [m for m in company.acts.direct(user) if ids.CRISIS_READ in json.dumps(m)]
        verdict.compare(f"the crisis to {user}, and once more", 2, len(said))
    known = store.read(lambda connection: crises.know(connection, 1))
    if known is None:
        verdict.lost.append("the crisis")
        return
    verdict.compare("told one by one", len(told.people), sum(one.told for one in known.audiences if one.is_direct))
    verdict.compare("what was new", 1, len(known.updates))
    verdict.compare("answers that all can read", told.questions, len(known.answers))
    verdict.compare("stories that wait", 0, len(store.read(stories_store.held)))


def _judge_scores(store: Store, verdict: Verdict) -> None:
    """Readers are in the scores as often as their days say that they are."""
    taken_in = select(func.sum(reader_days.c.scored)).join(people).where(people.c.standing != Standing.OUT)
    kept = select(func.sum(scores.c.value)).where(scores.c.measure == Measure.READ, scores.c.period == PeriodName.MONTH)
    found = [store.read(lambda c, query=query: c.execute(query).scalar() or 0) for query in (taken_in, kept)]
    verdict.compare("readers in scores", *found)


def _judge_rows(company: Company, store: Store, verdict: Verdict) -> None:
    def read(connection: Any) -> tuple[list[Any], int]:
        still = connection.execute(
            select(deliveries.c.kind, deliveries.c.state).where(deliveries.c.state.not_in(("sent", "unwanted")))
        ).all()
        waiting = connection.execute(select(inbox.c.id).where(inbox.c.handled_at.is_(None))).all()
        return [tuple(row) for row in still], len(waiting)

    still, waiting = store.read(read)
    verdict.wrong += [f"a delivery ({kind}) is {state}" for kind, state in still]
    verdict.wrong += [f"{waiting} events wait"] if waiting else []
    again = len(company.reacted) - len(set(company.reacted.values()))
    verdict.twice += [f"{again} events stored again"] if again else []
