"""The Top 10 of viewing: of a week's cells the lists of every territory and worldwide, as a `ViewedWeek`.

What is counted is `measures.viewing`; here it is ranked by unrounded values, and divided.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from groundswell.charts.definition import VIEWING_COUNTRY, VIEWING_GLOBAL
from groundswell.core.period import MON_SUN
from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up
from groundswell.core.viewed import ViewedList, ViewedTitle, ViewedWeek
from groundswell.measures.netflix import Method
from groundswell.measures.viewing import REACH, Week, hours, ratio, views

DEPTH = 10
FLOOR = 50
"""Viewers of two minutes a title needs in a territory: fewer say little, and could be known to each other."""
_RUNTIME_STEP = Decimal("0.0001")

# Views times 10^15, whole: two quotients of seconds and a runtime below a million seconds differ by more than that leaves out.
_KEYS = {
    "hours_viewed": "CAST(c.seconds AS HUGEINT)",
    "views": "CAST((c.seconds - c.live_seconds)::HUGEINT * t.live_runtime + c.live_seconds::HUGEINT * t.runtime AS HUGEINT)"
    " * 1000000000000000 // (t.runtime::HUGEINT * t.live_runtime)",
}
_COLUMNS = (
    "title_no, territory, seconds, live_seconds, viewers, viewers_2_minutes, viewers_70, viewers_90, title, season, runtime, "
    "live_runtime"
)
_RANKED = """
SELECT chart, {columns} FROM (
  SELECT l.chart, c.*, t.title, t.season, t.runtime, t.live_runtime, row_number() OVER (
           PARTITION BY l.chart, c.territory
           ORDER BY {key} DESC, c.seconds DESC, c.viewers_2_minutes DESC, t.title, t.season
         ) AS place
  FROM cells c
  JOIN week_titles t USING (title_no)
  JOIN viewing_lists l ON l.kind = t.kind AND l.language IN ('', t.language) AND l.worldwide = (c.territory = 'WW')
  WHERE c.viewers_2_minutes >= {floor}
) WHERE place <= {depth} ORDER BY chart, territory, place
"""
_WORLDWIDE = """
SELECT {columns} FROM cells JOIN week_titles USING (title_no)
WHERE territory = 'WW' AND viewers_2_minutes >= {floor} ORDER BY title, season
"""


def rank(
    engine: Engine, week: Week, method: Method, *, zone: str, inputs: str, days_missing: int, seconds: int
) -> ViewedWeek:
    """The week's lists from `cells` and `week_titles`; `seconds` are those of all its sessions."""
    engine.register("viewing_lists", _lists())
    key = _KEYS[method.ranked_by]
    rows = engine.query(_RANKED.format(columns=_COLUMNS, key=key, floor=FLOOR, depth=DEPTH)).to_pylist()
    listed = engine.query("SELECT CAST(sum(seconds) AS BIGINT) AS seconds FROM cells WHERE territory = 'WW'")[
        "seconds"
    ][0]
    worldwide = engine.query(_WORLDWIDE.format(columns=_COLUMNS, floor=FLOOR)).to_pylist()
    return ViewedWeek(
        calendar=MON_SUN.name,
        zone=zone,
        first_day=week.period.first,
        last_day=week.period.last,
        days_missing=days_missing,
        method=method.id,
        floor=FLOOR,
        inputs=inputs,
        hours_watched=hours(seconds),
        hours_in_no_title=hours(seconds - (listed.as_py() or 0)),
        lists=tuple(
            ViewedList(chart, territory, tuple(ViewedTitle(row["title"], row["season"], _printed(row)) for row in of))
            for (chart, territory), of in groupby(rows, lambda row: (row["chart"], row["territory"]))
        ),
        titles=tuple(ViewedTitle(row["title"], row["season"], dict(_readings(row))) for row in worldwide),
    )


def _lists() -> pa.Table:
    """Which titles each chart is of; `language` is empty where it is of any."""
    rows = [
        {
            "chart": chart.id,
            "kind": chart.kind.value,
            "language": chart.id.partition(f"{chart.kind.value}_")[2],
            "worldwide": True,
        }
        for chart in VIEWING_GLOBAL
    ]
    rows += [
        {"chart": chart.id, "kind": chart.kind.value, "language": "", "worldwide": False} for chart in VIEWING_COUNTRY
    ]
    return pa.Table.from_pylist(rows)


def _views(row: dict[str, Any]) -> Decimal:
    return views(row["seconds"], row["live_seconds"], row["runtime"], row["live_runtime"])


def _completion(row: dict[str, Any]) -> Decimal:
    return ratio(100 * row["viewers_90"], row["viewers_2_minutes"])


def _printed(row: dict[str, Any]) -> dict[str, Decimal]:
    """The figures printed beside an entry."""
    return {
        "views": _views(row),
        "hours_viewed": hours(row["seconds"]),
        "runtime": half_up(ratio(row["runtime"], 3600), _RUNTIME_STEP),
        "viewers": Decimal(row["viewers_2_minutes"]),
        "completion": _completion(row),
    }


def _readings(row: dict[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """The same and more as readings that stand in no list."""
    yield "viewing.hours", hours(row["seconds"])
    yield "viewing.views", _views(row)
    for measure, column in REACH.items():
        yield measure, Decimal(row[column])
    yield "viewing.completion", _completion(row)
