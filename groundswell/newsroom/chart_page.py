"""What a chart page shows: one issue, the weeks around it, and how it is measured."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from groundswell.charts import Chart, Entry, Issue, issue
from groundswell.claims import Record
from groundswell.newsroom.figure import Line, rank_lines

_AROUND = 3
"""Weeks before and after the issue that the lines show."""

_WEEKS = """
SELECT chart, territory, first_day, last_day FROM expected WHERE chart = ? AND territory = ? AND held_whole ORDER BY last_day
"""
_RANKS = """
SELECT last_day, subject, min(rank) AS rank FROM placed WHERE chart = ? AND territory = ? GROUP BY ALL
"""


@dataclass(frozen=True)
class ChartPage:
    """One page: an issue with its drawing, and the days of the issues before and after it."""

    issue: Issue
    weeks: tuple[date, ...]
    ranks: dict[str, tuple[int | None, ...]]
    before: date | None
    after: date | None

    @property
    def path(self) -> str:
        """Where the page lies below the site, a folder."""
        return issue_path(self.issue.chart.id, self.issue.period.last)

    def figure(self, *, narrow: bool) -> Markup:
        """The rank lines of the issue's titles over the weeks around it."""
        lines = [Line(label(entry), self.ranks[entry.subject]) for entry in self.issue.entries]
        depth = max((rank for ranks in self.ranks.values() for rank in ranks if rank is not None), default=10)
        title = f"Ranks of the titles of {self.issue.chart.title}, {self.issue.period.in_words()}, over {len(self.weeks)} weeks"
        marked = self.weeks.index(self.issue.period.last)
        return Markup(rank_lines(title, self.weeks, lines, depth, marked=marked, narrow=narrow))  # escapes its labels


def issue_path(chart: str, last_day: date) -> str:
    """The folder of a chart page."""
    return f"charts/{chart}/{last_day.isoformat()}/"


def label(entry: Entry) -> str:
    """A title with its season, the title not said twice."""
    if not entry.season:
        return entry.title
    return entry.season if entry.season.startswith(entry.title) else f"{entry.title}: {entry.season}"


def chart_pages(record: Record, chart: Chart, territory: str = "WW") -> list[ChartPage]:
    """A page for every issue of a chart held whole, oldest first."""
    held = record.engine.query(_WEEKS, [chart.id, territory]).to_pylist()
    ranked: dict[str, dict[date, int | None]] = {}
    for row in record.engine.query(_RANKS, [chart.id, territory]).to_pylist():
        ranked.setdefault(row["subject"], {})[row["last_day"]] = row["rank"]
    days = [row["last_day"] for row in held]
    pages = []
    for at, day in enumerate(days):
        found = issue(record.engine, chart, territory, day)
        weeks = tuple(days[max(0, at - _AROUND) : at + _AROUND + 1])
        ranks = {entry.subject: tuple(ranked[entry.subject].get(week) for week in weeks) for entry in found.entries}
        before, after = (days[at - 1] if at else None), (days[at + 1] if at + 1 < len(days) else None)
        pages.append(ChartPage(found, weeks, ranks, before, after))
    return pages
