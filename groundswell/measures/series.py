"""Readings that stand in no list, joined to subjects, and those worked out from them.

    parts     measure, unit, territory, first_day, last_day, title, season, value, said_by, line, load_id, subject: rows as printed
    levels    the same without `said_by`, with had, out_of, since, part and part_since: readings as printed, and derived ones
              (measures/derived.py)
    withheld  as `parts`, of readings that may not be shown themselves, only a per cent made of them
    shown     measure, since, value → low, high, how: what may stand behind a value of a counter that is shown in part

Reads `observations`, `observations_withheld` and `reviews` (the vintage asked about). Definition: docs/methods.md, "Series".
"""

from collections.abc import Sequence

import pyarrow as pa

from groundswell.catalog import Catalog, Kind, names_table
from groundswell.core.protocol import Engine
from groundswell.measures.books import SUMS, UNITS
from groundswell.measures.counter import COUNTERS, shown_table
from groundswell.measures.critics import critics
from groundswell.measures.derived import Derived

DERIVED: tuple[Derived, ...] = (critics(), SUMS)
_KINDS = pa.schema([("subject", pa.string()), ("kind", pa.string())])
_PRINTED = """
SELECT measure, unit, territory, first_day, last_day, title, season, value, NULL::VARCHAR AS said_by, line, load_id
FROM observations WHERE chart = ''
"""
_PARTS = """
SELECT p.*, n.subject
FROM {printed} p
JOIN series_names n ON n.chart = p.measure AND n.title = p.title AND n.season = p.season AND n.rank IS NULL
  AND (n.territory IS NULL OR n.territory = p.territory)
  AND (n.valid_from IS NULL OR n.valid_from <= p.last_day) AND (n.valid_to IS NULL OR n.valid_to >= p.last_day)
QUALIFY row_number() OVER (PARTITION BY p.load_id, p.line, p.measure ORDER BY n.weight DESC) = 1
"""
_READINGS = """
SELECT * EXCLUDE (said_by), NULL::BIGINT AS had, NULL::BIGINT AS out_of, NULL::DATE AS since,
       NULL::VARCHAR AS part, NULL::DATE AS part_since
FROM parts WHERE NOT list_contains([{parts_alone}]::VARCHAR[], measure)
"""
_VOLUMES = f"""
SELECT subject, count(DISTINCT (title, season)) AS volumes FROM series_names
WHERE chart = '{UNITS}' AND weight >= 0 GROUP BY subject
"""
_NAMED = "SELECT measure, title, season FROM printed UNION SELECT measure, title, season FROM observations_withheld"


def identify(engine: Engine, catalog: Catalog, derived: Sequence[Derived] = DERIVED) -> None:
    """Make all four of everything the engine holds; a name's row is of a series when its scope matches the measure."""
    engine.step("printed", " UNION ALL BY NAME ".join([_PRINTED, *(of.rows for of in derived if of.rows)]))
    named = engine.query(_NAMED).to_pydict()
    distinct = {*zip(named["measure"], named["title"], named["season"], strict=True)}
    if UNITS in named["measure"]:  # a volume nobody has a reading of is missing, not nothing
        distinct |= {(UNITS, row.title, row.season) for row in catalog.names if row.scope == UNITS and row.is_always}
    engine.register(
        "series_names",
        names_table(((of, Kind.ANY, title, season) for of, title, season in sorted(distinct)), catalog.names),
    )
    engine.step("volumes", _VOLUMES)
    engine.step("parts", _PARTS.format(printed="printed"))
    engine.step("withheld", _PARTS.format(printed="observations_withheld"))
    engine.drop("printed")
    kinds = [{"subject": subject.id, "kind": subject.kind} for subject in catalog.subjects.values()]
    engine.register("kinds", pa.Table.from_pylist(kinds, schema=_KINDS))
    made = [made for made in derived if {*made.of} & {*named["measure"]}]
    for one in made:
        for name, sql in one.steps.items():
            engine.step(name, sql)
    parts_alone = ", ".join(f"'{measure}'" for one in made if one.instead for measure in one.of)
    engine.step(
        "levels",
        " UNION ALL BY NAME ".join([_READINGS.format(parts_alone=parts_alone), *(one.readings for one in made)]),
    )
    measures = ", ".join(f"'{counter.measure}'" for counter in COUNTERS)
    values = engine.query(
        f"SELECT DISTINCT measure, value FROM levels WHERE measure IN ({measures}) AND value IS NOT NULL"
    )
    engine.register("shown", shown_table(zip(*values.to_pydict().values(), strict=True)))


def steps_of(measure: str) -> dict[str, str]:
    """The SQL a derived measure is worked out with, for a receipt; of any other measure none."""
    return {
        name: sql
        for one in DERIVED
        if measure in one.measures
        for name, sql in {**({"rows": one.rows} if one.rows else {}), **one.steps, "levels": one.readings}.items()
    }
