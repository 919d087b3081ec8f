"""Modals, Home tabs, triggers, and the addresses to answer at."""

import copy

from bot.sandbox.elements import Typed, state_values, with_ids
from bot.sandbox.state import Json, ResponseUrl, Trigger, View
from bot.sandbox.workspace_base import WorkspaceBase, short


class Views(WorkspaceBase):
    """What is open on people's screens."""

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        with self.lock:
            trigger = f"{self.next_number()}.{self.next_number()}.{short(user)}"
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
        return f"{int(self.now().timestamp())}.{short(str(number))[:8]}"

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

    def is_open(self, view: View) -> bool:
        """Whether a view is still on its person's screen."""
        return view in self.stacks.get(view.user, []) or self.homes.get(view.user) is view

    def new_response_url(self, user: str, channel: str, ts: str | None = None, *, ephemeral: bool = False) -> str:
        with self.lock:
            number = self.next_number()
            key = f"{self.team_id}/{number}/{short(f'{number}{user}{channel}')}"
            self.response_urls[key] = ResponseUrl(user, channel, self.now(), ts, ephemeral)
            return f"{self.url}respond/{key}"
