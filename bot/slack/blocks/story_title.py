"""The title of a story, as a link to it."""

from bot.domain.stories import Story
from bot.slack.mrkdwn import cut, escape, link

LONGEST_TITLE = 200
LONGEST_LINK = 2300
"""Of a section's 3,000 characters; the rest is for what stands below the title."""


def linked_title(story: Story, most: int = LONGEST_TITLE, longest_link: int = LONGEST_LINK) -> str:
    """On one line, at most `most` characters; without the link where that would fill the message."""
    title = cut(" ".join(story.title.split()), most)
    linked = link(story.link, title)
    return linked if len(linked) <= longest_link else escape(title)
