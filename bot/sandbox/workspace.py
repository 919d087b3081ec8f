"""The state of a Slack workspace, under one lock: who is there, what was said, what is open."""

import copy
import hashlib
import itertools
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Condition, RLock
from zoneinfo import ZoneInfo

from bot.sandbox.company import DEPARTMENT_FIELD, Company, Group, Person
from bot.sandbox.elements import Typed, state_values, with_ids
from bot.sandbox.state import Channel, Ephemeral, File, Json, LogEntry, ResponseUrl, Trigger, View

SCOPES = [
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "usergroups:read",
    "users.profile:read",
    "users:read",
]
EVENTS = [
    "app_home_opened",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_rename",
    "group_unarchive",
    "link_shared",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
]
HISTORY_SCOPE = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
READ_SCOPE = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}


class Workspace:
    """What the sandbox knows. Times come from `now` (aware UTC). Take `lock` to read several things at once."""

    def __init__(self, company: Company, now: Callable[[], datetime]) -> None:
        self.company, self.now, self.lock = company, now, RLock()
        self.team_id, self.app_id, self.bot_id, self.bot_user = (
            company.team_id,
            company.app_id,
            company.bot_id,
            company.bot_user,
        )
        self.url = f"https://{company.domain}.slack.com/"
        self.bot_token = f"xoxb-sandbox-{_short(company.domain)}"
        self.app_token = f"xapp-1-{company.app_id}-{_short(company.app_id)}"
        self.granted_scopes: set[str] = set(SCOPES)
        self.app_scopes: set[str] = {"connections:write"}
        self.subscribed_events: set[str] = set(EVENTS)
        self.commands: list[Json] = [
            {"command": "/passalong", "description": "Pass a story along", "usage_hint": "[help | queue | list | next]"}
        ]
        self.shortcuts: list[Json] = []  # {"name", "type": "message" | "global", "callback_id", "description"}
        self.limits = True
        self.images: dict[str, str] = {}
        self.token_revoked = False
        self.paid = True  # a free plan has no user groups
        self.people: dict[str, Person] = {p.id: p for p in company.people}
        self.updated: dict[str, int] = {}
        self.groups: dict[str, Group] = {g.id: g for g in company.groups}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: list[Ephemeral] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, File] = {}
        self.log: deque[LogEntry] = deque(maxlen=20_000)
        self.emit: Callable[[Json, str | None], None] = lambda _event, _channel: None
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self._changed, self._counter = Condition(), 0
        self._furnish()

    def _furnish(self) -> None:
        created = int(self.now().timestamp())
        for room in self.company.rooms:
            kind = "group" if room.private else "channel"
            self.channels[room.id] = Channel(
                room.id, room.name, kind, list(room.members), created, self.company.admin, room.purpose
            )

    def scopes_of(self, token: str) -> set[str]:
        """What a token may do; nothing for a token that is not known."""
        return {self.bot_token: self.granted_scopes, self.app_token: self.app_scopes}.get(token, set())

    # --- changes

    def bump(self) -> None:
        """Say that something visible changed."""
        with self._changed:
            self._counter += 1
            self._changed.notify_all()

    @property
    def counter(self) -> int:
        return self._counter

    def wait_change(self, counter: int, timeout: float) -> int:
        """Wait until the counter is another than `counter`, at most `timeout` seconds; the counter now."""
        with self._changed:
            self._changed.wait_for(lambda: self._counter != counter, timeout)
            return self._counter

    # --- numbers

    def next_number(self) -> int:
        with self.lock:
            return next(self._numbers)

    def fresh_id(self, prefix: str) -> str:
        """An id such as "V00000012"."""
        return f"{prefix}{self.next_number():08d}"

    def next_ts(self) -> str:
        """A message id: the workspace's time in seconds and microseconds, never twice the same."""
        with self.lock:
            micros = int(self.now().timestamp() * 1_000_000)
            self._last_ts = max(micros, self._last_ts + 1)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    # --- people

    def add_person(self, person: Person) -> None:
        """Somebody new; tells the app with `team_join`."""
        with self.lock:
            self.people[person.id] = person
            self.emit({"type": "team_join", "user": self.user_json(person.id, locale=True)}, None)
        self.bump()

    def change_person(self, person: Person) -> None:
        """The same id with other properties; tells the app with `user_change`."""
        with self.lock:
            self.people[person.id] = person
            self.updated[person.id] = int(self.now().timestamp())
            user = self.user_json(person.id, locale=True)
            self.emit({"type": "user_change", "user": user, "cache_ts": self.updated[person.id]}, None)
        self.bump()

    def user_json(self, user: str, *, locale: bool = False) -> Json:
        """A person as `users.info` shows them. The e-mail only with its scope."""
        p = self.people[user]
        zone = ZoneInfo(p.tz)
        offset = self.now().astimezone(zone).utcoffset()
        shown: Json = {
            "id": p.id,
            "team_id": p.team_id,
            "name": p.name,
            "deleted": p.deleted,
            "color": "9f69e7",
            "real_name": p.real_name,
            "tz": p.tz,
            "tz_label": p.tz.split("/")[-1].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            "profile": self.profile_json(user),
            "is_admin": p.is_admin,
            "is_owner": p.is_admin,
            "is_primary_owner": False,
            "is_restricted": bool(p.guest),
            "is_ultra_restricted": p.guest == "single",
            "is_bot": p.is_bot and p.id != "USLACKBOT",
            "is_app_user": False,
            "updated": self.updated.get(user, 1_700_000_000),
            "is_email_confirmed": not p.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
        if p.team_id != self.team_id:
            shown["is_stranger"] = True
        elif locale:
            shown["locale"] = p.locale
        return shown

    def profile_json(self, user: str) -> Json:
        p = self.people[user]
        first, _, last = p.real_name.partition(" ")
        display = "" if p.is_bot else first
        profile: Json = {
            "title": p.title,
            "phone": "",
            "real_name": p.real_name,
            "real_name_normalized": p.real_name,
            "display_name": display,
            "display_name_normalized": display,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": _short(p.id)[:12],
            "team": p.team_id,
            "image_48": f"{self.url}static/avatar-48.png",
            "image_192": f"{self.url}static/avatar-192.png",
        }
        if p.is_bot:
            profile |= {"bot_id": self.bot_id if p.id == self.bot_user else "B0OTHER", "api_app_id": ""}
        elif "users:read.email" in self.granted_scopes:
            profile["email"] = f"{p.name}@{self.company.domain}.example"
        return profile

    def profile_fields(self, user: str) -> Json:
        """The custom fields: the department."""
        department = self.people[user].department
        return {DEPARTMENT_FIELD: {"value": department, "alt": ""}} if department else {}

    def user_ref(self, user: str) -> Json:
        """The short form of a person in interaction payloads."""
        p = self.people[user]
        return {"id": p.id, "username": p.name, "name": p.name, "team_id": p.team_id}

    def change_group(self, group: Group) -> None:
        """A user group with other members; tells the app with `subteam_members_changed`."""
        with self.lock:
            before = set(self.groups[group.id].members) if group.id in self.groups else set[str]()
            self.groups[group.id] = group
            added, removed = sorted({*group.members} - before), sorted(before - {*group.members})
            event: Json = {"type": "subteam_members_changed", "subteam_id": group.id, "team_id": self.team_id}
            event |= {"date_update": self.clock_seconds(), "added_users_count": len(added)}
            self.emit(event | {"added_users": added, "removed_users": removed}, None)
        self.bump()

    # --- channels

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

    # --- messages

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

    # --- views and triggers

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        with self.lock:
            trigger = f"{self.next_number()}.{self.next_number()}.{_short(user)}"
            self.triggers[trigger] = Trigger(user, self.now(), view_id)
            return trigger

    def make_view(self, user: str, body: Json, previous: View | None = None) -> View:
        """A view with its ids filled in; not on anybody's screen yet."""
        with self.lock:
            view_id = self.fresh_id("V")
            root, before = (previous.root_id, previous.id) if previous else (view_id, None)
            view = View(view_id, user, self.with_ids(body), self.fresh_hash(), root, before)
            self.views[view_id] = view
            return view

    def replace_view(self, view: View, body: Json) -> None:
        """Other content in the same view. What was typed stays where block_id and action_id stay."""
        with self.lock:
            view.body, view.hash, view.errors = self.with_ids(body), self.fresh_hash(), {}
        self.bump()

    def with_ids(self, body: Json) -> Json:
        return {**body, "blocks": with_ids(body["blocks"], lambda: self.fresh_id("b"))}

    def fresh_hash(self) -> str:
        number = self.next_number()
        return f"{int(self.now().timestamp())}.{_short(str(number))[:8]}"

    def view_json(self, view: View) -> Json:
        """A view as Slack sends it, with the state of all its inputs."""
        body, plain = view.body, {"type": "plain_text", "emoji": True}
        return {
            "id": view.id,
            "team_id": self.team_id,
            "type": body["type"],
            "blocks": copy.deepcopy(view.blocks),
            "private_metadata": body.get("private_metadata", ""),
            "callback_id": body.get("callback_id", ""),
            "state": {"values": self.view_state(view)},
            "hash": view.hash,
            "title": body.get("title", {**plain, "text": "View Title"}),
            "clear_on_close": body.get("clear_on_close", False),
            "notify_on_close": body.get("notify_on_close", False),
            "close": body.get("close"),
            "submit": body.get("submit"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": self.app_id,
            "external_id": body.get("external_id", ""),
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
        }

    def view_state(self, view: View) -> Typed:
        return copy.deepcopy(state_values(view.blocks, view.typed))

    # --- addresses to answer at

    def new_response_url(self, user: str, channel: str, ts: str | None = None, *, ephemeral: bool = False) -> str:
        with self.lock:
            number = self.next_number()
            key = f"{self.team_id}/{number}/{_short(f'{number}{user}{channel}')}"
            self.response_urls[key] = ResponseUrl(user, channel, self.now(), ts, ephemeral)
            return f"{self.url}respond/{key}"

    def permalink(self, channel_id: str, ts: str) -> str:
        return f"{self.url}archives/{channel_id}/p{ts.replace('.', '')}"

    def clock_seconds(self) -> int:
        return int(self.now().astimezone(UTC).timestamp())

    def apply_manifest(self, manifest: Json) -> None:
        """Take commands, shortcuts, scopes and subscribed events from an app manifest."""
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        with self.lock:
            self.commands = list(features.get("slash_commands", []))
            self.shortcuts = list(features.get("shortcuts", []))
            self.granted_scopes = set(manifest["oauth_config"]["scopes"].get("bot", []))
            self.subscribed_events = set(settings.get("event_subscriptions", {}).get("bot_events", []))


MOST_EMOJI, MOST_REACTIONS = 50, 23  # on a message; by one person on a message (not documented, believed)


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


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
