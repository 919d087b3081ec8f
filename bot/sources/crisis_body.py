"""The body of a scenario file: a part a language, its sections, their lines; each with the line it stands on.

# en: Personal data has leaked

## When to use it

## Audiences

### front-desk: Colleagues at the desk and on the phone
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "when": "When to use it",
        "steps": "Checklist",
        "statement": "Holding statement",
        "known": "What we know",
        "unknown": "What we don't know yet",
        "doing": "What we do",
        "say": "When asked: say",
        "dont_say": "When asked: don't say",
        "send_to": "Send people to",
        "page_title": "Page title",
        "audiences": "Audiences",
        "outside": "Outside",
    },
    "nl": {
        "when": "Wanneer",
        "steps": "Checklist",
        "statement": "Eerste verklaring",
        "known": "Wat we weten",
        "unknown": "Wat we nog niet weten",
        "doing": "Wat we doen",
        "say": "Bij vragen: wel zeggen",
        "dont_say": "Bij vragen: niet zeggen",
        "send_to": "Verwijs naar",
        "page_title": "Titel van de pagina",
        "audiences": "Doelgroepen",
        "outside": "Buiten",
    },
}
"""What a section is called, by language."""

_HEADING = re.compile(r"(#{1,6})[ ]+(.*?)[ #]*")
_ITEM = re.compile(r"\s*[-*+][ ]+(?:\[[ xX]?\][ ]+)?(.*)")
_CODE = re.compile(r"(\w+)\s*:\s*(.*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A text and the line of the file on which it starts."""

    text: str
    number: int


@dataclass
class Section:
    """What stands under a heading, up to the next of its rank or higher. `parts` are the ### in it."""

    heading: Line
    lines: list[Line] = field(default_factory=list)
    parts: list["Section"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines as paragraphs: broken lines are joined, an empty one parts; points stay on lines of their own."""
        found = ""
        for line in (one.text for one in self.lines):
            is_point = _ITEM.fullmatch(line) is not None
            if not line.strip():
                found = f"{found.rstrip()}\n\n" if found else ""
            else:
                joint = "" if not found or found.endswith("\n") else "\n" if is_point else " "
                found += joint + " ".join(line.split())
        return found.strip()

    def items(self) -> Iterator[Line]:
        """The points of a list; a line that goes on belongs to the point above it, one above the list is a point."""
        item: list[str] = []
        number = self.heading.number
        for line in self.lines:
            starts = _ITEM.fullmatch(line.text)
            if (starts or not line.text.strip()) and item:
                yield Line(" ".join(item), number)
                item = []
            text = (starts[1] if starts else line.text).strip()
            if text:
                number = number if item else line.number
                item.append(" ".join(text.split()))
        if item:
            yield Line(" ".join(item), number)


@dataclass
class Part:
    """What the file says in one language. `sections` by their names in SECTIONS; `strays` are what fits nowhere."""

    language: str
    title: str
    line: int
    sections: dict[str, Section] = field(default_factory=dict)
    strays: list[tuple[Line, str]] = field(default_factory=list)


def parts_of(body: str, first_line: int) -> tuple[list[Part], list[Line]]:
    """The body's parts, and the lines that stand in none. `first_line`: the line of the file on which it starts."""
    parts: list[Part] = []
    outside: list[Line] = []
    section: Section | None = None
    part_of: Section | None = None
    for number, text in enumerate(_without_comments(body).split("\n"), first_line):
        heading = _HEADING.fullmatch(text.rstrip())
        rank = len(heading[1]) if heading else 0
        line = Line(heading[2] if heading else text, number)
        if rank == 1:
            parts.append(_begin(line))
            section = part_of = None
        elif not parts:
            outside += [line] if text.strip() else []
        elif rank == 2:
            section, part_of = _section(parts[-1], line), None
        elif rank >= 3 and section is not None:
            part_of = Section(line)
            section.parts.append(part_of)
        elif part_of is not None:
            part_of.lines.append(line)
        elif section is not None:
            section.lines.append(line)
        elif text.strip():
            parts[-1].strays.append((line, "nothing says what this is"))
    return parts, outside


def _begin(heading: Line) -> Part:
    coded = _CODE.fullmatch(heading.text)
    language, title = (coded[1].lower(), coded[2]) if coded else ("", heading.text)
    return Part(language, title.strip(), heading.number)


def _section(part: Part, heading: Line) -> Section:
    names = {_plain(title): name for name, title in SECTIONS.get(part.language, {}).items()}
    name = names.get(_plain(heading.text))
    section = Section(heading)
    if name is None:
        part.strays.append((heading, f'"{heading.text}" is not known'))
    elif name in part.sections:
        part.strays.append((heading, f'"{heading.text}" stands here a second time'))
    else:
        part.sections[name] = section
    return section


def _plain(heading: str) -> str:
    return " ".join(heading.replace("\u2019", "'").rstrip(":").split()).casefold()


def _without_comments(body: str) -> str:
    """Lines keep their numbers."""
    return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), body)
