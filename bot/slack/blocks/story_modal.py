"""The form of a story: empty, filled in from a page, or with a story that is edited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.captions import Caption
from bot.domain.setup import Channel
from bot.domain.stories import StoryDraft
from bot.domain.story_file import MOST_CAPTIONS
from bot.slack import ids
from bot.slack.mrkdwn import Block, choice, clean, context, cut, plain, section
from bot.sources.words import Words

MOST_CHANNELS = 100
LANGUAGES = {"en": "English", "nl": "Nederlands"}
KINDS = ("neutral", "commercial")


@dataclass(frozen=True)
class StoryForm:
    """What stands in the form. `notes` is mrkdwn above it; `memory` comes back when it is sent."""

    draft: StoryDraft
    channels: Sequence[Channel]
    memory: str
    notes: tuple[str, ...] = ()
    next_free: str | None = None
    is_edit: bool = False
    has_time: bool = True


def story_form_view(words: Words, language: str, form: StoryForm) -> dict[str, Any]:
    """The modal."""
    say = _saying(words, language)
    return {
        "type": "modal",
        "callback_id": ids.STORY_FORM,
        "private_metadata": form.memory,
        "title": plain(say("edit_title" if form.is_edit else "new_title"), 24),
        "submit": plain(say("save" if form.is_edit else "submit"), 24),
        "close": plain(words.say(language, "modal.cancel"), 24),
        "blocks": [*[section(note) for note in form.notes], *_inputs(words, language, form)],
    }


def reading_view(words: Words, language: str) -> dict[str, Any]:
    """What stands there while the page is read."""
    return {
        "type": "modal",
        "title": plain(words.say(language, "queue.form.new_title"), 24),
        "close": plain(words.say(language, "modal.cancel"), 24),
        "blocks": [section(words.say(language, "queue.form.reading"))],
    }


def shown_captions(captions: Sequence[Caption], language: str) -> tuple[Caption, ...]:
    """The captions that have an input in the form; an edit leaves the others as they are."""
    return tuple(caption for caption in captions if caption.language == language)[:MOST_CAPTIONS]


def _saying(words: Words, language: str) -> Any:
    return lambda name, **places: words.say(language, f"queue.form.{name}", **places)


def _inputs(words: Words, language: str, form: StoryForm) -> list[Block]:
    say, draft = _saying(words, language), form.draft
    captions = shown_captions(draft.captions, draft.language)
    blocks = [
        _input(say, "link", _text(draft.link, say("link_example"))),
        _input(say, "title", _text(draft.title)),
        _input(say, "sentence", _text(draft.sentence, many=True), hint="sentence_hint"),
        *(_caption(say, number, captions) for number in range(1, MOST_CAPTIONS + 1)),
        _input(say, "image", _text(draft.image or "", say("link_example")), optional=True, hint="image_hint"),
        _input(say, "alt", _text(draft.alt or ""), optional=True, hint="alt_hint"),
        _input(say, "topics", _text(", ".join(draft.topics)), optional=True, hint="topics_hint"),
        _input(say, "dilemma", _text(draft.dilemma, many=True), optional=True, hint="dilemma_hint"),
        _input(say, "language", _one_of("language", LANGUAGES, draft.language)),
    ]
    if form.has_time:
        hint = say("due_at_hint", when=form.next_free) if form.next_free else say("due_at_no_slots")
        blocks += [*_channels(say, form), {**_moment(say, "due_at", draft.due_at), "hint": plain(hint, 2000)}]
    kinds = {kind: say(kind) for kind in KINDS}
    kind = "commercial" if draft.commercial else "neutral"
    blocks += [_moment(say, "best_before", draft.best_before), _input(say, "kind", _one_of("kind", kinds, kind))]
    return [*blocks, context(say("foot"))]


def _input(say: Any, name: str, element: Block, *, optional: bool = False, hint: str | None = None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(say(name)),
        "element": {**element, "action_id": name},
        "optional": optional,
    }
    if hint is not None:
        block["hint"] = plain(say(hint), 2000)
    return block


def _text(value: str, placeholder: str = "", *, many: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": many}
    if value:
        element["initial_value"] = cut(clean(value), 3000)
    if placeholder:
        element["placeholder"] = plain(placeholder, 150)
    return element


def _caption(say: Any, number: int, captions: Sequence[Caption]) -> Block:
    name = f"caption_{number}"
    text = captions[number - 1].text if number <= len(captions) else ""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(say("caption", number=number)),
        "element": {**_text(text, many=True), "action_id": name},
        "optional": number > 1,
    }
    if number == 1:
        block["hint"] = plain(say("caption_hint"), 2000)
    return block


def _one_of(name: str, options: Mapping[str, str], chosen: str) -> Block:
    known = {value: choice(text, value) for value, text in options.items()}
    element: Block = {"type": "radio_buttons", "options": list(known.values())}
    if chosen in known:
        element["initial_option"] = known[chosen]
    return element


def _channels(say: Any, form: StoryForm) -> list[Block]:
    """Nothing to choose from is no menu: Slack takes none without an option."""
    chosen = form.draft.channels
    # Those that were chosen come first, so that none falls off the end of a long list.
    ordered = sorted(form.channels, key=lambda channel: channel.id not in chosen)[:MOST_CHANNELS]
    options = [choice(f"#{channel.name}", channel.id) for channel in ordered]
    if not options:
        return []
    element: Block = {"type": "multi_static_select", "options": options, "placeholder": plain(say("channels_all"), 150)}
    initial = [option for option in options if option["value"] in chosen]
    if initial:
        element["initial_options"] = initial
    return [_input(say, "channels", element, optional=True)]


def _moment(say: Any, name: str, at: datetime | None) -> Block:
    element: Block = {"type": "datetimepicker"}
    if at is not None:
        element["initial_date_time"] = int(at.timestamp())
    return _input(say, name, element, optional=True)
