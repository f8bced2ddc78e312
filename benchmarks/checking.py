"""Texts checked: one of two pages alone, passages as a set, and how the time goes into reading, resolving and asking."""

import json
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.data import shared_data
from benchmarks.mutations import of_lists
from groundswell.catalog import Catalog, code_of
from groundswell.charts import Charts
from groundswell.checker import Lists, check, check_all
from groundswell.checker.scan import scan
from groundswell.claims import Record
from groundswell.store import Store

PAGES, TIMES = 6_000, 5
"""Characters of two printed pages; how often one is read."""


def checking(folder: str) -> dict[str, float]:
    """One text of two pages, and passages a second as a set, in processor time; and how that time is shared."""
    with Store(Path(folder), code_of).open() as engine:
        lists = Lists(Record(engine, Catalog(), Charts()))
        passages = _passages(lists)
        pages = [_pages(passages, at) for at in range(TIMES)]
        check(passages[0][0], lists, passages[0][1])  # what is read once for all is read
        alone = median(_spent(partial(check, text, lists, day), time.process_time) for text, day in pages)
        checked: list[Any] = []
        whole = _spent(lambda: checked.extend(check_all(passages, lists)), time.process_time)
        reading = _spent(lambda: [scan(text, lists, day) for text, day in passages], time.process_time)
        asked = [one.asked for of in checked for one in of.claims]
        claims = list(dict.fromkeys(claim for one in asked for claim in (*one.claims, *one.probes.values())))
        asking = _spent(lambda: lists.record.judge(claims), time.process_time)
        return {
            "two pages, seconds of processor": alone,
            "claims on two pages": median(len(check(text, lists, day).claims) for text, day in pages),
            "passages a second": len(passages) / whole,
            "claims a second": len(asked) / whole,
            "marking, %": 100 * reading / whole,
            "asking, %": 100 * asking / whole,
            "whole to asking alone": whole / asking,
        }


def _passages(lists: Lists) -> list[tuple[str, date]]:
    """Press passages where the folder is, else sentences of our own about the lists."""
    if (data := shared_data()) is None:
        return [(one.text, one.released) for one in of_lists(lists, 100)]
    names = ("releases", "sentences", "errors", "abstain")
    lines = [
        line for name in names for line in (data.parent / "press" / f"{name}_dev.jsonl").read_text("utf-8").splitlines()
    ]
    return [(one["text"], date.fromisoformat(one["release_date"])) for one in map(json.loads, lines)]


def _pages(passages: list[tuple[str, date]], at: int) -> tuple[str, date]:
    text, released = "", passages[at * 50][1]
    for passage, _ in passages[at * 50 :]:
        if len(text) >= PAGES:
            break
        text += passage + "\n\n"
    return text, released


def _spent(job: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    began = clock()
    job()
    return clock() - began
