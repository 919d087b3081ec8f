"""The app manifest: what the app asks of Slack, no more, each with its reason."""

from collections.abc import Mapping
from typing import Any

from bot.slack import ids
from bot.slack.inbound import EVENTS

SCOPES: Mapping[str, str] = {
    "channels:history": "finding a message again whose answer was lost, so that nothing is posted twice",
    "channels:read": "names and members of the channels the bot was invited to",
    "chat:write": "posting stories, digests and direct messages",
    "commands": "`/passalong`, and *Suggest to comms* in the menu of a message",
    "files:write": "handing an editor the CSV of stories, and anybody what is kept of them; the picture of a digest "
    "where Slack draws no charts",
    "groups:history": "the same as `channels:history`, for private channels it was invited to",
    "groups:read": "the same as `channels:read`, for private channels it was invited to",
    "im:history": "the same as `channels:history`, in the bot's own conversation with a person: for the messages of a "
    "crisis, where one that is missing matters as much as one that comes twice",
    "im:write": "opening that conversation, to look there",
    "pins:write": "pinning what is known in a crisis to the channels it is told in",
    "reactions:read": "counting the share reaction under a story",
    "reactions:write": "putting the share reaction there first",
    "usergroups:read": "editors and teams by user group (paid plans; may be left out)",
    "users.profile:read": "the team of who takes part, from a field of their profile, if an admin chose one (may be "
    "left out)",
    "users:read": "language, time zone, and whether somebody is a colleague, a guest or a bot",
}

OPTIONAL = frozenset({"usergroups:read", "users.profile:read"})
NEEDED = frozenset(SCOPES) - OPTIONAL
"""What the bot asks an admin to mend when it is missing; the set-up says what comes of leaving the others out."""

METHOD_SCOPES: Mapping[str, frozenset[str]] = {
    "auth.test": frozenset(),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": frozenset(),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.info": frozenset({"channels:read", "groups:read"}),
    "conversations.members": frozenset({"channels:read", "groups:read"}),
    "conversations.open": frozenset({"im:write"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.delete": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "pins.add": frozenset({"pins:write"}),
    "reactions.add": frozenset({"reactions:write"}),
    "reactions.get": frozenset({"reactions:read"}),
    "team.profile.get": frozenset({"users.profile:read"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.conversations": frozenset({"channels:read", "groups:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.profile.get": frozenset({"users.profile:read"}),
    "views.open": frozenset(),
    "views.publish": frozenset(),
    "views.push": frozenset(),
    "views.update": frozenset(),
}
"""Every method the messenger calls, with the bot scopes it needs (channels and direct messages together)."""


SHORTCUTS: Mapping[str, tuple[str, str, str]] = {
    ids.SUGGEST_THIS: (
        "Suggest to comms",
        "Good enough for outside? Comms looks at it, and you hear back",
        "an idea comes to comms out of the message it stands in: the bot sees that one, when somebody chooses it",
    ),
}
"""What stands in the menu of every message, by callback_id: its name, its description, and what for."""


def manifest(name: str = "Passalong") -> dict[str, Any]:
    """The manifest, schema version 2, for Socket Mode."""
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": name,
            "description": "Good stories from your colleagues, passed along in two taps.",
            "background_color": "#1f3a5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "shortcuts": [
                {"name": title, "type": "message", "callback_id": callback, "description": description}
                for callback, (title, description, _) in SHORTCUTS.items()
            ],
            "slash_commands": [
                {
                    "command": ids.COMMAND,
                    "description": "Good stories: pass them along, or (comms) queue them",
                    "usage_hint": "help | ask | suggest [link] | leaderboard | privacy | queue [link] | list | crisis",
                    "should_escape": True,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": bot_events()},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def bot_events() -> list[str]:
    """The events to subscribe to; `message` is two in the manifest, for public and private channels."""
    named = [event for event in EVENTS if event != "message"]
    return sorted([*named, "message.channels", "message.groups"])


def scopes_table() -> str:
    """The scopes with their reasons, for the docs."""
    rows = [f"| `{scope}` | {reason} |" for scope, reason in sorted(SCOPES.items())]
    return "\n".join(["| scope | what for |", "| --- | --- |", *rows])


def shortcuts_table() -> str:
    """The shortcuts with their reasons, for the docs."""
    rows = [f"| *{title}* | {reason} |" for title, _, reason in SHORTCUTS.values()]
    return "\n".join(["| in the menu of a message | what for |", "| --- | --- |", *rows])
