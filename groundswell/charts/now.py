"""Trending now: the programmes accounts do most about in the 24 hours to now, and which of them move.

Counted by the profile the weekly list is ranked by. Never settled, of no vintage, and nothing to claim anything from.
Definitions: docs/methods.md, "Trending now".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pyarrow as pa

from groundswell.charts.definition import TRENDING_NOW
from groundswell.charts.trending import RANKED_BY
from groundswell.core.document import csv_text
from groundswell.core.live import Gap, clock_text
from groundswell.core.origin import Evidence, MayShow, weakest
from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up
from groundswell.measures.interactions import WEEKS, count, gather

SPAN = timedelta(hours=24)
FLOOR = 30
"""Distinct accounts a programme needs to be ranked: a seventh of what a week asks for, rounded up."""
FEWEST_IN_HOUR = 20
"""Interactions of the last hour below which no velocity is printed: chance alone moves fewer by more than a fifth."""
FEWEST_HOURS = 3
"""Hours before the last one that must have been witnessed whole."""
FIGURES = ("interactions", "posts", "reposts", "likes", "unique_actors", "last_hour")
_LATE = timedelta(minutes=5)
_MOMENT = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)
_HOURS = SPAN // _HOUR
_BY_HOUR = """
SELECT subject, kind, (epoch_us(CAST(? AS TIMESTAMPTZ)) - epoch_us(seen_at)) // 3600000000 AS hours_ago, count(*) AS net
FROM judged WHERE reason = '' GROUP BY ALL
"""
_PASSED = "SELECT DISTINCT platform, hour FROM tallies"
_CSV = ("rank", "subject", "title", *FIGURES, "velocity", "evidence")


@dataclass(frozen=True)
class Trend:
    """A programme's place; figures and velocity are only there where their origin lets us show them.

    `velocity` is how many times the mean hour before the last hour was; None where that would say nothing.
    """

    rank: int
    subject: str
    title: str
    values: dict[str, int]
    velocity: Decimal | None

    @property
    def speed(self) -> str:
        """Its velocity as it is printed: `×3.2`, or `–` where there is none."""
        return "–" if self.velocity is None else f"×{self.velocity}"


@dataclass(frozen=True)
class TrendingNow:
    """The list of what was witnessed after `since` and until `until`; `asked` is when it was to end.

    It ends where what is held ends at the latest.
    """

    since: datetime
    until: datetime
    asked: datetime
    evidence: Evidence | None
    may_show: MayShow
    gaps: tuple[Gap, ...]
    hours_missing: int
    below_floor: int
    entries: tuple[Trend, ...]

    @property
    def simulated(self) -> bool:
        """Whether any of what it rests on is simulated."""
        return self.evidence is Evidence.SIMULATED

    def as_json(self) -> dict[str, object]:
        """The shape of `chart trending-now --json`: that of any chart, with moments for days."""
        return {
            "chart": TRENDING_NOW.id,
            "territory": "WW",
            "since": _text(self.since),
            "until": _text(self.until),
            "as_of": _text(self.asked),
            "settled": False,
            "complete_for": None,
            "method": RANKED_BY.id,
            "evidence": self.evidence,
            "may_show": self.may_show,
            "hours_missing": self.hours_missing,
            "below_floor": self.below_floor,
            "entries": [
                {**entry.__dict__, "evidence": self.evidence, "season": None, "snapshot": None}
                for entry in self.entries
            ],
            "gaps": [[_text(gap.since), _text(gap.until)] for gap in self.gaps],
        }

    def notes(self) -> list[str]:
        """A line for everything that makes the list less than the 24 hours to when it was asked for."""
        said = []
        if self.asked - self.until > _LATE:
            said.append(f"What is held ends {clock_text(self.until)}: the list is of the 24 hours to then.")
        if self.hours_missing:
            hours = "hour was" if self.hours_missing == 1 else "hours were"
            said.append(f"{self.hours_missing} of its 24 {hours} not witnessed, or not wholly.")
        if self.gaps:
            last = self.gaps[-1]
            gaps = "1 gap" if len(self.gaps) == 1 else f"{len(self.gaps):,} gaps, the last"
            said.append(f"{gaps} from {clock_text(last.since)} to {clock_text(last.until)}.")
        if self.may_show is MayShow.NOTHING:
            said.append("Its origin lets nothing of it be shown.")
        elif self.may_show is not MayShow.VALUES:
            said.append("Its origin lets only places be shown.")
        elif self.below_floor:
            programmes = "programme has" if self.below_floor == 1 else "programmes have"
            said.append(f"{self.below_floor:,} more {programmes} fewer than {FLOOR} accounts.")
        return said

    def as_csv(self) -> str:
        """The entries as CSV."""
        rows = [
            (e.rank, e.subject, e.title, *(e.values.get(name) for name in FIGURES), e.velocity, self.evidence)
            for e in self.entries
        ]
        return csv_text(_CSV, rows)


def trending_now(engine: Engine, until: datetime, asked: datetime, names: Mapping[str, str]) -> TrendingNow:
    """The list of the 24 hours to `until`; `events`, `links`, `owned`, `tallies`, `gaps` and `event_kinds` are in the engine.

    `names` are the titles of subjects.
    """
    since = until - SPAN
    after = until + _MOMENT
    window = {"first_day": since.date(), "begins": since + _MOMENT, "ends": after, "settles": after}
    gather(engine, pa.Table.from_pylist([window], schema=WEEKS))
    count(engine, RANKED_BY)
    kinds = engine.query("SELECT DISTINCT evidence, may_show FROM event_kinds").to_pylist()
    order = list(MayShow)
    may_show = max((MayShow(row["may_show"]) for row in kinds), key=order.index, default=MayShow.VALUES)
    rows = engine.query("SELECT DISTINCT since, until FROM gaps ORDER BY ALL").to_pylist()
    gaps = tuple(Gap(row["since"], row["until"]) for row in rows if row["since"] < until and row["until"] >= since)
    witnessed = _witnessed(engine, until, gaps)
    ranked, below = _ranked(engine, until, witnessed, names)
    if may_show is MayShow.NOTHING:
        ranked = []
    elif may_show is not MayShow.VALUES:
        ranked = [Trend(entry.rank, entry.subject, entry.title, {}, None) for entry in ranked]
    return TrendingNow(
        since=since,
        until=until,
        asked=asked,
        evidence=weakest(Evidence(row["evidence"]) for row in kinds),
        may_show=may_show,
        gaps=gaps,
        hours_missing=_HOURS - len(witnessed),
        below_floor=below,
        entries=tuple(ranked),
    )


def velocity(by_hour: Mapping[int, int], witnessed: frozenset[int]) -> Decimal | None:
    """The last hour's interactions to the mean of the witnessed hours before, this taken as one at least.

    `by_hour` counts them by how many whole hours ago they were. None when the last hour was not witnessed whole or has
    fewer than `FEWEST_IN_HOUR`, or when fewer than `FEWEST_HOURS` hours before it were.
    """
    before = witnessed - {0}
    last = by_hour.get(0, 0)
    if 0 not in witnessed or last < FEWEST_IN_HOUR or len(before) < FEWEST_HOURS:
        return None
    return half_up(
        Decimal(last * len(before)) / max(len(before), sum(by_hour.get(h, 0) for h in before)), Decimal("0.1")
    )


def _ranked(
    engine: Engine, until: datetime, witnessed: frozenset[int], names: Mapping[str, str]
) -> tuple[list[Trend], int]:
    """By net interactions, then distinct accounts, then subject id; and how many are below the floor."""
    actors = {row["subject"]: row["actors"] for row in engine.query("SELECT subject, actors FROM actors").to_pylist()}
    by_kind: dict[str, dict[str, int]] = {subject: dict.fromkeys(FIGURES, 0) for subject in actors}
    by_hour: dict[str, dict[int, int]] = {subject: {} for subject in actors}
    for row in engine.query(_BY_HOUR, [until]).to_pylist():
        figures, hours, net = by_kind[row["subject"]], by_hour[row["subject"]], row["net"]
        hour = row["hours_ago"]
        figures["interactions"] += net
        figures[f"{row['kind']}s"] += net
        hours[hour] = hours.get(hour, 0) + net
    for subject, figures in by_kind.items():
        figures["unique_actors"], figures["last_hour"] = actors[subject], by_hour[subject].get(0, 0)
    listed = [subject for subject in actors if actors[subject] >= FLOOR]
    listed.sort(key=lambda of: (-by_kind[of]["interactions"], -actors[of], of))
    entries = [
        Trend(rank, of, names.get(of, of), by_kind[of], velocity(by_hour[of], witnessed))
        for rank, of in enumerate(listed[: TRENDING_NOW.depth], 1)
    ]
    return entries, len(actors) - len(listed)


def _witnessed(engine: Engine, until: datetime, gaps: tuple[Gap, ...]) -> frozenset[int]:
    """The hours of the window, by how many hours ago, of which every platform saw something in each clock hour they meet and
    the one before, and that no gap meets: a watch that began within a clock hour did not witness it whole."""
    passed: dict[str, set[datetime]] = {}
    for row in engine.query(_PASSED).to_pylist():
        passed.setdefault(row["platform"], set()).add(row["hour"])
    found = set()
    for ago in range(_HOURS):
        ends = until - ago * _HOUR
        begins = ends - _HOUR
        first = begins.replace(minute=0, second=0, microsecond=0)
        meets = [first - _HOUR, first, *([first + _HOUR] if first + _HOUR < ends else [])]
        whole = bool(passed) and all(hour in hours for hours in passed.values() for hour in meets)
        if whole and not any(gap.since < ends and gap.until >= begins for gap in gaps):
            found.add(ago)
    return frozenset(found)


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
