"""What comms sees of champions: a modal, so that nobody else does; a page of people at a time, and tabs beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.actions.find_champions import Champion
from bot.actions.look_at_champions import ChampionsLook
from bot.actions.look_at_shares import Aside
from bot.actions.say_why import why
from bot.domain.champions import Team
from bot.domain.local_time import moment_of
from bot.domain.what_worked import WhatWorked
from bot.slack import ids
from bot.slack.blocks.parts import Part, parts_body
from bot.slack.blocks.shares_modal import aside_blocks
from bot.slack.blocks.sheet import sheet_to_read
from bot.slack.blocks.what_worked import what_worked_parts
from bot.slack.mrkdwn import Block, actions, button, choice, context, cut, escape, overflow, section
from bot.sources.words import Words

PAGE = 10
"""People a page: with their buttons they stay well below a modal's 100 blocks."""
LONGEST_NAME = 60
LONGEST_TITLE = 100
TABS = (
    ids.CHAMPIONS_LIST,
    ids.CHAMPIONS_RISING,
    ids.CHAMPIONS_STORIES,
    ids.CHAMPIONS_TEAMS,
    ids.CHAMPIONS_ASIDE,
)


@dataclass(frozen=True)
class ChampionsPage:
    """Which part of it is shown to whom. `worked` and `aside` are there on their own tabs alone."""

    words: Words
    language: str
    look: ChampionsLook
    now: datetime
    tab: str = ids.CHAMPIONS_LIST
    page: int = 0
    worked: WhatWorked | None = None
    aside: tuple[Aside, ...] = ()

    def say(self, key: str, **places: object) -> str:
        """A sentence in the editor's language."""
        return self.words.say(self.language, key, **places)


def counting_view(words: Words, language: str) -> Block:
    """While it is being counted."""
    return sheet_to_read(words, language, "comms.title", [section(words.say(language, "comms.counting"))])


def champions_view(shown: ChampionsPage) -> Block:
    """One tab of it."""
    blocks = _DRAW.get(shown.tab, _list)(shown)
    changing = [context(shown.say("comms.changing"))] if shown.look.is_changing else []
    tabs = actions(*_tabs(shown), block_id="tabs")
    return sheet_to_read(shown.words, shown.language, "comms.title", [tabs, *changing, *blocks])


def _tabs(shown: ChampionsPage) -> list[Block]:
    """That of what is set aside only where something is, or was until just now."""
    tabs = [tab for tab in TABS if tab in (shown.tab, *TABS[:-1]) or shown.look.has_aside]
    return [button(shown.say(f"comms.tab.{tab}"), tab, style="primary" if tab == shown.tab else None) for tab in tabs]


def _list(shown: ChampionsPage) -> list[Block]:
    listed, page = shown.look.champions.listed, _page(shown)
    if not listed:
        return [section(nobody(shown.words, shown.language, shown.look)), *_concentration(shown)]
    rows = [
        block
        for place, one in enumerate(listed[page * PAGE : (page + 1) * PAGE], page * PAGE + 1)
        for block in _row(shown, one, place)
    ]
    return [*_concentration(shown), *rows, *_turning(shown, page), context(*_legend(shown))]


def nobody(words: Words, language: str, look: ChampionsLook) -> str:
    """Why nobody is on the list."""
    if look.is_totals_only:
        return words.say(language, "comms.totals_only")
    if not look.counts_readers:
        return words.say(language, "comms.no_readers")
    return words.say(language, "comms.being_counted" if look.is_being_counted else "comms.nobody")


def _concentration(shown: ChampionsPage) -> list[Block]:
    found = shown.look.champions.concentration
    if found is None:
        return []
    many, percent = found
    return [section(shown.words.count(shown.language, "champions.concentration", many, percent=percent))]


def _row(shown: ChampionsPage, one: Champion, place: int | None) -> list[Block]:
    number = one.candidate.id
    name = shown_name(shown, one)
    thank = button(shown.say("comms.thank"), ids.THANK, str(number), label=f"{shown.say('comms.thank')}: {name}")
    options = [choice(shown.say("comms.look_at_shares"), ids.option(ids.LOOK_AT_SHARES, number))]
    if number in shown.look.invitable:
        options.append(choice(shown.say("invite.option"), ids.option(ids.INVITE, number)))
    menu = overflow(ids.CHAMPION_MENU, *options)
    return [section(_facts(shown, one, place)), actions(thank, menu, block_id=f"champion:{number}")]


def _facts(shown: ChampionsPage, one: Champion, place: int | None) -> str:
    badge = " ★" if one.candidate.id in shown.look.champions.badges else ""
    name = escape(shown_name(shown, one))
    head = [f"*{name if place is None else f'{place}. {name}'}*{badge}"]
    head.append(shown.say("comms.a_week", number=shown.words.number(shown.language, round(one.candidate.score, 1))))
    if one.word:
        head.append(shown.say(f"champions.word.{one.word}"))
    reason = why(shown.words, shown.language, one, lambda title: escape(cut(title, LONGEST_TITLE)))
    hints = [shown.say("comms.hint", hint=shown.say(f"champions.flag.{flag}")) for flag in one.flags]
    return "\n".join([" · ".join(head), reason, *hints])


def shown_name(shown: ChampionsPage, one: Champion) -> str:
    """As comms may see it; to be made safe still."""
    return cut(one.candidate.name or shown.say("comms.nameless"), LONGEST_NAME)


def _turning(shown: ChampionsPage, page: int) -> list[Block]:
    turns = []
    if page > 0:
        turns.append(button(shown.say("comms.earlier"), ids.CHAMPIONS_EARLIER, str(page - 1)))
    if page < _last_page(shown):
        turns.append(button(shown.say("comms.later"), ids.CHAMPIONS_LATER, str(page + 1)))
    return [actions(*turns, block_id="turn")] if turns else []


def _page(shown: ChampionsPage) -> int:
    return min(max(shown.page, 0), _last_page(shown))


def _last_page(shown: ChampionsPage) -> int:
    return max(len(shown.look.champions.listed) - 1, 0) // PAGE


def _legend(shown: ChampionsPage) -> list[str]:
    look = shown.look
    noon = moment_of(date.fromordinal(look.champions.as_of), time(12), look.zone)
    day = shown.words.day(shown.language, noon, look.zone, shown.now)
    said = [shown.say("comms.counted_until", day=day), shown.say("comms.legend"), shown.say("comms.they_see_it")]
    said += [] if look.counts_readers else [shown.say("comms.no_more_readers")]
    return said if look.has_channel else [*said, shown.say("comms.no_channel")]


def _rising(shown: ChampionsPage) -> list[Block]:
    risers = shown.look.champions.risers
    if not risers:
        is_said = shown.look.is_totals_only or shown.look.is_being_counted
        why_not = nobody(shown.words, shown.language, shown.look) if is_said else shown.say("comms.nobody_rises")
        return [section(why_not)]
    rows = [block for one in risers for block in _row(shown, one, None)]
    return [section(shown.say("comms.rising")), *rows, context(*_legend(shown))]


def _stories(shown: ChampionsPage) -> list[Block]:
    assert shown.worked is not None
    return parts_body(what_worked_parts(shown.words, shown.language, shown.worked))


def _teams(shown: ChampionsPage) -> list[Block]:
    found = [one for one in shown.look.champions.teams if one[0].readers]
    if not found:
        return [section(shown.say("comms.being_counted" if shown.look.is_being_counted else "comms.no_teams"))]
    lines = tuple(_team(shown, place, *one) for place, one in enumerate(found, 1))
    return parts_body([Part(lines), Part((shown.say("comms.teams_explained"),), is_small=True)])


def _team(shown: ChampionsPage, place: int, team: Team, a_head: float) -> str:
    return shown.say(
        "comms.team" if team.told_part is None else "comms.team_with_part",
        place=place,
        team=escape(cut(team.name, LONGEST_NAME)),
        readers=shown.words.count(shown.language, "champions.readers", team.readers),
        part=shown.words.number(shown.language, team.took_part),
        heads=shown.words.number(shown.language, team.heads),
        # In a large team a head has less than one.
        number=shown.words.number(shown.language, round(a_head, 1 if a_head >= 1 else 3)),
    )


def _aside(shown: ChampionsPage) -> list[Block]:
    return aside_blocks(shown.words, shown.language, shown.aside, shown.look.zone, shown.now)


_DRAW: Mapping[str, Callable[[ChampionsPage], list[Block]]] = {
    ids.CHAMPIONS_RISING: _rising,
    ids.CHAMPIONS_STORIES: _stories,
    ids.CHAMPIONS_TEAMS: _teams,
    ids.CHAMPIONS_ASIDE: _aside,
}
