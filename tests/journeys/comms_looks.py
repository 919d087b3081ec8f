"""A company of people of every standing, played for four weeks; then somebody of comms looks at everything."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

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
