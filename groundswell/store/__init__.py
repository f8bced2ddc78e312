"""Snapshots, Delta tables and vintages, and the engines that answer over them."""

from groundswell.store.duckdb import DuckEngine
from groundswell.store.spark import SparkEngine
from groundswell.store.store import Delivery, Loaded, Store, day_begins, moment_text

__all__ = ["Delivery", "DuckEngine", "Loaded", "SparkEngine", "Store", "day_begins", "moment_text"]
