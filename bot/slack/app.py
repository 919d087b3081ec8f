"""The Bolt app: every id has a listener, events have none."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.domain.clean_text import storable
from bot.slack import listeners
from bot.slack.front import Front
from bot.slack.inbound import inbound


def build_app(client: WebClient, front: Front, executor: Executor, rebuild: Any) -> App:
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
        before_authorize=_storable_first(inbound(front.desk, front.clock, rebuild)),
        ignoring_self_events_enabled=False,
        request_verification_enabled=False,
        url_verification_enabled=False,
        ssl_check_enabled=False,
    )
    listeners.register(app, front)
    return app


def _storable_first(receive: Callable[..., Any]) -> Callable[..., Any]:
    """What people typed may hold half an emoji, or NUL: no database takes that, so it stops at the door."""

    def at_the_door(req: BoltRequest, next: Callable[[], BoltResponse]) -> Any:
        req.body = storable(req.body)
        return receive(req=req, next=next)

    return at_the_door
