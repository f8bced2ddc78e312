"""One job in one fresh process: `python -m benchmarks.run JOB ARGUMENT…`.

Says `done` the moment the result stands, then one line of JSON: what the process itself measured, and the result's check sums.
"""

import json
import resource
import sys
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa

from groundswell.core.collector import calm

JOBS = {
    "inputs": "benchmarks.data:inputs",
    "limits": "benchmarks.limits:limits",
    "prepare": "benchmarks.prepare:prepare",
    "load": "benchmarks.loading:load",
    "load by hand": "benchmarks.by_hand:load",
    "claims": "benchmarks.claims:claims",
    "checking": "benchmarks.checking:checking",
    "stories": "benchmarks.stories:stories",
    "linking": "benchmarks.linking:linking",
    "social inputs": "benchmarks.social:firehose",
    **{f"social {stage}": f"benchmarks.social:{stage}" for stage in ("parse", "load", "link", "reduce")},
    **{
        f"social {stage} by hand": f"benchmarks.social_by_hand:{stage}" for stage in ("parse", "load", "link", "reduce")
    },
    "live": "benchmarks.live:live",
    "spark": "benchmarks.spark:spark",
    "social pandas": "benchmarks.social_pandas:reduce",
    "viewing inputs": "benchmarks.viewing:inputs",
    **{f"viewing {stage}": f"benchmarks.viewing:{stage}" for stage in ("load", "reduce", "day")},
    **{f"viewing {stage} by hand": f"benchmarks.viewing_by_hand:{stage}" for stage in ("load", "reduce")},
    **{f"viewing {way}": f"benchmarks.viewing_by_hand:{way}" for way in ("scan", "polars", "pandas")},
    "columns": "benchmarks.columns:columns",
    "columns by hand": "benchmarks.by_hand:columns",
}


def main(job: str, *arguments: str) -> None:
    """Do the job and report."""
    module, _, function = JOBS[job].partition(":")
    work = getattr(import_module(module), function)
    pa.array([0])  # now, and so for every job: where pandas is installed, the first array of a process imports it
    calm()  # as the command line does; for both ways
    began, used = time.perf_counter(), time.process_time()
    result = work(*arguments)
    seconds, busy = time.perf_counter() - began, time.process_time() - used
    print("done", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    report = {"work": seconds, "cpu": busy, "peak": peak, "result": _plain(job, result)}
    print(json.dumps(report, default=str))


def _plain(job: str, result: Any) -> Any:
    if job.startswith(("load", "columns")):
        from benchmarks import sums

        return sums.of_load(result) if job.startswith("load") else sums.of_columns(result)
    if callable(result):
        return result()
    return result if isinstance(result, (dict, str, Path)) else asdict(result)


if __name__ == "__main__":
    main(*sys.argv[1:])
