"""Lists made up for tests, read by the real feed into the real engine without a folder on disk."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
import pyarrow as pa

from groundswell.catalog import Catalog, code_of
from groundswell.charts.definition import Charts
from groundswell.claims import Claim, Judged, Record, read
from groundswell.core.origin import Evidence, Origin
from groundswell.core.period import Period, read_day
from groundswell.core.protocol import Feed, Reading
from groundswell.core.rows import LOADS, Parsed
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.critics import CriticsReviews
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.store import DuckEngine
from groundswell.store.tables import ROWS
from groundswell.store.vintage import take_vintage
from tests.synthetic import csv

CHART = "made.up"
KNOWN = datetime(2026, 1, 1, tzinfo=UTC)


class Lists:
    """Loads, each a CSV whose header names roles and measures."""

    def __init__(self) -> None:
        self._parsed: list[tuple[str, Parsed]] = []
        self._loads: list[dict[str, object]] = []

    def add(
        self,
        text: str,
        *,
        chart: str = CHART,
        complete_for: str = "*",
        status: str = "published",
        known_from: datetime = KNOWN,
        findings: int = 0,
        may_show: str = "values",
    ) -> str:
        """Take a CSV in, with as many findings as said; its snapshot id."""
        raw = csv(text)
        feed = ChartCsv(chart, _as_headed(raw), calendar="mon-sun")
        said: dict[str, Any] = {"complete_for": complete_for, "status": status, "may_show": may_show}
        return self.take(feed, raw, known_from=known_from, findings=findings, **said)

    def add_series(
        self,
        text: str,
        *,
        measure: str,
        status: str = "published",
        known_from: datetime = KNOWN,
        findings: int = 0,
        may_show: str = "values",
        **options: Any,
    ) -> str:
        """Take a CSV of readings in, likewise; `options` are the feed's."""
        raw = csv(text)
        feed = SeriesCsv(measure, _as_headed(raw), **options)
        return self.take(feed, raw, status=status, known_from=known_from, findings=findings, may_show=may_show)

    def add_reviews(
        self, text: str, *, status: str = "published", known_from: datetime = KNOWN, findings: int = 0, **options: Any
    ) -> str:
        """Take a CSV of critics' reviews in, likewise."""
        raw = csv(text)
        feed = CriticsReviews(columns=_as_headed(raw), **options)
        return self.take(feed, raw, status=status, known_from=known_from, findings=findings)

    def take(
        self,
        feed: Feed,
        raw: bytes,
        *,
        complete_for: str = "*",
        status: str = "published",
        known_from: datetime = KNOWN,
        findings: int = 0,
        may_show: str = "values",
    ) -> str:
        """Take a feed's file in, with as many findings as said; its snapshot id."""
        parsed = feed.parse(raw, Reading(complete_for, code_of, known_from.date()))
        assert len(parsed.findings) == findings, parsed.findings
        origin = Origin(producer="Nobody", title="Made up", licence="CC0-1.0", status=Evidence(status))
        snapshot = "sha256:" + sha256(raw).hexdigest()
        load_id = f"{len(self._loads):032x}"
        self._parsed.append((load_id, parsed))
        self._loads.append(
            {
                "load_id": load_id,
                "snapshot_id": snapshot,
                "feed": feed.id,
                "known_from": known_from,
                "loaded_at": known_from,
                "evidence": status,
                "may_show": may_show,
                "origin": msgspec.json.encode(origin).decode(),
                "rows_read": parsed.rows_read,
                "rows_kept": parsed.rows_kept,
                "findings": "[]",
                "findings_count": len(parsed.findings),
            }
        )
        return snapshot

    def record(self, catalog: Catalog | None = None, charts: Charts | None = None) -> Record:
        """Everything added, placed."""
        engine = DuckEngine()
        engine.register("loads", pa.Table.from_pylist(self._loads, schema=LOADS))
        for name, schema in ROWS.items():
            tables = [
                _with_load(getattr(parsed, name), load)
                for (_, parsed), load in zip(self._parsed, self._loads, strict=True)
            ]
            engine.register(f"all_{name}", pa.concat_tables([schema.empty_table(), *tables]))
        take_vintage(engine)
        return Record(engine, catalog or Catalog(), charts or Charts())


def _as_headed(raw: bytes) -> dict[str, str]:
    """The mapping of a file that heads its columns by what they are."""
    return {name: name for name in raw.decode().partition("\n")[0].split(",")}


def _with_load(rows: pa.Table, load: Mapping[str, object]) -> pa.Table:
    for name in ("load_id", "snapshot_id"):
        rows = rows.append_column(name, pa.repeat(pa.scalar(load[name], pa.string()), len(rows)))
    return rows.select(
        [*ROWS["entries"].names[:2], *[n for n in rows.column_names if n not in ("load_id", "snapshot_id")]]
    )


def claim(
    words: str,
    kind: str,
    subject: str,
    days: str,
    *,
    chart: str = CHART,
    territory: str | None = None,
    measure: str = "",
    versus: str = "",
) -> Claim:
    """A claim; `days` is `first/last`."""
    first, last = map(read_day, days.split("/"))
    everywhere = "*" if kind == "reach" else "WW"
    return Claim(kind, subject, chart, territory or everywhere, Period(first, last), read(words, kind), measure, versus)


def judge_one(record: Record, asked: Claim) -> Judged:
    """The verdict on one claim."""
    [judged] = record.judge([asked])
    return judged
