"""The company's own site: the demo asks nobody on the internet about the stories that ship."""

from collections.abc import Sequence

from bot.actions.ports import Previews
from bot.domain.page_preview import PagePreview
from bot.domain.story_file import StoryFile

COMPANY = "Kolk & Kamp"


class Pages:
    """What the pages of these stories say; any other page is read for real."""

    def __init__(self, stories: Sequence[StoryFile], web: Previews) -> None:
        self._pages = {story.link: _page(story) for story in stories}
        self._web = web

    def read(self, url: str, seconds: float = 2.5) -> PagePreview:
        """The page; raises what reading for real raises."""
        return self._pages.get(url) or self._web.read(url, seconds)


def _page(story: StoryFile) -> PagePreview:
    description = story.background.partition("\n\n")[0].replace("\n", " ")[:300]
    return PagePreview(story.title, description, story.image, story.alt, story.language, COMPANY)
