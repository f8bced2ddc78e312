"""`check` as a command: the page for people, the document, batches, and what each exit code says."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from groundswell.cli import main
from tests.checker.conftest import example_desk

__all__ = ["example_desk"]
TRUE = "Heartstopper drew 23.94 million hours."
FALSE = "Heartstopper drew 29.34 million hours."


def run(desk: Path, *arguments: str) -> int:
    return main(["-C", str(desk), "check", *arguments])


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "release.txt"
    path.write_text(f"{TRUE}\n\nIt was No. 5 on the English TV list.\n", encoding="utf-8")
    return path


def test_people_see_the_text_marked_and_each_claim_with_its_verdict(
    example_desk: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(example_desk, str(text), "--released", "2022-05-03") == 0
    out = capsys.readouterr().out
    assert "Heartstopper drew 23.94 million hours[1]." in out
    assert "supported: Heartstopper: Season 1 in" in out
    assert "2 supported, 0 refuted, 0 undecidable" in out


def test_a_text_without_a_week_and_a_day_says_how_the_day_is_given(
    example_desk: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(example_desk, str(text)) == 0
    told = "No week is named and no day of release: say it, as in --released 2022-05-03.\n"
    assert capsys.readouterr().out.endswith(told)
    assert run(example_desk, str(text), "--released", "2022-05-03") == 0
    assert told not in capsys.readouterr().out


def test_a_refuted_number_is_exit_1(example_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(FALSE, encoding="utf-8")
    assert run(example_desk, str(path), "--released", "2022-05-03", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["summary"]["refuted"]) == (1, 1)
    assert document["claims"][0]["found"] == 23_940_000


def test_standard_input_is_read_and_explained(
    example_desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode())))
    assert run(example_desk, "-", "--released", "2022-05-03", "--explain", "1") == 0
    out = capsys.readouterr().out
    assert '\n    "text": "23.94 million hours",\n' in out
    claim = json.loads(out)["claim"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TRUE.encode())))
    assert run(example_desk, "-", "--released", "2022-05-03", "--explain", "1", "--json") == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 1
    assert json.loads(out)["claim"] == claim
    assert claim["receipt_document"]["verdict"] == "supported"
    assert main(["-C", str(example_desk), "verify", claim["receipt"][:20]]) == 0
    assert capsys.readouterr().out.startswith("same: ")


def test_a_claim_that_is_not_there_cannot_be_explained(
    example_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "release.txt"
    for text, why in ((TRUE, "no claim 2; the text has 1 claim"), ("Words.", "no claim was read in the text; ")):
        path.write_text(text, encoding="utf-8")
        assert run(example_desk, str(path), "--released", "2022-05-03", "--explain", "2") == 2
        assert capsys.readouterr().err.startswith(f"groundswell: {why}")


def test_a_desk_without_lists_and_a_text_without_words_are_said(
    example_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "release.txt"
    path.write_text(TRUE, encoding="utf-8")
    assert main(["new", str(tmp_path / "bare"), "--empty"]) == 0
    capsys.readouterr()
    assert run(tmp_path / "bare", str(path)) == 0
    ran = capsys.readouterr()
    assert ran.err.startswith("groundswell: the desk holds no list yet, so no number can be decided; load one first")
    assert "0 supported, 0 refuted, 0 undecidable; 1 other number\nNo number is read as one of a title held" in ran.out
    path.write_text(" \n", encoding="utf-8")
    assert run(example_desk, str(path)) == 0
    assert capsys.readouterr().err == f"groundswell: {path} holds no text\n"


def test_a_batch_answers_every_line_and_names_those_it_cannot_read(
    example_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": n, "released": "2022-05-03", "text": t}) for n, t in (("a", TRUE), ("b", FALSE))]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert run(example_desk, "--batch", str(source), "--out", str(out)) == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(a["id"], a["claims"][0]["verdict"]) for a in answers] == [("a", "supported"), ("b", "refuted")]
    source.write_text(
        "\n".join([lines[0], "{no json", '{"id": "c", "released": "03/05/2022", "text": "x"}', lines[1]]),
        encoding="utf-8",
    )
    assert run(example_desk, "--batch", str(source), "--out", str(out)) == 2
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2
    assert "2 texts checked, 2 lines not read" in capsys.readouterr().err
    assert run(example_desk, "--batch", str(source), "--out", str(out), "--json") == 2
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert (document["format"], document["checked"], len(document["unread"])) == (1, 2, 2)
    assert "in.jsonl, line 2: " in told.err
    assert "in.jsonl, line 3: released: a day, as 2022-05-17, is expected; a line is an object with " in told.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_killed_batch_leaves_what_was_there(example_desk: Path, tmp_path: Path) -> None:
    """The command reads from a pipe that stays open, so that it is killed in the midst of writing."""
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    os.mkfifo(source)
    out.write_text("what was there\n", encoding="utf-8")
    command = [sys.executable, "-m", "groundswell", "-C", str(example_desk), "check"]
    line = json.dumps({"id": "a", "released": "2022-05-03", "text": TRUE})
    with (
        subprocess.Popen([*command, "--batch", str(source), "--out", str(out)]) as process,
        source.open("w", encoding="utf-8") as pipe,
    ):
        pipe.write(f"{line}\n" * 150)
        pipe.flush()
        while not any(path.stat().st_size for path in tmp_path.glob(".writing-*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.wait()
    assert out.read_text(encoding="utf-8") == "what was there\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["no-such-file.txt"], ["x", "--batch", "in.jsonl"], ["--batch", "in.jsonl"], ["-", "--released", "May 3"]],
)
def test_what_cannot_be_asked_is_exit_2_and_one_line(
    example_desk: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(example_desk, *arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_hostile_bytes_are_escaped_or_refused(
    example_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.txt"
    path.write_bytes(f"\x1b[2J\u202e{FALSE}".encode())
    assert run(example_desk, str(path), "--released", "2022-05-03") == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    path.write_bytes(b"\xff\xfe\x00")
    assert run(example_desk, str(path)) == 2
    path.write_bytes(b"a " * 500_001)
    assert run(example_desk, str(path)) == 2
    assert "check it in parts" in capsys.readouterr().err
