"""auth.* and apps.*: who the app is, and where its socket is."""

from bot.sandbox.state import Json
from bot.sandbox.web_api.call import Call, Method


def auth_test(call: Call) -> Json:
    w = call.workspace
    return {
        "url": w.url,
        "team": w.company.name,
        "user": w.people[w.bot_user].name,
        "team_id": w.team_id,
        "user_id": w.bot_user,
        "bot_id": w.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    return {"url": call.new_socket_url()}


METHODS = (
    Method("auth.test", auth_test, tier="special"),
    Method("apps.connections.open", connections_open, ("connections:write",), "Tier 3", token="app"),
)
