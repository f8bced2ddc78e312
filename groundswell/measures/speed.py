"""Netflix's ISP Speed Index: dated method profiles, and the index worked out from what sessions got through.

Reads `throughput`, one row a provider, hour and highest possible bitrate of what was streamed:

    territory, provider, hour (of the provider's own clock), most_mbps, seconds, megabits

Cellular sessions and those whose highest bitrate is not known are left out before. Definition and origin: docs/methods.md, "ISP
speed index".
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from groundswell.core.period import Period
from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up, shared_ranks
from groundswell.measures.netflix import Method

FIGURE = "mbps"
NO_DIFFERENCE = Decimal("0.2")
"""Mbps: a smaller difference is no meaningful one."""


@dataclass(frozen=True)
class SpeedProfile:
    """How the index was made from the month that ended on `since` on."""

    id: str
    since: date
    step: Decimal
    """What printed speeds are rounded to."""
    busiest: int | None
    """How many hours of a day count, the busiest of that provider on that day; None: all."""
    bucket: Decimal | None
    """The width of the buckets of highest bitrates that are weighed as the world streams them; None: a plain mean."""

    @property
    def method(self) -> Method:
        """The same as a chart needs it."""
        return Method(self.id, self.since, FIGURE, {FIGURE: self.step})


ISP_2012 = SpeedProfile("netflix-isp-2012", date(2012, 11, 30), Decimal("0.01"), None, None)
ISP_2013 = SpeedProfile("netflix-isp-2013", date(2013, 11, 30), Decimal("0.01"), 3, None)
ISP_2021 = SpeedProfile("netflix-isp-2021", date(2021, 1, 31), Decimal("0.2"), 3, Decimal("0.5"))
ISP_PROFILES = (ISP_2012, ISP_2013, ISP_2021)

_HOURS = """
SELECT territory, provider, day, hour, sum(seconds) AS seconds
FROM (SELECT territory, provider, CAST(hour AS DATE) AS day, hour, seconds FROM throughput)
GROUP BY territory, provider, day, hour
"""
_COUNTED = """
SELECT t.territory, t.provider, t.most_mbps, t.seconds, t.megabits
FROM throughput t
JOIN (
  SELECT territory, provider, hour,
         row_number() OVER (PARTITION BY territory, provider, day ORDER BY seconds DESC, hour) AS busy
  FROM speed_hours
) h ON h.territory = t.territory AND h.provider = t.provider AND h.hour = t.hour
JOIN speed_month m ON t.hour >= m.begins AND t.hour < m.ends AND h.busy <= m.busiest
"""
_BUCKETS = """
SELECT c.territory, c.provider, b.bucket, sum(c.seconds) AS seconds, sum(c.megabits) AS megabits
FROM speed_counted c JOIN speed_buckets b ON c.most_mbps >= b.low AND c.most_mbps < b.high
GROUP BY c.territory, c.provider, b.bucket
"""
_EXACT = pa.decimal128(38, 9)
_EVERY_HOUR = 24


@dataclass(frozen=True)
class Speed:
    """A provider's speed of one month; None where sessions of a bucket that counts are missing, whose numbers are then named."""

    territory: str
    provider: str
    exact: Fraction | None
    displayed: Decimal | None
    rank: int | None
    missing: tuple[int, ...] = ()


def speeds(engine: Engine, profile: SpeedProfile, month: Period) -> list[Speed]:
    """The speeds of a month by a profile, by territory and rank: equal speeds as printed share a rank (1, 2, 2, 4)."""
    engine.step("speed_hours", _HOURS)
    begins = datetime.combine(month.first, time())
    ends = datetime.combine(month.last + timedelta(days=1), time())
    of_month = {"begins": begins, "ends": ends, "busiest": profile.busiest or _EVERY_HOUR}
    engine.register("speed_month", pa.Table.from_pylist([of_month]))
    engine.step("speed_counted", _COUNTED)
    engine.register("speed_buckets", _buckets(engine, profile))
    engine.step("speed_sums", _BUCKETS)
    return _ranked(_indices(engine.query("SELECT * FROM speed_sums").to_pylist(), profile))


def _buckets(engine: Engine, profile: SpeedProfile) -> pa.Table:
    """The buckets of highest bitrates, numbered from 1; a single one for a plain mean."""
    most = engine.query("SELECT max(most_mbps) AS most FROM speed_counted").to_pylist()[0]["most"] or Decimal(0)
    width = profile.bucket or most + 1
    rows = [
        {"bucket": number + 1, "low": number * width, "high": (number + 1) * width}
        for number in range(int(most // width) + 1)
    ]
    return pa.Table.from_pylist(rows, pa.schema([("bucket", pa.int64()), ("low", _EXACT), ("high", _EXACT)]))


def _indices(sums: list[dict[str, Any]], profile: SpeedProfile) -> list[Speed]:
    """Σ the world's share of seconds in a bucket × what the provider's sessions in it got through a second."""
    whole = sum(int(row["seconds"]) for row in sums)
    world: dict[int, int] = defaultdict(int)
    got: dict[tuple[str, str], dict[int, Fraction]] = defaultdict(dict)
    for row in sums:
        if row["seconds"]:
            world[row["bucket"]] += int(row["seconds"])
            got[row["territory"], row["provider"]][row["bucket"]] = Fraction(row["megabits"]) / int(row["seconds"])
    found = []
    for (territory, provider), performance in sorted(got.items()):
        missing = tuple(bucket for bucket in sorted(world) if bucket not in performance)
        if missing:
            found.append(Speed(territory, provider, None, None, None, missing))
            continue
        exact = sum((Fraction(world[bucket], whole) * of for bucket, of in performance.items()), Fraction())
        found.append(Speed(territory, provider, exact, half_up(exact, profile.step), None))
    return found


def _ranked(of: Sequence[Speed]) -> list[Speed]:
    by_territory: dict[str, list[Speed]] = defaultdict(list)
    for speed in of:
        by_territory[speed.territory].append(speed)
    ranked = []
    for some in by_territory.values():
        with_speed = [(one, one.displayed) for one in some if one.displayed is not None]
        ranks = shared_ranks([displayed for _, displayed in with_speed])
        placed = [replace(one, rank=rank) for (one, _), rank in zip(with_speed, ranks, strict=True)]
        ranked += sorted(placed, key=lambda one: (one.rank or 0, one.provider))
        ranked += [one for one in some if one.displayed is None]
    return ranked
