"""The digest's picture: as Slack's own chart, as a file, or in words; all three say the same figures.

The chart is as docs.slack.dev/reference/block-kit/blocks/data-visualization-block has it; no class of the SDK knows it.
"""

from collections.abc import Callable, Sequence

from bot.domain.messages import Drawn
from bot.domain.picture import Bars, Picture, Said, SaidPicture
from bot.slack.blocks.parts import Part
from bot.slack.mrkdwn import Block, clean, cut, escape
from bot.sources.words import Words

LONGEST_CHART_TITLE = 50
LONGEST_LABEL = 20
LONGEST_NAME = 70
LONGEST_ALT = 1000
"""Of what an upload can be described with; a block could hold more."""


def picture_part(words: Words, language: str, zone: str, picture: Picture, drawn: Drawn | None) -> Part:
    """A picture above small print, or small print alone."""
    weeks, stories = _lines(words, language, zone, picture, escape)
    if drawn is None:
        return Part((weeks, stories), is_small=True)
    said = say_picture(words, language, zone, picture)
    return Part((weeks, stories), is_small=True, drawn=_chart(said) if drawn.file is None else _file(said, drawn.file))


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
    """`Readers by week, up to 27 Feb: 12; 6 Mar: 35.` and `From these stories: Reef (40) and other stories (7).`"""
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
    return words.say(language, f"digest.picture.title_{picture.measure}")


def _weeks(words: Words, language: str, zone: str, picture: Picture) -> list[str]:
    return [words.short_day(language, end, zone) for end in picture.ends]


def _name(bars: Bars) -> str:
    return cut(" ".join(clean(bars.title).split()), LONGEST_NAME)


def _chart(said: SaidPicture) -> Block:
    """Bars of a week stand side by side, a story each."""
    names = _labels([one.name for one in said.series])
    series = [
        {
            "name": name,
            "data": [{"label": week, "value": count} for week, count in zip(said.weeks, one.counts, strict=True)],
        }
        for name, one in zip(names, said.series, strict=True)
    ]
    axis = {"categories": list(said.weeks), "x_label": said.axis}
    chart = {"type": "bar", "series": series, "axis_config": axis}
    return {"type": "data_visualization", "title": cut(said.title, LONGEST_CHART_TITLE), "chart": chart}


def _labels(names: Sequence[str]) -> list[str]:
    """Short, and no two alike."""
    found: list[str] = []
    for name in names:
        label = cut(name, LONGEST_LABEL)
        found.append(label if label not in found else f"{cut(name, LONGEST_LABEL - 2)} {len(found) + 1}")
    return found


def _file(said: SaidPicture, file: str) -> Block:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": said.alt}
