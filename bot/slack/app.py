"""The Bolt app: every id has a listener, events have none."""

from concurrent.futures import Executor

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack import listeners
from bot.slack.front import Front
from bot.slack.inbound import Inbound


def build_app(client: WebClient, front: Front, executor: Executor, inbound: Inbound) -> App:
    """Join everything to Bolt. Nothing is sent; `auth.test` was done by compose."""
    me = front.desk.me

    def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=me.team, bot_token=client.token, bot_id=me.bot_id, bot_user_id=me.user
        )

    app = App(
        client=WebClient(base_url=client.base_url, retry_handlers=[]),
        authorize=authorize,
        listener_executor=executor,
        before_authorize=inbound.middleware,
        ignoring_self_events_enabled=False,
        request_verification_enabled=False,
        url_verification_enabled=False,
        ssl_check_enabled=False,
    )
    listeners.register(app, front)
    return app
