from datetime import date

import pyarrow as pa

from groundswell.core.rows import ENTRIES, ISSUES
from groundswell.feeds.issue import check_issues

_DAYS = {"w1": (date(2022, 4, 25), date(2022, 5, 1)), "w2": (date(2022, 5, 2), date(2022, 5, 8)), "": (None, None)}


def rows(*listed: tuple[str, int | None, str]) -> pa.Table:
    """Entries of one chart from (week, rank, title), on lines 2 and on."""
    return pa.Table.from_pylist(
        [
            {
                "chart": "made.up",
                "territory": "WW",
                "first_day": _DAYS[week][0],
                "last_day": _DAYS[week][1],
                "rank": rank,
                "title": title,
                "season": "",
                "line": line,
            }
            for line, (week, rank, title) in enumerate(listed, 2)
        ],
        schema=ENTRIES,
    )


def three(ranks: list[int]) -> str | None:
    """The lists of these tests have the ranks 1, 2 and 3."""
    return None if ranks == [1, 2, 3] else f"ranks {ranks}"


def held(issues: pa.Table) -> list[tuple[str, int, str]]:
    """The day, depth and wholeness of issues."""
    assert issues.schema == ISSUES
    return [(f"{i['last_day']:%m-%d}", i["depth"], i["complete_for"]) for i in issues.to_pylist()]


_WHOLE = (("w1", 1, "A"), ("w1", 2, "B"), ("w1", 3, "C"))


def test_a_list_with_all_its_ranks_is_whole() -> None:
    entries, issues, findings = check_issues(rows(*_WHOLE), pa.array([0, 1, 2]), "mon-sun", "*", three, ties=False)
    assert (entries["title"].to_pylist(), held(issues), findings) == (["A", "B", "C"], [("05-01", 3, "*")], [])


def test_a_list_that_lost_a_row_is_held_in_part_and_the_other_is_not_touched() -> None:
    table = rows(*_WHOLE, ("w2", 1, "A"), ("w2", None, "B"), ("w2", 3, "C"))
    entries, issues, findings = check_issues(table, pa.array([0, 1, 2, 3, 5]), "mon-sun", "*", three, ties=False)
    assert len(entries) == 5
    assert held(issues) == [("05-01", 3, "*"), ("05-08", 2, "")]
    assert findings == []  # the row's own finding says why


def test_a_hole_is_one_finding_at_the_lists_first_line() -> None:
    table = rows(*_WHOLE, ("w2", 3, "A"), ("w2", 1, "B"))
    _, issues, findings = check_issues(table, pa.array(range(5)), "mon-sun", "*", three, ties=False)
    assert held(issues)[1] == ("05-08", 2, "")
    [finding] = findings
    assert (finding.line, finding.column, finding.why) == (5, None, "ranks [1, 3]; held in part")
    assert "2022-05-08" in finding.found


def test_a_rank_claimed_twice_takes_both_out_where_there_are_no_ties() -> None:
    table = rows(("w1", 1, "A"), ("w1", 2, "B"), ("w1", 2, "C"))
    entries, issues, findings = check_issues(table, pa.array(range(3)), "mon-sun", "*", three, ties=False)
    assert (entries["title"].to_pylist(), held(issues)) == (["A"], [("05-01", 1, "")])
    assert [(finding.line, finding.found) for finding in findings] == [(3, "rank 2: B"), (4, "rank 2: C")]
    assert all(finding.why.endswith("not kept") for finding in findings)


def test_a_rank_claimed_twice_is_a_tie_where_the_producer_knows_them() -> None:
    table = rows(("w1", 1, "A"), ("w1", 2, "B"), ("w1", 2, "C"))
    entries, issues, findings = check_issues(table, pa.array(range(3)), "mon-sun", "*", three, ties=True)
    assert (len(entries), held(issues)) == (3, [("05-01", 3, "")])
    assert [finding.line for finding in findings] == [2]


def test_a_list_held_for_one_subject_is_whole_for_it_whatever_ranks_it_lacks() -> None:
    table = rows(("w1", 5, "A"), ("w2", None, ""))
    entries, issues, findings = check_issues(table, pa.array([0, 1]), "mon-sun", "a/s1", three, ties=False)
    assert (entries["title"].to_pylist(), findings) == (["A"], [])
    assert held(issues) == [("05-01", 1, "a/s1"), ("05-08", 0, "a/s1")]


def test_a_row_without_a_day_belongs_to_no_list() -> None:
    table = rows(*_WHOLE, ("", 1, "D"))
    entries, issues, _ = check_issues(table, pa.array([0, 1, 2]), "mon-sun", "*", three, ties=False)
    assert (len(entries), held(issues)) == (3, [("05-01", 3, "*")])


def test_no_rows_no_issues() -> None:
    entries, issues, findings = check_issues(rows(), pa.array([], pa.int64()), "mon-sun", "*", three, ties=False)
    assert (len(entries), len(issues), findings) == (0, 0, [])
