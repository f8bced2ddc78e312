"""What a chart page shows: one issue, the weeks around it, what its figures are made of, and how it is measured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from markupsafe import Markup

from groundswell.charts import Chart, Entry, Issue, Parts, issues, parts
from groundswell.claims import Record
from groundswell.core.origin import Evidence
from groundswell.core.quantity import counted
from groundswell.core.reduction import Reduction
from groundswell.newsroom.counted import Counted
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
    parts: Mapping[str, Parts] = field(default_factory=dict)
    """Subject → what its figure is made of, where that was kept."""
    reduction: Reduction | None = None
    """What the issue was loaded from, where it was counted from events."""

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
    def ranked_by(self) -> str | None:
        """The figure the list is ranked by, where that is known."""
        return next((method.ranked_by for method in self.issue.chart.methods if method.id == self.issue.method), None)

    @property
    def measures(self) -> list[str]:
        """The figures printed in the list: first the one it is ranked by."""
        return sorted(self._printed - {*self.issue.chart.apart}, key=lambda of: (of != self.ranked_by, of))

    @property
    def apart(self) -> list[str]:
        """The figures printed in a table of their own, as the chart orders them."""
        return [measure for measure in self.issue.chart.apart if measure in self._printed]

    @property
    def _printed(self) -> set[str]:
        return {measure for entry in self.issue.entries for measure in entry.values}

    @cached_property
    def counted(self) -> Counted | None:
        """What the figures are made of, where that is known of every title of the list."""
        if self.ranked_by is None or not self.issue.entries:
            return None
        if any(entry.subject not in self.parts for entry in self.issue.entries):
            return None
        return Counted(self.issue, self.ranked_by, self.parts, self.simulated)

    @property
    def left_out(self) -> dict[str, dict[str, int]]:
        """Title → reason → acts not counted, of the titles whose figures may be shown."""
        if self.reduction is None:
            return {}
        shown = {entry.title for entry in self.issue.entries if entry.values}
        return {one.title: one.left_out for one in self.reduction.entries if one.title in shown}

    @property
    def reasons(self) -> list[str]:
        """Why acts of any title were not counted."""
        return list(dict.fromkeys(reason for of in self.left_out.values() for reason in of))

    def figure(self, *, narrow: bool) -> Markup:
        """The rank lines of the issue's titles over the weeks around it, fewer of them in the narrow drawing."""
        at = self.weeks.index(self.issue.period.last)
        shown = slice(max(0, at - _AROUND_NARROW), at + _AROUND_NARROW + 1) if narrow else slice(None)
        lines = [Line(label(entry), self.ranks[entry.subject][shown]) for entry in self.issue.entries]
        weeks = self.weeks[shown]
        depth = max((rank for line in lines for rank in line.ranks if rank is not None), default=10)
        over = counted(len(weeks), "week")
        title = f"Ranks of the titles of {self.issue.chart.title}, {self.issue.period.in_words()}, over {over}"
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


def chart_pages(
    record: Record,
    chart: Chart,
    territory: str = "WW",
    reduction_of: Callable[[str], Reduction | None] = lambda _: None,
) -> list[ChartPage]:
    """A page for every issue of a chart held whole, oldest first; `reduction_of` reads a snapshot that is one."""
    whole = [found for found in issues(record.engine, chart, territory) if found.complete_for == "*"]
    days = [found.period.last for found in whole]
    ranks: dict[str, dict[date, int | None]] = {}
    for found in whole:
        for entry in found.entries:  # in order of rank: of a title listed twice the better place stays
            ranks.setdefault(entry.subject, {}).setdefault(found.period.last, entry.rank)
    made_of = parts(record.engine, chart, territory)
    pages: list[ChartPage] = []
    held = 0
    for at, found in enumerate(whole):
        goes_on = not (at and found.gaps and found.gaps[-1] > whole[at - 1].period)
        held = held + 1 if goes_on else 1
        weeks = tuple(days[max(0, at - _AROUND) : at + _AROUND + 1])
        around = {entry.subject: tuple(ranks[entry.subject].get(week) for week in weeks) for entry in found.entries}
        before, after = (days[at - 1] if at else None), (days[at + 1] if at + 1 < len(days) else None)
        reduction = reduction_of(found.entries[0].snapshot) if found.entries else None
        of = made_of.get(found.period.last, {})
        pages.append(ChartPage(found, weeks, around, before, after, held, of, reduction))
    return pages
