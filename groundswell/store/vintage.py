"""Which rows answer a question: of each issue the edition known last, whole lists before partial ones.

The rule is docs/methods.md, "Vintages". `loads` holds only what was known at the time asked about. What an origin does not
let us show (`may_show`) answers nothing: figures unless it is `values`, whole lists when it is `nothing`.
"""

from groundswell.core.protocol import Engine

_ISSUES = """
SELECT i.*, l.known_from, l.evidence, l.may_show
FROM all_issues i JOIN loads l USING (load_id)
WHERE l.may_show <> 'nothing'
QUALIFY dense_rank() OVER (
          PARTITION BY chart, territory, last_day
          ORDER BY CASE complete_for WHEN '*' THEN 0 WHEN '' THEN 1 ELSE 2 END) = 1
    AND row_number() OVER (
          PARTITION BY chart, territory, last_day, complete_for
          ORDER BY l.known_from DESC, l.loaded_at DESC, load_id) = 1
"""
_ENTRIES = """
SELECT e.*, i.evidence
FROM all_entries e JOIN issues i USING (load_id, chart, territory, last_day)
"""
_OBSERVATIONS = """
SELECT o.*, i.evidence
FROM all_observations o JOIN issues i USING (load_id, chart, territory, last_day)
WHERE i.may_show = 'values'
UNION ALL
SELECT o.*, l.evidence
FROM all_observations o JOIN loads l USING (load_id)
WHERE o.chart = '' AND l.may_show = 'values'
QUALIFY row_number() OVER (
          PARTITION BY measure, territory, first_day, last_day, title, season
          ORDER BY l.known_from DESC, l.loaded_at DESC, load_id) = 1
"""


def take_vintage(engine: Engine) -> None:
    """Make `issues`, `entries` and `observations` from all rows of the loads listed in `loads`."""
    engine.step("issues", _ISSUES)
    engine.step("entries", _ENTRIES)
    engine.step("observations", _OBSERVATIONS)
