"""Pictures for addresses that lead nowhere: a landscape with water, another one for each address."""

from random import Random
from typing import Any
from urllib.parse import quote

WIDE, HIGH = 960, 480
SKIES = (("#f6d9a8", "#e98a6b"), ("#cfe6ef", "#7fb3cf"), ("#e9e3f2", "#9c8fc0"), ("#fbe7c6", "#8fc1b5"))


def draw(address: str) -> str:
    """An SVG, always the same for the same address."""
    random = Random(address)
    light, deep = random.choice(SKIES)
    shapes = [
        '<defs><linearGradient id="sky" x2="0" y2="1">',
        f'<stop stop-color="{light}"/><stop offset="1" stop-color="{deep}"/></linearGradient></defs>',
        f'<rect width="{WIDE}" height="{HIGH}" fill="url(#sky)"/>',
        f'<circle cx="{random.randrange(120, 840)}" cy="{random.randrange(70, 170)}" r="44" fill="#fff6df"/>',
        *(_hill(random, 230 + 40 * row, ("#5d7f73", "#3f6259", "#2d4a45")[row]) for row in range(3)),
        *(_wave(random, 350 + 34 * row, 0.35 + 0.15 * row) for row in range(4)),
    ]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">{"".join(shapes)}</svg>'


def with_pictures(shown: Any, addresses: frozenset[str]) -> Any:
    """The same JSON, with these addresses of images leading to what is drawn for them."""
    if isinstance(shown, list):
        return [with_pictures(item, addresses) for item in shown]
    if not isinstance(shown, dict):
        return shown
    return {
        key: f"/page/picture?address={quote(value, safe='')}"
        if key == "image_url" and value in addresses
        else with_pictures(value, addresses)
        for key, value in shown.items()
    }


def _hill(random: Random, top: int, colour: str) -> str:
    points = [(x, top + random.randrange(-45, 45)) for x in range(-80, WIDE + 240, 160)]
    curve = " ".join(f"S {x - 60} {y} {x} {y}" for x, y in points[1:])
    return f'<path fill="{colour}" d="M {points[0][0]} {points[0][1]} {curve} V {HIGH} H -80 Z"/>'


def _wave(random: Random, top: int, opacity: float) -> str:
    start, rise = random.randrange(-120, 0), random.randrange(8, 18)
    curve = " ".join(f"q 40 {-rise if turn % 2 else rise} 80 0" for turn in range(15))
    return f'<path fill="#2f7d9a" opacity="{opacity:.2f}" d="M {start} {top} {curve} V {HIGH} H {start} Z"/>'
