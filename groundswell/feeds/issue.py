"""From entries to the issues they belong to: which lists a file holds, and which of them whole."""

from collections import Counter
from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.finding import Finding
from groundswell.core.rows import ENTRIES, EXACT, ISSUES, OBSERVATIONS

_KEY = ["chart", "territory", "first_day", "last_day"]
_NAME = ["chart", "territory", "last_day"]


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
    listed = pc.and_(good, pc.not_equal(rows["title"].combine_chunks(), ""))
    issues = _issues(rows, good, listed)
    whole, depth = issues["whole"].to_pylist(), issues["listed"].to_pylist()
    findings: list[Finding] = []
    drop: list[int] = []
    lines = rows["line"]
    for at, why in _faults(issues["ranks"], fault) if complete_for == "*" else ():
        name, first, ranks, of = (issues[column][at].as_py() for column in ("name", "first", "ranks", "rows"))
        shared = {rank for rank, times in Counter(ranks).items() if rank and times > 1}
        again = [] if ties else [row for row, rank in zip(of, ranks, strict=True) if rank in shared]
        drop += again
        findings += [Finding(lines[row].as_py(), None, _entry(rows, row), f"{why} ({name}); not kept") for row in again]
        if not again and whole[at]:
            findings.append(Finding(lines[first].as_py(), None, name, f"{why}; held in part"))
        whole[at] = False
        depth[at] -= len(again)

    if drop:
        listed = pc.and_(listed, pc.invert(pc.is_in(pa.arange(0, len(rows)), pa.array(drop, pa.int64()))))
    stand = pc.not_equal(issues["name"], "")
    table = rows.select(_KEY).take(issues["first"].filter(stand))
    columns = {
        **{name: table[name] for name in _KEY},
        "calendar": pa.repeat(pa.scalar(calendar, pa.string()), len(table)),
        "published_on": pa.nulls(len(table), pa.date32()),
        "depth": pa.array(depth, pa.int64()).filter(stand),
        "complete_for": pc.if_else(pa.array(whole, pa.bool_()), complete_for, "").filter(stand),
    }
    held = pa.table({name: columns[name] for name in ISSUES.names}, schema=ISSUES)
    entries = rows.select(ENTRIES.names)
    return entries if pc.all(listed).as_py() else entries.filter(listed), held, findings


def figures_beside(rows: pa.Table, entries: pa.Table, measure: str, unit: str, values: pa.Array) -> pa.Table:
    """One observation for each of `values`, a column beside `rows`, whose row is among the entries that stand."""
    present = pc.is_valid(values)
    if len(entries) < len(rows):
        present = pc.and_(present, pc.is_in(rows["line"], entries["line"].combine_chunks()))
    seen = rows.append_column("value", pc.cast(values, EXACT)).filter(present)
    columns = {
        **{name: seen[name] for name in seen.column_names},
        "measure": pa.array([measure] * len(seen), pa.string()),
        "unit": pa.array([unit] * len(seen), pa.string()),
    }
    return pa.table({name: columns[name] for name in OBSERVATIONS.names}, schema=OBSERVATIONS)


def _issues(rows: pa.Table, good: pa.Array, listed: pa.Array) -> pa.Table:
    """The issues that `rows` name, in the order of their first rows; an empty name where chart, territory or day is not known.

    `whole` while all its rows are good, `listed` the entries kept; `ranks` has for each of its `rows` the rank as text, empty
    where none is stated or the row is not kept.
    """
    number = pa.repeat(pa.scalar(0, pa.int64()), len(rows))
    for column in _NAME:
        coded = pc.dictionary_encode(rows[column].combine_chunks())
        number = pc.add(pc.multiply(number, len(coded.dictionary)), pc.cast(coded.indices, pa.int64()))
    issue = pc.dictionary_encode(pc.fill_null(number, -1)).indices
    order = pc.array_sort_indices(issue)  # stable: the rows of an issue stay in their order
    ends = _sums(pc.value_counts(issue).field("counts"))

    def count(mask: pa.Array) -> pa.Array:
        sums = _sums(pc.cast(mask.take(order), pa.int64())).take(ends)
        return pc.subtract(sums[1:], sums[:-1])

    first = order.take(ends[:-1])
    named = rows.select(_NAME).take(first)
    name = pc.binary_join_element_wise(*named.columns[:-1], pc.cast(named.columns[-1], pa.string()), " ")
    ranks = pc.fill_null(pc.cast(pc.if_else(listed, rows["rank"].combine_chunks(), None), pa.string()), "")
    return pa.table(
        {
            "name": pc.fill_null(name, ""),
            "first": first,
            "whole": pc.equal(count(pc.invert(good)), 0),
            "listed": count(listed),
            "ranks": pa.ListArray.from_arrays(ends, ranks.take(order)),
            "rows": pa.ListArray.from_arrays(ends, order),
        }
    )


def _sums(numbers: pa.Array) -> pa.Array:
    """0, then the sum of the numbers up to each."""
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cast(pc.cumulative_sum(numbers), pa.int32())])


def _faults(ranks: pa.ChunkedArray, fault: Callable[[list[int]], str | None]) -> Iterator[tuple[int, str]]:
    """The issues with a fault, and which; `fault` is asked once for each distinct list of ranks."""
    coded = pc.dictionary_encode(pc.binary_join(ranks.combine_chunks(), " "))
    whys = [fault(sorted(map(int, spelled.split()))) for spelled in coded.dictionary.to_pylist()]
    for issue, code in enumerate(coded.indices.to_pylist()):
        if (why := whys[code]) is not None:
            yield issue, why


def _entry(rows: pa.Table, row: int) -> str:
    return f"rank {rows['rank'][row]}: {rows['title'][row]}"[:80]
