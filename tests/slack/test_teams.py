"""Where teams come from: user groups, a field of people's profiles, or a file. Nobody has a row for being in one."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.actions.refresh_teams import PROFILES_AT_ONCE, refresh_teams
from bot.domain.people import Profile, Standing
from bot.domain.problems import TryLater
from bot.domain.setup import TeamsFrom
from bot.sandbox.company import DEPARTMENT_FIELD, DEPARTMENTS
from bot.store import people, team_rest, teams
from bot.store import setup as setup_store
from bot.store import tables as t


class Office:
    """Some colleagues who did something here; the rest did not."""

    def __init__(self, stand):
        self.stand, self.desk, self.workspace = stand, stand.house.desk, stand.workspace
        self.groups = {group.name: group for group in stand.company.groups}
        self.by_department = {
            name: [p for p in stand.company.staff if p.department == name and not p.guest] for name in DEPARTMENTS
        }

    def meet(self, person, standing=Standing.NAMED):
        def work(connection):
            new = people.add(connection, Profile(person.id, person.team_id, person.real_name), self.stand.clock())
            people.set_standing(connection, new.id, standing)

        self.desk.store.write(work)
        return person

    def choose(self, **changes):
        def work(connection):
            setup = replace(setup_store.load_setup(connection), **changes)
            assert setup_store.save_setup(connection, setup, self.stand.clock())

        self.desk.store.write(work)

    def by_groups(self, *names):
        self.choose(teams_from=TeamsFrom.GROUPS, team_groups=tuple(self.groups[name].id for name in names))
        self.look()

    def look(self):
        refresh_teams(self.desk, self.stand.clock())

    def after(self, **time):
        self.stand.clock.step(**time)
        self.look()

    def teams(self):
        rows = self.desk.store.read(lambda c: c.execute(select(t.people.c.user, t.people.c.team)).all())
        return {row.user: row.team for row in rows}

    def heads(self):
        return self.desk.store.read(teams.heads)

    def change(self, group, **changes):
        self.groups[group] = replace(self.groups[group], **changes)
        self.workspace.change_group(self.groups[group])

    def calls(self, method):
        return sum(1 for entry in self.workspace.log if entry.kind == "api" and entry.name == method)


@pytest.fixture
def office(stand):
    return Office(stand)


def test_the_groups_an_admin_chose_in_that_order(office):
    sales, research = office.by_department["Sales"], office.by_department["Research"]
    both = office.meet(sales[0])
    other, left = office.meet(research[0]), office.meet(research[1], Standing.OUT)
    nowhere = office.meet(office.by_department["Finance"][0])
    office.change("Research", members=(*office.groups["Research"].members, both.id))
    office.by_groups("Sales", "Research")
    assert office.teams() == {both.id: "Sales", other.id: "Research", left.id: None, nowhere.id: None}
    assert office.heads() == {"Sales": len(sales), "Research": len(research)}
    office.by_groups("Research", "Sales")
    assert office.teams()[both.id] == "Research"
    assert office.heads() == {"Sales": len(sales) - 1, "Research": len(research) + 1}


def test_looked_at_once_an_hour_and_nothing_that_was_not_chosen(office):
    office.meet(office.by_department["Sales"][0])
    office.look()
    assert office.calls("usergroups.list") == 0
    office.by_groups("Sales")
    office.after(minutes=30)
    assert (office.calls("usergroups.list"), office.calls("usergroups.users.list")) == (1, 1)
    office.change("Sales", members=())
    office.after(minutes=31)
    assert office.calls("usergroups.users.list") == 2
    assert set(office.teams().values()) == {None}
    assert office.calls("users.profile.get") == 0


def test_a_group_that_is_called_otherwise_is_the_same_team(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.by_groups("Sales")
    office.desk.store.write(lambda c: people.set_standing(c, people.by_user(c, somebody.id).id, Standing.OUT))
    assert office.desk.store.read(lambda c: c.execute(select(t.people.c.rested)).scalar()) == "Sales"
    office.change("Sales", name="Sales & more")
    office.after(hours=2)
    assert office.desk.store.read(lambda c: c.execute(select(t.people.c.rested)).scalar()) == "Sales & more"
    assert office.heads().keys() == {"Sales & more"}


def test_groups_that_swap_their_names_stay_the_teams_they_are(office):
    for department in ("Sales", "Research"):
        office.meet(office.by_department[department][0])
    office.by_groups("Sales", "Research")
    query = select(t.people.c.user, t.people.c.rested)
    for user in office.teams():
        office.desk.store.write(lambda c, user=user: people.set_standing(c, people.by_user(c, user).id, Standing.OUT))
    before = dict(map(tuple, office.desk.store.read(lambda c: c.execute(query).all())))
    assert sorted(before.values()) == ["Research", "Sales"]
    office.change("Sales", name="Research")
    office.change("Research", name="Sales")
    office.after(hours=2)
    swapped = {"Sales": "Research", "Research": "Sales"}
    after = dict(map(tuple, office.desk.store.read(lambda c: c.execute(query).all())))
    assert after == {user: swapped[team] for user, team in before.items()}


def test_a_group_that_is_gone_is_a_team_no_more(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.by_groups("Sales", "Research")
    del office.workspace.groups[office.groups["Sales"].id]
    office.after(hours=2)
    assert office.teams() == {somebody.id: None}
    assert office.heads().keys() == {"Research"}


@pytest.mark.parametrize("lost", ["plan", "scope"])
def test_what_was_known_stays_when_slack_says_no(office, lost):
    somebody = office.meet(office.by_department["Sales"][0])
    office.by_groups("Sales")
    if lost == "plan":
        office.workspace.paid = False
    else:
        office.workspace.granted_scopes.discard("usergroups:read")
    office.after(hours=2)
    office.after(minutes=1)
    assert office.teams() == {somebody.id: "Sales"}
    assert office.calls("usergroups.list") == 2, "asked once an hour"


def test_it_goes_on_where_slack_had_enough(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.choose(teams_from=TeamsFrom.GROUPS, team_groups=tuple(g.id for g in office.groups.values()))
    office.stand.sandbox.faults.answer("usergroups.users.list", "rate_limited", retry_after=2)
    with pytest.raises(TryLater):
        office.look()
    assert office.teams() == {somebody.id: None}
    office.after(minutes=1)
    assert office.teams() == {somebody.id: "Sales"}


def test_a_field_of_the_profile_of_those_who_did_something(office):
    sales, finance = office.meet(office.by_department["Sales"][0]), office.meet(office.by_department["Finance"][0])
    left = office.meet(office.by_department["Finance"][1], Standing.OUT)
    office.choose(teams_from=TeamsFrom.FIELD, team_field=DEPARTMENT_FIELD)
    office.look()
    assert office.teams() == {sales.id: "Sales", finance.id: "Finance", left.id: None}
    assert office.heads() == {"Sales": 1, "Finance": 1}, "heads are those who take part"
    assert office.calls("users.profile.get") == 2
    office.after(minutes=1)
    assert office.calls("users.profile.get") == 2
    office.workspace.change_person(replace(sales, department="Finance"))
    office.workspace.change_person(replace(finance, department=""))
    new = office.meet(office.by_department["Research"][0])
    office.after(minutes=1)
    assert office.teams()[new.id] == "Research", "at the first act"
    assert office.teams()[sales.id] == "Sales"
    office.after(days=7)
    assert office.teams() == {sales.id: "Finance", finance.id: None, left.id: None, new.id: "Research"}


def test_profiles_are_asked_for_a_few_at_a_time(office):
    staff = [p for p in office.stand.company.staff if not p.guest][: PROFILES_AT_ONCE + 2]
    for person in staff:
        office.meet(person)
    office.choose(teams_from=TeamsFrom.FIELD, team_field=DEPARTMENT_FIELD)
    office.look()
    assert office.calls("users.profile.get") == PROFILES_AT_ONCE
    office.after(minutes=1)
    assert office.teams() == {person.id: person.department for person in staff}


def test_without_the_scope_nobody_is_in_a_team(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.workspace.granted_scopes.discard("users.profile:read")
    office.choose(teams_from=TeamsFrom.FIELD, team_field=DEPARTMENT_FIELD)
    office.look()
    assert office.teams() == {somebody.id: None}


def test_another_source_begins_anew(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.by_groups("Sales")
    office.choose(teams_from=TeamsFrom.FIELD, team_field="Xf0OTHER")
    office.look()
    assert office.teams() == {somebody.id: None}
    office.by_groups("Sales")
    assert office.teams() == {somebody.id: "Sales"}
    office.choose(teams_from=TeamsFrom.FILE)
    office.look()
    assert office.teams() == {somebody.id: None}
    assert office.heads() == {}


def test_a_team_that_became_too_small_keeps_nothing_of_who_left(office):
    somebody = office.meet(office.by_department["Sales"][0])
    office.by_groups("Sales")
    rest = {("read", "day"): 1}
    office.desk.store.write(
        lambda c: c.execute(
            t.team_rest.insert().values(team="Sales", measure="read", period="day", day=1, value=len(rest))
        )
    )
    office.change("Sales", members=(somebody.id,))
    office.after(hours=2)
    assert office.desk.store.read(lambda c: team_rest.sums(c, "read", "day", (0, 9))) == {}
