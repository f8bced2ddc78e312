"""What was published, to be committed beside the stories: `published/SLUG.json`.

Each bound quote keeps the claim, value, verdict and receipt it was published with. When an editor replaces a published quote, the
story states the correction and it is kept here for good; when the data is revised, the story is flagged and nothing is rewritten.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from groundswell.claims import Claim
from groundswell.core.errors import InputError
from groundswell.core.verdict import Verdict
from groundswell.newsroom.story import Binding, Story


class Number(msgspec.Struct, frozen=True, omit_defaults=True):
    """One bound quote as published; what was recorded without its period is of no claim that is known."""

    says: str
    kind: str
    value: int | Decimal | None
    verdict: Verdict
    evidence: str | None
    receipt: str
    subject: str = ""
    chart: str = ""
    period: tuple[date, date] | None = None
    territory: str = ""
    measure: str = ""
    versus: str = ""
    base: tuple[date, date] | None = None
    base_as: str = ""

    @property
    def stated(self) -> tuple[object, ...]:
        """The words and all that is claimed by them, whatever was found."""
        of = (self.kind, self.subject, self.chart, self.period, self.territory, self.measure, self.versus)
        return (self.says, *of, self.base, self.base_as)


class Correction(msgspec.Struct, frozen=True):
    """One quote replaced after publication."""

    old: str
    new: str
    who: str
    why: str
    when: datetime


class Published(msgspec.Struct, frozen=True):
    """A story as published; `corrections` in the order they were made."""

    format: int
    slug: str
    title: str
    published_at: datetime
    numbers: tuple[Number, ...]
    corrections: tuple[Correction, ...] = ()

    def number(self, says: str, claim: Claim) -> Number | None:
        """The published number of these words and this claim; the words alone are not enough."""
        period = (claim.period.first, claim.period.last)
        base = (claim.base.first, claim.base.last) if claim.base else None
        of = (claim.kind, claim.subject, claim.chart, period, claim.territory, claim.measure, claim.versus)
        stated = (says, *of, base, claim.base_as)
        return next((number for number in self.numbers if number.stated == stated), None)

    def quotes(self) -> set[str]:
        """All words that were ever published as proven, or put in their place."""
        corrected = {words for correction in self.corrections for words in (correction.old, correction.new)}
        return {number.says for number in self.numbers} | corrected


def read_published(folder: Path, slug: str) -> Published | None:
    """What was published of a story, None when nothing was; `InputError` when its file is damaged."""
    path = folder / f"{slug}.json"
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Published)
    except msgspec.MsgspecError as error:
        raise InputError(f"published/{path.name}: {error}; restore it from the repository") from None


def missing_corrections(story: Story, bindings: Iterable[Binding], before: Published) -> list[str]:
    """A line for each published quote that no binding of the story has any more and that it does not correct."""
    bound = {binding.says for binding in bindings}
    corrected = {correction.old for correction in story.front.corrections}
    return [
        f'"{number.says}" was published on {before.published_at:%Y-%m-%d} and is gone: state what replaces it under corrections '
        "(old, new, who, why)"
        for number in before.numbers
        if number.says not in bound | corrected
    ]


def publish(story: Story, numbers: Sequence[Number], before: Published | None, now: datetime) -> Published:
    """The record after publishing `story` at `now`: published numbers stay as they were, new ones and corrections are added."""
    held = {number.stated: number for number in before.numbers} if before else {}
    known = {(correction.old, correction.new) for correction in before.corrections} if before else set()
    made = [
        Correction(stated.old, stated.new, stated.who, stated.why, now)
        for stated in story.front.corrections
        if (stated.old, stated.new) not in known
    ]
    return Published(
        format=1,
        slug=story.slug,
        title=story.front.title,
        published_at=before.published_at if before else now,
        numbers=tuple(held.get(number.stated, number) for number in numbers),
        corrections=(*(before.corrections if before else ()), *made),
    )


def encode(published: Published) -> bytes:
    """The file's bytes, one field a line, so that a change reads well in review."""
    encoder = msgspec.json.Encoder(decimal_format="number")
    return msgspec.json.format(encoder.encode(published), indent=1) + b"\n"
