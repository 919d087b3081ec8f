"""The page's JSON, without a browser."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.sandbox_page.conftest import COLLEAGUE, COMMS, EDITOR, STORIES, Stage

OPEN = build_opener(ProxyHandler({})).open


def state(stage: Stage, user: str, channel: str = "") -> Any:
    with OPEN(f"{stage.sandbox.url}/page/state?user={user}&channel={channel}", timeout=5) as answer:
        return json.load(answer)


def act(stage: Stage, kind: str = "application/json", **body: Any) -> Any:
    asked = Request(f"{stage.sandbox.url}/page/act", json.dumps(body).encode(), {"Content-Type": kind})
    with OPEN(asked, timeout=5) as answer:
        return json.load(answer)


def test_a_private_channel_is_out_of_sight_for_others(stage: Stage) -> None:
    stage.sandbox.acts.say(EDITOR, COMMS, "for comms alone")
    assert COMMS in [channel["id"] for channel in state(stage, EDITOR)["all_channels"]]
    seen = state(stage, COLLEAGUE, COMMS)
    assert seen["channel"]["id"] == STORIES
    assert "for comms alone" not in json.dumps(seen)


def test_a_single_channel_guest_sees_that_channel_alone(stage: Stage) -> None:
    guest = next(p.id for p in stage.sandbox.workspace.people.values() if p.guest == "single")
    assert [channel["id"] for channel in state(stage, guest)["all_channels"]] == [STORIES]


def test_an_ephemeral_is_in_its_persons_state_only(stage: Stage) -> None:
    stage.sandbox.workspace.add_ephemeral(STORIES, EDITOR, {"text": "psst"})
    assert [e["text"] for e in state(stage, EDITOR, STORIES)["channel"]["ephemerals"]] == ["psst"]
    assert state(stage, COLLEAGUE, STORIES)["channel"]["ephemerals"] == []


def test_nobody_in_particular_becomes_an_editor(stage: Stage) -> None:
    assert state(stage, "U0NOSUCH")["me"]["role"] == "editor"


def test_a_form_of_another_site_cannot_act(stage: Stage) -> None:
    with pytest.raises(HTTPError, match="415") as refused:
        act(stage, "text/plain", user=EDITOR, act="say", channel=STORIES, text="hello")
    refused.value.close()


@pytest.mark.parametrize("body", [{"act": "deactivate", "user": EDITOR}, {"act": "_send"}, {}])
def test_only_listed_acts_are_played(stage: Stage, body: dict[str, str]) -> None:
    with pytest.raises(HTTPError, match="400") as refused:
        act(stage, **body)
    refused.value.close()


def test_an_impossible_act_is_answered_in_words(stage: Stage) -> None:
    answer = act(stage, user=EDITOR, act="react", channel=STORIES, ts="1.0", emoji="mega")
    assert answer["error"] == "message_not_found"


def test_a_file_of_any_kind_is_a_download_and_never_a_page(stage: Stage) -> None:
    file = next(f for f in stage.sandbox.workspace.files.values() if f.name == "stories.csv")
    file.name, file.content = 'a"b.html', b"<script>1</script>"
    with OPEN(f"{stage.sandbox.url}/page/file/{file.id}", timeout=5) as answer:
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''a%22b.html")


def test_changes_are_told_at_once(stage: Stage) -> None:
    with OPEN(f"{stage.sandbox.url}/page/events", timeout=5) as stream:
        assert stream.readline() == b"event: changed\n"
        first = int(stream.readline().split()[1])
        stream.readline()
        stage.tell(text="news")
        assert stream.readline() == b"event: changed\n"
        assert int(stream.readline().split()[1]) > first
