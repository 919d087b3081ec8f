"""What the public looks with, and the programs that look at every link."""

from bot.sandbox.outside.browsers import ANDROID, IPHONE, LINKEDIN_BOT, LINUX, MAC, SLACK_BOT, WINDOWS

_IPHONE_APP = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
)
_ANDROID_VIEW = (
    "Mozilla/5.0 (Linux; Android 14; SM-S911B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
EVERYWHERE = (IPHONE, ANDROID, ANDROID, WINDOWS, WINDOWS, MAC, LINUX)
IN_APP = {
    "LinkedIn": (f"{_IPHONE_APP} [LinkedInApp]/9.29.5532", f"{_ANDROID_VIEW} [LinkedInApp]/4.1.942"),
    "Facebook": (f"{_IPHONE_APP} [FBAN/FBIOS;FBAV/466.0.0.40.106;FBDV/iPhone15,2]",),
    "Threads": (f"{_IPHONE_APP} Barcelona 340.0.0.27.109 (iPhone15,2; iOS 17_5; nl_NL)",),
    "X": (f"{_IPHONE_APP} Twitter for iPhone/10.44",),
}
"""Most who press a link in an app see it in the app's own browser."""
CRAWLERS = {
    "LinkedIn": LINKEDIN_BOT,
    "X": "Twitterbot/1.0",
    "Bluesky": "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Threads": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp": "WhatsApp/2.24.11.79 A",
    "Telegram": "TelegramBot (like TwitterBot)",
    "Reddit": "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
}
"""What makes the card beside a post."""
PREFETCH = (("Sec-Purpose", "prefetch"),)
ROBOTS = (
    (SLACK_BOT, "GET", ()),
    ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "GET", ()),
    ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "GET", ()),
    ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "GET", ()),
    ("Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)", "GET", ()),
    ("python-requests/2.32.3", "GET", ()),
    ("curl/8.8.0", "GET", ()),
    ("", "GET", ()),
    (WINDOWS, "HEAD", ()),
    (IPHONE, "GET", PREFETCH),
)
"""Agent, method and headers: programs that say what they are, one that does not, a link checker, a reading ahead."""
