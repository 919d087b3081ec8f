from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ANN, SteppingClock, error, field, line, modal, refusal, section


def trigger(sandbox: Sandbox) -> str:
    return sandbox.workspace.new_trigger(ANN)


def home(*blocks: dict, **more: object) -> dict:
    return {"type": "home", "blocks": list(blocks), **more}


def test_a_trigger_opens_one_view(sandbox: Sandbox, client: WebClient) -> None:
    once = trigger(sandbox)
    client.views_open(trigger_id=once, view=modal())
    assert error(client.views_open, trigger_id=once, view=modal()) == "exchanged_trigger_id"
    assert error(client.views_open, trigger_id="1.2.x", view=modal()) == "invalid_trigger_id"


def test_a_trigger_lives_three_seconds(sandbox: Sandbox, client: WebClient, clock: SteppingClock) -> None:
    late, just = trigger(sandbox), None
    clock.step(3.1)
    assert error(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"
    just = trigger(sandbox)
    clock.step(2.9)
    assert client.views_open(trigger_id=just, view=modal())["ok"]


def test_arguments(sandbox: Sandbox, client: WebClient) -> None:
    answer = refusal(client.api_call, api_method="views.open", params={"view": "{}"})
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: trigger_id"]
    arguments = {"trigger_id": trigger(sandbox), "view": "{"}
    assert error(client.api_call, api_method="views.open", params=arguments) == "invalid_arguments"


def test_too_large(sandbox: Sandbox, client: WebClient) -> None:
    blocks = [section("x" * 3000) for _ in range(84)]
    assert error(client.views_open, trigger_id=trigger(sandbox), view=modal(*blocks)) == "view_too_large"
    assert error(client.views_publish, user_id=ANN, view=home(*blocks)) == "view_too_large"


def test_invalid_views_say_why(sandbox: Sandbox, client: WebClient) -> None:
    view = modal(title={"type": "plain_text", "text": "x" * 25})
    answer = refusal(client.views_open, trigger_id=trigger(sandbox), view=view)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]


def test_update(sandbox: Sandbox, client: WebClient) -> None:
    view = client.views_open(trigger_id=trigger(sandbox), view=modal())["view"]
    changed = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("new")))["view"]
    assert changed["hash"] != view["hash"]
    conflict = error(client.views_update, view_id=view["id"], hash=view["hash"], view=modal())
    assert conflict == "hash_conflict"
    assert error(client.views_update, view_id="V0", view=modal()) == "not_found"


def test_a_closed_view_is_gone(sandbox: Sandbox, client: WebClient) -> None:
    view_id = client.views_open(trigger_id=trigger(sandbox), view=modal())["view"]["id"]
    sandbox.acts.close(ANN, view_id)
    assert error(client.views_update, view_id=view_id, view=modal()) == "not_found"


def test_external_ids_are_unique(sandbox: Sandbox, client: WebClient) -> None:
    client.views_open(trigger_id=trigger(sandbox), view=modal(external_id="one"))
    again = error(client.views_open, trigger_id=trigger(sandbox), view=modal(external_id="one"))
    assert again == "duplicate_external_id"
    assert client.views_update(external_id="one", view=modal(external_id="one"))["ok"]


def test_three_views_on_a_stack(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.views_push, trigger_id=trigger(sandbox), view=modal()) == "not_found"
    client.views_open(trigger_id=trigger(sandbox), view=modal())
    client.views_push(trigger_id=trigger(sandbox), view=modal())
    client.views_push(trigger_id=trigger(sandbox), view=modal())
    assert error(client.views_push, trigger_id=trigger(sandbox), view=modal()) == "push_limit_reached"
    views = sandbox.acts.views(ANN)
    assert [v["previous_view_id"] for v in views] == [None, views[0]["id"], views[1]["id"]]


def test_home(sandbox: Sandbox, client: WebClient) -> None:
    assert error(client.views_publish, user_id="U0NOBODY", view=home()) == "user_not_found"
    first = client.views_publish(user_id=ANN, view=home(section("one")))["view"]
    client.views_publish(user_id=ANN, view=home(section("two")), hash=first["hash"])
    assert error(client.views_publish, user_id=ANN, view=home(), hash=first["hash"]) == "hash_conflict"
    shown = sandbox.acts.home(ANN)
    assert shown is not None
    assert shown["id"] == first["id"]
    assert shown["blocks"][0]["text"]["text"] == "two"


def test_what_was_typed_stays_while_the_ids_stay(sandbox: Sandbox, client: WebClient) -> None:
    view = modal(field("name", line(initial_value="Ann")), field("town", line()))
    view_id = client.views_open(trigger_id=trigger(sandbox), view=view)["view"]["id"]
    assert sandbox.acts.state_of(ANN, view_id)["name"]["text"]["value"] == "Ann"
    assert sandbox.acts.state_of(ANN, view_id)["town"]["text"]["value"] is None
    sandbox.acts.fill(ANN, view_id, "name", "Bea")
    sandbox.acts.fill(ANN, view_id, "town", "Delft")
    client.views_update(view_id=view_id, view=modal(field("name", line()), field("town", line("other"))))
    assert sandbox.acts.state_of(ANN, view_id)["name"]["text"]["value"] == "Bea"
    assert sandbox.acts.state_of(ANN, view_id)["town"]["other"]["value"] is None
