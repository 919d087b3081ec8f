"""Leaving, in one click: the same state as *don't count me*."""

from datetime import datetime

from bot.actions.answer_standing import answer_standing
from bot.actions.desk import Desk
from bot.actions.who_asks import Asker
from bot.domain.people import Standing


def leave_program(desk: Desk, asker: Asker, now: datetime) -> bool:
    """From now on nothing of this person is stored; what is owed to them is called off. False: nothing was kept."""
    return answer_standing(desk, asker, Standing.OUT, now)
