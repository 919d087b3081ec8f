"""Choosing a scenario, and the second tap: what stops, and whom it is told later."""

from bot.domain.crisis import CrisisState, Known
from bot.domain.crisis_desk import CrisisDesk, ReadyScenario, StartSheet
from bot.domain.crisis_scenario import Scenario, ScenarioText
from bot.slack import ids
from bot.slack.blocks.crisis_card import buttons_now, remind_button, stands_still
from bot.slack.blocks.crisis_text import audience_name, headline
from bot.slack.blocks.inputs import channels_input, some_of
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.mrkdwn import Block, actions, button, choice, context, cut, divider, escape, fit, section
from bot.sources.words import Words

MOST_SCENARIOS = 40
LONGEST_WHEN = 400
LONGEST_TOPIC = 75
MOST_UNKNOWN = 20


def choose_modal(
    words: Words, onlooker: Onlooker, desk: CrisisDesk, *, is_rehearsal: bool, can_publish: bool = True
) -> Block:
    """What goes on, with all that its card can do; below it what can be started, while nothing does."""
    language = onlooker.language
    going_on = [known for known in (desk.current, desk.rehearsal) if known]
    blocks = [block for known in going_on for block in _going_on(words, onlooker, known, can_publish=can_publish)]
    if desk.held and desk.current is None:
        see = button(words.say(language, "crisis.button.held"), ids.CRISIS_HELD)
        blocks += [section(words.count(language, "crisis.choose.held", desk.held), see, "held"), divider()]
    if (desk.rehearsal if is_rehearsal else desk.current) is None:
        blocks += _ready(words, onlooker, desk, is_rehearsal=is_rehearsal)
    title = "crisis.choose.rehearse_title" if is_rehearsal else "crisis.choose.title"
    return sheet_to_read(words, language, title, blocks)


def _going_on(words: Words, onlooker: Onlooker, known: Known, *, can_publish: bool) -> list[Block]:
    """So that the desk works without a card: there may be no channel for one."""
    crisis, language = known.crisis, onlooker.language
    title = escape(headline(words, language, crisis, known.text(language).text.title))
    when = words.when(language, crisis.started_at or crisis.asked_at, onlooker.zone, onlooker.now)
    word = "crisis.choose.asked" if crisis.state is CrisisState.ASKED else "crisis.choose.going_on"
    line = words.say(language, word, title=title, when=when)
    small = [stands_still(words, language, crisis)] if crisis.is_open else []
    small += [words.say(language, "crisis.choose.card")] if crisis.ts is not None else []
    buttons = actions(*buttons_now(words, language, crisis, can_publish=can_publish), block_id=f"now:{crisis.id}")
    lines = [section(line), *([context(*small)] if small else []), buttons]
    return [*lines, *_reminders(words, language, known), divider()]


def _reminders(words: Words, language: str, known: Known) -> list[Block]:
    """An audience a line, as long as it can be reminded."""
    crisis = known.crisis
    if not crisis.is_open or crisis.told_at is None:
        return []
    waiting = [one.key for one in known.audiences if one.reminded_at is None]
    names = {key: audience_name(known, language, key) for key in waiting}
    return [
        section(f"*{name}*", remind_button(words, language, crisis, key, name), f"remind:{crisis.id}:{key}")
        for key, name in names.items()
    ]


def _ready(words: Words, onlooker: Onlooker, desk: CrisisDesk, *, is_rehearsal: bool) -> list[Block]:
    language = onlooker.language
    if not desk.ready:
        return [section(words.say(language, "crisis.choose.none")), context(words.say(language, "crisis.choose.files"))]
    how = "crisis.choose.which" if is_rehearsal else "crisis.choose.how"
    blocks = [section(words.say(language, how)), divider()]
    for ready in desk.ready[:MOST_SCENARIOS]:
        blocks += _scenario(words, onlooker, ready, is_rehearsal=is_rehearsal)
    return blocks if is_rehearsal else [*blocks, context(words.say(language, "crisis.choose.practise"))]


def _scenario(words: Words, onlooker: Onlooker, ready: ReadyScenario, *, is_rehearsal: bool) -> list[Block]:
    language, text = onlooker.language, scenario_text(ready.scenario, onlooker.language)
    verb, style = (ids.CRISIS_REHEARSE, None) if is_rehearsal else (ids.CRISIS_START, "danger")
    name = words.say(language, "crisis.choose.rehearse" if is_rehearsal else "crisis.choose.start")
    label = f"{name} {cut(text.title, 50)}"
    start = button(name, verb, ready.scenario.slug, style=style, label=label)
    when = f"\n{escape(cut(text.when, LONGEST_WHEN))}" if text.when else ""
    blocks = [section(f"*{fit(text.title, 200)}*{when}", start, f"scenario:{ready.scenario.slug}")]
    slips = _slips(words, onlooker, ready)
    return [*blocks, context(slips)] if slips else blocks


def _slips(words: Words, onlooker: Onlooker, ready: ReadyScenario) -> str:
    """What whoever starts it has to know of its file."""
    language = onlooker.language
    if ready.kept_at is not None:
        when = words.when(language, ready.kept_at, onlooker.zone, onlooker.now)
        return words.say(language, "crisis.choose.kept", when=when)
    return "" if ready.scenario.is_whole else words.say(language, "crisis.choose.slips")


def scenario_text(scenario: Scenario, language: str) -> ScenarioText:
    """In this language, or in the first there is."""
    return next((text for text in scenario.texts if text.language == language), scenario.texts[0])


def confirm_modal(words: Words, onlooker: Onlooker, sheet: StartSheet) -> Block:
    """What happens at the second tap, in plain words; and what the file leaves to the editor."""
    language, scenario = onlooker.language, sheet.ready.scenario
    text = scenario_text(scenario, language)
    blocks = [section(f"*{fit(text.title, 200)}*"), section(_what_happens(words, language, sheet))]
    slips = _slips(words, onlooker, sheet.ready)
    blocks += [context(slips)] if slips else []
    if not sheet.is_rehearsal:
        blocks += _topics(words, language, sheet)
        blocks += [block for key in sheet.unnamed for block in _named(words, language, sheet, text, key)]
    if sheet.unknown:
        names = words.list(language, [fit(name, 80) for name in sheet.unknown[:MOST_UNKNOWN]])
        blocks.append(section(words.say(language, "crisis.start.unknown", names=names)))
    submit = "crisis.start.ask_second" if sheet.needs_second else "crisis.start.submit"
    submit = "crisis.start.exercise" if sheet.is_rehearsal else submit
    title = "crisis.start.rehearse_title" if sheet.is_rehearsal else "crisis.start.title"
    note = f"{scenario.slug}:{'exercise' if sheet.is_rehearsal else ''}"
    return sheet_to_send(words, language, ids.CRISIS_START_FORM, title, submit, note, blocks)


def _what_happens(words: Words, language: str, sheet: StartSheet) -> str:
    if sheet.is_rehearsal:
        return words.say(language, "crisis.start.of_exercise")
    lines = [words.say(language, "crisis.start.second" if sheet.needs_second else "crisis.start.at_once")]
    if sheet.queued:
        lines.append(f"• {words.count(language, 'crisis.start.queued', sheet.queued)}")
    if sheet.live:
        lines.append(f"• {words.count(language, 'crisis.start.live', sheet.live)}")
    lines.append(f"• {words.say(language, 'crisis.start.new_ones')}")
    return "\n".join([*lines, f"• {words.say(language, 'crisis.start.nobody_told')}"])


def _topics(words: Words, language: str, sheet: StartSheet) -> list[Block]:
    """Whose stories are greyed out. *All* is offered where the file says all: it is more than all topics there are."""
    asked = sheet.ready.scenario.topics
    options = [choice(cut(topic, LONGEST_TOPIC), topic_value(topic)) for topic in sheet.topics]
    if asked is None:
        options.insert(0, choice(words.say(language, "crisis.start.all_topics"), ids.CRISIS_ALL))
    if not options:
        return []
    chosen = [ids.CRISIS_ALL] if asked is None else [topic_value(topic) for topic in asked]
    label, hint = words.say(language, "crisis.start.topics"), words.say(language, "crisis.start.topics_hint")
    return [some_of(ids.CRISIS_TOPICS, label, options, chosen, hint=hint)]


def topic_value(topic: str) -> str:
    """Of its option; Slack takes 150 characters."""
    return f"{ids.CRISIS_TOPIC}{topic}"[:150]


def _named(words: Words, language: str, sheet: StartSheet, text: ScenarioText, key: str) -> list[Block]:
    """Whom this audience is, where the file does not say."""
    name = next((one.name for one in text.audiences if one.key == key), "") or key
    label = words.say(language, "crisis.start.channels", audience=cut(name, 100))
    blocks = [
        channels_input(f"{ids.CRISIS_CHANNELS}{key}", label, hint=words.say(language, "crisis.start.channels_hint"))
    ]
    if sheet.groups:
        options = [choice(cut(name, 75) or group, group) for group, name in sheet.groups]
        label = words.say(language, "crisis.start.groups", audience=cut(name, 100))
        blocks.append(some_of(f"{ids.CRISIS_GROUPS}{key}", label, options, ()))
    return blocks


def asked_modal(words: Words, language: str, known: Known) -> Block:
    """It waits for a second editor."""
    title = fit(known.text(language).text.title, 200)
    lines = [section(words.say(language, "crisis.start.is_asked", title=title))]
    return sheet_to_read(words, language, "crisis.start.title", lines)
