"""Charts: definitions, every column of every entry, one issue, territory reach."""

from groundswell.charts.definition import BUILT_IN, Chart, Charts, as_shown, figure_text, heading, read_chart
from groundswell.charts.issue import (
    Entry,
    Issue,
    Reach,
    ReachIssue,
    issue,
    issues,
    reach,
    reconcile_last_week,
    reconcile_weeks,
)
from groundswell.charts.movers import Mover, movers
from groundswell.charts.parts import Parts, parts
from groundswell.charts.placing import place

__all__ = [
    "BUILT_IN",
    "Chart",
    "Charts",
    "Entry",
    "Issue",
    "Mover",
    "Parts",
    "Reach",
    "ReachIssue",
    "as_shown",
    "figure_text",
    "heading",
    "issue",
    "issues",
    "movers",
    "parts",
    "place",
    "reach",
    "read_chart",
    "reconcile_last_week",
    "reconcile_weeks",
]
