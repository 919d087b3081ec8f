"""The conversations of a workspace and who is in them."""

from collections.abc import Iterable

from bot.sandbox.state import Channel, Json
from bot.sandbox.workspace_base import WorkspaceBase


class Channels(WorkspaceBase):
    """Where people talk."""

    def direct_channel(self, user: str) -> Channel:
        """The DM between this person and the bot; made when it is not there yet."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "im" and channel.person == user:
                    return channel
            made = Channel(
                self.fresh_id("D"),
                "directmessage",
                "im",
                [user, self.bot_user],
                int(self.now().timestamp()),
                person=user,
            )
            self.channels[made.id] = made
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

    def archive_channel(self, channel_id: str, by: str, *, archived: bool = True) -> None:
        """Close a channel (or open it again with `archived=False`)."""
        with self.lock:
            channel = self.channels[channel_id]
            channel.archived = archived
            what = "archive" if archived else "unarchive"
            self.emit({"type": f"{channel.kind}_{what}", "channel": channel_id, "user": by}, channel_id)
        self.bump()
