"""What the set-up asks about people: champions, who is named, and teams."""

from collections.abc import Iterable

from bot.actions.ports import ChannelFacts, UserGroup
from bot.domain.setup import TeamsFrom
from bot.slack import ids
from bot.slack.blocks.inputs import one_of, some_of, tick
from bot.slack.blocks.setup_page import SetupPage, channel_choices
from bot.slack.mrkdwn import Block, choice, context, section


def champions_inputs(page: SetupPage) -> list[Block]:
    """Where champions are asked to come, and whether editors may have a file with a row a person."""
    setup, mine = page.look.setup, page.look.mine or ()
    found = sorted((facts for facts in mine if facts.id != setup.comms_channel), key=lambda facts: facts.name)
    options = channel_choices(page, found, _channel_label, setup.champions_channel)
    none = choice(page.say("setup.champions.no_channel"), ids.SETUP_NONE)
    may = choice(page.say("setup.champions.may_file"), "yes")
    return [
        section(page.say("setup.champions.ask")),
        one_of(
            "champions_channel",
            page.say("setup.champions.channel"),
            [none, *options],
            value=setup.champions_channel or ids.SETUP_NONE,
            hint=page.say("setup.champions.channel_hint"),
        ),
        tick(
            "person_file",
            page.say("setup.champions.file"),
            may,
            ticked=setup.person_file,
            hint=page.say("setup.champions.file_hint"),
        ),
    ]


def crisis_inputs(page: SetupPage) -> list[Block]:
    """Whether one editor can stop everything."""
    two = choice(page.say("setup.crisis.two"), "yes")
    label, hint = page.say("setup.crisis.start"), page.say("setup.crisis.hint")
    is_on = page.look.setup.crisis_needs_two
    return [section(page.say("setup.crisis.ask")), tick("crisis_needs_two", label, two, ticked=is_on, hint=hint)]


def _channel_label(facts: ChannelFacts) -> str:
    return f"{'🔒 ' if facts.is_private else '#'}{facts.name}"[:75]


def board_inputs(page: SetupPage) -> list[Block]:
    """Whether anybody is shown by name at all."""
    only = choice(page.say("setup.boards.totals_only"), "yes")
    hint = page.say("setup.boards.totals_hint")
    label = page.say("setup.boards.who")
    return [
        section(page.say("setup.boards.ask")),
        tick("totals_only", label, only, ticked=page.look.setup.totals_only, hint=hint),
    ]


def team_inputs(page: SetupPage) -> list[Block]:
    """Where teams come from: what Slack has to offer, and what is chosen already."""
    now, groups, fields = page.look.setup.teams_from, _groups(page), _fields(page)
    ways = {TeamsFrom.FILE: True, TeamsFrom.GROUPS: bool(groups), TeamsFrom.FIELD: bool(fields)}
    options = [_way(page, way) for way, is_there in ways.items() if is_there or way is now]
    return [
        section(page.say("setup.teams.ask")),
        one_of(
            "teams_from",
            page.say("setup.teams.from"),
            options,
            value=now or ids.SETUP_NONE,
            hint=page.say("setup.teams.from_hint"),
        ),
        *groups,
        *fields,
        *map(context, _why_not(page)),
    ]


def _way(page: SetupPage, way: TeamsFrom) -> Block:
    return choice(page.say(f"setup.teams.way.{way or ids.SETUP_NONE}"), way or ids.SETUP_NONE)


def _groups(page: SetupPage) -> list[Block]:
    found, chosen = page.look.groups, page.look.setup.team_groups
    if not found:
        return []
    options = [choice(_group(group), group.id) for group in _first_chosen(found, chosen)]
    hint = page.say("setup.teams.groups_hint")
    return [some_of("team_groups", page.say("setup.teams.groups"), options, chosen, hint=hint)]


def _first_chosen(found: Iterable[UserGroup], chosen: tuple[str, ...]) -> list[UserGroup]:
    """A list holds a hundred: what is chosen is among them."""
    return sorted(found, key=lambda group: (group.id not in chosen, group.handle))


def _group(group: UserGroup) -> str:
    return f"{group.name or group.handle} (@{group.handle})"[:75]


def _fields(page: SetupPage) -> list[Block]:
    found, now = page.look.fields, page.look.setup.team_field
    if not found:
        return []
    options = [choice(field.label, field.id) for field in sorted(found, key=lambda field: field.id != now)]
    hint = page.say("setup.teams.field_hint")
    return [one_of("team_field", page.say("setup.teams.field"), options, value=now or "", hint=hint, needed=False)]


def _why_not(page: SetupPage) -> Iterable[str]:
    """What cannot be chosen here, and why."""
    if page.look.groups is None:
        free = page.look.why_no_groups == "plan_upgrade_required"
        yield page.say("setup.teams.groups_need_a_plan" if free else "setup.teams.groups_unknown")
    if page.look.fields is None:
        yield page.say("setup.teams.fields_unknown")
