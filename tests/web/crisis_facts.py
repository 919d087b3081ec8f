"""The page of a crisis, with something of everything on it."""

from datetime import timedelta
from typing import Any

from bot.domain.crisis import CrisisAnswer, PageFacts, PageText, PageUpdate
from tests.conftest import MONDAY

TITLE = "What isn't working now, and what we do about it"
STATEMENT = (
    "Our booking system has not been working since 7:40. We know it, and our colleagues are working on it now. We're "
    "sorry: we know you count on it.\n\nWe don't know yet what caused it, or when it works again."
)
UPDATES = (
    PageUpdate(MONDAY + timedelta(minutes=95), "The first customers can book again."),
    PageUpdate(MONDAY + timedelta(minutes=40), "It is a disk. See [the log](https://status.example.com/42?a=1&b=2)."),
)
ANSWERS = (
    CrisisAnswer(MONDAY + timedelta(minutes=60), "en", "Is my ticket still valid?", "Yes, it is."),
    CrisisAnswer(MONDAY + timedelta(minutes=50), "nl", "Kan ik mijn geld terug?", "Ja. Mail ons: geld@example.com."),
)
ENGLISH = PageText(
    language="en",
    title=TITLE,
    statement=STATEMENT,
    known=("Bookings have not worked since 7:40.", "Tickets that you have stay valid."),
    unknown=("What caused it.",),
    doing=("Five colleagues are on it, and do nothing else.",),
    contact=("Customers: +31 (0)20 123 45 67, every day", "Journalists: press@example.com, https://example.com/press"),
    updates=UPDATES,
    answers=ANSWERS,
)
DUTCH = PageText(
    language="nl",
    title="Wat nu niet werkt, en wat we eraan doen",
    statement="Ons boekingssysteem werkt niet sinds 7.40 uur. We zijn ermee bezig. Het spijt ons.",
    known=("Boeken werkt niet sinds 7.40 uur.",),
    unknown=("Waardoor het komt.",),
    doing=("Vijf collega's zijn ermee bezig.",),
    contact=("Klanten: 020-1234567",),
    updates=(PageUpdate(MONDAY + timedelta(minutes=95), "De eerste klanten kunnen weer boeken."),),
    answers=ANSWERS,
)


def facts(**other: Any) -> PageFacts:
    """A page that is the current one, with something of its own."""
    usual = {
        "page": "outage",
        "texts": (ENGLISH, DUTCH),
        "company": "Reef & Harbour",
        "zone": "Europe/Amsterdam",
        "published_at": MONDAY + timedelta(minutes=5),
        "changed_at": MONDAY + timedelta(minutes=95),
        "next_update_at": MONDAY + timedelta(minutes=155),
        "ended_at": None,
        "is_rehearsal": False,
        "is_current": True,
    }
    return PageFacts(**usual | other)
