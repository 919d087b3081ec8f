"""People use the app; the app is a real Bolt app."""

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as data
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from bot.sandbox.acts import TROUBLE
from tests.sandbox.asking import (
    ADMIN,
    ANN,
    COMMS,
    EDITOR,
    GENERAL,
    GOOD,
    actions,
    button,
    field,
    line,
    modal,
    plain,
    section,
    until,
)


@dataclass
class Answers:
    """What the app answers, and what it was told."""

    command: Any = None
    submit: dict[str, Any] = data(default_factory=dict)
    view: dict[str, Any] | None = None
    bodies: list[dict[str, Any]] = data(default_factory=list)


@pytest.fixture
def answers(sandbox: Sandbox, app: App, connect: Callable[[], SocketModeHandler]) -> Answers:
    kept = Answers()

    @app.command("/passalong")
    def command(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        kept.bodies.append(body)
        if kept.view:
            client.views_open(trigger_id=body["trigger_id"], view=kept.view)
        ack(kept.command) if kept.command else ack()

    @app.action("go")
    def go(ack: Any, body: dict[str, Any]) -> None:
        kept.bodies.append(body)
        ack()

    @app.view("form")
    def form(ack: Any, body: dict[str, Any]) -> None:
        kept.bodies.append(body)
        ack(**kept.submit)

    @app.view_closed("form")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        kept.bodies.append(body)
        ack()

    @app.shortcut("share")
    def shortcut(ack: Any, body: dict[str, Any]) -> None:
        kept.bodies.append(body)
        ack()

    connect()
    return kept


def opened(sandbox: Sandbox, client: WebClient, view: dict[str, Any], user: str = ANN) -> str:
    return str(client.views_open(trigger_id=sandbox.workspace.new_trigger(user), view=view)["view"]["id"])


def test_a_command(sandbox: Sandbox, answers: Answers) -> None:
    answers.command = {"text": "hello", "blocks": [section("hello")]}
    name = sandbox.workspace.people[ADMIN].name
    outcome = sandbox.acts.command(
        EDITOR, COMMS, f"/passalong queue @{name} #good-stories a<b & https://x.example/a?b=c"
    )
    assert outcome.acked
    body = answers.bodies[0]
    assert body["text"] == (f"queue <@{ADMIN}|{name}> <#{GOOD}|good-stories> a&lt;b &amp; https://x.example/a?b=c")
    assert (body["user_id"], body["channel_id"], body["command"]) == (EDITOR, COMMS, "/passalong")
    assert body["response_url"].startswith(sandbox.url)
    assert [m["text"] for m in sandbox.acts.ephemerals(EDITOR, COMMS)] == ["hello"]
    assert sandbox.acts.messages(EDITOR, COMMS) == []


def test_a_command_for_everyone_to_see(sandbox: Sandbox, answers: Answers) -> None:
    answers.command = {"text": "hello", "response_type": "in_channel"}
    sandbox.acts.command(EDITOR, COMMS, "/passalong")
    assert [m["text"] for m in sandbox.acts.messages(EDITOR, COMMS)] == ["hello"]


def test_commands_that_go_wrong(sandbox: Sandbox, app: App) -> None:
    failed = '/passalong failed with the error "dispatch_failed"'
    assert sandbox.acts.command(EDITOR, COMMS, "/passalong").error == failed
    assert sandbox.acts.command(EDITOR, COMMS, "/elsewhere").error == "/elsewhere is not a valid command."
    assert sandbox.acts.command(ANN, COMMS, "/passalong").error == "not_in_channel"


def test_somebody_who_is_there_invites_the_bot(sandbox: Sandbox) -> None:
    general = sandbox.workspace.channels[GENERAL]
    assert sandbox.workspace.bot_user not in general.members
    assert sandbox.acts.command(EDITOR, GENERAL, "/invite @Nobody").error == "I couldn't find anybody called @Nobody."
    assert sandbox.acts.command(EDITOR, GENERAL, "/invite @passalong").acked
    assert sandbox.workspace.bot_user in general.members


def test_a_command_without_a_listener(sandbox: Sandbox, connect: Callable[[], SocketModeHandler]) -> None:
    sandbox.socket.ack_seconds = 0.3
    connect()
    outcome = sandbox.acts.command(EDITOR, COMMS, "/passalong")
    assert (outcome.acked, outcome.error) == (False, '/passalong failed with the error "dispatch_failed"')


def test_a_button_in_a_message(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    blocks = [actions(button("go", value="1"), block_id="one"), actions(button("go", value="2"), block_id="two")]
    metadata = {"event_type": "story", "event_payload": {"id": 7}}
    posted = client.chat_postMessage(channel=GOOD, text="x", blocks=blocks, metadata=metadata)
    assert sandbox.acts.press(ANN, "go", channel=GOOD, ts=posted["ts"], value="2").acked
    body = answers.bodies[0]
    assert body["user"] == {
        "id": ANN,
        "username": body["user"]["name"],
        "name": body["user"]["name"],
        "team_id": "T0SANDBOX",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": GOOD,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": GOOD, "name": "good-stories"}
    assert body["message"]["metadata"] == {"event_type": "story"}
    (action,) = body["actions"]
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "two", "2")
    assert {"trigger_id", "response_url", "api_app_id", "token", "team"} <= set(body)
    assert "action_ts" in action


def test_a_button_that_opens_an_address(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    client.chat_postMessage(channel=ANN, text="x", blocks=[actions(button("go", url="https://example.org"))])
    outcome = sandbox.acts.press(ANN, "go")
    assert (outcome.acked, outcome.url) == (True, "https://example.org")


def test_a_button_nobody_listens_to(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    sandbox.socket.ack_seconds = 0.3
    client.chat_postMessage(channel=ANN, text="x", blocks=[actions(button("other", url="https://example.org"))])
    assert sandbox.acts.press(ANN, "other").error == TROUBLE
    assert sandbox.acts.press(ANN, "nowhere").error == "nothing to press: nowhere"
    assert sandbox.acts.press(ADMIN, "other").error == "nothing to press: other"


def test_a_button_in_an_ephemeral(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    client.chat_postEphemeral(channel=COMMS, user=EDITOR, text="x", blocks=[actions(button("go"))])
    assert sandbox.acts.press(ADMIN, "go").error == "nothing to press: go"
    assert sandbox.acts.press(EDITOR, "go").acked
    assert answers.bodies[0]["container"]["is_ephemeral"] is True
    assert "message" not in answers.bodies[0]


def test_home_buttons_menus_and_pickers(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    options = [{"text": plain(name), "value": name} for name in ("nl", "en")]
    menu = {"type": "static_select", "action_id": "go", "placeholder": plain("x"), "options": options}
    more = {"type": "overflow", "action_id": "go", "options": options}
    day = {"type": "datepicker", "action_id": "go"}
    blocks = [actions(e, block_id=f"b{n}") for n, e in enumerate((menu, more, day))]
    client.views_publish(user_id=ANN, view={"type": "home", "blocks": blocks})
    assert sandbox.acts.press(ANN, "go", block_id="b0", option="nl").acked
    assert sandbox.acts.press(ANN, "go", block_id="b1", option="en").acked
    assert sandbox.acts.press(ANN, "go", block_id="b2", option="2026-09-08").acked
    assert sandbox.acts.press(ANN, "go", block_id="b1", option="fr").error == "no such option: fr"
    first, second, third = answers.bodies
    assert first["actions"][0]["selected_option"]["value"] == "nl"
    assert first["view"]["state"]["values"]["b0"]["go"]["selected_option"]["value"] == "nl"
    assert first["container"] == {"type": "view", "view_id": first["view"]["id"]}
    assert second["actions"][0]["selected_option"]["value"] == "en"
    assert third["actions"][0]["selected_date"] == "2026-09-08"


def test_only_for_some_eyes(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    blocks = [actions(button("go", visible_to_user_ids=[EDITOR]))]
    client.chat_postMessage(channel=COMMS, text="x", blocks=blocks)
    assert sandbox.acts.press(ADMIN, "go").error == "nothing to press: go"
    assert sandbox.acts.press(EDITOR, "go").acked


def test_a_modal_from_command_to_submit(sandbox: Sandbox, answers: Answers) -> None:
    answers.view = modal(field("name", line(initial_value="Ann")), field("why", line(), optional=True))
    sandbox.acts.command(ANN, GOOD, "/passalong")
    view_id = sandbox.acts.views(ANN)[0]["id"]
    assert sandbox.acts.fill(ANN, view_id, "why", "because").acked
    assert sandbox.acts.submit(ANN, view_id).acked
    assert sandbox.acts.views(ANN) == []
    body = answers.bodies[-1]
    assert body["type"] == "view_submission"
    assert body["response_urls"] == []
    assert body["view"]["state"]["values"] == {
        "name": {"text": {"type": "plain_text_input", "value": "Ann"}},
        "why": {"text": {"type": "plain_text_input", "value": "because"}},
    }
    assert {"id", "hash", "callback_id", "private_metadata", "root_view_id", "title"} <= set(body["view"])


def test_the_client_stops_empty_and_wrong_input(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    view_id = opened(sandbox, client, modal(field("name", line(max_length=3)), field("site", URL), field("n", NUMBER)))
    assert sandbox.acts.submit(ANN, view_id).acked is False
    assert sandbox.acts.errors_of(ANN, view_id)["name"] == "Please complete this required field."
    assert sandbox.acts.fill(ANN, view_id, "name", "Anna").error == "Must be at most 3 characters."
    assert sandbox.acts.fill(ANN, view_id, "site", "nowhere").error == "Enter a valid URL."
    assert sandbox.acts.fill(ANN, view_id, "n", "2.5").error == "Enter a whole number."
    assert sandbox.acts.fill(ANN, view_id, "n", "11").error == "Enter a number in the range."
    assert sandbox.acts.fill(ANN, view_id, "nothing", "x").error == "no input: nothing"
    assert answers.bodies == []


URL = {"type": "url_text_input", "action_id": "u"}
NUMBER = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "max_value": "10"}


def test_errors_keep_the_view_open(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    view_id = opened(sandbox, client, modal(field("name", line())))
    sandbox.acts.fill(ANN, view_id, "name", "Ann")
    answers.submit = {"response_action": "errors", "errors": {"name": "Taken."}}
    outcome = sandbox.acts.submit(ANN, view_id)
    assert outcome.payload == answers.submit
    assert sandbox.acts.errors_of(ANN, view_id) == {"name": "Taken."}
    assert sandbox.acts.state_of(ANN, view_id)["name"]["text"]["value"] == "Ann"
    answers.submit = {"response_action": "errors", "errors": {"elsewhere": "Wrong."}}
    assert str(sandbox.acts.submit(ANN, view_id).error).startswith(TROUBLE)


def test_update_push_and_clear(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    view_id = opened(sandbox, client, modal())
    answers.submit = {"response_action": "update", "view": modal(section("second"))}
    sandbox.acts.submit(ANN, view_id)
    assert sandbox.acts.views(ANN)[0]["blocks"][0]["text"]["text"] == "second"
    answers.submit = {"response_action": "push", "view": modal(section("third"))}
    sandbox.acts.submit(ANN, view_id)
    assert [v["previous_view_id"] for v in sandbox.acts.views(ANN)] == [None, view_id]
    answers.submit = {"response_action": "update", "view": modal(section("x" * 3001))}
    assert "must be less than 3001" in str(sandbox.acts.submit(ANN, sandbox.acts.views(ANN)[-1]["id"]).error)
    answers.submit = {"response_action": "clear"}
    sandbox.acts.submit(ANN, sandbox.acts.views(ANN)[-1]["id"])
    assert sandbox.acts.views(ANN) == []


def test_closing(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    silent = opened(sandbox, client, modal())
    assert sandbox.acts.close(ANN, silent).acked
    loud = opened(sandbox, client, modal(notify_on_close=True))
    sandbox.acts.close(ANN, loud)
    assert [b["type"] for b in answers.bodies] == ["view_closed"]
    assert answers.bodies[0]["is_cleared"] is False
    assert sandbox.acts.views(ANN) == []


def test_typing_can_tell_the_app(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    view_id = opened(sandbox, client, modal(field("name", line("go"), dispatch_action=True)))
    sandbox.acts.fill(ANN, view_id, "name", "Ann")
    body = answers.bodies[0]
    assert body["actions"][0]["value"] == "Ann"
    assert body["view"]["state"]["values"]["name"]["go"]["value"] == "Ann"


def test_choices_in_inputs(sandbox: Sandbox, client: WebClient, answers: Answers) -> None:
    options = [{"text": plain(n), "value": n} for n in ("linkedin", "mastodon", "bluesky")]
    ticks = {"type": "checkboxes", "action_id": "c", "options": options, "initial_options": options[:1]}
    many = {"type": "multi_static_select", "action_id": "m", "placeholder": plain("x"), "options": options}
    view_id = opened(sandbox, client, modal(field("ticks", ticks), field("many", many | {"max_selected_items": 1})))
    assert sandbox.acts.state_of(ANN, view_id)["ticks"]["c"]["selected_options"] == options[:1]
    assert sandbox.acts.fill(ANN, view_id, "many", ["mastodon", "bluesky"]).error == "Choose at most 1."
    assert sandbox.acts.fill(ANN, view_id, "many", ["mastodon"]).acked
    assert sandbox.acts.fill(ANN, view_id, "ticks", ["bluesky", "linkedin"]).acked
    assert sandbox.acts.fill(ANN, view_id, "ticks", ["x"]).error == "no such option: ['x']"
    sandbox.acts.submit(ANN, view_id)
    values = answers.bodies[-1]["view"]["state"]["values"]
    assert values["many"]["m"]["selected_options"] == [options[1]]
    assert [o["value"] for o in values["ticks"]["c"]["selected_options"]] == ["linkedin", "bluesky"]


def test_a_shortcut(sandbox: Sandbox, answers: Answers) -> None:
    ts = sandbox.acts.say(ADMIN, GOOD, "look")
    assert sandbox.acts.shortcut(ANN, GOOD, ts, "share").acked
    body = answers.bodies[0]
    assert (body["type"], body["callback_id"], body["message_ts"]) == ("message_action", "share", ts)
    assert body["message"]["text"] == "look"
    assert sandbox.acts.global_shortcut(ANN, "share").acked
    assert sandbox.acts.shortcut(ANN, GOOD, "1.0", "share").error == "message_not_found"


def test_reactions_of_people(sandbox: Sandbox) -> None:
    ts = sandbox.acts.say(ADMIN, GOOD, "look")
    assert sandbox.acts.react(ANN, GOOD, ts, ":tada:").acked
    assert sandbox.acts.react(ANN, GOOD, ts, "tada").error == "already_reacted"
    assert sandbox.acts.react(ANN, COMMS, ts, "tada").error == "not_in_channel"
    assert sandbox.acts.unreact(ANN, GOOD, ts, "tada").acked
    assert sandbox.acts.unreact(ANN, GOOD, ts, "tada").error == "no_reaction"


def test_saying_something_elsewhere(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="not_in_channel"):
        sandbox.acts.say(ANN, COMMS, "hello")


def test_changes_can_be_waited_for(sandbox: Sandbox, client: WebClient) -> None:
    before = sandbox.workspace.counter
    assert sandbox.workspace.wait_change(before, 0.01) == before
    client.chat_postMessage(channel=GOOD, text="x")
    assert sandbox.workspace.wait_change(before, 5) > before


def test_the_log_has_everything(sandbox: Sandbox, answers: Answers) -> None:
    sandbox.acts.command(EDITOR, COMMS, "/passalong")
    sandbox.acts.say(ADMIN, GOOD, "look")
    until(lambda: len([e for e in sandbox.workspace.log if e.name == "slash_commands"]) == 1)
    calls = {entry.name: entry for entry in sandbox.workspace.log}
    assert calls["auth.test"].answer is not None
    assert "token" not in calls["auth.test"].args
    assert calls["slash_commands"].answer == {"acked": True, "payload": None}
