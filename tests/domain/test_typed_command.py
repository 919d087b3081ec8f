import pytest

from bot.domain.typed_command import split_command

PAGE = "https://example.com/a?b=1&c=2"


@pytest.mark.parametrize(
    ("text", "link", "rest"),
    [
        (f"{PAGE} tomorrow 9:00", PAGE, "tomorrow 9:00"),
        ("<https://example.com/a?b=1&amp;c=2> tomorrow 9:00", PAGE, "tomorrow 9:00"),
        ("<https://example.com/a|example.com/a>  morgen  9 uur ", "https://example.com/a", "morgen 9 uur"),
        ("tomorrow 9:00 https://example.com/a", "https://example.com/a", "tomorrow 9:00"),
        ("tomorrow 9:00", "", "tomorrow 9:00"),
        ("", "", ""),
        ("HTTPS://Example.com", "HTTPS://Example.com", ""),
        ("http://localhost/x tue 9", "http://localhost/x", "tue 9"),
        ("(https://example.com/a).", "", "(https://example.com/a)."),
        ("https://example.com/a, morgen 9 uur", "https://example.com/a", "morgen 9 uur"),
        (
            "https://en.wikipedia.org/wiki/Slack_(software) 9:00",
            "https://en.wikipedia.org/wiki/Slack_(software)",
            "9:00",
        ),
        ("ftp://example.com/a 9:00", "ftp://example.com/a", "9:00"),
        ("<@U123> https://example.com", "https://example.com", "<@U123>"),
        ("example.com 9:00", "", "example.com 9:00"),
    ],
)
def test_a_link_and_the_words_around_it(text: str, link: str, rest: str) -> None:
    assert split_command(text) == (link, rest)
