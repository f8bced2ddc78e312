"""From numbers and words of rank to drafts: what is claimed, before it is known of whom and of when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from groundswell.checker.clause import Complement, complement, segment, taint, territories
from groundswell.checker.numeral import Form, Number
from groundswell.checker.scan import Listing, Scan
from groundswell.checker.text import glued
from groundswell.checker.words import (
    AUDIENCE,
    COUNTRIES,
    DEBUT_WORDS,
    ENTERING,
    HOURS,
    LIST_WORDS,
    RANK_VERBS,
    SEASON_WORDS,
    TOP_VERBS,
    VIEWS,
)
from groundswell.core.verdict import Reason

_PLACES = frozenset("place spot position slot".split())
_CONSECUTIVE = frozenset("consecutive straight successive".split())
_WEEKS = frozenset("week weeks time times frame".split())
_AT_TOP = (
    ("on", "top"),
    ("at", "the", "top"),
    ("top", "spot"),
    ("at", "the", "head"),
    ("at", "the", "summit"),
    ("no", ".", "1"),
    ("#", "1"),
    ("number", "one"),
    ("number", "1"),
    ("first", "place"),
    ("was", "first"),
    ("in", "first"),
    ("still", "first"),
    ("atop",),
    ("winner", "'s"),
    ("lead",),
    ("to", "beat"),
)


@dataclass(frozen=True)
class Draft:
    """What tokens `first` to `last` claim; `anchor` is where its subject is looked for."""

    first: int
    last: int
    kind: str
    value: Decimal
    step: Decimal = Decimal(1)
    hedge: int = 0
    measures: tuple[str, ...] = ()
    """The measures it may be of, where the words leave that open."""
    listing: Listing | None = None
    own_list: bool = False
    """Whether an unnamed list is said: the title's own."""
    territory: str | None = None
    when: tuple[str, ...] = ("now",)
    """The weeks it may be of: now, before, first, or a number of weeks back."""
    window: int | None = None
    """The number of weeks a total is of, where said."""
    debut: bool = False
    reason: Reason | None = None
    why: str = ""
    weekly: bool = False
    """Whether it is said that one week is meant."""
    widely: bool = False
    """Whether all lists of its kind may be meant besides its own."""
    audience: bool = True
    """Whether it surely counts an audience."""


class Reader:
    """Reads the drafts of one sentence."""

    def __init__(self, scan: Scan, index: int, measure: str | None) -> None:
        self.scan = scan
        self.sentence = scan.sentences[index]
        self.refs = scan.refs[index]
        first, last = self.sentence
        self.numbers = list(dict.fromkeys(scan.number_at[at] for at in range(first, last) if at in scan.number_at))
        self.measure = measure
        """The measure of the amount read last."""

    def drafts(self) -> Iterator[Draft]:
        """All drafts, in the order of the text."""
        found = [draft for number in self.numbers if (draft := self._number(number)) is not None]
        found += self._worded(found)
        yield from sorted((self._tainted(draft) for draft in found), key=lambda draft: draft.first)

    def _w(self, at: int) -> str:
        return self.scan.word(at) if self.sentence[0] <= at < self.sentence[1] else ""

    def _has(self, bounds: tuple[int, int], words: tuple[str, ...]) -> bool:
        return any(
            all(self._w(at + n) == word for n, word in enumerate(words))
            for at in range(bounds[0], bounds[1] - len(words) + 1)
        )

    def _near(self, at: int) -> tuple[int, int]:
        return segment(self.scan, at, self.sentence, commas=True)

    def _clause(self, at: int) -> tuple[int, int]:
        return segment(self.scan, at, self.sentence)

    # numbers

    def _number(self, number: Number) -> Draft | None:
        if number.form is Form.PERCENT:
            return self._percent(number)
        if number.form is Form.ORDINAL:
            return self._ordinal(number)
        if number.form is not Form.CARDINAL:
            return self._half(number)
        if self._is_rank(number):
            return self._rank(number, self._rank_start(number), number.last)
        return self._amount(number) or self._weeks(number) or self._countries(number)

    def _is_rank(self, number: Number) -> bool:
        at = number.first
        if number.scaled or number.value > 100 or number.value != int(number.value):
            return False
        before = self._w(at - 1)
        return before in {"#", "number", "no", "nos"} or (before == "." and self._w(at - 2) in {"no", "nos"})

    def _rank_start(self, number: Number) -> int:
        return number.first - (2 if self._w(number.first - 1) == "." else 1)

    def _amount(self, number: Number) -> Draft | None:
        """Hours, views, and what else is counted of an audience."""
        at, unit, end = number.last, "", number.last
        if self._w(at) == "-":
            at += 1
        skipped = 0
        while self._w(at) in _UNIT_ADJECTIVES and skipped < 3:
            at, skipped = at + 1, skipped + 1
        word = self._w(at)
        large = number.scaled or number.value >= 10_000
        if word in HOURS and large:
            unit, end = "hours_viewed", self._past_hours(at + 1)
        elif word in VIEWS and large:
            unit, end = "views", at + 1
        elif word == "minutes" and large:
            draft = Draft(number.start, at + 1, "minutes", number.value, number.step, number.hedge)
            return replace(draft, when=self._when(number, at + 1))
        elif word in AUDIENCE and large:
            return Draft(
                number.start,
                at + 1,
                "level",
                number.value,
                number.step,
                number.hedge,
                reason=Reason.EXTERNAL,
                why=f"{self.scan.tokens[at].text} are not what the lists held count",
            )
        elif not number.scaled or number.value < 50_000:
            return None
        elif self.scan.tokens[number.last - 1].end and not self._bare(number):
            if self._w(number.last + 1) in VIEWS | HOURS:
                return Draft(
                    number.start,
                    number.last + 2,
                    "level",
                    number.value,
                    number.step,
                    number.hedge,
                    reason=Reason.EXTERNAL,
                    why=f"'{self.scan.tokens[number.last].text}' is not read",
                )
            return None
        measures = (unit,) if unit else self._measures(number)
        if unit:
            self.measure = unit
        rest = complement(self.scan, end, self.sentence, self.refs)
        kind, window, sure = self._total(number, end)
        when = self._when(number, end)
        if kind == "total":
            when = ("now",)
        draft = Draft(
            number.start,
            end,
            "total" if kind == "total" else measures[0],
            number.value,
            number.step,
            number.hedge,
            measures=measures,
            when=when,
            window=window,
            listing=rest.listing,
            audience=bool(unit) or bool(self.measure),
            weekly=any(self._w(at) == "week" for at in range(*self._near(number.first))),
        )
        if not sure:
            return replace(draft, reason=Reason.DEFINITION_DIFFERS, why="one week's figure or a sum of several")
        if rest.territory:
            return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="no figures of one territory are printed")
        if rest.unread:
            return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
        if self._w(number.start - 1) == "by" or self._w(number.start - 1) in _GAINED:
            return replace(draft, reason=Reason.PARSER_LIMIT, why="a difference between two weeks")
        if self._w(end) in {"more", "fewer", "less"}:
            return replace(draft, reason=Reason.PARSER_LIMIT, why="a difference")
        return draft

    def _past_hours(self, at: int) -> int:
        if self._w(at) in {"viewed", "streamed", "watched", "viewing"}:
            return at + 1
        if self._w(at) == "of" and self._w(at + 1) in {"viewing", "watching", "streaming", "viewership"}:
            return at + 2
        return at

    def _bare(self, number: Number) -> bool:
        """Whether nothing unknown is counted: the number ends its phrase."""
        if number.last >= self.sentence[1]:
            return True
        token = self.scan.tokens[number.last]
        return not token.is_word or token.word in _AFTER_AMOUNT

    def _measures(self, number: Number) -> tuple[str, ...]:
        for other in self.numbers:
            if other.first > number.first:
                unit = self._w(other.last) if self._w(other.last) != "-" else self._w(other.last + 1)
                if unit in HOURS | VIEWS and self.measure is None:
                    return ("hours_viewed",) if unit in HOURS else ("views",)
        return (self.measure,) if self.measure else ("views", "hours_viewed")

    def _total(self, number: Number, end: int) -> tuple[str, int | None, bool]:
        """Whether an amount is a week's or a total, of how many weeks, and whether that is sure."""
        near = self._near(number.first)
        begin = max((n.last for n in self.numbers if n.last <= number.start), default=near[0])
        begin = max(begin, near[0])
        stop = min((n.start for n in self.numbers if n.start >= number.last), default=near[1])
        stop = min(stop, near[1])
        before = [self._w(at) for at in range(begin, number.start)]
        after = [self._w(at) for at in range(end, stop)]
        if any(word in _ADDED for word in before[-5:]):
            return "week", None, True
        window = self._window(end, near[1])
        if window is not None and window[1]:
            return ("total", window[0], True) if window[0] > 1 else ("week", None, True)
        led = self._leading_window(near[0], number.start)
        if led is not None:
            return "total", led, True
        if {"has", "have", "stands"} & set(before):
            fronted = self._fronted()
            if fronted is not None:
                return "total", fronted or None, True
        line = end + (self._w(end) in {"mark", "line", "milestone", "barrier", "threshold"})
        if line > end:
            return "total", None, False
        text = " " + " ".join(before[-7:]) + " "
        if any(word in _TOTAL_WORDS for word in before[-6:]) or any(cue in text for cue in _TOTAL_BEFORE):
            return "total", None, True
        tail = " " + " ".join(after[:6]) + " "
        if any(cue in tail for cue in _TOTAL_AFTER) or (after[:1] == ["total"]) or "since" in after[:5]:
            return "total", None, True
        if (
            self.scan.word(number.start - 1) == "("
            and begin
            and any(
                n.last > number.start - 5 and self._total(n, n.last)[0] == "total"
                for n in self.numbers
                if n.last < number.start
            )
        ):
            return "total", None, True
        if any(cue in text for cue in (" has now ", " have now ", " now has ", " now at ", " is at ", " stands at ")):
            return "total", None, True
        if before[-1:] in (["has"], ["have"]) or any(word in {"piled", "racked", "logged-up"} for word in before[-4:]):
            return "week", None, False
        return "week", None, True

    def _window(self, at: int, stop: int) -> tuple[int, bool] | None:
        """The number of weeks of `in two weeks`, `after 17 days`, right after an amount."""
        if self._w(at) not in {"in", "over", "after", "across", "within", "during", "through"}:
            return None
        at += 1
        while self._w(at) in {"its", "the", "their", "just", "only", "over"}:
            at += 1
        first = self._w(at) == "first"
        at += first
        number = self.scan.number_at.get(at)
        if number is None or number.form is not Form.CARDINAL or number.scaled or at >= stop:
            return None
        unit = self._w(number.last)
        if unit in {"weeks", "week"}:
            return int(number.value), True
        if unit in {"days", "day"}:
            return -(-int(number.value) // 7), True
        return None

    def _leading_window(self, begin: int, start: int) -> int | None:
        """The weeks of `two weeks have brought`, `a two-week total of`; of `two weeks in, it has`."""
        for at in range(begin, start):
            number = self.scan.number_at.get(at)
            if number is not None and number.form is Form.CARDINAL and not number.scaled:
                here = number.last + (self._w(number.last) == "-")
                if self._w(here) in {"week", "weeks"} and any(
                    self._w(n) in {"have", "brought", "sum", "total", "tally", "haul"} for n in range(here + 1, start)
                ):
                    return int(number.value)
        return None

    def _fronted(self) -> int | None:
        """The weeks of `In four weeks, …`, `Two weeks in, …` at the beginning of the sentence; 0 for `Through August 11, …`."""
        at = self.sentence[0]
        if self._w(at) == "through" and self.scan.identifiers.get(at + 1) == "date":
            return 0
        at += self._w(at) in {"in", "after", "over", "across"}
        number = self.scan.number_at.get(at)
        if number is None or number.form is not Form.CARDINAL or number.scaled or self._w(number.last) != "weeks":
            return None
        return (
            int(number.value)
            if number.first > self.sentence[0] or self._w(number.last + 1) in {"in", "into", "on"}
            else None
        )

    def _when(self, number: Number, end: int) -> tuple[str, ...]:
        """The weeks an amount or rank may be of."""
        near = self._near(number.first)
        stop = min([n.start for n in self.numbers if n.start >= end and not self._is_time(n)] + [near[1]])
        after = " " + " ".join(self._w(at) for at in range(end, stop)) + " "
        begin = max([n.last for n in self.numbers if n.last <= number.start and not self._is_time(n)] + [near[0]])
        before = " " + " ".join(self._w(at) for at in range(begin, number.start)) + " "
        ahead = self._w(number.start - 1)
        launch = any(
            cue in after
            for cue in (
                " launch ", " opening ", " debut ", " premiere ", " bow ", " at launch ", " when it opened ",
                " its first week ", " when it launched ", " when it debuted ", " at its start "
            )
        )  # fmt: skip
        if launch or any(cue in before for cue in (" launch of ", " opening of ", " debut of ", " premiere of ")):
            return ("first",)
        if ahead == "from" or (self._w(number.start - 2) == "from" and ahead in {"just", "only", "its", "the"}):
            if " first " in after:
                return ("first",)
            return ("before",)
        if any(cue in after for cue in _BEFORE_CUES) or any(cue in before for cue in _BEFORE_CUES):
            return ("before",)
        clause = " " + " ".join(self._w(at) for at in range(*self._clause(number.first))) + " "
        if any(cue in clause for cue in _OPENING):
            return ("first",)
        opened = self._has((self.sentence[0], number.start), ("it", "opened")) and " it had " in before
        if opened or any(cue in before for cue in (" opening week", " first week ", " opening frame ")):
            return ("first",)
        if near[0] > self.sentence[0] and self._w(near[0]) == "when":
            earlier = " " + " ".join(self._w(at) for at in range(max(self.sentence[0], near[0] - 8), near[0])) + " "
            if any(cue in earlier.replace(" , ", " ") for cue in _BEFORE_CUES):
                return ("before",)
        for at in (*range(near[0], number.start), *range(end, stop)):
            other = self.scan.number_at.get(at)
            if other is not None and self._w(other.last) in {"weeks", "week"} and self._w(other.last + 1) in _AGO:
                return (str(int(other.value)),)
        if any(
            self._w(at) in _VAGUE_TIME
            and self.scan.identifiers.get(at) is None
            and self._w(at + 1) not in {"more", "again"}
            for at in (*range(begin, number.start), *range(end, stop))
        ):
            return ("vague",)
        return ("now",)

    def _is_time(self, number: Number) -> bool:
        return self._w(number.last) in {"week", "weeks", "day", "days", "full", "whole"}

    def _half(self, number: Number) -> Draft | None:
        """`fell by nearly half`."""
        if self._w(number.first) != "half" or number.form is not Form.UNREAD:
            return None
        sign = self._direction(number)
        of_its = [self._w(number.last + n) for n in range(3)]
        of_audience = of_its[:2] == ["of", "its"] and of_its[2] in {"audience", "viewers", "views", "viewing", "hours"}
        if sign is None or (self._w(number.last) not in _AFTER_PERCENT | {",", ""} and not of_audience):
            return None
        return self._change(number, number.last, sign * number.value)

    def _percent(self, number: Number) -> Draft | None:
        end = number.last
        sign = self._direction(number)
        if sign is None and self._w(end) in {"up", "down"}:
            sign, end = (1 if self._w(end) == "up" else -1), end + 1
        external = Draft(
            number.start, end, "level", number.value, number.step, number.hedge, reason=Reason.EXTERNAL,
            why="not the change of a figure on a list held",
        )  # fmt: skip
        if sign is None and self._w(end) in _MORE_OR_LESS and self._w(end + 1) == "than":
            tail = " " + " ".join(self._w(at) for at in range(end, min(end + 6, self.sentence[1]))) + " "
            if any(cue in tail for cue in _BEFORE_CUES) and self._w(number.start - 1) in {",", "("}:
                return self._change(number, end + 1, _MORE_OR_LESS[self._w(end)] * number.value)
        after = self._w(end)
        if sign is None or (after and after not in _AFTER_PERCENT and self.scan.tokens[end].is_word):
            return external
        return self._change(number, end, sign * number.value)

    def _direction(self, number: Number) -> int | None:
        at = number.start - 1
        while self._w(at) in {"by", "just", "about", "some", "another", "a", "only", "roughly"}:
            at -= 1
        word = self._w(at)
        sign = 1 if word in _RISING else -1 if word in _FALLING else None
        if sign is None and word == "+":
            sign = 1
        if sign is None:
            return None
        if word in {"up", "down", "+"} and self._w(at - 1) in {
            ",",
            "(",
            "–",
            "—",
            "was",
            "were",
            "hours",
            "views",
            "is",
        }:
            return sign
        at -= 1
        while self._w(at) in {"and", "then", "also", "has", "had", "just", "only"}:
            at -= 1
        if any(ref.last - 1 == at or (ref.first <= at < ref.last) for ref in self.refs):
            return sign
        if self._w(at) in {'"', "”", "’", "'", ","} and any(ref.last == at for ref in self.refs):
            return sign
        return sign if self._w(at) in _VIEWING else None

    def _change(self, number: Number, end: int, value: Decimal) -> Draft:
        measures = (self.measure,) if self.measure else ("views", "hours_viewed")
        draft = Draft(number.start, end, "change", value, number.step, number.hedge, measures=measures, when=("now",))
        tail = " " + " ".join(self._w(at) for at in range(end, min(end + 6, self.sentence[1]))) + " "
        if any(cue in tail for cue in (" launch ", " opening ", " debut ", " premiere ")) or " on its first" in tail:
            return replace(draft, window=1)
        if any(cue in tail for cue in (" year", " last season", " predecessor", " month")):
            return replace(
                draft, reason=Reason.UNREAD_QUALIFIER, why="compared with something else than the week before"
            )
        return draft

    # ranks and weeks

    def _ordinal(self, number: Number) -> Draft | None:
        return self._weeks(number) or self._appearance(number) or self._ordinal_rank(number)

    def _appearance(self, number: Number) -> Draft | None:
        if (
            number.value == 1
            and self._w(number.last) == "appearance"
            and self._w(number.first - 1) in {"its", "their", "a"}
        ):
            rest = complement(self.scan, number.last + 1, self.sentence, self.refs)
            if rest.listing or rest.generic:
                return Draft(
                    number.first, number.last + 1, "weeks_on_chart", number.value, listing=rest.listing, own_list=True,
                    debut=True,
                )  # fmt: skip
        return None

    def _ordinal_rank(self, number: Number) -> Draft | None:
        at, end = number.last, number.last
        if self._w(at) == "-" and (self._w(at + 1) in _PLACES or self._w(at + 1) in {"best", "most"}):
            at += 1
        if self._w(at) in _PLACES:
            return self._rank(number, number.first, at + 1)
        if self._w(at) == "best" or (self._w(at) == "most" and self._w(at + 1 + (self._w(at + 1) == "-")) in _MOST):
            end = at + 1 if self._w(at) == "best" else at + 2 + (self._w(at + 1) == "-")
            while self._w(end) in {"title", "film", "movie", "series", "show"} and not self._lists_follow(end):
                end += 1
            return self._rank(number, number.first, end)
        before, after = self._w(number.first - 1), self._w(at)
        back = number.first
        while back > self.sentence[0] and self.scan.tokens[back - 1].text in "\"”’',":
            back -= 1
        quoted = any(ref.last == back for ref in self.refs)
        good_for = before == "for" and self._w(number.first - 2) in {"good", "enough", "settled", "settling"}
        if before in {"the", "its", "his", "her", "their", "of", "this", "that", "'s"} or after in SEASON_WORDS:
            return None
        named = any(ref.last == number.first for ref in self.refs)
        adverb = before in {"up", "again", "still", "only", "just", "back", "comfortably", "globally", "overall", "and"}
        if not (before in RANK_VERBS or named or quoted or adverb or good_for or before == ","):
            return None
        if after and self.scan.tokens[at].is_word and after not in _AFTER_RANK:
            return None
        if before == "at" and after in {"", ",", "."} and number.value == 1:
            return None  # at first
        return self._rank(number, number.first, number.last)

    def _lists_follow(self, at: int) -> bool:
        return at in self.scan.listing_at

    def _rank(self, number: Number, first: int, last: int) -> Draft | None:
        while self._w(last) in _PLACES or (
            self._w(last) in {"title", "film", "movie", "series", "show", "finish", "finisher"}
        ):
            last += 1
        if self._w(last) == "-" and self._w(last + 1) in DEBUT_WORDS:
            last += 1
        listing = self.scan.listing_at.get(last)
        end = listing.last if listing else last
        rest = complement(self.scan, end, self.sentence, self.refs)
        debut = self._debuts(first, last)
        when = self._when(Number(first, last, Form.CARDINAL, start=first), last)
        if debut and self._w(first - 2) in {"after", "since", "had", "having", "before"}:
            when = ("first",)
        draft = Draft(
            first,
            last,
            "debut_rank" if debut else "rank",
            number.value,
            listing=listing or rest.listing,
            own_list=rest.generic,
            territory=rest.territory,
            when=when,
            debut=debut,
        )
        if number.value < 1:
            return None
        if rest.unread:
            return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
        nation = self._counted(last)
        if nation is not None and number.value == 1:
            return None  # first in so many countries: read at the countries
        return draft

    def _counted(self, at: int) -> int | None:
        """Where `in 77 countries` after a rank counts countries."""
        if self._w(at) not in {"in", "across", "of", "on", "throughout"}:
            return None
        for here in range(at + 1, at + 7):
            number = self.scan.number_at.get(here)
            if number is not None:
                unit = self._w(number.last)
                return (
                    number.first if unit in COUNTRIES or (unit == "of" and self._w(number.last + 1) == "them") else None
                )
        return None

    def _debuts(self, first: int, last: int) -> bool:
        near = self._near(first)
        if any(self._w(at) in DEBUT_WORDS for at in range(max(near[0], first - 5), first)):
            return not any(self._w(at) in {"re", "again", "since"} for at in range(max(near[0], first - 5), first))
        return self._w(last) in {"debut", "bow", "opening", "premiere", "launch"} or (
            self._w(last) in {"in", "on"} and self._w(last + 1) in {"its", "a"} and self._w(last + 2) in {"debut"}
        )

    def _weeks(self, number: Number) -> Draft | None:
        """Weeks on a list, in a row, at the top."""
        if number.scaled or number.value > 400 or number.value != int(number.value) or number.value < 1:
            return None
        at, run = number.last, False
        at += self._w(at) == "-"
        while self._w(at) in _CONSECUTIVE | {"tracked", "full", "week", "whole"}:
            if self._w(at) == "week" and self._w(at + 1) not in _CONSECUTIVE:
                break
            run = run or self._w(at) in _CONSECUTIVE
            at += 1
        named = self._w(number.first - 1) in {"week", "weeks"} or (
            self._w(number.first - 1) == "number" and self._w(number.first - 2) == "week"
        )
        first, end = number.first, number.last
        if named:
            first = number.first - (2 if self._w(number.first - 1) == "number" else 1)
        elif self._w(at) in _WEEKS:
            end = at + 1
        else:
            return None
        if self._w(end) in {"running", "straight"} or (self._w(end) == "in" and self._w(end + 1) == "a"):
            run, end = True, end + (3 if self._w(end) == "in" else 1)
        return self._run(number, first, end, run, named)

    def _run(self, number: Number, first: int, end: int, run: bool, named: bool) -> Draft | None:
        ordinal = number.form is Form.ORDINAL or named
        unit = {self._w(at) for at in range(number.first - 2, end)}
        times = bool(unit & {"time", "times"})
        before = self._w(first - 1)
        if self._w(end) in _AGO or before in {"every", "next", "last", "past", "previous", "from", "than", "since"}:
            return None
        if before in {"its", "their"} and self._w(first - 2) in {"from", "than", "since", "on", "over"}:
            return None
        clause = self._clause(first)
        top = self._at_top(clause, first, end)
        rest = complement(self.scan, end, self.sentence, self.refs)
        listed = rest.listing is not None or rest.generic
        draft = Draft(
            first, end, "weeks_on_chart", number.value, listing=rest.listing, own_list=True,
            hedge=0 if ordinal else number.hedge,
        )  # fmt: skip
        if rest.unread and not top:
            draft = replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
        if self._w(end) in {"on", "at"} and self._tops_at(end):
            top = True
        if run and top:
            return replace(draft, kind="streak_at_top", listing=rest.listing or self._listing(clause))
        if run:
            beside = [self._w(at) for at in range(*clause) if not first <= at < end and at not in self.scan.identifiers]
            other = any(word in {"no", "#", "second", "third", "runner"} for word in beside)
            if other and not listed:
                return replace(
                    draft, kind="streak", reason=Reason.PARSER_LIMIT, why="a run at another place than the top"
                )
            return (
                replace(draft, kind="streak")
                if listed
                else replace(draft, kind="streak", reason=Reason.VAGUE, why="it is not said what was repeated")
            )
        if times:
            if not top or not ordinal:
                return None
            return replace(draft, kind="streak_at_top", own_list=True, when=("times",))
        if self._w(first - 2) in {"in", "into", "now", "for", "with", "at"} and before in {
            "its",
            "their",
            "his",
            "her",
            "the",
        }:
            return draft if before in {"its", "their"} or listed or ordinal else None
        if ordinal and (before == "a" or before == "the") and self._w(first - 2) == "for" and top:
            return replace(draft, kind="streak_at_top")
        if ordinal and self._tops_at(end):
            return replace(draft, kind="streak_at_top")
        if ordinal and (named or before in {"its", "their"}):
            return draft
        if ordinal and before == "a" and self._w(first - 2) == "with" and self._w(end) == "of":
            return draft
        if ordinal:
            return draft if listed else None
        if self._w(end) in {"in", "into"} and self._w(end + 1) in {",", "its", "", "."}:
            return draft
        if listed or (before in {"for", "spent"} and self._top_ten(clause)):
            return draft if rest.listing or rest.generic or before in {"for", "spent"} else None
        return None

    def _tops_at(self, end: int) -> bool:
        return (
            any(all(self._w(end + n) == word for n, word in enumerate(words)) for words in _AT_TOP)
            or (self._w(end) in {"at", "in"} and self._has((end + 1, end + 5), ("no", ".", "1")))
            or (self._w(end) in TOP_VERBS and self._w(end) not in {"lead"})
        )

    def _words(self, bounds: tuple[int, int]) -> list[str]:
        return [self._w(at) for at in range(*bounds) if self.scan.identifiers.get(at) not in {"title", "season"}]

    def _top_ten(self, bounds: tuple[int, int]) -> bool:
        return (
            any(self.scan.identifiers.get(at) == "list" for at in range(*bounds)) or self._listing(bounds) is not None
        )

    def _listing(self, bounds: tuple[int, int]) -> Listing | None:
        found = [self.scan.listing_at[at] for at in range(*bounds) if at in self.scan.listing_at]
        return found[0] if len(found) == 1 else None

    def _at_top(self, clause: tuple[int, int], first: int, end: int) -> bool:
        if any(self._has(clause, words) for words in _AT_TOP):
            return True
        return any(
            self._w(at) in TOP_VERBS and not first <= at < end and self.scan.identifiers.get(at) is None
            for at in range(*clause)
        )

    def _countries(self, number: Number) -> Draft | None:
        at = number.last
        if self._w(at) in {"different", "separate", "other"}:
            at += 1
        them = self._w(at) == "of" and self._w(at + 1) == "them" and number.value > 1
        if not (self._w(at) in COUNTRIES or them) or number.scaled or number.value > 300:
            return None
        end = at + 2 if them else at + 1
        before = self._near(number.first)[0]
        words = [self._w(n) for n in range(max(before, number.start - 8), number.start)]
        after = [self._w(n) for n in range(end, min(end + 6, self.sentence[1]))]
        kind = "reach"
        top = any(word in TOP_VERBS for word in words) or any(
            self._has((max(before, number.start - 8), number.start), one) for one in _AT_TOP
        )
        top = top or (words[-1:] and words[-2:-1] == ["first"]) or "first" in words[-3:] or "popular" in words[-4:]
        listed = any(
            self.scan.identifiers.get(n) == "list" for n in range(max(before, number.start - 12), number.start)
        )
        if top and not (listed and not self._after_list(before, number.start)):
            kind = "reach_at_top"
        elif them or "with" in words[-2:]:
            return Draft(
                number.start, end, "reach", number.value, hedge=number.hedge, reason=Reason.VAGUE,
                why="it is not said on which list",
            )  # fmt: skip
        if after[:2] in (["in", "asia"], ["in", "europe"]) or after[:1] in (["including"],):
            pass
        clause = " " + " ".join(self._w(n) for n in range(*self._clause(number.first))) + " "
        when = ("first",) if any(cue in clause for cue in _OPENING) else ("now",)
        return Draft(number.start, end, kind, number.value, hedge=number.hedge, when=when)

    def _after_list(self, begin: int, start: int) -> bool:
        """Whether the word of the top stands after the list's name, nearest to the number."""
        marks = [n for n in range(begin, start) if self.scan.identifiers.get(n) == "list"]
        return any(self._w(n) in TOP_VERBS or self._w(n) == "first" for n in range(marks[-1], start)) if marks else True

    # words of rank without a number

    def _worded(self, found: list[Draft]) -> Iterator[Draft]:
        covered = {at for draft in found for at in range(draft.first, draft.last)}
        at = self.sentence[0]
        while at < self.sentence[1]:
            draft = None if at in covered or self.scan.identifiers.get(at) in {"title", "season"} else self._word(at)
            if draft is None:
                at += 1
                continue
            clash = any(
                other.kind in {"streak_at_top", "reach_at_top"} and self._clause(other.first) == self._clause(at)
                for other in found
            )
            if not clash:
                yield draft
            at = max(draft.last, at + 1)

    def _word(self, at: int) -> Draft | None:
        word = self._w(at)
        if word == "runner" and self._w(at + 1) == "-" and self._w(at + 2) == "up":
            return self._rank(Number(at, at + 3, Form.ORDINAL, Decimal(2), start=at), at, at + 3)
        if word in TOP_VERBS and self._leads(at):
            end = self._list_after(at + 1)
            if (
                end is None
                and self._w(at + 1) in {"the", "all"}
                and self._w(at + 2) in {"way", "pack", "field", "comers"}
            ):
                rest = complement(self.scan, at + 3, self.sentence, self.refs)
                return self._place(at, at + 3, rest.listing, at + 3) if rest.listing or rest.generic else None
            if end is not None:
                listing = next((self.scan.listing_at[n] for n in range(at, end + 1) if n in self.scan.listing_at), None)
                return self._place(at, at + 1, listing, end)
        if (
            word == "atop"
            or (word == "on" and self._w(at + 1) == "top")
            or (word == "at" and self._w(at + 1) == "the" and self._w(at + 2) in {"top", "summit", "head"})
        ):
            end = at + (1 if word == "atop" else 2 if word == "on" else 3)
            if self._counted(end) is not None or (
                word == "on" and self._w(end) == "of" and self._list_after(end) is None
            ):
                return None
            listed = self._list_after(end)
            listing = next(
                (self.scan.listing_at[n] for n in range(end, (listed or end) + 1) if n in self.scan.listing_at), None
            )
            entering = any(
                self._w(n) in ENTERING | RANK_VERBS or self._w(n) in {"moved", "rose"} for n in range(at - 3, at)
            )
            if word == "atop" or entering or listed is not None:
                return self._place(at, end, listing, listed or end)
        if (
            word == "to"
            and self._w(at + 1) == "the"
            and self._w(at + 2) == "top"
            and at + 3 not in self.scan.identifiers
        ):
            after = self._w(at + 3)
            if not self.scan.identifiers.get(at + 3) and after in {
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
                return self._place(at + 1, at + 3, None, at + 3)
        if word == "more" and [self._w(at + n) for n in range(1, 5)] == ["than", "any", "other", "title"]:
            rest = complement(self.scan, at + 5, self.sentence, self.refs)
            if not rest.unread and rest.territory is None and rest.listing is None:
                return Draft(at, at + 5, "rank", Decimal(1), listing=Listing(at, at + 5, overall=True))
        if word in {"newcomer", "newcomers", "arrival", "entrant"}:
            return self._newcomer(at)
        if word in {"top", "biggest", "leading"} and self._w(at - 1) in {"the", "'s"}:
            return self._foremost(at)
        if word == "top" and self._w(at + 1) in {"spot", "place", "position"}:
            if self._counted(at + 2) is None:
                return self._place(at, at + 2, None, at + 2)
        if word == "most" or (word == "top" and self._w(at + 1) == "title"):
            return self._superlative(at)
        return None

    def _place(self, first: int, last: int, listing: Listing | None, end: int) -> Draft | None:
        rest = (
            complement(self.scan, end, self.sentence, self.refs) if listing is None or end > last else Complement(end)
        )
        debut = self._debuts(first, last)
        draft = Draft(
            first, last, "debut_rank" if debut else "rank", Decimal(1), listing=listing or rest.listing, own_list=True,
            territory=rest.territory, when=self._when(Number(first, last, Form.CARDINAL, start=first), last), debut=debut,
        )  # fmt: skip
        if rest.unread:
            return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
        return draft

    def _leads(self, at: int) -> bool:
        return self._w(at - 1) not in {"the", "a", "its", "his", "her", "by", "starring"} or self._w(at) == "leading"

    def _list_after(self, at: int) -> int | None:
        """Where a list ends that stands at `at`, after an article and little else."""
        for here in range(at, at + 5):
            if here in self.scan.listing_at:
                return self.scan.listing_at[here].last
            word = self._w(here)
            if word in LIST_WORDS:
                return here + 1
            if word not in {"the", "netflix", "'s", "of", "global", "weekly", "streamer", "its", "all", "both"}:
                return None
        return None

    def _newcomer(self, at: int) -> Draft | None:
        """`Newcomer X`, `a fresh arrival, X`: in its first week on its list."""
        end = at + 1
        while self._w(end) in {",", '"', "“", "‘", "'"}:
            end += 1
        if not any(ref.first == end and not ref.pointer for ref in self.refs):
            return None
        first = at - 1 if self._w(at - 1) in {"new", "fresh"} else at
        if self._w(at) == "arrival" and first == at:
            return None
        return Draft(first, at + 1, "weeks_on_chart", Decimal(1), own_list=True, debut=True)

    def _foremost(self, at: int) -> Draft | None:
        """`the leading non-English series`: the top of that list; `the top film`: of its own list, and of all."""
        listing = self.scan.listing_at.get(at + 1)
        if listing is not None and listing.language:
            return Draft(
                at,
                listing.last,
                "rank",
                Decimal(1),
                listing=listing,
                when=self._when(Number(at, listing.last, Form.CARDINAL, start=at), listing.last),
            )
        if self._w(at + 1) in {"film", "movie", "series", "show"} and self._w(at + 2) in _AFTER_RANK | {",", ".", ""}:
            rest = complement(self.scan, at + 2, self.sentence, self.refs)
            if rest.unread or self._w(at) == "leading":
                return None
            return Draft(at, at + 2, "rank", Decimal(1), own_list=True, widely=True, territory=rest.territory)
        return None

    def _superlative(self, at: int) -> Draft | None:
        """The most watched title of the week, over all lists."""
        end = at + 1
        if self._w(at) == "most":
            end += self._w(end) == "-"
            if self._w(end) not in _MOST - {"popular"} or self._w(at - 1) not in {
                "the",
                "single",
                "week",
                "'s",
                "netflix",
            }:
                return None
            end += 1
        if self._w(end) != "title":
            return None
        end += 1
        tail = " " + " ".join(self._w(n) for n in range(end, min(end + 5, self.sentence[1]))) + " "
        if self._w(end) in {"again", ",", ".", ""}:
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
        if not any(tail.startswith(" " + cue) for cue in wide) and self._w(at - 2) != "week":
            return None
        listing = Listing(at, end, overall=True)
        return Draft(at, end, "rank", Decimal(1), listing=listing)

    # what taints a draft

    def _tainted(self, draft: Draft) -> Draft:
        if draft.reason in {Reason.EXTERNAL}:
            return draft
        found = taint(self.scan, self._clause(draft.first), self._near(draft.first))
        if found is not None:
            return replace(draft, reason=found[0], why=f"'{found[1]}' is not read")
        if draft.territory is None and draft.kind not in {"reach", "reach_at_top"} and draft.reason is None:
            places = list(territories(self.scan, self._clause(draft.first)))
            if places and draft.kind in {"rank", "debut_rank"}:
                return replace(draft, territory=places[0])
            if places:
                return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="it speaks of one territory")
        return draft


_UNIT_ADJECTIVES = frozenset(
    "viewing streaming viewed total watch watched global worldwide more additional estimated".split()
)
_AFTER_AMOUNT = frozenset(
    "and for in on to from during over but while this last a at as since after when across with against respectively so "
    "worldwide globally over of ( the seven just one more".split()
)
_GAINED = frozenset("gained lost shed gaining losing shedding gains".split())
_ADDED = frozenset("another additional further added adding adds extra fresh".split())
_TOTAL_WORDS = frozenset(
    "total totals totalled totaled totalling totaling cumulative altogether accumulated amassed cumulatively".split()
)
_TOTAL_BEFORE = (
    " total to ", " total of ", " sum of ", " tally to ", " stand at ", " stood at ", " stands at ", " standing at ",
    " now been watched for ", " have brought ", " in all ", " now reached ", " so far ", " overall total ", " to date ",
)  # fmt: skip
_TOTAL_AFTER = (
    " in all ", " in total ", " altogether ", " to date ", " so far ", " to its name ", " since ", " overall ",
    " all told ", " cumulatively ",
)  # fmt: skip
_BEFORE_CUES = (
    " week earlier ", " week before ", " week prior ", " previous week ", " prior week ", " frame before ",
    " previous frame ", " seven days earlier ", " days earlier ", " preceding week ", " frame earlier ", " week previously ",
    " weeks before ",
)  # fmt: skip
_MORE_OR_LESS = {"more": 1, "higher": 1, "less": -1, "fewer": -1, "lower": -1}
_AGO = frozenset("ago earlier".split())
_OPENING = (
    " its opening frame ", " its opening week ", " its opening weekend ", " its debut week ", " its first week on ",
    " their opening week ", " its premiere week ", " its launch week ",
)  # fmt: skip
_VAGUE_TIME = frozenset("originally previously once formerly yesterday month months year".split())
_AFTER_PERCENT = frozenset(
    "week from to in on over , . ) ; and but this compared versus against after for with its between – — of".split()
) - {"of"}
_RISING = frozenset(
    "up rose grew climbed jumped gained increased surged soared rising climbing growing rises grows".split()
)
_FALLING = frozenset(
    "down fell dropped declined slid slipped decreased sank tumbled dipped plunged falling dropping declining falls drops".split()
)
_VIEWING = frozenset("it viewing views hours viewership audience figures numbers streams-of hours".split()) - {
    "streams-of"
}
_MOST = frozenset("watched viewed popular streamed".split())
_AFTER_RANK = frozenset(
    "with on among for and in at behind globally overall worldwide again this last of while as after during when there "
    "but over to".split()
)
_ = glued
