"""What one edition of a producer's file changed against the edition known before it."""

from dataclasses import dataclass, field

from groundswell.core.protocol import Engine

_PLACES = """
SELECT chart, territory, last_day, rank, title, season, line,
       row_number() OVER (PARTITION BY chart, territory, last_day, rank ORDER BY title, season, line) AS nth
FROM all_entries WHERE load_id = '{load_id}' AND rank IS NOT NULL
UNION ALL
SELECT measure || ' of ' || title || ' / ' || season, territory, last_day, last_day - first_day, title, season, line, 1
FROM all_observations WHERE load_id = '{load_id}' AND chart = ''
UNION ALL
SELECT 'reviews of ' || title || ' / ' || season, 'WW', day, (hash(critic, publication) >> 1)::BIGINT, title, season, line,
       row_number() OVER (PARTITION BY title, season, day, critic, publication ORDER BY line)
FROM all_reviews WHERE load_id = '{load_id}'
"""
_PAIRS = """
SELECT a.chart, a.title AS old_title, a.season AS old_season, b.title AS new_title, b.season AS new_season,
       a.line AS old_line, b.line AS new_line
FROM places_before a JOIN places_after b USING (chart, territory, last_day, rank, nth)
"""
_FIGURES = """
SELECT line, measure, value FROM all_observations WHERE load_id = '{load_id}'
UNION ALL SELECT line, 'is_fresh', is_fresh::INTEGER FROM all_reviews WHERE load_id = '{load_id}'
"""
_REVISED = """
SELECT new_line, count(*) AS figures
FROM pairs
JOIN figures_before x ON x.line = old_line
JOIN figures_after y ON y.line = new_line AND y.measure = x.measure
WHERE x.value <> y.value GROUP BY ALL
"""
_RENAMED = """
SELECT chart, old_title, old_season, new_title, new_season, count(*) AS entries
FROM pairs LEFT JOIN revised USING (new_line)
WHERE (old_title, old_season) <> (new_title, new_season) AND revised.new_line IS NULL
GROUP BY ALL ORDER BY ALL
"""
_GONE = """
SELECT count(*) AS entries
FROM places_before
JOIN (SELECT chart, territory, min(last_day) AS since, max(last_day) AS until FROM places_after GROUP BY ALL)
  USING (chart, territory)
LEFT JOIN (SELECT chart, territory, last_day, rank, nth, true AS stands FROM places_after)
  USING (chart, territory, last_day, rank, nth)
WHERE last_day BETWEEN since AND until AND stands IS NULL
"""


@dataclass(frozen=True)
class Rename:
    """One work under two names on the same places of the same lists."""

    chart: str
    old: tuple[str, str]
    new: tuple[str, str]
    entries: int

    def __str__(self) -> str:
        old, new = (" / ".join(part for part in names if part) for names in (self.old, self.new))
        return f"{old} → {new} ({self.chart}, {self.entries} entries)"


@dataclass(frozen=True)
class Changes:
    """Between two editions: places both have (`common`), figures `revised`, titles `renamed`, entries `gone` or `added`.

    A place is chart, territory, issue and rank; of a reading in no list, measure, names, territory and days; of a review,
    film, critic, publication and day. A rename
    keeps every figure both editions print; `gone` counts only
    issues within the later edition's span. `against` is the other edition's snapshot, None when there is no other.
    """

    against: str | None = None
    common: int = 0
    revised: int = 0
    gone: int = 0
    added: int = 0
    renames: list[Rename] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """`renamed` counts titles, `renamed_entries` the entries that carry them."""
        return {
            "against": self.against,
            "common": self.common,
            "revised": self.revised,
            "renamed": len(self.renames),
            "renamed_entries": sum(rename.entries for rename in self.renames),
            "gone": self.gone,
            "added": self.added,
        }


def compare(engine: Engine, before: str, after: str, against: str) -> Changes:
    """The changes from load `before` to load `after`, whose rows are in `all_entries`, `all_observations` and `all_reviews`."""
    sides = (("before", before), ("after", after))
    for name, load_id in sides:
        engine.step(f"places_{name}", _PLACES.format(load_id=load_id))
    engine.step("pairs", _PAIRS)

    def count(sql: str) -> int:
        return int(engine.query(sql).column(0)[0].as_py() or 0)

    common, revised, renames = count("SELECT count(*) FROM pairs"), 0, []
    if common:
        for name, load_id in sides:
            engine.step(f"figures_{name}", _FIGURES.format(load_id=load_id))
        engine.step("revised", _REVISED)
        revised = count("SELECT sum(figures) FROM revised")
        renames = [
            Rename(
                row["chart"],
                (row["old_title"], row["old_season"]),
                (row["new_title"], row["new_season"]),
                row["entries"],
            )
            for row in engine.query(_RENAMED).to_pylist()
        ]
    return Changes(
        against=against,
        common=common,
        revised=revised,
        gone=count(_GONE),
        added=count("SELECT count(*) FROM places_after") - common,
        renames=renames,
    )
