"""From viewing sessions to the figures of a week: hours, views, distinct viewers and completion, by title and territory.

Reads `sessions` (all that began in the week or on the day before it) and makes for one week

    viewers  title_no, profile, place, last_place, seconds, live_seconds
    cells    title_no, territory, seconds, live_seconds, viewers, viewers_2_minutes, viewers_70, viewers_90; worldwide is a
             row of its own, since a profile that moved is one viewer there and one in each territory

`week_titles` and `places` number titles and territories. All of it is whole numbers of seconds and profiles: what is divided is
divided afterwards, and rounded when it is said. Definitions: docs/methods.md, "Viewing".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_DOWN, Context, Decimal

import pyarrow as pa

from groundswell.core.period import MON_SUN, Period
from groundswell.core.protocol import Engine
from groundswell.core.quantity import EXACT_DIGITS, EXACT_PLACES
from groundswell.measures.netflix import Method

VIEWING = (
    Method("viewing-2021", date.min, "hours_viewed", {}),
    Method("viewing-2023", date(2023, 6, 18), "views", {}),
)
"""Ranked by hours to the week ending 11 June 2023, by views since, as Netflix does; nothing is rounded before it is said."""
QUALIFIER = 120
"""Seconds of a title within the week that make a profile one of its viewers."""
WATCHED, COMPLETED = 70, 90
"""Per cent of a title's runtime within the week that make a viewer one who watched it, and one who completed it."""
REACH = {"viewing.reach": "viewers_2_minutes", "viewing.reach_any": "viewers", "viewing.reach_70": "viewers_70"}
"""Measure → the column of `cells` it is."""

TITLES = pa.schema(
    [
        ("title_no", pa.int32()),
        ("title", pa.string()),
        ("season", pa.string()),
        ("kind", pa.string()),
        ("language", pa.string()),
        ("runtime", pa.int64()),  # seconds of all there was to watch by the end of the week
        ("live_runtime", pa.int64()),  # seconds of what went out live; of no event the same
        ("seconds_70", pa.int64()),
        ("seconds_90", pa.int64()),
    ]
)
_CUT = Context(prec=2 * EXACT_DIGITS, rounding=ROUND_DOWN)

_PLACES = """
SELECT territory, CAST(row_number() OVER (ORDER BY territory NULLS LAST) AS INTEGER) AS place
FROM (SELECT territory FROM sessions GROUP BY territory) t
"""
_WATCHED = """
SELECT t.title_no, p.place, s.profile, s.stream,
       CAST(epoch(CASE WHEN s.ended_at > {ends} THEN {ends} ELSE s.ended_at END) AS BIGINT)
         - CAST(epoch(CASE WHEN s.started_at < {begins} THEN {begins} ELSE s.started_at END) AS BIGINT) AS seconds
FROM sessions s
JOIN week_titles t ON t.title = s.title AND t.season = s.season
JOIN places p ON p.territory = s.territory
WHERE s.ended_at > {begins} AND s.started_at < {ends} AND s.ended_at > s.started_at
"""
# Who was in one territory only, as nearly everybody is, is counted there and worldwide from one row.
_VIEWERS = """
SELECT title_no, profile, min(place) AS place, max(place) AS last_place, CAST(sum(seconds) AS BIGINT) AS seconds,
       CAST(sum(CASE WHEN stream = 'live' THEN seconds ELSE 0 END) AS BIGINT) AS live_seconds
FROM ({watched}) w GROUP BY title_no, profile
"""
_MOVED = "SELECT title_no, profile FROM viewers WHERE place <> last_place"
_BY_PLACE = """
SELECT w.title_no, w.profile, w.place, CAST(sum(w.seconds) AS BIGINT) AS seconds,
       CAST(sum(CASE WHEN w.stream = 'live' THEN w.seconds ELSE 0 END) AS BIGINT) AS live_seconds
FROM ({watched}) w JOIN moved m ON m.title_no = w.title_no AND m.profile = w.profile
GROUP BY w.title_no, w.profile, w.place
"""
_SUMS = """
CAST(sum(v.seconds) AS BIGINT) AS seconds, CAST(sum(v.live_seconds) AS BIGINT) AS live_seconds,
count(v.profile) AS viewers,
count(CASE WHEN v.seconds >= {qualifier} THEN v.profile END) AS viewers_2_minutes,
count(CASE WHEN v.seconds >= t.seconds_70 THEN v.profile END) AS viewers_70,
count(CASE WHEN v.seconds >= t.seconds_90 THEN v.profile END) AS viewers_90
"""
_CELLS = """
SELECT c.title_no, p.territory, c.seconds, c.live_seconds, c.viewers, c.viewers_2_minutes, c.viewers_70, c.viewers_90
FROM (
  SELECT v.title_no, v.place, {sums}
  FROM (
    SELECT title_no, profile, place, seconds, live_seconds FROM viewers WHERE place = last_place
    UNION ALL
    SELECT title_no, profile, place, seconds, live_seconds FROM by_place
  ) v JOIN week_titles t ON t.title_no = v.title_no
  GROUP BY v.title_no, v.place
) c JOIN places p ON p.place = c.place
UNION ALL
SELECT c.title_no, 'WW' AS territory, c.seconds, c.live_seconds, c.viewers, c.viewers_2_minutes, c.viewers_70, c.viewers_90
FROM (
  SELECT v.title_no, {sums} FROM viewers v JOIN week_titles t ON t.title_no = v.title_no GROUP BY v.title_no
) c
"""
_ALL_SECONDS = """
SELECT CAST(sum(CAST(epoch(CASE WHEN ended_at > {ends} THEN {ends} ELSE ended_at END) AS BIGINT)
            - CAST(epoch(CASE WHEN started_at < {begins} THEN {begins} ELSE started_at END) AS BIGINT)) AS BIGINT) AS seconds
FROM sessions WHERE ended_at > {begins} AND started_at < {ends}
"""
# Where the cuts are of one length it makes no difference.
_UNSTATED = """
SELECT count(*) AS rows
FROM sessions s JOIN week_titles t ON t.title = s.title AND t.season = s.season
WHERE s.stream = '' AND t.live_runtime <> t.runtime AND s.ended_at > {begins} AND s.started_at < {ends}
"""


@dataclass(frozen=True)
class Week:
    """Monday to Sunday by the clocks of a zone: seven days, of 167 or 169 hours where these were changed."""

    period: Period
    begins: datetime
    ends: datetime

    @property
    def days(self) -> tuple[date, date]:
        """The first and last day, UTC, on which a session of the week may have begun."""
        return (self.begins - timedelta(days=1)).date(), (self.ends - timedelta(seconds=1)).date()


def week_of(day: date, zone: tzinfo) -> Week:
    """The week with this day of the zone in it."""
    period = MON_SUN.period_of(day)
    begins, ends = (
        datetime.combine(first, time.min, zone).astimezone(UTC)
        for first in (period.first, period.last + timedelta(days=1))
    )
    return Week(period, begins, ends)


def titles_of(catalogue: pa.Table, week: Week) -> pa.Table:
    """The table `week_titles`: what there was to watch in the week, with the runtime of the episodes there were by its end.

    An event counts as long as it went out, and its later cut, if there is one, as long as that is.
    """
    minutes: dict[tuple[str, str], int] = {}
    live: dict[tuple[str, str], int] = {}
    lists: dict[tuple[str, str], tuple[str, str]] = {}
    for row in catalogue.to_pylist():
        key = (row["title"], row["season"])
        event = row["live_from"] is not None and row["live_from"] < week.ends
        if row["available_from"] <= week.period.last and row["minutes"] is not None:
            minutes[key] = minutes.get(key, 0) + 60 * row["minutes"]
        if event:
            live[key] = live.get(key, 0) + int((row["live_to"] - row["live_from"]).total_seconds())
        if key in minutes or key in live:
            lists[key] = (row["kind"], row["language"])
    rows = []
    for number, (title, season) in enumerate(sorted(lists), 1):
        key = (title, season)
        kind, language = lists[key]
        runtime = minutes.get(key) or live[key]
        rows.append(
            {
                "title_no": number,
                "title": title,
                "season": season,
                "kind": kind,
                "language": language,
                "runtime": runtime,
                "live_runtime": live.get(key) or runtime,
                "seconds_70": -(-runtime * WATCHED // 100),
                "seconds_90": -(-runtime * COMPLETED // 100),
            }
        )
    return pa.Table.from_pylist(rows, schema=TITLES)


def count(engine: Engine, week: Week, titles: pa.Table) -> None:
    """Make `cells` of a week: every title of `titles` by territory and worldwide."""
    engine.register("week_titles", titles)
    watched = _WATCHED.format(**_span(week))
    sums = _SUMS.format(qualifier=QUALIFIER)
    for name, sql in (
        ("places", _PLACES),
        ("viewers", _VIEWERS.format(watched=watched)),
        ("moved", _MOVED),
        ("by_place", _BY_PLACE.format(watched=watched)),
        ("cells", _CELLS.format(sums=sums)),
    ):
        engine.step(name, sql)
    for name in ("viewers", "moved", "by_place"):
        engine.drop(name)


def seconds_watched(engine: Engine, week: Week) -> int:
    """Seconds of all sessions that lie in the week, of titles in the catalogue or not."""
    return int(engine.query(_ALL_SECONDS.format(**_span(week)))["seconds"][0].as_py() or 0)


def unstated(engine: Engine, week: Week) -> int:
    """How many sessions of the week do not say which cut of an event they are of, live or later, where these differ in length."""
    return int(engine.query(_UNSTATED.format(**_span(week)))["rows"][0].as_py())


def hours(seconds: int) -> Decimal:
    """Hours, cut after nine places: half-up rounding of what is left gives what rounding the whole would.

    >>> hours(5400)
    Decimal('1.500000000')
    """
    return ratio(seconds, 3600)


def views(seconds: int, live_seconds: int, runtime: int, live_runtime: int) -> Decimal:
    """Hours of each cut ÷ how long it is, added: the hours ÷ the runtime where there is only one.

    >>> views(5400, 1800, 3600, 1800)
    Decimal('2.000000000')
    """
    return ratio((seconds - live_seconds) * live_runtime + live_seconds * runtime, runtime * live_runtime)


def ratio(value: int | Decimal, of: int | Decimal) -> Decimal:
    """`value` ÷ `of`, cut after nine places; whatever it is then rounded to once, it is rounded right."""
    return _CUT.quantize(_CUT.divide(Decimal(value), Decimal(of)), Decimal(1).scaleb(-EXACT_PLACES))


def weeks_between(days: Iterable[date], zone: tzinfo) -> list[Week]:
    """Every week that a session of these days, UTC, may lie in, in order."""
    found: dict[date, Week] = {}
    for day in days:
        begins = datetime.combine(day, time.min, UTC)
        for moment in (begins, begins + timedelta(days=2) - timedelta(seconds=1)):
            week = week_of(moment.astimezone(zone).date(), zone)
            found[week.period.first] = week
    return [found[first] for first in sorted(found)]


def _span(week: Week) -> dict[str, str]:
    return {"begins": f"TIMESTAMPTZ '{week.begins.isoformat()}'", "ends": f"TIMESTAMPTZ '{week.ends.isoformat()}'"}
