"""From a button in Slack by us to the share page: *opened* is noted, the text goes along, to its owner alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from bot.domain.people import Standing
from bot.domain.stories import StoryState
from bot.store import shares
from bot.store.tables import link_texts, metadata
from tests.web.conftest import LAPTOP, LINKEDIN, PHONE, PUBLIC

TEXT = "Ik werk bij Acme. Een rif groeit terug — kijk & zie <dit>"


def test_to_the_share_page_with_the_text_and_the_link(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    answer = public.get(f"/go/{code}/linkedin")
    assert answer.status == 302
    said = parse_qs(urlsplit(answer.location).query)["text"][0]
    assert said == f"{TEXT}\n\n{PUBLIC}/{code}"
    assert answer.headers["referrer-policy"] == "no-referrer"
    [share] = public.store.read(lambda c: shares.of_person(c, story, anna.id))
    assert (share.network, share.opened_at, share.own_words, share.disclosure) == (
        "linkedin",
        public.clock(),
        True,
        "I work here",
    )
    assert not share.is_said


def test_twice_is_opened_once(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    first = public.clock()
    public.get(f"/go/{code}/linkedin")
    public.clock.step(minutes=5)
    assert "Acme" in public.get(f"/go/{code}/linkedin").location
    [share] = public.store.read(lambda c: shares.of_person(c, story, anna.id))
    assert share.opened_at == first


def test_the_owners_own_browser_is_no_reader_until_the_salt_goes(public):
    story, anna = public.story(), public.person()
    code, other = public.link(story, anna, text=TEXT), public.link(public.story(), anna)
    public.get(f"/go/{code}/linkedin", LAPTOP)
    public.get(f"/{code}", LAPTOP)
    public.get(f"/{other}", LAPTOP)
    public.get(f"/{code}", PHONE)
    assert public.kinds() == ["colleague", "colleague", "reader"]
    public.clock.step(days=1)
    public.get(f"/{code}", LAPTOP)
    assert public.kinds()[-1] == "reader"


def test_once_the_post_is_out_nobody_else_gets_the_text(public):
    """Everybody who reads the post knows the code. They learn nothing, and change nothing."""
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    public.get(f"/go/{code}/linkedin", LAPTOP, "192.0.2.1")
    stranger = public.get(f"/go/{code}/linkedin", PHONE, "198.51.100.9")
    assert stranger.status == 302
    assert "Acme" not in stranger.location
    public.get(f"/{code}", PHONE, "198.51.100.9")
    assert public.kinds() == ["reader"], "no way to hide from being counted either"
    assert "Acme" in public.get(f"/go/{code}/linkedin", LAPTOP, "192.0.2.1").location


@pytest.mark.parametrize("more", [{"agent": LINKEDIN}, {"agent": None}, {"method": "HEAD"}, {"Purpose": "prefetch"}])
def test_what_scans_links_takes_nothing(public, more):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    answer = public.get(f"/go/{code}/linkedin", **more)
    assert (answer.status, "Acme" in answer.location) == (302, False)
    assert public.store.read(lambda c: shares.of_person(c, story, anna.id)) == ()
    assert "Acme" in public.get(f"/go/{code}/linkedin").location


def test_the_text_is_kept_for_a_day(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    public.clock.step(hours=24, seconds=1)
    assert "Acme" not in public.get(f"/go/{code}/linkedin").location
    assert public.store.read(lambda c: shares.of_person(c, story, anna.id)) == ()


def test_it_is_sealed_in_the_database(public):
    public.link(public.story(), public.person(), text=TEXT)
    for table in metadata.sorted_tables:
        assert "Acme" not in str(public.store.read(lambda c, t=table: c.execute(select(t)).all()))


def test_another_token_or_another_link_does_not_open_it(public):
    sealed = public.seal.close(TEXT, "a" * 11)
    assert public.seal.open(sealed, "a" * 11) == TEXT
    assert public.seal.open(sealed, "b" * 11) is None
    assert type(public.seal)("another").open(sealed, "a" * 11) is None
    assert sealed != public.seal.close(TEXT, "a" * 11)
    assert "xoxb" not in repr(public.seal)


def test_where_the_text_does_not_go_along_it_is_copied(public):
    code = public.link(public.story(), public.person(), "facebook", TEXT)
    answer = public.get(f"/go/{code}/facebook")
    assert answer.status == 200
    assert "Ik werk bij Acme. Een rif groeit terug — kijk &amp; zie &lt;dit&gt;" in answer.body
    assert '<html lang="nl">' in answer.body, "the language of its owner"
    assert "Kopieer en ga door naar Facebook" in answer.body
    assert f"https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fgo.example.com%2F{code}" in answer.body
    assert answer.headers["cache-control"] == "private, no-store"
    assert "script-src 'sha256-" in answer.headers["content-security-policy"]


def test_an_e_mail_is_a_page_too(public):
    code = public.link(public.story(), public.person(), "email", TEXT)
    answer = public.get(f"/go/{code}/email")
    assert answer.status == 200
    assert 'href="mailto:?subject=A%20reef%20grows%20back&amp;body=Ik%20werk' in answer.body


def test_mastodon_is_the_persons_own_server(public):
    code = public.link(public.story(), public.person(mastodon="mastodon.nl"), "mastodon", TEXT)
    assert public.get(f"/go/{code}/mastodon").location.startswith("https://mastodon.nl/share?text=Ik%20werk")


@pytest.mark.parametrize(
    "path", ["/go/{code}/x", "/go/{code}", "/go/{code}/", "/go/{code}/evil.example", "/go//linkedin"]
)
def test_other_networks_and_other_paths_lead_nowhere(public, path):
    code = public.link(public.story(), public.person(), text=TEXT)
    assert public.get(path.format(code=code)).status == 404


def test_a_story_that_was_taken_back_is_not_passed_along(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    public.set_state(story, StoryState.CANCELLED)
    assert public.get(f"/go/{code}/linkedin").status == 410
    assert public.store.read(lambda c: shares.of_person(c, story, anna.id)) == ()


def test_past_its_best_before_nothing_new_goes_out_and_what_is_out_goes_on(public):
    story, anna = public.story(best_before=public.clock() + timedelta(hours=1)), public.person()
    code = public.link(story, anna, text=TEXT)
    public.clock.step(hours=1)
    answer = public.get(f"/go/{code}/linkedin")
    assert answer.status == 410
    assert "Net te laat" in answer.body
    assert "linkedin" not in answer.body.replace("utm_source=linkedin", "")
    assert public.store.read(lambda c: shares.of_person(c, story, anna.id)) == ()
    assert public.get(f"/{code}").status == 302


def test_whoever_left_meanwhile_is_sent_on_and_nothing_is_noted(public):
    story, anna = public.story(), public.person()
    code = public.link(story, anna, text=TEXT)
    public.person(standing=Standing.OUT)
    assert public.get(f"/go/{code}/linkedin").status == 302
    assert public.store.read(lambda c: shares.of_person(c, story, anna.id)) == ()
    assert public.store.read(lambda c: c.execute(select(func.count()).select_from(link_texts)).scalar()) == 0
