"""Readings that stand in no list, joined to subjects: the table `levels`.

    levels      measure, unit, subject, territory, first_day, last_day, value, title, season, line, load_id

Reads `observations` (the vintage asked about). Definition: docs/methods.md, "Series".
"""

from groundswell.catalog import Catalog, Kind, names_table
from groundswell.core.protocol import Engine

_LEVELS = """
SELECT o.measure, o.unit, n.subject, o.territory, o.first_day, o.last_day, o.value, o.title, o.season, o.line, o.load_id
FROM observations o
JOIN series_names n ON n.chart = o.measure AND n.title = o.title AND n.season = o.season AND n.rank IS NULL
  AND (n.territory IS NULL OR n.territory = o.territory)
  AND (n.valid_from IS NULL OR n.valid_from <= o.last_day) AND (n.valid_to IS NULL OR n.valid_to >= o.last_day)
WHERE o.chart = ''
QUALIFY row_number() OVER (PARTITION BY o.load_id, o.line, o.measure ORDER BY n.weight DESC) = 1
"""


def identify(engine: Engine, catalog: Catalog) -> None:
    """Make `levels` of everything the engine holds; a name's row is of a series when its scope matches the measure."""
    printed = engine.query("SELECT DISTINCT measure, title, season FROM observations WHERE chart = ''").to_pydict()
    distinct = zip(printed["measure"], printed["title"], printed["season"], strict=True)
    engine.register(
        "series_names", names_table(((of, Kind.ANY, title, season) for of, title, season in distinct), catalog.names)
    )
    engine.step("levels", _LEVELS)
