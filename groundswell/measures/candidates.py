"""Where titles could be meant: every form of a gazetteer found in folded text, leftmost-longest, at word boundaries."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc
from ahocorasick_rs import BytesAhoCorasick, MatchKind

from groundswell.measures.commonness import Tier, tier_of
from groundswell.measures.cues import TAG_ENDINGS
from groundswell.measures.folding import at_boundary, compact, fold, fold_ascii, is_word, plain
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow

_ENDING = re.compile("|".join(f"(?:{ending})" for ending in TAG_ENDINGS))
_TAG = re.compile(r"\w*")
_LETTER = re.compile(r"[^\W_]")
_SPOKEN = re.compile(r"[^\W_]+")
_VARIED = re.compile(r" & | and |: |[-.]|[!? ]$")
"""In a title of ASCII, what there is another way to write."""
_SHORT = 8
"""Titles up to this length are not read when written as one word."""


_Match = tuple[int, int, int]
"""A form by its number, and where it begins and ends."""


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
        forms: dict[str, dict[int, Reading]] = {}
        for number, row in enumerate(sorted({*gazetteer.rows}, key=repr)):
            for form, reading in _readings(row):
                kept = forms.setdefault(form, {})
                if number not in kept or reading.official:
                    kept[number] = reading
            for decoy in row.decoys:
                forms.setdefault(fold(decoy), {})
        self.forms = {form: tuple(readings.values()) for form, readings in forms.items()}
        self._patterns = list(self.forms)
        self._automaton = (
            BytesAhoCorasick([form.encode() for form in self._patterns], matchkind=MatchKind.Standard)
            if self._patterns
            else None
        )

    def among(self, texts: pa.ChunkedArray) -> dict[int, tuple[str, list[Candidate]]]:
        """By their numbers the texts in which a form occurs at all, folded, and the candidates of each.

        All are searched as one, so that those that name nothing are passed over without becoming objects.
        """
        if self._automaton is None:
            return {}
        texts = texts.cast(pa.string()).combine_chunks()
        ascii_only = pc.string_is_ascii(texts)  # folds at a tenth of the cost
        read: dict[int, tuple[str, list[Candidate]]] = {}
        for some, folded in ((ascii_only, _folded_ascii), (pc.invert(ascii_only), _folded)):
            of = pc.indices_nonzero(pc.fill_null(some, False))
            data, begins = folded(texts.take(of))
            inside: dict[int, list[_Match]] = {}
            for form, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
                at = bisect_right(begins, start) - 1
                if end <= begins[at + 1]:
                    inside.setdefault(at, []).append((form, start - begins[at], end - begins[at]))
            for at, matches in inside.items():
                one = data[begins[at] : begins[at + 1]]
                text = one.decode()
                read[of[at].as_py()] = text, self._candidates(text, one, matches)
        return read

    def find(self, folded: str) -> list[Candidate]:
        """The candidates of one post in order, none overlapping another; decoys are left out, and what they cover."""
        if self._automaton is None:
            return []
        data = folded.encode("utf-8", "replace")
        return self._candidates(folded, data, self._automaton.find_matches_as_indexes(data, overlapping=True))

    def _candidates(self, folded: str, data: bytes, matches: list[_Match]) -> list[Candidate]:
        """Of the places in the bytes of a text where forms are."""
        if len(data) > len(folded):
            matches = [(form, len(data[:start].decode()), len(data[:end].decode())) for form, start, end in matches]
        whole = []
        for pattern, start, end in matches:
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


def _folded_ascii(texts: pa.Array) -> tuple[bytes, Sequence[int]]:
    """Texts in ASCII, folded, one right after the other, and where each begins and the last one ends."""
    _, offsets, data = texts.buffers()
    begins = memoryview(offsets).cast("i")[texts.offset : texts.offset + len(texts) + 1] if offsets else [0]
    return fold_ascii(bytes(data)) if data else b"", begins


def _folded(texts: pa.Array) -> tuple[bytes, Sequence[int]]:
    """Any texts, in the same way."""
    data = [fold(text).encode() for text in texts.to_pylist()]
    return b"".join(data), [*accumulate(map(len, data), initial=0)]


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
    official = Reading(row, Tier.A, official=True)
    for tag in row.tags:
        yield f"#{compact(tag)}", official
        yield f"#{fold(tag)}", official
    of_tier = {tier: Reading(row, tier) for tier in Tier}
    for form in row.forms:
        title, tier = fold(form), row.tier_for(form)
        tags = {f"#{compact(form)}", "#" + "_".join(_SPOKEN.findall(title))}
        for derived in (*_variants(title), *sorted(tags)):
            if derived not in blocked and (_LETTER.search(derived) or compact(derived)):
                yield derived, of_tier[row.tier or max(tier, tier_of(derived.lstrip("#")))]


def _variants(title: str) -> list[str]:
    """The ways people write a title: without accents, with & or and, without colon, hyphen, points or closing mark."""
    found = {title}
    if not title.isascii() or _VARIED.search(title):
        found.add(plain(title))
        found |= {form.replace(" & ", " and ") for form in found} | {form.replace(" and ", " & ") for form in found}
        found |= {form.rstrip("!.?… ") for form in found} | {form.replace(": ", " ") for form in found}
        found |= {form.replace("-", " ") for form in found} | {form.replace(".", "") for form in found}
    if " " in title:
        found |= {form.replace("'", "") for form in found}
        if len(title) > _SHORT and tier_of(as_one := compact(title)) is Tier.A:
            found.add(as_one)
    return sorted(form for form in found if form.strip())
