"""Events that wait are taken together: what comes of it is what comes of one after another, and none harms another."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from bot.actions.take_reactions import Arrived, take_reactions
from bot.domain.happenings import Reacted
from bot.slack.events import Events
from bot.slack.inbound import Inbound
from bot.store.tables import inbox, keyring, reactions, scores, shares
from tests.bench.seed import seed
from tests.bench.slack import CHANNEL

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ONES = st.tuples(
    st.integers(0, 4), st.integers(0, 2), st.sampled_from(["mega", "clap::skin-tone-3", "eyes"]), st.booleans()
)


def everything(store):
    """What is remembered, without the numbers that rows happen to get."""
    columns = {
        reactions: list(reactions.c),
        shares: [column for column in shares.c if column.name != "id"],
        scores: list(scores.c),
        inbox: [inbox.c.event_id, inbox.c.kind, inbox.c.user, inbox.c.handled_at],
    }
    return store.read(lambda c: [sorted(map(repr, c.execute(select(*which)))) for which in columns.values()])


def emptied(store):
    store.write(lambda c: [c.execute(delete(table)) for table in (reactions, shares, scores, inbox)])


def arrived(found, what):
    return [
        Arrived(
            f"Ev{number}",
            Reacted(
                (*found.users, "USTRANGER")[who],
                CHANNEL,
                found.messages[on],
                emoji,
                present,
                NOW + timedelta(minutes=number),
            ),
            NOW,
        )
        for number, (who, on, emoji, present) in enumerate(what)
    ]


def test_together_is_as_one_after_another(store):
    found = seed(store, many_people=4, many_stories=3)

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.lists(ONES, min_size=2, max_size=14))
    def check(what):
        events = arrived(found, what)
        emptied(store)
        for event in events:
            store.write(lambda c, one=event: take_reactions(c, [one]))
        alone = everything(store)
        emptied(store)
        store.write(lambda c: take_reactions(c, events))
        assert everything(store) == alone
        store.write(lambda c: take_reactions(c, events))
        assert everything(store) == alone, "all of it once more changes nothing"

    check()


def test_what_cannot_be_stored_harms_no_other(store):
    def work(connection, numbers):
        for number in numbers:
            if number == 2:
                raise LookupError(number)
            connection.execute(insert(keyring).values(name=f"n{number}", value="x"))
        return [number * 10 for number in numbers]

    answers = store.write_together(work, [1, 2, 3])
    assert (answers[0](), answers[2]()) == (10, 30)
    with pytest.raises(LookupError, match="2"):
        answers[1]()


class AtOnce:
    """Runs what it is given when told."""

    def __init__(self):
        self.work = []

    def submit(self, work):
        self.work.append(work)


def test_an_event_that_cannot_be_read_is_not_acknowledged_and_the_others_are(stand):
    told, workers = [], AtOnce()
    events = Events(Inbound(stand.house.desk, stand.clock, lambda: None).take, told.extend, workers)
    good = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "app_home_opened", "user": "U1"}}
    events.put("one", good)
    events.put("no type", {})
    events.put("no event", {"type": "event_callback", "event_id": "Ev2"})
    events.put("four", {**good, "event_id": "Ev4"})
    assert len(workers.work) == 1, "one worker for all that wait"
    workers.work.pop()()
    assert told == ["one", "four"]
