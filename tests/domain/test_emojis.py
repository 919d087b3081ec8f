import pytest

from bot.domain.emojis import EmojiNotUnderstood, NoEmoji, TooManyEmoji, format_emojis, parse_emojis


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (":mega: :rocket:", ("mega", "rocket")),
        (":mega::rocket:", ("mega", "rocket")),
        ("mega, rocket", ("mega", "rocket")),
        (":Mega:", ("mega",)),
        (":mega: :mega:", ("mega",)),
        (":clap::skin-tone-3: :+1:", ("clap", "+1")),
        (":piñata:", ("piñata",)),
    ],
)
def test_read(typed, names):
    assert parse_emojis(typed) == names
    assert parse_emojis(format_emojis(names)) == names


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NoEmoji),
        ("  ", NoEmoji),
        ("📣", EmojiNotUnderstood),
        (":mega: <b>", EmojiNotUnderstood),
        (" : ", EmojiNotUnderstood),
        (":a: :b: :c: :d: :e: :f:", TooManyEmoji),
    ],
)
def test_not_read(typed, problem):
    with pytest.raises(problem) as found:
        parse_emojis(typed, field="share_emojis")
    assert found.value.field == "share_emojis"
