"""What is asked of a series: the `level` of a measure, and whether a `status` was had.

Both read `asked` and `levels`, and make

    decisive    of the readings that lie in the period the last one, or all that end on its day
    answer      the lowest and the highest value of these

Definitions: docs/methods.md, "Series".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from groundswell.catalog.identity import slug
from groundswell.claims.claim import Claim, Found
from groundswell.core.period import Period
from groundswell.core.rows import STATUS
from groundswell.core.verdict import Reason

_OF_SERIES = "levels r ON r.measure = a.measure AND r.subject = a.subject AND r.territory = a.territory"
_DECISIVE = f"""
SELECT a.n, r.measure, r.value, r.unit, r.territory, r.first_day, r.last_day, r.title, r.season, r.subject, r.line,
       s.snapshot_id, s.evidence
FROM asked a
JOIN {_OF_SERIES} AND r.unit = a.unit AND r.first_day >= a.first_day AND r.last_day <= a.last_day
JOIN loads s USING (load_id)
QUALIFY rank() OVER (PARTITION BY a.n ORDER BY r.last_day DESC) = 1
"""
_ANSWER = """
SELECT n, CASE WHEN count(value) = count(*) THEN min(value) END AS low, max(value) AS high,
       min(first_day) AS read_from, any_value(last_day) AS read_to
FROM decisive GROUP BY n
"""
_CONTEXT = f"""
SELECT a.n, low, high, read_from, read_to, units, before, after
FROM asked a
LEFT JOIN answer USING (n)
LEFT JOIN (
  SELECT a.n, list_sort(list(DISTINCT r.unit)) AS units,
         max(r.last_day) FILTER (r.unit = a.unit AND r.last_day <= a.last_day) AS before,
         min(r.last_day) FILTER (r.unit = a.unit AND r.last_day > a.last_day) AS after
  FROM asked a JOIN {_OF_SERIES} GROUP BY a.n
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
        return {"decisive": _DECISIVE, "answer": _ANSWER}

    def found(self, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> Found:
        """What the readings say of a claim; nothing is made of what lies before, after or between them."""
        if not claim.measure:
            return Found(reason=Reason.VAGUE, note="the claim does not say which measure it is of")
        if context["units"] is None:
            return Found(reason=Reason.NO_DATA, note="no reading of it is held")
        if differs := self._differs(claim, context["units"]):
            return Found(reason=Reason.DEFINITION_DIFFERS, note=differs)
        if context["read_to"] is None:
            near = [f"{day.day} {day:%B %Y}" for day in (context["before"], context["after"]) if day]
            return Found(reason=Reason.NO_DATA, note=f"no reading lies in the period; the nearest: {', '.join(near)}")
        of = Period(context["read_from"], context["read_to"]).in_words()
        if context["low"] is None:
            return Found(reason=Reason.NO_DATA, note=f"the reading of {of} is a finding: it could not be read")
        return Found(context["low"], context["high"], note=f"reading of {of}", rows=rows)

    def _differs(self, claim: Claim, units: list[str]) -> str:
        """How the words speak of something else than the measure; empty when they do not."""
        said = claim.stated.measure
        if self.unit and said != slug(claim.measure.rpartition(".")[2]):
            return f"the words say '{said.replace('-', ' ')}', and the measure is {claim.measure}"
        if (self.unit or said) not in units:
            return f"the words state {self.unit or said}, and {claim.measure} is in {' and '.join(units)}"
        return ""


SERIES: dict[str, SeriesType] = {"level": SeriesType("level"), "status": SeriesType("status", STATUS)}
