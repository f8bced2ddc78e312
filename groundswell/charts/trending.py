"""Trending TV: the programmes accounts did most about in a week, counted from what they did.

What is counted is `measures.interactions`; here it is ranked, and written down as a `Reduction`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from groundswell.catalog import Kind
from groundswell.catalog.identity import by_rule
from groundswell.charts.definition import TRENDING_TV
from groundswell.core.period import MON_SUN, Period
from groundswell.core.protocol import Engine
from groundswell.core.quantity import half_up
from groundswell.core.reduction import ReducedCell, ReducedTitle, Reduction
from groundswell.measures.interactions import count, gather
from groundswell.measures.profile import GROUNDSWELL_2026, PROFILES, SETTLE, VARIETY_2022

RANKED_BY = GROUNDSWELL_2026
FLOOR = 200
"""Distinct accounts a title needs to be ranked."""
HOURS = 7 * 24
_FIGURE_OF = {"post": "posts", "repost": "reposts", "like": "likes"}

_SPAN = """
SELECT min(e.day) AS first, (SELECT max(CAST(hour AS DATE)) FROM tallies) AS last
FROM events e JOIN links l ON l.platform = e.platform AND l.post = e.key
"""
_HOURS_SEEN = """
SELECT first_day, min(hours) AS hours FROM (
  SELECT w.first_day, t.platform, count(DISTINCT t.hour) AS hours
  FROM tallies t JOIN weeks w ON t.hour >= w.begins AND t.hour < w.ends
  WHERE NOT EXISTS (
    FROM gaps g WHERE g.platform = t.platform AND g.since < t.hour + INTERVAL 1 HOUR AND g.until >= t.hour
  )
  GROUP BY w.first_day, t.platform
) p GROUP BY first_day
"""
_ACTS = """
SELECT first_day, platform, actor, kind, key, CAST(epoch_us(seen_at) AS BIGINT) AS seen_at, subject, reason
FROM judged ORDER BY first_day, platform, actor, kind, key, subject
"""


def settled_weeks(engine: Engine, now: datetime) -> list[Period]:
    """The weeks from the first linked post to the last event of any kind that were settled at `now`."""
    span = engine.query(_SPAN).to_pylist()[0]
    if span["first"] is None:
        return []
    unsettled = MON_SUN.period_of((now - SETTLE).date())
    weeks = MON_SUN.between(MON_SUN.period_of(span["first"]), MON_SUN.period_of(span["last"]))
    return [week for week in weeks if week.last < unsettled.first]


def reduce_weeks(engine: Engine, weeks: Sequence[Period], names: Mapping[str, str]) -> list[Reduction]:
    """Each week's list; `events`, `links`, `owned`, `tallies` and `gaps` are in the engine. `names` are the titles of subjects."""
    gather(engine, weeks)
    count(engine, VARIETY_2022)
    plain = _by_week(engine, "SELECT first_day, subject, sum(net) AS net FROM titles GROUP BY first_day, subject")
    count(engine, RANKED_BY)
    kinds, left, actors, cells = (
        _by_week(engine, f"SELECT * FROM {table} ORDER BY ALL") for table in ("titles", "left_out", "actors", "cells")
    )
    hours = {row["first_day"]: row["hours"] for row in engine.query(_HOURS_SEEN).to_pylist()}
    versions = tuple(engine.query("SELECT DISTINCT gazetteer FROM links ORDER BY gazetteer")["gazetteer"].to_pylist())
    digests = _digests(engine)
    found = []
    for week in weeks:
        day = week.first
        titles = _ranked(kinds[day], left[day], actors[day], plain[day], names)
        listed = {title.subject for title in titles}
        found.append(
            Reduction(
                measure="interactions",
                chart=TRENDING_TV.id,
                calendar=MON_SUN.name,
                first_day=week.first,
                last_day=week.last,
                hours_missing=HOURS - hours.get(day, 0),
                ranked_by=RANKED_BY.id,
                profiles=tuple(profile.id for profile in PROFILES),
                gazetteers=versions,
                inputs="sha256:" + digests.get(day, hashlib.sha256()).hexdigest(),
                entries=titles,
                cells=tuple(
                    ReducedCell(
                        **{name: row[name] for name in ReducedCell.__struct_fields__} | {"net": int(row["net"])}
                    )
                    for row in cells[day]
                    if row["subject"] in listed
                ),
            )
        )
    return found


def _ranked(
    kinds: list[dict[str, Any]],
    left: list[dict[str, Any]],
    actors: list[dict[str, Any]],
    plain: list[dict[str, Any]],
    names: Mapping[str, str],
) -> tuple[ReducedTitle, ...]:
    """By net interactions, then distinct accounts, then subject id; ten at most, none below the floor."""
    figures: dict[str, dict[str, int]] = {
        row["subject"]: {"interactions": 0, "interactions_gross": 0, "unique_actors": row["actors"]}
        for row in actors
        if row["actors"] >= FLOOR
    }
    for row in kinds:
        if row["subject"] in figures:
            of = figures[row["subject"]]
            of["interactions"] += int(row["net"])
            of["interactions_gross"] += int(row["gross"])
            of[_FIGURE_OF[row["kind"]]] = int(row["net"])
    for row in plain:
        if row["subject"] in figures:
            figures[row["subject"]]["interactions_variety_2022"] = int(row["net"])
    top = {row["subject"]: int(row["top_acts"]) for row in actors}
    order = sorted(figures, key=lambda of: (-figures[of]["interactions"], -figures[of]["unique_actors"], of))
    return tuple(
        ReducedTitle(
            rank=rank,
            subject=subject,
            title=_title(subject, names),
            figures={
                **{
                    name: Decimal(value)
                    for name, value in {**dict.fromkeys(_FIGURE_OF.values(), 0), **figures[subject]}.items()
                },
                "top_share": half_up(Decimal(top[subject] * 100) / figures[subject]["interactions"], Decimal("0.1")),
            },
            left_out={row["reason"]: int(row["acts"]) for row in left if row["subject"] == subject},
        )
        for rank, subject in enumerate(order[: TRENDING_TV.depth], 1)
    )


def _title(subject: str, names: Mapping[str, str]) -> str:
    """The title, where the rule leads from it to its subject; else the id, which always does."""
    name = names.get(subject, subject)
    return name if by_rule(name, "", Kind.ANY) == subject else subject


def _by_week(engine: Engine, sql: str) -> dict[date, list[dict[str, Any]]]:
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.query(sql).to_pylist():
        found[row["first_day"]].append(row)
    return found


def _digests(engine: Engine) -> dict[date, Any]:
    """Of every act of a week and what became of it, in an order of its own."""
    found: dict[date, Any] = {}
    for batch in engine.query(_ACTS).to_batches():
        columns = batch.to_pydict()
        for day, *act in zip(*columns.values(), strict=True):
            found.setdefault(day, hashlib.sha256()).update("\0".join(map(str, act)).encode() + b"\n")
    return found
