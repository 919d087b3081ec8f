"""What people hear when something cannot be done with an idea."""

from bot.domain.graphemes import start_of
from bot.domain.problems import Problem

SHOWN = 80
"""So much of what went in before is shown, to tell which it was."""


class NothingSuggested(Problem):
    """Neither a link nor words."""

    word = "ideas.problem.nothing"


class NotAColleague(Problem):
    """Ideas are for people of the company."""

    word = "ideas.problem.outsider"


class ManyIdeas(Problem):
    """More in a day than comms can answer."""

    word = "ideas.problem.many"


class IdeaWentIn(Problem):
    """This window sent something else before, which begins with `text`; `word`: whether they are thanked for it."""

    def __init__(self, word: str, text: str) -> None:
        super().__init__(text=start_of(text, SHOWN))
        self.word = word


class IdeaGone(Problem):
    """It was taken back, or is forgotten."""

    word = "ideas.problem.gone"


class IdeaAnswered(Problem):
    """Somebody else of comms was first."""

    word = "ideas.problem.answered"
