"""`passalong content check FOLDER`, before there is a bot: nothing of its settings is needed."""

from pathlib import Path

from click.testing import CliRunner

from bot.cli import main

SHIPPED = Path(__file__).parents[2] / "content"
STORY = """---
link: https://example.org/a
title: "The pump of 1954"
captions:
  en:
    - "One way to say it."
---
We are proud to announce our innovative platform to all stakeholders in order to leverage growth.
"""


def checked(folder: Path, **env: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["content", "check", str(folder)], env=env)
    return result.exit_code, [line for line in result.output.splitlines() if line.startswith("~")]


def test_a_folder_is_read_by_its_own_lists_without_settings(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "a.md").write_text(STORY)
    bad = {"PASSALONG_LOG_LEVEL": "bogus", "PASSALONG_CONTENT_DIR": str(tmp_path / "nowhere")}
    code, [shipped] = checked(tmp_path, **bad)
    assert (code, "who did this, or saw it happen?" in shipped) == (0, True)
    (tmp_path / "language").mkdir()
    lists = (SHIPPED / "language" / "en.toml").read_text()
    (tmp_path / "language" / "en.toml").write_text(lists.replace("who did this, or saw it happen?", "who was there?"))
    code, [own] = checked(tmp_path, **bad)
    assert (code, own) == (0, shipped.replace("who did this, or saw it happen?", "who was there?"))
