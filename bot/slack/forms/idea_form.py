"""What came back from the forms of ideas."""

import re
from collections.abc import Sequence

from bot.domain.addresses import Network, literal_private_address
from bot.domain.ideas import LONGEST_LINK, LONGEST_WHY, Suggestion, WhyAnswer, WhyNot
from bot.domain.problems import BadField, Unreadable
from bot.slack import ids
from bot.slack.forms.state import Values, all_chosen, chosen, typed
from bot.slack.forms.story_form import is_web_address

_NO_SCHEME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/\S*)?", re.IGNORECASE)


def read_suggestion(values: Values, allow: Sequence[Network] = ()) -> tuple[Suggestion, dict[str, BadField]]:
    """What was suggested, and what is wrong by field; to be used only when nothing is."""
    link, why = with_scheme(typed(values, ids.IDEA_LINK)), typed(values, ids.IDEA_WHY)
    wrong = {}
    if word := wrong_link(link, allow):
        wrong[ids.IDEA_LINK] = BadField(word, field=ids.IDEA_LINK)
    if len(why) > LONGEST_WHY:
        over = len(why) - LONGEST_WHY
        wrong[ids.IDEA_WHY] = BadField("queue.error.too_long", field=ids.IDEA_WHY, most=LONGEST_WHY, over=over)
    if not link and not why:
        wrong[ids.IDEA_WHY] = BadField("ideas.problem.nothing", field=ids.IDEA_WHY)
    is_credited = ids.IDEA_CREDIT in values and bool(all_chosen(values, ids.IDEA_CREDIT))
    return Suggestion(link, why, is_credited), wrong


def read_answer(values: Values) -> WhyAnswer:
    """Raises BadField when there is neither a ready answer nor one in their own words."""
    ready, words = chosen(values, ids.IDEA_READY), typed(values, ids.IDEA_WORDS)
    if ready is not None and ready not in set(WhyNot):
        raise Unreadable
    if ready is None and not words:
        raise BadField("ideas.problem.no_answer", field=ids.IDEA_WORDS)
    if len(words) > LONGEST_WHY:
        over = len(words) - LONGEST_WHY
        raise BadField("queue.error.too_long", field=ids.IDEA_WORDS, most=LONGEST_WHY, over=over)
    is_signed = bool(words) and bool(all_chosen(values, ids.IDEA_SIGN))
    return WhyAnswer(WhyNot(ready) if ready else None, words, is_signed)


def with_scheme(link: str) -> str:
    """People copy addresses without it; what looks like one gets it back."""
    return f"https://{link}" if _NO_SCHEME.fullmatch(link) else link


def wrong_link(link: str, allow: Sequence[Network] = ()) -> str | None:
    """Why this cannot be a link, as a key of words; None for one that can, and for none."""
    if not link:
        return None
    if not link.lower().startswith(("http://", "https://")):
        return "queue.error.scheme"
    if literal_private_address(link, allow):
        return "queue.error.private"
    return "queue.error.not_a_link" if len(link) > LONGEST_LINK or not is_web_address(link) else None
