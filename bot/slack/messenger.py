"""The only caller of Slack's Web API: domain words in, domain words out, Slack's errors sorted by what to do next."""

import logging
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.actions.access import Access
from bot.actions.desk import Me
from bot.actions.ports import ChannelFacts, ProfileField, Standing, UserGroup
from bot.domain.clean_text import clean, storable
from bot.domain.home import Home
from bot.domain.messages import CommsDigestPost, DigestPost, Message, Posted
from bot.domain.people import Profile
from bot.domain.picture import SaidPicture
from bot.domain.problems import (
    AnsweredBadly,
    Cause,
    OutcomeUnknown,
    Refused,
    ScopeMissing,
    SlackTrouble,
    TokenRefused,
    TryLater,
)
from bot.domain.zones import zone_or
from bot.slack.blocks.home import home_view
from bot.slack.blocks.picture import say_picture
from bot.slack.blocks.render import render
from bot.slack.counted import CountedClient
from bot.slack.mrkdwn import paragraphs
from bot.slack.refusals import is_sorted, sorted_error
from bot.slack.retry_after import seconds_to_wait
from bot.slack.upload import send_bytes
from bot.sources.words import Words

log = logging.getLogger(__name__)

EVENT_TYPE = "passalong_delivery"
_TURNED_AWAY = {500, 503}
_NO_JSON_BUT_A_PAGE = "non-JSON format: <"
"""What the SDK says of a web page."""
LONGEST_NAME = 80
QUICK = 2
"""Seconds for a question that is asked before an acknowledgement: that has three."""


_TEXT_FIELDS = frozenset({"text", "options_list"})
"""Others hold dates, addresses of pages, or other people."""


class SlackMessenger:
    """Slack as the actions see it, and the views that only listeners open."""

    def __init__(self, client: CountedClient, words: Words, me: Me, access: Access | None = None) -> None:
        self._client = client
        self._access = access or Access()
        self._quick = client.within(QUICK)
        self._words = words
        self._me = me

    def try_drawing(self, message: Message) -> None:
        """Draw it for nothing: a mistake of ours in it shows while it is certain that nothing was sent."""
        render(self._words, message)

    def post(self, target: str, message: Message, delivery_id: str) -> Posted:
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
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    def find(self, channel: str, delivery_id: str, since: datetime, until: datetime) -> Posted | None:
        """Look through the channel between then and then for this delivery's id.

        In large pages: a channel in which machines talk too is read before Slack has had enough of us.
        """
        pages = self._pages(
            "conversations.history",
            "messages",
            channel=channel,
            oldest=f"{since.timestamp():.6f}",
            latest=f"{until.timestamp():.6f}",
            include_all_metadata=True,
            limit=999,
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

    def add_reaction(self, where: Posted, emoji: str) -> None:
        """Seed a reaction."""
        try:
            self._write("reactions.add", channel=where.channel, timestamp=where.ts, name=emoji)
        except Refused as refused:
            if refused.cause is not Cause.DONE:
                raise

    def reactions(self, where: Posted) -> Standing:
        """Everybody who reacted, by emoji; and when that was so, by the clock that events are dated with."""
        asked, began = {"channel": where.channel, "timestamp": where.ts, "full": True}, time.monotonic()
        with self._minding_access():
            answer = _answered(self._client, "reactions.get", asked, writes=False)
        found = _body(answer, writes=False).get("message", {}).get("reactions", [])
        reactions = {r["name"]: tuple(user for user in r["users"] if user != self._me.user) for r in found}
        return Standing(reactions, _begun_at(answer, time.monotonic() - began))

    def permalink(self, where: Posted) -> str | None:
        """The address of a message; None when it is gone."""
        try:
            return str(self._read("chat.getPermalink", channel=where.channel, message_ts=where.ts)["permalink"])
        except Refused:
            return None

    def profile(self, user: str) -> Profile:
        """Who this is. Asked while somebody waits, so it is given up soon (TryLater)."""
        asked = {"user": user, "include_locale": True}
        with self._minding_access():
            answer = _called(self._quick, "users.info", asked, writes=False)
        return profile_from(answer["user"])

    def granted(self) -> frozenset[str] | None:
        """The scopes the token has; None when Slack does not say. TokenRefused when it has none at all."""
        scopes = _answered(self._client, "auth.test", {}, writes=False).headers.get("x-oauth-scopes")
        return frozenset(scope.strip() for scope in scopes.split(",")) if scopes else None

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
        return tuple(self._pages("conversations.members", "members", channel=channel, limit=200))

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
        return tuple(ProfileField(str(one["id"]), _line(one.get("label")) or str(one["id"])) for one in shown)

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

    def open_upload(self, name: str, length: int, alt: str) -> tuple[str, str]:
        """The first of the three steps of an upload; what is never finished is no file."""
        answer = self._write("files.getUploadURLExternal", filename=name, length=length, alt_txt=alt)
        return str(answer["file_id"]), str(answer["upload_url"])

    def finish_upload(self, file: str, address: str, title: str, content: bytes) -> None:
        """The other two. A file that Slack has before we know of it is dropped by its id."""
        send_bytes(address, content)
        self._write("files.completeUploadExternal", files=[{"id": file, "title": title}])

    def drop_file(self, file: str) -> None:
        """Delete it. Slack's no is no trouble of anybody's: then it is not there, or not ours any more."""
        try:
            self._write("files.delete", file=file)
        except Refused as refused:
            log.info("A picture was not deleted: %s", refused.reason)

    def hand_over_file(self, user: str, name: str, title: str, content: bytes) -> None:
        """Send a file in the person's DM: first a line, then the file in the same conversation."""
        said = self._write("chat.postMessage", channel=user, text=title)
        with self._minding_access():
            try:
                self._client.files_upload_v2(filename=name, title=title, content=content, channel=said["channel"])
            except (SlackClientError, OSError) as error:
                raise _sorted_out(error, writes=True) from error

    def hand_over_files(self, user: str, text: str, files: Mapping[str, bytes]) -> None:
        """Send several, by name, in one message in the person's DM, after a line about them."""
        said = self._write("chat.postMessage", channel=user, text=text, blocks=paragraphs(text))
        uploads = [{"filename": name, "title": name, "content": content} for name, content in files.items()]
        with self._minding_access():
            try:
                self._client.files_upload_v2(file_uploads=uploads, channel=said["channel"])
            except (SlackClientError, OSError) as error:
                raise _sorted_out(error, writes=True) from error

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
        try:
            answer = WebhookClient(address, timeout=10, ssl=self._client.ssl, retry_handlers=[]).send_dict(body)
        except (OSError, HTTPException, ValueError) as error:
            raise _sorted_out(error, writes=True) from error
        # "ok", or JSON that says so; a web page comes with status 200 too.
        if answer.status_code != 200 or "ok" not in answer.body[:10]:
            raise TryLater(10.0, f"HTTP {answer.status_code}: {answer.body[:60]}")

    def write_to(self, user: str, text: str, blocks: list[dict[str, Any]]) -> None:
        """Say something in one person's messages from the bot."""
        self._write("chat.postMessage", channel=user, text=text, blocks=blocks)

    def _pages(self, method: str, key: str, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        cursor = ""
        while True:
            answer = self._read(method, **arguments, **({"cursor": cursor} if cursor else {}))
            found += answer.get(key, [])
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return found

    def _read(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._call(method, arguments, writes=False)

    def _write(self, method: str, **arguments: Any) -> dict[str, Any]:
        return self._call(method, arguments, writes=True)

    def _call(self, method: str, arguments: dict[str, Any], *, writes: bool) -> dict[str, Any]:
        with self._minding_access():
            return _called(self._client, method, arguments, writes=writes)

    @contextmanager
    def _minding_access(self) -> Iterator[None]:
        """Notice when the token or a scope is gone: that is the same for every call, and is told and mended in one."""
        try:
            yield
        except TokenRefused as refused:
            # Some of these errors are also said of a person; then the token itself still works.
            if not self._access.is_shut and self._is_let_in():
                cause = Cause.PERSON_GONE if refused.error == "account_inactive" else Cause.UNKNOWN
                raise Refused(refused.error, cause) from refused
            self._access.shut(refused.error)
            raise
        except ScopeMissing as missing:
            self._access.miss(missing.needed)
            raise

    def _is_let_in(self) -> bool:
        try:
            self.granted()
        except TokenRefused:
            return False
        return True


def _called(client: WebClient, method: str, arguments: Mapping[str, Any], *, writes: bool) -> dict[str, Any]:
    return _body(_answered(client, method, arguments, writes=writes), writes=writes)


def _body(answer: SlackResponse, *, writes: bool) -> dict[str, Any]:
    if not isinstance(answer.data, dict):
        raise OutcomeUnknown("an answer that is not JSON") if writes else TryLater(10.0, "an answer that is not JSON")
    found: dict[str, Any] = storable(answer.data)
    return found


def _begun_at(answer: SlackResponse, took: float) -> datetime | None:
    """When Slack took up a question that it took so many seconds to answer, by its own clock."""
    try:
        answered_at = parsedate_to_datetime(str(answer.headers.get("date")))
    except ValueError:
        return None
    return answered_at - timedelta(seconds=took) if answered_at.tzinfo else None


def _answered(client: WebClient, method: str, arguments: Mapping[str, Any], *, writes: bool) -> SlackResponse:
    given = {name: value for name, value in arguments.items() if value is not None}
    ask = getattr(client, method.replace(".", "_"))
    try:
        answer: SlackResponse = ask(**given)
    # AttributeError: JSON came that is not an object, and the SDK looks for `ok` in it.
    except (SlackClientError, OSError, HTTPException, ValueError, AttributeError) as error:
        raise _sorted_out(error, writes=writes) from error
    return answer


def profile_from(found: Mapping[str, Any]) -> Profile:
    """A profile from Slack's user object."""
    profile = found.get("profile", {})
    names = (profile.get("display_name"), profile.get("real_name"), found.get("real_name"), found.get("name"))
    return Profile(
        user=str(found["id"]),
        team=str(found.get("team_id", "")),
        name=next(filter(None, (_line(name) for name in names)), "")[:LONGEST_NAME],
        locale=str(found.get("locale") or "en-US"),
        zone=zone_or(str(found.get("tz") or ""), "UTC"),
        is_bot=bool(found.get("is_bot")) or found["id"] == "USLACKBOT",
        is_guest=bool(found.get("is_restricted") or found.get("is_ultra_restricted")),
        is_stranger=bool(found.get("is_stranger")),
        is_active=not found.get("deleted", False),
    )


def _line(name: object) -> str:
    """A name on one line, without what cannot be seen; empty when that leaves nothing."""
    return " ".join(clean(str(name or "")).split())


def facts_from(found: Mapping[str, Any]) -> ChannelFacts:
    """A channel from Slack's conversation object."""
    return ChannelFacts(
        id=str(found["id"]),
        name=_line(found.get("name"))[:LONGEST_NAME],
        is_private=bool(found.get("is_private")),
        is_shared=bool(found.get("is_ext_shared")),
        is_member=bool(found.get("is_member")),
        is_archived=bool(found.get("is_archived")),
    )


def _sorted_out(error: Exception, *, writes: bool) -> SlackTrouble:
    """Which of ours an error is: wait, look first, or give up."""
    if isinstance(error, SlackApiError):
        return _sorted_api(error, writes=writes)
    # urllib's own error: the question did not even leave as a whole. What happens later comes as it is.
    if isinstance(error, URLError) or not writes:
        return TryLater(10.0, f"Slack cannot be reached ({type(error).__name__})")
    return OutcomeUnknown(f"the answer was lost ({type(error).__name__})")


def _sorted_api(error: SlackApiError, *, writes: bool) -> SlackTrouble:
    answer = error.response
    status = getattr(answer, "status_code", 200)
    data = getattr(answer, "data", None)
    if status == 429:
        return TryLater(seconds_to_wait(answer.headers.get("Retry-After")), "ratelimited")
    reason = str(data.get("error", "")) if isinstance(data, dict) else ""
    # A page of HTML comes back from the SDK with a sentence of its own where Slack has an error string.
    if status >= 500 or not re.fullmatch(r"[a-z0-9_]+", reason):
        turned_away = status in _TURNED_AWAY or (status == 200 and _NO_JSON_BUT_A_PAGE in reason)
        lost = AnsweredBadly if turned_away else OutcomeUnknown
        return lost(f"HTTP {status}") if writes else TryLater(10.0, f"HTTP {status}")
    needed = str(data.get("needed", "")) if isinstance(data, dict) else ""
    trouble = sorted_error(reason, writes=writes, needed=needed)
    if getattr(trouble, "cause", None) in (Cause.TEXT, Cause.OURS) or not is_sorted(reason):
        log.warning("Slack says %s: %s", reason, data.get("response_metadata") if isinstance(data, dict) else None)
    return trouble
