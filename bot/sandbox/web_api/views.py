"""views.*: modals and the Home tab."""

import json
from datetime import timedelta

from bot.sandbox.blocks_check import check_view
from bot.sandbox.state import Json, Trigger, View
from bot.sandbox.web_api.call import Call, Method, Refusal

TRIGGER_LIFE = timedelta(seconds=3)
LARGEST_VIEW, DEEPEST_STACK = 250_000, 3


def body_of(call: Call, kind: str) -> Json:
    """The view that was sent, checked as Slack checks it."""
    body = call.data("view", "invalid_arguments")
    if not isinstance(body, dict):
        call.required("view")
        raise Refusal("invalid_arguments")
    if len(json.dumps(body).encode()) > LARGEST_VIEW:
        raise Refusal("view_too_large")
    problems = check_view(body, kind, call.bad_images, call.workspace.files)
    if problems:
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {p}" for p in problems]})
    return body


def use_trigger(call: Call) -> Trigger:
    """A trigger opens one view, within three seconds."""
    trigger = call.workspace.triggers.get(call.required("trigger_id"))
    if trigger is None:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if call.workspace.now() - trigger.at > TRIGGER_LIFE:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def _check_external_id(call: Call, body: Json, but: View | None = None) -> None:
    wanted = body.get("external_id")
    w = call.workspace
    if wanted and any(v.body.get("external_id") == wanted for v in w.views.values() if v is not but and w.is_open(v)):
        raise Refusal("duplicate_external_id")


def open_view(call: Call) -> Json:
    call.required("trigger_id")
    body = body_of(call, "modal")
    _check_external_id(call, body)
    trigger = use_trigger(call)
    stack = call.workspace.stacks.setdefault(trigger.user, [])
    if trigger.view_id is not None and stack:
        return _pushed(call, trigger, body)
    view = call.workspace.make_view(trigger.user, body)
    stack[:] = [view]
    call.workspace.bump()
    return {"view": call.workspace.view_json(view)}


def push(call: Call) -> Json:
    call.required("trigger_id")
    body = body_of(call, "modal")
    _check_external_id(call, body)
    trigger = use_trigger(call)
    if not call.workspace.stacks.get(trigger.user):
        raise Refusal("not_found")
    return _pushed(call, trigger, body)


def _pushed(call: Call, trigger: Trigger, body: Json) -> Json:
    stack = call.workspace.stacks[trigger.user]
    if len(stack) >= DEEPEST_STACK:
        raise Refusal("push_limit_reached")
    view = call.workspace.make_view(trigger.user, body, stack[-1])
    stack.append(view)
    call.workspace.bump()
    return {"view": call.workspace.view_json(view)}


def update(call: Call) -> Json:
    view = _wanted(call)
    body = body_of(call, view.body["type"])
    _check_external_id(call, body, view)
    _check_hash(call, view)
    call.workspace.replace_view(view, body)
    return {"view": call.workspace.view_json(view)}


def _wanted(call: Call) -> View:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        call.required("view_id")
    w = call.workspace
    for view in [w.views[view_id]] if view_id in w.views else w.views.values():
        if w.is_open(view) and (view.id == view_id or (external_id and view.body.get("external_id") == external_id)):
            return view
    raise Refusal("not_found")


def _check_hash(call: Call, view: View | None) -> None:
    if call.text("hash") and view is not None and call.text("hash") != view.hash:
        raise Refusal("hash_conflict")


def publish(call: Call) -> Json:
    user = call.required("user_id")
    if user not in call.workspace.people:
        raise Refusal("user_not_found")
    body = body_of(call, "home")
    home = call.workspace.homes.get(user)
    _check_hash(call, home)
    if home is None:
        home = call.workspace.homes[user] = call.workspace.make_view(user, body)
        call.workspace.bump()
    else:
        call.workspace.replace_view(home, body)
    return {"view": call.workspace.view_json(home)}


METHODS = (
    Method("views.open", open_view, (), "Tier 4"),
    Method("views.push", push, (), "Tier 4"),
    Method("views.update", update, (), "Tier 4"),
    Method("views.publish", publish, (), "Tier 4"),
)
