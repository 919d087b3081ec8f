"""What comms hears when something cannot be done for a champion. None of it says what the other one did or chose."""

from bot.domain.problems import Problem


class ListChanged(Problem):
    """This one is not on the list as it is now, whyever that may be."""

    word = "comms.problem.list_changed"


class TabNotUnderstood(Problem):
    """Something else than one of the tabs was asked for."""

    word = "comms.problem.tab_not_understood"


class NoAccount(Problem):
    """They came along in a file, under a name that is no account in Slack."""

    word = "comms.problem.no_account"


class ThankedLately(Problem):
    """Somebody thanked them less than a week ago."""

    word = "thanks.problem.lately"


class AskedBefore(Problem):
    """They were asked whether they wanted to join, and are asked once."""

    word = "invite.problem.asked_before"


class NoChampionsChannel(Problem):
    """There is no such channel, or none any more."""

    word = "invite.problem.no_channel"
