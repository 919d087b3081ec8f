from collections.abc import Callable, Iterator

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox, Workspace, make_company
from bot.slack.connect import stop_reading
from tests.sandbox.asking import SteppingClock, until


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def sandbox(clock: SteppingClock) -> Iterator[Sandbox]:
    workspace = Workspace(make_company(people=12, seed=3), clock)
    workspace.limits = False
    with Sandbox(workspace, real_time=False) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[], timeout=10)


@pytest.fixture
def app(sandbox: Sandbox) -> App:
    return App(client=WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, retry_handlers=[]))


@pytest.fixture
def connect(sandbox: Sandbox, app: App) -> Iterator[Callable[[], SocketModeHandler]]:
    """Opens a Socket Mode connection for the app; closed at the end."""
    handlers: list[SocketModeHandler] = []

    def open_one() -> SocketModeHandler:
        web = WebClient(token=sandbox.app_token, base_url=sandbox.api_url)
        handler = SocketModeHandler(app, sandbox.app_token, web_client=web, ping_interval=0.2)
        handlers.append(handler)
        before = len(sandbox.socket.connections)
        handler.connect()
        until(lambda: len(sandbox.socket.connections) > before)
        return handler

    yield open_one
    for handler in handlers:
        stop_reading(handler.client)
        handler.close()


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[Sandbox]:
    """One for a whole table of refusals, which leave nothing behind."""
    workspace = Workspace(make_company(people=12, seed=3), SteppingClock())
    workspace.limits = False
    with Sandbox(workspace, real_time=False) as running:
        yield running


@pytest.fixture(scope="module")
def module_client(module_sandbox: Sandbox) -> WebClient:
    return WebClient(token=module_sandbox.bot_token, base_url=module_sandbox.api_url, retry_handlers=[], timeout=10)


@pytest.fixture
def module_trigger(module_sandbox: Sandbox) -> str:
    return module_sandbox.workspace.new_trigger("U00000001")
