"""What a page says about itself: enough to fill in a form."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PagePreview:
    """Everything empty when the page says nothing. `image` is an absolute http(s) url; `language` is such as "nl".

    `has_card`: it says so for networks, which make the card beside a post of it.
    """

    title: str = ""
    description: str = ""
    image: str | None = None
    image_alt: str | None = None
    language: str | None = None
    site_name: str | None = None
    has_card: bool = False
