"""The stage: a workspace, the bot on it over real Socket Mode and HTTP, its public host, and people, in one process."""

import socket
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from bot.cli.demo.clock import START, DemoClock
from bot.cli.demo.pages import COMPANY, Pages
from bot.cli.demo.play import NeverAtRest, Play
from bot.cli.demo.script import phrases, scripts
from bot.cli.demo.site import Site
from bot.compose import build, build_link_server, content_folder
from bot.config import Settings
from bot.domain.story_file import StoryFile
from bot.sandbox.company import front_row, make_company
from bot.sandbox.outside.browsers import OFFICE
from bot.sandbox.people import Staff
from bot.sandbox.server import Sandbox
from bot.sandbox.workspace import Workspace
from bot.slack.manifest import manifest
from bot.sources.content_folder import read_stories

PATIENT = 20.0
"""Seconds for an acknowledgement while the clock stands still: a slow machine plays the same weeks."""
FRIDAY_AFTERNOON = timedelta(days=4, hours=9)
TUESDAY_MORNING = timedelta(days=1, hours=1, minutes=31)
"""Both from eight o'clock on Monday: five o'clock on Friday, and a minute after the first slot."""


@dataclass(frozen=True)
class Wishes:
    """What was asked for. `plays`: the weeks are played; `leaves`: it ends after the check."""

    weeks: int = 4
    people: int = 40
    seed: int = 1
    port: int = 0
    plays: bool = True
    leaves: bool = False

    @property
    def end(self) -> datetime:
        """When the play ends (UTC): on a Friday afternoon, so that four weeks are one month on the boards."""
        return START + (timedelta(weeks=self.weeks - 1) + FRIDAY_AFTERNOON if self.plays else TUESDAY_MORNING)


class Stage:
    """Everything, built and joined; entering it connects the bot.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, wishes: Wishes, folder: Path) -> None:
        self.wishes, self.clock = wishes, DemoClock()
        company = replace(make_company(wishes.people, wishes.seed), name=COMPANY, domain="kolkenkamp")
        company = replace(company, rooms=(*company.rooms, front_row(company)))
        self.workspace = Workspace(company, self.clock)
        self.workspace.apply_manifest(manifest())
        self.sandbox = Sandbox(self.workspace, wishes.port, real_time=False).start()
        self.site = Site()
        port = _free_port()
        self.settings = Settings(
            bot_token=self.sandbox.bot_token,
            app_token=self.sandbox.app_token,
            slack_api_url=self.sandbox.api_url,
            database_url=f"sqlite:///{folder / 'demo.db'}",
            admins=(company.admin,),
            public_url=f"http://127.0.0.1:{port}",
            public_bind=("127.0.0.1", port),
            forwarded_allow_ips=("127.0.0.1/32",),
            office_networks=(OFFICE,),
            fetch_allow=("127.0.0.1/32",),
        )
        self.sandbox.socket.ack_seconds = PATIENT
        self.stories: list[StoryFile] = read_stories(content_folder(self.settings))[0]
        self.workspace.drawn = frozenset(story.image for story in self.stories if story.image)
        self.house = build(self.settings, clock=self.clock, reader=lambda web: Pages(self.stories, web))
        words, store = self.house.front.words, self.house.store
        self.links = build_link_server(self.settings, store, clock=self.clock, words=words)
        texts = phrases(self.house.front.words)
        self.staff = Staff(self.sandbox, texts, scripts(self.stories), wishes.seed, wishes.weeks)
        self.play = Play(self.house, self.sandbox, self.staff, self.clock)
        (self.staff.plan if wishes.plays else self.staff.set_up)()

    def __enter__(self) -> "Stage":
        self.site.start()
        self.links.start()
        self.house.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(NeverAtRest):
            self.play.settle()  # whoever is interrupted finishes what is in hand
        self.staff.public.close()
        self.links.stop()
        self.house.close()
        self.sandbox.stop()
        self.site.stop()


def _free_port() -> int:
    """One that nobody listens on: it stands in links, so it has to be known before anything is."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
