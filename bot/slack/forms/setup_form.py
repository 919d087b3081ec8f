"""The steps of the set-up: what was typed and chosen, as fields of Setup; a problem names its field."""

from typing import Any

from bot.domain.clean_text import clean
from bot.domain.disclosure import COMPANY
from bot.domain.emojis import parse_emojis
from bot.domain.problems import BadField, Unreadable
from bot.domain.setup import Channel, Step, TeamsFrom, WeeklyTime
from bot.domain.slots import SlotsNotUnderstood, parse_slots
from bot.domain.zones import find_zone
from bot.slack import ids
from bot.slack.forms.state import Values, all_chosen, chosen, picked_time, state_of, typed

LANGUAGES = ("en", "nl")
_DAYS = tuple("0123456")


def read_note(note: str) -> tuple[Step, str]:
    """Which step it is, and the mark of what it showed. Raises Unreadable."""
    step, _, mark = note.partition(":")
    if step not in list(Step):
        raise Unreadable
    return Step(step), mark


def read_channels(values: Values) -> dict[str, Channel | None]:
    """By channel id: the channel as chosen, None for no stories."""
    return {
        block.removeprefix(ids.SETUP_CHANNEL): _channel(
            block.removeprefix(ids.SETUP_CHANNEL), chosen(values, block) or ids.SETUP_NONE
        )
        for block in values
        if block.startswith(ids.SETUP_CHANNEL)
    }


def read_step(step: Step, values: Values) -> dict[str, Any]:
    """Fields of Setup that this step sets; what was not shown is not among them.

    Raises:
        SlotsNotUnderstood, ZoneUnknown, ZoneUncertain, EmojiNotUnderstood, NoEmoji, TooManyEmoji, BadField.
    """
    return _READERS[step](values)


def _times(values: Values) -> dict[str, Any]:
    try:
        slots = parse_slots(typed(values, "slots"))
    except SlotsNotUnderstood as problem:
        raise SlotsNotUnderstood(problem.piece, field="slots") from problem
    return {"slots": slots, "zone": find_zone(typed(values, "zone"), field="zone")}


def _comms(values: Values) -> dict[str, Any]:
    found: dict[str, Any] = {
        "comms_channel": _or_none(chosen(values, "comms_channel")),
        "comms_language": _language(chosen(values, "comms_language")),
        "editors": tuple(map(str, state_of(values, "editors").get("selected_users") or ())),
        "editors_by_channel": bool(state_of(values, "editors_by_channel").get("selected_options")),
    }
    if "editor_group" in values:
        found["editor_group"] = _or_none(chosen(values, "editor_group"))
    found["champions_channel"] = _or_none(chosen(values, "champions_channel"))
    found["person_file"] = bool(all_chosen(values, "person_file"))
    found["crisis_needs_two"] = bool(all_chosen(values, "crisis_needs_two"))
    return found


def _sharing(values: Values) -> dict[str, Any]:
    company = typed(values, "company")
    lines = {language: typed(values, f"disclosure_{language}") for language in LANGUAGES}
    for language, line in lines.items():
        if any(brace in line.replace(COMPANY, "") for brace in "{}"):
            raise BadField("setup.bad_placeholder", field=f"disclosure_{language}", placeholder=COMPANY)
    if not company and any(COMPANY in line for line in lines.values()):
        raise BadField("setup.company_missing", field="company")
    emojis = parse_emojis(typed(values, "share_emojis"), field="share_emojis")
    return {"company": company, "disclosure": lines, "share_emojis": emojis}


def _digest_and_boards(values: Values) -> dict[str, Any]:
    return _digest(values) | {"totals_only": bool(all_chosen(values, "totals_only"))} | _teams(values)


def _teams(values: Values) -> dict[str, Any]:
    """What Slack did not offer just now stays as it was chosen."""
    way = _or_none(chosen(values, "teams_from")) or TeamsFrom.FILE
    if way not in list(TeamsFrom):
        raise Unreadable
    found: dict[str, Any] = {"teams_from": TeamsFrom(way)}
    if "team_groups" in values:
        found["team_groups"] = all_chosen(values, "team_groups")
    if "team_field" in values:
        found["team_field"] = chosen(values, "team_field")
    if way == TeamsFrom.GROUPS and found.get("team_groups") == ():
        raise BadField("setup.teams.no_groups_chosen", field="team_groups")
    if way == TeamsFrom.FIELD and found.get("team_field", "") is None:
        raise BadField("setup.teams.no_field_chosen", field="team_field")
    return found


def _digest(values: Values) -> dict[str, Any]:
    day = _or_none(chosen(values, "digest_day"))
    at = picked_time(values, "digest_time")
    if day is None:
        return {"digest": None}
    if at is None:
        raise BadField("setup.digest_time_missing", field="digest_time")
    if day not in _DAYS:
        raise Unreadable
    return {"digest": WeeklyTime(_DAYS.index(day), at)}


_READERS = {Step.TIMES: _times, Step.COMMS: _comms, Step.SHARING: _sharing, Step.DIGEST: _digest_and_boards}


def _channel(channel: str, value: str) -> Channel | None:
    if value == ids.SETUP_NONE:
        return None
    language, _, name = value.partition(":")
    if language not in LANGUAGES:
        raise Unreadable
    return Channel(channel, clean(name)[:100], language)


def _language(value: str | None) -> str:
    return value if value in LANGUAGES else "en"


def _or_none(value: str | None) -> str | None:
    return None if value in (None, ids.SETUP_NONE) else value
