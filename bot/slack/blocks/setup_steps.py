"""The five steps of the set-up: what each asks, filled in with what is set."""

from bot.actions.look_at_setup import SetupLook
from bot.actions.ports import ChannelFacts
from bot.domain.disclosure import COMPANY
from bot.domain.emojis import format_emojis
from bot.domain.people import language_of
from bot.domain.setup import Step
from bot.domain.slots import format_slots
from bot.slack import ids
from bot.slack.blocks.inputs import one_of, people_input, text_input, tick, time_input
from bot.slack.blocks.setup_page import SetupPage, channel_choices
from bot.slack.blocks.setup_people import board_inputs, champions_inputs, crisis_inputs, team_inputs
from bot.slack.mrkdwn import Block, choice, context, divider, section

LANGUAGES = ("en", "nl")
MOST_CHANNELS = 90
"""A view holds 100 blocks."""


def _channels(page: SetupPage) -> list[Block]:
    shown = shown_channels(page.look)
    blocks = [section(page.say("setup.channels.ask" if shown else "setup.channels.empty"))]
    blocks += [_channel_input(page, facts) for facts in shown]
    if page.look.mine is None:
        blocks.append(context(page.say("setup.slack_is_quiet")))
    if shown:
        blocks.append(context(page.say("setup.channels.more")))
    return blocks


def _channel_input(page: SetupPage, facts: ChannelFacts) -> Block:
    name = f"🔒 {facts.name}" if facts.is_private else f"#{facts.name}"
    hint = page.say("setup.channels.shared") if facts.is_shared else ""
    options = [choice(page.say(f"setup.stories_in.{language}"), _stories_in(language, facts)) for language in LANGUAGES]
    none = choice(page.say("setup.no_stories"), ids.SETUP_NONE)
    value = _language_now(page, facts)
    chosen = _stories_in(value, facts) if value else ids.SETUP_NONE
    return one_of(f"{ids.SETUP_CHANNEL}{facts.id}", name, [*options, none], value=chosen, hint=hint)


def _stories_in(language: str, facts: ChannelFacts) -> str:
    """The option's value carries the name along, so that nobody has to ask Slack for it when it is saved."""
    return f"{language}:{facts.name}"


def _language_now(page: SetupPage, facts: ChannelFacts) -> str | None:
    known = {channel.id: channel.language for channel in page.look.channels}
    if facts.id in known:
        return known[facts.id]
    declined = facts.is_private or facts.is_shared or facts.id in page.look.setup.without_stories
    return None if declined else language_of(page.language)


def shown_channels(look: SetupLook) -> list[ChannelFacts]:
    """The channels the bot is in, those with stories first; the comms channel has its own step."""
    known = {channel.id for channel in look.channels}
    mine = look.mine
    if mine is None:
        mine = tuple(ChannelFacts(c.id, c.name, False, False, True, False) for c in look.channels)
    others = [facts for facts in mine if facts.id != look.setup.comms_channel]
    return sorted(others, key=lambda facts: (facts.id not in known, facts.name))[:MOST_CHANNELS]


def _times(page: SetupPage) -> list[Block]:
    setup = page.look.setup
    blocks = [
        section(page.say("setup.times.ask")),
        text_input(
            "slots",
            page.say("setup.times.slots"),
            value=format_slots(setup.slots, page.language),
            sample=page.say("setup.times.sample"),
            hint=page.say("setup.times.slots_hint"),
            most=1000,
            needed=False,
        ),
        text_input("zone", page.say("setup.times.zone"), value=setup.zone, hint=page.say("setup.times.zone_hint")),
    ]
    if page.look.coming:
        coming = page.list(page.when(at) for at in page.look.coming)
        blocks.append(context(page.say("setup.times.coming", coming=coming)))
    return [*blocks, context(page.say("setup.queued_stay"))]


def _comms(page: SetupPage) -> list[Block]:
    setup, look = page.look.setup, page.look
    languages = [choice(page.say(f"setup.language.{language}"), language) for language in LANGUAGES]
    members = choice(page.say("setup.comms.members"), "yes")
    return [
        section(page.say("setup.comms.ask")),
        *([section(page.warning())] if look.warning else []),
        one_of(
            "comms_channel",
            page.say("setup.comms.channel"),
            _comms_options(page),
            value=setup.comms_channel or ids.SETUP_NONE,
            hint=page.say("setup.comms.channel_hint"),
        ),
        one_of("comms_language", page.say("setup.comms.language"), languages, value=setup.comms_language),
        divider(),
        section(page.say("setup.comms.editors_ask")),
        tick(
            "editors_by_channel",
            page.say("setup.comms.by_channel"),
            members,
            ticked=setup.editors_by_channel,
            hint=page.say("setup.comms.by_channel_hint"),
        ),
        people_input("editors", page.say("setup.comms.editors"), setup.editors, hint=page.say("setup.comms.guests")),
        _group_input(page),
        divider(),
        *champions_inputs(page),
        *crisis_inputs(page),
        *([context(page.say("setup.slack_is_quiet"))] if look.mine is None else []),
    ]


def _comms_options(page: SetupPage) -> list[Block]:
    setup, mine = page.look.setup, page.look.mine or ()
    found = sorted(mine, key=lambda facts: (not facts.is_private, facts.name))
    options = channel_choices(page, found, lambda facts: _comms_label(page, facts), setup.comms_channel)
    return [*options, choice(page.say("setup.comms.none"), ids.SETUP_NONE)]


def _comms_label(page: SetupPage, facts: ChannelFacts) -> str:
    """The name, and why its members are no editors where that is so."""
    if facts.is_shared:
        why = page.say("setup.comms.is_shared")
    elif not facts.is_private:
        why = page.say("setup.comms.is_public")
    else:
        return f"🔒 {facts.name}"
    return f"{f'#{facts.name}'[: 72 - len(why)]} ({why})"


def _group_input(page: SetupPage) -> Block:
    groups = page.look.groups
    if groups is None:
        free = page.look.why_no_groups == "plan_upgrade_required"
        return context(page.say("setup.comms.groups_need_a_plan" if free else "setup.comms.groups_unknown"))
    if not groups:
        return context(page.say("setup.comms.no_groups"))
    now = page.look.setup.editor_group
    found = [choice(f"@{group.handle}", group.id) for group in sorted(groups, key=lambda g: (g.id != now, g.handle))]
    none = choice(page.say("setup.comms.no_group"), ids.SETUP_NONE)
    return one_of("editor_group", page.say("setup.comms.group"), [none, *found], value=now or ids.SETUP_NONE)


def _sharing(page: SetupPage) -> list[Block]:
    setup = page.look.setup
    company = setup.company or page.look.company
    return [
        section(page.say("setup.sharing.ask")),
        text_input("company", page.say("setup.sharing.company"), value=company, most=60, needed=False),
        *(
            text_input(
                f"disclosure_{language}",
                page.say(f"setup.sharing.line.{language}"),
                value=_line(page, language),
                hint=page.say("setup.sharing.line_hint", placeholder=COMPANY),
                most=120,
                needed=False,
            )
            for language in LANGUAGES
        ),
        context(page.say("setup.sharing.commercial")),
        text_input(
            "share_emojis",
            page.say("setup.sharing.emojis"),
            value=format_emojis(setup.share_emojis),
            hint=page.say("setup.sharing.emojis_hint"),
            most=300,
        ),
    ]


def _line(page: SetupPage, language: str) -> str:
    """What is set; else the line from the content folder; else a plain one."""
    if language in page.look.setup.disclosure:
        return page.look.setup.disclosure[language]
    plain_one = page.words.say(language, "setup.sharing.default_line", company=COMPANY)
    return page.look.disclosure.get(language) or plain_one


def _digest(page: SetupPage) -> list[Block]:
    setup = page.look.setup
    days = [choice(page.words.weekday(page.language, day).capitalize(), str(day)) for day in range(7)]
    none = choice(page.say("setup.digest.none"), ids.SETUP_NONE)
    day = str(setup.digest.weekday) if setup.digest else ids.SETUP_NONE
    at = f"{setup.digest.at:%H:%M}" if setup.digest else "15:00"
    return [
        section(page.say("setup.digest.ask")),
        one_of("digest_day", page.say("setup.digest.day"), [*days, none], value=day),
        time_input(
            "digest_time", page.say("setup.digest.time"), value=at, hint=page.say("setup.in_zone", zone=setup.zone)
        ),
        divider(),
        *board_inputs(page),
        divider(),
        *team_inputs(page),
    ]


STEPS = {
    Step.CHANNELS: _channels,
    Step.TIMES: _times,
    Step.COMMS: _comms,
    Step.SHARING: _sharing,
    Step.DIGEST: _digest,
}
