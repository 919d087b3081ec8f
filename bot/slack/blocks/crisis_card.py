"""The card of a crisis in the comms channel: how it stands, whom it reached, and what can be done next."""

from datetime import datetime, timedelta

from bot.domain.crisis import Crisis, CrisisState, Reach
from bot.domain.messages import CrisisCard
from bot.slack import ids
from bot.slack.blocks.crisis_text import LONGEST_NAME, audience_name, headline, safe_text
from bot.slack.blocks.hook_week import shown_length
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, fit, header, link, plain, section
from bot.sources.words import Words

MOST_TOPICS = 8
LONGEST_LESSONS = 1_000
ENOUGH = 5
"""Who have read it; how soon fewer did says more of them than of how it goes. Of fewer that were told, so does how many
read it.
"""
MOST_NOT_TOLD = 20


def crisis_card_text(words: Words, card: CrisisCard) -> str:
    """For notifications and screen readers."""
    return "\n".join([escape(_title(words, card)), *_state(words, card)])


def crisis_card_blocks(words: Words, card: CrisisCard) -> list[Block]:
    """State, what stands still, whom it reached, what is left to do, and the buttons."""
    blocks = [header(_title(words, card)), section("\n".join(_state(words, card)))]
    if card.known.crisis.is_open:
        blocks.append(context(stands_still(words, card.language, card.known.crisis)))
    if card.known.crisis.told_at is not None:
        blocks += _reached(words, card)
    if card.known.crisis.state in (CrisisState.OPEN, CrisisState.ENDED):
        blocks += _left_to_do(words, card)
    buttons = _buttons(words, card)
    if buttons:
        blocks.append(actions(*buttons, block_id=f"crisis:{card.known.crisis.id}"))
    if card.known.crisis.is_open and card.known.crisis.told_at is not None:
        blocks.append(context(words.say(card.language, "crisis.card.thread")))
    return blocks


def _title(words: Words, card: CrisisCard) -> str:
    """As those know it who chose the scenario."""
    title = words.say(card.language, "crisis.card.title", title=card.known.text(card.language).text.title)
    return headline(words, card.language, card.known.crisis, title)


def _state(words: Words, card: CrisisCard) -> list[str]:
    """What is going on, who did it and when, and what comes next."""
    crisis = card.known.crisis
    match crisis.state:
        case CrisisState.ASKED:
            return [_did(words, card, "crisis.card.asked", crisis.asked_by, crisis.asked_at)]
        case CrisisState.CALLED_OFF:
            return [words.say(card.language, "crisis.card.called_off")]
        case CrisisState.ENDED:
            when = words.when(card.language, crisis.ended_at, card.zone, card.now) if crisis.ended_at else ""
            return [words.say(card.language, "crisis.card.over", when=when), *_held(words, card)]
        case CrisisState.OPEN:
            return _open(words, card)


def _open(words: Words, card: CrisisCard) -> list[str]:
    crisis, language = card.known.crisis, card.language
    lines = [_did(words, card, "crisis.card.started", crisis.started_by, crisis.started_at)]
    if crisis.told_at is not None:
        return [
            *lines,
            _did(words, card, "crisis.card.told", crisis.told_by, crisis.told_at),
            *_next_update(words, card),
        ]
    if crisis.filled_at is None:
        return [*lines, words.say(language, "crisis.card.to_fill")]
    if crisis.tell_asked_by is not None:
        name = _name(words, card, crisis.tell_asked_by)
        return [*lines, words.say(language, "crisis.card.tell_asked", name=name)]
    return [*lines, words.say(language, "crisis.card.to_tell")]


def _did(words: Words, card: CrisisCard, did: str, by: str | None, at: datetime | None) -> str:
    when = words.when(card.language, at or card.now, card.zone, card.now)
    return words.say(card.language, did, name=_name(words, card, by), when=when)


def _name(words: Words, card: CrisisCard, key: str | None) -> str:
    name = card.names.get(key) if key else None
    return fit(name, LONGEST_NAME) if name else words.say(card.language, "crisis.card.somebody")


def _next_update(words: Words, card: CrisisCard) -> list[str]:
    at, language = card.known.crisis.next_update_at, card.language
    if at is None:
        return [words.say(language, "crisis.card.no_next")]
    when = words.when(language, at, card.zone, card.now)
    return [words.say(language, "crisis.card.overdue" if at <= card.now else "crisis.card.next", when=when)]


def stands_still(words: Words, language: str, crisis: Crisis) -> str:
    """What has stopped because of it, and which stories are greyed out."""
    if crisis.is_rehearsal:
        return words.say(language, "crisis.still.exercise")
    if crisis.topics is None:
        return words.say(language, "crisis.still.all")
    if not crisis.topics:
        return words.say(language, "crisis.still.none")
    topics = words.list(language, [fit(topic, LONGEST_NAME) for topic in crisis.topics[:MOST_TOPICS]])
    return words.say(language, "crisis.still.some", topics=topics)


def _held(words: Words, card: CrisisCard) -> list[str]:
    if card.known.crisis.is_rehearsal:
        return []
    return (
        [words.count(card.language, "crisis.card.held", card.held)]
        if card.held
        else [words.say(card.language, "crisis.card.held_none")]
    )


def _reached(words: Words, card: CrisisCard) -> list[Block]:
    """Messages on their way, and an audience a block: numbers, never who."""
    blocks = []
    if card.known.crisis.is_open and card.progress.owed > card.progress.done:
        blocks.append(section(_progress(words, card)))
    blocks += [_audience(words, card, one) for one in card.reach]
    if card.not_told:
        channels = [f"<#{channel}>" for channel in card.not_told[:MOST_NOT_TOLD]]
        more = len(card.not_told) - len(channels)
        channels += [words.count(card.language, "crisis.card.more_channels", more)] if more else []
        blocks.append(
            section(words.say(card.language, "crisis.card.not_told", list=words.list(card.language, channels)))
        )
    return blocks


def _progress(words: Words, card: CrisisCard) -> str:
    language, progress = card.language, card.progress
    numbers = {"done": words.number(language, progress.done), "owed": words.number(language, progress.owed)}
    if progress.left is None:
        return words.say(language, "crisis.card.going_out", **numbers)
    return words.say(language, "crisis.card.time_left", **numbers, left=shown_length(words, language, progress.left))


def _audience(words: Words, card: CrisisCard, reach: Reach) -> Block:
    """Told, read, how soon; and the one reminder, where it was not used."""
    language, audience = card.language, reach.audience
    name = audience_name(card.known, language, audience.key)
    facts = reach_facts(words, language, reach)
    if reach.median is not None and reach.read >= ENOUGH:
        facts.append(words.say(language, "crisis.card.half", length=shown_length(words, language, reach.median)))
    if audience.unreachable:
        facts.append(words.count(language, "crisis.card.unreachable", audience.unreachable))
    lines = [f"*{name}*", " · ".join(facts)]
    if reach.read_by and reach.read >= ENOUGH:
        so_far = " · ".join(_by(words, language, minutes, read) for minutes, read in reach.read_by)
        lines.append(f"_{words.say(language, 'crisis.card.in_time', list=so_far)}_")
    if audience.reminded_at is not None:
        when = words.when(language, audience.reminded_at, card.zone, card.now)
        few = is_few(reach)
        counted = "" if few else words.count(language, "crisis.card.reminded", audience.reminded or 0, when=when)
        lines.append(counted or words.say(language, "crisis.card.reminded_few", when=when))
    return section("\n".join(lines), _remind(words, card, reach, name), f"reach:{audience.key}")


def is_few(reach: Reach) -> bool:
    """Whether so few were told that a number, or a button that goes, says who of them read it."""
    return reach.told < ENOUGH


def reach_facts(words: Words, language: str, reach: Reach) -> list[str]:
    """How many were told; and how many have read it, where that says nothing of anybody."""
    told = words.count(language, "crisis.card.told_of", reach.told)
    return [told] if is_few(reach) else [told, words.count(language, "crisis.card.read_of", reach.read)]


def _by(words: Words, language: str, minutes: int, read: int) -> str:
    """*15 minutes: 40*."""
    length = timedelta(minutes=minutes)
    shown = words.number(language, read)
    return words.say(language, "crisis.card.by", length=shown_length(words, language, length), read=shown)


def _remind(words: Words, card: CrisisCard, reach: Reach, name: str) -> Block | None:
    crisis, audience = card.known.crisis, reach.audience
    all_read = reach.read >= reach.told and not is_few(reach)
    if not crisis.is_open or audience.reminded_at is not None or all_read:
        return None
    return remind_button(words, card.language, crisis, audience.key, name)


def remind_button(words: Words, language: str, crisis: Crisis, audience: str, name: str) -> Block:
    """*Remind*, and the dialog that asks once more."""
    text = words.say(language, "crisis.button.remind")
    label = words.say(language, "crisis.button.remind_label", name=name)
    found = button(text, ids.CRISIS_REMIND, ids.of_crisis(crisis.id, audience), label=label)
    return {**found, "confirm": _sure(words, language, "remind")}


def _sure(words: Words, language: str, what: str) -> Block:
    """The dialog that asks once more."""
    return {
        "title": plain(words.say(language, f"crisis.sure.{what}_title"), 100),
        "text": plain(words.say(language, f"crisis.sure.{what}_text"), 300),
        "confirm": plain(words.say(language, f"crisis.sure.{what}_yes"), 30),
        "deny": plain(words.say(language, "crisis.sure.no"), 30),
    }


def _left_to_do(words: Words, card: CrisisCard) -> list[Block]:
    """The checklist and what is posted outside; the page; what was learned."""
    known, language = card.known, card.language
    text, lines = known.text(language).text, []
    if text.steps:
        done = len([number for number in known.ticked if number < len(text.steps)])
        lines.append(words.count(language, "crisis.card.checklist", len(text.steps), done=words.number(language, done)))
    names = {one.key: fit(one.name, LONGEST_NAME) for one in text.outside}
    there = [name for key, name in names.items() if key in known.outside]
    if there:
        lines.append(words.say(language, "crisis.card.outside", list=words.list(language, there)))
    to_do = [name for key, name in names.items() if key not in known.outside]
    if to_do and known.crisis.is_open:
        lines.append(words.say(language, "crisis.card.not_outside", list=words.list(language, to_do)))
    lines += _page(words, card)
    if known.crisis.lessons:
        lines.append(
            f"*{words.say(language, 'crisis.card.lessons')}*\n{safe_text(known.crisis.lessons, LONGEST_LESSONS)}"
        )
    return [section("\n".join(lines))] if lines else []


def _page(words: Words, card: CrisisCard) -> list[str]:
    if not card.known.crisis.is_published:
        return []
    if card.page is None:
        return [words.say(card.language, "crisis.card.page_files")]
    return [words.say(card.language, "crisis.card.page", link=link(card.page, cut(card.page, 200)))]


def _buttons(words: Words, card: CrisisCard) -> list[Block]:
    """The next step first, and by colour."""
    crisis = card.known.crisis
    if crisis.state is CrisisState.ENDED:
        return _all_buttons(words, card.language, crisis, _over_verbs(card))
    return buttons_now(words, card.language, crisis, can_publish=card.can_publish)


def buttons_now(words: Words, language: str, crisis: Crisis, *, can_publish: bool) -> list[Block]:
    """What can be done while it is not over, the next step first."""
    verbs: tuple[str, ...] = ()
    if crisis.state is CrisisState.ASKED:
        verbs = (ids.CRISIS_CONFIRM, ids.CRISIS_CALL_OFF)
    elif crisis.is_open:
        verbs = _open_verbs(crisis, can_publish=can_publish)
    return _all_buttons(words, language, crisis, verbs)


def _all_buttons(words: Words, language: str, crisis: Crisis, verbs: tuple[str, ...]) -> list[Block]:
    return [_button(words, language, crisis, verb, is_next=number == 0) for number, verb in enumerate(verbs)]


def _open_verbs(crisis: Crisis, *, can_publish: bool) -> tuple[str, ...]:
    rest = (ids.CRISIS_CHECKLIST, ids.CRISIS_END)
    if crisis.told_at is not None:
        publish = () if crisis.is_published or not can_publish else (ids.CRISIS_PUBLISH,)
        return (ids.CRISIS_UPDATE, ids.CRISIS_CHECKLIST, *publish, ids.CRISIS_END)
    if crisis.filled_at is not None:
        return (ids.CRISIS_TELL, ids.CRISIS_FILL, *rest)
    return (ids.CRISIS_FILL, *rest)


def _over_verbs(card: CrisisCard) -> tuple[str, ...]:
    held = (ids.CRISIS_HELD,) if card.held and not card.known.crisis.is_rehearsal else ()
    lessons = () if card.known.crisis.lessons else (ids.CRISIS_LESSONS,)
    return (*held, *lessons, ids.CRISIS_LOG)


def _button(words: Words, language: str, crisis: Crisis, verb: str, *, is_next: bool = False) -> Block:
    text = words.say(language, f"crisis.button.{verb.removeprefix('crisis_')}")
    is_red = verb == ids.CRISIS_CONFIRM and not crisis.is_rehearsal
    found = button(text, verb, ids.of_crisis(crisis.id), style="danger" if is_red else "primary" if is_next else None)
    if verb in (ids.CRISIS_CONFIRM, ids.CRISIS_PUBLISH) and not crisis.is_rehearsal:
        found["confirm"] = _sure(words, language, verb.removeprefix("crisis_"))
    return found
