"""The public page of a crisis, in one language: plain HTML that needs nothing else, to read, to hear, or to print."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from html import escape

from bot.domain.crisis import CrisisAnswer, PageFacts, PageText, PageUpdate
from bot.domain.local_time import local
from bot.sources.words import Words
from bot.web import crisis_text

STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1f22;--soft:#52565c;--paper:#fff;--line:#d4d7db;--link:#0b4f9e;"
    "--warn:#8f3b00;--shade:#f4f5f6}"
    "@media(prefers-color-scheme:dark){:root{--ink:#ececee;--soft:#b6bac0;--paper:#17191c;--line:#43474d;--link:#93c4ff;"
    "--warn:#ffb77d;--shade:#202328}}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif;"
    "overflow-wrap:anywhere}"
    "header,main,footer{max-width:42rem;margin:0 auto;padding:0 1.25rem}"
    "header{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;align-items:baseline;"
    "padding-top:1.25rem}"
    "header p,nav ul{margin:0}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}"
    "nav a,nav span{display:inline-block;padding:.25rem 0}"
    "main{padding-bottom:1rem}main:focus{outline:none}"
    "h1{font-size:clamp(1.5rem,1.2rem + 2vw,2.1rem);line-height:1.2;margin:1.5rem 0 1rem;text-wrap:balance}"
    "h2{font-size:1.25rem;line-height:1.3;margin:2.25rem 0 .5rem}"
    "h3{font-size:1rem;line-height:1.5;margin:1.25rem 0 .25rem}"
    "p,main ul{margin:0 0 .75rem}main ul{padding-left:1.25rem}li{margin:.25rem 0}"
    "a{color:var(--link);text-underline-offset:.15em}"
    "a:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}"
    ".skip{position:absolute;left:-999rem}"
    ".skip:focus{left:1rem;top:.5rem;padding:.5rem .75rem;background:var(--paper);z-index:1}"
    ".state{margin:0 0 1.5rem;padding:.75rem 1rem;border-left:.3rem solid var(--link);background:var(--shade)}"
    ".state p{margin:0}.state p+p{color:var(--soft);font-size:.9375rem}.state strong{font-weight:600}"
    ".exercise{margin:1.5rem 0 0;padding:.75rem 1rem;border:2px dashed var(--warn);color:var(--warn)}"
    ".exercise strong{display:block;font-size:1.25rem;text-transform:uppercase;letter-spacing:.05em}"
    ".soft,article h3 time{color:var(--soft)}article h3 time{font-weight:600}"
    "article{border-top:1px solid var(--line)}article h3{margin-top:.75rem}"
    "article h3::first-letter{text-transform:uppercase}"
    "footer{margin-top:2.5rem;padding-top:1rem;padding-bottom:2.5rem;color:var(--soft);font-size:.9375rem}"
    "@media print{@page{margin:18mm}"
    ":root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--line:#999;--link:#000;--warn:#000;--shade:#fff}"
    "body{font:11pt/1.45 Georgia,serif}header,main,footer{max-width:none;padding-left:0;padding-right:0}"
    ".skip,nav,.feed{display:none}h1{font-size:20pt}h1,h2,h3{break-after:avoid}article,li,.state{break-inside:avoid}"
    'p{orphans:3;widows:3}a.to::after{content:" (" attr(href) ")"}}'
)
FEED_TYPE = "application/atom+xml"


def policy(*more: str) -> str:
    """Nothing but this style: no script, no picture, nothing from elsewhere."""
    style = b64encode(sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    said = ("default-src 'none'", f"style-src 'sha256-{style}'", "base-uri 'none'", "form-action 'none'", *more)
    return "; ".join(said)


@dataclass(frozen=True)
class Place:
    """Where a page stands. `public_url`: as the world sees us, "" where that is not known.

    `up`: from the address at which these bytes are read to the folder of all pages, such as `../`: links are relative,
    so that they lead somewhere wherever the page is copied to.
    """

    public_url: str
    up: str

    def page(self, page: str, language: str) -> str:
        """The same page in this language."""
        return f"{self.up}{page}/{language}/"

    def feed(self, page: str, language: str) -> str:
        """Its updates, for feed readers."""
        return f"{self.up}{page}/{feed_name(language)}"


def feed_name(language: str) -> str:
    """What its file is called."""
    return f"feed.{language}.atom"


def whole_address(public_url: str, page: str, language: str) -> str:
    """The one address by which a page is known to the world."""
    return f"{public_url}/now/{page}/{language}"


def crisis_html(facts: PageFacts, language: str, words: Words, place: Place) -> bytes:
    """The whole page, as UTF-8. `language`: one of those it is in."""
    return _Page(facts, facts.text(language), words, place).html().encode("utf-8", "replace")


def nothing_html(languages: Sequence[str], words: Words) -> bytes:
    """What is read while nothing is the matter: calm, and in every language at once."""
    first, *others = languages

    def said(language: str, heading: str) -> str:
        title, why = (escape(words.say(language, key)) for key in ("crisis_page.nothing_title", "crisis_page.nothing"))
        return f'<section lang="{escape(language)}"><{heading}>{title}</{heading}><p>{why}</p></section>'

    title = escape(words.say(first, "crisis_page.nothing_title"))
    head = f'<title>{title}</title><meta name="robots" content="noindex">'
    body = "".join([said(first, "h1"), *(said(language, "h2") for language in others)])
    return _document(first, head, f'<main id="main">{body}</main>').encode("utf-8", "replace")


class _Page:
    def __init__(self, facts: PageFacts, text: PageText, words: Words, place: Place) -> None:
        self._facts, self._text, self._words, self._place = facts, text, words, place
        self._language = text.language

    def html(self) -> str:
        return _document(self._language, self._head(), f"{self._header()}{self._main()}{self._footer()}")

    def _say(self, key: str, **html: str) -> str:
        """A text of ours; what is filled in is HTML already."""
        marks = {name: f"\x00{name}\x00" for name in html}
        said = escape(self._words.say(self._language, key, **marks))
        for name, mark in marks.items():
            said = said.replace(mark, html[name])
        return said

    @cached_property
    def _title(self) -> str:
        exercise = f"{self._say('crisis_page.exercise')}: " if self._facts.is_rehearsal else ""
        return f"{exercise}{crisis_text.plain(self._text.title)}"

    @cached_property
    def _company(self) -> str:
        return crisis_text.plain(self._facts.company)

    def _head(self) -> str:
        facts = self._facts
        about = escape(crisis_text.beginning(self._text.statement))
        others = "".join(
            f'<link rel="alternate" hreflang="{escape(language)}" href="{self._to(language)}">'
            for language in self._other_languages()
        )
        feed = escape(self._place.feed(facts.page, self._language))
        robots = '<meta name="robots" content="noindex">' if facts.is_rehearsal else ""
        title = f"{self._title} · {self._company}" if self._company else self._title
        return (
            f'<title>{title}</title><meta name="description" content="{about}">{robots}{self._canonical()}{others}'
            f'<link rel="alternate" type="{FEED_TYPE}" title="{self._title}" href="{feed}">{self._open_graph(about)}'
        )

    def _canonical(self) -> str:
        return f'<link rel="canonical" href="{self._whole}">' if self._whole else ""

    @cached_property
    def _whole(self) -> str:
        public_url = self._place.public_url
        return escape(whole_address(public_url, self._facts.page, self._language)) if public_url else ""

    def _open_graph(self, about: str) -> str:
        """How a link to it looks in a chat, or on a network."""
        changed = self._facts.changed_at.isoformat()
        said = {
            "og:type": "article",
            "og:title": self._title,
            "og:description": about,
            "og:url": self._whole,
            "og:site_name": self._company,
            "og:updated_time": changed,
            "article:published_time": self._facts.published_at.isoformat(),
            "article:modified_time": changed,
        }
        return "".join(f'<meta property="{name}" content="{text}">' for name, text in said.items() if text)

    def _header(self) -> str:
        skip = f'<a class="skip" href="#main">{self._say("crisis_page.skip")}</a>'
        company = f"<p><strong>{self._company}</strong></p>" if self._company else ""
        inside = f"{company}{self._languages()}"
        return f"{skip}<header>{inside}</header>" if inside else skip

    def _languages(self) -> str:
        if len(self._facts.texts) < 2:
            return ""
        links = "".join(f"<li>{self._language_link(text.language)}</li>" for text in self._facts.texts)
        return f'<nav aria-label="{self._say("crisis_page.languages")}"><ul>{links}</ul></nav>'

    def _language_link(self, language: str) -> str:
        name, code = escape(self._words.say(language, "crisis_page.own_name")), escape(language)
        if language == self._language:
            return f'<span aria-current="page">{name}</span>'
        return f'<a lang="{code}" hreflang="{code}" rel="alternate" href="{self._to(language)}">{name}</a>'

    def _other_languages(self) -> list[str]:
        return [text.language for text in self._facts.texts if text.language != self._language]

    def _to(self, language: str) -> str:
        return escape(self._place.page(self._facts.page, language))

    def _main(self) -> str:
        text = self._text
        inside = (
            self._exercise(),
            f"<h1>{crisis_text.plain(text.title)}</h1>",
            self._state(),
            crisis_text.paragraphs(text.statement),
            self._section("crisis_page.updates", "".join(map(self._update, text.updates))),
            self._section("crisis_page.known", _points(text.known)),
            self._section("crisis_page.unknown", _points(text.unknown)),
            self._section("crisis_page.doing", _points(text.doing)),
            self._section("crisis_page.answers", "".join(map(self._answer, text.answers))),
            self._section("crisis_page.contact", _points(text.contact)),
        )
        return f'<main id="main" tabindex="-1">{"".join(inside)}</main>'

    def _exercise(self) -> str:
        if not self._facts.is_rehearsal:
            return ""
        exercise, why = self._say("crisis_page.exercise"), self._say("crisis_page.exercise_why")
        return f'<p class="exercise"><strong>{exercise}</strong> {why}</p>'

    def _state(self) -> str:
        """Whether it goes on, when this was changed, and when one hears more."""
        facts = self._facts
        if facts.ended_at is not None:
            state = self._say("crisis_page.over", time=self._time(facts.ended_at))
        else:
            state = self._say("crisis_page.ongoing")
        lines = [f"<strong>{state}</strong>", self._say("crisis_page.changed", time=self._time(facts.changed_at))]
        if facts.next_update_at is not None and facts.ended_at is None:
            lines.append(self._say("crisis_page.next_update", time=self._time(facts.next_update_at)))
        lines.append(self._say("crisis_page.zone", zone=escape(self._words.zone(self._language, facts.zone))))
        return f'<div class="state">{"".join(f"<p>{one}</p>" for one in lines)}</div>'

    def _time(self, at: datetime) -> str:
        there = local(at, self._facts.zone).isoformat(timespec="seconds")
        return f'<time datetime="{there}">{escape(self._words.moment(self._language, at, self._facts.zone))}</time>'

    def _section(self, key: str, inside: str) -> str:
        """A part with its heading; nothing without anything in it."""
        if not inside:
            return ""
        name = key.rpartition(".")[2]
        return f'<section aria-labelledby="{name}"><h2 id="{name}">{self._say(key)}</h2>{inside}</section>'

    def _update(self, update: PageUpdate) -> str:
        return f"<article><h3>{self._time(update.at)}</h3>{crisis_text.paragraphs(update.text)}</article>"

    def _answer(self, answer: CrisisAnswer) -> str:
        lang = f' lang="{escape(answer.language)}"' if answer.language != self._language else ""
        question, said = crisis_text.plain(answer.question), crisis_text.paragraphs(answer.answer)
        return f"<article{lang}><h3>{question}</h3>{said}</article>"

    def _footer(self) -> str:
        feed = escape(self._place.feed(self._facts.page, self._language))
        link = f'<p class="feed"><a type="{FEED_TYPE}" href="{feed}">{self._say("crisis_page.feed")}</a></p>'
        if not self._whole:
            return f"<footer>{link}</footer>"
        newest = self._say("crisis_page.newest", address=f'<a href="{self._whole}">{self._whole}</a>')
        return f"<footer><p>{newest}</p>{link}</footer>"


def _points(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{said}</li>" for one in lines if (said := crisis_text.line(one)))
    return f"<ul>{items}</ul>" if items else ""


def _document(language: str, head: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="content-security-policy" content="{escape(policy(), quote=False)}">'
        '<meta name="referrer" content="no-referrer">'
        f"{head}<style>{STYLE}</style></head><body>{body}</body></html>\n"
    )
