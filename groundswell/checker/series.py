"""Figures that stand in no weekly list, read from a text: critics, hashtags, followings, half-years, speeds and growth.

The words are those of `phrasing.PHRASINGS`; whose figure it is and when it stood so must be sure, or it is left open with a reason.
What may be read is what the desk holds. Definitions: docs/checker.md.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from groundswell.checker.asked import Asked
from groundswell.checker.audience import audiences
from groundswell.checker.bind import Binder, Left, Whose
from groundswell.checker.draft import Draft
from groundswell.checker.held import MEASURES, back
from groundswell.checker.listed import listed
from groundswell.checker.lists import Lists
from groundswell.checker.numeral import Number
from groundswell.checker.phrasing import PHRASINGS, Phrasing, spoken
from groundswell.checker.scan import Ref, Scan
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import MONTHS
from groundswell.claims import Claim, Stated
from groundswell.claims.claim import MEAN, MEDIAN, READING, Way
from groundswell.core.period import Period
from groundswell.core.verdict import Reason

STANDS, COUNTS, SELLS = 31, 7, 31
"""How many days before a release the reading lies that its words are of: of a score, of a counter, of a week's copies."""
_ABOUT = timedelta(days=7)
_WEEK = timedelta(days=7)
_MONTH, _NEAREST = timedelta(days=30), timedelta(days=3)
_TOLD = frozenset(
    "had was were hit reached passed surpassed crossed cleared drew earned scored got received landed came climbed jumped "
    "stood".split()
)
"""Words that may tell of an earlier day than the release: `had 2M followers`, `passed 3B views`."""
ACCOUNTS = tuple(one for one in MEASURES if one.endswith((".followers", ".subscribers")))
_BETWEEN = frozenset("( , ) for on under of the hashtag from up".split())
_PLATFORMS = frozenset("instagram tiktok youtube twitter facebook threads x".split())
_WAYS: dict[str, Way] = {"mean": MEAN, "average": MEAN, "median": MEDIAN, "reading": READING}


@dataclass(frozen=True)
class _Said:
    """One phrasing found in a sentence: `match` is of the sentence in symbols, tokens `first` to `last` are its own."""

    phrasing: Phrasing
    match: re.Match[str]
    first: int
    last: int


class SeriesReader:
    """Reads the figures of one text."""

    def __init__(self, scan: Scan, lists: Lists, released: date | None) -> None:
        self._bind = Binder(scan, lists, released)

    def read(self, index: int, s: Sentence) -> list[Asked]:
        """What the sentence `index` says of such figures."""
        if self._bind.held.is_empty:
            return []
        words, places = spoken(s)
        found = [*listed(self._bind, index, s, words, places)]
        taken = {at for one in found for at in range(one.draft.first, one.draft.last)}
        for phrasing in PHRASINGS:
            if phrasing.measure and not self._bind.held.holds(phrasing.measure):
                continue
            for match in phrasing.words.finditer(words):
                first, last = _token(s, places, match.start()), _behind(s, places, match.end())
                if taken & {*range(first, last)} or not phrasing.context.search(words):
                    continue
                asked = [*self._asked(index, s, _Said(phrasing, match, first, last), words, places)]
                taken |= {*range(first, last)} if asked else set()
                found += asked
        return [
            *found,
            *(one for one in audiences(self._bind, index, s, words, places) if one.draft.first not in taken),
        ]

    def _asked(self, index: int, s: Sentence, said: _Said, words: str, places: Sequence[int]) -> Iterator[Asked]:
        measure = said.phrasing.measure or self._account(s, said)
        if not measure and not any(self._bind.held.holds(one) for one in ACCOUNTS):
            return
        if measure and not self._bind.held.holds(measure):
            return
        whose = self._whose(index, s, said, measure)
        if whose is None:
            return
        at = (id(self._bind.scan), index)
        left = (
            whose
            if isinstance(whose, Left)
            else self._bind.beside(s, said.first, said.last, said.phrasing.knows, words, places, whose.territory)
        )
        groups = said.match.groupdict()
        number = s.numbers[int(groups["n"])] if "n" in groups else None
        for role, one in (("earlier", groups.get("earlier")), ("", "now")):
            if one is None:
                continue
            counted = s.numbers[int(one)] if role else number
            draft = self._draft(s, said, counted, role, places)
            if isinstance(left, Left):
                title = left.title if isinstance(whose, Left) else whose.title
                yield Asked(draft, title, reason=left.reason, why=left.why, where=at, of_series=True)
                continue
            assert isinstance(whose, Whose)
            asked = Asked(draft, whose.title, whose.subject, where=at, of_series=True)
            if draft.kind == "growth":
                read = self._growth(s, said, asked, whose, measure)
            else:
                read = self._level(s, said, asked, whose, measure, role)
            yield replace(read, only_supports=read.only_supports or not whose.sure)
        if groups.get("later") is not None and isinstance(whose, Whose) and left is None:
            value = s.numbers[int(groups["later"])]
            draft = Draft(value.start, value.last + 1, "level", value.value, value.step, value.hedge)
            asked = Asked(draft, whose.title, whose.subject, where=at, of_series=True)
            month = self._month(int(groups["when"]))
            unit = replace(said.phrasing, unit="Mbps")
            speed = self._on(asked, replace(said, phrasing=unit), whose, measure, month)
            yield replace(speed, only_supports=not whose.sure)

    def _account(self, s: Sentence, said: _Said) -> str:
        """The measure of followers: of the platform said beside them, or of the one the sentence names; else empty."""
        groups = said.match.groupdict()
        named = {s.w(at) for at in range(*s.sentence)} & _PLATFORMS
        platform = groups.get("platform") or groups.get("site") or (named.pop() if len(named) == 1 else "")
        if not platform or groups.get("elsewhere"):
            return f"{groups['elsewhere']}.followers" if groups.get("elsewhere") else ""
        return f"{platform}.{groups.get('counted') or ('subscribers' if platform == 'youtube' else 'followers')}"

    def _draft(self, s: Sentence, said: _Said, number: Number | None, role: str, places: Sequence[int]) -> Draft:
        if number is None:
            return Draft(said.first, said.last, said.phrasing.kind, Decimal(1))
        if role:
            return Draft(number.start, number.last, "level", number.value, number.step, number.hedge)
        match = said.match
        stops = [
            match.start(name) + match[name].startswith(" ")
            for name, of in match.groupdict().items()
            if of and name in _ASIDE
        ]
        behind = [at for at in (_token(s, places, stop) for stop in stops) if at >= number.last]
        first, last = number.start, max(number.last, min([said.last, *behind]))
        while last > number.last and s.w(last - 1) in _BETWEEN:
            last -= 1
        if match.groupdict().get("moved"):
            first = _token(s, places, match.start("moved"))
        value = -number.value if match.groupdict().get("fell") else number.value
        return Draft(first, last, said.phrasing.kind, value, number.step, number.hedge)

    # whose

    def _whose(self, index: int, s: Sentence, said: _Said, measure: str) -> Whose | Left | None:
        if "tag" in said.match.groupdict():
            at = int(said.match["tag"])
            end = next(n for n in range(at + 1, said.last + 1) if n == said.last or self._apart(n))
            tag = self._bind.scan.text[self._bind.scan.tokens[at].start : self._bind.scan.tokens[end - 1].end]
            whose = self._bind.subject(Ref(at, end, (), tag), measure, (tag, tag[1:]))
            led = self._bind.is_led(s, said.first, said.phrasing.knows)
            return whose if isinstance(whose, Left) else replace(whose, sure=led)
        thing = self._bind.thing(index, s, said.first, said.last, said.phrasing.knows)
        if thing is None or isinstance(thing, Left):
            return thing
        if not measure:
            return Left(Reason.VAGUE, "on which platform is not said", thing.title)
        whose = self._bind.subject(thing, measure, (thing.title,))
        if isinstance(whose, Left):
            return whose
        return replace(whose, sure=self._bind.is_sure(s, thing, said.first, said.phrasing.knows))

    def _apart(self, at: int) -> bool:
        """Whether a blank or a sign stands before a token."""
        of = self._bind.scan.tokens
        return of[at - 1].end != of[at].start or not (of[at].is_word or of[at].text == "_")

    # when

    def _day(self, at: int | None, s: Sentence) -> Period | None:
        """The day named at token `at`, or where that is None the one the sentence begins with."""
        fronted = self._bind.fronted(s)
        for dated in self._bind.dates(s):
            here = dated.first == at if at is not None else dated is fronted
            if here and dated.begins is not None and dated.begins == dated.ends and dated.week is None:
                return Period(dated.begins, dated.begins)
        return None

    def _month(self, at: int) -> Period | None:
        """`May 2014` at token `at`."""
        month = MONTHS.get(self._bind.scan.word(at))
        year = next((self._bind.scan.word(n) for n in (at + 1, at + 2) if self._bind.scan.word(n).isdecimal()), "")
        if month is None or len(year) != 4:
            return None
        first = date(int(year), month, 1)
        following = (first + timedelta(days=31)).replace(day=1)
        return Period(first, following - timedelta(days=1))

    def _level(self, s: Sentence, said: _Said, asked: Asked, whose: Whose, measure: str, role: str) -> Asked:
        groups = said.match.groupdict()
        if measure == "netflix.hours_half_year":
            return self._on(asked, said, whose, measure, self._half(groups))
        if measure == "isp.speed":
            return self._on(asked, said, whose, measure, self._month(int(groups["when"])))
        named = groups.get("then" if role else "when")
        if named is not None:
            day = self._day(int(named), s)
            return self._on(asked, said, whose, measure, day)
        if role and groups.get("month_before"):
            launch = self._bind.launch()
            around = Period(launch - _MONTH - _NEAREST, launch - _MONTH + _NEAREST) if launch else None
            return self._on(asked, said, whose, measure, around)
        if role:
            return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="it is not said when it was so many")
        if self._bind.fronted(s) is not None:
            return self._on(asked, said, whose, measure, self._day(None, s))
        if self._bind.released is None:
            return replace(
                asked, reason=Reason.AMBIGUOUS_PERIOD, why="no day is named, and the text has no release date"
            )
        stands = said.phrasing.measure.startswith("critics.")
        window = back(self._bind.released, STANDS if stands else COUNTS)
        return self._within(s, asked, said, whose, measure, window)

    def _half(self, groups: dict[str, str | None]) -> Period | None:
        half = {"first": "1", "second": "2"}.get(groups["half_word"] or "", groups["half"])
        year = groups["bare_year"] or self._bind.scan.word(int(groups["year"] or 0))
        if not (year.isdecimal() and len(year) == 4 and int(year) > 1900):
            return None
        first, last = ((1, 1), (6, 30)) if half == "1" else ((7, 1), (12, 31))
        return Period(date(int(year), *first), date(int(year), *last))

    def _on(self, asked: Asked, said: _Said, whose: Whose, measure: str, when: Period | None) -> Asked:
        """A level at a named time."""
        if when is None:
            return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="the time named is not read")
        if self._bind.released is not None and when.first >= self._bind.released:
            return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="the time named was still to come")
        claim = self._claim(asked.draft, said, whose, measure, when)
        around = timedelta(days=1) if when.first == when.last else timedelta(0)
        readings = self._bind.held.periods(measure, whose.subject, whose.territory)
        probes = {
            f"then {one.last}": replace(claim, period=one)
            for one in readings
            if around and when.first - around <= one.last <= when.last + around and one != when
        }
        return replace(asked, claims=(claim,), probes=probes, used=f"of {when.in_words()}")

    def _within(self, s: Sentence, asked: Asked, said: _Said, whose: Whose, measure: str, window: Period) -> Asked:
        """A level at a release: the last reading in `window`; those about it must agree where it would be refuted."""
        assert self._bind.released is not None
        claim = self._claim(asked.draft, said, whose, measure, window)
        readings = self._bind.held.periods(measure, whose.subject, whose.territory)
        about = [one for one in readings if abs(one.last - self._bind.released) <= _ABOUT]
        stands = (
            measure.startswith("critics.")
            and self._bind.held.known_until(measure, whose.subject) >= self._bind.released
        )
        told = {s.w(at) for at in range(s.clause(said.first)[0], said.last)} & _TOLD
        closed = not told and (stands or any(one.last >= window.last for one in about))
        return replace(
            asked,
            claims=(claim,),
            probes={f"then {one.last}": replace(claim, period=one) for one in about},
            only_supports=not closed,
            used=f"no day is named, so the day of the release, {self._bind.released}, decides which reading is meant: "
            f"the last of the {(window.last - window.first).days + 1} days before it",
        )

    def _claim(self, draft: Draft, said: _Said, whose: Whose, measure: str, period: Period) -> Claim:
        unit = said.phrasing.unit or measure.rpartition(".")[2]
        stated = Stated(draft.kind, draft.value, draft.step, draft.hedge, "", unit)
        return Claim(draft.kind, whose.subject, "", whose.territory, period, stated, measure)

    # growth

    def _growth(self, s: Sentence, said: _Said, asked: Asked, whose: Whose, measure: str) -> Asked:
        groups = said.match.groupdict()
        draft = asked.draft
        stated = Stated("growth", draft.value, draft.step, draft.hedge)
        if measure == "isp.speed":
            now, then = self._month(int(groups["when"])), self._month(int(groups["then"]))
            if now is None or then is None:
                return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="the months named are not read")
            claim = Claim("growth", whose.subject, "", whose.territory, now, stated, measure, "", then, READING)
            return replace(asked, claims=(claim,), used=f"from {then.in_words()} to {now.in_words()}")
        week = self._week(s, said, whose, measure)
        if isinstance(week, Left):
            return replace(asked, reason=week.reason, why=week.why)
        period, named = week
        claim = Claim("growth", whose.subject, "", whose.territory, period, stated, measure)
        if not groups.get("base"):
            return replace(asked, claims=(claim,), used=f"of {period.in_words()}")
        if groups.get("week") or groups.get("week_on"):
            base, way = Period(period.first - _WEEK, period.first - timedelta(days=1)), _WAYS["reading"]
        else:
            weeks = s.numbers[int(groups["weeks"] or 0)].value
            if weeks != int(weeks) or not 1 <= weeks <= 104:
                return replace(asked, reason=Reason.PARSER_LIMIT, why="the weeks of the base are not read")
            last = period.first - timedelta(days=1)
            if groups.get("launch"):
                launch = self._bind.launch()
                if launch is None:
                    return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="which launch is meant is not known")
                while last >= launch:
                    last -= _WEEK
            named = named and bool(groups.get("launch"))  # an event in between may be what it is measured from
            base, way = Period(last - int(weeks) * _WEEK + timedelta(days=1), last), _WAYS[groups["way"] or "mean"]
        claim = replace(claim, base=base, base_as=way)
        return replace(
            asked, claims=(claim,), only_supports=not named, used=f"of {period.in_words()} against {base.in_words()}"
        )

    def _week(self, s: Sentence, said: _Said, whose: Whose, measure: str) -> tuple[Period, bool] | Left:
        """The week whose sales are meant, and whether the sentence names it."""
        readings = self._bind.held.periods(measure, whose.subject, whose.territory)
        if said.match.groupdict().get("week_after") or said.match.groupdict().get("since"):
            return self._week_after_launch(readings)
        dated = [one for one in self._bind.dates(s) if one.begins is not None and one.ends is not None]
        if len(self._bind.dates(s)) > 1 or len(dated) < len(self._bind.dates(s)):
            return Left(Reason.AMBIGUOUS_PERIOD, "which week is meant is not read")
        if dated:
            (one,) = dated
            lead = {self._bind.scan.word(at) for at in range(one.first - 3, one.first)}
            fitting = [
                week
                for week in readings
                if (week.first, week.last) == (one.begins, one.ends)
                or ("week" in lead and one.begins == one.ends == week.last and lead & {"to", "ending", "ended"})
            ]
            if len(fitting) != 1:
                return Left(Reason.NO_DATA, "no reading of the week named is held")
            return fitting[0], True
        if self._bind.released is None:
            return Left(Reason.AMBIGUOUS_PERIOD, "no week is named, and the text has no release date")
        window = back(self._bind.released, SELLS)
        inside = [one for one in readings if window.first <= one.last <= window.last]
        if not inside:
            return Left(Reason.NO_DATA, f"no week's sales of the {SELLS} days before the release are held")
        return inside[-1], False

    def _week_after_launch(self, readings: Sequence[Period]) -> tuple[Period, bool] | Left:
        """The first week that begins after the launch: what `the week after` is said of, though other days may be meant."""
        launch = self._bind.launch()
        if launch is None:
            return Left(Reason.VAGUE, "which day it was launched is not said, and the catalogue has no one day for it")
        after = next((one for one in readings if one.first > launch), None)
        if after is None or after.first - launch > _WEEK:
            return Left(Reason.NO_DATA, f"no reading of the week after {launch} is held")
        if self._bind.released is not None and after.last >= self._bind.released:
            return Left(Reason.AMBIGUOUS_PERIOD, "the week after the launch was not over")
        return after, False


_ASIDE = ("tag", "in_week", "week_after", "since", "when", "base", "platform", "earlier", "month_before", "then")


def _token(s: Sentence, places: Sequence[int], at: int) -> int:
    """The first token of the word or symbol around place `at` of the sentence in symbols."""
    return s.sentence[0] + bisect_left(places, places[bisect_right(places, at) - 1])


def _behind(s: Sentence, places: Sequence[int], at: int) -> int:
    """The first token that stands at place `at` or behind it."""
    return s.sentence[0] + bisect_left(places, at)
