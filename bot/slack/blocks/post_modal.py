"""*Already posted it myself*: a modal that takes the address of the post."""

from bot.domain.share_draft import ShareNote, dump_note
from bot.domain.stories import Story
from bot.slack import ids
from bot.slack.mrkdwn import Block, cut, escape, plain, section
from bot.sources.words import Words


def post_modal(words: Words, language: str, story: Story, note: ShareNote) -> Block:
    """One input; without an address it counts just the same."""
    title = escape(cut(story.title, 200))
    return {
        "type": "modal",
        "callback_id": ids.POST_FORM,
        "private_metadata": dump_note(note),
        "title": plain(words.say(language, "share.post.title"), 24),
        "submit": plain(words.say(language, "share.post.submit"), 24),
        "close": plain(words.say(language, "modal.cancel"), 24),
        "blocks": [
            section(words.say(language, "share.post.about", title=title)),
            {
                "type": "input",
                "block_id": ids.POST_ADDRESS,
                "label": plain(words.say(language, "share.post.address")),
                "hint": plain(words.say(language, "share.post.address_hint")),
                "optional": True,
                "element": {
                    "type": "plain_text_input",
                    "action_id": ids.POST_ADDRESS,
                    "max_length": 2000,
                    "placeholder": plain("https://www.linkedin.com/posts/…", 150),
                },
            },
        ],
    }
