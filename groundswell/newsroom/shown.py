"""What of a receipt a page shows: who states it, and the first rows it rests on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from groundswell.catalog import name_of
from groundswell.claims.growth import NAMED
from groundswell.core.period import Period
from groundswell.core.rows import STATUS

_SHOWN = 12
_COLUMNS = {
    "last_day": "last day",
    "published_on": "list dated",
    "territory": "territory",
    "said_by": "by",
    "rank": "rank",
    "value": "figure",
}


def day_text(day: date) -> str:
    """`1 May 2022`."""
    return f"{day.day} {day:%B %Y}"


def day_of(moment: str) -> str:
    """The day of a moment in ISO form, in words."""
    return day_text(date.fromisoformat(moment[:10]))


def sentence(text: str) -> str:
    """The text with a capital first."""
    return text[:1].upper() + text[1:]


def stated_by(receipt: Mapping[str, Any] | None) -> str:
    """Whose rows it rests on: producer, title, how they came to us and since when they are known."""
    snapshots = (receipt or {}).get("snapshots", {}).values()
    origins = (
        f"{s['origin']['producer']}, {s['origin']['title']} ({s['origin']['status']}; known from {day_of(str(s['known_from']))})"
        for s in snapshots
    )
    return "; ".join(dict.fromkeys(origins))


def table(receipt: Mapping[str, Any] | None) -> tuple[list[str], list[list[str]]]:
    """The first rows a number rests on: what their columns are called, and their cells."""
    rows = (receipt or {}).get("rows", [])
    names = [name for name in _COLUMNS if any(row.get(name) not in (None, "") for row in rows)]
    return [_COLUMNS[name] for name in names], [[_cell(row, name) for name in names] for row in rows[:_SHOWN]]


def bases(receipt: Mapping[str, Any] | None) -> list[tuple[str, str, str, bool]]:
    """Of a growth what it is on other bases: what the base is called, its days, the growth, and whether it is the one named."""
    return [
        (
            f"{one['baseline']}, as {one['base_as']}" if one["baseline"] == NAMED else one["baseline"],
            Period(*map(date.fromisoformat, one["base"])).in_words(),
            one["says"],
            one.get("named", False),
        )
        for one in (receipt or {}).get("sensitivity", [])
    ]


def _cell(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if name == "territory":
        return name_of(str(value))
    if name in ("last_day", "published_on"):
        return day_of(str(value))
    if name == "value" and row.get("unit") == STATUS:
        return "yes" if value else "no"
    if name == "value":
        return f"{value:,} {row['unit']}" if isinstance(value, int) else f"{value} {row['unit']}"
    return str(value)
