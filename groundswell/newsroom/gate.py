"""The publish gate: a story goes out only when every number in it holds.

One door, no override: a number is bound by the story's front matter, or else by what the checker reads in its sentence and finds
supported. So are the words that claim a place without a number (led, topped): refuted, they refuse the story; not decided, they are
left alone. A sentence about the audience of a live event must also say what its number means (claims/lint.py). The claims of all
stories are asked in one set; `Refused` has a line for each number that is unbound, not readable, refuted or not decided.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from groundswell.checker import Decided, Lists
from groundswell.checker import check_all as read_all
from groundswell.checker.text import MOST_BYTES
from groundswell.claims import EVERYWHERE, Claim, Judged, Record, say
from groundswell.claims.lint import faults
from groundswell.claims.quantity import hedge_before
from groundswell.claims.receipt import digest
from groundswell.core.errors import GroundswellError, Refused
from groundswell.core.origin import Evidence
from groundswell.core.verdict import Verdict
from groundswell.newsroom.claimed import FieldError, claim_of
from groundswell.newsroom.drawn import Drawn, drawn
from groundswell.newsroom.layout import Layout
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
    figures: tuple[Drawn, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether any number or figure of it rests on simulated rows."""
        numbers = any(b.judged is not None and b.judged.evidence is Evidence.SIMULATED for b in self.bound)
        return numbers or any(figure.simulated for figure in self.figures)

    @property
    def summary(self) -> str:
        """Its summary as it is sent out, labelled where it is simulated."""
        return f"Simulated: {self.story.front.summary}" if self.simulated else self.story.front.summary

    def numbers(self) -> list[Number]:
        """Its proven numbers, as they are recorded when it is published."""
        return [
            _recorded(b.binding.says, b.judged, b.receipt_id)
            for b in self.bound
            if b.judged is not None and b.receipt_id is not None
        ]


def _recorded(says: str, judged: Judged, receipt_id: str) -> Number:
    claim = judged.claim
    return Number(
        says=says,
        kind=claim.kind,
        value=judged.found.value,
        verdict=judged.verdict,
        evidence=judged.evidence,
        receipt=receipt_id,
        subject=claim.subject,
        chart=claim.chart,
        period=(claim.period.first, claim.period.last),
        territory=claim.territory,
        measure=claim.measure,
        versus=claim.versus,
        base=(claim.base.first, claim.base.last) if claim.base else None,
        base_as=claim.base_as,
    )


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

    `published` holds by slug what is public already. The very same claim in the same words, where it no longer holds because the
    data was revised, does not block the newsroom: it is marked as a correction that is due. The words of another claim are no
    excuse. A published quote that vanished without a correction is refused.
    """
    before = published or {}
    drafts = [_read(story, record, before.get(story.slug)) for story in stories]
    _bind([draft for draft in drafts if draft.unbound or not draft.story.from_issue], record, before)
    at_address = Counter(story.slug for story in stories)
    for draft in drafts:
        if at_address.pop(draft.story.slug, 1) > 1:  # said once
            draft.refuse(
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
    bindings: list[Binding]
    claims: list[tuple[Binding, Claim]]
    reasons: list[tuple[int, str]]
    """Each with its line in the story's file, 0 of the whole file."""
    covered: dict[str, list[Span]]
    """By text, what the front matter speaks of."""
    unbound: list[tuple[str, Span]]
    """The numbers no binding covers, with the text each stands in."""
    figures: list[Drawn] = field(default_factory=list)

    def refuse(self, reason: str, line: int = 0) -> None:
        """Say why it does not go out."""
        self.reasons.append((line, reason))

    def refused(self) -> Refused:
        """All that was said, in the order of the file."""
        file = self.story.file
        told = sorted(self.reasons, key=lambda reason: reason[0])
        return Refused([f"{file}:{line}: {why}" if line else f"{file}: {why}" for line, why in told])

    def repeated(self) -> list[tuple[Binding, Claim, list[tuple[str, int, int]]]]:
        """The claims whose words stand in several places, all of which they bind."""
        texts = self.story.texts()
        placed = [(binding, claim, binding.places(texts)) for binding, claim in self.claims if binding.nth is None]
        return [(binding, claim, places) for binding, claim, places in placed if len(places) > 1]


def _read(story: Story, record: Record, before: Published | None) -> _Draft:
    texts = story.texts()
    covered: dict[str, list[Span]] = {place: [] for place in texts}
    draft = _Draft(story, [*story.front.claims], [], [], covered, [])
    for quote in before.quotes() if before else ():  # what a correction is of
        for place, start, end in Binding(quote, not_a_claim="corrected").places({"corrections": texts["corrections"]}):
            covered[place].append(Span(start, end))
    for number, binding in enumerate(story.front.claims):
        places = binding.places(texts)
        if not places:
            draft.refuse(
                f'"{binding.says}": these words do not stand in the story', story.line_of_key("claims", number, "says")
            )
            continue
        for place, start, end in places:
            covered[place].append(Span(start, end))
        if binding.kind is not None:
            try:
                befores = [texts[place][:start] for place, start, _ in places]
                draft.claims.append((binding, claim_of(binding, befores, story, record)))
            except FieldError as error:
                draft.refuse(f'"{binding.says}": {error}', story.line_of_key("claims", number, error.field))
    for number, figure in enumerate(story.front.figures):
        try:
            draft.figures.append(drawn(figure, record, story.front.released))
        except GroundswellError as error:
            draft.refuse(f"figures: {error}", story.line_of_key("figures", number))
    for place, text in texts.items():
        for span in numbers(text, record.names):
            if not any(cover.covers(span) for cover in covered[place]):
                draft.unbound.append((place, span))
    draft.reasons.extend(_said_wrongly(draft))
    return draft


def _said_wrongly(draft: _Draft) -> Iterator[tuple[int, str]]:
    """A line for each audience the story says as something it is not; what is attributed to others is theirs."""
    texts = draft.story.texts()
    territories = {id(binding): claim.territory for binding, claim in draft.claims}
    quotes = [
        (place, Span(start, end), binding)
        for binding in draft.story.front.claims
        for place, start, end in binding.places(texts)
    ]
    for place in ("title", "summary", "prose"):

        def bound(start: int, end: int, place: str = place) -> Binding | None:
            of = (binding for where, quote, binding in quotes if where == place and quote.covers(Span(start, end)))
            return next(of, None)

        def asked(start: int, end: int, place: str = place) -> str | None:
            return territories.get(id(bound(start, end, place)))

        for fault in faults(texts[place], asked):
            binding = bound(fault.start, fault.end)
            if binding is None or binding.kind is not None:
                yield draft.story.line_of(place, fault.start, fault.end), f"in the {place}, {fault.line}"


def _bind(drafts: Sequence[_Draft], record: Record, before: Mapping[str, Published]) -> None:
    """Bind what the checker reads and finds supported to the numbers still unbound; a reason for each of the others."""
    if not drafts:
        return
    layouts = [Layout.of(draft.story) for draft in drafts]
    lists = Lists(record)
    texts = [(layout.text, draft.story.front.released) for layout, draft in zip(layouts, drafts, strict=True)]
    for draft, layout, found in zip(drafts, layouts, read_all(texts, lists), strict=True):
        published = before.get(draft.story.slug)
        if not layout.text:
            draft.refuse(f"more than {MOST_BYTES:,} bytes of words, more than are read; make it two stories")
        read = [
            _Reading(
                *layout.place(*span),
                layout.place(*window)[1:] if window else None,
                decided,
                _was_published(decided, found.text[slice(*span)], published),
            )
            for span, window, decided in zip(found.spans, found.windows, found.claims, strict=True)
        ]
        draft.reasons.extend(_read_otherwise(draft, read))
        bound: dict[tuple[str, Claim], list[tuple[str, int, int]]] = {}
        nothing: list[tuple[str, Span]] = []
        refused: list[_Reading] = []
        story_texts = draft.story.texts()
        for place, span, one in _meant(draft, read):
            where = _where(place, story_texts[place], span)
            if place == "corrections" and any(_stands(words, story_texts[place], span) for words, _ in bound):
                continue
            line = draft.story.line_of(place, span.start, span.end)
            if one is None:
                nothing.append((place, span))
                continue
            words = story_texts[place][one.start : one.end]
            judged = one.decided.judged
            if judged is not None and (one.published or one.decided.verdict is judged.verdict is Verdict.SUPPORTED):
                bound.setdefault((words, judged.claim), []).append((place, one.start, one.end))
            elif one not in refused:
                refused.append(one)
                draft.refuse(_not_held(words, where, one.decided), line)
        for place, span in _joined(nothing, story_texts):
            draft.refuse(
                f'"{story_texts[place][span.start : span.end]}" {_where(place, story_texts[place], span)} is bound to nothing: '
                "add it to claims with its kind, as attributed, or as not_a_claim",
                draft.story.line_of(place, span.start, span.end),
            )
        for (words, claim), places in bound.items():
            for binding in _bindings(words, claim, list(dict.fromkeys(places)), story_texts):
                draft.bindings.append(binding)
                draft.claims.append((binding, claim))


def _joined(spans: Sequence[tuple[str, Span]], texts: Mapping[str, str]) -> Iterator[tuple[str, Span]]:
    """Numbers of a line with nothing but space between them as one: `12.5 million`."""
    last: tuple[str, Span] | None = None
    for place, span in spans:
        if last is not None and last[0] == place and not texts[place][last[1].end : span.start].strip(" "):
            last = place, Span(last[1].start, span.end)
            continue
        if last is not None:
            yield last
        last = place, span
    if last is not None:
        yield last


def _where(place: str, text: str, span: Span) -> str:
    return f'in the {place} ("{_around(text, span)}")'


def _stands(words: str, text: str, span: Span) -> bool:
    """Whether the number at `span` is of these words, which the story's own sentences have bound, and nothing hedges them."""
    return any(
        Span(start, end).covers(span) and not hedge_before(text[:start])
        for _, start, end in Binding(words, not_a_claim="said again").places({"": text})
    )


def _was_published(decided: Decided, words: str, published: Published | None) -> bool:
    judged = decided.judged
    return published is not None and judged is not None and published.number(words, judged.claim) is not None


def _meant(draft: _Draft, read: Sequence["_Reading"]) -> Iterator[tuple[str, Span, "_Reading | None"]]:
    """Each number still unbound with its reading; then what else is read and decided, of which the front matter says nothing."""
    spoken_of = {place: [*spans] for place, spans in draft.covered.items()}
    numbered = []
    for place, span in draft.unbound:
        said = next((one for one in read if one.place == place and one.covers(span)), None)
        if said is not None:
            numbered.append(said)
            spoken_of[place].append(Span(said.start, said.end))
        yield place, span, said
    for one in read:
        decided = one.decided.verdict is not Verdict.UNDECIDABLE or one.published
        if decided and one not in numbered and not any(one.meets(k.start, k.end) for k in spoken_of[one.place]):
            yield one.place, Span(one.start, one.end), one


def _read_otherwise(draft: _Draft, read: Sequence["_Reading"]) -> Iterator[tuple[int, str]]:
    """A line for each entry that binds several places, one of which the checker reads as something else."""
    for binding, claim, places in draft.repeated():
        for place, start, end in places:
            here = [one for one in read if one.place == place and one.meets(start, end)]
            if here and all(one.differs(claim) for one in here):
                around = _around(draft.story.texts()[place], Span(start, end))
                why = (
                    f'"{binding.says}": these words stand {len(places)} times, and in the {place} ("{around}") they are '
                    f"read otherwise, of {here[0].decided.asked.title}: {here[0].decided.explanation}; say nth"
                )
                yield draft.story.line_of(place, start, end), why
                break


@dataclass(frozen=True)
class _Reading:
    """What the checker reads in characters `start` to `end` of a text, with the number of weeks it is of."""

    place: str
    start: int
    end: int
    window: tuple[int, int] | None
    decided: Decided
    published: bool
    """Whether these words were published with this very claim."""

    def covers(self, span: Span) -> bool:
        return Span(self.start, self.end).covers(span) or (self.window is not None and Span(*self.window).covers(span))

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end

    def differs(self, claim: Claim) -> bool:
        """Whether it is surely not `claim`: of another subject, list or week, or refuted and of another kind."""
        asked = self.decided.asked
        if not asked.claims:
            return bool(asked.subject) and asked.subject.split("/")[0] != claim.subject.split("/")[0]
        if any(replace(one, stated=claim.stated) == claim for one in asked.claims):
            return False
        alike = [
            one
            for one in asked.claims
            if (one.subject, one.chart, one.period) == (claim.subject, claim.chart, claim.period)
        ]
        return not alike or self.decided.verdict is Verdict.REFUTED


def _bindings(
    words: str, claim: Claim, places: list[tuple[str, int, int]], texts: Mapping[str, str]
) -> Iterator[Binding]:
    """What the front matter would say: one binding where all such words mean the claim, else one an occurrence."""
    binding = Binding(
        words,
        kind=claim.kind,
        subject=claim.subject,
        chart=claim.chart or None,
        period=(claim.period.first, claim.period.last),
        territory=None if claim.territory == EVERYWHERE else claim.territory,
        measure=claim.measure,
        versus=claim.versus,
        base=(claim.base.first, claim.base.last) if claim.base else None,
        base_as=claim.base_as,
    )
    everywhere = binding.places(texts)
    if places == everywhere:
        yield binding
    else:
        yield from (msgspec.structs.replace(binding, nth=everywhere.index(place) + 1) for place in places)


def _not_held(words: str, where: str, decided: Decided) -> str:
    why = f" ({decided.reason})" if decided.reason else ""
    line = f'"{words}" {where} is {decided.verdict}{why}: {decided.explanation}'
    return line if decided.verdict is Verdict.REFUTED else f"{line}; say under claims what is meant"


def _judged(draft: _Draft, judged: Sequence[Judged], record: Record, before: Published | None) -> Checked | Refused:
    results: dict[int, Judged] = {}
    due: dict[int, Number] = {}
    for (binding, _), verdict in zip(draft.claims, judged, strict=True):
        results[id(binding)] = verdict
        if verdict.verdict is Verdict.SUPPORTED:
            continue
        if before is not None and (number := before.number(binding.says, verdict.claim)) is not None:
            due[id(binding)] = number
        else:
            why = f" ({verdict.found.reason})" if verdict.found.reason else ""
            draft.refuse(
                f'"{binding.says}" is {verdict.verdict}{why}: {verdict.explanation}', draft.story.line_of_words(binding)
            )
    if before is not None and not draft.reasons:
        for gone in missing_corrections(draft.story, draft.bindings, before):
            draft.refuse(gone, draft.story.line_of_key("corrections") if draft.story.front.corrections else 0)
    if draft.reasons:
        return draft.refused()
    bound = []
    places = list(texts := draft.story.texts())
    for binding in sorted(  # as they are met
        draft.bindings, key=lambda one: min((places.index(p), at) for p, at, _ in one.places(texts))
    ):
        verdict_of = results.get(id(binding))
        receipt = None
        if verdict_of is not None:  # of words the checker read, the claim said again
            stated = verdict_of.claim.stated
            receipt = record.receipt(verdict_of, binding.says if stated.text else say(stated))
        bound.append(Bound(binding, verdict_of, receipt, due.get(id(binding))))
    return Checked(draft.story, tuple(bound), tuple(draft.figures))


def _around(text: str, span: Span) -> str:
    start, end = max(0, span.start - 20), min(len(text), span.end + 20)
    while start and not text[start - 1].isspace() and start > span.start - 40:
        start -= 1
    while end < len(text) and not text[end].isspace() and end < span.end + 40:
        end += 1
    return " ".join(text[start:end].split())
