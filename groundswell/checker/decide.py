"""A verdict for each draft: supported only when every reading is, refuted only when every reading is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from groundswell.checker.asked import Asked
from groundswell.checker.lists import NETFLIX, VIEWS_SINCE, Lists
from groundswell.checker.patterns import pattern
from groundswell.claims import Claim, Judged
from groundswell.claims.quantity import HEDGES, ORDINALS
from groundswell.core.verdict import Reason, Verdict

_FROM_THE_BEGINNING = frozenset({"weeks_on_chart", "streak", "streak_at_top", "total", "debut_rank"})
_BELOW = frozenset({"less_than", "at_most"})
"""A bound from above of a total fits any one week of it."""
_UNLISTED = Decimal("0.05")
"""By how much the weeks of a list may differ from the days that Netflix counts."""
_ROUNDED = Decimal(50_000)
"""Half of what figures are rounded to."""
_SOME_WEEK = Decimal(0)
_NTH = {number: word for word, number in ORDINALS.items()}


@dataclass(frozen=True)
class Decided:
    """A draft with its verdict, the value found, the reading that decides and why."""

    asked: Asked
    verdict: Verdict
    found: int | Decimal | str | None
    reason: Reason | None
    explanation: str
    judged: Judged | None = None


def decide(asked: Sequence[Asked], lists: Lists) -> list[Decided]:
    """The verdict of each, in their order; all claims of all of them are asked as one set."""
    claims = list(dict.fromkeys(claim for one in asked for claim in (*one.claims, *one.probes.values())))
    judged = dict(zip(claims, lists.record.judge(claims), strict=True)) if claims else {}
    decided = [
        _decided(one, [judged[claim] for claim in one.claims], {n: judged[c] for n, c in one.probes.items()}, lists)
        for one in asked
    ]
    held = {
        (one.asked.where, one.asked.subject, one.judged.claim.kind)
        for one in decided
        if one.verdict is Verdict.SUPPORTED and one.judged is not None
    }
    then = {(one.asked.where, one.asked.subject, week) for one in decided for week in _weeks_meant(one, judged)}
    told = Counter(one.asked.where for one in decided)
    several = {where for where, count in told.items() if count > 1}
    other = {one.asked.where for one in decided if one.reason is Reason.AMBIGUOUS_PERIOD and not one.asked.of_series}
    return [
        _of_another_week(_of_its_nth_week(_of_two_weeks(one, judged, held), then, several), other) for one in decided
    ]


def _of_another_week(one: Decided, other: Set[tuple[int, int]]) -> Decided:
    """A place refuted, or `its first week`, in a sentence something else of which is of a week that is not known."""
    draft = one.asked.draft
    moves = draft.kind == "rank" and draft.when == ("before",)
    if one.verdict is not Verdict.REFUTED or one.asked.where not in other or one.asked.of_series:
        return one
    if not moves and not (draft.kind == "weeks_on_chart" and draft.weekly):
        return one
    return _open(
        one.asked, Reason.AMBIGUOUS_PERIOD, f"{one.explanation}; the sentence speaks of another week", one.judged
    )


def _weeks_meant(one: Decided, judged: Mapping[Claim, Judged]) -> Iterator[Decimal]:
    """The weeks of its title, by number, at which a claim of its sentence holds rather than in the last one."""
    for name, claim in one.asked.probes.items():
        if name.startswith("week ") and judged[claim].verdict is Verdict.SUPPORTED:
            yield Decimal(name.partition(" ")[2])
    if one.asked.draft.when == ("first",) and one.verdict is Verdict.SUPPORTED:
        yield Decimal(1)
    if one.asked.draft.from_first and one.verdict is Verdict.SUPPORTED:
        yield _SOME_WEEK


def _of_its_nth_week(one: Decided, then: Set[tuple[object, str, Decimal]], several: Set[tuple[int, int]]) -> Decided:
    """`in its second week`, refuted as the number of its weeks, where it says when something else was so; so may any first."""
    draft = one.asked.draft
    if one.verdict is not Verdict.REFUTED or draft.kind != "weeks_on_chart" or not draft.weekly:
        return one
    first = draft.value == 1 and one.asked.where in several
    if not first and not {(one.asked.where, one.asked.subject, week) for week in (draft.value, _SOME_WEEK)} & then:
        return one
    return _open(one.asked, Reason.AMBIGUOUS_PERIOD, f"{one.explanation}; it may say when", one.judged)


def _of_two_weeks(one: Decided, judged: Mapping[Claim, Judged], held: Set[tuple[object, str, str]]) -> Decided:
    """A figure refuted for its week that is the week before's, beside one of the same title that holds: which week is open."""
    earlier = one.asked.probes.get("before")
    if one.verdict is not Verdict.REFUTED or earlier is None or judged[earlier].verdict is not Verdict.SUPPORTED:
        return one
    if (one.asked.where, one.asked.subject, earlier.kind) not in held:
        return one
    return _open(one.asked, Reason.AMBIGUOUS_PERIOD, f"{one.explanation}; the sentence speaks of two weeks", one.judged)


def _decided(asked: Asked, judged: list[Judged], probes: dict[str, Judged], lists: Lists) -> Decided:
    if asked.reason is not None or not judged:
        return _open(asked, asked.reason or Reason.PARSER_LIMIT, asked.why)
    first, draft = judged[0], asked.draft
    if "hours" in probes:
        return _wrong_unit(asked, probes["hours"])
    verdicts = {one.verdict for one in judged}
    if verdicts == {Verdict.SUPPORTED}:
        counts = _FROM_THE_BEGINNING if not first.claim.chart.startswith(NETFLIX) else {"debut_rank", "total"}
        if (first.claim.kind in counts or draft.from_first) and _began_before(first, lists):
            return _open(asked, Reason.OUTSIDE_WINDOW, f"{first.explanation}; on the first list there is", first)
        if first.claim.kind == "record":
            return _open(asked, Reason.OUTSIDE_WINDOW, f"{first.explanation}; before that no list is held", first)
        if draft.when == ("times",) and not _times_hold(asked, first, lists):
            return _open(asked, Reason.DEFINITION_DIFFERS, "times at the top and weeks in a row differ", first)
        if first.truncated and draft.value < 10 * draft.step:
            return _open(asked, Reason.VAGUE, f"{first.explanation}; one digit left says little", first)
        return Decided(asked, Verdict.SUPPORTED, first.found.value, None, first.explanation, first)
    if verdicts == {Verdict.REFUTED}:
        if asked.of_series and (fits := _fits_about(asked, [*judged, *probes.values()])):
            return _open(asked, Reason.AMBIGUOUS_PERIOD, f"{first.explanation}; {fits}", first)
        return _refuted(asked, judged, probes, lists)
    undecided = next((one for one in judged if one.verdict is Verdict.UNDECIDABLE), None)
    if undecided is not None and len(judged) == 1:
        return Decided(
            asked, Verdict.UNDECIDABLE, None, undecided.found.reason or Reason.NO_DATA, undecided.explanation, undecided
        )
    if undecided is not None and verdicts == {Verdict.UNDECIDABLE}:
        return Decided(asked, Verdict.UNDECIDABLE, None, undecided.found.reason, undecided.explanation, undecided)
    reason = (
        Reason.AMBIGUOUS_SUBJECT
        if len({one.claim.subject for one in judged}) > 1
        else Reason.AMBIGUOUS_PERIOD
        if len({one.claim.period for one in judged}) > 1
        else Reason.DEFINITION_DIFFERS
    )
    return _open(asked, reason, "readings differ: " + "; ".join(one.explanation for one in judged[:3]), first)


def _fits_about(asked: Asked, judged: Sequence[Judged]) -> str:
    """Why a figure of no weekly list that its reading misses is left open; empty when nothing about its time fits."""
    if asked.only_supports:
        return "whose or of when it is is not said beyond doubt"
    ends = [(one.found.low, one.found.high) for one in judged if one.found.reason is None and not one.found.absent]
    if not ends:
        return ""
    low, high = min(low for low, _ in ends), [high for _, high in ends]
    stated = judged[0].claim.stated
    most = None if None in high else max(one for one in high if one is not None)
    spread = [
        either for either in (stated.allows(), stated.cut()) if either is not None and not either.misses(low, most)
    ]
    return "it fits what lies between the readings about it" if spread else ""


def _open(asked: Asked, reason: Reason, why: str, judged: Judged | None = None) -> Decided:
    return Decided(asked, Verdict.UNDECIDABLE, None, reason, why, judged)


def _times_hold(asked: Asked, judged: Judged, lists: Lists) -> bool:
    claim = judged.claim
    weeks = lists.weeks_at_top(claim.subject, claim.chart, claim.period)
    return weeks >= asked.draft.value if asked.draft.hedge else weeks == asked.draft.value


def _wrong_unit(asked: Asked, hours: Judged) -> Decided:
    """A number said of minutes or views where the list prints it as hours."""
    said = "minutes" if asked.draft.kind == "minutes" else "views"
    if hours.verdict is Verdict.SUPPORTED and hours.claim.stated.hedge == 0:
        why = f"{hours.explanation}: the list prints hours viewed, not {said}"
        return Decided(asked, Verdict.REFUTED, hours.found.value, None, why, hours)
    if said == "minutes":
        return _open(asked, Reason.EXTERNAL, "minutes are not what the lists held count", hours)
    return _open(asked, Reason.DEFINITION_DIFFERS, f"no views were printed before the week to {VIEWS_SINCE}", hours)


def _refuted(asked: Asked, judged: list[Judged], probes: dict[str, Judged], lists: Lists) -> Decided:
    first, draft = judged[0], asked.draft
    claim = first.claim
    own = {one.claim for one in judged}
    for name, probe in probes.items():
        if name.startswith("week ") and probe.verdict is Verdict.SUPPORTED:
            return _open(asked, Reason.AMBIGUOUS_PERIOD, f"{first.explanation}; it fits {probe.explanation}", first)
        if name.startswith("beside") and probe.verdict is Verdict.SUPPORTED and probe.claim not in own:
            return _open(
                asked,
                Reason.AMBIGUOUS_SUBJECT,
                f"{first.explanation}; it fits what stands beside it: {probe.explanation}",
                first,
            )
    if "debut" in probes and probes["debut"].verdict is not Verdict.REFUTED:
        return _open(asked, Reason.AMBIGUOUS_PERIOD, f"{first.explanation}; it may be of its first week", first)
    if draft.earlier and "before" in probes and probes["before"].verdict is Verdict.SUPPORTED:
        return _open(
            asked,
            Reason.AMBIGUOUS_PERIOD,
            f"{first.explanation}; it fits the week before, which is spoken of too",
            first,
        )
    for name, why in (
        ("total", "it fits the sum of its weeks"),
        ("week", "it fits the one week"),
        ("since", "it fits all weeks since it was first listed"),
        ("base", "it fits the last week"),
    ):
        if (name == "total" and draft.weekly) or (name == "week" and HEDGES[draft.hedge].relation in _BELOW):
            continue
        if name in probes and probes[name].verdict is Verdict.SUPPORTED:
            return _open(asked, Reason.DEFINITION_DIFFERS, f"{first.explanation}; {why}", first)
    then = next((p for n, p in probes.items() if n.startswith("then ") and p.verdict is Verdict.SUPPORTED), None)
    if then is not None:
        why = f"{first.explanation}; no week is named, and it fits {then.claim.period.in_words()}"
        return _open(asked, Reason.AMBIGUOUS_PERIOD, why, first)
    if (claim.kind in _FROM_THE_BEGINNING or draft.from_first) and _began_before(first, lists):
        return _open(asked, Reason.OUTSIDE_WINDOW, f"{first.explanation}; it was on the first list there is", first)
    if _may_be_official(draft.value, probes):
        return _open(asked, Reason.DEFINITION_DIFFERS, f"{first.explanation}; it may be of its first days alone", first)
    if any(name.startswith(("loosely", "other")) and one.verdict is Verdict.SUPPORTED for name, one in probes.items()):
        return _open(asked, Reason.VAGUE, f"{first.explanation}; said loosely it fits", first)
    if any(_rounds_to(one) for one in judged):
        why = f"{first.explanation}; with the digits that the lists round off it may fit"
        return _open(asked, Reason.DEFINITION_DIFFERS, why, first)
    if draft.hedge and not draft.loosely and first.found.value is not None:
        bare = replace(claim.stated, hedge=0)
        found_value = Decimal(first.found.value)
        cut = bare.cut()
        if bare.allows().holds(found_value, found_value) or (cut is not None and cut.holds(found_value, found_value)):
            return _open(asked, Reason.VAGUE, f"{first.explanation}; without '{draft.relation}' it fits", first)
    if claim.kind == "weeks_on_chart":
        since = lists.first_week(claim.subject, claim.period)
        if since is not None and lists.issues_between(since, claim.period) == draft.value:
            return _open(
                asked, Reason.DEFINITION_DIFFERS, f"{first.explanation}; weeks since it was first listed fit", first
            )
    if claim.kind == "change" and draft.hedge == 0 and first.found.value is not None:
        if int(first.found.value) == draft.value:
            return _open(asked, Reason.DEFINITION_DIFFERS, f"{first.explanation}; cut off it fits", first)
    if draft.territory is not None and not draft.weekly:
        why = f"{first.explanation}; a place in one territory may be of its daily list"
        return _open(asked, Reason.DEFINITION_DIFFERS, why, first)
    if draft.when == ("times",) and _times_hold(asked, first, lists):
        return _open(asked, Reason.DEFINITION_DIFFERS, f"{first.explanation}; its weeks at the top in all fit", first)
    found: int | Decimal | str | None = first.found.value
    explanation = first.explanation
    if first.found.absent and claim.kind == "debut_rank":
        rank = probes.get("rank")
        if rank is not None and rank.verdict is Verdict.REFUTED and not rank.found.absent:
            found, explanation = rank.found.value, f"{explanation}; {rank.explanation}"
        elif rank is not None and rank.verdict is Verdict.SUPPORTED:
            weeks = lists.weeks_listed(claim.subject, claim.chart, claim.period)
            found, explanation = weeks, f"{explanation}: its {_NTH.get(weeks, weeks)} week there"
    elif draft.listing is not None and draft.listing.overall:
        leader = lists.leader(claim.chart, claim.period)
        if leader is not None:
            name = lists.record.name_of(leader)
            return Decided(asked, Verdict.REFUTED, leader, None, f"{explanation}; {name} was first", first)
    elif first.found.absent and not _may_be_absent(asked, first):
        return _open(asked, Reason.AMBIGUOUS_SUBJECT, explanation, first)
    fitting = pattern(draft, first, lists)
    if "stale" in probes and probes["stale"].verdict is Verdict.SUPPORTED:
        fitting = "it is its total of the week before"
    return Decided(asked, Verdict.REFUTED, found, None, explanation + (f" ({fitting})" if fitting else ""), first)


def _rounds_to(judged: Judged) -> bool:
    """Whether a quotient of two figures may be what is stated before they were rounded, to 100,000 as they are since 2023."""
    claim, rows = judged.claim, judged.found.rows
    if claim.kind not in {"change", "multiple"} or len(rows) != 2 or claim.period.last < VIEWS_SINCE:
        return False
    own = claim.subject, claim.period.last
    first, second = sorted(rows, key=lambda row: (row["subject"], row["last_day"]) != own)
    over, under = (Decimal(str(row["value"])) for row in (first, second))
    if under <= _ROUNDED:
        return True
    ends = [(over - _ROUNDED) / (under + _ROUNDED), (over + _ROUNDED) / (under - _ROUNDED)]
    low, high = ends if claim.kind == "multiple" else [(end - 1) * 100 for end in ends]
    return not claim.stated.allows().misses(low, high)


def _began_before(judged: Judged, lists: Lists) -> bool:
    """Whether a title was on the first list there is, so that its beginning is not known."""
    if not judged.claim.chart.startswith(NETFLIX):
        run = judged.found.rows if judged.claim.kind.startswith("streak") else ()
        days = [day for row in run if isinstance(day := row["last_day"], date)]
        return lists.begins_with(judged.claim.subject, judged.claim.chart, min(days, default=None))
    first = lists.first_week(judged.claim.subject, judged.claim.period)
    return first is not None and first.first == lists.begins


def _may_be_official(stated: Decimal, probes: Mapping[str, Judged]) -> bool:
    """Whether a total may be the one of the first 91 days, or of 28 before, that Netflix prints of a title that went on longer."""
    if "least" not in probes or "most" not in probes:
        return False
    least, most = probes["least"].found.value, probes["most"].found.value
    if least is None or most is None:
        return False
    return Decimal(least) * (1 - _UNLISTED) <= stated <= Decimal(most)


def _may_be_absent(asked: Asked, judged: Judged) -> bool:
    """Whether a title off a list is a contradiction: the list is named, and the title is no guess."""
    return judged.claim.kind != "rank" or asked.draft.listing is not None
