"""What people and programs ask the web with: what they say they are, and the address they come from."""

from dataclasses import dataclass, field
from zlib import crc32

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
    "Safari/537.36"
)
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Safari/605.1.15"
)
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"
AT_WORK = (WINDOWS, MAC, LINUX)
LINKEDIN_BOT = "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)"
SLACK_BOT = "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"
OFFICE = "203.0.113.0/24"
"""The office's network: who is there comes from it."""


@dataclass(frozen=True)
class Browser:
    """`name`: who sits before it, as it is shown. An empty `agent` is not sent."""

    name: str
    agent: str
    address: str
    headers: tuple[tuple[str, str], ...] = field(default=())


def browser_of(user: str) -> Browser:
    """The one that this person uses at home, always the same."""
    number = int(user[1:]) if user[1:].isdigit() else crc32(user.encode())
    return Browser("", AT_WORK[number % len(AT_WORK)], f"198.18.{number // 256 % 256}.{number % 256}")


FOLLOWERS = {
    "phone": Browser("A reader's phone", IPHONE, "198.51.100.10"),
    "laptop": Browser("A reader's laptop", LINUX, "198.51.100.20"),
    "linkedin": Browser("LinkedIn's crawler", LINKEDIN_BOT, "192.0.2.30"),
    "slack": Browser("Slack's unfurler", SLACK_BOT, "192.0.2.40"),
    "office": Browser("A colleague in the office", WINDOWS, "203.0.113.50"),
}
"""Who may follow a link from a share page, besides its owner."""
