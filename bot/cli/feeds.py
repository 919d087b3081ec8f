"""`passalong feeds`: ask each feed of feeds.toml once, and show what would be a card."""

from datetime import datetime
from ipaddress import ip_network

import click

from bot.cli.environment import settings_or_exit
from bot.clock import system_clock
from bot.compose import content_folder, trusted
from bot.domain.content_problem import ContentUnusable
from bot.domain.hook_feeds import Asked, FeedAnswer
from bot.domain.hook_rank import rank_of
from bot.domain.hook_stories import Hook, gathered, hook_of
from bot.domain.hook_words import WatchList
from bot.domain.hooks import Feed, Watching
from bot.sources.feeds import Feeds
from bot.sources.feeds_file import FILE, read_feeds
from bot.sources.fetch import Fetcher

MOST = 20


@click.command("feeds")
def command() -> None:
    """Ask each feed of feeds.toml once, and show what is in it that is watched, best first.

    It looks, keeps nothing, and tells nobody.
    """
    settings = settings_or_exit()
    folder = content_folder(settings, FILE)
    allow = tuple(ip_network(network) for network in settings.fetch_allow)
    try:
        watching, problems = read_feeds(folder, allow)
    except ContentUnusable as error:
        raise click.ClickException(str(error)) from error
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)
    if not watching.feeds:
        click.echo(f"No feed is watched: write some in {folder / FILE}.")
    _show(_hooks(Feeds(Fetcher(allow, user_agent=Feeds.USER_AGENT, tls=trusted())), watching), system_clock())
    if problems:
        raise SystemExit(1)


def _hooks(feeds: Feeds, watching: Watching) -> list[Hook]:
    words = WatchList(watching.words)
    found: list[Hook] = []
    for feed in watching.feeds:
        now = system_clock()
        answer = feeds.read(feed.url, Asked(), now)
        hooks = [hook for entry in answer.entries if (hook := hook_of(feed, entry, words, now)) is not None]
        click.echo(_line(feed, answer, len(hooks)))
        found.extend(hooks)
    return gathered(found)


def _line(feed: Feed, answer: FeedAnswer, hooks: int) -> str:
    if answer.trouble is not None:
        hint = f"; its feed may be {answer.hint}" if answer.hint else ""
        return f"✗ {feed.name}: {answer.trouble.replace('_', ' ')}{hint}"
    moved = f" (moved to {answer.moved_to}: change the address)" if answer.moved_to else ""
    title = f" “{answer.title}”" if answer.title else ""
    return f"✓ {feed.name}{title}: {len(answer.entries)} entries, {hooks} of them watched{moved}"


def _show(hooks: list[Hook], now: datetime) -> None:
    ranked = sorted(hooks, key=lambda hook: -rank_of(hook.match, len(hook.sources), hook.at, now))
    for hook in ranked[:MOST]:
        words = ", ".join(each.word.text for each in hook.found) or "everything"
        when = f"{hook.at:%Y-%m-%d %H:%M} UTC" if hook.is_dated else "no date"
        click.echo(f"\n{hook.title}\n  {hook.link or 'no link'}\n  {when} · {', '.join(hook.sources)} · {words}")
