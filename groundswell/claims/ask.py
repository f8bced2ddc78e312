"""Questions in sets: each claim type answers a table of claims in one round of queries.

A type reads `asked` (n, subject, chart, territory, first_day, last_day) and the tables of `charts.placing`, and makes

    issues_of   the expected issues a claim turns on
    decisive    the rows it rests on
    gaps        those of its issues that could hold its subject, are not held whole for it, and could change the answer
    answer      the lowest and the highest value these leave possible

Definitions: docs/methods.md, "Claims".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from groundswell.claims.claim import Claim, Found
from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from groundswell.core.verdict import Reason

_ASKED = pa.schema(
    [
        ("n", pa.int64()),
        ("subject", pa.string()),
        ("chart", pa.string()),
        ("territory", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
    ]
)

_OF_CHART = "x.chart = a.chart AND (a.territory = '*' OR x.territory = a.territory)"
_ISSUES_OF = f"""
SELECT a.n, a.subject, x.chart, x.territory, x.issue_no, x.first_day, x.last_day, x.held_whole,
       x.first_day = a.first_day AND x.last_day = a.last_day AS is_period,
       x.last_day || CASE WHEN a.territory = '*' THEN ' ' || x.territory ELSE '' END AS named
FROM asked a JOIN expected x ON {_OF_CHART} AND {{turns_on}}
"""
_GAPS = """
SELECT i.n, i.territory, i.named
FROM issues_of i
LEFT JOIN held h ON h.chart = i.chart AND h.territory = i.territory AND h.issue_no = i.issue_no AND h.complete_for = i.subject
LEFT JOIN first_available f ON f.subject = i.subject
WHERE NOT i.held_whole AND h.issue_no IS NULL AND (f.first_day IS NULL OR f.first_day <= i.last_day)
  AND NOT EXISTS (SELECT 1 FROM decisive d WHERE d.n = i.n AND d.territory = i.territory AND {seen})
"""
_GAP_COUNT = """
SELECT n, count(*) AS issues, count(DISTINCT territory) AS territories, list(named ORDER BY named) AS missing
FROM gaps GROUP BY n
"""
# The lists held that could have the subject; a computed chart rests on those it ranks together.
_LISTS = """
SELECT i.n, count(DISTINCT i.territory) AS territories,
       list_sort(list(DISTINCT {snapshot_id: l.snapshot_id, evidence: l.evidence})) AS lists
FROM issues_of i
JOIN (SELECT DISTINCT chart, chart AS list FROM expected UNION SELECT chart, list FROM ranked_by) p ON p.chart = i.chart
JOIN issues l ON l.chart = p.list AND l.territory = i.territory AND l.last_day = i.last_day
             AND l.complete_for IN ('*', '', i.subject)
GROUP BY i.n
"""
_CONTEXT = f"""
SELECT a.n, low, high, missing, territories, lists, last_held, issues, is_period, first_first, first_last, last_first, last_last
FROM asked a
LEFT JOIN answer USING (n)
LEFT JOIN (SELECT n, missing FROM gap_count) USING (n)
LEFT JOIN ({_LISTS}) USING (n)
LEFT JOIN (SELECT a.n, max(x.last_day) AS last_held FROM asked a JOIN expected x ON {_OF_CHART} GROUP BY a.n) USING (n)
LEFT JOIN (
  SELECT n, count(DISTINCT last_day) AS issues, bool_or(is_period) AS is_period, min(first_day) AS first_first,
         min(last_day) AS first_last, max(first_day) AS last_first, max(last_day) AS last_last
  FROM issues_of GROUP BY n
) USING (n)
"""


@dataclass(frozen=True)
class ClaimType:
    """One kind of claim: `turns_on` says which issues of `expected` x a claim of `asked` a turns on."""

    kind: str
    turns_on: str
    decisive: str
    answer: str
    seen: str = "d.last_day = i.last_day"
    """Which decisive row d of the same territory makes a gap i harmless."""
    absent: str | None = None
    """What is said when no row was found on lists that are whole; None: the number found is 0."""
    one_issue: bool = False
    """Its figure is printed for one issue, so that the period must be that issue's."""


_IN_PERIOD = "x.last_day BETWEEN a.first_day AND a.last_day"
_ON_LIST = """
SELECT i.n, l.territory, l.last_day, l.rank, l.title, l.season, l.subject, l.line, l.snapshot_id, l.evidence
FROM issues_of i JOIN placed l USING (chart, territory, issue_no, subject)
"""
_FIGURES = """
SELECT i.n, o.measure, o.value, o.unit, l.territory, l.last_day, l.rank, l.title, l.season, l.subject, l.line, l.snapshot_id,
       l.evidence
FROM issues_of i
JOIN placed l USING (chart, territory, issue_no, subject)
JOIN observations o ON o.load_id = l.load_id AND o.line = l.line AND o.measure = '{measure}'
WHERE i.is_period
"""
_COUNTED = """
SELECT a.n, count(DISTINCT d.{counted}) AS low, low + coalesce(any_value(g.{could_add}), 0) AS high
FROM asked a LEFT JOIN decisive d USING (n) LEFT JOIN gap_count g USING (n) GROUP BY a.n
"""

TYPES: dict[str, ClaimType] = {
    **{
        kind: ClaimType(
            kind,
            turns_on="x.first_day <= a.last_day AND x.last_day >= a.first_day",
            decisive=_FIGURES.format(measure=kind),
            answer="SELECT n, min(value) AS low, max(value) AS high FROM decisive GROUP BY n",
            absent="no figure of it was printed",
            one_issue=True,
        )
        for kind in ("hours_viewed", "views")
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
    ),
    "weeks_on_chart": ClaimType(
        "weeks_on_chart",
        turns_on="x.last_day <= a.last_day",
        decisive=_ON_LIST,
        answer=_COUNTED.format(counted="last_day", could_add="issues"),
    ),
    "reach": ClaimType(
        "reach",
        turns_on=_IN_PERIOD,
        decisive=_ON_LIST,
        answer=_COUNTED.format(counted="territory", could_add="territories"),
        seen="true",
    ),
}


def ask(engine: Engine, claims: Sequence[Claim]) -> list[Found]:
    """What the data says of each claim, in their order; one round of queries for each kind among them."""
    answers: dict[int, Found] = {}
    for kind, claim_type in TYPES.items():
        numbered = [(n, claim) for n, claim in enumerate(claims) if claim.kind == kind]
        if numbered:
            answers |= _ask_kind(engine, claim_type, numbered)
    return [answers[n] for n in range(len(claims))]


def sql_of(kind: str) -> str:
    """The SQL a claim of that kind is answered with, for its receipt: shown, never run from there."""
    return "\n".join(f"-- {name}\n{sql.strip()}" for name, sql in _steps(TYPES[kind]).items())


def _steps(claim_type: ClaimType) -> dict[str, str]:
    return {
        "issues_of": _ISSUES_OF.format(turns_on=claim_type.turns_on),
        "decisive": claim_type.decisive,
        "gaps": _GAPS.format(seen=claim_type.seen),
        "gap_count": _GAP_COUNT,
        "answer": claim_type.answer,
    }


def _ask_kind(engine: Engine, claim_type: ClaimType, numbered: list[tuple[int, Claim]]) -> dict[int, Found]:
    rows = [
        {
            "n": n,
            "subject": claim.subject,
            "chart": claim.chart,
            "territory": claim.territory,
            "first_day": claim.period.first,
            "last_day": claim.period.last,
        }
        for n, claim in numbered
    ]
    engine.register("asked", pa.Table.from_pylist(rows, schema=_ASKED))
    for name, sql in _steps(claim_type).items():
        engine.step(name, sql)
    decisive: dict[int, list[dict[str, object]]] = {}
    for row in engine.query("SELECT * FROM decisive ORDER BY n, last_day, territory, line").to_pylist():
        decisive.setdefault(row.pop("n"), []).append(row)
    context = {row["n"]: row for row in engine.query(_CONTEXT).to_pylist()}
    return {n: _found(claim_type, claim, context[n], tuple(decisive.get(n, ()))) for n, claim in numbered}


def _found(
    claim_type: ClaimType, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]
) -> Found:
    if context["issues"] is None:
        return Found(reason=Reason.NO_DATA, note=f"no issue of {claim.chart} is held for the period")
    if claim_type.one_issue and not context["is_period"]:
        return Found(reason=Reason.AMBIGUOUS_PERIOD, note=_not_one_issue(context))
    missing = tuple(context["missing"] or ())
    open_end = not claim_type.one_issue and context["last_held"] < claim.period.last
    if open_end:
        missing = (*missing, f"every issue after {context['last_held']}")
    lists = () if claim_type.one_issue else tuple(context["lists"] or ())
    note = f"of {context['territories'] or 0} that had a list" if claim_type.kind == "reach" else ""
    if context["low"] is None:  # no row, and none is no number
        if missing:
            return Found(reason=Reason.NO_DATA, missing=missing)
        return Found(absent=True, note=claim_type.absent or "", lists=lists)
    low, high = (None if end is None else Decimal(str(end)) for end in (context["low"], context["high"]))
    assert low is not None
    if open_end and claim_type.kind == "rank":
        low = Decimal(1)
    elif open_end:
        high = None
    return Found(low, high, missing=missing, note=note, rows=rows, lists=lists)


def _not_one_issue(context: Mapping[str, Any]) -> str:
    first = Period(context["first_first"], context["first_last"])
    last = Period(context["last_first"], context["last_last"])
    there = f"covers {context['issues']}, from {first} to {last}" if first != last else f"is not that of {first}"
    return f"a figure is printed for one issue, and the period {there}"
