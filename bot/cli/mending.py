"""What is not as it should be in a bot that runs, and what to do about it: for who runs it."""

from collections.abc import Iterator
from datetime import timedelta

from bot.actions.look_at_vitals import Vitals
from bot.domain.copies import Ghosts
from bot.domain.stuck import Wait

GHOSTS = (
    "What Slack sends down the others is lost, clicks above all. If another Passalong uses the same app token, stop "
    "it. If not, stop every copy, wait ten minutes and start again; starting again and again makes it worse."
)


def to_mend(vitals: Vitals) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do: nobody runs, ghost connections, everything that is stuck."""
    if not vitals.live:
        yield "nobody runs", "Start it: `passalong run`. What waits is taken up at once."
    yield from while_running(vitals)


def while_running(vitals: Vitals) -> Iterator[tuple[str, str]]:
    """The same, without asking whether anybody runs."""
    if vitals.ghosts is not None:
        yield in_words(vitals.ghosts), GHOSTS
    for wait in vitals.stuck:
        yield f"{_what(wait)}, stuck for {span(vitals.now - wait.since)}", _mend(wait, vitals)


def in_words(ghosts: Ghosts) -> str:
    """How many there are, and should be."""
    ours = "1 copy" if ghosts.copies == 1 else f"{ghosts.copies} copies"
    return f"ghost connections: Slack counts {ghosts.connections}, and {ours} of us {_is(ghosts.copies)} running"


def span(time: timedelta) -> str:
    """A length of time in one unit: `40 s`, `12 min`, `5 h`, `3 d`."""
    seconds = max(int(time.total_seconds()), 0)
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size or (seconds >= size and size < 86_400):
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _what(wait: Wait) -> str:
    kind, _, job = wait.what.partition(":")
    many = f"{wait.count} message{'s' * (wait.count != 1)}"
    return {
        "deliveries": many,
        "comms": f"{many} to the comms channel",
        "inbox": f"{wait.count} event{'s' * (wait.count != 1)} in the inbox",
        "job": f"the job {job}",
    }[kind]


def _mend(wait: Wait, vitals: Vitals) -> str:
    kind, _, job = wait.what.partition(":")
    if kind == "job":
        return f"The log says why, at “The job {job}”. If it says nothing, the job hangs: start the bot again."
    if kind == "inbox":
        why = _said(vitals.last_error_of_events) or "The log says why, at “The job inbox”. "
        return f"{why}Nothing is lost: what Slack sent waits here until it can be handled."
    why = _said(vitals.last_error)
    return f"{why}`passalong doctor` looks at tokens, scopes and channels. Nothing is lost: it is tried again."


def _said(error: str | None) -> str:
    return f"The last answer was: {error}. " if error else ""
