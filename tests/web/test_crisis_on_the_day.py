"""A real crisis and its page: dark, published, updated, over; at the public host, and in the folder beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.crisis_pages import published_pages
from bot.actions.end_crisis import end_crisis
from bot.actions.tell_crisis import publish_page
from bot.actions.update_crisis import update_crisis
from bot.actions.write_crisis_files import write_crisis_files
from bot.compose import crisis_folder
from bot.config import Settings
from bot.domain.crisis_desk import UpdateWish
from bot.store.engine import Store
from bot.web.crisis_pages import FRESH
from tests.actions.crisis_room import MINUTE, NOW, Room
from tests.conftest import _migrated
from tests.web.conftest import PUBLIC

NEWS = UpdateWish(
    {"en": "It is <closed>.", "nl": "Het is <dicht>."}, {"en": ("Nobody can get in any more.",)}, {}, {}, 30
)


@pytest.fixture
def room(tmp_path):
    (tmp_path / "crisis.db").write_bytes(_migrated())
    room = Room(Store(f"sqlite:///{tmp_path / 'crisis.db'}"))
    room.set_up(company="Reef & Harbour")
    folder = tmp_path / "site"
    folder.mkdir()
    room.desk = replace(room.desk, crisis_files=crisis_folder(Settings(public_url=PUBLIC), folder))
    return room


def test_from_start_to_end(room, serve, tmp_path):
    store = room.desk.store
    public = serve(store=store, pages=lambda: published_pages(store, NOW))

    def read(path: str = "/now", **more: str) -> str:
        public.server._crisis._looked_at -= FRESH
        write_crisis_files(room.desk, NOW)
        return public.get(path, **more).body

    def filed(name: str = "index.html") -> str:
        return (tmp_path / "site/now" / name).read_text()

    room.told()
    assert "Nothing at the moment" in read()
    assert public.get("/now/data").status == 404
    assert "Nothing at the moment" in filed()

    publish_page(room.desk, room.editor, 1, NOW + MINUTE)
    page = read(accept_language="en")
    assert "Reef &amp; Harbour" in page
    assert "this &amp; that" in page
    assert page.count("<article>") == 0
    assert filed("data/en/index.html") == read("/now/data/en/")

    update_crisis(room.desk, room.editor, 1, NEWS, "window", NOW + 5 * MINUTE)
    assert "It is &lt;closed&gt;." in read(accept_language="en")
    assert "Nobody can get in any more." in filed("data/en/index.html")
    assert "Het is &amp;lt;dicht&amp;gt;." in read("/now/data/feed.nl.atom")

    end_crisis(
        room.desk, room.editor, 1, {"en": "All is well again.", "nl": "Alles is weer goed."}, NOW + timedelta(hours=2)
    )
    assert "Dit is voorbij" in read("/now/data/nl")
    assert "Alles is weer goed." in filed("data/nl/index.html")
    assert "Next update" not in read("/now/data/en")
    assert "This is over" in read(accept_language="en")
    a_week_later = published_pages(store, NOW + timedelta(days=8))
    assert [(page.page, page.is_current) for page in a_week_later] == [("data", False)]


def test_a_rehearsal_has_a_page_and_no_file(room, serve, tmp_path):
    store = room.desk.store
    known = room.told(is_rehearsal=True, publish=True)
    public = serve(store=store, pages=lambda: published_pages(store, NOW))
    write_crisis_files(room.desk, NOW)
    assert "Nothing at the moment" in public.get("/now").body
    assert "We are practising." in public.get(f"/now/{known.crisis.page}", accept_language="en").body
    assert [one.name for one in (tmp_path / "site/now").iterdir() if one.is_dir()] == []
