"""What stands where in a text, before anything is claimed: titles and seasons, what points at them, lists, days, numbers."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from groundswell.catalog import Kind, code_of
from groundswell.checker.lists import Lists
from groundswell.checker.names import Mention, Season
from groundswell.checker.numbers import is_number_word, numbers
from groundswell.checker.numeral import Number, word_at
from groundswell.checker.text import Token, glued, sentences, tokens
from groundswell.checker.unknown import unknown
from groundswell.checker.weeks import Dated, dates
from groundswell.checker.words import (
    FILM_KINDS,
    FILM_WORDS,
    GENERIC,
    LIST_WORDS,
    ROMAN,
    SEASON_WORDS,
    TV_KINDS,
    TV_WORDS,
)
from groundswell.claims.quantity import ORDINALS, WORDS


@dataclass(frozen=True)
class Ref:
    """Tokens that name a work or point at one: its candidate subjects, the season said, and how it was found."""

    first: int
    last: int
    subjects: tuple[str, ...]
    title: str
    season: Season | None = None
    parts: bool = False
    """Whether a part of a season is named besides the season."""
    pointer: bool = False
    borrowed: bool = False
    """Whether its season is said elsewhere in the sentence alone."""


@dataclass(frozen=True)
class Listing:
    """Tokens that name a list: of films or television, in English or not; all of them together when `overall`."""

    first: int
    last: int
    kind: Kind | None = None
    language: str | None = None
    overall: bool = False
    named: bool = False
    """Whether a word for a list is said: `the English TV list`, not `English series`."""
    others: tuple[str, ...] = ()
    """The ids of other charts than Netflix's that may be meant."""

    def charts(self, kind: Kind) -> list[str]:
        """The ids of the global lists meant, for a title of that kind."""
        if self.others:
            return list(self.others)
        listed = self.kind or kind
        languages = [self.language] if self.language else ["english", "non_english"]
        return [f"netflix.global.{listed.value}_{language}" for language in languages]


@dataclass(frozen=True)
class Scan:
    """A text with everything marked; ranges are of tokens, ends exclusive."""

    text: str
    tokens: list[Token]
    sentences: list[tuple[int, int]]
    refs: list[list[Ref]]
    """By sentence."""
    listings: list[Listing]
    numbers: list[Number]
    dates_in: list[list[Dated]]
    """The days and weeks, by sentence."""
    identifiers: dict[int, str]
    """Token → what it is a part of, where that is no number."""
    number_at: dict[int, Number]
    """Token → the number it is a part of, its hedge excluded."""
    listing_at: dict[int, Listing]
    """First token → the list named."""
    abroad: int | None
    """The first token of a territory whose own list is spoken of: places said without a list may from there be on it."""

    def word(self, at: int) -> str:
        """The folded word at `at`, empty outside of the text."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""


def scan(text: str, lists: Lists, released: date | None) -> Scan:
    """Everything marked in `text`. `InputError` when it is too long."""
    of = tokens(text)
    mentions = lists.names.mentions(of)
    named = {at for mention in mentions for at in range(mention.first, mention.last)}
    identifiers = dict.fromkeys(named, "title")
    seasons = _seasons(of, named)
    for first, last, _ in seasons:
        identifiers |= dict.fromkeys(range(first, last), "season")
    dated = [
        found for found in dates(of, released) if not any(at in identifiers for at in range(found.first, found.last))
    ]
    for found in dated:
        identifiers |= dict.fromkeys(range(found.first, found.last), "date")
    for at, token in enumerate(of[:-1]):
        if token.word == "top":
            number = at + 1 + (of[at + 1].text == "-")
            if number < len(of) and of[number].word in {"10", "ten"}:
                identifiers[number] = "list"
    ranges = sentences(of, text, [(mention.first, mention.last) for mention in mentions])
    listings = _listings(of, named, lists)
    for listing in listings:
        if listing.others:
            identifiers |= dict.fromkeys(range(listing.first, listing.last), "chart")
    mentions_in = _by_sentence(mentions, [mention.first for mention in mentions], ranges)
    seasons_in = _by_sentence(seasons, [season[0] for season in seasons], ranges)
    refs: list[list[Ref]] = []
    carried: list[Ref] = []
    for sentence, mentioned, said in zip(ranges, mentions_in, seasons_in, strict=True):
        if sentence[1] - sentence[0] > LONGEST:
            refs.append([])
            carried = []
            continue
        found_refs = _refs(of, sentence, mentioned, said, carried, lists, identifiers)
        refs.append(found_refs)
        named_here = [ref for ref in found_refs if not ref.pointer]
        if not found_refs and unknown(of, identifiers, sentence[0] + 1, sentence[1]):
            carried = []  # what follows may point at what is not known
        carried = named_here or [ref for ref in found_refs if ref.pointer] or carried
    dates_in = _by_sentence(dated, [one.first for one in dated], ranges)
    read = numbers(of, identifiers.keys())
    return Scan(
        text,
        of,
        ranges,
        refs,
        listings,
        read,
        dates_in,
        identifiers,
        {at: number for number in read for at in range(number.first, number.last)},
        {listing.first: listing for listing in listings},
        _abroad(of),
    )


def _abroad(of: Sequence[Token]) -> int | None:
    """Where `the UK's TV Top 10`, `What Britain watched`, `in the country` or `the Brazilian list` stands first."""
    for at, token in enumerate(of):
        following = [one.word for one in of[at + 1 : at + 5]]
        if token.word == "country" and at and of[at - 1].word == "the" and "of" not in following[:1]:
            return at
        if not token.is_capital or token.word in {"netflix", "english"}:
            continue
        listed = any(word in LIST_WORDS or word == "top" for word in following[1:])
        if following[:1] == ["'s"] and listed and code_of(token.text) is not None:
            return at
        if following[:1] in (["watched"], ["watches"], ["streamed"]) and code_of(token.text) is not None:
            return at
        if (
            token.word.endswith(("ish", "ian", "ese", "an", "ch", "ic"))
            and following[:1]
            and following[0] in LIST_WORDS
        ):
            return at
    return None


LONGEST = 200
"""A sentence of more tokens is no prose: nothing is claimed in it, so that reading takes time in proportion to the text."""
_Mark = TypeVar("_Mark")


def _by_sentence(marks: Sequence[_Mark], firsts: Sequence[int], ranges: Sequence[tuple[int, int]]) -> list[list[_Mark]]:
    return [list(marks[bisect_left(firsts, first) : bisect_left(firsts, last)]) for first, last in ranges]


def _seasons(of: Sequence[Token], named: set[int]) -> list[tuple[int, int, Season]]:
    """Where seasons and parts are named: `Season 2`, `second season`, `S2`, `final season`."""
    found: list[tuple[int, int, Season]] = []
    at = 0
    while at < len(of):
        season = None if at in named else _season(of, at)
        if season is None:
            at += 1
        else:
            found.append(season)
            at = season[1]
    return found


def _season(of: Sequence[Token], at: int) -> tuple[int, int, Season] | None:
    word = of[at].word
    following = at + 1
    if word in SEASON_WORDS:
        if following < len(of) and of[following].text == ".":
            following += 1
        if following < len(of) and (number := _small(of, following)) is not None:
            return at, following + 1, Season(SEASON_WORDS[word], number)
    if word == "s" and of[at].text == "S" and following < len(of) and glued(of[at], of[following]):
        number = _small(of, following)
        return (at, following + 1, Season("s", number)) if number is not None else None
    number = ORDINALS.get(word)
    if number is None and of[at].is_digits and following < len(of) and of[following].word in {"st", "nd", "rd", "th"}:
        number, following = _small(of, at), following + 1
    if number is None and word in _NAMED_SEASONS:
        number = _NAMED_SEASONS[word]
    elif number is None:
        return None
    while word_at(of, following) in _LAST or (word_at(of, following) == "and" and word_at(of, following + 1) in _LAST):
        following += 1
    if following < len(of) and of[following].word in {*SEASON_WORDS, "instalment", "installment"}:
        return at, following + 1, Season(SEASON_WORDS.get(of[following].word, "s"), number or None)
    return None


_LAST = frozenset({"final", "last", "new", "concluding"})
_NAMED_SEASONS = {"final": 0, "last": 0, "sophomore": 2, "debut": 1, "freshman": 1, "concluding": 0}


def _small(of: Sequence[Token], at: int) -> int | None:
    token = of[at]
    if token.is_digits:
        return int(token.text) if token.text.isascii() and token.text.isdecimal() and len(token.text) <= 2 else None
    if token.word in WORDS:
        return WORDS[token.word]
    return ROMAN.get(token.word) if token.text.isupper() else None


def _refs(
    of: Sequence[Token],
    sentence: tuple[int, int],
    mentions: Sequence[Mention],
    seasons: Sequence[tuple[int, int, Season]],
    carried: Sequence[Ref],
    lists: Lists,
    identifiers: dict[int, str],
) -> list[Ref]:
    first, last = sentence
    refs = [Ref(m.first, m.last, m.subjects, m.title) for m in mentions]
    for begin, end, season in seasons:
        refs = _with_season(of, refs, begin, end, season, carried, lists)
    for at in range(first, last):
        number = _trailing_number(of, at, refs, lists)
        if number is not None:
            identifiers[at] = "season"
            refs = [replace(ref, last=at + 1, season=number) if ref.last == at else ref for ref in refs]
    refs = _one_season(of, refs)
    refs += _pointers(of, sentence, refs, carried, lists)
    return sorted(refs, key=lambda ref: ref.first)


def _one_season(of: Sequence[Token], refs: list[Ref]) -> list[Ref]:
    """A title without its season in a sentence that says one for it alone, not what lies `ahead of Season 2`, has that season."""
    said: dict[str, set[Season]] = {}
    for ref in refs:
        lies_elsewhere = ref.first > 0 and of[ref.first - 1].word in {"of", "before", "since", "after", "than", "until"}
        if ref.season is not None and not lies_elsewhere:
            said.setdefault(ref.title, set()).add(ref.season)
    return [
        replace(ref, season=next(iter(said[ref.title])), borrowed=True)
        if ref.season is None and len(said.get(ref.title, ())) == 1 and len(ref.subjects) > 1
        else ref
        for ref in refs
    ]


def _with_season(
    of: Sequence[Token],
    refs: list[Ref],
    begin: int,
    end: int,
    season: Season,
    carried: Sequence[Ref],
    lists: Lists,
) -> list[Ref]:
    """The refs with a season joined to the title it belongs to, or as one of its own."""
    for at, ref in enumerate(refs):
        between = of[ref.last : begin]
        if ref.last <= begin and all(token.text in _JOINS_AFTER or token.word in {"'s", "the"} for token in between):
            joined = replace(ref, last=end, season=ref.season or season, parts=ref.season is not None)
            return [*refs[:at], joined, *refs[at + 1 :]]
        between = of[end : ref.first]
        if end <= ref.first and _joins_before(between):
            joined = replace(ref, first=begin, season=ref.season or season, parts=ref.season is not None)
            return [*refs[:at], joined, *refs[at + 1 :]]
    earlier = [ref for ref in refs if ref.last <= begin]
    shows = earlier[-1:] or list(carried[-1:])
    shows = [ref for ref in shows if any(lists.kind(subject) is Kind.TV for subject in ref.subjects)]
    if not shows:
        return refs
    show = shows[0]
    if len({ref.title for ref in refs or carried}) > 1:
        return refs
    return [*refs, Ref(begin, end, lists.siblings(show.subjects), show.title, season)]


_JOINS_AFTER = frozenset(":,\"”’'-–(")


def _joins_before(between: Sequence[Token]) -> bool:
    words = [token.word for token in between if token.is_word and token.word != "'s"]
    signs = [token.text for token in between if not token.is_word]
    return words in (["of"], ["for"], ["of", "the"]) and all(sign in "\"“‘'" for sign in signs)


def _trailing_number(of: Sequence[Token], at: int, refs: Sequence[Ref], lists: Lists) -> Season | None:
    """`Bridgerton 2`, where that is a season on the lists and nothing is counted."""
    ref = next((ref for ref in refs if ref.last == at and ref.season is None), None)
    if ref is None or not of[at].is_digits or (number := _small(of, at)) is None:
        return None
    following = of[at + 1] if at + 1 < len(of) else None
    if following is not None and following.is_word and (glued(of[at], following) or following.word in _UNITS):
        return None
    season = Season("s", number)
    return season if lists.of_season(ref.subjects, season) else None


_UNITS = frozenset("million billion hours views weeks countries territories percent days".split())


def _pointers(
    of: Sequence[Token], sentence: tuple[int, int], refs: Sequence[Ref], carried: Sequence[Ref], lists: Lists
) -> list[Ref]:
    """`it`, `the thriller`, `the second show`: what points at a title said before, here or in the sentence before."""
    first, last = sentence
    found: list[Ref] = []
    inside = {at for ref in refs for at in range(ref.first, ref.last)}
    inside_of = dict.fromkeys(inside, "title")
    for at in range(first, last):
        if at in inside:
            continue
        end, noun = at + 1, of[at].word
        if noun in {"it", "its"} and not _may_point(of, at, sentence, refs):
            continue
        if noun == "its" and not (at + 1 < last and is_number_word(of[at + 1])):
            continue
        if noun not in {"it", "its"}:
            if not _begins(of, at, first):
                continue
            end, noun = _generic(of, at, last, inside)
            if not noun:
                continue
        if noun in {"it", "its"} and unknown(of, inside_of, first + 1, at):
            continue
        earlier = [ref for ref in [*refs, *found] if ref.last <= at]
        pool = [ref for ref in earlier if not ref.pointer] or earlier or list(carried)
        target = [ref for ref in pool if _suits(ref, noun, lists)]
        if target:
            subjects = tuple(dict.fromkeys(s for ref in target for s in _narrowed(ref, lists)))
            found.append(Ref(at, end, subjects, target[0].title, None, any(r.parts for r in target), pointer=True))
    return found


def _may_point(of: Sequence[Token], at: int, sentence: tuple[int, int], refs: Sequence[Ref]) -> bool:
    """Whether `it` can point out of its sentence: near its beginning, or else at a title named in it before."""
    if any(ref.last <= at for ref in refs):
        return True
    if of[at].word == "its":
        return at <= sentence[0] + 4
    return at <= sentence[0] + 1 or (at <= sentence[0] + 14 and of[at - 1].text in ",;:—")


def _narrowed(ref: Ref, lists: Lists) -> tuple[str, ...]:
    return lists.of_season(ref.subjects, ref.season) if ref.season else ref.subjects


def _suits(ref: Ref, noun: str, lists: Lists) -> bool:
    kinds = {lists.kind(subject) for subject in ref.subjects}
    if noun in TV_KINDS:
        return Kind.TV in kinds
    if noun in FILM_KINDS:
        return Kind.FILMS in kinds
    return True


def _begins(of: Sequence[Token], at: int, first: int) -> bool:
    """Whether a noun phrase with an article could begin a clause here."""
    if of[at].word not in {"the", "this", "that"}:
        return False
    return at == first or of[at - 1].word in _CLAUSE or of[at - 1].text in ',;:—–(“"'


_CLAUSE = frozenset("and but while as when because since although with".split())


def _generic(of: Sequence[Token], at: int, last: int, inside: set[int]) -> tuple[int, str]:
    for here in range(at + 1, min(at + 7, last)):
        token = of[here]
        if here in inside or token.word in _NO_POINTER:
            break
        if not token.is_word and token.text not in "-–'’":
            break
        compound = here + 2 < last and of[here + 1].text == "-"
        if (token.word in GENERIC or (token.word == "com" and of[here - 1].text == "-")) and not compound:
            following = of[here + 1] if here + 1 < last else None
            if following is not None and (following.word in GENERIC or following.word in LIST_WORDS):
                continue
            if following is not None and following.word in {"of", "to", "top", "on", "'s"}:
                break
            return here + 1, token.word
    return at, ""


_NO_POINTER = frozenset(
    "english top most biggest best only other first leading of on in for with and list chart ranking next another".split()
)


def _listings(of: Sequence[Token], named: set[int], lists: Lists) -> list[Listing]:
    found: list[Listing] = []
    at = 0
    while at < len(of):
        listing = None if at in named else _other(of, at, lists) or _listing(of, at, named)
        if listing is None:
            at += 1
        else:
            found.append(listing)
            at = max(listing.last, at + 1)
    return found


def _other(of: Sequence[Token], at: int, lists: Lists) -> Listing | None:
    """Another chart held, by its name: `the Trending TV chart`, `Variety's Trending TV`."""
    if not of[at].is_capital:
        return None
    start = at + 2 if at + 2 < len(of) and of[at + 1].word == "'s" else at
    for words, charts in lists.other_charts.items():
        last = start + len(words)
        if tuple(token.word for token in of[start:last]) != words:
            continue
        owned = at > 0 and of[at - 1].word == "'s"
        meant = tuple(chart for publisher, chart in charts if start == at or publisher == of[at].word)
        if meant and not owned:
            last += last < len(of) and of[last].word in LIST_WORDS
            return Listing(at, last, named=True, others=meant)
    return None


def _listing(of: Sequence[Token], at: int, named: set[int]) -> Listing | None:
    word = of[at].word
    if word in {"non", "foreign"} and at + 2 < len(of) and of[at + 1].text in "-–‑":
        if word == "foreign" and of[at + 2].word == "language":
            return _rest(of, at, at + 3, "non_english", named)
        if of[at + 2].word == "english":
            return _rest(of, at, at + 3, "non_english", named)
    if word == "english" and of[at].is_capital:
        return _rest(of, at, at + 1, "english", named)
    if word in TV_WORDS | FILM_WORDS:
        kind = Kind.TV if word in TV_WORDS else Kind.FILMS
        here = at + 1
        if here < len(of) and of[here].text == "(":
            inner = _listing(of, here + 1, named) if here + 1 < len(of) else None
            if inner is not None and inner.language and inner.last < len(of) and of[inner.last].text == ")":
                return Listing(at, inner.last + 1, kind, inner.language, named=True)
        if _list_ends(of, here):
            return Listing(at, _list_ends(of, here), kind, named=True)
        if at >= 2 and of[at - 1].word == "of" and of[at - 2].word in LIST_WORDS:
            return Listing(at - 2, at + 1, kind, named=True)
    return None


def _rest(of: Sequence[Token], first: int, here: int, language: str, named: set[int]) -> Listing:
    """The list words after its language."""
    kind: Kind | None = None
    last, named_list = here, False
    if first >= 2 and of[first - 1].word == "of" and of[first - 2].word in LIST_WORDS:
        first, named_list = first - 2, True
    while here < len(of) and here < last + 4 and here not in named:
        word = of[here].word
        if word in TV_WORDS | FILM_WORDS and kind is None:
            kind = Kind.TV if word in TV_WORDS else Kind.FILMS
            last = here + 1
        elif word in LIST_WORDS or word in {"language", "titles"}:
            last, named_list = here + 1, named_list or word in LIST_WORDS
        elif word not in {"-", "top", "10", "ten", "global", "weekly"}:
            break
        here += 1
    return Listing(first, last, kind, language, named=named_list)


def _list_ends(of: Sequence[Token], here: int) -> int:
    """Where a list word ends that stands at `here`, else 0."""
    while here < len(of) and of[here].word in {"-", "top", "10", "ten"}:
        here += 1
    return here + 1 if here < len(of) and of[here].word in LIST_WORDS else 0
