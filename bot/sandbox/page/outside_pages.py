"""What is shown of the world outside, as HTML that needs no script."""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape

from bot.sandbox.outside.asking import Answered, is_here
from bot.sandbox.outside.browsers import FOLLOWERS
from bot.sandbox.outside.share_pages import SharePage
from bot.sandbox.outside.world import Arrival, Followed

TELLING = ("location", "referrer-policy", "cache-control", "x-robots-tag", "content-type", "retry-after")
"""Headers that say something about how a link is served."""
_CARD = re.compile(r'<meta property="(og:title|og:description|og:image)" content="([^"]*)"')
_CARD_OF = " {} makes a card from the page that the link leads to."
NOTE = "The world outside, as the sandbox plays it. Nothing leaves this machine, and no network hears of it."


def arrival_page(arrival: Arrival, who: str) -> str:
    """Where somebody came to."""
    share = arrival.share
    if share is None:
        return _elsewhere(arrival)
    return _page(
        f"{share.network}, where {who} shares",
        f"<h1>{escape(share.network)}</h1><p>{escape(who)} came here from Slack. This is what came along:</p>"
        f"{_arrived(share)}{_composer(arrival, share)}{_posted(arrival)}{_ways(arrival, who)}{_followed(arrival)}",
    )


def posts_page(arrivals: Sequence[Arrival], name: Callable[[str], str]) -> str:
    """Everything that was posted, the latest first."""
    rows = "".join(
        f'<li><a href="/outside/{arrival.number}">{escape(name(post.who))} on {escape(post.network)}</a>'
        f'<p class="text">{escape(post.text)}</p></li>'
        for arrival in arrivals
        for post in reversed(arrival.posts)
    )
    nothing = "<p>Nothing was posted yet. Open a story, press <i>Share it</i>, choose a network.</p>"
    return _page("Posts outside", f"<h1>Posts outside</h1>{f'<ol class=posts>{rows}</ol>' if rows else nothing}")


def trouble_page(text: str) -> str:
    """It leads nowhere."""
    return _page("Nowhere", f"<h1>Nowhere</h1><p>{escape(text)}</p>")


def _elsewhere(arrival: Arrival) -> str:
    address = escape(arrival.address)
    said = f"<p>It answered {arrival.page.status}.</p>" if arrival.page is not None else ""
    return _page(
        "Elsewhere",
        f"<h1>Elsewhere</h1>{said}<p>The button leads to this address, which is no share page:</p>"
        f'<p class="text"><a href="{address}" rel="noreferrer">{address}</a></p>',
    )


def _arrived(share: SharePage) -> str:
    rows = (
        ("Text", share.text or "None: it is in the clipboard, to be pasted below."),
        ("Link", share.link or "None."),
        ("Title", share.title),
        ("Picture", f"None.{'' if share.network == 'E-mail' else _CARD_OF.format(share.network)}"),
    )
    shown = "".join(f'<dt>{name}</dt><dd class="text">{escape(text)}</dd>' for name, text in rows if text)
    return f'<dl class="arrived">{shown}</dl>'


def _composer(arrival: Arrival, share: SharePage) -> str:
    return (
        f'<form method="post" action="/outside/{arrival.number}/post">'
        f'<input type="hidden" name="after" value="{len(arrival.posts)}"><label for="text">The post</label>'
        f'<textarea id="text" name="text" rows="6">\n{escape(share.text)}</textarea>'
        '<button class="button primary" type="submit">Post it</button></form>'
    )


def _posted(arrival: Arrival) -> str:
    posts = "".join(
        f'<li><p class="text">{escape(post.text)}</p>'
        f"{f'<p class=link>{escape(post.link)}</p>' if post.link and post.link not in post.text else ''}</li>"
        for post in arrival.posts
    )
    return (
        f'<section id="posted" tabindex="-1"><h2>Posted</h2><ol class="posts">{posts}</ol></section>' if posts else ""
    )


def _ways(arrival: Arrival, who: str) -> str:
    link = arrival.share.link if arrival.share else ""
    if not link:
        return ""
    names = {**{key: browser.name for key, browser in FOLLOWERS.items()}, "owner": who}
    buttons = "".join(
        f'<button class="button" type="submit" name="as" value="{key}">{escape(name)}</button>'
        for key, name in names.items()
    )
    plain = "" if is_here(link) else "<p>It has no code: it leads to the story's own page, and nobody is counted.</p>"
    return (
        f'<section><h2 id="ways">Follow the link as…</h2>{plain}'
        f'<form method="post" action="/outside/{arrival.number}/follow" class="ways" role="group" '
        f'aria-labelledby="ways">{buttons}</form></section>'
    )


def _followed(arrival: Arrival) -> str:
    every = list(enumerate(arrival.followed, 1))
    rows = "".join(_row(number, followed) for number, followed in reversed(every))
    return f'<section><h2>Who followed it</h2><ol class="followed" reversed>{rows}</ol></section>' if rows else ""


def _row(number: int, followed: Followed) -> str:
    browser = followed.browser
    came = f"{browser.address} · {browser.agent}"
    return (
        f'<li id="followed-{number}" tabindex="-1"><h3>{escape(browser.name)}</h3>'
        f'<p class="came">{escape(came)}</p>{_answer(followed)}</li>'
    )


def _answer(followed: Followed) -> str:
    answered = followed.answered
    if answered is None:
        return f"<p>Not asked: {escape(followed.why)}.</p>"
    told = [(name, answered.headers[name]) for name in TELLING if name in answered.headers]
    rows = "".join(f'<dt>{name}</dt><dd class="text">{escape(value)}</dd>' for name, value in told)
    leads = "It is sent on." if answered.location else _shows(answered)
    return f"<p><strong>{answered.status}</strong> {leads}</p><dl>{rows}</dl>"


def _shows(answered: Answered) -> str:
    """What stands on a page that is shown instead: its title, or the card that it is."""
    card = {name: unescape(value) for name, value in _CARD.findall(answered.body)}
    if card:
        return f"It is shown a card: {escape(' · '.join(card.values()))}"
    title = re.search(r"<title>(.*?)</title>", answered.body, re.DOTALL)
    return f"It is shown a page: {escape(unescape(title[1]))}" if title else "Nothing is shown."


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(title)}</title>'
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/static/page.css"><link rel="stylesheet" href="/static/blocks.css">'
        '<link rel="stylesheet" href="/static/outside.css"><script type="module" src="/static/outside.js"></script>'
        f'</head><body class="outside"><header><p>{NOTE}</p><nav aria-label="Outside">'
        f'<a class="link" href="/outside/posts">All posts</a></nav></header><main>{body}</main></body></html>'
    )
