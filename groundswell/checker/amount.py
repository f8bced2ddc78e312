"""Hours, views and what else is counted of an audience: one week's figure, an earlier week's, or a total."""

from dataclasses import replace

from groundswell.checker.clause import complement
from groundswell.checker.draft import Draft
from groundswell.checker.numeral import Form, Number
from groundswell.checker.reach import first_weeks
from groundswell.checker.sentence import Sentence
from groundswell.checker.words import AUDIENCE, HOURS, VIEWS
from groundswell.core.verdict import Reason

_UNIT_ADJECTIVES = frozenset(
    "viewing streaming viewed total watch watched global worldwide more additional estimated".split()
)
_AFTER_AMOUNT = frozenset(
    "and for in on to from during over but while this last a at as since after when across with against respectively so "
    "worldwide globally over of ( the seven just one more".split()
)
_GAINED = frozenset("gained lost shed gaining losing shedding gains".split())
_DIFFERENCES = frozenset(
    "improvement increase rise gain jump boost drop fall decline decrease loss difference gap lead margin advantage deficit".split()
)
_WEEKLY = (" week on week ", " week over week ", " week - on - week ", " week - over - week ", " on the week ")
_ADDED = frozenset("another additional further added adding adds extra fresh".split())
_TOTAL_WORDS = frozenset(
    "total totals totalled totaled totalling totaling cumulative altogether accumulated amassed cumulatively".split()
)
_TOTAL_BEFORE = (
    " total to ", " total of ", " sum of ", " tally to ", " stand at ", " stood at ", " stands at ", " standing at ",
    " now been watched for ", " have brought ", " in all ", " now reached ", " so far ", " overall total ", " to date ",
    " sits at ", " sits on ", " sitting at ", " sitting on ", " stood on ", " stands on ",
)  # fmt: skip
_TOTAL_AFTER = (
    " in all ", " in total ", " altogether ", " to date ", " so far ", " to its name ", " since ", " overall ",
    " all told ", " cumulatively ",
)  # fmt: skip


def amount(s: Sentence, number: Number) -> Draft | None:
    """Hours, views, and what else is counted of an audience."""
    at, unit, end = number.last, "", number.last
    if s.w(at) == "-":
        at += 1
    skipped = 0
    while s.w(at) in _UNIT_ADJECTIVES and skipped < 3:
        at, skipped = at + 1, skipped + 1
    word = s.w(at)
    large = number.scaled or number.value >= 10_000
    if word in HOURS and large:
        unit, end = "hours_viewed", _past_hours(s, at + 1)
    elif word in VIEWS and large:
        unit, end = "views", at + 1
    elif word == "minutes" and large:
        draft = Draft(number.start, at + 1, "minutes", number.value, number.step, number.hedge)
        return replace(draft, when=s.when(number, at + 1))
    elif word in AUDIENCE and large:
        return Draft(
            number.start,
            at + 1,
            "level",
            number.value,
            number.step,
            number.hedge,
            reason=Reason.EXTERNAL,
            why=f"{s.scan.tokens[at].text} are not what the lists held count",
        )
    elif not number.scaled or number.value < 50_000:
        return None
    elif s.scan.tokens[number.last - 1].end and not _bare(s, number):
        if s.w(number.last + 1) in VIEWS | HOURS:
            return Draft(
                number.start,
                number.last + 2,
                "level",
                number.value,
                number.step,
                number.hedge,
                reason=Reason.EXTERNAL,
                why=f"'{s.scan.tokens[number.last].text}' is not read",
            )
        return None
    if unit and (compared := _compared(s, number, at - skipped, end, unit)) is not None:
        return compared
    measures = (unit,) if unit else _measures(s, number)
    if unit:
        s.measure = unit
    rest = complement(s.scan, end, s.sentence, s.refs)
    kind, window, sure = _total(s, number, end)
    from_first = kind == "total" and window is not None and first_weeks(s, end) == window
    behind = _window(s, end, s.near(number.first)[1]) if kind == "total" else None
    when = s.when(number, end)
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
        window_at=behind[1] if behind else None,
        from_first=from_first,
        listing=rest.listing,
        unitless=not unit,
        audience=bool(unit) or bool(s.measure),
        weekly=any(s.w(at) == "week" for at in range(*s.near(number.first))),
    )
    if not sure:
        return replace(draft, reason=Reason.DEFINITION_DIFFERS, why="one week's figure or a sum of several")
    if rest.territory:
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why="no figures of one territory are printed")
    if rest.unread:
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread}' is not read")
    before = number.start - 1
    while s.w(before) in {"a", "an", "just", "only", "some"}:
        before -= 1
    ahead = s.w(before)
    moved = ahead in {"up", "down"} and s.w(before - 1) in {",", "(", "–", "—", "is", "was", "itself"}
    if ahead == "by" or moved or ahead in _GAINED or (ahead == "of" and s.w(number.start - 2) in _DIFFERENCES):
        return replace(draft, reason=Reason.PARSER_LIMIT, why="a difference between two weeks")
    if _scored(s, number, end):
        return replace(draft, reason=Reason.VAGUE, why="two figures set against each other")
    if s.w(end) in {"to", "for", "by"} and _season_behind(s, end + 1):
        return replace(draft, reason=Reason.AMBIGUOUS_SUBJECT, why="the season behind it may be meant")
    if s.w(end) in {"more", "fewer", "less"} or any(
        cue in f" {' '.join(s.words(s.near(number.first)))} " for cue in _WEEKLY
    ):
        return replace(draft, reason=Reason.PARSER_LIMIT, why="a difference")
    return draft


def _scored(s: Sentence, number: Number, end: int) -> bool:
    """One of `133.12M to 129.28M hours`: a comparison, not a range with `from`."""
    behind = s.scan.number_at.get(end + 1) if s.w(end) == "to" else None
    ahead = s.scan.number_at.get(number.start - 2) if s.w(number.start - 1) == "to" else None
    first = number if behind is not None else ahead
    both = [one for one in (behind, ahead) if one is not None and (one.scaled or one.value >= 10_000)]
    return bool(both) and first is not None and s.w(first.start - 1) not in {"from", "rose", "fell", "climbed", "went"}


def _season_behind(s: Sentence, at: int) -> bool:
    """Whether another season is said at `at`: `to the first`, `for season one`."""
    at += s.w(at) in {"the", "its"}
    other = s.scan.number_at.get(at)
    ordinal = other is not None and other.form is Form.ORDINAL and s.w(other.last) in {"", ".", ",", ";", "and"}
    return ordinal or s.scan.identifiers.get(at) == "season"


def _compared(s: Sentence, number: Number, begin: int, end: int, unit: str) -> Draft | None:
    """`5 million more views than X`, `5 million views fewer than X`: the difference between two titles in one week."""
    side = next((n for n in (*range(begin, end), end) if s.w(n) in {"more", "fewer", "less"}), None)
    than = end + (side == end)
    if side is None or s.w(than) != "than":
        return None
    value = number.value if s.w(side) == "more" else -number.value
    draft = Draft(number.start, than, "comparison", value, number.step, number.hedge, measures=(unit,))
    ref = next((one for one in s.refs if than < one.first <= than + 2), None)
    if ref is None or s.when(number, than) != ("now",):
        return replace(
            draft, reason=Reason.PARSER_LIMIT, why="compared with something else than a title's figure that week"
        )
    rest = complement(s.scan, ref.last, s.sentence, s.refs)
    if rest.unread or s.w(ref.last) == "'s":
        return replace(draft, reason=Reason.UNREAD_QUALIFIER, why=f"'{rest.unread or 's'}' is not read")
    return replace(draft, versus_at=ref.first)


def _past_hours(s: Sentence, at: int) -> int:
    if s.w(at) in {"viewed", "streamed", "watched", "viewing"}:
        return at + 1
    if s.w(at) == "of" and s.w(at + 1) in {"viewing", "watching", "streaming", "viewership"}:
        return at + 2
    return at


def _bare(s: Sentence, number: Number) -> bool:
    """Whether nothing unknown is counted: the number ends its phrase."""
    if number.last >= s.sentence[1]:
        return True
    token = s.scan.tokens[number.last]
    return not token.is_word or token.word in _AFTER_AMOUNT


def _measures(s: Sentence, number: Number) -> tuple[str, ...]:
    for other in s.numbers:
        if other.first > number.first:
            unit = s.w(other.last) if s.w(other.last) != "-" else s.w(other.last + 1)
            if unit in HOURS | VIEWS and s.measure is None:
                return ("hours_viewed",) if unit in HOURS else ("views",)
    if s.measure:
        return (s.measure,)
    said = next(
        (s.said(at) for at in range(number.first - 1, s.sentence[0] - 1, -1) if s.said(at) in HOURS | VIEWS), ""
    )
    return ("hours_viewed",) if said in HOURS else ("views",) if said else ("views", "hours_viewed")


def _total(s: Sentence, number: Number, end: int) -> tuple[str, int | None, bool]:
    """Whether an amount is a week's or a total, of how many weeks, and whether that is sure."""
    near = s.near(number.first)
    begin = max((n.last for n in s.numbers if n.last <= number.start), default=near[0])
    begin = max(begin, near[0])
    stop = min((n.start for n in s.numbers if n.start >= number.last), default=near[1])
    stop = min(stop, near[1])
    titles = s.scan.identifiers
    before = [s.w(at) for at in range(begin, number.start) if titles.get(at) != "title"]
    after = [s.w(at) for at in range(end, stop) if titles.get(at) != "title"]
    if any(word in _ADDED for word in before[-5:]):
        return "week", None, True
    if {"window", "official", "officially"} & set(after[:9]) or {"window", "official", "officially"} & set(before):
        return "total", None, False
    if any(s.w(at) == "first" and _first_days(s, at + 1) > 10 for at in range(end, near[1])):
        return "total", None, False
    window = _window(s, end, near[1])
    if window is not None:
        return ("total", window[0], True) if window[0] > 1 else ("week", None, True)
    led = _leading_window(s, near[0], number.start)
    if led is not None:
        return "total", led, True
    if {"has", "have", "stands"} & set(before):
        fronted = _fronted(s)
        if fronted is not None:
            return "total", fronted or None, True
    if before[-1:] in (["past"], ["crossed"], ["passed"], ["surpassed"], ["cleared"]):
        return "total", None, False
    line = end + (s.w(end) in {"mark", "line", "milestone", "barrier", "threshold"})
    if line > end:
        return "total", None, False
    text = " " + " ".join(before[-7:]) + " "
    if any(word in _TOTAL_WORDS for word in before[-6:]) or any(cue in text for cue in _TOTAL_BEFORE):
        return "total", None, True
    tail = " " + " ".join(after[:6]) + " "
    if any(cue in tail for cue in _TOTAL_AFTER) or (after[:1] == ["total"]) or "since" in after[:5]:
        return "total", None, True
    if (
        s.scan.word(number.start - 1) == "("
        and begin
        and any(
            n.last > number.start - 5 and _total(s, n, n.last)[0] == "total" for n in s.numbers if n.last < number.start
        )
    ):
        return "total", None, True
    if any(cue in text for cue in (" has now ", " have now ", " now has ", " now at ", " is at ", " stands at ")):
        return "total", None, True
    if before[-1:] in (["has"], ["have"]) or any(word in {"piled", "racked", "logged-up"} for word in before[-4:]):
        return "week", None, False
    return "week", None, True


def _window(s: Sentence, at: int, stop: int) -> tuple[int, int] | None:
    """The number of weeks of `in two weeks`, `after 17 days`, right after an amount, and the token it stands at."""
    if s.w(at) not in {"in", "over", "after", "across", "within", "during", "through"}:
        return None
    at += 1
    while s.w(at) in {"its", "the", "their", "just", "only", "over"}:
        at += 1
    first = s.w(at) == "first"
    at += first
    if first and _first_days(s, at) > 10:
        return None
    number = s.scan.number_at.get(at)
    if number is None or number.form is not Form.CARDINAL or number.scaled or at >= stop:
        return None
    unit = s.w(number.last)
    if unit in {"weeks", "week"}:
        return int(number.value), number.first
    if unit in {"days", "day"}:
        return -(-int(number.value) // 7), number.first
    return None


def _first_days(s: Sentence, at: int) -> int:
    number = s.scan.number_at.get(at)
    if number is None or number.scaled or s.w(number.last) not in {"days", "day"}:
        return 0
    return int(number.value)


def _leading_window(s: Sentence, begin: int, start: int) -> int | None:
    """The weeks of `two weeks have brought`, `a two-week total of`; of `two weeks in, it has`."""
    for at in range(begin, start):
        number = s.scan.number_at.get(at)
        if number is not None and number.form is Form.CARDINAL and not number.scaled:
            here = number.last + (s.w(number.last) == "-")
            if s.w(here) in {"week", "weeks"} and any(
                s.w(n) in {"have", "brought", "sum", "total", "tally", "haul"} for n in range(here + 1, start)
            ):
                return int(number.value)
    return None


def _fronted(s: Sentence) -> int | None:
    """The weeks of `In four weeks, …`, `Two weeks in, …` at the beginning of the sentence; 0 for `Through August 11, …`."""
    at = s.sentence[0]
    if s.w(at) == "through" and s.scan.identifiers.get(at + 1) == "date":
        return 0
    at += s.w(at) in {"in", "after", "over", "across"}
    number = s.scan.number_at.get(at)
    if number is None or number.form is not Form.CARDINAL or number.scaled or s.w(number.last) != "weeks":
        return None
    return int(number.value) if number.first > s.sentence[0] or s.w(number.last + 1) in {"in", "into", "on"} else None
