"""`passalong links …`: the public host in a process of its own, codes to try it with, and what a visit counts as."""

import logging
import secrets
from contextlib import closing
from dataclasses import fields, replace
from datetime import timedelta
from ipaddress import ip_network

import click

from bot.cli.environment import settings_or_exit, store_or_exit
from bot.cli.serving import start_or_exit, wait_until_told
from bot.clock import system_clock
from bot.compose import build_link_server
from bot.config import VARIABLES, environment, secrets_in
from bot.domain.clicks import ClickKind, Followed, judge, kind_of
from bot.domain.links import new_code
from bot.domain.stories import StoryDraft, StoryState
from bot.log import start_logging
from bot.sources.crawlers import is_crawler
from bot.store import links, stories
from bot.store.engine import Connection
from bot.store.readers import readers_by_story
from bot.web.visits import is_in, visit_of

log = logging.getLogger(__name__)

TEST_STORY = "a-link-to-try"
AGE = timedelta(minutes=1)


@click.group("links")
def command() -> None:
    """Personal links: serve them, make some to try, and explain what a visit counts as."""


@command.command("serve")
@click.option("--bind", metavar="HOST:PORT", help="Instead of PASSALONG_PUBLIC_BIND.")
def serve(bind: str | None) -> None:
    """Serve the links alone, beside a running bot. Several may, on PostgreSQL."""
    settings = settings_or_exit()
    if bind is not None:
        try:
            settings = replace(settings, public_bind=VARIABLES["public_bind"].read(bind))
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--bind") from error
    start_logging(settings.log_format, settings.log_level, secrets_in(environment()))
    if not settings.bot_token:
        log.warning("SLACK_BOT_TOKEN is not set: links are followed and counted, but no text goes along from Slack")
    store = store_or_exit(settings)
    with closing(store):
        server = build_link_server(settings, store)
        start_or_exit(server, settings.public_bind, "PASSALONG_PUBLIC_BIND")
        click.echo(f"Serving links on {settings.public_bind[0]}:{server.port}")
        wait_until_told()
        server.stop()


@command.command("make")
@click.argument("count", type=click.IntRange(1, 100_000))
def make(count: int) -> None:
    """Print COUNT codes that lead to a story made for trying. They are nobody's."""
    settings = settings_or_exit()
    now = system_clock()

    def work(connection: Connection) -> list[str]:
        story = stories.find_slug(connection, TEST_STORY)
        address = "https://example.com/a-link-to-try"
        draft = StoryDraft(address, "A link to try", "It leads to a page for examples.", "en", slug=TEST_STORY)
        story_id = story.id if story else stories.add(connection, draft, None, now)
        # Out of the queue: it is for no channel.
        stories.end(connection, story_id, (StoryState.QUEUED,), StoryState.EXPIRED, now)
        codes = [new_code(secrets.choice) for _ in range(count)]
        # Whoever follows a link in its first seconds is a robot; here they are tried at once.
        return [links.mint(connection, code, story_id, None, "linkedin", now - AGE).code for code in codes]

    with closing(store_or_exit(settings)) as store:
        for code in store.write(work):
            click.echo(code)


@command.command("explain")
@click.option("--agent", default="", help="The User-Agent, as it was sent.")
@click.option("--address", default="", help="Where it came from.")
@click.option("--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="Another header; any number of them.")
@click.option("--head", is_flag=True, help="It was a HEAD, not a GET.")
@click.option("--soon", is_flag=True, help="It came within seconds of the link's minting.")
def explain(agent: str, address: str, headers: tuple[str, ...], head: bool, soon: bool) -> None:
    """Say what a visit counts as, by which rule, and why. Nothing is counted."""
    settings = settings_or_exit()
    offices = tuple(ip_network(network) for network in settings.office_networks)
    pairs = [header.partition(":") for header in headers]
    sent = [(name.strip().lower().encode(), value.strip().encode()) for name, _, value in pairs]
    found = dict(sent).get(b"user-agent", agent.encode())
    scope = {"method": "HEAD" if head else "GET", "client": (address, 0), "headers": [*sent, (b"user-agent", found)]}
    rule = judge(visit_of(scope, is_soon=soon), is_crawler)
    kind = kind_of(rule, is_colleague=is_in(address, offices), was_here=False)
    click.echo(f"{kind}: {rule.name}. {rule.reason}")
    if kind is ClickKind.COLLEAGUE:
        click.echo("The address is in PASSALONG_OFFICE_NETWORKS.")
    if kind is ClickKind.READER:
        click.echo("Counted once; again today it is a repeat, and in the browser of the link's owner a colleague.")


@command.command("readers")
def readers() -> None:
    """Print what the links of each story brought, as CSV."""
    names = [field.name for field in fields(Followed)]
    click.echo(",".join(["story", *names]))
    with closing(store_or_exit(settings_or_exit())) as store:
        for story_id, found in sorted(store.read(readers_by_story).items()):
            click.echo(",".join(map(str, (story_id, *(getattr(found, name) for name in names)))))
