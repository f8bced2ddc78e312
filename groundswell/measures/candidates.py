"""Where titles could be meant: every form of a gazetteer found in folded text, leftmost-longest, at word boundaries."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from ahocorasick_rs import BytesAhoCorasick, MatchKind

from groundswell.measures.commonness import Tier, tier_of
from groundswell.measures.cues import TAG_ENDINGS
from groundswell.measures.folding import ODD, at_boundary, compact, fold, fold_ascii, is_word, plain
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


@dataclass(frozen=True, eq=False)
class Reading:
    """One row a form could mean; `official` when the form is a hashtag of that subject alone. Each is itself and no other."""

    row: GazetteerRow
    tier: Tier
    official: bool = False


class Candidate(NamedTuple):
    """One place in folded text: whose it could be, and whether it is a hashtag; `ending` what follows the title in it."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    is_tag: bool = False
    ending: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether it could be one of several subjects."""
        return len(self.readings) > 1 and len({reading.row.subject for reading in self.readings}) > 1


class Matcher:
    """The forms of one gazetteer, compiled. `forms` maps each to its readings; a decoy's are none."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.forms: dict[str, tuple[Reading, ...]] = {}
        for row in dict.fromkeys(gazetteer.rows):
            for form, reading in _readings(row):
                kept = self.forms.get(form, ())
                others = kept[:-1] if kept and kept[-1].row is row else kept
                if len(others) == len(kept) or reading.official:
                    self.forms[form] = (*others, reading)
            for decoy in row.decoys:
                self.forms.setdefault(fold(decoy), ())
        for form, readings in self.forms.items():
            if len(readings) > 1:  # in an order of their own, whatever that of the rows
                self.forms[form] = tuple(sorted(readings, key=lambda one: repr(one.row)))
        self._patterns = [(form[0] == "#", " " in form, readings) for form, readings in self.forms.items()]
        self.is_dated = any(row.valid_from or row.valid_to for row in gazetteer.rows)
        self._automaton = (
            BytesAhoCorasick([form.encode() for form in self.forms], matchkind=MatchKind.Standard)
            if self.forms
            else None
        )

    def among(self, texts: pa.ChunkedArray) -> dict[int, tuple[str, list[Candidate]]]:
        """By their numbers the texts in which a form occurs at all, folded, and the candidates of each.

        These are in order, none overlapping another; decoys are left out, and what they cover. All texts are searched as
        one, so that those that name nothing are passed over without becoming objects.
        """
        if self._automaton is None:
            return {}
        data, begins = _folded(texts)
        inside: dict[int, list[_Match]] = {}
        for form, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            at = bisect_right(begins, start) - 1
            if end <= begins[at + 1]:
                inside.setdefault(at, []).append((form, start - begins[at], end - begins[at]))
        read: dict[int, tuple[str, list[Candidate]]] = {}
        for at, matches in inside.items():
            one = data[begins[at] : begins[at + 1]]
            text = one.decode()
            if len(one) > len(text):
                matches = [(form, len(one[:start].decode()), len(one[:end].decode())) for form, start, end in matches]
            read[at] = text, self._candidates(text, matches)
        return read

    def find(self, folded: str) -> list[Candidate]:
        """The candidates of one text."""
        return self.among(pa.chunked_array([[folded]], pa.string())).get(0, ("", []))[1]

    def _candidates(self, folded: str, matches: list[_Match]) -> list[Candidate]:
        """Of the places in a text where forms are."""
        whole = []
        for pattern, start, end in matches:
            is_tag, is_phrase, readings = self._patterns[pattern]
            if is_tag:
                tag_end = _TAG.match(folded, end).end()  # type: ignore[union-attr]
                ending = folded[end:tag_end].strip("_")
                if (not start or not is_word(folded[start - 1])) and (not ending or _ENDING.fullmatch(ending)):
                    if ending:
                        readings = tuple(reading for reading in readings if not reading.official)
                    if readings:
                        whole.append(Candidate(start, tag_end, readings, True, ending))
            elif (
                at_boundary(folded, start)
                and at_boundary(folded, end)
                and (is_phrase or not start or folded[start - 1] not in "#@")
            ):
                whole.append(Candidate(start, end, readings))
        if len(whole) > 1:
            return [*_longest(whole)]
        return whole if whole and whole[0].readings else []


def _folded(texts: pa.ChunkedArray) -> tuple[bytes, Sequence[int]]:
    """Texts, folded, one right after the other, and where each begins and the last one ends."""
    whole = pc.fill_null(texts.cast(pa.string()), "").combine_chunks()
    other = pc.invert(pc.string_is_ascii(whole))
    odd = pc.replace_with_mask(other, other, pc.match_substring_regex(whole.filter(other), ODD))
    if pc.any(odd).as_py():  # the rest folds at a tenth of the cost
        whole = pc.replace_with_mask(whole, odd, pa.array(map(fold, whole.filter(odd).to_pylist()), pa.string()))
    _, offsets, data = whole.buffers()
    if data is None:
        return b"", [0] * (len(whole) + 1)
    begins = memoryview(offsets).cast("i")[whole.offset : whole.offset + len(whole) + 1]
    first = begins[0]
    inside = data.slice(first, begins[-1] - first).to_pybytes()
    return fold_ascii(inside), [place - first for place in begins] if first else begins


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
    of_tier: dict[Tier, Reading] = {}
    for form in row.forms:
        title, as_one, of_form = fold(form), compact(form), row.tier_for(form)
        variants = _variants(title, as_one)
        tags = {as_one, "_".join(_SPOKEN.findall(title)), *map(compact, variants - {title})}
        for derived in (variants | {f"#{tag}" for tag in tags}) - blocked:
            if _LETTER.search(derived) or compact(derived):
                tier = row.tier or max(of_form, tier_of(derived.lstrip("#")))
                yield derived, of_tier.get(tier) or of_tier.setdefault(tier, Reading(row, tier))


def _variants(title: str, as_one: str) -> set[str]:
    """The ways people write a title: without accents, with & or and, without colon, hyphen, points or closing mark."""
    found = {title}
    if not title.isascii() or _VARIED.search(title):
        found.add(plain(title))
        found |= {form.replace(" & ", " and ") for form in found} | {form.replace(" and ", " & ") for form in found}
        found |= {form.rstrip("!.?… ") for form in found} | {form.replace(": ", " ") for form in found}
        found |= {form.replace("-", " ") for form in found} | {form.replace(".", "") for form in found}
    if " " in title:
        found |= {form.replace("'", "") for form in found}
        if len(title) > _SHORT and tier_of(as_one) is Tier.A:
            found.add(as_one)
        if title.startswith("the ") and " " in (rest := title[4:]) and tier_of(rest) is Tier.A:
            found.add(rest)
    return found
