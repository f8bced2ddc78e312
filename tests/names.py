"""What the `names` table means, entry by entry: a naive second reading of it, beside the SQL in `groundswell.charts`."""

from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa

from groundswell.catalog import Kind, NameRow, names_table
from tests.oracle import Row

Meaning = Callable[[Row], str]
"""The subject id of an entry."""


def kind_of(chart: str) -> Kind:
    """What one of Netflix's lists lists."""
    return Kind.FILMS if "films" in chart else Kind.TV


def names_of(rows: Iterable[Row], own: tuple[NameRow, ...] = ()) -> pa.Table:
    """Groundswell's `names` table for these rows."""
    printed = {(row.chart, kind_of(row.chart), row.show, row.season) for row in rows}
    return names_table(sorted(printed), own)


def meaning(names: pa.Table) -> Meaning:
    """How the table reads an entry: the heaviest row that matches it; two that weigh the same are refused."""
    by_name: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for name in names.to_pylist():
        by_name.setdefault((name["chart"], name["title"], name["season"]), []).append(name)

    def matches(name: dict[str, Any], row: Row) -> bool:
        return (
            name["territory"] in (None, row.territory)
            and name["rank"] in (None, row.rank)
            and (name["valid_from"] is None or name["valid_from"] <= row.period_end)
            and (name["valid_to"] is None or name["valid_to"] >= row.period_end)
        )

    def subject(row: Row) -> str:
        matching = [name for name in by_name[row.chart, row.show, row.season] if matches(name, row)]
        by_weight = {int(name["weight"]): str(name["subject"]) for name in matching}
        if len(by_weight) < len(matching):
            raise ValueError(f"{row}: two names weigh the same")
        return by_weight[max(by_weight)]

    return subject
