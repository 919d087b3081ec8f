"""The timetable: what comes round, how often. The truth of what is due stands in rows; this only looks in on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.actions.beat import beat
from bot.actions.change_channels import look_around
from bot.actions.deliver import deliver
from bot.actions.desk import Desk
from bot.actions.forget_old import forget_old
from bot.actions.handle_inbox import handle_inbox
from bot.actions.keep_rankings import keep_rankings
from bot.actions.look_after_crisis import look_after_crisis
from bot.actions.look_at_access import look_at_access
from bot.actions.look_at_cards import look_at_cards
from bot.actions.publish_due import publish_due
from bot.actions.ready_scenarios import keep_scenarios
from bot.actions.rebuild_reactions import look_up_next, rebuild_reactions
from bot.actions.rebuild_scores import keep_scores
from bot.actions.refresh_roles import refresh_roles
from bot.actions.refresh_teams import refresh_teams
from bot.actions.send_digest import make_digest
from bot.actions.set_clocks_right import set_clocks_right
from bot.actions.show_picture import drop_pictures
from bot.actions.tell_hooks import tell_hooks
from bot.actions.tell_senders import look_after_ideas
from bot.actions.tell_stuck import tell_stuck
from bot.actions.watch_feeds import watch_feeds
from bot.actions.write_crisis_files import write_crisis_files
from bot.domain.copies import BEAT_SECONDS
from bot.domain.fault_points import FaultPoint, reached


@dataclass(frozen=True)
class Job:
    """A job is also a command: `passalong job NAME`. `seconds` is how often it comes round.

    `run` answers how much it did, where it may have left more for another time round.
    """

    name: str
    seconds: int
    run: Callable[[Desk, datetime], int | None]
    needs_slack: bool = True

    def come_round(self, desk: Desk, clock: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False) -> int:
        """Run until there is no more to do, or all is over; each time round looks at the clock anew.

        Answers how much was done.
        """
        done = 0
        reached(FaultPoint.JOB_BEGUN, self.name)
        desk.pulse.began(self.name, clock())
        while not is_over() and not self._has_to_wait(desk) and (more := self.run(desk, clock())):
            done += more
            # A long row of work is no job that hangs.
            desk.pulse.done(self.name, clock())
        desk.pulse.done(self.name, clock())
        reached(FaultPoint.JOB_DONE, self.name)
        return done

    def _has_to_wait(self, desk: Desk) -> bool:
        """Slack does not know our token: trying over and over mends nothing, and fills the log."""
        return self.needs_slack and desk.access.is_shut


TIMETABLE = (
    Job("inbox", 1, handle_inbox),
    Job("deliver", 1, deliver),
    Job("beat", BEAT_SECONDS, beat, needs_slack=False),
    Job("watch", 60, tell_stuck, needs_slack=False),
    Job("access", 60, look_at_access, needs_slack=False),
    Job("publish", 15, publish_due),
    Job("digest", 60, make_digest),
    Job("pictures", 600, drop_pictures),
    Job("roles", 300, lambda desk, _: refresh_roles(desk)),
    Job("teams", 60, refresh_teams),
    Job("channels", 6 * 3600, look_around),
    Job("rebuild", 3600, rebuild_reactions),
    Job("clock", 15, set_clocks_right, needs_slack=False),
    Job("look_up", 15, look_up_next),
    Job("scores", 60, lambda desk, now: keep_scores(desk.store, now), needs_slack=False),
    Job("champions", 60, lambda desk, now: keep_rankings(desk.store, now), needs_slack=False),
    Job("feeds", 60, watch_feeds, needs_slack=False),
    Job("hooks", 30, tell_hooks, needs_slack=False),
    Job("cards", 60, look_at_cards, needs_slack=False),
    Job("crisis_files", 15, write_crisis_files, needs_slack=False),
    Job("ideas", 60, look_after_ideas, needs_slack=False),
    Job("crisis", 10, look_after_crisis),
    Job("scenarios", 600, keep_scenarios, needs_slack=False),
    Job("forget", 3600, forget_old, needs_slack=False),
)
