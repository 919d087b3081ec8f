"""The few pages of the public host: small, friendly, in the reader's language, with nothing fetched from elsewhere."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from urllib.parse import urlsplit, urlunsplit

from bot.actions.follow_link import Destination
from bot.sources.words import Words
from bot.web.answers import Answer, ascii_address, page

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}"
    "h1{font-size:1.5rem;line-height:1.25}"
    "a.on{display:inline-block;margin:.5rem .5rem 0 0;padding:.6rem 1.1rem;border:0;border-radius:.5rem;"
    "background:#0b5cad;color:#fff;font:inherit;text-decoration:none;cursor:pointer}"
    ".text{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8888;border-radius:.5rem;padding:.8rem;"
    "-webkit-user-select:all;user-select:all}"
    "img{max-width:100%}"
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: http:; base-uri 'none'; frame-ancestors 'none'"


class LinkPages:
    """Draws them."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def unknown(self, accept: str) -> Answer:
        """There is no such link."""
        language = self.language(accept)
        body = f"<p>{self.say(language, 'links.unknown')}</p>"
        return self.page(404, language, self.say(language, "links.unknown_title"), body)

    def try_later(self, accept: str) -> Answer:
        """The database does not answer, and the code was not seen here before."""
        language = self.language(accept)
        body = f"<p>{self.say(language, 'links.later')}</p>"
        return self.page(503, language, self.say(language, "links.later_title"), body, (b"retry-after", b"60"))

    def instead(self, destination: Destination, accept: str) -> Answer:
        """What is shown where nobody is sent on: the story was taken back, or a crawler asks what it is about."""
        return self._withdrawn(destination, accept) if destination.is_withdrawn else self._card(destination)

    def over(self, destination: Destination, language: str) -> Answer:
        """Past its best-before a story takes no new shares; what was posted before leads to it all the same."""
        text = self.say(language, "links.over", title=destination.story.title)
        on = self.say(language, "links.over_on")
        address = escape(ascii_address(destination.address))
        body = f'<p>{text}</p><p><a class="on" rel="noreferrer" href="{address}">{on}</a></p>'
        return self.page(410, language, self.say(language, "links.over_title"), body)

    def _withdrawn(self, destination: Destination, accept: str) -> Answer:
        language = self.language(accept)
        site = _site(destination.story.address)
        text = self.say(language, "links.withdrawn", title=destination.story.title)
        on = self.say(language, "links.withdrawn_on", host=urlsplit(site).hostname or site)
        body = f'<p>{text}</p><p><a class="on" rel="noreferrer" href="{escape(ascii_address(site))}">{on}</a></p>'
        return self.page(410, language, self.say(language, "links.withdrawn_title"), body)

    def _card(self, destination: Destination) -> Answer:
        """Title, sentence and image of the story, for a page that says none of that itself.

        Without `og:url`: a network would fetch what that names, and show what is there.
        """
        story = destination.story
        address = escape(ascii_address(destination.address))
        said = {
            "og:type": "article",
            "og:title": story.title,
            "og:description": story.sentence,
        }
        if story.image:
            said |= {"og:image": story.image, "og:image:alt": story.alt or "", "twitter:card": "summary_large_image"}
        picture = f'<img src="{escape(story.image)}" alt="{escape(story.alt or "")}">' if story.image else ""
        body = (
            f'<p>{escape(story.sentence)}</p>{picture}<p><a class="on" href="{address}">{escape(story.title)}</a></p>'
        )
        return self.page(200, story.language, escape(story.title), body, said=said)

    def language(self, accept: str) -> str:
        """The first language of ours in an Accept-Language; a browser writes the ones it likes best first."""
        for part in accept[:200].split(","):
            tag = part.partition(";")[0].strip().lower().partition("-")[0]
            if tag in self._words.texts:
                return tag
        return "en"

    def say(self, language: str, key: str, **places: str) -> str:
        """A text, and what is filled in, fit for HTML."""
        return self._words.say(language, key, **{name: escape(value) for name, value in places.items()})

    def page(
        self,
        status: int,
        language: str,
        title: str,
        body: str,
        *more: tuple[bytes, bytes],
        said: Mapping[str, str] | None = None,
        script: str = "",
    ) -> Answer:
        """`title` and `body` are HTML; `said`: what the page says of itself to crawlers."""
        meta = "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in (said or {}).items())
        html = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{title}</title>{meta}<style>{STYLE}</style></head><body><h1>{title}</h1>{body}"
            f"{f'<script>{script}</script>' if script else ''}</body></html>"
        )
        return page(status, html, (b"content-security-policy", _policy(script)), *more)


def _site(address: str) -> str:
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def _policy(script: str) -> bytes:
    """This script, and no other."""
    allowed = f"; script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else ""
    return f"{POLICY}{allowed}".encode("ascii")
