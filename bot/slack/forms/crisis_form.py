"""What came back from the windows of a crisis. A problem names its field, and everything typed stays."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.clean_text import clean
from bot.domain.crisis import LONGEST_LESSONS, LONGEST_UPDATE, Known
from bot.domain.crisis_desk import FillWish, NamedAudience, StartWish, UpdateWish
from bot.domain.crisis_scenario import LONGEST_STATEMENT, MINUTES, MOST_LINES
from bot.domain.problems import BadField, Unreadable
from bot.slack import ids
from bot.slack.as_shown import is_untouched, length_shown
from bot.slack.forms.state import Values, all_chosen, state_of, typed

LONGEST_CONTACT = 300


def read_start_note(note: str) -> tuple[str, bool]:
    """The scenario, and whether it is a rehearsal."""
    slug, _, exercise = note.partition(":")
    return slug, bool(exercise)


def read_start(values: Values, note: str) -> StartWish:
    """What is started. Raises BadField at an audience of which nobody was named."""
    slug, is_rehearsal = read_start_note(note)
    if is_rehearsal:
        return StartWish(slug, is_rehearsal=True)
    keys = [block.removeprefix(ids.CRISIS_CHANNELS) for block in values if block.startswith(ids.CRISIS_CHANNELS)]
    return StartWish(slug, is_rehearsal=False, named={key: _named(values, key) for key in keys}, topics=_topics(values))


def _named(values: Values, key: str) -> NamedAudience:
    channels, groups = f"{ids.CRISIS_CHANNELS}{key}", f"{ids.CRISIS_GROUPS}{key}"
    picked = tuple(map(str, state_of(values, channels).get("selected_conversations") or ()))
    chosen = all_chosen(values, groups) if groups in values else ()
    return NamedAudience(chosen, picked)


def _topics(values: Values) -> tuple[str, ...] | None:
    """None: those of the file."""
    if ids.CRISIS_TOPICS not in values:
        return None
    chosen = all_chosen(values, ids.CRISIS_TOPICS)
    return None if ids.CRISIS_ALL in chosen else tuple(topic.removeprefix(ids.CRISIS_TOPIC) for topic in chosen)


def read_filled(values: Values, note: str) -> FillWish:
    """What was filled in; a place that was left empty stays one, and a text that nobody touched is left out.

    Raises BadField.
    """
    languages = list(_ends(values, ids.CRISIS_STATEMENT))
    statements = {one: _statement(values, name, note) for one, name in _touched(values, note, ids.CRISIS_STATEMENT)}
    contacts = {one: _lines(values, name) for one, name in _touched(values, note, ids.CRISIS_CONTACT)}
    minutes = _minutes(values)
    if minutes is None:
        raise BadField("crisis.problem.minutes", field=ids.CRISIS_NEXT, least=MINUTES.start, most=MINUTES.stop - 1)
    return FillWish({language: _places(values, language) for language in languages}, statements, contacts, minutes)


def _places(values: Values, language: str) -> dict[str, str]:
    found = {
        place: " ".join(typed(values, ids.place(language, place)).split())
        for place in _ends(values, ids.place(language, ""))
    }
    return {place: words for place, words in found.items() if words}


def _statement(values: Values, name: str, note: str) -> str:
    """What its places grew it by nobody typed: as long as it stood there is never too long."""
    text = typed(values, name)
    if not text:
        raise BadField("crisis.problem.no_statement", field=name)
    return _short_enough(text, name, max(LONGEST_STATEMENT, length_shown(note, name)))


def _short_enough(text: str, name: str, most: int) -> str:
    if len(text) > most:
        raise BadField("crisis.problem.too_long", field=name, most=most, length=len(text), over=len(text) - most)
    return text


def _lines(values: Values, name: str, most: int = MOST_LINES) -> tuple[str, ...]:
    """One a line, without what people put before points."""
    lines = tuple(
        line for raw in typed(values, name).splitlines() if (line := clean(raw).strip().lstrip("-•* ").strip())
    )
    if len(lines) > most:
        raise BadField("crisis.problem.many_lines", field=name, most=most, length=len(lines))
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_CONTACT:
            raise BadField(
                "crisis.problem.long_line", field=name, number=number, most=LONGEST_CONTACT, length=len(line)
            )
    return lines


def _minutes(values: Values) -> int | None:
    """None for nothing typed. Raises BadField for what is no number, or none of ours."""
    given = str(state_of(values, ids.CRISIS_NEXT).get("value") or "").strip()
    if not given:
        return None
    minutes = ids.parse_number(given)
    if minutes not in MINUTES:
        raise BadField("crisis.problem.minutes", field=ids.CRISIS_NEXT, least=MINUTES.start, most=MINUTES.stop - 1)
    return minutes


def read_update(values: Values, note: str) -> UpdateWish:
    """What is new. A list that was not shown, or not touched, stays as it is. Raises BadField."""
    languages = list(_ends(values, ids.CRISIS_NEWS))
    if not languages:
        raise Unreadable
    texts = {
        language: _short_enough(typed(values, name), name, LONGEST_UPDATE)
        for language in languages
        if typed(values, name := f"{ids.CRISIS_NEWS}{language}")
    }
    if not texts:
        raise BadField("crisis.problem.no_news", field=f"{ids.CRISIS_NEWS}{languages[0]}")
    known, unknown, doing = (
        {language: _lines(values, name) for language, name in _touched(values, note, kind)}
        for kind in (ids.CRISIS_KNOWN, ids.CRISIS_UNKNOWN, ids.CRISIS_DOING)
    )
    return UpdateWish(texts, known, unknown, doing, _minutes(values))


def read_ticked(values: Values, note: str, known: Known) -> tuple[frozenset[int], frozenset[str]]:
    """What is ticked now: what was ticked or unticked here, on top of what colleagues did meanwhile."""
    _, steps, outside = [*note.split(":"), "", ""][:3]
    steps_then = {ids.parse_number(one) for one in steps.split(",") if one}
    outside_then = {one for one in outside.split(",") if one}
    steps_now = {
        ids.parse_number(one)
        for name in values
        if name.startswith(ids.CRISIS_STEPS)
        for one in all_chosen(values, name)
    }
    outside_now = set(all_chosen(values, ids.CRISIS_OUTSIDE)) if ids.CRISIS_OUTSIDE in values else set()
    return (
        frozenset((known.ticked | (steps_now - steps_then)) - (steps_then - steps_now)),
        frozenset((known.outside | (outside_now - outside_then)) - (outside_then - outside_now)),
    )


def read_closing(values: Values) -> dict[str, str]:
    """The last words, in the languages in which there are any. Raises BadField."""
    names = {language: f"{ids.CRISIS_CLOSING}{language}" for language in _ends(values, ids.CRISIS_CLOSING)}
    texts = {language: _short_enough(typed(values, name), name, LONGEST_UPDATE) for language, name in names.items()}
    return {language: text for language, text in texts.items() if text}


def read_lessons(values: Values) -> str:
    """What was learned. Raises BadField when there is nothing to be seen."""
    text = typed(values, ids.CRISIS_LEARNED)
    if not text:
        raise BadField("crisis.problem.no_lessons", field=ids.CRISIS_LEARNED)
    return _short_enough(text, ids.CRISIS_LEARNED, LONGEST_LESSONS)


def read_publish(values: Values) -> bool:
    """Whether the page comes out too."""
    return ids.CRISIS_PUBLISH_TOO in values and bool(all_chosen(values, ids.CRISIS_PUBLISH_TOO))


def read_looked(note: str) -> tuple[int, datetime | None]:
    """The crisis, and when what was looked at was changed last. Raises Unreadable."""
    number, _, at = note.partition(" ")
    try:
        return ids.parse_number(number), datetime.fromisoformat(at) if at else None
    except ValueError as error:
        raise Unreadable from error


def _touched(values: Values, note: str, kind: str) -> Iterator[tuple[str, str]]:
    """Languages with the names of their inputs of this kind, where something else stands than was shown."""
    names = ((language, f"{kind}{language}") for language in _ends(values, kind))
    return ((language, name) for language, name in names if not is_untouched(note, name, typed(values, name)))


def _ends(values: Values, beginning: str) -> Iterator[str]:
    """What stands behind this in the names of inputs, in the order of the form."""
    return (block.removeprefix(beginning) for block in values if block.startswith(beginning))
