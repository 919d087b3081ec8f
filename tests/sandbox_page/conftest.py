import struct
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox import Sandbox, Workspace, make_company
from bot.sandbox.page.typing_in import attach
from tests.sandbox_page.gallery import CONTROLS, DATA, TEXTS, pictures
from tests.sandbox_page.gallery_app import GalleryApp

EDITOR, COLLEAGUE = "U00000002", "U00000005"
STORIES, GENERAL, COMMS = "C0GOODSTORY", "C0GENERAL", "C0COMMS"


class SteadyClock:
    """Ten past nine on a Monday; each look is a millisecond later."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 8, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@dataclass(frozen=True)
class Stage:
    """A workspace with an app in it."""

    sandbox: Sandbox
    app: GalleryApp

    def tell(self, **message: object) -> str:
        """The app posts in #good-stories, past all checks; the ts."""
        workspace = self.sandbox.workspace
        channel = str(message.pop("channel", STORIES))
        return str(workspace.add_message(channel, {**workspace.bot_author(), "text": "A story", **message})["ts"])

    def wait_for(self, action_id: str) -> None:
        """Until the app has heard this action; at most five seconds."""
        self._wait(lambda heard: heard.get("action_id") == action_id)

    def wait_for_kind(self, kind: str) -> None:
        """Until the app has heard something of this type."""
        self._wait(lambda heard: heard.get("type") == kind)

    def _wait(self, fits: Callable[[dict[str, Any]], bool]) -> None:
        deadline = time.monotonic() + 5
        while not any(fits(heard) for heard in self.app.heard):
            assert time.monotonic() < deadline, self.app.heard
            time.sleep(0.02)

    def address(self, user: str = EDITOR, channel: str = STORIES, more: str = "") -> str:
        return f"{self.sandbox.url}/?user={user}&channel={channel}{more}"


def png() -> bytes:
    """A small picture: 320 x 180, one green."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + b"\x3f\xa7\x96" * 320) * 180
    header = struct.pack(">IIBBBBB", 320, 180, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def furnish(stage: Stage) -> None:
    """One message of each kind of block, at the top of #good-stories."""
    workspace = stage.sandbox.workspace
    workspace.shortcuts = [
        {"name": "Suggest as story", "type": "message", "callback_id": "suggest", "description": "To comms"}
    ]
    picture = attach(workspace, "picture.png", png())["id"]
    sheet = attach(workspace, "stories.csv", b"title;said\nOne;3\n")
    stage.tell(blocks=TEXTS, text="Texts")
    stage.tell(blocks=DATA, text="Data")
    stage.tell(blocks=pictures(f"{stage.sandbox.url}/page/file/{picture}", picture), text="Pictures")
    stage.tell(text="Here is the list", files=[{**sheet, "filetype": "csv", "size": 16, "title": "stories.csv"}])
    stage.tell(blocks=CONTROLS, text="Controls")


@pytest.fixture(scope="session")
def theatre() -> Iterator[Stage]:
    """One workspace and one app for all tests of the page; starting them takes longer than most tests."""
    with Sandbox(Workspace(make_company(12), SteadyClock())) as sandbox:
        stage = Stage(sandbox, GalleryApp(sandbox))
        stage.app.start()
        yield stage
        stage.app.stop()


@pytest.fixture
def stage(theatre: Stage) -> Stage:
    """The workspace with nothing in it but the gallery."""
    workspace = theatre.sandbox.workspace
    with workspace.lock:
        for memory in (workspace.ephemerals, workspace.stacks, workspace.homes, workspace.views, workspace.files):
            memory.clear()
        for channel in workspace.channels.values():
            channel.messages.clear()
            channel.typed.clear()
    theatre.app.heard.clear()
    furnish(theatre)
    return theatre
