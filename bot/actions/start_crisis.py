"""A crisis starts: from that moment no promotion goes out, and what stands in channels is greyed out."""

from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from bot.actions.desk import Desk
from bot.actions.post_story import owe_updates
from bot.actions.ready_scenarios import ready_scenario
from bot.actions.settle_audiences import LookedUp, audiences_to_start, look_up_audiences
from bot.actions.show_crisis import owe_card, owe_card_update
from bot.actions.which_crisis import know, note, who_acts
from bot.actions.who_asks import Asker, require_editor
from bot.domain.crisis import LIVE_FOR, Crisis, CrisisAudience, CrisisState, Did, audiences_of, text_of_scenario
from bot.domain.crisis_desk import NoCrisis, SomebodyElse, Started, StartSheet, StartWish
from bot.domain.crisis_scenario import Scenario
from bot.domain.setup import Setup
from bot.store import crises, stories
from bot.store import setup as setup_store
from bot.store.engine import Connection


def prepare_start(desk: Desk, asker: Asker, slug: str, now: datetime, *, is_rehearsal: bool) -> StartSheet:
    """What the second tap would do. Raises NotForYou, NoScenario."""
    require_editor(asker)
    ready = ready_scenario(desk, slug)
    settled = LookedUp() if is_rehearsal else look_up_audiences(desk, ready.scenario)

    def look(connection: Connection) -> StartSheet:
        topics = stories.topics_since(connection, now - LIVE_FOR)
        return StartSheet(
            ready=ready,
            is_rehearsal=is_rehearsal,
            queued=0 if is_rehearsal else len(stories.queued(connection)),
            live=0 if is_rehearsal else len(stories.live_of(connection, ready.scenario.topics, now, now - LIVE_FOR)),
            topics=tuple(sorted({*topics, *(ready.scenario.topics or ())})),
            unnamed=settled.unnamed,
            unknown=settled.unknown,
            groups=tuple((group.id, group.name or group.handle) for group in settled.groups),
            needs_second=setup_store.load_setup(connection).crisis_needs_two and not is_rehearsal,
        )

    return desk.store.read(look)


def start_crisis(desk: Desk, asker: Asker, wish: StartWish, now: datetime) -> Started:
    """Start it, or ask a second editor to; of two who start at once one does, and both see the same crisis.

    All in one transaction: the crisis with its texts, that promotion stands still, and the card for the comms channel.
    Slack is not asked for anything. Raises NotForYou, NoScenario.
    """
    require_editor(asker)
    scenario = ready_scenario(desk, wish.slug).scenario

    def work(connection: Connection) -> Started:
        crises.hold_promotion(connection, alone=True)
        setup = setup_store.load_setup(connection)
        before = crises.held_by(connection, is_rehearsal=wish.is_rehearsal)
        if before is not None:
            return Started(know(connection, before.id), was_there=True, is_asked=before.state is CrisisState.ASKED)
        who = who_acts(connection, desk, asker, now)
        audiences = _for_rehearsal(scenario, setup) if wish.is_rehearsal else audiences_to_start(scenario, wish.named)
        crisis_id = _add(connection, desk, scenario, wish, audiences, who, now)
        is_asked = setup.crisis_needs_two and not wish.is_rehearsal
        if is_asked:
            note(connection, crisis_id, Did.ASKED, who, now, scenario=scenario.slug)
        else:
            _begin(connection, crisis_id, who, now)
        owe_card(connection, crisis_id, now)
        return Started(know(connection, crisis_id), is_asked=is_asked)

    done = desk.store.write(work)
    desk.wake()
    return done


def confirm_start(desk: Desk, asker: Asker, crisis_id: int, now: datetime) -> Started:
    """The second editor says so too. Raises NotForYou, NoCrisis, SomebodyElse."""
    require_editor(asker)

    def work(connection: Connection) -> Started:
        crises.hold_promotion(connection, alone=True)
        crisis = crises.find(connection, crisis_id, hold=True)
        if crisis is None or crisis.state not in (CrisisState.ASKED, CrisisState.OPEN):
            raise NoCrisis
        if crisis.is_open:
            return Started(know(connection, crisis_id), was_there=True)
        who = who_acts(connection, desk, asker, now)
        if who == crisis.asked_by:
            raise SomebodyElse
        _begin(connection, crisis_id, who, now)
        owe_card_update(connection, crisis_id, now)
        return Started(know(connection, crisis_id))

    done = desk.store.write(work)
    desk.wake()
    return done


def call_off_start(desk: Desk, asker: Asker, crisis_id: int, now: datetime) -> None:
    """It is not started after all. Raises NotForYou; NoCrisis when it started, or was called off before."""
    require_editor(asker)

    def work(connection: Connection) -> None:
        crisis = crises.find(connection, crisis_id, hold=True)
        if crisis is None or crisis.state is not CrisisState.ASKED:
            raise NoCrisis
        crises.change(connection, crisis_id, state=CrisisState.CALLED_OFF, holds=None, ended_at=now)
        note(connection, crisis_id, Did.CALLED_OFF, who_acts(connection, desk, asker, now), now)
        owe_card_update(connection, crisis_id, now)

    desk.store.write(work)
    desk.wake()


def _add(
    connection: Connection,
    desk: Desk,
    scenario: Scenario,
    wish: StartWish,
    audiences: tuple[CrisisAudience, ...],
    who: str,
    now: datetime,
) -> int:
    topics = scenario.topics if wish.topics is None else wish.topics
    page = _page(connection, scenario.page, is_rehearsal=wish.is_rehearsal, now=now)
    address = f"{desk.public_url}/now/{page}" if desk.public_url else ""
    texts = [text_of_scenario(text, address) for text in scenario.texts]
    values = {
        "scenario": scenario.slug,
        "page": page,
        "is_rehearsal": wish.is_rehearsal,
        "state": CrisisState.ASKED,
        "topics": None if topics is None else list(topics),
        "next_update": scenario.next_update,
        "asked_by": who,
        "links": dict(scenario.outside),
    }
    made = crises.add(connection, values, texts, audiences, now)
    assert made is not None, "whoever starts one is alone"
    return made


def _page(connection: Connection, page: str, *, is_rehearsal: bool, now: datetime) -> str:
    """An address that no earlier one has: what was said then stays where it was said."""
    if is_rehearsal:
        return f"exercise-{token_hex(8)}"
    if not crises.has_page(connection, page):
        return page
    dated = [f"{page}-{now:%Y-%m-%d}", *(f"{page}-{now:%Y-%m-%d}-{number}" for number in range(2, 100))]
    return next(name for name in dated if not crises.has_page(connection, name))


def _begin(connection: Connection, crisis_id: int, who: str, now: datetime) -> None:
    crises.change(connection, crisis_id, state=CrisisState.OPEN, started_by=who, started_at=now)
    crisis = crises.find(connection, crisis_id)
    assert crisis is not None
    held = (0, 0) if crisis.is_rehearsal else _hold_stories(connection, crisis, now)
    note(connection, crisis_id, Did.STARTED, who, now, scenario=crisis.scenario, queued=held[0], live=held[1])


def _hold_stories(connection: Connection, crisis: Crisis, now: datetime) -> tuple[int, int]:
    """The queue and what is on its way wait; what stands in channels says so."""
    stories.lock_queue(connection)
    queued = [story.id for story in stories.queued(connection)]
    under_way = stories.under_way(connection)
    live = stories.live_of(connection, crisis.topics, now)
    stories.hold_back(connection, {*queued, *under_way, *(story.id for story in live)}, crisis.id)
    shown = [story for story in live if story.posted_at is not None and story.posted_at >= now - LIVE_FOR]
    for story in stories.find_many(connection, [story.id for story in shown]).values():
        owe_updates(connection, story, now)
    return len(queued), len(shown)


def _for_rehearsal(scenario: Scenario, setup: Setup) -> tuple[CrisisAudience, ...]:
    """The comms channel alone, under the name of the last audience, which is everyone most often."""
    channels = (setup.comms_channel,) if setup.comms_channel else ()
    return tuple(replace(one, groups=(), channels=channels, is_direct=False) for one in audiences_of(scenario)[-1:])
