"""Ideas on Home: the way to suggest one, what became of one's own, and for comms those that wait for an answer."""

from bot.domain.home import EditorsHome, Home
from bot.domain.ideas import Idea, IdeaState, MyIdea
from bot.domain.stories import StoryState
from bot.slack import ids
from bot.slack.blocks.idea_answer import name_off_button
from bot.slack.blocks.idea_card import LONGEST_ADDRESS, address, idea_buttons, idea_title, who_sent
from bot.slack.blocks.story_title import linked_title
from bot.slack.mrkdwn import Block, actions, button, context, cut, escape, fit, header, link, section
from bot.sources.words import Words

LONGEST_TITLE = 120
LONGEST_LINK = 1000


def home_ideas_blocks(words: Words, home: Home) -> list[Block]:
    """For everyone: the button, the latest ideas of theirs, and how many went out."""
    language = home.language
    suggest = button(words.say(language, "ideas.home.button"), ids.SUGGEST)
    blocks = [
        header(words.say(language, "ideas.home.title")),
        section(words.say(language, "ideas.home.ask"), suggest, "suggest"),
    ]
    if home.ideas_out:
        blocks.append(context(words.count(language, "ideas.home.out", home.ideas_out)))
    return [*blocks, *(_mine(words, home, idea) for idea in home.ideas)]


def waiting_ideas_blocks(words: Words, language: str, editors: EditorsHome) -> list[Block]:
    """For comms: how many wait for an answer, and the oldest of them."""
    if not editors.waiting_ideas:
        return []
    blocks = [section(words.count(language, "ideas.home.waiting", editors.waiting_ideas))]
    for idea in editors.ideas:
        line = _line(words, language, idea)
        blocks += [section(line), actions(*idea_buttons(words, language, idea), block_id=f"idea:{idea.id}")]
    more = editors.waiting_ideas - len(editors.ideas)
    if more:
        blocks.append(context(words.count(language, "ideas.home.more", more)))
    if not editors.has_comms_channel:
        blocks.append(context(words.say(language, "ideas.home.no_comms")))
    return blocks


def _line(words: Words, language: str, idea: Idea) -> str:
    title = idea_title(words, language, idea)
    line = words.say(language, "ideas.home.line_hook", idea=title)
    if not idea.is_of_media:
        line = words.say(language, "ideas.home.line", who=who_sent(words, language, idea), idea=title)
    return f"{line}\n{fit(idea.words, 300)}" if idea.link and idea.words else line


def _mine(words: Words, home: Home, idea: MyIdea) -> Block:
    title, plain_title = _title(words, home.language, idea)
    off = name_off_button(words, home.language, idea.sender, plain_title) if idea.is_credited else None
    return section(f"{title}\n{_state(words, home, idea)}", off, f"my_idea:{idea.sender}")


def _title(words: Words, language: str, idea: MyIdea) -> tuple[str, str]:
    """As a link where it is one; and plain."""
    if idea.story is not None:
        return linked_title(idea.story, LONGEST_TITLE, LONGEST_LINK), idea.story.title
    if idea.link:
        shown = cut(address(idea.link), LONGEST_ADDRESS)
        linked = link(idea.link, shown)
        return (linked if len(linked) <= LONGEST_LINK else escape(shown)), shown
    said = " ".join(idea.why.split()) or words.say(language, "ideas.home.no_words")
    return f"“{fit(said, LONGEST_TITLE)}”", said


def _state(words: Words, home: Home, idea: MyIdea) -> str:
    language, story = home.language, idea.story
    if idea.state is IdeaState.OPEN:
        return words.say(language, "ideas.home.open")
    if idea.state is IdeaState.DECLINED:
        ready = idea.answer.ready
        said = words.say(language, "ideas.home.declined")
        return f"{said} {words.say(language, f'ideas.why_not.{ready}.whole')}" if ready else said
    if story is None or story.state in (StoryState.CANCELLED, StoryState.EXPIRED):
        return words.say(language, "ideas.home.dropped")
    if story.state is not StoryState.QUEUED:
        return words.say(language, "ideas.home.is_out")
    if story.due_at is None:
        return words.say(language, "ideas.home.queued_sometime")
    return words.say(language, "ideas.home.queued", when=words.when(language, story.due_at, home.zone, home.now))
