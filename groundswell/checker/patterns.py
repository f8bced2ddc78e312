"""Errors with a shape: what a wrong number was probably meant to be. Said in the explanation, never decisive."""

from groundswell.checker.draft import Draft
from groundswell.checker.lists import Lists
from groundswell.checker.weeks import before
from groundswell.claims import Judged


def pattern(draft: Draft, judged: Judged, lists: Lists) -> str:
    """The error a refuted claim looks like, in words; empty when it looks like none."""
    claim, found = judged.claim, judged.found.value
    if claim.kind == "streak_at_top" and found is not None:
        weeks = lists.weeks_listed(claim.subject, claim.chart, claim.period)
        if weeks == draft.value:
            return f"{weeks} is the number of its weeks on the list, not at the top"
    if claim.kind not in ("hours_viewed", "views"):
        return ""
    last = before(claim.period)
    stated = claim.stated
    for row in lists.figures(claim.chart, last.last, claim.period.last):
        if not stated.allows().holds(row["value"], row["value"]):
            continue
        own, now, same = (
            row["subject"] == claim.subject,
            row["last_day"] == claim.period.last,
            row["measure"] == claim.kind,
        )
        if own and not now and same:
            return "it is the figure of the week before"
        if own and now and not same:
            return f"it is its number of {'hours' if row['measure'] == 'hours_viewed' else 'views'}"
        if now and same and not own:
            return f"it is the figure of {lists.record.name_of(row['subject'])}"
    if found is not None and sorted(str(int(draft.value))) == sorted(str(int(found))):
        return "its digits are in another order"
    return ""
