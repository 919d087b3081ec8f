"""The head of a story file: keys with their values and the lines they stand on. Safe YAML only."""

from dataclasses import dataclass
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from bot.domain.clean_text import clean
from bot.domain.content_problem import ContentProblem, ContentUnusable


@dataclass(frozen=True)
class Entry:
    """A value of the head. `value` is what YAML makes of it; `cut_at` is the line of a text that a "#" cuts short."""

    value: Any
    line: int
    cut_at: int | None = None


@dataclass(frozen=True)
class FrontMatter:
    """A file taken apart. `body_line` is the one that closes the head; `problems` did not keep it from being read."""

    entries: dict[str, Entry]
    body: str
    body_line: int
    problems: tuple[ContentProblem, ...]
    head: tuple[str, ...] = ()

    def line_of(self, key: str, near: str = "") -> int:
        """The line of a key, or the first from there on in which `near` stands; 1 when there is no such key."""
        if key not in self.entries:
            return 1
        start = self.entries[key].line
        before = self.body_line - len(self.head) + 1
        inside = enumerate(self.head[start - before :], start)
        return next((number for number, text in inside if near and near in text), start)


def read_front_matter(file: str, text: str) -> FrontMatter:
    """Takes a text apart. Raises ContentUnusable when there is no head or it cannot be read."""
    head, body, first_line = _split(file, text)
    _no_tabs(file, head, first_line)
    try:
        entries, problems = _loaded(file, head, first_line)
    except yaml.YAMLError as error:
        raise ContentUnusable(_unreadable(file, error, first_line)) from error
    except RecursionError as error:
        mend = "Keep to lists of texts."
        raise ContentUnusable(ContentProblem(file, None, "the head is nested too deeply", mend)) from error
    lines = tuple(head.split("\n"))
    return FrontMatter(entries, body, first_line + len(lines) - 1, tuple(problems), lines)


def _split(file: str, text: str) -> tuple[str, str, int]:
    handler = YAMLHandler()
    try:
        before, head, body = handler.FM_BOUNDARY.split(text, 2)
    except ValueError:
        before, head, body = "no head", "", ""
    if before.strip():
        raise ContentUnusable(
            ContentProblem(file, 1, "there is no head", 'Start with a line "---", then the keys, then "---" again.')
        )
    return head, body, text.count("\n", 0, text.find(head, text.find("---") + 3)) + 1


def _no_tabs(file: str, head: str, first_line: int) -> None:
    """YAML's own words for a tab help nobody."""
    for number, line in enumerate(head.split("\n"), first_line):
        if "\t" in line:
            raise ContentUnusable(ContentProblem(file, number, "there is a tab in this line", "Use spaces instead."))


class _PlainLoader(yaml.SafeLoader):
    """Safe, and plain: no anchors and aliases (nine lines of them can stand for a billion), no types by name."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Raises YAMLError."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="anchors (&) and aliases (*) need quotes", problem_mark=event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise yaml.MarkedYAMLError(problem="types (!) need quotes", problem_mark=event.start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def _loaded(file: str, head: str, first_line: int) -> tuple[dict[str, Entry], list[ContentProblem]]:
    loader = _PlainLoader(head)
    try:
        node = loader.get_single_node()
        if isinstance(node, yaml.MappingNode):
            return _entries(file, loader, node, head, first_line)
    finally:
        loader.dispose()
    raise ContentUnusable(ContentProblem(file, first_line, "the head has no keys", 'Write lines such as "title: …".'))


def _entries(
    file: str, loader: yaml.SafeLoader, node: yaml.MappingNode, head: str, first_line: int
) -> tuple[dict[str, Entry], list[ContentProblem]]:
    entries: dict[str, Entry] = {}
    problems: list[ContentProblem] = []
    for key_node, value_node in node.value:
        key = clean(str(key_node.value)) if isinstance(key_node, yaml.ScalarNode) else "?"
        line = first_line + int(key_node.start_mark.line)
        if key in entries:
            problems.append(ContentProblem(file, line, f'"{key}" stands here a second time', "Keep one of them."))
            continue
        try:
            value = loader.construct_object(value_node, deep=True)
        except (ValueError, OverflowError):
            mend = "Write it as 2027-06-19, or 2027-06-19 17:00."
            problems.append(ContentProblem(file, line, f'"{key}" is no date that exists', mend))
            continue
        cut = _cut_short(value_node, head)
        entries[key] = Entry(value, line, None if cut is None else first_line + cut)
    return entries, problems


def _cut_short(node: yaml.Node, head: str) -> int | None:
    """The line of an unquoted text with a comment behind it: most often a hashtag, which YAML would leave out."""
    if isinstance(node, yaml.ScalarNode):
        rest = head[node.end_mark.index :].partition("\n")[0]
        return node.end_mark.line if node.style is None and rest.lstrip().startswith("#") else None
    if isinstance(node, yaml.SequenceNode):
        inner: list[yaml.Node] = node.value
    else:
        inner = [value for _, value in node.value]
    return next((line for line in (_cut_short(child, head) for child in inner) if line is not None), None)


def _unreadable(file: str, error: yaml.YAMLError, first_line: int) -> ContentProblem:
    mark = getattr(error, "problem_mark", None)
    said = getattr(error, "problem", None) or "it is not YAML"
    line = first_line + (mark.line if mark else 0)
    return ContentProblem(
        file, line, f"the head cannot be read here ({said})", 'Put texts with ":" or "#" in "quotes".'
    )
