"""A text checked against a desk, its receipts kept, and what a page shows of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from groundswell.catalog import code_of, name_of
from groundswell.checker import Checked, Lists, as_json, check, receipt_of
from groundswell.claims import Record
from groundswell.claims.receipt import digest
from groundswell.core.origin import Evidence
from groundswell.core.period import Period
from groundswell.core.verdict import Verdict
from groundswell.newsroom.desk import Desk
from groundswell.store import Store
from groundswell.store.files import write_whole

MARKS = {Verdict.SUPPORTED: "✓", Verdict.REFUTED: "✗", Verdict.UNDECIDABLE: "?"}


@dataclass(frozen=True)
class Outcome:
    """A text with its verdicts; `document` is what `check --json` prints, `receipts` has one a claim, or None."""

    checked: Checked
    document: dict[str, Any]
    receipts: list[dict[str, Any] | None]


def check_text(desk: Desk, text: str, released: date | None) -> Outcome:
    """Every audience number of `text` with its verdict; receipts are kept beside those of stories."""
    with Store(desk.store_folder, code_of).open() as engine:
        lists = Lists(Record(engine, desk.catalog, desk.charts))
        checked = check(text, lists, released)
        document = as_json(checked, lists)
        receipts = [receipt_of(claim, lists) for claim in checked.claims]
    for receipt in receipts:
        if receipt is not None:
            path = desk.store_folder / "receipts" / (digest(receipt).removeprefix("sha256:") + ".json")
            write_whole(path, json.dumps(receipt, ensure_ascii=False, indent=1).encode())
    return Outcome(checked, document, receipts)


@dataclass(frozen=True)
class Shown:
    """A claim as a reader sees it: its words, a verdict with a sign, how it was read, what was found and on what it rests."""

    number: int
    words: str
    state: str
    mark: str
    verdict: str
    reading: tuple[str, ...]
    explanation: str
    receipt: dict[str, Any] | None
    receipt_id: str | None


def shown(outcome: Outcome, desk: Desk) -> list[Shown]:
    """Its claims, in the order of the document."""
    return [
        _shown(number, claim, receipt, desk)
        for number, (claim, receipt) in enumerate(zip(outcome.document["claims"], outcome.receipts, strict=True), 1)
    ]


def _shown(number: int, claim: dict[str, Any], receipt: dict[str, Any] | None, desk: Desk) -> Shown:
    verdict = Verdict(claim["verdict"])
    simulated = claim["evidence"] == Evidence.SIMULATED.value
    proof = simulated and verdict is Verdict.SUPPORTED
    named = [claim["title"] or claim["subject"], claim["season"]]
    territory = claim["territory"]
    period = claim["period"]
    reading = (
        claim["kind"].replace("_", " "),
        *dict.fromkeys(name for name in named if name),
        *([desk.charts.get(claim["chart"]).title] if claim["chart"] else []),
        *([name_of(territory)] if territory not in (None, "WW", "*") else []),
        *([Period(*map(date.fromisoformat, period)).in_words()] if period else []),
    )
    return Shown(
        number=number,
        words=claim["text"],
        state="simulated" if proof else verdict.value,
        mark="◇" if proof else MARKS[verdict],
        verdict=verdict.value
        + (f" ({claim['reason'].replace('_', ' ')})" if claim["reason"] else "")
        + (" (simulated)" if simulated else ""),
        reading=reading,
        explanation=claim["explanation"],
        receipt=receipt,
        receipt_id=claim["receipt"],
    )


def pieces(outcome: Outcome, claims: list[Shown]) -> Iterator[tuple[str, Shown | None]]:
    """The text in order: words that claim nothing, and words that state a claim; of claims that overlap the first."""
    text, at = outcome.checked.text, 0
    spans = sorted((*claim["span"], number) for number, claim in enumerate(outcome.document["claims"]))
    for begin, end, number in spans:
        if begin >= at:
            yield text[at:begin], None
            yield text[begin:end], claims[number]
            at = end
    yield text[at:], None
