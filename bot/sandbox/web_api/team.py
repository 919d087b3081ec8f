"""team.*: the workspace itself, and the catalogue of profile fields."""

from bot.sandbox.company import DEPARTMENT_FIELD
from bot.sandbox.state import Json
from bot.sandbox.web_api.call import Call, Method


def info(call: Call) -> Json:
    w = call.workspace
    team = {"id": w.team_id, "name": w.company.name, "url": w.url, "domain": w.company.domain}
    return {"team": {**team, "email_domain": f"{w.company.domain}.example", "icon": {}, "is_verified": False}}


def profile(call: Call) -> Json:
    department = {"id": DEPARTMENT_FIELD, "ordering": 0, "label": "Department", "hint": "", "type": "text"}
    more = {"possible_values": None, "options": {"is_scim": True, "is_protected": False}, "is_hidden": False}
    return {"profile": {"fields": [department | more], "sections": list[Json]()}}


METHODS = (
    Method("team.info", info, ("team:read",), "Tier 3"),
    Method("team.profile.get", profile, ("users.profile:read",), "Tier 3"),
)
