"""`passalong language score`, as somebody pipes posts through it."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bot.cli import main

COMPANY = "We are proud to announce our innovative platform to all stakeholders in order to leverage growth."
PERSON = "I drove there last night and my son held the lamp. It's running again, haha."


def scored(posts: str | bytes, *options: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["language", "score", *options], input=posts, env=env)


def lines(posts: str | bytes, *options: str) -> list[dict[str, Any]]:
    result = scored(posts, *options)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def post(**parts: Any) -> str:
    return json.dumps(parts) + "\n"


def test_each_post_gets_a_line() -> None:
    company, person = lines(post(id=1, text=COMPANY) + post(id="b", text=PERSON, lang="en"))
    assert (company["id"], company["lang"], person["id"]) == (1, "en", "b")
    assert company["score"] < 35 < 70 < person["score"]
    assert company["question"] == "who did this, or saw it happen?"
    assert len(company["tips"]) == 3
    assert all(tip["phrase"] in COMPANY and tip["say"] for tip in company["tips"])
    moves = [abs(reason["moved"]) for reason in company["reasons"]]
    assert moves == sorted(moves, reverse=True)
    assert person["tips"] == []
    assert "question" not in person


def test_a_crisis_is_scored_and_left_alone() -> None:
    (found,) = lines(post(id=1, text="Our office is closed after a gas leak, everyone is safe."))
    assert (found["quiet"], found["tips"], found["score"] < 35) == ("crisis", [], True)


def test_the_language_of_a_line_is_stronger_than_the_option() -> None:
    found = lines(post(text="pump", lang="en") + post(text="pump") + post(text="pump", lang=None), "--lang", "nl")
    assert [one["lang"] for one in found] == ["en", "nl", "nl"]


def test_a_bad_post_is_told_by_its_id_and_the_rest_goes_on() -> None:
    wrong = {
        '{"id": 0}': "there is no text",
        '{"id": 1, "text": null}': "there is no text",
        '{"id": 2, "text": 5}': "the text is not a string",
        '{"id": 3, "text": ["a"]}': "the text is not a string",
        '{"id": 4, "text": " \\n"}': "the text is empty",
        '{"id": 5, "text": "a", "lang": "de"}': "lang has to be one of en, nl",
        '{"id": 6, "text": "a", "lang": ["en"]}': "lang has to be one of en, nl",
    }
    *bad, good = lines("\n".join(wrong) + "\n" + post(id=8, text=PERSON))
    assert bad == [{"id": number, "error": error} for number, error in enumerate(wrong.values())]
    assert good["id"] == 8


def test_a_line_that_is_no_post_does_not_stop_the_rest() -> None:
    wrong = [
        *(b"nope", b"[1]", b'"text"', b"5", b"null", b"{", b"\xff\xfe", b'{"id": NaN, "text": "a"}'),
        *(b'{"id": 1e999, "text": "a"}', b"[" * 100_000, b'{"id": ' + b"9" * 5_000 + b', "text": "a"}'),
    ]
    *bad, good = lines(b"\n".join([*wrong, post(id=8, text=PERSON).encode()]))
    assert [list(one) for one in bad] == [["error"]] * len(wrong)
    assert good["id"] == 8


def test_odd_texts_are_scored() -> None:
    odd = ["🎉", "\ud800 half", "a" * 1_000_000, "\x00", "<@U1>", "漢字"]
    found = lines("".join(post(id=text[:3], text=text) for text in odd))
    assert [one["id"] for one in found] == [text[:3] for text in odd]
    assert all(0 <= one["score"] <= 100 for one in found)


def test_blank_lines_and_a_mark_at_the_start_are_passed_over() -> None:
    assert (
        len(lines(b"\xef\xbb\xbf" + post(text=PERSON).encode() + b"\n  \n" + post(text=PERSON).encode().strip())) == 2
    )


def test_nothing_comes_of_nothing() -> None:
    assert lines("") == []


def test_lists_that_are_wrong_are_told(tmp_path: Path) -> None:
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "en.toml").write_text('[[entry]]\nmatch = "leverage"\nkind = "jargon"\nsay = "use"\n')
    result = scored(post(text="a"), env={"PASSALONG_CONTENT_DIR": str(tmp_path)})
    assert result.exit_code == 1
    assert "language/en.toml:1: its kind is 'jargon'" in result.output
