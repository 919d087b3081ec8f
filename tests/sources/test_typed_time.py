from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.typed_time import understand

AMSTERDAM = "Europe/Amsterdam"
WEDNESDAY = datetime(2026, 3, 11, 14, 20, 33, tzinfo=ZoneInfo(AMSTERDAM)).astimezone(UTC)


def understood(
    text: str, language: str, locale: str = "", zone: str = AMSTERDAM, now: datetime = WEDNESDAY
) -> str | None:
    """The wall time in `zone` that was understood, as 2026-03-12 09:00."""
    locale = locale or {"en": "en-GB", "nl": "nl-NL"}[language]
    moment = understand(text, language=language, locale=locale, zone=zone, now=now)
    if moment is None:
        return None
    assert moment.tzinfo is UTC
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


ENGLISH = {
    # a time alone
    "15:00": "2026-03-11 15:00",
    "9:00": "2026-03-12 09:00",
    "14:20": "2026-03-12 14:20",
    "9am": "2026-03-12 09:00",
    "4 pm": "2026-03-11 16:00",
    "4:30pm": "2026-03-11 16:30",
    "9 a.m.": "2026-03-12 09:00",
    "at nine": "2026-03-12 09:00",
    "at 9": "2026-03-12 09:00",
    "@ 11": "2026-03-12 11:00",
    "noon": "2026-03-12 12:00",
    "midnight": "2026-03-12 00:00",
    "half past nine": "2026-03-12 09:30",
    "quarter to ten": "2026-03-12 09:45",
    "a quarter past eight": "2026-03-12 08:15",
    "twenty to ten": "2026-03-12 09:40",
    "9 in the morning": "2026-03-12 09:00",
    "ten o'clock": "2026-03-12 10:00",
    # a day and a time
    "today 16:00": "2026-03-11 16:00",
    "today at 9:00": "2026-03-11 09:00",
    "tomorrow 9:00": "2026-03-12 09:00",
    "9:00 tomorrow": "2026-03-12 09:00",
    "tomorrow at 9": "2026-03-12 09:00",
    "tomorrow 9": "2026-03-12 09:00",
    "Tomorrow at 9am, please": "2026-03-12 09:00",
    "tmrw 10:15": "2026-03-12 10:15",
    "tomorrow at half past 3 in the afternoon": "2026-03-12 15:30",
    "tomorrow at quarter to four pm": "2026-03-12 15:45",
    "day after tomorrow 10am": "2026-03-13 10:00",
    "the day after tomorrow at noon": "2026-03-13 12:00",
    "tomorrow 09.30": "2026-03-12 09:30",
    "tomorrow 12:30 pm": "2026-03-12 12:30",
    "tomorrow 12am": "2026-03-12 00:00",
    "yesterday 9:00": "2026-03-10 09:00",
    # parts of the day
    "tomorrow morning": "2026-03-12 09:00",
    "this afternoon": "2026-03-11 14:00",
    "this afternoon at 4": "2026-03-11 16:00",
    "tonight": "2026-03-11 19:00",
    "tonight at 8": "2026-03-11 20:00",
    "8:30 tonight": "2026-03-11 20:30",
    "tomorrow afternoon": "2026-03-12 14:00",
    "tomorrow evening at 7": "2026-03-12 19:00",
    "tomorrow morning at 6": "2026-03-12 06:00",
    "friday afternoon": "2026-03-13 14:00",
    "tuesday morning 10:30": "2026-03-17 10:30",
    # weekdays
    "tue 9": "2026-03-17 09:00",
    "Tuesday 9:00": "2026-03-17 09:00",
    "on thursday at 9am": "2026-03-12 09:00",
    "thurs. 14:00": "2026-03-12 14:00",
    "wednesday 9:00": "2026-03-18 09:00",
    "next tuesday 9am": "2026-03-17 09:00",
    "next wednesday at 15:00": "2026-03-18 15:00",
    "this friday 11:00": "2026-03-13 11:00",
    "coming wednesday 16:00": "2026-03-18 16:00",
    "next week tuesday 9:00": "2026-03-17 09:00",
    "friday next week at 10": "2026-03-20 10:00",
    "tuesday week 9:00": "2026-03-24 09:00",
    "a week on tuesday at 9am": "2026-03-24 09:00",
    # distances
    "in 2 hours": "2026-03-11 16:20",
    "in an hour": "2026-03-11 15:20",
    "in half an hour": "2026-03-11 14:50",
    "in an hour and a half": "2026-03-11 15:50",
    "in 1.5 hours": "2026-03-11 15:50",
    "in 45 minutes": "2026-03-11 15:05",
    "90 min from now": "2026-03-11 15:50",
    "in a quarter of an hour": "2026-03-11 14:35",
    "in 2 hours and 10 minutes": "2026-03-11 16:30",
    "in 3 days at 9:00": "2026-03-14 09:00",
    "in two weeks at 9am": "2026-03-25 09:00",
    "a week from today 9:00": "2026-03-18 09:00",
    # dates
    "2026-03-21 10:00": "2026-03-21 10:00",
    "2026-03-21T10:00": "2026-03-21 10:00",
    "2026-03-21T10:00Z": "2026-03-21 11:00",
    "2026-03-21T10:00:00+05:00": "2026-03-21 06:00",
    "3/4 9:00": "2026-04-03 09:00",
    "3/4/2027 9:00": "2027-04-03 09:00",
    "21 March 10:00": "2026-03-21 10:00",
    "21st of March at 10am": "2026-03-21 10:00",
    "March 21st, 10:00": "2026-03-21 10:00",
    "mar 21 at 9": "2026-03-21 09:00",
    "21 march 2027 at noon": "2027-03-21 12:00",
    "11 March 16:00": "2026-03-11 16:00",
    "tuesday 17 march 9:00": "2026-03-17 09:00",
    "the 17th 9am": "2026-03-17 09:00",
    "the 2nd at 9:00": "2026-04-02 09:00",
    "5 january 9:00": "2027-01-05 09:00",
    # written by somebody Dutch
    "morgen at 9": "2026-03-12 09:00",
    "tomorrow 9 uur": "2026-03-12 09:00",
    "dinsdag 9am": "2026-03-17 09:00",
    "half tien": "2026-03-12 09:30",
    "morgen half 10": "2026-03-12 09:30",
    "next week dinsdag 9:00": "2026-03-17 09:00",
}

DUTCH = {
    # een tijd alleen
    "15:00": "2026-03-11 15:00",
    "9 uur": "2026-03-12 09:00",
    "9.00 uur": "2026-03-12 09:00",
    "16u": "2026-03-11 16:00",
    "16u30": "2026-03-11 16:30",
    "10 uur 30": "2026-03-12 10:30",
    "om negen uur": "2026-03-12 09:00",
    "om 9": "2026-03-12 09:00",
    "half tien": "2026-03-12 09:30",
    "half 10": "2026-03-12 09:30",
    "half een": "2026-03-12 12:30",
    "half één 's middags": "2026-03-12 12:30",
    "kwart over 9": "2026-03-12 09:15",
    "kwart voor tien": "2026-03-12 09:45",
    "tien over negen": "2026-03-12 09:10",
    "5 voor half 10": "2026-03-12 09:25",
    "vijf over half tien": "2026-03-12 09:35",
    "20 voor 10": "2026-03-12 09:40",
    "kwart over 3 's middags": "2026-03-11 15:15",
    "9 uur 's ochtends": "2026-03-12 09:00",
    "9 uur ’s avonds": "2026-03-11 21:00",
    "middernacht": "2026-03-12 00:00",
    "24:00": "2026-03-12 00:00",
    # een dag en een tijd
    "vandaag 16.00": "2026-03-11 16:00",
    "morgen 9 uur": "2026-03-12 09:00",
    "morgen om 9:00": "2026-03-12 09:00",
    "Morgen om half tien graag": "2026-03-12 09:30",
    "morgen 9": "2026-03-12 09:00",
    "9 uur morgen": "2026-03-12 09:00",
    "overmorgen 10 uur": "2026-03-13 10:00",
    "overmorgen om kwart voor elf": "2026-03-13 10:45",
    "morgen 12 uur": "2026-03-12 12:00",
    "morgen 12 uur 's middags": "2026-03-12 12:00",
    "gisteren 9 uur": "2026-03-10 09:00",
    "vrijdag 24:00": "2026-03-14 00:00",
    # delen van de dag
    "morgenochtend": "2026-03-12 09:00",
    "morgen vroeg": "2026-03-12 09:00",
    "morgen ochtend 8 uur": "2026-03-12 08:00",
    "vanmiddag": "2026-03-11 14:00",
    "vanmiddag 3 uur": "2026-03-11 15:00",
    "vanmiddag kwart voor vier": "2026-03-11 15:45",
    "vanavond": "2026-03-11 19:00",
    "vanavond 8 uur": "2026-03-11 20:00",
    "vanavond half acht": "2026-03-11 19:30",
    "morgenmiddag": "2026-03-12 14:00",
    "morgenavond om 20:00": "2026-03-12 20:00",
    "dinsdagochtend": "2026-03-17 09:00",
    "dinsdagmiddag half drie": "2026-03-17 14:30",
    "vrijdagavond 7 uur": "2026-03-13 19:00",
    "donderdagmorgen 10 uur": "2026-03-12 10:00",
    "overmorgenochtend": "2026-03-13 09:00",
    # weekdagen
    "di 9": "2026-03-17 09:00",
    "dinsdag 9 uur": "2026-03-17 09:00",
    "do. 14u": "2026-03-12 14:00",
    "woensdag 9 uur": "2026-03-18 09:00",
    "volgende week dinsdag 9:00": "2026-03-17 09:00",
    "dinsdag volgende week 9 uur": "2026-03-17 09:00",
    "volgende week vrijdag om half elf": "2026-03-20 10:30",
    "volgende dinsdag 9 uur": "2026-03-17 09:00",
    "komende vrijdag 9 uur": "2026-03-13 09:00",
    "a.s. dinsdag 9 uur": "2026-03-17 09:00",
    "deze week vrijdag 9 uur": "2026-03-13 09:00",
    "dinsdag over een week 9 uur": "2026-03-24 09:00",
    "dinsdag over een week": None,
    "vandaag over een week om 9 uur": "2026-03-18 09:00",
    # afstanden
    "over een uur": "2026-03-11 15:20",
    "over 2 uur": "2026-03-11 16:20",
    "over een half uur": "2026-03-11 14:50",
    "over een halfuur": "2026-03-11 14:50",
    "over een kwartier": "2026-03-11 14:35",
    "over drie kwartier": "2026-03-11 15:05",
    "over anderhalf uur": "2026-03-11 15:50",
    "over 1,5 uur": "2026-03-11 15:50",
    "over 45 minuten": "2026-03-11 15:05",
    "over 3 dagen om 9 uur": "2026-03-14 09:00",
    "over twee weken 9:00": "2026-03-25 09:00",
    # data
    "2026-03-21 10:00": "2026-03-21 10:00",
    "21 maart 10u": "2026-03-21 10:00",
    "21 mrt 10u30": "2026-03-21 10:30",
    "9 uur 21 maart": "2026-03-21 09:00",
    "de 21e van maart om 10 uur": "2026-03-21 10:00",
    "21 maart 2027 om 9 uur": "2027-03-21 09:00",
    "dinsdag 17 maart om 9 uur": "2026-03-17 09:00",
    "di 17-3 9:00": "2026-03-17 09:00",
    "3/4 9:00": "2026-04-03 09:00",
    "3-4-2026 9 uur": "2026-04-03 09:00",
    "3.4.2026 9.30": "2026-04-03 09:30",
    "3/4/26 9u": "2026-04-03 09:00",
    "de 17e om 9 uur": "2026-03-17 09:00",
    "2 april 9 uur": "2026-04-02 09:00",
    "5 januari 9 uur": "2027-01-05 09:00",
    "31 mei om kwart over acht 's avonds": "2026-05-31 20:15",
    # geschreven door iemand die Engels gewend is
    "tomorrow 9 uur": "2026-03-12 09:00",
    "next tuesday 9am": "2026-03-17 09:00",
    "morgen half past nine": "2026-03-12 09:30",
    "friday 9 uur": "2026-03-13 09:00",
    "tonight at 8": "2026-03-11 20:00",
    "mei 9 om 10 uur": "2026-05-09 10:00",
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english_times(text: str, expected: str) -> None:
    assert understood(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), DUTCH.items())
def test_dutch_times(text: str, expected: str | None) -> None:
    assert understood(text, "nl") == expected


def test_the_tables_are_as_long_as_promised() -> None:
    assert min(len(ENGLISH), len(DUTCH)) >= 60


NOT_CERTAIN = [
    # nothing, or nothing about time
    *("", "   ", "9", "soon", "asap", "later", "blah", "straks", "now", "nu", "as soon as possible", "n.t.b.", "?"),
    # no time of day
    *("tomorrow", "morgen", "tuesday", "dinsdag", "21 maart", "3/4", "next week", "volgende week", "over een week"),
    *("next month 9:00", "volgende week 9:00", "end of the month 9:00", "weekend 9:00", "2026-03-21", "'s avonds"),
    # either half of the day
    *("at 3", "om 3 uur", "tomorrow 5:30", "3:15", "morgen kwart over 3", "half zeven", "tue 4", "quarter to seven"),
    # words that mean two times
    *("half ten", "half nine tomorrow", "tomorrow half 10", "tomorrow 20 to 10", "3.12", "friday midnight"),
    *("tonight at 12", "12 uur 's nachts", "vanmiddag 9 uur", "tomorrow morning 14:00", "vannacht 3 uur"),
    # a span, a choice, about
    *("tomorrow 9:00-10:00", "tomorrow 9-10", "between 9 and 10", "9:00 or 10:00", "rond 9 uur", "around 9am"),
    # words that mean two days
    *("next friday 9:00", "volgende vrijdag 9 uur", "wednesday 16:00", "this monday 9:00", "tue or thu 9:00"),
    *(
        "10 march 9:00",
        "10/3 9:00",
        "21 maart 9",
        "every tuesday 9:00",
        "elke dinsdag 9 uur",
        "tuesday in 2 weeks 9:00",
    ),
    # days that do not agree
    *(
        "tuesday 18 march 9:00",
        "tomorrow tuesday 9:00",
        "di 18-3 9:00",
        "tomorrow 13 march 9:00",
        "today tomorrow 9:00",
    ),
    # times and days that do not exist
    *("25:00", "tomorrow 9:60", "13pm", "31 feb 9:00", "31/2 9:00", "31 april 9 uur", "2026-02-30 9:00", "0/4 9:00"),
    *("2026-13-01T09:00Z", "29 feb 9:00", "32 march 9:00", "3/13 9:00", "tomorrow 99 uur", "quarter to 15"),
    # zones in words, and other languages
    *("9:00 EST", "tomorrow 9:00 UTC", "demain 9:00", "morgen 9 Uhr", "mañana 9:00"),
    # more than was understood
    *(
        "tomorrow 9:00 if the boss agrees",
        "tomorrow 9:00 blah",
        "not tomorrow 9:00",
        "tomorrow 9:00 10:00",
        "9 foo 9:00",
    ),
    *("in 2 hours or so", "in a while", "in minutes", "9 a 9:00", "2027-03 9:00", "in 99999999 hours", "1/1/0000 9:00"),
]


@pytest.mark.parametrize("text", NOT_CERTAIN)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_not_certain_is_nothing(text: str, language: str) -> None:
    assert understood(text, language) is None


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("3/4 9:00", "en-US", "2027-03-04 09:00"),
        ("4/3 9:00", "en-US", "2026-04-03 09:00"),
        ("4/3/2026 9am", "en-US", "2026-04-03 09:00"),
        ("4-3 9am", "en-US", "2026-04-03 09:00"),
        ("13/4 9:00", "en-US", None),
        ("4/3/2026 9am", "en-GB", "2026-03-04 09:00"),
        ("sunday next week 9:00", "en-US", None),
        ("sunday next week 9:00", "en-GB", "2026-03-22 09:00"),
        ("tuesday next week 9:00", "en-US", "2026-03-17 09:00"),
    ],
)
def test_where_people_are_decides_what_figures_mean(text: str, locale: str, expected: str | None) -> None:
    if text == "3/4 9:00":  # in March, so a week ago: a slip, or next year
        expected = None
    assert understood(text, "en", locale) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("29 march 2:30", AMSTERDAM, None),
        ("29-3 02:30", AMSTERDAM, None),
        ("29-3 03:00", AMSTERDAM, "2026-03-29 03:00"),
        ("29-3 01:59", AMSTERDAM, "2026-03-29 01:59"),
        ("25-10 02:30", AMSTERDAM, None),
        ("25-10 03:00", AMSTERDAM, "2026-10-25 03:00"),
        ("25-10 9:00", AMSTERDAM, "2026-10-25 09:00"),
        ("1-11 01:30", "America/New_York", None),
        ("1-11 02:30", "America/New_York", "2026-11-01 02:30"),
        ("tomorrow 9am", "America/New_York", "2026-03-12 09:00"),
    ],
)
def test_wall_times_that_do_not_exist_once_are_not_certain(text: str, zone: str, expected: str | None) -> None:
    assert understood(text, "nl", zone=zone) == expected


def test_hours_from_now_are_hours_over_the_change_of_clocks() -> None:
    saturday = datetime(2026, 3, 28, 23, 0, tzinfo=ZoneInfo(AMSTERDAM)).astimezone(UTC)
    assert understood("in 5 hours", "en", now=saturday) == "2026-03-29 05:00"
    assert understood("tomorrow 9:00", "en", now=saturday) == "2026-03-29 09:00"


def test_the_day_is_the_persons_own() -> None:
    late = datetime(2026, 3, 11, 23, 30, tzinfo=UTC)  # Thursday in Amsterdam, Wednesday in New York
    assert understood("tomorrow 9:00", "en", now=late) == "2026-03-13 09:00"
    assert understood("tomorrow 9:00", "en", zone="America/New_York", now=late) == "2026-03-12 09:00"


def test_next_and_own_weekday_on_other_days_of_the_week() -> None:
    monday = datetime(2026, 3, 9, 8, 0, tzinfo=ZoneInfo(AMSTERDAM)).astimezone(UTC)
    sunday = datetime(2026, 3, 15, 8, 0, tzinfo=ZoneInfo(AMSTERDAM)).astimezone(UTC)
    assert understood("next tuesday 9:00", "en", now=monday) is None
    assert understood("next monday 9:00", "en", now=monday) == "2026-03-16 09:00"
    assert understood("next tuesday 9:00", "en", now=sunday) == "2026-03-17 09:00"
    assert understood("monday morgen 9:00", "en", now=sunday) == "2026-03-16 09:00"
    assert understood("tuesday next week 9:00", "en", "en-US", now=sunday) is None
    assert understood("dinsdag morgen 9:00", "nl", now=monday) == "2026-03-10 09:00"


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    understood(text, "en")


PIECES = st.sampled_from(
    ["9", "9:00", "morgen", "half", "tien", "over", "een", "week", "dinsdag", "next", "3/4", "21", "maart", "'s avonds"]
)


@given(st.lists(PIECES, max_size=6), st.sampled_from(["en", "nl"]))
def test_no_heap_of_known_words_breaks_it(words: list[str], language: str) -> None:
    understood(" ".join(words), language)


@given(st.integers(0, 290 * 24 * 60))
def test_every_minute_written_out_is_read_back_or_not_certain(minutes: int) -> None:
    wall = (WEDNESDAY + timedelta(minutes=minutes)).astimezone(ZoneInfo(AMSTERDAM))
    certain = wall.strftime("%m-%d %H") != "10-25 02"
    expected = wall.strftime("%Y-%m-%d %H:%M") if certain else None
    assert understood(wall.strftime("%d-%m-%Y %H:%M"), "nl") == expected
    assert understood(wall.strftime("%d %B, %H:%M"), "en") == expected
    assert understood(wall.strftime("%A %d/%m %I:%M%p"), "en") == expected
