"""How many messages a workspace takes from an app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostLimits:
    """`chat.postMessage` as Slack's documents have it: `a_minute` in the whole workspace, one a second in a channel.

    "Posting: 1 message/s/channel however sent (short bursts ok, no guarantee of display) plus a workspace-wide cap",
    which Slack's Java SDK describes as "several hundred per minute"; "DMs are separate channels, so a DM digest is
    bound by the workspace cap" (`D:apis/web-api/rate-limits`, JAVA `MethodsRateLimitTier.java`). Slack tells neither
    number, so `a_minute` of them in any sixty seconds, and a `burst` of so many at once in a channel, are ours.
    """

    a_minute: int = 300
    burst: int = 4
