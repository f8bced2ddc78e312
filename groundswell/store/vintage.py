"""Which rows answer a question: of each issue the edition known last, whole lists before partial ones.

The rule is docs/methods.md, "Vintages". `loads` holds only what was known at the time asked about. What an origin does not
let us show (`may_show`) answers nothing: figures unless it is `values`, whole lists when it is `nothing`; neither does an
edition it came after. Readings that may not be shown stand apart, in `observations_withheld`, where only what says per cents
looks: with a value where per cents may be shown, else without one, and these only where an edition let more be shown.
"""

from groundswell.core.protocol import Engine

COUNTED = "viewing.weekly"
"""The feed of weeks counted from viewing sessions: of these the last count answers, whole or not."""
_ISSUES = f"""
WITH editions AS (
  SELECT *, row_number() OVER (ORDER BY known_from, loaded_at, load_id DESC) AS edition FROM loads
), known AS (
  SELECT i.*, l.known_from, l.evidence, l.may_show, l.edition, CASE complete_for WHEN '*' THEN 0 WHEN '' THEN 1 ELSE 2 END AS part
  FROM all_issues i JOIN editions l USING (load_id)
  QUALIFY l.feed <> '{COUNTED}' OR l.edition = max(l.edition) OVER (PARTITION BY l.feed, i.chart, i.territory, i.last_day)
)
SELECT k.* EXCLUDE (edition, part)
FROM known k
JOIN (SELECT chart, territory, last_day, min(part) AS part FROM known GROUP BY ALL) USING (chart, territory, last_day, part)
JOIN (SELECT chart, territory, last_day, complete_for, max(edition) AS edition FROM known GROUP BY ALL)
  USING (chart, territory, last_day, complete_for, edition)
WHERE k.may_show <> 'nothing'
"""
_ENTRIES = """
SELECT e.* EXCLUDE (snapshot_id)
FROM all_entries e JOIN issues i USING (load_id, chart, territory, last_day)
"""
_IN_NO_LIST = """
SELECT o.* EXCLUDE (snapshot_id), l.may_show, bool_or(l.may_show IN ('values', 'percent')) OVER reading AS told
FROM all_observations o JOIN loads l USING (load_id)
WHERE o.chart = ''
WINDOW reading AS (PARTITION BY measure, territory, first_day, last_day, title, season)
QUALIFY row_number() OVER (reading ORDER BY l.known_from DESC, l.loaded_at DESC, load_id, line) = 1
"""
_OBSERVATIONS = """
SELECT o.* EXCLUDE (snapshot_id)
FROM all_observations o JOIN issues i USING (load_id, chart, territory, last_day)
WHERE i.may_show = 'values'
UNION ALL
SELECT * EXCLUDE (may_show, told) FROM in_no_list WHERE may_show = 'values'
"""
_WITHHELD = """
SELECT * EXCLUDE (may_show, told) REPLACE (CASE may_show WHEN 'percent' THEN value END AS value)
FROM in_no_list WHERE may_show <> 'values' AND told
"""
_REVIEWS = """
SELECT * EXCLUDE (may_show)
FROM (
  SELECT r.* EXCLUDE (snapshot_id), l.may_show
  FROM all_reviews r JOIN loads l USING (load_id)
  QUALIFY rank() OVER (PARTITION BY title, season ORDER BY l.known_from DESC, l.loaded_at DESC, load_id) = 1
)
WHERE may_show = 'values'
"""


def take_vintage(engine: Engine) -> None:
    """Make all five from all rows of the loads listed in `loads`."""
    engine.step("issues", _ISSUES)
    engine.step("entries", _ENTRIES)
    engine.step("in_no_list", _IN_NO_LIST)
    engine.step("observations", _OBSERVATIONS)
    engine.step("observations_withheld", _WITHHELD)
    engine.drop("in_no_list")
    engine.step("reviews", _REVIEWS)
