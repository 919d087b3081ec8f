"""The set-up, as an admin does it in Slack: five steps, each saved by itself."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select

from bot.domain.setup import Channel, TeamsFrom, WeeklyTime
from bot.domain.slots import Slot
from bot.sandbox.company import DEPARTMENT_FIELD
from bot.slack import ids
from bot.store import setup as setup_store
from bot.store.tables import editor_steps
from tests.conftest import until

GOOD, MOOIE, GENERAL, COMMS = "C0GOODSTORY", "C0MOOIVERHL", "C0GENERAL", "C0COMMS"


class Admin:
    """The admin at the set-up."""

    def __init__(self, stand, user=None):
        self.stand, self.user = stand, user or stand.company.admin

    def open(self):
        outcome = self.stand.acts.command(self.user, GENERAL, "/passalong setup")
        assert (outcome.acked, outcome.error) == (True, None)
        until(lambda: self.stand.acts.views(self.user))
        return self.drawn()

    def drawn(self):
        """Once Slack was asked what there is."""
        until(lambda: "ik vraag Slack" not in self.text)
        self.stand.settle()
        return self

    @property
    def view(self):
        return self.stand.acts.views(self.user)[-1]

    @property
    def text(self):
        return str(self.view["blocks"])

    @property
    def blocks(self):
        return {block["block_id"]: block for block in self.view["blocks"]}

    def fill(self, **values):
        for block, value in values.items():
            outcome = self.stand.acts.fill(self.user, self.view["id"], block, value)
            assert outcome.acked, outcome.error
        return self

    def next(self):
        outcome = self.stand.acts.submit(self.user, self.view["id"])
        assert (outcome.acked, outcome.error) == (True, None)
        return self.drawn()

    def errors(self):
        return self.stand.acts.errors_of(self.user, self.view["id"])

    def go(self, step=None):
        """To a step, or to what is set."""
        action, before = ids.SETUP_GO if step else ids.SETUP_OVERVIEW, self.view["hash"]
        outcome = self.stand.acts.press(self.user, action, view_id=self.view["id"], value=step)
        assert outcome.acked, outcome.error
        until(lambda: self.view["hash"] != before)
        return self

    def through(self, step):
        """As far as this step (1 to 5), taking everything as it is offered."""
        self.open()
        for _ in range(step - 1):
            self.next()
        return self


@pytest.fixture
def admin(stand):
    return Admin(stand)


def setup_of(stand):
    return stand.house.desk.setup()


def channels_of(stand):
    return stand.house.store.read(setup_store.list_channels)


def test_five_steps_taken_as_offered_end_in_words(stand, admin):
    admin.open()
    for number in range(1, 6):
        assert f"Stap {number} van 5" in admin.text
        admin.next()
    assert not admin.view.get("submit")
    setup = setup_of(stand)
    assert (setup.company, setup.zone, setup.comms_language) == ("Veldkamp", "Europe/Amsterdam", "nl")
    assert setup.disclosure == {"en": "I work at {company}.", "nl": "Ik werk bij {company}."}
    assert "Ik werk bij Veldkamp." in admin.text
    assert "/passalong queue" in admin.text


def test_channels_get_a_language_or_nothing(stand, admin):
    admin.open()
    assert {f"channel_{GOOD}", f"channel_{MOOIE}", f"channel_{COMMS}"} <= set(admin.blocks)
    assert admin.blocks[f"channel_{COMMS}"]["element"]["initial_option"]["value"] == "none"
    assert f"channel_{GENERAL}" not in admin.blocks
    admin.fill(**{f"channel_{GOOD}": "en:good-stories", f"channel_{MOOIE}": "none"}).next()
    assert channels_of(stand) == (Channel(GOOD, "good-stories", "en"),)
    assert setup_of(stand).without_stories == (COMMS, MOOIE)


def test_what_an_admin_said_no_to_stays_no(stand, admin):
    admin.open().fill(**{f"channel_{MOOIE}": "none"}).next()
    stand.acts.remove_bot(MOOIE)
    stand.acts.invite_bot(MOOIE, stand.company.editors[0])
    stand.work()
    assert MOOIE not in {channel.id for channel in channels_of(stand)}
    [word] = stand.acts.direct(stand.company.editors[0])
    assert "the set-up on my Home tab" in word["text"] or "instellingen op mijn Home-tab" in word["text"]


def test_a_private_channel_that_is_ticked_gets_stories_and_an_introduction(stand, admin):
    room = stand.workspace.add_channel("board-room", [stand.company.admin, stand.company.bot_user], private=True)
    admin.open().fill(**{f"channel_{room.id}": "en:board-room"}).next().next()
    assert Channel(room.id, "board-room", "en") in channels_of(stand)
    stand.work()
    [message] = stand.acts.messages(stand.company.admin, room.id)
    assert "I'm Passalong" in message["text"]


def test_a_shared_channel_is_marked(stand, admin):
    stand.workspace.channels[GOOD].ext_shared = True
    hint = admin.open().blocks[f"channel_{GOOD}"]["hint"]["text"]
    assert "andere organisatie" in hint


def test_without_channels_it_says_how_to_invite(stand, admin):
    for channel in (GOOD, MOOIE, COMMS):
        stand.acts.remove_bot(channel)
    stand.work()
    admin.open()
    assert "/invite" in admin.text
    admin.next()
    assert "Stap 2" in admin.text


def test_slots_and_zone(stand, admin):
    admin.through(2).fill(slots="ma 8:30, donderdag 16 uur", zone="new york").next()
    setup = setup_of(stand)
    assert setup.slots == (Slot(0, 8, 30), Slot(3, 16, 0))
    assert setup.zone == "America/New_York"
    assert "vandaag om 8.30 uur" in admin.text
    assert "houden hun tijd" in admin.text


@pytest.mark.parametrize(
    ("block", "typed", "said"),
    [
        ("slots", "someday 9", "someday 9"),
        ("slots", "Tue 25:00", "Tue 25:00"),
        ("zone", "Amstredam", "Europe/Amsterdam"),
        ("zone", "Middle Earth", "Middle Earth"),
    ],
)
def test_a_mistake_stands_at_its_field_and_saves_nothing(stand, admin, block, typed, said):
    before = setup_of(stand)
    admin.through(2).fill(**{block: typed}).next()
    assert said in admin.errors()[block]
    assert setup_of(stand).slots == before.slots
    assert admin.stand.acts.state_of(admin.user, admin.view["id"])[block][block]["value"] == typed


def test_no_slots_at_all_is_fine(stand, admin):
    admin.through(2).fill(slots=None).next()
    assert setup_of(stand).slots == ()
    assert "Geen vaste momenten" in admin.text


def test_the_zone_offered_first_is_the_admins_own(stand, admin):
    me = stand.workspace.people[stand.company.admin]
    stand.workspace.change_person(replace(me, tz="Asia/Singapore"))
    stand.work()
    admin.through(2)
    assert admin.blocks["zone"]["element"]["initial_value"] == "Asia/Singapore"


def test_comms_channel_and_roles(stand, admin):
    someone = stand.company.people[7].id
    group = next(group for group in stand.company.groups if group.handle == "sales")
    admin.through(3).fill(comms_channel=COMMS, comms_language="en", editors=[someone], editor_group=group.id).next()
    setup = setup_of(stand)
    assert (setup.comms_channel, setup.comms_language) == (COMMS, "en")
    assert (setup.editors, setup.editor_group, setup.editors_by_channel) == ((someone,), group.id, True)
    roles = stand.house.desk.roles
    assert set(stand.company.editors) | set(group.members) <= roles.members
    stand.work()
    [hello] = stand.acts.messages(stand.company.admin, COMMS)
    assert "Queue a story" in hello["text"]


def test_a_public_comms_channel_is_said_to_make_no_editors(stand, admin):
    admin.through(3)
    label = next(o for o in admin.blocks["comms_channel"]["element"]["options"] if o["value"] == GOOD)["text"]["text"]
    assert "openbaar" in label
    admin.fill(comms_channel=GOOD).next()
    assert ":warning:" in admin.text
    assert stand.house.desk.roles.warning == "comms_channel_open"
    assert stand.company.people[9].id not in stand.house.desk.roles.members
    assert GOOD not in {channel.id for channel in channels_of(stand)}


def test_without_user_groups_the_rest_goes_on(stand, admin):
    stand.workspace.paid = False
    admin.through(3)
    assert "editor_group" not in admin.blocks
    assert "betaald" in admin.text
    admin.fill(comms_channel=COMMS).next()
    assert setup_of(stand).comms_channel == COMMS


def test_slack_away_while_the_step_is_drawn(stand, admin):
    stand.sandbox.faults.answer("users.conversations", "server_error", times=1)
    admin.open()
    assert "Slack gaf even geen antwoord" in admin.text
    admin.next()
    assert {channel.id for channel in channels_of(stand)} == {GOOD, MOOIE}


def test_sharing(stand, admin):
    admin.through(4).fill(company="Veldkamp & Zn", disclosure_en="Working at {company} <3", disclosure_nl=None)
    admin.fill(share_emojis=":rocket: :clap::skin-tone-3:").next()
    setup = setup_of(stand)
    assert setup.disclosure == {"en": "Working at {company} <3", "nl": ""}
    assert setup.share_emojis == ("rocket", "clap")
    assert setup.company == "Veldkamp & Zn"
    assert "Working at Veldkamp &amp; Zn &lt;3" in admin.text


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"share_emojis": "📣"}, "share_emojis"),
        ({"share_emojis": ":a: :b: :c: :d: :e: :f:"}, "share_emojis"),
        ({"disclosure_en": "I work at {firm}."}, "disclosure_en"),
        ({"company": None}, "company"),
    ],
)
def test_mistakes_in_sharing(stand, admin, values, field):
    admin.through(4).fill(**values).next()
    assert list(admin.errors()) == [field]
    assert setup_of(stand).disclosure == {}


def test_digest_day_and_time_or_none(stand, admin):
    admin.through(5).fill(digest_day="0", digest_time="09:15").next()
    assert setup_of(stand).digest == WeeklyTime(0, time(9, 15))
    admin.go("digest").fill(digest_day="none").next()
    assert setup_of(stand).digest is None
    assert "geen weekbericht" in admin.text


def test_back_and_overview_lose_nothing_saved(stand, admin):
    admin.through(3).fill(comms_channel=COMMS)
    admin.go("times")
    assert "Stap 2" in admin.text
    assert setup_of(stand).comms_channel is None
    admin.go()
    assert "Wat er nu gebeurt" in admin.text


def test_opened_again_it_begins_with_what_is_set(stand, admin):
    admin.through(2)
    stand.acts.close(admin.user, admin.view["id"])
    admin.open()
    assert "Wat er nu gebeurt" in admin.text


def test_two_admins_at_once(stand, admin):
    admin.through(5)
    desk, now = stand.house.desk, stand.clock()

    def other(connection):
        setup = setup_store.load_setup(connection)
        assert setup_store.save_setup(connection, replace(setup, digest=None), now)

    desk.store.write(other)
    admin.fill(digest_day="1").next()
    assert "niets overschreven" in admin.errors()["digest_day"]
    assert setup_of(stand).digest is None


def test_another_step_changed_meanwhile_is_no_conflict(stand, admin):
    admin.through(5)

    def pause(connection):
        setup = setup_store.load_setup(connection)
        assert setup_store.save_setup(connection, replace(setup, paused=True), stand.clock())

    stand.house.store.write(pause)
    admin.fill(digest_day="1").next()
    assert setup_of(stand).digest.weekday == 1
    assert setup_of(stand).paused


def test_each_change_is_in_the_log_of_steps(stand, admin):
    admin.through(5).next()
    rows = stand.house.store.read(lambda c: c.execute(select(editor_steps)).all())
    assert [row.step for row in rows] == ["setup"] * len(rows)
    assert [row.detail["part"] for row in rows] == ["channels", "sharing"]
    assert stand.company.admin not in {row.who for row in rows}


def test_the_set_up_is_for_admins(stand):
    editor = stand.company.editors[0]
    desk = stand.house.desk
    desk.roles.members = frozenset({editor})
    for user in (editor, stand.company.people[9].id):
        assert stand.acts.command(user, GENERAL, "/passalong setup").acked
        assert stand.acts.views(user) == []
        assert "for the admins of Passalong" in stand.acts.ephemerals(user)[-1]["text"]


def test_stories_come_to_be_introduced_once_slots_are_known(stand, admin):
    stand.work()
    assert stand.acts.messages(admin.user, GOOD) == []
    admin.open().fill(**{f"channel_{GOOD}": "en:good-stories"}).next()
    stand.work()
    assert stand.acts.messages(admin.user, GOOD) == []
    admin.fill(slots="wo 12:00").next()
    stand.work()
    [message] = stand.acts.messages(admin.user, GOOD)
    assert "Wed 12:00" in message["text"]
    [dutch] = stand.acts.messages(admin.user, MOOIE)
    assert "wo 12:00" in dutch["text"]


def groups_of(stand):
    return {group.name: group.id for group in stand.company.groups}


def test_teams_are_user_groups_in_the_order_of_the_admin(stand, admin):
    sales, research = (groups_of(stand)[name] for name in ("Sales", "Research"))
    admin.through(5).fill(teams_from="groups", team_groups=[sales, research]).next()
    setup = setup_of(stand)
    assert (setup.teams_from, setup.team_groups) == (TeamsFrom.GROUPS, (sales, research))
    assert "Teams zijn de gebruikersgroepen Sales en Research." in admin.text
    admin.go("digest")
    initial = admin.blocks["team_groups"]["element"]["initial_options"]
    assert [option["value"] for option in initial] == [sales, research]
    admin.fill(team_groups=[]).next()
    assert "Kies de gebruikersgroepen" in admin.errors()["team_groups"]
    admin.fill(teams_from="none").next()
    assert setup_of(stand).teams_from is TeamsFrom.FILE


def test_teams_are_a_field_of_the_profile(stand, admin):
    admin.through(5).fill(teams_from="field").next()
    assert "Kies het veld" in admin.errors()["team_field"]
    admin.fill(team_field=DEPARTMENT_FIELD).next()
    assert (setup_of(stand).teams_from, setup_of(stand).team_field) == (TeamsFrom.FIELD, DEPARTMENT_FIELD)
    assert "het veld “Department”" in admin.text


def test_what_slack_does_not_offer_is_said_and_the_rest_works(stand, admin):
    stand.workspace.paid = False
    stand.workspace.granted_scopes.discard("users.profile:read")
    admin.through(5)
    assert not {"team_groups", "team_field"} & set(admin.blocks)
    assert [option["value"] for option in admin.blocks["teams_from"]["element"]["options"]] == ["none"]
    assert "betaald" in admin.text
    assert "users.profile:read" in admin.text
    admin.fill(totals_only=["yes"]).next()
    assert setup_of(stand).totals_only
    assert "alleen teams en totalen" in admin.text


def test_what_was_chosen_stays_while_slack_does_not_show_it(stand, admin):
    sales = groups_of(stand)["Sales"]
    admin.through(5).fill(teams_from="groups", team_groups=[sales]).next()
    stand.workspace.granted_scopes.discard("usergroups:read")
    admin.go("digest").fill(digest_day="1").next()
    assert (setup_of(stand).teams_from, setup_of(stand).team_groups) == (TeamsFrom.GROUPS, (sales,))
    assert "Eén gebruikersgroep is een team." in admin.text


def test_champions_have_a_channel_and_editors_a_file_when_an_admin_says_so(stand, admin):
    admin.through(3)
    assert "initial_options" not in admin.blocks["person_file"]["element"]
    admin.fill(champions_channel=GOOD, person_file=["yes"]).go()
    assert setup_of(stand).champions_channel is None, "not sent, not set"
    admin.go("comms").fill(champions_channel=GOOD, person_file=["yes"]).next().go()
    assert (setup_of(stand).champions_channel, setup_of(stand).person_file) == (GOOD, True)
    assert "Ambassadeurs worden uitgenodigd in <#C0GOODSTORY>" in admin.text
    admin.go("comms").fill(champions_channel="none", person_file=[]).next()
    assert (setup_of(stand).champions_channel, setup_of(stand).person_file) == (None, False)
