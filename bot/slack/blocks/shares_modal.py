"""What a champion's place rests on; setting a part of it aside, with a reason; and all that is set aside."""

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.actions.find_champions import Champion
from bot.actions.look_at_shares import Aside, TheirShares
from bot.actions.say_why import why
from bot.domain.local_time import moment_of
from bot.domain.looked_at import LookedAt
from bot.domain.networks import NETWORKS
from bot.domain.set_aside import LONGEST_REASON
from bot.slack import ids
from bot.slack.blocks.inputs import text_input
from bot.slack.blocks.sheet import sheet_to_read, sheet_to_send
from bot.slack.mrkdwn import Block, button, choice, context, cut, escape, overflow, section
from bot.sources.words import Words

LONGEST_NAME = 60
LONGEST_TITLE = 120


def shares_modal(words: Words, language: str, found: TheirShares | Champion, now: datetime) -> Block:
    """A row a share, with the menu to set it aside or put it back; of somebody without a name the sum alone."""
    if isinstance(found, Champion):
        return sheet_to_read(words, language, "aside.title", _in_all(words, language, found))
    name = escape(cut(found.name, LONGEST_NAME))
    rows = [_row(words, language, found.zone, one, now) for one in found.shares]
    small = [words.say(language, "aside.they_read_it")]
    if found.more:
        small.append(words.count(language, "aside.more", found.more))
    blocks = [section(words.say(language, "aside.of", name=name)), *rows, context(*small)]
    return sheet_to_read(words, language, "aside.title", blocks, note=str(found.person_id))


def _in_all(words: Words, language: str, one: Champion) -> list[Block]:
    """What the list says too, and why there is no more."""
    lines = [why(words, language, one, lambda title: escape(cut(title, LONGEST_TITLE)))]
    hints = (words.say(language, f"champions.flag.{flag}") for flag in one.flags)
    lines += [words.say(language, "comms.hint", hint=hint) for hint in hints]
    name = words.say(language, "comms.nameless_within")
    small = context(words.say(language, "aside.without_name"))
    return [section(words.say(language, "aside.of", name=name)), section("\n".join(lines)), small]


def reason_modal(words: Words, language: str, what: str, of: str = "", about: str = "") -> Block:
    """One input. `what`: the option that was chosen, `of`: whose shares stand below; both are kept until it is sent.

    `about`: the link, where it was typed.
    """
    blocks = [section(about)] if about else []
    blocks.append(section(words.say(language, _EXPLAINED[what.partition(":")[0]])))
    reason = text_input(
        ids.ASIDE_REASON,
        words.say(language, "aside.reason"),
        hint=words.say(language, "aside.reason_hint"),
        sample=words.say(language, "aside.reason_sample"),
        most=LONGEST_REASON,
    )
    note, blocks = f"{what} {of}", [*blocks, reason]
    return sheet_to_send(words, language, ids.ASIDE_FORM, "aside.set_title", "aside.submit", note, blocks)


_EXPLAINED = {ids.ASIDE_LINK: "aside.link_explained", ids.ASIDE_SHARE: "aside.share_explained"}


def about_link(words: Words, language: str, title: str) -> str:
    """A link that somebody typed: where it leads; not whose it is, nor what tells so."""
    return words.say(language, "aside.link", title=escape(cut(title, LONGEST_TITLE)))


def done_view(words: Words, language: str) -> Block:
    """It is set aside; for who typed the link."""
    return sheet_to_read(words, language, "aside.set_title", [section(words.say(language, "aside.done"))])


def is_aside_blocks(words: Words, language: str, text: str, link_id: int) -> list[Block]:
    """A link that is set aside, and the way back."""
    back = button(words.say(language, "aside.put_back"), ids.PUT_BACK, ids.option(ids.BACK_LINK, link_id))
    return [section(text, back)]


def aside_blocks(words: Words, language: str, found: Sequence[Aside], zone: str, now: datetime) -> list[Block]:
    """All that is set aside, each with its reason and the way back."""
    if not found:
        return [section(words.say(language, "aside.nothing"))]
    return [
        *(_aside(words, language, one, zone, now) for one in found),
        context(words.say(language, "aside.they_read_it")),
    ]


def _aside(words: Words, language: str, one: Aside, zone: str, now: datetime) -> Block:
    name = escape(cut(one.name, LONGEST_NAME))
    count = words.count(language, "champions.readers", one.what.readers)
    facts = [f"*{escape(cut(one.what.title, LONGEST_TITLE))}*", name]
    facts.append(count if one.what.is_link else words.say(language, "aside.said"))
    facts.append(words.day(language, one.what.at, zone, now))
    reason = f"\n_{escape(one.what.reason)}_" if one.what.reason else ""
    value = ids.option(ids.BACK_LINK if one.what.is_link else ids.BACK_SHARE, one.what.id)
    back = button(words.say(language, "aside.put_back"), ids.PUT_BACK_THERE, value)
    return section(" · ".join(facts) + reason, back, f"aside:{value}")


def _row(words: Words, language: str, zone: str, one: LookedAt, now: datetime) -> Block:
    head = f"*{escape(cut(one.title, LONGEST_TITLE))}*"
    day = words.day(language, moment_of(date.fromordinal(one.day), time(12), zone), zone, now)
    lines = [" · ".join([head, _network(words, language, one.network), day]), ", ".join(_figures(words, language, one))]
    menu = overflow(ids.ASIDE_MENU, *_options(words, language, one))
    return section("\n".join(lines), menu, f"share:{one.link or 0}:{one.share or 0}")


def _figures(words: Words, language: str, one: LookedAt) -> list[str]:
    figures = []
    if one.readers:
        figures.append(words.count(language, "champions.readers", one.readers))
    if one.is_link_aside:
        figures.append(words.count(language, "aside.readers", one.aside))
    if one.is_said:
        figures.append(words.say(language, "aside.said"))
    if one.is_share_aside:
        figures.append(words.say(language, "aside.said_aside"))
    return figures


def _options(words: Words, language: str, one: LookedAt) -> list[Block]:
    found = []
    if one.link is not None:
        name, word = (ids.BACK_LINK, "aside.back_link") if one.is_link_aside else (ids.ASIDE_LINK, "aside.set_link")
        found.append(choice(words.say(language, word), ids.option(name, one.link)))
    if one.share is not None:
        name, word = (
            (ids.BACK_SHARE, "aside.back_share") if one.is_share_aside else (ids.ASIDE_SHARE, "aside.set_share")
        )
        found.append(choice(words.say(language, word), ids.option(name, one.share)))
    return found


def _network(words: Words, language: str, key: str) -> str:
    known = NETWORKS.get(key)
    return known.name if known else words.say(language, "aside.some_network")
