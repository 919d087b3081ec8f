"""The state of a Slack workspace, under one lock: who is there, what was said, what is open."""

from bot.sandbox.permissions import HISTORY_SCOPE, READ_SCOPE
from bot.sandbox.state import Json
from bot.sandbox.workspace_channels import Channels
from bot.sandbox.workspace_messages import Messages
from bot.sandbox.workspace_people import People
from bot.sandbox.workspace_views import Views

__all__ = ["HISTORY_SCOPE", "READ_SCOPE", "Workspace"]


class Workspace(People, Channels, Messages, Views):
    """What the sandbox knows. Times come from `now` (aware UTC). Take `lock` to read several things at once."""

    def apply_manifest(self, manifest: Json) -> None:
        """Take commands, shortcuts, scopes and subscribed events from an app manifest."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        with self.lock:
            self.commands = list(features.get("slash_commands", []))
            self.shortcuts = list(features.get("shortcuts", []))
            self.granted_scopes = set(manifest["oauth_config"]["scopes"].get("bot", []))
            self.subscribed_events = set(settings.get("event_subscriptions", {}).get("bot_events", []))
