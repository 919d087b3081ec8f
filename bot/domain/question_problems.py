"""What can stand in the way of asking and answering. Each with its kind sentence in content/words."""

from bot.domain.problems import Problem


class QuestionGone(Problem):
    """It was withdrawn, or was never there."""

    word = "ask.problem.gone"


class SettledBefore(Problem):
    """Another editor answered or closed it (`name`); what was typed stays in the form."""

    word = "ask.problem.settled"


class SettledBySomebody(Problem):
    """The same, by somebody who is not here any more."""

    word = "ask.problem.settled_by_somebody"


class DilemmaOver(Problem):
    """Comms said what came of it, took the story back, or asks nothing any more."""

    word = "dilemma.problem.over"


class OutcomeSaid(Problem):
    """Another editor said it a moment before; what was typed stays in the form."""

    word = "dilemma.problem.said"


class NotOfHere(Problem):
    """Somebody of another organisation, or a bot, asks."""

    word = "ask.problem.not_of_here"


class NotWithName(Problem):
    """Nothing is kept of this person, as they wished, so their name is not either."""

    word = "ask.problem.not_with_name"


class NoCommsChannel(Problem):
    """There is nowhere to bring it."""

    word = "ask.problem.no_comms"
