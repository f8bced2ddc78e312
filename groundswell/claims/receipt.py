"""A receipt: everything needed to ask a claim again, and nothing that is ever executed.

Its id is the sha256 of its RFC 8785 form; its `as_of` is the latest `known_from` among its snapshots, so the same data gives the
same id on any machine. `verify` compiles the typed claim again and compares; the SQL in a receipt is for people.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec
import rfc8785

from groundswell.claims.ask import sql_of
from groundswell.claims.claim import Claim, Judged, Way
from groundswell.claims.quantity import read, say
from groundswell.core.errors import InputError
from groundswell.core.period import Period
from groundswell.core.quantity import plain

MOST_ROWS = 50
_EXACT_IN_JSON = 2**53 - 1
_DEFINITION = 1
"""Raised when the meaning of any claim kind changes."""


def digest(document: object) -> str:
    """`sha256:` of a document's canonical form."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(document)).hexdigest()  # type: ignore[arg-type]


def definition(kind: str, measure: str = "") -> str:
    """The digest of what a kind of claim means: its SQL, that of a derived measure, and the version of its comparison."""
    return digest({"kind": kind, "sql": sql_of(kind, measure), "version": _DEFINITION})


def receipt(judged: Judged, snapshots: Mapping[str, Mapping[str, object]], sentence: str) -> dict[str, Any]:
    """The receipt of a judged claim. `snapshots` gives each snapshot's origin, `known_from` and feed."""
    rows = [_canonical(row) for row in judged.found.rows]
    used = {snapshot: _canonical(snapshots[snapshot]) for snapshot in judged.snapshots}
    return {
        "format": 1,
        "sentence": sentence,
        "said": say(judged.claim.stated),
        "claim": _canonical(judged.claim.as_json()),
        "definition": definition(judged.claim.kind, judged.claim.measure),
        "as_of": max((str(s["known_from"]) for s in used.values()), key=datetime.fromisoformat, default=None),
        "verdict": judged.verdict.value,
        "evidence": judged.evidence.value if judged.evidence else None,
        "found": _canonical(judged.found.value),
        "reason": judged.found.reason.value if judged.found.reason else None,
        "explanation": judged.explanation,
        "snapshots": used,
        "rows": rows[:MOST_ROWS],
        "rows_count": len(rows),
        "rows_digest": digest(rows),
        **({"sensitivity": _canonical(judged.found.sensitivity)} if judged.found.sensitivity else {}),
        "sql": sql_of(judged.claim.kind, judged.claim.measure),
    }


class _Typed(msgspec.Struct):
    kind: str
    subject: str
    territory: str
    period: tuple[date, date]
    stated: dict[str, Any]
    chart: str = ""
    measure: str = ""
    versus: str = ""
    base: tuple[date, date] | None = None
    base_as: Way = ""


class _Receipt(msgspec.Struct):
    claim: _Typed
    sentence: str
    as_of: Annotated[datetime, msgspec.Meta(tz=True)] | None
    snapshots: dict[str, Any]
    verdict: str
    found: Any


def read_receipt(data: bytes) -> dict[str, Any]:
    """The receipt in a file's bytes; `InputError` when they are none."""
    try:
        document = msgspec.json.decode(data)
        digest(document)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise InputError(f"not a receipt of this project: {str(error)[:200]}") from None
    _typed(document)
    return dict(document)


def _typed(document: object) -> tuple[_Receipt, Claim]:
    """What a receipt says, its claim with the quantity read again from the words."""
    if not isinstance(document, Mapping) or document.get("format") != 1:
        raise InputError("not a receipt of this project: no format 1")
    try:
        typed = msgspec.convert(document, _Receipt)
        words = typed.claim.stated["as"]
        if not isinstance(words, str):
            raise InputError("not a receipt of this project: its claim states no words")
    except (msgspec.ValidationError, KeyError) as error:
        raise InputError(f"not a receipt of this project: {error}") from None
    claim = typed.claim
    stated = read(words, claim.kind)
    of = (claim.kind, claim.subject, claim.chart, claim.territory, Period(*claim.period), stated)
    base = Period(*claim.base) if claim.base else None
    return typed, Claim(*of, claim.measure, claim.versus, base, claim.base_as)


def compare(
    documents: Sequence[Mapping[str, Any]],
    held: Collection[str],
    again: Callable[[Sequence[Claim], datetime | None], Sequence[dict[str, Any]]],
) -> list[tuple[str, str]]:
    """`same`, `changed` or `unknown` of each receipt, and why, in their order.

    `held` are the snapshots there are; `again` makes the receipts of claims anew, as known at a moment or now, and is called
    once for each moment.
    """
    read = [_typed(document) for document in documents]
    found: dict[int, tuple[str, str]] = {}
    known: dict[datetime | None, list[int]] = {}
    for n, (typed, _) in enumerate(read):
        if set(typed.snapshots) <= set(held):
            known.setdefault(typed.as_of, []).append(n)
        else:
            found[n] = "unknown", "a snapshot it rests on is not held here; load it and verify again"
    for as_of, of in known.items():
        for n, then in zip(of, again([read[n][1] for n in of], as_of), strict=True):
            document = dict(documents[n])
            found[n] = "same", str(then["explanation"])
            if digest(then) != digest(document):
                differing = sorted(key for key in {*then, *document} if then.get(key) != document.get(key))
                why = f"asked again as of {document['as_of']}, the receipt differs in: {', '.join(differing)}"
                found[n] = "changed", why
    same = [n for n, (outcome, _) in found.items() if outcome == "same"]
    for n, now in zip(same, again([read[n][1] for n in same], None) if same else (), strict=True):
        if (now["verdict"], now["found"]) != (read[n][0].verdict, read[n][0].found):
            found[n] = "changed", f"by what is known now: {now['verdict']}, {now['explanation']}"
    return [found[n] for n in range(len(read))]


def _canonical(value: object) -> Any:
    """Plain JSON values: whole numbers as numbers, other and very large ones as text, days in ISO form."""
    if isinstance(value, Decimal):
        value = plain(value)
    if isinstance(value, Decimal) or (isinstance(value, int) and abs(value) > _EXACT_IN_JSON):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items() if key != "load_id"}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    return value
