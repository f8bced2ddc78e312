"""An independent oracle of docs/methods.md, "Claims", "Issues, gaps and wholeness" and "What a stated number allows".

It shares no code with the package and is naive on purpose: a claim is judged by trying the values that are possible.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

EVIDENCE = ("published", "captured", "simulated")
"""Strongest first."""
ENDLESS, FAR = 10**9, 60
"""Stands for no bound; and how far above the lowest value the words of a test can reach."""


@dataclass(frozen=True)
class Entry:
    """A row of a list: its rank where stated, and the figures printed beside it."""

    rank: int | None
    figures: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """One list that is held: `whole_for` is "*" for everyone, else the subjects it is whole for; none is in part."""

    territory: str
    last_day: date
    entries: dict[str, Entry]
    whole_for: tuple[str, ...]
    evidence: str

    def is_whole_for(self, subject: str) -> bool:
        """Whether the subject's absence says anything."""
        return "*" in self.whole_for or subject in self.whole_for

    def could_have(self, subject: str) -> bool:
        """Whether the list is one of everyone, whole or in part, or of this subject."""
        return not self.whole_for or self.is_whole_for(subject)


@dataclass(frozen=True)
class Chart:
    """A weekly chart: the issues held, and what is known of those that are not."""

    issues: tuple[Issue, ...]
    since: date | None = None
    not_published: frozenset[date] = frozenset()

    def at(self, territory: str, day: date) -> Issue | None:
        """The issue of that territory and last day, where it is held."""
        return next((i for i in self.issues if (i.territory, i.last_day) == (territory, day)), None)

    def territories(self) -> list[str]:
        """Those of which any issue is held."""
        return sorted({issue.territory for issue in self.issues})

    def expected(self, territory: str) -> list[date]:
        """The last days of the issues the calendar expects in a territory."""
        held = [issue.last_day for issue in self.issues if issue.territory == territory]
        if not held:
            return []
        first_of_chart = min(issue.last_day for issue in self.issues)
        first = min(held)
        if self.since is not None:
            first_published = self.since
            while first_published in self.not_published:
                first_published += timedelta(weeks=1)
            if first_of_chart > first_published:
                first = first_published
        weeks = (max(held) - first).days // 7
        days = [first + timedelta(weeks=week) for week in range(weeks + 1)]
        return [day for day in days if day not in self.not_published]


@dataclass(frozen=True)
class Asked:
    """A claim without its words: `territory` is "*" for all of them."""

    kind: str
    subject: str
    territory: str
    first: date
    last: date


@dataclass(frozen=True)
class Answer:
    """Every value that is possible, or None where nothing is known; `off` when the subject was on none of the whole lists."""

    values: Sequence[int] | None
    off: bool = False
    missing: tuple[str, ...] = ()
    evidence: str | None = None


def ask(chart: Chart, asked: Asked, available: date | None = None) -> Answer:
    """What the lists leave possible; `available` is the subject's first available day, where known."""
    territories = chart.territories() if asked.territory == "*" else [asked.territory]
    if asked.kind in ("hours_viewed", "views"):
        return _figure(chart, asked)

    def concerns(day: date) -> bool:
        return day <= asked.last and (asked.kind == "weeks_on_chart" or asked.first <= day)

    on: list[tuple[str, date, int | None]] = []
    gaps: list[tuple[str, date]] = []
    evidence_of_lists: list[str] = []
    any_expected = False
    for territory in territories:
        for day in filter(concerns, chart.expected(territory)):
            any_expected = True
            issue = chart.at(territory, day)
            if issue is not None and asked.subject in issue.entries:
                on.append((territory, day, issue.entries[asked.subject].rank))
            elif (issue is None or not issue.is_whole_for(asked.subject)) and (available is None or available <= day):
                gaps.append((territory, day))
            if issue is not None and issue.could_have(asked.subject):
                evidence_of_lists.append(issue.evidence)
    if not any_expected:
        return Answer(None)
    last_held = max((day for territory in territories for day in chart.expected(territory)), default=date.min)
    is_open = last_held < asked.last
    evidence = max(evidence_of_lists, key=EVIDENCE.index, default=None)
    if asked.kind == "reach":
        reached = {territory for territory, _, _ in on}
        gaps = [(territory, day) for territory, day in gaps if territory not in reached]
        low, could_add = len(reached), len({territory for territory, _ in gaps})
    else:
        low, could_add = len({day for _, day, _ in on}), len(gaps)
    named = [f"{day} {territory}" if asked.territory == "*" else str(day) for territory, day in gaps]
    missing = (*sorted(named), *([f"every issue after {last_held}"] if is_open else []))
    if asked.kind == "rank":
        if not on:
            return Answer(None, off=not gaps and not is_open, missing=missing, evidence=evidence)
        ranks = [rank for _, _, rank in on if rank is not None]
        worst = min(ranks) if ranks else ENDLESS
        best = 1 if gaps or is_open or len(ranks) < len(on) else worst
        return Answer(range(best, worst + 1), missing=missing, evidence=evidence)
    return Answer(range(low, (ENDLESS if is_open else low + could_add) + 1), missing=missing, evidence=evidence)


def _figure(chart: Chart, asked: Asked) -> Answer:
    issue = chart.at(asked.territory, asked.last)
    if issue is None or asked.first != asked.last - timedelta(days=6) or asked.subject not in issue.entries:
        return Answer(None)
    value = issue.entries[asked.subject].figures.get(asked.kind)
    return Answer(None) if value is None else Answer([value], evidence=issue.evidence)


HEDGES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "more than": lambda x, v: x > v,
    "over": lambda x, v: x > v,
    "in excess of": lambda x, v: x > v,
    "at least": lambda x, v: x >= v,
    "less than": lambda x, v: x < v,
    "fewer than": lambda x, v: x < v,
    "under": lambda x, v: x < v,
    "at most": lambda x, v: x <= v,
    "up to": lambda x, v: x <= v,
    "no more than": lambda x, v: x <= v,
    "about": lambda x, v: abs(x - v) <= v / 10,
    "around": lambda x, v: abs(x - v) <= v / 10,
    "roughly": lambda x, v: abs(x - v) <= v / 10,
    "just over": lambda x, v: v < x <= v + v / 10,
    "just more than": lambda x, v: v < x <= v + v / 10,
    "nearly": lambda x, v: v - v / 10 <= x < v,
    "almost": lambda x, v: v - v / 10 <= x < v,
}


def allowed(hedge: str, value: Fraction, step: Fraction) -> list[Callable[[Fraction], bool]]:
    """The readings of a stated number whose last digit is worth `step`: of each, whether it allows a value."""
    if hedge:
        return [lambda x: HEDGES[hedge](x, value)]
    if step == 1:
        return [lambda x: x == value]
    rounded: Callable[[Fraction], bool] = lambda x: value - step / 2 <= x < value + step / 2  # noqa: E731
    cut_off: Callable[[Fraction], bool] = lambda x: value <= x < value + step  # noqa: E731
    return [rounded, cut_off]


def verdict(answer: Answer, readings: Iterable[Callable[[Fraction], bool]]) -> str:
    """Supported when some reading allows every possible value, refuted when no reading allows any."""
    if answer.off:
        return "refuted"
    if answer.values is None:
        return "undecidable"
    low, high = answer.values[0], answer.values[-1]
    possible = [Fraction(high), *(Fraction(low * 20 + at, 20) for at in range(min(high - low, FAR) * 20 + 1))]
    tried = [[reads(value) for value in possible] for reads in readings]
    if any(all(one) for one in tried):
        return "supported"
    return "undecidable" if any(any(one) for one in tried) else "refuted"
