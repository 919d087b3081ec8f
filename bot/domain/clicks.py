"""Who follows a link: a reader, or something that only looks like one.

The rules stand in one table and are tried from the top; the first that applies decides. Each says why it is there.
What a library knows of crawlers comes last, and is handed in (`is_crawler`): it takes some people for crawlers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

IsCrawler = Callable[[str], bool]
"""Whether this agent is a crawler, by a list that others keep."""

SOON = 3.0
"""Seconds. Before a post is written, nobody can have read it."""
OFTEN = 30
"""How often one link is followed from one address in a minute by people, at most."""
OFTEN_A_DAY = 300
"""The same in a day: a whole office, or a village behind one address."""


class ClickKind(StrEnum):
    """What a fetch of a link was. They are never added up: only readers are readers."""

    READER = "reader"
    REPEAT = "repeat"
    """A reader who was counted before."""
    PREVIEW = "preview"
    """A network's crawler, that makes the card beside a post."""
    ROBOT = "robot"
    COLLEAGUE = "colleague"
    SET_ASIDE = "set_aside"
    """Who would be a reader, of a link that an editor set aside."""


COUNTED = {
    ClickKind.READER: "readers",
    ClickKind.REPEAT: "repeats",
    ClickKind.PREVIEW: "previews",
    ClickKind.ROBOT: "robots",
    ClickKind.COLLEAGUE: "colleagues",
    ClickKind.SET_ASIDE: "set_aside",
}
"""What sums of each kind are called, here and in the database."""


@dataclass(frozen=True)
class Visit:
    """What can be seen of a fetch. `is_soon`: SOON after minting. `is_often`: more than OFTEN from there."""

    agent: str
    method: str = "GET"
    is_prefetch: bool = False
    is_soon: bool = False
    is_often: bool = False


@dataclass(frozen=True)
class Rule:
    """`kind` None: somebody who reads, as far as the agent goes. `wants_card`: makes a preview of the page."""

    name: str
    kind: ClickKind | None
    reason: str
    applies: Callable[[Visit, IsCrawler], bool]
    wants_card: bool = False

    @property
    def is_person(self) -> bool:
        """Whether somebody looks at what is answered."""
        return self.kind is None


def _agent(*needles: str) -> Callable[[Visit, IsCrawler], bool]:
    found = re.compile("|".join(needles), re.IGNORECASE)
    return lambda visit, _: found.search(visit.agent) is not None


@dataclass(frozen=True)
class Followed:
    """How often links were followed: by readers, each counted once, and apart from them by everybody else."""

    readers: int = 0
    repeats: int = 0
    previews: int = 0
    robots: int = 0
    colleagues: int = 0
    set_aside: int = 0


APART = ("previews", "repeats", "colleagues", "robots", "set_aside")
"""Who followed a link and is no reader."""


PERSON = Rule("a browser", None, "Nothing speaks against it.", lambda visit, _: True)

RULES = (
    Rule(
        "no agent",
        ClickKind.ROBOT,
        "Every browser says what it is. Programs that say nothing are in no list of crawlers.",
        lambda visit, _: not visit.agent.strip(),
    ),
    Rule(
        "crawler of a network",
        ClickKind.PREVIEW,
        "It fetches the card beside a post, once or a hundred times, when somebody posts the link: never a reader.",
        _agent(
            r"LinkedInBot",
            r"Twitterbot",
            r"Cardyb",
            r"facebookexternalhit",
            r"Facebot",
            r"meta-externalfetcher",
            r"^WhatsApp/",
            r"TelegramBot",
            r"redditbot",
            r"\bMastodon/\d",
            r"\b(Pleroma|Akkoma|Misskey|Friendica|Sharkey|Firefish|GoToSocial|Lemmy)\b",
        ),
        wants_card=True,
    ),
    Rule(
        "preview of another program",
        ClickKind.ROBOT,
        "Chats and mail programs look at every link that passes; nobody shares a story to them.",
        _agent(
            r"Slackbot|Slack-ImgProxy",
            r"Discordbot",
            r"SkypeUriPreview|Microsoft (Office|Teams|Preview)|MicrosoftPreview",
            r"Iframely|Embedly|Viber(?!.*Mobile)|vkShare|Google-PageRenderer|GoogleImageProxy|Synapse|Zoombot|Webexteams",
        ),
        wants_card=True,
    ),
    Rule(
        "HEAD",
        ClickKind.ROBOT,
        "It asks whether the link works, not for what is behind it.",
        lambda visit, _: visit.method == "HEAD",
    ),
    Rule(
        "prefetch",
        ClickKind.ROBOT,
        "A browser or an app fetches what somebody might press; when they do, it is fetched once more.",
        lambda visit, _: visit.is_prefetch,
    ),
    Rule(
        "seconds after minting",
        ClickKind.ROBOT,
        "The post is not written yet: whatever scans what passes through Slack, or the share page itself.",
        lambda visit, _: visit.is_soon,
    ),
    Rule(
        "too often",
        ClickKind.ROBOT,
        "Thirty times a minute or three hundred a day, one link, from one address: a program, whatever it says it is. "
        "It is sent on all the same, as a person may sit behind it.",
        lambda visit, _: visit.is_often,
    ),
    Rule(
        "Slack's own app",
        None,
        "Its desktop and phone apps are a browser with somebody before it; lists of crawlers know Slack by name alone.",
        _agent(r"Slack_SSB|Slack/\d|com\.tinyspeck|SlackMobile"),
    ),
    Rule(
        "browser inside an app",
        None,
        "Who presses a link in Facebook, Instagram or LinkedIn sees it in the app's own browser: most readers do.",
        _agent(
            r"FBAN/|FBAV/|FB_IAB",
            r"\bInstagram \d",
            r"LinkedInApp|\[LinkedIn",
            r"\bBarcelona \d",
            r"Twitter for (iPhone|iPad|Android)|TwitterAndroid",
            r"\[Pinterest/|musical_ly|BytedanceWebview|Snapchat/",
        ),
    ),
    Rule(
        "known crawler",
        ClickKind.ROBOT,
        "It stands in a list of some 1,400 crawlers that others keep.",
        lambda visit, is_crawler: is_crawler(visit.agent),
    ),
    PERSON,
)


def judge(visit: Visit, is_crawler: IsCrawler) -> Rule:
    """The first rule that applies."""
    return next(rule for rule in RULES if rule.applies(visit, is_crawler))


def kind_of(rule: Rule, *, is_colleague: bool, was_here: bool, is_set_aside: bool = False) -> ClickKind:
    """What is counted, once it is known where somebody comes from, whether they came before, and of the link."""
    if rule.kind is not None:
        return rule.kind
    if is_colleague:
        return ClickKind.COLLEAGUE
    if was_here:
        return ClickKind.REPEAT
    return ClickKind.SET_ASIDE if is_set_aside else ClickKind.READER
