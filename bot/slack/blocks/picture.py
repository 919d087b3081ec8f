"""The digest's picture: as Slack's own chart, as a file, or in words; all three say the same figures.

The chart is as docs.slack.dev/reference/block-kit/blocks/data-visualization-block has it; no class of the SDK knows it.
"""

from collections.abc import Callable

from bot.domain.messages import Drawn
from bot.domain.picture import Bars, Picture, Said, SaidPicture
from bot.slack.blocks.parts import Part
from bot.slack.mrkdwn import Block, clean, context, cut, fit
from bot.sources.words import Words

LONGEST_NAME = 70
LONGEST_ALT = 1000
"""Of what an upload can be described with; a block could hold more."""


def picture_part(words: Words, language: str, zone: str, picture: Picture, drawn: Drawn | None) -> Part:
    """A picture, or small print in its place."""
    lines = _lines(words, language, zone, picture, lambda name: fit(name, LONGEST_NAME))
    if drawn is None:
        return Part(lines, is_small=True)
    if drawn.file is None:
        return Part(lines, drawn=(_chart(words, language, zone, picture), context(lines[1])))
    said = say_picture(words, language, zone, picture)
    return Part(lines, drawn=({"type": "image", "slack_file": {"id": drawn.file}, "alt_text": said.alt},))


def say_picture(words: Words, language: str, zone: str, picture: Picture) -> SaidPicture:
    """All of it in words, to be drawn by whoever has no words."""
    rest = words.say(language, "digest.picture.rest")
    bars = [*picture.stories, *([Bars(rest, picture.rest)] if any(picture.rest) else [])]
    return SaidPicture(
        title=_title(words, language, picture),
        axis=words.say(language, "digest.picture.axis"),
        weeks=tuple(_weeks(words, language, zone, picture)),
        totals=tuple(words.number(language, total) for total in picture.totals),
        series=tuple(Said(_name(one), one.counts, words.number(language, sum(one.counts))) for one in bars),
        has_rest=any(picture.rest),
        alt=cut(" ".join(_lines(words, language, zone, picture, str)), LONGEST_ALT),
    )


def _lines(words: Words, language: str, zone: str, picture: Picture, safe: Callable[[str], str]) -> tuple[str, str]:
    """`Readers by week, 27 Feb: 12; 6 Mar: 35.` and `In these weeks together: Reef (40) and other stories (7).`"""
    weeks = [
        words.say(language, "digest.picture.week", week=week, total=words.number(language, total))
        for week, total in zip(_weeks(words, language, zone, picture), picture.totals, strict=True)
    ]
    rest = words.say(language, "digest.picture.rest")
    totals = [(safe(_name(bars)), sum(bars.counts)) for bars in picture.stories] + [(rest, sum(picture.rest))]
    stories = [
        words.say(language, "digest.picture.story", title=title, total=words.number(language, total))
        for title, total in totals
        if total
    ]
    return (
        words.say(language, "digest.picture.weeks", title=_title(words, language, picture), weeks="; ".join(weeks)),
        words.say(language, "digest.picture.stories", stories=words.list(language, stories)),
    )


def _title(words: Words, language: str, picture: Picture) -> str:
    return words.say(language, f"digest.picture.title.{picture.measure}")


def _weeks(words: Words, language: str, zone: str, picture: Picture) -> list[str]:
    """Each by the day on which it ends. The last may have only begun on the day on which the one before it ended."""
    days = [words.short_day(language, end, zone) for end in picture.ends]
    has_begun_today = len(days) > 1 and days[-1] == days[-2]
    return [*days[:-1], words.say(language, "digest.picture.so_far")] if has_begun_today else days


def _name(bars: Bars) -> str:
    return cut(" ".join(clean(bars.title).split()), LONGEST_NAME)


def _chart(words: Words, language: str, zone: str, picture: Picture) -> Block:
    """One bar a week. A bar a story beside it would be thin, and Slack puts none on top of another."""
    weeks = _weeks(words, language, zone, picture)
    name = words.say(language, f"digest.picture.name.{picture.measure}")
    data = [{"label": week, "value": total} for week, total in zip(weeks, picture.totals, strict=True)]
    axis = {"categories": weeks, "x_label": words.say(language, "digest.picture.axis")}
    chart = {"type": "bar", "series": [{"name": name, "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": _title(words, language, picture), "chart": chart}
