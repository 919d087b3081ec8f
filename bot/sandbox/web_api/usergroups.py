"""usergroups.*"""

from bot.sandbox.company import Group
from bot.sandbox.state import Json
from bot.sandbox.web_api.call import Call, Method, Refusal


def list_all(call: Call) -> Json:
    _check_plan(call)
    with_users = call.flag("include_users")
    return {"usergroups": [_group_json(call, group, with_users) for group in call.workspace.groups.values()]}


def users(call: Call) -> Json:
    _check_plan(call)
    group = call.workspace.groups.get(call.required("usergroup", "no_such_subteam"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": list(group.members)}


def _check_plan(call: Call) -> None:
    if not call.workspace.paid:
        raise Refusal("plan_upgrade_required")


def _group_json(call: Call, group: Group, with_users: bool) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": call.workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "is_external": False,
        "date_create": 1_700_000_000,
        "date_update": 1_700_000_000,
        "date_delete": 0,
        "user_count": len(group.members),
    }
    return shown | ({"users": list(group.members)} if with_users else {})


METHODS = (
    Method("usergroups.list", list_all, ("usergroups:read",), "Tier 2"),
    Method("usergroups.users.list", users, ("usergroups:read",), "Tier 2"),
)
