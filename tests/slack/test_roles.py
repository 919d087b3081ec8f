"""Who may do what: one table of people, one of acts."""

import json
from dataclasses import replace

import pytest

from bot.actions.desk import Desk
from bot.actions.refresh_roles import refresh_roles
from bot.actions.who_asks import who_asks
from bot.sandbox.company import Group, Person
from bot.slack import ids
from bot.store import setup as setup_store
from tests.conftest import Stand, SteppingClock

COMMS, GOOD = "C0COMMS", "C0GOODSTORY"
STRANGER = Person("U0STRANGER", "sam.else", "Sam Else", team_id="T0ELSEWHERE")

NOT_FOR_YOU = ("This is for comms", "Dit is voor communicatie")
ADMINS_ONLY = ("for the admins of Passalong", "voor de beheerders van Passalong")

EDITORS_VERBS = ("queue", "list", "next", "edit x", "cancel x", "post now x", "pause", "resume", "digest preview")
EDITORS_BUTTONS = (
    ids.QUEUE_NEW,
    ids.QUEUE_LIST,
    ids.QUEUE_EDIT,
    ids.QUEUE_CANCEL,
    ids.QUEUE_MOVE_UP,
    ids.QUEUE_POST_NOW,
    ids.QUEUE_PREVIEW,
    ids.QUEUE_EARLIER,
    ids.QUEUE_LATER,
    ids.PAUSE,
    ids.RESUME,
    ids.EXPORT_STORIES,
)
ADMINS_BUTTONS = (ids.SETUP, ids.SETUP_GO, ids.SETUP_OVERVIEW)


def set_up(stand, **changes):
    def work(connection):
        setup = setup_store.load_setup(connection)
        assert setup_store.save_setup(connection, replace(setup, **changes), stand.clock())

    stand.house.store.write(work)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """A workspace in which every kind of person is."""
    stand = Stand(tmp_path_factory.mktemp("roles"), SteppingClock())
    workspace, staff = stand.workspace, stand.company.staff
    multi_guest, single_guest = staff[-2].id, staff[-1].id
    by_name, by_group, by_channel, colleague, gone = (person.id for person in staff[5:10])
    workspace.people[STRANGER.id] = STRANGER
    workspace.people[gone] = replace(workspace.people[gone], deleted=True)
    workspace.channels[COMMS].members += [by_channel, multi_guest, "U0CALENDAR"]
    workspace.groups["S0EDITORS"] = Group("S0EDITORS", "editors", "Editors", (by_group,))
    set_up(
        stand,
        comms_channel=COMMS,
        editor_group="S0EDITORS",
        editors=(by_name, single_guest, STRANGER.id, "U0CALENDAR", gone),
    )
    refresh_roles(stand.house.desk)
    yield (
        stand,
        {
            "admin": stand.company.admin,
            "editor by name": by_name,
            "editor by group": by_group,
            "editor by channel": by_channel,
            "guest by name": single_guest,
            "guest in the comms channel": multi_guest,
            "colleague": colleague,
            "somebody who left": gone,
            "stranger by name": STRANGER.id,
            "bot by name": "U0CALENDAR",
            "the app itself": stand.company.bot_user,
        },
    )
    stand.close()


@pytest.mark.parametrize(
    ("who", "is_editor"),
    [
        ("admin", True),
        ("editor by name", True),
        ("editor by group", True),
        ("editor by channel", True),
        ("guest by name", True),
        ("guest in the comms channel", False),
        ("colleague", False),
        ("somebody who left", False),
        ("stranger by name", False),
        ("bot by name", False),
        ("the app itself", False),
    ],
)
def test_who_is_an_editor(people, who, is_editor):
    stand, kinds = people
    asker = who_asks(stand.house.desk, kinds[who])
    assert (asker.is_editor, asker.is_admin) == (is_editor, who == "admin")


def answer_to_verb(stand, user, verb):
    """What this person reads or sees open."""
    before = len(stand.acts.ephemerals(user))
    outcome = stand.acts.command(user, GOOD, f"/passalong {verb}")
    assert outcome.acked
    stand.settle()
    said = " ".join(message["text"] for message in stand.acts.ephemerals(user)[before:])
    opened = " ".join(json.dumps(view["blocks"], ensure_ascii=False) for view in stand.acts.views(user))
    for view in stand.acts.views(user):
        stand.acts.close(user, view["id"])
    return said + opened


def answer_to_press(stand, user, action_id, value="1:0"):
    """The same for a button, as if it stood in this person's Home."""
    home = stand.workspace.make_view(user, {"type": "home", "blocks": []})
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value}
    payload = stand.sandbox.interactions.press_in_view(user, home, action)
    payload["trigger_id"] = stand.workspace.new_trigger(user)
    envelope = stand.sandbox.socket.request("interactive", json.loads(json.dumps(payload)))
    assert envelope.acked, action_id
    stand.settle()
    opened = " ".join(json.dumps(view["blocks"], ensure_ascii=False) for view in stand.acts.views(user))
    for view in stand.acts.views(user):
        stand.acts.close(user, view["id"])
    return opened


def refused(text, sentences=NOT_FOR_YOU):
    return any(sentence in text for sentence in sentences)


@pytest.mark.parametrize("verb", EDITORS_VERBS)
def test_verbs_of_editors(people, verb):
    stand, kinds = people
    may = {"admin", "editor by name", "guest by name"}
    open_to = {
        who
        for who in (*may, "colleague", "guest in the comms channel")
        if not refused(answer_to_verb(stand, kinds[who], verb))
    }
    assert open_to == may


@pytest.mark.parametrize("action_id", EDITORS_BUTTONS)
def test_buttons_of_editors_do_nothing_for_others(people, action_id):
    stand, kinds = people
    assert refused(answer_to_press(stand, kinds["colleague"], action_id)), action_id


def test_the_set_up_is_for_admins(people):
    stand, kinds = people
    assert refused(answer_to_verb(stand, kinds["colleague"], "setup"), ADMINS_ONLY)
    assert refused(answer_to_verb(stand, kinds["editor by name"], "setup"), ADMINS_ONLY)
    assert not refused(answer_to_verb(stand, kinds["admin"], "setup"), NOT_FOR_YOU + ADMINS_ONLY)


@pytest.mark.parametrize("action_id", ADMINS_BUTTONS)
def test_buttons_of_the_set_up(people, action_id):
    stand, kinds = people
    assert refused(answer_to_press(stand, kinds["colleague"], action_id, "times"), ADMINS_ONLY)
    assert refused(answer_to_press(stand, kinds["editor by name"], action_id, "times"), ADMINS_ONLY)


@pytest.mark.parametrize(
    ("callback_id", "note", "said"),
    [
        (ids.SETUP_STEP, "digest:0", ADMINS_ONLY),
        (ids.STORY_FORM, '{"story": null, "version": null}', NOT_FOR_YOU),
    ],
)
def test_forms_sent_by_somebody_without_the_role(people, callback_id, note, said):
    stand, kinds = people
    user = kinds["colleague"]
    block = {"type": "input", "block_id": "title", "label": {"type": "plain_text", "text": "Title"}}
    block["element"] = {"type": "plain_text_input", "action_id": "title"}
    body = {"type": "modal", "callback_id": callback_id, "private_metadata": note, "blocks": [block]}
    view = stand.workspace.make_view(user, {**body, "title": {"type": "plain_text", "text": "A form"}})
    payload = stand.sandbox.interactions.submission(user, view)
    before = stand.house.desk.setup()
    envelope = stand.sandbox.socket.request("interactive", json.loads(json.dumps(payload)))
    assert refused(json.dumps(envelope.payload, ensure_ascii=False), said)
    assert stand.house.desk.setup() == before


# What counts as membership


def roles_of(stand: Stand) -> tuple[frozenset[str], str | None]:
    desk: Desk = stand.house.desk
    refresh_roles(desk)
    return desk.roles.members, desk.roles.warning


def test_membership_counts_only_while_the_channel_is_private_and_ours_alone(stand):
    members = frozenset(stand.workspace.channels[COMMS].members) - {stand.company.bot_user}
    set_up(stand, comms_channel=COMMS)
    assert roles_of(stand) == (members, None)
    stand.workspace.channels[COMMS].ext_shared = True
    assert roles_of(stand) == (frozenset(), "comms_channel_open")
    stand.workspace.channels[COMMS].ext_shared = False
    stand.workspace.channels[COMMS].kind = "channel"
    assert roles_of(stand) == (frozenset(), "comms_channel_open")
    set_up(stand, editors_by_channel=False)
    assert roles_of(stand) == (frozenset(), None)


def test_every_warning_has_its_sentence(stand):
    words = stand.house.front.words
    for warning in ("comms_channel_open", "comms_channel_lost", "group_plan", "group_scope", "group_lost"):
        assert words.say("nl", f"setup.warning.{warning}") != words.say("en", f"setup.warning.{warning}")


def test_joining_and_leaving_the_comms_channel(stand):
    somebody = stand.company.staff[12].id
    set_up(stand, comms_channel=COMMS)
    stand.acts.join(somebody, COMMS)
    stand.work()
    assert who_asks(stand.house.desk, somebody).is_editor
    stand.acts.leave(somebody, COMMS)
    stand.work()
    assert not who_asks(stand.house.desk, somebody).is_editor


def test_the_bot_out_of_the_comms_channel(stand):
    set_up(stand, comms_channel=COMMS)
    refresh_roles(stand.house.desk)
    stand.acts.remove_bot(COMMS)
    stand.work()
    assert roles_of(stand) == (frozenset(), "comms_channel_lost")


def test_sources_are_united_and_fall_out_one_by_one(stand):
    group = next(group for group in stand.company.groups if group.handle == "sales")
    set_up(stand, comms_channel=COMMS, editor_group=group.id)
    both, warning = roles_of(stand)
    assert both == frozenset((*group.members, *stand.workspace.channels[COMMS].members)) - {stand.company.bot_user}
    assert warning is None
    stand.workspace.paid = False
    members, warning = roles_of(stand)
    assert members == frozenset(stand.workspace.channels[COMMS].members) - {stand.company.bot_user}
    assert warning == "group_plan"
    stand.workspace.paid = True
    stand.workspace.granted_scopes.discard("usergroups:read")
    assert roles_of(stand) == (members, "group_scope")


def test_while_slack_is_away_the_roles_stay(stand):
    set_up(stand, comms_channel=COMMS)
    members, _ = roles_of(stand)
    stand.sandbox.faults.answer("conversations.info", "server_error")
    assert roles_of(stand)[0] == members


def test_roles_are_stored_nowhere(stand):
    set_up(stand, comms_channel=COMMS)
    members, _ = roles_of(stand)
    rows = stand.house.store.read(
        lambda c: [
            str(row) for table in setup_store.settings.metadata.sorted_tables for row in c.execute(table.select())
        ]
    )
    assert not [user for user in members for row in rows if user in row]
