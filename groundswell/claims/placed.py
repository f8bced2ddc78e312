"""What is asked of a ranked list: the claim types of a chart.

Each reads `asked` (n, subject, chart, territory, first_day, last_day) and the tables of `charts.placing`, and makes

    issues_of   the expected issues a claim turns on
    decisive    the rows it rests on
    gaps        those of its issues that could hold its subject, are not held whole for it, and could change the answer
    answer      the lowest and the highest value these leave possible

Definitions: docs/methods.md, "Claims".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any, ClassVar

from groundswell.claims.claim import Claim, Found
from groundswell.core.period import Period
from groundswell.core.verdict import Reason

_OF_CHART = "x.chart = a.chart AND (a.territory = '*' OR x.territory = a.territory)"
_ISSUES_OF = f"""
SELECT a.n, x.list_no, x.issue_no, x.first_day, x.last_day, x.held_whole,
       x.first_day = a.first_day AND x.last_day = a.last_day AS is_period
FROM asked a JOIN expected x ON {_OF_CHART} AND {{turns_on}}
"""
_NOT_WHOLE = """
SELECT i.n, i.issue_no, x.chart, x.territory, x.first_day, x.last_day, a.subject,
       x.last_day || CASE WHEN a.territory = '*' THEN ' ' || x.territory ELSE '' END AS named
FROM issues_of i JOIN asked a USING (n) JOIN expected x USING (list_no, issue_no)
WHERE NOT i.held_whole
"""
_GAPS = f"""
SELECT i.n, i.territory, i.named
FROM ({_NOT_WHOLE}) i
LEFT JOIN held h ON h.chart = i.chart AND h.territory = i.territory AND h.issue_no = i.issue_no AND h.complete_for = i.subject
LEFT JOIN first_available f ON f.subject = i.subject
WHERE h.issue_no IS NULL AND (f.first_day IS NULL OR f.first_day <= i.last_day)
  AND {{matters}}
"""
_GAPS_AMONG_ALL = f"SELECT i.n, i.territory, i.named FROM ({_NOT_WHOLE}) i WHERE {{matters}}"
_GAP_COUNT = """
SELECT n, count(*) AS issues, count(DISTINCT territory) AS territories, list(named ORDER BY named) AS missing
FROM gaps GROUP BY n
"""
# The lists held that could have the subject, or whichever it is placed among.
_LISTS = """
SELECT n, count(DISTINCT list_no) AS territories, list_sort(list(DISTINCT load_id)) AS lists
FROM issues_of JOIN asked USING (n) JOIN sources USING (list_no, issue_no)
WHERE among_all OR complete_for IN ('*', '', subject)
GROUP BY n
"""
_LAST_HELD = """
SELECT chart, territory, max(last_day) AS last_held FROM expected GROUP BY ALL
UNION ALL SELECT chart, '*', max(last_day) FROM expected GROUP BY chart
"""
_CONTEXT = f"""
SELECT a.n, low, high, missing, territories, lists, last_held, issues, is_period, first_first, first_last, last_first, last_last
FROM asked a
LEFT JOIN answer USING (n)
LEFT JOIN (SELECT n, missing FROM gap_count) USING (n)
LEFT JOIN ({_LISTS}) USING (n)
LEFT JOIN ({_LAST_HELD}) USING (chart, territory)
LEFT JOIN (
  SELECT n, count(DISTINCT last_day) AS issues, bool_or(is_period) AS is_period, min(first_day) AS first_first,
         min(last_day) AS first_last, max(first_day) AS last_first, max(last_day) AS last_last
  FROM issues_of GROUP BY n
) USING (n)
"""


_UNLESS = "NOT EXISTS (SELECT 1 FROM decisive d WHERE d.n = i.n AND d.territory = i.territory AND {seen})"


@dataclass(frozen=True)
class ClaimType:
    """One kind of claim: `turns_on` says which issues of `expected` x a claim of `asked` a turns on."""

    kind: str
    turns_on: str
    decisive: str
    answer: str
    matters: str = _UNLESS.format(seen="d.last_day = i.last_day")
    """Which gaps i could change the answer."""
    absent: str | None = None
    """What is said when no row was found on lists that are whole; None: the number found is 0."""
    refutes: bool = True
    """Whether such an absence makes a claim false; else it leaves it undecidable."""
    one_issue: bool = False
    """Its figure is printed for one issue, so that the period must be that issue's."""
    open_low: Decimal | None = None
    """The lowest value left when the period ends after the last issue held; None: the value found so far."""
    derive: Callable[[Decimal, Decimal], Decimal] | None = None
    """Makes the one value out of `low` and `high`."""
    needs_measure: bool = False
    whole_issues: bool = False
    """Its period must be made of whole issues."""
    everywhere: bool = False
    """It counts territories."""
    settled: bool = False
    """Once a row of it is found, no issue after the last one held can change it."""
    among_all: bool = False
    """It stands among all titles of its issues, so that a list held for some of them alone is a gap."""

    of_series: ClassVar[bool] = False
    unit: ClassVar[str] = ""
    context: ClassVar[str] = _CONTEXT

    def steps(self) -> dict[str, str]:
        """The tables made to answer it, in order."""
        return {
            "issues_of": _ISSUES_OF.format(turns_on=self.turns_on),
            "decisive": self.decisive,
            "gaps": (_GAPS_AMONG_ALL if self.among_all else _GAPS).format(matters=self.matters),
            "gap_count": _GAP_COUNT,
            "answer": self.answer,
        }

    def found(self, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> Found:
        """What the lists say of a claim."""
        return _found(self, claim, context, rows)


_NOT_ON_IT = """NOT EXISTS (
  SELECT 1 FROM placed l
  WHERE l.chart = i.chart AND l.territory = i.territory AND l.issue_no = i.issue_no AND l.subject = i.subject
)"""
_IN_PERIOD = "x.last_day BETWEEN a.first_day AND a.last_day"
_ROW = "l.territory, l.last_day, l.rank, l.title, l.season, l.subject, l.line, s.snapshot_id, s.evidence"
_ON_IT = """
issues_of i JOIN asked a USING (n)
JOIN placed l ON l.list_no = i.list_no AND l.issue_no = i.issue_no AND l.subject = a.subject"""
_LISTED = f"{_ON_IT} JOIN loads s USING (load_id)"
_ON_LIST = f"SELECT i.n, {_ROW} FROM {_LISTED}"
_FIGURES = f"""
SELECT i.n, o.measure, o.value, o.unit, {_ROW}
FROM {_LISTED} JOIN observations o ON o.load_id = l.load_id AND o.line = l.line AND o.measure = a.measure
WHERE {{issues}}
"""
_OF_BOTH = f"""
        SELECT i.n, o.measure, o.value, o.unit, {_ROW}
        FROM issues_of i JOIN asked a USING (n)
        JOIN placed l ON l.list_no = i.list_no AND l.issue_no = i.issue_no AND l.subject IN (a.subject, a.versus)
        JOIN loads s USING (load_id)
        JOIN observations o ON o.load_id = l.load_id AND o.line = l.line AND o.measure = a.measure
        WHERE {{issues}}
        """
# Its own figure in the period, and of those of all titles in its issues that are above it the ten highest.
_AMONG_ALL = f"""
WITH figures AS (
  SELECT l.list_no, l.issue_no, o.measure, o.value, o.unit, {_ROW}, row_number() OVER (ORDER BY l.list_no, l.issue_no, l.line) AS id
  FROM placed l
  JOIN loads s USING (load_id)
  JOIN observations o ON o.load_id = l.load_id AND o.line = l.line
  WHERE l.list_no IN (SELECT list_no FROM issues_of) AND o.measure IN (SELECT measure FROM asked)
), own AS (
  SELECT i.n, f.id, f.value
  FROM issues_of i JOIN asked a USING (n)
  JOIN figures f ON f.list_no = i.list_no AND f.issue_no = i.issue_no AND f.subject = a.subject AND f.measure = a.measure
  WHERE i.is_period
), above AS (
  SELECT n, count(*) AS higher, max_by(f.id, {{'value': f.value, 'id': -f.id}}, 10) AS ids
  FROM (SELECT n, max(value) AS mark FROM own GROUP BY n)
  JOIN asked a USING (n)
  JOIN issues_of i USING (n)
  JOIN figures f ON f.list_no = i.list_no AND f.issue_no = i.issue_no AND f.measure = a.measure AND f.value > mark
  GROUP BY n
)
SELECT n, f.* EXCLUDE (id, list_no, issue_no), 1 + coalesce(higher, 0) AS place
FROM (SELECT n, id FROM own UNION ALL SELECT n, unnest(ids) AS id FROM above)
JOIN figures f USING (id)
LEFT JOIN above USING (n)
"""
# Nothing stands above the place found: every list is whole, ranked by the measure and has all its figures, since the day said.
_PLACE = """
SELECT n, max(d.place) AS low, CASE WHEN any_value(w.sound) THEN low END AS high
FROM decisive d
JOIN (
  SELECT i.n, bool_and(i.held_whole AND coalesce(c.measure = a.measure, false) AND coalesce(e.figures = e.entries, false))
         AND (any_value(a.since) IS NULL OR min(i.first_day) <= any_value(a.since)) AS sound
  FROM issues_of i
  JOIN asked a USING (n)
  JOIN calendar c ON c.chart = a.chart AND c.issue_no = i.issue_no
  LEFT JOIN (
    SELECT l.list_no, l.issue_no, m.measure, count(*) AS entries, count(o.value) AS figures
    FROM placed l
    CROSS JOIN (SELECT DISTINCT measure FROM asked) m
    LEFT JOIN observations o ON o.load_id = l.load_id AND o.line = l.line AND o.measure = m.measure
    WHERE l.list_no IN (SELECT list_no FROM issues_of)
    GROUP BY ALL
  ) e ON e.list_no = i.list_no AND e.issue_no = i.issue_no AND e.measure = a.measure
  GROUP BY i.n
) w USING (n)
GROUP BY n
"""
# The unbroken run of issues that ends with the last one a claim turns on.
_RUN = f"""
SELECT * EXCLUDE (nth, back) FROM (
  SELECT i.n, {_ROW}, i.issue_no, e.end_no - i.issue_no + 1 AS back,
         dense_rank() OVER (PARTITION BY i.n ORDER BY i.issue_no DESC) AS nth
  FROM {_LISTED} JOIN (SELECT n, max(issue_no) AS end_no FROM issues_of GROUP BY n) e USING (n)
  WHERE {{at_top}}
) WHERE back = nth
"""
# The issue before the run, or where there is none the last one: were the title on it, the run would be longer.
_EDGE = """
SELECT coalesce(min(d.issue_no) - 1, (SELECT max(e.issue_no) FROM issues_of e WHERE e.n = i.n))
FROM decisive d WHERE d.n = i.n
"""
_RUN_LENGTH = f"""
SELECT a.n, count(DISTINCT d.issue_no) AS low,
       CASE WHEN coalesce(any_value(g.issues), 0) = 0 AND coalesce(any_value(u.unranked), false) = false THEN low END AS high
FROM asked a LEFT JOIN decisive d USING (n) LEFT JOIN gap_count g USING (n)
LEFT JOIN (
  SELECT i.n, bool_or(l.rank IS NULL) AS unranked
  FROM {_ON_IT}
  WHERE i.issue_no = ({_EDGE}) GROUP BY i.n
) u USING (n)
GROUP BY a.n
"""
_COUNTED = """
SELECT a.n, count(DISTINCT d.{counted}) AS low, low + coalesce(any_value(g.{could_add}), 0) AS high
FROM asked a LEFT JOIN decisive d USING (n) LEFT JOIN gap_count g USING (n) GROUP BY a.n
"""
# The weeks counted, and those the producer printed beside the title when it was last on the list: of both intervals what they
# share, and where they contradict each other all between them.
_WEEKS = f"""
WITH counted AS ({_COUNTED.format(counted="last_day", could_add="issues")}), printed AS (
  SELECT n, max(last_day) AS told_on, max_by(weeks_printed, last_day) AS weeks
  FROM decisive WHERE weeks_printed IS NOT NULL GROUP BY n
), told AS (
  SELECT p.n, any_value(weeks) + count(DISTINCT d.last_day) AS low, low + count(DISTINCT i.issue_no) AS high
  FROM printed p
  LEFT JOIN decisive d ON d.n = p.n AND d.last_day > told_on
  LEFT JOIN issues_of i ON i.n = p.n AND i.last_day > told_on AND NOT i.held_whole
  GROUP BY p.n
)
SELECT n, CASE WHEN apart THEN least(c.low, t.low) ELSE greatest(c.low, t.low) END AS low,
       CASE WHEN apart THEN greatest(c.high, t.high) ELSE least(c.high, t.high) END AS high
FROM (SELECT n, c.low > t.high OR t.low > c.high AS apart, c, t FROM counted c LEFT JOIN told t USING (n))
"""

OF_CHART: dict[str, ClaimType] = {
    **{
        kind: ClaimType(
            kind,
            turns_on="x.first_day <= a.last_day AND x.last_day >= a.first_day",
            decisive=_FIGURES.format(issues="i.is_period"),
            answer="SELECT n, min(value) AS low, max(value) AS high FROM decisive GROUP BY n",
            absent="no figure of it that may be shown was printed",
            refutes=False,
            one_issue=True,
        )
        for kind in ("hours_viewed", "views", "interactions")
    },
    "rank": ClaimType(
        "rank",
        turns_on=_IN_PERIOD,
        decisive=_ON_LIST,
        answer="""
        SELECT d.n, CASE WHEN g.issues > 0 OR bool_or(d.rank IS NULL) THEN 1 ELSE min(d.rank) END AS low,
               min(d.rank) AS high
        FROM decisive d LEFT JOIN gap_count g USING (n) GROUP BY d.n, g.issues
        """,
        absent="it was not on the list",
        open_low=Decimal(1),
    ),
    "listed": ClaimType(
        "listed",
        turns_on=_IN_PERIOD,
        decisive=f"""
        SELECT i.n, {_ROW}, p.published_on
        FROM {_LISTED}
        LEFT JOIN issues p ON p.load_id = l.load_id AND p.chart = l.chart AND p.territory = l.territory AND p.last_day = l.last_day
        """,
        answer="SELECT n, 1 AS low, 1 AS high FROM decisive GROUP BY n",
        matters=_UNLESS.format(seen="true"),
        absent="it was not on the list",
        settled=True,
    ),
    "weeks_on_chart": ClaimType(
        "weeks_on_chart",
        turns_on="x.last_day <= a.last_day",
        decisive=f"SELECT i.n, {_ROW}, l.weeks_printed FROM {_LISTED}",
        answer=_WEEKS,
    ),
    "reach": ClaimType(
        "reach",
        turns_on=_IN_PERIOD,
        decisive=_ON_LIST,
        answer=_COUNTED.format(counted="territory", could_add="territories"),
        matters=_UNLESS.format(seen="true"),
        everywhere=True,
    ),
    "reach_at_top": ClaimType(
        "reach_at_top",
        turns_on=_IN_PERIOD,
        decisive=f"SELECT * FROM ({_ON_LIST}) WHERE rank = 1",
        answer=f"""
        SELECT a.n, count(DISTINCT d.territory) AS low, low + coalesce(any_value(u.territories), 0) AS high
        FROM asked a LEFT JOIN decisive d USING (n)
        LEFT JOIN (
          SELECT n, count(DISTINCT territory) AS territories FROM (
            SELECT n, territory FROM gaps
            UNION
            SELECT i.n, l.territory
            FROM {_ON_IT}
            WHERE l.rank IS NULL AND NOT EXISTS (SELECT 1 FROM decisive d WHERE d.n = i.n AND d.territory = l.territory)
          ) GROUP BY n
        ) u USING (n)
        GROUP BY a.n
        """,
        matters=f"{_UNLESS.format(seen='true')} AND {_NOT_ON_IT}",
        everywhere=True,
    ),
    "debut_rank": ClaimType(
        "debut_rank",
        turns_on="x.last_day <= a.last_day",
        decisive=f"SELECT * FROM ({_ON_LIST}) QUALIFY dense_rank() OVER (PARTITION BY n ORDER BY last_day) = 1",
        answer="""
        SELECT d.n, CASE WHEN g.issues > 0 OR bool_or(d.rank IS NULL) THEN 1 ELSE min(d.rank) END AS low,
               CASE WHEN g.issues > 0 THEN NULL ELSE min(d.rank) END AS high
        FROM decisive d JOIN asked a USING (n) LEFT JOIN gap_count g USING (n)
        WHERE d.last_day BETWEEN a.first_day AND a.last_day GROUP BY d.n, g.issues
        """,
        matters=_UNLESS.format(seen="d.last_day <= i.last_day")
        + " AND NOT EXISTS (SELECT 1 FROM decisive d JOIN asked a USING (n) WHERE n = i.n AND d.last_day < a.first_day)",
        absent="it was not new to the list",
        settled=True,
    ),
    **{
        kind: ClaimType(
            kind,
            turns_on="x.last_day <= a.last_day",
            decisive=_RUN.format(at_top=at_top),
            answer=_RUN_LENGTH,
            matters=f"i.issue_no = ({_EDGE}) AND {_NOT_ON_IT}",
            open_low=Decimal(0),
        )
        for kind, at_top in (("streak", "true"), ("streak_at_top", "l.rank = 1"))
    },
    "total": ClaimType(
        "total",
        turns_on="x.first_day <= a.last_day AND x.last_day >= a.first_day",
        decisive=_FIGURES.format(issues="true"),
        answer="""
        SELECT i.n, coalesce(any_value(d.total), 0) AS low,
               CASE WHEN any_value(d.issues) = count(DISTINCT i.issue_no) THEN low END AS high
        FROM issues_of i LEFT JOIN (
          SELECT n, sum(value) AS total, count(DISTINCT last_day) AS issues FROM decisive GROUP BY n
        ) d USING (n) GROUP BY i.n
        """,
        needs_measure=True,
        whole_issues=True,
    ),
    "comparison": ClaimType(
        "comparison",
        turns_on="x.first_day <= a.last_day AND x.last_day >= a.first_day",
        decisive=_OF_BOTH.format(issues="i.is_period"),
        answer="""
        SELECT n, max(d.value) FILTER (d.subject = a.subject) - max(d.value) FILTER (d.subject = a.versus) AS low, low AS high
        FROM decisive d JOIN asked a USING (n) GROUP BY n HAVING low IS NOT NULL
        """,
        absent="no figure of both that may be shown was printed",
        refutes=False,
        one_issue=True,
        needs_measure=True,
    ),
    "multiple": ClaimType(
        "multiple",
        turns_on="x.last_day <= a.last_day",
        decisive=_OF_BOTH.format(
            issues="""i.is_period OR (
          a.versus = '' AND i.issue_no = (SELECT max(e.issue_no) - 1 FROM issues_of e WHERE e.n = i.n AND e.is_period)
        )"""
        ),
        answer="""
        SELECT d.n, max(d.value) FILTER (d.subject = a.subject AND d.last_day = a.last_day) AS low,
               max(d.value) FILTER (d.subject = a.versus OR (a.versus = '' AND d.last_day < a.last_day)) AS high
        FROM decisive d JOIN asked a USING (n) GROUP BY d.n HAVING low IS NOT NULL AND high > 0
        """,
        absent="no two figures that may be shown were printed, of both or of both issues",
        refutes=False,
        one_issue=True,
        derive=lambda one, other: one / other,
        needs_measure=True,
    ),
    **{
        kind: ClaimType(
            kind,
            turns_on=turns_on,
            decisive=_AMONG_ALL,
            answer=_PLACE,
            matters="true",
            absent="no figure of it that may be shown was printed",
            refutes=False,
            one_issue=True,
            needs_measure=True,
            among_all=True,
        )
        for kind, turns_on in (
            ("superlative", "x.first_day <= a.last_day AND x.last_day >= a.first_day"),
            ("record", "x.last_day BETWEEN a.since AND a.last_day"),
        )
    },
    "change": ClaimType(
        "change",
        turns_on="x.last_day <= a.last_day",
        decisive=_FIGURES.format(
            issues="i.issue_no >= (SELECT max(e.issue_no) - 1 FROM issues_of e WHERE e.n = i.n AND e.is_period)"
        ),
        answer="""
        SELECT d.n, min(d.value) FILTER (d.last_day = a.last_day) AS low, min(d.value) FILTER (d.last_day < a.last_day) AS high
        FROM decisive d JOIN asked a USING (n) GROUP BY d.n
        HAVING count(DISTINCT d.last_day) = 2 AND min(d.value) FILTER (d.last_day < a.last_day) > 0
        """,
        absent="no figure of it that may be shown was printed in both that issue and the one before",
        refutes=False,
        one_issue=True,
        derive=lambda after, before: (after - before) / before * 100,
        needs_measure=True,
    ),
}


def _found(
    claim_type: ClaimType, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]
) -> Found:
    if context["issues"] is None:
        return Found(reason=Reason.NO_DATA, note=f"no issue of {claim.chart} that may be shown is held for the period")
    if claim_type.needs_measure and not (claim.measure or claim.stated.measure):
        return Found(reason=Reason.VAGUE, note="the claim does not say which measure it is of")
    if claim_type.whole_issues and not _fits(claim.period, context):
        return Found(
            reason=Reason.AMBIGUOUS_PERIOD,
            note="its period begins or ends within an issue, whose figure is of all its days",
        )
    if claim_type.one_issue and context["last_held"] < claim.period.first:
        return Found(reason=Reason.NO_DATA, note=f"no issue of {claim.chart} that may be shown is held for the period")
    if claim_type.one_issue and not context["is_period"]:
        return Found(reason=Reason.AMBIGUOUS_PERIOD, note=_not_one_issue(context))
    missing = tuple(context["missing"] or ())
    settled = claim_type.one_issue or (claim_type.settled and bool(rows))
    open_end = not settled and context["last_held"] < claim.period.last
    if open_end:
        missing = (*missing, f"every issue after {context['last_held']}")
    lists = () if claim_type.one_issue and not claim_type.among_all else tuple(context["lists"] or ())
    note = f"of {context['territories'] or 0} that had a list" if claim_type.everywhere else _place(claim_type, rows)
    if context["low"] is None:  # no row, and none is no number
        if missing:
            return Found(reason=Reason.NO_DATA, missing=missing)
        return Found(absent=True, note=claim_type.absent or "", lists=lists)
    low, high = (None if end is None else Decimal(str(end)) for end in (context["low"], context["high"]))
    assert low is not None
    if claim_type.derive is not None and high is not None:
        low = high = claim_type.derive(low, high)
    if open_end and claim_type.kind == "rank":
        low = Decimal(1)
    elif open_end:
        low, high = low if claim_type.open_low is None else claim_type.open_low, None
    return Found(low, high, missing=missing, note=note, rows=rows, lists=lists)


def _place(claim_type: ClaimType, rows: tuple[dict[str, Any], ...]) -> str:
    """Where and when a title was on the list: its best place."""
    if claim_type.kind != "listed" or not rows:
        return ""
    best = min(rows, key=lambda row: row["rank"] or inf)
    days = [f"{day.day} {day:%B %Y}" for day in (best["last_day"], best["published_on"]) if day]
    place = f"No. {best['rank']}, " if best["rank"] else ""
    return f"{place}issue to {', list dated '.join(days)}"


def _not_one_issue(context: Mapping[str, Any]) -> str:
    first = Period(context["first_first"], context["first_last"])
    last = Period(context["last_first"], context["last_last"])
    there = f"covers {context['issues']}, from {first} to {last}" if first != last else f"is not that of {first}"
    return f"a figure is printed for one issue, and the period {there}"


def _fits(period: Period, context: Mapping[str, Any]) -> bool:
    """Whether a period begins with an issue, and ends with one or after the last one held."""
    ends = context["last_last"] == period.last or context["last_held"] < period.last
    return bool(context["first_first"] == period.first and ends)
