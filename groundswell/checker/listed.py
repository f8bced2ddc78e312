"""Places on lists of books and of all time: `No. 1 on the YA hardcover list`, `the most popular English series of all time`.

A list of books is named by its title; the issue is the one of the week named, else the last that was public by the release, which
supports and does not refute: such a place may have been had at another time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from groundswell.checker.asked import Asked
from groundswell.checker.bind import Binder, Left, Whose
from groundswell.checker.draft import Draft
from groundswell.checker.held import back
from groundswell.checker.numeral import Form, Number
from groundswell.checker.rank import is_rank, rank_start
from groundswell.checker.scan import Listing, Ref
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import LIST_WORDS
from groundswell.claims import Claim, Stated
from groundswell.claims.quantity import list_name
from groundswell.core.period import Period
from groundswell.core.verdict import Reason

WITHIN, PUBLIC, ALL_TIME = 28, 5, 31
"""The last issue is looked for in so many days before a release, and is public so many days after it ended; of all time so many."""
_ABOUT = timedelta(days=7)
_LONGEST = 10
_KNOWS = frozenset(
    "new york times nyt ya young adult book books novel novels bestseller bestsellers best sellers seller fiction nonfiction "
    "graphic hardcover paperback series list netflix bestselling".split()
)
_INSIDE = frozenset("- ' ’ 's &".split())
_TRAILING = frozenset("in on at of the for a an its was is with and made hit had has featured appears appeared".split())
_NAMES_ALL = frozenset("bestseller bestsellers sellers seller bestselling".split())
_EVER = re.compile(
    r"(?<!of )(?<!among )(?P<place>the|'s|second|third|fourth|fifth) most popular "
    r"(?P<language>non - english|english)(?: - language| language)? (?P<kind>series|show|tv show|tv series|film|movie)"
    r"(?: ever)? of all time(?: on netflix)?"
    r"(?: (?:with|at|,) <(?P<n>\d+)> (?P<unit>views|hours(?: viewed)?))?"
)


def listed(bind: Binder, index: int, s: Sentence, words: str, places: Sequence[int]) -> Iterator[Asked]:
    """What a sentence says of such lists."""
    charts = bind.held.charts
    if any(chart.startswith("netflix.") for chart in charts):
        yield from _of_all_time(bind, index, s, words, places)
    if not any(not chart.startswith("netflix.") for chart in charts):
        return
    done = s.sentence[0]
    for at in range(*s.sentence):
        if at < done or s.w(at) not in {"on", "in", "atop", "of"} or at in s.scan.identifiers:
            continue
        named = _named(bind, s, at + 1)
        if named is None:
            continue
        end, on = named
        draft = _draft(s, at, end)
        if draft is not None:
            done = end
            yield _resolved(bind, index, s, draft, at + 1, end, on, words, places)


def _named(bind: Binder, s: Sentence, first: int) -> tuple[int, list[str]] | None:
    """Where the longest name of a list ends that begins at `first`, and the lists it is the name of."""
    last = first
    while last < min(first + _LONGEST, s.sentence[1]) and (s.scan.tokens[last].is_word or s.w(last) in _INSIDE):
        last += 1
    for end in range(last, first, -1):
        of = s.scan.tokens[first:end]
        if s.w(end - 1) in _INSIDE | _TRAILING or s.scan.identifiers.get(end - 1) == "title":
            continue
        if on := bind.held.lists(bind.scan.text[of[0].start : of[-1].end]):
            said = {token.word for token in of}
            whole = said & (LIST_WORDS | _NAMES_ALL) or all(chart.startswith("books.") for chart in on)
            return (end, on) if whole else None
    return None


def _draft(s: Sentence, at: int, end: int) -> Draft | None:
    """The place, the weeks or the presence said before token `at`, up to the end of the list's name."""
    before = at
    while s.w(before - 1) in {"spot", "place", "position"}:
        before -= 1
    for number in s.numbers:
        if number.last == before and is_rank(s, number):
            return Draft(rank_start(s, number), end, "rank", number.value)
        if s.w(number.last) in {"weeks", "week"} and number.last + 1 == at and not number.scaled:
            ordinal = number.form is Form.ORDINAL
            return Draft(number.start, end, "weeks_on_chart", number.value, hedge=0 if ordinal else number.hedge)
    if s.w(at) == "on" and not _counted(s, at):
        return Draft(at, end, "listed", Decimal(1))
    return None


def _counted(s: Sentence, at: int) -> bool:
    """Whether a number or a place stands right before it that is not read: `third on`, `top of`, `weeks on`."""
    near: list[Number] = [number for number in s.numbers if at - 3 <= number.last <= at]
    return bool(near) or s.w(at - 1) in {"weeks", "week", "top", "first", "high", "spot", "place", "months", "time"}


def _resolved(
    bind: Binder,
    index: int,
    s: Sentence,
    draft: Draft,
    first: int,
    end: int,
    on: list[str],
    words: str,
    places: Sequence[int],
) -> Asked:
    asked = Asked(
        replace(draft, listing=Listing(first, end, named=True, others=tuple(on))), "", where=(id(s.scan), index)
    )
    asked = replace(asked, of_series=True, only_supports=True)
    thing = bind.thing(index, s, draft.first, end, _KNOWS)
    if not isinstance(thing, Ref):
        return _open(asked, thing or Left(Reason.AMBIGUOUS_SUBJECT, "no title is named for it"))
    name = list_name(bind.scan.text[bind.scan.tokens[first].start : bind.scan.tokens[end - 1].end])
    claims: list[Claim] = []
    named = bind.dates(s)
    left: Left = Left(Reason.NO_DATA, "the title is on no issue held of that list", thing.title)
    until = _until(bind, s, end)
    for chart in on:
        whose = bind.subject(replace(thing, season=None), chart, (thing.title,))
        if isinstance(whose, Left):
            left = left if whose.reason is Reason.NO_DATA else whose
            continue
        if beside := bind.beside(s, draft.first, until, _KNOWS, words, places, whose.territory):
            return _open(asked, beside)
        issue = _issue(bind, s, chart)
        if issue is None:
            left = Left(Reason.NO_DATA, f"no issue of {chart} of that time is held", thing.title)
            continue
        stated = Stated(draft.kind, draft.value, draft.step, draft.hedge, "", name if draft.kind == "listed" else "")
        claims.append(Claim(draft.kind, whose.subject, chart, whose.territory, issue, stated))
    if not claims:
        return _open(asked, left)
    if len(claims) > 1:
        return _open(asked, Left(Reason.VAGUE, f"it is on {len(claims)} of the lists that may be meant", thing.title))
    sure = len(on) == 1 and bool(named) and bind.is_sure(s, thing, draft.first, _KNOWS)
    return replace(
        asked, title=thing.title, subject=claims[0].subject, claims=tuple(claims), only_supports=not sure,
        used=f"{claims[0].chart}, {claims[0].period.in_words()}",
    )  # fmt: skip


def _until(bind: Binder, s: Sentence, end: int) -> int:
    """Where `in the week to 30 April` ends that stands right behind a list's name, else `end`."""
    lead = [s.w(at) for at in range(end, end + 4)]
    if lead[:3] in (["in", "the", "week"], ["for", "the", "week"]) and lead[3] in {"to", "ending", "ended"}:
        return next((dated.last for dated in bind.dates(s) if dated.first == end + 4), end)
    return end


def _open(asked: Asked, left: Left) -> Asked:
    return replace(asked, title=left.title, reason=left.reason, why=left.why)


def _issue(bind: Binder, s: Sentence, chart: str) -> Period | None:
    """The issue of the week the sentence names, else the last that was public by the release."""
    dated = bind.dates(s)
    if dated:
        one = dated[0]
        lead = {bind.scan.word(at) for at in range(one.first - 3, one.first)}
        if len(dated) > 1 or one.begins is None or one.ends is None:
            return None
        issues = bind.held.issues(chart, one.ends, one.ends)
        weekly = one.begins == one.ends and "week" in lead and bool(lead & {"to", "ending", "ended"})
        return next((issue for issue in issues if weekly or issue.first == one.begins), None)
    if bind.released is None:
        return None
    window = back(bind.released, WITHIN)
    issues = bind.held.issues(chart, window.first, window.last - timedelta(days=PUBLIC - 1))
    return issues[-1] if issues else None


def _of_all_time(bind: Binder, index: int, s: Sentence, words: str, places: Sequence[int]) -> Iterator[Asked]:
    for match in _EVER.finditer(words):
        tokens = [n for n, place in enumerate(places) if match.start() <= place < match.end()]
        first, last = s.sentence[0] + tokens[0], s.sentence[0] + tokens[-1] + 1
        kind = "films" if match["kind"] in {"film", "movie"} else "tv"
        chart = f"netflix.most_popular.{kind}_{'english' if match['language'] == 'english' else 'non_english'}"
        place = _NTH.get(match["place"], 1)
        thing = bind.thing(index, s, first, last, _KNOWS)
        if not bind.held.holds(chart) or not isinstance(thing, Ref) or bind.released is None:
            continue
        number = s.numbers[int(match["n"])] if match["n"] else None
        end = number.start - 1 if number else last
        drafts = [Draft(first, end, "rank", Decimal(place), listing=Listing(first, end, named=True, others=(chart,)))]
        if number is not None:
            unit = "views" if match["unit"] == "views" else "hours_viewed"
            drafts.append(Draft(number.start, last, unit, number.value, number.step, number.hedge))
        whose = bind.subject(thing, chart, (thing.title,))
        left = whose if isinstance(whose, Left) else bind.beside(s, first, last, _KNOWS, words, places, whose.territory)
        issues = bind.held.issues(chart, bind.released - timedelta(days=ALL_TIME), bind.released + _ABOUT)
        before = [issue for issue in issues if issue.last < bind.released]
        if left is None and not before:
            left = Left(
                Reason.NO_DATA, f"no issue of {chart} of the {ALL_TIME} days before the release is held", thing.title
            )
        for draft in drafts:
            asked = Asked(draft, thing.title, where=(id(s.scan), index), of_series=True)
            if left is not None or not isinstance(whose, Whose):
                assert left is not None
                yield _open(asked, left)
                continue
            stated = Stated(draft.kind, draft.value, draft.step, draft.hedge)
            claim = Claim(draft.kind, whose.subject, chart, whose.territory, before[-1], stated)
            yield replace(
                asked,
                subject=whose.subject,
                claims=(claim,),
                probes={f"then {one.last}": replace(claim, period=one) for one in issues},
                only_supports=issues[-1].last < bind.released - _ABOUT or not bind.is_sure(s, thing, first, _KNOWS),
                used=f"{chart}, {before[-1].in_words()}",
            )


_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
