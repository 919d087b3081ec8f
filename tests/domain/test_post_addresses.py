import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.networks import post_address


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://www.linkedin.com/posts/anna-de-vries_pumps-activity-7123-AbCd", "linkedin"),
        ("https://nl.linkedin.com/posts/anna_x-1?utm_source=share", "linkedin"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:7123456789/", "linkedin"),
        ("https://www.linkedin.com/feed/update/urn:li:ugcPost:7123456789", "linkedin"),
        ("https://x.com/anna/status/1234567890", "x"),
        ("https://x.com/anna/status/1234567890/photo/1?s=20", "x"),
        ("https://mobile.twitter.com/anna/status/1234567890", "x"),
        ("https://twitter.com/i/web/status/1234567890", "x"),
        ("https://bsky.app/profile/anna.bsky.social/post/3kabc2xyz", "bluesky"),
        ("https://bsky.app/profile/did:plc:abc123/post/3kabc2xyz", "bluesky"),
        ("https://www.threads.net/@anna.dv/post/C1a_b-2", "threads"),
        ("https://www.threads.com/@anna/post/C1a", "threads"),
        ("https://mastodon.social/@anna/111222333", "mastodon"),
        ("https://toot.example.org/@anna@mastodon.nl/111222333", "mastodon"),
        ("https://mastodon.nl/users/anna/statuses/111222333", "mastodon"),
        ("https://www.facebook.com/anna.devries/posts/pfbid02abc", "facebook"),
        ("https://www.facebook.com/permalink.php?story_fbid=1&id=2", "facebook"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=2", "facebook"),
        ("https://www.facebook.com/groups/pumps/posts/123/", "facebook"),
        ("https://www.facebook.com/share/p/1AbCdEf/", "facebook"),
        ("https://www.facebook.com/photo/?fbid=10&set=a.1", "facebook"),
        ("https://www.reddit.com/r/Leeds/comments/1abcde/a_pump/", "reddit"),
        ("https://old.reddit.com/user/anna/comments/1abcde/a_pump", "reddit"),
        ("https://www.reddit.com/r/Leeds/s/AbC123", "reddit"),
        ("https://redd.it/1abcde", "reddit"),
        ("https://t.me/annaspumps/42", "telegram"),
        ("  https://x.com/anna/status/1  ", "x"),
        ("https://x.com:443/anna/status/1", "x"),
    ],
)
def test_posts_are_recognised(url: str, network: str) -> None:
    assert post_address(url) == network


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hello",
        "http://x.com/anna/status/1",
        "https://x.com/anna",
        "https://x.com/intent/tweet?text=hi",
        "https://x.com/anna/status/abc",
        "https://notx.com/anna/status/1",
        "https://x.com.example.org/anna/status/1",
        "https://x.com@example.org/@anna/1",
        "https://x.com:8443/anna/status/1",
        "https://x.com/@anna/1",
        "https://www.linkedin.com/in/anna",
        "https://www.linkedin.com/feed/",
        "https://bsky.app/profile/anna.bsky.social",
        "https://www.threads.net/@anna",
        "https://mastodon.social/@anna",
        "https://mastodon/@anna/1",
        "https://www.youtube.com/@anna/videos",
        "https://www.facebook.com/anna",
        "https://www.facebook.com/permalink.php?id=2",
        "https://www.reddit.com/r/Leeds",
        "https://t.me/share/url?url=x",
        "https://[::1/x",
        "javascript:alert(1)//x.com/a/status/1",
        "https://x.com:99999/anna/status/1",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    assert post_address(url) is None


@given(st.text(max_size=80).map("https://".__add__) | st.text(max_size=80))
def test_nothing_breaks_it(url: str) -> None:
    assert post_address(url) in {None, "mastodon"}
