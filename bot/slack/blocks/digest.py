"""The weekly digest, for a channel and for comms. Plain names; stories are links, and nobody is pinged."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bot.actions.say_why import say_evidence
from bot.domain.digest import CommsDigest, Following, Praised, StaffDigest, StoryCount, Week
from bot.domain.leaderboard import Measure
from bot.domain.local_time import local
from bot.domain.messages import CommsDigestPost, DigestPost
from bot.domain.questions import in_round_figures
from bot.domain.stories import Story
from bot.domain.voice_report import is_sure
from bot.slack.blocks.followed import apart
from bot.slack.blocks.hook_week import media_lines
from bot.slack.blocks.leaderboard import honest_line, shown_name, total_line
from bot.slack.blocks.parts import Part, parts_blocks, parts_text
from bot.slack.blocks.picture import picture_part
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, fit
from bot.sources.words import Words

Titled = Callable[[Story], str]
LONGEST_TITLE = 120
LONGEST_CAPTION = 200
LONGEST_STORY = LONGEST_NAME = 60
LONGEST_LINK = 350


def digest_text(words: Words, post: DigestPost) -> str:
    """All of it for screen readers, a line each."""
    return parts_text(words.say(post.language, "digest.title"), _staff_parts(words, post, _plain))


def digest_blocks(words: Words, post: DigestPost) -> list[Block]:
    """The same, to look at."""
    return parts_blocks(words.say(post.language, "digest.title"), _staff_parts(words, post, _linked))


def comms_digest_text(words: Words, post: CommsDigestPost) -> str:
    """All of it for screen readers, a line each."""
    return parts_text(words.say(post.language, "digest.comms_title"), _comms_parts(words, post, _plain))


def comms_digest_blocks(words: Words, post: CommsDigestPost) -> list[Block]:
    """The same, to look at."""
    return parts_blocks(words.say(post.language, "digest.comms_title"), _comms_parts(words, post, _linked))


def _staff_parts(words: Words, post: DigestPost, titled: Titled) -> list[Part]:
    digest, language = post.digest, post.language
    top = [f"{place}. {_top_row(words, post, count, titled)}" for place, count in enumerate(digest.top, 1)]
    coming = [f"{_weekday(words, story, post)}: {_plain(story)}" for story in digest.coming]
    parts = [
        Part((_range(words, digest.week, language, post.zone),), is_small=True),
        Part(tuple(_people_lines(words, digest, language))),
        *_picture(words, post),
        Part(tuple(top), words.say(language, "digest.heading.top")),
        Part(tuple(coming), words.say(language, "digest.heading.coming")),
    ]
    return list(_filled([*parts, Part(_honest(words, digest, language), is_small=True)]))


def _picture(words: Words, post: DigestPost | CommsDigestPost) -> list[Part]:
    picture = post.digest.picture
    return [picture_part(words, post.language, post.zone, picture, post.drawn)] if picture is not None else []


def _top_row(words: Words, post: DigestPost, count: StoryCount, titled: Titled) -> str:
    title = titled(count.story)
    if post.digest.measure is Measure.READ:
        return words.count(post.language, "digest.top_read", count.followed.readers, title=title)
    return words.count(post.language, "digest.top_row", count.said, title=title)


def _honest(words: Words, digest: StaffDigest, language: str) -> tuple[str, ...]:
    """What is counted here; where readers could be, and none came, that too."""
    nobodys = _nobodys(words, language, digest)
    if digest.readers != 0:
        return honest_line(words, language, digest.measure), *nobodys
    return (words.say(language, "digest.no_readers"), *nobodys) if digest.top else nobodys


def _nobodys(words: Words, language: str, digest: StaffDigest | CommsDigest) -> tuple[str, ...]:
    """Why boards come to less; how many these are is not told, as they may be one colleague's who is out."""
    is_shown = digest.readers or (digest.picture is not None and digest.picture.measure is Measure.READ)
    return (words.say(language, "digest.nobodys"),) if digest.has_nobodys and is_shown else ()


def _people_lines(words: Words, digest: StaffDigest, language: str) -> list[str]:
    if not digest.people:
        return [words.say(language, _quiet(digest)), *_read_lines(words, digest, language)]
    if digest.thanks:
        names = _names(words, language, digest.thanks, digest.others)
        lines = [words.say(language, "digest.thanks", names=names)]
    else:
        lines = [words.count(language, "digest.thanks_nameless", digest.others)]
    lines.append(total_line(words, language, digest.people, digest.times))
    lines += _read_lines(words, digest, language)
    if digest.newcomers:
        names = _names(words, language, digest.newcomers, digest.other_newcomers)
        lines.append(words.say(language, "digest.first_time", names=names))
    elif digest.other_newcomers:
        lines.append(words.count(language, "digest.first_time_nameless", digest.other_newcomers))
    if digest.risers:
        lines.append(words.say(language, "digest.risers", names=_names(words, language, digest.risers, 0)))
    return lines


def _quiet(digest: StaffDigest) -> str:
    """What is said of a week in which nobody passed anything along; a preview's may be hours old."""
    if digest.readers:
        return "digest.quiet_but_read"
    return "digest.begun" if digest.week.end - digest.week.start < timedelta(days=1) else "digest.quiet"


def _read_lines(words: Words, digest: StaffDigest, language: str) -> list[str]:
    team = [words.say(language, "digest.team", team=shown_name(digest.team))] if digest.team else []
    return [*_readers(words, language, digest.readers), *team]


def _readers(words: Words, language: str, readers: int | None) -> list[str]:
    """A line of its own, beside what was said; none without a reader."""
    return [words.count(language, "digest.readers", readers)] if readers else []


def _comms_parts(words: Words, post: CommsDigestPost, titled: Titled) -> list[Part]:
    digest, language = post.digest, post.language
    heading = "digest.heading.stories" if digest.followed is None else "digest.heading.stories_read"
    parts = [
        Part((_range(words, digest.week, language, post.zone),), is_small=True),
        Part((_comms_total(words, post), *_readers(words, language, digest.readers))),
        *_picture(words, post),
        Part(tuple(_story_lines(words, post, titled)), words.say(language, heading)),
        Part(tuple(_following_lines(words, post)), words.say(language, "digest.heading.champions")),
        Part(tuple(_caption_lines(words, post)), words.say(language, "digest.heading.captions")),
        Part(tuple(_unwanted_lines(words, post)), words.say(language, "digest.heading.unwanted")),
        Part(tuple(_dialogue_lines(words, post)), words.say(language, "ask.digest.heading")),
        Part(tuple(media_lines(words, language, digest.media)), words.say(language, "hooks.digest.heading")),
        Part(tuple(_voice_lines(words, post)), words.say(language, "voice.report.heading")),
        _free_slots(words, post),
    ]
    return [*_filled(parts), Part((_apart(words, post), *_nobodys(words, language, digest)), is_small=True)]


def _comms_total(words: Words, post: CommsDigestPost) -> str:
    digest = post.digest
    if digest.people:
        return total_line(words, post.language, digest.people, digest.times)
    return words.say(post.language, "digest.comms_quiet" if digest.stories else "digest.nothing")


def _story_lines(words: Words, post: CommsDigestPost, titled: Titled) -> list[str]:
    """Opened, said and read stand side by side; they are never added up."""
    lines = [_story_row(words, post, count, titled(count.story)) for count in post.digest.stories]
    return lines + ([words.count(post.language, "digest.more", post.digest.more)] if post.digest.more else [])


def _story_row(words: Words, post: CommsDigestPost, count: StoryCount, title: str) -> str:
    language = post.language
    opened, said = words.number(language, count.opened), words.number(language, count.said)
    row = words.say(language, "digest.story_row", title=title, opened=opened, said=said)
    if not count.followed.readers:
        return row
    return f"{row}, {words.count(language, 'board.readers', count.followed.readers)}"


def _apart(words: Words, post: CommsDigestPost) -> str:
    """What followed links and is no reader; where nobody can follow one, why there are no readers here."""
    language, followed = post.language, post.digest.followed
    if followed is None:
        return words.say(language, "digest.no_address")
    found = apart(words, language, followed, "digest.apart.")
    if not found:
        return honest_line(words, language, Measure.READ)
    return words.say(language, "digest.apart.line", kinds=found)


def _following_lines(words: Words, post: CommsDigestPost) -> list[str]:
    """A sentence each, with the reason; who is counted without a name has none here."""
    found, language = post.digest.following, post.language
    lines = [_praise(words, language, one) for one in found.champions]
    if found.rising:
        lines.append(words.say(language, "digest.rising", names=_rising(words, language, found)))
    if found.concentration is not None:
        many, percent = found.concentration
        lines.append(words.count(language, "champions.concentration", many, percent=percent))
    if found.is_totals_only:
        lines.append(words.say(language, "digest.totals_only"))
    if found.champions:
        lines.append(words.say(language, "digest.see_all"))
    return lines


def _praise(words: Words, language: str, one: Praised) -> str:
    name = fit(one.name, LONGEST_NAME) if one.name else words.say(language, "digest.nameless")
    return words.say(
        language,
        "digest.champion",
        name=name[0].upper() + name[1:],
        score=words.number(language, round(one.score, 1)),
        why=say_evidence(words, language, one.evidence, lambda title: fit(title, LONGEST_STORY)),
    )


def _rising(words: Words, language: str, found: Following) -> str:
    names = [fit(name, LONGEST_NAME) for name in found.rising if name]
    nameless = found.rising.count(None)
    counts = [("digest.without_name", nameless), ("digest.others", found.more_rising)]
    return words.list(language, names + [words.count(language, key, n) for key, n in counts if n])


def _unwanted_lines(words: Words, post: CommsDigestPost) -> list[str]:
    """With how many said that it is not for them, where anybody did."""
    return [
        words.count(post.language, "digest.unwanted_row", story.not_for_me, title=_plain(story))
        if story.not_for_me
        else _plain(story)
        for story in post.digest.unwanted
    ]


def _caption_lines(words: Words, post: CommsDigestPost) -> list[str]:
    return [
        words.count(
            post.language,
            "digest.caption_row",
            used.people,
            text=fit(used.text, LONGEST_CAPTION),
            title=fit(used.title, LONGEST_TITLE),
        )
        for used in post.digest.captions
    ]


def _dialogue_lines(words: Words, post: CommsDigestPost) -> list[str]:
    """What waits, and how long answers took; nothing where nobody asked."""
    found, language = post.digest.dialogue, post.language
    lines = []
    if found.waiting and found.oldest is not None:
        day = _date(words, found.oldest, post)
        lines.append(words.count(language, "ask.digest.waiting", found.waiting, day=day))
    if found.half_within is not None:
        unit, length = in_round_figures(found.half_within)
        shown = words.count(language, f"ask.digest.{unit}", length)
        lines.append(words.count(language, "ask.digest.answered", found.answered, length=shown))
    if found.dilemmas:
        lines.append(words.count(language, "dilemma.digest", found.dilemmas))
    return lines


def _voice_lines(words: Words, post: CommsDigestPost) -> list[str]:
    """The company's own evidence, with how sure it is."""
    found, language = post.digest.voice, post.language
    if found is None:
        return []
    key = ("voice.report.more" if found.times > 1 else "voice.report.less") if is_sure(found) else "voice.report.unsure"
    numbers = {name: words.number(language, round(getattr(found, name), 1)) for name in ("times", "low", "high")}
    return [words.say(language, key, n=found.stories, **numbers)]


def _free_slots(words: Words, post: CommsDigestPost) -> Part:
    digest, language = post.digest, post.language
    if digest.is_paused:
        return Part((words.say(language, "digest.paused"),))
    if not digest.free_slots:
        return Part((words.say(language, "digest.all_filled"),) if digest.has_slots else ())
    free = [
        words.say(language, "time.when", day=_date(words, at, post), clock=words.clock(language, at, post.zone))
        for at in digest.free_slots
    ]
    return Part((words.list(language, free),), words.say(language, "digest.heading.free"))


def _filled(parts: Iterable[Part]) -> Sequence[Part]:
    return [part for part in parts if part.lines]


def _names(words: Words, language: str, names: Sequence[str], others: int) -> str:
    shown = [shown_name(name) for name in names]
    return words.list(language, shown + ([words.count(language, "digest.others", others)] if others else []))


def _range(words: Words, week: Week, language: str, zone: str) -> str:
    start, end = (_day(words, at, language, zone) for at in (week.start, week.end))
    first = start[0].upper() + start[1:]
    return first if start == end else words.say(language, "digest.week", start=first, end=end)


def _date(words: Words, at: datetime, post: CommsDigestPost) -> str:
    return _day(words, at, post.language, post.zone)


def _day(words: Words, at: datetime, language: str, zone: str) -> str:
    """The date itself: a message that stays must not say "today"."""
    return words.day(language, at, zone, at - timedelta(days=7))


def _weekday(words: Words, story: Story, post: DigestPost) -> str:
    assert story.due_at is not None
    name = words.weekday(post.language, local(story.due_at, post.zone).weekday())
    return name[0].upper() + name[1:]


def _plain(story: Story) -> str:
    return fit(story.title, LONGEST_TITLE)


def _linked(story: Story) -> str:
    """A link, unless its address is so long that a few of them would fill the message."""
    return linked_title(story, LONGEST_TITLE, LONGEST_LINK)
