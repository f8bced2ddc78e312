"""Weekly units of books: those of a subject's titles, such as its volumes, added up.

A week in which one of its titles has no reading has none: a title that is missing, or may not be shown, is not 0. Its titles
are those read and those `names.csv` names (`volumes`, measures/series.py).
Definition: docs/methods.md, "Book sales".
"""

from groundswell.measures.derived import Derived

UNITS = "books.units"
_SUMS = f"""
SELECT p.measure, p.unit, p.subject, p.territory, p.first_day, p.last_day,
       CASE WHEN count(p.value) = count(*) THEN sum(p.value) END AS value, min(p.title) AS title, min(p.season) AS season,
       p.measure AS part, p.first_day AS part_since
FROM parts p
JOIN (
  SELECT subject, territory, unit, count(DISTINCT (title, season)) AS titles
  FROM (SELECT * FROM parts UNION ALL BY NAME SELECT * FROM withheld) WHERE measure = '{UNITS}' GROUP BY ALL
) t USING (subject, territory, unit)
LEFT JOIN volumes USING (subject)
WHERE p.measure = '{UNITS}'
GROUP BY p.measure, p.unit, p.subject, p.territory, p.first_day, p.last_day
HAVING count(DISTINCT (p.title, p.season)) = greatest(any_value(t.titles), coalesce(any_value(volumes), 0))
"""
SUMS = Derived((UNITS,), of=(UNITS,), readings=_SUMS)
