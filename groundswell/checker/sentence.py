"""The sentence as frames look at it: words, clauses, and the week its numbers may be of."""

import re

from groundswell.checker.clause import segment
from groundswell.checker.cue import AGO, BEFORE_CUES, OPENING
from groundswell.checker.numeral import Form, Number
from groundswell.checker.scan import Scan
from groundswell.checker.words import COUNTRIES, DEBUT_WORDS

_BASE = re.compile(
    r"^ (?:from|on|over|versus|against|compared (?:with|to)) (?:the )?(?:week before|(?:previous|prior|last) week)(?! 's)"
)
"""What a percentage before a number is of: `fell 28% from the week before but still drew …`."""
_FIRSTS = frozenset("first opening debut premiere launch".split())
_VAGUE_TIME = frozenset(
    "following subsequently later originally previously once formerly yesterday month months year".split()
)


class Sentence:
    """One sentence of a scanned text, as its frames look at it; words outside of it are empty."""

    def __init__(self, scan: Scan, index: int, measure: str | None) -> None:
        self.scan = scan
        self.sentence = scan.sentences[index]
        self.refs = scan.refs[index]
        first, last = self.sentence
        self.numbers = list(dict.fromkeys(scan.number_at[at] for at in range(first, last) if at in scan.number_at))
        self.measure = measure
        """The measure of the amount read last."""

    def w(self, at: int) -> str:
        return self.scan.word(at) if self.sentence[0] <= at < self.sentence[1] else ""

    def said(self, at: int) -> str:
        """The word at `at`, empty within a title: its words claim nothing."""
        return "" if self.scan.identifiers.get(at) == "title" else self.w(at)

    def has(self, bounds: tuple[int, int], words: tuple[str, ...]) -> bool:
        return any(
            self.w(at) == words[0] and all(self.w(at + n) == word for n, word in enumerate(words))
            for at in range(bounds[0], bounds[1] - len(words) + 1)
        )

    def near(self, at: int) -> tuple[int, int]:
        return segment(self.scan, at, self.sentence, commas=True)

    def clause(self, at: int) -> tuple[int, int]:
        return segment(self.scan, at, self.sentence)

    def words(self, bounds: tuple[int, int]) -> list[str]:
        return [self.w(at) for at in range(*bounds) if self.scan.identifiers.get(at) not in {"title", "season"}]

    def when(self, number: Number, end: int) -> tuple[str, ...]:
        """The weeks an amount or rank may be of."""
        near = self.near(number.first)
        behind = self._joined(end)
        stop = min([n.start for n in self.numbers if n.start >= behind and not self.is_time(n)] + [near[1]])
        after = " " + " ".join(self.said(at) for at in range(end, stop)) + " "
        if self.w(end) == "-" and self.w(end + 1) in {"opening", "launch", "debut", "premiere"}:
            return ("first",)
        begin = max([n.last for n in self.numbers if n.last <= number.start and not self.is_time(n)] + [near[0]])
        before = " " + " ".join(self.said(at) for at in range(begin, number.start)) + " "
        if any(one.last == begin and one.form in {Form.PERCENT, Form.FRACTION} for one in self.numbers):
            before = _BASE.sub(" ", before)
        ahead = self.w(number.start - 1)
        launch = any(
            cue in after
            for cue in (
                " launch ", " opening ", " debut ", " premiere ", " bow ", " at launch ", " when it opened ",
                " its first week ", " when it launched ", " when it debuted ", " at its start "
            )
        )  # fmt: skip
        adjectival = any(
            self.w(at - 1) == "-" and self.w(at) in {"week", "weekend", "frame"} and self.w(at - 2) in _FIRSTS
            for at in range(max(begin, number.start - 8), number.start)
        ) or any(
            self.w(at) in _FIRSTS and self.w(at + 1) == "-" and self.w(at + 2) in {"week", "weekend", "frame"}
            for at in range(max(near[0], number.start - 8), number.start)
        )
        if adjectival:
            return ("first",)
        if launch or any(cue in before for cue in (" launch of ", " opening of ", " debut of ", " premiere of ")):
            return ("first",)
        if after.rstrip(" ,.;").endswith((" in its first", " in their first")):
            return ("first",)
        compared = ahead in {"against", "versus", "vs"} or (
            ahead in {"with", "to"} and self.w(number.start - 2) in {"compared", "compare"}
        )
        compared = compared and not (self.w(end) == "for" and any(ref.first in {end + 1, end + 2} for ref in self.refs))
        after_another = ahead == "after" and number.start - 2 in self.scan.number_at
        if (compared and " first " not in after) or after_another:
            return ("before",)
        other_unit = {self.w(number.start - 2), self.w(end - 1)} == {"views", "hours"}  # `2.3M views from 16.9M hours`
        if (ahead == "from" and not other_unit) or (
            self.w(number.start - 2) == "from" and ahead in {"just", "only", "its", "the"}
        ):
            if " first " in after:
                return ("first",)
            return ("before",)
        if any(cue in after for cue in BEFORE_CUES) or any(cue in before for cue in BEFORE_CUES):
            return ("before",)
        front = self.front(number.first)
        fronted = " " + " ".join(self.said(at) for at in range(*front)) + " "
        if any(cue in fronted for cue in BEFORE_CUES):
            return ("before",)
        for at in range(*front):
            other = self.scan.number_at.get(at)
            if other is not None and self.w(other.last) in {"weeks", "week"} and self.w(other.last + 1) in AGO:
                return (str(int(other.value)),)
        if any(self.w(at) in _VAGUE_TIME and self.scan.identifiers.get(at) is None for at in range(*front)):
            return ("vague",)
        clause = " " + " ".join(self.said(at) for at in range(*self._own_clause(number, end))) + " "
        if any(cue in clause.replace(" than in ", " than ") for cue in OPENING):
            return ("first",)
        opened = self.has((self.sentence[0], number.start), ("it", "opened")) and " it had " in before
        if opened or any(cue in before for cue in (" opening week", " first week ", " opening frame ")):
            return ("first",)
        if near[0] > self.sentence[0] and self.w(near[0]) == "when":
            earlier = " " + " ".join(self.said(at) for at in range(max(self.sentence[0], near[0] - 8), near[0])) + " "
            if any(cue in earlier.replace(" , ", " ") for cue in BEFORE_CUES):
                return ("before",)
        for at in (*range(near[0], number.start), *range(end, stop)):
            other = self.scan.number_at.get(at)
            apart = {self.w(n) for n in range(at, number.start)} & {"and", "but", "now", "then"}
            if (
                other is not None
                and not apart
                and self.w(other.last) in {"weeks", "week"}
                and self.w(other.last + 1) in AGO
            ):
                return (str(int(other.value)),)
        if any(self.w(at) == "week" and self.w(at - 1) in {"earlier", "one", "another", "some"} for at in range(*near)):
            return ("vague",)
        if any(
            self.w(at) in _VAGUE_TIME
            and self.scan.identifiers.get(at) is None
            and self.w(at + 1) not in {"more", "again", "upon"}
            for at in (*range(begin, number.start), *range(end, max(stop, self.until_comma(end))))
        ):
            return ("vague",)
        return ("now",)

    def _own_clause(self, number: Number, end: int) -> tuple[int, int]:
        """The clause around a number, up to where it came from: `216M hours, up 28% from 168M in its debut week`."""
        first, last = self.clause(number.first)
        return first, min([n.start for n in self.numbers if n.start >= end and self.w(n.start - 1) == "from"] + [last])

    def front(self, at: int) -> tuple[int, int]:
        """The short phrase the sentence begins with, up to its comma, when `at` lies in the clause after it; else nothing."""
        first = self.sentence[0]
        comma = next((n for n in range(first, min(first + 9, self.sentence[1])) if self.w(n) == ","), first)
        return (first, comma) if first < comma <= at and self.clause(at)[0] <= comma + 1 else (first, first)

    def _back(self, at: int, words: int) -> int:
        """Where so many words before `at` stand; a list's name is one."""
        for _ in range(words):
            before = (self.scan.listing_at.get(at - n) for n in range(2, 8))
            at = next((listing.first for listing in before if listing is not None and listing.last == at), at - 1)
        return at

    def debut_verb(self, first: int) -> int:
        """Where the words of a debut begin whose place begins at `first`."""
        begin = max([self.near(first)[0], self._back(first, 5), *(ref.last for ref in self.refs if ref.last <= first)])
        return next((at for at in range(begin, first) if self.said(at) in DEBUT_WORDS), first)

    def until_comma(self, at: int) -> int:
        """Where the next comma or conjunction stands, parentheses passed over."""
        while at < self.sentence[1] and self.w(at) not in {",", ";", "and", "but", "while"}:
            at += 1
        return at

    def is_time(self, number: Number) -> bool:
        return self.w(number.last) in {"week", "weeks", "day", "days", "full", "whole"}

    def _joined(self, end: int) -> int:
        """Where the last of the numbers ends that are joined to the one that ends at `end`: `first and second a week ago`."""
        for number in self.numbers:
            between = [self.w(at) for at in range(end, number.start)]
            if number.start > end and between in (["and"], [","], [",", "and"]):
                end = number.last
        return end

    def counted(self, at: int) -> int | None:
        """Where `in 77 countries`, or `in 77` alone, after a rank counts countries."""
        if self.w(at) not in {"in", "across", "of", "on", "throughout"}:
            return None
        for here in range(at + 1, at + 7):
            number = self.scan.number_at.get(here)
            if number is not None:
                unit = self.w(number.last)
                small = number.form is Form.CARDINAL and not number.scaled and number.value <= 300
                alone = small and self.w(at) == "in" and number.start == at + 1 and unit in {"", ".", ",", ";", ")"}
                them = unit == "of" and self.w(number.last + 1) == "them"
                return number.first if unit in COUNTRIES or them or alone else None
        return None

    def debuts(self, first: int, last: int) -> bool:
        near = self.near(first)
        if any(self.said(at) in DEBUT_WORDS for at in range(max(near[0], self._back(first, 5)), first)):
            return not any(self.w(at) in {"re", "again", "since"} for at in range(max(near[0], first - 8), first))
        return self.w(last) in {"debut", "bow", "opening", "premiere", "launch"} or (
            self.w(last) in {"in", "on"} and self.w(last + 1) in {"its", "a"} and self.w(last + 2) in {"debut"}
        )
