"""Questions in sets: each claim type answers a table of claims in one round of queries.

A kind is a `ClaimType` (claims/placed.py), of a chart, or of a measure that stands in no list: a `SeriesType`
(claims/level.py), the `AudienceType` (claims/audience.py), the `GrowthType` (claims/growth.py).
Each reads `asked`, and makes `decisive`, the rows its claims rest on, and what its `context` asks for.

Definitions: docs/methods.md, "Claims".
"""

from collections.abc import Sequence

import pyarrow as pa

from groundswell.claims.audience import AUDIENCE
from groundswell.claims.claim import Claim, Found
from groundswell.claims.growth import GROWTH, GrowthType
from groundswell.claims.level import SERIES, SeriesType
from groundswell.claims.placed import OF_CHART, ClaimType
from groundswell.core.protocol import Engine
from groundswell.measures.series import steps_of

_ASKED = pa.schema(
    [
        ("n", pa.int64()),
        ("subject", pa.string()),
        ("chart", pa.string()),
        ("territory", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("measure", pa.string()),
        ("unit", pa.string()),
        ("versus", pa.string()),
        ("since", pa.date32()),
        ("among_all", pa.bool_()),
        ("base_first", pa.date32()),
    ]
)

TYPES: dict[str, ClaimType | SeriesType | GrowthType] = {**OF_CHART, **SERIES, GROWTH.kind: GROWTH, **AUDIENCE}


def ask(engine: Engine, claims: Sequence[Claim]) -> list[Found]:
    """What the data says of each claim, in their order; one round of queries for each kind among them."""
    answers: dict[int, Found] = {}
    for kind, claim_type in TYPES.items():
        numbered = [(n, claim) for n, claim in enumerate(claims) if claim.kind == kind]
        if numbered:
            answers |= _ask_kind(engine, claim_type, numbered)
    return [answers[n] for n in range(len(claims))]


def sql_of(kind: str, measure: str = "") -> str:
    """The SQL a claim of that kind and measure is answered with, for its receipt: shown, never run from there."""
    steps = [*steps_of(measure).items(), *TYPES[kind].steps().items()]
    return "\n".join(f"-- {name}\n{sql.strip()}" for name, sql in steps)


def _ask_kind(
    engine: Engine, claim_type: ClaimType | SeriesType | GrowthType, numbered: list[tuple[int, Claim]]
) -> dict[int, Found]:
    claims = [claim for _, claim in numbered]
    columns = {
        "n": [n for n, _ in numbered],
        "subject": [claim.subject for claim in claims],
        "chart": [claim.chart for claim in claims],
        "territory": [claim.territory for claim in claims],
        "first_day": [claim.period.first for claim in claims],
        "last_day": [claim.period.last for claim in claims],
        "measure": [claim.measure or claim.stated.measure or claim.kind for claim in claims],
        "unit": [claim_type.unit or claim.stated.measure for claim in claims],
        "versus": [claim.versus for claim in claims],
        "since": [claim.stated.since for claim in claims],
        "among_all": [claim_type.among_all] * len(claims),
        "base_first": [claim.base.first if claim.base else None for claim in claims],
    }
    engine.register("asked", pa.table(columns, schema=_ASKED))
    for name, sql in claim_type.steps().items():
        engine.step(name, sql)
    decisive: dict[int, list[dict[str, object]]] = {}
    for row in engine.query("SELECT * FROM decisive ORDER BY n, last_day, territory, line, snapshot_id").to_pylist():
        decisive.setdefault(row.pop("n"), []).append(row)
    context = {row["n"]: row for row in engine.query(claim_type.context).to_pylist()}
    loads = {
        row.pop("load_id"): row for row in engine.query("SELECT load_id, snapshot_id, evidence FROM loads").to_pylist()
    }
    for row in context.values():
        row["lists"] = [loads[load_id] for load_id in row.get("lists") or ()]
    return {n: claim_type.found(claim, context[n], tuple(decisive.get(n, ()))) for n, claim in numbered}
