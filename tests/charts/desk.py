"""Small charts for tests: lists written out by hand, taken in by the real feed and the real store."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from groundswell.catalog import Catalog, code_of
from groundswell.charts.definition import Charts
from groundswell.charts.placing import place
from groundswell.core.origin import Evidence, Origin
from groundswell.core.protocol import Engine
from groundswell.feeds.chart_csv import ROLES, ChartCsv
from groundswell.store import Store

CHART = "made.up"
_NOW = datetime(2026, 1, 1, tzinfo=UTC)


def issues(lists: Mapping[str, str], territory: str = "WW") -> str:
    """A CSV from the last day of each issue to its titles in order, parted by spaces; `a=b` share a rank (1, 1, 3)."""
    lines = ["period_end,territory,rank,title"]
    for day, titles in lists.items():
        rank = 1
        for tied in titles.split():
            lines += [f"{day},{territory},{rank},{title}" for title in tied.split("=")]
            rank += len(tied.split("="))
    return "\n".join(lines)


class Desk:
    """A store in a folder, every load known an hour after the one before; closing it closes the engines it gave."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder, code_of)
        self._now = _NOW
        self._engines: list[Engine] = []

    def close(self) -> None:
        """Let go of every engine."""
        for engine in self._engines:
            engine.close()

    def load(
        self,
        text: str,
        *,
        chart: str = CHART,
        calendar: str = "mon-sun",
        depth: int | None = None,
        complete_for: str = "*",
        findings: int = 0,
    ) -> None:
        """Take a CSV in whose header names roles and measures; as many findings as said, no more, no fewer."""
        header = text.split("\n", 1)[0].split(",")
        assert set(header) & set(ROLES)
        feed = ChartCsv(chart, {name: name for name in header}, calendar=calendar, depth=depth)
        origin = Origin(
            producer="Nobody",
            title="Lists made up for a test",
            licence="CC0-1.0",
            status=Evidence.SIMULATED,
            complete_for=complete_for,
        )
        self._now += timedelta(hours=1)
        loaded = self._store.load(feed, text.encode(), origin, now=self._now)
        assert loaded.findings_count == findings, loaded.findings

    def placed(self, charts: Charts | None = None, catalog: Catalog | None = None) -> Engine:
        """Everything loaded, placed."""
        engine = self._store.open()
        self._engines.append(engine)
        place(engine, catalog or Catalog(), charts or Charts())
        return engine


def seen(engine: Engine, subject: str, *columns: str, chart: str = CHART, territory: str = "WW") -> dict[str, Any]:
    """Columns of a title in each issue it is on, by the issue's last day; one column is not wrapped in a tuple."""
    rows = engine.query(
        f"SELECT last_day, {', '.join(columns)} FROM placed WHERE subject = ? AND chart = ? AND territory = ? "
        "ORDER BY last_day",
        [subject, chart, territory],
    ).to_pylist()
    values = {str(row["last_day"]): tuple(row[column] for column in columns) for row in rows}
    assert len(values) == len(rows)
    return {day: found if len(columns) > 1 else found[0] for day, found in values.items()}


def gaps(engine: Engine, chart: str = CHART, territory: str = "WW") -> list[str]:
    """The last days of the issues expected and not held whole."""
    found = engine.query(
        "SELECT last_day FROM expected WHERE chart = ? AND territory = ? AND NOT held_whole ORDER BY last_day",
        [chart, territory],
    )
    return [str(day) for day in found["last_day"].to_pylist()]
