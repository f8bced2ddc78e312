"""What a chart page shows: one issue, the weeks around it, and how it is measured."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from groundswell.charts import Chart, Entry, Issue, issues
from groundswell.claims import Record
from groundswell.core.origin import Evidence
from groundswell.newsroom.figure import Line, rank_lines

_AROUND, _AROUND_NARROW = 3, 2
"""Weeks before and after the issue that the lines show, and those that fit a narrow screen."""


@dataclass(frozen=True)
class ChartPage:
    """One page: an issue with its drawing, and the days of the issues before and after it."""

    issue: Issue
    weeks: tuple[date, ...]
    ranks: dict[str, tuple[int | None, ...]]
    before: date | None
    after: date | None
    held: int = 1
    """How many issues up to this one are held whole, one after the other."""

    @property
    def path(self) -> str:
        """Where the page lies below the site, a folder."""
        return issue_path(self.issue.chart.id, self.issue.period.last)

    def knows(self, streak: int) -> bool:
        """Whether no issue that is not held could make a streak of this length longer."""
        return streak < self.held or not self.issue.gaps

    @property
    def simulated(self) -> bool:
        """Whether any of its rows is simulated."""
        return any(entry.evidence == Evidence.SIMULATED for entry in self.issue.entries)

    @property
    def measures(self) -> list[str]:
        """The figures printed in the list: first the one it is ranked by."""
        issue = self.issue
        ranked_by = next((method.ranked_by for method in issue.chart.methods if method.id == issue.method), None)
        printed = {measure for entry in issue.entries for measure in entry.values}
        return sorted(printed, key=lambda measure: (measure != ranked_by, measure))

    def figure(self, *, narrow: bool) -> Markup:
        """The rank lines of the issue's titles over the weeks around it, fewer of them in the narrow drawing."""
        at = self.weeks.index(self.issue.period.last)
        shown = slice(max(0, at - _AROUND_NARROW), at + _AROUND_NARROW + 1) if narrow else slice(None)
        lines = [Line(label(entry), self.ranks[entry.subject][shown]) for entry in self.issue.entries]
        weeks = self.weeks[shown]
        depth = max((rank for line in lines for rank in line.ranks if rank is not None), default=10)
        title = (
            f"Ranks of the titles of {self.issue.chart.title}, {self.issue.period.in_words()}, over {len(weeks)} weeks"
        )
        marked = weeks.index(self.issue.period.last)
        return Markup(rank_lines(title, weeks, lines, depth, marked=marked, narrow=narrow))  # escapes its labels


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
    whole = [found for found in issues(record.engine, chart, territory) if found.complete_for == "*"]
    days = [found.period.last for found in whole]
    ranks: dict[str, dict[date, int | None]] = {}
    for found in whole:
        for entry in found.entries:  # in order of rank: of a title listed twice the better place stays
            ranks.setdefault(entry.subject, {}).setdefault(found.period.last, entry.rank)
    pages: list[ChartPage] = []
    held = 0
    for at, found in enumerate(whole):
        goes_on = not (at and found.gaps and found.gaps[-1] > whole[at - 1].period)
        held = held + 1 if goes_on else 1
        weeks = tuple(days[max(0, at - _AROUND) : at + _AROUND + 1])
        around = {entry.subject: tuple(ranks[entry.subject].get(week) for week in weeks) for entry in found.entries}
        before, after = (days[at - 1] if at else None), (days[at + 1] if at + 1 < len(days) else None)
        pages.append(ChartPage(found, weeks, around, before, after, held))
    return pages
