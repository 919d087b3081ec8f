"""Everything that stands under `/now`, made ready: by address for the public host, by file for a folder of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.domain.crisis import PageFacts
from bot.sources.words import Words
from bot.web.answers import NO_BODY
from bot.web.crisis_feed import crisis_feed
from bot.web.crisis_html import FEED_TYPE, Place, crisis_html, feed_name, nothing_html, policy

HTML = b"text/html; charset=utf-8"
ATOM = f"{FEED_TYPE}; charset=utf-8".encode("ascii")
POLICY = policy("frame-ancestors 'none'").encode("ascii")
WHILE_IT_LASTS = b"public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
"""Whoever stands between us and the world may show it for half a minute, and for a day when we are gone."""
WHILE_NOTHING_IS = b"public, max-age=10"
"""What comes instead should be seen soon."""
FOR_A_REHEARSAL = b"private, no-store"
NOW = "now"
ABOVE, HERE, BELOW, FAR_BELOW = f"{NOW}/", "", "../", "../../"
"""From an address to the folder of all pages."""
KEPT = 1_024
LONGEST_ACCEPT = 200


class Ready:
    """An answer made beforehand, which can be sent any number of times."""

    __slots__ = ("body", "same", "start", "tag")

    def __init__(self, body: bytes, kind: bytes, language: str, keep: bytes, *, varies: bool, is_hidden: bool) -> None:
        """`varies`: it was chosen by the languages that were asked for. `is_hidden`: no search may show it."""
        self.tag = f'"{sha256(kind + language.encode() + body).hexdigest()[:32]}"'.encode("ascii")
        same = [(b"etag", self.tag), (b"cache-control", keep)]
        if varies:
            same.append((b"vary", b"accept-language"))
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode("ascii")),
            (b"content-language", language.encode("ascii", "replace")),
            (b"content-security-policy", POLICY),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
        ]
        if is_hidden:
            headers.append((b"x-robots-tag", b"noindex"))
        self.start: dict[str, Any] = {"type": "http.response.start", "status": 200, "headers": [*same, *headers]}
        self.body: dict[str, Any] = {"type": "http.response.body", "body": body}
        self.same: dict[str, Any] = {"type": "http.response.start", "status": 304, "headers": same}

    def messages(self, known: bytes, *, is_head: bool) -> tuple[dict[str, Any], dict[str, Any]]:
        """What is sent; to whom has it already (`known`: their If-None-Match) only that it is still the same."""
        if known and self._is_known(known):
            return self.same, NO_BODY
        return self.start, NO_BODY if is_head else self.body

    def _is_known(self, known: bytes) -> bool:
        return any(tag.strip().removeprefix(b"W/") in (self.tag, b"*") for tag in known.split(b","))


@dataclass(frozen=True)
class Site:
    """All of it. `answers`: by path, and there by language, the first one first. `files`: by name, `now/index.html`."""

    answers: Mapping[bytes, Mapping[str, Ready]]
    files: Mapping[str, bytes]
    _chosen: dict[tuple[bytes, bytes], Ready] = field(default_factory=dict)

    def find(self, path: bytes, accept: bytes) -> Ready | None:
        """What stands there, for who asks for these languages; None where nothing does."""
        chosen = self._chosen.get((path, accept))
        return chosen if chosen is not None else self._choose(path, accept)

    def _choose(self, path: bytes, accept: bytes) -> Ready | None:
        by_language = self.answers.get(path)
        if by_language is None:
            return None
        language = chosen_language(accept.decode("latin-1"), tuple(by_language))
        if len(self._chosen) >= KEPT:
            self._chosen.clear()
        ready = self._chosen[path, accept[:LONGEST_ACCEPT]] = by_language[language]
        return ready


def chosen_language(accept: str, languages: Sequence[str]) -> str:
    """That of these which an Accept-Language likes best; the first when it likes none."""
    liked: list[tuple[float, str]] = []
    for part in accept[:LONGEST_ACCEPT].split(","):
        tag, _, weight = part.partition(";")
        liked.append((_weight(weight), tag.strip().lower().partition("-")[0]))
    wanted = (tag for weight, tag in sorted(liked, key=lambda one: -one[0]) if weight > 0)
    return next((languages[0] if tag == "*" else tag for tag in wanted if tag == "*" or tag in languages), languages[0])


def _weight(said: str) -> float:
    try:
        return float(said.strip().removeprefix("q=")) if said.strip() else 1.0
    except ValueError:
        return 0.0


def make_site(pages: Sequence[PageFacts], words: Words, public_url: str) -> Site:
    """All that these pages come to. `pages`: every published one, rehearsals too; these are in no file."""
    answers: dict[bytes, dict[str, Ready]] = {}
    files: dict[str, bytes] = {}
    shown = [page for page in pages if page.texts]
    current = next((page for page in shown if page.is_current and not page.is_rehearsal), None)
    for page in reversed(shown):  # where two have one address, the later one has it
        drawn = _Drawn(page, words, public_url)
        answers |= drawn.answers()
        if not page.is_rehearsal:
            files |= drawn.files()
    if current is not None:
        drawn = _Drawn(current, words, public_url)
        answers |= {b"/now": drawn.choice(ABOVE), b"/now/": drawn.choice(HERE)}
        files["now/index.html"] = drawn.html(drawn.first, HERE)
    else:
        nothing = _nothing(words)
        answers |= {b"/now": nothing, b"/now/": nothing}
        files["now/index.html"] = _nothing_in(words, next(iter(words.texts)))
    return Site(answers, files)


class _Drawn:
    """One page, as often as it has addresses."""

    def __init__(self, page: PageFacts, words: Words, public_url: str) -> None:
        self._page, self._words, self._public_url = page, words, public_url
        self._languages = [text.language for text in page.texts]
        self.first = self._languages[0]

    def html(self, language: str, up: str) -> bytes:
        """As it is read at an address from which the folder of pages is there."""
        return crisis_html(self._page, language, self._words, Place(self._public_url, up))

    def choice(self, up: str) -> dict[str, Ready]:
        """In every language, for an address that says none."""
        return {language: self._ready(self.html(language, up), language, varies=True) for language in self._languages}

    def answers(self) -> dict[bytes, dict[str, Ready]]:
        """What stands at its own addresses; one that ends in a slash is what a folder of files has."""
        own = f"/{NOW}/{self._page.page}"
        found = {own: self.choice(HERE), f"{own}/": self.choice(BELOW)}
        for language in self._languages:
            for slash, up in (("", BELOW), ("/", FAR_BELOW)):
                ready = self._ready(self.html(language, up), language)
                found[f"{own}/{language}{slash}"] = {language: ready}
            feed = self._ready(self._feed(language), language, ATOM)
            found[f"{own}/{feed_name(language)}"] = {language: feed}
        return {path.encode("utf-8"): ready for path, ready in found.items()}

    def files(self) -> dict[str, bytes]:
        """The same by the names of files."""
        return dict(self._files())

    def _files(self) -> Iterator[tuple[str, bytes]]:
        own = f"{NOW}/{self._page.page}"
        yield f"{own}/index.html", self.html(self.first, BELOW)
        for language in self._languages:
            yield f"{own}/{language}/index.html", self.html(language, FAR_BELOW)
            yield f"{own}/{feed_name(language)}", self._feed(language)

    def _feed(self, language: str) -> bytes:
        return crisis_feed(self._page, language, self._words, self._public_url)

    def _ready(self, body: bytes, language: str, kind: bytes = HTML, *, varies: bool = False) -> Ready:
        is_rehearsal = self._page.is_rehearsal
        keep = FOR_A_REHEARSAL if is_rehearsal else WHILE_IT_LASTS
        return Ready(body, kind, language, keep, varies=varies, is_hidden=is_rehearsal)


def _nothing(words: Words) -> dict[str, Ready]:
    return {
        language: Ready(_nothing_in(words, language), HTML, language, WHILE_NOTHING_IS, varies=True, is_hidden=True)
        for language in words.texts
    }


def _nothing_in(words: Words, first: str) -> bytes:
    return nothing_html([first, *(language for language in words.texts if language != first)], words)
