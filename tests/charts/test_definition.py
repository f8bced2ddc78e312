"""What a chart is: the built-in ones, and a desk's own in TOML."""

from datetime import date

import pytest

from groundswell.catalog import Kind
from groundswell.charts.definition import BUILT_IN, Chart, Charts, figure_text, read_chart
from groundswell.core.errors import InputError, UsageError
from groundswell.feeds.nyt import MONTHLY
from groundswell.measures.netflix import MOST_POPULAR, NETFLIX, Method

COMPUTED = b"""
title = "English TV and films together"
ranked_by = "hours_viewed"
merges = ["netflix.global.tv_english", "netflix.global.films_english"]
depth = 10
since = 2021-07-04
how = "Two lists ranked together by hours."
"""
LOADED = b"""
title = "Variety Trending TV"
ranked_by = "engagements"
kind = "tv"
depth = 10
since = 2021-12-12
not_published = [2021-12-26, 2022-01-02]
"""


def test_the_built_in_charts() -> None:
    by_id = {chart.id: chart for chart in BUILT_IN}
    assert [id for id in by_id if not id.startswith("nyt.")] == [
        "netflix.global.tv_english",
        "netflix.global.tv_non_english",
        "netflix.global.films_english",
        "netflix.global.films_non_english",
        "netflix.global.overall",
        "netflix.country.tv",
        "netflix.country.films",
        "netflix.most_popular.tv_english",
        "netflix.most_popular.tv_non_english",
        "netflix.most_popular.films_english",
        "netflix.most_popular.films_non_english",
        "trending-tv",
        "trending-now",
        "isp.speed",
        *(f"viewing.global.{kind}_{language}" for kind in ("tv", "films") for language in ("english", "non_english")),
        *(f"viewing.country.{kind}" for kind in ("tv", "films")),
    ]
    of_netflix = [chart for chart in BUILT_IN if chart.id.startswith("netflix.")]
    assert {chart.since for chart in of_netflix} == {date(2021, 7, 4)}
    assert all(chart.methods == (MOST_POPULAR if chart.all_time else NETFLIX) for chart in of_netflix)
    assert [chart.id for chart in BUILT_IN if chart.all_time] == [id for id in by_id if ".most_popular." in id]
    assert [method.ranked_by for method in by_id["trending-tv"].methods] == ["interactions"]
    assert by_id["netflix.global.films_non_english"].title == "Netflix Top 10, Films (Non-English)"
    assert by_id["netflix.global.films_non_english"].kind is Kind.FILMS
    assert set(by_id["netflix.global.overall"].merges) == {
        id for id in by_id if "netflix.global" in id and "english" in id
    }
    assert [chart.id for chart in BUILT_IN if chart.by_territory] == [
        *("netflix.country.tv", "netflix.country.films"),
        *("viewing.country.tv", "viewing.country.films"),
    ]
    assert all(chart.how for chart in BUILT_IN)


def test_the_lists_of_the_times_begin_where_its_api_begins() -> None:
    of_times = {chart.id: chart for chart in BUILT_IN if chart.id.startswith("nyt.")}
    assert len(of_times) == 18
    hardcover = of_times["nyt.young-adult-hardcover"]
    assert (hardcover.title, hardcover.since) == (
        "New York Times Best Sellers, Young Adult Hardcover",
        date(2015, 8, 15),
    )
    monthly = of_times["nyt.young-adult-paperback-monthly"]
    assert (monthly.title, monthly.since) == ("New York Times Best Sellers, Young Adult Paperback", date(2019, 9, 30))
    assert {chart.since.weekday() for chart in of_times.values() if chart.since and "a week" in chart.how} == {5}
    assert all(chart.id.removeprefix("nyt.") in MONTHLY for chart in of_times.values() if "a month" in chart.how)


def test_a_computed_chart_from_toml() -> None:
    assert read_chart("english", COMPUTED, "charts/english.toml") == Chart(
        "desk.english",
        "English TV and films together",
        Kind.ANY,
        since=date(2021, 7, 4),
        depth=10,
        methods=(Method("desk-english", date.min, "hours_viewed", {}),),
        merges=("netflix.global.tv_english", "netflix.global.films_english"),
        how="Two lists ranked together by hours.",
    )


def test_a_loaded_chart_described_in_toml() -> None:
    assert read_chart("variety.trending_tv", LOADED, "charts/variety.trending_tv.toml") == Chart(
        "variety.trending_tv",
        "Variety Trending TV",
        Kind.TV,
        since=date(2021, 12, 12),
        depth=10,
        methods=(Method("desk-variety.trending_tv", date.min, "engagements", {}),),
        not_published=frozenset([date(2021, 12, 26), date(2022, 1, 2)]),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"title = ", "Invalid value"),
        (b"\xff", ""),
        (b"", "the field 'title' is missing"),
        (b"title = 1", "title: text .* is expected, not a number"),
        (b'title = "T"\nnot_publised = []', "unknown field 'not_publised'; nearest: not_published"),
        (b'title = "T"\nkind = "books"', "kind: 'books' is none of: tv, films, any"),
        (b'title = "T"\nsince = "July 2021"', "since: a day, as 2022-05-17, is expected, not text"),
        (b'title = "T"\nnot_published = [2022-02-30]', ""),
        (b'title = "T"\ndepth = 0', "depth: a whole number from 1 up"),
        (b'title = "T"\nmerges = ["a"]', "states ranked_by with merges"),
    ],
)
def test_toml_that_defines_no_chart_is_refused_with_its_name(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=rf"^charts/t\.toml: .*{said}"):
        read_chart("t", data, "charts/t.toml")


OWN = Chart("desk.english", "English", merges=("netflix.global.tv_english",), methods=NETFLIX)


def test_charts_knows_the_built_in_the_own_and_the_loaded() -> None:
    charts = Charts((OWN,))
    assert charts.ids() == [*(chart.id for chart in BUILT_IN), "desk.english"]
    assert [chart.id for chart in charts.computed()] == ["netflix.global.overall", "desk.english"]
    assert charts.get("desk.english") is OWN
    assert charts.get("nyt.series") == Chart("nyt.series", "nyt.series")
    assert charts.check("desk.english", []) is OWN
    assert charts.check("nyt.series", ["nyt.series"]) == Chart("nyt.series", "nyt.series")


def test_an_own_definition_goes_before_the_built_in_one() -> None:
    ours = Chart("netflix.country.tv", "TV by country, as our desk reads it", Kind.TV)
    charts = Charts((ours,))
    assert charts.get("netflix.country.tv") is ours
    assert charts.ids() == [chart.id for chart in BUILT_IN]


@pytest.mark.parametrize(
    ("asked", "loaded", "said"),
    [
        ("netflx.country.tv", [], r"no chart 'netflx\.country\.tv'; nearest: netflix\.country\.tv"),
        ("nyt.serie", ["nyt.series"], r"no chart 'nyt\.serie'; nearest: nyt\.series"),
        ("english", [], r"no chart 'english'; nearest: desk\.english"),
        ("xyz", [], "no chart 'xyz'; known: desk.english, isp.speed, netflix.country.films, "),
    ],
)
def test_a_chart_that_is_not_known_is_refused_with_the_nearest(asked: str, loaded: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Charts((OWN,)).check(asked, loaded)


@pytest.mark.parametrize(
    ("measure", "value", "shown"),
    [("asterisk", 0, ""), ("asterisk", 1, "1"), ("hours_viewed", 0, "0"), ("hours_viewed", 14_550_000, "14,550,000")],
)
def test_a_mark_that_is_not_there_is_not_shown(measure: str, value: int, shown: str) -> None:
    assert figure_text(measure, value) == shown
