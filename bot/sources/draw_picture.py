"""Draws one picture: its words and figures come as JSON, it goes as PNG. Nobody but `painter` runs this."""

import io
import json
import sys
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

WIDE, HIGH, SHARP = 7.2, 3.5, 200
"""Inches, and dots an inch: twice as many as a message shows."""
PAPER, INK, SOFT = "#ffffff", "#1d1c1d", "#616061"
COLOURS = ("#1f4e79", "#3d9a8b", "#e3a02f", "#c8553d", "#8467a8", "#6c8ebf")
REST = "#c3c7cc"
"""Grey, as those who are not told apart."""
BARS, LEGEND, EDGE = (0.035, 0.14, 0.54, 0.69), 0.61, 0.975
LETTERS, LINES = 36, 2
"""In the width that a name and its figure have, and in the height of a name."""
FONTS = ["DejaVu Sans", "Noto Sans CJK JP", "Noto Sans"]


def draw(picture: dict[str, Any]) -> bytes:
    """The PNG of a `domain.picture.SaidPicture`: bars of weeks, each made of its stories, and their names beside."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"font.family": _fonts(), "text.parse_math": False, "font.size": 9}):
        figure = Figure(figsize=(WIDE, HIGH), dpi=SHARP, facecolor=PAPER)
        canvas = FigureCanvasAgg(figure)
        shown = {ord(letter) for font in _fonts() for letter in _letters(font)}
        title = _readable(picture["title"], shown)
        figure.text(BARS[0], 0.905, title, fontsize=12.5, fontweight="bold", color=INK)
        colours = _colours(picture)
        _draw_bars(figure, picture, colours)
        _draw_names(figure, picture, colours, shown)
        file = io.BytesIO()
        canvas.print_png(file)
    return file.getvalue()


def _colours(picture: dict[str, Any]) -> list[str]:
    colours = list(COLOURS[: len(picture["series"])])
    if picture["has_rest"]:
        colours[-1] = REST
    return colours


def _draw_bars(figure: Any, picture: dict[str, Any], colours: Sequence[str]) -> None:
    axes = figure.add_axes(BARS)
    weeks = range(len(picture["weeks"]))
    heights = [0] * len(weeks)
    most = max(sum(one["counts"][week] for one in picture["series"]) for week in weeks)
    wide = min(0.74, 0.11 * len(weeks))
    for one, colour in zip(picture["series"], colours, strict=True):
        axes.bar(weeks, one["counts"], wide, bottom=heights, color=colour, edgecolor=PAPER, linewidth=0.6)
        heights = [below + count for below, count in zip(heights, one["counts"], strict=True)]
    for week in weeks:
        axes.annotate(
            picture["totals"][week], (week, heights[week]), (0, 3), textcoords="offset points", ha="center",
            fontsize=_figures_size(picture["totals"]), color=INK,
        )  # fmt: skip
    axes.set_xticks(weeks, picture["weeks"], fontsize=7.5, color=SOFT)
    axes.set_xlabel(picture["axis"], fontsize=7.5, color=SOFT, loc="left", labelpad=5)
    axes.set_xlim(-0.6, len(weeks) - 0.4)
    axes.set_ylim(0, most * 1.1)
    axes.tick_params(length=0)
    axes.get_yaxis().set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(REST)


def _figures_size(totals: Sequence[str]) -> float:
    """Long figures stand close to one another where there are many weeks."""
    longest = max(map(len, totals))
    return 8.5 if longest * len(totals) <= 50 else 6.8


def _draw_names(figure: Any, picture: dict[str, Any], colours: Sequence[str], shown: set[int]) -> None:
    """Each story beside its colour, with its figure at the edge; the first at the top."""
    from matplotlib.patches import Rectangle

    letters = LETTERS - max(len(one["total"]) for one in picture["series"])
    line = BARS[1] + BARS[3] - 0.027
    for one, colour in zip(picture["series"], colours, strict=True):
        mark = Rectangle((LEGEND, line - 0.003), 0.014, 0.03, transform=figure.transFigure, color=colour, linewidth=0)
        figure.patches.append(mark)
        figure.text(EDGE, line, one["total"], fontsize=8.2, color=SOFT, ha="right")
        for words in _wrapped(_readable(one["name"], shown), letters):
            figure.text(LEGEND + 0.024, line, words, fontsize=8.2, color=INK)
            line -= 0.047
        line -= 0.04


def _wrapped(name: str, letters: int) -> list[str]:
    """Two lines at most."""
    return wrap(name, letters, max_lines=LINES, placeholder=" …", break_on_hyphens=False) or ["…"]


def _readable(text: str, shown: set[int]) -> str:
    """Without what no font at hand can show: emoji, most of all."""
    return " ".join("".join(letter for letter in text if ord(letter) in shown).split())


def _fonts() -> list[str]:
    """Those of ours that this machine has; the first one comes with the library."""
    from matplotlib.font_manager import fontManager

    there = {font.name for font in fontManager.ttflist}
    return [font for font in FONTS if font in there]


def _letters(font: str) -> str:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return "".join(map(chr, FT2Font(findfont(font)).get_charmap()))


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))
