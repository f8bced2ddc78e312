"""`new`, `build`, `verify`, `demo` and `serve`: from a folder to a page, and what each says of it."""

import json
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import groundswell
from tests.command import holds, ok, run, tree
from tests.paper import STORY, SUBJECT, TV


def test_new_makes_the_example_or_a_bare_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [""])
    said = ok("new", tmp_path / "full").out
    me = f"groundswell -C {tmp_path / 'full'}"
    steps = f"{me} load --all, {me} reduce interactions, {me} reduce live, then {me} build and {me} serve"
    assert said == f"A desk stands in {tmp_path / 'full'}. Next: {steps}\n"
    assert {"desk.toml", "data", "stories", "catalog"} <= {path.name for path in (tmp_path / "full").iterdir()}
    said = ok("new", tmp_path / "bare", "--empty").out
    assert f"Next: groundswell -C {tmp_path / 'bare'} load netflix.global " in said
    assert said.endswith(f"or name your own files in {tmp_path / 'bare' / 'desk.toml'} (docs/feeds.md)\n")
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


def test_build_hints_at_a_category_that_may_be_misspelt(paper: Path) -> None:
    front = "title: A title\nsummary: A summary\nreleased: 2022-05-20"
    for name, category in (("other", "Entertainment"), ("third", "Entertainmnet")):
        told = f"---\n{front}\ncategory: {category}\n---\nWords.\n"
        (paper / "stories" / f"{name}.md").write_text(told, encoding="utf-8")
    hint = 'stories/third.md:5: category "Entertainmnet" has no other story; nearest: Entertainment'
    assert ok("-C", paper, "build", "--json").json["hints"] == [hint]
    assert ok("-C", paper, "build").out.endswith(f"\nto look at: {hint}\n")
    (paper / "stories" / "third.md").unlink()
    assert ok("-C", paper, "build", "--json").json["hints"] == []


def test_a_refused_build_is_one_line_a_number_and_exit_1(paper: Path) -> None:
    wrong = STORY.replace("3 countries", "4 countries").replace("23.94 million", "23.95 million")
    (paper / "stories" / "kite-returns.md").write_text(wrong, encoding="utf-8")
    ran = run("-C", paper, "build")
    assert (ran.code, ran.out) == (1, "")
    summary, prose = (wrong[: wrong.index(words)].count("\n") + 1 for words in ("in 4 countries", "for 23.95 million"))
    assert [line[:50] for line in ran.err.splitlines()] == [
        f'groundswell: stories/kite-returns.md:{summary}: "4 countri',
        f'groundswell: stories/kite-returns.md:{prose}: "23.95 mi',
    ]
    document = run("-C", paper, "build", "--json").json
    assert [f"groundswell: {line}" for line in document["error"]["lines"]] == ran.err.splitlines()
    assert (document["error"]["kind"], document["error"]["exit"], len(document["error"]["lines"])) == ("Refused", 1, 2)
    assert not (paper / "site").exists()
    assert not (paper / ".groundswell" / "receipts").exists()


def test_a_bare_desk_builds_an_empty_site(tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    assert "1 page written" in ok("-C", tmp_path / "bare", "build").out
    assert "No story is published yet." in (tmp_path / "bare" / "site" / "index.html").read_text(encoding="utf-8")


def test_a_desk_of_which_nothing_is_loaded_says_so_before_its_numbers(tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    front = "title: A title\nsummary: A summary\nreleased: 2022-05-20\ncategory: News"
    (tmp_path / "bare" / "stories" / "one.md").write_text(f"---\n{front}\n---\nIt was No. 1.\n", encoding="utf-8")
    [alone] = run("-C", tmp_path / "bare", "build").err.splitlines()
    assert alone.startswith("groundswell: stories/one.md:7: ")
    with (tmp_path / "bare" / "desk.toml").open("a") as settings:
        settings.write('[[feeds]]\nfeed = "netflix.global"\npath = "data/global.tsv"\n')
    first, second = run("-C", tmp_path / "bare", "build").err.splitlines()
    assert first.startswith("groundswell: no list or reading is loaded yet, so no number can be decided; load what")
    assert second == alone


def test_verify_shows_each_receipt(paper: Path) -> None:
    ok("-C", paper, "build")
    for result in ok("-C", paper, "verify", "--json").json["receipts"]:
        holds(result, {"receipt": str, "says": str, "outcome": str, "why": str})
        assert result["outcome"] == "same"


def test_verify_tells_what_is_not_the_same_and_how_many_are(paper: Path) -> None:
    assert ok("-C", paper, "verify").out == "no receipts yet; 'groundswell build' writes them\n"
    ok("-C", paper, "build")
    assert ok("-C", paper, "verify").out == "4 same, 0 changed, 0 unknown\n"
    [path, *_] = sorted((paper / ".groundswell" / "receipts").iterdir())
    [told] = ok("-C", paper, "verify", path.stem[:12]).out.splitlines()
    assert told.startswith("same: ")
    tv = (paper / "data" / "tv.csv").read_text(encoding="utf-8")
    (paper / "data" / "tv.csv").write_text(tv.replace("23940000", "23950000"), encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    ran = run("-C", paper, "verify")
    assert (ran.code, ran.err) == (1, "")
    *changed, total = ran.out.splitlines()
    assert {line.partition(":")[0] for line in changed} == {"changed"}
    assert total == f"{4 - len(changed)} same, {len(changed)} changed, 0 unknown"


def test_a_receipt_nobody_has_is_said_in_one_line(paper: Path) -> None:
    ok("-C", paper, "build")
    run("-C", paper, "verify", "nofile.json").refused("no receipt begins with 'nofile.json', and no file has that name")
    run("-C", paper, "verify", "sha256:").refused("no receipt begins with 'sha256:'")


@pytest.mark.slow
def test_the_demo_is_the_whole_on_the_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    root = str(Path(groundswell.__file__).parents[1])
    began = [sys.executable, "-m", "groundswell", "demo", "--no-serve"]
    out = subprocess.run(
        began, env={**os.environ, "PYTHONPATH": root}, check=True, capture_output=True, text=True
    ).stdout
    [again] = [line.strip() for line in out.partition("Try next:")[2].splitlines() if line.endswith(" verify")]
    assert again.endswith("-m groundswell -C groundswell-demo verify")
    tried = subprocess.run(
        again.split(), env={**os.environ, "PYTHONPATH": root}, check=True, capture_output=True, text=True
    )
    assert tried.stdout.endswith(" same, 0 changed, 0 unknown\n")
    assert "supported" in out
    assert "refuted" in out
    assert "\x1b" not in out
    shown = out.partition("pages built")[0]
    heads = re.findall(r"^stories/(\S+)\.md: .+\n(\d+) claims: (.+)$", shown, re.MULTILINE)
    assert [(slug, kinds) for slug, _, kinds in heads] == [
        ("heartstopper-returns", "7 published, 13 simulated"),
        ("larkmoor-lantern-race", "5 simulated"),
    ]
    race = shown[shown.index("stories/larkmoor") :]
    assert "33 million global" in race
    assert "54 countries" not in race
    assert "found 33,098,025 Live+1" in " ".join(race.split())
    assert not re.findall(r"\b(?:books|critics|live|instagram|tiktok)\.[a-z]|\d\.\d{3}\b", shown.replace(".csv", ""))
    document = ok("demo", "--no-serve", "--json").json
    assert document["desk"] == "groundswell-demo"
    verdicts = [claim["verdict"] for claim in document["claims"]]
    named = sum(claim["kind"] in ("status", "listed") for claim in document["claims"])  # they have no figure
    figures = (len(verdicts) - named - 1) // 2
    assert verdicts == ["supported"] * (figures + named) + ["refuted"] * figures + ["undecidable"]
    (ours, _, theirs) = [claim for claim in document["claims"] if claim["kind"] == "streak_at_top"]
    assert (ours["chart"], ours["verdict"], ours["evidence"]) == ("trending-tv", "supported", "simulated")
    assert (theirs["chart"], theirs["says"], theirs["reason"]) == ("variety.trending_tv", ours["says"], "no_data")
    assert theirs["explanation"].endswith("not held: 2022-05-01")
    assert "99% of critics" in [claim["says"] for claim in document["claims"] if claim["verdict"] == "refuted"]
    assert [(slug, int(count)) for slug, count, _ in heads] == list(
        Counter(claim["story"] for claim in document["claims"] if claim["verdict"] == "supported").items()
    )
    [exact] = {claim["found"] for claim in document["claims"] if claim["says"].startswith("33 million global")}
    assert (int(exact), exact % 1 > 0) == (33098025, True)
    said = [
        claim["says"] for claim in document["claims"] if claim["kind"] == "audience" and claim["verdict"] == "supported"
    ]
    assert said[0] == "33 million global Live+1 average-minute audience"
    for claim in document["claims"]:
        of = "measure" if claim["kind"] in ("status", "level", "growth", "audience") else "chart"
        holds(
            claim, {"says": str, "kind": str, "subject": str, of: str, "period": list, "stated": dict, "verdict": str}
        )
    assert "index.html" in document["pages"]


def test_a_chart_nobody_knows_gets_no_pages_and_says_so(paper: Path) -> None:
    settings = paper / "desk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("\ntimezone", f'\ncharts = ["{TV}", "{TV[:-1]}"]\ntimezone'), encoding="utf-8")
    before = tree(paper)
    run("-C", paper, "build").refused(f"desk.toml, charts: no chart '{TV[:-1]}'; nearest: {TV}")
    assert tree(paper) == before
    mapped = '\n[[feeds]]\nfeed = "chart.csv"\nchart = "moss.books"\npath = "data/books.csv"\n'
    settings.write_text(
        text.replace("\ntimezone", f'\ncharts = ["{TV}", "moss.books"]\ntimezone') + mapped, encoding="utf-8"
    )
    assert "pages written" in ok("-C", paper, "build").out  # mapped, and not loaded yet


def test_a_receipt_that_stands_is_not_written_again(paper: Path) -> None:
    ok("-C", paper, "build")
    receipts = sorted((paper / ".groundswell" / "receipts").iterdir())
    stood = {path: (path.read_bytes(), path.stat().st_ino) for path in receipts}
    receipts[0].write_bytes(receipts[0].read_bytes()[:-1])
    ok("-C", paper, "build")
    assert {path: path.read_bytes() for path in receipts} == {path: raw for path, (raw, _) in stood.items()}
    assert [path.stat().st_ino == stood[path][1] for path in receipts] == [False, True, True, True]


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
