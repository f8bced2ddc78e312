"""Whose a reading is: the rule, and what a desk's names say."""

from collections.abc import Iterator

import pytest

from groundswell.catalog import Catalog, read_names
from tests.claims.lists import Lists

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
