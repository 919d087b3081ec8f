"""One language of a scenario: what its sections say, and what is missing, left over, too long or nobody's."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.crisis_scenario import (
    LONGEST_LINE,
    LONGEST_OUTSIDE,
    LONGEST_STATEMENT,
    LONGEST_TITLE,
    MOST_LINES,
    MOST_STEPS,
    AudienceText,
    OutsideText,
    ScenarioText,
    Step,
    places,
)
from bot.sources.crisis_body import SECTIONS, Line, Part, Section
from bot.sources.crisis_leftovers import left_over
from bot.sources.story_head import is_web

Complain = Callable[[int | None, str, str], None]

_WITHIN = re.compile(r"(\d+|\S{1,20}(?=\s))\s*min(?:\.|utes|uten|uut|ute)?\s*:\s*(.*)", re.IGNORECASE)
_OWNERS = re.compile(r"(.*\S)\s*\(([^()]*)\)[\s.]*")
_KEYED = re.compile(r"([^:\s]+)\s*:\s*(.*)")
_PLACED = ("statement", "known", "unknown", "doing", "say", "dont_say", "send_to", "page_title", "audiences", "outside")
_LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]*)\)")
_OWNER_FORM = "Write (role / second role) at its end."


@dataclass(frozen=True)
class Wanted:
    """Keys that the head names, of which each language says more."""

    audiences: Sequence[str]
    outside: Sequence[str]


def text_of(part: Part, wanted: Wanted, complain: Complain) -> ScenarioText:
    """What could be read of it; `complain` hears of the rest."""
    return _Part(part, complain).text(wanted)


class _Part:
    def __init__(self, part: Part, complain: Complain) -> None:
        self._part = part
        self._complain = complain
        self._names = SECTIONS[part.language]

    def text(self, wanted: Wanted) -> ScenarioText:
        self._check_title()
        self._check_strays()
        for section in self._part.sections.values():
            self._check_places(section)
        return ScenarioText(
            language=self._part.language,
            title=self._part.title,
            when=self._paragraphs("when", LONGEST_STATEMENT),
            statement=self._paragraphs("statement", LONGEST_STATEMENT),
            page_title=self._paragraphs("page_title", LONGEST_TITLE),
            steps=tuple(map(self._step, self._items("steps", MOST_STEPS))),
            known=self._lines("known"),
            unknown=self._lines("unknown"),
            doing=self._lines("doing"),
            say=self._lines("say"),
            dont_say=self._lines("dont_say"),
            send_to=self._lines("send_to"),
            audiences=tuple(self._audiences(wanted.audiences)),
            outside=tuple(self._outside(wanted.outside)),
        )

    def _check_title(self) -> None:
        if not self._part.title:
            self._complain(self._part.line, "there is no title", f'Write "# {self._part.language}: Title".')
        self._within(Line(self._part.title, self._part.line), LONGEST_TITLE)
        self._no_places(Line(self._part.title, self._part.line))

    def _check_strays(self) -> None:
        known = ", ".join(f'"{title}"' for title in self._names.values())
        for line, what in self._part.strays:
            self._complain(line.number, what, f"Sections are {known}.")

    def _check_places(self, section: Section) -> None:
        """What is left over, wherever it stands; and places where nobody fills them in."""
        name = next(name for name, one in self._part.sections.items() if one is section)
        for line in (*section.lines, *(line for part in section.parts for line in (part.heading, *part.lines))):
            text = re.sub(r"^\s*[-*+] +\[[ xX]?\] ", "", line.text)
            for address in _LINK.findall(text):
                if not is_web(address) and not address.startswith(("mailto:", "tel:")):
                    self._complain(line.number, f'"{address}" is no link', "Write it whole, with https://.")
            if left := left_over(text):
                mend = "Write what it stood for, or what is to be filled in then: [what happened]."
                self._complain(line.number, f'"{left}" is left over', mend)
            elif name not in _PLACED:
                self._no_places(Line(text, line.number))

    def _no_places(self, line: Line) -> None:
        for place in places(line.text):
            mend = "Places are for what is sent; write here what is known beforehand, roles and not names."
            self._complain(line.number, f'"[{place}]" cannot be filled in here', mend)

    def _paragraphs(self, name: str, longest: int) -> str:
        section = self._section(name)
        if section is None:
            return ""
        text = section.text
        if not text:
            self._empty(section.heading)
        self._within(Line(text, section.heading.number), longest)
        return text

    def _lines(self, name: str) -> tuple[str, ...]:
        return tuple(line.text for line in self._items(name, MOST_LINES))

    def _items(self, name: str, most: int) -> list[Line]:
        section = self._section(name)
        if section is None:
            return []
        items = list(section.items())
        if not items:
            self._empty(section.heading)
        if len(items) > most:
            self._complain(items[most].number, f"there are {len(items)} points", f"Keep the {most} that matter.")
        for item in items:
            self._within(item, LONGEST_LINE)
        return items

    def _section(self, name: str) -> Section | None:
        section = self._part.sections.get(name)
        if section is None:
            what = f'"{self._names[name]}" is missing in "{self._part.language}"'
            self._complain(self._part.line, what, f'Add "## {self._names[name]}" and what belongs under it.')
        return section

    def _empty(self, heading: Line) -> None:
        self._complain(heading.number, f'nothing stands under "{heading.text}"', "Write it now, not on the day.")

    def _within(self, line: Line, longest: int) -> None:
        if len(line.text) > longest:
            self._complain(line.number, f"this has {len(line.text)} characters", f"Keep it within {longest}.")

    def _step(self, line: Line) -> Step:
        timed = _WITHIN.fullmatch(line.text)
        text, owner, second = self._owners(Line(timed[2] if timed else line.text, line.number))
        within = None
        if timed and timed[1].isdecimal():
            within = int(timed[1])
        elif timed:
            self._complain(line.number, f'"{timed[1]}" is no number of minutes', 'Write "15 min: What to do."')
        return Step(text, owner, second, within)

    def _owners(self, line: Line) -> tuple[str, str, str]:
        """The text without its owners, and those."""
        found = _OWNERS.fullmatch(line.text)
        if not found:
            self._complain(line.number, "this is nobody's", _OWNER_FORM)
            return line.text, "", ""
        owner, _, second = (one.strip() for one in found[2].partition("/"))
        if not owner or not second:
            self._complain(line.number, "there is no second owner", f"{_OWNER_FORM} The first may be on holiday.")
        elif owner.casefold() == second.casefold():
            self._complain(line.number, "the second owner is the first", "Name a role that somebody else has.")
        return found[1].strip(), owner, second

    def _audiences(self, wanted: Sequence[str]) -> Iterator[AudienceText]:
        for key, heading, part in self._keyed("audiences", wanted):
            self._within(Line(part.text, heading.number), LONGEST_LINE)
            yield AudienceText(key, heading.text, part.text)

    def _outside(self, wanted: Sequence[str]) -> Iterator[OutsideText]:
        if not wanted and "outside" not in self._part.sections:
            return
        for key, heading, part in self._keyed("outside", wanted):
            name, owner, second = self._owners(heading)
            if not part.text:
                self._empty(heading)
            self._within(Line(part.text, heading.number), LONGEST_OUTSIDE)
            yield OutsideText(key, name, owner, second, part.text)

    def _keyed(self, name: str, wanted: Sequence[str]) -> Iterator[tuple[str, Line, Section]]:
        """The parts under ### in the order of the head, with their headings after the key."""
        section = self._section(name)
        parts: dict[str, tuple[Line, Section]] = {}
        for part in section.parts if section else ():
            keyed = _KEYED.fullmatch(part.heading.text)
            if keyed is None or keyed[1] not in wanted or not keyed[2]:
                mend = f'Write "### {next(iter(wanted), "name")}: What it is called", with a name from the head.'
                self._complain(part.heading.number, f'"{part.heading.text}" is not in the head', mend)
            elif keyed[1] in parts:
                self._complain(part.heading.number, f'"{keyed[1]}" stands here a second time', "Make them one.")
            else:
                parts[keyed[1]] = (Line(keyed[2], part.heading.number), part)
        for key in wanted if section else ():
            if key in parts:
                yield (key, *parts[key])
            else:
                mend = f'Add "### {key}: What it is called", or take it out of the head.'
                self._complain(section.heading.number if section else None, f'"{key}" is missing here', mend)
