"""Whose number it is: the titles a draft may be of, in the order in which they would be meant.

Two works that could be meant are both kept, so that both must agree; a name nobody knows between a title and a number leaves it
open whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.checker.frames import Draft
from groundswell.checker.scan import Ref, Scan
from groundswell.checker.words import CONTRAST, GENERIC, INTRODUCES, LIST_WORDS, MONTHS, SEASON_WORDS, WEEKDAYS

_PREPOSITIONS = frozenset("of to from with in after since like as for by on at into".split())
_APPOSED = frozenset("no number with on at in its place spot position a the".split())
_OPEN = frozenset('"“‘«')
_KNOWN = frozenset(
    "netflix top no number nos english non tv film films series show shows i new the a an it its in on at with for "
    "globally worldwide list chart uk us korean spanish german french italian polish british american japanese turkish "
    "mexican brazilian indian norwegian danish swedish thai k and but or two three four five six seven eight nine ten "
    "first second third last this that".split()
)


@dataclass(frozen=True)
class Owned:
    """The refs a draft may be of; none with the reason why."""

    refs: tuple[Ref, ...]
    why: str = ""


def owners(scan: Scan, index: int, draft: Draft, drafts: Sequence[Draft]) -> Owned:
    """Whose number `draft` of the sentence `index` is."""
    refs = scan.refs[index]
    sentence = scan.sentences[index]
    grouped = _grouped(scan, sentence, draft, drafts, refs)
    if grouped is not None:
        return grouped
    behind = _behind(scan, draft, sentence, refs)
    if behind is not None:
        return Owned((behind,))
    preceding = [ref for ref in refs if ref.last <= draft.first]
    if not preceding:
        return _following(scan, draft, refs, sentence)
    last = preceding[-1]
    if unknown := _unknown(scan, last.last, draft.first):
        return Owned((), f"'{unknown}' is not known")
    main = next((ref for ref in preceding if not _introduced(scan, ref, sentence[0])), preceding[0])
    if last.title == main.title or not _introduced(scan, last, sentence[0]) or _adjacent(scan, last, draft):
        return Owned((last,))
    return Owned((last, main))


def _following(scan: Scan, draft: Draft, refs: Sequence[Ref], sentence: tuple[int, int]) -> Owned:
    following = [ref for ref in refs if ref.first >= draft.last]
    if not following:
        return Owned((), "no title is named for it")
    first = following[0]
    if unknown := _unknown(scan, sentence[0] + 1, draft.first) or _unknown(scan, draft.last, first.first):
        return Owned((), f"'{unknown}' is not known")
    return Owned((first,))


def _behind(scan: Scan, draft: Draft, sentence: tuple[int, int], refs: Sequence[Ref]) -> Ref | None:
    """The title of `25.5M views for Ad Vitam`, `No. 7 went to Chokehold`."""
    at = draft.last
    if draft.listing is not None and draft.listing.last > at:
        at = draft.listing.last
    steps = 0
    while at < sentence[1] and steps < 6:
        word = scan.word(at)
        ref = next((one for one in refs if one.first == at and not one.pointer), None)
        if ref is not None:
            return (
                ref
                if steps
                and scan.word(at - 1) in {"for", "to", "by", "was", "is"} | _OPEN | {"the"}
                and _led(scan, draft, at)
                else None
            )
        if (
            word in {"went", "goes", "belonged", "to", "for", "by", "was", "is", "the"}
            or word in _OPEN
            or word in {"on", "s"}
        ):
            at, steps = at + 1, steps + 1
        else:
            return None
    return None


def _led(scan: Scan, draft: Draft, at: int) -> bool:
    words = [scan.word(n) for n in range(draft.last, at)]
    return "for" in words or "by" in words or ("to" in words and {"went", "goes", "belonged"} & set(words) != set())


def _introduced(scan: Scan, ref: Ref, begin: int) -> bool:
    """Whether a title stands after a preposition or a word of comparison rather than on its own."""
    at = ref.first - 1
    while at >= begin and (scan.word(at) in _OPEN or scan.word(at) in {"the", "'s"} or scan.tokens[at].is_capital):
        at -= 1
    return at >= begin and (scan.word(at) in CONTRAST or scan.word(at) in _PREPOSITIONS)


def _adjacent(scan: Scan, ref: Ref, draft: Draft) -> bool:
    """Whether the number follows the title at once: in parentheses, after `at`, `on`, `which`, or as its apposition."""
    at = ref.last
    while at < draft.first and scan.tokens[at].text in "\"”’'":
        at += 1
    if at >= draft.first:
        return True
    if scan.tokens[at].text == "," and at + 1 >= draft.first:
        return True
    while at < draft.first and scan.tokens[at].text in ",\"”’'":
        at += 1
    if scan.word(at) in {"(", "at", "on", "which", "who", "now", "also"} or at >= draft.first:
        return True
    return all(
        here in scan.number_at or scan.tokens[here].text in ",\"”’'(.#" or scan.word(here) in _APPOSED
        for here in range(at, draft.first)
    )


def _grouped(
    scan: Scan, sentence: tuple[int, int], draft: Draft, drafts: Sequence[Draft], refs: Sequence[Ref]
) -> Owned | None:
    """One of `No. 3 and No. 4`, `3.8 million and 2.8 million views`: the title in the same place among as many."""
    like = _like(scan, draft, drafts)
    respectively = any(scan.word(at) == "respectively" for at in range(*sentence))
    if len(like) < 2:
        return None
    before = [ref for ref in refs if ref.last <= like[0].first and not ref.pointer]
    titles = before[-len(like) :]
    if len(titles) == len(like) and (respectively or len(before) == len(like)):
        return Owned((titles[like.index(draft)],))
    return Owned((), "it is open which of several numbers is whose") if respectively or before else None


def _like(scan: Scan, draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    family = _family(draft)
    same = [one for one in drafts if _family(one) == family]
    at = same.index(draft)
    first = last = at
    while first and _joined(scan, same[first - 1], same[first]):
        first -= 1
    while last + 1 < len(same) and _joined(scan, same[last], same[last + 1]):
        last += 1
    return same[first : last + 1]


def _family(draft: Draft) -> str:
    return {"debut_rank": "rank", "total": "amount", "views": "amount", "hours_viewed": "amount"}.get(
        draft.kind, draft.kind
    )


def _joined(scan: Scan, left: Draft, right: Draft) -> bool:
    between = [scan.word(at) for at in range(left.last, right.first)]
    return bool(between) and all(word in {"and", ",", "&"} for word in between)


def _unknown(scan: Scan, first: int, last: int) -> str:
    """A name between `first` and `last` that is none of the record's and is not introduced as somebody's."""
    at = first
    while at < last:
        token = scan.tokens[at]
        if token.text in _OPEN and first < at < last - 1 and token.text != "'" and not _closes(scan, first, at):
            return scan.tokens[min(at + 1, len(scan.tokens) - 1)].text
        if not _is_name(scan, at):
            at += 1
            continue
        end = at
        while end < last and (
            _is_name(scan, end) or scan.word(end) in {"'s", "de", "del", "la", "von", "of", "the", "."}
        ):
            end += 1
        while end > at and not _is_name(scan, end - 1):
            end -= 1
        before = scan.word(at - 1)
        possessive = scan.word(end) == "'s"
        if before not in INTRODUCES and not possessive and before not in {"-", ","} | GENERIC:
            return " ".join(one.text for one in scan.tokens[at:end])
        if before == "," and not possessive:
            return " ".join(one.text for one in scan.tokens[at:end])
        at = end
    return ""


def _closes(scan: Scan, first: int, at: int) -> bool:
    """Whether a straight quote closes one that was opened before."""
    return scan.tokens[at].text == '"' and at - first <= 1


def _is_name(scan: Scan, at: int) -> bool:
    token = scan.tokens[at]
    return (
        token.is_capital
        and at not in scan.identifiers
        and token.word not in _KNOWN
        and token.word not in LIST_WORDS
        and token.word not in MONTHS
        and token.word not in WEEKDAYS
        and token.word not in SEASON_WORDS
        and token.text not in {"M", "B", "K", "I"}
        and not (len(token.text) == 1)
    )
