"""Every column of every entry, over all charts at once.

Reads `issues`, `entries` and `observations` (the vintage asked about) and makes

    names       printed names → subject ids
    calendar    chart, first and last day, issue_no: one step a published period
    expected    chart, territory, issue_no: the issues the calendar expects, whether they are held whole
    sources     list_no, issue_no, load_id, complete_for: the lists held an issue rests on, for a computed chart those it merges
    missing     the same for one subject: issues that could have held it and are not held whole for it
    placed      entries, computed charts included, with subject, issue_no, previous_rank, change, peak, weeks_on_chart, streak,
                streak_at_top, debut, re_entry; list_no and subject_no number chart with territory, and subject

Rows are many and names long, so all that lies between works on numbers: an `entry` is a row's number in `entries`.
The definitions are docs/methods.md, "The columns of a chart".
"""

from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from groundswell.catalog import Catalog, names_table
from groundswell.charts.definition import Chart, Charts
from groundswell.core.errors import InputError
from groundswell.core.period import calendar
from groundswell.core.protocol import Engine

_EXCEPTIONS = """
SELECT e.rowid AS entry, max_by(n.subject_no, n.weight) AS subject_no
FROM entries e JOIN names n USING (chart, title, season)
WHERE n.weight >= 0
  AND (n.territory IS NULL OR n.territory = e.territory) AND (n.rank IS NULL OR n.rank = e.rank)
  AND (n.valid_from IS NULL OR n.valid_from <= e.last_day) AND (n.valid_to IS NULL OR n.valid_to >= e.last_day)
GROUP BY ALL
"""
_FIGURES = """
SELECT e.rowid AS entry, c.chart, e.territory, c.issue_no, r.depth, o.value
FROM entries e
JOIN ranked_by r ON r.list = e.chart
JOIN calendar c ON c.chart = r.chart AND c.last_day = e.last_day AND c.measure = r.measure
LEFT JOIN observations o ON o.load_id = e.load_id AND o.line = e.line AND o.chart = e.chart AND o.measure = r.measure
"""
_HELD = """
SELECT i.chart, i.territory, c.issue_no, i.complete_for
FROM issues i JOIN calendar c USING (chart, last_day)
UNION ALL (
  SELECT c.chart, i.territory, c.issue_no, '*' AS complete_for
  FROM issues i
  JOIN ranked_by r ON r.list = i.chart
  JOIN calendar c ON c.chart = r.chart AND c.last_day = i.last_day AND c.measure = r.measure
  WHERE i.complete_for = '*'
  GROUP BY ALL HAVING count(*) = any_value(r.lists)
  EXCEPT
  SELECT chart, territory, issue_no, '*' FROM figures WHERE value IS NULL
)
"""
_EXPECTED = """
WITH span AS (
  SELECT chart, territory, row_number() OVER (ORDER BY chart, territory)::INTEGER AS list_no,
         min(issue_no) AS first_held, max(issue_no) AS last_held
  FROM held GROUP BY chart, territory
), whole_chart AS (
  SELECT chart, min(first_held) AS chart_first FROM span GROUP BY ALL
)
SELECT c.chart, s.territory, s.list_no, c.issue_no, c.first_day, c.last_day, h.issue_no IS NOT NULL AS held_whole
FROM calendar c
JOIN span s USING (chart)
JOIN whole_chart w USING (chart)
LEFT JOIN held h ON h.chart = c.chart AND h.territory = s.territory AND h.issue_no = c.issue_no AND h.complete_for = '*'
WHERE c.issue_no <= s.last_held
  AND c.issue_no >= CASE WHEN c.since_no IS NULL OR c.since_no >= w.chart_first THEN s.first_held ELSE c.since_no END
"""
_SOURCES = """
SELECT x.list_no, x.issue_no, i.load_id, i.complete_for
FROM expected x
JOIN (SELECT DISTINCT chart, chart AS list FROM expected UNION SELECT chart, list FROM ranked_by) p USING (chart)
JOIN issues i ON i.chart = p.list AND i.territory = x.territory AND i.last_day = x.last_day
"""
_CARRIED = """
SELECT e.rowid AS entry, x.list_no, x.issue_no, coalesce(o.subject_no, n.subject_no) AS subject_no, e.rank, e.weeks_printed
FROM entries e
JOIN expected x USING (chart, territory, last_day)
JOIN (SELECT chart, title, season, subject_no FROM names WHERE weight < 0) n USING (chart, title, season)
LEFT JOIN exceptions o ON o.entry = e.rowid
"""
_MERGED = """
SELECT entry, x.list_no, f.issue_no, c.subject_no,
       rank() OVER (PARTITION BY x.list_no, f.issue_no ORDER BY f.value DESC) AS place, NULL::BIGINT AS weeks_printed
FROM figures f
JOIN expected x USING (chart, territory, issue_no)
JOIN carried c USING (entry)
WHERE x.held_whole
QUALIFY f.depth IS NULL OR place <= f.depth
"""
_HISTORY = """
SELECT list_no, subject_no, issue_no, min(rank) AS rank FROM ranked GROUP BY ALL
"""
_MISSING = """
SELECT x.chart, x.territory, s.list_no, n.subject, s.subject_no, x.issue_no, x.first_day, x.last_day
FROM (SELECT DISTINCT list_no, subject_no FROM history) s
JOIN expected x ON x.list_no = s.list_no AND NOT x.held_whole
JOIN subjects n USING (subject_no)
LEFT JOIN held h ON h.chart = x.chart AND h.territory = x.territory AND h.issue_no = x.issue_no
                AND h.complete_for = n.subject
LEFT JOIN history on_it ON on_it.list_no = s.list_no AND on_it.subject_no = s.subject_no AND on_it.issue_no = x.issue_no
LEFT JOIN first_available f ON f.subject = n.subject
WHERE h.issue_no IS NULL AND on_it.issue_no IS NULL AND (f.first_day IS NULL OR f.first_day <= x.last_day)
"""
_UNKNOWN = """
SELECT h.list_no, h.subject_no, h.issue_no,
       bool_or(m.issue_no = h.issue_no - 1) AS previous_missing,
       bool_or(m.issue_no < h.issue_no - 1) AS earlier_missing
FROM history h JOIN missing m USING (list_no, subject_no)
WHERE m.issue_no < h.issue_no GROUP BY ALL
"""
_PLACES = """
WITH seen AS (
  SELECT h.*, b.rank AS previous_rank, b.issue_no IS NOT NULL AS goes_on
  FROM history h
  LEFT JOIN history b ON b.list_no = h.list_no AND b.subject_no = h.subject_no AND b.issue_no = h.issue_no - 1
), runs AS (
  SELECT *, row_number() OVER past AS weeks_on_chart, min(rank) OVER past AS peak,
         max(CASE WHEN goes_on THEN NULL ELSE issue_no END) OVER past AS since,
         max(CASE WHEN rank = 1 AND goes_on THEN NULL WHEN rank = 1 THEN issue_no ELSE issue_no + 1 END) OVER past AS at_top_since
  FROM seen WINDOW past AS (PARTITION BY list_no, subject_no ORDER BY issue_no ROWS UNBOUNDED PRECEDING)
)
SELECT r.list_no, r.subject_no, r.issue_no, r.peak, r.weeks_on_chart, r.previous_rank,
       r.issue_no - r.since + 1 AS streak,
       CASE WHEN r.rank IS NOT NULL THEN r.issue_no - r.at_top_since + 1 END AS streak_at_top,
       CASE WHEN r.weeks_on_chart > 1 THEN false WHEN u.issue_no IS NULL THEN true END AS debut,
       CASE WHEN r.goes_on THEN false
            WHEN r.weeks_on_chart > 1 THEN CASE WHEN coalesce(u.previous_missing, false) THEN NULL ELSE true END
            WHEN coalesce(u.earlier_missing, false) THEN NULL ELSE false END AS re_entry
FROM runs r LEFT JOIN unknown u USING (list_no, subject_no, issue_no)
"""
_PLACED = """
SELECT x.chart, e.territory, r.list_no, r.issue_no, e.first_day, e.last_day, r.rank, s.subject, r.subject_no, e.title, e.season,
       r.weeks_printed, e.line, e.load_id, p.previous_rank, p.previous_rank - r.rank AS change, p.peak, p.weeks_on_chart,
       p.streak, p.streak_at_top, p.debut, p.re_entry
FROM ranked r
JOIN places p USING (list_no, subject_no, issue_no)
JOIN (SELECT DISTINCT list_no, chart FROM expected) x USING (list_no)
JOIN subjects s USING (subject_no)
JOIN entries e ON e.rowid = r.entry
"""


def place(engine: Engine, catalog: Catalog, charts: Charts) -> None:
    """Make the tables named above for everything the engine holds.

    Only what the calendar expects and we do not hold whole makes `debut` and `re_entry` null; streaks run over what is
    held.
    """
    printed = engine.query("SELECT DISTINCT chart, title, season FROM entries").to_pydict()
    distinct = zip(printed["chart"], printed["title"], printed["season"], strict=True)
    kinds = ((chart, charts.get(chart).kind, title, season) for chart, title, season in distinct)
    engine.register("names", names_table(kinds, catalog.names))
    engine.register("first_available", _first_available(catalog))
    held = engine.query("SELECT chart, calendar, list(DISTINCT last_day) AS days FROM issues GROUP BY ALL")
    engine.register("calendar", _calendar(held.to_pylist(), charts))
    engine.register("ranked_by", _ranked_by(charts.computed()))
    engine.step("subjects", "SELECT DISTINCT subject_no, subject FROM names")
    engine.step("exceptions", _EXCEPTIONS)
    engine.step("figures", _FIGURES)
    engine.step("held", _HELD)
    engine.step("expected", _EXPECTED)
    engine.step("sources", _SOURCES)
    engine.step("carried", _CARRIED)
    engine.step("ranked", f"FROM carried UNION ALL ({_MERGED})")
    engine.step("history", _HISTORY)
    engine.step("missing", _MISSING)
    engine.step("unknown", _UNKNOWN)
    engine.step("places", _PLACES)
    engine.step("placed", _PLACED)


def _first_available(catalog: Catalog) -> pa.Table:
    days = catalog.first_available()
    return pa.table(
        {"subject": pa.array(days.keys(), pa.string()), "first_day": pa.array(days.values(), pa.date32())},
    )


def _ranked_by(computed: Iterable[Chart]) -> pa.Table:
    rows = [
        {"chart": chart.id, "list": merged, "lists": len(set(chart.merges)), "measure": measure, "depth": chart.depth}
        for chart in computed
        for merged in dict.fromkeys(chart.merges)
        for measure in dict.fromkeys(method.ranked_by for method in chart.methods)
    ]
    return pa.Table.from_pylist(rows, schema=_RANKED_BY)


_RANKED_BY = pa.schema(
    [
        ("chart", pa.string()),
        ("list", pa.string()),
        ("lists", pa.int64()),  # how many lists the chart merges
        ("measure", pa.string()),
        ("depth", pa.int64()),
    ]
)


_CALENDAR = pa.schema(
    [
        ("chart", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("issue_no", pa.int32()),
        ("since_no", pa.int32()),  # the number of the producer's first issue, where known
        ("measure", pa.string()),  # what the list is ranked by
    ]
)


def _calendar(held: list[dict[str, object]], charts: Charts) -> pa.Table:
    """Numbered issues of every chart held, and of every computed chart whose lists are."""
    spans: dict[str, tuple[str, date, date]] = {}
    for row in held:
        chart_id, name, days = str(row["chart"]), str(row["calendar"]), row["days"]
        assert isinstance(days, list)
        if chart_id in spans:
            raise InputError(
                f"chart '{chart_id}' was loaded on two calendars ({spans[chart_id][0]}, {name}); "
                "name one with calendar = … in desk.toml and load again"
            )
        if loaded := charts.get(chart_id).not_published.intersection(days):
            raise InputError(
                f"chart '{chart_id}' has a list of {min(loaded)}, which its definition says was never published; "
                "take the day out of not_published"
            )
        spans[chart_id] = (name, min(days), max(days))
    for computed in charts.computed():
        parts = [spans[merged] for merged in computed.merges if merged in spans]
        if len(parts) == len(computed.merges) and len({name for name, _, _ in parts}) == 1:
            spans[computed.id] = (parts[0][0], min(s for _, s, _ in parts), max(u for _, _, u in parts))
    rows: list[tuple[object, ...]] = []
    for chart_id, (name, since, until) in spans.items():
        chart = charts.get(chart_id)
        on = calendar(name)
        first = min(since, chart.since) if chart.since else since
        not_published = chart.not_published.union(*(charts.get(merged).not_published for merged in chart.merges))
        number, measure, since_no = 0, None, None
        methods = list(chart.methods)
        for period in on.between(on.period_of(first), on.period_of(until)):
            while methods and period.last >= methods[0].since:
                measure = methods.pop(0).ranked_by
            if period.last in not_published:
                continue
            number += 1
            if chart.since and period.last >= chart.since and since_no is None:
                since_no = number
            rows.append((chart_id, period.first, period.last, number, since_no, measure))
    return pa.table(list(zip(*rows, strict=True)), schema=_CALENDAR) if rows else _CALENDAR.empty_table()
