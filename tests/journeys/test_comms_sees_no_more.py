"""What comms sees of somebody they see themselves: every way an editor has is walked, and held against privacy.

A company is played, with people of every standing. An editor looks at everything; each line that has somebody's name in
it is found in what `/passalong privacy` tells that person, and in their file.
"""

import re
from collections.abc import Iterator

import pytest

from tests.conftest import Stand, SteppingClock
from tests.journeys.comms_looks import LIST, NAMELESS, REASON, Played, plain, play
from tests.journeys.followed import PUBLIC
from tests.slack.champions_desk import ChampionsDesk


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("seen")
    stand = Stand(folder, SteppingClock(), public_url=PUBLIC)
    at = ChampionsDesk(stand)
    try:
        yield play(at, folder)
    finally:
        stand.close()


def pieces(line: str, name: str) -> Iterator[str]:
    """What a line says of somebody, figure by figure; where it puts them in a row is no figure of theirs."""
    line = re.sub("<#[^>]*>", "", line)
    said = re.sub(r"^[•\s]*(\d+\. )?", "", plain(line)).replace(name, "").replace("about ", "")
    for piece in re.split(r" · |, |: ", said):
        if re.search(r"\d", piece) and "without a name" not in piece:
            yield piece.strip(" .★")


def test_the_editor_sees_something(played: Played) -> None:
    """Otherwise what follows would be true of nothing."""
    about = {user: plain("\n".join(played.about(played.name(user)))) for user in (played.anna, played.eva, played.finn)}
    assert "readers a week" in about[played.anna]
    assert "3 shares, 30 readers, most from The reef" in about[played.anna]
    assert "scripted" in about[played.finn].lower()
    assert "3 shares, 20 readers, most from The reef" in plain("\n".join(played.about(NAMELESS)))
    assert any("Champions" in text or "champions" in text for text in played.seen)


def test_every_way_was_walked(played: Played) -> None:
    everything = "\n".join(played.seen)
    for said in ("The shares", "Set the readers aside", "The readers of this link", "Say thanks", "would like to join"):
        assert said in everything, said
    assert played.seen.count("Set aside") > 1
    for name in (played.name(played.anna), NAMELESS.lower()):
        assert f"*{name}*" in everything


def test_a_pasted_link_says_where_it_leads_and_nothing_of_whose_it_is(played: Played) -> None:
    nothing = "Nothing of that link counts for anybody"
    assert played.pasted[played.out]
    assert all(nothing in text for text in played.pasted[played.out])
    titles = {f"A link to *{title}*." for title in ("The reef", "The garden", "The bakery", "The pool")}
    assert {*played.pasted[played.anna], *played.pasted[played.unnamed]} <= titles


@pytest.mark.parametrize("who", ["anna", "eva", "finn"])
def test_each_figure_stands_in_their_privacy(played: Played, who: str) -> None:
    user = getattr(played, who)
    name, privacy = played.name(user), played.told[user]
    rows = [line for line in played.about(name) if re.match(r"\d+,", line)]
    lines = [line for line in played.about(name) if line not in rows]
    assert lines
    missing = [
        (line, piece)
        for line in lines
        if plain(line) not in privacy
        for piece in pieces(line, name)
        if piece not in privacy
    ]
    assert missing == []


def test_hints_stand_there_in_words(played: Played) -> None:
    hints = [plain(line).partition(": ")[2] for line in played.about(played.name(played.finn)) if "hint" in line]
    assert hints
    privacy, file = played.told[played.finn], played.files[played.finn]
    assert all(hint in privacy for hint in hints)
    assert file[LIST]["hints"]


def test_a_place_on_the_list_stands_there(played: Played) -> None:
    for user in (played.anna, played.eva, played.finn):
        row = next(line for line in played.about(played.name(user)) if "readers a week · " in line or " ★" in line)
        place = re.match(r"(\d+)\.", plain(row))
        assert place
        assert f"you stand at number {place[1]}." in played.told[user]
        assert played.files[user][LIST]["place"] == int(place[1])


def test_the_file_about_people_has_nothing_that_theirs_has_not(played: Played) -> None:
    for user in (played.anna, played.eva, played.finn):
        rows = [line.split(",") for line in played.about(played.name(user)) if re.match(r"\d+,", line)]
        assert len(rows) == 1
        place, _, a_week, word, shares, readers, story = rows[0]
        mine = played.files[user][LIST]
        assert place == str(mine["place"])
        assert float(a_week) == round(mine["readers a week, recent weeks counting most"], 2)
        assert word == (mine["early or steady"] or "")
        assert mine["because of"] == {"shares": int(shares), "readers": int(readers), "story": story}


@pytest.mark.parametrize("who", ["anna", "eva", "finn"])
def test_each_share_that_is_looked_at_is_in_their_file(played: Played, who: str) -> None:
    user = getattr(played, who)
    mine = played.files[user]["share by share"]
    assert played.shares[user]
    for row in played.shares[user]:
        head, _, figures = row.partition("\n")
        title = head.split(" · ")[0]
        readers = re.search(r"(\d+) readers?\b(?! set aside)", figures)
        fitting = [one for one in mine if one["story"] == title and one["readers"] == int(readers[1] if readers else 0)]
        assert fitting, row


def test_no_share_is_looked_at_of_who_has_no_name(played: Played) -> None:
    assert played.shares[played.unnamed] == []
    assert played.files[played.unnamed]["share by share"]


def test_what_is_set_aside_stands_there_with_the_reason(played: Played) -> None:
    assert any(REASON in text and played.name(played.eva) in text for text in played.seen)
    assert REASON in played.told[played.eva]
    assert [one["reason"] for one in played.files[played.eva]["set aside by an editor"]] == [REASON]


def test_who_has_no_name_is_known_to_themselves_alone(played: Played) -> None:
    user = played.unnamed
    privacy, everything = played.told[user], "\n".join(played.seen)
    assert played.name(user) not in everything
    assert user not in everything
    lines = [line for line in played.about(NAMELESS) if "name" in line or "readers" in line]
    missing = [
        piece
        for line in lines
        if plain(line) not in privacy
        for piece in pieces(line, NAMELESS)
        if piece not in privacy
    ]
    assert missing == []
    assert "Comms sees this without your name" in privacy


def test_nobodys_name_rings(played: Played) -> None:
    assert not [text for text in played.seen if re.search(r"<@[UW]", text)]


@pytest.mark.parametrize("who", ["out", "unasked"])
def test_who_is_not_in_it_is_nowhere(played: Played, who: str) -> None:
    user = getattr(played, who)
    everything = "\n".join(played.seen)
    assert played.name(user) not in everything
    assert user not in everything
    assert "list of the champions you stand" not in played.told[user]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_who_is_out_stays_nowhere(played: Played, language: str) -> None:
    """In any period, either language, any file; also after another import, and after all is counted anew."""
    everything = played.later[language]
    assert played.name(played.out) not in everything
    assert played.out not in everything
    assert played.name(played.anna) in everything
    assert ("lezers per week" in everything) == (language == "nl")
