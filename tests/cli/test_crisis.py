"""`passalong crisis publish DIR` as an admin runs it, and the folder that the bot keeps by itself."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from bot.cli.doctor import examine_crisis_folder
from bot.compose import crisis_folder
from bot.config import Settings, read_settings
from bot.jobs.timetable import TIMETABLE
from tests.conftest import Stand, _migrated
from tests.web.crisis_facts import facts


def publish(*words, env):
    return CliRunner().invoke(main, ["crisis", "publish", *map(str, words)], env=env)


def test_it_says_what_was_written(tmp_path):
    (tmp_path / "passalong.db").write_bytes(_migrated())
    site = tmp_path / "site"
    site.mkdir()
    env = {"PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}"}
    done = publish(site, env=env)
    assert (done.exit_code, done.output) == (0, f"{site / 'now'}: 0 published, 1 files written, 0 taken away.\n")
    assert "0 files written" in publish(site, env=env).output
    assert "Nothing at the moment" in (site / "now/index.html").read_text()


def test_what_stands_in_the_way_is_said(tmp_path):
    (tmp_path / "passalong.db").write_bytes(_migrated())
    env = {"PASSALONG_DATABASE_URL": f"sqlite:///{tmp_path / 'passalong.db'}"}
    (tmp_path / "now").write_text("a file")
    done = publish(tmp_path, env=env)
    assert done.exit_code == 1
    assert f"{tmp_path} cannot be written" in done.output
    assert "Traceback" not in done.output
    assert publish(tmp_path / "nowhere", env=env).exit_code == 2


def test_a_page_of_the_past_and_a_rehearsal(tmp_path):
    pages = (facts(is_current=False), facts(page="exercise-x7", is_rehearsal=True))
    crisis_folder(Settings(), tmp_path).write(pages)
    assert sorted(folder.name for folder in (tmp_path / "now").iterdir()) == [".passalong.json", "index.html", "outage"]


def test_the_bot_keeps_the_folder_that_is_set(tmp_path, clock, caplog):
    site = tmp_path / "site"
    site.mkdir()
    [job] = [job for job in TIMETABLE if job.name == "crisis_files"]
    stand = Stand(tmp_path, clock, crisis_dir=read_settings({"PASSALONG_CRISIS_DIR": str(site)}).crisis_dir)
    try:
        job.come_round(stand.house.desk, clock)
        assert (site / "now/index.html").exists()
        shutil.rmtree(site)
        site.write_text("a file")
        job.come_round(stand.house.desk, clock)
        assert "could not be written as files" in caplog.text
    finally:
        stand.close()


def test_doctor_looks_at_the_folder(tmp_path):
    def well(folder: Path) -> list[bool]:
        return [finding.is_well for finding in examine_crisis_folder(Settings(crisis_dir=folder))]

    (tmp_path / "file").write_text("a file")
    assert well(tmp_path) == well(tmp_path / "new") == [True]
    assert well(tmp_path / "file") == well(tmp_path / "file/new") == [False]
    assert list(examine_crisis_folder(Settings())) == []
