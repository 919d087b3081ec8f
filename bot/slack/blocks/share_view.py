"""What the share modal is drawn from, and what follows: the text that goes along, and where the buttons lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.domain.networks import ShareTarget
from bot.domain.share_draft import ShareForm, ShareNote
from bot.domain.share_sheet import ShareSheet
from bot.domain.share_targets import Sharing, others, room, targets
from bot.domain.share_text import disclosed
from bot.domain.shares import Words as Went
from bot.slack.mrkdwn import link
from bot.sources.words import Words

LONGEST_LINE = 200
# What a section can hold, with the label and the marks of a link.
_LONGEST_MAIL = 2900


@dataclass(frozen=True)
class ShareView:
    """Everything the modal is drawn from. `has_guidelines`: there is a page to link to. `codes`: this person's, by
    network, for links at `public_url`; without one nobody has any.

    What is said once (mrkdwn) stands where the eye is: `by_networks` below their buttons, `by_server` below
    that field, `by_question` at the end.
    """

    words: Words
    language: str
    sheet: ShareSheet
    note: ShareNote
    form: ShareForm
    linkedin_composer: bool = True
    has_guidelines: bool = False
    public_url: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    by_networks: str | None = None
    by_server: str | None = None
    by_question: str | None = None

    def say(self, key: str, **places: object) -> str:
        """A text in the person's language."""
        return self.words.say(self.language, key, **places)

    @property
    def line(self) -> str:
        """The disclosure line as it stands: as offered until the person edits it."""
        return self.sheet.offered if self.form.disclosure is None else self.form.disclosure

    @property
    def bare_text(self) -> str:
        """What goes along, without the disclosure line."""
        return self.form.words if self.note.is_own else self.sheet.caption(self.note.chosen).text

    @property
    def text(self) -> str:
        """What goes along."""
        return disclosed(self.bare_text, self.line)

    @property
    def shown(self) -> tuple[str, ...]:
        """The networks with a button now."""
        return (*self.note.mine, *others(self.note.mine)) if self.note.is_unfolded else self.note.mine

    @property
    def went(self) -> Went:
        """What goes along when a button is pressed, as it is noted with the share."""
        offered = self.sheet.offered[:LONGEST_LINE] or None
        return Went(None if self.note.is_own else self.note.chosen, self.note.is_own, offered)

    @cached_property
    def targets(self) -> dict[str, ShareTarget]:
        """Where they lead."""
        found = targets(self.sheet.story, self.text, self.shown, self._how)
        if "email" in found and len(link(found["email"].url, "")) > _LONGEST_MAIL:
            bare = targets(self.sheet.story, "", ["email"], self._how)["email"]
            found["email"] = replace(bare, copies_text=True)
        return found

    @property
    def too_long(self) -> dict[str, int]:
        """The networks this text is too long for, and how many characters too many there are."""
        left = room(self.sheet.story, self.text, self.targets, self._how)
        return {key: -many for key, many in left.items() if many < 0}

    @property
    def room_for_words(self) -> int:
        """How many characters own words can have on the roomiest of these networks, the link and the line counted."""
        line = disclosed("", self.line)
        left = room(self.sheet.story, line, self.targets, self._how).values()
        return max(left, default=0) - bool(line)

    @cached_property
    def _how(self) -> Sharing:
        return Sharing(self.note.server, self.linkedin_composer, self.public_url, self.codes)
