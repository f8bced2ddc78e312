"""Places on a list said without a number: `topped`, `atop`, `runner-up`, `the most watched title`."""

from dataclasses import replace
from decimal import Decimal

from groundswell.checker.best import record
from groundswell.checker.clause import Complement, complement
from groundswell.checker.cue import AFTER_RANK, MOST
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.rank import rank
from groundswell.checker.scan import Listing
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import ENTERING, LIST_WORDS, RANK_VERBS, TOP_VERBS
from groundswell.core.verdict import Reason


def word(s: Sentence, at: int) -> Draft | None:
    word = s.w(at)
    if (best := record(s, at)) is not None:
        return best
    if word == "runner" and s.w(at + 1) == "-" and s.w(at + 2) == "up":
        return rank(s, Number(at, at + 3, Form.ORDINAL, Decimal(2), start=at), at, at + 3)
    if word in TOP_VERBS and _leads(s, at):
        end = _list_after(s, at + 1)
        if end is None and s.w(at + 1) in {"the", "all"} and s.w(at + 2) in {"way", "pack", "field", "comers"}:
            rest = complement(s.scan, at + 3, s.sentence, s.refs)
            return place(s, at, at + 3, rest.listing, at + 3) if rest.listing or rest.generic else None
        if end is not None and s.counted(end) is None:
            listing = next((s.scan.listing_at[n] for n in range(at, end + 1) if n in s.scan.listing_at), None)
            return place(s, at, at + 1, listing, end)
    if (
        word == "atop"
        or (word == "on" and s.w(at + 1) == "top")
        or (word == "at" and s.w(at + 1) == "the" and s.w(at + 2) in {"top", "summit", "head"})
    ):
        end = at + (1 if word == "atop" else 2 if word == "on" else 3)
        if s.counted(end) is not None or (word == "on" and s.w(end) == "of" and _list_after(s, end) is None):
            return None
        listed = _list_after(s, end)
        listing = next((s.scan.listing_at[n] for n in range(end, (listed or end) + 1) if n in s.scan.listing_at), None)
        entering = any(s.w(n) in ENTERING | RANK_VERBS or s.w(n) in {"moved", "rose"} for n in range(at - 3, at))
        if word == "atop" or entering or listed is not None:
            return place(s, at, end, listing, listed or end)
    if word == "to" and s.w(at + 1) == "the" and s.w(at + 2) == "top" and at + 3 not in s.scan.identifiers:
        after = s.w(at + 3)
        if not s.scan.identifiers.get(at + 3) and after in {
            "with",
            "of",
            "on",
            "in",
            "",
            ".",
            ",",
            "for",
            ";",
            "again",
        }:
            return place(s, at + 1, at + 3, None, at + 3)
    if word == "more" and [s.w(at + n) for n in range(1, 5)] == ["than", "any", "other", "title"]:
        rest = complement(s.scan, at + 5, s.sentence, s.refs)
        if not rest.unread and rest.territory is None and rest.listing is None:
            return Draft(at, at + 5, "rank", Decimal(1), listing=Listing(at, at + 5, overall=True))
    if word in {"newcomer", "newcomers", "arrival", "entrant"}:
        return _newcomer(s, at)
    if word in {"top", "biggest", "leading"} and s.w(at - 1) in {"the", "'s"}:
        return _foremost(s, at)
    if word == "top" and s.w(at + 1) in {"spot", "place", "position"}:
        if s.counted(at + 2) is None:
            return place(s, at, at + 2, None, at + 2)
    if word == "most" or (word == "top" and s.w(at + 1) == "title"):
        return _superlative(s, at)
    return None


def place(s: Sentence, first: int, last: int, listing: Listing | None, end: int) -> Draft | None:
    rest = complement(s.scan, end, s.sentence, s.refs) if listing is None or end > last else Complement(end)
    debut = s.debuts(first, last)
    spoken = s.debut_verb(first) if debut else first
    draft = Draft(
        spoken, last, "debut_rank" if debut else "rank", Decimal(1), listing=listing or rest.listing,
        territory=rest.territory, when=s.when(Number(first, last, Form.CARDINAL, start=first), last), debut=debut,
    )  # fmt: skip
    if rest.unread:
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
    return draft


def _leads(s: Sentence, at: int) -> bool:
    return s.w(at - 1) not in {"the", "a", "its", "his", "her", "by", "starring"} or s.w(at) == "leading"


def _list_after(s: Sentence, at: int) -> int | None:
    """Where a list ends that stands at `at`, after an article and little else."""
    for here in range(at, at + 5):
        if here in s.scan.listing_at:
            return s.scan.listing_at[here].last
        word = s.w(here)
        if word in LIST_WORDS:
            return here + 1 if here > at else None
        if word not in {"the", "netflix", "'s", "of", "global", "weekly", "streamer", "its", "all", "both"}:
            return None
    return None


def _newcomer(s: Sentence, at: int) -> Draft | None:
    """`Newcomer X`, `a fresh arrival, X`: in its first week on its list."""
    end = at + 1
    while s.w(end) in {",", '"', "“", "‘", "'"}:
        end += 1
    if not any(ref.first == end and not ref.pointer for ref in s.refs):
        return None
    first = at - 1 if s.w(at - 1) in {"new", "fresh"} else at
    if s.w(at) == "arrival" and first == at:
        return None
    return Draft(first, at + 1, "weeks_on_chart", Decimal(1), debut=True, title_at=end)


def _foremost(s: Sentence, at: int) -> Draft | None:
    """`the leading non-English series`: the top of that list; `the top film`: of its own list, and of all."""
    listing = s.scan.listing_at.get(at + 1)
    if listing is not None and listing.language and s.w(listing.last) in AFTER_RANK | {",", ".", ";", "title", ""}:
        return Draft(
            at,
            listing.last,
            "rank",
            Decimal(1),
            listing=listing,
            when=s.when(Number(at, listing.last, Form.CARDINAL, start=at), listing.last),
        )
    if s.w(at + 1) in {"film", "movie", "series", "show"} and s.w(at + 2) in AFTER_RANK | {",", ".", ""}:
        rest = complement(s.scan, at + 2, s.sentence, s.refs)
        if rest.unread or s.w(at) == "leading":
            return None
        return Draft(at, at + 2, "rank", Decimal(1), widely=True, territory=rest.territory)
    return None


def _superlative(s: Sentence, at: int) -> Draft | None:
    """The most watched title of the week, over all lists."""
    end = at + 1
    if s.w(at) == "most":
        end += s.w(end) == "-"
        if s.w(end) not in MOST - {"popular"} or s.w(at - 1) not in {
            "the",
            "single",
            "week",
            "'s",
            "netflix",
        }:
            return None
        end += 1
    if s.w(end) != "title":
        return None
    end += 1
    tail = " " + " ".join(s.w(n) for n in range(end, min(end + 5, s.sentence[1]))) + " "
    if s.w(end) in {"again", ",", ".", ""}:
        return Draft(at, end, "rank", Decimal(1), listing=Listing(at, end, overall=True))
    wide = (
        "of the week ",
        "on netflix ",
        "on all of netflix ",
        "of any kind ",
        "this week ",
        "globally ",
        "worldwide ",
    )
    if not any(tail.startswith(" " + cue) for cue in wide) and s.w(at - 2) != "week":
        return None
    listing = Listing(at, end, overall=True)
    return Draft(at, end, "rank", Decimal(1), listing=listing)


def appearance(s: Sentence, number: Number) -> Draft | None:
    if number.value == 1 and s.w(number.last) == "appearance" and s.w(number.first - 1) in {"its", "their", "a"}:
        rest = complement(s.scan, number.last + 1, s.sentence, s.refs)
        if rest.listing or rest.generic:
            return Draft(
                number.first, number.last + 1, "weeks_on_chart", number.value, listing=rest.listing,
                debut=True,
            )  # fmt: skip
    return None
