"""A week in the media, in the comms digest: nothing where nothing was found, and no line of nothing but zeros."""

from datetime import timedelta

from bot.domain.hook_week import HookWeek
from bot.domain.questions import in_round_figures
from bot.sources.words import Words


def media_lines(words: Words, language: str, week: HookWeek) -> list[str]:
    """What was found and became of it, what editors called it, how quick it went."""
    counts = week.counts
    if not counts.seen:
        return []
    kinds = {"cards": counts.cards, "queued": counts.queued, "ideas": counts.ideas}
    became = [words.count(language, f"hooks.digest.{kind}", count) for kind, count in kinds.items() if count]
    lines = [", ".join([words.count(language, "hooks.digest.seen", counts.seen), *became]) + "."]
    if week.moods:
        lines.append(words.say(language, "hooks.digest.called", moods=called(words, language, week)))
    return lines + _speed(words, language, week)


def called(words: Words, language: str, week: HookWeek) -> str:
    """Good, bad, mixed, with how many; only what there is."""
    found = [f"{words.say(language, f'hooks.mood.{mood}')} {count}" for mood, count in sorted(week.moods.items())]
    return " · ".join(found)


def _speed(words: Words, language: str, week: HookWeek) -> list[str]:
    told = {"to_card": week.to_card, "to_post": week.to_post}
    return [
        words.say(language, f"hooks.digest.{name}", length=shown_length(words, language, length))
        for name, length in told.items()
        if length is not None
    ]


def shown_length(words: Words, language: str, length: timedelta) -> str:
    """How long something took, as people say it."""
    unit, count = in_round_figures(length)
    return words.count(language, f"ask.digest.{unit}", count)
