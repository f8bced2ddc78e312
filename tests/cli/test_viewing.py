"""From files of sessions to a Top 10 one can ask, by the commands."""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundswell.claims import Claim, read
from groundswell.cli import work
from groundswell.core.period import Period
from groundswell.newsroom.desk import open_desk
from tests.command import ok, run

_WEEK = Period(date(2024, 11, 4), date(2024, 11, 10))
_PEOPLE = [f"secret-person-{number}" for number in range(120)]
_DESK = """format = 1
name = "Moss Streaming"
charts = ["viewing.global.tv_english"]

[viewing]
zone = "America/Los_Angeles"

[[feeds]]
feed = "viewing.catalogue"
path = "data/catalogue.csv"

[feeds.columns]
title = "Title"
season = "Season"
kind = "Kind"
language = "Language"
available_from = "From"
minutes = "Minutes"
live_from = "Live from"
live_to = "Live to"

[[feeds]]
feed = "viewing.sessions"
path = "data/sessions.csv"

[feeds.columns]
profile = "Who"
title = "Title"
season = "Season"
territory = "Where"
start = "Start"
duration = "Seconds"
stream = "Stream"
"""
_CATALOGUE = """Title,Season,Kind,Language,From,Minutes,Live from,Live to
Moss,Moss: Season 1,tv,english,2024-11-03,50,,
Moss,Moss: Season 1,tv,english,2024-11-14,40,,
Fern,,tv,english,2024-11-03,30,,
Fight,,films,non_english,2024-11-06,60,2024-11-05T20:00:00Z,2024-11-05T22:00:00Z
"""
_HEADER = "Who,Title,Season,Where,Start,Seconds,Stream"
_ORIGIN = """producer = "Moss Streaming"
title = "Sessions"
licence = "its own"
status = "simulated"
may_show = "{may_show}"
"""


def _watched(
    people: int, title: str, season: str, where: str, start: str, seconds: int, stream: str = "on_demand"
) -> list[str]:
    return [f"{who},{title},{season},{where},{start},{seconds},{stream}" for who in _PEOPLE[:people]]


_FIRST = [
    *_watched(100, "Moss", "Moss: Season 1", "GB", "2024-11-05T20:00:00Z", 3000),
    *_watched(60, "Moss", "Moss: Season 1", "US", "2024-11-11T07:50:00Z", 1200),  # ten minutes in each week
    *_watched(120, "Fern", "", "GB", "2024-11-06T20:00:00Z", 1200),
    *_watched(100, "Fight", "", "US", "2024-11-05T20:00:00Z", 7200, "live"),
    *_watched(50, "Fight", "", "US", "2024-11-07T20:00:00Z", 1800),
    *_watched(20, "Fern", "", "FR", "2024-11-06T20:00:00Z", 1200),
    *_watched(10, "Unheard", "", "GB", "2024-11-06T20:00:00Z", 3600),
    *(row for day in (4, 8, 9, 10) for row in _watched(1, "Fern", "", "GB", f"2024-11-{day:02}T20:00:00Z", 1)),
]


def _desk(folder: Path, may_show: str = "values") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "desk.toml").write_text(_DESK)
    (folder / "data" / "catalogue.csv").write_text(_CATALOGUE)
    for name in ("catalogue.csv", "sessions.csv"):
        (folder / "data" / f"{name}.origin.toml").write_text(_ORIGIN.format(may_show=may_show))
    (folder / "data" / "sessions.csv").write_text("\n".join([_HEADER, *_FIRST, ""]))
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of which one week and the first minutes of the next are loaded."""
    folder = _desk(tmp_path_factory.mktemp("viewing") / "desk")
    ok("-C", folder, "load", "--all")
    return folder


@pytest.fixture(scope="module")
def desk(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, reduced."""
    folder = shutil.copytree(loaded, tmp_path_factory.mktemp("reduced") / "desk")
    ok("-C", folder, "reduce", "viewing")
    return folder


def _chart(desk: Path, chart: str, *more: str) -> dict[str, Any]:
    return ok("-C", desk, "chart", chart, "--json", *more).json


def _deliver(desk: Path, name: str, rows: list[str]) -> None:
    path = desk / "data" / name
    path.write_text("\n".join([_HEADER, *rows, ""]))
    path.with_name(f"{name}.origin.toml").write_text(_ORIGIN.format(may_show="values"))
    ok("-C", desk, "load", "viewing.sessions", path)


def test_a_top_10_worldwide_and_of_every_territory(desk: Path) -> None:
    found = _chart(desk, "viewing.global.tv_english", "--issue", "2024-11-10")
    assert (found["period"], found["complete_for"], found["method"]) == (
        ["2024-11-04", "2024-11-10"],
        "*",
        "viewing-2023",
    )
    moss, fern = found["entries"]
    assert (moss["rank"], moss["title"], moss["season"], moss["subject"]) == (1, "Moss", "Moss: Season 1", "moss/s1")
    assert (moss["debut"], moss["weeks_on_chart"], moss["evidence"]) == (True, 1, "simulated")
    # 100 whole views in Great Britain; of 60 sessions in the United States the ten minutes before midnight in Los Angeles
    assert moss["values"]["views"] == 112
    assert moss["values"]["hours_viewed"] == pytest.approx(100 * 3000 / 3600 + 60 * 600 / 3600)
    assert (moss["values"]["viewers"], moss["values"]["completion"], moss["values"]["runtime"]) == (100, 100, 0.8333)
    assert (fern["rank"], fern["values"]["views"]) == (2, pytest.approx((140 * 1200 + 4) / 1800))
    assert fern["values"]["viewers"] == 120  # the twenty in France are among those in Great Britain
    by_country = _chart(desk, "viewing.country.tv", "--issue", "2024-11-10", "--territory", "GB")
    assert [entry["title"] for entry in by_country["entries"]] == ["Moss", "Fern"]


def test_live_and_later_hours_are_blended(desk: Path) -> None:
    [fight] = _chart(desk, "viewing.country.films", "--issue", "2024-11-10", "--territory", "US")["entries"]
    assert fight["values"]["views"] == 100 * 7200 / 7200 + 50 * 1800 / 3600
    assert fight["values"]["hours_viewed"] == 225


def test_a_receipt_says_how_many_sessions_of_an_event_name_no_cut(tmp_path: Path) -> None:
    folder = _desk(tmp_path / "desk")
    silent = [
        row.replace(",on_demand", ",") for row in _FIRST
    ]  # fifty of the event; of other titles it makes no difference
    (folder / "data" / "sessions.csv").write_text("\n".join([_HEADER, *silent, ""]))
    ok("-C", folder, "load", "--all")
    ok("-C", folder, "reduce", "viewing")
    [fight] = _chart(folder, "viewing.country.films", "--issue", "2024-11-10", "--territory", "US")["entries"]
    assert fight["values"]["views"] == 100 * 7200 / 7200 + 50 * 1800 / 3600
    fights = Claim("level", "fight", "", "WW", _WEEK, read("125 views", "level"), "viewing.views")
    with work.record_of(open_desk(folder)) as record:
        (judged,) = record.judge([fights])
        receipt = record.receipt(judged, "125 views")
    assert receipt["verdict"] == "supported"
    [behind] = receipt["snapshots"].values()
    assert behind["origin"]["processing"] == (
        "Monday to Sunday, America/Los_Angeles; 50 sessions of events do not say that they were live, and count as on demand"
    )


def test_a_title_below_the_floor_and_one_in_no_catalogue_are_in_no_figure(desk: Path) -> None:
    ok("-C", desk, "chart", "viewing.country.tv", "--issue", "2024-11-10", "--territory", "GB")
    run("-C", desk, "chart", "viewing.country.tv", "--territory", "FR").refused("no issue", "FR")
    reach = _chart(desk, "viewing.country.tv", "--issue", "2024-11-10")
    assert {entry["title"]: entry["territories"] for entry in reach["entries"]} == {
        "Moss": ["GB", "US"],
        "Fern": ["GB"],
    }
    series = {row["measure"]: row for row in ok("-C", desk, "status", "--json").json["series"]}
    assert series["viewing.reach"]["subjects"] == 3
    assert series.keys() >= {
        "viewing.hours",
        "viewing.views",
        "viewing.reach_any",
        "viewing.reach_70",
        "viewing.completion",
    }


def test_its_week_is_a_story_whose_numbers_hold(desk: Path) -> None:
    ok("-C", desk, "build")
    page = (desk / "site" / "charts" / "viewing.global.tv_english" / "2024-11-10" / "index.html").read_text()
    assert "Simulated" in page or "simulated" in page
    assert ">112<" in page
    receipts = [json.loads(path.read_text()) for path in (desk / ".groundswell" / "receipts").glob("*.json")]
    said = {one["sentence"]: (one["verdict"], one["evidence"]) for one in receipts}
    assert said["112 views"] == said["93 hours"] == ("supported", "simulated")


@pytest.mark.parametrize(
    ("zone", "absent", "is_whole"),
    [
        ("UTC", 3, False),  # the day before, from which a session may reach in
        ("UTC", 2, True),
        ("UTC", 11, True),
        ("America/Los_Angeles", 3, False),
        ("America/Los_Angeles", 11, False),
        ("Asia/Tokyo", 2, False),
        ("Asia/Tokyo", 11, True),
        ("Asia/Kolkata", 7, False),
        ("UTC", range(4), True),  # the log begins with the week
        ("UTC", range(5), False),  # or within it
        ("America/Los_Angeles", range(4), True),
    ],
)
def test_a_week_is_whole_when_every_day_a_session_of_it_may_begin_on_was_delivered(
    tmp_path: Path, zone: str, absent: int | range, is_whole: bool
) -> None:
    folder = _desk(tmp_path / "desk")
    (folder / "desk.toml").write_text(_DESK.replace("America/Los_Angeles", zone))
    delivered = {*range(1, 12)} - {*(absent if isinstance(absent, range) else [absent])}
    days = [row for day in delivered for row in _watched(60, "Fern", "", "GB", f"2024-11-{day:02}T12:00:00Z", 600)]
    (folder / "data" / "sessions.csv").write_text("\n".join([_HEADER, *days, ""]))
    ok("-C", folder, "load", "--all")
    week = next(
        of for of in ok("-C", folder, "reduce", "viewing", "--json").json["weeks"] if of["period"][0] == "2024-11-04"
    )
    assert week["days_missing"] == (0 if is_whole else 1)
    hours = len(delivered & {*range(4, 11)}) * 10
    with work.record_of(open_desk(folder)) as record:
        claims = [
            Claim(
                "hours_viewed",
                "fern/s1",
                "viewing.global.tv_english",
                "WW",
                _WEEK,
                read(f"{hours} hours", "hours_viewed"),
            ),
            Claim("hours_viewed", "fern/s1", "viewing.global.tv_english", "WW", _WEEK, read("9 hours", "hours_viewed")),
            Claim("rank", "fern/s1", "viewing.global.tv_english", "WW", _WEEK, read("No. 1", "rank")),
            Claim("level", "fern", "", "WW", _WEEK, read(f"{hours} hours", "level"), "viewing.hours"),
        ]
        verdicts = [str(judged.verdict) for judged in record.judge(claims)]
    assert verdicts == (["supported", "refuted", "supported", "supported"] if is_whole else ["undecidable"] * 4)


def test_a_week_that_turns_out_to_be_held_in_part_is_whole_no_more(tmp_path: Path) -> None:
    """Its sessions were the first there were, until earlier ones came without those of the day before it."""
    folder = _desk(tmp_path / "desk")
    (folder / "desk.toml").write_text(_DESK.replace("America/Los_Angeles", "UTC"))

    def day(of: int) -> list[str]:
        return _watched(60, "Fern", "", "GB", f"2024-11-{of:02}T12:00:00Z", 600)

    def verdict() -> str:
        ok("-C", folder, "reduce", "viewing")
        said = read("75 hours", "hours_viewed")
        with work.record_of(open_desk(folder)) as record:
            claim = Claim("hours_viewed", "fern/s1", "viewing.global.tv_english", "WW", _WEEK, said)
            return str(record.judge([claim])[0].verdict)

    (folder / "data" / "sessions.csv").write_text(
        "\n".join([_HEADER, *(row for of in range(4, 12) for row in day(of)), ""])
    )
    ok("-C", folder, "load", "--all")
    assert verdict() == "refuted"
    _deliver(folder, "earlier.csv", day(1))
    assert verdict() == "undecidable"
    _deliver(folder, "between.csv", day(3))
    assert verdict() == "refuted"


def test_a_figure_kept_unrounded_is_rounded_once_when_it_is_said(desk: Path) -> None:
    """It is 93.333… hours."""
    said = {"93 hours": "supported", "94 hours": "refuted", "93.3 hours": "supported", "over 93 hours": "supported"}
    with work.record_of(open_desk(desk)) as record:
        claims = [
            Claim("hours_viewed", "moss/s1", "viewing.global.tv_english", "WW", _WEEK, read(words, "hours_viewed"))
            for words in said
        ]
        assert [str(judged.verdict) for judged in record.judge(claims)] == [*said.values()]


def test_no_profile_stands_in_any_output(desk: Path) -> None:
    outside = [path for path in desk.rglob("*") if path.is_file() and not path.is_relative_to(desk / "data")]
    holding = {path.relative_to(desk).parts[:3] for path in outside if b"secret-person" in path.read_bytes()}
    assert holding <= {(".groundswell", "viewing", "sessions")}
    printed = [
        *(run("-C", desk, *command).out for command in (("status", "--findings"), ("reduce", "viewing", "--json"))),
        *(
            run("-C", desk, "chart", "viewing.country.tv", "--territory", "GB", "--format", form).out
            for form in ("csv", "table")
        ),
    ]
    assert not any("secret-person" in text for text in printed)


def test_a_profile_is_forgotten_by_command(tmp_path: Path, desk: Path) -> None:
    folder = shutil.copytree(desk, tmp_path / "desk")
    held = sum(row.startswith(f"{_PEOPLE[0]},") for row in _FIRST)
    assert (
        ok("-C", folder, "forget", f" {_PEOPLE[0]} ").out == f"{held} sessions removed, and the files they stood in\n"
    )
    assert ok("-C", folder, "forget", _PEOPLE[0]).out == "no session of this profile is held\n"
    assert ok("-C", folder, "forget", _PEOPLE[0], "--json").json == {"format": 1, "sessions": 0}
    assert _weeks(folder) == []  # what was counted stands
    refused = run("-C", folder, "forget", "\udcff")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "PROFILE is not UTF-8 text" in refused.err


def _weeks(desk: Path) -> list[str]:
    return [week["period"][0] for week in ok("-C", desk, "reduce", "viewing", "--json").json["weeks"]]


def test_only_the_weeks_of_what_came_are_counted_again(tmp_path: Path, loaded: Path, desk: Path) -> None:
    folder = shutil.copytree(loaded, tmp_path / "desk")
    assert _weeks(folder) == ["2024-11-04", "2024-11-11"]
    assert "no week that is over has new sessions" in ok("-C", folder, "reduce", "viewing").out
    daily = [row for day in range(12, 19) for row in _watched(1, "Fern", "", "GB", f"2024-11-{day}T07:00:00Z", 1)]
    later = _watched(80, "Moss", "Moss: Season 1", "GB", "2024-11-15T20:00:00Z", 5400)
    _deliver(folder, "later.csv", [*later, *daily])
    assert _weeks(folder) == ["2024-11-11"]
    [moss] = _chart(folder, "viewing.global.tv_english", "--issue", "2024-11-17")["entries"]
    assert moss["values"]["runtime"] == 1.5  # there are two episodes by now
    assert (moss["values"]["viewers"], moss["values"]["views"]) == (80, pytest.approx(80 + 60 * 600 / 5400))
    _deliver(folder, "again.csv", [*_FIRST, _FIRST[0]])
    assert _weeks(folder) == ["2024-11-04", "2024-11-11"]
    for chart in ("viewing.global.tv_english", "viewing.global.films_non_english"):
        entries = [_chart(of, chart, "--issue", "2024-11-10")["entries"] for of in (folder, desk)]
        plain = [[{k: v for k, v in entry.items() if k != "snapshot"} for entry in of] for of in entries]
        assert plain[0] == plain[1]


def test_what_an_origin_does_not_let_us_show_is_shown_nowhere(tmp_path: Path) -> None:
    folder = _desk(tmp_path / "desk", may_show="rank")
    ok("-C", folder, "load", "--all")
    again = shutil.copytree(folder, tmp_path / "again")
    said = ok("-C", folder, "reduce", "viewing").out
    assert "(simulated)" in said
    assert "\n  Top 10 by viewing, TV (English): Moss\n" in said
    assert " hours" not in said
    weeks = ok("-C", again, "reduce", "viewing", "--json").json["weeks"]
    assert {
        (week["hours_watched"], week["hours_in_no_title"], week["may_show"], week["evidence"]) for week in weeks
    } == {(None, None, "rank", "simulated")}
    found = _chart(folder, "viewing.global.tv_english", "--issue", "2024-11-10")
    assert [(entry["title"], entry["values"]) for entry in found["entries"]] == [("Moss", {}), ("Fern", {})]
    assert ok("-C", folder, "status", "--json").json["series"] == []


_KILLED = """
import os, signal, sys
from pathlib import Path
from groundswell.cli import work
from groundswell.newsroom.desk import open_desk
from groundswell.cli.viewing import reduce_viewing
weeks = reduce_viewing(open_desk(Path(sys.argv[1])), work.now())
next(weeks)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_reduction_killed_between_its_weeks_goes_on_and_doubles_nothing(
    tmp_path: Path, loaded: Path, desk: Path
) -> None:
    folder = shutil.copytree(loaded, tmp_path / "desk")
    environment = {**os.environ, "PYTHONPATH": str(Path(work.__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", _KILLED, folder], env=environment).returncode == -signal.SIGKILL
    assert _weeks(folder) == ["2024-11-04", "2024-11-11"]
    with work.record_of(open_desk(folder)) as again, work.record_of(open_desk(desk)) as once:
        sql = (
            "SELECT measure, unit, chart, territory, first_day, title, season, value FROM observations "
            "ORDER BY measure, chart, territory, first_day, title, season"
        )
        assert again.engine.query(sql).to_pylist() == once.engine.query(sql).to_pylist()
        assert again.engine.query("SELECT count(*) AS n FROM loads").to_pylist() == [{"n": 2}]


def test_reducing_without_what_it_needs_says_what_to_load(tmp_path: Path) -> None:
    folder = _desk(tmp_path / "desk")
    run("-C", folder, "reduce", "viewing").refused("no sessions are held", "viewing.sessions")
    ok("-C", folder, "load", "viewing.sessions")
    run("-C", folder, "reduce", "viewing").refused("no catalogue is held", "viewing.catalogue")
    run("-C", folder, "reduce", "viewing", "--review", "2024-11-10").refused("--review is of interactions")


def test_findings_are_told_with_their_counts(tmp_path: Path) -> None:
    folder = _desk(tmp_path / "desk")
    rows = [*_FIRST, *_watched(5, "Fern", "", "Atlantis", "2024-11-06T20:00:00Z", 1200)]
    (folder / "data" / "sessions.csv").write_text("\n".join([_HEADER, *rows, ""]))
    printed = ok("-C", folder, "load", "viewing.sessions").out
    assert f"{len(rows)} rows read, {len(_FIRST)} kept, 5 findings" in printed
    assert "not a territory; write its ISO 3166 code or English name (5 rows, the first here)" in printed
    document = json.loads(ok("-C", folder, "status", "--json").out)
    assert [load["findings_count"] for load in document["loads"]] == [5]
