"""What a person chooses in Home: language, networks, reminders, quiet hours, by name or not."""

from dataclasses import replace
from datetime import datetime

from bot.actions.answer_standing import put_answer
from bot.actions.desk import Desk
from bot.actions.who_asks import Asker, remember
from bot.domain.people import Preferences, Standing
from bot.domain.topics import LATELY, to_choose_from
from bot.store import people, stories
from bot.store.engine import Connection


def save_preferences(
    desk: Desk, asker: Asker, preferences: Preferences, standing: Standing | None, now: datetime
) -> bool:
    """Keep the choices. `standing` None: the question of the three states stays as it is.

    Networks chosen before keep their place, last used on top. False: nothing may be kept of this person.
    """

    def work(connection: Connection) -> bool:
        person = remember(connection, desk, asker.profile, now)
        if person is None:
            return False
        ordered = _in_order(person.preferences.networks, preferences.networks)
        people.set_preferences(connection, person.id, replace(preferences, networks=ordered))
        if standing is not None:
            put_answer(connection, person, standing, now)
        return True

    return desk.store.write(work)


def topics_to_choose(desk: Desk, asker: Asker, now: datetime) -> tuple[str, ...]:
    """What stories were about lately, and what this person follows, whatever became of it."""
    mine = asker.person.preferences.topics if asker.person else ()
    lately = desk.store.read(lambda connection: stories.topics_since(connection, now - LATELY))
    return to_choose_from(lately, mine)


def _in_order(before: tuple[str, ...], chosen: tuple[str, ...]) -> tuple[str, ...]:
    return (*(key for key in before if key in chosen), *(key for key in chosen if key not in before))
