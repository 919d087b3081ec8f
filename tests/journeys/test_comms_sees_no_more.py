"""What comms sees of somebody they see themselves: every way an editor has is walked, and held against privacy.

A company is played, with people of every standing. An editor looks at everything; each line that has somebody's name in
it is found in what `/passalong privacy` tells that person, and in their file.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.actions.import_company import import_company
from bot.actions.look_at_privacy import gather_own_data
from bot.actions.mark_said import mark_said
from bot.actions.rebuild_clicks import rebuild_clicks
from bot.actions.rebuild_reactions import rebuild_reactions
from bot.actions.rebuild_scores import rebuild_scores
from bot.actions.set_aside import set_aside_link
from bot.actions.who_asks import who_asks
from bot.domain.setup import WeeklyTime
from bot.slack import ids
from bot.store.tables import links, people
from tests.conftest import Stand, SteppingClock
from tests.journeys.followed import PUBLIC
from tests.slack.champions_desk import OUT, UNNAMED, ChampionsDesk

SAYING = ("chat.", "views.")
FRIDAY = datetime(2026, 4, 3, 13, 5, tzinfo=UTC)
"""Just after the digest's time, summer time by then."""
TABS = (
    ids.CHAMPIONS_RISING,
    ids.CHAMPIONS_STORIES,
    ids.CHAMPIONS_TEAMS,
    ids.CHAMPIONS_ASIDE,
    ids.CHAMPIONS_LIST,
)
REASON = "These came from a program"
NAMELESS = "Somebody without a name"
Json = dict[str, Any]
LIST = "what comms' list of champions says"


@dataclass
class Played:
    """`seen`: each text an editor got, and each row of a file; `later`: after all was counted anew, by language.

    `told`: by Slack id what privacy says to each, `files` what is in their file, `shares` what an editor looks at,
    `pasted` what their links say of themselves.
    `finn` is named in a file of ours.
    """

    at: ChampionsDesk
    seen: list[str]
    anna: str
    eva: str
    finn: str
    unnamed: str
    out: str
    unasked: str
    told: dict[str, str] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    shares: dict[str, list[str]] = field(default_factory=dict)
    pasted: dict[str, list[str]] = field(default_factory=dict)

    def name(self, user: str) -> str:
        """As it is kept; of who is out, as Slack has it."""
        return str(self.at.person(user).name or self.at.stand.workspace.people[user].real_name)

    def about(self, name: str) -> list[str]:
        """The lines that are about one person: all of the text that says why, of others those with their name."""
        found = []
        for text in self.seen:
            lines = text.splitlines()
            if name in text:
                is_theirs = name in lines[0] and "most from" in "".join(lines[1:2])
                found += lines if is_theirs else [line for line in lines if name in line]
        return found

    def ask_everybody(self) -> None:
        """What each of them is told, and gets as a file."""
        desk = self.at.desk
        for user in (self.anna, self.eva, self.finn, self.unnamed, self.out, self.unasked):
            self.told[user] = plain("\n".join(texts(self.at.say("privacy", user)["blocks"])))
            content = gather_own_data(desk, who_asks(desk, user), self.at.clock())
            assert content is not None
            self.files[user] = json.loads(content)

    def look_at_shares(self) -> None:
        """As an editor may, of whoever is on the list."""
        self.at.open()
        for user in (self.anna, self.eva, self.finn, self.unnamed):
            number = self.at.number(user)
            option = ids.option(ids.LOOK_AT_SHARES, int(number))
            self.at.press(ids.CHAMPION_MENU, option=option, block_id=f"champion:{number}")
            rows = [block for block in self.at.view()["blocks"] if str(block.get("block_id")).startswith("share:")]
            self.shares[user] = [plain(row["text"]["text"]) for row in rows]
            self.at.acts.close(self.at.editor, self.at.view()["id"])
        self.at.acts.close(self.at.editor, self.at.view()["id"])

    def paste_links(self) -> None:
        """As an editor who found them in posts."""
        for user in (self.anna, self.unnamed, self.out):
            self.pasted[user] = [paste(self.at, code)["text"] for code in codes(self.at, user)]

    def count_anew(self, folder: Path) -> None:
        """Once more what came in a file, and all sums; then an editor looks in either language."""
        store, now = self.at.desk.store, self.at.clock()
        bring_in(self.at, folder, self.finn, self.out)
        rebuild_clicks(store, now)
        rebuild_scores(store, now)
        rebuild_reactions(self.at.desk, now)
        for language in ("en", "nl"):
            reads = update(people).where(people.c.user == self.at.editor).values(language=language)
            self.at.write(lambda c, statement=reads: c.execute(statement))
            self.later[language] = "\n".join(look_at_everything(self.at))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("seen")
    stand = Stand(folder, SteppingClock(), public_url=PUBLIC)
    at = ChampionsDesk(stand)
    try:
        yield play(at, folder)
    finally:
        stand.close()


def play(at: ChampionsDesk, folder: Path) -> Played:
    """Four weeks; then somebody of comms looks at everything."""
    finn, *more = [p.id for p in at.stand.company.staff if p.language == "en" and p.id in at.staff][2:]
    found = Played(at, [], at.anna, at.eva, finn, unnamed=more[0], out=more[1], unasked=more[2])
    at.set_up(digest=WeeklyTime(4, time(15)), person_file=True, champions_channel=at.general)
    reef, bakery, garden = at.post("The reef", "The bakery", "The garden", topics=("Water",))
    at.read(found.anna, reef, 17)
    at.read(found.anna, bakery, 6)
    for story in (reef, bakery, garden):
        at.read(found.eva, story, 5)
    at.read(found.unnamed, reef, 13, UNNAMED)
    at.read(found.unnamed, garden, 4, UNNAMED)
    for story in (reef, bakery):
        at.read(found.out, story, 23)
    at.stands(found.out, OUT)
    mark_said(at.desk, who_asks(at.desk, found.unasked), reef, ["x"], at.clock())
    bring_in(at, folder, finn, found.out)
    at.write(lambda c: c.execute(update(people).where(people.c.standing != OUT).values(team="Pumps & Co")))
    at.clock.to(FRIDAY - timedelta(days=3))
    again = at.post("The pool")[0]
    at.read(found.anna, again, 7)
    at.read(found.unnamed, again, 3, UNNAMED)
    mark_said(at.desk, who_asks(at.desk, found.anna), again, ["linkedin"], at.clock())
    at.clock.to(FRIDAY)
    at.count()
    mine = select(links.c.id).where(links.c.person_id == at.person(found.eva).id, links.c.story_id == garden)
    link = at.desk.store.read(lambda c: c.execute(mine).scalar_one())
    assert set_aside_link(at.desk, who_asks(at.desk, at.editor), link, REASON, at.clock())
    found.seen = look_at_everything(at)
    found.look_at_shares()
    found.paste_links()
    found.ask_everybody()
    found.count_anew(folder)
    return found


def bring_in(at: ChampionsDesk, folder: Path, finn: str, out: str) -> None:
    """From another tool: six shares that bring nearly the same each, and somebody who is out."""
    day = at.clock().date().isoformat()
    rows = [(f"f{n}", finn, f"Old story {n % 2}") for n in range(6)] + [("o1", out, "Old story 0")]
    known = f"{finn},Finn,Files,2025-06-01\n{out},Out,Files,2025-06-01\n"
    (folder / "people.csv").write_text(f"person,name,team,joined\n{known}")
    (folder / "shares.csv").write_text(
        "share,person,story,shared_at\n" + "".join(f"{share},{who},{story},{day}\n" for share, who, story in rows)
    )
    (folder / "clicks.csv").write_text(
        "share,visitor,clicked_at\n" + "".join(f"{share},{share}v{n},{day}\n" for share, *_ in rows for n in range(4))
    )
    done = import_company(at.desk.store, folder, "daily", at.clock(), lambda bad: None)
    assert not done.refused


def look_at_everything(at: ChampionsDesk) -> list[str]:
    """As an editor who reads English: every text of every view and message, and every row of every file."""
    at.stand.workspace.log.clear()
    at.stand.workspace.files.clear()
    for _ in range(4):
        at.stand.work()
        at.clock.step(seconds=2)
    at.open()
    for tab in TABS:
        at.press(tab)
        while ids.CHAMPIONS_LATER in json.dumps(at.view()):
            at.press(ids.CHAMPIONS_LATER)
    for number in champions_of(at.view()):
        look_behind(at, number)
    for view in reversed(at.acts.views(at.editor)):
        at.acts.close(at.editor, view["id"])
    answers = [paste(at, code) for code in codes(at)]
    at.acts.open_home(at.editor)
    at.stand.work()
    answers += [at.say(f"leaderboard {what}".strip()) for what in ("", "week", "month", "quarter", "30 days")]
    answers += [at.say("digest preview")]
    at.say("export")
    at.stand.settle()
    log = list(at.stand.workspace.log)
    said = [dict(entry.args) for entry in log if entry.kind == "api" and entry.name.startswith(SAYING)]
    rows = [",".join(row) for file in at.stand.workspace.files.values() for row in sheet(file.content)]
    return [text for found in (*said, *answers) for text in texts(parsed(found))] + rows


def champions_of(view: Json) -> list[str]:
    """Their numbers, as the buttons beside them carry them."""
    ids_of = (str(block.get("block_id")) for block in view["blocks"])
    return [one.partition(":")[2] for one in ids_of if one.startswith("champion:")]


def look_behind(at: ChampionsDesk, number: str) -> None:
    """All that opens beside a champion: their shares, the menu of each, thanks, and the question to join."""
    block_id = f"champion:{number}"
    at.press(ids.CHAMPION_MENU, option=ids.option(ids.LOOK_AT_SHARES, int(number)), block_id=block_id)
    for block in at.view()["blocks"]:
        for option in block.get("accessory", {}).get("options", []):
            if option["value"].startswith((f"{ids.ASIDE_LINK}:", f"{ids.ASIDE_SHARE}:")):
                at.press(ids.ASIDE_MENU, option=option["value"], block_id=block["block_id"])
                at.acts.close(at.editor, at.view()["id"])
    at.acts.close(at.editor, at.view()["id"])
    at.press(ids.THANK, value=number)
    at.acts.close(at.editor, at.view()["id"])
    at.press(ids.CHAMPION_MENU, option=ids.option(ids.INVITE, int(number)), block_id=block_id)
    at.acts.close(at.editor, at.view()["id"])


def paste(at: ChampionsDesk, code: str) -> Json:
    """`/passalong set-aside LINK`; what is said, or shown, apart from what everybody reads there."""
    said = at.say(f"set-aside {PUBLIC}/{code}")
    for view in reversed(at.acts.views(at.editor)):
        said = {"text": view["blocks"][0]["text"]["text"]}
        at.acts.close(at.editor, view["id"])
    return said


def codes(at: ChampionsDesk, user: str | None = None) -> list[str]:
    """Of the links of this one, or of everybody, of any standing."""
    query = select(links.c.code).order_by(links.c.id)
    if user is not None:
        query = query.where(links.c.person_id == at.person(user).id)
    return list(at.desk.store.read(lambda c: c.execute(query).scalars()))


def sheet(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def parsed(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.loads(value)
    return {key: parsed(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def texts(value: Any) -> Iterator[str]:
    """Everything that is shown, text by text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "alt_text", "label", "title", "initial_value") and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def plain(text: str) -> str:
    return re.sub("[*_]", "", text)


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
