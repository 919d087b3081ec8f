"""Messages, reactions and ephemerals."""

import copy

from bot.sandbox.elements import with_ids
from bot.sandbox.state import Channel, Ephemeral, Json
from bot.sandbox.workspace_base import WorkspaceBase

MOST_EMOJI, MOST_REACTIONS = 50, 23  # on a message; by one person on a message (not documented, believed)


class Messages(WorkspaceBase):
    """What was said."""

    def add_message(self, channel_id: str, message: Json) -> Json:
        """Put a message in a channel and tell the app; it gets its ts here."""
        with self.lock:
            channel = self.channels[channel_id]
            message = {"type": "message", **message, "ts": self.next_ts(), "team": self.team_id}
            if "blocks" in message:
                message["blocks"] = with_ids(message["blocks"], lambda: self.fresh_id("b"))
            channel.messages[message["ts"]] = message
            self._count_reply(channel, message)
            self.emit(self._message_event(channel, message), channel_id)
        self.bump()
        return message

    def _count_reply(self, channel: Channel, message: Json) -> None:
        parent = channel.messages.get(message.get("thread_ts", ""))
        if parent is not None and parent is not message:
            message["parent_user_id"] = parent.get("user")
            parent["thread_ts"], parent["reply_count"] = parent["ts"], parent.get("reply_count", 0) + 1
            parent["latest_reply"] = message["ts"]

    def _message_event(self, channel: Channel, message: Json) -> Json:
        event = copy.deepcopy({key: value for key, value in message.items() if key != "reactions"})
        return {**event, "channel": channel.id, "channel_type": channel.kind, "event_ts": message["ts"]}

    def change_message(self, channel_id: str, ts: str, changes: Json) -> Json:
        """Edit a message: `changes` replace its fields, a value of None takes the field away."""
        with self.lock:
            channel = self.channels[channel_id]
            before = copy.deepcopy(channel.messages[ts])
            message = {k: v for k, v in (channel.messages[ts] | changes).items() if v is not None}
            if "blocks" in changes and message.get("blocks"):
                message["blocks"] = with_ids(message["blocks"], lambda: self.fresh_id("b"))
            channel.messages[ts] = message
            self._tell_hidden(channel, "message_changed", {"message": copy.deepcopy(message)}, before)
        self.bump()
        return message

    def delete_message(self, channel_id: str, ts: str) -> None:
        with self.lock:
            channel = self.channels[channel_id]
            before = channel.messages.pop(ts)
            channel.typed.pop(ts, None)
            self._tell_hidden(channel, "message_deleted", {"deleted_ts": ts}, before)
        self.bump()

    def _tell_hidden(self, channel: Channel, subtype: str, what: Json, before: Json) -> None:
        event = {"type": "message", "subtype": subtype, "hidden": True, "channel": channel.id, "ts": self.next_ts()}
        event |= {"channel_type": channel.kind, "event_ts": event["ts"], "previous_message": before, **what}
        self.emit(event, channel.id)

    def react(self, channel_id: str, ts: str, emoji: str, user: str, *, remove: bool = False) -> None:
        """Add or take back a reaction. Raises ValueError with Slack's error string when that is impossible."""
        with self.lock:
            message = self.channels[channel_id].messages[ts]
            reactions: list[Json] = message.setdefault("reactions", [])
            found = next((r for r in reactions if r["name"] == emoji), None)
            if remove:
                _take_back(reactions, found, user)
            else:
                _put(reactions, found, emoji, user)
            if not reactions:
                del message["reactions"]
            self.emit(self._reaction_event(channel_id, message, emoji, user, remove), channel_id)
        self.bump()

    def pin(self, channel_id: str, ts: str, *, pinned: bool = True) -> None:
        """Pin a message to its channel, or take the pin out; without an event, which would need `pins:read`."""
        with self.lock:
            message = self.channels[channel_id].messages[ts]
            if pinned:
                message["pinned_to"] = [channel_id]
            else:
                message.pop("pinned_to", None)
        self.bump()

    def pinned(self, channel_id: str) -> list[Json]:
        """What is pinned to a channel, oldest first."""
        with self.lock:
            return [message for message in self.channels[channel_id].messages.values() if message.get("pinned_to")]

    def heard(self) -> dict[str, list[str]]:
        """When each person got direct messages of the app: their ts, oldest first. Who got none is not in it."""
        with self.lock:
            found = {
                channel.person: [ts for ts, message in channel.messages.items() if message.get("user") == self.bot_user]
                for channel in self.channels.values()
                if channel.kind == "im"
            }
        return {person: times for person, times in found.items() if times}

    def _reaction_event(self, channel_id: str, message: Json, emoji: str, user: str, remove: bool) -> Json:
        event = {
            "type": "reaction_removed" if remove else "reaction_added",
            "user": user,
            "reaction": emoji,
            "item": {"type": "message", "channel": channel_id, "ts": message["ts"]},
            "event_ts": self.next_ts(),
        }
        return event | ({"item_user": message["user"]} if message.get("user") else {})

    def add_ephemeral(self, channel_id: str, user: str, message: Json) -> Json:
        """Show something to one person only; no event."""
        with self.lock:
            message = {"type": "message", **message, "ts": self.next_ts(), "is_ephemeral": True}
            if "blocks" in message:
                message["blocks"] = with_ids(message["blocks"], lambda: self.fresh_id("b"))
            self.ephemerals.append(Ephemeral(channel_id, user, message))
        self.bump()
        return message

    def bot_author(self) -> Json:
        """The fields that say that a message is the app's."""
        return {"user": self.bot_user, "bot_id": self.bot_id, "app_id": self.app_id, "bot_profile": self.bot_profile()}

    def bot_profile(self) -> Json:
        name = self.people[self.bot_user].real_name
        profile = {"id": self.bot_id, "app_id": self.app_id, "user_id": self.bot_user, "name": name}
        return profile | {"deleted": False, "updated": 1_700_000_000, "team_id": self.team_id, "icons": {}}

    def permalink(self, channel_id: str, ts: str) -> str:
        return f"{self.url}archives/{channel_id}/p{ts.replace('.', '')}"


def _put(reactions: list[Json], found: Json | None, emoji: str, user: str) -> None:
    if found is not None and user in found["users"]:
        raise ValueError("already_reacted")
    if sum(user in reaction["users"] for reaction in reactions) >= MOST_REACTIONS:
        raise ValueError("too_many_reactions")
    if found is None:
        if len(reactions) >= MOST_EMOJI:
            raise ValueError("too_many_emoji")
        reactions.append({"name": emoji, "users": [user], "count": 1})
    else:
        found["users"].append(user)
        found["count"] += 1


def _take_back(reactions: list[Json], found: Json | None, user: str) -> None:
    if found is None or user not in found["users"]:
        raise ValueError("no_reaction")
    found["users"].remove(user)
    found["count"] -= 1
    if not found["count"]:
        reactions.remove(found)
