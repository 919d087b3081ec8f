"""From the text of a story file to a story, collecting everything that is wrong on the way."""

import re
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from bot.domain.addresses import literal_private_address
from bot.domain.captions import Caption
from bot.domain.clean_text import clean
from bot.domain.content_problem import ContentProblem, ContentUnusable
from bot.domain.networks import fits_an_address
from bot.domain.story_file import (
    LANGUAGES,
    LONGEST_ALT,
    LONGEST_BACKGROUND,
    LONGEST_CAPTION,
    LONGEST_DILEMMA,
    LONGEST_IMAGE,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    MOST_CAPTIONS,
    StoryFile,
)
from bot.sources.front_matter import FrontMatter, read_front_matter

KEYS = ("link", "title", "captions", "topics", "image", "alt", "best_before", "commercial", "channels", "dilemma")
_YEARS = range(1970, 2200)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def story_of(slug: str, file: str, text: str) -> StoryFile:
    """The story in a file's text. Raises ContentUnusable with all its problems, in the order of their lines."""
    reading = _Reading(file, read_front_matter(file, text))
    story = reading.story(slug)
    if reading.problems:
        raise ContentUnusable(*sorted(reading.problems, key=lambda problem: problem.line or 0))
    return story


class _Reading:
    """One file being read: each method gives a value that fits, or notes what is wrong and gives an empty one."""

    def __init__(self, file: str, front: FrontMatter) -> None:
        self._file = file
        self._front = front
        self.problems = list(front.problems)

    def story(self, slug: str) -> StoryFile:
        self._check_keys()
        sentence, background = self._body()
        image, alt = self._image()
        return StoryFile(
            slug=slug,
            link=self._link(),
            title=self._text("title", LONGEST_TITLE, required=True),
            sentence=sentence,
            captions=self._captions(),
            background=background,
            topics=self._names("topics"),
            image=image,
            alt=alt,
            best_before=self._best_before(),
            commercial=self._flag("commercial"),
            channels=tuple(name.removeprefix("#") for name in self._names("channels")),
            dilemma=self._text("dilemma", LONGEST_DILEMMA),
        )

    def _wrong(self, key: str | None, what: str, mend: str) -> None:
        entry = self._front.entries.get(key) if key else None
        self.problems.append(ContentProblem(self._file, entry.line if entry else 1, what, mend))

    def _value(self, key: str) -> Any:
        entry = self._front.entries.get(key)
        return entry.value if entry else None

    def _check_keys(self) -> None:
        for key, entry in self._front.entries.items():
            if key not in KEYS:
                meant = get_close_matches(key, KEYS, 1)
                self._wrong(key, f'"{key}" is not known', f'Did you mean "{meant[0]}"?' if meant else "Take it out.")
            elif key in ("title", "alt", "captions", "dilemma") and entry.cut_at:
                mend = 'Put the whole text in "quotes".'
                self.problems.append(ContentProblem(self._file, entry.cut_at, "all from the # on would be lost", mend))

    def _text(self, key: str, longest: int, *, required: bool = False) -> str:
        value = self._value(key)
        if value is None or value == "":
            if required and not self._has_a_problem(key):
                self._wrong(key, f'there is no "{key}"', "Add it.")
            return ""
        if not isinstance(value, str) or not clean(value).strip():
            self._wrong(key, f'"{key}" is not a text', 'Put it in "quotes".')
            return ""
        return self._within(key, _one_line(value), longest)

    def _within(self, key: str | None, text: str, longest: int) -> str:
        if len(text) > longest:
            self._wrong(key, f'"{key or "the body"}" has {len(text)} characters', f"Keep it within {longest}.")
        return text

    def _has_a_problem(self, key: str) -> bool:
        """A key with a value that YAML refused is not missing as well."""
        return any(f'"{key}"' in problem.what for problem in self.problems)

    def _link(self) -> str:
        link = self._text("link", 10_000, required=True)
        if link and not is_web(link):
            self._wrong("link", "this is not the address of a page", "Write it whole, with https://.")
        elif link and literal_private_address(link):
            self._wrong("link", "only our own network can see this address", "Link to a page that everybody can read.")
        elif link and not fits_an_address(link):
            self._wrong("link", "this address is too long for the share pages", "Use a shorter one.")
        return link

    def _image(self) -> tuple[str | None, str | None]:
        image, alt = self._text("image", LONGEST_IMAGE), self._text("alt", LONGEST_ALT)
        if image and (not is_web(image) or literal_private_address(image)):
            self._wrong(
                "image", "this is not the address of an image that Slack can fetch", "Write a public https:// one."
            )
        if image and not alt and not self._has_a_problem("alt"):
            self._wrong("image", 'the image has no "alt"', "Add alt: what one sees in it, for who cannot see it.")
        if alt and not image:
            self._wrong("alt", '"alt" stands here without an image', "Add the image, or take it out.")
        return image or None, alt or None

    def _flag(self, key: str) -> bool:
        value = self._value(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, f'"{key}" is neither true nor false', "Write true or false.")
        return value is True

    def _names(self, key: str) -> tuple[str, ...]:
        value = self._value(key)
        names = (
            [value] if isinstance(value, str) else value if isinstance(value, list) else [] if value is None else [0]
        )
        if not all(isinstance(name, str) and _one_line(name).strip(" #") for name in names):
            self._wrong(key, f'"{key}" is not a list of names', 'Write [one, two]; a name with # in "quotes".')
            return ()
        return tuple(dict.fromkeys(_one_line(str(name)) for name in names))

    def _best_before(self) -> date | datetime | None:
        value = _moment(self._value("best_before"))
        if value is not None and (not isinstance(value, date) or value.year not in _YEARS):
            self._wrong("best_before", '"best_before" is not a date', "Write it as 2027-06-19, or 2027-06-19 17:00.")
            return None
        return value

    def _captions(self) -> tuple[Caption, ...]:
        by_language = self._value("captions")
        if by_language is None and self._has_a_problem("captions"):
            return ()
        if not isinstance(by_language, dict) or not by_language:
            self._wrong("captions", 'there are no "captions" by language', 'Write "en:" or "nl:", and a list under it.')
            return ()
        return tuple(caption for language, texts in by_language.items() for caption in self._in(language, texts))

    def _in(self, language: Any, texts: Any) -> list[Caption]:
        if language not in LANGUAGES:
            self._wrong(
                "captions", "there are captions in a language that is not known", f"Use {' or '.join(LANGUAGES)}."
            )
        elif (
            not isinstance(texts, list) or not texts or not all(isinstance(t, str) and clean(t).strip() for t in texts)
        ):
            self._wrong(
                "captions", f'the captions in "{language}" are not a list of texts', 'Write - "a text" under it.'
            )
        elif len(texts) > MOST_CAPTIONS:
            self._wrong(
                "captions", f'there are {len(texts)} captions in "{language}"', f"Keep the best {MOST_CAPTIONS}."
            )
        elif len({" ".join(text.split()).casefold() for text in texts}) < len(texts):
            self._wrong("captions", f'two captions in "{language}" are the same', "Let each say it another way.")
        else:
            return [
                Caption(None, language, self._within("captions", clean(text).strip(), LONGEST_CAPTION))
                for text in texts
            ]
        return []

    def _body(self) -> tuple[str, str]:
        """The human sentence and the background."""
        first, _, rest = _PARAGRAPHS.sub("\n\n", clean(self._front.body).strip()).partition("\n\n")
        sentence = " ".join(first.split())
        if not sentence or sentence.startswith("#"):
            what = "the body does not start with a sentence" if sentence else "there is no sentence in the body"
            mend = "Say in one why it is worth sharing, as you would to a colleague."
            self.problems.append(ContentProblem(self._file, self._front.body_line, what, mend))
        if len(sentence) > LONGEST_SENTENCE:
            what, mend = f"the first paragraph has {len(sentence)} characters", f"Keep it within {LONGEST_SENTENCE}."
            self.problems.append(ContentProblem(self._file, self._front.body_line, what, mend))
        return sentence, self._within(None, rest.strip(), LONGEST_BACKGROUND)


def _moment(value: Any) -> Any:
    """YAML knows a time of day by its seconds; people leave them out."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and ":" in value else value
    except ValueError:
        return value


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def is_web(address: str) -> bool:
    """A whole address of a page, as people link to it."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    has_odd = any(char in ' <>"|\\^`{}' for char in address)
    return is_whole and not has_odd and parts.username is None and "." in (parts.hostname or "")
