"""Which day somebody typed.

Decided, and the same in both languages:
- A weekday is the coming one. Today's own name is a week from now when its time is over, else not certain.
- `next tuesday` is certain when the coming Tuesday lies in next week; else it means two days and is not.
- `tuesday next week` is in the week that starts next Monday; `dinsdag over een week`, `tuesday week` a week after the
  coming Tuesday.
- `3/4` is 3 April, and 4 March in en-US only. A date without a year is the coming one; not certain when it was there
  less than two months ago, for then a slip is as likely as next year.
- Two ways of saying the day must agree: `tuesday 18 march` on a Wednesday is not certain.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.typed_clock import NotCertain
from bot.domain.typed_words import NUMBER, number

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LONGEST_WAIT = timedelta(days=305)
"""How far off a date without a year may be."""

_START, _END = r"(?<![\w:/.-])", r"(?![\w:/-]|\.\d)"
_MONTH_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|e|ste|de)? (?:van )?(?P<month>[a-z]{3,9})(?: (?P<year>\d{4}))?"
    r"|(?P<month_first>[a-z]{3,9}) (?P<day_second>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year_last>\d{4}))?"
)
_RELATIVE = {"YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1, "OVERMORROW": 2}


@dataclass
class TypedDay:
    """What the words say of the day: dates that must all be the same, a weekday it must be, words yet to be read."""

    dates: set[date] = field(default_factory=set)
    weekday: int | None = None
    words: str = ""
    rest: str = ""

    @property
    def silent(self) -> bool:
        """Nothing was said of the day."""
        return not self.dates and self.weekday is None and not self.words


def read_day(text: str, today: date, locale: str) -> TypedDay:
    """What tokenised `text`, freed of its time of day, says of the day; `rest` is what has no meaning yet.

    Raises NotCertain.
    """
    found = TypedDay(rest=text)
    for pattern, read in _DAYS:
        while match := re.search(_START + pattern + _END, found.rest):
            found.dates.add(read(match, today, locale))
            found.rest = " ".join(f"{found.rest[: match.start()]} {found.rest[match.end() :]}".split())
    _take_weekday(found)
    _take_month_named(found)
    if len(found.dates) > 1:
        raise NotCertain("two days")
    return found


def coming_date(month: int, day: int, today: date) -> date:
    """The next day with this date, today included. Raises NotCertain when it does not exist or is too far off."""
    for year in (today.year, today.year + 1):
        candidate = _date(year, month, day)
        if today <= candidate <= today + LONGEST_WAIT:
            return candidate
    raise NotCertain("just over, or next year")


def weekday_from(weekday: int, today: date, *, over_today: bool) -> date:
    """The coming such weekday; `over_today`: the time asked for is over on this day. Raises NotCertain."""
    ahead = (weekday - today.weekday()) % 7
    if not ahead and not over_today:
        raise NotCertain("today, or in a week")
    return today + DAY * (ahead or 7)


def _take_weekday(found: TypedDay) -> None:
    names = re.findall(r"\bWD(\d)\b", found.rest)
    if len(set(names)) > 1:
        raise NotCertain("two weekdays")
    if names:
        found.weekday = int(names[0])
        found.rest = " ".join(re.sub(r"\bWD\d\b", " ", found.rest).split())


def _take_month_named(found: TypedDay) -> None:
    """`21st maart 2027` is left as `21 maart 2027` for whoever knows the months' names."""
    match = _MONTH_NAMED.fullmatch(found.rest)
    if match is None or match["month"] in _NOT_MONTHS or match["month_first"] in _NOT_MONTHS:
        return
    parts = [match["day"] or match["day_second"], match["month"] or match["month_first"]]
    found.words = " ".join(part for part in [*parts, match["year"] or match["year_last"]] if part)
    found.rest = ""


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotCertain("no such date") from None


def _relative(match: re.Match[str], today: date, _: str) -> date:
    return today + DAY * _RELATIVE[match[1]]


def _relative_and_a_week(match: re.Match[str], today: date, _: str) -> date:
    return today + DAY * _RELATIVE[match["day"]] + WEEK


def _weekday_and_a_week(match: re.Match[str], today: date, _: str) -> date:
    ahead = (int(match["weekday"]) - today.weekday()) % 7
    return today + DAY * ahead + WEEK


def _in_next_week(match: re.Match[str], today: date, locale: str) -> date:
    weekday = int(match["weekday"])
    if locale == "en-US" and 6 in (weekday, today.weekday()):
        raise NotCertain("weeks that start on Sunday, or on Monday")
    return _monday(today) + WEEK + DAY * weekday


def _in_this_week(match: re.Match[str], today: date, _: str) -> date:
    day = _monday(today) + DAY * int(match["weekday"])
    if day < today:
        raise NotCertain("over, or in a week")
    return day


def _next(match: re.Match[str], today: date, _: str) -> date:
    coming = weekday_from(int(match["weekday"]), today, over_today=True)
    if coming < _monday(today) + WEEK:
        raise NotCertain("the coming one, or the one in next week")
    return coming


def _coming(match: re.Match[str], today: date, _: str) -> date:
    return weekday_from(int(match["weekday"]), today, over_today=True)


def _ahead(match: re.Match[str], today: date, _: str) -> date:
    count = 1 if match["count"] in ("a", "an") else number(match["count"])
    return today + (WEEK if match["unit"].startswith("w") else DAY) * count


def _year_first(match: re.Match[str], _: date, __: str) -> date:
    return _date(int(match["year"]), int(match["month"]), int(match["day"]))


def _in_figures(match: re.Match[str], today: date, locale: str) -> date:
    day, month = int(match["first"]), int(match["second"])
    if locale == "en-US" and match["sign"] != ".":
        day, month = month, day
    if not match["year"]:
        return coming_date(month, day, today)
    year = int(match["year"])
    return _date(year if len(match["year"]) == 4 else 2000 + year, month, day)


def _day_of_month(match: re.Match[str], today: date, _: str) -> date:
    day = int(match["day"])
    if day >= today.day:
        return _date(today.year, today.month, day)
    following = today.replace(day=1) + DAY * 31
    return _date(following.year, following.month, day)


def _monday(day: date) -> date:
    return day - DAY * day.weekday()


_NOT_MONTHS = {"uur", "min", "day", "days", "dag", "dagen", "week", "weeks", "weken", "maand", "month", "jaar", "year"}
_ONE = "(?:1|a|an|een|één|one)"
_WD = r"WD(?P<weekday>\d)"
_SPAN = rf"(?P<count>{NUMBER}|an?) (?P<unit>days?|dag|dagen|weeks?|weken)"

_DAYS = [
    (rf"(?P<day>TODAY|TOMORROW) over {_ONE} week", _relative_and_a_week),
    (rf"(?:{_ONE} )?week (?:from |vanaf )(?P<day>TODAY|TOMORROW)", _relative_and_a_week),
    (rf"{_WD} over {_ONE} week", _weekday_and_a_week),
    (rf"(?:{_ONE} )?week (?:from |vanaf )?{_WD}", _weekday_and_a_week),
    (rf"{_WD} week", _weekday_and_a_week),
    (rf"NEXTWEEK {_WD}", _in_next_week),
    (rf"{_WD}(?: in)? NEXTWEEK", _in_next_week),
    (rf"THISWEEK {_WD}", _in_this_week),
    (rf"{_WD} THISWEEK", _in_this_week),
    (rf"NEXT {_WD}", _next),
    (rf"COMING {_WD}", _coming),
    (rf"THIS {_WD}", _in_this_week),
    (r"(YESTERDAY|TODAY|TOMORROW|OVERMORROW)", _relative),
    (rf"(?:in|over) {_SPAN}", _ahead),
    (rf"{_SPAN} (?:from now|vanaf nu)", _ahead),
    (r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})", _year_first),
    (r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?", _in_figures),
    (r"(?<![a-z] )(?P<day>\d{1,2})(?:st|nd|rd|th|e|ste|de)(?! [a-z])", _day_of_month),
]
