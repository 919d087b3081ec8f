"""A person's preferences, as a form. The id of each input is that of its block."""

from collections.abc import Sequence
from datetime import time

from bot.domain.networks import NETWORKS
from bot.domain.people import Person, Preferences, Standing
from bot.slack import ids
from bot.slack.mrkdwn import Block, choice, plain
from bot.sources.words import Words

AS_IN_SLACK = "slack"
LANGUAGES = {AS_IN_SLACK: "as_in_slack", "en": "english", "nl": "dutch"}
STANDINGS = (Standing.NAMED, Standing.UNNAMED, Standing.OUT)


def preferences_modal(
    words: Words, language: str, person: Person | None, topics: Sequence[str] = (), *, totals_only: bool = False
) -> Block:
    """The form, filled with what was chosen before. `topics`: those to choose from, their own among them.

    `totals_only`: the company shows nobody by name, so that nobody is asked whether they like to be named.
    """
    chosen = person.preferences if person else Preferences()
    standing = person.standing if person else Standing.UNASKED

    def say(key: str) -> str:
        return words.say(language, f"preferences.{key}")

    return {
        "type": "modal",
        "callback_id": ids.PREFERENCES,
        "title": plain(say("title"), 24),
        "submit": plain(words.say(language, "modal.save"), 24),
        "close": plain(words.say(language, "modal.cancel"), 24),
        "blocks": [
            _standing(words, language, standing, totals_only=totals_only),
            _language(words, language, chosen),
            _networks(words, language, chosen),
            _mastodon(words, language, chosen),
            *_topics(words, language, chosen, topics),
            _reminders(words, language, chosen),
            _digest(words, language, chosen),
            _quiet(words, language, "quiet_from", chosen.quiet.start if chosen.quiet else None),
            _quiet(words, language, "quiet_to", chosen.quiet.end if chosen.quiet else None, "quiet_hint"),
        ],
    }


def _standing(words: Words, language: str, standing: Standing, *, totals_only: bool) -> Block:
    asked = [state for state in STANDINGS if state in (standing, Standing.UNNAMED, Standing.OUT) or not totals_only]
    options = [choice(words.say(language, f"preferences.{state}"), state) for state in asked]
    radio: Block = {"type": "radio_buttons", "options": options}
    _select(radio, "initial_option", [option for option in options if option["value"] == standing])
    # Nobody has to answer: a question that was never answered stays open.
    return _input(words, language, "standing", radio, "standing_hint_in_totals" if totals_only else "standing_hint")


def _language(words: Words, language: str, chosen: Preferences) -> Block:
    options = [choice(words.say(language, f"preferences.{word}"), value) for value, word in LANGUAGES.items()]
    current = chosen.language or AS_IN_SLACK
    select: Block = {"type": "static_select", "options": options}
    _select(select, "initial_option", [option for option in options if option["value"] == current])
    return {**_input(words, language, "language", select), "optional": False}


def _networks(words: Words, language: str, chosen: Preferences) -> Block:
    options = [choice(network.name, network.key) for network in NETWORKS.values()]
    select: Block = {"type": "multi_static_select", "options": options}
    select["placeholder"] = plain(words.say(language, "preferences.networks_placeholder"), 150)
    mine = [option for option in options if option["value"] in chosen.networks]
    if mine:
        select["initial_options"] = mine
    return _input(words, language, "networks", select, "networks_hint")


def _mastodon(words: Words, language: str, chosen: Preferences) -> Block:
    typed: Block = {"type": "plain_text_input", "max_length": 255}
    typed["placeholder"] = plain(words.say(language, "preferences.mastodon_placeholder"), 150)
    if chosen.mastodon:
        typed["initial_value"] = chosen.mastodon
    return _input(words, language, "mastodon", typed)


def _topics(words: Words, language: str, chosen: Preferences, topics: Sequence[str]) -> list[Block]:
    """A menu needs something to choose from: while no story has a topic there is none."""
    if not topics:
        return []
    options = [choice(topic, topic) for topic in topics]
    select: Block = {"type": "multi_static_select", "options": options}
    select["placeholder"] = plain(words.say(language, "preferences.topics_placeholder"), 150)
    mine = [option for option in options if option["value"] in chosen.topics]
    if mine:
        select["initial_options"] = mine
    return [_input(words, language, "topics", select, "topics_hint")]


def _reminders(words: Words, language: str, chosen: Preferences) -> Block:
    return _tick(words, language, "reminders", is_on=chosen.reminders)


def _digest(words: Words, language: str, chosen: Preferences) -> Block:
    return _tick(words, language, "digest", is_on=chosen.digest_by_dm)


def _tick(words: Words, language: str, name: str, *, is_on: bool) -> Block:
    option = choice(words.say(language, f"preferences.{name}_on"), "on")
    boxes: Block = {"type": "checkboxes", "options": [option]}
    if is_on:
        boxes["initial_options"] = [option]
    return _input(words, language, name, boxes)


def _quiet(words: Words, language: str, name: str, at: time | None, hint: str | None = None) -> Block:
    picker: Block = {"type": "timepicker"}
    picker["placeholder"] = plain(words.say(language, "preferences.quiet_placeholder"), 150)
    if at is not None:
        picker["initial_time"] = f"{at:%H:%M}"
    return _input(words, language, name, picker, hint)


def _input(words: Words, language: str, name: str, element: Block, hint: str | None = None) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": plain(words.say(language, f"preferences.{name}"), 2000),
        "element": {**element, "action_id": name},
    }
    if hint is not None:
        block["hint"] = plain(words.say(language, f"preferences.{hint}"), 2000)
    return block


def _select(element: Block, name: str, found: list[Block]) -> None:
    if found:
        element[name] = found[0]
