"""The editors' sheet: one row a story that went out."""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO

from bot.actions.desk import Desk
from bot.actions.show_home import count_stories
from bot.actions.who_asks import Asker, remember, require_editor
from bot.domain.clicks import APART
from bot.domain.digest import StoryCount
from bot.domain.local_time import local
from bot.domain.sheet_cells import defused
from bot.store import editor_steps, stories
from bot.store.engine import Connection

EVERY = 10_000
COLUMNS = ("title", "link", "posted", "opened", "said", "readers", "not_for_me", *APART)


def export_stories(desk: Desk, asker: Asker, heads: Sequence[str], now: datetime) -> bytes:
    """CSV in UTF-8 with a byte order mark, so that spreadsheets read it right; newest story first.

    `heads`: the names of the columns, one for each of COLUMNS. Times are the asker's own. Without a public address no
    link can be followed, and those cells stay empty: nought would say that somebody looked.

    Raises:
        NotForYou.
    """
    require_editor(asker)

    def work(connection: Connection) -> tuple[StoryCount, ...]:
        person = remember(connection, desk, asker.profile, now)
        editor_steps.note(connection, person.key if person else None, "export", now)
        return count_stories(connection, stories.posted(connection, EVERY))

    counts = desk.store.write(work)
    rows = [_row(count, asker.zone, counts_readers=bool(desk.public_url)) for count in counts]
    return sheet([list(heads), *rows])


def _row(count: StoryCount, zone: str, *, counts_readers: bool) -> list[object]:
    story = count.story
    posted = local(story.posted_at, zone).strftime("%Y-%m-%d %H:%M") if story.posted_at else ""
    readers, *apart = (getattr(count.followed, name) if counts_readers else "" for name in ("readers", *APART))
    known = [defused(story.title), defused(story.link), posted, count.opened, count.said]
    return [*known, readers, story.not_for_me, *apart]


def sheet(rows: Sequence[Sequence[object]]) -> bytes:
    """CSV in UTF-8 with a byte order mark; the first row is the head."""
    text = StringIO(newline="")
    # In quotes: a spreadsheet whose cells are parted by ";" must not find one inside a title.
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
