"""What Slack sends, as it looks on the wire."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from tests.bench.seed import Seeded
from tests.bench.slack import BOT, CHANNEL, TEAM

_numbers = itertools.count(1)


def reactions(seeded: Seeded) -> Iterator[dict[str, Any]]:
    """Bodies of events: each person reacts to each story once, so that every one makes a share."""
    for ts, user in itertools.product(seeded.messages, seeded.users):
        yield reaction(user, ts)


def reaction(user: str, ts: str) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "token": "one",
        "team_id": TEAM,
        "api_app_id": "A0BENCH001",
        "event": {
            "type": "reaction_added",
            "user": user,
            "reaction": "mega",
            "item": {"type": "message", "channel": CHANNEL, "ts": ts},
            "item_user": BOT,
            "event_ts": f"{1_774_000_000 + number // 100}.{number % 100:02d}0000",
        },
        "type": "event_callback",
        "event_id": f"Ev{number:010d}",
        "event_time": 1_774_000_000 + number // 100,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-eyJldCI6InJlYWN0aW9uX2FkZGVkIn0",
    }


def command(user: str) -> dict[str, Any]:
    """`/passalong help`."""
    return {
        "token": "one",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "good-stories",
        "user_id": user,
        "user_name": "somebody",
        "command": "/passalong",
        "text": "help",
        "api_app_id": "A0BENCH001",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/respond",
        "trigger_id": "1.2.3",
    }


def envelope(kind: str, payload: dict[str, Any]) -> tuple[str, str]:
    """The envelope's id, and its text."""
    name = f"envelope-{next(_numbers):010d}"
    message = {"envelope_id": name, "payload": payload, "type": kind, "accepts_response_payload": kind != "events_api"}
    return name, json.dumps(message)


def events(bodies: list[dict[str, Any]]) -> dict[str, str]:
    """Texts by the id of their envelope."""
    return dict(envelope("events_api", body) for body in bodies)
