"""Texts that people, pages and files may hand us, and that must stay texts."""

EVIL = "evil.example"
"""In every address that we did not make ourselves."""

NASTY: dict[str, str] = {
    "mention": "Ask <@U00000005> about it",
    "broadcasts": "<!channel> <!here> <!everyone> @channel @here @everyone",
    "group": "<!subteam^S0EDITORS> and <!subteam^S0EDITORS|@comms>",
    "channel": "Look in <#C0GENERAL> and <#C0GENERAL|general>",
    "link": f"<https://{EVIL}/a|Good news> and <https://{EVIL}>",
    "schemes": f"<javascript:alert(1)|a> <data:text/html,x|b> <mailto:x@{EVIL}|c> <tel:112|d>",
    "bare": f"https://{EVIL}/bare www.{EVIL} {EVIL} x@{EVIL}",
    "date": f"<!date^1700000000^{{date}}^https://{EVIL}/|then>",
    "half open": f"<https://{EVIL}/open | <@U00000005",
    "closing": "> then | > <",
    "entities": "&lt;!channel&gt; &amp;lt;b&amp;gt; &#60;!here&#62;",
    "stars": "*stars* _lines_ ~waves~ `code` and *half",
    "fence": "```all of this``` and ``` more",
    "quote": "> said who\n> and again\n>>> for ever",
    "emoji": ":tada:" * 60,
    "override": "re\u202edrow sdrawkcab\u202d and \u2067rli\u2066 \u200frlm",
    "right to left": "שלום עולם, ברוכים הבאים",
    "unseen": "Zero\u200bwidth\ufeff \u2060here\u00ad \u061c\u180e\u3164\U000e0041\U000e0042",
    "tower": "Z" + "\u0301\u0336" * 60 + "algo",
    "control": "NUL\x00 bell\x07 esc\x1b[31m del\x7f c1\x9b31m vt\x0bff\x0c nel\x85 ls\u2028ps\u2029",
    "surrogates": "half \ud83d and \ude00 and a pair \ud83d\ude00",
    "long": "ab " * 3400,
    "one word": "w" * 10_000,
    "ampersands": "&" * 1000,
    "family": "👩\u200d👩\u200d👧\u200d👦👍🏽🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f🇳🇱" * 90,
    "formula": '=HYPERLINK("https://evil.example";"x")',
    "places": "{title} {0} {x.__class__} %s %(a)s ${b}",
    "id": "GROWTHREPORT",
    "lines": "one\r\ntwo\rthree\n\nfour",
}
