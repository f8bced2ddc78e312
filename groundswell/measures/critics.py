"""What critics say of a film or a season, worked out from their reviews.

    critics.score, critics.top_score        the share that is fresh, per cent: of all critics, and of top critics
    critics.reviews, critics.top_reviews    of how many reviews

A reading stands on each day a review is dated, of all reviews up to it. A review whose date, verdict or rank is not known may
count or not; then two readings give the lowest and the highest value that leaves possible.
Definition and origin: docs/methods.md, "Critics".
"""

from decimal import Decimal

from groundswell.measures.derived import Derived

_Z = Decimal("1.959963984540054")
"""Of the normal distribution, 95% lies within so many standard deviations."""

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
_BOUNDS = f"""
SELECT subject, part, title, season, day, 'low' AS bound, fresh, reviews + perhaps - perhaps_fresh AS of_all,
       reviews AS counted
FROM tally WHERE day > {_EVER}
UNION ALL
SELECT subject, part, title, season, day, 'high', reviews - rotten + perhaps - perhaps_rotten, reviews + perhaps - perhaps_rotten,
       reviews + perhaps
FROM tally WHERE day > {_EVER}
"""
_SCORE = "CASE WHEN fresh = of_all THEN 100 ELSE least(99, (200 * fresh + of_all) // (2 * of_all)) END"
"""Half up in whole numbers; 100 of all alone."""
_READING = """
SELECT DISTINCT {measure} AS measure, {unit} AS unit, subject, 'WW' AS territory, day AS first_day, day AS last_day,
       ({value})::DECIMAL(38, 9) AS value, title, season, {share}, part
FROM bounds WHERE {where}
"""


def _of(all_of: str, top: str) -> str:
    return f"CASE part WHEN 'critics.review' THEN '{all_of}' ELSE '{top}' END"


CRITICS = Derived(
    rows=_ROWS,
    instead_of=("critics.review", "critics.top_review"),
    steps={"reviewed": _REVIEWED, "tally": _TALLY, "bounds": _BOUNDS},
    readings=" UNION ALL BY NAME ".join(
        (
            _READING.format(
                measure=_of("critics.score", "critics.top_score"),
                unit=_of("per cent of critics", "per cent of top critics"),
                value=_SCORE,
                share="fresh AS had, of_all AS out_of",
                where="of_all > 0",
            ),
            _READING.format(
                measure=_of("critics.reviews", "critics.top_reviews"),
                unit=_of("reviews", "reviews by top critics"),
                value="counted",
                share="NULL::BIGINT AS had, NULL::BIGINT AS out_of",
                where="true",
            ),
        )
    ),
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
