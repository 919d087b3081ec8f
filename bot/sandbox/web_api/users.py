"""users.*"""

from bot.sandbox.state import Json
from bot.sandbox.web_api.call import Call, Method, Refusal, page

MOST_AT_ONCE = 1000


def info(call: Call) -> Json:
    user = call.required("user", "user_not_found")
    if user not in call.workspace.people:
        raise Refusal("user_not_found")
    return {"user": call.workspace.user_json(user, locale=call.flag("include_locale"))}


def list_all(call: Call) -> Json:
    everyone = list(call.workspace.people)
    if len(everyone) > MOST_AT_ONCE and not call.number("limit", 0):
        raise Refusal("limit_required")
    found, metadata = page(everyone, call, MOST_AT_ONCE, MOST_AT_ONCE)
    people = [call.workspace.user_json(user, locale=call.flag("include_locale")) for user in found]
    return {"members": people, "cache_ts": call.workspace.clock_seconds(), "response_metadata": metadata}


def profile(call: Call) -> Json:
    user = call.text("user") or call.workspace.bot_user
    if user not in call.workspace.people:
        raise Refusal("user_not_found")
    return {"profile": {**call.workspace.profile_json(user), "fields": call.workspace.profile_fields(user)}}


METHODS = (
    Method("users.info", info, ("users:read",), "Tier 4"),
    Method("users.list", list_all, ("users:read",), "Tier 2"),
    Method("users.profile.get", profile, ("users.profile:read",), "Tier 4"),
)
