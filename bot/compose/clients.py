"""Who calls Slack, and whose certificates are believed."""

import ssl
from functools import cache

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError

from bot.actions.desk import Me
from bot.config import Settings
from bot.slack.counted import Called, CountedClient


def bot_client(settings: Settings, called: Called = lambda method, error: None) -> CountedClient:
    """A client for the Web API; `called` is told of every call."""
    return CountedClient(called, settings.bot_token, settings.slack_api_url, 10, trusted())


def app_client(settings: Settings, called: Called) -> CountedClient:
    """The same with the app's own token, which opens the socket."""
    return CountedClient(called, settings.app_token, settings.slack_api_url, 30, trusted())


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are believed: one for all connections, as reading them takes longer than a call to Slack."""
    return ssl.create_default_context()


def who_am_i(client: WebClient) -> Me:
    """Ask Slack who the bot is; raises slack_sdk's errors when the token is wrong or Slack is away."""
    try:
        answer = client.auth_test()
    except (AttributeError, TypeError) as error:
        raise SlackRequestError("The answer is none of Slack's.") from error
    return Me(
        str(answer["user_id"]), str(answer.get("bot_id", "")), str(answer["team_id"]), str(answer.get("team", ""))
    )
