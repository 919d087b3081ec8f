"""What somebody is told of what is kept of them, and what they can press below it."""

import json
from typing import Any

from bot.actions.look_at_privacy import gather_own_data
from tests.journeys.one_person import Scene


def said(scene: Scene, user: str) -> dict[str, Any]:
    """What the command answers."""
    before = len(scene.acts.ephemerals(user))
    outcome = scene.acts.command(user, scene.rooms[0], "/passalong privacy")
    assert outcome.acked, outcome
    scene.stand.settle()
    found = scene.acts.ephemerals(user)
    assert len(found) == before + 1
    return found[-1]


def press(scene: Scene, user: str, action: str) -> None:
    message = next(m for m in reversed(scene.acts.ephemerals(user)) if action in json.dumps(m["blocks"]))
    outcome = scene.acts.press(user, action, channel=scene.rooms[0], ts=message["ts"])
    assert outcome.acked, outcome
    scene.stand.settle()


def buttons(message: dict[str, Any]) -> list[str]:
    return [e["action_id"] for block in message["blocks"] for e in block.get("elements", []) if "action_id" in e]


def file_of(scene: Scene, user: str) -> dict[str, Any]:
    found = gather_own_data(scene.desk, scene.asker(user), scene.clock())
    assert found is not None
    return dict(json.loads(found))


def rows(file: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {name: kept["rows"] for name, kept in file["kept"].items()}
