"""What is set against something else: a title against another in one week, or against its own week before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from groundswell.catalog import WORLDWIDE
from groundswell.checker.draft import Draft
from groundswell.checker.lists import VIEWS_SINCE, Lists
from groundswell.checker.weeks import before
from groundswell.claims import Claim, Stated
from groundswell.core.period import Period
from groundswell.core.verdict import Reason

COMPARED = frozenset({"comparison", "multiple", "change"})
_BOTH = ("views", "hours_viewed")


def compared(
    draft: Draft, subject: str, others: Sequence[str], charts: Sequence[str], week: Period, lists: Lists
) -> tuple[list[Claim], dict[str, Claim]] | tuple[Reason, str]:
    """The claims `draft` makes of `subject` in `week`, and what would leave them open; `others` are what the title named may be."""
    first_printed = VIEWS_SINCE if draft.versus_at is not None else VIEWS_SINCE + timedelta(weeks=1)
    measures = [one for one in draft.measures if one != "views" or week.last >= first_printed]
    other = ""
    if draft.versus_at is not None:
        if len(others) != 1:
            return Reason.AMBIGUOUS_SUBJECT, f"{len(others)} works or seasons may be what it is compared with"
        other = others[0]
        if other == subject:
            return Reason.AMBIGUOUS_SUBJECT, "it is not known what is compared with it"
        charts = [chart for chart in charts if chart in lists.on(other, week)][:1]
        if not charts:
            return Reason.NO_DATA, "the two are on no one list that week"
    elif draft.window == 1 and lists.first_week(subject, week) != before(week):
        return Reason.PARSER_LIMIT, "compared with another week than the one before"
    claims = [_claim(draft, subject, chart, week, measure, other) for chart in charts for measure in measures]
    loosely = [*claims]
    if draft.unitless:
        also = [one for one in _BOTH if one not in measures and (one != "views" or week.last >= first_printed)]
        loosely += [_claim(draft, subject, chart, week, measure, other) for chart in charts for measure in also]
    probes = {f"other {n}": claim for n, claim in enumerate(loosely[len(claims) :])}
    if draft.loosely:
        wider = [replace(one, stated=replace(one.stated, step=draft.loosely, hedge=0)) for one in loosely]
        probes |= {f"loosely {n}": claim for n, claim in enumerate(wider)}
    return claims, probes


def _claim(draft: Draft, subject: str, chart: str, week: Period, measure: str, other: str) -> Claim:
    stated = Stated(draft.kind, draft.value, draft.step, draft.hedge, "", measure)
    return Claim(draft.kind, subject, chart, WORLDWIDE, week, stated, measure, other)
