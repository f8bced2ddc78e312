"""From a file of events to a chart one can ask, and claims with receipts on it: the example desk, by the commands."""

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from groundswell.cli import simulated, work
from groundswell.core.errors import MachineryError, OutOfMemory
from groundswell.store import DuckEngine
from groundswell.store import stream as stream_module
from tests.command import run
from tests.conftest import Demo
from tests.store.events import EventDesk, event


@pytest.fixture(scope="module")
def example(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example desk, loaded and reduced."""
    return Path(shutil.copytree(demo.desk, tmp_path_factory.mktemp("reduce") / "desk"))


def chart(desk: Path, issue: str) -> dict[str, Any]:
    """An issue of Trending TV."""
    found: dict[str, Any] = json.loads(run("-C", desk, "chart", "trending-tv", "--issue", issue, "--json").out)
    return found


def test_four_simulated_weeks_are_a_chart_with_streaks_and_say_what_they_are(example: Path) -> None:
    streaks = []
    for issue in ("2022-04-24", "2022-05-01", "2022-05-08", "2022-05-15"):
        found = chart(example, issue)
        assert (found["complete_for"], found["method"], found["gaps"]) == ("*", "groundswell-2026", [])
        assert {entry["evidence"] for entry in found["entries"]} == {"simulated"}
        first = found["entries"][0]
        streaks.append((first["subject"], first["streak_at_top"]))
        for entry in found["entries"]:
            values = entry["values"]
            assert values["interactions"] == values["posts"] + values["likes"] + values["reposts"]
            assert values["interactions"] <= values["interactions_gross"] <= values["interactions_variety_2022"]
            assert 200 <= values["unique_actors"] <= values["interactions"]
    assert streaks == [("heartstopper", weeks) for weeks in (1, 2, 3, 4)]
    values = chart(example, "2022-05-15")["entries"][0]["values"]
    lines = [line.split() for line in run("-C", example, "chart", "trending-tv").out.splitlines()]
    assert lines[0][-1] == "simulated"
    assert lines[1] == ["#", "title", "interactions", "accounts", "weeks", "peak", "streak", "at", "No.", "1"]
    assert lines[2][2:5] == ["Heartstopper", str(values["interactions"]), str(values["unique_actors"])]
    assert " ".join(lines[6]) == "# title net, variety-2022 gross posts reposts likes % by top 1% ambiguous posts"
    apart = [str(values[of]) for of in ("interactions_variety_2022", "interactions_gross", "posts", "reposts", "likes")]
    assert lines[7] == ["1", "Heartstopper", *apart, f"{values['top_share']:.1f}", "0"]


def test_its_claims_have_receipts_that_hold_and_wear_no_proven_mark(example: Path) -> None:
    assert run("-C", example, "build").code == 0
    receipts = [json.loads(path.read_text()) for path in (example / ".groundswell" / "receipts").glob("*.json")]
    streaks = {
        one["sentence"]: one
        for one in receipts
        if one["claim"].get("kind") == "streak_at_top" and one["claim"]["chart"] == "trending-tv"
    }
    assert streaks.keys() == {f"{nth} consecutive week at No. 1" for nth in ("second", "third", "fourth")}
    for of_streak in streaks.values():
        assert (of_streak["verdict"], of_streak["evidence"]) == ("supported", "simulated")
        assert "simulated" in json.dumps(of_streak["snapshots"])
    said = {one["sentence"] for one in receipts if one["claim"]["kind"] == "interactions"}
    assert len(said) == 12
    assert all(re.fullmatch(r"\d+ interactions", words) for words in said)
    outcomes = {result["outcome"] for result in json.loads(run("-C", example, "verify", "--json").out)["receipts"]}
    assert outcomes == {"same"}


def test_reducing_again_changes_nothing_and_rebuilding_gives_the_same_chart(example: Path) -> None:
    before = chart(example, "2022-05-15")
    assert "no settled week has new events" in run("-C", example, "reduce", "interactions").out
    assert run("-C", example, "rebuild").code == 0
    assert chart(example, "2022-05-15") == before


def test_status_shows_the_events_held(example: Path) -> None:
    (held,) = json.loads(run("-C", example, "status", "--json").out)["events"]
    rows = list(simulated.events())
    assert held["lines"] == len(rows)
    assert held["events"] == len([row for row in rows if not row[2].startswith("owl-")])
    assert "naming a title" in run("-C", example, "status").out


def late(desk: Path, name: str, *rows: str) -> dict[str, str]:
    """Load events that came late and reduce again: the weeks reduced, and whether each is new."""
    (desk / "data" / name).write_text("\n".join([",".join(simulated.HEADER), *rows]) + "\n")
    (desk / "data" / f"{name}.origin.toml").write_bytes((desk / "data" / "posts.csv.origin.toml").read_bytes())
    assert run("-C", desk, "load", "interactions.csv", desk / "data" / name).code == 0
    weeks = json.loads(run("-C", desk, "reduce", "interactions", "--json").out)["weeks"]
    return {week["first_day"]: week["vintage"] for week in weeks}


def test_a_week_in_part_of_events_that_may_not_be_shown_prints_no_figures(example: Path, tmp_path: Path) -> None:
    desk = shutil.copytree(example, tmp_path / "desk")
    sidecar = desk / "data" / "posts.csv.origin.toml"
    sidecar.write_text(sidecar.read_text().replace('may_show = "values"', 'may_show = "rank"'))
    post = next(row[3] for row in simulated.events() if "Heartstopper" in row[5] and row[0] > "2022-05-03")
    late_like = f"2022-05-05T10:00:00Z,like,sim-late,late-1,{post},,,,false"
    (desk / "data" / "late.csv").write_text("\n".join([",".join(simulated.HEADER), late_like, ""]))
    (desk / "data" / "late.csv.origin.toml").write_bytes(sidecar.read_bytes())
    assert run("-C", desk, "load", "interactions.csv", desk / "data" / "late.csv").code == 0
    again = shutil.copytree(desk, tmp_path / "again")
    changed = run("-C", desk, "reduce", "interactions").out.partition("2022-05-09/")[0]
    assert "its figures may not be shown" in changed
    assert "(simulated)" in changed
    assert "accounts" not in changed
    weeks = json.loads(run("-C", again, "reduce", "interactions", "--json").out)["weeks"]
    assert (weeks[0]["may_show"], weeks[0]["evidence"]) == ("rank", "simulated")
    assert not {"entries", "cells"} & weeks[0].keys()


def test_late_events_make_revisions_of_the_weeks_they_change_alone(example: Path) -> None:
    def counted() -> list[int]:
        issues = [chart(example, day) for day in ("2022-05-01", "2022-05-08", "2022-05-15")]
        return [issue["entries"][0]["values"]["interactions_variety_2022"] for issue in issues]

    post = next(row[3] for row in simulated.events() if "Heartstopper" in row[5] and row[0] > "2022-05-03")
    before = counted()
    reduced = late(example, "late.csv", f"2022-05-05T10:00:00Z,like,sim-late,late-1,{post},,,,false")
    assert reduced == {"2022-05-02": "new", "2022-05-09": "same"}
    assert counted() == [before[0], before[1] + 1, before[2]]
    reduced = late(
        example, "like.csv", "2022-05-11T10:00:00Z,like,sim-late,late-2,late-3,,,,false"
    )  # of a post not known
    assert set(reduced.values()) == {"same"}
    assert (
        "no settled week has new events" in run("-C", example, "reduce", "interactions").out
    )  # and is not counted again
    late(example, "post.csv", "2022-05-04T10:00:00Z,post,sim-later,late-3,,Heartstopper is on again,,,false")
    assert counted() == [before[0], before[1] + 2, before[2] + 1]


def test_accounts_in_step_are_set_aside_and_named_for_a_reviewer_alone(example: Path) -> None:
    posts = [row[3] for row in simulated.events() if "Umbrellas" in row[5] and "2022-05-09" < row[0] < "2022-05-13"][
        :10
    ]
    rows = [
        f"2022-05-13T{10 + at:02}:00:0{n}Z,like,ring-{n},ring-{n}-{at},{post},,,,"
        for at, post in enumerate(posts)
        for n in range(5)
    ]
    assert late(example, "ring.csv", *rows)["2022-05-09"] == "new"
    counts = next(one for one in chart(example, "2022-05-15")["entries"] if "umbrellas" in one["subject"])["values"]
    assert counts["interactions_gross"] - counts["interactions"] >= 50
    found = json.loads(run("-C", example, "reduce", "interactions", "--review", "2022-05-11", "--json").out)
    assert (found["week"], found["profile"]) == (["2022-05-09", "2022-05-15"], "groundswell-2026")
    assert [pair["accounts"] for pair in found["pairs"]] == [
        [f"ring-{a}", f"ring-{b}"] for a in range(5) for b in range(a + 1, 5)
    ]
    assert {(pair["group"], pair["shared"], pair["near"]) for pair in found["pairs"]} == {(1, 10, 10)}
    assert found["pairs"][0]["posts"][0] == {
        "post": posts[0],
        "at": ["2022-05-13T10:00:00Z", "2022-05-13T10:00:01Z"],
    }
    text = run("-C", example, "reduce", "interactions", "--review", "2022-05-09").out
    assert "1 group of accounts acted in step, of 5 accounts" in text
    assert "ring-3" in text
    assert "0 groups" in run("-C", example, "reduce", "interactions", "--review", "2022-05-02").out
    assert run("-C", example, "build").code == 0
    shown = [
        path
        for path in example.rglob("*")
        if path.is_file() and "events" not in path.parts and path.parent.name != "data"
    ]
    assert not [path for path in shown if b"ring-3" in path.read_bytes()]


def test_what_is_read_while_a_watch_joins_files_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = EventDesk(tmp_path)
    desk.load([event("post", "ann", "p1", 1)], {"p1": ["x"]})
    monkeypatch.setattr(stream_module, "_COMMITS_BEFORE_COMPACTION", 1)
    loads = iter((["p2"], ["p3"], [], ["p4"], ["p5"], ["p6"]))

    def read() -> list[str]:
        with DuckEngine() as engine:
            desk.stream.register(engine)
            for key in next(loads):
                desk.load([event("post", "ann", key, 2)], {key: ["x"]})
            return sorted(engine.query("SELECT key FROM events")["key"].to_pylist())

    assert work.steady(read) == ["p1", "p2", "p3"]
    with pytest.raises(MachineryError):
        work.steady(read)


def test_what_is_short_of_memory_is_not_begun_again() -> None:
    begun = []

    def read() -> None:
        begun.append(True)
        with DuckEngine(memory="20MB", threads=1) as engine:
            engine.query("SELECT list(range) FROM range(10_000_000)")  # one value, of which no part goes to disk

    with pytest.raises(OutOfMemory):
        work.steady(read)
    assert len(begun) == 1


def test_the_simulation_is_the_same_every_time_and_nobodys(tmp_path: Path) -> None:
    for name in ("one", "two"):
        simulated.write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    rows = list(csv.DictReader((tmp_path / "one").open()))
    assert {row["account"].split("-")[0] for row in rows} == {"sim", "owl", "copy", "timer"}
    assert (tmp_path / "one").stat().st_size < 500_000


def test_events_need_a_gazetteer_and_a_reduction_needs_events(tmp_path: Path) -> None:
    run("new", tmp_path / "desk", "--empty")
    run("-C", tmp_path / "desk", "reduce", "interactions").refused("no events are held; load a feed of posts first")
    (tmp_path / "desk" / "data" / "x.jsonl").write_text("{}\n")
    run("-C", tmp_path / "desk", "load", "bluesky.jetstream", tmp_path / "desk" / "data" / "x.jsonl").refused(
        "catalog/gazetteer.csv"
    )


@pytest.mark.shared_data
def test_a_real_capture_loads_by_the_command_and_keeps_only_what_may_belong_to_a_title(
    tmp_path: Path, shared_data: Path
) -> None:
    capture = shared_data / "posts" / "jetstream" / "internal_corpus_testdata_expected_v1.jsonl"
    desk = tmp_path / "desk"
    assert run("new", desk, "--empty").code == 0
    header = "subject,forms,tags,people,blocked,decoys,valid_from,valid_to,tier"
    (desk / "catalog" / "gazetteer.csv").write_text(f"{header}\nheartstopper,Heartstopper,,,,,,,\n")
    loaded = json.loads(run("-C", desk, "load", "bluesky.jetstream", capture, "--json").out)
    assert (loaded["rows_read"], loaded["findings"], loaded["vintage"]) == (152, [], "new")
    (held,) = json.loads(run("-C", desk, "status", "--json").out)["events"]
    answering = sum('"reply"' in line or "app.bsky.embed.record" in line for line in capture.read_text().splitlines())
    assert (held["lines"], held["posts"], held["linked_posts"]) == (152, answering + 1, 0)  # and the one taken back
    assert json.loads(run("-C", desk, "load", "bluesky.jetstream", capture, "--json").out)["vintage"] == "same"
    assert "no settled week" in run("-C", desk, "reduce", "interactions").out
