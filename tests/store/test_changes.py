from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.netflix import COUNTRIES
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.store.changes import Rename
from tests.store.desk import Desk, renamed
from tests.synthetic import COUNTRIES_HEADER, TITLES, country_week, csv, global_week, tsv

_WEEKS = ("2022-05-01", "2022-05-08", "2022-05-15")
_FIRST = tsv(row for week in _WEEKS for row in global_week(week))
_FIGURES = 2  # hours and runtime beside each entry


def changed(desk: Desk, before: bytes, after: bytes) -> dict[str, object]:
    """What loading `after` on top of `before` reports."""
    first = desk.load(before, fetched="2022-06-01")
    changes = desk.load(after, fetched="2022-07-01").changes.as_json()
    assert changes.pop("against") == first.snapshot_id
    return changes


def counts(
    common: int = 30, revised: int = 0, renamed: tuple[int, int] = (0, 0), gone: int = 0, added: int = 0
) -> dict:  # type: ignore[type-arg]
    """A report as JSON."""
    return {
        "common": common,
        "revised": revised,
        "renamed": renamed[0],
        "renamed_entries": renamed[1],
        "gone": gone,
        "added": added,
    }


def test_a_first_edition_changes_nothing(desk: Desk) -> None:
    assert desk.load(_FIRST).changes.against is None


def test_a_week_more(desk: Desk) -> None:
    after = tsv(row for week in (*_WEEKS, "2022-05-22") for row in global_week(week))
    assert changed(desk, _FIRST, after) == counts(added=10)


def test_a_week_less_before_and_after_what_is_left_is_not_gone(desk: Desk) -> None:
    assert changed(desk, _FIRST, tsv(global_week(_WEEKS[1]))) == counts(common=10)


def test_a_week_less_within_is_gone(desk: Desk) -> None:
    after = tsv(row for week in (_WEEKS[0], _WEEKS[2]) for row in global_week(week))
    assert changed(desk, _FIRST, after) == counts(common=20, gone=10)


def test_a_place_gone_and_a_place_added(desk: Desk) -> None:
    lines = _FIRST.splitlines(keepends=True)
    assert changed(desk, _FIRST, b"".join(lines[:15] + lines[16:])) == counts(common=29, gone=1)
    other = Desk(desk.folder / "other")
    assert changed(other, b"".join(lines[:15] + lines[16:]), _FIRST) == counts(common=29, added=1)


def test_revised_figures_are_counted_each(desk: Desk) -> None:
    after = tsv(
        row for week in _WEEKS for row in global_week(week, hours={1: 1, 7: 2} if week == _WEEKS[1] else {})
    ).replace(b"\tTin Badger\tN/A\t9980000\t1.5", b"\tTin Badger\tN/A\t9980000\t1.6")
    assert changed(desk, _FIRST, after) == counts(revised=2 + 3)


def test_a_new_name_on_the_same_places_with_the_same_figures_is_a_rename(desk: Desk) -> None:
    first = desk.load(_FIRST, fetched="2022-06-01")
    after = renamed("Tin Badger", "Blechdachs", renamed("Nine Umbrellas", "Nine Parasols", _FIRST))
    changes = desk.load(after, fetched="2022-07-01").changes
    assert changes.as_json() == {"against": first.snapshot_id, **counts(renamed=(2, 6))}
    assert changes.renames == [
        Rename("netflix.global.tv_english", ("Nine Umbrellas", ""), ("Nine Parasols", ""), 3),
        Rename("netflix.global.tv_english", ("Tin Badger", ""), ("Blechdachs", ""), 3),
    ]
    assert str(changes.renames[1]) == "Tin Badger → Blechdachs (netflix.global.tv_english, 3 entries)"


def test_a_new_season_title_is_a_rename(desk: Desk) -> None:
    after = _FIRST.replace(b"Tin Badger\tN/A", b"Tin Badger\tTin Badger: Season 1")
    desk.load(_FIRST, fetched="2022-06-01")
    [rename] = desk.load(after, fetched="2022-07-01").changes.renames
    assert (rename.old, rename.new, rename.entries) == (("Tin Badger", ""), ("Tin Badger", "Tin Badger: Season 1"), 3)
    assert str(rename).startswith("Tin Badger → Tin Badger / Tin Badger: Season 1 (")


def test_another_title_with_other_figures_is_revised_not_renamed(desk: Desk) -> None:
    titles = (*TITLES[:9], "A Newcomer")
    after = tsv(row for week in _WEEKS for row in global_week(week, titles=titles, hours={10: 5}))
    assert changed(desk, _FIRST, after) == counts(revised=3)


def test_ties_are_paired_by_name(desk: Desk) -> None:
    feed = ChartCsv("moss.weekly", {"period_end": "Week", "rank": "Rank", "title": "Title"}, calendar="mon-sun")
    desk.load(csv("Week,Rank,Title\n2022-05-01,1,A\n2022-05-01,1,B\n2022-05-01,1,C"), feed, fetched="2022-06-01")
    after = csv("Week,Rank,Title\n2022-05-01,1,C\n2022-05-01,1,A\n2022-05-01,1,B")
    assert desk.load(after, feed, fetched="2022-07-01").changes.as_json() | {"against": ""} == {
        "against": "",
        **counts(common=3),
    }


def test_a_reading_revised_gone_and_added(desk: Desk) -> None:
    columns = {"day": "Date", "title": "Account", "value": "Followers"}
    feed = SeriesCsv("moss.followers", columns, unit="followers")
    lines = ["2022-05-01,A,5", "2022-05-02,A,6", "2022-05-03,A,7", "2022-05-01,B,5"]
    desk.load(csv("\n".join(["Date,Account,Followers", *lines])), feed, fetched="2022-06-01")
    lines = ["2022-05-01,B,5", "2022-05-01,A,50", "2022-05-03,A,7", "2022-05-04,A,8"]
    changes = desk.load(csv("\n".join(["Date,Account,Followers", *lines])), feed, fetched="2022-07-01").changes
    assert changes.as_json() | {"against": ""} == {"against": "", **counts(common=3, revised=1, gone=1, added=1)}
    other = SeriesCsv("moss.likes", columns, unit="likes")
    assert desk.load(csv("Date,Account,Followers\n2022-05-01,A,5"), other).changes.against is None


def test_editions_of_other_feeds_and_charts_are_not_compared(desk: Desk) -> None:
    desk.load(_FIRST, fetched="2022-06-01")
    assert desk.load(tsv(country_week(), COUNTRIES_HEADER), COUNTRIES, fetched="2022-06-02").changes.against is None
    for chart in ("moss.weekly", "moss.daily"):
        feed = ChartCsv(chart, {"period_end": "Week", "rank": "Rank", "title": "Title"}, calendar="mon-sun")
        assert desk.load(csv("Week,Rank,Title\n2022-05-01,1,A"), feed).changes.against is None


def test_an_edition_is_compared_with_the_one_known_just_before_it_else_just_after(desk: Desk) -> None:
    april, june, may = (tsv(global_week(hours={1: hours})) for hours in (4, 6, 5))
    desk.load(april, fetched="2022-04-30")
    known_june = desk.load(june, fetched="2022-06-30")
    between = desk.load(may, fetched="2022-05-31")
    assert between.changes.against == desk.store.loads()[0].snapshot_id
    first = desk.load(_FIRST, fetched="2022-03-31")
    assert first.changes.against == desk.store.loads()[1].snapshot_id
    assert first.changes.as_json() == {"against": first.changes.against, **counts(common=10, revised=1)}  # weeks after
    assert desk.load(tsv(global_week(hours={1: 7})), fetched="2022-07-31").changes.against == known_june.snapshot_id
