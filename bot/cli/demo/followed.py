"""What the bot says of who followed links, as editors and `passalong links readers` get it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from bot.domain.clicks import Followed
from bot.store import people, stories
from bot.store.engine import Connection, Store
from bot.store.readers import readers_by_story


def followed_by_story(store: Store) -> Mapping[str, Counter[str]]:
    """How often each kind came, by the story's title."""

    def read(connection: Connection) -> Mapping[str, Counter[str]]:
        found = readers_by_story(connection)
        titles = {id_: story.title for id_, story in stories.find_many(connection, list(found)).items()}
        return {titles[id_]: _counted(followed) for id_, followed in found.items()}

    return store.read(read)


def followed_by_person(store: Store, users: Iterable[str]) -> Mapping[str, Counter[str]]:
    """The same for the links of each of these people, by Slack id."""

    def read(connection: Connection) -> Mapping[str, Counter[str]]:
        known = {user: people.by_user(connection, user) for user in users}
        return {user: _of_person(connection, person.id) for user, person in known.items() if person is not None}

    return store.read(read)


def _of_person(connection: Connection, person_id: int) -> Counter[str]:
    return sum(map(_counted, readers_by_story(connection, person_id=person_id).values()), Counter())


def _counted(followed: Followed) -> Counter[str]:
    return Counter(asdict(followed))
