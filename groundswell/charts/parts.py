"""What the figure an issue is ranked by is made of, where that was kept: by day, worldwide, and over the issue by region."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from groundswell.catalog import WORLDWIDE
from groundswell.charts.definition import Chart
from groundswell.core.protocol import Engine

# Of the very load the entry stands in: another edition's days are of another list. A figure that may not be shown is in no
# `observations`, and neither are its parts here.
_PARTS = """
SELECT p.subject, p.first_day, p.last_day, f.value AS whole, o.territory, o.first_day AS since, o.last_day AS until, o.value
FROM placed p
JOIN calendar c USING (chart, issue_no)
JOIN observations f ON f.load_id = p.load_id AND f.line = p.line AND f.chart = p.chart AND f.measure = c.measure
JOIN all_observations o ON o.load_id = p.load_id AND o.chart = '' AND o.measure = c.measure
  AND o.title = p.title AND o.season = p.season AND o.first_day >= p.first_day AND o.last_day <= p.last_day
WHERE p.chart = ? AND p.territory = ?
ORDER BY p.last_day, p.subject, o.territory, o.first_day
"""


@dataclass(frozen=True)
class Parts:
    """One title's figure in an issue: its days add up to it, and so do its regions with what declares none.

    `days` are all days of the issue, in order; `regions` are countries by code, the parts of one (`US-CA`) added to it.
    """

    days: tuple[int, ...]
    regions: dict[str, int]
    undeclared: int

    @property
    def whole(self) -> int:
        """The figure itself."""
        return sum(self.days)


def parts(engine: Engine, chart: Chart, territory: str = WORLDWIDE) -> dict[date, dict[str, Parts]]:
    """The last day of an issue → subject → parts; none of a title whose parts do not add up to its figure."""
    rows: dict[tuple[date, str], list[dict[str, Any]]] = defaultdict(list)
    for row in engine.query(_PARTS, [chart.id, territory]).to_pylist():
        rows[row["last_day"], row["subject"]].append(row)
    found: dict[date, dict[str, Parts]] = defaultdict(dict)
    for (last_day, subject), of in rows.items():
        if (one := _parts(of)) is not None:
            found[last_day][subject] = one
    return dict(found)


def _parts(rows: list[dict[str, Any]]) -> Parts | None:
    first, last, whole = rows[0]["first_day"], rows[0]["last_day"], rows[0]["whole"]
    days = [0] * ((last - first).days + 1)
    regions: dict[str, int] = defaultdict(int)
    for row in rows:
        if row["territory"] != WORLDWIDE:
            regions[row["territory"].partition("-")[0]] += int(row["value"])
        elif row["since"] == row["until"]:
            days[(row["since"] - first).days] += int(row["value"])
    undeclared = int(whole) - sum(regions.values())
    if sum(days) != whole or min(*days, *regions.values(), undeclared) < 0:
        return None
    return Parts(tuple(days), dict(regions), undeclared)
