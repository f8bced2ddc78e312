"""Countries: on how many lists, and at the top of how many."""

from dataclasses import replace

from groundswell.checker.clause import complement
from groundswell.checker.cue import AT_TOP, OPENING, PRESENT
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.rank import is_rank
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import COUNTRIES, HOURS, LAUNCHES, TOP_VERBS, VIEWS
from groundswell.core.verdict import Reason

_LISTED = frozenset("chart charts charted charting ranked ranking list lists ten".split())


def countries(s: Sentence, number: Number) -> Draft | None:
    at = number.last
    others = s.w(at) in {"other", "more", "additional", "further"}
    if others or s.w(at) in {"different", "separate"}:
        at += 1
    of_all = number.first - 1
    while s.w(of_all) in {"the", "all", "some", "more", "than"}:
        of_all -= 1
    part = s.scan.number_at.get(of_all - 1) if s.w(of_all) == "of" else None
    if part is not None and s.w(at) in COUNTRIES:
        return (
            replace(draft, value=part.value, first=part.start, hedge=part.hedge)
            if (draft := countries(s, replace(part, last=number.last)))
            else None
        )
    them = s.w(at) == "of" and s.w(at + 1) == "them" and number.value > 1
    elided = _elided(s, number)
    if not (s.w(at) in COUNTRIES or them or elided) or number.scaled or number.value > 300:
        return None
    end = at + 2 if them else at if elided else at + 1
    if others or _of_places(s, number) or (s.w(number.start - 1) == "the" and s.w(number.start - 2) == "of"):
        return Draft(
            number.start, end, "reach", number.value, hedge=number.hedge, reason=Reason.VAGUE,
            why="not the countries on whose lists it was, or that it topped",
        )  # fmt: skip
    before = s.near(number.first)[0]
    words = [s.w(n) for n in range(max(before, number.start - 8), number.start)]
    kind = "reach"
    top = any(word in TOP_VERBS for word in words) or any(
        s.has((max(before, number.start - 8), number.start), one) for one in AT_TOP
    )
    top = top or (words[-1:] and words[-2:-1] == ["first"]) or "first" in words[-3:] or "popular" in words[-4:]
    foremost = {"top", "biggest", "best", "leading", "favourite", "favorite", "most"} & set(words[-7:])
    marked = any(s.scan.identifiers.get(n) == "list" for n in range(max(before, number.start - 7), number.start))
    top = top or (bool(foremost) and not marked and "ten" not in words and "10" not in words)
    listed = any(s.scan.identifiers.get(n) == "list" for n in range(max(before, number.start - 12), number.start))
    if top and not (listed and not _after_list(s, before, number.start)):
        kind = "reach_at_top"
    elif not top and number.start <= s.sentence[0] + 1 and _tops_behind(s, end):
        return Draft(
            number.start, end, "reach", number.value, hedge=number.hedge, reason=Reason.VAGUE,
            why="listed or at the top in them",
        )  # fmt: skip
    elif them or "with" in words[-2:] or not _on_lists(s, number, end):
        return Draft(
            number.start, end, "reach", number.value, hedge=number.hedge, reason=Reason.VAGUE,
            why="it is not said on which list",
        )  # fmt: skip
    spoken = [s.w(n) for n in range(*s.clause(number.first))]
    clause = " " + " ".join(spoken) + " "
    when = ("first",) if " in its first week " in clause or any(cue in clause for cue in OPENING) else ("now",)
    draft = Draft(number.start, end, kind, number.value, hedge=number.hedge, when=when)
    since = next(
        (n for n in (*range(*s.near(number.first)), *range(*s.front(number.first))) if s.w(n) == "since"), None
    )
    if since is not None:
        if _launch(s, since + 1):
            return replace(draft, from_first=True)
        return replace(draft, reason=Reason.PARSER_LIMIT, why="since when is not read")
    if (weeks := first_weeks(s, end)) is not None:
        return replace(draft, from_first=True, window=weeks, window_at=end + 3)
    if unread := complement(s.scan, end, s.sentence, s.refs).unread:
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{unread}' is not read")
    return replace(draft, weekly=bool({"week", *PRESENT} & set(spoken)))


def _of_places(s: Sentence, number: Number) -> bool:
    """Whether countries are counted by another place than the first ten or the top: `in the Top 3 in 50 countries`."""
    for one in s.numbers:
        between = [s.w(at) for at in range(one.last, number.start)]
        if one.last > number.start or len(between) > 8 or {"and", ",", "with", "while", "as"} & set(between):
            continue
        placed = (
            is_rank(s, one) or one.form is Form.ORDINAL or s.w(one.first - 1 - (s.w(one.first - 1) == "-")) == "top"
        )
        if placed and one.value > 1 and s.w(one.last) not in {"week", "season"}:
            return True
    return False


def _elided(s: Sentence, number: Number) -> bool:
    """Whether countries are meant that were counted before: `in the Top 10 in 93 countries and No. 1 in 27`."""
    if s.w(number.start - 1) not in {"in", "of"} or s.w(number.last) not in {"", ".", ",", ";", ")", "and"}:
        return False
    return any(s.w(one.last) in COUNTRIES for one in s.numbers if one.last < number.start)


def _launch(s: Sentence, at: int) -> bool:
    """Whether the title's beginning is said at `at`, and no other one's."""
    at += s.w(at) in {"its", "the", "their", "it", "they"}
    return s.w(at) in LAUNCHES and s.w(at + 1) != "of"


def first_weeks(s: Sentence, at: int) -> int | None:
    """The number of weeks of `in its first four weeks` at `at`."""
    if s.w(at) not in {"in", "over", "across", "within", "during"} or s.w(at + 1) not in {"its", "the", "their"}:
        return None
    number = s.scan.number_at.get(at + 3)
    counted = number is not None and number.form is Form.CARDINAL and not number.scaled
    if s.w(at + 2) != "first" or number is None or not counted or s.w(number.last) != "weeks":
        return None
    return int(number.value)


def _on_lists(s: Sentence, number: Number, end: int) -> bool:
    """Whether countries are counted by their lists: a list or a chart is said, or the figure of one stands before."""
    first, last = s.clause(number.first)
    if any(s.w(n) in _LISTED or s.scan.identifiers.get(n) == "list" for n in range(first, last)):
        return True
    return any(s.w(n) in HOURS | VIEWS for n in range(max(s.sentence[0], number.start - 6), number.start)) or (
        s.w(number.start - 1) == "(" and s.w(end) in {")", ","}
    )


def _tops_behind(s: Sentence, end: int) -> bool:
    """Whether the sentence goes on with being at the top: `In 77 countries …, X was number one`."""
    behind = (end, s.sentence[1])
    return any(s.has(behind, words) for words in AT_TOP) or any(s.said(n) in TOP_VERBS for n in range(*behind))


def _after_list(s: Sentence, begin: int, start: int) -> bool:
    """Whether the word of the top stands after the list's name, nearest to the number, or the list is what is topped."""
    marks = [n for n in range(begin, start) if s.scan.identifiers.get(n) == "list"]
    if not marks or any(s.w(n) in TOP_VERBS or s.w(n) == "first" for n in range(marks[-1], start)):
        return True
    if any(s.has((marks[-1], start), words) for words in AT_TOP):
        return True
    if any(
        s.w(n) in {"biggest", "leading"} or (s.w(n) == "top" and s.w(n + 1) != "10") for n in range(marks[-1], start)
    ):
        return True
    before = marks[-1] - 1 - (s.w(marks[-1] - 1) == "-")
    while s.w(before) in {"top", "the", "netflix", "'s"}:
        before -= 1
    return s.w(before) in TOP_VERBS
