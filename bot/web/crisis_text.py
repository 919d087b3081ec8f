"""What an editor wrote, as HTML: paragraphs, and links that lead where they say. Everything else is escaped."""

import re
from html import escape
from urllib.parse import quote, urlsplit

from bot.domain.clean_text import clean
from bot.web.answers import ascii_address

LONGEST_BEGINNING = 200
"""Characters of a text's first sentences, where there is room for no more."""
DIGITS = range(7, 16)
"""Of a telephone number, with its country."""

_LINK = re.compile(r"\[(?P<words>[^\[\]\n]+)\]\((?P<to>https://[^\s()<>\"]+)\)")
_ADDRESS = re.compile(r"https://[^\s<>\"]+")
_MAIL = re.compile(r"(?<![\w.%+@-])[A-Za-z0-9][A-Za-z0-9._%+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}(?![\w@-])")
# With a country, or as a number at home begins: a nought, or North America's three groups. No year, no opening hours.
_CALL = re.compile(
    r"(?<![\w.,:/+-])(?:\+[0-9](?:[ ().-]{0,3}[0-9]){5,16}"
    r"|(?![0-9]{2}[ -][0-9]{2}[ -][0-9]{4}\b)\(?0[0-9]{0,4}\)?(?:[ -]{0,3}[0-9]){5,13}"
    r"|\(?[0-9]{3}\)?[ -][0-9]{3}-[0-9]{4})(?![\w:]|[.,-][0-9])"
)
_PARTS = re.compile("|".join(f"(?P<{name}>{one.pattern})" for name, one in (("link", _LINK), ("address", _ADDRESS))))
_REACHED = re.compile(f"(?P<mail>{_MAIL.pattern})|(?P<call>{_CALL.pattern})", re.ASCII)
_TRUNK = re.compile(r"\(0\)")
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def paragraphs(text: str) -> str:
    """Paragraphs as they were written, with an empty line between them."""
    return "".join(f"<p>{_lined(part)}</p>" for part in _BETWEEN.split(clean(text).strip()) if part)


def line(text: str) -> str:
    """A line, without anything around it."""
    return _lined(clean(text).strip())


def plain(text: str) -> str:
    """The same for where no link can be: escaped, and on one line."""
    return escape(" ".join(words_of(text).split()))


def words_of(text: str) -> str:
    """What is read, without where links lead."""
    return _LINK.sub(lambda found: found["words"], clean(text))


def beginning(text: str, longest: int = LONGEST_BEGINNING) -> str:
    """The first sentences, as many as fit; of one that is longer, its first words. Not escaped."""
    said = " ".join(words_of(text).split())
    if len(said) <= longest:
        return said
    kept = ""
    for sentence in _SENTENCE.split(said):
        if len(kept) + 1 + len(sentence) > longest:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or f"{said[: longest - 1].rpartition(' ')[0] or said[: longest - 1]}…"


def _lined(text: str) -> str:
    return _linked(text).replace("\n", "<br>")


def _linked(text: str) -> str:
    pieces, done = [], 0
    for found in _PARTS.finditer(text):
        pieces.append(_reached(text[done : found.start()]))
        whole = found[0] if found["link"] else _without_its_end(found[0])
        words, to = (found["words"], found["to"]) if found["link"] else (whole, whole)
        pieces.append(_to(to, words) if _is_safe(to) else escape(whole))
        done = found.start() + len(whole)
    return "".join([*pieces, _reached(text[done:])])


def _to(address: str, words: str) -> str:
    # Where the address does not stand there by itself, print has to say it.
    said = "" if words == address else ' class="to"'
    return f'<a{said} rel="noreferrer" href="{escape(ascii_address(address))}">{escape(words)}</a>'


def _is_safe(address: str) -> bool:
    """Whether it leads where it seems to lead: nothing before an @ that looks like a host."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _without_its_end(address: str) -> str:
    """Without what belongs to the sentence it stands in."""
    while address and (address[-1] in ".,;:!?'’”»…*_" or _closes_none(address)):
        address = address[:-1]
    return address


def _closes_none(address: str) -> bool:
    opening = _BRACKETS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _reached(text: str) -> str:
    """Mail and telephone."""
    pieces, done = [], 0
    for found in _REACHED.finditer(text):
        to = f"mailto:{quote(found[0], safe='@+')}" if found["mail"] else _call(found[0])
        if to is not None:
            pieces += [escape(text[done : found.start()]), f'<a href="{escape(to)}">{escape(found[0])}</a>']
            done = found.end()
    return "".join([*pieces, escape(text[done:])])


def _call(number: str) -> str | None:
    """What a telephone is told; None when it is none."""
    if number.count("(") != number.count(")"):
        return None
    is_abroad = number.startswith("+")
    digits = re.sub(r"[^0-9]", "", _TRUNK.sub("", number) if is_abroad else number)
    return f"tel:{'+' if is_abroad else ''}{digits}" if len(digits) in DIGITS else None
