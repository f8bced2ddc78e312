"""Every column of random lists against the independent oracle: gaps, ties, lists in part, years between two entries."""

import tempfile
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundswell.charts.definition import Chart, Charts
from groundswell.core.period import Calendar, calendar
from groundswell.measures.netflix import Method
from tests import oracle
from tests.charts.desk import Desk
from tests.oracle import Placed

COLUMNS = [field.name for field in fields(Placed)]
LISTS = ("made.one", "made.two")
TOGETHER = "desk.together"
TERRITORIES = ("WW", "GB", "US", "KR")
Line = tuple[str, date, str, int, int]  # territory, last day, title, rank, units


@dataclass(frozen=True)
class Shape:
    """What kind of lists to make; `seed` decides the rest."""

    calendar: str
    issues: int
    depth: int
    territories: int
    titles: int  # for each rank of a list
    unrest: float  # how much a title's standing changes from issue to issue
    missing: float  # share of lists nobody kept
    in_part: float  # share of lists that lost a row
    unpublished: float  # share of periods without any list
    ties: float  # chance that a title shares the rank of the one above
    since: int | None  # periods from the producer's first issue to the first here
    seed: int


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Shapes of some thousand entries each, deep or long."""
    depth = draw(st.sampled_from([10, 12, 40, 100]))
    territories = draw(st.integers(1, len(TERRITORIES)))
    return Shape(
        calendar=draw(st.sampled_from(["mon-sun", "sun-sat", "month"])),
        issues=draw(st.integers(3, max(4, 2_000 // (depth * territories)))),
        depth=depth,
        territories=territories,
        titles=draw(st.sampled_from([1, 2, 12])),
        unrest=draw(st.sampled_from([0.05, 0.5, 20.0])),
        missing=draw(st.sampled_from([0.0, 0.05, 0.3])),
        in_part=draw(st.sampled_from([0.0, 0.1])),
        unpublished=draw(st.sampled_from([0.0, 0.1])),
        ties=draw(st.sampled_from([0.0, 0.15])),
        since=draw(st.sampled_from([None, 0, 1, 30])),
        seed=draw(st.integers(0, 2**32)),
    )


class Made:
    """Two random lists of a shape, on one calendar with one set of periods never published."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.random = Random(shape.seed)
        before, span = shape.since or 0, shape.issues
        self.days = _days(calendar(shape.calendar), before + span)
        self.not_published = {day for day in self.days[before + 1 :] if self.random.random() < shape.unpublished}
        published = [day for day in self.days if day not in self.not_published]
        self.number = {day: number for number, day in enumerate(published)}
        self.since = None if shape.since is None else self.days[0]
        self.lines: dict[str, list[Line]] = {name: [] for name in LISTS}
        self.whole: dict[str, dict[str, set[int]]] = {name: {} for name in LISTS}
        self.held: dict[str, dict[str, set[int]]] = {name: {} for name in LISTS}
        for name in LISTS:
            for territory in TERRITORIES[: shape.territories]:
                self._fill(name, territory, [day for day in self.days[before:] if day in self.number])
            self.random.shuffle(self.lines[name])

    def _fill(self, name: str, territory: str, days: list[date]) -> None:
        shape, random = self.shape, self.random
        titles = [f"{name[5:]} {n}" for n in range(shape.titles * shape.depth)]
        standing = {title: random.random() for title in titles}
        whole, held = self.whole[name].setdefault(territory, set()), self.held[name].setdefault(territory, set())
        for day in days:
            order = sorted(titles, key=lambda title: standing[title] + random.gauss(0, shape.unrest))[: shape.depth]
            if random.random() < shape.missing:
                continue
            ranks = _ranks(len(order), shape.ties, random)
            lines = [
                (territory, day, title, rank, random.randint(1, 3 * shape.depth))
                for title, rank in zip(order, ranks, strict=True)
            ]
            held.add(self.number[day])
            # Two that claim one rank of a list in part are not kept: such a list here has no ties.
            if len(set(ranks)) == len(ranks) and random.random() < shape.in_part:
                lines.pop(random.randrange(len(lines)))
            else:
                whole.add(self.number[day])
            self.lines[name] += lines

    def load_into(self, desk: Desk) -> None:
        """Load both lists through the feed."""
        for name in LISTS:
            rows = [",".join(map(str, line)) for line in self.lines[name]]
            in_part = sum(len(self.held[name][t]) - len(self.whole[name][t]) for t in self.held[name])
            if rows:
                desk.load(
                    "\n".join(["territory,period_end,title,rank,units", *rows]),
                    chart=name,
                    calendar=self.shape.calendar,
                    depth=self.shape.depth,
                    findings=in_part,
                )

    def charts(self) -> Charts:
        """The definitions of both lists, and of both together."""
        by_units = Method("by-units", date.min, "units", {})
        lists = [
            Chart(name, name, since=self.since, not_published=frozenset(self.not_published), by_territory=True)
            for name in LISTS
        ]
        return Charts((*lists, Chart(TOGETHER, "Both", depth=self.shape.depth, merges=LISTS, methods=(by_units,))))

    def first_expected(self, name: str, territory: str) -> int:
        """docs/methods.md, "Issues, gaps and wholeness"."""
        chart_first = min(min(held) for held in self.held[name].values() if held)
        if self.since is None or chart_first <= self.number[self.since]:
            return min(self.held[name][territory])
        return self.number[self.since]

    def expected(self) -> dict[tuple[str, str, date, str], Placed]:
        """The oracle's columns by chart, territory, last day and title."""
        day_of = {number: day for day, number in self.number.items()}
        found: dict[tuple[str, str, date, str], Placed] = {}
        for territory in TERRITORIES[: self.shape.territories]:
            both = self.whole[LISTS[0]][territory] & self.whole[LISTS[1]][territory]
            figures: list[tuple[str, int, int]] = []
            entries: dict[str, list[tuple[str, int, int]]] = {}
            for name in LISTS:
                lines = [line for line in self.lines[name] if line[0] == territory]
                entries[name] = [(title, self.number[day], rank) for _, day, title, rank, _ in lines]
                figures += [(title, self.number[day], units) for _, day, title, _, units in lines]
            ranked = oracle.ranked_together([figure for figure in figures if figure[1] in both], self.shape.depth)
            entries[TOGETHER] = [(str(title), issue, rank) for title, issue, rank in ranked]
            for name, of_one in entries.items():
                if of_one:
                    held = both if name == TOGETHER else self.whole[name][territory]
                    first = min(both) if name == TOGETHER else self.first_expected(name, territory)
                    for (title, issue, _), columns in zip(of_one, oracle.columns(of_one, held, first), strict=True):
                        found[name, territory, day_of[issue], title] = columns
        return found


def _days(on: Calendar, count: int) -> list[date]:
    """The last days of `count` successive periods."""
    period = on.period_of(date(2015, 3, 4))
    days = [period.last]
    while len(days) < count:
        days.append(on.period_of(days[-1] + timedelta(days=1)).last)
    return days


def _ranks(count: int, ties: float, random: Random) -> list[int]:
    """Ranks of a list in order: where two share one, the next is skipped (1, 2, 2, 4) or, in other lists, not."""
    skipping = random.random() < 0.5
    ranks = [1]
    for place in range(2, count + 1):
        ranks.append(ranks[-1] if random.random() < ties else place if skipping else ranks[-1] + 1)
    return ranks


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shapes())
def test_every_column_of_random_lists_agrees_with_the_oracle(shape: Shape) -> None:
    made = Made(shape)
    with tempfile.TemporaryDirectory() as folder, closing(Desk(Path(folder))) as desk:
        made.load_into(desk)
        rows = desk.placed(made.charts()).query("SELECT * FROM placed").to_pylist()
    found = {
        (row["chart"], row["territory"], row["last_day"], row["title"]): Placed(*(row[column] for column in COLUMNS))
        for row in rows
    }
    assert len(found) == len(rows)
    expected = made.expected()
    assert found.keys() == expected.keys()
    assert {at: (found[at], expected[at]) for at in expected if found[at] != expected[at]} == {}
