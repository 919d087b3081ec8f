"""How long Slack asks to wait."""

MOST_PATIENCE = 600.0
"""Seconds after which Slack is asked again, however long it said to wait: to ask costs nothing."""


def seconds_to_wait(said: object) -> float:
    """What a Retry-After says, in seconds; half a minute when it says that in a way of its own.

    Never nothing, as who asks again at once would go on without end; never much longer than Slack really asks for.
    """
    text = str(said or "").strip()
    return min(max(float(text), 1.0), MOST_PATIENCE) if text.isascii() and text.isdigit() else 30.0
