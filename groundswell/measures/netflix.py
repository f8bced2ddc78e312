"""How Netflix makes its weekly figures: dated method profiles, and views worked out again from hours and runtime.

Origin: Netflix, "To All the Metrics We've Loved Before", 20 June 2023, and its 2021 announcement; the rounding rule was
recovered from the published file (docs/methods.md, "Netflix Top 10").
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up


@dataclass(frozen=True)
class Method:
    """How a producer ranked and rounded from the issue ending `since` on."""

    id: str
    since: date
    ranked_by: str
    """The measure the list is ordered by."""
    steps: Mapping[str, int | Decimal]
    """Measure → the step its printed figures are rounded to."""
    whole_minutes: bool = False
    """Whether views are hours ÷ the runtime in whole minutes, of which the printed hours are a rounding."""


NETFLIX_2021 = Method("netflix-2021", date(2021, 7, 4), "hours_viewed", {"hours_viewed": 10_000})
NETFLIX_2023 = Method("netflix-2023", date(2023, 6, 18), "views", {"hours_viewed": 100_000, "views": 100_000})
NETFLIX = (NETFLIX_2021, NETFLIX_2023)
MOST_POPULAR = (
    Method("netflix-28-days", date(2021, 7, 4), "hours_viewed", {"hours_viewed": 10_000}),
    Method(
        "netflix-91-days", date(2023, 6, 18), "views", {"hours_viewed": 100_000, "views": 100_000}, whole_minutes=True
    ),
)
"""The all-time lists: what a title had in its first 28 days, since 20 June 2023 in its first 91."""

LIVE = {
    "Raw": "weekly live event: views are blended over its live and on-demand cuts, the printed runtime is the latter's",
    "BTS THE COMEBACK LIVE | ARIRANG": "live special: later weeks mix cuts of different length",
}
"""Titles with cuts of different length, whose views are not hours ÷ the printed runtime."""


def method_on(methods: tuple[Method, ...], last_day: date) -> Method | None:
    """The method in force for the issue ending on `last_day`; None before the first."""
    return next((method for method in reversed(methods) if last_day >= method.since), None)


def views(hours: int | Decimal, runtime: Decimal, method: Method = NETFLIX_2023) -> int | None:
    """Views as Netflix prints them: hours as printed ÷ runtime, half up to 100,000; None at runtime 0.

    The runtime is the one printed, or as the method says that in whole minutes.

    >>> views(16_600_000, Decimal("1.5"))
    11100000
    """
    minutes = half_up(runtime * 60) if method.whole_minutes else runtime * 60
    if minutes <= 0:
        return None
    return int(half_up(Decimal(hours) * 60 / minutes, method.steps["views"]))


@dataclass(frozen=True)
class ViewsReconciled:
    """Printed views against views worked out again, by class of difference; `examples` of the classes that differ."""

    classes: dict[str, int]
    examples: dict[str, list[str]]


_PRINTED = """
SELECT chart, last_day, title, season,
       max(value) FILTER (measure = 'hours_viewed') AS hours,
       max(value) FILTER (measure = 'runtime') AS runtime,
       max(value) FILTER (measure = 'views') AS views
FROM observations
WHERE (chart LIKE 'netflix.global.%' OR chart LIKE 'netflix.most_popular.%') AND measure IN ('hours_viewed', 'runtime', 'views')
GROUP BY load_id, line, chart, last_day, title, season ORDER BY last_day, title, season, chart
"""


def reconcile_views(engine: Engine) -> ViewsReconciled:
    """Work every printed number of views out again: same, or the class of its difference."""
    classes: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for row in engine.query(_PRINTED).to_pylist():
        methods = NETFLIX if row["chart"].startswith("netflix.global.") else MOST_POPULAR
        found = _class(row["title"], row["hours"], row["runtime"], row["views"], method_on(methods, row["last_day"]))
        classes[found] += 1
        if found not in ("same", "not printed"):
            where = " ".join(str(row[name]) for name in ("title", "season", "last_day") if row[name])
            examples.setdefault(found, []).append(where)
    return ViewsReconciled(dict(classes), {name: rows[:5] for name, rows in examples.items()})


def _class(
    title: str, hours: Decimal | None, runtime: Decimal | None, printed: Decimal | None, method: Method | None
) -> str:
    if runtime is None or printed is None or hours is None:
        return "not printed"
    again = views(hours, runtime, method or NETFLIX_2023)
    if title == "Raw":
        return "blended views"
    if again is None:
        return "runtime 0"
    if again == printed:
        return "same"
    return "live special" if title in LIVE else "unexplained"
