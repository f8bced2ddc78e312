"""Every column of every entry a store holds, as every question of Groundswell begins."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from groundswell.catalog import Catalog, code_of
from groundswell.charts import Charts, place
from groundswell.store import Store


def columns(folder: str) -> Callable[[str], list[Any]]:
    """Open the store as known now and place its entries: the table `placed`, ready to be asked."""
    engine = Store(Path(folder), code_of).open()
    place(engine, Catalog(), Charts())
    return lambda sql: [tuple(row.values()) for row in engine.query(sql).to_pylist()]
