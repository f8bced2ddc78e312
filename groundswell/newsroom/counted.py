"""What the figures of a list are made of, where that was kept: the days of its leaders, its regions, and which acts count."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup

from groundswell.catalog import name_of
from groundswell.charts import Entry, Issue, Parts, heading
from groundswell.claims import TYPES, Stated, say
from groundswell.core.document import csv_text
from groundswell.core.quantity import half_up
from groundswell.measures.profile import Profile
from groundswell.newsroom.day_lines import day_lines, swatch
from groundswell.newsroom.world import World, world
from groundswell.newsroom.world import swatch as shade_swatch

LEADERS = 3
_NAMED = 3
_UNDECLARED = "undeclared"
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Counted:
    """One issue, and the parts of every title's figure."""

    issue: Issue
    measure: str
    parts: Mapping[str, Parts]
    simulated: bool

    @property
    def days(self) -> list[date]:
        """The days of the issue."""
        period = self.issue.period
        return [period.first + timedelta(days=day) for day in range((period.last - period.first).days + 1)]

    @property
    def leaders(self) -> tuple[Entry, ...]:
        """The titles whose days are drawn."""
        return self.issue.entries[:LEADERS]

    def day_figure(self, *, narrow: bool) -> Markup:
        """The days of the leaders."""
        lines = [self.parts[entry.subject].days for entry in self.leaders]
        return Markup(  # escapes its title
            day_lines(self._said_of_days, self.days, lines, narrow=narrow, simulated=self.simulated)
        )

    def swatch(self, number: int) -> Markup:
        """The line of the leader of that number, for the key."""
        return Markup(swatch(number))

    def said(self, entry: Entry) -> str:
        """`437 interactions, most on Sunday 15 May (121)`."""
        days = self.parts[entry.subject].days
        most = max(days)
        peaks = [f"{day:%A} {day.day} {day:%B}" for day, value in zip(self.days, days, strict=True) if value == most]
        whole = amount(self.measure, sum(days))
        if len(peaks) > 2:
            return f"{whole}, on no day more than {most:,}"
        return f"{whole}, most on {' and '.join(peaks)} ({most:,}{' each' if len(peaks) > 1 else ''})"

    @property
    def _said_of_days(self) -> str:
        said = "; ".join(f"{number}: {e.title}, {self.said(e)}" for number, e in enumerate(self.leaders, 1))
        head = f"{heading(self.measure).capitalize()} by day of the titles that lead {self._of}"
        return f"{'Simulated. ' if self.simulated else ''}{head}. {said}."

    @property
    def _of(self) -> str:
        return f"{self.issue.chart.title}, {self.issue.period.in_words()}"

    @cached_property
    def regions(self) -> dict[str, int]:
        """Country → what all titles of the list have there, the most first."""
        found: dict[str, int] = {}
        for parts in self.parts.values():
            for code, value in parts.regions.items():
                found[code] = found.get(code, 0) + value
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], name_of(pair[0]))))

    @property
    def undeclared(self) -> int:
        """What declares no region."""
        return sum(parts.undeclared for parts in self.parts.values())

    @property
    def whole(self) -> int:
        """What all titles of the list have together."""
        return sum(parts.whole for parts in self.parts.values())

    @property
    def unknown(self) -> str:
        """`25.3% of the interactions (274 of 1,082) declare no region`."""
        share = half_up(Decimal(self.undeclared * 100) / self.whole, _TENTH) if self.whole else Decimal(0)
        return f"{share}% of the {heading(self.measure)} ({self.undeclared:,} of {self.whole:,}) declare no region"

    @cached_property
    def map(self) -> World | None:
        """The regions, drawn; None when no region is declared."""
        if not any(self.regions.values()):
            return None
        head = f"{heading(self.measure).capitalize()} by declared region of all titles of {self._of}"
        said = f"{'Simulated. ' if self.simulated else ''}{head}. {self.said_of_regions} {self.unknown}."
        return world(said, self.regions, simulated=self.simulated)

    @property
    def drawing(self) -> Markup:
        """The map."""
        assert self.map is not None
        return Markup(self.map.drawing)  # escapes its title

    @property
    def said_of_regions(self) -> str:
        """`Most: United Kingdom (303), United States (278), Philippines (134).`"""
        named = [f"{name_of(code)} ({value:,})" for code, value in [*self.regions.items()][:_NAMED] if value]
        return f"Most: {', '.join(named)}."

    def days_csv(self) -> str:
        """The days of every title, a row each."""
        return self._csv("day", lambda parts: zip(self.days, parts.days, strict=True))

    def regions_csv(self) -> str:
        """The declared regions of every title, a row each, and what declares none."""
        return self._csv("region", lambda parts: [*sorted(parts.regions.items()), (_UNDECLARED, parts.undeclared)])

    def _csv(self, of: str, rows_of: Callable[[Parts], Iterable[tuple[object, int]]]) -> str:
        rows = [
            (at, e.rank, e.subject, e.title, e.season, e.evidence, value)
            for e in self.issue.entries
            for at, value in rows_of(self.parts[e.subject])
        ]
        return csv_text([of, "rank", "subject", "title", "season", "evidence", self.measure], rows)

    def shade(self, number: int) -> Markup:
        """A colour of the map, for its key."""
        return Markup(shade_swatch(number))


def amount(measure: str, value: int) -> str:
    """A count in words: `437 interactions`."""
    if measure in TYPES:
        return say(Stated(measure, Decimal(value), Decimal(1), 0))
    return f"{value:,} {heading(measure)}"


_LEFT_OUT = {
    "self": "likes and reposts of one's own posts",
    "declared_bot": "acts of accounts that declare themselves automated",
    "inactive_account": "acts of accounts that are not active when the week settles",
    "new_account": "acts of accounts that began less than seven days before the week settles, where that was witnessed",
    "owned_account": "acts of a title's own accounts",
    "on_owned_post": "likes and reposts of posts of a title's own accounts",
    "copy_paste": "posts of the same words, but the first",
    "co_action": "acts of accounts set aside for review, since they act in step",
    "over_cap": "acts of one account for one title on one day beyond",
}


def left_out(profile: Profile) -> list[tuple[str, str]]:
    """Each reason for which a profile leaves acts out, and what it means."""
    found = []
    for reason in profile.leaves_out:
        words = _LEFT_OUT.get(reason, reason.replace("_", " "))
        if reason == "copy_paste" and (copies := profile.copies) is not None:
            minutes = int(copies.within.total_seconds()) // 60
            words += f": by {copies.in_all} accounts in a week, or by {copies.at_once} within {minutes} minutes"
        if reason == "co_action" and (step := profile.co_action) is not None:
            words += (
                f": groups of {step.accounts} or more, two and two on {step.posts} posts or more of a week, half of them "
                f"within {int(step.within.total_seconds())} seconds"
            )
        if reason == "over_cap":
            words += " " + ", ".join(f"{most} {kind}{'s' if most > 1 else ''}" for kind, most in profile.caps.items())
        found.append((reason, words))
    return found
