"""What is asked of the audience of a live event: `audience`.

It reads as a `level` does (claims/level.py), with the window in the unit: words that say one are answered by its reading alone,
words that say none by those of all windows, and are decided only where these agree. Definitions: docs/methods.md, "Live events".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.claims.claim import Claim, Found
from groundswell.claims.level import LAST, SeriesType
from groundswell.core.audience import PRELIMINARY, WINDOWS
from groundswell.core.verdict import Reason
from groundswell.measures.named import name_of_measure

_IN_FAMILY = """(r.measure = a.measure OR starts_with(r.measure, a.measure || '.'))
  AND r.subject = a.subject AND r.territory = a.territory"""
_SAID = "(r.unit = a.unit OR ends_with(r.unit, ' ' || a.unit))"
_READINGS = f"""
SELECT a.n, r.*
FROM asked a
JOIN {LAST} r ON {_IN_FAMILY} AND {_SAID} AND r.first_day >= a.first_day AND r.last_day <= a.last_day
QUALIFY rank() OVER (PARTITION BY a.n ORDER BY r.last_day DESC) = 1
"""
_CONTEXT = f"""
SELECT a.n, answer.* EXCLUDE (n), units, said, before, after,
       EXISTS (SELECT 1 FROM withheld r WHERE {_IN_FAMILY}) AS withheld
FROM asked a
LEFT JOIN answer USING (n)
LEFT JOIN (
  SELECT a.n, list_sort(list(DISTINCT r.unit)) AS units, count(*) FILTER ({_SAID}) AS said,
         max(r.last_day) FILTER ({_SAID} AND r.last_day <= a.last_day) AS before,
         min(r.last_day) FILTER ({_SAID} AND r.last_day > a.last_day) AS after
  FROM asked a JOIN levels r ON {_IN_FAMILY} GROUP BY a.n
) USING (n)
"""
_EVERYWHERE = re.compile(r"\b(?:global|worldwide)\b", re.IGNORECASE)


@dataclass(frozen=True)
class AudienceType(SeriesType):
    """The kind of claim: its measure names one window, `live.ama.live+1`, or all of them, `live.ama`."""

    context: ClassVar[str] = _CONTEXT

    def steps(self) -> dict[str, str]:
        """The tables made to answer it, in order."""
        return {**super().steps(), "readings": _READINGS}

    def found(self, claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> Found:
        """What the readings say; a preliminary one answers only words that call it so."""
        if context["units"] is not None and (differs := _differs(claim, context, rows)):
            return Found(reason=Reason.DEFINITION_DIFFERS, note=differs)
        return super().found(claim, {**context, "units": [claim.stated.measure]} if context["units"] else context, rows)


def _differs(claim: Claim, context: Mapping[str, Any], rows: tuple[dict[str, object], ...]) -> str:
    said = claim.stated.measure
    if not context["said"]:
        return f"the words state {said}, and {name_of_measure(claim.measure)} is in {' and '.join(context['units'])}"
    if _EVERYWHERE.search(claim.stated.text) and claim.territory != WORLDWIDE:
        return f"the words say it of the world, and the claim is of {name_of(claim.territory)}"
    if PRELIMINARY not in said and any(str(row["unit"]).startswith(PRELIMINARY) for row in rows):
        return (
            f"the figure is preliminary, its window had not closed: say {PRELIMINARY} {said}, or load what came since"
        )
    windows = [window for window in WINDOWS if claim.measure.endswith(f".{window.lower()}")]
    if windows and windows[0] not in said.split():
        return f"the words say no window: say {windows[0]} {said}, or ask {claim.measure.removesuffix(f'.{windows[0].lower()}')}"
    return ""


AUDIENCE = {"audience": AudienceType("audience")}
