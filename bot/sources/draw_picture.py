"""Draws one picture: its words and figures come as JSON, it goes as PNG. Nobody but `painter` runs this."""

import io
import json
import sys
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

WIDE, SHARP = 5.8, 200
"""Inches, and dots an inch: twice as many as a message shows. All places are inches, from the left and the top."""
EDGE, TITLE, BARS_TOP, BARS_HIGH, NAMES_TOP = 0.22, 0.38, 0.62, 1.75, 3.08
COLUMNS, COLUMN, MARK, INDENT, FIGURE = 2, 2.78, 0.11, 0.19, 2.58
LINE, GAP = 0.165, 0.1
PAPER, INK, SOFT = "#ffffff", "#1d1c1d", "#616061"
COLOURS = ("#1f4e79", "#3d9a8b", "#e3a02f", "#c8553d", "#8467a8", "#6c8ebf")
REST = "#c3c7cc"
"""Grey, as those who are not told apart."""
SIZE, LINES = 8.5, 2
"""Of a name, in points, and in lines."""
FONTS = ["DejaVu Sans", "Noto Sans CJK JP", "Noto Sans"]


def draw(picture: dict[str, Any]) -> bytes:
    """The PNG of a `domain.picture.SaidPicture`: bars of weeks, each made of its stories, and their names below."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fonts = _fonts()
    shown = {letter for font in fonts for letter in _letters(font)}
    with rc_context({"font.family": fonts, "text.parse_math": False}):
        figure = Figure(figsize=(WIDE, NAMES_TOP), dpi=SHARP, facecolor=PAPER)
        canvas = FigureCanvasAgg(figure)
        names = _names(figure, picture, shown)
        figure.set_figheight(NAMES_TOP + sum(LINE * max(map(len, row)) + GAP for row in _rows(names)) - 0.05)
        colours = _colours(picture)
        _write(figure, EDGE, TITLE, _readable(picture["title"], shown), 12, INK, fontweight="bold")
        _draw_bars(figure, picture, colours)
        _draw_names(figure, picture, colours, names)
        file = io.BytesIO()
        canvas.print_png(file)
    return file.getvalue()


def _write(figure: Any, left: float, top: float, text: str, size: float, colour: str, **more: Any) -> None:
    """On this base line."""
    wide, high = figure.get_size_inches()
    figure.text(left / wide, 1 - top / high, text, fontsize=size, color=colour, **more)


def _colours(picture: dict[str, Any]) -> list[str]:
    colours = list(COLOURS[: len(picture["series"])])
    if picture["has_rest"]:
        colours[-1] = REST
    return colours


def _draw_bars(figure: Any, picture: dict[str, Any], colours: Sequence[str]) -> None:
    wide, high = figure.get_size_inches()
    place = (EDGE / wide, 1 - (BARS_TOP + BARS_HIGH) / high, 1 - 2 * EDGE / wide, BARS_HIGH / high)
    axes = figure.add_axes(place, facecolor=PAPER)
    weeks = range(len(picture["weeks"]))
    heights = [0] * len(weeks)
    most = max(sum(one["counts"][week] for one in picture["series"]) for week in weeks)
    thick = min(0.72, 0.1 * len(weeks))
    for one, colour in zip(picture["series"], colours, strict=True):
        axes.bar(weeks, one["counts"], thick, bottom=heights, color=colour, edgecolor=PAPER, linewidth=0.6)
        heights = [below + count for below, count in zip(heights, one["counts"], strict=True)]
    size = _size_of_figures(picture["totals"])
    for week in weeks:
        spot, above = (week, heights[week]), (0, 3)
        axes.annotate(
            picture["totals"][week], spot, above, textcoords="offset points", ha="center", fontsize=size, color=INK
        )
    axes.set_xticks(weeks, picture["weeks"], fontsize=8, color=SOFT)
    axes.set_xlabel(picture["axis"], fontsize=8, color=SOFT, labelpad=4)
    axes.set_xlim(-0.6, len(weeks) - 0.4)
    axes.set_ylim(0, most * 1.1)
    axes.tick_params(length=0)
    axes.get_yaxis().set_visible(False)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(REST)


def _size_of_figures(totals: Sequence[str]) -> float:
    """Long figures stand close to one another where there are many weeks."""
    return 9 if max(map(len, totals)) * len(totals) <= 60 else 7


def _draw_names(figure: Any, picture: dict[str, Any], colours: Sequence[str], names: Sequence[list[str]]) -> None:
    """Each story beside its colour, with its figure at the edge: two columns, row by row."""
    from matplotlib.patches import Rectangle

    wide, high = figure.get_size_inches()
    top = NAMES_TOP
    for number, (one, colour, lines) in enumerate(zip(picture["series"], colours, names, strict=True)):
        left = EDGE + COLUMN * (number % COLUMNS)
        mark = (left / wide, 1 - (top + 0.005) / high)
        figure.patches.append(
            Rectangle(mark, MARK / wide, MARK / high, transform=figure.transFigure, color=colour, linewidth=0)
        )
        _write(figure, left + FIGURE, top, one["total"], SIZE, SOFT, ha="right")
        for place, line in enumerate(lines):
            _write(figure, left + INDENT, top + LINE * place, line, SIZE, INK)
        if number % COLUMNS == COLUMNS - 1:
            top += LINE * max(map(len, names[number - COLUMNS + 1 : number + 1])) + GAP


def _names(figure: Any, picture: dict[str, Any], shown: set[int]) -> list[list[str]]:
    """The lines of each, as wide as the longest figure leaves room for."""
    room = FIGURE - INDENT - 0.1 - max(_wide(figure, one["total"]) for one in picture["series"])
    return [_wrapped(figure, _readable(one["name"], shown), room) for one in picture["series"]]


def _wide(figure: Any, text: str) -> float:
    """In inches."""
    written = figure.text(0, 0, text, fontsize=SIZE)
    found: float = written.get_window_extent(figure.canvas.get_renderer()).width / SHARP
    written.remove()
    return found


def _wrapped(figure: Any, name: str, room: float) -> list[str]:
    """Two lines at most, broken between words where that can be."""
    lines: list[str] = []
    left = name
    while left and len(lines) < LINES:
        most = _most(figure, left, room, "" if len(lines) < LINES - 1 else "…")
        between = left.rfind(" ", 0, most + 1) if most < len(left) else most
        lines.append(left[: between if between > 0 else most].rstrip())
        left = left[len(lines[-1]) :].lstrip()
    return [*lines[:-1], f"{lines[-1]}…" if left else lines[-1]] if lines else ["…"]


def _most(figure: Any, text: str, room: float, end: str) -> int:
    """How many letters fit; with `end` behind them when that is not all."""
    if _wide(figure, text) <= room:
        return len(text)
    return bisect_right(range(1, len(text)), room, key=lambda many: _wide(figure, text[:many] + end)) or 1


def _rows(names: Sequence[list[str]]) -> list[Sequence[list[str]]]:
    return [names[at : at + COLUMNS] for at in range(0, len(names), COLUMNS)]


def _readable(text: str, shown: set[int]) -> str:
    """Without what no font at hand can show: emoji, most of all."""
    return " ".join("".join(letter for letter in text if ord(letter) in shown).split())


def _fonts() -> list[str]:
    """Those of ours that this machine has; the first one comes with the library."""
    from matplotlib.font_manager import fontManager

    there = {font.name for font in fontManager.ttflist}
    return [font for font in FONTS if font in there]


def _letters(font: str) -> set[int]:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return set(FT2Font(findfont(font)).get_charmap())


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin)))
