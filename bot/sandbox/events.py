"""What the app is told: which events reach it, and the shape of everything that does."""

from bot.sandbox.socket import SocketMode
from bot.sandbox.state import Channel, Ephemeral, Json, View
from bot.sandbox.workspace import HISTORY_SCOPE, READ_SCOPE, Workspace

MESSAGE_EVENT = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}
SCOPES = {
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "subteam_members_changed": "usergroups:read",
    "link_shared": "links:read",
}
VERIFICATION_TOKEN = "sandbox-verification"


class Dispatcher:
    """Hands a workspace's events to Socket Mode, if the app may see them."""

    def __init__(self, workspace: Workspace, socket: SocketMode) -> None:
        self.workspace, self.socket = workspace, socket
        workspace.emit = self.emit

    def emit(self, event: Json, channel_id: str | None) -> None:
        if self._visible(event, channel_id):
            self.socket.publish(self.envelope(event))

    def _visible(self, event: Json, channel_id: str | None) -> bool:
        workspace = self.workspace
        channel = workspace.channels.get(channel_id) if channel_id else None
        if channel is not None and workspace.bot_user not in channel.members and event["type"] != "link_shared":
            return False
        scope = scope_of(event, channel)
        return subscription_of(event, channel) in workspace.subscribed_events and (
            scope is None or scope in workspace.granted_scopes
        )

    def envelope(self, event: Json) -> Json:
        """The outer part that all events have."""
        workspace = self.workspace
        number = workspace.next_number()
        bot = {"enterprise_id": None, "team_id": workspace.team_id, "user_id": workspace.bot_user}
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": workspace.team_id,
            "api_app_id": workspace.app_id,
            "event": {"event_ts": workspace.next_ts(), **event},
            "type": "event_callback",
            "event_id": f"Ev{number:010d}",
            "event_time": workspace.clock_seconds(),
            "authorizations": [{**bot, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{number}",
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
        }


def subscription_of(event: Json, channel: Channel | None) -> str:
    """The name an app subscribes to."""
    if event["type"] == "message" and channel is not None:
        return MESSAGE_EVENT[channel.kind]
    return str(event["type"])


def scope_of(event: Json, channel: Channel | None) -> str | None:
    kind = str(event["type"])
    if kind == "message" and channel is not None:
        return HISTORY_SCOPE[channel.kind]
    if kind.startswith(("channel_", "group_", "member_")) and channel is not None:
        return READ_SCOPE[channel.kind]
    return SCOPES.get(kind)


class Interactions:
    """The payloads of what people do: commands, presses, submits, shortcuts."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def command(self, user: str, channel: Channel, command: str, text: str) -> Json:
        w = self.workspace
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": w.team_id,
            "team_domain": w.company.domain,
            "channel_id": channel.id,
            "channel_name": channel_name(channel),
            "user_id": user,
            "user_name": w.people[user].name,
            "command": command,
            "text": text,
            "api_app_id": w.app_id,
            "is_enterprise_install": "false",
            "response_url": w.new_response_url(user, channel.id),
            "trigger_id": w.new_trigger(user),
        }

    def _base(self, kind: str, user: str, view_id: str | None = None) -> Json:
        w = self.workspace
        return {
            "type": kind,
            "user": w.user_ref(user),
            "api_app_id": w.app_id,
            "token": VERIFICATION_TOKEN,
            "trigger_id": w.new_trigger(user, view_id),
            "team": {"id": w.team_id, "domain": w.company.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def press_in_message(self, user: str, channel: Channel, message: Json, action: Json, state: Json) -> Json:
        ts = message["ts"]
        container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": False}
        return {
            **self._base("block_actions", user),
            "container": container,
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "message": plain_message(message),
            "state": {"values": state},
            "response_url": self.workspace.new_response_url(user, channel.id, ts),
            "actions": [self._stamped(action)],
        }

    def press_in_ephemeral(self, channel: Channel, shown: Ephemeral, action: Json, state: Json) -> Json:
        ts = shown.message["ts"]
        container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": True}
        return {
            **self._base("block_actions", shown.user),
            "container": container,
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "state": {"values": state},
            "response_url": self.workspace.new_response_url(shown.user, channel.id, ts, ephemeral=True),
            "actions": [self._stamped(action)],
        }

    def press_in_view(self, user: str, view: View, action: Json) -> Json:
        return {
            **self._base("block_actions", user, view.id),
            "container": {"type": "view", "view_id": view.id},
            "view": self.workspace.view_json(view),
            "actions": [self._stamped(action)],
        }

    def _stamped(self, action: Json) -> Json:
        return {**action, "action_ts": self.workspace.next_ts()}

    def submission(self, user: str, view: View) -> Json:
        payload = {"view": self.workspace.view_json(view), "response_urls": list[Json]()}
        return {**self._base("view_submission", user, view.id), **payload}

    def closed(self, user: str, view: View, *, cleared: bool) -> Json:
        base = self._base("view_closed", user)
        del base["trigger_id"]
        return {**base, "view": self.workspace.view_json(view), "is_cleared": cleared}

    def message_shortcut(self, user: str, channel: Channel, message: Json, callback_id: str) -> Json:
        return {
            **self._base("message_action", user),
            "action_ts": self.workspace.next_ts(),
            "callback_id": callback_id,
            "channel": {"id": channel.id, "name": channel_name(channel)},
            "message_ts": message["ts"],
            "message": plain_message(message),
            "response_url": self.workspace.new_response_url(user, channel.id, message["ts"]),
        }

    def global_shortcut(self, user: str, callback_id: str) -> Json:
        base = self._base("shortcut", user)
        return {**base, "action_ts": self.workspace.next_ts(), "callback_id": callback_id}


def channel_name(channel: Channel) -> str:
    return {"im": "directmessage", "group": "privategroup"}.get(channel.kind, channel.name)


def plain_message(message: Json) -> Json:
    """A message as interactions carry it: the metadata's type alone, no reactions' authors lost."""
    shown = dict(message)
    if "metadata" in shown:
        shown["metadata"] = {"event_type": shown["metadata"]["event_type"]}
    return shown
