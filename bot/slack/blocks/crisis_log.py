"""The log of a crisis as a file: what was said, each step with its time, whom it reached, what was learned."""

from datetime import datetime, timedelta

from bot.actions.look_at_crisis import CrisisLog
from bot.domain.crisis import CrisisStep, Did
from bot.slack.blocks.crisis_card import ENOUGH, reach_facts
from bot.slack.blocks.crisis_text import update_text
from bot.slack.blocks.hook_week import shown_length
from bot.sources.words import Words

A_YEAR = timedelta(days=400)
_WITH = {
    Did.NOT_TOLD: ("reason",),
    Did.PUBLISHED: ("page",),
    Did.SLIPPED: ("title",),
    Did.PUT_BACK: ("title",),
    Did.DROPPED: ("title",),
}
"""What of a step's detail stands in its sentence."""


def log_file(words: Words, language: str, log: CrisisLog) -> str:
    """In Markdown."""
    known, crisis = log.known, log.known.crisis
    title = known.text(language).text.title
    heading = words.say(language, "crisis.exercise_title", title=title) if crisis.is_rehearsal else title
    year = words.day(language, crisis.asked_at, log.zone, crisis.asked_at + A_YEAR)
    parts = [[f"# {_line(heading)}"], [year], [words.say(language, "crisis.log.numbers")]]
    parts.append(
        [_heading(words, language, "crisis.log.steps"), *(_step(words, language, log, step) for step in log.steps)]
    )
    parts.append([_heading(words, language, "crisis.log.reach"), *_reached(words, language, log)])
    for text in known.texts:
        said = [f"**{_when(words, language, log, one.at)}** {update_text(one, text.language)}" for one in known.updates]
        parts.append([f"## {words.say(language, f'setup.language.{text.language}')}", text.text.statement, *said])
    asked = [f"**{_line(one.question)}** {_line(one.answer)}" for one in known.answers]
    parts.append([_heading(words, language, "crisis.log.answers"), *asked] if asked else [])
    parts.append([_heading(words, language, "crisis.log.lessons"), crisis.lessons] if crisis.lessons else [])
    return "\n\n".join(_part(part) for part in parts if part) + "\n"


def _part(lines: list[str]) -> str:
    """Points stand close, all else apart."""
    text = ""
    for line in lines:
        close = line.startswith("- ") and text.rsplit("\n", 1)[-1].startswith("- ")
        text += ("\n" if close else "\n\n") + line if text else line
    return text


def _heading(words: Words, language: str, key: str) -> str:
    return f"## {words.say(language, key)}"


def _step(words: Words, language: str, log: CrisisLog, step: CrisisStep) -> str:
    return f"- {_when(words, language, log, step.at)}: {_did(words, language, log, step)}"


def _when(words: Words, language: str, log: CrisisLog, at: datetime) -> str:
    """As a date, so that it is as true next year; the year stands in the heading."""
    return f"{words.short_day(language, at, log.zone)}, {words.clock(language, at, log.zone)}"


def _did(words: Words, language: str, log: CrisisLog, step: CrisisStep) -> str:
    """Who did what."""
    said = _counted(words, language, log, step) or _what_was_done(words, language, log, step)
    if step.by is None:
        return said
    name = _line(log.names.get(step.by) or words.say(language, "crisis.card.somebody"))
    return words.say(language, "crisis.log.by", name=name, what=said)


def _what_was_done(words: Words, language: str, log: CrisisLog, step: CrisisStep) -> str:
    if step.did is Did.SLIPPED and not step.detail.get("title"):
        return words.say(language, "crisis.did.slipped_other")
    params: dict[str, object] = {name: _line(str(step.detail.get(name, "?"))) for name in _WITH.get(step.did, ())}
    return words.say(language, f"crisis.did.{step.did}", **params, what=_what(log, language, step))


def _counted(words: Words, language: str, log: CrisisLog, step: CrisisStep) -> str:
    """What is told with a number in it; "" for all else."""

    def count(name: str) -> int:
        return int(step.detail.get(name) or 0)

    match step.did:
        case Did.STARTED:
            parts = {name: words.count(language, f"crisis.did.{name}", count(name)) for name in ("queued", "live")}
            return words.say(language, "crisis.did.started", **parts)
        case Did.TOLD:
            return words.count(language, "crisis.did.told", count("channels"))
        case Did.TOLD_CHANNELS | Did.TOLD_PEOPLE:
            return _of_all(words, language, step.did, count("count"), _owed(log, step.did))
        case _:
            return ""


def _of_all(words: Words, language: str, did: Did, count: int, owed: int) -> str:
    """All of them; or so many of so many, where Slack refused some."""
    if count >= owed:
        return words.count(language, f"crisis.did.{did}", count)
    numbers = {"count": words.number(language, count), "all": words.number(language, owed)}
    return words.say(language, f"crisis.did.{did}_some", **numbers)


def _owed(log: CrisisLog, did: Did) -> int:
    """How many there were to tell."""
    if did is Did.TOLD_PEOPLE:
        return sum(one.owed for one in log.known.audiences if one.is_direct)
    return max((int(step.detail.get("channels") or 0) for step in log.steps if step.did is Did.TOLD), default=0)


def _what(log: CrisisLog, language: str, step: CrisisStep) -> str:
    """The step of the checklist, the place outside, or the audience it is about."""
    text = log.known.text(language).text
    number, key = step.detail.get("step"), step.detail.get("outside")
    if isinstance(number, int) and 0 <= number < len(text.steps):
        return _line(text.steps[number].text)
    if key is not None:
        return _line(next((one.name for one in text.outside if one.key == key), str(key)))
    audience = str(step.detail.get("audience", ""))
    return _line(next((one.name for one in text.audiences if one.key == audience), audience))


def _reached(words: Words, language: str, log: CrisisLog) -> list[str]:
    """Numbers, never who."""
    lines = []
    for one in log.reach:
        name = one.audience.names.get(language) or one.audience.key
        facts = reach_facts(words, language, one)
        if one.median is not None and one.read >= ENOUGH:
            facts.append(words.say(language, "crisis.card.half", length=shown_length(words, language, one.median)))
        lines.append(f"- {_line(name)}: {', '.join(facts)}")
    return lines or [words.say(language, "crisis.log.nobody")]


def _line(text: str) -> str:
    """On one line, so that no text begins a heading or a point of its own."""
    return " ".join(text.split())
