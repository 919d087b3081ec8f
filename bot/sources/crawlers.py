"""What others know of crawlers, by their agent."""

from functools import cache
from typing import Any


def is_crawler(agent: str) -> bool:
    """Whether the agent stands in the list. It takes Slack's apps for crawlers, too: ask our own rules first."""
    return bool(_detector().is_crawler(agent))


@cache
def _detector() -> Any:
    from crawlerdetect import CrawlerDetect  # a long list, compiled when the first agent is asked for

    return CrawlerDetect()
