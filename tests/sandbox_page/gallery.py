"""Blocks of every kind, for the page to draw."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": action_id, **more}


CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("This cannot be undone."),
    "confirm": plain("Yes"),
    "deny": plain("No"),
}
STYLES = (
    "*bold* _italic_ ~gone~ `code` *_both_* snake_case 2*3*4 &lt;b&gt; &amp; <https://example.com|a label>"
    " https://example.com/a_b_c <@U00000002> <#C0GENERAL> <!date^1788168600^{date_short} at {time}|later>"
    " :mega: :wave::skin-tone-3: :nosuch: <javascript:alert(1)|click> <!here>"
)
TEXTS: list[Json] = [
    {"type": "header", "text": plain("<script>alert(1)</script> A story :mega:")},
    {"type": "section", "block_id": "styles", "text": mrkdwn(STYLES)},
    {"type": "section", "text": mrkdwn("&gt; quoted\nnot quoted\n```\nif a < b:\n    *stays*\n```")},
    {
        "type": "section",
        "fields": [mrkdwn("*Opened*\n12"), mrkdwn("*Said*\n7"), plain("plain *stars*"), mrkdwn("_four_")],
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("Suggested by *Anouk* · 3 min"), plain("plain")]},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "rich ", "style": {"bold": True}},
                    {"type": "link", "url": "https://example.com", "text": "link"},
                    {"type": "text", "text": " "},
                    {"type": "emoji", "name": "tada"},
                    {"type": "user", "user_id": "U00000003"},
                    {"type": "channel", "channel_id": "C0GENERAL"},
                    {"type": "date", "timestamp": 1788168600, "format": "{date_num}", "fallback": "a day"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]},
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "second"}]},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said well"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a <b>"}]},
        ],
    },
    {
        "type": "markdown",
        "text": "## Heading\n**bold** [a link](https://example.com)\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    },
]
DATA: list[Json] = [
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Team"}, {"type": "raw_text", "text": "Said"}],
            [{"type": "raw_text", "text": "Research"}, {"type": "raw_text", "text": "12"}],
            [{"type": "raw_text", "text": "Sales"}, {"type": "raw_text", "text": "9"}],
        ],
    },
    {
        "type": "data_table",
        "caption": "Stories said",
        "page_size": 3,
        "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Said"}],
            *[
                [{"type": "raw_text", "text": name}, {"type": "raw_number", "value": said, "text": str(said)}]
                for name, said in (("Anouk", 4), ("Bram", 11), ("Chloe", 7), ("Daan", 2))
            ],
        ],
    },
    {
        "type": "data_visualization",
        "title": "Shares a week",
        "chart": {
            "type": "bar",
            "axis_config": {"categories": ["W1", "W2", "W3"]},
            "series": [
                {"name": "Opened", "data": [{"label": w, "value": v} for w, v in (("W1", 12), ("W2", 18), ("W3", 9))]},
                {"name": "Said", "data": [{"label": w, "value": v} for w, v in (("W1", 7), ("W2", 11), ("W3", 6))]},
            ],
        },
    },
    {
        "type": "data_visualization",
        "title": "Networks",
        "chart": {"type": "pie", "segments": [{"label": "LinkedIn", "value": 30}, {"label": "WhatsApp", "value": 12}]},
    },
    {
        "type": "video",
        "title": plain("A film"),
        "video_url": "https://example.com/v",
        "thumbnail_url": "/static/icon.svg",
        "alt_text": "A megaphone",
        "author_name": "Comms",
    },
]


def pictures(url: str, file: str) -> list[Json]:
    return [
        {"type": "image", "image_url": url, "alt_text": "Two colleagues", "title": plain("By address")},
        {"type": "image", "slack_file": {"id": file}, "alt_text": "A chart"},
        {
            "type": "section",
            "text": mrkdwn("*With a picture*\nbeside it"),
            "accessory": {"type": "image", "image_url": url, "alt_text": "Small"},
        },
        {"type": "image", "image_url": "http://127.0.0.1:9/gone.png", "alt_text": "Gone for good"},
    ]


CONTROLS: list[Json] = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            button("Share it", "share", style="primary"),
            button("Delete", "delete", style="danger", confirm=CONFIRM),
            button("Read it", "read", url="https://example.com/story"),
            button("Whisper", "whisper"),
            button("Nobody listens", "deaf"),
            {"type": "overflow", "action_id": "more", "options": options("Later", "Never")},
            {
                "type": "static_select",
                "action_id": "pick",
                "placeholder": plain("Pick one"),
                "options": options("Red", "Blue"),
            },
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-03-02"},
        ],
    },
    {
        "type": "section",
        "block_id": "ticks",
        "text": mrkdwn("Networks"),
        "accessory": {"type": "checkboxes", "action_id": "nets", "options": options("LinkedIn", "WhatsApp")},
    },
]


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "value", **element},
        **more,
    }


INPUTS: list[Json] = [
    field("title", "Title", {"type": "plain_text_input", "max_length": 40, "placeholder": plain("Short and true")}),
    field(
        "why",
        "Why",
        {"type": "plain_text_input", "multiline": True, "initial_value": "Because"},
        hint=plain("One human sentence"),
    ),
    field("link", "Link", {"type": "url_text_input"}, optional=True),
    field("mail", "E-mail", {"type": "email_text_input"}, optional=True),
    field(
        "number", "How many", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "3"}, optional=True
    ),
    field("colour", "Colour", {"type": "static_select", "options": options("Red", "Blue", "Green")}, optional=True),
    field(
        "topics",
        "Topics",
        {"type": "multi_static_select", "options": options("People", "Product"), "initial_options": options("People")},
    ),
    field("channel", "Channel", {"type": "channels_select"}, optional=True),
    field("places", "Conversations", {"type": "multi_conversations_select"}, optional=True),
    field("who", "Who", {"type": "users_select", "initial_user": "U00000002"}, optional=True),
    field("team", "Team", {"type": "multi_users_select"}, optional=True),
    field("nets", "Networks", {"type": "checkboxes", "options": options("LinkedIn", "WhatsApp")}, optional=True),
    field(
        "kind",
        "Kind",
        {"type": "radio_buttons", "options": options("Neutral", "Commercial"), "initial_option": options("Neutral")[0]},
    ),
    field("day", "Day", {"type": "datepicker", "initial_date": "2026-03-02"}, optional=True),
    field("time", "Time", {"type": "timepicker", "initial_time": "09:00"}, optional=True),
    field("when", "When", {"type": "datetimepicker", "initial_date_time": 1788168600}, optional=True),
    field("file", "Attachment", {"type": "file_input", "max_files": 1}, optional=True),
]


def modal(blocks: list[Json], callback_id: str = "gallery", title: str = "Queue a story") -> Json:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "submit": plain("Queue"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": blocks,
    }
