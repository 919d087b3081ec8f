"""A crisis to draw, of a scenario that ships: as it stands at each of its steps, and with the longest it can hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.domain.crisis import (
    Crisis,
    CrisisAnswer,
    CrisisAudience,
    CrisisState,
    CrisisText,
    CrisisUpdate,
    Known,
    Progress,
    audiences_of,
    filled,
    reach_of,
    text_of_scenario,
)
from bot.domain.crisis_scenario import Scenario
from bot.domain.messages import CrisisCard, CrisisMessage
from bot.sources.crisis_files import read_scenarios
from bot.sources.words import Words

CONTENT = Path(__file__).parents[2] / "content"
WORDS = Words.load(CONTENT / "words")
NOW = datetime(2026, 9, 30, 9, 40, tzinfo=UTC)
ZONE = "Europe/Amsterdam"
PAGE = "https://passalong.example.org/now/outage"
GIVEN = {
    "what is down": "the order portal",
    "time": "9:10",
    "what people can do meanwhile": "order by phone, 020 123 45 67",
    "time of the next update": "10:10",
    "who notices it": "every customer who orders online",
    "what still works": "phone, mail and the warehouse",
    "who is mending it": "four colleagues of IT",
    "number for questions": "020 123 45 67",
    "number for emergencies": "020 123 45 68",
    "press officer and number": "Noor, 06 1234 5678",
    "address of the page": "https://example.com/status",
    "wat er plat ligt": "het bestelportaal",
    "tijd": "9.10 uur",
    "wat mensen intussen kunnen doen": "telefonisch bestellen, 020 123 45 67",
    "tijd van het volgende bericht": "10.10 uur",
    "wie er last van heeft": "elke klant die online bestelt",
    "wat nog wel werkt": "telefoon, mail en het magazijn",
    "wie het repareert": "vier collega's van IT",
    "nummer voor vragen": "020 123 45 67",
    "nummer voor noodgevallen": "020 123 45 68",
    "woordvoerder en nummer": "Noor, 06 1234 5678",
    "adres van de pagina": "https://example.com/status",
}


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Those that ship."""
    return tuple(read_scenarios(CONTENT)[0])


def scenario(slug: str = "outage") -> Scenario:
    """One of them."""
    return next(one for one in scenarios() if one.slug == slug)


def texts(*, are_filled: bool = True, slug: str = "outage") -> tuple[CrisisText, ...]:
    """As the scenario has them, or with its places filled in."""
    found = [text_of_scenario(text) for text in scenario(slug).texts]
    return tuple(filled(text, GIVEN) if are_filled else text for text in found)


def a_crisis(**changes: Any) -> Crisis:
    """One that was told a quarter of an hour after it started."""
    usual: dict[str, Any] = {
        "id": 7,
        "scenario": "outage",
        "page": "outage",
        "is_rehearsal": False,
        "state": CrisisState.OPEN,
        "topics": None,
        "next_update": 30,
        "is_published": True,
        "asked_by": "anna",
        "asked_at": NOW - timedelta(minutes=31),
        "started_by": "bram",
        "started_at": NOW - timedelta(minutes=30),
        "filled_at": NOW - timedelta(minutes=20),
        "tell_asked_by": None,
        "told_by": "bram",
        "told_at": NOW - timedelta(minutes=18),
        "next_update_at": NOW + timedelta(minutes=30),
        "ended_at": None,
        "lessons": None,
        "channel": "C0COMMS",
        "ts": "1.0",
        "version": 1,
    }
    return Crisis(**usual | changes)


STARTED = a_crisis(filled_at=None, told_by=None, told_at=None, next_update_at=None, is_published=False)
FILLED = replace(STARTED, filled_at=NOW)
ASKED = replace(STARTED, state=CrisisState.ASKED, started_by=None, started_at=None)
OVER = a_crisis(state=CrisisState.ENDED, ended_at=NOW + timedelta(hours=2))


def audiences() -> tuple[CrisisAudience, ...]:
    """Those who speak to customers by direct message too, and everyone."""
    first, everyone = audiences_of(scenario())
    told = {"owed": 240, "told": 180, "first_at": NOW - timedelta(minutes=3), "last_at": NOW}
    return (replace(first, groups=("S0DESK",), channels=("C0GENERAL",), **told), replace(everyone, told=320))


def known(crisis: Crisis | None = None, **changes: Any) -> Known:
    """All that is known of it; two updates and an answer, when it was told."""
    crisis = crisis or a_crisis()
    usual: dict[str, Any] = {
        "texts": texts(are_filled=crisis.filled_at is not None),
        "audiences": audiences(),
        "links": {"status": "https://status.example.com", "social": None},
    }
    if crisis.told_at is not None:
        usual |= {"updates": UPDATES, "answers": ANSWERS, "ticked": frozenset({0, 1}), "outside": frozenset({"status"})}
    return Known(crisis, **usual | changes)


UPDATES = (
    CrisisUpdate(
        NOW - timedelta(minutes=8),
        {
            "en": "It is one of our own servers, not an attack. IT is replacing it now.",
            "nl": "Het is een server van onszelf, geen aanval. IT vervangt hem nu.",
        },
    ),
    CrisisUpdate(
        NOW - timedelta(minutes=1),
        {
            "en": "The server is replaced. We are trying it out with three customers first.",
            "nl": "De server is vervangen. We proberen het eerst met drie klanten.",
        },
    ),
)
ANSWERS = (
    CrisisAnswer(
        NOW - timedelta(minutes=5),
        "en",
        "Are the orders of this morning lost?",
        "No. All that came in before 9:10 is safe.",
    ),
)


def a_message(crisis: Crisis | None = None, **changes: Any) -> CrisisMessage:
    """To those who speak to customers, in their channel."""
    usual: dict[str, Any] = {"known": known(crisis), "audience": "front-line", "language": "en", "page": PAGE}
    return CrisisMessage(zone=ZONE, now=NOW, **usual | changes)


def a_card(crisis: Crisis | None = None, **changes: Any) -> CrisisCard:
    """With who read it so far."""
    desk = known(crisis)
    told_at = desk.crisis.told_at or NOW
    reads = [told_at + timedelta(minutes=minute) for minute in range(1, 18) for _ in range(6)]
    usual: dict[str, Any] = {
        "known": desk,
        "reach": tuple(reach_of(one, told_at, reads[: 90 if one.is_direct else 12], NOW) for one in desk.audiences),
        "progress": Progress(240, 180, timedelta(minutes=1)),
        "names": {"anna": "Anna de Wit", "bram": "Bram Bakker"},
        "language": "en",
        "page": PAGE if desk.crisis.is_published else None,
    }
    return CrisisCard(zone=ZONE, now=NOW, **usual | changes)
