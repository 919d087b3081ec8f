"""What an editor writes in the places of a text."""

import pytest

from bot.domain.crisis import CrisisText, filled
from bot.domain.crisis_scenario import ScenarioText

GIVEN = {"what": "the portal", "when": "9:10", "where": "https://example.com"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[what] is down.", "The portal is down."),
        ("Yes, [what] is down. [what] is ours.", "Yes, the portal is down. The portal is ours."),
        ('"[what]?" Since [when].', '"The portal?" Since 9:10.'),
        ("He said: [what].", "He said: the portal."),
        ('First.\n[what] comes second ("Why?" [what]).', 'First.\nThe portal comes second ("Why?" The portal).'),
        ("[what] and [who]", "The portal and [who]"),
        ("[where] says more.", "https://example.com says more."),
    ],
)
def test_a_sentence_begins_with_a_capital(text: str, shown: str) -> None:
    found = filled(CrisisText(ScenarioText("en", "T", "W", text, "P")), GIVEN)
    assert found.text.statement == shown
