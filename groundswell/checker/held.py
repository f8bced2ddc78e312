"""What the record holds besides the weekly lists, as the checker asks for it: series, and the lists of books and of all time."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from groundswell.catalog import WORLDWIDE
from groundswell.checker.names import Gazetteer
from groundswell.checker.text import fold
from groundswell.claims import Record
from groundswell.claims.quantity import list_name, names_list
from groundswell.core.audience import AMA, PEAK, REACH, WINDOWS
from groundswell.core.period import Period

MEASURES = (
    "critics.score",
    "critics.top_score",
    "critics.reviews",
    "critics.top_reviews",
    "critics.certified_fresh",
    "tiktok.hashtag_views",
    "tiktok.followers",
    "instagram.followers",
    "youtube.subscribers",
    "netflix.hours_half_year",
    "isp.speed",
    "books.units",
)
"""What sentences are read of, when the desk holds it."""
AUDIENCES = ("live", "viewing.reach")
"""Families of measures of who watched, of which sentences seldom say which they mean."""
LISTS = ("nyt.", "books.", "netflix.most_popular.")
_BOTH = "(SELECT * FROM levels UNION ALL BY NAME SELECT * FROM withheld)"
_NAMED = f"""
SELECT DISTINCT measure AS of, title, season, subject, territory FROM {_BOTH}
WHERE measure IN ({", ".join(f"'{one}'" for one in MEASURES)})
UNION
SELECT DISTINCT 'live', title, season, subject, territory FROM {_BOTH} WHERE starts_with(measure, 'live.')
UNION
SELECT DISTINCT 'viewing.reach', title, season, subject, territory FROM {_BOTH} WHERE starts_with(measure, 'viewing.reach')
UNION
SELECT DISTINCT chart, title, season, subject, territory FROM placed WHERE {" OR ".join(f"chart LIKE '{one}%'" for one in LISTS)}
ORDER BY ALL
"""
_READ = f"""
SELECT DISTINCT first_day, last_day FROM {_BOTH} WHERE measure = ? AND subject = ? AND territory = ? ORDER BY last_day, first_day
"""
_KNOWN = """
SELECT max(known_from)::DATE AS known FROM loads
WHERE load_id IN (SELECT load_id FROM parts WHERE split_part(measure, '.', 1) = ? AND subject = ?)
"""
_AUDIENCES = f"""
SELECT DISTINCT measure FROM {_BOTH}
WHERE subject = ? AND (starts_with(measure, 'live.') OR starts_with(measure, 'viewing.reach'))
"""
_KINDS = {
    AMA: "an average minute audience",
    REACH: "a reach",
    PEAK: "a peak of concurrent streams",
    "viewing.reach": "the viewers of a week",
}
_ISSUES = "SELECT DISTINCT first_day, last_day FROM expected WHERE chart = ? ORDER BY last_day"
_AVAILABLE = "SELECT subject, first_day FROM first_available"
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def _brand(of: str, title: str) -> Iterable[str]:
    """What a line of a provider is called for short: `FiOS` of `Verizon - FiOS`."""
    return title.split(" - ")[1:] if of == "isp.speed" else ()


@dataclass(frozen=True)
class Held:
    """The names, readings and issues of one record, each asked for when a text speaks of it."""

    record: Record

    @cached_property
    def _printed(self) -> list[tuple[str, str, str, str]]:
        """What it is of, a name as printed or catalogued, the subject and the territory."""
        return [
            (row["of"], name, row["subject"], row["territory"])
            for row in self.record.engine.query(_NAMED).to_pylist()
            for name in sorted({row["title"], *self._catalogued(row["subject"]), *_brand(row["of"], row["title"])})
        ]

    @cached_property
    def _named(self) -> dict[str, dict[str, dict[str, set[str]]]]:
        """Measure or list → a name, folded → subject → the territories."""
        found: dict[str, dict[str, dict[str, set[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
        for of, name, subject, territory in self._printed:
            found[of][fold(name)][subject].add(territory)
        return found

    def _catalogued(self, subject: str) -> Iterable[str]:
        """What the catalogue calls a subject, and that without what stands behind it in brackets."""
        name = self.record.name_of(subject)
        return name, _ASIDE.sub("", name)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is held that is read here."""
        return not self._named

    @cached_property
    def names(self) -> Gazetteer:
        """The names of all that is held."""
        return Gazetteer(dict.fromkeys((name, "", subject) for _, name, subject, _ in self._printed))

    def subjects(self, of: str, names: Iterable[str], known: Iterable[str]) -> Mapping[str, str]:
        """Subject → territory, of those a measure or list holds under one of `names` or that are `known`; worldwide before others.

        One that is held of several territories and not worldwide has none: ''.
        """
        held = self._named.get(of, {})
        wanted = {*known}
        found: dict[str, set[str]] = defaultdict(set)
        for name in {fold(one) for one in names}:
            for subject, territories in held.get(name, {}).items():
                found[subject] |= territories
        for subjects in held.values() if wanted else ():
            for subject in wanted & subjects.keys():
                found[subject] |= subjects[subject]
        return {
            subject: WORLDWIDE if WORLDWIDE in t else next(iter(t)) if len(t) == 1 else ""
            for subject, t in found.items()
        }

    @cached_property
    def charts(self) -> list[str]:
        """The ids of the lists of books and of all time."""
        return sorted(of for of in self._named if of.startswith(LISTS) and of not in MEASURES)

    def holds(self, of: str) -> bool:
        """Whether there is any reading of a measure, or any issue of a list."""
        return of in self._named

    def periods(self, measure: str, subject: str, territory: str) -> list[Period]:
        """The spans of its readings, by their last days."""
        rows = self.record.engine.query(_READ, [measure, subject, territory]).to_pylist()
        return [Period(row["first_day"], row["last_day"]) for row in rows]

    def known_until(self, measure: str, subject: str) -> date:
        """The day as of which what a measure is read from was fetched last; of rows nobody dated the earliest day there is."""
        rows = self.record.engine.query(_KNOWN, [measure.partition(".")[0], subject]).to_pylist()
        return rows[0]["known"] or date.min

    def audiences(self, subject: str) -> str:
        """In words, what is held of who watched: `an average minute audience (Live, Live+1) and a peak of concurrent streams`."""
        measures = {row["measure"] for row in self.record.engine.query(_AUDIENCES, [subject]).to_pylist()}
        said = []
        for family, words in _KINDS.items():
            windows = [window for window in WINDOWS if f"{family}.{window.lower()}" in measures]
            if windows or family in measures:
                said.append(f"{words} ({', '.join(windows)})" if windows else words)
        return " and ".join([", ".join(said[:-1]), *said[-1:]] if len(said) > 1 else said)

    def lists(self, words: str) -> list[str]:
        """The ids of the lists of books that `words` name, by their titles or ids; `bestseller list` alone names none."""
        name = list_name(words)
        if not name:
            return []
        return [
            chart
            for chart in self.charts
            if chart.startswith(LISTS[:2])
            and (names_list(name, self.record.title_of(chart)) or name == list_name(chart.rpartition(".")[2]))
        ]

    def issues(self, chart: str, first: date, last: date) -> list[Period]:
        """The issues of a list that ended from `first` to `last`."""
        rows = self.record.engine.query(_ISSUES, [chart]).to_pylist()
        return [Period(r["first_day"], r["last_day"]) for r in rows if first <= r["last_day"] <= last]

    def launch(self, subjects: Iterable[str]) -> date | None:
        """The one day from which these subjects were there; None where there are several or none."""
        rows = self.record.engine.query(_AVAILABLE).to_pylist()
        known = {row["subject"]: row["first_day"] for row in rows}
        days = {known[subject] for subject in subjects if subject in known}
        return days.pop() if len(days) == 1 else None


def back(day: date, days: int) -> Period:
    """The so many days before `day`."""
    return Period(day - timedelta(days=days), day - timedelta(days=1))
