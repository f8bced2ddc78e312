"""Snapshots, Delta tables and vintages, and the engine that answers over them."""

from groundswell.store.duckdb import DuckEngine
from groundswell.store.store import Loaded, Store, day_begins, moment_text

__all__ = ["DuckEngine", "Loaded", "Store", "day_begins", "moment_text"]
