from urllib.error import HTTPError

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from tests.sandbox.asking import ADMIN, COMMS, GENERAL, GOOD, error


def ticket(client: WebClient, content: bytes) -> str:
    answer = client.files_getUploadURLExternal(filename="chart.png", length=len(content))
    upload = client._upload_file
    sent = upload(url=answer["upload_url"], data=content, logger=client._logger, timeout=5, proxy=None, ssl=None)
    assert sent.status == 200
    return answer["file_id"]


def test_asking_for_an_address(client: WebClient) -> None:
    assert error(client.files_getUploadURLExternal, filename="a.png", length=0) == "missing_argument"
    long = "x" * 1001
    assert error(client.files_getUploadURLExternal, filename="a.png", length=1, alt_txt=long) == "alt_txt_too_large"


def test_completing_what_was_not_sent(client: WebClient) -> None:
    file = client.files_getUploadURLExternal(filename="a.png", length=3)["file_id"]
    assert error(client.files_completeUploadExternal, files=[{"id": file}]) == "file_not_found"
    assert error(client.files_completeUploadExternal, files=[{"id": "F0"}]) == "file_not_found"
    assert error(client.files_completeUploadExternal, files=[]) == "invalid_arguments"
    assert error(client.files_info, file=file) == "file_not_found"


def test_sharing_where_the_bot_is_not(sandbox: Sandbox, client: WebClient) -> None:
    file = [{"id": ticket(client, b"png")}]
    assert error(client.files_completeUploadExternal, files=file, channel_id="C0") == "channel_not_found"
    assert error(client.files_completeUploadExternal, files=file, channel_id=GENERAL) == "not_in_channel"
    many = [GOOD] * 101
    assert error(client.files_completeUploadExternal, files=file, channels=many) == "channels_limit_exceeded"
    sandbox.workspace.archive_channel(COMMS, ADMIN)
    assert error(client.files_completeUploadExternal, files=file, channel_id=COMMS) == "posting_to_channel_denied"
    bad = [{"type": "nonsense"}]
    assert error(client.files_completeUploadExternal, files=file, channel_id=GOOD, blocks=bad) == "invalid_blocks"


def test_the_sdk_uploads(sandbox: Sandbox, client: WebClient) -> None:
    done = client.files_upload_v2(filename="a.png", content=b"png", channel=GOOD, initial_comment="look")
    (message,) = sandbox.acts.messages(ADMIN, GOOD)
    assert message["text"] == "look"
    assert message["files"][0]["id"] == done["file"]["id"]
    assert "metadata" not in message


def test_the_length_must_be_right(client: WebClient) -> None:
    answer = client.files_getUploadURLExternal(filename="chart.png", length=9)
    with pytest.raises(HTTPError, match="400") as refused:
        client._upload_file(url=answer["upload_url"], data=b"x", logger=client._logger, timeout=5, proxy=None, ssl=None)
    refused.value.close()


def test_a_file_in_an_image_block(client: WebClient) -> None:
    block = {"type": "image", "slack_file": {"id": "F0"}, "alt_text": "a chart"}
    assert error(client.chat_postMessage, channel=GOOD, text="x", blocks=[block]) == "invalid_blocks"
    file = ticket(client, b"png")
    assert error(client.chat_postMessage, channel=GOOD, text="x", blocks=[block]) == "invalid_blocks"
    client.files_completeUploadExternal(files=[{"id": file, "title": "Chart"}])
    block["slack_file"] = {"id": file}
    assert client.chat_postMessage(channel=GOOD, text="x", blocks=[block])["ok"]


def test_a_file_is_scanned_before_a_block_may_show_it(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.workspace.scan_seconds = 20
    file = ticket(client, b"png")
    client.files_completeUploadExternal(files=[{"id": file}])
    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "a chart"}
    assert error(client.chat_postMessage, channel=GOOD, text="x", blocks=[block]) == "invalid_blocks"
    sandbox.workspace.now.step(seconds=21)
    assert client.chat_postMessage(channel=GOOD, text="x", blocks=[block])["ok"]


def test_a_file_is_deleted_once(sandbox: Sandbox, client: WebClient) -> None:
    file = ticket(client, b"png")
    assert error(client.files_delete, file=file) == "file_not_found"
    client.files_completeUploadExternal(files=[{"id": file}])
    assert client.files_delete(file=file)["ok"]
    assert file not in sandbox.workspace.files
    assert error(client.files_delete, file=file) == "file_not_found"


def test_a_workspace_without_uploads_or_charts_says_so(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.workspace.uploads_refused = "file_uploads_disabled"
    assert error(client.files_getUploadURLExternal, filename="a.png", length=1) == "file_uploads_disabled"
    segments = [{"label": "LinkedIn", "value": 3}]
    chart = {"type": "data_visualization", "title": "Networks", "chart": {"type": "pie", "segments": segments}}
    assert client.chat_postMessage(channel=GOOD, text="x", blocks=[chart])["ok"]
    sandbox.workspace.charts = False
    assert error(client.chat_postMessage, channel=GOOD, text="x", blocks=[chart]) == "invalid_blocks"
