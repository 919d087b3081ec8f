"""While it goes on, and at its end: what is new, what is done, how it ends, what was learned."""

from datetime import datetime, timedelta

from bot.domain.crisis import LONGEST_LESSONS, LONGEST_UPDATE, CrisisText, Known
from bot.domain.crisis_scenario import MINUTES, OutsideText, Step
from bot.slack import ids
from bot.slack.as_shown import shown_note
from bot.slack.blocks.crisis_tell import LONGEST_INPUT, language_name
from bot.slack.blocks.crisis_text import own_first
from bot.slack.blocks.inputs import number_input, text_input, ticks
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.blocks.sheet import sheet_to_send
from bot.slack.mrkdwn import Block, choice, context, divider, fit, header, link, plain, section
from bot.sources.words import Words

STEPS_TOGETHER = 5
"""Their texts in full fit in the section above their boxes."""
LONGEST_ROLE = 80
LONGEST_LINK = 1_000


def update_modal(words: Words, language: str, known: Known, typed: str = "") -> Block:
    """What is new by language, and the three lists as they are. `typed` stands in the first input."""
    blocks: list[Block] = []
    for number, text in enumerate(own_first(known, language)):
        blocks += _update(words, language, text, typed if number == 0 else "")
    blocks.append(
        number_input(
            ids.CRISIS_NEXT,
            words.say(language, "crisis.update.next"),
            value=known.crisis.next_update,
            within=MINUTES,
            hint=words.say(language, "crisis.update.next_hint"),
            needed=False,
        )
    )
    shown = {name: lines for text in known.texts for name, lines in _lists_of(text).items()}
    note, form = shown_note(known.crisis.id, shown), ids.CRISIS_UPDATE_FORM
    return sheet_to_send(words, language, form, "crisis.update.title", "crisis.update.submit", note, blocks)


def _update(words: Words, language: str, text: CrisisText, typed: str) -> list[Block]:
    of = text.language
    news = text_input(
        f"{ids.CRISIS_NEWS}{of}",
        words.say(language, "crisis.update.news"),
        value=typed,
        hint=words.say(language, "crisis.update.news_hint", most=words.number(language, LONGEST_UPDATE)),
        most=LONGEST_INPUT,
        needed=False,
        many_lines=True,
    )
    return [header(language_name(words, language, of)), news, *_lists(words, language, text)]


def _lists_of(text: CrisisText) -> dict[str, str]:
    """The three lists by the names of their inputs, a point a line."""
    lists = {
        ids.CRISIS_KNOWN: text.text.known,
        ids.CRISIS_UNKNOWN: text.text.unknown,
        ids.CRISIS_DOING: text.text.doing,
    }
    return {f"{name}{text.language}": "\n".join(lines) for name, lines in lists.items()}


def _lists(words: Words, language: str, text: CrisisText) -> list[Block]:
    """A list too long for an input is left out, and stays as it is: cut, it would lose its end."""
    labels = [words.say(language, f"crisis.list.{name}") for name in ("known", "unknown", "doing")]
    return [
        text_input(
            name,
            label,
            value=lines,
            hint=words.say(language, "crisis.update.lines_hint"),
            most=LONGEST_INPUT,
            needed=False,
            many_lines=True,
        )
        for label, (name, lines) in zip(labels, _lists_of(text).items(), strict=True)
        if len(lines) <= LONGEST_INPUT
    ]


def checklist_modal(words: Words, onlooker: Onlooker, known: Known) -> Block:
    """Each step with who does it and until when; what is posted outside, with the text to copy."""
    language, text = onlooker.language, known.text(onlooker.language).text
    blocks = [context(words.say(language, "crisis.checklist.how"))]
    for start in range(0, len(text.steps), STEPS_TOGETHER):
        blocks += _steps(words, onlooker, known, start)
    if text.outside:
        blocks += [divider(), header(words.say(language, "crisis.checklist.outside"))]
        blocks += [block for one in text.outside for block in _outside(words, language, known, one)]
        options = [choice(_short(one.name), one.key) for one in text.outside[:10]]
        blocks.append(ticks(ids.CRISIS_OUTSIDE, words.say(language, "crisis.checklist.posted"), options, known.outside))
    title, form = "crisis.checklist.title", ids.CRISIS_CHECKLIST_FORM
    return sheet_to_send(words, language, form, title, "modal.save", checklist_note(known), blocks)


def checklist_note(known: Known) -> str:
    """Which crisis, and what was ticked when it was opened: so that a colleague's ticks of meanwhile stay."""
    steps = ",".join(map(str, sorted(known.ticked)))
    return f"{known.crisis.id}:{steps}:{','.join(sorted(known.outside))}"


def _steps(words: Words, onlooker: Onlooker, known: Known, start: int) -> list[Block]:
    language, text = onlooker.language, known.text(onlooker.language).text
    steps = list(enumerate(text.steps[start : start + STEPS_TOGETHER], start + 1))
    full = "\n".join(_step(words, onlooker, known.crisis.started_at, number, step) for number, step in steps)
    options = [choice(_short(f"{number}. {step.text}"), str(number - 1)) for number, step in steps]
    ticked = {str(number) for number in known.ticked}
    label = words.say(language, "crisis.checklist.done", first=steps[0][0], last=steps[-1][0])
    return [section(full), ticks(f"{ids.CRISIS_STEPS}{start}", label, options, ticked)]


def _step(words: Words, onlooker: Onlooker, started_at: datetime | None, number: int, step: Step) -> str:
    """*1.* Who does what, and by when."""
    language = onlooker.language
    who = _owners(words, language, step.owner, step.second_owner)
    if step.within is None or started_at is None:
        return f"*{number}.* {fit(step.text, 300)}\n_{who}_"
    clock = words.clock(language, started_at + timedelta(minutes=step.within), onlooker.zone)
    until = words.say(language, "crisis.checklist.until", clock=clock)
    return f"*{number}.* {fit(step.text, 300)}\n_{who} · {until}_"


def _owners(words: Words, language: str, first: str, second: str) -> str:
    if not second:
        return fit(first, LONGEST_ROLE)
    params = {"first": fit(first, LONGEST_ROLE), "second": fit(second, LONGEST_ROLE)}
    return words.say(language, "crisis.checklist.owners", **params)


def _outside(words: Words, language: str, known: Known, one: OutsideText) -> list[Block]:
    """Where, who, and the text plain, so that it is copied as it is."""
    head = f"*{fit(one.name, 100)}*\n_{_owners(words, language, one.owner, one.second_owner)}_"
    address = known.links.get(one.key)
    if address:
        shown = link(address, words.say(language, "crisis.checklist.link"))
        head += f" · {shown}" if len(shown) <= LONGEST_LINK else ""
    return [section(head), {"type": "section", "text": plain(one.text)}]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 75 else f"{line[:74].rstrip()}…"


def end_modal(words: Words, language: str, known: Known) -> Block:
    """The last words, where somebody was told; and what becomes of the stories."""
    told = known.crisis.told_at is not None
    what = "crisis.end.exercise" if known.crisis.is_rehearsal else "crisis.end.stories"
    blocks = [section(words.say(language, what))]
    closing = [
        text_input(
            f"{ids.CRISIS_CLOSING}{text.language}",
            words.say(language, "crisis.end.closing", language=language_name(words, language, text.language)),
            sample=words.say(text.language, "crisis.end.sample"),
            hint=words.say(language, "crisis.end.closing_hint"),
            most=LONGEST_INPUT,
            needed=False,
            many_lines=True,
        )
        for text in own_first(known, language)
    ]
    blocks += closing if told else [context(words.say(language, "crisis.end.nobody_told"))]
    note = str(known.crisis.id)
    form, submit = ids.CRISIS_END_FORM, "crisis.end.submit"
    return sheet_to_send(words, language, form, "crisis.end.title", submit, note, blocks)


def lessons_modal(words: Words, language: str, known: Known) -> Block:
    """What went well, what did not, what changes: in the log, for the next time."""
    learned = text_input(
        ids.CRISIS_LEARNED,
        words.say(language, "crisis.lessons.label"),
        value=known.crisis.lessons or "",
        sample=words.say(language, "crisis.lessons.sample"),
        hint=words.say(language, "crisis.lessons.hint"),
        most=LONGEST_LESSONS,
        many_lines=True,
    )
    note, form = str(known.crisis.id), ids.CRISIS_LESSONS_FORM
    return sheet_to_send(words, language, form, "crisis.lessons.title", "modal.save", note, [learned])
