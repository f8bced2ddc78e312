"""From entries to the issues they belong to: which lists a file holds, and which of them whole."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.finding import Finding
from groundswell.core.rows import ENTRIES, ISSUES

_KEY = ["chart", "territory", "first_day", "last_day"]


@dataclass(slots=True)
class _Issue:
    name: str  # empty where chart, territory or day is not known
    row: int  # the row that names it
    whole: bool
    listed: int  # entries kept, ranked or not
    ranks: Sequence[int]  # of the entries kept that state one
    ranked: Sequence[int]  # their rows


def check_issues(
    rows: pa.Table,
    kept: pa.Array,
    calendar: str,
    complete_for: str,
    fault: Callable[[list[int]], str | None],
    *,
    ties: bool,
) -> tuple[pa.Table, pa.Table, list[Finding]]:
    """Entries that may stand, the issues of the file, and what is wrong with lists as lists.

    `rows` has the columns of an entry; `kept` are the indices of those without a finding. A row without a title says
    only that its list exists. `fault` says what is wrong with the sorted ranks of a list held for everyone, or None; there
    a rank that two rows claim takes both rows out, unless the producer knows `ties`. A list that lost a row or has a fault
    is held in part.
    """
    good = pc.is_in(pa.arange(0, len(rows)), kept)
    listed = pc.and_(good, pc.not_equal(rows["title"], ""))
    issues = _issues(rows, good, listed)
    findings: list[Finding] = []
    drop: list[int] = []
    known: dict[tuple[int, ...], str | None] = {}
    lines = rows["line"]
    for issue in issues if complete_for == "*" else ():
        ordered = tuple(sorted(issue.ranks))
        why = known[ordered] if ordered in known else known.setdefault(ordered, fault(list(ordered)))
        if why is None:
            continue
        shared = {rank for rank, times in Counter(ordered).items() if times > 1}
        again = [] if ties else [row for row, rank in zip(issue.ranked, issue.ranks, strict=True) if rank in shared]
        drop += again
        findings += [
            Finding(lines[row].as_py(), None, _entry(rows, row), f"{why} ({issue.name}); not kept") for row in again
        ]
        if not again and issue.whole:
            findings.append(Finding(lines[issue.row].as_py(), None, issue.name, f"{why}; held in part"))
        issue.whole = False
        issue.listed -= len(again)

    if drop:
        listed = pc.and_(listed, pc.invert(pc.is_in(pa.arange(0, len(rows)), pa.array(drop, pa.int64()))))
    stand = [issue for issue in issues if issue.name]
    table = rows.select(_KEY).take(pa.array([issue.row for issue in stand], pa.int64()))
    columns = {
        **{name: table[name] for name in _KEY},
        "calendar": pa.array([calendar] * len(stand), pa.string()),
        "published_on": pa.nulls(len(stand), pa.date32()),
        "depth": pa.array([issue.listed for issue in stand], pa.int64()),
        "complete_for": pa.array([complete_for if issue.whole else "" for issue in stand], pa.string()),
    }
    held = pa.table({name: columns[name] for name in ISSUES.names}, schema=ISSUES)
    return rows.select(ENTRIES.names).filter(listed), held, findings


def _issues(rows: pa.Table, good: pa.Array, listed: pa.Array) -> list[_Issue]:
    """The issues that `rows` name, in the order of their first rows."""
    key = pc.binary_join_element_wise(rows["chart"], rows["territory"], pc.cast(rows["last_day"], pa.string()), " ")
    coded = pc.dictionary_encode(pc.fill_null(key, "")).combine_chunks()
    every = pa.table(
        {"issue": coded.indices, "row": pa.arange(0, len(rows)), "rank": rows["rank"], "good": good, "listed": listed}
    )
    found = every.group_by("issue", use_threads=False).aggregate([("row", "min"), ("good", "all"), ("listed", "sum")])
    counted = (found[name].to_pylist() for name in ("row_min", "good_all", "listed_sum"))
    ranked = every.filter(pc.and_(listed, pc.is_valid(rows["rank"]))).group_by("issue", use_threads=False)
    lists = ranked.aggregate([("rank", "list"), ("row", "list")])
    ranks = {at: of for at, *of in zip(*(lists[name].to_pylist() for name in lists.column_names), strict=True)}
    return [
        _Issue(*of, *ranks.get(at, ((), ())))
        for at, of in enumerate(zip(coded.dictionary.to_pylist(), *counted, strict=True))
    ]


def _entry(rows: pa.Table, row: int) -> str:
    return f"rank {rows['rank'][row]}: {rows['title'][row]}"[:80]
