"""The company's own words, looked at and changed as a list."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, require_editor
from bot.domain.own_words import WordsEditedMeanwhile, mark_of, tidied
from bot.store import own_words
from bot.store.engine import Connection


def look_at_own_words(desk: Desk, asker: Asker) -> tuple[str, ...]:
    """As they were typed. Raises NotForYou."""
    require_editor(asker)
    return desk.store.read(own_words.load)


def take_for_own(desk: Desk, asker: Asker, phrase: str, now: datetime) -> None:
    """The company says this: it counts for nothing from now on. Raises NotForYou, TooManyWords, WordTooLong."""
    require_editor(asker)

    def work(connection: Connection) -> None:
        own_words.hold(connection)
        own_words.save(connection, tidied([*own_words.load(connection), phrase]), now)

    desk.store.write(work)


def save_own_words(desk: Desk, asker: Asker, words: Sequence[str], mark: str, now: datetime) -> None:
    """These, and no others. `mark`: of the list that was changed. Raises NotForYou, WordsEditedMeanwhile."""
    require_editor(asker)

    def work(connection: Connection) -> None:
        own_words.hold(connection)
        known = own_words.load(connection)
        if mark_of(known) not in {mark, mark_of(words)}:
            raise WordsEditedMeanwhile
        own_words.save(connection, words, now)

    desk.store.write(work)
