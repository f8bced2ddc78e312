"""A receipt: everything needed to ask a claim again, and nothing that is ever executed.

Its id is the sha256 of its RFC 8785 form; its `as_of` is the latest `known_from` among its snapshots, so the same data gives the
same id on any machine. `verify` compiles the typed claim again and compares; the SQL in a receipt is for people.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import rfc8785

from groundswell.claims.ask import sql_of
from groundswell.claims.claim import Claim, Judged
from groundswell.claims.quantity import read, say
from groundswell.core.errors import InputError
from groundswell.core.period import Period, read_day
from groundswell.core.quantity import plain

MOST_ROWS = 50
_DEFINITION = 1
"""Raised when the meaning of any claim kind changes."""


def digest(document: object) -> str:
    """`sha256:` of a document's canonical form."""
    return "sha256:" + hashlib.sha256(rfc8785.dumps(document)).hexdigest()  # type: ignore[arg-type]


def definition(kind: str) -> str:
    """The digest of what a kind of claim means: its SQL and the version of its comparison."""
    return digest({"kind": kind, "sql": sql_of(kind), "version": _DEFINITION})


def receipt(judged: Judged, snapshots: Mapping[str, Mapping[str, object]], sentence: str) -> dict[str, Any]:
    """The receipt of a judged claim. `snapshots` gives each snapshot's origin, `known_from` and feed."""
    rows = [_canonical(row) for row in judged.found.rows]
    used = {snapshot: _canonical(snapshots[snapshot]) for snapshot in judged.snapshots}
    return {
        "format": 1,
        "sentence": sentence,
        "said": say(judged.claim.stated),
        "claim": _canonical(judged.claim.as_json()),
        "definition": definition(judged.claim.kind),
        "as_of": max((str(snapshot["known_from"]) for snapshot in used.values()), default=None),
        "verdict": judged.verdict.value,
        "evidence": judged.evidence.value if judged.evidence else None,
        "found": _canonical(judged.found.value),
        "reason": judged.found.reason.value if judged.found.reason else None,
        "explanation": judged.explanation,
        "snapshots": used,
        "rows": rows[:MOST_ROWS],
        "rows_count": len(rows),
        "rows_digest": digest(rows),
        "sql": sql_of(judged.claim.kind),
    }


def claim_of(document: Mapping[str, Any]) -> Claim:
    """The typed claim a receipt holds, its quantity read again from the words; `InputError` when it holds none."""
    try:
        typed = document["claim"]
        first, last = (read_day(day) for day in typed["period"])
        return Claim(
            kind=typed["kind"],
            subject=typed["subject"],
            chart=typed["chart"],
            territory=typed["territory"],
            period=Period(first, last),
            stated=read(typed["stated"]["as"], typed["kind"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a receipt of this project: {error!r}") from None


def compare(
    document: Mapping[str, Any], again: Callable[[Claim, str | None], dict[str, Any] | None], sentence_of: str
) -> tuple[str, str]:
    """`same`, `changed` or `unknown`, and why. `again(claim, as_of)` makes the receipt anew; None: a snapshot is not held."""
    claim = claim_of(document)
    then = again(claim, document.get("as_of"))
    if then is None:
        return "unknown", "a snapshot it rests on is not held here; load it and verify again"
    then["sentence"] = sentence_of
    if digest(then) != digest(dict(document)):
        differing = sorted(key for key in {*then, *document} if then.get(key) != document.get(key))
        return "changed", f"asked again as of {document.get('as_of')}, the receipt differs in: {', '.join(differing)}"
    now = again(claim, None)
    if now is None or (now["verdict"], now["found"]) != (document["verdict"], document["found"]):
        found = "nothing" if now is None else f"{now['verdict']}, {now['explanation']}"
        return "changed", f"by what is known now: {found}"
    return "same", then["explanation"]


def _canonical(value: object) -> Any:
    """Plain JSON values: whole numbers as numbers, other exact decimals as text, days in ISO form."""
    if isinstance(value, Decimal):
        whole = plain(value)
        return whole if isinstance(whole, int) else str(whole)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _canonical(item) for key, item in value.items() if key != "load_id"}
    if isinstance(value, (list, tuple)):
        return [_canonical(item) for item in value]
    return value
