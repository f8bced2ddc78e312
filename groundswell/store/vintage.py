"""Which rows answer a question: of each issue the edition known last, whole lists before partial ones.

The rule is docs/methods.md, "Vintages". `loads` holds only what was known at the time asked about. What an origin does not
let us show (`may_show`) answers nothing: figures unless it is `values`, whole lists when it is `nothing`. Readings of which per
cents may be shown stand apart, in `observations_withheld`, where only what says per cents looks.
"""

from groundswell.core.protocol import Engine

_ISSUES = """
WITH editions AS (
  SELECT *, row_number() OVER (ORDER BY known_from, loaded_at, load_id DESC) AS edition FROM loads WHERE may_show <> 'nothing'
), known AS (
  SELECT i.*, l.known_from, l.evidence, l.may_show, l.edition, CASE complete_for WHEN '*' THEN 0 WHEN '' THEN 1 ELSE 2 END AS part
  FROM all_issues i JOIN editions l USING (load_id)
)
SELECT k.* EXCLUDE (edition, part)
FROM known k
JOIN (SELECT chart, territory, last_day, min(part) AS part FROM known GROUP BY ALL) USING (chart, territory, last_day, part)
JOIN (SELECT chart, territory, last_day, complete_for, max(edition) AS edition FROM known GROUP BY ALL)
  USING (chart, territory, last_day, complete_for, edition)
"""
_ENTRIES = """
SELECT e.* EXCLUDE (snapshot_id)
FROM all_entries e JOIN issues i USING (load_id, chart, territory, last_day)
"""
_OBSERVATIONS = """
SELECT o.* EXCLUDE (snapshot_id)
FROM all_observations o JOIN issues i USING (load_id, chart, territory, last_day)
WHERE i.may_show = 'values'
UNION ALL
SELECT o.* EXCLUDE (snapshot_id)
FROM all_observations o JOIN loads l USING (load_id)
WHERE o.chart = '' AND l.may_show = 'values'
QUALIFY row_number() OVER (
          PARTITION BY measure, territory, first_day, last_day, title, season
          ORDER BY l.known_from DESC, l.loaded_at DESC, load_id, line) = 1
"""
_REVIEWS = """
SELECT r.* EXCLUDE (snapshot_id)
FROM all_reviews r JOIN loads l USING (load_id)
WHERE l.may_show = 'values'
QUALIFY rank() OVER (PARTITION BY title, season ORDER BY l.known_from DESC, l.loaded_at DESC, load_id) = 1
"""
_WITHHELD = """
SELECT o.* EXCLUDE (snapshot_id)
FROM all_observations o JOIN loads l USING (load_id)
ANTI JOIN (SELECT * FROM observations WHERE chart = '') USING (measure, territory, first_day, last_day, title, season)
WHERE o.chart = '' AND l.may_show = 'percent'
QUALIFY row_number() OVER (
          PARTITION BY measure, territory, first_day, last_day, title, season
          ORDER BY l.known_from DESC, l.loaded_at DESC, load_id, line) = 1
"""


def take_vintage(engine: Engine) -> None:
    """Make all five from all rows of the loads listed in `loads`."""
    engine.step("issues", _ISSUES)
    engine.step("entries", _ENTRIES)
    engine.step("observations", _OBSERVATIONS)
    engine.step("observations_withheld", _WITHHELD)
    engine.step("reviews", _REVIEWS)
