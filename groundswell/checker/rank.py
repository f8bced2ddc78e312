"""Places on a list said with a number: `No. 2`, `third`, `second-best`."""

from dataclasses import replace

from groundswell.checker.clause import complement
from groundswell.checker.cue import AFTER_RANK, MOST
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import DEBUT_WORDS, RANK_VERBS, SEASON_WORDS
from groundswell.core.verdict import Reason

_PLACES = frozenset("place spot position slot".split())
_PEAK = frozenset("peaked peaking peaks".split())


def is_rank(s: Sentence, number: Number) -> bool:
    at = number.first
    if number.scaled or number.value > 100 or number.value != int(number.value):
        return False
    before = s.w(at - 1)
    if before == "number" and s.w(at - 2) == "week":
        return False
    return before in {"#", "number", "no", "nos"} or (before == "." and s.w(at - 2) in {"no", "nos"})


def rank_start(s: Sentence, number: Number) -> int:
    return number.first - (2 if s.w(number.first - 1) == "." else 1)


def ordinal_rank(s: Sentence, number: Number) -> Draft | None:
    at, end = number.last, number.last
    if s.w(at) == "-" and (s.w(at + 1) in _PLACES or s.w(at + 1) in {"best", "most"}):
        at += 1
    if s.w(at) in _PLACES:
        return rank(s, number, number.first, at + 1)
    if s.w(at) == "best" or (s.w(at) == "most" and s.w(at + 1 + (s.w(at + 1) == "-")) in MOST):
        end = at + 1 if s.w(at) == "best" else at + 2 + (s.w(at + 1) == "-")
        while s.w(end) in {"title", "film", "movie", "series", "show"} and not _lists_follow(s, end):
            end += 1
        return rank(s, number, number.first, end)
    before, after = s.w(number.first - 1), s.w(at)
    if number.first > s.sentence[0] and s.scan.tokens[number.first - 1].text in "–—":
        before = ","
    back = number.first
    while back > s.sentence[0] and s.scan.tokens[back - 1].text in "\"”’',":
        back -= 1
    quoted = any(ref.last == back for ref in s.refs)
    moved = before == "from" and after == "to"
    good_for = before == "for" and s.w(number.first - 2) in {"good", "enough", "settled", "settling"}
    if before in {"the", "its", "his", "her", "their", "of", "this", "that", "'s"} or after in SEASON_WORDS:
        return None
    named = any(ref.last == number.first for ref in s.refs)
    adverb = before in {
        "up",
        "now",
        "again",
        "still",
        "only",
        "just",
        "back",
        "comfortably",
        "globally",
        "overall",
        "and",
    }
    if not (
        before in RANK_VERBS or before == "into" or named or quoted or adverb or good_for or moved or before == ","
    ):
        return None
    if after and not moved and s.scan.tokens[at].is_word and after not in AFTER_RANK:
        return None
    if before == "at" and after in {"", ",", "."} and number.value == 1:
        return None  # at first
    return rank(s, number, number.first, number.last)


def _lists_follow(s: Sentence, at: int) -> bool:
    return at in s.scan.listing_at


def rank(s: Sentence, number: Number, first: int, last: int) -> Draft | None:
    while s.w(last) in _PLACES or (s.w(last) in {"title", "film", "movie", "series", "show", "finish", "finisher"}):
        last += 1
    if s.w(last) == "-" and s.w(last + 1) in DEBUT_WORDS:
        last += 1
    listing = s.scan.listing_at.get(last)
    end = listing.last if listing else last
    rest = complement(s.scan, end, s.sentence, s.refs)
    debut = s.debuts(first, last)
    when = s.when(Number(first, last, Form.CARDINAL, start=first), last)
    if debut and (_had_debuted(s, first) or any(s.w(at) in _PEAK for at in range(last, s.sentence[1]))):
        when = ("first",)
    first = s.debut_verb(first) if debut else first
    draft = Draft(
        first,
        last,
        "debut_rank" if debut else "rank",
        number.value,
        listing=listing or rest.listing,
        territory=rest.territory,
        when=when,
        debut=debut,
    )
    if s.w(first - 1) in {"than", "above", "below"}:
        return replace(draft, reason=Reason.PARSER_LIMIT, why="a place above or below another")
    if s.w(first - 1) == "at" and any(s.w(at) in {"after", "following"} for at in range(first - 7, first)):
        if s.w(first - 2) in {"week", "weeks"}:
            return replace(draft, reason=Reason.AMBIGUOUS_PERIOD, why="weeks that are over")
    elided = s.scan.number_at.get(first - 2)
    if s.w(first - 1) == "at" and elided is not None and not elided.scaled:
        if elided.form is Form.CARDINAL and s.w(elided.first - 1) in {"all", "the", "spent", "first", "last"}:
            return replace(draft, reason=Reason.PARSER_LIMIT, why="so many of its weeks")
        if elided.form is Form.ORDINAL and s.w(elided.first - 1) == "the":
            return replace(draft, reason=Reason.AMBIGUOUS_SUBJECT, why="another season may be meant")
    if rest.unread:
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
    ahead = {s.w(at) for at in range(max(s.sentence[0], first - 4), first)}
    if ahead & _PEAK and draft.kind == "rank" and draft.territory is None:
        return replace(draft, from_first=True, when=("now",))
    if ahead & (_PEAK | {"peak", "highest"}):
        return replace(draft, reason=Reason.PARSER_LIMIT, why="the best place of several weeks")
    nation = s.counted(last)
    if nation is not None and number.value == 1:
        return None  # first in so many countries: read at the countries
    if nation is not None:
        return replace(draft, reason=Reason.PARSER_LIMIT, why="its place in so many countries")
    return draft


def _had_debuted(s: Sentence, first: int) -> bool:
    """Whether a debut lies behind the week spoken of: `after debuting at No. 5`."""
    return any(
        s.w(at) in DEBUT_WORDS and s.w(at - 1) in {"after", "since", "had", "having", "before"}
        for at in range(max(s.sentence[0], first - 5), first)
    )
