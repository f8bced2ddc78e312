"""What a figure is made of: exactly the days and regions of the edition that stands, and nothing where they do not add up."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from groundswell.catalog import Catalog, code_of
from groundswell.charts import Charts, Parts, parts
from groundswell.charts.definition import TRENDING_TV
from groundswell.charts.placing import place
from groundswell.core.origin import MayShow, Origin
from groundswell.core.protocol import Engine
from groundswell.core.reduction import Reduction, encode
from groundswell.feeds.reduced import WEEK
from groundswell.store import Store
from tests.reduced import MONDAY, Cells, week

SUNDAY = MONDAY + timedelta(days=6)
NOW = datetime(2022, 6, 1, tzinfo=UTC)


def later(weeks: int) -> date:
    """A Monday."""
    return MONDAY + timedelta(weeks=weeks)


@contextmanager
def loaded(folder: Path, *weeks: Reduction, may_show: Sequence[MayShow] = ()) -> Iterator[Engine]:
    """These weeks, each known an hour after the one before, placed."""
    store = Store(folder, code_of)
    for hour, one in enumerate(weeks):
        may = may_show[hour] if may_show else MayShow.VALUES
        origin = Origin(producer="Nobody", title="Made up", licence="CC0-1.0", may_show=may)
        store.load(WEEK, encode(one), origin, now=NOW + timedelta(hours=hour))
    with store.open() as engine:
        place(engine, Catalog(), Charts())
        yield engine


def test_parts_are_the_cells_added_up(tmp_path: Path) -> None:
    random = Random(3)
    made: list[dict[str, Cells]] = []
    for _ in range(6):
        some = random.sample(["alder", "birch", "cedar"], random.randint(1, 3))
        made.append(
            {
                title: {
                    (random.randrange(7), random.choice(["", "GB", "US", "US-CA", "US-NY", "SG"])): random.randrange(50)
                    for _ in range(random.randint(1, 9))
                }
                for title in some
            }
        )
    with loaded(tmp_path, *(week(titles, first=later(number)) for number, titles in enumerate(made))) as engine:
        found = parts(engine, TRENDING_TV)
    assert len(found) == 6
    for number, titles in enumerate(made):
        of_week = found[later(number) + timedelta(days=6)]
        assert of_week.keys() == titles.keys()
        for title, kept in titles.items():
            by_day, by_region = [0] * 7, dict[str, int]()
            for (day, region), net in kept.items():
                by_day[day] += net
                if region:
                    by_region[region[:2]] = by_region.get(region[:2], 0) + net
            none = sum(net for (_, region), net in kept.items() if not region)
            assert of_week[title] == Parts(tuple(by_day), by_region, none)
            assert of_week[title].whole == sum(kept.values())


def test_parts_are_those_of_the_edition_that_stands(tmp_path: Path) -> None:
    first = week({"alder": {(0, "GB"): 10, (1, ""): 5}})
    revised = week({"alder": {(0, "GB"): 10, (1, "FR"): 6}})
    in_part = week({"alder": {(0, "GB"): 90, (2, "FR"): 9}}, hours_missing=2)
    with loaded(tmp_path, first, revised, in_part) as engine:
        found = parts(engine, TRENDING_TV)
    assert found == {SUNDAY: {"alder": Parts((10, 6, 0, 0, 0, 0, 0), {"GB": 10, "FR": 6}, 0)}}


def test_parts_that_do_not_add_up_to_the_figure_or_may_not_be_shown_are_none(tmp_path: Path) -> None:
    titles = {"alder": {(0, "GB"): 10, (1, ""): 5}}
    not_shown = [may for may in MayShow if may is not MayShow.VALUES]
    weeks = (
        week(titles, first=later(0)),
        week(titles, first=later(1), off_by=1),
        week(titles, first=later(2), off_by=-1),
        week({"alder": {(0, "GB"): 10, (1, "FR"): -5}}, first=later(3)),
        *(week(titles, first=later(4 + number)) for number in range(len(not_shown))),
        week(titles, first=later(8)),
    )
    shown = [MayShow.VALUES] * 4 + not_shown + [MayShow.VALUES]
    with loaded(tmp_path, *weeks, may_show=shown) as engine:
        assert list(parts(engine, TRENDING_TV)) == [SUNDAY, SUNDAY + timedelta(weeks=8)]
