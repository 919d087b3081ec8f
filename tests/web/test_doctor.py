"""What `passalong doctor` says of the public address."""

from dataclasses import replace

import pytest

from bot.cli.doctor_links import examine_links
from bot.config import Settings
from tests.sources.web_server import WebServer


@pytest.fixture
def settings(public):
    port = public.server.port
    return Settings(public_url=f"http://127.0.0.1:{port}", public_bind=("127.0.0.1", port))


def ill(settings):
    return [finding for finding in examine_links(settings) if not finding.is_well]


def said(settings):
    return " ".join(finding.what for finding in examine_links(settings))


def test_without_an_address_readers_are_not_counted_and_that_is_fine():
    [finding] = examine_links(Settings())
    assert finding.is_well
    assert "readers are not counted" in finding.what


def test_an_address_that_leads_here(settings):
    assert ill(settings) == []
    assert "the public address leads here" in said(settings)


def test_an_address_where_nobody_answers(settings, public):
    public.server.stop()
    [finding] = ill(settings)
    assert "does not answer" in finding.what
    assert "passalong links serve" in finding.mend


def test_an_address_where_somebody_else_answers(settings):
    with WebServer() as site:
        [finding] = ill(replace(settings, public_url=site.page("/somewhere", b"else").removesuffix("/somewhere")))
    assert "Something else answers" in finding.what


def test_a_proxy_that_is_not_believed_and_has_no_certificate(settings):
    found = [finding.what for finding in ill(replace(settings, public_url="http://go.example.invalid"))]
    assert any("http://" in what for what in found)
    assert any("come from the proxy" in what for what in found)
    believed = replace(settings, public_url="https://go.example.invalid", forwarded_allow_ips=("127.0.0.1/32",))
    assert not any("proxy" in finding.what for finding in ill(believed))


@pytest.mark.parametrize("salt", ["daily", "monthly"])
def test_what_the_salt_costs_is_said(settings, salt):
    assert f"PASSALONG_VISITOR_SALT is {salt}: " in said(replace(settings, visitor_salt=salt))
