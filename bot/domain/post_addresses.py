"""Is this the address of somebody's own post, and on which network? For *Already posted it myself*."""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, urlsplit

_FACEBOOK_IN_QUERY = {
    "/permalink.php": "story_fbid",
    "/story.php": "story_fbid",
    "/photo.php": "fbid",
    "/photo": "fbid",
    "/watch": "v",
}

_POST = {
    "linkedin": re.compile(r"/posts/[^/]+|/feed/update/urn:li:(activity|share|ugcPost):\d+|/pulse/[^/]+"),
    "x": re.compile(r"/(\w+|i/web)/status(es)?/\d+(/(photo|video)/\d+)?"),
    "bluesky": re.compile(r"/profile/[^/]+/post/[0-9a-z]+"),
    "threads": re.compile(r"/@[\w.]+/post/[\w-]+|/t/[\w-]+"),
    "facebook": re.compile(
        r"/[^/]+/(posts|videos|photos)(/[^/]+)+|/groups/[^/]+/(posts|permalink)/\d+|/share/([prv]/)?\w+|/reel/\d+"
    ),
    "reddit": re.compile(r"/(r|user|u)/[\w-]+/(comments|s)/\w+(/.*)?"),
    "telegram": re.compile(r"/(s/)?[A-Za-z]\w{3,}/\d+"),
}
_SHORT_REDDIT = re.compile(r"/\w+")
_MASTODON = re.compile(r"/@[\w.-]+(@[\w.-]+\.[\w.-]+)?/\d+|/users/[\w.-]+/statuses/\d+")

_HOSTS = {
    "linkedin.com": "linkedin",
    "x.com": "x",
    "twitter.com": "x",
    "bsky.app": "bluesky",
    "threads.net": "threads",
    "threads.com": "threads",
    "facebook.com": "facebook",
    "reddit.com": "reddit",
    "t.me": "telegram",
}


def post_address(url: str) -> str | None:
    """The key of the network whose post this is, or None.

    Only https, no port of its own, no name or password in it. Mastodon posts are known by their path, on any host that
    no other network owns.
    """
    parts = _safely_split(url)
    if parts is None or parts.hostname is None:
        return None
    path = parts.path.rstrip("/")
    network = _owner_of(parts.hostname)
    if network is not None:
        return network if _is_post(network, path, parts.query) else None
    if parts.hostname == "redd.it":
        return "reddit" if _SHORT_REDDIT.fullmatch(path) else None
    return "mastodon" if "." in parts.hostname and _MASTODON.fullmatch(path) else None


def _safely_split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        is_plain = parts.port in (None, 443) and parts.username is None and parts.password is None
    except ValueError:
        return None
    return parts if parts.scheme == "https" and is_plain else None


def _owner_of(host: str) -> str | None:
    """`nl.linkedin.com` belongs to linkedin.com; `notlinkedin.com` does not."""
    return next((key for name, key in _HOSTS.items() if host == name or host.endswith(f".{name}")), None)


def _is_post(network: str, path: str, query: str) -> bool:
    by_path: Callable[[str], object] = _POST[network].fullmatch
    return bool(by_path(path)) or (network == "facebook" and _is_facebook_query(path, query))


def _is_facebook_query(path: str, query: str) -> bool:
    wanted = _FACEBOOK_IN_QUERY.get(path)
    return wanted is not None and wanted in parse_qs(query)
