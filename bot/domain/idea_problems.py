"""What people hear when something cannot be done with an idea."""

from bot.domain.problems import Problem


class NothingSuggested(Problem):
    """Neither a link nor words."""

    word = "ideas.problem.nothing"


class NotAColleague(Problem):
    """Ideas are for people of the company."""

    word = "ideas.problem.outsider"


class ManyIdeas(Problem):
    """More in a day than comms can answer."""

    word = "ideas.problem.many"


class IdeaGone(Problem):
    """It was taken back, or is forgotten."""

    word = "ideas.problem.gone"


class IdeaAnswered(Problem):
    """Somebody else of comms was first."""

    word = "ideas.problem.answered"
