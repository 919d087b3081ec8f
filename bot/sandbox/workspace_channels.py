"""The conversations of a workspace and who is in them."""

from collections.abc import Iterable

from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace_base import WorkspaceBase


class Channels(WorkspaceBase):
    """Where people talk."""

    def direct_channel(self, user: str) -> Channel:
        """The DM between this person and the bot; made when it is not there yet."""
        with self.lock:
            known = self.channels.get(self.directs.get(user, ""))
            if known is not None:
                return known
            made = Channel(
                self.fresh_id("D"),
                "directmessage",
                "im",
                [user, self.bot_user],
                int(self.now().timestamp()),
                person=user,
            )
            self.channels[made.id] = made
            self.directs[user] = made.id
            return made

    def add_channel(self, name: str, members: Iterable[str], *, private: bool = False) -> Channel:
        with self.lock:
            made = Channel(
                self.fresh_id("C"),
                name,
                "group" if private else "channel",
                list(members),
                int(self.now().timestamp()),
                self.company.admin,
            )
            self.channels[made.id] = made
        self.bump()
        return made

    def join(self, user: str, channel_id: str, inviter: str | None = None) -> None:
        with self.lock:
            channel = self.channels[channel_id]
            if user in channel.members:
                return
            channel.members.append(user)
            event = self._membership("member_joined_channel", user, channel)
            self.emit(event | ({"inviter": inviter} if inviter else {}), channel_id)
        self.bump()

    def leave(self, user: str, channel_id: str) -> None:
        with self.lock:
            channel = self.channels[channel_id]
            if user in channel.members:
                self.emit(self._membership("member_left_channel", user, channel), channel_id)
                channel.members.remove(user)
        self.bump()

    def _membership(self, kind: str, user: str, channel: Channel) -> Json:
        letter = "C" if channel.kind == "channel" else "G"
        return {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": self.team_id}

    def rename_channel(self, channel_id: str, name: str) -> None:
        with self.lock:
            channel = self.channels[channel_id]
            channel.name = name
            kind = "channel_rename" if channel.kind == "channel" else "group_rename"
            shown: Json = {"id": channel_id, "name": name, "name_normalized": name, "created": channel.created}
            shown |= {"is_channel": channel.kind == "channel", "is_mpim": False}
            self.emit({"type": kind, "channel": shown}, channel_id)
        self.bump()

    def delete_channel(self, channel_id: str) -> None:
        """Take a channel away with everything in it."""
        with self.lock:
            kind = "channel_deleted" if self.channels[channel_id].kind == "channel" else "group_deleted"
            self.emit({"type": kind, "channel": channel_id}, channel_id)
            del self.channels[channel_id]
        self.bump()

    def make_private(self, channel_id: str) -> None:
        """A public channel becomes private; its members stay."""
        with self.lock:
            self.channels[channel_id].kind = "group"
        self.bump()

    def close_to_apps(self, channel_id: str, *, closed: bool = True) -> None:
        """Only people may post there (or apps again, with `closed=False`). Slack tells nobody."""
        with self.lock:
            self.channels[channel_id].closed_to_apps = closed
        self.bump()

    def share_externally(self, channel_id: str) -> str:
        """Share a channel with another organisation: it gets a new id, which is answered."""
        with self.lock:
            channel = self.channels.pop(channel_id)
            channel.id, channel.ext_shared = self.fresh_id("C"), True
            self.channels[channel.id] = channel
            moved = {"type": "channel_id_changed", "old_channel_id": channel_id, "new_channel_id": channel.id}
            self.emit(moved, channel.id)
        self.bump()
        return channel.id

    def archive_channel(self, channel_id: str, by: str, *, archived: bool = True) -> None:
        """Close a channel (or open it again with `archived=False`)."""
        with self.lock:
            channel = self.channels[channel_id]
            channel.archived = archived
            what = "archive" if archived else "unarchive"
            self.emit({"type": f"{channel.kind}_{what}", "channel": channel_id, "user": by}, channel_id)
        self.bump()
