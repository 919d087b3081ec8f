"""A file and Slack, held against what they were: part by part."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.story_sync import PARTS, StoryParts, Turn, as_base, compared, merged, next_base

FIRST = StoryParts(
    link="https://example.org/a",
    title="The pump",
    sentence="It pumps.",
    language="en",
    captions=(("en", "Still going."),),
    background="",
    topics=("repair",),
    image=None,
    alt=None,
    commercial=False,
    best_before=None,
)


def turns(base, here, file, *, overwrite=False):
    return {change.part: change.turn for change in compared(base, here, file, overwrite=overwrite)}


def test_what_changed_where():
    file = replace(FIRST, title="From the file", sentence="It pumps well.")
    here = replace(FIRST, title="From Slack", topics=("old", "repair"))
    found = turns(as_base(FIRST), here, file)
    assert found == {"title": Turn.BOTH, "sentence": Turn.TAKEN, "topics": Turn.KEPT}
    assert set(turns(as_base(FIRST), here, file, overwrite=True).values()) == {Turn.TAKEN}
    assert set(turns({}, here, file).values()) == {Turn.BOTH}, "nobody knows who changed it"


def test_channels_are_slacks_where_the_file_names_none():
    here = replace(FIRST, channels=("C1",))
    assert turns(as_base(FIRST), here, FIRST) == {}
    assert turns(as_base(FIRST), here, replace(FIRST, channels=("C2",))) == {"channels": Turn.BOTH}


def test_channels_of_what_is_out_stay_and_that_is_said_each_time():
    here = replace(FIRST, channels=("C1",))
    file = replace(here, channels=("C1", "C2"), title="Other")
    for overwrite in (False, True):
        changes = compared(as_base(here), here, file, overwrite=overwrite, is_out=True)
        assert [(c.part, c.turn) for c in changes] == [("title", Turn.TAKEN), ("channels", Turn.OUT)]
        after, base = merged(here, changes), next_base(as_base(here), file, changes)
        assert after.channels == ("C1",)
        again = compared(base, after, file, overwrite=overwrite, is_out=True)
        assert [(c.part, c.turn) for c in again] == [("channels", Turn.OUT)]
    kept = compared(as_base(file), replace(file, channels=("C1",)), file, overwrite=False, is_out=True)
    assert [c.turn for c in kept] == [Turn.KEPT]


WAYS = st.fixed_dictionaries({part: st.sampled_from("fhb-") for part in PARTS if part != "channels"})


@given(WAYS)
def test_a_second_time_nothing_is_taken_and_what_slack_says_stays(ways):
    """f: changed in the file; h: in Slack; b: in both; -: in neither."""
    file = replace(FIRST, **{part: ("file", part) for part, way in ways.items() if way in "fb"})
    here = replace(FIRST, **{part: ("slack", part) for part, way in ways.items() if way in "hb"})
    file, here = (replace(one, best_before=None) for one in (file, here))
    changes = compared(as_base(FIRST), here, file, overwrite=False)
    after, base = merged(here, changes), next_base(as_base(FIRST), file, changes)
    for part, way in ways.items():
        if part != "best_before":
            assert getattr(after, part) == getattr(here if way in "hb-" else file, part)
    again = compared(base, after, file, overwrite=False)
    assert Turn.TAKEN not in {change.turn for change in again}
    assert [(c.part, c.turn) for c in again] == [(c.part, c.turn) for c in changes if c.turn is not Turn.TAKEN]


@pytest.mark.parametrize("part", [part for part in PARTS if part != "channels"])
def test_every_part_has_its_plain_value(part):
    assert part in as_base(FIRST)
