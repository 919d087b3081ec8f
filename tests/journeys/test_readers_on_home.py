"""Readers on Home: a person's own, the editors' figures with everybody else apart, and why there are none."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest

from bot.actions.answer_standing import answer_standing
from bot.actions.export_stories import COLUMNS, export_stories
from bot.actions.join_again import join_again
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.who_asks import who_asks
from bot.domain.people import Standing
from tests.conftest import Stand
from tests.journeys.followed import follow, share_by_link
from tests.journeys.home_company import Company, text_of


@pytest.fixture
def company(public_stand: Stand) -> Company:
    return Company(public_stand)


def own_part(view: dict[str, Any]) -> str:
    """What stands above what editors see."""
    divided = [block["type"] for block in view["blocks"]] + ["divider"]
    return json.dumps(view["blocks"][: divided.index("divider")], ensure_ascii=False)


def brought(company: Company, user: str, story: int, **who: int) -> None:
    follow(company.desk, share_by_link(company.desk, user, story, company.clock()), company.clock(), **who)


def test_my_readers_stand_in_all_and_beside_each_story(company):
    first, second, third = company.post("The reef", "The bakery", "The garden")
    for story in (first, second, third):
        company.opened(company.reader, story)
    company.said(company.reader, first)
    brought(company, company.reader, first, readers=3, previews=5, repeats=2, colleagues=1, robots=4)
    brought(company, company.reader, second, readers=1)
    brought(company, company.lezer, first, readers=9)
    text = text_of(company.home(company.reader))
    assert "You passed along one story. Your links brought 4 readers." in text
    assert "The reef>* · 3 readers" in text
    assert "The bakery>* · 1 reader\\n" in text
    assert "The garden>*\\n" in text, "no zero lines"
    assert "preview" not in text
    assert "can't be counted" not in text
    assert "Je links leverden 9 lezers op." in text_of(company.home(company.lezer))


def test_who_came_while_they_were_out_are_the_storys_readers_and_not_theirs(company):
    """By story and in all alike; also after the sums were made anew."""
    [story] = company.post("The reef")
    company.said(company.reader, story)
    brought(company, company.reader, story, readers=1)
    code = share_by_link(company.desk, company.reader, story, company.clock())
    answer_standing(company.desk, who_asks(company.desk, company.reader), Standing.OUT, company.clock())
    follow(company.desk, code, company.clock(), readers=5)
    join_again(company.desk, who_asks(company.desk, company.reader), company.clock())
    answer_standing(company.desk, who_asks(company.desk, company.reader), Standing.UNNAMED, company.clock())
    for _ in range(2):
        text = text_of(company.home(company.reader))
        assert "Your links brought one reader." in text
        assert "The reef>* · 1 reader\\n" in text
        assert "6 lezers" in text_of(company.home(company.admin))
        rebuild_clicks(company.desk.store, company.clock())


def test_readers_of_more_than_thirteen_months_ago_are_not_counted(company):
    [story] = company.post("The reef")
    company.opened(company.reader, story)
    brought(company, company.reader, story, readers=2)
    company.clock.step(days=397)
    assert "Your links brought" not in text_of(company.home(company.reader))


@pytest.mark.parametrize("standing", [Standing.OUT, Standing.UNASKED])
def test_who_is_not_counted_hears_nothing_of_readers(company, standing):
    [story] = company.post("The reef")
    company.said(company.reader, story)
    if standing is Standing.OUT:
        brought(company, company.reader, story, readers=2)
        answer_standing(company.desk, who_asks(company.desk, company.reader), Standing.OUT, company.clock())
    shown = text_of(company.home(company.reader)).lower().replace("what readers said", "")
    assert "reader" not in shown


def test_editors_see_readers_and_apart_from_them_everybody_else(company):
    first, _ = company.post("The reef", "The bakery")
    company.opened(company.reader, first)
    brought(company, company.reader, first, readers=3, previews=5, repeats=2, colleagues=1, robots=4)
    brought(company, company.lezer, first, readers=1)
    view = company.home(company.admin)
    text = text_of(view)
    assert "door één geopend, nog niemand zegt het te hebben gedeeld, 4 lezers" in text
    assert "_Los daarvan: 5 voorvertoningen, 2 herhaalde bezoeken, 1 collega en 4 robots_" in text
    assert text.count("Los daarvan") == 1, "no line of noughts"
    assert "voorvertoning" not in own_part(view)


def test_the_file_has_them_in_columns_of_their_own(company):
    first, _ = company.post("The reef", "The bakery")
    company.opened(company.reader, first)
    brought(company, company.reader, first, readers=3, previews=5, repeats=2, colleagues=1, robots=4)
    sheet = export_stories(company.desk, who_asks(company.desk, company.admin), COLUMNS, company.clock())
    rows = {row["title"]: row for row in csv.DictReader(StringIO(sheet.decode("utf-8-sig")))}
    found = {name: rows["The reef"][name] for name in COLUMNS[3:]}
    assert found == {
        "opened": "1",
        "said": "0",
        "readers": "3",
        "not_for_me": "0",
        "previews": "5",
        "repeats": "2",
        "colleagues": "1",
        "robots": "4",
        "set_aside": "0",
    }
    assert rows["The bakery"]["readers"] == "0"


def test_a_sum_of_a_story_is_of_all_its_links(company):
    [story] = company.post("The reef")
    for user in (company.reader, company.lezer):
        for network in ("linkedin", "x"):
            code = share_by_link(company.desk, user, story, company.clock(), network)
            follow(company.desk, code, company.clock() + timedelta(days=1), readers=2)
    assert "8 lezers" in text_of(company.home(company.admin))


def test_without_a_public_address_it_is_said_once_and_in_a_few_words(tmp_path, clock):
    stand = Stand(tmp_path, clock)
    try:
        company = Company(stand)
        first, second = company.post("The reef", "The bakery")
        assert "can't be counted" not in text_of(company.home(company.reader)), "nothing to count yet"
        for story in (first, second):
            company.said(company.reader, story)
        assert text_of(company.home(company.reader)).count("can't be counted here") == 1
        company.said(company.admin, first)
        editors = text_of(company.home(company.admin))
        assert "voor persoonlijke links is een openbaar adres nodig" in editors
        assert "nog geen lezers" not in editors
    finally:
        stand.close()
