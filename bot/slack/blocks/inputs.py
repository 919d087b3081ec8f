"""Inputs of a form. The element has the id of its block, so that a form reads `values["title"]["title"]`."""

from collections.abc import Collection, Sequence

from bot.slack.mrkdwn import Block, clean, cut, plain


def text_input(
    block_id: str,
    label: str,
    *,
    value: str = "",
    hint: str = "",
    sample: str = "",
    most: int = 3000,
    needed: bool = True,
    many_lines: bool = False,
) -> Block:
    """A line of text, or many; `sample` stands there while it is empty."""
    element: Block = {"type": "plain_text_input", "action_id": block_id, "max_length": most}
    if many_lines:
        element["multiline"] = True
    if value:
        element["initial_value"] = cut(clean(value), most)
    if sample:
        element["placeholder"] = plain(sample, 150)
    return _input(block_id, label, element, hint, needed=needed)


def one_of(
    block_id: str, label: str, options: Sequence[Block], *, value: str = "", hint: str = "", needed: bool = True
) -> Block:
    """A choice of one; `value` is the option's that is chosen at first."""
    element: Block = {"type": "static_select", "action_id": block_id, "options": list(options[:100])}
    chosen = next((option for option in element["options"] if option["value"] == value), None)
    if chosen is not None:
        element["initial_option"] = chosen
    return _input(block_id, label, element, hint, needed=needed)


def some_of(block_id: str, label: str, options: Sequence[Block], values: Sequence[str], *, hint: str = "") -> Block:
    """A choice of some, in the order in which they were chosen; none is fine."""
    shown = list(options[:100])
    by_value = {option["value"]: option for option in shown}
    element: Block = {"type": "multi_static_select", "action_id": block_id, "options": shown}
    chosen = [by_value[value] for value in values if value in by_value]
    if chosen:
        element["initial_options"] = chosen
    return _input(block_id, label, element, hint, needed=False)


def radio(block_id: str, label: str, options: Sequence[Block], *, hint: str = "") -> Block:
    """A choice of one of a few, all in sight; none is chosen at first."""
    return _input(block_id, label, {"type": "radio_buttons", "action_id": block_id, "options": list(options)}, hint)


def tick(block_id: str, label: str, option: Block, *, ticked: bool, hint: str = "") -> Block:
    """One box that is ticked or not."""
    element: Block = {"type": "checkboxes", "action_id": block_id, "options": [option]}
    if ticked:
        element["initial_options"] = [option]
    return _input(block_id, label, element, hint, needed=False)


def ticks(block_id: str, label: str, options: Sequence[Block], values: Collection[str], *, hint: str = "") -> Block:
    """At most ten boxes; those of `values` are ticked."""
    element: Block = {"type": "checkboxes", "action_id": block_id, "options": list(options)}
    ticked = [option for option in options if option["value"] in values]
    if ticked:
        element["initial_options"] = ticked
    return _input(block_id, label, element, hint, needed=False)


def channels_input(block_id: str, label: str, *, hint: str = "") -> Block:
    """Channels of our own workspace, picked by name; none is fine."""
    wanted = {"include": ["public", "private"], "exclude_external_shared_channels": True, "exclude_bot_users": True}
    element: Block = {"type": "multi_conversations_select", "action_id": block_id, "filter": wanted}
    return _input(block_id, label, element, hint, needed=False)


def number_input(
    block_id: str, label: str, *, value: int | None, within: range, hint: str = "", needed: bool = True
) -> Block:
    """A whole number."""
    element: Block = {
        "type": "number_input",
        "action_id": block_id,
        "is_decimal_allowed": False,
        "min_value": str(within.start),
        "max_value": str(within.stop - 1),
    }
    if value is not None:
        element["initial_value"] = str(value)
    return _input(block_id, label, element, hint, needed=needed)


def people_input(block_id: str, label: str, users: Sequence[str], *, hint: str = "") -> Block:
    """People, picked by name; none is fine."""
    element: Block = {"type": "multi_users_select", "action_id": block_id}
    if users:
        element["initial_users"] = list(users)
    return _input(block_id, label, element, hint, needed=False)


def time_input(block_id: str, label: str, *, value: str, hint: str = "") -> Block:
    """A time of day, as `15:00`."""
    return _input(block_id, label, {"type": "timepicker", "action_id": block_id, "initial_time": value}, hint)


def _input(block_id: str, label: str, element: Block, hint: str, *, needed: bool = True) -> Block:
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}
    if hint:
        block["hint"] = plain(hint, 2000)
    if not needed:
        block["optional"] = True
    return block
