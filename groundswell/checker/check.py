"""A text checked: every audience number with its verdict, every other number with how it was read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from groundswell.checker.asked import Asked
from groundswell.checker.decide import Decided, decide
from groundswell.checker.draft import Draft
from groundswell.checker.frames import drafts as drafts_of
from groundswell.checker.lists import Lists
from groundswell.checker.numeral import Form
from groundswell.checker.resolve import Resolver
from groundswell.checker.scan import LONGEST, Scan, scan
from groundswell.checker.sentence import Sentence
from groundswell.checker.series import SeriesReader
from groundswell.claims import say
from groundswell.claims.receipt import digest
from groundswell.core.quantity import plain
from groundswell.core.verdict import Verdict


@dataclass(frozen=True)
class Read:
    """How one number was read: characters `start` to `end`, and why."""

    start: int
    end: int
    status: str
    why: str


@dataclass(frozen=True)
class Checked:
    """A text with its claims and its numbers, in the order of the text."""

    text: str
    released: date | None
    claims: tuple[Decided, ...]
    spans: tuple[tuple[int, int], ...]
    """Of each claim, the characters that state it."""
    windows: tuple[tuple[int, int] | None, ...]
    """Of each claim, the number of weeks behind it that it is of, where one is said."""
    numbers: tuple[Read, ...]

    def summary(self) -> dict[str, int]:
        """How many claims have each verdict."""
        counted = Counter(claim.verdict for claim in self.claims)
        return {verdict.value: counted[verdict] for verdict in Verdict}


def check(text: str, lists: Lists, released: date | None = None) -> Checked:
    """Every number of `text` read, and judged where it states an audience. `InputError` when the text is too long."""
    return check_all([(text, released)], lists)[0]


def check_all(texts: Sequence[tuple[str, date | None]], lists: Lists) -> list[Checked]:
    """What `check` says of each text and its release date, in their order; the claims of all are asked as one set."""
    marked = [scan(text, lists, released) for text, released in texts]
    asked = [_asked(one, lists, released) for one, (_, released) in zip(marked, texts, strict=True)]
    decided = iter(decide([one for several in asked for one in several], lists))
    return [
        _checked(one, released, [next(decided) for _ in several])
        for one, several, (_, released) in zip(marked, asked, texts, strict=True)
    ]


def _asked(marked: Scan, lists: Lists, released: date | None) -> list[Asked]:
    resolver, series = Resolver(marked, lists, released), SeriesReader(marked, lists, released)
    asked: list[Asked] = []
    measure: str | None = None
    for index, (first, last) in enumerate(marked.sentences):
        if last - first > LONGEST:
            continue
        sentence = Sentence(marked, index, measure)
        found = series.read(index, sentence)
        read = {at for one in found for at in range(one.draft.first, one.draft.last)}
        drafts = [draft for draft in drafts_of(sentence) if read.isdisjoint(range(draft.first, draft.last))]
        measure = sentence.measure
        found += [one for draft in drafts if (one := resolver.resolve(index, draft, drafts)) is not None]
        asked += sorted(found, key=lambda one: one.draft.first)
    return asked


def _checked(marked: Scan, released: date | None, decided: list[Decided]) -> Checked:
    drafts = [one.asked.draft for one in decided]
    spans = tuple((marked.tokens[draft.first].start, marked.tokens[draft.last - 1].end) for draft in drafts)
    counted = [marked.number_at[draft.window_at] if draft.window_at is not None else None for draft in drafts]
    windows = tuple((marked.tokens[n.first].start, marked.tokens[n.last - 1].end) if n else None for n in counted)
    return Checked(marked.text, released, tuple(decided), spans, windows, tuple(_numbers(marked, drafts)))


def _numbers(marked: Scan, drafts: list[Draft]) -> list[Read]:
    claimed = {at for draft in drafts for at in range(draft.first, draft.last)}
    claimed |= {draft.window_at for draft in drafts if draft.window_at is not None}
    found = []
    for at, token in enumerate(marked.tokens):
        if at in marked.identifiers and token.is_digits and at not in marked.number_at:
            found.append(Read(token.start, token.end, "identifier", f"part of a {marked.identifiers[at]}"))
    for number in marked.numbers:
        first, last = marked.tokens[number.first], marked.tokens[number.last - 1]
        if any(at in claimed for at in range(number.first, number.last)):
            status, why = "read", "a claim"
        elif number.form in {Form.UNREAD, Form.RANGE}:
            status, why = "unread", number.why
        else:
            status, why = "other", "no audience number" if number.form is not Form.MONEY else "money"
        found.append(Read(first.start, last.end, status, why))
    return sorted(found, key=lambda read: read.start)


def as_json(checked: Checked, lists: Lists) -> dict[str, Any]:
    """The document `check --json` prints, without its format number."""
    return {
        "released": checked.released.isoformat() if checked.released else None,
        "claims": [
            _claim(one, span, checked.text, lists) for one, span in zip(checked.claims, checked.spans, strict=True)
        ],
        "numbers": [
            {"span": [n.start, n.end], "text": checked.text[n.start : n.end], "status": n.status, "why": n.why}
            for n in checked.numbers
        ],
        "summary": checked.summary(),
    }


def _kind(one: Decided) -> str:
    """The kind of a claim; of an amount without its unit the measure that was found to be meant."""
    if one.asked.draft.kind in ("level", "minutes") and not one.asked.of_series:
        return "other"
    if one.judged is not None and one.judged.verdict is one.verdict:
        return one.judged.claim.kind
    return one.asked.draft.kind


def receipt_of(one: Decided, lists: Lists) -> dict[str, Any] | None:
    """The receipt of the reading that decided a claim; None when none did."""
    judged = one.judged
    if judged is None or judged.verdict is not one.verdict:
        return None
    return lists.record.receipt(judged, say(judged.claim.stated))


def _claim(one: Decided, span: tuple[int, int], text: str, lists: Lists) -> dict[str, Any]:
    words = text[span[0] : span[1]]
    judged, draft = one.judged, one.asked.draft
    stated: dict[str, object] = {
        "as": words,
        "value": plain(draft.value),
        "low": None,
        "high": None,
        "relation": "equal",
    }
    if judged is not None:
        stated = {**judged.claim.stated.as_json(), "as": words}
    receipt = receipt_of(one, lists)
    return {
        "span": list(span),
        "text": words,
        "kind": _kind(one),
        "title": one.asked.title or None,
        "season": lists.season(one.asked.subject) or None if one.asked.subject else None,
        "subject": one.asked.subject or None,
        "chart": judged.claim.chart if judged else None,
        "territory": judged.claim.territory if judged else None,
        "period": judged.claim.period.as_json() if judged else None,
        "stated": stated,
        "verdict": one.verdict.value,
        "evidence": judged.evidence.value if judged is not None and judged.evidence is not None else None,
        "found": one.found,
        "reason": one.reason.value if one.reason else None,
        "explanation": one.explanation + (f" [{one.asked.used}]" if one.asked.used else ""),
        "receipt": digest(receipt) if receipt is not None else None,
    }
