"""Block Kit's limits, through a real client; slack_sdk.models and blockkit agree where they know the rule."""

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.sandbox.asking import GOOD, actions, button, error, field, line, plain, refusal, section

PICTURE = {"type": "image", "image_url": "https://pictures.example/a.png", "alt_text": "a"}


def option(text: str = "One", value: str = "1", **more: Any) -> dict[str, Any]:
    return {"text": plain(text), "value": value, **more}


def menu(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "m", "placeholder": plain("Choose"), **more}


def ticks(kind: str, count: int) -> dict[str, Any]:
    return {"type": kind, "action_id": "t", "options": [option(str(n), str(n)) for n in range(count)]}


CELL = {"type": "raw_text", "text": "x"}
WEEKS = ["6 Mar", "13 Mar"]


def chart(*series: Any, kind: str = "bar", title: str = "Readers", **axis: Any) -> dict[str, Any]:
    axis = {"categories": WEEKS, **axis}
    return {
        "type": "data_visualization",
        "title": title,
        "chart": {"type": kind, "series": list(series), "axis_config": axis},
    }


def bars(name: str = "Reef", labels: Any = WEEKS, value: Any = 3) -> dict[str, Any]:
    return {"name": name, "data": [{"label": label, "value": value} for label in labels]}


def pie(value: float) -> dict[str, Any]:
    segments = [{"label": "LinkedIn", "value": value}]
    return {"type": "data_visualization", "title": "Networks", "chart": {"type": "pie", "segments": segments}}


REFUSED: list[tuple[list[Any], str]] = [
    ([chart(bars(), title="x" * 51)], "must be less than 51 characters [json-pointer:/blocks/0/title]"),
    ([chart()], "no fewer than 1 items allowed [json-pointer:/blocks/0/chart/series]"),
    ([chart(*[bars(str(n)) for n in range(7)])], "no more than 6 items allowed"),
    ([chart(bars("x" * 21))], "must be less than 21 characters [json-pointer:/blocks/0/chart/series/0/name]"),
    ([chart(bars(), bars())], "series names must be unique"),
    ([chart(bars(labels=WEEKS[:1]))], "labels must match the categories"),
    ([chart(bars(labels=["9 Mar", "16 Mar"]))], "labels must match the categories"),
    ([chart(bars(value="3"))], "must be a number [json-pointer:/blocks/0/chart/series/0/data/0/value]"),
    ([chart(bars(), x_label="x" * 51)], "must be less than 51 characters"),
    ([chart(bars(), categories=["6 Mar", "6 Mar"])], "must be unique"),
    ([chart(bars(), categories=[str(n) for n in range(21)])], "no more than 20 items allowed"),
    ([chart(bars(), kind="radar")], "must be a valid enum value: pie, bar, area, line"),
    ([pie(0)], "must be more than 0 [json-pointer:/blocks/0/chart/segments/0/value]"),
    ([chart(bars())] * 3, "no more than 2 data_visualization blocks allowed"),
    ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    ([{"type": "alert", "text": plain("x")}], "unsupported type: alert [json-pointer:/blocks/0/type]"),
    ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    ([section("x", colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
    (
        [{"type": "section", "fields": [plain("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        [{"type": "section", "fields": [plain("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}],
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "unsupported type: mrkdwn"),
    ([{"type": "context", "elements": [plain("x")] * 11}], "no more than 10 items allowed"),
    ([{"type": "context", "elements": [button("a")]}], "unsupported type: button"),
    ([actions(*[button(f"a{n}") for n in range(26)])], "no more than 25 items allowed"),
    ([actions()], "no fewer than 1 items allowed"),
    ([actions(line())], "unsupported type: plain_text_input"),
    ([actions(button("a", text=plain("x" * 76)))], "must be less than 76 characters"),
    ([actions(button("a", value="x" * 2001))], "must be less than 2001 characters"),
    ([actions(button("a", url="https://x.example/" + "x" * 3000))], "must be less than 3001 characters"),
    ([actions(button("a", url="not an address"))], "does not match the required pattern"),
    ([actions(button("a", style="loud"))], "must be a valid enum value: primary, danger"),
    ([actions(button("x" * 256))], "must be less than 256 characters"),
    ([actions(button("a", accessibility_label="x" * 76))], "must be less than 76 characters"),
    ([actions(button("a"), button("a"))], '`action_id` "a" already exists [json-pointer:/blocks/0]'),
    ([section("x", block_id="b"), section("y", block_id="b")], '`block_id` "b" already exists'),
    ([actions(menu(options=[option()] * 101))], "no more than 100 items allowed"),
    ([actions(menu(options=[]))], "no fewer than 1 items allowed"),
    ([actions(menu())], "missing required field: options"),
    ([actions(menu(options=[option("x" * 76)]))], "must be less than 76 characters"),
    ([actions(menu(options=[option(value="x" * 151)]))], "must be less than 151 characters"),
    ([actions(menu(options=[option()], initial_option=option("Two", "2")))], "initial_option must match an option"),
    ([actions(menu(options=[option()], placeholder=plain("x" * 151)))], "must be less than 151 characters"),
    ([actions(ticks("checkboxes", 11))], "no more than 10 items allowed"),
    ([actions(ticks("radio_buttons", 11))], "no more than 10 items allowed"),
    ([actions(ticks("overflow", 6))], "no more than 5 items allowed"),
    ([actions({"type": "datepicker", "action_id": "d", "initial_date": "7-9-2026"})], "does not match the required"),
    ([actions({"type": "timepicker", "action_id": "d", "initial_time": "9:00"})], "does not match the required"),
    (
        [actions(button("a", confirm={"title": plain("x" * 101), "text": plain("x")}))],
        "missing required field: confirm",
    ),
    ([{**PICTURE, "alt_text": ""}], "missing required field: alt_text [json-pointer:/blocks/0]"),
    ([{**PICTURE, "alt_text": "x" * 2001}], "must be less than 2001 characters"),
    ([{**PICTURE, "image_url": "https://pictures.example/a.webp"}], "downloading image failed"),
    ([{"type": "image", "alt_text": "a"}], "missing required field: image_url"),
    ([{**PICTURE, "slack_file": {"id": "F0"}}], "only one of image_url, slack_file is allowed"),
    ([{"type": "table", "rows": [[CELL] * 21]}], "no more than 20 items allowed"),
    ([{"type": "table", "rows": [[CELL]] * 101}], "no more than 100 items allowed"),
    ([{"type": "table", "rows": [[CELL]]}] * 2, "only one table allowed"),
    ([{"type": "data_table", "rows": [[CELL]] * 2}], "missing required field: caption"),
    ([{"type": "data_table", "caption": "x", "rows": [[CELL]]}], "no fewer than 2 items allowed"),
    ([{"type": "markdown", "text": "x" * 7000}] * 2, "must be less than 12001 characters"),
    ([{"type": "card", "subtitle": plain("x")}], "missing required field: title"),
    ([{"type": "card", "body": plain("x" * 201)}], "must be less than 201 characters"),
    ([{"type": "carousel", "elements": [{"type": "card", "title": plain("x")}] * 11}], "no more than 10 items"),
    ([{"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]}], "unsupported type"),
    ([field("b" * 256, line())], "must be less than 256 characters"),
    ([field("b", line(max_length=3001))], "must be between 1 and 3000"),
    ([field("b", line(initial_value="x" * 11, max_length=10))], "must be less than 11 characters"),
    ([field("b", {"type": "number_input", "action_id": "n"})], "missing required field: is_decimal_allowed"),
    ([field("b", {"type": "file_input", "action_id": "n"})], "unsupported type: file_input"),
    ([field("b", line(), hint=plain("x" * 2001))], "must be less than 2001 characters"),
]


@pytest.mark.parametrize(("blocks", "reason"), REFUSED, ids=[reason[:60] for _, reason in REFUSED])
def test_refused(module_client: WebClient, blocks: list[Any], reason: str) -> None:
    answer = refusal(module_client.chat_postMessage, channel=GOOD, text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert any(message.startswith(f"[ERROR] {reason}") for message in answer["response_metadata"]["messages"])


def test_all_blocks_together(module_client: WebClient) -> None:
    fits = [section("x" * 2640)] * 5
    assert module_client.chat_postMessage(channel=GOOD, text="x", blocks=fits)["ok"]
    over = [section("x" * 2641)] * 5
    assert error(module_client.chat_postMessage, channel=GOOD, text="x", blocks=over) == "msg_blocks_too_long"


FINE: list[list[dict[str, Any]]] = [
    [section("x")] * 50,
    [section("x" * 3000)],
    [{"type": "section", "fields": [plain("x" * 1000)] * 10}],
    [{"type": "header", "text": plain("x" * 150)}, {"type": "divider"}],
    [actions(*[button(f"a{n}") for n in range(25)])],
    [actions(button("same"), block_id="one"), actions(button("same"), block_id="two")],
    [actions(menu(options=[option()] * 100))],
    [actions(ticks("checkboxes", 10), ticks("overflow", 5) | {"action_id": "o"})],
    [section("x", accessory={**PICTURE}), PICTURE],
    [actions(button("a", url="https://example.org", value="v", style="primary"))],
    [{"type": "table", "rows": [[CELL] * 20] * 100}],
    [{"type": "data_table", "caption": "x", "rows": [[CELL]] * 101}],
    [{"type": "card", "title": plain("x"), "actions": [button("a")]}],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}],
]


@pytest.mark.parametrize("blocks", FINE, ids=[str(b[0]["type"]) + str(n) for n, b in enumerate(FINE)])
def test_fine(module_client: WebClient, blocks: list[Any]) -> None:
    assert module_client.chat_postMessage(channel=GOOD, text="x", blocks=blocks)["ok"]


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}


@pytest.mark.parametrize("kind", ["card", "table", "data_table", "markdown", "alert", "carousel", "container"])
def test_home_takes_classic_blocks_only(module_client: WebClient, kind: str) -> None:
    answer = refusal(module_client.views_publish, user_id="U00000001", view=home({"type": kind}))
    assert answer["error"] == "invalid_arguments"
    assert (
        f"[ERROR] unsupported type: {kind} [json-pointer:/view/blocks/0/type]"
        in (answer["response_metadata"]["messages"])
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"blocks": [section("x")] * 101}, "no more than 100 items allowed [json-pointer:/view/blocks]"),
        ({"private_metadata": "x" * 3001}, "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        ({"callback_id": "x" * 256}, "must be less than 256 characters [json-pointer:/view/callback_id]"),
        ({"title": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/title/text]"),
        ({"submit": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/submit/text]"),
        ({"close": plain("x" * 25)}, "must be less than 25 characters [json-pointer:/view/close/text]"),
        ({"title": None}, "missing required field: title [json-pointer:/view]"),
        ({"blocks": None}, "missing required field: blocks [json-pointer:/view]"),
        ({"submit": None, "blocks": [field("b", line())]}, "missing required field: submit [json-pointer:/view]"),
        ({"type": "home"}, "must be a valid enum value: modal [json-pointer:/view/type]"),
        ({"colour": "red"}, "invalid additional property: colour [json-pointer:/view]"),
        (
            {"blocks": [field("a", line(focus_on_load=True)), field("b", line(focus_on_load=True))]},
            "only one element can have focus_on_load",
        ),
    ],
)
def test_modals(module_client: WebClient, module_trigger: str, changes: dict[str, Any], reason: str) -> None:
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": [section("x")], **changes}
    answer = refusal(module_client.views_open, trigger_id=module_trigger, view=view)
    assert answer["error"] == "invalid_arguments"
    assert any(message.startswith(f"[ERROR] {reason}") for message in answer["response_metadata"]["messages"])
