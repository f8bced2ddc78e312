"""`new`, `build`, `verify`, `demo` and `serve`: from a folder to a page, and what each says of it."""

import json
import socket
from pathlib import Path

import pytest

from tests.command import holds, ok, run, tree
from tests.paper import STORY, SUBJECT


def test_new_makes_the_example_or_a_bare_desk(tmp_path: Path) -> None:
    said = ok("new", tmp_path / "full").out
    me = f"groundswell -C {tmp_path / 'full'}"
    assert said == f"A desk stands in {tmp_path / 'full'}. Next: {me} load --all, then {me} reduce interactions\n"
    assert {"desk.toml", "data", "stories", "catalog"} <= {path.name for path in (tmp_path / "full").iterdir()}
    said = ok("new", tmp_path / "bare", "--empty").out
    assert said.endswith(f"groundswell -C {tmp_path / 'bare'} status\n")
    assert list(tree(tmp_path / "bare")) == ["desk.toml"]
    assert ok("new", tmp_path / "json", "--json").json["desk"] == str(tmp_path / "json")


def test_new_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ok("new", tmp_path / "empty")
    before = tree(tmp_path)
    run("new", tmp_path / "empty").refused("is there already; name a new folder, or an empty one")
    (tmp_path / "file").write_text("mine")
    run("new", tmp_path / "file", "--empty").refused("is there already")
    assert {name: data for name, data in tree(tmp_path).items() if name != "file"} == before


def test_build_says_what_it_wrote(paper: Path) -> None:
    said = ok("-C", paper, "build").out
    assert said == f"5 pages written to {paper / 'site'}, 4 numbers with receipts\n"
    document = ok("-C", paper, "build", "--json").json
    folders = ("", "category/entertainment/", "stories/kite-returns/", "territory/GB/", "territory/WW/")
    assert sorted(document["pages"]) == sorted(f"{folder}index.html" for folder in folders)
    assert document["receipts"] == 4
    assert len(list((paper / ".groundswell" / "receipts").iterdir())) == 4


def test_a_refused_build_is_one_line_a_number_and_exit_1(paper: Path) -> None:
    wrong = STORY.replace("3 countries", "4 countries").replace("23.94 million", "23.95 million")
    (paper / "stories" / "kite-returns.md").write_text(wrong, encoding="utf-8")
    ran = run("-C", paper, "build")
    assert (ran.code, ran.out) == (1, "")
    assert [line[:48] for line in ran.err.splitlines()] == [
        'groundswell: stories/kite-returns.md: "4 countri',
        'groundswell: stories/kite-returns.md: "23.95 mil',
    ]
    document = run("-C", paper, "build", "--json").json
    assert (document["error"]["kind"], document["error"]["exit"], len(document["error"]["lines"])) == ("Refused", 1, 2)
    assert not (paper / "site").exists()
    assert not (paper / ".groundswell" / "receipts").exists()


def test_a_bare_desk_builds_an_empty_site(tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    assert "1 pages written" in ok("-C", tmp_path / "bare", "build").out
    assert "No story is published yet." in (tmp_path / "bare" / "site" / "index.html").read_text(encoding="utf-8")


def test_verify_shows_each_receipt(paper: Path) -> None:
    ok("-C", paper, "build")
    for result in ok("-C", paper, "verify", "--json").json["receipts"]:
        holds(result, {"receipt": str, "says": str, "outcome": str, "why": str})
        assert result["outcome"] == "same"


def test_the_demo_is_the_whole_on_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = ok("demo").out
    assert "Try next:" in out
    assert "supported" in out
    assert "refuted" in out
    assert "\x1b" not in out
    document = ok("demo", "--no-serve", "--json").json
    assert document["desk"] == "groundswell-demo"
    verdicts = [claim["verdict"] for claim in document["claims"]]
    half = len(verdicts) // 2
    assert verdicts == ["supported"] * half + ["refuted"] * half
    for claim in document["claims"]:
        holds(
            claim,
            {"says": str, "kind": str, "subject": str, "chart": str, "period": list, "stated": dict, "verdict": str},
        )
    assert "index.html" in document["pages"]


def test_serve_needs_a_site_and_a_port_of_its_own(paper: Path) -> None:
    run("-C", paper, "serve").refused("no site is built yet; run 'groundswell build'")
    ok("-C", paper, "build")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run("-C", paper, "serve", "--port", port).refused(f"port {port} is taken; name another with --port")


def test_two_desks_tell_of_the_same_number_alike(paper: Path, tmp_path: Path) -> None:
    """A receipt file may be handed to another desk, and one that holds the lists finds the same."""
    ok("-C", paper, "build")
    other = tmp_path / "other"
    ok("new", other, "--empty")
    for name in (
        "desk.toml",
        "data/tv.csv",
        "data/countries.csv",
        "data/tv.csv.origin.toml",
        "data/countries.csv.origin.toml",
    ):
        (other / name).write_bytes((paper / name).read_bytes())
    ok("-C", other, "load", "--all")
    receipts = sorted((paper / "site" / "receipts").iterdir())
    out = ok("-C", other, "verify", *receipts).out
    assert [line.partition(":")[0] for line in out.splitlines()] == ["same"] * 4
    assert all(json.loads(path.read_bytes())["claim"]["subject"] == SUBJECT for path in receipts)
