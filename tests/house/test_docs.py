"""What is written down is what is true: settings, scopes, version, links between documents."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.config import VARIABLES
from tests.house.write_docs import ROOT, documents


@pytest.mark.parametrize("path", sorted(documents()), ids=lambda path: path.name)
def test_generated_documents_are_up_to_date(path: Path):
    assert path.read_text() == documents()[path], "run `make docs`"


def test_every_setting_is_in_the_readme_and_in_the_example():
    for variable in VARIABLES.values():
        assert f"`{variable.name}`" in (ROOT / "README.md").read_text()
        assert variable.name in (ROOT / ".env.example").read_text()


def test_the_version_is_the_changelogs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    [newest, *_] = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert project["version"] == newest == version("passalong")


def test_links_between_documents_lead_somewhere():
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text()):
            if "://" not in target and not target.startswith("mailto:"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


@pytest.mark.parametrize("module", ["bot.slack.app", "bot.compose", "bot.sandbox.server", "bot.web.health"])
def test_nothing_happens_on_import(module: str, tmp_path: Path):
    """With an empty environment, in an empty folder, without a word and without a file."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import {module}"],
        env={"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
