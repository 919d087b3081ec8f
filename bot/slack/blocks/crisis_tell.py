"""Filling in what nobody could know beforehand, and the look before everybody is told."""

from bot.domain.clean_text import clean
from bot.domain.crisis import CrisisAudience, CrisisText, Known
from bot.domain.crisis_scenario import LONGEST_STATEMENT, MINUTES
from bot.domain.messages import CrisisMessage
from bot.slack import ids
from bot.slack.as_shown import shown_note
from bot.slack.blocks.crisis_message import crisis_body
from bot.slack.blocks.crisis_text import audience_name, headline, lead_of, own_first, safe_text, title_for_staff
from bot.slack.blocks.inputs import number_input, text_input, tick
from bot.slack.blocks.queue_list import Onlooker
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.mrkdwn import Block, choice, context, cut, divider, escape, header, section
from bot.sources.words import Words

LONGEST_FILLED = 300
MOST_PLACES = 90
"""A view holds 100 blocks; what is left over is asked for when these are filled in."""
LONGEST_INPUT = 3_000
MOST_PLACES_NAMED = 8


def fill_modal(words: Words, language: str, known: Known, notice: str = "") -> Block:
    """By language: an input a place, the statement as it will be read, and whom the page sends people to."""
    most = MOST_PLACES // len(known.texts) - 3
    blocks = [section(notice)] if notice else []
    if any(text.places for text in known.texts):
        blocks.append(context(words.say(language, "crisis.fill.how")))
    for text in own_first(known, language):
        blocks += _text(words, language, text, most)
    blocks.append(
        number_input(
            ids.CRISIS_NEXT,
            words.say(language, "crisis.fill.next"),
            value=known.crisis.next_update,
            within=MINUTES,
            hint=words.say(language, "crisis.fill.next_hint"),
        )
    )
    note = shown_note(known.crisis.id, {name: text for one in known.texts for name, text in _words(one).items()})
    return sheet_to_send(words, language, ids.CRISIS_FILL_FORM, "crisis.fill.title", "crisis.fill.submit", note, blocks)


def language_name(words: Words, language: str, of: str) -> str:
    """What a language is called."""
    return words.say(language, f"setup.language.{of}")


def _text(words: Words, language: str, text: CrisisText, most: int) -> list[Block]:
    of = text.language
    places = [
        text_input(ids.place(of, place), _capital(place), most=LONGEST_FILLED, needed=False)
        for place in text.places[:most]
    ]
    (statement_id, statement_now), (contact_id, contact_now) = _words(text).items()
    statement = text_input(
        statement_id,
        words.say(language, "crisis.fill.statement"),
        value=statement_now,
        hint=words.say(language, "crisis.fill.statement_hint", most=words.number(language, LONGEST_STATEMENT)),
        most=LONGEST_INPUT,
        many_lines=True,
    )
    contact = text_input(
        contact_id,
        words.say(language, "crisis.fill.contact"),
        value=contact_now,
        hint=words.say(language, "crisis.fill.contact_hint"),
        most=LONGEST_INPUT,
        needed=False,
        many_lines=True,
    )
    return [header(language_name(words, language, of)), *places, statement, contact]


def _words(text: CrisisText) -> dict[str, str]:
    """What stands in the two inputs of a language that are never empty at first; as much as an input holds."""
    of = text.language
    whole = {ids.CRISIS_STATEMENT: text.text.statement, ids.CRISIS_CONTACT: "\n".join(text.contact)}
    return {f"{name}{of}": cut(clean(said), LONGEST_INPUT) for name, said in whole.items()}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def still_open(words: Words, language: str, known: Known) -> str:
    """What has to be filled in before anybody can be told."""
    places = list(dict.fromkeys(place for text in known.texts for place in text.places))
    named = [escape(f"[{place}]") for place in places[:MOST_PLACES_NAMED]]
    return words.say(language, "crisis.fill.open", places=words.list(language, named))


def preview_modal(
    words: Words, onlooker: Onlooker, known: Known, *, asks_second: bool, can_publish: bool, page: str | None = None
) -> Block:
    """Who is told and where, and what each reads, in each language."""
    language = onlooker.language
    title = escape(headline(words, language, known.crisis, title_for_staff(known.text(language))))
    blocks = [section(f"*{title}*"), section(words.say(language, "crisis.preview.order"))]
    blocks.append(section("\n".join(_told(words, language, known, one) for one in known.audiences)))
    blocks.append(context(words.say(language, "crisis.preview.second" if asks_second else "crisis.preview.nobody_yet")))
    # Above the texts: Slack shows a window from its first input on.
    if can_publish and not known.crisis.is_published:
        blocks.append(_page_tick(words, language, known))
    for text in own_first(known, language):
        blocks += _as_read(words, onlooker, known, text, page)
    submit = "crisis.preview.ask_second" if asks_second else "crisis.preview.submit"
    note = looked_note(known)
    return sheet_to_send(words, language, ids.CRISIS_TELL_FORM, "crisis.preview.title", submit, note, blocks)


def looked_note(known: Known) -> str:
    """What was looked at: the crisis, and when its texts were changed last."""
    at = known.crisis.changed_at
    return f"{known.crisis.id} {at.isoformat() if at else ''}".rstrip()


def _page_tick(words: Words, language: str, known: Known) -> Block:
    text, hint = "crisis.preview.page", "crisis.preview.page_hint"
    if known.crisis.is_rehearsal:
        text, hint = "crisis.preview.exercise_page", "crisis.preview.exercise_page_hint"
    option, label = choice(words.say(language, text), "yes"), words.say(language, "crisis.preview.page_label")
    return tick(ids.CRISIS_PUBLISH_TOO, label, option, ticked=False, hint=words.say(language, hint))


def _told(words: Words, language: str, known: Known, audience: CrisisAudience) -> str:
    """Who they are: channels, groups, and whether they get a message of their own."""
    places = [f"<#{channel}>" for channel in audience.channels[:10]]
    places += [f"<!subteam^{group}>" for group in audience.groups[:10]]
    if audience.is_everyone and not known.crisis.is_rehearsal:
        places.append(words.say(language, "crisis.preview.all_channels"))
    where = words.list(language, places) or words.say(language, "crisis.preview.nowhere")
    name = audience_name(known, language, audience.key)
    direct = words.say(language, "crisis.preview.direct") if audience.is_direct else ""
    return f"• *{name}*: {where}{direct}"


def _as_read(words: Words, onlooker: Onlooker, known: Known, text: CrisisText, page: str | None) -> list[Block]:
    """The whole message as the first audience reads it; of the others what stands above it for them."""
    of, language = text.language, onlooker.language
    first, *others = known.audiences
    message = CrisisMessage(known, first.key, of, onlooker.zone, onlooker.now, page)
    name = audience_name(known, language, first.key)
    heading = words.say(language, "crisis.preview.as_read", language=language_name(words, language, of), audience=name)
    blocks = [divider(), context(f"*{heading}*"), header(headline(words, of, known.crisis, title_for_staff(text)))]
    blocks += crisis_body(words, message)
    for other in others:
        lead = lead_of(known, text, other.key)
        name = audience_name(known, language, other.key)
        word = "crisis.preview.others" if lead else "crisis.preview.others_same"
        blocks.append(context(words.say(language, word, audience=name)))
        blocks += [section(safe_text(lead, 700))] if lead else []
    return blocks


def told_modal(words: Words, language: str, known: Known) -> Block:
    """That they are being told, or that a second editor has to."""
    word = "crisis.preview.told" if known.crisis.told_at is not None else "crisis.preview.asked"
    return sheet_to_read(words, language, "crisis.preview.title", [section(words.say(language, word))])
