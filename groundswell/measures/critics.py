"""What critics say of a film or a season, worked out from their reviews.

    critics.score, critics.top_score        the share that is fresh, per cent: of all critics, and of top critics
    critics.reviews, critics.top_reviews    of how many reviews
    critics.certifiable                     whether it met what Certified Fresh asks for: earned, and kept until lost

A reading stands on each day a review is dated, of all reviews up to it, by the method then in force. A review whose date, verdict
or rank is not known may count or not; then two readings give the lowest and the highest value that leaves possible.
Definitions and origins: docs/methods.md, "Critics".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from groundswell.core.protocol import Engine
from groundswell.measures.derived import Derived

_Z = Decimal("1.959963984540054")
"""Of the normal distribution, 95% lies within so many standard deviations."""


@dataclass(frozen=True)
class Method:
    """How many reviews a producer asks for from the day `since` on; its shares are per cent, of the exact share."""

    id: str
    since: date
    shown: int
    """The fewest reviews a score is shown at."""
    films: tuple[int, int]
    """The fewest a film is certified with: in limited release, and in wide."""
    seasons: int | None
    """The same for a season; None: seasons were not certified."""
    top: int
    """How many of them by top critics."""
    earned: int = 75
    lost: int = 70


METHODS = (
    Method("tomatometer-1998", date(1, 1, 1), 5, (20, 20), None, 0),
    Method("tomatometer-2005", date(2005, 1, 1), 5, (40, 40), None, 5),
    Method("tomatometer-2013", date(2013, 9, 1), 5, (40, 80), 20, 5),
    Method("tomatometer-2024", date(2024, 8, 21), 10, (40, 80), 20, 5),
)

_EVER = "DATE '0001-01-01'"
"""Where a review without a date stands: before every other."""
_ROWS = """
SELECT measure, 'status' AS unit, 'WW' AS territory, day AS first_day, day AS last_day, title, season,
       is_fresh::INTEGER::DECIMAL(38, 9) AS value, concat_ws(', ', nullif(critic, ''), nullif(publication, '')) AS said_by,
       line, load_id
FROM reviews
JOIN (VALUES ('critics.review'), ('critics.top_review')) AS of (measure)
  ON measure = 'critics.review' OR is_top IS NOT false
"""
# A critic's later review for the same publication takes the place of the earlier from its day on.
_REVIEWED = """
SELECT p.subject, p.title, p.season, r.day, r.is_fresh, r.is_top,
       CASE WHEN r.critic <> '' THEN
         lead(r.day) OVER (PARTITION BY p.subject, r.critic, r.publication ORDER BY r.day NULLS LAST, p.load_id, p.line)
       END AS until
FROM parts p JOIN reviews r USING (load_id, line)
WHERE p.measure = 'critics.review'
"""
# By the end of each day, of all reviews and of top critics': how many surely count, and how many may.
_TALLY = f"""
WITH steps AS (
  SELECT subject, title, season, is_fresh, is_top, day IS NOT NULL AS is_dated, coalesce(day, {_EVER}) AS day, 1 AS step
  FROM reviewed
  UNION ALL
  SELECT subject, title, season, is_fresh, is_top, true, until, -1 FROM reviewed WHERE until IS NOT NULL
), days AS (
  SELECT subject, part, any_value(title) AS title, any_value(season) AS season, day,
         sum(step) FILTER (is_sure AND is_fresh) AS fresh,
         sum(step) FILTER (is_sure AND NOT is_fresh) AS rotten,
         sum(step) FILTER (is_sure) AS reviews,
         sum(step) FILTER (NOT is_sure AND is_fresh) AS perhaps_fresh,
         sum(step) FILTER (NOT is_sure AND NOT is_fresh) AS perhaps_rotten,
         sum(step) FILTER (NOT is_sure) AS perhaps
  FROM (
    SELECT *, 'critics.review' AS part, is_dated AS is_sure FROM steps
    UNION ALL
    SELECT *, 'critics.top_review', is_dated AND is_top IS NOT NULL FROM steps WHERE is_top IS NOT false
  ) GROUP BY subject, part, day
)
SELECT subject, part, title, season, day,
       coalesce(sum(fresh) OVER up_to, 0)::BIGINT AS fresh,
       coalesce(sum(rotten) OVER up_to, 0)::BIGINT AS rotten,
       coalesce(sum(reviews) OVER up_to, 0)::BIGINT AS reviews,
       coalesce(sum(perhaps_fresh) OVER up_to, 0)::BIGINT AS perhaps_fresh,
       coalesce(sum(perhaps_rotten) OVER up_to, 0)::BIGINT AS perhaps_rotten,
       coalesce(sum(perhaps) OVER up_to, 0)::BIGINT AS perhaps
FROM days
WINDOW up_to AS (PARTITION BY subject, part ORDER BY day)
"""
# The least and the most favourable of what is possible: whatever is not known counts against it, and for it.
_BOUNDS = """
SELECT subject, part, title, season, day, 'low' AS bound, reviews AS counted, reviews + perhaps AS most,
       fresh, reviews + perhaps - perhaps_fresh AS of_all
FROM tally
UNION ALL
SELECT subject, part, title, season, day, 'high', reviews + perhaps, reviews + perhaps,
       reviews - rotten + perhaps - perhaps_rotten, reviews + perhaps - perhaps_rotten
FROM tally
"""
# Which release a film had is not in its reviews: what a limited one needs may do, what a wide one needs surely does.
_JUDGED = """
SELECT b.*, m.shown,
       100 * b.fresh >= m.earned * b.of_all AND coalesce(t.counted, 0) >= m.top AND b.counted >= CASE
         WHEN k.kind = 'series' THEN NULL
         WHEN contains(b.subject, '/') THEN m.season
         WHEN b.bound = 'low' THEN m.wide
         ELSE m.limited END AS earns,
       100 * b.fresh < m.lost * b.of_all AS loses
FROM bounds b
ASOF JOIN methods m ON b.day >= m.since
ASOF LEFT JOIN (SELECT subject, bound, day, counted FROM bounds WHERE part = 'critics.top_review') t
  ON b.subject = t.subject AND b.bound = t.bound AND b.day >= t.day
LEFT JOIN kinds k ON k.subject = b.subject
"""
_CERTIFIABLE = """
SELECT *, max(CASE WHEN has <> before THEN day END) OVER (PARTITION BY subject, bound ORDER BY day) AS changed
FROM (
  SELECT *, lag(has, 1, 0) OVER (PARTITION BY subject, bound ORDER BY day) AS before
  FROM (
    SELECT *, coalesce(last_value(CASE WHEN earns THEN 1 WHEN loses THEN 0 END IGNORE NULLS)
                       OVER (PARTITION BY subject, bound ORDER BY day), 0) AS has
    FROM judged WHERE part = 'critics.review'
  )
)
"""
_SCORE = "CASE WHEN {fresh} = {of_all} THEN 100 ELSE least(99, (200 * {fresh} + {of_all}) // (2 * {of_all})) END"
"""Half up in whole numbers; 100 of all alone."""
_READING = """
SELECT DISTINCT {measure} AS measure, {unit} AS unit, subject, 'WW' AS territory, day AS first_day, day AS last_day,
       ({value})::DECIMAL(38, 9) AS value, title, season, {beside}, part
FROM {rows} WHERE day > DATE '0001-01-01' AND {where}
"""
# A score as printed, with the counts printed beside it.
_PRINTED = """
SELECT s.measure, s.unit, s.subject, s.territory, s.first_day, s.last_day, s.value, s.title, s.season,
       f.value::BIGINT AS had, n.value::BIGINT AS out_of, s.measure AS part, s.last_day AS part_since
FROM parts s
LEFT JOIN parts n ON n.load_id = s.load_id AND n.line = s.line AND n.measure = 'critics.reviews'
LEFT JOIN parts f ON f.load_id = s.load_id AND f.line = s.line AND f.measure = 'critics.fresh_reviews' AND f.value <= n.value
WHERE s.measure = 'critics.score'
"""


def _of(all_of: str, top: str) -> str:
    return f"CASE part WHEN 'critics.review' THEN '{all_of}' ELSE '{top}' END"


def critics(methods: Sequence[Method] = METHODS) -> Derived:
    """The measures above, by the method of these that is in force on a day."""
    rules = ", ".join(
        f"('{m.id}', DATE '{m.since.isoformat()}', {m.shown}, {m.films[0]}, {m.films[1]}, "
        f"{'NULL' if m.seasons is None else m.seasons}, {m.top}, {m.earned}, {m.lost})"
        for m in methods
    )
    columns = "id, since, shown, limited, wide, season, top, earned, lost"
    readings = (
        _READING.format(
            rows="judged",
            measure=_of("critics.score", "critics.top_score"),
            unit=_of("per cent of critics", "per cent of top critics"),
            value=_SCORE.format(fresh="fresh", of_all="of_all"),
            beside="fresh AS had, of_all AS out_of",
            where="of_all > 0 AND most >= shown",
        ),
        _READING.format(
            rows="bounds",
            measure=_of("critics.reviews", "critics.top_reviews"),
            unit=_of("reviews", "reviews by top critics"),
            value="counted",
            beside="NULL::BIGINT AS had",
            where="true",
        ),
        _READING.format(
            rows="certifiable",
            measure="'critics.certifiable'",
            unit="'status'",
            value="has",
            beside="changed AS since",
            where="true",
        ),
        _PRINTED,
    )
    return Derived(
        measures=tuple(f"critics.{name}" for name in ("score", "top_score", "reviews", "top_reviews", "certifiable")),
        of=("critics.review", "critics.top_review", "critics.score"),
        rows=_ROWS,
        steps={
            "reviewed": _REVIEWED,
            "tally": _TALLY,
            "bounds": _BOUNDS,
            "methods": f"SELECT * FROM (VALUES {rules}) AS m ({columns})",
            "judged": _JUDGED,
            "certifiable": _CERTIFIABLE,
        },
        readings=" UNION ALL BY NAME ".join(readings),
    )


def wilson(fresh: int, reviews: int) -> tuple[Decimal, Decimal]:
    """The 95% interval of the share that `fresh` of so many `reviews`, one or more, stand for, by Wilson's score.

    >>> [f"{end:.3f}" for end in wilson(21, 21)]
    ['0.845', '1.000']
    """
    z2 = _Z * _Z
    middle = fresh + z2 / 2
    half = _Z * (Decimal(fresh) * (reviews - fresh) / reviews + z2 / 4).sqrt()
    return max(Decimal(0), (middle - half) / (reviews + z2)), min(Decimal(1), (middle + half) / (reviews + z2))


_RECONCILED = f"""
SELECT CASE WHEN fresh + rotten <> reviews THEN 'counts that do not add up'
            WHEN score = again THEN 'same'
            WHEN (200 * fresh) % (2 * reviews) = reviews AND score = again - 1 THEN 'half rounded down'
            ELSE 'unexplained' END AS class,
       count(*) AS scores, list(title ORDER BY title)[:5] AS examples
FROM (
  SELECT *, {_SCORE.format(fresh="fresh", of_all="reviews")} AS again
  FROM (
    SELECT any_value(title) AS title,
           (max(value) FILTER (measure = 'critics.score'))::BIGINT AS score,
           (max(value) FILTER (measure = 'critics.reviews'))::BIGINT AS reviews,
           (max(value) FILTER (measure = 'critics.fresh_reviews'))::BIGINT AS fresh,
           (max(value) FILTER (measure = 'critics.rotten_reviews'))::BIGINT AS rotten
    FROM observations WHERE chart = '' AND starts_with(measure, 'critics.') GROUP BY load_id, line
  ) WHERE score + fresh + rotten IS NOT NULL AND reviews > 0
) GROUP BY class ORDER BY class
"""


@dataclass(frozen=True)
class ScoresReconciled:
    """Printed scores of one class of difference from what their counts give, with a few of the films."""

    name: str
    scores: int
    examples: list[str]


def reconcile_scores(engine: Engine) -> list[ScoresReconciled]:
    """Work every printed score out again from the counts beside it: same, or the class of its difference."""
    rows = engine.query(_RECONCILED).to_pylist()
    return [ScoresReconciled(row["class"], row["scores"], row["examples"]) for row in rows]
