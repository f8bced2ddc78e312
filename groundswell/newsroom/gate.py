"""The publish gate: a story goes out only when every number in it holds.

One door, no override: `check` reads the numbers, asks the claims in one set, and raises `Refused` with a line for each number
that is unbound, not readable, refuted or not decided.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from groundswell.catalog import WORLDWIDE
from groundswell.claims import EVERYWHERE, TYPES, Claim, Judged, Record, read
from groundswell.claims.quantity import hedge_before
from groundswell.claims.receipt import digest
from groundswell.core.errors import GroundswellError, InputError, Refused
from groundswell.core.origin import Evidence
from groundswell.core.period import Period
from groundswell.core.verdict import Verdict
from groundswell.newsroom.number import Span, numbers
from groundswell.newsroom.published import Number, Published, missing_corrections
from groundswell.newsroom.story import Binding, Story


class State(StrEnum):
    """How a quote stands before its readers; only a proven one wears the mark of proof."""

    PROVEN = "proven"
    SIMULATED = "simulated"
    DUE = "due"
    STATED = "stated"


@dataclass(frozen=True)
class Bound:
    """A quote of the story, and what it rests on; a claim comes with its verdict and receipt."""

    binding: Binding
    judged: Judged | None = None
    receipt: dict[str, Any] | None = None
    due: Number | None = None
    """What was published, where the data has since been revised so that it no longer holds: a correction is due."""

    @cached_property
    def receipt_id(self) -> str | None:
        """The receipt's id, `sha256:…`."""
        return digest(self.receipt) if self.receipt else None

    @property
    def state(self) -> State:
        """Whether it is proven, rests on simulated rows, is due for a correction, or is somebody's statement."""
        if self.judged is None:
            return State.STATED
        if self.due is not None:
            return State.DUE
        return State.SIMULATED if self.judged.evidence is Evidence.SIMULATED else State.PROVEN


@dataclass(frozen=True)
class Checked:
    """A story every number of which holds."""

    story: Story
    bound: tuple[Bound, ...]

    @property
    def simulated(self) -> bool:
        """Whether any number of it rests on simulated rows."""
        return any(b.judged is not None and b.judged.evidence is Evidence.SIMULATED for b in self.bound)

    @property
    def summary(self) -> str:
        """Its summary as it is sent out, labelled where it is simulated."""
        return f"Simulated: {self.story.front.summary}" if self.simulated else self.story.front.summary

    def numbers(self) -> list[Number]:
        """Its proven numbers, as they are recorded when it is published."""
        return [
            Number(
                b.binding.says,
                b.judged.claim.kind,
                b.judged.found.value,
                b.judged.verdict,
                b.judged.evidence,
                b.receipt_id,
            )
            for b in self.bound
            if b.judged is not None and b.receipt_id is not None
        ]


def check(story: Story, record: Record) -> Checked:
    """The story with its receipts, or `Refused` with one line for each number that does not hold."""
    (outcome,) = check_all([story], record)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def check_all(
    stories: Sequence[Story], record: Record, published: Mapping[str, Published] | None = None
) -> list[Checked | Refused]:
    """What `check` says of each story, in their order; the claims of all of them are asked as one set.

    `published` holds by slug what is public already. A number of it that no longer holds, because the data was revised, does not
    block the newsroom: it is marked as a correction that is due. A published quote that vanished without one is refused.
    """
    before = published or {}
    drafts = [_read(story, record, before.get(story.slug)) for story in stories]
    at_address = Counter(story.slug for story in stories)
    for draft in drafts:
        if at_address.pop(draft.story.slug, 1) > 1:  # said once
            draft.reasons.append(
                "another story has this address; the story of a chart's week is named by its chart and day: rename this file"
            )
    judged = iter(record.judge([claim for draft in drafts for _, claim in draft.claims]))
    return [
        _judged(draft, [next(judged) for _ in draft.claims], record, before.get(draft.story.slug)) for draft in drafts
    ]


@dataclass(frozen=True)
class _Draft:
    """A story's claims before they are asked, and what is wrong with it already."""

    story: Story
    claims: list[tuple[Binding, Claim]]
    reasons: list[str]


def _read(story: Story, record: Record, before: Published | None) -> _Draft:
    draft = _Draft(story, [], [])
    texts = story.texts()
    covered: dict[str, list[Span]] = {place: [] for place in texts}
    for quote in before.quotes() if before else ():  # what a correction is of
        covered["corrections"] += (span for _, span in _occurrences(quote, {"corrections": texts["corrections"]}))
    for binding in story.front.claims:
        places = _occurrences(binding.says, texts)
        if binding.nth is not None:
            places = places[binding.nth - 1 : binding.nth]
        if not places:
            draft.reasons.append(f'"{binding.says}": these words do not stand in the story')
        for place, span in places:
            covered[place].append(span)
        if binding.kind is not None:
            try:
                for place, span in places:
                    _whole(binding.says, texts[place][: span.start])
                draft.claims.append((binding, _claim(binding, story, record)))
            except GroundswellError as error:
                draft.reasons.append(f'"{binding.says}": {error}')
    for place, text in texts.items():
        for span in numbers(text, record.names):
            if not any(cover.covers(span) for cover in covered[place]):
                draft.reasons.append(
                    f'"{text[span.start : span.end]}" in the {place} ("{_around(text, span)}") is bound to nothing: '
                    "add it to claims with its kind, as attributed, or as not_a_claim"
                )
    return draft


def _judged(draft: _Draft, judged: Sequence[Judged], record: Record, before: Published | None) -> Checked | Refused:
    results: dict[int, Judged] = {}
    due: dict[int, Number] = {}
    reasons = list(draft.reasons)
    for (binding, _), verdict in zip(draft.claims, judged, strict=True):
        results[id(binding)] = verdict
        if verdict.verdict is Verdict.SUPPORTED:
            continue
        if before is not None and (number := before.number(binding.says)) is not None:
            due[id(binding)] = number
        else:
            why = f" ({verdict.found.reason})" if verdict.found.reason else ""
            reasons.append(f'"{binding.says}" is {verdict.verdict}{why}: {verdict.explanation}')
    if before is not None and not reasons:
        reasons += missing_corrections(draft.story, before)
    if reasons:
        return Refused([f"stories/{draft.story.slug}.md: {reason}" for reason in reasons])
    bound = []
    for binding in draft.story.front.claims:
        verdict_of = results.get(id(binding))
        receipt = record.receipt(verdict_of, binding.says) if verdict_of else None
        bound.append(Bound(binding, verdict_of, receipt, due.get(id(binding))))
    return Checked(draft.story, tuple(bound))


def _whole(says: str, before: str) -> None:
    """Hold a quote to all its words: `54 countries` out of `more than 54 countries` says something else."""
    if hedge := hedge_before(before):
        raise InputError(f"'{hedge}' stands before it and changes what is claimed; quote '{hedge} {says}'")


def _claim(binding: Binding, story: Story, record: Record) -> Claim:
    assert binding.kind is not None
    assert binding.subject is not None
    assert binding.period is not None
    period = Period(*binding.period)
    if period.last >= story.front.released:
        raise InputError(
            f"speaks of {period.last}, which was not over when the story was released ({story.front.released})"
        )
    of_series = binding.kind in TYPES and TYPES[binding.kind].of_series
    if of_series:
        record.check_measure(binding.measure)
    else:
        record.charts.check(binding.chart or "", record.loaded_charts)
    for subject in filter(None, (binding.subject, binding.versus)):
        if problem := record.problem_with(subject):
            raise InputError(problem)
    territory = binding.territory or (
        EVERYWHERE if binding.kind in TYPES and TYPES[binding.kind].everywhere else WORLDWIDE
    )
    stated = read(binding.says, binding.kind)
    if not of_series and stated.measure and binding.measure and stated.measure != binding.measure:
        raise InputError(f"says {stated.measure.replace('_', ' ')} where its measure is {binding.measure}")
    if TYPES[binding.kind].needs_measure and not (stated.measure or binding.measure):
        raise InputError("needs measure: hours_viewed or views")
    if (binding.kind == "comparison") != bool(binding.versus):
        raise InputError("a comparison needs versus: the subject it is compared with; no other kind has one")
    measure = binding.measure or stated.measure
    return Claim(binding.kind, binding.subject, binding.chart or "", territory, period, stated, measure, binding.versus)


def _occurrences(says: str, texts: dict[str, str]) -> list[tuple[str, Span]]:
    found = []
    for place, text in texts.items():
        start = text.find(says)
        while says and start >= 0:
            found.append((place, Span(start, start + len(says))))
            start = text.find(says, start + len(says))
    return found


def _around(text: str, span: Span) -> str:
    return " ".join(text[max(0, span.start - 20) : span.end + 20].split())
