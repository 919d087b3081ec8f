"""Files that Slack is to keep: pictures for messages, and sheets for one person."""

import logging
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from slack_sdk.errors import SlackClientError

from bot.domain.problems import Refused, TryLater
from bot.slack.caller import Caller, sorted_out
from bot.slack.mrkdwn import paragraphs

log = logging.getLogger(__name__)

PATIENCE = 10
"""Seconds."""


class Uploader(Caller):
    """A caller that brings files."""

    def open_upload(self, name: str, length: int, alt: str) -> tuple[str, str]:
        """The first of the three steps of an upload; what is never finished is no file."""
        answer = self._write("files.getUploadURLExternal", filename=name, length=length, alt_txt=alt)
        return str(answer["file_id"]), str(answer["upload_url"])

    def finish_upload(self, file: str, address: str, title: str, content: bytes) -> None:
        """The other two. A file that Slack has before we know of it is dropped by its id."""
        self._send_bytes(address, content)
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
        self._upload(said["channel"], filename=name, title=title, content=content)

    def hand_over_files(self, user: str, text: str, files: Mapping[str, bytes]) -> None:
        """Send several, by name, in one message in the person's DM, after a line about them."""
        said = self._write("chat.postMessage", channel=user, text=text, blocks=paragraphs(text))
        uploads = [{"filename": name, "title": name, "content": content} for name, content in files.items()]
        self._upload(said["channel"], file_uploads=uploads)

    def _upload(self, channel: str, **files: Any) -> None:
        with self._minding_access():
            try:
                self._client.files_upload_v2(channel=channel, **files)
            except (SlackClientError, OSError) as error:
                raise sorted_out(error, writes=True) from error

    def _send_bytes(self, address: str, content: bytes) -> None:
        """The second of the three: bytes go to an address that Slack gave.

        Raises TryLater: until it is completed there is no file, so sending once more does no harm.
        """
        if not address.startswith(("https://", "http://")):
            raise TryLater(PATIENCE, "no address to upload to")
        try:
            asked = Request(address, content, method="POST")
            with urlopen(asked, timeout=PATIENCE, context=self._client.ssl) as answer:
                answer.read()
        except HTTPError as error:
            error.close()
            raise TryLater(PATIENCE, f"the upload was answered {error.code}") from error
        except (OSError, HTTPException, ValueError) as error:
            raise TryLater(PATIENCE, f"the upload did not arrive ({type(error).__name__})") from error
