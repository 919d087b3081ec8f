"""When two links lead to the same page, whatever was hung onto them on the way."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_HUNG_ON = re.compile(
    r"(utm|mtm|pk|hsa|at|stm|ns|fb)_\w+|fbclid|gclid|dclid|msclkid|twclid|igshid|mc_[ce]id|_hsenc|_hsmi|_ga|"
    r"ref|ref_src|referr?er|cmpid|xtor|smid|guccounter|ftag|amp",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_FRONT = re.compile(r"^(www\d?|m|mobile|amp)\.(?=.+\..)")
_PAGE = re.compile(r"/(index\.(html?|php|aspx?)|amp(\.html)?)$", re.IGNORECASE)


def canonical(link: str) -> str:
    """The same for every way to the same page: host and path, without scheme, `www.`, tracking and anchor.

    Empty when it is no http(s) address. Query parameters that say which page it is stay, in their order by name.
    """
    try:
        parts = urlsplit(link.strip())
        host, port = (parts.hostname or "").rstrip(".").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not host:
        return ""
    where = _FRONT.sub("", host) + (f":{port}" if port not in (None, *_PORTS.values()) else "")
    path = _PAGE.sub("", parts.path.rstrip("/")).rstrip("/")
    kept = sorted((name, value) for name, value in _asked(parts.query) if not _HUNG_ON.fullmatch(name))
    return where + path + (f"?{urlencode(kept)}" if kept else "")


def _asked(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return [("", query)]
