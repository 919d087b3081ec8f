"""Which ready texts brought readers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from bot.domain.what_worked import Caption
from bot.store.links import OURS
from bot.store.tables import captions, link_days, links, shares, stories


def captions_read(connection: Connection, since: datetime, first_day: int, most: int) -> list[Caption]:
    """Texts that went along unchanged with links minted since then, by readers from that day on; most first."""
    readers = func.sum(link_days.c.readers).label("readers")
    query = (
        select(stories.c.title, captions.c.text, readers)
        .select_from(_shares_with_links())
        .where(shares.c.own_words.is_(False), links.c.minted_at >= since, link_days.c.day >= first_day)
        .group_by(captions.c.id, captions.c.text, stories.c.title)
        .having(readers > 0)
        .order_by(readers.desc(), captions.c.id)
        .limit(most)
    )
    return [Caption(title, text, int(number)) for title, text, number in connection.execute(query)]


def readers_by_day(connection: Connection, first_day: int) -> dict[int, int]:
    """All readers of each day from this one on; days without any are not in it."""
    readers = func.sum(link_days.c.readers)
    query = select(link_days.c.day, readers).where(link_days.c.day >= first_day, link_days.c.readers > 0)
    return {day: int(number) for day, number in connection.execute(query.group_by(link_days.c.day))}


def _shares_with_links() -> Any:
    same = and_(
        links.c.person_id == shares.c.person_id,
        links.c.story_id == shares.c.story_id,
        links.c.network == shares.c.network,
        links.c.share == OURS,
    )
    found = shares.join(captions, captions.c.id == shares.c.caption_id).join(links, same)
    return found.join(link_days, link_days.c.link_id == links.c.id).join(stories, stories.c.id == shares.c.story_id)
