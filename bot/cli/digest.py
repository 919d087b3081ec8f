"""`passalong digest --preview`: the weekly digest as it looks now, from the database alone."""

from html import unescape

import click

from bot.actions.preview_digest import DigestPreview, digest_now
from bot.cli.environment import settings_or_exit, store_or_exit
from bot.clock import system_clock
from bot.compose import read_words
from bot.domain.messages import CommsDigestPost, DigestPost
from bot.slack.blocks.digest import comms_digest_text, digest_text
from bot.sources.words import Words


@click.command("digest")
@click.option("--preview", is_flag=True, help="Print it; nothing is sent.")
@click.option("--language", type=click.Choice(["en", "nl"]), default="en", show_default=True, help="In which language.")
def command(preview: bool, language: str) -> None:
    """The weekly digest as it looks now. `run` sends it by itself, at its time."""
    if not preview:
        raise click.UsageError("Say `passalong digest --preview` to see it; `passalong run` sends it at its time.")
    settings = settings_or_exit()
    words = read_words(settings)
    store = store_or_exit(settings)
    try:
        found = digest_now(store, system_clock(), is_measured=bool(settings.public_url))
        click.echo(digest_as_text(words, found, language))
    finally:
        store.close()


def digest_as_text(words: Words, found: DigestPreview, language: str) -> str:
    """Both digests as plain text, an empty line between them."""
    staff = words.say(language, "digest.preview_empty")
    if found.staff is not None:
        staff = digest_text(words, DigestPost(found.staff, language, found.zone))
    comms = comms_digest_text(words, CommsDigestPost(found.comms, language, found.zone))
    return unescape(f"{staff}\n\n{comms}")
