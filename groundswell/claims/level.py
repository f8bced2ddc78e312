"""What is asked of a series: the `level` of a measure, and whether a `status` was had.

Both read `asked`, `levels`, `parts` and `shown` (measures/series.py), and make

    readings    of the readings that lie in the period the last one, or all that end on its day
    decisive    the rows these rest on: each itself, or of a derived one its parts
    answer      the lowest and the highest value of the readings

Definitions: docs/methods.md, "Series".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from groundswell.catalog.identity import slug
from groundswell.claims.claim import Claim, Found
from groundswell.core.period import Period
from groundswell.core.quantity import half_up, plain
from groundswell.core.rows import STATUS
from groundswell.core.verdict import Reason
from groundswell.measures.critics import wilson
from groundswell.measures.named import name_of_measure

_TENTH = Decimal("0.1")
_SERIES = "r.measure = a.measure AND r.subject = a.subject AND r.territory = a.territory"
LAST = "(SELECT *, true AS shown FROM levels UNION ALL BY NAME SELECT * REPLACE (NULL AS value), false AS shown FROM withheld)"
"""Every reading: one that may not be shown stands without its value, that an earlier one does not pass for it."""
_READINGS = f"""
SELECT a.n, r.*
FROM asked a
JOIN {LAST} r ON {_SERIES} AND r.unit = a.unit AND r.first_day >= a.first_day AND r.last_day <= a.last_day
QUALIFY rank() OVER (PARTITION BY a.n ORDER BY r.last_day DESC) = 1
"""
_DECISIVE = """
SELECT d.* EXCLUDE (load_id), s.snapshot_id, s.evidence
FROM (
  SELECT n, measure, value, unit, territory, first_day, last_day, title, season, subject, NULL AS said_by, line, load_id
  FROM readings WHERE part IS NULL AND shown
  UNION ALL
  SELECT r.n, p.measure, p.value, p.unit, p.territory, p.first_day, p.last_day, p.title, p.season, p.subject, p.said_by, p.line,
         p.load_id
  FROM (SELECT DISTINCT n, subject, territory, last_day, part, part_since FROM readings) r
  JOIN parts p ON p.measure = r.part AND p.subject = r.subject AND p.territory = r.territory
    AND coalesce(p.first_day >= r.part_since, true) AND coalesce(p.last_day <= r.last_day, true)
) d
JOIN loads s USING (load_id)
"""
_ANSWER = """
SELECT n, CASE WHEN count(r.value) = count(*) THEN min(coalesce(s.low, r.value)) END AS low,
       max(coalesce(s.high, r.value)) AS high, min(first_day) AS read_from, any_value(last_day) AS read_to, max(how) AS how,
       bool_and(shown) AS shown,
       list(DISTINCT {'had': had, 'out_of': out_of}) FILTER (out_of IS NOT NULL) AS shares,
       CASE WHEN count(DISTINCT r.since) = 1 THEN max(r.since) END AS stands_since
FROM readings r LEFT JOIN shown s ON s.measure = r.measure AND s.value = r.value AND s.since <= r.last_day
GROUP BY n
"""
_CONTEXT = f"""
SELECT a.n, low, high, read_from, read_to, how, shown, shares, stands_since, units, before, after,
       EXISTS (
         SELECT 1 FROM withheld w WHERE w.measure = a.measure AND w.subject = a.subject AND w.territory = a.territory
       ) AS withheld
FROM asked a
LEFT JOIN answer USING (n)
LEFT JOIN (
  SELECT a.n, list_sort(list(DISTINCT r.unit)) AS units,
         max(r.last_day) FILTER (r.unit = a.unit AND r.last_day <= a.last_day) AS before,
         min(r.last_day) FILTER (r.unit = a.unit AND r.last_day > a.last_day) AS after
  FROM asked a JOIN levels r ON {_SERIES} GROUP BY a.n
) USING (n)
"""


@dataclass(frozen=True)
class SeriesType:
    """One kind of claim about a series: its readings are in `unit`, or where that is empty in the one the words say."""

    kind: str
    unit: str = ""

    of_series: ClassVar[bool] = True
    needs_measure: ClassVar[bool] = True
    everywhere: ClassVar[bool] = False
    among_all: ClassVar[bool] = False
    refutes: ClassVar[bool] = False
    context: ClassVar[str] = _CONTEXT

    def steps(self) -> dict[str, str]:
        """The tables made to answer it, in order."""
        return {"readings": _READINGS, "decisive": _DECISIVE, "answer": _ANSWER}

    def found(self, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> Found:
        """What the readings say of a claim; nothing is made of what lies before, after or between them."""
        if not claim.measure:
            return Found(reason=Reason.VAGUE, note="the claim does not say which measure it is of")
        if context["units"] is None and context["withheld"]:
            return Found(reason=Reason.EXTERNAL, note="what is held of it may not be shown, only per cents made of it")
        if context["units"] is None:
            return Found(reason=Reason.NO_DATA, note="no reading of it is held")
        if differs := self._differs(claim, context["units"]):
            return Found(reason=Reason.DEFINITION_DIFFERS, note=differs)
        if context["read_to"] is None:
            near = [f"{day.day} {day:%B %Y}" for day in (context["before"], context["after"]) if day]
            return Found(reason=Reason.NO_DATA, note=f"no reading lies in the period; the nearest: {', '.join(near)}")
        of = Period(context["read_from"], context["read_to"]).in_words()
        if not context["shown"]:
            return Found(reason=Reason.EXTERNAL, note=f"what is held of {of} may not be shown")
        if context["low"] is None:
            return Found(
                reason=Reason.NO_DATA, note=f"the reading of {of} has no value: it could not be read, or was withdrawn"
            )
        out_of, beside = _share(context["shares"] or ())
        if since := context["stands_since"]:
            beside = f"since {since.day} {since:%B %Y}; "
        how = f", {context['how']}" if context["how"] else ""
        return Found(context["low"], context["high"], note=f"{beside}reading of {of}{how}", rows=rows, out_of=out_of)

    def _differs(self, claim: Claim, units: list[str]) -> str:
        """How the words speak of something else than the measure; empty when they do not."""
        said = claim.stated.measure
        if self.unit and said != slug(claim.measure.rpartition(".")[2]):
            words = claim.stated.text or said.replace("-", " ")
            return f"the words say '{words}', and the measure is {name_of_measure(claim.measure)}"
        if (self.unit or said) not in units:
            return (
                f"the words state {self.unit or said}, and {name_of_measure(claim.measure)} is in {' and '.join(units)}"
            )
        return ""


def _share(shares: Sequence[Mapping[str, int | None]]) -> tuple[str, str]:
    """Of how many reviews a share is, and the interval it stands for; both empty of what is no share."""
    counts = sorted({share["out_of"] or 0 for share in shares})
    if not counts:
        return "", ""
    of = " to ".join(f"{count:,}" for count in {counts[0]: 0, counts[-1]: 0})
    ends = [wilson(share["had"], share["out_of"]) for share in shares if share["had"] is not None and share["out_of"]]
    of = f"{of} {'review' if counts[-1] == 1 else 'reviews'}"
    if not ends:
        return of, ""
    low, high = (plain(half_up(end * 100, _TENTH)) for end in (min(ends)[0], max(end[1] for end in ends)))
    return of, f"95% interval {low}% to {high}%; "


SERIES: dict[str, SeriesType] = {"level": SeriesType("level"), "status": SeriesType("status", STATUS)}
