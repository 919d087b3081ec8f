from dataclasses import replace

import pytest
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.sandbox.asking import ANN, LEFT, error


def test_unknown(client: WebClient) -> None:
    assert error(client.users_info, user="U0NOBODY") == "user_not_found"
    assert error(client.users_profile_get, user="U0NOBODY") == "user_not_found"
    assert error(client.usergroups_users_list, usergroup="S0") == "no_such_subteam"


def test_locale_and_email_only_when_asked_and_allowed(sandbox: Sandbox, client: WebClient) -> None:
    assert "locale" not in client.users_info(user=ANN)["user"]
    assert client.users_info(user=ANN, include_locale=True)["user"]["locale"] in ("nl-NL", "en-GB", "en-US")
    assert "email" not in client.users_info(user=ANN)["user"]["profile"]
    sandbox.workspace.granted_scopes.add("users:read.email")
    assert client.users_info(user=ANN)["user"]["profile"]["email"].endswith("@veldkamp.example")


def test_everyone_and_what_they_are(client: WebClient) -> None:
    people = {p["id"]: p for p in client.users_list()["members"]}
    assert people[LEFT]["deleted"] is True
    assert sum(p["is_ultra_restricted"] for p in people.values()) == 1
    assert sum(p["is_restricted"] for p in people.values()) == 2
    assert people["U0CALENDAR"]["is_bot"] is True
    assert len(client.users_list(limit=3)["members"]) == 3


def test_large_companies_need_a_limit(sandbox: Sandbox, client: WebClient) -> None:
    for number in range(1000):
        sandbox.workspace.people[f"U1{number:06d}"] = Person(f"U1{number:06d}", f"p{number}", f"P {number}")
    assert error(client.users_list) == "limit_required"
    pages = [page["members"] for page in client.users_list(limit=1000, include_locale=True)]
    assert [p["id"] for page in pages for p in page] == list(sandbox.workspace.people)
    assert len(pages[0]) == 1000
    assert all(p["locale"] for page in pages for p in page)
    assert error(client.users_list, limit=1000, cursor="nonsense") == "invalid_cursor"


def test_strangers(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.workspace.add_person(Person("U0STRANGER", "sam", "Sam", team_id="T0ELSEWHERE"))
    stranger = client.users_info(user="U0STRANGER", include_locale=True)["user"]
    assert stranger["is_stranger"] is True
    assert stranger["team_id"] == "T0ELSEWHERE"
    assert "locale" not in stranger


def test_department_is_a_custom_field(sandbox: Sandbox, client: WebClient) -> None:
    (label,) = [f["label"] for f in client.api_call("team.profile.get")["profile"]["fields"]]
    assert label == "Department"
    (department,) = client.users_profile_get(user="U00000002")["profile"]["fields"].values()
    assert department["value"] == "Communications"


def test_user_groups(sandbox: Sandbox, client: WebClient) -> None:
    groups = {g["handle"]: g for g in client.usergroups_list(include_users=True)["usergroups"]}
    assert groups["communications"]["users"] == ["U00000002", "U00000003"]
    members = client.usergroups_users_list(usergroup=groups["communications"]["id"])["users"]
    assert members == ["U00000002", "U00000003"]
    sandbox.workspace.paid = False
    assert error(client.usergroups_list) == "plan_upgrade_required"


@pytest.mark.parametrize("field", ["name", "real_name"])
def test_changes_are_seen(sandbox: Sandbox, client: WebClient, field: str) -> None:
    person = sandbox.workspace.people[ANN]
    sandbox.workspace.change_person(replace(person, **{field: "Somebody Else"}))
    assert client.users_info(user=ANN)["user"][field] == "Somebody Else"


def test_the_workspace(sandbox: Sandbox, client: WebClient) -> None:
    assert client.team_info()["team"]["name"] == "Veldkamp"
