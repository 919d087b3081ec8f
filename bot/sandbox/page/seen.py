"""What one person sees of the workspace, as JSON for the page."""

import copy
from typing import Any

from bot.sandbox.company import OTHER_BOT, SLACKBOT, Person
from bot.sandbox.elements import state_values
from bot.sandbox.state import Channel, Ephemeral, Json, View
from bot.sandbox.workspace import Workspace

APP = "app"  # stands for the DM with the app, whose id differs from person to person
NEWEST = 150  # messages of a channel that the page shows


def seen(workspace: Workspace, user: str, channel_id: str) -> Json:
    """What `user` sees with `channel_id` open, or their first channel when that is out of sight. Raises KeyError."""
    with workspace.lock:
        me = workspace.people[user]
        direct = workspace.direct_channel(user)
        channels = [c for c in workspace.channels.values() if c.kind != "im" and _in_sight(c, me)]
        known = {c.id: c for c in (*channels, direct)}
        channel = known.get(direct.id if channel_id == APP else channel_id) or next(iter(known.values()))
        return {
            "counter": workspace.counter,
            "now": workspace.now().timestamp(),
            "workspace": {"name": workspace.company.name, "tz": _zone(workspace)},
            "me": person_json(workspace, me),
            "users": [person_json(workspace, p) for p in workspace.people.values()],
            "groups": [{"id": g.id, "handle": g.handle, "name": g.name} for g in workspace.groups.values()],
            "app": {"user": workspace.bot_user, "dm": direct.id},
            "all_channels": [channel_json(workspace, c, user) for c in channels],
            "direct": channel_json(workspace, direct, user),
            "channel": channel_json(workspace, channel, user)
            | {
                "messages": _messages(workspace, channel, user),
                "ephemerals": _ephemerals(workspace, channel, user),
                "pinned": _pinned(workspace, channel, user),
            },
            "views": [view_json(workspace, view) for view in workspace.stacks.get(user, [])],
            "home": view_json(workspace, workspace.homes[user]) if user in workspace.homes else None,
            "commands": workspace.commands,
            "shortcuts": [s for s in workspace.shortcuts if s.get("type") == "message"],
        }


def _in_sight(channel: Channel, me: Person) -> bool:
    if channel.archived:
        return False
    return me.id in channel.members or (channel.kind == "channel" and not me.guest)


def _zone(workspace: Workspace) -> str:
    """The zone most people are in: the one the clock at the page's foot shows."""
    zones = [p.tz for p in workspace.people.values() if not p.is_bot]
    return max(sorted(set(zones)), key=zones.count) if zones else "UTC"


def person_json(workspace: Workspace, person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.real_name,
        "title": person.title,
        "department": person.department,
        "tz": person.tz,
        "locale": person.locale,
        "is_bot": person.is_bot or person.id in (OTHER_BOT, SLACKBOT, workspace.bot_user),
        "is_app": person.id == workspace.bot_user,
        "deleted": person.deleted,
        "role": _role(workspace, person),
    }


def _role(workspace: Workspace, person: Person) -> str:
    """One of "app", "left", "stranger", "guest", "admin", "editor", or "" for everybody else."""
    if person.is_bot:
        return "app"
    if person.deleted:
        return "left"
    if person.team_id != workspace.team_id:
        return "stranger"
    if person.guest:
        return "guest"
    if person.is_admin:
        return "admin"
    return "editor" if person.id in workspace.company.editors else ""


def channel_json(workspace: Workspace, channel: Channel, user: str) -> Json:
    """`latest` is the ts of the newest message by somebody else; the browser remembers what was read."""
    others = [ts for ts, m in channel.messages.items() if m.get("user") != user]
    whispers = [e.message["ts"] for e in workspace.ephemerals if e.channel == channel.id and e.user == user]
    people = [m for m in channel.members if m in workspace.people and not workspace.people[m].is_bot]
    return {
        "id": channel.id,
        "name": channel.name,
        "is_private": channel.kind == "group",
        "is_im": channel.kind == "im",
        "is_member": user in channel.members,
        "has_app": workspace.bot_user in channel.members,
        "purpose": channel.purpose,
        "members": len(people),
        "latest": max([*others, *whispers], default=""),
    }


def _messages(workspace: Workspace, channel: Channel, user: str) -> list[Json]:
    if not _may_read(channel, user):
        return []
    return [_message(channel, ts) for ts in list(channel.messages)[-NEWEST:]]


def _may_read(channel: Channel, user: str) -> bool:
    return user in channel.members or channel.kind == "channel"


def _pinned(workspace: Workspace, channel: Channel, user: str) -> list[Json]:
    """What is pinned, newest first."""
    pinned = workspace.pinned(channel.id) if _may_read(channel, user) else []
    return [{"ts": message["ts"], "text": message.get("text", "")} for message in reversed(pinned)]


def _message(channel: Channel, ts: str) -> Json:
    message = copy.deepcopy(channel.messages[ts])
    message["state"] = state_values(message.get("blocks") or [], channel.typed.get(ts, {}))
    message.pop("metadata", None)
    return message


def _ephemerals(workspace: Workspace, channel: Channel, user: str) -> list[Json]:
    mine = [e for e in workspace.ephemerals if e.channel == channel.id and e.user == user]
    return [_ephemeral(e) for e in mine[-NEWEST:]]


def _ephemeral(whisper: Ephemeral) -> Json:
    state = state_values(whisper.message.get("blocks") or [], whisper.typed)
    return {**copy.deepcopy(whisper.message), "state": state}


def view_json(workspace: Workspace, view: View) -> Json:
    """A view with the state of its inputs and the errors at them."""
    shown: dict[str, Any] = workspace.view_json(view)
    return shown | {"errors": dict(view.errors)}
