"""What people do in Slack. Every act goes to the app as Slack would send it, and waits for its acknowledgement."""

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks_check import check_message, check_view
from bot.sandbox.client_checks import refused_by_client
from bot.sandbox.elements import STATE_KEYS, Found, Typed, elements, options_of, state_values
from bot.sandbox.images import bad_images
from bot.sandbox.responses import answer
from bot.sandbox.state import Channel, Ephemeral, Json, View
from bot.sandbox.workspace import Workspace

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Outcome:
    """What came of an act. `payload`: the app's answer; `error`: what the person reads; `url`: what opened."""

    acked: bool
    payload: Json | None = None
    error: str | None = None
    url: str | None = None


DONE = Outcome(acked=True)


@dataclass(frozen=True)
class _Place:
    """Where an element was found: in a view, an ephemeral or a message."""

    found: Found
    view: View | None = None
    channel: Channel | None = None
    message: Json | None = None
    ephemeral: Ephemeral | None = None


class Acts:
    """Synchronous; call from any thread but the server's own."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    @property
    def _w(self) -> Workspace:
        return self._sandbox.workspace

    # --- talking

    def command(self, user: str, channel: str, text: str) -> Outcome:
        """Type a slash command, such as "/passalong queue". In a DM the channel is its id."""
        command, _, rest = text.strip().partition(" ")
        if command not in {c["command"] for c in self._w.commands}:
            return Outcome(False, error=f"{command} is not a valid command.")
        if self._w.people[user].team_id != self._w.team_id:
            return Outcome(False, error=f"{command} is not a valid command.")
        if user not in self._w.channels[channel].members:
            return Outcome(False, error="not_in_channel")
        place = self._w.channels[channel]
        payload = self._sandbox.interactions.command(user, place, command, self._escaped(rest.strip()))
        outcome = self._send("slash_commands", payload, f'{command} failed with the error "dispatch_failed"')
        return self._show_answer(user, channel, outcome) if outcome.acked else outcome

    def _escaped(self, text: str) -> str:
        """As with should_escape: @name and #channel become ids, & < > entities; addresses stay plain text."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = re.sub(r"(?<![\w&;])@([\w.'-]+)", self._mention, text)
        return re.sub(r"(?<![\w&;/])#([\w-]+)", self._channel_link, text)

    def _mention(self, match: re.Match[str]) -> str:
        found = next((p for p in self._w.people.values() if p.name == match[1] and not p.deleted), None)
        if found:
            return f"<@{found.id}|{found.name}>"
        group = next((g for g in self._w.groups.values() if g.handle == match[1]), None)
        return f"<!subteam^{group.id}|@{group.handle}>" if group else match[0]

    def _channel_link(self, match: re.Match[str]) -> str:
        found = next((c for c in self._w.channels.values() if c.name == match[1] and c.kind != "im"), None)
        return f"<#{found.id}|{found.name if found.kind == 'channel' else ''}>" if found else match[0]

    def _show_answer(self, user: str, channel: str, outcome: Outcome) -> Outcome:
        body = outcome.payload or {}
        if not body.get("text") and not body.get("blocks"):
            return outcome
        if body.get("blocks"):
            bad = bad_images(body["blocks"], self._w.images)
            error, reasons = check_message(body["blocks"], bad, self._w.files)
            if error:
                return replace(outcome, error=f"{error}: {'; '.join(reasons)}")
        answer(self._w, user, channel, body)
        return outcome

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Post a message as a person; its ts. Raises ValueError in a channel they are not in."""
        with self._w.lock:
            if user not in self._w.channels[channel].members or self._w.channels[channel].archived:
                raise ValueError("not_in_channel")
            message: Json = {"user": user, "text": text, "client_msg_id": f"msg-{self._w.next_number()}"}
            if thread_ts:
                message["thread_ts"] = thread_ts
            return str(self._w.add_message(channel, message)["ts"])

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        self._w.change_message(channel, ts, {"text": text, "edited": {"user": user, "ts": self._w.next_ts()}})

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away, as its author or an admin can."""
        self._w.delete_message(channel, ts)

    def react(self, user: str, channel: str, ts: str, emoji: str) -> Outcome:
        return self._reaction(user, channel, ts, emoji, remove=False)

    def unreact(self, user: str, channel: str, ts: str, emoji: str) -> Outcome:
        return self._reaction(user, channel, ts, emoji, remove=True)

    def _reaction(self, user: str, channel: str, ts: str, emoji: str, *, remove: bool) -> Outcome:
        with self._w.lock:
            place = self._w.channels[channel]
            if user not in place.members or ts not in place.messages or place.archived:
                return Outcome(False, error="not_in_channel" if user not in place.members else "message_not_found")
            try:
                self._w.react(channel, ts, emoji.strip(":"), user, remove=remove)
            except ValueError as refused:
                return Outcome(False, error=str(refused))
        return DONE

    # --- coming and going

    def open_home(self, user: str, tab: str = "home") -> Outcome:
        """Open the app's Home (or its "messages" tab)."""
        with self._w.lock:
            event: Json = {"type": "app_home_opened", "user": user, "tab": tab, "event_ts": self._w.next_ts()}
            event["channel"] = self._w.direct_channel(user).id
            if user in self._w.homes:
                event["view"] = self._w.view_json(self._w.homes[user])
            self._w.emit(event, None)
        return DONE

    def join(self, user: str, channel: str) -> Outcome:
        self._w.join(user, channel)
        return DONE

    def leave(self, user: str, channel: str) -> Outcome:
        self._w.leave(user, channel)
        return DONE

    def invite_bot(self, channel: str, by: str) -> Outcome:
        """/invite @Passalong"""
        self._w.join(self._w.bot_user, channel, inviter=by)
        return DONE

    def remove_bot(self, channel: str) -> Outcome:
        """/remove @Passalong"""
        self._w.leave(self._w.bot_user, channel)
        return DONE

    def deactivate(self, user: str) -> Outcome:
        """The account is closed: out of all channels, `user_change` with deleted."""
        with self._w.lock:
            for channel in self._w.channels.values():
                if channel.kind != "im":
                    self._w.leave(user, channel.id)
            self._w.change_person(replace(self._w.people[user], deleted=True))
        return DONE

    # --- using blocks

    def press(
        self,
        user: str,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
        option: str | list[str] | None = None,
    ) -> Outcome:
        """Use a button, an overflow, a select, a picker.

        Looked for in the view, message or ephemeral that is named; else in the person's modal, then Home, then their
        ephemerals and messages, newest first. `block_id` and `value` (of a button) choose among equal action_ids;
        `option` is the chosen option's value, a date, a user… (a list for several).
        """
        with self._w.lock:
            place = self._find(user, action_id, channel, ts, view_id, block_id, value)
            if place is None:
                return Outcome(False, error=f"nothing to press: {action_id}")
            payload = self._pressed(user, place, option)
            if isinstance(payload, str):
                return Outcome(False, error=payload)
        self._w.bump()
        outcome = self._send("interactive", payload, TROUBLE)
        return replace(outcome, url=place.found.element.get("url"))

    def _find(
        self,
        user: str,
        action_id: str,
        channel: str | None,
        ts: str | None,
        view_id: str | None,
        block_id: str | None,
        value: str | None,
    ) -> _Place | None:
        for place in self._places(user, channel, ts, view_id):
            element = place.found.element
            seen_by = element.get("visible_to_user_ids")
            if (
                place.found.action_id == action_id
                and block_id in (None, place.found.block_id)
                and value in (None, element.get("value"))
                and (not seen_by or user in seen_by)
            ):
                return place
        return None

    def _places(self, user: str, channel: str | None, ts: str | None, view_id: str | None) -> list[_Place]:
        views = [] if channel or ts else self._open_views(user, view_id)
        places = [_Place(found, view=view) for view in views for found in elements(view.blocks)]
        return places if view_id else places + self._places_in_channels(user, channel, ts)

    def _open_views(self, user: str, view_id: str | None) -> list[View]:
        home = [self._w.homes[user]] if user in self._w.homes else []
        shown = [*reversed(self._w.stacks.get(user, [])), *home]
        return [view for view in shown if view_id in (None, view.id)]

    def _places_in_channels(self, user: str, channel: str | None, ts: str | None) -> list[_Place]:
        seen: list[tuple[str, list[_Place]]] = []
        for shown in self._w.ephemerals:
            if shown.user == user and channel in (None, shown.channel) and ts in (None, shown.message["ts"]):
                place = self._w.channels[shown.channel]
                found = elements(shown.message.get("blocks", []))
                seen.append((shown.message["ts"], [_Place(f, channel=place, ephemeral=shown) for f in found]))
        for room in self._w.channels.values():
            if user in room.members and channel in (None, room.id):
                seen += [(m["ts"], _in_message(room, m)) for m in room.messages.values() if ts in (None, m["ts"])]
        return [place for _, places in sorted(seen, key=lambda pair: pair[0], reverse=True) for place in places]

    def _pressed(self, user: str, place: _Place, option: str | list[str] | None) -> Json | str:
        element = place.found.element
        chosen = chosen_state(element, option)
        if isinstance(chosen, str):
            return chosen
        typed = self._typed(place)
        if element["type"] in STATE_KEYS:
            typed.setdefault(place.found.block_id, {})[place.found.action_id] = chosen
        action = {**chosen, "action_id": place.found.action_id, "block_id": place.found.block_id}
        build = self._sandbox.interactions
        if place.view is not None:
            return build.press_in_view(user, place.view, action)
        assert place.channel is not None
        if place.ephemeral is not None:
            state = state_values(place.ephemeral.message["blocks"], typed)
            return build.press_in_ephemeral(place.channel, place.ephemeral, action, state)
        assert place.message is not None
        state = state_values(place.message["blocks"], typed)
        return build.press_in_message(user, place.channel, place.message, action, state)

    def _typed(self, place: _Place) -> Typed:
        if place.view is not None:
            return place.view.typed
        if place.ephemeral is not None:
            return place.ephemeral.typed
        assert place.channel is not None
        assert place.message is not None
        return place.channel.typed.setdefault(place.message["ts"], {})

    def fill(self, user: str, view_id: str, block_id: str, value: Any) -> Outcome:
        """Set an input: text, an option's value, a list of values, a date. None empties it.

        Refuses what Slack's client does not let one type; with dispatch_action the app is told.
        """
        with self._w.lock:
            view = next((v for v in self._open_views(user, view_id)), None)
            block = next((b for b in view.blocks if b.get("block_id") == block_id), None) if view else None
            if view is None or block is None or block.get("type") != "input":
                return Outcome(False, error=f"no input: {block_id}")
            found = Found(block, block["element"])
            chosen = chosen_state(found.element, value)
            error = chosen if isinstance(chosen, str) else refused_by_client(found.element, chosen)
            if isinstance(chosen, str) or error:
                return Outcome(False, error=error)
            view.typed.setdefault(block_id, {})[found.action_id] = chosen
            view.errors.pop(block_id, None)
            if not block.get("dispatch_action"):
                self._w.bump()
                return DONE
            action = {**chosen, "action_id": found.action_id, "block_id": block_id}
            payload = self._sandbox.interactions.press_in_view(user, view, action)
        self._w.bump()
        return self._send("interactive", payload, TROUBLE)

    # --- modals

    def submit(self, user: str, view_id: str) -> Outcome:
        """Press the modal's submit button. Empty required inputs stop it in the client, as in Slack."""
        with self._w.lock:
            view = next((v for v in self._w.stacks.get(user, []) if v.id == view_id), None)
            if view is None:
                return Outcome(False, error=f"no open view: {view_id}")
            view.errors = self._client_errors(view)
            if view.errors:
                self._w.bump()
                return Outcome(False, error="; ".join(f"{b}: {e}" for b, e in view.errors.items()))
            payload = self._sandbox.interactions.submission(user, view)
        outcome = self._send("interactive", payload, TROUBLE)
        return self._after_submit(user, view, outcome) if outcome.acked else outcome

    def _client_errors(self, view: View) -> dict[str, str]:
        errors: dict[str, str] = {}
        for block in view.blocks:
            if block.get("type") == "input":
                state = self._w.view_state(view)[block["block_id"]][block["element"]["action_id"]]
                error = refused_by_client(block["element"], state, required=not block.get("optional"))
                errors |= {block["block_id"]: error} if error else {}
        return errors

    def _after_submit(self, user: str, view: View, outcome: Outcome) -> Outcome:
        body = outcome.payload or {}
        action = body.get("response_action")
        bad = bad_images(body.get("view"), self._w.images)
        with self._w.lock:
            error = self._apply(user, view, action, body, bad)
        self._w.bump()
        return replace(outcome, error=error)

    def _apply(self, user: str, view: View, action: str | None, body: Json, bad: dict[str, str]) -> str | None:
        stack = self._w.stacks.setdefault(user, [])
        if view not in stack:
            return None
        if action is None:
            stack.remove(view)
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            return _show_errors(view, body.get("errors"))
        elif action in ("update", "push"):
            return self._next_view(stack, view, action, body.get("view"), bad)
        else:
            return TROUBLE
        return None

    def _next_view(self, stack: list[View], view: View, action: str, body: Any, bad: dict[str, str]) -> str | None:
        body = json.loads(body) if isinstance(body, str) else body
        problems = check_view(body, "modal", bad, self._w.files) if isinstance(body, dict) else ["no view"]
        if problems or (action == "push" and len(stack) >= 3):
            return f"{TROUBLE} ({'; '.join(problems) or 'push_limit_reached'})"
        if action == "update":
            self._w.replace_view(view, body)
        else:
            stack.append(self._w.make_view(view.user, body, view))
        return None

    def close(self, user: str, view_id: str, *, clear: bool = False) -> Outcome:
        """Press Cancel (`clear`: the x that closes the whole stack)."""
        with self._w.lock:
            stack = self._w.stacks.get(user, [])
            view = next((v for v in stack if v.id == view_id), None)
            if view is None:
                return Outcome(False, error=f"no open view: {view_id}")
            gone = list(reversed(stack)) if clear or view.body.get("clear_on_close") else [view]
            stack[:] = [v for v in stack if v not in gone]
            told = [v for v in gone if v.body.get("notify_on_close")]
            payloads = [self._sandbox.interactions.closed(user, v, cleared=clear) for v in told]
        self._w.bump()
        outcomes = [self._send("interactive", payload, TROUBLE) for payload in payloads]
        return outcomes[0] if outcomes else DONE

    def shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Outcome:
        """A shortcut from a message's menu."""
        with self._w.lock:
            place = self._w.channels[channel]
            if user not in place.members or ts not in place.messages:
                return Outcome(False, error="message_not_found")
            payload = self._sandbox.interactions.message_shortcut(user, place, place.messages[ts], callback_id)
        return self._send("interactive", payload, TROUBLE)

    def global_shortcut(self, user: str, callback_id: str) -> Outcome:
        """A shortcut from the search bar or the plus button."""
        return self._send("interactive", self._sandbox.interactions.global_shortcut(user, callback_id), TROUBLE)

    def _send(self, kind: str, payload: Json, error: str) -> Outcome:
        envelope = self._sandbox.socket.request(kind, json.loads(json.dumps(payload)))
        if envelope is None or not envelope.acked:
            return Outcome(False, error=error)
        return Outcome(True, envelope.payload)

    # --- looking

    def messages(self, user: str, channel: str) -> list[Json]:
        """A channel's messages, oldest first; nothing for who is not in it."""
        with self._w.lock:
            place = self._w.channels[channel]
            return [dict(m) for m in place.messages.values()] if user in place.members else []

    def direct(self, user: str) -> list[Json]:
        """The messages between this person and the app."""
        with self._w.lock:
            return self.messages(user, self._w.direct_channel(user).id)

    def ephemerals(self, user: str, channel: str | None = None) -> list[Json]:
        """What only this person sees, oldest first."""
        with self._w.lock:
            mine = [e for e in self._w.ephemerals if e.user == user and channel in (None, e.channel)]
            return [dict(e.message) for e in mine]

    def views(self, user: str) -> list[Json]:
        """The open modals, the top one last, each as Slack would send it."""
        with self._w.lock:
            return [self._w.view_json(view) for view in self._w.stacks.get(user, [])]

    def home(self, user: str) -> Json | None:
        with self._w.lock:
            home = self._w.homes.get(user)
            return self._w.view_json(home) if home else None

    def state_of(self, user: str, view_id: str) -> Typed:
        """`view.state.values` as it stands."""
        with self._w.lock:
            view = self._w.views[view_id]
            return self._w.view_state(view) if view.user == user else {}

    def errors_of(self, user: str, view_id: str) -> dict[str, str]:
        """The errors shown at a modal's inputs, by block_id."""
        with self._w.lock:
            view = self._w.views[view_id]
            return dict(view.errors) if view.user == user else {}


def _in_message(room: Channel, message: Json) -> list[_Place]:
    return [_Place(found, channel=room, message=message) for found in elements(message.get("blocks", []))]


def _show_errors(view: View, errors: Any) -> str | None:
    """Errors belong to input blocks; at any other id Slack shows nothing but its trouble."""
    inputs = {b["block_id"] for b in view.blocks if b.get("type") == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return f"{TROUBLE} (errors at {errors!r}, inputs are {sorted(inputs)})"
    view.errors = {block_id: str(text) for block_id, text in errors.items()}
    return None


def chosen_state(element: Json, value: Any) -> Json | str:
    """An element's state after use, or why it cannot be used like this."""
    kind = element["type"]
    if kind == "button":
        return {key: element[key] for key in ("type", "text", "value", "style") if key in element}
    if kind == "overflow":
        option = next((o for o in options_of(element) if o.get("value") == value), None)
        return {"type": kind, "selected_option": option} if option else f"no such option: {value}"
    if kind not in STATE_KEYS:
        return {"type": kind}
    return _chosen_input(element, kind, value)


def _chosen_input(element: Json, kind: str, value: Any) -> Json | str:
    key, _, empty = STATE_KEYS[kind]
    if value is None or value == "":
        return {"type": kind, key: empty}
    if key not in ("selected_option", "selected_options") or kind.endswith("external_select"):
        return {"type": kind, key: value}
    wanted = [value] if isinstance(value, str) else list(value)
    found = [option for option in options_of(element) if option.get("value") in wanted]
    if len(found) != len(wanted):
        return f"no such option: {value}"
    return {"type": kind, key: found[0] if key == "selected_option" else found}
