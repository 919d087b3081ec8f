"""Whether we are mentioned far more than usual: the brand and its people, not topics."""

from collections import Counter
from datetime import datetime, timedelta

from bot.domain.hook_cards import Surge
from bot.domain.hook_lessons import is_about_us
from bot.domain.hook_rank import is_surge
from bot.store import hooks
from bot.store.engine import Connection

DAY = timedelta(days=1)
KNOWN_DAYS = 28


def find_surge(connection: Connection, now: datetime) -> Surge | None:
    """The last 24 hours against the days before, four weeks at most; a mention is a source of a hook."""
    lately = [each for each in hooks.since(connection, now - DAY * (KNOWN_DAYS + 1)) if is_about_us(each)]
    days = Counter(((now - each.found_at) // DAY, source) for each in lately for source in each.hook.sources)
    mentions = Counter[int]()
    for (day, _), count in days.items():
        mentions[day] += count
    sources = {source for day, source in days if day == 0}
    known = max(mentions, default=0)
    before = [mentions[day] for day in range(1, known + 1)]
    return Surge(mentions[0], len(sources)) if is_surge(mentions[0], len(sources), before) else None
