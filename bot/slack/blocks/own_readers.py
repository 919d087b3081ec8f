"""A person's own readers: a picture of the weeks that is made of letters, and sentences that say the same."""

from bot.domain.home import Home
from bot.domain.own_readers import ByWeek, LineToComms, OwnReaders, picture
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, context, header, section
from bot.sources.words import Words

LONGEST_TITLE = 100


def own_readers_blocks(words: Words, home: Home) -> list[Block]:
    """Below a heading; nothing for those whose readers are not counted."""
    if home.own is None:
        return []
    language, own = home.language, home.own
    blocks = [header(words.say(language, "own.title"))]
    if own.is_champion:
        blocks.append(section(_champion(words, language, own)))
        blocks += [context(_line(words, language, own.line))] if own.line else []
    if own.by_week is None:
        return [*blocks, context(words.say(language, "own.none"))]
    blocks.append(section("\n".join(_weeks(words, language, own.by_week))))
    if lines := _lately(words, language, own):
        blocks.append(section("\n".join(lines)))
    return blocks


def _champion(words: Words, language: str, own: OwnReaders) -> str:
    said = [words.say(language, "own.champion")]
    if own.known_for:
        said.append(words.say(language, f"own.word.{own.known_for}"))
    return " ".join(said)


def _line(words: Words, language: str, line: LineToComms) -> str:
    """On somebody's own Home a mention rings nowhere; it is the way to write to them."""
    if line.channel is not None:
        return words.say(language, "own.line.channel", channel=f"<#{line.channel}>")
    return words.say(language, "own.line.people", people=words.list(language, [f"<@{user}>" for user in line.people]))


def _weeks(words: Words, language: str, found: ByWeek) -> list[str]:
    lines = [_drawn(words, language, drawn, found)] if (drawn := picture(found.weeks)) else []
    if found.is_record:
        lines.append(f"*{words.count(language, 'own.record', found.this)}*")
    return [*lines, *_figures(words, language, found)]


def _drawn(words: Words, language: str, drawn: str, found: ByWeek) -> str:
    """The picture, with its two ends and its height in words."""
    first, last = words.short_date(language, found.first), words.short_date(language, found.monday)
    most = words.count(language, "home.readers", max(found.weeks))
    return words.say(language, "own.drawn", picture=drawn, first=first, last=last, most=most)


def _figures(words: Words, language: str, found: ByWeek) -> list[str]:
    """The weeks in words. A week without readers is left out: the picture shows it, and nobody needs to hear it."""
    best = found.best if found.best > max(found.this, found.last) else 0
    weeks = (("own.this_week", found.this), ("own.last_week", found.last), ("own.best_week", best))
    pieces = [words.say(language, key, n=words.number(language, n)) for key, n in weeks if n]
    return [words.say(language, "own.weeks", figures=words.list(language, pieces))] if pieces else []


def _lately(words: Words, language: str, own: OwnReaders) -> list[str]:
    lines = []
    if own.until is not None and (about := round(own.a_week)):
        lines.append(words.count(language, "own.lately", about, day=words.short_date(language, own.until)))
    if own.best is not None:
        story, readers = own.best
        count = words.count(language, "home.readers", readers)
        title = f"*{linked_title(story, LONGEST_TITLE)}*"
        lines.append(words.say(language, "own.best_story", title=title, readers=count))
    if own.place is not None:
        lines.append(words.say(language, "own.place", place=own.place))
    elif own.is_in_top_quarter:
        lines.append(words.say(language, "own.top_quarter"))
    return lines
