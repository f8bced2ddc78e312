"""Connectors: one file a producer, listed here in the order the documentation names them."""

from groundswell.core.errors import UsageError, nearest
from groundswell.core.protocol import Feed
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.netflix import COUNTRIES, GLOBAL
from groundswell.feeds.series_csv import SeriesCsv

KNOWN: tuple[Feed, ...] = (GLOBAL, COUNTRIES)
MAPPED: dict[str, type[ChartCsv | SeriesCsv]] = {ChartCsv.id: ChartCsv, SeriesCsv.id: SeriesCsv}
"""The feeds made from what `desk.toml` says of a file's columns."""


def feed(name: str) -> Feed:
    """The feed of that name; one that needs a mapping is made from `desk.toml` instead."""
    for known in KNOWN:
        if known.id == name:
            return known
    if name in MAPPED:
        raise UsageError(f"feed '{name}' is loaded as desk.toml maps it: add it there and run 'groundswell load --all'")
    raise UsageError(f"no feed '{name}'; {nearest(name, [*(f.id for f in KNOWN), *MAPPED])}")
