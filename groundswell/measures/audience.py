"""From viewing sessions to the audience of a live event: average minute audience, reach, mean time, peak, and its minutes.

Reads `sessions`, each once; registers `event` and `windows`; makes

    seen       those that touch the event: profile, territory, stream, weight, and begun, ended in microseconds
    weights    profile, weight, differ
    viewed     win, territory (also the country, and the world), profile, begun, ended: within the window
    pieces     the same with no moment of a profile twice
    watched    win, territory, profile, spent
    figures    win, territory, spent, viewers, reach: sums over profiles
    levels     win, territory, edge, next_edge, level: how many view from one edge to the next
    areas      win, territory, spent: the same sum once more, by the edges
    curve      minute, spent
    peaks      territory, streams, edge

A profile is viewing or not, however many streams it has open; the peak alone counts streams. Times are exact integers, sums exact
decimals, and nothing is divided before the last step. Definitions: docs/methods.md, "Live events".
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pyarrow as pa

from groundswell.catalog import WORLDWIDE
from groundswell.core.audience import WINDOWS, LiveAudience, Peak, WindowAudience
from groundswell.core.errors import InputError, MachineryError
from groundswell.core.protocol import Engine
from groundswell.measures.viewing import ratio


@dataclass(frozen=True)
class Method:
    """How the audience of an event is counted; a changed number makes another method."""

    id: str
    qualifier: timedelta
    """How long a profile must have viewed, in all, to be reached."""
    day_ends: time
    """When the broadcast day ends."""
    after: dict[str, timedelta]
    """Window → how long after the event ended its viewing still counts, where that is not until the broadcast day ends."""


METHOD = Method(
    "live-2026",
    qualifier=timedelta(minutes=1),
    day_ends=time(3),
    after={"Live": timedelta(0), "Live+1": timedelta(hours=24), "Live+7": timedelta(hours=168)},
)


@dataclass(frozen=True)
class Event:
    """A title with the time it was live in; `zone` is that of its day."""

    title: str
    season: str
    live_from: datetime
    live_to: datetime
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.live_to <= self.live_from:
            raise InputError(f"{self.title}: live to {self.live_to} is not after live from {self.live_from}")

    def until(self, window: str, method: Method = METHOD) -> datetime:
        """When a window closes: the broadcast day ends at the first such time at or after the event's end."""
        if window in method.after:
            return self.live_to + method.after[window]
        zone = ZoneInfo(self.zone)
        day = self.live_to.astimezone(zone).date()
        ends = (datetime.combine(day + timedelta(days=n), method.day_ends, zone).astimezone(UTC) for n in range(2))
        return next(end for end in ends if end >= self.live_to)


MINUTE = 60_000_000
_BEACON = "any beacon"
_EVENT = pa.schema(
    [("title", pa.string()), ("season", pa.string()), ("live_from", pa.int64()), ("live_to", pa.int64())]
)
_WINDOWS = pa.schema([("win", pa.string()), ("until", pa.int64())])

_SEEN = """
SELECT s.profile, s.territory, s.stream, epoch_us(s.started_at) AS begun, epoch_us(s.ended_at) AS ended,
       coalesce(s.weight, CAST(1 AS DECIMAL(18, 6))) AS weight
FROM sessions s JOIN event e ON s.title = e.title AND s.season = e.season
WHERE epoch_us(s.ended_at) > e.live_from AND epoch_us(s.started_at) < (SELECT max(until) FROM windows)
"""
_WEIGHTS = """
SELECT profile, min(weight) AS weight, CASE WHEN min(weight) < max(weight) THEN 1 ELSE 0 END AS differ FROM seen GROUP BY profile
"""
_AREAS_OF = f"""
SELECT DISTINCT territory AS own, territory FROM seen
UNION
SELECT DISTINCT territory AS own, split_part(territory, '-', 1) AS territory FROM seen
UNION
SELECT DISTINCT territory AS own, '{WORLDWIDE}' AS territory FROM seen
"""
# A live stream is viewing of the event while it is live; on demand it is as long as the window is open, and never live.
_VIEWED = """
SELECT v.win, a.territory, v.profile, v.begun, v.ended
FROM (
  SELECT w.win, s.territory AS own, s.profile, greatest(s.begun, e.live_from) AS begun,
         least(s.ended, CASE WHEN s.stream = 'live' OR w.win = 'Live' THEN e.live_to ELSE w.until END) AS ended
  FROM seen s CROSS JOIN event e CROSS JOIN windows w
  WHERE s.stream <> 'on_demand' OR w.win <> 'Live'
) v JOIN areas_of a USING (own)
WHERE v.ended > v.begun
"""
_WHOLE_MINUTES = f"""
SELECT win, territory, profile, begun, ended FROM viewed
UNION ALL
SELECT '{_BEACON}' AS win, territory, profile, begun - (begun - e.live_from) % {MINUTE} AS begun,
       ended + ({MINUTE} - (ended - e.live_from) % {MINUTE}) % {MINUTE} AS ended
FROM viewed CROSS JOIN event e WHERE win = 'Live'
"""
_PIECES = """
SELECT win, territory, profile, CASE WHEN before > begun THEN before ELSE begun END AS begun, ended
FROM (
  SELECT win, territory, profile, begun, ended,
         max(ended) OVER (PARTITION BY win, territory, profile ORDER BY begun, ended
                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM whole_minutes
) p
WHERE before IS NULL OR ended > before
"""
_WATCHED = "SELECT win, territory, profile, sum(ended - begun) AS spent FROM pieces GROUP BY win, territory, profile"
_FIGURES = """
SELECT win, territory, count(*) AS profiles, sum(weight * spent) AS spent, sum(weight) AS viewers,
       sum(CASE WHEN spent >= {qualifier} THEN weight ELSE 0 END) AS reach
FROM watched JOIN weights USING (profile) GROUP BY win, territory
"""
_LEVELS = """
SELECT win, territory, edge, lead(edge) OVER (PARTITION BY win, territory ORDER BY edge) AS next_edge,
       sum(change) OVER (PARTITION BY win, territory ORDER BY edge) AS level
FROM (
  SELECT win, territory, edge, sum(change) AS change FROM (
    SELECT win, territory, begun AS edge, weight AS change FROM {of} JOIN weights USING (profile)
    UNION ALL
    SELECT win, territory, ended AS edge, -weight AS change FROM {of} JOIN weights USING (profile)
    {marks}
  ) e GROUP BY win, territory, edge
) c
"""
# Edges without a change, so that no level reaches over the end of a minute.
_MARKS = f"UNION ALL SELECT 'Live' AS win, '{WORLDWIDE}' AS territory, begins AS edge, 0 AS change FROM minutes"
_AREAS = "SELECT win, territory, sum(level * (next_edge - edge)) AS spent FROM levels GROUP BY win, territory"
_CURVE = f"""
SELECT m.minute, coalesce(sum(l.level * (l.next_edge - l.edge)), 0) AS spent
FROM minutes m LEFT JOIN (SELECT edge, next_edge, level FROM levels WHERE win = 'Live' AND territory = '{WORLDWIDE}') l
  ON l.edge >= m.begins AND l.edge < m.ends
GROUP BY m.minute
"""
_PEAKS = """
SELECT territory, streams, min(edge) AS edge
FROM stream_levels JOIN (SELECT territory, max(level) AS streams FROM stream_levels GROUP BY territory) m USING (territory)
WHERE level = streams GROUP BY territory, streams
"""
_LIVE = "(SELECT win, territory, profile, begun, ended FROM viewed WHERE win = 'Live') v"


def audience_of(
    engine: Engine,
    event: Event,
    known_from: datetime,
    *,
    coviewing: Decimal = Decimal(1),
    sessions: Collection[str] = (),
    fewest: int = 1,
    method: Method = METHOD,
) -> LiveAudience | None:
    """The audience of an event by the `sessions` of the engine, known at `known_from`; None when too few profiles viewed it.

    `coviewing` is persons a profile, `sessions` the snapshots they are from. What fewer than `fewest` profiles viewed in a window
    and territory has no figure, so that none speaks of somebody. `MachineryError` when the sum over profiles is not
    the sum over moments: AMA × duration = viewers × mean time.
    """
    begins, ends = _moment(event.live_from), _moment(event.live_to)
    marks = [*range(begins, ends, MINUTE), ends]
    untils = {window: event.until(window, method) for window in WINDOWS}
    engine.register("event", pa.table([[event.title], [event.season], [begins], [ends]], schema=_EVENT))
    engine.register("windows", pa.table([WINDOWS, [_moment(until) for until in untils.values()]], schema=_WINDOWS))
    minutes = [{"minute": n, "begins": a, "ends": b} for n, (a, b) in enumerate(pairwise(marks))]
    engine.register("minutes", pa.Table.from_pylist(minutes))
    qualifier = method.qualifier // timedelta(microseconds=1)
    for name, sql in {
        "seen": _SEEN,
        "weights": _WEIGHTS,
        "areas_of": _AREAS_OF,
        "viewed": _VIEWED,
        "whole_minutes": _WHOLE_MINUTES,
        "pieces": _PIECES,
        "watched": _WATCHED,
        "figures": _FIGURES.format(qualifier=qualifier),
        "levels": _LEVELS.format(of="pieces", marks=_MARKS),
        "areas": _AREAS,
        "curve": _CURVE,
        "stream_levels": _LEVELS.format(of=_LIVE, marks=""),
        "peaks": _PEAKS,
    }.items():
        engine.step(name, sql)
    figures = {(row["win"], row["territory"]): row for row in engine.query("SELECT * FROM figures").to_pylist()}
    _check(engine, figures)
    figures = {key: row for key, row in figures.items() if row["profiles"] >= fewest}
    if not any(territory == WORLDWIDE for _, territory in figures):
        return None
    live = {territory for window, territory in figures if window == "Live"}
    beacon = figures.get((_BEACON, WORLDWIDE))
    order = {name: place for place, name in enumerate(WINDOWS)}
    return LiveAudience(
        title=event.title,
        season=event.season,
        live_from=event.live_from,
        live_to=event.live_to,
        zone=event.zone,
        method=method.id,
        qualifier_seconds=int(method.qualifier.total_seconds()),
        coviewing=coviewing,
        known_from=known_from,
        sessions=tuple(sorted(sessions)),
        weights_differ=int(engine.query("SELECT coalesce(sum(differ), 0) AS n FROM weights")["n"][0].as_py()),
        unstated=int(engine.query("SELECT count(*) AS n FROM seen WHERE stream = ''")["n"][0].as_py()),
        windows=tuple(
            _window(row, window, territory, untils[window], known_from, ends - begins)
            for (window, territory), row in sorted(
                ((key, row) for key, row in figures.items() if key[0] in order),
                key=lambda one: (order[one[0][0]], one[0][1] != WORLDWIDE, one[0][1]),
            )
        ),
        peaks=tuple(
            Peak(row["territory"], _exact(row["streams"]), _time(row["edge"]), known_from < event.live_to)
            for row in sorted(
                engine.query("SELECT * FROM peaks").to_pylist(),
                key=lambda row: (row["territory"] != WORLDWIDE, row["territory"]),
            )
            if row["territory"] in live
        ),
        minutes=tuple(
            _ratio(row["spent"], b - a)
            for row, (a, b) in zip(
                engine.query("SELECT spent FROM curve ORDER BY minute").to_pylist(), pairwise(marks), strict=True
            )
            if WORLDWIDE in live
        ),
        any_beacon=_ratio(beacon["spent"], len(minutes) * MINUTE) if beacon else Decimal(0),
    )


def _check(engine: Engine, figures: dict[tuple[str, str], dict[str, Decimal]]) -> None:
    """Hold the sums over profiles to those over moments."""
    areas = engine.query("SELECT * FROM areas").to_pylist()
    live = sum(row["spent"] for row in engine.query("SELECT spent FROM curve").to_pylist())
    spent = {key: row["spent"] for key, row in figures.items()}
    if {(row["win"], row["territory"]): row["spent"] for row in areas if row["spent"]} != spent or live != spent.get(
        ("Live", WORLDWIDE), 0
    ):
        raise MachineryError("the audience summed over profiles is not that summed over moments; report this")


def _window(
    row: dict[str, Decimal], window: str, territory: str, until: datetime, known_from: datetime, duration: int
) -> WindowAudience:
    return WindowAudience(
        window=window,
        territory=territory,
        until=until,
        preliminary=known_from < until,
        viewer_seconds=_exact(row["spent"] / 1_000_000),
        average=_ratio(row["spent"], duration),
        reach=_exact(row["reach"]),
        viewers=_exact(row["viewers"]),
        mean_minutes=_ratio(row["spent"], row["viewers"] * MINUTE),
    )


def _ratio(part: Decimal, whole: Decimal | int) -> Decimal:
    """To the digits that are kept, cut after them, so that it is rounded once: when it is said."""
    return _exact(ratio(part, whole))


def _exact(value: Decimal) -> Decimal:
    """Without trailing zeros, in digits."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _moment(at: datetime) -> int:
    return (at - datetime.fromtimestamp(0, UTC)) // timedelta(microseconds=1)


def _time(moment: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=moment)
