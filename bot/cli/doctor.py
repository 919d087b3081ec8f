"""`passalong doctor`: is everything in place, and how to mend what is not."""

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.actions.look_at_vitals import Vitals, look_at_vitals
from bot.actions.ports import ChannelFacts
from bot.cli.doctor_links import examine_links
from bot.cli.environment import slacks_word
from bot.cli.finding import Finding
from bot.cli.mending import span, while_running
from bot.clock import system_clock
from bot.compose import bot_client, content_folder
from bot.config import VARIABLES, BadSetting, Settings, Variable, environment, read_settings
from bot.domain.problems import DatabaseTrouble, SlackTrouble
from bot.domain.setup import Setup
from bot.slack.facts import facts_from, profile_from
from bot.slack.manifest import OPTIONAL, SCOPES
from bot.sources.content_check import check_content
from bot.sources.content_folder import read_stories
from bot.sources.content_place import content_place
from bot.store import setup as setup_store
from bot.store import slack_troubles
from bot.store.backup import file_of
from bot.store.engine import DatabaseUnusable, Store, opened
from bot.store.migrate import is_migrated
from bot.store.private import is_open_to_others


@click.command("doctor")
def command() -> None:
    """Look at everything, and say how to mend what is not right. Exit status 1 when something is not."""
    ill = 0
    for finding in examine():
        click.echo(("✓ " if finding.is_well else "✗ ") + finding.what)
        if not finding.is_well:
            click.echo(f"  → {finding.mend}")
            ill += 1
    click.echo("\nAll is well." if not ill else f"\n{ill} to mend.")
    if ill:
        raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """Every finding, in the order of setting up. Tokens and addresses with passwords are never in them."""
    try:
        settings = read_settings(environment())
    except BadSetting as bad:
        yield Finding(False, "settings", str(bad))
        return
    for name, variable in VARIABLES.items():
        if name in _TOKEN_MEND:
            continue
        yield Finding(True, f"{variable.name} {_shown(variable, settings, name)}")
    yield from _tokens(settings)
    yield from _content(settings)
    yield from examine_crisis_folder(settings)
    yield from examine_links(settings)
    yield from _database(settings)


def _shown(variable: Variable, settings: Settings, name: str) -> str:
    """A setting as it may be read aloud: of a secret, only whether it is there."""
    is_default = getattr(settings, name) == variable.read(variable.default)
    if variable.secret:
        return (
            "is left at its default" if is_default and variable.default else "is set" if not is_default else "is empty"
        )
    return f"= {variable.show(getattr(settings, name))}{' (default)' if is_default else ''}"


def _tokens(settings: Settings) -> Iterator[Finding]:
    for name, method in (("bot_token", "auth_test"), ("app_token", "apps_connections_open")):
        variable = VARIABLES[name]
        token = getattr(settings, name)
        if not token:
            yield Finding(False, f"{variable.name} is not set", variable.meaning)
            continue
        yield _token(settings, name, method)
    yield from _admins(settings)


def _token(settings: Settings, name: str, method: str) -> Finding:
    client = bot_client(settings)
    token = getattr(settings, name)
    try:
        answer = client.apps_connections_open(app_token=token) if name == "app_token" else client.auth_test()
    except SlackApiError as error:
        return Finding(False, f"{VARIABLES[name].name}: Slack says {slacks_word(error)}", _TOKEN_MEND[name])
    except (SlackClientError, OSError, AttributeError) as error:
        return Finding(
            False, f"Slack cannot be reached ({type(error).__name__})", "Check the network and SLACK_API_URL."
        )
    if method != "auth_test":
        return Finding(True, "the app token works: Socket Mode can connect")
    return _scopes(str(answer.headers.get("x-oauth-scopes", "")), str(answer.get("team", "")))


_TOKEN_MEND = {
    "bot_token": "Copy the Bot User OAuth Token again from OAuth & Permissions, or reinstall the app there.",
    "app_token": "Make an app-level token with connections:write under Basic Information, and switch Socket Mode on.",
}


def _scopes(granted: str, team: str) -> Finding:
    if not granted:
        return Finding(True, f"the bot token works in {team} (its scopes could not be seen)")
    left_out = set(SCOPES) - {scope.strip() for scope in granted.split(",")}
    if missing := sorted(left_out - OPTIONAL):
        mend = "Paste the output of `passalong manifest` into the app's manifest again, and reinstall it."
        return Finding(False, f"the bot token misses scopes: {', '.join(missing)}", mend)
    if left_out:
        without = ", ".join(sorted(left_out))
        return Finding(True, f"the bot token works in {team}; left out, as may be: {without} (docs/scopes.md)")
    return Finding(True, f"the bot token works in {team}, with every scope of the manifest")


def _admins(settings: Settings) -> Iterator[Finding]:
    if not settings.admins:
        yield Finding(
            False, "nobody is admin", "Set PASSALONG_ADMINS to your Slack member id (profile → ⋮ → Copy member ID)."
        )
        return
    for user in settings.admins:
        yield _ask(
            partial(_has_account, user),
            settings,
            f"admin {user} has an account",
            "Correct PASSALONG_ADMINS: it takes member ids such as U012AB3CD, not names.",
        )


def _content(settings: Settings) -> Iterator[Finding]:
    folder = content_folder(settings, "stories")
    checked = check_content(settings.content_dir or folder, content_place(None))
    number = len(read_stories(folder)[0])
    yield Finding(True, f"{'1 story' if number == 1 else f'{number} stories'} can be read from {folder}")
    for problem in checked.problems:
        yield Finding(False, problem.where, f"{problem.what}. {problem.mend}")


def examine_crisis_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the page of a crisis can be written where the setting says."""
    folder = settings.crisis_dir
    if folder is None:
        return
    there = folder if folder.exists() else folder.absolute().parent
    if os.access(there, os.W_OK | os.X_OK) and there.is_dir():
        yield Finding(True, f"The page of a crisis is written to {folder}")
    else:
        mend = "Make the folder, and let whoever runs Passalong write there. Without it the page is served by us alone."
        yield Finding(False, f"The page of a crisis cannot be written to {folder}", mend)


def _database(settings: Settings) -> Iterator[Finding]:
    file = file_of(settings.database_url)
    if file is not None and not file.exists():
        is_near = file.resolve().parent.is_dir()
        mend = "`passalong run` or `passalong migrate` makes it." if is_near else "Make its folder, or choose another."
        yield Finding(False, "the database is not there yet", mend)
        return
    if is_open_to_others(settings.database_url):
        yield Finding(
            False, "others on this machine can read the database", f"`chmod 600 {file}*`: it holds people's data."
        )
    try:
        with opened(settings.database_url) as store:
            yield from _inside(settings, store)
    except ModuleNotFoundError:
        yield Finding(False, "PostgreSQL's driver is not installed", "pip install 'passalong[postgres]'")
    except DatabaseTrouble as trouble:
        yield Finding(False, "the database cannot be used", trouble.what_to_do)
    except DatabaseUnusable as error:
        mend = "Check PASSALONG_DATABASE_URL, and that the server is up and lets this machine in."
        yield Finding(False, f"the database does not answer ({type(error).__name__})", mend)


def _inside(settings: Settings, store: Store) -> Iterator[Finding]:
    if not is_migrated(store):
        yield Finding(False, "the database has an older shape", "`passalong migrate`, or start `passalong run`.")
        return
    yield Finding(True, "the database answers, and has today's shape")
    yield from _running(store.read(lambda connection: look_at_vitals(connection, system_clock())))
    yield from _closed(store.read(slack_troubles.closed_channels))
    setup = store.read(setup_store.load_setup)
    yield _zone(setup)
    yield from _channels(settings, store)
    yield from _comms(settings, setup)


def _closed(channels: Mapping[str, datetime]) -> Iterator[Finding]:
    """Channels that refused the last thing that was to be posted there."""
    for channel, since in channels.items():
        yield Finding(
            False,
            f"nothing gets into the channel {channel} since {since:%Y-%m-%d %H:%M} UTC",
            "Invite the bot there and let apps post there, or take the channel out in the set-up.",
        )


def _running(vitals: Vitals) -> Iterator[Finding]:
    """Heartbeats, connections and what waits. That nobody runs (yet) is nothing to mend."""
    beats = [f"{copy.name} (heartbeat {span(vitals.now - copy.seen_at)} ago)" for copy in vitals.live]
    yield Finding(True, f"running: {', '.join(beats) or 'nobody now'}")
    if vitals.connections is not None and vitals.ghosts is None:
        yield Finding(True, f"no ghost connections (Slack counted {vitals.connections})")
    waits = f"the oldest message waits for {span(vitals.now - vitals.oldest)}" if vitals.oldest else "no message waits"
    if not any(wait.what in ("deliveries", "comms") for wait in vitals.stuck):
        yield Finding(True, waits)
    for what, mend in while_running(vitals):
        yield Finding(False, what, mend)


def _zone(setup: Setup) -> Finding:
    try:
        ZoneInfo(setup.zone)
    except ZoneInfoNotFoundError:
        return Finding(
            False, f"the zone {setup.zone} is not known here", "`pip install tzdata`, or choose another in the set-up."
        )
    return Finding(True, f"the zone is {setup.zone}")


def _channels(settings: Settings, store: Store) -> Iterator[Finding]:
    channels = store.read(lambda connection: setup_store.list_channels(connection, gone_too=True))
    if not channels:
        yield Finding(False, "no channel gets stories yet", "Invite the bot: /invite @Passalong in a channel.")
    for channel in channels:
        yield _ask(
            partial(_is_open, channel.id),
            settings,
            f"#{channel.name}: the bot is a member",
            f"/invite @Passalong in #{channel.name}, or take the channel out in the set-up.",
        )


def _comms(settings: Settings, setup: Setup) -> Iterator[Finding]:
    if setup.comms_channel is None:
        yield Finding(False, "no comms channel", "Choose one in the set-up (App Home): editors and notices need it.")
        return
    yield _ask(
        partial(_is_own, setup.comms_channel),
        settings,
        "the comms channel is private and not shared, and the bot is in it",
        "Make it private and unshared and invite the bot: only then does membership make an editor.",
    )


def _has_account(user: str, client: WebClient) -> bool:
    return profile_from(client.users_info(user=user)["user"]).is_active


def _facts(channel: str, client: WebClient) -> ChannelFacts:
    return facts_from(client.conversations_info(channel=channel)["channel"])


def _is_open(channel: str, client: WebClient) -> bool:
    facts = _facts(channel, client)
    return facts.is_member and not facts.is_archived


def _is_own(channel: str, client: WebClient) -> bool:
    facts = _facts(channel, client)
    return facts.is_member and not facts.is_archived and facts.is_private and not facts.is_shared


def _ask(look: Callable[[WebClient], bool], settings: Settings, what: str, mend: str) -> Finding:
    """One question to Slack, which can be answered no or not at all."""
    if not settings.bot_token:
        return Finding(False, what, "This needs the bot token.")
    try:
        return Finding(look(bot_client(settings)), what, mend)
    except SlackApiError as error:
        return Finding(False, f"{what}? Slack says {slacks_word(error)}", mend)
    except (SlackClientError, SlackTrouble, OSError, AttributeError) as error:
        return Finding(False, f"{what}? Slack cannot be reached ({type(error).__name__})", "Check the network.")
