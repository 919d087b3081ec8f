"""What the public pages of crises say: those that are published, the one that goes on first."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.crisis import Crisis, CrisisAnswer, CrisisText, Known, PageFacts, PageText, PageUpdate
from bot.domain.setup import Setup
from bot.store import crises
from bot.store import setup as setup_store
from bot.store.engine import Connection, Store

STAYS = timedelta(days=7)
"""So long a crisis that is over stays at `/now`, when no other came."""


def published_pages(store: Store, now: datetime) -> tuple[PageFacts, ...]:
    """All of them, the latest first; of rehearsals those that go on. Everything else is dark."""

    def look(connection: Connection) -> tuple[PageFacts, ...]:
        setup = setup_store.load_setup(connection)
        shown = [one for one in crises.published(connection) if one.is_open or not one.is_rehearsal]
        current = next((one.id for one in shown if _is_at_now(one, now)), None)
        known = [crises.know(connection, one.id) for one in shown]
        return tuple(_facts(one, setup, is_current=one.crisis.id == current) for one in known if one is not None)

    return store.read(look)


def _is_at_now(crisis: Crisis, now: datetime) -> bool:
    """It goes on, or has just ended: people who come back read that it is over, and how it ended."""
    is_fresh = crisis.ended_at is None or crisis.ended_at > now - STAYS
    return is_fresh and not crisis.is_rehearsal


def _facts(known: Known, setup: Setup, *, is_current: bool) -> PageFacts:
    crisis = known.crisis
    published_at = crisis.published_at
    assert published_at is not None
    return PageFacts(
        page=crisis.page,
        texts=tuple(_text(known, text) for text in known.texts),
        company=setup.company,
        zone=setup.zone,
        published_at=published_at,
        changed_at=crisis.changed_at or published_at,
        next_update_at=crisis.next_update_at,
        ended_at=crisis.ended_at,
        is_rehearsal=crisis.is_rehearsal,
        is_current=is_current,
    )


def _text(known: Known, text: CrisisText) -> PageText:
    said = text.text
    updates = [PageUpdate(one.at, _in(one.texts, said.language)) for one in reversed(known.updates)]
    answers: tuple[CrisisAnswer, ...] = tuple(reversed(known.answers))
    return PageText(
        language=said.language,
        title=said.page_title or said.title,
        statement=said.statement,
        known=said.known,
        unknown=said.unknown,
        doing=said.doing,
        contact=text.contact,
        updates=tuple(updates),
        answers=answers,
    )


def _in(texts: Mapping[str, str], language: str) -> str:
    """In this language, or as it was said."""
    return texts.get(language) or next(iter(texts.values()), "")
