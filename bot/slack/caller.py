"""The only caller of Slack's Web API. Its errors come as ours, sorted by what to do next."""

import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.actions.access import Access
from bot.domain.clean_text import storable
from bot.domain.problems import (
    TOO_MANY,
    AnsweredBadly,
    Cause,
    OutcomeUnknown,
    Refused,
    ScopeMissing,
    SlackTrouble,
    TokenRefused,
    TryLater,
)
from bot.slack.counted import CountedClient
from bot.slack.refusals import is_sorted, sorted_error
from bot.slack.retry_after import seconds_to_wait

log = logging.getLogger(__name__)

_TURNED_AWAY = {500, 503}
_NO_JSON_BUT_A_PAGE = "non-JSON format: <"
"""What the SDK says of a web page."""
QUICK = 2
"""Seconds for a question that is asked before an acknowledgement: that has three."""


class Caller:
    """Calls by the names of their methods, with an eye on what Slack lets us do."""

    def __init__(self, client: CountedClient, access: Access | None = None) -> None:
        self._client = client
        self._access = access or Access()
        self._quick = client.within(QUICK)

    def granted(self) -> frozenset[str] | None:
        """The scopes the token has; None when Slack does not say. TokenRefused when it has none at all."""
        scopes = _answered(self._client, "auth.test", {}, writes=False).headers.get("x-oauth-scopes")
        return frozenset(scope.strip() for scope in scopes.split(",")) if scopes else None

    def _pages(self, method: str, key: str, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        while True:
            more, cursor = self._page(method, key, cursor, **arguments)
            found += more
            if not cursor:
                return found

    def _page(self, method: str, key: str, cursor: str, **arguments: Any) -> tuple[list[Any], str]:
        """One page, and where the next begins; empty at the end."""
        answer = self._read(method, **arguments, **({"cursor": cursor} if cursor else {}))
        return answer.get(key, []), str((answer.get("response_metadata") or {}).get("next_cursor") or "")

    def _read(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._call(method, arguments, writes=False)

    def _read_soon(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Asked while somebody waits, so it is given up soon (TryLater)."""
        with self._minding_access():
            return _called(self._quick, method, arguments, writes=False)

    def _read_dated(self, method: str, **arguments: Any) -> tuple[dict[str, Any], datetime | None]:
        """The answer, and when Slack took up the question, by its own clock."""
        began = time.monotonic()
        with self._minding_access():
            answer = _answered(self._client, method, arguments, writes=False)
        return _body(answer, writes=False), _begun_at(answer, time.monotonic() - began)

    def _write(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._call(method, arguments, writes=True)

    def _call(self, method: str, arguments: dict[str, Any], *, writes: bool) -> dict[str, Any]:
        with self._minding_access():
            return _called(self._client, method, arguments, writes=writes)

    @contextmanager
    def _minding_access(self) -> Iterator[None]:
        """Notice when the token or a scope is gone: that is the same for every call, and is told and mended in one."""
        try:
            yield
        except TokenRefused as refused:
            # Some of these errors are also said of a person; then the token itself still works.
            if not self._access.is_shut and self._is_let_in():
                cause = Cause.PERSON_GONE if refused.error == "account_inactive" else Cause.UNKNOWN
                raise Refused(refused.error, cause) from refused
            self._access.shut(refused.error)
            raise
        except ScopeMissing as missing:
            self._access.miss(missing.needed)
            raise

    def _is_let_in(self) -> bool:
        try:
            self.granted()
        except TokenRefused:
            return False
        return True

    def _to_address(self, address: str, body: dict[str, Any]) -> None:
        """Post to an address that came with what somebody did."""
        try:
            answer = WebhookClient(address, timeout=10, ssl=self._client.ssl, retry_handlers=[]).send_dict(body)
        except (OSError, HTTPException, ValueError) as error:
            raise sorted_out(error, writes=True) from error
        # "ok", or JSON that says so; a web page comes with status 200 too.
        if answer.status_code != 200 or "ok" not in answer.body[:10]:
            raise TryLater(10.0, f"HTTP {answer.status_code}: {answer.body[:60]}")


def _called(client: WebClient, method: str, arguments: Mapping[str, Any], *, writes: bool) -> dict[str, Any]:
    return _body(_answered(client, method, arguments, writes=writes), writes=writes)


def _body(answer: SlackResponse, *, writes: bool) -> dict[str, Any]:
    if not isinstance(answer.data, dict):
        raise OutcomeUnknown("an answer that is not JSON") if writes else TryLater(10.0, "an answer that is not JSON")
    found: dict[str, Any] = storable(answer.data)
    return found


def _begun_at(answer: SlackResponse, took: float) -> datetime | None:
    """When Slack took up a question that it took so many seconds to answer, by its own clock."""
    try:
        answered_at = parsedate_to_datetime(str(answer.headers.get("date")))
    except ValueError:
        return None
    return answered_at - timedelta(seconds=took) if answered_at.tzinfo else None


def _answered(client: WebClient, method: str, arguments: Mapping[str, Any], *, writes: bool) -> SlackResponse:
    given = {name: value for name, value in arguments.items() if value is not None}
    ask = getattr(client, method.replace(".", "_"))
    try:
        answer: SlackResponse = ask(**given)
    # AttributeError: JSON came that is not an object, and the SDK looks for `ok` in it.
    except (SlackClientError, OSError, HTTPException, ValueError, AttributeError) as error:
        raise sorted_out(error, writes=writes) from error
    return answer


def sorted_out(error: Exception, *, writes: bool) -> SlackTrouble:
    """Which of ours an error is: wait, look first, or give up."""
    if isinstance(error, SlackApiError):
        return _sorted_api(error, writes=writes)
    # urllib's own error: the question did not even leave as a whole. What happens later comes as it is.
    if isinstance(error, URLError) or not writes:
        return TryLater(10.0, f"Slack cannot be reached ({type(error).__name__})")
    return OutcomeUnknown(f"the answer was lost ({type(error).__name__})")


def _sorted_api(error: SlackApiError, *, writes: bool) -> SlackTrouble:
    answer = error.response
    status = getattr(answer, "status_code", 200)
    data = getattr(answer, "data", None)
    if status == 429:
        return TryLater(seconds_to_wait(answer.headers.get("Retry-After")), TOO_MANY)
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    # A page of HTML comes back from the SDK with a sentence of its own where Slack has an error string.
    if status >= 500 or not re.fullmatch(r"[a-z0-9_]+", reason):
        turned_away = status in _TURNED_AWAY or (status == 200 and _NO_JSON_BUT_A_PAGE in reason)
        lost = AnsweredBadly if turned_away else OutcomeUnknown
        return lost(f"HTTP {status}") if writes else TryLater(10.0, f"HTTP {status}")
    needed = str(data.get("needed", "")) if isinstance(data, dict) else ""
    trouble = sorted_error(reason, writes=writes, needed=needed)
    if getattr(trouble, "cause", None) in (Cause.TEXT, Cause.OURS) or not is_sorted(reason):
        log.warning("Slack says %s: %s", reason, data.get("response_metadata") if isinstance(data, dict) else None)
    return trouble
