"""Slack in words of the domain: they go in, and they come out."""

from datetime import datetime
from typing import Any

from bot.actions.access import Access
from bot.actions.desk import Me
from bot.actions.ports import ChannelFacts, ProfileField, Standing, UserGroup
from bot.domain.home import Home
from bot.domain.messages import CommsDigestPost, DigestPost, Message, Posted
from bot.domain.people import Profile, is_account
from bot.domain.picture import SaidPicture
from bot.domain.problems import Cause, Refused
from bot.slack.blocks.home import home_view
from bot.slack.blocks.picture import say_picture
from bot.slack.blocks.render import render
from bot.slack.counted import CountedClient
from bot.slack.facts import facts_from, one_line, profile_from
from bot.slack.mrkdwn import paragraphs
from bot.slack.roll import Roll
from bot.slack.upload import Uploader
from bot.sources.words import Words

EVENT_TYPE = "passalong_delivery"
LARGEST_PAGE = 1000
"""People that are asked for at once. Slack counts pages, and reads few of them a minute."""
_TEXT_FIELDS = frozenset({"text", "options_list"})
"""Others hold dates, addresses of pages, or other people."""


class SlackMessenger(Uploader):
    """Slack as the actions see it, and the views that only listeners open."""

    def __init__(self, client: CountedClient, words: Words, me: Me, access: Access | None = None) -> None:
        super().__init__(client, access)
        self._words = words
        self._me = me
        self._roll = Roll(self._people)

    def try_drawing(self, message: Message) -> None:
        """Draw it for nothing: a mistake of ours in it shows while it is certain that nothing was sent."""
        render(self._words, message)

    def post(self, target: str, message: Message, delivery_id: str, thread: str | None = None) -> Posted:
        """Post, with the delivery's id in the metadata, so that it can be found again."""
        text, blocks = render(self._words, message)
        answer = self._write(
            "chat.postMessage",
            channel=target,
            text=text,
            blocks=blocks,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"delivery": delivery_id}},
            **({"thread_ts": thread} if thread else {}),
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def find(
        self, channel: str, delivery_id: str, since: datetime, until: datetime, thread: str | None = None
    ) -> Posted | None:
        """Look through the channel, or one thread of it, between then and then for this delivery's id.

        In large pages: a channel in which machines talk too is read before Slack has had enough of us. Of a person it
        is our own conversation with them that is looked through, and nothing else that is theirs.
        """
        channel = self._conversation(channel) if is_account(channel) else channel
        pages = self._pages(
            "conversations.replies" if thread else "conversations.history",
            "messages",
            channel=channel,
            oldest=f"{since.timestamp():.6f}",
            latest=f"{until.timestamp():.6f}",
            include_all_metadata=True,
            limit=999,
            **({"ts": thread} if thread else {}),
        )
        for message in pages:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("delivery") == delivery_id:
                return Posted(channel, str(message["ts"]))
        return None

    def update(self, where: Posted, message: Message) -> None:
        """Change what a message says. Harmless twice, so a lost answer is simply tried again."""
        text, blocks = render(self._words, message)
        self._write("chat.update", channel=where.channel, ts=where.ts, text=text, blocks=blocks)

    def delete(self, where: Posted) -> None:
        """Take a message back; one that is not there any more is fine."""
        try:
            self._write("chat.delete", channel=where.channel, ts=where.ts)
        except Refused as refused:
            if refused.cause is not Cause.MESSAGE_GONE:
                raise

    def pin(self, where: Posted) -> None:
        """Pin a message in its channel; one that is pinned already is fine."""
        try:
            self._write("pins.add", channel=where.channel, timestamp=where.ts)
        except Refused as refused:
            if refused.cause is not Cause.DONE:
                raise

    def add_reaction(self, where: Posted, emoji: str) -> None:
        """Seed a reaction."""
        try:
            self._write("reactions.add", channel=where.channel, timestamp=where.ts, name=emoji)
        except Refused as refused:
            if refused.cause is not Cause.DONE:
                raise

    def reactions(self, where: Posted) -> Standing:
        """Everybody who reacted, by emoji; and when that was so, by the clock that events are dated with."""
        answer, seen_at = self._read_dated("reactions.get", channel=where.channel, timestamp=where.ts, full=True)
        found = answer.get("message", {}).get("reactions", [])
        reactions = {r["name"]: tuple(user for user in r["users"] if user != self._me.user) for r in found}
        return Standing(reactions, seen_at)

    def permalink(self, where: Posted) -> str | None:
        """The address of a message; None when it is gone."""
        try:
            return str(self._read("chat.getPermalink", channel=where.channel, message_ts=where.ts)["permalink"])
        except Refused:
            return None

    def profile(self, user: str) -> Profile:
        """Who this is. Asked while somebody waits, so it is given up soon (TryLater)."""
        return profile_from(self._read_soon("users.info", user=user, include_locale=True)["user"])

    def everybody(self) -> tuple[Profile, ...]:
        """Everybody in the workspace, guests too; no bots, and nobody who left."""
        return self._roll.everybody()

    def _people(self, cursor: str) -> tuple[list[Profile], str]:
        found, after = self._page("users.list", "members", cursor, include_locale=True, limit=LARGEST_PAGE)
        people = map(profile_from, found)
        return [person for person in people if person.is_active and not person.is_bot], after

    def _conversation(self, user: str) -> str:
        """Ours with this person: its id, which stays the same. Nobody sees that it was asked for."""
        return str(self._read("conversations.open", users=user)["channel"]["id"])

    def channel(self, channel: str) -> ChannelFacts:
        """What this channel is."""
        return facts_from(self._read("conversations.info", channel=channel)["channel"])

    def my_channels(self) -> tuple[ChannelFacts, ...]:
        """The channels the bot is in."""
        pages = self._pages(
            "users.conversations",
            "channels",
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=200,
        )
        return tuple(facts_from({**found, "is_member": True}) for found in pages)

    def members(self, channel: str) -> tuple[str, ...]:
        """Who is in a channel."""
        return tuple(self._pages("conversations.members", "members", channel=channel, limit=LARGEST_PAGE))

    def group_members(self, group: str) -> tuple[str, ...]:
        """Who is in a user group."""
        return tuple(self._read("usergroups.users.list", usergroup=group)["users"])

    def user_groups(self) -> tuple[UserGroup, ...]:
        """The user groups there are, by handle."""
        found = self._read("usergroups.list")["usergroups"]
        groups = [UserGroup(str(group["id"]), str(group["handle"]), str(group.get("name") or "")) for group in found]
        return tuple(sorted(groups, key=lambda group: group.handle))

    def profile_fields(self) -> tuple[ProfileField, ...]:
        """The fields that people's profiles can have, of those that hold a text, in Slack's order."""
        found = self._read("team.profile.get").get("profile", {}).get("fields") or []
        shown = [one for one in found if one.get("type") in _TEXT_FIELDS and not one.get("is_hidden")]
        shown.sort(key=lambda one: int(one.get("ordering") or 0))
        return tuple(ProfileField(str(one["id"]), one_line(one.get("label")) or str(one["id"])) for one in shown)

    def in_profile(self, user: str, field: str) -> str:
        """What stands in this field of somebody's profile; empty when nothing does."""
        found = self._read("users.profile.get", user=user).get("profile", {}).get("fields")
        # Without any field Slack answers a list, or nothing.
        value = found.get(field) if isinstance(found, dict) else None
        return str((value or {}).get("value") or "")

    def show_home(self, user: str, home: Home) -> None:
        """Publish a person's Home."""
        self._write("views.publish", user_id=user, view=home_view(self._words, home))

    def say_picture(self, post: DigestPost | CommsDigestPost) -> SaidPicture:
        """What there is to draw, in the words of the digest's language."""
        assert post.digest.picture is not None
        return say_picture(self._words, post.language, post.zone, post.digest.picture)

    def open_view(self, trigger_id: str, view: dict[str, Any]) -> str:
        """Open a modal; answers its id."""
        return str(self._write("views.open", trigger_id=trigger_id, view=view)["view"]["id"])

    def push_view(self, trigger_id: str, view: dict[str, Any]) -> str:
        """Open a modal on top of another."""
        return str(self._write("views.push", trigger_id=trigger_id, view=view)["view"]["id"])

    def update_view(self, view_id: str, view: dict[str, Any], view_hash: str | None = None) -> None:
        """Change an open modal. With a hash: only while it is still the one we saw."""
        arguments: dict[str, Any] = {"view_id": view_id, "view": view}
        if view_hash:
            arguments["hash"] = view_hash
        self._write("views.update", **arguments)

    def whisper(self, channel: str, user: str, text: str, blocks: list[dict[str, Any]] | None = None) -> None:
        """Say something in a channel to one person alone."""
        self._write("chat.postEphemeral", channel=channel, user=user, text=text, blocks=blocks or paragraphs(text))

    def answer(self, address: str, text: str, blocks: list[dict[str, Any]], *, replaces: bool = False) -> None:
        """Say something to one person alone, through the address that came with what they did."""
        body = {"text": text, "blocks": blocks, "response_type": "ephemeral", "replace_original": replaces}
        self._to_address(address, body)

    def write_to(self, user: str, text: str, blocks: list[dict[str, Any]]) -> None:
        """Say something in one person's messages from the bot."""
        self._write("chat.postMessage", channel=user, text=text, blocks=blocks)
