"""What `/passalong feeds` shows: each feed and how it is, what is muted, how quick it goes."""

from datetime import datetime, timedelta
from itertools import accumulate

from bot.actions.change_feeds import FeedsSeen
from bot.domain.hook_feeds import WatchedFeed
from bot.slack import ids
from bot.slack.mrkdwn import Block, button, context, fit, link, section
from bot.sources.words import Words

MOST = 25
MOST_CHARACTERS = 7_000
LONGEST_LINK = 600
LONGEST_NAME = 60
MOST_BLOCKS = 45
MOST_LESSONS = 5


def feeds_blocks(words: Words, language: str, seen: FeedsSeen, zone: str, now: datetime) -> list[Block]:
    """Feeds first; those in trouble say why in kind words, those of comms can be removed."""
    blocks = [section(words.count(language, "hooks.list.feeds", len(seen.feeds)))]
    if not seen.has_words and any(not feed.feed.everything for feed in seen.feeds):
        blocks.append(section(words.say(language, "hooks.list.no_words")))
    # Those in trouble first: somebody has to look at them.
    ordered = sorted(seen.feeds, key=lambda feed: feed.trouble is None)[:MOST]
    shown = _that_fit([_feed(words, language, feed, zone, now) for feed in ordered])
    blocks += shown
    if more := len(seen.feeds) - len(shown):
        blocks.append(context(words.count(language, "hooks.list.more", more)))
    muted = [*(("word", word) for word in seen.muted.words), *(("source", source) for source in seen.muted.sources)]
    # What is muted was asked for; there is room for what was learned beside it, whatever else there is.
    for nth, (kind, what) in enumerate(muted[: MOST_BLOCKS - len(blocks) - min(len(seen.lessons), MOST_LESSONS)]):
        unmute = button(words.say(language, "hooks.button.unmute"), ids.FEED_UNMUTE, f"{kind}:{what}")
        text = words.say(language, f"hooks.muted_kind.{kind}", what=fit(what, 100))
        blocks.append(section(text, unmute, block_id=f"muted:{nth}"))
    for nth, lesson in enumerate(seen.lessons[: MOST_BLOCKS - len(blocks)]):
        undo = button(words.say(language, "hooks.button.unlearn"), ids.FEED_UNLEARN, f"{lesson.kind}:{lesson.what}")
        text = words.say(language, f"hooks.learned.line.{lesson.kind}", what=fit(lesson.what, 100), n=lesson.dismissed)
        blocks.append(section(text, undo, block_id=f"learned:{nth}"))
    if seen.moods:
        blocks.append(context(_week(words, language, seen)))
    return [*blocks, context(_speed(words, language, seen)), context(words.say(language, "hooks.list.how"))]


def _that_fit(rows: list[Block]) -> list[Block]:
    """As many as a message holds beside all else."""
    lengths = accumulate(len(row["text"]["text"]) for row in rows)
    return [row for row, length in zip(rows, lengths, strict=True) if length <= MOST_CHARACTERS]


def _feed(words: Words, language: str, feed: WatchedFeed, zone: str, now: datetime) -> Block:
    name = _linked(feed.address, feed.feed.name) or fit(feed.feed.name, LONGEST_NAME)
    if feed.trouble is not None:
        said = words.say(language, f"hooks.trouble.{feed.trouble}")
    elif feed.read_at is None:
        said = words.say(language, "hooks.list.not_read")
    else:
        said = words.say(language, "hooks.list.read", when=words.when(language, feed.read_at, zone, now))
    if feed.hint and (hint := _linked(feed.hint, feed.hint)):
        said += " " + words.say(language, "hooks.list.hint", link=hint)
    if feed.moved_to:
        said += " " + words.say(language, "hooks.list.moved")
    remove = button(words.say(language, "hooks.button.remove"), ids.FEED_REMOVE, str(feed.id)) if feed.is_own else None
    return section(f"{name}: {said}", remove, block_id=f"feed:{feed.id}")


def _linked(address: str, label: str) -> str:
    """Empty where it would be so long that the list did not fit into a message."""
    linked = link(address, label)
    return linked if len(linked) <= LONGEST_LINK else ""


def _week(words: Words, language: str, seen: FeedsSeen) -> str:
    called = [f"{words.say(language, f'hooks.mood.{mood}')} {count}" for mood, count in sorted(seen.moods.items())]
    return words.say(language, "hooks.list.week", moods=" · ".join(called))


def _speed(words: Words, language: str, seen: FeedsSeen) -> str:
    if seen.to_card is None:
        return words.say(language, "hooks.list.no_speed")
    said = words.count(language, "hooks.list.to_card", _minutes(seen.to_card))
    return (
        said
        if seen.to_post is None
        else f"{said} {words.count(language, 'hooks.list.to_post', _minutes(seen.to_post))}"
    )


def _minutes(length: timedelta) -> int:
    return max(round(length.total_seconds() / 60), 0)
