"""What can go wrong when a page is read. Each says whether trying again helps (`again`)."""

from bot.domain.problems import Problem

PASSING = (408, 425, 429)
"""Too slow, too early, too often: answers of a server that may answer better later."""


class PageUnread(Problem):
    """The page could not be read. `url` stands in `params`; `reason`, for the log, may stand there too."""

    word = "page.unread"

    def __init__(self, url: str, reason: str = "") -> None:
        super().__init__(url=url, reason=reason)

    def __str__(self) -> str:
        return f"{self.params['url']}: {self.params['reason'] or self.word}"


class NotAPageAddress(PageUnread):
    """Not an http or https address with a host in it."""

    word = "page.not_an_address"


class AddressRefused(PageUnread):
    """The address leads into a private network, which Passalong does not read from."""

    word = "page.refused"


class PageUnreachable(PageUnread):
    """No such name, no connection, a bad certificate, or an answer that is not HTTP."""

    word = "page.unreachable"
    again = True


class PageTooSlow(PageUnreachable):
    """The page took longer than we wait."""

    word = "page.too_slow"


class TooManyRedirects(PageUnread):
    """The page sends its readers round and round."""

    word = "page.round_and_round"


class PageAnswered(PageUnread):
    """The server answered, with an error: `status` is its number (404, 503…). Some of them pass."""

    word = "page.answered"

    def __init__(self, url: str, status: int) -> None:
        super().__init__(url, f"answered {status}")
        self.status = status
        self.again = status in PASSING or status >= 500
        self.params["status"] = status
