"""The text that goes along with a share: own words or a ready caption, with the disclosure line at its start."""

from collections.abc import Mapping

from bot.domain.captions import with_disclosure
from bot.domain.disclosure import COMPANY, Disclosure

AD = "#ad"


def offered_line(
    own_lines: Mapping[str, str],
    shipped: Disclosure,
    *,
    language: str,
    country: str | None,
    company: str,
    commercial: bool,
) -> str:
    """The disclosure line to offer; empty when the company wants none, or nobody has told its name.

    `own_lines`: what an admin set, by language, instead of the `shipped` ones. A commercial story always says so.
    """
    if language in own_lines:
        line = own_lines[language].replace(COMPANY, company).strip()
    else:
        found = shipped.line(language, country)
        line = found.filled(company, commercial=commercial) if found else ""
    if commercial and not mark_of(line):
        return f"{AD} {line}".strip()
    return line


def mark_of(line: str) -> str:
    """The mark of advertising that a line begins with: #ad, or what a country calls it. Empty without one."""
    first = line.strip().partition(" ")[0]
    return first if first.startswith("#") else ""


def disclosed(text: str, line: str) -> str:
    """The text with the line at its start; of a mark and the line behind it only what the text does not hold yet."""
    mark = mark_of(line)
    return with_disclosure(with_disclosure(text, line.strip().removeprefix(mark)), mark)


def is_removed(text: str, line: str, offered: str) -> bool:
    """Whether a line was offered and the post now says nothing of the kind: not in its line, not in the text."""
    mark = mark_of(offered)
    if mark and not _holds(disclosed(text, line), mark):
        return True
    return bool(offered) and not line.strip() and not _holds(text, offered.removeprefix(mark))


def _holds(text: str, line: str) -> bool:
    return with_disclosure(text, line) == text.strip()


def country_of(locale: str) -> str | None:
    """ "NL" of "nl-NL"."""
    return locale.replace("_", "-").partition("-")[2].upper() or None
