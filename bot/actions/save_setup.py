"""An admin saves a step of the set-up. Nothing of another admin is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.actions.change_channels import introduce_all, introduce_to_comms
from bot.actions.desk import Desk
from bot.actions.look_at_setup import suggested
from bot.actions.show_question import owe_cards
from bot.actions.who_asks import Asker, remember
from bot.domain.setup import AdminsOnly, Channel, Setup, SetupEditedMeanwhile, Step, mark_of, mark_of_channels
from bot.store import editor_steps, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


@dataclass(frozen=True)
class StepSaved:
    """What is set now. `left_over`: stories in the queue that still go to channels that get no more of them."""

    setup: Setup
    left_over: int = 0


def may_set_up(asker: Asker) -> None:
    """Raises AdminsOnly for everybody else."""
    if not asker.is_admin:
        raise AdminsOnly


def save_setup(desk: Desk, asker: Asker, step: Step, mark: str, changes: Mapping[str, Any], now: datetime) -> StepSaved:
    """Save what one step sets: `changes` are fields of Setup, `mark` is what `mark_of` said when it was shown.

    Stories already queued keep their time; what a share reaction counted stays counted.

    Raises:
        AdminsOnly, SetupEditedMeanwhile.
    """
    may_set_up(asker)

    def work(connection: Connection) -> StepSaved:
        before = suggested(desk, asker, setup_store.load_setup(connection))
        if mark_of(before, step) != mark:
            raise SetupEditedMeanwhile
        after = _kept(connection, desk, asker, step, before, replace(before, **changes), now)
        if step is Step.COMMS and after.comms_channel is not None:
            setup_store.drop_channel(connection, after.comms_channel)
            introduce_to_comms(connection, after, now)
            owe_cards(connection, after, now)
        # Not with the very first step: when stories come is asked in the second, and belongs in the introduction.
        introduce_all(connection, before, now)
        return StepSaved(after)

    return _done(desk, work)


def save_channels(
    desk: Desk, asker: Asker, mark: str, wanted: Mapping[str, Channel | None], now: datetime
) -> StepSaved:
    """Save which channels get stories, in which language: None for those that get none. Others are left alone.

    Raises:
        AdminsOnly, SetupEditedMeanwhile.
    """
    may_set_up(asker)

    def work(connection: Connection) -> StepSaved:
        known = setup_store.list_channels(connection)
        if mark_of_channels(known, wanted) != mark:
            raise SetupEditedMeanwhile
        for channel in wanted.values():
            if channel is not None and channel not in known:
                setup_store.put_channel(connection, channel, now)
        without = {channel for channel, chosen in wanted.items() if chosen is None}
        for channel_id in without:
            setup_store.drop_channel(connection, channel_id)
        before = suggested(desk, asker, setup_store.load_setup(connection))
        others = set(before.without_stories) - set(wanted)
        changed = replace(before, without_stories=tuple(sorted(others | without)))
        moved = any(channel is not None and channel not in known for channel in wanted.values())
        after = _kept(connection, desk, asker, Step.CHANNELS, before, changed, now, moved=moved)
        introduce_all(connection, before, now)
        left_over = sum(1 for story in stories.queued(connection) if without.intersection(story.channels))
        return StepSaved(after, left_over)

    return _done(desk, work)


def _kept(
    connection: Connection,
    desk: Desk,
    asker: Asker,
    step: Step,
    before: Setup,
    after: Setup,
    now: datetime,
    *,
    moved: bool = False,
) -> Setup:
    """Save the setup with a line in the log of editors' steps; nothing at all where nothing changed."""
    if after == before and before.version and not moved:
        return before
    if not setup_store.save_setup(connection, after, now):
        raise SetupEditedMeanwhile
    person = remember(connection, desk, asker.profile, now)
    editor_steps.note(connection, person.key if person else None, "setup", now, part=step.value)
    return replace(after, version=before.version + 1)


def _done(desk: Desk, work: Any) -> StepSaved:
    saved: StepSaved = desk.store.write(work)
    desk.wake()
    return saved
