"""Questions in sets: each claim type answers a table of claims in one query.

A type's SQL reads `asked` (n, kind, subject, chart, territory, first_day, last_day) and the tables of `charts.placing`.
Its `decisive` gives the rows a claim rests on, its `answer` the lowest and highest value they leave possible.
Definitions: docs/methods.md, "Claims".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from groundswell.claims.claim import Claim, Found
from groundswell.core.protocol import Engine
from groundswell.core.verdict import Reason

_ASKED = pa.schema(
    [
        ("n", pa.int64()),
        ("kind", pa.string()),
        ("subject", pa.string()),
        ("chart", pa.string()),
        ("territory", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
    ]
)

# One row for each issue a claim could turn on and which is not held whole for its subject.
_GAPS = """
SELECT a.n, x.territory, x.issue_no, x.first_day, x.last_day
FROM asked a
JOIN expected x ON x.chart = a.chart AND (a.territory = '*' OR x.territory = a.territory) AND NOT x.held_whole
LEFT JOIN held h ON h.chart = x.chart AND h.territory = x.territory AND h.issue_no = x.issue_no AND h.complete_for = a.subject
LEFT JOIN first_available f ON f.subject = a.subject
LEFT JOIN history on_it ON on_it.chart = x.chart AND on_it.territory = x.territory AND on_it.issue_no = x.issue_no
                       AND on_it.subject = a.subject
WHERE x.first_day <= a.last_day AND (x.last_day >= a.first_day OR a.kind = 'weeks_on_chart')
  AND h.issue_no IS NULL AND on_it.issue_no IS NULL AND (f.first_day IS NULL OR f.first_day <= x.last_day)
"""
# What is held at all of the chart (in the territory) within the period.
_HELD = """
SELECT a.n, count(DISTINCT (i.territory, i.last_day)) AS issues, count(DISTINCT i.territory) AS territories,
       max(i.last_day) AS last_held
FROM asked a
LEFT JOIN expected i ON i.chart = a.chart AND (a.territory = '*' OR i.territory = a.territory)
    AND i.first_day <= a.last_day AND (i.last_day >= a.first_day OR a.kind = 'weeks_on_chart')
LEFT JOIN held h ON h.chart = i.chart AND h.territory = i.territory AND h.issue_no = i.issue_no
    AND h.complete_for IN ('*', '', a.subject)
WHERE h.issue_no IS NOT NULL OR i.issue_no IS NULL
GROUP BY a.n
"""
_GAP_COUNT = """
SELECT n, count(*) AS issues, count(DISTINCT territory) AS territories,
       string_agg(DISTINCT CAST(last_day AS VARCHAR), ', ' ORDER BY CAST(last_day AS VARCHAR)) AS named
FROM gaps GROUP BY n
"""


@dataclass(frozen=True)
class ClaimType:
    """One kind of claim: `answer` gives n, low, high and note; `decisive` the rows it rests on, n first."""

    kind: str
    answer: str
    decisive: str
    absent: str | None = None
    """What is said when no row was found on lists that are whole; None: the number found is 0."""
    over_time: bool = True
    """Whether an issue after the last one held could still change the answer."""


_ON_LIST = """
SELECT a.n, l.territory, l.last_day, l.rank, l.title, l.season, l.subject, l.line, l.snapshot_id, l.evidence
FROM asked a JOIN listed l ON l.chart = a.chart AND l.subject = a.subject
    AND (a.territory = '*' OR l.territory = a.territory)
    AND l.last_day <= a.last_day AND (l.last_day >= a.first_day OR a.kind = 'weeks_on_chart')
"""
_FIGURES = """
SELECT a.n, o.measure, o.value, o.unit, l.territory, l.last_day, l.rank, l.title, l.season, l.subject, l.line, l.snapshot_id,
       l.evidence
FROM asked a
JOIN listed l ON l.chart = a.chart AND l.subject = a.subject AND l.territory = a.territory
    AND l.first_day = a.first_day AND l.last_day = a.last_day
JOIN observations o ON o.load_id = l.load_id AND o.line = l.line AND o.measure = a.kind
"""
_VALUE_ANSWER = "SELECT n, min(value) AS low, max(value) AS high FROM decisive GROUP BY n"

TYPES: dict[str, ClaimType] = {
    **{
        kind: ClaimType(kind, _VALUE_ANSWER, _FIGURES, absent="no figure of it was printed", over_time=False)
        for kind in ("hours_viewed", "views")
    },
    "rank": ClaimType(
        "rank",
        """
        SELECT d.n, CASE WHEN g.issues > 0 OR bool_or(d.rank IS NULL) THEN 1 ELSE min(d.rank) END AS low,
               min(d.rank) AS high
        FROM decisive d LEFT JOIN gap_count g USING (n) GROUP BY d.n, g.issues
        """,
        _ON_LIST,
        absent="it was not on the list",
    ),
    "weeks_on_chart": ClaimType(
        "weeks_on_chart",
        """
        SELECT n, count(DISTINCT d.last_day) AS low, count(DISTINCT d.last_day) + coalesce(any_value(g.issues), 0) AS high
        FROM decisive d LEFT JOIN gap_count g USING (n) GROUP BY n
        """,
        _ON_LIST,
    ),
    "reach": ClaimType(
        "reach",
        """
        SELECT n, count(DISTINCT d.territory) AS low, count(DISTINCT d.territory) + coalesce(any_value(u.territories), 0) AS high
        FROM decisive d LEFT JOIN unseen u USING (n) GROUP BY n
        """,
        _ON_LIST,
    ),
}
# Territories with a gap and without the subject: each could add one.
_UNSEEN = """
SELECT n, count(DISTINCT territory) AS territories
FROM gaps LEFT JOIN (SELECT DISTINCT n, territory, true AS counted FROM decisive) USING (n, territory)
WHERE counted IS NULL GROUP BY n
"""


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
    claim_type = TYPES[kind]
    return f"-- decisive\n{claim_type.decisive.strip()}\n-- answer\n{claim_type.answer.strip()}"


def _ask_kind(engine: Engine, claim_type: ClaimType, numbered: list[tuple[int, Claim]]) -> dict[int, Found]:
    rows = [
        {
            "n": n,
            "kind": claim.kind,
            "subject": claim.subject,
            "chart": claim.chart,
            "territory": claim.territory,
            "first_day": claim.period.first,
            "last_day": claim.period.last,
        }
        for n, claim in numbered
    ]
    engine.register("asked", pa.Table.from_pylist(rows, schema=_ASKED))
    engine.step("gaps", _GAPS)
    engine.step("gap_count", _GAP_COUNT)
    engine.step("decisive", claim_type.decisive)
    engine.step("unseen", _UNSEEN)
    answered = {row["n"]: row for row in engine.query(claim_type.answer).to_pylist()}
    held = {row["n"]: row for row in engine.query(_HELD).to_pylist()}
    gaps = {row["n"]: row for row in engine.query("SELECT * FROM gap_count").to_pylist()}
    decisive: dict[int, list[dict[str, object]]] = {}
    for row in engine.query("SELECT * FROM decisive ORDER BY n, last_day, territory, line").to_pylist():
        decisive.setdefault(row.pop("n"), []).append(row)
    return {
        n: _found(claim_type, claim, answered.get(n), held.get(n), gaps.get(n), tuple(decisive.get(n, ())))
        for n, claim in numbered
    }


def _found(
    claim_type: ClaimType,
    claim: Claim,
    answer: dict[str, object] | None,
    held: dict[str, object] | None,
    gap: dict[str, object] | None,
    rows: tuple[dict[str, object], ...],
) -> Found:
    last_held = held["last_held"] if held and held["issues"] else None
    if last_held is None and not rows:
        return Found(reason=Reason.NO_DATA, note=f"no issue of {claim.chart} is held for the period")
    missing = tuple(str(gap["named"]).split(", ")) if gap else ()
    later = claim_type.over_time and last_held is not None and str(last_held) < str(claim.period.last)
    if later:
        missing = (*missing, f"every issue after {last_held}")
    note = f"of {held['territories']} that had a list" if claim_type.kind == "reach" and held else ""
    if answer is None:
        if missing:
            return Found(
                Decimal(0),
                None,
                missing=missing,
                note=note,
                reason=None if claim_type.absent is None else Reason.NO_DATA,
            )
        if claim_type.absent is not None:
            return Found(absent=True, note=claim_type.absent)
        return Found(Decimal(0), Decimal(0), note=note)
    low, high = Decimal(str(answer["low"])), None if answer["high"] is None else Decimal(str(answer["high"]))
    if later:
        low, high = (Decimal(1), high) if claim_type.kind == "rank" else (low, None)
    return Found(low, high, missing=missing, note=note, rows=rows)
