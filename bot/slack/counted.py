"""Slack's Web API, with every call and every error counted by method: for who wants to know how Slack treats us."""

import re
from collections.abc import Callable
from http.client import HTTPException
from ssl import SSLContext
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

Called = Callable[[str, str | None], None]
"""Told of every call: its method, and Slack's error string, or our word for why there is no answer."""


class CountedClient(WebClient):
    """The SDK's client, that never sends twice by itself: what to do after a lost answer is for others to decide."""

    def __init__(
        self, called: Called, token: str | None, base_url: str, seconds: int, tls: SSLContext | None = None
    ) -> None:
        super().__init__(token=token, base_url=base_url, timeout=seconds, ssl=tls, retry_handlers=[])
        self._called = called

    def within(self, seconds: int) -> "CountedClient":
        """The same, that waits no longer than this for an answer."""
        return CountedClient(self._called, self.token, self.base_url, seconds, self.ssl)

    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        """Ask Slack."""
        try:
            answer = super().api_call(api_method, **arguments)
        except (SlackClientError, OSError, HTTPException, ValueError, AttributeError) as error:
            self._called(api_method, _kind(error))
            raise
        self._called(api_method, None)
        return answer


def _kind(error: Exception) -> str:
    """One of few words: what Slack calls it, or what became of the answer."""
    if not isinstance(error, SlackApiError):
        return "no_answer"
    if error.response.status_code == 429:
        return "ratelimited"
    data = error.response.data
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    return reason if re.fullmatch(r"[a-z0-9_]{1,60}", reason) else f"http_{error.response.status_code}"
