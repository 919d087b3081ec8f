"""What is kept of somebody, for them alone: so many of each kind and how long, and what comms sees of it."""

from bot.actions.say_why import say_evidence
from bot.domain.home import Part
from bot.domain.networks import NETWORKS, network
from bot.domain.people import Standing
from bot.domain.privacy import KEPT, Figures, Kind, OnTheList, Privacy, in_words
from bot.domain.set_aside import LONGEST_REASON, SetAside
from bot.slack import ids
from bot.slack.blocks.home import delete_button, join_button, leave_button
from bot.slack.blocks.parts import Part as Lines
from bot.slack.blocks.parts import parts_blocks, parts_text
from bot.slack.mrkdwn import Block, actions, button, cut, escape, fit
from bot.sources.words import Words

LONGEST_NAME = 60
LONGEST_TITLE = 100
MOST_ASIDE = 5
"""The rest is in their file: with reasons that grow when they are made safe, more would fill the message."""


def privacy_text(words: Words, privacy: Privacy) -> str:
    """All of it for screen readers."""
    return parts_text(words.say(privacy.language, "privacy.title"), _parts(words, privacy))


def privacy_blocks(words: Words, privacy: Privacy) -> list[Block]:
    """The same to look at, with what can be done about it."""
    blocks = parts_blocks(words.say(privacy.language, "privacy.title"), _parts(words, privacy))
    buttons = _choices(words, privacy)
    return [*blocks, actions(*buttons, block_id="privacy")] if buttons else blocks


def _parts(words: Words, privacy: Privacy) -> list[Lines]:
    language = privacy.language
    parts = [Lines(_kept(words, privacy))]
    if privacy.kept:
        seen = (
            _seen(words, privacy),
            *_of_ideas(words, privacy),
            *_of_the_team(words, privacy),
            *on_the_list(words, privacy),
        )
        parts.append(Lines(seen, words.say(language, "privacy.seen_title")))
    if privacy.set_aside:
        parts.append(Lines(_all_aside(words, privacy), words.say(language, "privacy.aside.title")))
    if figures := _own_figures(words, privacy):
        parts.append(Lines(figures, words.say(language, "privacy.yours")))
    if privacy.part is not Part.OUTSIDER:
        parts.append(Lines((words.say(language, "privacy.never"),), is_small=True))
    if privacy.counts_readers:
        parts.append(Lines((words.say(language, "privacy.visitors"),), is_small=True))
    if _is_counted(privacy):
        parts.append(Lines((words.say(language, "privacy.own_browser"),), is_small=True))
    return parts


def _kept(words: Words, privacy: Privacy) -> tuple[str, ...]:
    """A line a kind; for whom nothing is kept the kind words of what they are to us."""
    language = privacy.language
    lines = [_line(words, language, kind, n) for kind, n in privacy.kept.items()]
    if privacy.from_files:
        lines.append(words.count(language, "privacy.from_files", privacy.from_files))
    if privacy.part in {Part.FORGOTTEN, Part.OUTSIDER, Part.OUT} or not lines:
        lines.insert(0, words.say(language, f"privacy.part.{privacy.part}"))
    return tuple(lines)


def _line(words: Words, language: str, kind: Kind, n: int) -> str:
    what = words.count(language, f"privacy.kept.{kind}", n)
    after = KEPT[kind].after
    if after is None:
        how_long = words.say(language, f"privacy.until.{kind}")
    else:
        unit, number = in_words(after)
        how_long = words.say(language, f"privacy.for.{unit}", n=number)
    return words.say(language, "privacy.line", what=what, how_long=how_long)


def _of_ideas(words: Words, privacy: Privacy) -> list[str]:
    return [words.say(privacy.language, "privacy.ideas_seen")] if Kind.IDEAS in privacy.kept else []


def _of_the_team(words: Words, privacy: Privacy) -> list[str]:
    """Nobody's figure stands in a sum alone."""
    if privacy.team is None:
        return []
    return [words.say(privacy.language, "privacy.team", team=escape(cut(privacy.team, LONGEST_NAME)))]


def on_the_list(words: Words, privacy: Privacy) -> list[str]:
    """All that comms' list says of them: each figure that stands there."""
    if privacy.listed is None:
        said = privacy.is_being_counted and _is_counted(privacy)
        return [words.say(privacy.language, "privacy.list.being_counted")] if said else []
    language, one = privacy.language, privacy.listed
    a_week = words.number(language, round(one.a_week, 1))
    figures = [words.say(language, "privacy.list.a_week", number=a_week)]
    figures += [words.say(language, f"champions.word.{one.word}")] if one.word else []
    reason = say_evidence(words, language, one.evidence, lambda title: escape(cut(title, LONGEST_TITLE)))
    lines = [*_places(words, language, one), " · ".join(figures), reason]
    lines += [words.say(language, "privacy.list.hint", hint=_hint(words, language, flag)) for flag in one.flags]
    return [*lines, words.say(language, f"privacy.list.{_how_shown(privacy)}")]


def _places(words: Words, language: str, one: OnTheList) -> list[str]:
    said = [words.say(language, "privacy.list.place", place=one.place)] if one.place else []
    said += [words.say(language, "privacy.list.rising")] if one.is_rising else []
    said += [words.say(language, "privacy.list.badge")] if one.has_badge else []
    return [" ".join(said)]


def _hint(words: Words, language: str, flag: str) -> str:
    return words.say(language, f"champions.flag.{flag}")


def _all_aside(words: Words, privacy: Privacy) -> tuple[str, ...]:
    """The latest few; and where the rest is."""
    found, language = privacy.set_aside, privacy.language
    lines = tuple(_aside(words, language, one) for one in found[:MOST_ASIDE])
    more = len(found) - len(lines)
    return (*lines, words.count(language, "privacy.aside.more", more)) if more else lines


def _aside(words: Words, language: str, one: SetAside) -> str:
    """What does not count, and why."""
    what = f"*{fit(one.title, LONGEST_TITLE)}*"
    if one.network in NETWORKS:
        what = f"{what} ({network(one.network).name})"
    said = words.say(language, "privacy.aside.share", what=what)
    if one.is_link:
        said = words.count(language, "privacy.aside.link", one.readers, what=what)
    return (
        f"{said} {words.say(language, 'privacy.aside.why', reason=fit(one.reason, LONGEST_REASON))}"
        if one.reason
        else said
    )


def _how_shown(privacy: Privacy) -> str:
    """With a name, perhaps in a file too; or without one."""
    if privacy.standing is not Standing.NAMED:
        return "unnamed"
    return "in_a_file" if privacy.has_person_file else "named"


def _seen(words: Words, privacy: Privacy) -> str:
    if privacy.is_totals_only and privacy.part is Part.IN:
        return words.say(privacy.language, "privacy.totals_only")
    said = (
        f"privacy.seen_with_readers.{privacy.standing}" if _is_counted(privacy) else f"privacy.seen.{_where(privacy)}"
    )
    return words.say(privacy.language, said)


def _is_counted(privacy: Privacy) -> bool:
    """Whether they have personal links, whose readers are counted."""
    return privacy.counts_readers and privacy.standing.has_links


def _own_figures(words: Words, privacy: Privacy) -> tuple[str, ...]:
    """The very figures that boards and comms count them with."""
    lines = [_figures(words, privacy.language, found) for found in privacy.figures]
    if privacy.readers:
        lines.append(words.count(privacy.language, "privacy.readers_in_all", privacy.readers))
    return tuple(lines)


def _where(privacy: Privacy) -> str:
    """Where they stand; who did nothing here yet, or is nobody to us, stands nowhere."""
    return privacy.standing if privacy.part in {Part.IN, Part.OUT} else Part.NEW


def _figures(words: Words, language: str, found: Figures) -> str:
    """`This month: 3 stories passed along, 14 readers`."""
    pieces = [words.count(language, "privacy.stories", found.stories)] if found.stories else []
    pieces += [words.count(language, "home.readers", found.readers)] if found.readers else []
    period = words.say(language, f"board.period.{found.period}")
    return words.say(language, "privacy.figures", period=period[0].upper() + period[1:], figures=", ".join(pieces))


def _choices(words: Words, privacy: Privacy) -> list[Block]:
    language = privacy.language
    file = [button(words.say(language, "privacy.send_file"), ids.OWN_DATA, style="primary")] if privacy.kept else []
    delete = [delete_button(words, language)] if privacy.kept else []
    match privacy.part:
        case Part.NEW | Part.IN:
            return [*file, leave_button(words, language), *delete]
        case Part.OUT:
            return [*file, join_button(words, language), *delete]
        case Part.FORGOTTEN:
            return [join_button(words, language)]
        case Part.OUTSIDER:
            return []
