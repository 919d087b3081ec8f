"""What editors see on Home: the coming two weeks, and how each story did. Opened, said and read stand apart."""

from bot.domain.clicks import Followed
from bot.domain.digest import StoryCount
from bot.domain.home import ChampionLine, EditorsHome, Home
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.blocks.crisis_home import crisis_home
from bot.slack.blocks.followed import apart
from bot.slack.blocks.home_ideas import waiting_ideas_blocks
from bot.slack.mrkdwn import Block, actions, button, context, cut, divider, escape, header, section
from bot.sources.words import Words

LONGEST_TITLE = 120
LONGEST_NAME = 60
LINES = 3
"""Stories in a section: with titles that grow when they are made safe, more would be cut."""
_OPENED = ("home.editors.opened", "home.editors.opened_zero")
_SAID = ("home.editors.said", "home.editors.said_zero")
_READ = ("home.editors.read", "home.editors.read_zero")


def editors_blocks(words: Words, home: Home, editors: EditorsHome) -> list[Block]:
    """Below the part that everyone has."""
    language = home.language
    blocks = [divider(), header(words.say(language, "home.editors.title"))]
    if editors.is_paused:
        blocks.append(section(words.say(language, "home.editors.paused")))
    blocks.append(actions(*_buttons(words, language, editors), block_id="editors"))
    blocks += crisis_home(words, home, editors.crisis)
    blocks += waiting_ideas_blocks(words, language, editors)
    return (
        blocks + _queue(words, home, editors) + _champions(words, language, editors) + _counts(words, language, editors)
    )


def _buttons(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    buttons = [button(words.say(language, "home.editors.queue_story"), ids.QUEUE_NEW, style="primary")]
    if editors.is_admin:
        buttons.append(button(words.say(language, "home.editors.setup"), ids.SETUP))
    if editors.counts:
        buttons.append(button(words.say(language, "home.editors.csv"), ids.EXPORT_STORIES))
    return buttons


def _queue(words: Words, home: Home, editors: EditorsHome) -> list[Block]:
    blocks = [section(words.say(home.language, "home.editors.coming"))]
    if not editors.queue:
        return [*blocks, context(words.say(home.language, "home.editors.no_coming"))]
    blocks += [_queued(words, home, story) for story in editors.queue]
    if editors.more_queued:
        blocks.append(context(words.count(home.language, "home.editors.more", editors.more_queued)))
    return blocks


def _queued(words: Words, home: Home, story: Story) -> Block:
    label = words.say(home.language, "home.editors.edit_label", title=cut(story.title, 50))
    edit = button(words.say(home.language, "home.editors.edit"), ids.QUEUE_EDIT, str(story.id), label=label)
    when = words.say(home.language, "home.editors.no_time")
    if story.due_at is not None:
        when = words.when(home.language, story.due_at, home.zone, home.now)
    return section(f"{escape(cut(story.title, LONGEST_TITLE))}\n{when}", edit, f"queued:{story.id}")


def _champions(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    """The first few, and the way to all of it; or why nobody is shown."""
    label = words.say(language, "comms.home.all_label")
    see_all = button(words.say(language, "comms.home.all"), ids.CHAMPIONS, label=label)
    blocks = [section(words.say(language, "comms.home.title"), see_all, "champions")]
    if editors.champions and editors.champions_until is not None:
        until = words.say(language, "comms.home.until", day=words.short_date(language, editors.champions_until))
        lines = [_champion(words, language, place, one) for place, one in enumerate(editors.champions, 1)]
        return [*blocks, section("\n".join(lines)), context(until)]
    return [*blocks, context(words.say(language, _why_nobody(editors)))]


def _why_nobody(editors: EditorsHome) -> str:
    if editors.is_totals_only:
        return "comms.home.totals_only"
    if not editors.counts_readers:
        return "comms.home.no_readers"
    return "comms.being_counted" if editors.is_being_counted else "comms.home.nobody"


def _champion(words: Words, language: str, place: int, one: ChampionLine) -> str:
    name = escape(cut(one.name or words.say(language, "comms.nameless"), LONGEST_NAME))
    number = words.number(language, round(one.score, 1))
    return words.say(language, "comms.home.line", place=place, name=name, number=number)


def _counts(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    blocks = [section(words.say(language, "home.editors.counts"))]
    if not editors.counts:
        return [*blocks, context(words.say(language, "home.editors.no_counts"))]
    lines = [_count(words, language, editors, count) for count in editors.counts]
    texts = ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]
    read = "home.editors.read_explained" if editors.counts_readers else "home.editors.no_readers"
    explained = context(words.say(language, "home.editors.explained"), words.say(language, read))
    return [*blocks, *map(section, texts), explained]


def _count(words: Words, language: str, editors: EditorsHome, count: StoryCount) -> str:
    figures = [(_OPENED, count.opened), (_SAID, count.said)]
    if editors.counts_readers:
        figures.append((_READ, count.followed.readers))
    said = ", ".join(_figure(words, language, keys, n) for keys, n in figures)
    title = escape(cut(count.story.title, LONGEST_TITLE))
    line = words.say(language, "home.editors.count", title=f"*{title}*", figures=said)
    if count.story.id in editors.nowhere:
        line = f"{line} · {words.say(language, 'home.editors.nowhere')}"
    others = _apart(words, language, count.followed) if editors.counts_readers else ""
    return f"{line}\n_{others}_" if others else line


def _figure(words: Words, language: str, keys: tuple[str, str], n: int) -> str:
    some, none = keys
    return words.count(language, some, n) if n else words.say(language, none)


def _apart(words: Words, language: str, followed: Followed) -> str:
    """Who followed the links and is no reader."""
    found = apart(words, language, followed, "home.apart.")
    return words.say(language, "home.editors.apart", list=found) if found else ""
