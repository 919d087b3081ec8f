"""Pictures as PNG: whatever stories are called, and whatever goes wrong in drawing."""

import struct
import sys
from importlib.util import find_spec

import pytest

from bot.domain.picture import Said, SaidPicture
from bot.sources import painter
from bot.sources.painter import Painter, installed_painter

drawn = pytest.mark.skipif(find_spec("matplotlib") is None, reason="the extra is not installed")
NAMES = ("A reef out of bicycles 🚲", "🚲", "東京 $x^2$ <b>", "مرحبا", "x" * 70, "other stories")


def picture(names=NAMES, counts=(3, 0, 1_000_000)):
    series = tuple(Said(name, counts, "1.000.003") for name in names)
    return SaidPicture(
        "Lezers per week", "Week tot", ("27 feb", "6 mrt", "13 mrt"), ("3", "0", "9"), series, len(names) > 1, "alt"
    )


@drawn
@pytest.mark.parametrize(("names", "high"), [(NAMES, 800), (NAMES[:1], 660)])
def test_a_picture_of_the_right_size_in_a_process_of_its_own(names, high):
    content = Painter().draw(picture(names))
    assert content.startswith(painter.PNG)
    wide, found = struct.unpack(">II", content[16:24])
    assert (wide, round(found, -1)) == (1160, high)
    assert len(content) < 200_000
    assert "matplotlib" not in sys.modules


@drawn
def test_what_cannot_be_drawn_is_none_and_a_line_in_the_log(caplog):
    assert Painter().draw(picture(counts=())) is None
    assert "The picture could not be drawn" in caplog.text


def test_who_draws_for_ever_is_not_waited_for(caplog):
    assert Painter(patience=0).draw(picture()) is None
    assert "TimeoutExpired" in caplog.text


def test_the_extra_is_looked_for_and_not_imported():
    assert (installed_painter() is None) is (find_spec("matplotlib") is None)
    assert "matplotlib" not in sys.modules
