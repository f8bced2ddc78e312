"""`load` and `rebuild`: what is said of a file taken in, and one line for a file that is none."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.command import holds, ok, run, tree
from tests.paper import ORIGIN, SETTINGS, TV, TV_LISTS
from tests.synthetic import COUNTRIES_HEADER, country_week, global_week, tsv
from tests.xlsx import workbook

GOOD = tsv(global_week())


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A desk that holds nothing."""
    ok("new", tmp_path / "bare", "--empty")
    return tmp_path / "bare"


def test_a_load_says_what_it_did(bare: Path, tmp_path: Path) -> None:
    """The shape of `load --json` is DESIGN.md's; a file typed on the command line may lie anywhere."""
    file = tmp_path / "somewhere.tsv"
    file.write_bytes(tsv([*global_week(), ["2022-05-01", "TV (Anything)", 1, "x", "N/A", 1, "1.5", "", 1]]))
    document = ok("-C", bare, "load", "netflix.global", file, "--fetched", "2022-05-03", "--json").json
    holds(
        document,
        {
            "format": int, "feed": str, "snapshot": str, "known_from": str, "rows_read": int, "rows_kept": int,
            "findings": list, "vintage": str, "changes": dict,
        },
    )  # fmt: skip
    holds(document["changes"], {"revised": int, "renamed": int, "gone": int})
    [finding] = document["findings"]
    holds(finding, {"line": int, "column": (str, type(None)), "found": str, "why": str})
    assert (finding["line"], finding["column"], finding["found"]) == (12, "category", "TV (Anything)")
    assert (document["feed"], document["rows_read"], document["rows_kept"]) == ("netflix.global", 11, 10)
    assert (document["known_from"], document["vintage"]) == ("2022-05-03T00:00:00Z", "new")
    again = ok("-C", bare, "load", "netflix.global", file, "--fetched", "2022-05-03", "--json").json
    assert (again["vintage"], again["snapshot"]) == ("same", document["snapshot"])


def test_a_load_tells_people(bare: Path, tmp_path: Path) -> None:
    file = tmp_path / "global.tsv"
    file.write_bytes(GOOD)
    said = ok("-C", bare, "load", "netflix.global", file, "--fetched", "2022-05-03").out
    assert said == "netflix.global: 10 rows read, 10 kept, 0 findings; known from 2022-05-03T00:00:00Z\n"
    said = ok("-C", bare, "load", "netflix.global", file).out
    assert said == "netflix.global: already held, known from 2022-05-03T00:00:00Z; nothing changed\n"
    file.write_bytes(tsv(global_week(titles=["Renamed", *(row[3] for row in global_week()[1:])], hours={2: 1})))  # type: ignore[list-item]
    said = ok("-C", bare, "load", "netflix.global", file, "--fetched", "2022-05-10").out
    assert "10 entries in both: 1 figure revised, 1 title renamed (1 entry), 0 gone" in said
    assert "The Paper Lighthouse → Renamed" in said


def test_many_findings_are_summed_up(bare: Path, tmp_path: Path) -> None:
    file = tmp_path / "global.tsv"
    file.write_bytes(tsv([[*row[:2], "x", *row[3:]] for row in [*global_week(), *global_week(week="2022-05-08")]]))
    said = ok("-C", bare, "load", "netflix.global", file).out.splitlines()
    assert "20 rows read, 0 kept, 20 findings" in said[0]
    assert len(said) == 12
    assert said[-1] == "  … and 10 more: groundswell status --findings"
    assert len(ok("-C", bare, "status", "--findings").out.splitlines()) >= 20


@pytest.mark.parametrize(
    ("feed", "raw"),
    [
        ("netflix.global", GOOD),
        ("netflix.countries", tsv(country_week(), COUNTRIES_HEADER)),
        ("netflix.countries", workbook([COUNTRIES_HEADER, *country_week()])),
    ],
)
def test_what_netflix_publishes_loads_as_text_and_as_workbook(
    feed: str, raw: bytes, bare: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(raw)
    assert "10 rows read, 10 kept, 0 findings" in ok("-C", bare, "load", feed, tmp_path / "file").out


HOSTILE = {
    "an HTML page": (b"<!doctype html><html><body>Not today</body></html>", "an HTML or XML page"),
    "an XML page": (b"\xef\xbb\xbf \n<?xml version='1.0'?><a/>", "an HTML or XML page"),
    "a workbook cut short": (workbook([COUNTRIES_HEADER, *country_week()])[:-200], "damaged or cut short"),
    "a ZIP of something else": (b"PK\x03\x04" + bytes(100), "damaged or cut short"),
    "Latin-1": (GOOD.replace("Été".encode(), b"\xc9t\xe9"), "line 6: byte 0xc9 is not UTF-8; save the file as UTF-8"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "is not UTF-8"),
    "wrong columns": (tsv(global_week(), ["week", "kategory", *"abcdefg"]), "the columns are not those of this feed (missing:"),
    "a column more": (GOOD.replace(b"week\t", b"weak\tweek\t", 1), "unknown: weak"),
    "a column twice": (GOOD.replace(b"runtime", b"week", 1), "twice: week"),
    "the other file": (tsv(country_week(), COUNTRIES_HEADER), "unknown: country_name, country_iso2"),
    "empty": (b"", "the file is empty"),
    "blank": (b"\n\n\n", "the file is empty"),
    "binary": (bytes(range(256)) * 10, "is not UTF-8"),
    "zeros": (bytes(1000), "the columns are not those of this feed"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_none_is_one_line_and_changes_nothing(name: str, bare: Path, tmp_path: Path) -> None:
    raw, why = HOSTILE[name]
    (tmp_path / "good.tsv").write_bytes(GOOD)
    ok("-C", bare, "load", "netflix.global", tmp_path / "good.tsv")
    before = tree(bare)
    (tmp_path / "file.dat").write_bytes(raw)
    run("-C", bare, "load", "netflix.global", tmp_path / "file.dat").refused("file.dat: ", why)
    assert tree(bare) == before


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "name one FEED to load, or --all"),
        (["netflix.global", "--all"], "name one FEED to load, or --all"),
        (["--all"], "desk.toml names no feeds; add [[feeds]] to it"),
        (["netflix.globl", "x"], "no feed 'netflix.globl'; nearest: netflix.global"),
        (["chart.csv"], "feed 'chart.csv' is loaded as desk.toml maps it"),
        (["chart.csv", "x.csv"], "feed 'chart.csv' is loaded as desk.toml maps it: add it there first"),
        (["netflix.global", "none.tsv"], "none.tsv: No such file or directory; name a file that can be read"),
        (["netflix.global", "."], "name a file that can be read"),
        (["netflix.global", "/dev/null"], "name a file that can be read"),
        (["netflix.global", "none.tsv", "--fetched", "yesterday"], "'yesterday' is no day; write it as 2022-05-01"),
        (
            ["netflix.global", "ftp://a.example/x"],
            "'ftp://a.example/x' is not an address: it must begin with https:// or http://",
        ),
        (["netflix.global", "javascript://x"], "is not an address"),
    ],
)
def test_a_load_that_cannot_be_asked_is_one_line(arguments: list[str], why: str, bare: Path) -> None:
    run("-C", bare, "load", *arguments).refused(why)


def test_all_feeds_are_loaded_and_each_that_fails_is_one_line(paper: Path) -> None:
    assert [json.loads(line)["vintage"] for line in ok("-C", paper, "load", "--all", "--json").out.splitlines()] == [
        "same"
    ] * 2
    (paper / "data" / "tv.csv").write_bytes(b"<html>")
    ran = run("-C", paper, "load", "--all")
    assert ran.code == 2
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["chart.csv, data/countries.csv"]
    [line] = ran.err.splitlines()
    assert line.startswith("groundswell: tv.csv: the file is an HTML or XML page")


def test_one_mapping_of_several_is_named_by_its_chart(paper: Path, tmp_path: Path) -> None:
    file = tmp_path / "newer.csv"
    file.write_text(TV_LISTS.replace("23940000", "23950000"), encoding="utf-8")
    twice = f'{SETTINGS}\n[[feeds]]\nfeed = "chart.csv"\nchart = "{TV}"\npath = "data/more.csv"\n'
    (paper / "desk.toml").write_text(twice, encoding="utf-8")
    assert run("-C", paper, "load", "chart.csv", file).err.endswith("mapped: paper.tv, paper.tv_by_country\n")
    (paper / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    run("-C", paper, "load", "chart.csv", file).refused("meant with --chart; mapped: paper.tv, paper.tv_by_country")
    run("-C", paper, "load", "chart.csv", file, "--chart", TV).refused(
        "needs to know who says so: write newer.csv.origin.toml"
    )
    for named in ([], [file]):
        run("-C", paper, "load", "chart.csv", *named, "--chart", "paper.tw").refused(
            "desk.toml maps no 'paper.tw' for feed 'chart.csv'; nearest: paper.tv"
        )
    (tmp_path / "newer.csv.origin.toml").write_text(ORIGIN, encoding="utf-8")
    assert "1 figure revised" in ok("-C", paper, "load", "chart.csv", file, "--chart", TV).out


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (('chart = "paper.tv"\n', ""), 'desk.toml: a feed chart.csv needs chart = "…"'),
        (('rank = "Rank", ', ""), "columns of chart 'paper.tv' must name rank"),
        (('calendar = "mon-sun"', 'calendar = "mon-fri"'), "desk.toml: no calendar 'mon-fri'; known: "),
        (('hours_viewed = "Hours"', 'hours_viewed = "Minutes"'), "missing: Minutes"),
        (
            ('path = "data/tv.csv"', 'path = "data/tv.csv"\ndepth = 0'),
            "depth = 0 of chart 'paper.tv' must be 1 or more",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_one_line(change: tuple[str, str], why: str, paper: Path) -> None:
    (paper / "desk.toml").write_text(SETTINGS.replace(*change, 1), encoding="utf-8")
    ran = run("-C", paper, "load", "--all")
    assert ran.code == 2
    [line] = ran.err.splitlines()
    assert why in line


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder served on this machine; the address of the file in it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "global.tsv").write_bytes(GOOD)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_address_loads_like_a_file(bare: Path, served: str) -> None:
    said = ok("-C", bare, "load", "netflix.global", f"{served}/global.tsv").out
    assert said.startswith("netflix.global: 10 rows read, 10 kept, 0 findings; known from 20")
    run("-C", bare, "load", "netflix.global", f"{served}/none.tsv").refused("the server answered 404")
    run("-C", bare, "load", "netflix.countries", f"{served}/global.tsv").refused(
        "/global.tsv: the columns are not those"
    )


def test_an_address_in_the_settings_is_fetched(bare: Path, served: str) -> None:
    with (bare / "desk.toml").open("a") as settings:
        settings.write(f'[[feeds]]\nfeed = "netflix.global"\nurl = "{served}/global.tsv"\n')
    assert "10 kept" in ok("-C", bare, "load", "netflix.global").out
    assert "already held" in ok("-C", bare, "load", "--all").out


def test_rebuild_reads_the_snapshots_again(paper: Path) -> None:
    before = ok("-C", paper, "chart", TV, "--json").json
    assert ok("-C", paper, "rebuild").out == "2 snapshots read again\n"
    document = ok("-C", paper, "rebuild", "--json").json
    assert (document["rebuilt"], document["refused"]) == (["chart.csv", "chart.csv"], [])
    assert ok("-C", paper, "chart", TV, "--json").json == before
