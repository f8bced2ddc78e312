"""One issue of a chart, and the territory reach of an issue: what the commands and pages show."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from groundswell.charts.definition import Chart
from groundswell.core.document import csv_text
from groundswell.core.errors import UsageError
from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from groundswell.core.quantity import plain
from groundswell.measures.netflix import method_on

_CSV = (
    *("rank", "previous_rank", "change", "peak", "weeks_on_chart", "streak", "streak_at_top", "debut", "re_entry"),
    *("subject", "title", "season", "evidence"),
)


@dataclass(frozen=True)
class Entry:
    """One row of an issue with its columns and the figures printed beside it."""

    rank: int | None
    previous_rank: int | None
    change: int | None
    peak: int | None
    weeks_on_chart: int
    streak: int
    streak_at_top: int | None
    debut: bool | None
    re_entry: bool | None
    subject: str
    title: str
    season: str
    evidence: str
    snapshot: str
    values: dict[str, int | Decimal]

    def as_json(self) -> dict[str, object]:
        """The shape of `chart --json`; a season not printed is null."""
        return {**self.__dict__, "season": self.season or None}


@dataclass(frozen=True)
class Issue:
    """One dated edition; `gaps` are the issues before it that the calendar expects and we do not hold whole."""

    chart: Chart
    territory: str
    period: Period
    complete_for: str | None
    method: str | None
    entries: tuple[Entry, ...]
    gaps: tuple[Period, ...]
    published_on: date | None = None
    """The day it is dated, where its producer states one apart from the period."""

    @property
    def in_words(self) -> str:
        """`the week to 14 May 2022, list dated 29 May 2022`; of most charts the period alone."""
        day = self.published_on
        return self.period.in_words() + (f", list dated {day.day} {day:%B %Y}" if day else "")

    def as_json(self) -> dict[str, object]:
        """The shape of `chart --json`, without `as_of`."""
        return {
            "chart": self.chart.id,
            "territory": self.territory,
            "period": self.period.as_json(),
            **({"published_on": self.published_on.isoformat()} if self.published_on else {}),
            "complete_for": self.complete_for,
            "method": self.method,
            "entries": [entry.as_json() for entry in self.entries],
            "gaps": [gap.as_json() for gap in self.gaps],
        }

    def as_csv(self) -> str:
        """The entries as CSV, one column a figure."""
        measures = sorted({measure for entry in self.entries for measure in entry.values})
        rows = [
            [*(getattr(entry, name) for name in _CSV), *(entry.values.get(measure) for measure in measures)]
            for entry in self.entries
        ]
        return csv_text([*_CSV, *measures], rows)


@dataclass(frozen=True)
class Reach:
    """In how many of the territories that had a list a title was on it, in one issue."""

    subject: str
    title: str
    season: str
    territory_reach: int
    best_rank: int | None
    territories: tuple[str, ...]


@dataclass(frozen=True)
class ReachIssue:
    """The territory reach of every title of an issue."""

    chart: Chart
    period: Period
    territories_with_list: int
    entries: tuple[Reach, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of `chart --json` for a chart by territory when no territory is named."""
        entries = [{**e.__dict__, "season": e.season or None, "territories": list(e.territories)} for e in self.entries]
        return {
            "chart": self.chart.id,
            "territory": None,
            "period": self.period.as_json(),
            "territories_with_list": self.territories_with_list,
            "entries": entries,
        }


_ENTRIES = """
SELECT p.last_day, p.rank, p.previous_rank, p.change, p.peak, p.weeks_on_chart, p.streak, p.streak_at_top, p.debut, p.re_entry,
       p.subject, p.title, p.season, s.evidence, s.snapshot_id AS snapshot,
       list(o.measure ORDER BY o.measure) FILTER (o.measure IS NOT NULL) AS measures,
       list(o.value ORDER BY o.measure) FILTER (o.measure IS NOT NULL) AS figures
FROM placed p
JOIN loads s USING (load_id)
LEFT JOIN observations o ON o.load_id = p.load_id AND o.line = p.line AND o.title = p.title AND o.season = p.season
WHERE p.chart = ? AND p.territory = ? AND p.last_day BETWEEN ? AND ?
GROUP BY ALL ORDER BY p.last_day, p.rank NULLS LAST, p.subject
"""
_REACH = """
SELECT subject, min(title) AS title, min(season) AS season, count(DISTINCT territory) AS territory_reach,
       min(rank) AS best_rank, list(DISTINCT territory ORDER BY territory) AS territories
FROM placed WHERE chart = ? AND last_day = ?
GROUP BY subject ORDER BY territory_reach DESC, best_rank NULLS LAST, subject
"""
_LISTS = """
SELECT first_day, last_day, count(DISTINCT territory) AS territories
FROM expected JOIN held USING (chart, territory, issue_no)
WHERE chart = ? AND (? IS NULL OR ? BETWEEN first_day AND last_day)
GROUP BY ALL ORDER BY last_day DESC LIMIT 1
"""
_HELD = """
SELECT x.first_day, x.last_day, h.complete_for, i.published_on
FROM expected x
LEFT JOIN (SELECT chart, territory, issue_no, min(complete_for) AS complete_for FROM held GROUP BY ALL) h
  USING (chart, territory, issue_no)
LEFT JOIN (SELECT chart, territory, last_day, max(published_on) AS published_on FROM issues GROUP BY ALL) i
  USING (chart, territory, last_day)
WHERE x.chart = ? AND x.territory = ? AND h.complete_for IS NOT NULL ORDER BY x.last_day
"""
_GAPS = """
SELECT first_day, last_day FROM expected WHERE chart = ? AND territory = ? AND last_day < ? AND NOT held_whole ORDER BY last_day
"""


def issue(engine: Engine, chart: Chart, territory: str, day: date | None) -> Issue:
    """The issue whose period contains `day`, the last one held by default; `UsageError` when none is held."""
    held = engine.query(_HELD, [chart.id, territory]).to_pylist()
    if not held and chart.merges:
        known = [row["chart"] for row in engine.query("SELECT DISTINCT chart FROM held").to_pylist()]
        lacks = ", ".join(merged for merged in chart.merges if merged not in known)
        raise UsageError(
            f"no issue of {chart.id} is held: "
            + (
                f"of what it merges, no issue is held of {lacks}"
                if lacks
                else "no period has all that it merges held whole"
            )
        )
    if not held:
        sql = "SELECT DISTINCT territory FROM expected WHERE chart = ? ORDER BY territory"
        known = [str(row["territory"]) for row in engine.query(sql, [chart.id]).to_pylist()]
        raise UsageError(
            f"no issue of {chart.id} is held for {territory}; held: {', '.join(known[:12])}; name one with --territory"
            if known
            else f"no issue of {chart.id} is held; load a feed that carries it ('groundswell status' shows what is)"
        )
    fitting = held[-1:] if day is None else [row for row in held if row["first_day"] <= day <= row["last_day"]]
    if not fitting:
        since, until = held[0]["last_day"], held[-1]["last_day"]
        raise UsageError(f"no issue of {chart.id} {territory} contains {day}; held: {since} to {until}")
    return _filled(engine, chart, territory, fitting[:1])[0]


def issues(engine: Engine, chart: Chart, territory: str) -> list[Issue]:
    """Every issue held, oldest first: three queries, however many there are."""
    return _filled(engine, chart, territory, engine.query(_HELD, [chart.id, territory]).to_pylist())


def _filled(engine: Engine, chart: Chart, territory: str, held: list[dict[str, Any]]) -> list[Issue]:
    """The issues of some rows of `_HELD`, with what stands in them."""
    if not held:
        return []
    last_days = [held[0]["last_day"], held[-1]["last_day"]]
    entries: dict[date, list[Entry]] = {}
    for row in engine.query(_ENTRIES, [chart.id, territory, *last_days]).to_pylist():
        measures, figures = row.pop("measures"), row.pop("figures")
        values = {measure: plain(value) for measure, value in zip(measures, figures, strict=True)} if measures else {}
        entries.setdefault(row.pop("last_day"), []).append(Entry(**row, values=values))
    missing = engine.query(_GAPS, [chart.id, territory, last_days[-1]]).to_pylist()
    gaps = [Period(gap["first_day"], gap["last_day"]) for gap in missing]
    found = []
    for row in held:
        period = Period(row["first_day"], row["last_day"])
        method = method_on(chart.methods, period.last)
        found.append(
            Issue(
                chart,
                territory,
                period,
                row["complete_for"] or None,
                method.id if method else None,
                tuple(entries.get(period.last, ())),
                tuple(gaps[: bisect_left(gaps, period)]),
                row["published_on"],
            )
        )
    return found


def reach(engine: Engine, chart: Chart, day: date | None) -> ReachIssue:
    """The territory reach of every title in the issue that contains `day`, the last one held by default."""
    found = engine.query(_LISTS, [chart.id, day, day]).to_pylist()
    if not found:
        asked = f" contains {day}" if day else ""
        raise UsageError(f"no issue of {chart.id}{asked} is held; 'groundswell status' shows what is")
    at = found[0]
    rows = engine.query(_REACH, [chart.id, at["last_day"]]).to_pylist()
    entries = tuple(Reach(**{**row, "territories": tuple(row["territories"])}) for row in rows)
    return ReachIssue(chart, Period(at["first_day"], at["last_day"]), at["territories"], entries)


@dataclass(frozen=True)
class Reconciled:
    """What a producer prints against what is counted here: how many entries agree, and some that do not."""

    chart: str
    entries: int
    same: int
    examples: tuple[str, ...]


_AGAINST = """
SELECT chart, count(*) AS entries, count(*) FILTER (same) AS same,
       list(title || ' ' || territory || ' ' || last_day || ': printed ' || printed || ', counted ' || counted
            ORDER BY last_day, territory, rank) FILTER (NOT same) AS differing
FROM ({}) GROUP BY chart ORDER BY chart
"""
_WEEKS = """
SELECT p.chart, p.title, p.territory, p.last_day, p.rank, p.weeks_printed AS printed, p.weeks_on_chart AS counted,
       printed BETWEEN counted AND counted + g.gaps AS same
FROM placed p
JOIN (
  SELECT list_no, issue_no, count(*) FILTER (NOT held_whole) OVER (PARTITION BY list_no ORDER BY issue_no) AS gaps FROM expected
) g USING (list_no, issue_no)
WHERE printed IS NOT NULL
"""
_LAST_WEEK = """
SELECT p.chart, p.title, p.territory, p.last_day, p.rank, o.value::BIGINT AS printed,
       coalesce(p.previous_rank::VARCHAR, 'none') AS counted, printed IS NOT DISTINCT FROM p.previous_rank AS same
FROM placed p
JOIN observations o ON o.load_id = p.load_id AND o.line = p.line AND o.chart = p.chart AND o.measure = 'rank_last_week'
JOIN expected x ON x.list_no = p.list_no AND x.issue_no = p.issue_no - 1 AND x.held_whole
"""


def reconcile_weeks(engine: Engine) -> list[Reconciled]:
    """For every chart that prints its own count of weeks, in how many entries it is one that the lists held allow:
    the appearances counted, and no more besides than earlier issues are not held."""
    return _reconcile(engine, _WEEKS)


def reconcile_last_week(engine: Engine) -> list[Reconciled]:
    """For every chart that prints the rank of the week before, in how many entries it is the one held, where that is held."""
    return _reconcile(engine, _LAST_WEEK)


def _reconcile(engine: Engine, printed: str) -> list[Reconciled]:
    rows = engine.query(_AGAINST.format(printed)).to_pylist()
    return [Reconciled(r["chart"], r["entries"], r["same"], tuple((r["differing"] or [])[:5])) for r in rows]
