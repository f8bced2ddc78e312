"""The words around a number: where its clause ends, what it complements, and what in it changes the claim."""

from collections.abc import Iterator
from dataclasses import dataclass

from groundswell.catalog import code_of
from groundswell.checker.numeral import Number
from groundswell.checker.scan import Listing, Ref, Scan
from groundswell.checker.words import (
    COUNTRIES,
    GENERIC,
    HARMLESS,
    HOURS,
    LIST_WORDS,
    MULTIPLYING,
    SCOPE,
    TAINT,
    TAINTING,
    TIMES,
    VIEWS,
)
from groundswell.core.verdict import Reason

_BREAKS = frozenset(";:—–")
_JOINS = frozenset("and but while whereas though although as which who where because yet".split())
_PARTS = frozenset("finale finales episode pilot scene scenes seasons franchise trilogy combined".split())
_NEGATED = frozenset(
    "didnt wasnt isnt couldnt doesnt hasnt havent wont wouldnt cant werent arent dont hadnt shouldnt".split()
)
_PREPOSITIONS = frozenset(
    "on among amongst in of for at across by throughout within under to about outside featuring".split()
)
_SKIPPED = frozenset(
    "\" “ ‘ the its their his her a an all netflix 's global weekly worldwide streamer service platform both this that latest "
    "company site streaming most watched viewed popular - our any top week international".split()
)
_TIMES = frozenset(
    "week weeks days day frame weekend period time weekly fortnight launch debut premiere release start".split()
)
_OF_TIME = frozenset(
    "full whole debut opening launch same first second third fourth fifth sixth seventh eighth ninth tenth straight "
    "consecutive entire past last previous prior latest reporting tracking release premiere final another - tracked "
    "limited series show film movie 's ’ '".split()
)
_ENDS_OBJECT = frozenset({"netflix", "week", "worldwide", "latest"})
_FREE = frozenset("it them hours views netflix globally worldwide total all titles latest world globe".split())

_A_WEEK_ON = {
    ("the", "after"),
    ("a", "later"),
    ("one", "later"),
    ("the", "later"),
    ("the", "following"),
    ("the", "next"),
}


def segment(scan: Scan, at: int, sentence: tuple[int, int], *, commas: bool = False) -> tuple[int, int]:
    """The clause around token `at`; with `commas` the smallest part of it, else up to a conjunction after a comma."""
    first, last = at, at + 1
    while first > sentence[0] and not _splits(scan, first - 1, commas):
        first -= 1
    while last < sentence[1] and not _splits(scan, last, commas):
        last += 1
    return first, last


def _splits(scan: Scan, at: int, commas: bool) -> bool:
    if at in scan.identifiers and scan.identifiers[at] == "title":
        return False
    text = scan.tokens[at].text
    if text in _BREAKS:
        return True
    if commas:
        return text in ",()"
    return text == "," and scan.word(at + 1) in _JOINS


def taint(scan: Scan, bounds: tuple[int, int], near: tuple[int, int]) -> tuple[Reason, str] | None:
    """A word of the clause that changes what it claims, or makes it a claim about something else."""
    names = scan.identifiers
    for at in range(*bounds):
        token, word = scan.tokens[at], scan.tokens[at].word
        if names.get(at) in {"title", "season"}:
            continue
        if word in _NEGATED or (token.text == "may" and names.get(at) != "date"):
            return Reason.UNREAD_QUALIFIER, token.text
        if any(all(scan.word(at + n) == said for n, said in enumerate(words)) for words in TAINTING):
            return Reason.UNREAD_QUALIFIER, token.text
        bound = scan.word(at + 1) in {"less", "fewer", "more"} and scan.word(at + 2) == "than"
        if word == "no" and not _is_rank(scan, at) and not bound:
            return Reason.UNREAD_QUALIFIER, token.text
        if (
            word in TAINT
            and not _harmless(scan, at)
            and not (TAINT[word] == "external" and _describes(scan, at, bounds[1]))
        ):
            return Reason(TAINT[word]), token.text
    for at in range(*near):
        if names.get(at) == "title":
            continue
        word = scan.tokens[at].word
        if word == "popular" and scan.word(at - 1) == "most":
            if scan.tokens[at].is_capital or "among" in {scan.word(at - 2), scan.word(at - 3)}:
                return Reason.EXTERNAL, f"{scan.tokens[at - 1].text} {scan.tokens[at].text}"
        apart = word == "far" and scan.word(at + 1) in {"ahead", "behind", "more", "fewer"}
        if word in SCOPE and names.get(at) is None and scan.word(at - 1) not in {"not", "so"} and not apart:
            return Reason.UNREAD_QUALIFIER, scan.tokens[at].text
        if word == "week" and (scan.word(at - 1), scan.word(at + 1)) in _A_WEEK_ON:
            return Reason.AMBIGUOUS_PERIOD, f"{scan.word(at - 1)} week {scan.word(at + 1)}"
        if word == "week" and (scan.word(at - 2), scan.word(at - 1)) in _A_WEEK_ON:
            return Reason.AMBIGUOUS_PERIOD, f"{scan.word(at - 1)} week"
        each = (
            word in {"week", "day"} and scan.word(at - 1) in {"a", "per", "each"} and scan.word(at - 2) in HOURS | VIEWS
        )
        if each and scan.word(at + 1) not in {"earlier", "ago", "before", "prior", "later", "on"}:
            return Reason.UNREAD_QUALIFIER, f"{scan.word(at - 1)} {word}"
        if word == "only" and scan.word(at - 1) == "the":
            return Reason.UNREAD_QUALIFIER, "the only"
        if (
            word == "first"
            and scan.word(at - 1) == "the"
            and scan.word(at + 1) in GENERIC - {"season", "entry", "instalment", "installment"}
        ):
            return Reason.UNREAD_QUALIFIER, f"the first {scan.tokens[at + 1].text}"
        if (
            word in {"month", "quarter", "half"}
            and scan.word(at - 1) in {"the", "this", "per", "a"}
            and not _is_amount(scan, at)
        ):
            return Reason.UNREAD_QUALIFIER, f"{scan.tokens[at - 1].text} {scan.tokens[at].text}"
        if word == "time" and scan.word(at - 1) == "all":
            return Reason.UNREAD_QUALIFIER, "all time"
        if word in {"year", "decade"} and scan.word(at - 1) in {"the", "this"}:
            return Reason.UNREAD_QUALIFIER, f"{scan.tokens[at - 1].text} {scan.tokens[at].text}"
        if word == "one" and scan.word(at + 1) == "of" and scan.word(at + 3) in {"weeks", "days"}:
            return Reason.AMBIGUOUS_PERIOD, "one of its weeks"
        if word in _PARTS and names.get(at) is None:
            return Reason.UNREAD_QUALIFIER, scan.tokens[at].text
        if (
            word in {"nearly", "almost"}
            and _hedged(scan, at) is None
            and not scan.tokens[at + 1].is_digits
            and scan.word(at + 1) not in MULTIPLYING.keys() | TIMES.keys()
        ):
            return Reason.UNREAD_QUALIFIER, scan.tokens[at].text
        if word == "but" and at + 1 in scan.number_at:
            return Reason.UNREAD_QUALIFIER, "but"
        if word == "of" and scan.word(at + 1) in {"which", "whom"}:
            return Reason.VAGUE, "of which"
        if word == "every" and scan.word(at + 1) == "day":
            return Reason.EXTERNAL, "every day"
    return None


def _is_amount(scan: Scan, at: int) -> bool:
    """Whether a word is a part of an amount: `half a billion`, `a quarter of its audience`."""
    return at in scan.number_at and (scan.number_at[at].scaled or scan.word(at + 1) in {"of", "", ",", "."})


def _is_rank(scan: Scan, at: int) -> bool:
    return scan.tokens[at + 1].text in "." or scan.tokens[at + 1].is_digits if at + 1 < len(scan.tokens) else False


def _describes(scan: Scan, at: int, end: int) -> bool:
    """Whether a word says what a title is: in front of it (`video-game spinoff X`), or what it is based on."""
    if {"based", "adapted", "adaptation"} & {scan.word(n) for n in range(max(0, at - 4), at)}:
        return True
    for here in range(at + 1, min(at + 7, end)):
        if scan.identifiers.get(here) == "title":
            return True
        if scan.word(here) in _LINKS:
            return False
    return False


_LINKS = frozenset("of for to from behind by in on 's is was has had sits and , ( at with took drew".split())


def _harmless(scan: Scan, at: int) -> bool:
    return any(
        all(scan.word(begin + n) == word for n, word in enumerate(words))
        for words in HARMLESS
        for begin in range(at - len(words) + 1, at + 1)
        if words[at - begin] == scan.word(at)
    )


@dataclass(frozen=True)
class Complement:
    """What follows a number in its phrase: the list it is of, the territory, the countries counted, or what is not read."""

    end: int
    listing: Listing | None = None
    generic: bool = False
    """Whether an unnamed list is said: `the chart`."""
    territory: str | None = None
    ref: Ref | None = None
    unread: str = ""


def complement(scan: Scan, at: int, sentence: tuple[int, int], refs: list[Ref]) -> Complement:
    """The chain of prepositional phrases that begins at token `at`."""
    while scan.word(at) == "again" or (scan.word(at) == "once" and scan.word(at + 1) == "more"):
        at += 1 + (scan.word(at) == "once")
    found = Complement(at)
    while found.end < sentence[1] and scan.word(found.end) in _PREPOSITIONS and not found.unread:
        following = _object(scan, found.end, sentence, refs, found)
        if following is None:
            words = " ".join(token.text for token in scan.tokens[found.end : min(found.end + 4, sentence[1])])
            return Complement(found.end, found.listing, found.generic, found.territory, found.ref, unread=words)
        found = following
    return found


def _object(scan: Scan, at: int, sentence: tuple[int, int], refs: list[Ref], found: Complement) -> Complement | None:
    here = past_role(scan, at + 1)
    if scan.word(at) == "to":
        exactly = scan.word(here + 1) in {"exact", "precise"}
        return None if scan.word(here) == "be" and not exactly else Complement(len(scan.tokens), *_kept(found))
    while here < sentence[1]:
        listing = scan.listing_at.get(here)
        if listing is not None:
            return Complement(listing.last, listing, found.generic, found.territory, found.ref)
        ref = next((one for one in refs if one.first <= here < one.last and not one.pointer), None)
        if ref is not None:
            return Complement(ref.last, found.listing, found.generic, found.territory, ref)
        word = scan.word(here)
        if word in LIST_WORDS and {scan.word(n) for n in range(at, here)} & {"their", "his", "her", "our"}:
            return None  # somebody's own list
        if word in LIST_WORDS or (word == "top" and scan.identifiers.get(here + 1) == "list"):
            return Complement(here + 1 + (word == "top"), found.listing, True, found.territory, found.ref)
        if word == "top" and scan.identifiers.get(here + 2) == "list":
            return Complement(here + 3, found.listing, True, found.territory, found.ref)
        if scan.identifiers.get(here) == "date":
            while scan.identifiers.get(here) == "date":
                here += 1
            return Complement(here, *_kept(found))
        place = territory_at(scan, here, sentence[1])
        if place is not None and scan.word(at) in {"in", "across", "throughout", "for", "on"}:
            if scan.word(place[1]) in {"and", "or", ","} and territory_at(scan, place[1] + 1, sentence[1]) is not None:
                return None  # several of them
            return Complement(place[1], found.listing, found.generic, place[0], found.ref)
        if (end := _time(scan, here, sentence[1])) is not None:
            return Complement(end, *_kept(found))
        number = scan.number_at.get(here) or _hedged(scan, here)
        if number is not None:
            end = number.last
            if scan.word(end) in COUNTRIES | {"of"}:
                return Complement(len(scan.tokens), *_kept(found))
            return Complement(len(scan.tokens), *_kept(found))
        if word in _FREE and word not in _SKIPPED:
            return Complement(here + 1, *_kept(found))
        if word in {"all", "total"} and not (here + 1 < sentence[1] and scan.tokens[here + 1].is_word):
            return Complement(here + 1, *_kept(found))
        if scan.tokens[here].text in {"No", "#"} or word in {"no", "number"}:
            return Complement(len(scan.tokens), *_kept(found))
        if (
            scan.tokens[here].text in ",.;)!"
            and here > at + 1
            and scan.word(here - 1) in {"netflix", "week", "worldwide"}
        ):
            return Complement(here, *_kept(found))
        if word not in _SKIPPED:
            if here > at + 1 and scan.word(here - 1) in {
                "netflix",
                "week",
                "platform",
                "service",
                "streamer",
                "worldwide",
            }:
                return Complement(here, *_kept(found))
            return None
        here += 1
    return Complement(here, *_kept(found)) if scan.word(here - 1) in _ENDS_OBJECT else None


def past_role(scan: Scan, at: int) -> int:
    """Where the name begins that `the runner-up`, `its closest rival` at `at` is said of; `at` where no such word stands there."""
    here = at + (scan.word(at) in {"the", "its", "their"})
    if scan.word(here) in {"closest", "nearest"}:
        here += 1
    if scan.word(here) in {"rival", "competitor", "challenger", "follower"}:
        here += 1
    elif [scan.word(here + n) for n in range(3)] == ["runner", "-", "up"]:
        here += 3
    else:
        return at
    return here + (scan.word(here) == ",")


def _kept(found: Complement) -> tuple[Listing | None, bool, str | None, Ref | None]:
    return found.listing, found.generic, found.territory, found.ref


def _time(scan: Scan, here: int, end: int) -> int | None:
    at = here
    while at < min(end, here + 5):
        word = scan.word(at)
        if word in _TIMES:
            after = at + 1
            if scan.word(after) == "of" and scan.identifiers.get(after + 1) == "date":
                after += 1
                while scan.identifiers.get(after) == "date":
                    after += 1
            elif after in scan.number_at or scan.word(after) in {"running", "there", "straight"}:
                after += 1
            return after
        if not (word in _OF_TIME or scan.identifiers.get(at) == "season" or _numeric(scan, at)):
            return None
        at += 1
    return None


def _numeric(scan: Scan, at: int) -> bool:
    return at in scan.number_at


def _hedged(scan: Scan, at: int) -> Number | None:
    """The number whose hedge begins at `at`."""
    ahead = (scan.number_at.get(at + n) for n in range(1, 5))
    return next((number for number in ahead if number is not None and number.start <= at), None)


def territory_at(scan: Scan, at: int, end: int) -> tuple[str, int] | None:
    """The territory named at `at` and where its name ends; a part of a longer name is none."""
    while at < end and scan.word(at) in {"the", "both"}:
        at += 1
    if at >= end or not scan.tokens[at].is_capital or at in scan.identifiers:
        return None
    for length in (7, 4, 3, 2, 1):
        if at + length > end:
            continue
        words = scan.text[scan.tokens[at].start : scan.tokens[at + length - 1].end]
        if length == 1 and words.isupper() and words not in {"US", "UK", "UAE"}:
            continue
        code = code_of(words)
        if code is not None and code != "WW":
            return code, at + length
    return None


def territories(scan: Scan, bounds: tuple[int, int]) -> Iterator[str]:
    """The territories a clause speaks in: `in Britain`, `across Mexico`."""
    for at in range(*bounds):
        if scan.word(at) in {"in", "across", "throughout"}:
            found = territory_at(scan, at + 1, bounds[1])
            if found is not None:
                yield found[0]
