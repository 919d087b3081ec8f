"""What can stand in the way of passing a story along. Each with its kind sentence in content/words."""

from bot.domain.problems import Problem


class NotOutYet(Problem):
    """The story waits for its slot; what was pressed is an editor's preview."""

    word = "share.problem.not_out_yet"


class NotAPost(Problem):
    """The address is not that of a post on a network we know."""

    word = "share.problem.not_a_post"


class RemindersOff(Problem):
    """The person switched reminders off."""

    word = "share.problem.reminders_off"


class NothingIsKept(Problem):
    """A reminder must be kept until it goes out, and nothing is kept of this person, as they wished."""

    word = "share.problem.nothing_is_kept"


class OverByThen(Problem):
    """The story is past its best-before (`until`) when the reminder would come."""

    word = "share.problem.over_by_then"
