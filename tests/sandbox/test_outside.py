"""The world outside: what arrives on share pages, and who follows a link."""

import re
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from bot.sandbox import Sandbox, Workspace, make_company
from bot.sandbox.outside.asking import NotAsked, ask, is_here
from bot.sandbox.outside.browsers import FOLLOWERS, browser_of
from bot.sandbox.outside.share_pages import link_in, share_page
from tests.conftest import SteppingClock
from tests.sandbox.public_host import public_host

OPEN = build_opener(ProxyHandler({})).open
ANNA = "U00000005"


@pytest.fixture(scope="module")
def host():
    with public_host() as found:
        yield found


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Workspace(make_company(12), SteppingClock()), real_time=False) as found:
        yield found


LINK = "https://go.example.com/Ab3"
QUOTED = quote(LINK, safe="")


@pytest.mark.parametrize(
    ("address", "network", "text", "title"),
    [
        (f"https://www.linkedin.com/feed/?shareActive=true&text=Hi%0A%0A{QUOTED}", "LinkedIn", f"Hi\n\n{LINK}", ""),
        (f"https://www.linkedin.com/sharing/share-offsite/?url={QUOTED}", "LinkedIn", "", ""),
        (f"https://x.com/intent/tweet?text=Hi&url={QUOTED}", "X", "Hi", ""),
        (f"https://bsky.app/intent/compose?text=Hi%20{QUOTED}.", "Bluesky", f"Hi {LINK}.", ""),
        (f"https://www.threads.com/intent/post?text=Hi&url={QUOTED}", "Threads", "Hi", ""),
        (f"https://mastodon.social/share?text=Hi%20{QUOTED}", "Mastodon", f"Hi {LINK}", ""),
        (f"https://www.facebook.com/sharer/sharer.php?u={QUOTED}", "Facebook", "", ""),
        (f"https://wa.me/?text=Hi%20{QUOTED}", "WhatsApp", f"Hi {LINK}", ""),
        (f"https://www.reddit.com/submit?url={QUOTED}&title=A%20reef", "Reddit", "", "A reef"),
        (f"https://t.me/share/url?url={QUOTED}&text=Hi", "Telegram", "Hi", ""),
        (f"mailto:?subject=A%20reef&body=Hi%0D%0A{QUOTED}", "E-mail", f"Hi\n{LINK}", "A reef"),
    ],
)
def test_what_arrives_on_each_share_page(address, network, text, title):
    found = share_page(address)
    assert (found.network, found.text, found.title, found.link) == (network, text, title, LINK)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/share-your-story",
        "http://127.0.0.1:9/share?text=x",
        "https://linkedin.com.example.com/feed/?text=x",
        "javascript:alert(1)",
        "https://[",
    ],
)
def test_what_is_no_share_page(address):
    assert share_page(address) is None


def test_the_link_is_the_last_one_in_a_text():
    assert link_in("See https://a.example, and (https://b.example/x).") == "https://b.example/x"
    assert link_in("Nothing") == ""


@pytest.mark.parametrize("address", ["https://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/", "x"])
def test_only_this_machine_is_asked(address):
    assert not is_here(address)
    with pytest.raises(NotAsked):
        ask(address, FOLLOWERS["phone"])


def test_everybody_has_a_browser_of_their_own():
    browsers = {browser_of(person.id) for person in make_company(400).staff}
    assert len({browser.address for browser in browsers}) == 400
    assert browser_of(ANNA) == browser_of(ANNA)


def test_somebody_goes_by_redirects_to_the_share_page(sandbox, host):
    arrival = sandbox.acts.goes_to(ANNA, f"{host.url}/go/linkedin")
    assert arrival.share.text == f"Look!\n\n{host.url}/abc"
    assert arrival.share.link == f"{host.url}/abc"
    mine = browser_of(ANNA)
    assert host.heard[-2:] == [("/go/linkedin", mine.agent, mine.address), ("/hop", mine.agent, mine.address)]


def test_a_page_of_the_app_and_a_circle_are_no_share_pages(sandbox, host):
    arrival = sandbox.acts.goes_to(ANNA, f"{host.url}/go/facebook")
    assert arrival.share is None
    assert "Copy and continue" in arrival.page.body
    with pytest.raises(NotAsked):
        sandbox.acts.goes_to(ANNA, f"{host.url}/round")


def test_following_says_what_was_answered(sandbox, host):
    answered = sandbox.acts.follow(f"{host.url}/abc", "", "192.0.2.1", headers={"Sec-Purpose": "prefetch"})
    assert (answered.status, answered.location) == (302, "https://example.com/reef?utm_source=x")
    assert host.heard[-1] == ("/abc", "", "192.0.2.1")


# The page


def get(sandbox, path, **headers):
    return OPEN(Request(sandbox.url + path, headers=headers), timeout=5)


def going(sandbox, address, user=ANNA, **headers):
    return get(sandbox, f"/outside?{urlencode({'user': user, 'url': address})}", **headers)


def test_the_share_page_shows_what_came_along_and_escapes_it(sandbox):
    text = quote("<script>alert(1)</script> & https://example.com/", safe="")
    with going(sandbox, f"https://wa.me/?text={text}") as answer:
        shown = answer.read().decode()
        assert answer.url.startswith(f"{sandbox.url}/outside/")
        assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
    assert "<h1>WhatsApp</h1>" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; https://example.com/" in shown
    assert "It has no code" in shown


def test_a_page_is_shown_as_it_is_and_leads_on_here(sandbox, host):
    with going(sandbox, f"{host.url}/go/facebook") as answer:
        shown = answer.read().decode()
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "<p>Look &amp; see</p>" in shown
    assert f'href="/outside?user={ANNA}&amp;url=https%3A%2F%2Fwww.facebook.com' in shown


def test_what_is_posted_and_who_follows_is_kept(sandbox, host):
    with going(sandbox, f"{host.url}/go/linkedin") as answer:
        here = answer.url.removeprefix(sandbox.url)
    with OPEN(f"{sandbox.url}{here}/post", urlencode({"text": "My <own>"}).encode(), timeout=5) as answer:
        assert "My &lt;own&gt;" in answer.read().decode()
    for who in (*FOLLOWERS, "owner"):
        with OPEN(f"{sandbox.url}{here}/follow", f"as={who}".encode(), timeout=5) as answer:
            shown = answer.read().decode()
    assert sandbox.outside.posts[-1].text == "My <own>"
    assert [path for path, _, _ in host.heard[-6:]] == ["/abc"] * 6
    came = [(f.agent, f.address) for f in (*FOLLOWERS.values(), browser_of(ANNA))]
    assert [heard[1:] for heard in host.heard[-6:]] == came
    assert shown.count("<strong>302</strong>") == 6
    assert shown.count("noindex") == 6
    with get(sandbox, "/outside/posts") as answer:
        assert "My &lt;own&gt;" in answer.read().decode()


def test_pressed_twice_a_post_is_posted_once_and_a_second_post_is_a_second(sandbox):
    with going(sandbox, "https://wa.me/?text=Hi") as answer:
        here, shown = answer.url.removeprefix(sandbox.url), answer.read().decode()
    before = len(sandbox.outside.posts)
    for text, form in (("One", shown), ("One", shown), ("Two", "")):
        form = form or get(sandbox, here).read().decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', form))
        OPEN(f"{sandbox.url}{here}/post", urlencode({**hidden, "text": text}).encode(), timeout=5).close()
    assert [post.text for post in sandbox.outside.posts[before:]] == ["One", "Two"]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/outside?user={ANNA}&url=https%3A%2F%2Fwa.me%2F%3Ftext%3Dx", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("/outside?user=UNOBODY&url=https%3A%2F%2Fwa.me%2F", {}, 400),
        (f"/outside?user={ANNA}&url=javascript%3Aalert(1)", {}, 400),
        (f"/outside?user={ANNA}&url=http%3A%2F%2F127.0.0.1%3A9%2F", {}, 502),
        ("/outside/999999", {}, 404),
    ],
)
def test_what_leads_nowhere(sandbox, path, headers, status):
    with pytest.raises(HTTPError) as refused:
        get(sandbox, path, **headers)
    assert refused.value.code == status
    refused.value.close()
