from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.networks import (
    LONGEST_ADDRESS,
    NETWORKS,
    NetworkUnknown,
    NotAnInstance,
    ShareTarget,
    fits,
    fits_an_address,
    host_of,
    network,
    share_url,
    with_utm,
)

LINK = "https://example.org/verhaal?id=7&lang=nl#deel"
TITLE = "Wim & the pump of 1954"
ALL = sorted(NETWORKS)
WITH_TEXT = ["linkedin", "x", "bluesky", "threads", "mastodon", "whatsapp", "telegram", "email"]


def target(key: str, text: str = "Wim got it going", link: str = LINK, title: str = TITLE) -> ShareTarget:
    return share_url(key, text=text, link=link, title=title, mastodon_instance="mastodon.nl")


def asked(url: str) -> dict[str, str]:
    """The parameters as the network reads them."""
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


def test_the_ten_networks() -> None:
    assert list(NETWORKS) == [
        *("linkedin", "x", "bluesky", "threads", "mastodon"),
        *("facebook", "whatsapp", "reddit", "telegram", "email"),
    ]
    assert all(network(key).key == key for key in NETWORKS)


@pytest.mark.parametrize("key", ["unknown", "", "LinkedIn", "myspace"])
def test_other_networks_are_refused(key: str) -> None:
    with pytest.raises(NetworkUnknown):
        target(key)


QUOTED = "https%3A%2F%2Fexample.org%2Fverhaal%3Fid%3D7%26lang%3Dnl%23deel"


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("linkedin", f"https://www.linkedin.com/feed/?shareActive=true&text=Wim%20got%20it%20going%0A%0A{QUOTED}"),
        ("x", f"https://x.com/intent/tweet?text=Wim%20got%20it%20going&url={QUOTED}"),
        ("bluesky", f"https://bsky.app/intent/compose?text=Wim%20got%20it%20going%0A%0A{QUOTED}"),
        ("threads", f"https://www.threads.com/intent/post?text=Wim%20got%20it%20going&url={QUOTED}"),
        ("mastodon", f"https://mastodon.nl/share?text=Wim%20got%20it%20going%0A%0A{QUOTED}"),
        ("facebook", f"https://www.facebook.com/sharer/sharer.php?u={QUOTED}"),
        ("whatsapp", f"https://wa.me/?text=Wim%20got%20it%20going%0A%0A{QUOTED}"),
        ("reddit", f"https://www.reddit.com/submit?url={QUOTED}&title=Wim%20got%20it%20going"),
        ("telegram", f"https://t.me/share/url?url={QUOTED}&text=Wim%20got%20it%20going"),
        (
            "email",
            f"mailto:?subject=Wim%20%26%20the%20pump%20of%201954&body=Wim%20got%20it%20going%0D%0A%0D%0A{QUOTED}",
        ),
    ],
)
def test_the_share_pages(key: str, address: str) -> None:
    carries = key != "facebook"
    assert target(key) == ShareTarget(address, carries_text=carries, copies_text=not carries)


def test_linkedin_without_its_composer_takes_the_link_alone() -> None:
    there = share_url("linkedin", text="Wim", link=LINK, title=TITLE, linkedin_composer=False)
    assert there == ShareTarget(f"https://www.linkedin.com/sharing/share-offsite/?url={QUOTED}", False, True)


@given(st.sampled_from(WITH_TEXT), st.text(min_size=1, max_size=60).filter(lambda t: t.strip()))
def test_the_network_reads_back_what_was_written(key: str, text: str) -> None:
    there = target(key, text, "https://example.org/a")
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    parameters = asked(there.url)
    got = parameters.get("text", parameters.get("body", "")).replace("\r\n", "\n")
    assert there.carries_text
    assert got in (tidy, f"{tidy}\n\nhttps://example.org/a")
    assert " " not in there.url
    assert "+" not in there.url


@given(st.sampled_from(ALL), st.text(max_size=4_000), st.text(max_size=200))
def test_no_address_is_ever_too_long_and_the_link_is_always_in_it(key: str, text: str, title: str) -> None:
    there = target(key, text, title=title)
    assert len(there.url) <= LONGEST_ADDRESS
    assert LINK in unquote(there.url)
    assert there.carries_text + there.copies_text == (1 if text.strip() else 0)


@pytest.mark.parametrize("key", [k for k in WITH_TEXT if k != "telegram"])
@pytest.mark.parametrize("text", [f"Look: {LINK}", f"{LINK} is Wim's", f"Wim ({LINK}), the hero", f"Wim: {LINK}."])
def test_a_link_that_is_in_the_text_is_not_doubled(key: str, text: str) -> None:
    there = target(key, text)
    assert unquote(there.url).count(LINK) == 1
    assert there.carries_text


@pytest.mark.parametrize("key", ["telegram", "reddit"])
def test_a_link_at_the_end_leaves_the_text_where_it_has_a_field_of_its_own(key: str) -> None:
    parameters = asked(
        target(key, f"Wim got it going\n{LINK}").url if key == "telegram" else target(key, f"W {LINK}").url
    )
    assert LINK not in parameters.get("text", parameters.get("title", ""))
    assert parameters["url"] == LINK


def test_a_longer_link_is_another_link() -> None:
    assert asked(target("whatsapp", f"See {LINK}-2").url)["text"] == f"See {LINK}-2\n\n{LINK}"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("x", "a" * 257),
        ("bluesky", "a" * 254),
        ("threads", "a" * 455),
        ("mastodon", "a" * 476),
        ("linkedin", "a" * 2_999),
        ("whatsapp", "é" * 700),
        ("email", "ü" * 700),
        ("reddit", "a" * 301),
        ("reddit", "two\nlines"),
    ],
)
def test_too_long_is_copied_and_never_cut(key: str, text: str) -> None:
    there = target(key, text)
    assert (there.carries_text, there.copies_text) == (False, True)
    assert text[:3] not in unquote(there.url).replace("example", "")
    assert LINK in asked(there.url).values()


def test_without_words_there_is_nothing_to_copy() -> None:
    assert target("x", "  ") == ShareTarget(f"https://x.com/intent/tweet?url={QUOTED}", False, False)


def test_reddit_keeps_the_storys_title_when_the_text_is_too_long_for_one() -> None:
    assert asked(target("reddit", "a" * 301).url)["title"] == TITLE


@pytest.mark.parametrize(
    ("key", "text", "left"),
    [
        ("x", "", 280 - 23),
        ("x", "a" * 256, 0),
        ("x", "a" * 257, -1),
        ("x", "👩🏽‍🚒", 280 - 2 - 1 - 23),
        ("x", "水泵", 280 - 4 - 1 - 23),
        ("x", "see https://example.org/another/very/long/address?with=things.", 280 - 4 - 23 - 1 - 1 - 23),
        ("x", f"see {LINK}", 280 - 4 - 23),
        ("bluesky", "👩‍👩‍👧‍👦🇳🇱👍🏽e\u0301", 300 - 4 - 2 - len(LINK)),
        ("bluesky", "a" * (298 - len(LINK)), 0),
        ("threads", "a" * 400, 100 - 1 - len(LINK)),
        ("mastodon", "a" * 475, 0),
        ("facebook", "abc", 63_203),
        ("reddit", "abc", 297),
        ("linkedin", "abc", 3_000 - 5 - len(LINK)),
    ],
)
def test_how_much_is_left(key: str, text: str, left: int) -> None:
    assert fits(key, text, LINK) == left


@given(st.sampled_from(WITH_TEXT), st.text(max_size=600))
def test_what_does_not_fit_never_goes_along(key: str, text: str) -> None:
    if fits(key, text, LINK) < 0:
        assert target(key, text).copies_text


def test_a_link_must_fit_every_share_page() -> None:
    longest = "https://example.org/" + "a" * (LONGEST_ADDRESS - 400 - len("https%3A%2F%2Fexample.org%2F"))
    assert fits_an_address(longest)
    assert not fits_an_address(longest + "a")
    for key in ALL:
        assert len(target(key, "some text", longest, "é" * 300).url) <= LONGEST_ADDRESS


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("@anna@mastodon.social", "mastodon.social"),
        ("anna@mastodon.social", "mastodon.social"),
        ("mastodon.social", "mastodon.social"),
        (" Mastodon.NL ", "mastodon.nl"),
        ("https://mastodon.social/@anna", "mastodon.social"),
        ("http://social.example.org/", "social.example.org"),
        ("https://toot.café", "toot.xn--caf-dma"),
        ("mastodon.social.", "mastodon.social"),
    ],
)
def test_the_instance_in_what_people_type(typed: str, host: str) -> None:
    assert host_of(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "anna",
        "@anna",
        "localhost",
        "127.0.0.1",
        "a b.nl",
        "mastodon.social:8443",
        "-x.nl",
        "x..nl",
        ".nl",
        "a" * 64 + ".nl",
        "<script>.nl",
        "mastodon.social?x=1",
        "mastodon.social#x",
        "m_stodon.social",
        "ftp://mastodon.social",
    ],
)
def test_what_is_not_an_instance(typed: str) -> None:
    with pytest.raises(NotAnInstance):
        host_of(typed)
    with pytest.raises(NotAnInstance):
        share_url("mastodon", text="hi", link=LINK, title=TITLE, mastodon_instance=typed)


def test_mastodon_needs_an_instance() -> None:
    with pytest.raises(NotAnInstance):
        share_url("mastodon", text="hi", link=LINK, title=TITLE, mastodon_instance=None)


@pytest.mark.parametrize(
    ("link", "marked"),
    [
        ("https://e.org/a", "https://e.org/a?utm_source=x&utm_medium=social&utm_campaign=pump%201954"),
        ("https://e.org/a?", "https://e.org/a?utm_source=x&utm_medium=social&utm_campaign=pump%201954"),
        ("https://e.org/a?b=%20c&", "https://e.org/a?b=%20c&utm_source=x&utm_medium=social&utm_campaign=pump%201954"),
        ("https://e.org/a?b+c#d?e", "https://e.org/a?b+c&utm_source=x&utm_medium=social&utm_campaign=pump%201954#d?e"),
        ("https://e.org/#/p?q", "https://e.org/?utm_source=x&utm_medium=social&utm_campaign=pump%201954#/p?q"),
        ("https://e.org/?utm_source=own", "https://e.org/?utm_source=own&utm_medium=social&utm_campaign=pump%201954"),
        (
            "https://e.org/?UTM_Source=&utm_medium=m&utm_campaign=c",
            "https://e.org/?UTM_Source=&utm_medium=m&utm_campaign=c",
        ),
    ],
)
def test_campaign_marks(link: str, marked: str) -> None:
    assert with_utm(link, source="x", campaign="pump 1954") == marked


@given(st.text(), st.text())
def test_marks_are_read_back_and_asking_twice_changes_nothing(source: str, campaign: str) -> None:
    once = with_utm("https://e.org/a?b=c#d", source=source, campaign=campaign)
    read = parse_qs(urlsplit(once).query, keep_blank_values=True)
    assert (read["utm_source"], read["utm_campaign"], read["b"]) == ([source], [campaign], ["c"])
    assert with_utm(once, source="other", campaign="other") == once
