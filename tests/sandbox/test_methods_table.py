"""The document lists what there is, and nothing the Web API says no with goes unseen."""

import re
from pathlib import Path

from bot.sandbox.methods_doc import methods_document
from bot.sandbox.web_api import methods
from bot.sandbox.web_api.limits import PER_MINUTE

ROOT = Path(__file__).parents[2]
TESTS = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))


def test_the_document_lists_the_methods() -> None:
    listed = re.findall(r"^\| `(\w+\.[\w.]+)` \| (.+?) \| (.+?) \|", (ROOT / "docs/sandbox.md").read_text(), re.M)
    there = [(m.name, " or ".join(f"`{s}`" for s in m.scope) or "none", m.tier) for m in methods().values()]
    assert listed == there


def test_the_document_is_up_to_date() -> None:
    assert (ROOT / "docs/sandbox.md").read_text() == methods_document()


def test_tiers_exist() -> None:
    assert {m.tier for m in methods().values()} <= set(PER_MINUTE)


def test_every_refusal_is_seen_in_a_test() -> None:
    code = "".join(path.read_text() for path in (ROOT / "bot/sandbox/web_api").glob("*.py"))
    strings = set(re.findall(r'(?:Refusal|ValueError)\(f?"(\w+)"', code)) | set(
        re.findall(r'(?:required|data)\([^)]*"(\w+)"\)', code)
    )
    errors = {s for s in strings if "_" in s} - {"trigger_id", "user_id", "view_id"}
    assert len(errors) > 40
    assert sorted(e for e in errors if f'"{e}"' not in TESTS) == []


def test_every_method_is_called_in_a_test() -> None:
    unseen = [n for n in methods() if n not in TESTS and n.replace(".", "_") not in TESTS]
    assert unseen == []
