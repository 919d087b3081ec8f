"""The check: the people's own ledger beside what the bot says, number by number."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.cli.demo.reading import BoardSaid, CommsDigestSaid, DigestSaid, HomeSaid, PictureSaid
from bot.sandbox.ledger import GONE, NAMED, Account
from bot.sandbox.public_ledger import KINDS, READER, PublicLedger

NOTHING = "—"
SEVERAL = " · ".join(KINDS)
WEEK = timedelta(weeks=1)
MOST_ROWS, MOST_NAMES, MOST_TOP = 10, 5, 5


@dataclass(frozen=True)
class Line:
    """One thing that was compared."""

    what: str
    ledger: str
    said: str

    @property
    def is_right(self) -> bool:
        return self.ledger == self.said


@dataclass(frozen=True)
class Span:
    """From `start` up to, and without, `end` (UTC)."""

    start: datetime
    end: datetime


class Counts(Protocol):
    """What boards are made of: a number a person within a time."""

    def tallies(self, start: datetime, end: datetime) -> Counter[str]: ...
    def named(self, start: datetime, end: datetime) -> list[tuple[str, int]]: ...


@dataclass(frozen=True)
class Read:
    """Readers of people's links, of those who are counted."""

    ledger: PublicLedger
    account: Account

    def tallies(self, start: datetime, end: datetime) -> Counter[str]:
        """By Slack id."""
        found = self.ledger.readers(start, end)
        return Counter({who: n for who, n in found.items() if self.account.standing.get(who) not in GONE})

    def named(self, start: datetime, end: datetime) -> list[tuple[str, int]]:
        """By name, most first: those who agreed to be named."""
        found = self.tallies(start, end).items()
        rows = [(self.account.names(who), n) for who, n in found if self.account.standing.get(who) == NAMED]
        return sorted(rows, key=lambda row: (-row[1], row[0]))


def check_board(said: BoardSaid, counts: Counts, span: Span, asker: str) -> list[Line]:
    """A leaderboard: totals, a row a person, and the asker's own line."""
    tallies, named = counts.tallies(span.start, span.end), counts.named(span.start, span.end)
    return [
        Line("people who brought readers", str(len(tallies)), str(said.people)),
        Line("readers in all", str(tallies.total()), str(said.times)),
        *_rows(said.rows, named, MOST_ROWS),
        _own(said, counts, span, asker),
    ]


def check_picture(
    said: PictureSaid, account: Account, ledger: PublicLedger, span: Span, titles: Mapping[str, str]
) -> list[Line]:
    """Each bar, and what each story comes to in all of them together."""
    weeks = [Span(span.start - WEEK * back, span.end - WEEK * back) for back in reversed(range(len(said.bars)))]

    def counted(start: datetime, end: datetime) -> Counter[str]:
        return _titled(ledger.within(READER, start, end) if said.is_read else account.said(start, end), titles)

    found = [counted(week.start, week.end).total() for week in weeks]
    lines = [Line("the picture's weeks", _figures(found), _figures(said.bars))] if weeks else []
    stories = counted(weeks[0].start, weeks[-1].end) if weeks and said.is_read else Counter[str]()
    return lines + [
        Line(f"{title}, in the picture", str(stories[title]), str(count))
        for title, count in said.stories
        if title in stories
    ]


def check_digest(
    said: DigestSaid, account: Account, ledger: PublicLedger, span: Span, titles: Mapping[str, str]
) -> list[Line]:
    """A channel's digest: totals, thanks, newcomers, what travelled furthest."""
    tallies, named = account.tallies(span.start, span.end), account.named(span.start, span.end)
    newcomers = account.newcomers(span.start, span.end)
    read = _titled(ledger.within(READER, span.start, span.end), titles)
    counts = read if read else _titled(account.said(span.start, span.end), titles)
    shown = sum(said.thanks.count(name) for name in {name for name, _ in named})
    return [
        *_totals(said.people, said.times, tallies),
        Line("readers in all", str(read.total()), str(said.readers)),
        *_thanks(said.thanks, named),
        Line("others, thanked without a name", str(len(tallies) - shown), str(said.others)),
        Line("for the first time", str(len(newcomers)), str(len(said.newcomers) + said.other_newcomers)),
        *_rows(said.top, sorted(counts.items(), key=lambda row: -row[1]), MOST_TOP),
        *check_picture(said.picture, account, ledger, span, titles),
    ]


def check_comms_digest(
    said: CommsDigestSaid, account: Account, ledger: PublicLedger, span: Span, titles: Mapping[str, str]
) -> list[Line]:
    """The digest for comms: each story's opened, said and read, side by side; what is apart from readers, apart."""
    opens = _titled(account.opens(span.start, span.end), titles)
    counts = _titled(account.said(span.start, span.end), titles)
    kinds = {kind: ledger.within(kind, span.start, span.end) for kind in KINDS}
    read = _titled(kinds[READER], titles)
    lines = _totals(said.people, said.times, account.tallies(span.start, span.end))
    lines.append(Line("readers in all", str(read.total()), str(said.readers)))
    apart = Counter({kind: kinds[kind].total() for kind in KINDS if kind != READER})
    lines += check_picture(said.picture, account, ledger, span, titles)
    lines.append(Line(f"apart from readers ({SEVERAL})", _kinds(apart), _kinds(said.apart)))
    for title, opened, says, readers in said.stories:
        lines.append(Line(title, _three(opens[title], counts[title], read[title]), _three(opened, says, readers)))
    shown = {title for title, _, _, _ in said.stories}
    left_out = sorted({*opens, *counts, *read} - shown) if len(shown) < MOST_ROWS else []
    return lines + [Line(title, _three(opens[title], counts[title], read[title]), NOTHING) for title in left_out]


def check_own(
    said: Mapping[str, HomeSaid], passed_along: Counter[str], followed: Mapping[str, Counter[str]]
) -> Iterator[tuple[str, str, str]]:
    """By Slack id: what their own Home says of them. Answers who, the ledgers', and what is said."""
    for who, home in said.items():
        read = followed.get(who, Counter[str]())[READER]
        yield who, f"{passed_along[who]} said, {read} read", f"{home.said} said, {home.brought} read"


def check_followed(said: Mapping[str, Counter[str]], ledger: Mapping[str, Counter[str]]) -> list[Line]:
    """By a story's title or somebody's name: how often each kind followed its links. Kinds are never added up."""
    return [
        Line(name, _kinds(ledger.get(name, Counter())), _kinds(said.get(name, Counter())))
        for name in sorted({*said, *ledger})
    ]


def check_places(
    queued: Mapping[str, Sequence[str]],
    standing: Counter[tuple[str, str]],
    waiting: set[str],
    titles: Mapping[str, str],
) -> list[Line]:
    """Each story once in each of its channels, and nowhere else; those that wait in the queue nowhere."""
    wanted = {(link, channel): 1 for link, channels in queued.items() if link not in waiting for channel in channels}
    return [
        Line(
            f"{titles.get(link, link)} in {channel}", str(wanted.get((link, channel), 0)), str(standing[link, channel])
        )
        for link, channel in sorted({*wanted, *standing})
    ]


def _totals(people: int, times: int, tallies: Counter[str]) -> list[Line]:
    return [
        Line("people who passed something along", str(len(tallies)), str(people)),
        Line("times in all", str(tallies.total()), str(times)),
    ]


def _rows(said: Sequence[tuple[str, int]], ledger: Sequence[tuple[str, int]], most: int) -> list[Line]:
    """Every row that is said, then whoever should have stood there. Of equals at the end any may be left out."""
    left = Counter(ledger)
    known = dict(reversed(ledger))
    lines = []
    for row in said:
        is_known = left[row] > 0
        left[row] -= is_known
        ledger_says = row[1] if is_known else known.get(row[0], NOTHING)
        lines.append(Line(row[0], str(ledger_says), str(row[1])))
    last = min((count for _, count in said), default=0) if len(said) >= most else 0
    names = {name for name, _ in said}
    missing = [row for row in ledger if left[row] > 0 and row[1] > last and row[0] not in names]
    return lines + [Line(name, str(count), NOTHING) for name, count in missing]


def _thanks(said: Sequence[str], named: Sequence[tuple[str, int]]) -> list[Line]:
    """The names thanked have the five highest numbers; of equals any may be the fifth."""
    numbers = dict(reversed(named))
    wanted = sorted((count for _, count in named), reverse=True)[:MOST_NAMES]
    got = sorted((numbers.get(name, 0) for name in said), reverse=True)
    shown = ", ".join(f"{name} {numbers.get(name, NOTHING)}" for name in said) or NOTHING
    return [Line(f"thanked by name ({shown})", _figures(wanted), _figures(got))]


def _own(said: BoardSaid, counts: Counts, span: Span, asker: str) -> Line:
    """What the asker alone reads: their number, and how many named colleagues have more."""
    mine = counts.tallies(span.start, span.end)[asker]
    place = 1 + sum(count > mine for _, count in counts.named(span.start, span.end))
    ledger = f"{mine}, place {place if place <= MOST_ROWS else NOTHING}" if mine else NOTHING
    told = f"{said.own[0]}, place {said.own[1] or NOTHING}" if said.own else NOTHING
    return Line("the asker's own line", ledger, told)


def _titled(counts: Counter[str], titles: Mapping[str, str]) -> Counter[str]:
    return Counter({titles.get(link, link): count for link, count in counts.items()})


def _three(opened: int, said: int, read: int) -> str:
    return f"{opened} opened, {said} said, {read} read"


def _kinds(counts: Counter[str]) -> str:
    return " · ".join(str(counts[kind]) for kind in KINDS)


def _figures(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers)) or NOTHING
