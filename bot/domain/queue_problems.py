"""What can be in the way of a change to the queue."""

from bot.domain.problems import Problem


class OverBeforeOut(Problem):
    """The best-before comes before the story goes out (`at`)."""

    word = "queue.problem.over_before_out"


class PausedNow(Problem):
    """All posting is paused, so nothing goes out at once."""

    word = "queue.problem.paused"


class FirstAlready(Problem):
    """There is no earlier place in the queue."""

    word = "queue.problem.first_already"


class InTheWay(Problem):
    """The story before cannot make room."""

    word = "queue.problem.in_the_way"
