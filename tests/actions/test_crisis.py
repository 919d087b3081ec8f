"""A crisis from its start to its end, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.cancel_story import cancel_story
from bot.actions.crisis_pages import published_pages
from bot.actions.delete_me import delete_me
from bot.actions.deliver import deliver
from bot.actions.end_crisis import end_crisis, say_lessons
from bot.actions.forget_old import forget_old
from bot.actions.look_after_crisis import look_after_crisis
from bot.actions.look_at_crisis import crisis_log, look_at_crisis
from bot.actions.open_share import look_at_story
from bot.actions.post_now import post_now
from bot.actions.publish_due import publish_due
from bot.actions.put_back import look_at_held, put_back
from bot.actions.read_crisis import mark_read
from bot.actions.ready_scenarios import keep_scenarios, ready_scenarios
from bot.actions.remind_crisis import remind_crisis
from bot.actions.start_crisis import call_off_start, confirm_start, prepare_start
from bot.actions.tell_crisis import publish_page, tell_crisis
from bot.actions.tick_crisis import tick_crisis
from bot.actions.update_crisis import update_crisis
from bot.domain.crisis import CrisisState
from bot.domain.crisis_desk import (
    ChangedMeanwhile,
    CrisisOn,
    NobodyToTell,
    NoCrisis,
    NotFilledIn,
    NotToldYet,
    OnHold,
    RemindedBefore,
    SomebodyElse,
    ToldAlready,
    UpdateWish,
)
from bot.domain.crisis_scenario import Written
from bot.domain.messages import CrisisCard, CrisisMessage, CrisisReminder, Posted, StoryMessage, StoryOnHold
from bot.domain.problems import AnsweredBadly, Cause, NotForYou, OutcomeUnknown, Refused, StoryExpired, TryLater
from bot.domain.stories import StoryState
from bot.store import crises, keys
from bot.store import setup as setup_store
from tests.actions.crisis_room import COMMS, DUTCH, GENERAL, LEAK, MINUTE, NOW, Room, asker

HOUR = timedelta(hours=1)
NEWS = UpdateWish({"en": "Closed.", "nl": "Dicht."}, {"en": ("It is closed.",)}, {}, {}, 30)


@pytest.fixture
def room(store):
    return Room(store)


# --- it starts


def test_from_its_start_nothing_goes_out(room):
    late, soon = room.story("soon", NOW + MINUTE), room.story("later", NOW + 2 * MINUTE)
    started = room.start()
    assert started.known.crisis.is_open
    assert publish_due(room.desk, NOW + HOUR) == 0
    with pytest.raises(CrisisOn):
        post_now(room.desk, room.editor, soon, NOW + HOUR)
    assert {room.find_story(story).held_by for story in (late, soon)} == {started.known.crisis.id}
    room.run(NOW + HOUR)
    assert [type(message) for _, message in room.slack.posted] == [CrisisCard]


def test_what_stands_is_greyed_out_with_why_and_cannot_be_shared(room):
    story = room.story("reef", NOW - MINUTE, "sea")
    publish_due(room.desk, NOW - MINUTE)
    room.run(NOW - MINUTE)
    room.start()
    room.run(NOW)
    assert isinstance(room.slack.updated[-1][1] if room.slack.updated else None, StoryOnHold | CrisisCard)
    assert any(isinstance(message, StoryOnHold) for _, message in room.slack.updated)
    with pytest.raises(OnHold):
        look_at_story(room.desk, story, NOW)


def test_stories_of_other_topics_stay_as_they_are(room):
    story = room.story("reef", NOW - MINUTE, "sea")
    publish_due(room.desk, NOW - MINUTE)
    room.run(NOW - MINUTE)
    room.start(topics=("land",))
    room.run(NOW)
    assert room.find_story(story).held_by is None
    assert not any(isinstance(message, StoryOnHold) for _, message in room.slack.updated)
    with pytest.raises(OnHold):
        look_at_story(room.desk, story, NOW)
    end_crisis(room.desk, room.editor, 1, {}, NOW + HOUR)
    assert look_at_story(room.desk, story, NOW + HOUR)


def test_a_story_that_is_on_its_way_stays_here(room):
    story = room.story("reef", NOW - MINUTE)
    publish_due(room.desk, NOW - MINUTE)
    room.start()
    room.run(NOW)
    assert not [message for _, message in room.slack.posted if isinstance(message, StoryMessage)]
    assert room.find_story(story).state is StoryState.POSTED
    assert room.find_story(story).held_by


def test_what_slips_out_is_taken_back_and_said(room):
    room.story("reef", NOW - MINUTE)
    publish_due(room.desk, NOW - MINUTE)
    room.slack.before_post = room.start
    room.run(NOW)
    assert [type(message) for _, message in room.slack.posted].count(StoryMessage) == 1
    assert [type(message) for where, message in room.slack.updated if where.channel == GENERAL][-1] is StoryOnHold
    assert "slipped" in room.steps(1)


def test_of_two_who_start_at_once_one_does_and_both_see_it(room):
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(room.start, (room.editor, room.other)))
    assert sorted(one.was_there for one in found) == [False, True]
    assert {one.known.crisis.id for one in found} == {1}
    assert room.steps(1) == ["started"]


def test_a_second_editor_where_the_company_wants_one(room):
    room.set_up(crisis_needs_two=True)
    story = room.story("reef", NOW + MINUTE)
    started = room.start()
    assert started.is_asked
    assert room.find_story(story).held_by is None
    assert publish_due(room.desk, NOW + MINUTE) == 1
    with pytest.raises(SomebodyElse):
        confirm_start(room.desk, room.editor, 1, NOW)
    assert confirm_start(room.desk, room.other, 1, NOW).known.crisis.is_open
    assert confirm_start(room.desk, room.editor, 1, NOW).was_there


def test_called_off_before_it_started(room):
    room.set_up(crisis_needs_two=True)
    room.start()
    call_off_start(room.desk, room.editor, 1, NOW)
    with pytest.raises(NoCrisis):
        confirm_start(room.desk, room.other, 1, NOW)
    room.set_up(crisis_needs_two=False)
    assert room.start().known.crisis.id == 2


def test_others_may_do_nothing(room):
    known = room.start().known
    calls = [
        lambda who: room.start(who),
        lambda who: look_at_crisis(room.desk, who, NOW),
        lambda who: prepare_start(room.desk, who, LEAK, NOW, is_rehearsal=False),
        lambda who: tell_crisis(room.desk, who, known.crisis.id, NOW, publish=False),
        lambda who: update_crisis(room.desk, who, known.crisis.id, NEWS, "w", NOW),
        lambda who: end_crisis(room.desk, who, known.crisis.id, {}, NOW),
        lambda who: remind_crisis(room.desk, who, known.crisis.id, "everyone", NOW),
        lambda who: tick_crisis(room.desk, who, known.crisis.id, frozenset(), frozenset(), NOW),
        lambda who: crisis_log(room.desk, who, None, NOW),
        lambda who: look_at_held(room.desk, who),
    ]
    for call in calls:
        with pytest.raises(NotForYou):
            call(room.colleague)


def test_the_sheet_says_what_would_stop(room):
    room.story("queued", NOW + HOUR)
    sheet = prepare_start(room.desk, room.editor, LEAK, NOW, is_rehearsal=False)
    assert (sheet.queued, sheet.live, sheet.unnamed) == (1, 0, ("front-line",))
    assert sheet.groups == (("S0000DESK", "Service desk"),)


def test_a_rehearsal_stops_nothing_and_stays_in_the_comms_channel(room):
    room.story("reef", NOW + MINUTE)
    known = room.told(is_rehearsal=True, publish=True)
    room.run(NOW)
    assert publish_due(room.desk, NOW + MINUTE) == 1
    assert {target for target, _ in room.slack.posted} == {COMMS}
    page = published_pages(room.desk.store, NOW)[0]
    assert page.is_rehearsal
    assert not page.is_current
    assert page.page.startswith("exercise-")
    assert room.start().known.crisis.id != known.crisis.id


# --- scenario files


def test_a_broken_file_leaves_the_last_good_version(room):
    keep_scenarios(room.desk, NOW)
    good = {one.scenario.slug: one for one in ready_scenarios(room.desk)}
    assert all(one.kept_at is None for one in good.values())
    files = room.desk.scenarios()
    torn = replace(files.scenarios[0], texts=files.scenarios[0].texts[:1], is_whole=False)
    room.desk = replace(room.desk, scenarios=lambda: Written((torn,), files.slugs[:2]))
    found = ready_scenarios(room.desk)
    assert [one.kept_at for one in found] == [NOW, NOW]
    assert found[0].scenario == files.scenarios[0]
    assert len(found) == 2


def test_a_file_with_slips_that_was_never_whole_is_better_than_none(room):
    files = room.desk.scenarios()
    torn = replace(files.scenarios[0], is_whole=False)
    room.desk = replace(room.desk, scenarios=lambda: Written((torn,), (torn.slug,)))
    assert [one.scenario for one in ready_scenarios(room.desk)] == [torn]


# --- it is told


def test_nobody_is_told_before_all_is_filled_in(room):
    known = room.start().known
    assert known.texts[0].places
    with pytest.raises(NotFilledIn):
        tell_crisis(room.desk, room.admin, known.crisis.id, NOW, publish=False)
    known = room.fill(known)
    assert not any(text.places for text in known.texts)
    assert "this & that" in known.texts[0].text.statement
    assert [line.split(":")[0] for line in known.texts[0].contact] == ["Customers", "Journalists"]


def test_an_audience_without_anybody_hears_it_with_everyone(room):
    known = room.fill(room.start(named={}).known)
    assert [one.key for one in known.audiences] == ["everyone"]
    tell_crisis(room.desk, room.admin, known.crisis.id, NOW, publish=False)
    room.run(NOW)
    assert {target for target, _ in room.slack.posted} == {GENERAL, DUTCH, COMMS}


def test_nobody_at_all_to_tell(room):
    files = room.desk.scenarios().scenarios
    alone = replace(files[0], audiences=files[0].audiences[:1])
    room.desk = replace(room.desk, scenarios=lambda: Written((alone,), (alone.slug,)))
    known = room.start(slug=alone.slug, named={}).known
    assert [one.key for one in known.audiences] == ["everyone"]
    for channel in (GENERAL, DUTCH):
        room.desk.store.write(lambda c, channel=channel: setup_store.drop_channel(c, channel))
    known = room.fill(known)
    with pytest.raises(NobodyToTell):
        tell_crisis(room.desk, room.admin, known.crisis.id, NOW, publish=False)
    assert room.know(known.crisis.id).crisis.told_at is None


def test_channels_first_then_people_each_once(room):
    room.told()
    room.run(NOW)
    told = [target for target, message in room.slack.posted if isinstance(message, CrisisMessage)]
    assert set(told[:2]) == {GENERAL, DUTCH}
    assert sorted(told[2:]) == ["UANNA", "UBEN", "UCATO"]
    languages = {target: message.language for target, message in room.slack.posted if target != COMMS}
    assert languages == {GENERAL: "en", DUTCH: "nl", "UANNA": "en", "UBEN": "nl", "UCATO": "en"}
    assert {where.channel for where in room.slack.pinned} == {GENERAL, DUTCH}
    known = room.know(1)
    assert [(one.key, one.owed, one.told) for one in known.audiences] == [("front-line", 3, 3), ("everyone", 0, 5)]
    assert all(post.is_pinned for post in known.posts)
    assert room.slack.said_to("UANNA")[0].stands
    assert [did for did in room.steps(1) if did.startswith("told_")] == ["told_channels", "told_people"]


def test_of_people_who_are_told_no_id_stays(room, store):
    room.told()
    room.run(NOW)
    room.run(NOW + HOUR)
    assert [one.target for one in room.owed() if one.target.startswith("U")] == []


def test_a_lost_answer_is_looked_up_in_the_direct_message(room):
    room.told()
    room.send(NOW)
    _gathered(room)

    def lose(target, message, delivery_id, thread=None):
        room.slack.found[delivery_id] = Posted("D1", "9.9")
        room.slack.posted.append((target, message))
        raise OutcomeUnknown("cut")

    room.slack.post = lose
    room.send(NOW, most=1)
    del room.slack.post
    room.run(NOW + HOUR)
    told = [target for target, message in room.slack.posted if isinstance(message, CrisisMessage)]
    assert len(told) == len(set(told)) == 5


def _gathered(room):
    return look_after_crisis(room.desk, NOW)


def test_people_go_at_a_pace_and_others_do_not_wait_for_it(room):
    room.told()
    room.send(NOW)
    _gathered(room)
    assert room.desk.pacing.may_send(NOW)
    while deliver(room.desk, NOW):
        continue
    people = [target for target, _ in room.slack.posted if target.startswith("U")]
    assert len(people) == 1, "one a second to begin with"


def test_somebody_slack_does_not_reach_is_counted_and_not_named(room):
    room.told()
    room.send(NOW)
    _gathered(room)
    room.slack.problems = [Refused("user_disabled", Cause.PERSON_GONE)]
    room.run(NOW)
    front = room.know(1).audiences[0]
    assert (front.told, front.unreachable) == (2, 1)
    assert not any("UANNA" in str(step.detail) for step in _log(room).steps)


def _log(room):
    return crisis_log(room.desk, room.editor, None, NOW)


def test_a_channel_that_takes_nothing_stands_in_the_log(room):
    known = room.told()
    room.send(NOW, most=1)
    room.slack.problems = [Refused("channel_not_found", Cause.GONE)]
    room.run(NOW)
    assert "not_told" in room.steps(known.crisis.id)
    steps = {step.did.value: step.detail for step in _log(room).steps}
    assert (steps["told_channels"]["count"], steps["told_channels"]["of"]) == (1, 2)
    refused = steps["not_told"]["channel"]
    card = [message for where, message in room.slack.updated if where.channel == COMMS][-1]
    assert card.not_told == (refused,)


def test_an_editor_needs_another_to_tell_everyone(room):
    known = room.fill(room.start().known)
    asked = tell_crisis(room.desk, room.editor, 1, NOW, publish=True)
    assert asked.crisis.told_at is None
    assert asked.crisis.tell_asked_by
    with pytest.raises(SomebodyElse):
        tell_crisis(room.desk, room.editor, known.crisis.id, NOW, publish=True)
    told = tell_crisis(room.desk, room.other, known.crisis.id, NOW, publish=True)
    assert told.crisis.told_at == NOW
    with pytest.raises(ToldAlready):
        tell_crisis(room.desk, room.other, known.crisis.id, NOW, publish=True)


# --- what is new


def test_an_update_changes_what_stands_once_a_window(room):
    room.told(publish=True)
    room.run(NOW)
    for _ in range(2):
        update_crisis(room.desk, room.other, 1, NEWS, "window", NOW + MINUTE)
    room.run(NOW + MINUTE)
    known = room.know(1)
    assert [one.texts["nl"] for one in known.updates] == ["Dicht."]
    assert known.text("en").text.known == ("It is closed.",)
    assert known.crisis.next_update_at == NOW + 31 * MINUTE
    changed = {where.channel for where, message in room.slack.updated if isinstance(message, CrisisMessage)}
    assert changed == {GENERAL, DUTCH}
    page = published_pages(room.desk.store, NOW)[0]
    assert page.is_current
    assert page.text("nl").updates[0].text == "Dicht."


def test_an_update_before_anybody_was_told(room):
    room.start()
    with pytest.raises(NotToldYet):
        update_crisis(room.desk, room.editor, 1, NEWS, "window", NOW)
    with pytest.raises(NotToldYet):
        publish_page(room.desk, room.editor, 1, NOW)


def test_the_page_is_dark_until_it_is_published(room):
    room.told()
    assert published_pages(room.desk.store, NOW) == ()
    publish_page(room.desk, room.editor, 1, NOW + MINUTE)
    assert [page.page for page in published_pages(room.desk.store, NOW)] == ["data"]


def test_the_second_crisis_of_a_scenario_has_a_page_of_its_own(room):
    room.told(publish=True)
    end_crisis(room.desk, room.editor, 1, {}, NOW)
    room.told(now=NOW + timedelta(days=1), publish=True)
    assert [page.page for page in published_pages(room.desk.store, NOW)] == ["data-2026-03-03", "data"]


# --- who read it


def test_who_read_it_is_counted_once_and_not_known(room):
    room.told()
    room.run(NOW)
    for _ in range(2):
        mark_read(room.desk, room.colleague, 1, "everyone", NOW + 10 * MINUTE)
    mark_read(room.desk, asker("UANNA", is_editor=False), 1, "front-line", NOW + 20 * MINUTE)
    reach = {one.audience.key: one for one in crisis_log(room.desk, room.editor, 1, NOW + HOUR).reach}
    assert (reach["everyone"].told, reach["everyone"].read) == (5, 1)
    assert reach["everyone"].median == 10 * MINUTE
    assert reach["front-line"].read_by == ((5, 0), (15, 0), (30, 1), (60, 1))
    marks = room.desk.store.read(lambda c: crises.has_read(c, 1))
    assert not any("UANNA" in mark for mark in marks)


def test_those_who_have_not_read_it_are_reminded_once(room):
    room.told()
    room.run(NOW)
    mark_read(room.desk, asker("UANNA", is_editor=False), 1, "front-line", NOW + MINUTE)
    room.desk.store.write(lambda c: keys.remember_forgotten(c, "UBEN", NOW))
    remind_crisis(room.desk, room.editor, 1, "front-line", NOW + HOUR)
    with pytest.raises(RemindedBefore):
        remind_crisis(room.desk, room.other, 1, "front-line", NOW + HOUR)
    room.run(NOW + HOUR)
    reminded = [target for target, message in room.slack.posted if isinstance(message, CrisisReminder)]
    assert reminded == ["UCATO"]
    assert room.know(1).audiences[0].reminded == 1


def test_who_is_in_two_audiences_is_reminded_once(room):
    room.told()
    room.run(NOW)
    for audience in ("front-line", "everyone"):
        remind_crisis(room.desk, room.editor, 1, audience, NOW + HOUR)
    room.run(NOW + HOUR)
    reminded = [target for target, message in room.slack.posted if isinstance(message, CrisisReminder)]
    assert sorted(reminded) == sorted(set(reminded))
    assert len(reminded) == 5
    assert [one.reminded for one in room.know(1).audiences] == [3, 2]


def test_one_after_another_it_is_still_one_reminder(room):
    room.told()
    room.run(NOW)
    for minutes, audience in enumerate(("front-line", "everyone")):
        remind_crisis(room.desk, room.editor, 1, audience, NOW + HOUR + minutes * MINUTE)
        room.run(NOW + HOUR + minutes * MINUTE)
    reminded = [target for target, message in room.slack.posted if isinstance(message, CrisisReminder)]
    assert sorted(reminded) == ["UANNA", "UBEN", "UCATO", "UDAAN", "UEVA"]


def test_whoever_had_themself_deleted_meanwhile_is_not_reminded(room):
    room.told()
    room.run(NOW)
    remind_crisis(room.desk, room.editor, 1, "front-line", NOW + HOUR)
    _gathered(room)
    delete_me(room.desk, "UBEN", NOW + HOUR)
    room.run(NOW + HOUR)
    assert not any(isinstance(message, CrisisReminder) for message in room.slack.said_to("UBEN"))


def test_slack_had_enough_in_the_middle_of_asking_who_there_is(room):
    room.told()
    room.send(NOW)
    asked = []

    def members(place):
        asked.append(place)
        if len(asked) == 2:
            raise TryLater(30.0, "ratelimited")
        return room.slack.staff

    room.slack.members = members
    with pytest.raises(TryLater):
        room.run(NOW)
    room.run(NOW + MINUTE)
    assert len(asked) == 3, "what was read before is not asked again"
    assert room.know(1).audiences[1].told == 5


def test_an_answer_turned_away_at_the_door_is_looked_up_too(room):
    room.told()
    room.send(NOW)
    _gathered(room)

    def lose(target, message, delivery_id, thread=None):
        room.slack.found[delivery_id] = Posted("D1", "9.9")
        room.slack.posted.append((target, message))
        raise AnsweredBadly("503")

    room.slack.post = lose
    room.send(NOW, most=1)
    del room.slack.post
    room.run(NOW + HOUR)
    told = [target for target, message in room.slack.posted if isinstance(message, CrisisMessage)]
    assert len(told) == len(set(told)) == 5


def test_slack_is_away_when_it_starts(room):
    def away():
        raise TryLater(30.0, "away")

    files = room.desk.scenarios().scenarios
    leak = next(one for one in files if one.slug == LEAK)
    first = replace(leak.audiences[0], groups=("service-desk",))
    named = replace(leak, audiences=(first, *leak.audiences[1:]))
    room.desk = replace(room.desk, scenarios=lambda: Written((named,), (LEAK,)))
    story = room.story("reef", NOW + MINUTE)
    room.slack.user_groups, groups = away, room.slack.user_groups
    assert prepare_start(room.desk, room.editor, LEAK, NOW, is_rehearsal=False).groups == ()
    known = room.fill(room.start(named={}).known)
    assert room.find_story(story).held_by == known.crisis.id
    with pytest.raises(TryLater):
        tell_crisis(room.desk, room.admin, 1, NOW, publish=False)
    room.slack.user_groups = groups
    tell_crisis(room.desk, room.admin, 1, NOW, publish=False)
    room.run(NOW)
    assert room.know(1).audiences[0].told == 3


def test_what_was_looked_at_is_what_is_told(room):
    known = room.fill(room.start().known)
    seen = known.crisis.changed_at
    room.fill(known, NOW + MINUTE)
    with pytest.raises(ChangedMeanwhile):
        tell_crisis(room.desk, room.admin, 1, NOW + MINUTE, publish=False, seen=seen)
    seen = room.know(1).crisis.changed_at
    assert tell_crisis(room.desk, room.admin, 1, NOW + MINUTE, publish=False, seen=seen).crisis.told_at


def test_a_card_where_comms_is_now(room):
    room.set_up(comms_channel=None)
    room.start()
    room.run(NOW)
    assert room.slack.said_to(COMMS) == []
    room.set_up(comms_channel=COMMS)
    room.run(NOW + MINUTE)
    assert [type(message) for message in room.slack.said_to(COMMS)] == [CrisisCard]
    room.set_up(comms_channel="C0000OTHER")
    room.run(NOW + 2 * MINUTE)
    assert [type(message) for message in room.slack.said_to("C0000OTHER")] == [CrisisCard]


def test_whoever_reads_it_meanwhile_is_not_reminded(room):
    room.told()
    room.run(NOW)
    remind_crisis(room.desk, room.editor, 1, "front-line", NOW + HOUR)
    _gathered(room)
    mark_read(room.desk, asker("UCATO", is_editor=False), 1, "front-line", NOW + HOUR)
    room.run(NOW + HOUR)
    reminded = {target for target, message in room.slack.posted if isinstance(message, CrisisReminder)}
    assert reminded == {"UANNA", "UBEN"}


def test_marks_go_with_the_person_and_thirty_days_after_the_end(room):
    room.told()
    room.run(NOW)
    for user in ("UANNA", "UBEN"):
        mark_read(room.desk, asker(user, is_editor=False), 1, "front-line", NOW + MINUTE)
    delete_me(room.desk, "UANNA", NOW + MINUTE)
    assert len(room.desk.store.read(lambda c: crises.has_read(c, 1))) == 1
    end_crisis(room.desk, room.editor, 1, {}, NOW + HOUR)
    forget_old(room.desk, NOW + timedelta(days=29))
    assert len(room.desk.store.read(lambda c: crises.has_read(c, 1))) == 1
    forget_old(room.desk, NOW + timedelta(days=31))
    assert not room.desk.store.read(lambda c: crises.has_read(c, 1))
    forget_old(room.desk, NOW + timedelta(days=740))
    assert room.desk.store.read(lambda c: crises.know(c, 1)) is None


# --- it ends


def test_stories_come_back_one_by_one_and_never_by_themselves(room):
    live = room.story("live", NOW - MINUTE)
    publish_due(room.desk, NOW - MINUTE)
    room.run(NOW - MINUTE)
    queued = [room.story(f"queued {number}", NOW + number * MINUTE) for number in (1, 2)]
    room.told()
    with pytest.raises(CrisisOn):
        put_back(room.desk, room.editor, queued[0], NOW + HOUR)
    during = room.story("during", NOW + 2 * HOUR)
    end_crisis(room.desk, room.editor, 1, {"en": "It is over."}, NOW + HOUR)
    room.run(NOW + HOUR)
    assert publish_due(room.desk, NOW + 3 * HOUR) == 0
    review = look_at_held(room.desk, room.editor)
    assert review.is_over
    assert [one.story.id for one in review.held] == [*queued, during, live]
    for _ in range(2):
        back = put_back(room.desk, room.editor, queued[0], NOW + 3 * HOUR)
    assert back.due_at > NOW + 3 * HOUR
    assert publish_due(room.desk, back.due_at) == 1
    put_back(room.desk, room.editor, live, NOW + 3 * HOUR)
    room.run(NOW + 3 * HOUR)
    assert look_at_story(room.desk, live, NOW + 3 * HOUR)
    assert isinstance(
        [message for where, message in room.slack.updated if where.channel == GENERAL][-1], StoryMessage | CrisisMessage
    )
    assert [one.story.id for one in look_at_held(room.desk, room.editor).held] == [queued[1], during]


def test_a_story_whose_time_is_over_does_not_come_back(room):
    story = room.story("old", NOW + MINUTE, best_before=NOW + HOUR)
    room.start()
    end_crisis(room.desk, room.editor, 1, {}, NOW + 2 * HOUR)
    with pytest.raises(StoryExpired):
        put_back(room.desk, room.editor, story, NOW + 2 * HOUR)
    cancel_story(room.desk, room.editor, story, NOW + 2 * HOUR)
    assert room.steps(1)[-1] == "dropped"
    assert look_at_held(room.desk, room.editor).held == ()


def test_a_story_that_stands_past_its_time_comes_back_as_it_is(room):
    story = room.story("old", NOW - MINUTE, best_before=NOW + HOUR)
    publish_due(room.desk, NOW - MINUTE)
    room.run(NOW - MINUTE)
    room.start()
    end_crisis(room.desk, room.editor, 1, {}, NOW + 2 * HOUR)
    put_back(room.desk, room.editor, story, NOW + 2 * HOUR)
    assert look_at_held(room.desk, room.editor).held == ()


def test_the_page_takes_an_admin_or_two_editors(room):
    room.told()
    with pytest.raises(SomebodyElse):
        publish_page(room.desk, replace(room.admin, is_admin=False), 1, NOW)
    assert publish_page(room.desk, room.editor, 1, NOW).crisis.is_published


def test_the_end_is_said_and_kept_in_the_log(room):
    room.told()
    room.run(NOW)
    tick_crisis(room.desk, room.editor, 1, frozenset({0, 2}), frozenset({"website"}), NOW)
    tick_crisis(room.desk, room.other, 1, frozenset({0}), frozenset({"website"}), NOW)
    assert room.know(1).ticked == {0}
    assert room.know(1).outside == {"website"}
    end_crisis(room.desk, room.editor, 1, {"en": "It is over.", "nl": "Het is voorbij."}, NOW + HOUR)
    with pytest.raises(NoCrisis):
        end_crisis(room.desk, room.editor, 1, {}, NOW + HOUR)
    say_lessons(room.desk, room.other, 1, "Phone numbers first.", NOW + 2 * HOUR)
    room.run(NOW + 2 * HOUR)
    log = crisis_log(room.desk, room.editor, None, NOW + 2 * HOUR)
    assert log.known.crisis.state is CrisisState.ENDED
    assert log.known.crisis.lessons == "Phone numbers first."
    assert room.steps(1)[-1] == "lessons"
    last = [message for where, message in room.slack.updated if where.channel == GENERAL][-1]
    assert not last.known.crisis.is_open
    assert last.known.updates[-1].texts["nl"] == "Het is voorbij."
    assert set(log.names.values()) == {"Ueditor", "Uadmin", "Uother"}


def test_somebody_who_left_the_programme_still_starts_and_tells_but_leaves_no_name(room):
    room.desk.store.write(lambda c: keys.remember_forgotten(c, "UEDITOR", NOW))
    known = room.fill(room.start().known)
    tell_crisis(room.desk, room.editor, known.crisis.id, NOW, publish=False)
    with pytest.raises(SomebodyElse):
        tell_crisis(room.desk, room.editor, known.crisis.id, NOW, publish=False)
    assert _log(room).names == {}
