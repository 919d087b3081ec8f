"""Reading the system's certificates takes longer than a call to Slack: that happens once."""

import ssl

import pytest

from bot.compose import app_client, bot_client, trusted
from bot.domain.problems import TryLater
from bot.slack import upload
from tests.conftest import Stand


def test_the_bot_opens_with_the_one_there_is(tmp_path, clock, monkeypatch):
    trusted()

    def read_again(*_, **__):
        raise AssertionError("certificates are read once more")

    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", read_again)
    stand = Stand(tmp_path, clock)
    stand.close()


def test_bytes_of_a_picture_go_by_it_too(stand, monkeypatch):
    asked = []

    def note(request, *, timeout, context):
        asked.append(context)
        raise OSError("nobody there")

    monkeypatch.setattr(upload, "urlopen", note)
    with pytest.raises(TryLater):
        stand.house.desk.messenger.finish_upload("F1", "https://files.example.com/1", "Picture", b"x")
    assert asked == [trusted()]


def test_every_client_has_it(stand):
    client = bot_client(stand.settings)
    clients = client, client.within(2), app_client(stand.settings, lambda method, error: None)
    assert {one.ssl for one in clients} == {trusted()}
