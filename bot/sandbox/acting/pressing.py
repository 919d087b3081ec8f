"""Using the elements of messages, ephemerals, modals and the Home tab."""

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.acting.acting import DONE, TROUBLE, Acting, Outcome
from bot.sandbox.acting.choices import chosen_state
from bot.sandbox.client_checks import refused_by_client
from bot.sandbox.elements import STATE_KEYS, Found, Typed, elements, state_values
from bot.sandbox.state import Channel, Ephemeral, Json, View


@dataclass(frozen=True)
class _Place:
    """Where an element was found: in a view, an ephemeral or a message."""

    found: Found
    view: View | None = None
    channel: Channel | None = None
    message: Json | None = None
    ephemeral: Ephemeral | None = None


class Pressing(Acting):
    """Buttons, menus, pickers and inputs."""

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


def _in_message(room: Channel, message: Json) -> list[_Place]:
    return [_Place(found, channel=room, message=message) for found in elements(message.get("blocks", []))]
