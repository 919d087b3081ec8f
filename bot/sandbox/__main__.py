"""python -m bot.sandbox: the sandbox alone, until Ctrl-C."""

import argparse
import time
from datetime import UTC, datetime

from bot.sandbox import Sandbox, Workspace, make_company
from bot.sandbox.methods_doc import methods_document


def _now() -> datetime:
    return datetime.fromtimestamp(time.time_ns() / 1e9, UTC)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A Slack to try a bot on.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--methods", action="store_true", help="print docs/sandbox.md and end")
    wanted = parser.parse_args()
    if wanted.methods:
        print(methods_document(), end="")  # noqa: T201
        return
    workspace = Workspace(make_company(wanted.people, wanted.seed), _now)
    with Sandbox(workspace, wanted.port) as sandbox:
        for name, value in _lines(sandbox):
            print(f"{name}={value}", flush=True)  # noqa: T201
        try:
            _wait(sandbox)
        except KeyboardInterrupt:
            return


def _lines(sandbox: Sandbox) -> list[tuple[str, str]]:
    return [
        ("SANDBOX_URL", sandbox.url),
        ("SLACK_API_URL", sandbox.api_url),
        ("SLACK_BOT_TOKEN", sandbox.bot_token),
        ("SLACK_APP_TOKEN", sandbox.app_token),
    ]


def _wait(sandbox: Sandbox) -> None:
    while not sandbox.stopping.wait(3600):
        pass


if __name__ == "__main__":
    main()
