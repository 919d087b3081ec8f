"""What the app is told when people and channels change: the fields it relies on."""

from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from bot.sandbox.company import Group
from tests.sandbox.asking import ADMIN, ANN, COMMS, GOOD


def told(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [delivery.payload["event"] for delivery in sandbox.socket.deliveries]


def last(sandbox: Sandbox) -> dict[str, Any]:
    return told(sandbox)[-1]


def test_edited_and_deleted(sandbox: Sandbox) -> None:
    ts = sandbox.acts.say(ADMIN, GOOD, "first")
    sandbox.acts.edit(ADMIN, GOOD, ts, "second")
    edited = last(sandbox)
    assert (edited["subtype"], edited["hidden"]) == ("message_changed", True)
    assert edited["message"]["text"] == "second"
    assert edited["previous_message"]["text"] == "first"
    sandbox.acts.delete(GOOD, ts)
    deleted = last(sandbox)
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)
    assert deleted["previous_message"]["text"] == "second"


def test_messages_by_kind_of_channel(sandbox: Sandbox) -> None:
    sandbox.acts.say(ADMIN, COMMS, "x")
    assert last(sandbox)["channel_type"] == "group"
    direct = sandbox.workspace.direct_channel(ANN).id
    sandbox.acts.say(ANN, direct, "hello")
    assert (last(sandbox)["channel_type"], last(sandbox)["channel"]) == ("im", direct)
    sandbox.workspace.subscribed_events.discard("message.im")
    sandbox.acts.say(ANN, direct, "unheard")
    assert last(sandbox)["text"] == "hello"


def test_home_is_opened_with_its_view(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.acts.open_home(ANN)
    first = last(sandbox)
    assert (first["type"], first["tab"], first["user"]) == ("app_home_opened", "home", ANN)
    assert "view" not in first
    client.views_publish(user_id=ANN, view={"type": "home", "blocks": [{"type": "divider"}]})
    sandbox.acts.open_home(ANN)
    assert last(sandbox)["view"]["type"] == "home"
    assert last(sandbox)["channel"].startswith("D")


def test_people(sandbox: Sandbox) -> None:
    sandbox.workspace.add_person(Person("U0NEW", "new", "New One"))
    assert (last(sandbox)["type"], last(sandbox)["user"]["id"]) == ("team_join", "U0NEW")
    sandbox.workspace.change_person(replace(sandbox.workspace.people[ANN], title="Boss"))
    changed = last(sandbox)
    assert (changed["type"], changed["user"]["profile"]["title"]) == ("user_change", "Boss")
    sandbox.acts.deactivate(ANN)
    assert last(sandbox)["user"]["deleted"] is True
    assert "member_left_channel" in [event["type"] for event in told(sandbox)]
    assert ANN not in sandbox.workspace.channels[GOOD].members


def test_channels(sandbox: Sandbox) -> None:
    sandbox.workspace.rename_channel(GOOD, "better-stories")
    assert (last(sandbox)["type"], last(sandbox)["channel"]["name"]) == ("channel_rename", "better-stories")
    sandbox.workspace.archive_channel(GOOD, ADMIN)
    assert (last(sandbox)["type"], last(sandbox)["channel"]) == ("channel_archive", GOOD)
    sandbox.workspace.archive_channel(GOOD, ADMIN, archived=False)
    assert last(sandbox)["type"] == "channel_unarchive"
    sandbox.workspace.rename_channel(COMMS, "press")
    assert last(sandbox)["type"] == "group_rename"


def test_groups(sandbox: Sandbox) -> None:
    group = next(iter(sandbox.workspace.groups.values()))
    sandbox.workspace.change_group(Group(group.id, group.handle, group.name, (ADMIN,)))
    event = last(sandbox)
    assert (event["type"], event["added_users"]) == ("subteam_members_changed", [ADMIN])
    assert sorted(event["removed_users"]) == sorted(group.members)


def test_the_outer_part(sandbox: Sandbox) -> None:
    sandbox.acts.say(ADMIN, GOOD, "x")
    sandbox.acts.say(ADMIN, GOOD, "y")
    one, two = (delivery.payload for delivery in sandbox.socket.deliveries)
    assert one["event_id"] != two["event_id"]
    assert {"token", "team_id", "api_app_id", "event_time", "authorizations", "event_context"} <= set(one)


def test_leaving_and_removing(sandbox: Sandbox) -> None:
    sandbox.acts.leave(ANN, GOOD)
    assert (last(sandbox)["type"], last(sandbox)["user"]) == ("member_left_channel", ANN)
    sandbox.acts.join(ANN, GOOD)
    assert (last(sandbox)["type"], last(sandbox)["channel_type"]) == ("member_joined_channel", "C")
