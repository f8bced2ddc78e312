import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest

from groundswell.catalog import code_of
from groundswell.core.errors import InputError, MachineryError
from groundswell.core.finding import Finding
from groundswell.core.origin import MayShow
from groundswell.core.rows import MOST_FINDINGS
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.netflix import COUNTRIES, GLOBAL
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.store import Delivery, Store, day_begins, files, moment_text
from groundswell.store.snapshots import digest
from groundswell.store.tables import ROWS
from tests.store.desk import MOSS, NOW, Desk, edition, feed_of
from tests.store.loader import Loader
from tests.synthetic import COUNTRIES_HEADER, country_week, csv, global_week, tsv

LIST = ChartCsv("moss.weekly", {"period_end": "Week", "rank": "Rank", "title": "Title"}, calendar="mon-sun")
MOSS_LIST = csv("Week,Rank,Title\n2022-05-01,1,Tin Badger\n2022-05-01,2,Nine Umbrellas")
REFUSED = [b"", b"<html>403</html>", tsv(global_week()).replace(b"weekly_rank", b"rank"), b"PK\x03\x04 cut short"]


def test_a_load_says_what_it_did(desk: Desk) -> None:
    raw = tsv([*global_week(), *global_week("2022-05-08")[:9]])
    loaded = desk.load(raw, fetched="2022-05-17")
    assert (loaded.feed, loaded.snapshot_id, loaded.vintage) == ("netflix.global", digest(raw), "new")
    assert (loaded.rows_read, loaded.rows_kept, loaded.findings_count) == (19, 19, 1)
    assert loaded.known_from == datetime(2022, 5, 17, tzinfo=UTC)
    [finding] = loaded.findings
    assert (finding.line, finding.why) == (12, "9 of the 10 ranks; held in part")
    as_json = json.loads(json.dumps(loaded.as_json()))
    assert as_json["known_from"] == "2022-05-17T00:00:00Z"
    assert as_json["findings"] == [finding.as_json()]
    assert as_json["changes"] == {
        "against": None,
        "common": 0,
        "revised": 0,
        "renamed": 0,
        "renamed_entries": 0,
        "gone": 0,
        "added": 0,
    }


@pytest.mark.parametrize(
    ("hour", "fetched", "days"),
    [(9, "2026-01-01", [1]), (9, None, [1]), (10, None, [1, 2]), (23, None, [1, 2]), (23, "2026-01-03", [1, 2, 3])],
)
def test_a_reading_of_tomorrow_is_refused_save_where_it_is_tomorrow_already(
    desk: Desk, hour: int, fetched: str | None, days: list[int]
) -> None:
    feed = SeriesCsv("moss.followers", {"day": "Day", "value": "Value"}, unit="followers", title="Tin Badger")
    raw = csv("Day,Value\n2026-01-01,1\n2026-01-02,2\n2026-01-03,3\n2026-01-04,4")
    day = date.fromisoformat(fetched) if fetched else None
    desk.store.load(feed, raw, MOSS, now=datetime(2026, 1, 1, hour, tzinfo=UTC), fetched=day)
    with desk.store.open() as engine:
        held = engine.query("SELECT value FROM observations ORDER BY value").column(0).to_pylist()
    assert held == days


def test_a_load_can_be_asked_at_once(desk: Desk) -> None:
    desk.load(tsv(global_week()))
    desk.load(tsv(country_week(), COUNTRIES_HEADER), COUNTRIES)
    assert len(desk.rows("entries")) == 20
    assert {row[0] for row in desk.rows("issues")} == {"netflix.global.tv_english", "netflix.country.tv"}
    with desk.store.open() as engine:
        [row] = engine.query(
            "SELECT e.title, o.value, l.evidence "
            "FROM entries e JOIN observations o USING (load_id, line) JOIN loads l USING (load_id) "
            "WHERE e.rank = 2 AND o.measure = 'hours_viewed' AND e.last_day = ?",
            [date(2022, 5, 1)],
        ).to_pylist()
    assert (row["title"], int(row["value"]), row["evidence"]) == ("Tin Badger", 9_980_000, "published")


def test_loads_are_listed_in_the_order_they_were_known(desk: Desk) -> None:
    desk.load(edition(2), fetched="2022-06-02")
    desk.load(edition(1), fetched="2022-06-01")
    desk.load(MOSS_LIST, LIST)
    assert [(held.feed, moment_text(held.known_from)) for held in desk.store.loads()] == [
        ("netflix.global", "2022-06-01T00:00:00Z"),
        ("netflix.global", "2022-06-02T00:00:00Z"),
        ("chart.csv", "2026-01-01T03:00:00Z"),
    ]
    assert {held.vintage for held in desk.store.loads()} == {"held"}


def test_an_empty_store_answers_with_nothing(desk: Desk) -> None:
    assert desk.answers() == {"entries": [], "observations": [], "issues": [], "reviews": []}
    assert (desk.store.loads(), desk.store.unfinished()) == ([], [])


def test_known_from_is_what_is_said_else_what_the_origin_says_else_now(desk: Desk) -> None:
    dated = msgspec.structs.replace(GLOBAL.origin, fetched=date(2022, 6, 5))
    assert desk.load(edition(1), origin=dated, fetched="2022-06-01").known_from == day_begins(date(2022, 6, 1))
    assert desk.load(edition(2), origin=dated).known_from == day_begins(date(2022, 6, 5))
    assert desk.load(edition(3)).known_from == NOW + timedelta(hours=3)


def test_moments_are_written_in_utc() -> None:
    assert moment_text(datetime(2022, 5, 1, 2, tzinfo=timezone(timedelta(hours=2)))) == "2022-05-01T00:00:00Z"
    assert moment_text(datetime(2022, 5, 1, 0, 0, 0, 1, tzinfo=UTC)) == "2022-05-01T00:00:00.000001Z"


def test_findings_are_kept_with_their_load_and_the_most_of_them_counted_only(desk: Desk) -> None:
    rows = [["never", "TV (English)", 1, "Tin Badger", "N/A", 1, "", "", 1]] * (MOST_FINDINGS + 5)
    loaded = desk.load(tsv(rows))
    assert (loaded.findings_count, len(loaded.findings), loaded.rows_kept) == (MOST_FINDINGS + 5, MOST_FINDINGS, 0)
    [held] = desk.store.loads()
    assert (held.findings, held.findings_count) == (loaded.findings, loaded.findings_count)
    assert held.findings[0] == Finding(2, "week", "never", "'never' is not a day; write it as 2022-05-01")


# The same bytes


def test_the_same_bytes_change_nothing(desk: Desk) -> None:
    first = desk.load(edition(1), fetched="2022-06-01")
    tree, rows = desk.tree(), desk.everything()
    again = desk.load(edition(1), fetched="2022-06-01")
    later = desk.load(edition(1), fetched="2022-07-01")
    undated = desk.load(edition(1))
    for same in (again, later, undated):
        assert same == replace(first, vintage="same", changes=same.changes)
        assert same.changes.against is None
    assert (desk.tree(), desk.everything()) == (tree, rows)


def test_an_earlier_day_learnt_later_moves_the_vintage_back(desk: Desk) -> None:
    desk.load(edition(2), fetched="2022-06-20")
    desk.load(edition(1), fetched="2022-06-10")
    assert (desk.hours("2022-06-15"), desk.hours("2022-06-25")) == ({1}, {2})
    snapshots = len(desk.snapshots())
    moved = desk.load(edition(2), fetched="2022-06-05")
    assert (moved.vintage, moved.known_from) == ("same", day_begins(date(2022, 6, 5)))
    assert (desk.hours("2022-06-07"), desk.hours("2022-06-25")) == ({2}, {1, 2})  # edition 1 has a week less
    assert len(desk.everything()["loads"]) == 2
    assert len(desk.snapshots()) == snapshots
    assert desk.load(edition(2), fetched="2022-06-20").known_from == day_begins(date(2022, 6, 5))
    before = desk.answers()
    desk.store.rebuild(feed_of)
    assert desk.answers() == before
    assert desk.hours("2022-06-07") == {2}


def test_an_undated_load_gets_its_day_when_it_is_learnt(desk: Desk) -> None:
    desk.load(edition(1))
    assert desk.hours("2022-12-31") == set()
    assert desk.load(edition(1), fetched="2022-06-01").vintage == "same"
    assert desk.hours("2022-12-31") == {1}


def test_the_same_bytes_with_another_origin_are_another_load(desk: Desk) -> None:
    desk.load(MOSS_LIST, LIST)
    other = msgspec.structs.replace(MOSS, complete_for="tin-badger/s1")
    assert desk.load(MOSS_LIST, LIST, origin=other).vintage == "new"
    assert len(desk.snapshots()) == 3  # the bytes once, two manifests
    assert len(desk.rows("entries")) == 2


# A refused file


@pytest.mark.parametrize("raw", REFUSED, ids=range(len(REFUSED)))
def test_a_refused_file_leaves_the_store_byte_for_byte_as_it_was(desk: Desk, raw: bytes) -> None:
    desk.load(edition(1))
    tree = desk.tree()
    with pytest.raises(InputError):
        desk.load(raw)
    assert desk.tree() == tree
    assert desk.store.unfinished() == []


def test_a_file_refused_first_leaves_no_evidence_and_no_rows(desk: Desk) -> None:
    with pytest.raises(InputError):
        desk.load(b"<html>403</html>")
    assert desk.snapshots() == {}
    assert desk.answers() == {"entries": [], "observations": [], "issues": [], "reviews": []}


def test_bytes_that_one_feed_refuses_stay_if_another_holds_them(desk: Desk) -> None:
    raw = tsv(global_week())
    desk.load(raw)
    tree = desk.tree()
    with pytest.raises(InputError):
        desk.load(raw, COUNTRIES)
    assert desk.tree() == tree
    assert desk.load(raw).vintage == "same"


# Another reading of the same bytes


def test_a_changed_mapping_of_the_same_bytes_supersedes(desk: Desk) -> None:
    raw = csv("Week,Rank,Title,Name\n2022-05-01,1,Tin Badger,Der Blechdachs\n2022-05-01,2,Nine Umbrellas,Neun Schirme")
    wrong = replace(LIST, columns={**LIST.columns, "title": "Name"})
    desk.load(raw, wrong, fetched="2022-05-03")
    assert desk.load(raw, LIST, fetched="2022-05-03").vintage == "new"
    assert {row[5] for row in desk.rows("entries")} == {"Tin Badger", "Nine Umbrellas"}
    assert len(desk.everything()["all_entries"]) == 4
    assert len(desk.store.loads()) == 2


def test_charts_of_one_file_stand_side_by_side(desk: Desk) -> None:
    raw = csv("Week,UK,US,Title\n2022-05-01,1,2,Tin Badger\n2022-05-01,2,1,Nine Umbrellas")
    for code in ("UK", "US"):
        desk.load(raw, replace(LIST, columns={**LIST.columns, "rank": code}, territory=code))
    assert {(row[1], row[4], row[5]) for row in desk.rows("entries")} == {
        ("GB", 1, "Tin Badger"),
        ("GB", 2, "Nine Umbrellas"),
        ("US", 1, "Nine Umbrellas"),
        ("US", 2, "Tin Badger"),
    }


# Several at once


def test_two_processes_loading_at_once_lose_and_double_nothing(desk: Desk) -> None:
    with Loader(desk.folder) as loader:
        started = [loader.start(raw=edition(number), fetched=f"2022-06-{number:02}") for number in range(1, 6)]
        assert [loader.wait(pid) for pid in started] == [0] * 5
    rows = desk.everything()
    assert len(rows["loads"]) == 5
    assert len(rows["all_entries"]) == sum(20 * (3 + number) for number in range(1, 6))
    assert len(set(rows["all_entries"])) == len(rows["all_entries"])
    assert [desk.hours(f"2022-06-{number:02}") for number in (1, 2, 5)] == [{1}, {2}, {5}]
    assert desk.store.unfinished() == []


def test_processes_loading_the_same_file_at_once_load_it_once(desk: Desk) -> None:
    with Loader(desk.folder) as loader:
        started = [loader.start(raw=edition(1), fetched="2022-06-01") for _ in range(4)]
        assert [loader.wait(pid) for pid in started] == [0] * 4
    assert [len(rows) for rows in desk.everything().values()] == [80, 160, 8, 0, 80, 160, 8, 0, 1]


def test_readers_are_not_disturbed_by_loads(desk: Desk) -> None:
    desk.load(edition(1), fetched="2022-06-01")
    with Loader(desk.folder) as loader, ThreadPoolExecutor(2) as readers:
        started = [loader.start(raw=edition(number), fetched=f"2022-06-{number:02}") for number in range(2, 6)]
        seen = [len(rows) for rows in readers.map(lambda _: desk.rows("entries"), range(12))]
        assert [loader.wait(pid) for pid in started] == [0] * 4
    assert set(seen) <= {20 * (3 + number) for number in range(1, 6)}


def test_a_load_that_waits_too_long_for_another_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_SECONDS_FOR_LOCK", 0.05)
    waited: list[str] = []

    def load_another(_: str) -> None:
        if not waited:
            with pytest.raises(MachineryError, match="another load has held the store") as refused:
                Store(desk.folder, code_of).load(GLOBAL, edition(2), GLOBAL.origin, now=NOW)
            waited.append(str(refused.value))

    desk.store.load(GLOBAL, edition(1), GLOBAL.origin, now=NOW, progress=load_another)
    assert len(waited) == 1
    assert desk.hours() == {1}


def test_files_taken_in_together_are_as_if_taken_in_one_after_the_other(tmp_path: Path) -> None:
    days = {1: date(2022, 6, 10), 2: date(2022, 6, 3), 3: None, 4: date(2022, 6, 24)}
    files = [Delivery(edition(number), GLOBAL.origin, days[number]) for number in (1, 2, 3, 1, 4)]
    together, apart = Desk(tmp_path / "together"), Desk(tmp_path / "apart")
    reports = together.store.load_all(GLOBAL, files, now=NOW)
    one_by_one = [apart.store.load(GLOBAL, file.raw, GLOBAL.origin, now=NOW, fetched=file.fetched) for file in files]
    assert [replace(report, vintage="") for report in reports if report is not reports[0]] == [
        replace(report, vintage="") for number, report in enumerate(one_by_one) if number not in (0, 3)
    ]
    assert reports[3] is reports[0] == one_by_one[0]
    assert reports[1].changes.revised
    assert {name: together.rows(name) for name in ROWS} == {name: apart.rows(name) for name in ROWS}
    earlier = [replace(files[0], fetched=date(2022, 6, 1)), Delivery(edition(5), GLOBAL.origin)]
    assert [one.vintage for one in together.store.load_all(GLOBAL, earlier, now=NOW)] == ["same", "new"]
    assert together.store.loads()[0].known_from == datetime(2022, 6, 1, tzinfo=UTC)


def test_of_files_taken_in_together_one_that_is_refused_leaves_the_store_as_it_was(desk: Desk) -> None:
    desk.load(edition(1))
    tree = desk.tree()
    files = [Delivery(raw, GLOBAL.origin, date(2022, 1, 1)) for raw in (edition(1), edition(2), REFUSED[1])]
    with pytest.raises(InputError):
        desk.store.load_all(GLOBAL, files, now=NOW)
    assert desk.tree() == tree


def test_progress_tells_every_step_in_order(desk: Desk) -> None:
    steps: list[str] = []
    desk.store.load(GLOBAL, edition(1), GLOBAL.origin, now=NOW, progress=steps.append)
    assert steps == ["snapshot", "parse", "entries", "observations", "issues", "reviews", "loads", "changes"]
    rebuilt: list[str] = []
    desk.store.rebuild(feed_of, rebuilt.append)
    assert rebuilt == ["netflix.global"]


@pytest.mark.parametrize("name", ["a desk", "Ärger", "o'clock", "100%", "a#b", "a?b*", "日本", "year=2022"])
def test_a_desk_may_lie_in_a_folder_of_any_name(desk: Desk, name: str) -> None:
    other = Desk(desk.folder / name)
    other.load(edition(1), fetched="2022-06-01")
    assert other.rows("entries")[0][:2] == ("netflix.global.films_english", "WW")
    with other.store.open() as engine:
        assert engine.query("SELECT * FROM all_entries").column_names == ROWS["entries"].names
    assert [path.name for path in desk.folder.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a[1]", "a%20b", "a\\b"])
def test_a_folder_whose_name_delta_lake_mistakes_is_refused_by_name(desk: Desk, name: str) -> None:
    with pytest.raises(InputError, match="no table can lie in") as refused:
        Desk(desk.folder / name).load(edition(1))
    assert name in str(refused.value)


@pytest.mark.parametrize("may_show", list(MayShow))
def test_a_finding_shows_the_cell_only_where_figures_may_be_shown(desk: Desk, may_show: MayShow) -> None:
    raw = edition(0) + b"2022-05-01\tTV (English)\t56934\n"
    loaded = desk.load(raw, origin=msgspec.structs.replace(MOSS, may_show=may_show))
    [found] = loaded.findings
    assert ("56934" in str(found)) == (may_show is MayShow.VALUES)
    assert "3 cells where the header has" in found.why
    series = SeriesCsv(measure="moss.units", unit="units", columns={"day": "day", "title": "title", "value": "value"})
    raw = b"day,title,value\n2022-05-01,alder,569 34\n2022-05-02,alder,5"
    [found] = desk.load(raw, series, msgspec.structs.replace(MOSS, may_show=may_show)).findings
    assert ("569 34" in str(found)) == (may_show is MayShow.VALUES)
    assert " is not a number; " in found.why
