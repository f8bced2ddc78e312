"""Charts: definitions, every column of every entry, one issue, territory reach."""

from groundswell.charts.definition import BUILT_IN, Chart, Charts, read_chart
from groundswell.charts.issue import Entry, Issue, Reach, ReachIssue, issue, issues, reach, reconcile_weeks
from groundswell.charts.placing import place

__all__ = [
    "BUILT_IN",
    "Chart",
    "Charts",
    "Entry",
    "Issue",
    "Reach",
    "ReachIssue",
    "issue",
    "issues",
    "place",
    "reach",
    "read_chart",
    "reconcile_weeks",
]
