"""From entries to the issues they belong to: which lists a file holds, and which of them whole."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.finding import Finding
from groundswell.core.rows import ENTRIES, ISSUES

_KEY = ["chart", "territory", "first_day", "last_day"]


@dataclass
class _Issue:
    row: int  # the row that names it
    ranked: list[int] = field(default_factory=list)  # rows kept that state a rank
    listed: int = 0  # entries kept, ranked or not
    whole: bool = True


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
    key = pc.binary_join_element_wise(rows["chart"], rows["territory"], pc.cast(rows["last_day"], pa.string()), " ")
    coded = pc.dictionary_encode(pc.fill_null(key, "")).combine_chunks()
    codes, names = coded.indices.to_pylist(), coded.dictionary.to_pylist()
    ranks, titled = rows["rank"].to_pylist(), pc.not_equal(rows["title"], "").to_pylist()
    issues: dict[int, _Issue] = {}
    keep = set(kept.to_pylist())
    for row, code in enumerate(codes):
        issue = issues.setdefault(code, _Issue(row))
        if row not in keep:
            issue.whole = False
        elif titled[row]:
            issue.listed += 1
            if ranks[row] is not None:
                issue.ranked.append(row)

    findings, drop = [], set[int]()
    known: dict[tuple[int, ...], str | None] = {}
    lines = rows["line"]
    for code, issue in issues.items():
        if complete_for != "*":
            continue
        ordered = tuple(sorted(ranks[row] for row in issue.ranked))
        why = known[ordered] if ordered in known else known.setdefault(ordered, fault(list(ordered)))
        if why is None:
            continue
        shared = {rank for rank, times in Counter(ordered).items() if times > 1}
        again = [] if ties else [row for row in issue.ranked if ranks[row] in shared]
        drop.update(again)
        findings += [
            Finding(lines[row].as_py(), None, _entry(rows, row), f"{why} ({names[code]}); not kept") for row in again
        ]
        if not again and issue.whole:
            findings.append(Finding(lines[issue.row].as_py(), None, names[code], f"{why}; held in part"))
        issue.whole = False
        issue.listed -= len(again)

    entries = pa.array([row for row in sorted(keep - drop) if titled[row]], pa.int64())
    stand = [(code, issue) for code, issue in issues.items() if names[code]]
    table = rows.select(_KEY).take(pa.array([issue.row for _, issue in stand], pa.int64()))
    columns = {
        **{name: table[name] for name in _KEY},
        "calendar": pa.array([calendar] * len(stand), pa.string()),
        "published_on": pa.nulls(len(stand), pa.date32()),
        "depth": pa.array([issue.listed for _, issue in stand], pa.int64()),
        "complete_for": pa.array([complete_for if issue.whole else "" for _, issue in stand], pa.string()),
    }
    held = pa.table({name: columns[name] for name in ISSUES.names}, schema=ISSUES)
    return rows.select(ENTRIES.names).take(entries), held, findings


def _entry(rows: pa.Table, row: int) -> str:
    return f"rank {rows['rank'][row]}: {rows['title'][row]}"[:80]
