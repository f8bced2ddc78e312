from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.origin import Evidence, MayShow, Origin
from groundswell.core.rows import LOADS
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.viewed import ViewedFeed
from groundswell.store import DuckEngine
from groundswell.store.tables import ROWS
from groundswell.store.vintage import COUNTED, take_vintage
from tests.store.desk import MOSS, NOW, Answers, Desk, edition, renamed
from tests.synthetic import csv, global_week, tsv

LIST = ChartCsv("moss.weekly", {"period_end": "Week", "rank": "Rank", "title": "Title"}, calendar="mon-sun")
FOR_BADGER = msgspec.structs.replace(MOSS, complete_for="tin-badger")
FOR_FERRY = msgspec.structs.replace(MOSS, complete_for="nobody-s-ferry")
_EDITIONS = {
    "2022-06-01": edition(0),
    "2022-06-08": edition(1),
    "2022-06-15": renamed("Tin Badger", "Blechdachs", edition(2)),
}


def titles(desk: Desk, as_of: str | None = None) -> list[str]:
    """The titles listed, by name."""
    return sorted(str(row[5]) for row in desk.rows("entries", as_of))


def lists(desk: Desk) -> list[tuple[str, str]]:
    """The last day and wholeness of every issue."""
    return sorted((str(row[4]), str(row[7])) for row in desk.rows("issues"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answers]:
    """What each edition answers when it is the only one."""
    found = {}
    for day, published in _EDITIONS.items():
        desk = Desk(tmp_path_factory.mktemp("alone"))
        desk.load(published, fetched=day)
        found[day] = desk.answers()
    return found


@pytest.mark.parametrize("order", list(permutations(_EDITIONS)), ids=lambda order: " ".join(day[-2:] for day in order))
def test_editions_give_the_same_answers_in_whatever_order_they_are_loaded(
    desk: Desk, alone: dict[str, Answers], order: tuple[str, ...]
) -> None:
    for day in order:
        desk.load(_EDITIONS[day], fetched=day)
    assert desk.answers("2022-05-31") == {table: [] for table in ROWS}
    assert desk.answers() == alone[max(alone)]
    for day, answers in alone.items():
        assert desk.answers(day) == answers


_HELD = st.tuples(
    st.integers(0, 3),  # known from this day
    st.integers(0, 3),  # the list's week
    st.sampled_from(["*", "*", "", "tin-badger", "nobody-s-ferry"]),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(_HELD, min_size=1, max_size=9, unique=True))
def test_of_each_list_the_edition_known_last_answers_and_a_whole_one_first(held: list[tuple[int, int, str]]) -> None:
    def rows(number: int, week: int, complete_for: str) -> dict[str, object]:
        last = date(2022, 5, 1) + timedelta(weeks=week)
        return {
            "load_id": f"load {number}",
            "chart": "made.up",
            "territory": "WW",
            "first_day": last - timedelta(days=6),
            "last_day": last,
            "complete_for": complete_for,
            "title": f"title {number}",
            "measure": "views",
            "value": number,
        }

    listed = [rows(number, week, complete_for) for number, (_, week, complete_for) in enumerate(held)]
    loads = [
        {
            "load_id": f"load {number}",
            "feed": LIST.id,
            "known_from": NOW + timedelta(days=day),
            "loaded_at": NOW + timedelta(hours=number),
            "may_show": "values",
        }
        for number, (day, _, _) in enumerate(held)
    ]
    expected = set()
    for week in {week for _, week, _ in held}:
        of_week = [(number, day, whole) for number, (day, at, whole) in enumerate(held) if at == week]
        for kind in (["*"], [""], ["tin-badger", "nobody-s-ferry"]):
            if any(whole in kind for *_, whole in of_week):
                for whole in kind:
                    known = [(day, number) for number, day, held_for in of_week if held_for == whole]
                    expected |= {max(known)[1]} if known else set()
                break
    with DuckEngine() as engine:
        engine.register("loads", pa.Table.from_pylist(loads, schema=LOADS))
        for name, schema in ROWS.items():
            engine.register(f"all_{name}", pa.Table.from_pylist([] if name == "reviews" else listed, schema=schema))
        take_vintage(engine)
        for name in ("entries", "observations", "issues"):
            ids = engine.query(f"SELECT load_id FROM {name}")["load_id"].to_pylist()
            assert sorted(ids) == sorted(f"load {number}" for number in expected)


def test_of_figures_printed_in_no_list_the_one_known_last_answers() -> None:
    figure = {"chart": "", "measure": "views", "territory": "WW", "last_day": date(2022, 5, 1), "title": "Tin Badger"}
    figures = [
        {**figure, "load_id": load_id, "season": season, "value": value}
        for load_id, season, value in (
            ("old", "1", 100), ("new", "1", 200), ("old", "2", 300), ("old", "3", 350), ("hidden", "3", 400), ("hidden", "4", 500),
        )
    ]  # fmt: skip
    loads = [
        {"load_id": load_id, "known_from": NOW + timedelta(days=day), "loaded_at": NOW, "may_show": may_show}
        for load_id, day, may_show in (("new", 2, "values"), ("old", 1, "values"), ("hidden", 3, "rank"))
    ]
    with DuckEngine() as engine:
        engine.register("loads", pa.Table.from_pylist(loads, schema=LOADS))
        for name, schema in ROWS.items():
            rows = figures if name == "observations" else []
            engine.register(f"all_{name}", pa.Table.from_pylist(rows, schema=schema))
        take_vintage(engine)
        answer = engine.query("SELECT season, value FROM observations ORDER BY season").to_pylist()
        withheld = engine.query("SELECT season, value FROM observations_withheld").to_pylist()
    assert [(row["season"], int(row["value"])) for row in answer] == [("1", 200), ("2", 300)]
    assert withheld == [{"season": "3", "value": None}]


@pytest.mark.parametrize("may_show", ["values", "percent"])
def test_of_two_figures_of_one_name_in_one_load_the_first_answers_in_whatever_order_they_lie(may_show: str) -> None:
    figure = {"chart": "", "measure": "views", "territory": "WW", "last_day": date(2022, 5, 1), "title": "Tin Badger"}
    figures = [{**figure, "load_id": "one", "season": "", "value": 100 + line, "line": line} for line in range(2, 5)]
    load = {"load_id": "one", "known_from": NOW, "loaded_at": NOW, "may_show": may_show}
    table = "observations" if may_show == "values" else "observations_withheld"
    for lie in permutations(figures):
        with DuckEngine() as engine:
            engine.register("loads", pa.Table.from_pylist([load], schema=LOADS))
            for name, schema in ROWS.items():
                rows = [*lie] if name == "observations" else []
                engine.register(f"all_{name}", pa.Table.from_pylist(rows, schema=schema))
            take_vintage(engine)
            assert engine.query(f"SELECT line FROM {table}")["line"].to_pylist() == [2]


def test_a_newer_edition_answers_for_the_lists_it_has_and_the_older_one_for_the_rest(desk: Desk) -> None:
    desk.load(edition(1), fetched="2022-06-01")
    desk.load(tsv(global_week("2022-05-08", hours={1: 20_000_009})), fetched="2022-06-08")
    assert desk.hours() == {1, 9}
    assert len(desk.rows("entries")) == 80
    assert len(desk.rows("issues")) == 8


def test_of_two_editions_known_the_same_day_the_one_loaded_later_answers(desk: Desk) -> None:
    desk.load(edition(1), fetched="2022-06-01")
    desk.load(edition(2), fetched="2022-06-01")
    assert desk.hours("2022-06-01") == {2}


def test_an_edition_is_known_from_the_first_moment_of_its_day(desk: Desk) -> None:
    desk.load(edition(1), fetched="2022-06-02")
    assert (desk.hours("2022-06-01"), desk.hours("2022-06-02")) == (set(), {1})


def test_a_whole_list_goes_before_a_newer_one_held_in_part(desk: Desk) -> None:
    desk.load(tsv(global_week(hours={1: 20_000_001})), fetched="2022-06-01")
    desk.load(tsv(global_week(hours={1: 20_000_002})[:9]), fetched="2022-06-08")
    assert (desk.hours(), lists(desk)) == ({1}, [("2022-05-01", "*")])
    assert len(desk.rows("observations")) == 20


def test_a_list_held_in_part_is_better_than_none_until_the_whole_one_comes(desk: Desk) -> None:
    desk.load(tsv(global_week(hours={1: 20_000_001})[:9]), fetched="2022-06-01")
    assert (desk.hours(), lists(desk), len(desk.rows("entries"))) == ({1}, [("2022-05-01", "")], 9)
    desk.load(tsv(global_week(hours={1: 20_000_002})), fetched="2022-05-20")
    assert (desk.hours(), lists(desk), len(desk.rows("entries"))) == ({2}, [("2022-05-01", "*")], 10)


_WHOLE = csv("Week,Rank,Title\n2022-05-01,1,Nine Umbrellas\n2022-05-01,2,Tin Badger")
_BADGER = csv("Week,Rank,Title\n2022-05-01,2,Tin Badger\n2022-05-08,,")
_FERRY = csv("Week,Rank,Title\n2022-05-01,7,Nobody's Ferry\n2022-05-08,9,Nobody's Ferry")


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_whole_list_outranks_one_held_for_one_subject(desk: Desk, newest_first: bool) -> None:
    loads: list[tuple[bytes, Origin, str]] = [(_WHOLE, MOSS, "2022-06-01"), (_BADGER, FOR_BADGER, "2022-06-08")]
    for raw, origin, day in reversed(loads) if newest_first else loads:
        desk.load(raw, LIST, origin, fetched=day)
    assert titles(desk) == ["Nine Umbrellas", "Tin Badger"]
    assert lists(desk) == [("2022-05-01", "*"), ("2022-05-08", "tin-badger")]


def test_lists_held_for_several_subjects_stand_side_by_side(desk: Desk) -> None:
    desk.load(_BADGER, LIST, FOR_BADGER, fetched="2022-06-01")
    desk.load(_FERRY, LIST, FOR_FERRY, fetched="2022-06-01")
    assert titles(desk) == ["Nobody's Ferry", "Nobody's Ferry", "Tin Badger"]
    assert lists(desk) == [
        ("2022-05-01", "nobody-s-ferry"),
        ("2022-05-01", "tin-badger"),
        ("2022-05-08", "nobody-s-ferry"),
        ("2022-05-08", "tin-badger"),
    ]


def test_the_file_known_last_that_names_a_film_has_all_its_reviews() -> None:
    reviews = [
        {"load_id": load_id, "title": title, "season": season, "line": line}
        for load_id, title, season, line in (
            ("old", "Kite", "", 2), ("old", "Kite", "", 3), ("old", "Kite", "Season 2", 4), ("old", "Tin", "", 5),
            ("new", "Kite", "", 2), ("new", "Kite", "", 3), ("newest", "Kite", "", 2), ("hidden", "Tin", "", 2),
        )
    ]  # fmt: skip
    loads = [
        {"load_id": load_id, "known_from": NOW + timedelta(days=day), "loaded_at": NOW, "may_show": may_show}
        for load_id, day, may_show in (
            ("newest", 3, "values"), ("new", 2, "values"), ("old", 1, "values"), ("hidden", 9, "percent"),
        )
    ]  # fmt: skip
    with DuckEngine() as engine:
        engine.register("loads", pa.Table.from_pylist(loads, schema=LOADS))
        for name, schema in ROWS.items():
            rows = reviews if name == "reviews" else []
            engine.register(f"all_{name}", pa.Table.from_pylist(rows, schema=schema))
        take_vintage(engine)
        answer = engine.query(
            "SELECT load_id, title, season, line FROM reviews ORDER BY title, season, line"
        ).to_pylist()
    assert [tuple(row.values()) for row in answer] == [
        ("newest", "Kite", "", 2), ("old", "Kite", "Season 2", 4),
    ]  # fmt: skip


def test_a_newer_edition_for_one_subject_replaces_the_older_one_for_it(desk: Desk) -> None:
    desk.load(_BADGER, LIST, FOR_BADGER, fetched="2022-06-01")
    desk.load(_BADGER.replace(b",2,", b",5,"), LIST, FOR_BADGER, fetched="2022-06-08")
    assert [row[4] for row in desk.rows("entries")] == [5]
    assert [row[4] for row in desk.rows("entries", "2022-06-02")] == [2]


def test_every_row_leads_to_the_evidence_of_its_origin(desk: Desk) -> None:
    desk.load(edition(0))
    desk.load(_WHOLE, LIST, msgspec.structs.replace(MOSS, status=Evidence.CAPTURED))
    with desk.store.open() as engine:
        for table in ("entries", "issues", "observations"):
            found = engine.query(
                f"SELECT DISTINCT r.chart LIKE 'moss%' AS moss, l.evidence FROM {table} r JOIN loads l USING (load_id)"
            ).to_pylist()
            assert {row["evidence"] for row in found if not row["moss"]} == {"published"}
            assert {row["evidence"] for row in found if row["moss"]} == (
                set() if table == "observations" else {"captured"}
            )


@pytest.mark.parametrize(
    ("may_show", "lists_held", "figures"), [("values", 1, 2), ("percent", 1, 0), ("rank", 1, 0), ("nothing", 0, 0)]
)
def test_what_may_not_be_shown_answers_nothing(desk: Desk, may_show: str, lists_held: int, figures: int) -> None:
    feed = replace(LIST, columns={**LIST.columns, "views": "Views"})
    origin = msgspec.structs.replace(MOSS, may_show=MayShow(may_show))
    desk.load(csv("Week,Rank,Title,Views\n2022-05-01,1,A,700\n2022-05-01,2,B,600"), feed, origin)
    assert {table: len(rows) for table, rows in desk.answers().items()} == {
        "issues": lists_held,
        "entries": 2 * lists_held,
        "observations": figures,
        "reviews": 0,
    }


@pytest.mark.parametrize("may_show", ["rank", "nothing"])
def test_an_edition_does_not_answer_once_a_newer_one_came_that_may_not_be_shown(desk: Desk, may_show: str) -> None:
    feed = replace(LIST, columns={**LIST.columns, "views": "Views"})
    desk.load(csv("Week,Rank,Title,Views\n2022-05-01,1,A,700\n2022-05-01,2,B,600"), feed, fetched="2022-05-03")
    hidden = msgspec.structs.replace(MOSS, may_show=MayShow(may_show))
    desk.load(csv("Week,Rank,Title,Views\n2022-05-01,1,B,700\n2022-05-01,2,A,600"), feed, hidden, fetched="2022-05-05")
    assert (titles(desk, "2022-05-04"), len(desk.rows("observations", "2022-05-04"))) == (["A", "B"], 2)
    assert desk.rows("observations") == []
    ranks = sorted((str(row[5]), row[4]) for row in desk.rows("entries"))
    assert ranks == ([("A", 2), ("B", 1)] if may_show == "rank" else [])


@pytest.mark.shared_data
def test_netflixs_editions_of_2022_and_2026_in_both_orders(desk: Desk, shared_data: Path) -> None:
    folder = shared_data / "netflix"
    old = ((folder / "all-weeks-global_2022-11-15.xlsx").read_bytes(), "2022-11-15")
    new = ((folder / "all-weeks-global_2026-07-22.tsv").read_bytes(), "2026-07-22")
    found = []
    for name, order in (("forth", (old, new)), ("back", (new, old))):
        other = Desk(desk.folder / name)
        first, second = (other.load(raw, fetched=day) for raw, day in order)
        changes = second.changes
        assert changes.against == first.snapshot_id
        assert (changes.common, changes.revised, changes.gone, changes.added) == (2_880, 0, 0, 10_560 - 2_880)
        assert (len(changes.renames), sum(rename.entries for rename in changes.renames)) == (45, 192)
        found.append({as_of: other.answers(as_of) for as_of in ("2022-11-14", "2022-12-01", None)})
    assert found[0] == found[1]
    sizes = {as_of: (len(answers["entries"]), len(answers["issues"])) for as_of, answers in found[0].items()}
    assert sizes == {"2022-11-14": (0, 0), "2022-12-01": (2_880, 4 * 72), None: (10_560, 4 * 264)}


def test_the_feed_of_weeks_counted_from_sessions_is_named_as_it_is() -> None:
    assert ViewedFeed.id == COUNTED
