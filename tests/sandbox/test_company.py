from collections import Counter

import pytest

from bot.sandbox import make_company


def test_the_same_seed_the_same_company() -> None:
    assert make_company(40, 1) == make_company(40, 1)
    assert make_company(40, 1) != make_company(40, 2)


@pytest.mark.parametrize("people", [8, 40, 60, 200])
def test_who_works_there(people: int) -> None:
    company = make_company(people, 1)
    assert len(company.staff) == people
    assert Counter(p.guest for p in company.staff) == {"": people - 2, "multi": 1, "single": 1}
    assert {p.language for p in company.staff} == {"nl", "en"}
    assert sum(p.is_bot for p in company.people) == 3
    assert sum(p.deleted for p in company.people) == 1
    assert len({p.id for p in company.people}) == len({p.name for p in company.people}) == len(company.people)


def test_four_zones_and_three_locales() -> None:
    staff = make_company(40, 1).staff
    assert {p.tz for p in staff} == {"Europe/Amsterdam", "Europe/London", "America/New_York", "Asia/Singapore"}
    assert {p.locale for p in staff} == {"nl-NL", "en-GB", "en-US"}
    assert Counter(p.tz for p in staff).most_common(1)[0][0] == "Europe/Amsterdam"


def test_rooms() -> None:
    company = make_company(40, 1)
    rooms = {room.name: room for room in company.rooms}
    with_bot = [name for name, room in rooms.items() if company.bot_user in room.members]
    assert with_bot == ["good-stories", "mooie-verhalen", "comms"]
    assert rooms["comms"].private
    assert set(rooms["comms"].members) == {company.admin, *company.editors, company.bot_user}
    single = next(p.id for p in company.staff if p.guest == "single")
    assert [name for name, room in rooms.items() if single in room.members] == ["good-stories"]
