"""The second engine beside the first: the same weeks from the same events, by DuckDB and by Spark on this machine."""

import resource
import subprocess
import time

from pyspark import SparkContext

from benchmarks import social
from groundswell.store import DuckEngine, SparkEngine


def spark(file: str, desk: str) -> dict[str, float]:
    """Seconds, and seconds of processor time, to start Spark, and to reduce a file's events by DuckDB and twice by Spark."""
    social.load(file, desk)
    began = time.perf_counter()
    with SparkEngine():
        found = {"start": time.perf_counter() - began, "start, processor": _of_spark()}
    results = []
    for name, engine in (("duckdb", DuckEngine), ("spark", SparkEngine), ("spark again", SparkEngine)):
        began, used = time.perf_counter(), _of_us() + _of_spark()
        results.append(social.reduce(desk, engine))
        found[name] = time.perf_counter() - began
        found[f"{name}, processor"] = _of_us() + _of_spark() - used
    assert results[0] == results[1] == results[2]
    return found


def _of_us() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _of_spark() -> float:
    """To the second."""
    process = str(SparkContext._gateway.proc.pid)
    said = subprocess.run(["ps", "-o", "cputimes=", "-p", process], capture_output=True, text=True, check=True)
    return float(said.stdout)
