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
from groundswell.core.reduction import Authorship, ReducedCell, ReducedTitle, Reduction
from groundswell.measures.interactions import count, gather
from groundswell.measures.profile import CAMPAIGN, GROUNDSWELL_2026, PROFILES, SETTLE

RANKED_BY = GROUNDSWELL_2026
FLOOR = 200
"""Distinct accounts a title needs to be ranked."""
HOURS = 7 * 24
_FIGURE_OF = {"post": "posts", "repost": "reposts", "like": "likes"}
_NONE_IS_NOUGHT = (*_FIGURE_OF.values(), "ambiguous_posts")
_COUNTED = ("titles", "left_out", "actors", "cells", "authors", "by_cap", "ageless")
_CAPS = {"1": "cap_1", "3": "cap_3", "10": "cap_10", "none": "no_cap"}

_SPAN = """
SELECT min(CASE WHEN kind = 'post' AND l.load_id IS NOT NULL THEN CAST(hour AS DATE) END) AS first, max(CAST(hour AS DATE)) AS last
FROM tallies LEFT JOIN (SELECT load_id FROM links GROUP BY load_id) l USING (load_id)
"""
_WITNESSED = "SELECT platform, hour FROM tallies GROUP BY platform, hour"
_HOURS_SEEN = """
SELECT first_day, min(hours) AS hours FROM (
  SELECT w.first_day, t.platform, count(t.hour) AS hours
  FROM witnessed t JOIN weeks w ON t.hour >= w.begins AND t.hour < w.ends
  WHERE NOT EXISTS (
    FROM gaps g WHERE g.platform = t.platform AND g.since < t.hour + INTERVAL 1 HOUR AND g.until >= t.hour
  )
  GROUP BY w.first_day, t.platform
) p GROUP BY first_day
"""
# A post that a rule linked after all, in another file or by the post it answers, is not ambiguous.
_AMBIGUOUS = """
SELECT w.first_day, a.subject, count(a.post) AS posts
FROM (SELECT platform, post, subject, min(seen_at) AS seen_at FROM ambiguous GROUP BY platform, post, subject) a
JOIN weeks w ON a.seen_at >= w.begins AND a.seen_at < w.ends
LEFT JOIN (
  SELECT platform, left(sha256(post), 16) AS post, subject, 1 AS linked FROM links GROUP BY platform, post, subject
) l ON l.platform = a.platform AND l.post = a.post AND l.subject = a.subject
WHERE l.linked IS NULL GROUP BY w.first_day, a.subject
"""
_GAZETTEERS = """
SELECT first_day, gazetteer
FROM (SELECT first_day, post FROM first_acts GROUP BY first_day, post) a
JOIN named n ON n.post = a.post
JOIN links l ON l.platform = n.platform AND l.post = n.post_key
GROUP BY first_day, gazetteer ORDER BY gazetteer
"""
_RANKABLE = """
SELECT * FROM {name} t WHERE EXISTS (
  SELECT 1 FROM actors a WHERE a.actors >= {floor} AND a.first_day = t.first_day AND a.subject = t.subject
) ORDER BY ALL
"""
_ACTS = """
SELECT concat_ws(chr(0), platform, actor, kind, key, CAST(epoch_us(seen_at) AS VARCHAR), subject, reason) || chr(10) AS act
FROM judged WHERE first_day = ? ORDER BY platform, actor, kind, key, subject
"""
"""Every act of a week and what became of it, in an order of its own."""


def settled_weeks(engine: Engine, now: datetime) -> list[Period]:
    """The weeks that were settled at `now`, from the first posts among which one named a title to the last event of any kind."""
    span = engine.query(_SPAN).to_pylist()[0]
    if span["first"] is None:
        return []
    unsettled = MON_SUN.period_of((now - SETTLE).date())
    weeks = MON_SUN.between(MON_SUN.period_of(span["first"]), MON_SUN.period_of(span["last"]))
    return [week for week in weeks if week.last < unsettled.first]


def reduce_weeks(engine: Engine, weeks: Sequence[Period], names: Mapping[str, str]) -> list[Reduction]:
    """Each week's list, the same whichever weeks it is reduced with. `names` are the titles of subjects.

    `events`, `links`, `owned`, `tallies`, `gaps` and `ambiguous` are in the engine.
    """
    gather(engine, weeks)
    count(engine, RANKED_BY)
    by_week = {name: _by_week(engine, _RANKABLE.format(name=name, floor=FLOOR)) for name in _COUNTED}
    by_week |= {"ambiguous": _by_week(engine, _AMBIGUOUS)}
    engine.step("witnessed", _WITNESSED)
    hours = {row["first_day"]: row["hours"] for row in engine.query(_HOURS_SEEN).to_pylist()}
    versions = _by_week(engine, _GAZETTEERS)
    found = []
    for week in weeks:
        day = week.first
        titles = _ranked({name: rows[day] for name, rows in by_week.items()}, names)
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
                gazetteers=tuple(row["gazetteer"] for row in versions[day]),
                inputs=_inputs(engine, week),
                entries=titles,
                cells=tuple(
                    ReducedCell(
                        **{name: row[name] for name in ReducedCell.__struct_fields__} | {"net": int(row["net"])}
                    )
                    for row in by_week["cells"][day]
                    if row["subject"] in listed
                ),
            )
        )
    return found


def _ranked(week: dict[str, list[dict[str, Any]]], names: Mapping[str, str]) -> tuple[ReducedTitle, ...]:
    """By net interactions, then distinct accounts, then subject id; ten at most."""
    figures: dict[str, dict[str, int]] = {
        row["subject"]: {"interactions": 0, "interactions_gross": 0, "unique_actors": row["actors"]}
        for row in week["actors"]
    }
    for row in week["titles"]:
        if row["subject"] in figures:
            of = figures[row["subject"]]
            of["interactions"] += int(row["net"])
            of["interactions_gross"] += int(row["gross"])
            of["interactions_variety_2022"] = of[
                "interactions_gross"
            ]  # it counts the same kinds and leaves nothing out
            of[_FIGURE_OF[row["kind"]]] = int(row["net"])
    for row in week["ambiguous"]:
        if row["subject"] in figures:
            figures[row["subject"]]["ambiguous_posts"] = int(row["posts"])
    order = sorted(figures, key=lambda of: (-figures[of]["interactions"], -figures[of]["unique_actors"], of))
    return tuple(
        _reduced_title(
            rank, subject, figures[subject], {table: _of(subject, rows) for table, rows in week.items()}, names
        )
        for rank, subject in enumerate(order[: TRENDING_TV.depth], 1)
    )


def _of(subject: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["subject"] == subject]


def _reduced_title(
    rank: int, subject: str, figures: dict[str, int], rows: dict[str, list[dict[str, Any]]], names: Mapping[str, str]
) -> ReducedTitle:
    whole = {name: Decimal(value) for name, value in {**dict.fromkeys(_NONE_IS_NOUGHT, 0), **figures}.items()}
    top = int(rows["actors"][0]["top_acts"])
    authorship = _authorship(rows["authors"])
    badge = {"campaign": Decimal(1)} if authorship.campaign else {}
    return ReducedTitle(
        rank=rank,
        subject=subject,
        title=_title(subject, names),
        figures={**whole, "top_share": half_up(Decimal(top * 100) / whole["interactions"], Decimal("0.1")), **badge},
        left_out={row["reason"]: int(row["acts"]) for row in rows["left_out"]},
        age_unknown=sum(int(row["acts"]) for row in rows["ageless"]),
        by_cap={name: int(rows["by_cap"][0][column]) for name, column in _CAPS.items()},
        authorship=authorship,
    )


def _authorship(rows: list[dict[str, Any]]) -> Authorship:
    """Whose posts they are, and whether at least two of the three signs of a campaign are there."""
    counts = {name: int(rows[0][name]) if rows else 0 for name in ("posts", "authors", "top_posts", "hashtags_only")}
    posts, percent = counts["posts"], Decimal(counts["posts"]) / 100
    signs = (
        posts >= CAMPAIGN.an_author * counts["authors"],
        counts["top_posts"] >= CAMPAIGN.top_share * percent,
        counts["hashtags_only"] >= CAMPAIGN.hashtag_share * percent,
    )
    return Authorship(**counts, campaign=posts >= CAMPAIGN.posts and sum(signs) >= 2)


def _title(subject: str, names: Mapping[str, str]) -> str:
    """The title, where the rule leads from it to its subject; else the id, which always does."""
    name = names.get(subject, subject)
    return name if by_rule(name, "", Kind.ANY) == subject else subject


def _by_week(engine: Engine, sql: str) -> dict[date, list[dict[str, Any]]]:
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in engine.query(sql).to_pylist():
        found[row["first_day"]].append(row)
    return found


def _inputs(engine: Engine, week: Period) -> str:
    """The digest of a week's acts."""
    digest = hashlib.sha256()
    for acts in engine.query(_ACTS, [week.first])["act"].chunks:
        digest.update("".join(acts.to_pylist()).encode())
    return f"sha256:{digest.hexdigest()}"
