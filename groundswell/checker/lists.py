"""What the record holds, as the checker asks for it: names, where each subject was listed, and when."""

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from groundswell.catalog import Kind
from groundswell.checker.held import Held
from groundswell.checker.names import Gazetteer, Season
from groundswell.checker.text import fold
from groundswell.claims import Record
from groundswell.core.period import Period

NETFLIX = "netflix."
GLOBAL = NETFLIX + "global."
OVERALL = GLOBAL + "overall"
VIEWS_SINCE = date(2023, 6, 18)
"""The last day of the first issue that printed views."""

_NAMES = "SELECT DISTINCT title, season, subject FROM placed WHERE chart LIKE 'netflix.%' ORDER BY ALL"
_LISTED = """
SELECT subject, chart, list(DISTINCT last_day ORDER BY last_day) AS days,
       list(DISTINCT last_day ORDER BY last_day) FILTER (rank = 1) AS at_top
FROM placed WHERE chart LIKE 'netflix.global.%' AND chart <> 'netflix.global.overall' GROUP BY ALL ORDER BY ALL
"""
_OTHER = """
SELECT subject, chart, list(DISTINCT last_day ORDER BY last_day) AS days,
       list(DISTINCT last_day ORDER BY last_day) FILTER (rank = 1) AS at_top
FROM placed WHERE chart NOT LIKE 'netflix.%' AND territory = 'WW' GROUP BY ALL ORDER BY ALL
"""
_OTHER_NAMES = "SELECT DISTINCT title, season, subject FROM placed WHERE chart NOT LIKE 'netflix.%' ORDER BY ALL"
_OTHER_ISSUES = """
SELECT DISTINCT chart, first_day, last_day FROM expected WHERE chart NOT LIKE 'netflix.%' AND territory = 'WW' ORDER BY ALL
"""
_AVAILABLE = "SELECT subject, first_day FROM first_available"
_ELSEWHERE = """
SELECT subject, chart, list(DISTINCT last_day ORDER BY last_day) AS days
FROM placed WHERE chart LIKE 'netflix.country.%' GROUP BY ALL ORDER BY ALL
"""
_ISSUES = "SELECT DISTINCT first_day, last_day FROM expected WHERE chart LIKE 'netflix.global.%' ORDER BY ALL"
_FIGURES_OF = """
SELECT l.subject, l.last_day, o.measure, o.value
FROM placed l JOIN observations o ON o.load_id = l.load_id AND o.line = l.line
WHERE l.chart = ? AND l.last_day BETWEEN ? AND ? AND o.measure IN ('hours_viewed', 'views')
"""
_LEADER = "SELECT DISTINCT subject FROM placed WHERE chart = ? AND last_day = ? AND rank = 1"
_RUNTIMES = """
SELECT l.subject, l.last_day, o.value FROM placed l JOIN observations o ON o.load_id = l.load_id AND o.line = l.line
WHERE o.measure = 'runtime' AND l.chart LIKE 'netflix.global.%' AND o.value > 0 ORDER BY ALL
"""


@dataclass(frozen=True)
class Listed:
    """The last days of the issues a subject was on, and at the top of, on one chart."""

    chart: str
    days: tuple[date, ...]
    at_top: tuple[date, ...]


class Lists:
    """The names and appearances of one record, read once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.held = Held(record)
        rows = record.engine.query(_NAMES).to_pylist()
        known = {fold(row["title"]) for row in rows}
        rows += [row for row in record.engine.query(_OTHER_NAMES).to_pylist() if fold(row["title"]) not in known]
        self.names = Gazetteer((row["title"], row["season"] or "", row["subject"]) for row in rows)
        self._titles = {row["subject"]: row["title"] for row in rows}
        self._seasons = {row["subject"]: row["season"] or "" for row in rows}
        self._figures: dict[tuple[str, date], list[dict[str, Any]]] = {}
        self._of_work: dict[str, list[str]] = defaultdict(list)
        for subject in self._titles:
            work, _, season = subject.partition("/")
            if season:
                self._of_work[work].append(subject)
        self._listed: dict[str, list[Listed]] = defaultdict(list)
        for row in record.engine.query(_LISTED).to_pylist():
            listed = Listed(row["chart"], tuple(row["days"]), tuple(row["at_top"] or ()))
            self._listed[row["subject"]].append(listed)
        self._elsewhere: dict[str, tuple[Kind, tuple[date, ...]]] = {}
        for row in record.engine.query(_ELSEWHERE).to_pylist():
            self._elsewhere[row["subject"]] = Kind(row["chart"].rpartition(".")[2]), tuple(row["days"])
        self._issues = [Period(row["first_day"], row["last_day"]) for row in record.engine.query(_ISSUES).to_pylist()]
        self._ends = [issue.last for issue in self._issues]
        self._others = {
            (row["subject"], row["chart"]): Listed(row["chart"], tuple(row["days"]), tuple(row["at_top"] or ()))
            for row in record.engine.query(_OTHER).to_pylist()
        }
        self._other_issues: dict[str, list[Period]] = defaultdict(list)
        for row in record.engine.query(_OTHER_ISSUES).to_pylist():
            self._other_issues[row["chart"]].append(Period(row["first_day"], row["last_day"]))

    def title(self, subject: str) -> str:
        """The title as printed last."""
        return str(self._titles.get(subject, subject))

    def season(self, subject: str) -> str:
        """The season as printed last, without the title; empty for a film."""
        title, season = self.title(subject), str(self._seasons.get(subject, ""))
        return season[len(title) :].strip(" :-") if season.startswith(title) else season

    def siblings(self, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """All seasons of the works these are of."""
        works = {subject.partition("/")[0] for subject in subjects}
        return tuple(dict.fromkeys((*subjects, *(s for work in works for s in self._of_work.get(work, ())))))

    def figures(self, chart: str, first: date, last: date) -> list[dict[str, Any]]:
        """All figures printed on a chart in the issues from `first` to `last`."""
        if (chart, last) not in self._figures:
            self._figures[chart, last] = self.record.engine.query(_FIGURES_OF, [chart, first, last]).to_pylist()
        return self._figures[chart, last]

    def leader(self, chart: str, week: Period) -> str | None:
        """The subject at the top of a chart in a week, when it is one."""
        rows = self.record.engine.query(_LEADER, [chart, week.last]).to_pylist()
        return str(rows[0]["subject"]) if len(rows) == 1 else None

    def kind(self, subject: str) -> Kind:
        """Film or television."""
        if subject in self._elsewhere:
            return self._elsewhere[subject][0]
        charts = [listed.chart for listed in self._listed.get(subject, ())]
        return Kind.FILMS if charts and "films" in charts[0] else Kind.TV

    def charts(self, subject: str) -> list[str]:
        """The global charts it was ever on."""
        return [listed.chart for listed in self._listed.get(subject, ())]

    def on(self, subject: str, week: Period) -> list[str]:
        """The global charts it was on in that week."""
        return [listed.chart for listed in self._listed.get(subject, ()) if week.last in listed.days]

    def first_week(self, subject: str, until: Period) -> Period | None:
        """The week of its first issue on any global chart, not after `until`."""
        days = [listed.days[0] for listed in self._listed.get(subject, ()) if listed.days[0] <= until.last]
        return self.week_ending(min(days)) if days else None

    def first_listed(self, subject: str, until: Period) -> Period | None:
        """The week of its first issue on any list, those of territories included, not after `until`."""
        days = [listed.days[0] for listed in self._listed.get(subject, ())]
        days += self._elsewhere[subject][1][:1] if subject in self._elsewhere else ()
        return self.week_ending(min(days)) if days and min(days) <= until.last else None

    def weeks_on_any(self, subject: str, until: Period) -> list[Period]:
        """The weeks up to `until` in which it was on any list, those of territories included."""
        days = {day for listed in self._listed.get(subject, ()) for day in listed.days}
        days |= {*self._elsewhere[subject][1]} if subject in self._elsewhere else set()
        weeks = (self.week_ending(day) for day in sorted(days) if day <= until.last)
        return [week for week in weeks if week is not None]

    def weeks_at_top(self, subject: str, chart: str, until: Period) -> int:
        """How many issues up to `until` it was at the top of."""
        return sum(bisect_right(listed.at_top, until.last) for listed in self._on_chart(subject, chart))

    def weeks_listed(self, subject: str, chart: str, until: Period) -> int:
        """How many issues up to `until` it was on."""
        return sum(bisect_right(listed.days, until.last) for listed in self._on_chart(subject, chart))

    def first_on(self, subject: str, chart: str) -> Period | None:
        """The first issue held of another chart than Netflix's that it is on; None where it is on none."""
        listed = self._others.get((subject, chart))
        return next((one for one in self._other_issues.get(chart, ()) if listed and one.last == listed.days[0]), None)

    def _on_chart(self, subject: str, chart: str) -> list[Listed]:
        other = self._others.get((subject, chart))
        return [other] if other else [listed for listed in self._listed.get(subject, ()) if listed.chart == chart]

    @cached_property
    def other_charts(self) -> dict[tuple[str, ...], list[tuple[str, str]]]:
        """The words of each other chart held, in its title or its id → who publishes it, as its id says, and the id."""
        found: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        for chart in sorted(self._other_issues):
            publisher, _, name = chart.rpartition(".")
            for words in {fold(self.record.title_of(chart)), fold(name)}:
                spoken = tuple(re.split(r"[\s._-]+", words.strip()))
                if len(spoken) > 1:
                    found[spoken].append((publisher, chart))
        return found

    def subjects_on(self, subjects: tuple[str, ...], charts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the works of `subjects`, or their seasons, that were ever on any of these other charts."""
        works = {subject.partition("/")[0] for subject in subjects}
        return tuple(
            s for s, chart in self._others if chart in charts and (s in subjects or s.partition("/")[0] in works)
        )

    def issue_of(self, chart: str, week: Period, before: date | None) -> Period | None:
        """The issue of another chart that a week speaks of: the last that ended in it, and before the day `before`."""
        ended = [one for one in self._other_issues.get(chart, ()) if before is None or one.last < before]
        return next((one for one in reversed(ended) if week.first <= one.last <= week.last), None)

    def issues_with(self, subject: str, chart: str, until: Period) -> list[Period]:
        """The issues of another chart up to `until` that it is on."""
        listed = self._others.get((subject, chart))
        days = {day for day in listed.days if day <= until.last} if listed else set()
        return [one for one in self._other_issues.get(chart, ()) if one.last in days]

    def begins_with(self, subject: str, chart: str, since: date | None = None) -> bool:
        """Whether a title, or its run since that day, was on the first issue held of another chart, and may have been before."""
        listed, issues = self._others.get((subject, chart)), self._other_issues.get(chart)
        if listed is None or not issues or (since or listed.days[0]) != issues[0].last:
            return False
        available = self._available.get(subject)
        return available is None or available < issues[0].first

    @cached_property
    def _available(self) -> dict[str, date]:
        return {row["subject"]: row["first_day"] for row in self.record.engine.query(_AVAILABLE).to_pylist()}

    def week_ending(self, day: date) -> Period | None:
        """The issue that ends on `day`."""
        at = bisect_right(self._ends, day) - 1
        return self._issues[at] if at >= 0 and self._ends[at] == day else None

    def issues_between(self, first: Period, last: Period) -> int:
        """How many issues there are from `first` to `last`, both counted."""
        return bisect_right(self._ends, last.last) - bisect_right(self._ends, first.last) + 1

    @property
    def begins(self) -> date | None:
        """The first day of the first issue."""
        return self._issues[0].first if self._issues else None

    @cached_property
    def _runtimes(self) -> dict[str, list[tuple[date, object]]]:
        found: dict[str, list[tuple[date, object]]] = defaultdict(list)
        for row in self.record.engine.query(_RUNTIMES).to_pylist():
            found[row["subject"]].append((row["last_day"], row["value"]))
        return found

    def recut(self, subject: str, until: Period) -> bool:
        """Whether its printed runtime changed by then, as when a season comes in parts: its weekly views do not add up."""
        return len({value for day, value in self._runtimes.get(subject, ()) if day <= until.last}) > 1

    def of_season(self, subjects: tuple[str, ...], season: Season) -> tuple[str, ...]:
        """Those of `subjects` that are the season named."""
        numbered = [(subject, *_part(subject)) for subject in subjects]
        if season.number is None:
            numbers = [number for _, _, number in numbered if number is not None]
            return tuple(s for s, _, number in numbered if numbers and number == max(numbers))
        exact = tuple(s for s, letter, n in numbered if n == season.number and letter == season.letter)
        if exact:
            return exact
        return tuple(s for s, letter, n in numbered if n == season.number and (letter == "s" or season.letter == "s"))


def _part(subject: str) -> tuple[str, int | None]:
    """`s`, 2 of `show/s2`; a limited series is its first season."""
    part = subject.partition("/")[2].split("-")[0]
    if part == "limited":
        return "s", 1
    return (part[0], int(part[1:])) if part[1:].isdecimal() else ("", None)
