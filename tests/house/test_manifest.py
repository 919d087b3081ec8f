"""The manifest asks for what the bot uses, and for nothing else."""

import re
from pathlib import Path

from bot.slack.inbound import EVENTS
from bot.slack.manifest import METHOD_SCOPES, SCOPES, bot_events, manifest

# What Slack asks for, to get these events (slack.dev, Events API).
EVENT_SCOPES = {
    "app_home_opened": set(),
    "app_uninstalled": set(),
    "channel_id_changed": set(),
    "tokens_revoked": set(),
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "user_change": {"users:read"},
    "channel_left": {"channels:read"},
    "group_left": {"groups:read"},
} | {
    f"{kind}_{what}": {f"{kind}s:read"}
    for kind in ("channel", "group")
    for what in ("rename", "archive", "unarchive", "deleted")
}


def called_methods() -> set[str]:
    """Every Web API method the messenger names, and those behind the SDK's upload."""
    text = "".join(Path(f"bot/slack/{name}.py").read_text() for name in ("messenger", "upload", "caller"))
    named = set(
        re.findall(
            r'"((?:auth|chat|conversations|files|pins|reactions|team|usergroups|users|views)\.[A-Za-z.]+)"', text
        )
    )
    uploads = {"files.getUploadURLExternal", "files.completeUploadExternal"} if "files_upload_v2" in text else set()
    return named | uploads | {"auth.test"}


def test_every_method_called_is_listed():
    assert called_methods() == set(METHOD_SCOPES)


def test_no_scope_is_missing_and_none_too_many():
    needed = set().union(*METHOD_SCOPES.values(), *EVENT_SCOPES.values(), {"commands"})
    assert needed == set(SCOPES)


def test_every_event_is_subscribed_and_no_other():
    assert set(bot_events()) == set(EVENT_SCOPES)
    assert set(manifest()["settings"]["event_subscriptions"]["bot_events"]) == set(bot_events())
    assert {event.split(".")[0] for event in bot_events()} == set(EVENTS)


def test_slacks_limits_on_a_manifest():
    found = manifest("P" * 35)
    assert len(found["display_information"]["name"]) <= 35
    assert len(found["display_information"]["description"]) <= 140
    [command] = found["features"]["slash_commands"]
    assert len(command["command"]) <= 32
    assert command["should_escape"] is True
