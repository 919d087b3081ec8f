"""What *Not this* taught, as it is now, and the way back."""

from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, require_editor
from bot.domain.hook_lessons import REMEMBERED, Lesson, lesson_key, lessons_of
from bot.store import hooks
from bot.store.engine import Connection


def lessons_now(connection: Connection, now: datetime) -> tuple[Lesson, ...]:
    """Every lesson that holds."""
    answered = hooks.answered_since(connection, now - REMEMBERED)
    return lessons_of(answered, hooks.undone(connection), hooks.mutes(connection), now) if answered else ()


def unlearn(desk: Desk, asker: Asker, kind: str, what: str, now: datetime) -> bool:
    """It counts from nothing again. Answers whether there was such a lesson. Raises NotForYou."""
    require_editor(asker)
    key = lesson_key(kind, what)

    def work(connection: Connection) -> bool:
        hooks.hold(connection)
        if key not in {lesson.key for lesson in lessons_now(connection, now)}:
            return False
        # What was undone longer ago than anything is remembered says nothing any more.
        kept = {each: at for each, at in hooks.undone(connection).items() if at > now - REMEMBERED}
        hooks.save_undone(connection, kept | {key: now}, now)
        return True

    return desk.store.write(work)
