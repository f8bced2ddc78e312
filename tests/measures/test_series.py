"""Whose a reading is: the rule, and what a desk's names say; and what a derived reading rests on."""

from collections.abc import Iterator

import pytest

from groundswell.catalog import Catalog, read_names
from groundswell.claims import Claim, Record, read
from groundswell.core.period import Period, read_day
from groundswell.measures.derived import Derived
from groundswell.measures.series import identify
from tests.claims.lists import Lists, judge_one

NAMES = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
instagram.*,@tin,,,,,,tin-badger/s1,the show's account
tiktok.*,@tin,,,,,,someone-else,another's
*,Nine Umbrellas,,GB,,,,nine-umbrellas-uk,a remake
*,Nine Umbrellas,,GB,2022-05-10,,,nine-umbrellas-uk/s2,its second season
*,Nine Umbrellas,,,,,3,wrong,a reading has no rank
"""
READINGS = """
day,title,territory,value
2022-05-01,@tin,WW,5
2022-05-01,Nine Umbrellas,FR,6
2022-05-01,Nine Umbrellas,GB,7
2022-05-11,Nine Umbrellas,GB,8
2022-05-01,Été sans boussole,WW,9
"""
Held = list[tuple[str, str, str, int]]


@pytest.fixture(scope="module")
def held() -> Iterator[Held]:
    lists = Lists()
    for measure in ("instagram.followers", "tiktok.followers", "youtube.subscribers"):
        lists.add_series(READINGS, measure=measure, unit="followers")
    lists.add("period_end,rank,title,views\n2022-05-01,1,@tin,5")
    record = lists.record(Catalog(names=tuple(read_names(NAMES, "names.csv"))))
    rows = record.engine.query(
        "SELECT measure, subject, territory, value FROM levels ORDER BY measure, value"
    ).to_pylist()
    yield [(row["measure"], row["subject"], row["territory"], int(row["value"])) for row in rows]
    record.engine.close()


@pytest.mark.parametrize(
    ("measure", "whose"),
    [
        ("instagram.followers", "tin-badger/s1"),
        ("tiktok.followers", "someone-else"),
        ("youtube.subscribers", "tin"),
    ],
)
def test_a_name_means_what_the_row_whose_scope_is_its_measure_says(held: Held, measure: str, whose: str) -> None:
    assert [(subject, territory, value) for of, subject, territory, value in held if of == measure] == [
        (whose, "WW", 5),
        ("nine-umbrellas", "FR", 6),
        ("nine-umbrellas-uk", "GB", 7),
        ("nine-umbrellas-uk/s2", "GB", 8),
        ("ete-sans-boussole", "WW", 9),
    ]


def test_what_is_printed_in_a_list_is_no_level(held: Held) -> None:
    assert len(held) == 15


def test_a_season_is_of_its_show() -> None:
    lists = Lists()
    text = "day,title,season,value\n2022-05-01,Kite,Kite: Season 2,93"
    lists.add_series(text, measure="moss.critics", unit="per cent")
    assert lists.record().engine.query("SELECT subject FROM levels").to_pylist() == [{"subject": "kite/s2"}]


SALES = """
day,title,value
2022-05-01,alder one,5
2022-05-08,alder one,7
2022-05-08,alder two,30
2022-05-15,alder two,900
2022-05-08,birch,4
"""
OF_ONE = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
moss.*,alder one,,,,,,alder,a printing
moss.*,alder two,,,,,,alder,another
"""
_READ = """
SELECT '{measure}' AS measure, 'views' AS unit, subject, territory, min(first_day) AS first_day, last_day, sum(value) AS value,
       '' AS title, '' AS season, 'moss.views' AS part, {since} AS part_since
FROM parts WHERE measure = 'moss.views' GROUP BY subject, territory, last_day
"""
SUMMED = Derived(("moss.views",), of=("moss.views",), readings=_READ.format(measure="moss.views", since="last_day"))
SO_FAR = Derived(
    ("moss.so_far",),
    of=("moss.views",),
    readings=_READ.format(measure="moss.so_far", since="NULL::DATE"),
    instead=False,
)
OF_NOTHING = Derived(("moss.nothing",), of=("moss.none",), readings="SELECT no_such_column")


def _sold(*derived: Derived) -> tuple[Record, list[str]]:
    """Sales of two printings of one subject, the second in a file of weaker evidence, and the two files' snapshots."""
    lists = Lists()
    head, *rows = SALES.strip().splitlines()
    snapshots = [
        lists.add_series("\n".join([head, *of]), measure="moss.views", unit="views", status=status)
        for status, of in (("published", rows[:2]), ("simulated", rows[2:]))
    ]
    record = lists.record(names := Catalog(names=tuple(read_names(OF_ONE, "names.csv"))))
    identify(record.engine, names, derived)
    return record, snapshots


@pytest.mark.parametrize(
    ("words", "measure", "days", "verdict", "rests_on"),
    [
        ("37 views", "moss.views", "2022-05-02/2022-05-08", "supported (simulated)", [("alder one", 7), ("alder two", 30)]),
        ("5 views", "moss.views", "2022-05-01/2022-05-07", "supported", [("alder one", 5)]),
        ("30 views", "moss.views", "2022-05-02/2022-05-08", "refuted (simulated)", [("alder one", 7), ("alder two", 30)]),
        ("5 views", "moss.so_far", "2022-05-01/2022-05-07", "supported", [("alder one", 5)]),
        ("900 views", "moss.so_far", "2022-05-09/2022-05-15", "supported (simulated)",
         [("alder one", 5), ("alder one", 7), ("alder two", 30), ("alder two", 900)]),
    ],
)  # fmt: skip
def test_a_derived_reading_rests_on_its_parts(
    words: str, measure: str, days: str, verdict: str, rests_on: list[tuple[str, int]]
) -> None:
    record, snapshots = _sold(SUMMED, SO_FAR)
    first, last = map(read_day, days.split("/"))
    judged = judge_one(record, Claim("level", "alder", "", "WW", Period(first, last), read(words, "level"), measure))
    assert str(judged).startswith(f"{verdict}: ")
    assert sorted((row["title"], row["value"]) for row in judged.found.rows) == rests_on
    assert judged.snapshots == tuple(sorted(snapshots if "simulated" in verdict else snapshots[:1]))
    receipt = record.receipt(judged, words)
    assert (len(receipt["rows"]), set(receipt["snapshots"])) == (len(rests_on), {*judged.snapshots})


def test_rows_that_are_parts_alone_are_no_readings() -> None:
    def values(*derived: Derived) -> list[int]:
        levels = _sold(*derived)[0].engine.query("SELECT value FROM levels ORDER BY value")
        return [int(value) for value in levels["value"].to_pylist()]

    assert values() == values(OF_NOTHING) == [4, 5, 7, 30, 900]
    assert values(SUMMED) == [4, 5, 37, 900]
    assert values(SO_FAR) == sorted(values() + values(SUMMED))
