"""Who rose and who fell from one issue of a chart to the next, by the figure it is ranked by."""

from dataclasses import dataclass
from decimal import Decimal

from groundswell.charts.issue import Entry, Issue


@dataclass(frozen=True)
class Mover:
    """An entry that was in the issue before too, and how its figure changed."""

    entry: Entry
    before: Decimal
    now: Decimal
    meaningful: bool
    """Whether the change is as large as the smallest one that means something."""

    @property
    def change(self) -> Decimal:
        """The figure less the one before."""
        return self.now - self.before


def movers(issue: Issue, before: Issue, measure: str, least: Decimal) -> list[Mover]:
    """The entries of both issues that have the figure, the largest rise first, the largest fall last.

    `least` is the smallest change that means something. Nothing is said of an entry that was not in the issue before.
    """
    had = {entry.subject: Decimal(entry.values[measure]) for entry in before.entries if measure in entry.values}
    both = [
        (entry, had[entry.subject], Decimal(entry.values[measure]))
        for entry in issue.entries
        if entry.subject in had and measure in entry.values
    ]
    moved = [Mover(entry, then, now, abs(now - then) >= least) for entry, then, now in both]
    return sorted(moved, key=lambda one: (-one.change, one.entry.subject))
