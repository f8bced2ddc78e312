"""Where titles could be meant: every form of a gazetteer found in folded text, leftmost-longest, at word boundaries."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc
from ahocorasick_rs import AhoCorasick, MatchKind

from groundswell.measures.commonness import Tier, tier_of
from groundswell.measures.cues import TAG_ENDINGS
from groundswell.measures.folding import at_boundary, compact, fold, is_word, plain
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow

_ENDING = re.compile("|".join(f"(?:{ending})" for ending in TAG_ENDINGS))
_TAG = re.compile(r"\w*")
_BETWEEN = "\0"
"""What parts the texts of one search: no letter, no mark and no space, so that folding leaves it and what it parts."""
_SHORT = 8
"""Titles up to this length are not read when written as one word."""


@dataclass(frozen=True)
class Reading:
    """One row a form could mean; `official` when the form is a hashtag of that subject alone."""

    row: GazetteerRow
    tier: Tier
    official: bool = False


@dataclass(frozen=True)
class Candidate:
    """One place in folded text: whose it could be, and whether it is a hashtag; `ending` what follows the title in it."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    is_tag: bool = False
    ending: str = ""


class Matcher:
    """The forms of one gazetteer, compiled. `forms` maps each to its readings; a decoy's are none."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        forms: dict[str, dict[GazetteerRow, Reading]] = {}
        for row in sorted(gazetteer.rows, key=repr):
            for form, reading in _readings(row):
                kept = forms.setdefault(form, {})
                if row not in kept or reading.official:
                    kept[row] = reading
            for decoy in row.decoys:
                forms.setdefault(fold(decoy), {})
        self.forms = {form: tuple(readings.values()) for form, readings in forms.items()}
        self._patterns = list(self.forms)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard) if self._patterns else None

    def naming(self, texts: pa.ChunkedArray) -> list[int]:
        """The numbers of the texts in which a form occurs at all, whole words or not: no other has a candidate.

        Many texts are searched as one, so that those that name nothing are passed over without becoming objects.
        """
        if self._automaton is None:
            return []
        texts = texts.combine_chunks()
        ascii_only = pc.string_is_ascii(texts)  # folds at a tenth of the cost
        numbers: list[int] = []
        for some in (ascii_only, pc.invert(ascii_only)):
            of = pc.indices_nonzero(pc.fill_null(some, False))
            if len(of):
                numbers += (of[at].as_py() for at in self._among(texts.take(of)))
        return sorted(numbers)

    def _among(self, texts: pa.Array) -> list[int]:
        assert self._automaton is not None
        folded = fold(pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), _BETWEEN)[0].as_py())
        parts = folded.split(_BETWEEN)
        if len(parts) != len(texts):  # a text holds what should part them
            return [at for at, text in enumerate(texts.to_pylist()) if self.find(fold(text))]
        ends = [*accumulate(len(part) + 1 for part in parts)]
        found = self._automaton.find_matches_as_indexes(folded)
        return sorted({bisect_right(ends, start) for _, start, _ in found})

    def find(self, folded: str) -> list[Candidate]:
        """The candidates of one post in order, none overlapping another; decoys are left out, and what they cover."""
        if self._automaton is None:
            return []
        raw = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        if not raw:
            return []
        whole = []
        for pattern, start, end in raw:
            form = self._patterns[pattern]
            if form[0] == "#":
                tag_end = _TAG.match(folded, end).end()  # type: ignore[union-attr]
                ending = folded[end:tag_end].strip("_")
                if (not start or not is_word(folded[start - 1])) and (not ending or _ENDING.fullmatch(ending)):
                    readings = tuple(r for r in self.forms[form] if not (ending and r.official))
                    if readings:
                        whole.append(Candidate(start, tag_end, readings, True, ending))
            elif folded[max(0, start - 1) : start] in ("#", "@") and " " not in form:
                continue
            elif at_boundary(folded, start) and at_boundary(folded, end):
                whole.append(Candidate(start, end, self.forms[form]))
        return [*_longest(whole)]


def _longest(whole: list[Candidate]) -> Iterator[Candidate]:
    reached = 0
    for found in sorted(whole, key=lambda one: (one.start, -one.end, one.ending)):
        if found.start >= reached:
            reached = found.end
            if found.readings:
                yield found


@lru_cache(maxsize=8)
def matcher(gazetteer: Gazetteer) -> Matcher:
    """The compiled gazetteer, kept for the next batch of posts."""
    return Matcher(gazetteer)


def _readings(row: GazetteerRow) -> Iterator[tuple[str, Reading]]:
    blocked = {fold(name) for name in row.blocked}
    for tag in row.tags:
        yield f"#{compact(tag)}", Reading(row, Tier.A, official=True)
        yield f"#{fold(tag)}", Reading(row, Tier.A, official=True)
    for form in row.forms:
        title = fold(form)
        tags = {f"#{compact(form)}", "#" + "_".join(re.findall(r"[^\W_]+", title))}
        for derived in (*_variants(title), *sorted(tags)):
            if derived not in blocked and compact(derived):
                yield derived, Reading(row, max(row.tier_for(form), row.tier or tier_of(derived.lstrip("#"))))


def _variants(title: str) -> list[str]:
    """The ways people write a title: without accents, with & or and, without colon, hyphen, points or closing mark."""
    found = {title, plain(title)}
    found |= {form.replace(" & ", " and ") for form in found} | {form.replace(" and ", " & ") for form in found}
    found |= {form.rstrip("!.?… ") for form in found} | {form.replace(": ", " ") for form in found}
    found |= {form.replace("-", " ") for form in found} | {form.replace(".", "") for form in found}
    if " " in title:
        found |= {form.replace("'", "") for form in found}
        if tier_of(compact(title)) is Tier.A and len(title) > _SHORT:
            found.add(compact(title))
    return sorted(form for form in found if form.strip())
