"""What both ways begin with when columns are measured; not measured itself."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.loading import load
from groundswell.catalog import by_rule, code_of, names_table
from groundswell.charts import Charts
from groundswell.store import Store

_HOMONYMS = pa.schema(
    [
        *((name, pa.string()) for name in ("chart", "title", "season", "territory")),
        *((name, pa.date32()) for name in ("valid_from", "valid_to")),
        *((name, pa.int64()) for name in ("rank", "weight")),
        ("work", pa.string()),
    ]
)


def prepare(countries: str, worldwide: str, folder: str, homonyms: str) -> Path:
    """A store of both files; and for the script by hand, which knows works by name, the names that mean several."""
    load("netflix.countries", countries, folder)
    tables = load("netflix.global", worldwide, folder)
    charts = Charts()
    with Store(Path(folder), code_of).open() as engine:
        printed = engine.query("SELECT DISTINCT chart, title, season FROM entries").to_pylist()
    names = ((row["chart"], charts.get(row["chart"]).kind, row["title"], row["season"]) for row in printed)
    exceptions = [row for row in names_table(names, ()).to_pylist() if row["weight"] >= 0]
    for row in exceptions:
        plain = by_rule(row["title"], row["season"], charts.get(row["chart"]).kind)
        row["work"] = "" if row["subject"] == plain else row["subject"]
    pq.write_table(pa.Table.from_pylist(exceptions, schema=_HOMONYMS), homonyms)
    return tables
