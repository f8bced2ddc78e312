"""An independent oracle of docs/methods.md, "Claims", "Issues, gaps and wholeness" and "What a stated number allows".

It shares no code with the package and is naive on purpose: a claim is judged by trying the values that are possible.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
    by_hours: bool = False
    """Whether its producer is known to rank by hours."""

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
    versus: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Answer:
    """Every value that is possible, or None where nothing is known; `off` when the subject was on none of the whole lists."""

    values: Sequence[int | Fraction] | None
    off: bool = False
    missing: tuple[str, ...] = ()
    evidence: str | None = None


def ask(chart: Chart, asked: Asked, available: date | None = None) -> Answer:
    """What the lists leave possible; `available` is the subject's first available day, where known."""
    territories = chart.territories() if asked.territory == "*" else [asked.territory]
    if asked.kind in _OTHERS:
        return _OTHERS[asked.kind](chart, asked, available)

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


WEEK = timedelta(days=7)


def _figure(chart: Chart, asked: Asked, _: date | None) -> Answer:
    issue = chart.at(asked.territory, asked.last)
    value = _hours(issue, asked.subject)
    if issue is None or value is None or asked.first + WEEK - timedelta(days=1) != asked.last:
        return Answer(None)
    return Answer([value], evidence=issue.evidence)


def _hours(issue: Issue | None, subject: str) -> int | None:
    entry = issue.entries.get(subject) if issue else None
    return entry.figures.get("hours_viewed") if entry else None


def _weakest(issues: Iterable[Issue]) -> str | None:
    return max((issue.evidence for issue in issues), key=EVIDENCE.index, default=None)


def _comparison(chart: Chart, asked: Asked, _: date | None) -> Answer:
    issue = chart.at(asked.territory, asked.last)
    one, other = _hours(issue, asked.subject), _hours(issue, asked.versus)
    if issue is None or one is None or other is None or asked.first + WEEK - timedelta(days=1) != asked.last:
        return Answer(None)
    return Answer([one - other], evidence=issue.evidence)


def _change(chart: Chart, asked: Asked, _: date | None) -> Answer:
    days = chart.expected(asked.territory)
    if asked.last not in days or asked.first + WEEK - timedelta(days=1) != asked.last or days.index(asked.last) == 0:
        return Answer(None)
    before, issue = (chart.at(asked.territory, day) for day in days[days.index(asked.last) - 1 :][:2])
    old, new = _hours(before, asked.subject), _hours(issue, asked.subject)
    if before is None or issue is None or old is None or new is None:
        return Answer(None)
    return Answer([Fraction(new - old, old) * 100], evidence=_weakest([before, issue]))


def _multiple(chart: Chart, asked: Asked, available: date | None) -> Answer:
    """How many times what stands beside it, or without such its own figure of the issue before."""
    if not asked.versus:
        grown = _change(chart, asked, available)
        return Answer([1 + Fraction(grown.values[0]) / 100], evidence=grown.evidence) if grown.values else grown
    issue = chart.at(asked.territory, asked.last)
    difference, other = _comparison(chart, asked, available), _hours(issue, asked.versus)
    if not difference.values or not other:
        return Answer(None)
    return Answer([1 + Fraction(difference.values[0], other)], evidence=difference.evidence)


def _total(chart: Chart, asked: Asked, _: date | None) -> Answer:
    days = chart.expected(asked.territory)
    of = [day for day in days if day - WEEK < asked.last and day >= asked.first]
    if not of or of[0] - timedelta(days=6) != asked.first or (of[-1] != asked.last and days[-1] >= asked.last):
        return Answer(None)
    issues = [chart.at(asked.territory, day) for day in of]
    hours = [value for issue in issues if (value := _hours(issue, asked.subject)) is not None]
    exact = len(hours) == len(of) and of[-1] == asked.last
    could = [issue for issue in issues if issue is not None and issue.could_have(asked.subject)]
    return Answer(range(sum(hours), (sum(hours) if exact else ENDLESS) + 1), evidence=_weakest(could))


def _among_all(chart: Chart, asked: Asked, _: date | None) -> Answer:
    days = chart.expected(asked.territory)
    if asked.last not in days or asked.first + WEEK - timedelta(days=1) != asked.last:
        return Answer(None)
    of = [day for day in days if (asked.since or asked.last) <= day <= asked.last]
    held = [issue for day in of if (issue := chart.at(asked.territory, day)) is not None]
    own = _hours(chart.at(asked.territory, asked.last), asked.subject)
    if own is None or asked.last not in of:
        return Answer(None)
    hours = [_hours(issue, subject) for issue in held for subject in issue.entries]
    place = 1 + sum(value is not None and value > own for value in hours)
    whole = len(held) == len(of) and all("*" in issue.whole_for for issue in held)
    told = asked.since is None or asked.since > of[0] - WEEK
    exact = whole and told and None not in hours and chart.by_hours
    return Answer(range(place, (place if exact else ENDLESS) + 1), evidence=_weakest(held))


def _first(chart: Chart, asked: Asked, available: date | None) -> Answer:
    days = [day for day in chart.expected(asked.territory) if day <= asked.last]
    if not days:
        return Answer(None)
    issues = {day: chart.at(asked.territory, day) for day in days}
    evidence = _weakest(issue for issue in issues.values() if issue and issue.could_have(asked.subject))
    could_be_new = False
    for day, issue in issues.items():
        if issue is not None and asked.subject in issue.entries:
            if not asked.first <= day:
                return Answer(None, off=True, evidence=evidence)
            rank = issue.entries[asked.subject].rank
            low, high = (1, ENDLESS) if could_be_new or rank is None else (rank, rank)
            return Answer(range(low, high + 1), evidence=evidence)
        whole = issue is not None and issue.is_whole_for(asked.subject)
        could_be_new |= not whole and (available is None or available <= day)
    is_open = chart.expected(asked.territory)[-1] < asked.last
    return Answer(None, off=not could_be_new and not is_open, evidence=evidence)


def _streak(chart: Chart, asked: Asked, available: date | None) -> Answer:
    expected = chart.expected(asked.territory)
    days = [day for day in expected if day <= asked.last]
    if not days:
        return Answer(None)
    issues = [chart.at(asked.territory, day) for day in days]
    evidence = _weakest(issue for issue in issues if issue and issue.could_have(asked.subject))
    if expected[-1] < asked.last:
        return Answer(range(ENDLESS + 1), evidence=evidence)
    run = 0
    for day, issue in zip(reversed(days), reversed(issues), strict=True):
        entry = issue.entries.get(asked.subject) if issue else None
        if entry is not None and (asked.kind == "streak" or entry.rank == 1):
            run += 1
            continue
        could = entry.rank is None if entry else not (issue and issue.is_whole_for(asked.subject))
        known_off = entry is None and available is not None and available > day
        return Answer(range(run, (ENDLESS if could and not known_off else run) + 1), evidence=evidence)
    return Answer([run], evidence=evidence)


def _top(chart: Chart, asked: Asked, available: date | None) -> Answer:
    low, could_add, lists, any_expected, is_open = 0, 0, [], False, True
    for territory in chart.territories():
        days = [day for day in chart.expected(territory) if asked.first <= day <= asked.last]
        any_expected |= bool(days)
        is_open &= chart.expected(territory)[-1] < asked.last
        top = could = False
        for day in days:
            issue = chart.at(territory, day)
            entry = issue.entries.get(asked.subject) if issue else None
            if issue is not None and issue.could_have(asked.subject):
                lists.append(issue)
            top |= entry is not None and entry.rank == 1
            could |= (
                entry.rank is None
                if entry
                else not (issue and issue.is_whole_for(asked.subject)) and (available is None or available <= day)
            )
        low += top
        could_add += could and not top
    if not any_expected:
        return Answer(None)
    return Answer(range(low, (ENDLESS if is_open else low + could_add) + 1), evidence=_weakest(lists))


_OTHERS: dict[str, Callable[[Chart, Asked, date | None], Answer]] = {
    "hours_viewed": _figure,
    "comparison": _comparison,
    "change": _change,
    "multiple": _multiple,
    "total": _total,
    "superlative": _among_all,
    "record": _among_all,
    "debut_rank": _first,
    "streak": _streak,
    "streak_at_top": _streak,
    "reach_at_top": _top,
}


@dataclass(frozen=True)
class Reading:
    """One reading of a series, of a subject in a territory; None where its value could not be read."""

    subject: str
    territory: str
    first: date
    last: date
    value: Fraction | None
    evidence: str


def read_series(readings: Iterable[Reading], subject: str, territory: str, first: date, last: date) -> Answer:
    """What the readings leave possible of a level or status over the days from `first` to `last`."""
    of = [one for one in readings if (one.subject, one.territory) == (subject, territory)]
    within = [one for one in of if all(first <= day <= last for day in (one.first, one.last))]
    latest = [one for one in within if one.last == max(other.last for other in within)]
    values = [one.value for one in latest if one.value is not None]
    if not latest or len(values) < len(latest):
        return Answer(None)
    return Answer([min(values), max(values)], evidence=max((one.evidence for one in latest), key=EVIDENCE.index))


HEDGES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "more than": lambda x, v: x > v,
    "over": lambda x, v: x > v,
    "in excess of": lambda x, v: x > v,
    "upwards of": lambda x, v: x > v,
    "well over": lambda x, v: x > v,
    "at least": lambda x, v: x >= v,
    "less than": lambda x, v: x < v,
    "fewer than": lambda x, v: x < v,
    "under": lambda x, v: x < v,
    "at most": lambda x, v: x <= v,
    "up to": lambda x, v: x <= v,
    "no more than": lambda x, v: x <= v,
    **dict.fromkeys(
        (
            *("above", "greater than", "higher than", "larger than", "bigger than"),
            *("exceed", "exceeds", "exceeded", "exceeding", "surpass", "surpasses", "surpassed", "surpassing"),
        ),
        lambda x, v: x > v,
    ),
    **dict.fromkeys(
        ("no less than", "no fewer than", "greater than or equal to", "equal to or more than"), lambda x, v: x >= v
    ),
    **dict.fromkeys(("below", "smaller than", "lower than"), lambda x, v: x < v),
    **dict.fromkeys(("less than or equal to", "equal to or less than"), lambda x, v: x <= v),
    "about": lambda x, v: abs(x - v) <= v / 10,
    "around": lambda x, v: abs(x - v) <= v / 10,
    "roughly": lambda x, v: abs(x - v) <= v / 10,
    "approximately": lambda x, v: abs(x - v) <= v / 10,
    "just over": lambda x, v: v < x <= v + v / 10,
    "just more than": lambda x, v: v < x <= v + v / 10,
    "slightly more than": lambda x, v: v < x <= v + v / 10,
    "nearly": lambda x, v: v - v / 10 <= x < v,
    "almost": lambda x, v: v - v / 10 <= x < v,
    "close to": lambda x, v: v - v / 10 <= x < v,
    "just under": lambda x, v: v - v / 10 <= x < v,
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


def allowed_of_level(unit: str, hedge: str, value: Fraction, step: Fraction) -> list[Callable[[Fraction], bool]]:
    """The same of a level: what is measured rather than counted is rounded and never cut off, and all is all."""
    if hedge or unit in ("followers", "subscribers", "fans", "views"):
        return allowed(hedge, value, step)
    if value == 100 and unit.startswith("per cent"):
        return [lambda x: x == 100]
    return [lambda x: value - step / 2 <= x < value + step / 2]


def verdict(answer: Answer, readings: Iterable[Callable[[Fraction], bool]], stated: Fraction) -> str:
    """Supported when some reading allows every possible value, refuted when no reading allows any.

    Of a long range the values near its ends and near the one stated are tried.
    """
    if answer.off:
        return "refuted"
    if answer.values is None:
        return "undecidable"
    low, high = answer.values[0], answer.values[-1]

    def possible() -> Iterator[Fraction]:
        yield Fraction(high)
        near = (stated * (100 + at) / 100 + more for at in range(-10, 11) for more in (-1, 0, 1))
        yield from (value for value in near if low <= value <= high)
        yield from (Fraction(low * 20 + at, 20) for at in range(int(min(high - low, FAR)) * 20 + 1))

    tried = [_answers(reads(value) for value in possible()) for reads in readings]
    if {True} in tried:
        return "supported"
    return "undecidable" if any(True in one for one in tried) else "refuted"


def _answers(allows: Iterable[bool]) -> set[bool]:
    """The different ones among them, looked for until both are there."""
    found = set()
    for one in allows:
        found.add(one)
        if len(found) == 2:
            break
    return found
