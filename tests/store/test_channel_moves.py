"""A channel gets another id: cards and messages in it are found under the new one."""

from dataclasses import replace

from sqlalchemy import insert, select

from bot.store import setup as setup_store
from bot.store.channel_moves import MOVED, move_channel
from bot.store.tables import ideas, metadata
from tests.conftest import MONDAY

ELSEWHERE = {"deliveries"}
"""There what was sent keeps the id it was sent to; what waits goes by its target."""


def test_every_table_that_knows_a_channel_goes_along():
    known = {table.name for table in metadata.sorted_tables if "channel" in table.columns}
    assert {table.name for table in MOVED} == known - ELSEWHERE


def test_cards_of_ideas_and_the_channels_of_the_set_up_move(store):
    idea = {"link": "", "state": "open", "version": 1, "is_signed": False, "made_at": MONDAY}

    def work(connection):
        connection.execute(insert(ideas).values(**idea, channel="COLD", ts="1.0"))
        setup = setup_store.load_setup(connection)
        setup_store.save_setup(connection, replace(setup, comms_channel="COLD", champions_channel="COLD"), MONDAY)
        for _ in range(2):
            move_channel(connection, "COLD", "CNEW", MONDAY)
        moved = setup_store.load_setup(connection)
        return connection.execute(select(ideas.c.channel)).scalar(), moved.comms_channel, moved.champions_channel

    assert store.write(work) == ("CNEW", "CNEW", "CNEW")
