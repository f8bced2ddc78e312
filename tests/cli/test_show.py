"""`chart` and `status`: tables for people, documents for machines, CSV for spreadsheets."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command import holds, ok, run
from tests.paper import COUNTRY, ORIGIN, SETTINGS, SUBJECT, TV, TV_LISTS

ISSUE: dict[str, type | tuple[type, ...]] = {
    "format": int, "chart": str, "territory": str, "period": list, "as_of": str, "complete_for": (str, type(None)),
    "method": (str, type(None)), "entries": list, "gaps": list,
}  # fmt: skip
ENTRY: dict[str, type | tuple[type, ...]] = {
    "rank": (int, type(None)), "previous_rank": (int, type(None)), "change": (int, type(None)), "peak": (int, type(None)),
    "weeks_on_chart": int, "streak": int, "streak_at_top": (int, type(None)), "debut": (bool, type(None)),
    "re_entry": (bool, type(None)), "subject": str, "title": str, "season": (str, type(None)), "values": dict,
    "evidence": str, "snapshot": str,
}  # fmt: skip


def test_a_chart_as_json_has_the_shape_of_the_design(loaded_paper: Path) -> None:
    document = ok("-C", loaded_paper, "chart", TV, "--issue", "2022-05-03", "--json").json
    holds(document, ISSUE)
    for entry in document["entries"]:
        holds(entry, ENTRY)
        assert entry["snapshot"].startswith("sha256:")
    assert document["period"] == ["2022-05-02", "2022-05-08"]
    assert (document["as_of"], document["complete_for"], document["gaps"]) == ("2022-06-01T00:00:00Z", "*", [])
    first = {name: value for name, value in document["entries"][0].items() if name != "snapshot"}
    assert first == {
        "rank": 1, "previous_rank": 2, "change": 1, "peak": 1, "weeks_on_chart": 2, "streak": 2, "streak_at_top": 1,
        "debut": False, "re_entry": False, "subject": SUBJECT, "title": "Kite & String",
        "season": "Kite & String: Season 1", "evidence": "published", "values": {"hours_viewed": 31_250_000},
    }  # fmt: skip


def test_format_json_is_json(loaded_paper: Path) -> None:
    assert (
        ok("-C", loaded_paper, "chart", TV, "--format", "json").out == ok("-C", loaded_paper, "chart", TV, "--json").out
    )


def test_without_a_day_the_last_issue_is_shown_to_people(loaded_paper: Path) -> None:
    lines = [line.rstrip() for line in ok("-C", loaded_paper, "chart", TV).out.splitlines()]
    assert lines[0] == f"{TV}, 2022-05-09/2022-05-15 (method as printed; as of 2022-06-01T00:00:00Z)"
    assert lines[1].split() == ["#", "title", "season", "hours", "viewed", "weeks", "peak", "streak", "at", "No.", "1"]
    assert [line.split() for line in lines[2:]] == [
        ["1", "▲1", "Nine", "Umbrellas", "18,000,000", "3", "1", "3", "1"],
        ["2", "▲1", "Tin", "Badger", "17,000,000", "2", "2", "2", "0"],
        ["3", "re-entry", "Room", "9", "Season", "2", "1,000,000", "2", "3", "1", "0"],
    ]


def test_one_territory_by_code_or_name(loaded_paper: Path) -> None:
    documents = [
        ok("-C", loaded_paper, "chart", COUNTRY, "--issue", "2022-05-01", "--territory", name, "--json").json
        for name in ("GB", "United Kingdom", "UK")
    ]
    assert documents[0] == documents[1] == documents[2]
    assert documents[0]["territory"] == "GB"
    assert "United Kingdom" in ok("-C", loaded_paper, "chart", COUNTRY, "--territory", "GB").out


def test_gaps_and_parts_are_said(paper: Path) -> None:
    lists = TV_LISTS.replace("2022-05-08,", "2022-05-29,").replace("2022-05-15,2", "2022-05-15,x")
    (paper / "data" / "tv.csv").write_text(lists, encoding="utf-8")
    other = SETTINGS.replace('chart = "paper.tv"', 'chart = "paper.other"')
    (paper / "desk.toml").write_text(other, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", "paper.other")
    out = ok("-C", paper, "chart", "paper.other").out
    assert "3 earlier issues are not held whole (2022-05-08, 2022-05-15, 2022-05-22)" in out
    assert "\n?: whether it moved or is new is not known, since what decides it is not held.\n" in out
    assert "?: whether" not in ok("-C", paper, "chart", "paper.other", "--issue", "2022-05-01").out
    assert "Held in part" in ok("-C", paper, "chart", "paper.other", "--issue", "2022-05-15").out
    document = ok("-C", paper, "chart", "paper.other", "--json").json
    assert document["gaps"] == [
        ["2022-05-02", "2022-05-08"],
        ["2022-05-09", "2022-05-15"],
        ["2022-05-16", "2022-05-22"],
    ]


def test_csv_is_a_table_no_spreadsheet_executes(paper: Path) -> None:
    hostile = ("=HYPERLINK(A1)", "+1+1", "-2+3", "@SUM(A1)", "'=x", 'quo"te, comma', "=cmd|' /C calc'!A0")
    lines = [f'2022-05-22,{rank},"{title.replace(chr(34), chr(34) * 2)}",,5\n' for rank, title in enumerate(hostile, 1)]
    (paper / "data" / "tv.csv").write_text("".join([TV_LISTS, *lines]), encoding="utf-8")
    settings = SETTINGS.replace("hours_viewed =", '"=measure()" =')
    (paper / "desk.toml").write_text(settings, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    out = ok("-C", paper, "chart", TV, "--issue", "2022-05-22", "--format", "csv").out
    header, *rows = csv.reader(io.StringIO(out))
    assert header[:3] == ["rank", "previous_rank", "change"]
    assert header[-1] == "'=measure()"
    titles = [row[header.index("title")] for row in rows]
    assert titles == [f"'{title}" if title[0] in "=+-@" else title for title in hostile]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@", "-"))]


def test_a_fall_is_a_number_in_csv(loaded_paper: Path) -> None:
    out = ok("-C", loaded_paper, "chart", TV, "--issue", "2022-05-08", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["rank"], row["change"], row["hours_viewed"]) for row in rows] == [
        ("1", "1", "31250000"), ("2", "-1", "20000000"), ("3", "", "9500000"),
    ]  # fmt: skip


def test_as_of_shows_what_was_known_then(paper: Path) -> None:
    (paper / "data" / "tv.csv").write_text(TV_LISTS.replace("31250000", "41250000"), encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV, "--fetched", "2022-07-01")

    def hours(*arguments: str) -> Any:
        issue = ok("-C", paper, "chart", TV, "--issue", "2022-05-08", "--json", *arguments).json
        return issue["entries"][0]["values"]["hours_viewed"], issue["as_of"]

    assert hours() == (41_250_000, "2022-07-01T00:00:00Z")
    assert hours("--as-of", "2022-06-30") == (31_250_000, "2022-06-30T23:59:59.999999Z")
    assert hours("--as-of", "2022-07-01T02:00:00+02:00") == (41_250_000, "2022-07-01T00:00:00Z")
    assert hours("--as-of", "2022-07-01T01:59:59+02:00") == (31_250_000, "2022-06-30T23:59:59Z")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["paper.tw"], "no chart 'paper.tw'; nearest: paper.tv"),
        (["netflix.global.tv_englsh"], "no chart 'netflix.global.tv_englsh'; nearest: netflix.global.tv_english"),
        (["netflix.global.tv_english"], "no issue of netflix.global.tv_english is held; load a feed that carries it"),
        (["netflix.country.tv"], "no issue of netflix.country.tv is held; 'groundswell status' shows what is"),
        (["\x1b[2J\u202e"], "no chart '�[2J'"),
        ([TV, "--issue", "2021-01-01"], f"no issue of {TV} WW contains 2021-01-01; held: 2022-05-01 to 2022-05-15"),
        ([TV, "--issue", "soon"], "'soon' is no day; write it as 2022-05-01"),
        ([TV, "--issue", "2022-02-30"], "'2022-02-30' is no day"),
        ([TV, "--territory", "Narnia"], "no territory 'Narnia'; write an ISO 3166 code such as GB, or WW"),
        ([TV, "--territory", "GB"], f"no issue of {TV} is held for GB; held: WW"),
        ([COUNTRY], f"no issue of {COUNTRY} is held for WW; held: DE, FR, GB, JP"),
        ([TV, "--as-of", "soon"], "'soon' is no time; write 2022-11-15 or 2022-11-15T12:00:00Z"),
        ([TV, "--as-of", "9999-12-31T23:00:00-14:00"], "is no time"),
        ([TV, "--as-of", "0001-01-01T00:00:00+14:00"], "is no time"),
        (
            [TV, "--as-of", "2000-01-01"],
            "nothing was known at 2000-01-01T23:59:59.999999Z; what is held is known from 2022-06-01T00:00:00Z on",
        ),
    ],
)
def test_what_is_not_there_is_one_line(arguments: list[str], why: str, loaded_paper: Path) -> None:
    run("-C", loaded_paper, "chart", *arguments).refused(why)


def test_a_chart_that_may_not_be_shown_is_said_to_be_held(paper: Path) -> None:
    (paper / "data" / "tv.csv.origin.toml").write_text(ORIGIN + 'may_show = "nothing"\n', encoding="utf-8")
    shutil.rmtree(paper / ".groundswell")
    ok("-C", paper, "load", "--all")
    run("-C", paper, "chart", TV).refused(f"chart '{TV}' is held, and its origin lets nothing of it be shown")
    run("-C", paper, "chart", "paper.tw").refused("no chart 'paper.tw'; ")


def test_a_bare_desk_shows_nothing_and_fails_at_nothing(tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    document = ok("-C", tmp_path / "bare", "status", "--reconcile", "--json").json
    assert (document["loads"], document["charts"], document["weeks"]) == ([], [], [])
    said = ok("-C", tmp_path / "bare", "status", "--findings", "--reconcile").out
    assert said == "Nothing held prints weeks, ranks of last week, views or scores that could be computed here.\n"
    run("-C", tmp_path / "bare", "chart", TV).refused(f"no chart '{TV}'; known: ")
    assert ok("-C", tmp_path / "bare", "status").out.startswith("Nothing is loaded yet: name your files in desk.toml ")


def test_a_chart_that_merges_what_is_not_held_names_it(loaded_paper: Path) -> None:
    settings = 'title = "All"\nmerges = ["{}", "{}"]\nranked_by = "hours_viewed"\n'
    (loaded_paper / "charts" / "all.toml").write_text(settings.format(TV, "paper.films"), encoding="utf-8")
    why = "no issue of desk.all is held: of what it merges, no issue is held of paper.films"
    run("-C", loaded_paper, "chart", "desk.all").refused(why)
    (loaded_paper / "charts" / "all.toml").write_text(settings.format(TV, COUNTRY), encoding="utf-8")
    run("-C", loaded_paper, "chart", "desk.all").refused("no period has all that it merges held whole")


def test_status_says_what_is_held(loaded_paper: Path) -> None:
    document = ok("-C", loaded_paper, "status", "--json").json
    assert (document["desk"], document["unfinished"]) == ("The Paper", [])
    assert [load["rows_kept"] for load in document["loads"]] == [9, 24]
    assert document["charts"] == [
        {"chart": TV, "territories": 1, "issues": 3, "since": "2022-05-01", "until": "2022-05-15", "gaps": 0},
        {"chart": COUNTRY, "territories": 4, "issues": 3, "since": "2022-05-01", "until": "2022-05-15", "gaps": 0},
    ]
    out = ok("-C", loaded_paper, "status").out
    assert [line.split() for line in out.splitlines() if line.startswith(TV)] == [
        [TV, "1", "3", "2022-05-01", "2022-05-15", "0"],
        [COUNTRY, "4", "3", "2022-05-01", "2022-05-15", "0"],
    ]


def test_status_reconciles_what_is_printed_with_what_is_counted(paper: Path) -> None:
    lines = TV_LISTS.splitlines()
    counts = ["1", "1", "1", "2", "2", "1", "3", "9", "2"]
    (paper / "data" / "tv.csv").write_text(
        "\n".join(f"{line},{n}" for line, n in zip(lines, ["Weeks", *counts], strict=True))
    )
    settings = SETTINGS.replace("columns = {", 'columns = { weeks_on_chart = "Weeks",', 1)
    (paper / "desk.toml").write_text(settings, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV, "--fetched", "2022-07-01")
    [weeks] = ok("-C", paper, "status", "--reconcile", "--json").json["weeks"]
    assert (weeks["chart"], weeks["entries"], weeks["same"]) == (TV, 9, 8)
    assert ok("-C", paper, "status", "--reconcile").out.splitlines() == [
        f"{TV}: weeks as printed in 8 of 9 entries",
        "  Tin Badger WW 2022-05-15: printed 9, counted 2",
        "As computed: 8 of 9 weeks.",
    ]


def test_a_rank_that_was_not_stated_is_a_dash_with_one_note(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    ok("new", paper, "--empty")
    (paper / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    (paper / "data" / "tv.csv.origin.toml").write_text(f'{ORIGIN}complete_for = "{SUBJECT}"\n', encoding="utf-8")
    lists = "Week,Rank,Title,Season,Hours\n2022-05-01,,Kite & String,Kite & String: Season 1,\n"
    (paper / "data" / "tv.csv").write_text(lists, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    lines = ok("-C", paper, "chart", TV, "--issue", "2022-05-01").out.splitlines()
    [row] = [line.split() for line in lines if "Kite & String" in line]
    assert (row[0], row[-4:]) == ("–", ["1", "–", "1", "–"])
    assert lines.count("–: a rank that was not stated, or what depends on one.") == 1
    [entry] = ok("-C", paper, "chart", TV, "--issue", "2022-05-01", "--json").json["entries"]
    assert (entry["rank"], entry["peak"], entry["streak_at_top"]) == (None, None, None)


def test_every_document_is_one_line_of_json(loaded_paper: Path) -> None:
    for arguments in (("status", "--json"), ("chart", TV, "--json"), ("verify", "--json")):
        out = ok("-C", loaded_paper, *arguments).out
        assert out.endswith("\n")
        assert len(out.splitlines()) == 1
        assert json.loads(out)["format"] == 1
        assert out.startswith('{"format":1,')
