"""What is set, in words, and what happens next."""

from bot.domain.disclosure import COMPANY
from bot.domain.emojis import format_emojis
from bot.domain.setup import Setup, Step, TeamsFrom
from bot.domain.slots import format_slots, next_weekly
from bot.domain.teams import LONGEST_NAME
from bot.slack.blocks.setup_page import SetupPage
from bot.slack.mrkdwn import cut, escape

MOST_NAMED = 10
"""User groups that are said by name; more than these are a number."""


def after_step(page: SetupPage, step: Step, left_over: int = 0) -> str:
    """What was just saved, in words, for the top of the view that follows."""
    if step.next is None:
        return f":white_check_mark: {page.say('setup.all_saved')}"
    said = f":white_check_mark: {page.say(f'setup.title.{step.value}')}: {summary_of(page, step)}"
    if step is Step.TIMES:
        said += "\n" + page.say("setup.queued_stay")
    if left_over:
        said += "\n" + page.words.count(page.language, "setup.left_over", left_over)
    return said


def summary_of(page: SetupPage, step: Step) -> str:
    return _SUMMARIES[step](page)


def _channels_set(page: SetupPage) -> str:
    if not page.look.channels:
        return page.say("setup.set.no_channels")
    return page.say(
        "setup.set.channels",
        channels=page.list(f"<#{c.id}> ({page.say(f'setup.language.{c.language}')})" for c in page.look.channels),
    )


def _times_set(page: SetupPage) -> str:
    setup = page.look.setup
    if not setup.slots:
        return page.say("setup.set.no_slots", zone=setup.zone)
    slots = page.list(format_slots([slot], page.language) for slot in sorted(setup.slots))
    coming = page.list(page.when(at) for at in page.look.coming)
    return page.say("setup.set.times", slots=slots, zone=setup.zone, coming=coming)


def _comms_set(page: SetupPage) -> str:
    setup = page.look.setup
    where = (
        page.say(
            "setup.set.comms",
            channel=f"<#{setup.comms_channel}>",
            language=page.say(f"setup.language.{setup.comms_language}"),
        )
        if setup.comms_channel
        else page.say("setup.set.no_comms")
    )
    lines = [where, page.say("setup.set.editors", editors=page.list(_editors(page, setup)))]
    lines += [page.warning()] if page.look.warning else []
    if setup.champions_channel:
        lines.append(page.say("setup.set.champions", channel=f"<#{setup.champions_channel}>"))
    if setup.person_file:
        lines.append(page.say("setup.set.person_file"))
    if setup.crisis_needs_two:
        lines.append(page.say("setup.set.crisis_two"))
    return "\n".join(lines)


def _editors(page: SetupPage, setup: Setup) -> list[str]:
    found = [page.say("setup.set.admins")]
    if setup.editors:
        found.append(page.words.count(page.language, "setup.set.by_name", len(setup.editors)))
    if setup.comms_channel and setup.editors_by_channel and page.look.warning != "comms_channel_open":
        found.append(page.say("setup.set.by_channel"))
    if setup.editor_group:
        found.append(page.say("setup.set.by_group", group=f"<!subteam^{setup.editor_group}>"))
    return found


def _sharing_set(page: SetupPage) -> str:
    setup = page.look.setup
    lines = [line.replace(COMPANY, setup.company) for line in setup.disclosure.values() if line and setup.company]
    first, *others = setup.share_emojis
    emojis = page.say("setup.set.emoji", emoji=f":{first}:")
    if others:
        emojis += " " + page.say("setup.set.more_emojis", emojis=format_emojis(tuple(others)))
    if not lines:
        return f"{page.say('setup.set.no_lines')}\n{emojis}"
    quoted = page.list(f"“{escape(line)}”" for line in lines)
    return f"{page.say('setup.set.lines', lines=quoted)}\n{emojis}"


def _digest_and_boards_set(page: SetupPage) -> str:
    boards = page.say("setup.set.totals_only" if page.look.setup.totals_only else "setup.set.names")
    return "\n".join([_digest_set(page), boards, _teams_set(page)])


def _teams_set(page: SetupPage) -> str:
    setup, look = page.look.setup, page.look
    if setup.teams_from is TeamsFrom.GROUPS:
        known = {group.id: group.name or group.handle for group in look.groups or ()}
        named = [escape(cut(known[group], LONGEST_NAME)) for group in setup.team_groups if group in known]
        if not 0 < len(named) <= MOST_NAMED:
            return page.words.count(page.language, "setup.set.teams_of_groups", len(setup.team_groups))
        return page.say("setup.set.teams_groups", groups=page.list(named))
    if setup.teams_from is TeamsFrom.FIELD:
        label = next((field.label for field in look.fields or () if field.id == setup.team_field), "")
        said = page.say("setup.set.the_field", label=escape(cut(label, LONGEST_NAME)))
        return page.say("setup.set.teams_field", field=said if label else page.say("setup.set.a_field"))
    return page.say("setup.set.teams_file")


def _digest_set(page: SetupPage) -> str:
    setup = page.look.setup
    if setup.digest is None:
        return page.say("setup.set.no_digest")
    at = next_weekly(setup.digest.weekday, setup.digest.at, setup.zone, page.now)
    clock = page.words.clock(page.language, at, setup.zone)
    day = page.words.weekday(page.language, setup.digest.weekday)
    return page.say("setup.set.digest", day=day, clock=clock, zone=setup.zone)


_SUMMARIES = {
    Step.CHANNELS: _channels_set,
    Step.TIMES: _times_set,
    Step.COMMS: _comms_set,
    Step.SHARING: _sharing_set,
    Step.DIGEST: _digest_and_boards_set,
}


def what_next(page: SetupPage) -> str:
    look = page.look
    if not look.channels:
        return page.say("setup.next_is.channel")
    if look.setup.paused:
        return page.say("setup.next_is.paused")
    if not look.coming:
        return page.say("setup.next_is.time")
    return page.say("setup.next_is.story", at=page.when(look.coming[0]))
