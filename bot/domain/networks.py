"""The ten networks: what each carries, how long a text may be, and the address of its share page.

A share page is asked for with an address of at most 3,000 characters (Slack's limit for a button). A text is never
shortened: what does not fit goes to the clipboard ("copy, then open"), and the address carries the link alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, quote

from bot.domain.graphemes import graphemes, is_emoji
from bot.domain.post_addresses import post_address as post_address
from bot.domain.problems import Problem

UNKNOWN = "unknown"
LONGEST_ADDRESS = 3_000
_ROOM_FOR_THE_REST = 400
_SHORT_URL = 23

Carries = Literal["text", "text and url", "url", "url and title"]
Unit = Literal["characters", "graphemes", "weighted"]


class NetworkUnknown(Problem):
    """There is no network of that key."""

    word = "share.problem.network_unknown"


class NotAnInstance(Problem):
    """What was given is not the name of a Mastodon server; `typed` is what was given."""

    word = "preferences.mastodon_wrong"


@dataclass(frozen=True)
class Network:
    """A network. `carries`: what its share page takes ("text" holds the link too). `limit` counts in `limit_unit`.

    "weighted" is X's count (a url 23, wide scripts and emoji 2 each). Mail has no limit; its number keeps it finite.
    """

    key: str
    name: str
    carries: Carries
    limit: int
    limit_unit: Unit = "characters"


@dataclass(frozen=True)
class ShareTarget:
    """Where a share button leads. `copies_text`: the text does not go along; the person pastes it on the share page."""

    url: str
    carries_text: bool
    copies_text: bool


NETWORKS: dict[str, Network] = {
    network.key: network
    for network in (
        Network("linkedin", "LinkedIn", "text", 3_000),
        Network("x", "X", "text and url", 280, "weighted"),
        Network("bluesky", "Bluesky", "text", 300, "graphemes"),
        Network("threads", "Threads", "text and url", 500),
        Network("mastodon", "Mastodon", "text", 500),
        Network("facebook", "Facebook", "url", 63_206),
        Network("whatsapp", "WhatsApp", "text", 65_536),
        Network("reddit", "Reddit", "url and title", 300),
        Network("telegram", "Telegram", "text and url", 4_096),
        Network("email", "E-mail", "text", 100_000),
    )
}


def network(key: str) -> Network:
    """The network of that key. Raises NetworkUnknown ("unknown" is no network)."""
    try:
        return NETWORKS[key]
    except KeyError:
        raise NetworkUnknown(network=key) from None


def share_url(
    network_key: str,
    *,
    text: str,
    link: str,
    title: str,
    mastodon_instance: str | None = None,
    linkedin_composer: bool = True,
) -> ShareTarget:
    """The share page of a network, with as much in it as the network takes and the address can hold.

    Reddit has no place for a text but its title: a text of one line within 300 characters becomes the title, a longer
    one is copied and the story's title stands there. Raises NetworkUnknown; NotAnInstance when Mastodon's is missing
    or wrong.
    """
    text = _tidy(text)
    base = _base(network(network_key).key, mastodon_instance, linkedin_composer)
    if text and _goes_along(network_key, text, link, linkedin_composer):
        address = _address(base, _filled(network_key, text, link, title))
        if len(address) <= LONGEST_ADDRESS:
            return ShareTarget(address, carries_text=True, copies_text=False)
    return ShareTarget(_without_text(network_key, base, link, title), carries_text=False, copies_text=bool(text))


def fits(network_key: str, text: str, link: str) -> int:
    """How many characters are left on that network with the link in the post; below zero: so many too many.

    X counts a url as 23 and wide characters as 2; Mastodon counts a url as 23; Bluesky counts what a reader sees as one
    character. On Facebook the link is a card, on Reddit a field of its own, so it costs nothing there.
    """
    to_whom = network(network_key)
    text = _tidy(text)
    if to_whom.carries in ("url", "url and title"):
        return to_whom.limit - len(_without_link_at_end(text, link))
    whole = _joined(text, link, " " if to_whom.carries == "text and url" else "\n\n")
    return to_whom.limit - _counted(to_whom, whole)


def fits_an_address(link: str) -> bool:
    """Whether every network's share page can carry this link; a longer one cannot be queued."""
    return len(_quoted(link)) <= LONGEST_ADDRESS - _ROOM_FOR_THE_REST


def host_of(instance: str) -> str:
    """The server in what a person typed: "@anna@mastodon.social", "https://mastodon.social/@anna" or its bare name.

    Lower case, ASCII (punycode). Raises NotAnInstance.
    """
    host = instance.strip().removeprefix("https://").removeprefix("http://").split("/")[0].rpartition("@")[2]
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise NotAnInstance(typed=instance) from None
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise NotAnInstance(typed=instance)
    return name


def with_utm(link: str, *, source: str, campaign: str) -> str:
    """The link with utm_source, utm_medium=social and utm_campaign; what stands in it already is left as it is."""
    head, hash_, fragment = link.partition("#")
    there = {key.lower() for key, _ in parse_qsl(head.partition("?")[2], keep_blank_values=True)}
    marks = {"utm_source": source, "utm_medium": "social", "utm_campaign": campaign}
    added = "&".join(f"{key}={_quoted(value)}" for key, value in marks.items() if key not in there)
    if not added:
        return link
    joint = "?" if "?" not in head else "" if head.endswith(("?", "&")) else "&"
    return f"{head}{joint}{added}{hash_}{fragment}"


_HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]*[a-z0-9]")
_END_OF_LINK = r"(?=[.,!?;:)\]}>'\"”’»…]*(?:\s|$))"
_URL = re.compile(r"https?://\S+?" + _END_OF_LINK, re.IGNORECASE)

_PAGES = {
    "linkedin": "https://www.linkedin.com/feed/?shareActive=true",
    "x": "https://x.com/intent/tweet",
    "bluesky": "https://bsky.app/intent/compose",
    "threads": "https://www.threads.com/intent/post",
    "facebook": "https://www.facebook.com/sharer/sharer.php",
    "whatsapp": "https://wa.me/",
    "reddit": "https://www.reddit.com/submit",
    "telegram": "https://t.me/share/url",
    "email": "mailto:",
}
_LINKEDIN_WITHOUT_COMPOSER = "https://www.linkedin.com/sharing/share-offsite/"


def _base(key: str, mastodon_instance: str | None, linkedin_composer: bool) -> str:
    if key == "mastodon":
        return f"https://{host_of(mastodon_instance or '')}/share"
    return _LINKEDIN_WITHOUT_COMPOSER if key == "linkedin" and not linkedin_composer else _PAGES[key]


def _goes_along(key: str, text: str, link: str, linkedin_composer: bool) -> bool:
    if key == "facebook" or (key == "linkedin" and not linkedin_composer):
        return False
    return fits(key, text, link) >= 0 and not (key == "reddit" and "\n" in text)


def _filled(key: str, text: str, link: str, title: str) -> dict[str, str]:
    """What the share page gets, by parameter, in the order of the address."""
    if key == "x" or key == "threads":
        return {"text": text} if _has(text, link) else {"text": text, "url": link}
    if key == "telegram":
        return {"url": link, "text": _without_link_at_end(text, link)}
    if key == "reddit":
        return {"url": link, "title": _without_link_at_end(text, link) or title}
    if key == "email":
        return {"subject": _one_line(title), "body": _joined(text, link, "\n\n").replace("\n", "\r\n")}
    return {"text": _joined(text, link, "\n\n")}


def _bare(key: str, base: str, link: str, title: str) -> Iterator[dict[str, str]]:
    """What the share page gets when the text stays behind, the fullest first."""
    if key == "email":
        yield {"subject": _one_line(title), "body": link}
        yield {"body": link}
    elif key == "reddit":
        yield {"url": link, "title": _one_line(title)}
        yield {"url": link}
    elif key == "facebook":
        yield {"u": link}
    else:
        yield {"text" if network(key).carries == "text" and base != _LINKEDIN_WITHOUT_COMPOSER else "url": link}


def _without_text(key: str, base: str, link: str, title: str) -> str:
    addresses = [_address(base, parameters) for parameters in _bare(key, base, link, title)]
    return next((address for address in addresses if len(address) <= LONGEST_ADDRESS), addresses[-1])


def _address(base: str, parameters: dict[str, str]) -> str:
    query = "&".join(f"{key}={_quoted(value)}" for key, value in parameters.items())
    return f"{base}{'&' if '?' in base else '?'}{query}"


def _quoted(text: str) -> str:
    """Spaces as %20 everywhere: mail programs show a "+" as a plus."""
    return quote(text, safe="", errors="replace")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _has(text: str, link: str) -> bool:
    return re.search(re.escape(link) + _END_OF_LINK, text) is not None


def _joined(text: str, link: str, between: str) -> str:
    return text if _has(text, link) else f"{text}{between}{link}" if text else link


def _without_link_at_end(text: str, link: str) -> str:
    """Where the link has a field of its own, the same link at the end of the text would be read twice."""
    return text.removesuffix(link).rstrip() if re.search(rf"(?:^|\s){re.escape(link)}$", text) else text


def _counted(to_whom: Network, text: str) -> int:
    if to_whom.key == "mastodon":
        return len(_URL.sub("u" * _SHORT_URL, text))
    if to_whom.limit_unit == "graphemes":
        return len(graphemes(text))
    if to_whom.limit_unit == "weighted":
        urls = _URL.findall(text)
        return len(urls) * _SHORT_URL + sum(_weight(cluster) for cluster in graphemes(_URL.sub("", text)))
    return len(text)


def _weight(cluster: str) -> int:
    return 2 if is_emoji(cluster) else sum(1 if _is_narrow(ord(char)) else 2 for char in cluster)


def _is_narrow(point: int) -> bool:
    """X's own ranges of characters that count once."""
    return point <= 4351 or 8192 <= point <= 8205 or 8208 <= point <= 8223 or 8242 <= point <= 8247
