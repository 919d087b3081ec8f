"""Every table has a rule for forgetting, and what is of people one with an end. The table of the docs is this one."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table

from bot.domain import retention
from bot.domain.retention import RULES, Rule
from bot.store.tables import metadata, people

OF_PEOPLE = {"user", "who", "queued_by", "target", "inviter", "key", "hash"}
"""Names of columns that can say who somebody is, beside those that point at `people`."""
FOR_GOOD = {"forgotten", "settings"}
"""Of people, and kept: a hash that keeps a promise, and the list of editors, which is as long as an admin makes it."""


def rules_of(table: str) -> list[Rule]:
    return [rule for rule in RULES if table in rule.tables]


def is_of_people(table: Table) -> bool:
    return bool(OF_PEOPLE & set(table.columns.keys())) or any(key.column.table is people for key in table.foreign_keys)


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_has_a_rule(name: str) -> None:
    assert rules_of(name), "say in bot/domain/retention.py how long this is kept, and let forget_old see to it"


def test_rules_are_about_tables_that_are_there() -> None:
    assert {table for rule in RULES for table in rule.tables} == set(metadata.tables)


@pytest.mark.parametrize("table", [t for t in metadata.sorted_tables if is_of_people(t)], ids=lambda t: t.name)
def test_what_is_of_people_ends(table: Table) -> None:
    if table.name not in FOR_GOOD:
        assert any(rule.after is not None for rule in rules_of(table.name))


def test_for_good_has_a_reason() -> None:
    for rule in RULES:
        assert rule.after is not None or re.search(r"for good[:,] .|until an admin", rule.how_long), rule.what


def test_forgetting_knows_every_length() -> None:
    """A rule with an end that `forget_old` has not heard of would be a promise that nobody keeps."""
    code = Path("bot/actions/forget_old.py").read_text()
    lengths = {name: value for name, value in vars(retention).items() if name.isupper()}
    for rule in RULES:
        if rule.after is not None:
            assert any(value == rule.after and f"now - {name}" in code for name, value in lengths.items()), rule.what


def test_the_privacy_page_says_it_in_the_same_words() -> None:
    page = Path("docs/privacy.md").read_text()
    for rule in RULES:
        assert f"| {rule.what} | {rule.how_long} |" in page
    assert len(re.findall(r"^\| .* \|$", page.split("<!-- kept -->")[1], re.MULTILINE)) == len(RULES) + 2
