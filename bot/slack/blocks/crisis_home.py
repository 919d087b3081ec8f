"""The crisis on editors' Home: a red button, and nothing else while all is quiet."""

from bot.domain.crisis import CrisisState, Known
from bot.domain.home import Home
from bot.slack import ids
from bot.slack.blocks.crisis_text import headline
from bot.slack.mrkdwn import Block, button, escape, section
from bot.sources.words import Words


def crisis_home(words: Words, home: Home, known: Known | None) -> list[Block]:
    """What goes on, or that scenarios are ready."""
    language, text = home.language, words.say(home.language, "crisis.home.quiet")
    label = "crisis.home.open"
    if known is not None:
        crisis, label = known.crisis, "crisis.home.look"
        title = escape(headline(words, language, crisis, known.text(language).text.title))
        when = words.when(language, crisis.started_at or crisis.asked_at, home.zone, home.now)
        word = "crisis.choose.asked" if crisis.state is CrisisState.ASKED else "crisis.choose.going_on"
        text = words.say(language, word, title=title, when=when)
    red = button(words.say(language, label), ids.CRISIS, style="danger")
    return [section(f"{words.say(language, 'crisis.home.title')}\n{text}", red, "crisis")]
