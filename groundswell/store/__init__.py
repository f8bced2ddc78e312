"""Snapshots, Delta tables and vintages, and the engines that answer over them."""

from groundswell.store.duckdb import DuckEngine
from groundswell.store.spark import SparkEngine
from groundswell.store.store import Loaded, Store, day_begins, moment_text

__all__ = ["DuckEngine", "Loaded", "SparkEngine", "Store", "day_begins", "moment_text"]
