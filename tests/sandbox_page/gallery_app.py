"""A small Bolt app for the page to talk to; it remembers what it heard."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox_page.gallery import CONTROLS, INPUTS, Json, button, field, modal, mrkdwn, plain


class GalleryApp:
    def __init__(self, sandbox: Sandbox) -> None:
        self.heard: list[Json] = []
        logger = logging.getLogger("gallery")
        logger.setLevel(logging.CRITICAL)
        client = WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, logger=logger)
        app = App(
            client=client, logger=logger, token_verification_enabled=False, listener_executor=ThreadPoolExecutor(8)
        )
        self._listen(app)
        socket_client = WebClient(token=sandbox.app_token, base_url=sandbox.api_url, logger=logger)
        self.handler = SocketModeHandler(app, sandbox.app_token, web_client=socket_client, logger=logger)

    def start(self) -> None:
        self.handler.connect()

    def stop(self) -> None:
        self.handler.close()

    def _listen(self, app: App) -> None:
        app.command("/passalong")(self._command)
        for action in ("share", "delete", "read", "more", "pick", "day", "nets", "next", "value", "home_button"):
            app.action(action)(self._action)
        app.action("whisper")(self._whisper)
        app.action("rename")(self._rename)
        app.view("gallery")(self._submitted)
        app.view("second")(self._finished)
        app.view_closed("gallery")(self._closed)
        app.view_closed("second")(self._closed)
        app.shortcut("suggest")(self._shortcut)
        app.event("app_home_opened")(self._home)
        for event in ("message", "reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel"):
            app.event(event)(self._event)

    def _command(self, ack: Any, body: Json, client: WebClient) -> None:
        self.heard.append({"type": "command", "text": body["text"], "user": body["user_id"]})
        if body["text"] == "form":
            client.views_open(trigger_id=body["trigger_id"], view=modal(INPUTS))
        elif body["text"] == "steps":
            client.views_open(trigger_id=body["trigger_id"], view=modal(STEPS))
        ack(f"You said *{body['text']}*" if body["text"] not in ("form", "steps") else None)

    def _action(self, ack: Any, body: Json, client: WebClient) -> None:
        action = body["actions"][0]
        self.heard.append({**action, "type": "action", "state": (body.get("view") or {}).get("state")})
        ack()
        if action["action_id"] == "next":
            client.views_push(trigger_id=body["trigger_id"], view=modal(SECOND, "second", "Second step"))

    def _rename(self, ack: Any, body: Json, client: WebClient) -> None:
        """Change the view around what is typed: same ids at "title", other ids at "why"."""
        ack()
        blocks = [{"type": "section", "block_id": "new", "text": mrkdwn("Changed")}, STEPS[0], *STEPS[2:]]
        client.views_update(view_id=body["view"]["id"], view=modal(blocks, title="Changed"))

    def _whisper(self, ack: Any, body: Json, client: WebClient) -> None:
        ack()
        client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text="Just between us")

    def _submitted(self, ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        self.heard.append({"type": "submit", "values": values})
        if (values["title"]["value"].get("value") or "").startswith("bad"):
            ack(response_action="errors", errors={"title": "Say it kindly."})
        else:
            ack()

    def _finished(self, ack: Any) -> None:
        ack(response_action="clear")

    def _closed(self, ack: Any, body: Json) -> None:
        self.heard.append({"type": "closed", "cleared": body["is_cleared"]})
        ack()

    def _shortcut(self, ack: Any, body: Json) -> None:
        self.heard.append({"type": "shortcut", "text": body["message"]["text"]})
        ack()

    def _home(self, event: Json, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": HOME})

    def _event(self, event: Json) -> None:
        self.heard.append(event)


STEPS: list[Json] = [
    field("title", "Title", {"type": "plain_text_input"}),
    field("why", "Why", {"type": "plain_text_input"}, optional=True),
    field("live", "Search", {"type": "plain_text_input"}, optional=True, dispatch_action=True),
    {"type": "actions", "block_id": "steps", "elements": [button("Next", "next"), button("Rename", "rename")]},
]
SECOND: list[Json] = [{"type": "section", "text": mrkdwn("The *second* step")}]
HOME: list[Json] = [
    {"type": "header", "text": plain("Good to see you")},
    {"type": "section", "text": mrkdwn("What is new to share")},
    {"type": "actions", "block_id": "home", "elements": [button("Preferences", "home_button")]},
    {"type": "divider"},
    *CONTROLS[1:],
]
