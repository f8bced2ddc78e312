"""Receipts: the same anywhere, asked again without believing or running a word of them."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from groundswell.claims import Record
from groundswell.claims.receipt import digest, read_receipt
from groundswell.core.errors import InputError
from groundswell.store.snapshots import digest as digest_of_bytes
from tests.claims.lists import Lists, claim, judge_one
from tests.command import ok, run, tree

DAYS = "2022-04-25/2022-05-01"


@pytest.fixture
def desk(paper: Path) -> Path:
    """The small newsroom, built."""
    ok("-C", paper, "build")
    return paper


@pytest.fixture(scope="module")
def built(loaded_paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for tests that change nothing."""
    folder = Path(shutil.copytree(loaded_paper, tmp_path_factory.mktemp("built") / "paper"))
    ok("-C", folder, "build")
    return folder


def _receipts(desk: Path) -> dict[str, dict[str, Any]]:
    """What the receipts say → receipt."""
    documents = [json.loads(path.read_bytes()) for path in (desk / ".groundswell" / "receipts").glob("*.json")]
    return {document["sentence"]: document for document in documents}


def _write(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_the_same_files_give_the_same_receipts_in_another_desk_at_another_moment(desk: Path, tmp_path: Path) -> None:
    other = tmp_path / "somewhere" / "else"
    shutil.copytree(desk, other, ignore=shutil.ignore_patterns(".groundswell", "site"))
    ok("-C", other, "load", "--all")
    ok("-C", other, "build")
    (desk_files, other_files) = (tree(folder / "site" / "receipts") for folder in (desk, other))
    assert len(desk_files) == 4
    assert desk_files == other_files


def test_an_id_is_the_sha256_of_the_canonical_form(built: Path) -> None:
    """RFC 8785 by hand: sorted keys, no blanks, UTF-8; no number of a receipt is written otherwise than by Python."""
    for name, raw in tree(built / "site" / "receipts").items():
        document = json.loads(raw)
        canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert raw == canonical
        assert name == hashlib.sha256(canonical).hexdigest() + ".json"
        assert digest(document) == "sha256:" + name.removesuffix(".json")


def test_a_receipt_holds_what_it_takes_to_ask_again(built: Path) -> None:
    receipt = _receipts(built)["3 countries"]
    [(snapshot, made_of)] = receipt["snapshots"].items()
    assert snapshot == digest_of_bytes((built / "data" / "countries.csv").read_bytes())
    assert made_of["origin"]["producer"] == "The Almanac"
    assert receipt["as_of"] == made_of["known_from"] == "2022-06-01T00:00:00Z"
    assert (receipt["verdict"], receipt["evidence"], receipt["found"]) == ("supported", "published", 3)
    assert receipt["claim"]["stated"] == {"as": "3 countries", "value": 3, "low": 3, "high": 3, "relation": "equal"}
    assert (receipt["rows_count"], len(receipt["rows"])) == (4, 4)
    assert "decisive" in receipt["sql"]


def test_as_of_is_the_latest_moment_a_snapshot_was_known() -> None:
    lists = Lists()
    moments = [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)]
    for week, known in zip(("2022-05-01", "2022-05-08"), moments, strict=True):
        lists.add(f"period_end,rank,title\n{week},1,alder", known_from=known)
    record = lists.record()
    for days, as_of in ((DAYS, "2026-01-01T00:00:00Z"), ("2022-05-02/2022-05-08", "2026-01-01T00:00:00.500000Z")):
        judged = judge_one(record, claim("at least one week", "weeks_on_chart", "alder", days))
        assert record.receipt(judged, "at least one week")["as_of"] == as_of


def test_a_number_that_rests_on_absence_names_its_snapshot_and_moment() -> None:
    record = _little_record()
    words = "fewer than two weeks"
    receipt = record.receipt(judge_one(record, claim(words, "weeks_on_chart", "birch", DAYS)), words)
    assert (receipt["rows"], receipt["as_of"], len(receipt["snapshots"])) == ([], "2026-01-01T00:00:00Z", 1)


def test_numbers_larger_than_json_holds_exactly_are_text() -> None:
    lists = Lists()
    lists.add("period_end,rank,title,hours_viewed\n2022-05-01,1,alder,9007199254740993")
    record = lists.record()
    receipt = record.receipt(judge_one(record, claim("over 9 hours", "hours_viewed", "alder", DAYS)), "over 9 hours")
    assert receipt["found"] == receipt["rows"][0]["value"] == "9007199254740993"
    assert digest(receipt).startswith("sha256:")


def _little_record() -> Record:
    lists = Lists()
    lists.add("period_end,rank,title,hours_viewed\n2022-05-01,1,alder,10.5")
    return lists.record()


def test_decimals_are_text_and_read_back_exactly() -> None:
    record = _little_record()
    receipt = record.receipt(judge_one(record, claim("10.5 hours", "hours_viewed", "alder", DAYS)), "10.5 hours")
    assert Decimal(receipt["found"]) == Decimal("10.5")


def test_verify_says_same(built: Path) -> None:
    assert ok("-C", built, "verify").out == "4 same, 0 changed, 0 unknown\n"
    document = ok("-C", built, "verify", "--json").json
    assert {result["outcome"] for result in document["receipts"]} == {"same"}
    names = {path.stem for path in (built / ".groundswell" / "receipts").iterdir()}
    assert {result["receipt"].removeprefix("sha256:") for result in document["receipts"]} == names


def test_verify_takes_the_beginning_of_an_id_or_a_file(built: Path) -> None:
    path = next((built / ".groundswell" / "receipts").iterdir())
    for name in (path, path.stem[:12], f"sha256:{path.stem[:20]}"):
        assert len(ok("-C", built, "verify", name).out.splitlines()) == 1
    run("-C", built, "verify", "0" * 64).refused("no receipt begins with")
    run("-C", built, "verify", "../*").refused("no receipt begins with '../*'")


def test_a_newer_edition_with_another_figure_is_a_change_and_says_the_new_value(desk: Path) -> None:
    data, sidecar = desk / "data" / "tv.csv", desk / "data" / "tv.csv.origin.toml"
    data.write_text(data.read_text().replace("23940000", "23950000"))
    sidecar.write_text(sidecar.read_text().replace("fetched = 2022-06-01", "fetched = 2022-06-02"))
    ok("-C", desk, "load", "--all")
    ran = run("-C", desk, "verify")
    assert (ran.code, ran.err) == (1, "")
    [changed] = [line for line in ran.out.splitlines() if line.startswith("changed: ")]
    assert '"23.94 million hours": by what is known now: supported, ' not in changed
    assert changed.startswith('changed: "23.94 million hours": by what is known now: refuted, ')
    assert changed.endswith("found 23,950,000 hours")
    outcomes = {r["says"]: r["outcome"] for r in json.loads(run("-C", desk, "verify", "--json").out)["receipts"]}
    assert sorted(outcomes.values()) == ["changed", "same", "same", "same"]


def test_a_newer_edition_that_says_the_same_changes_nothing(desk: Path) -> None:
    data, sidecar = desk / "data" / "tv.csv", desk / "data" / "tv.csv.origin.toml"
    data.write_text(data.read_text() + "\n")
    sidecar.write_text(sidecar.read_text().replace("fetched = 2022-06-01", "fetched = 2022-06-02"))
    assert '"vintage":"new"' in ok("-C", desk, "load", "--all", "--json").out
    ok("-C", desk, "verify")


def test_no_word_of_a_receipt_is_executed(built: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    receipt = _receipts(built)["3 countries"]
    receipt["sql"] = f"COPY (SELECT 1) TO '{canary}'; DROP TABLE loads"
    before = tree(built)
    ran = run("-C", built, "verify", _write(tmp_path, receipt))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith(
        'changed: "3 countries": asked again as of 2022-06-01T00:00:00Z, the receipt differs in: sql\n'
    )
    assert not canary.exists()
    assert tree(built) == before


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda r: r.update(verdict="refuted"), "verdict"),
        (lambda r: r.update(found=4), "found"),
        (lambda r: r.update(sentence="4 countries"), "sentence"),
        (lambda r: r.update(explanation="trust us"), "explanation"),
        (lambda r: r.update(evidence="captured"), "evidence"),
        (lambda r: r["rows"].pop(), "rows"),
        (lambda r: r.update(rows_digest="sha256:0"), "rows_digest"),
        (lambda r: r.update(definition="sha256:0"), "definition"),
        (lambda r: r.update(extra=1), "extra"),
        (lambda r: r["claim"]["stated"].update(value=4), "claim"),
        (lambda r: r["claim"].update(subject="tin-badger"), "found"),
        (lambda r: next(iter(r["snapshots"].values()))["origin"].update(producer="Somebody else"), "snapshots"),
        (lambda r: r.update(as_of="2022-05-31T23:59:59Z"), "as_of"),
    ],
)
def test_a_tampered_receipt_differs_and_says_where(
    built: Path, tmp_path: Path, tamper: Callable[[dict[str, Any]], object], named: str
) -> None:
    receipt = _receipts(built)["3 countries"]
    tamper(receipt)
    ran = run("-C", built, "verify", _write(tmp_path, receipt))
    assert (ran.code, ran.err) == (1, ""), ran
    assert ran.out.startswith("changed: ")
    assert named in ran.out.partition("the receipt differs in: ")[2].strip().split(", ")


def test_a_claim_with_other_words_is_judged_by_its_words(built: Path, tmp_path: Path) -> None:
    receipt = _receipts(built)["3 countries"]
    receipt["sentence"] = receipt["claim"]["stated"]["as"] = "4 countries"
    ran = run("-C", built, "verify", _write(tmp_path, receipt))
    assert ran.code == 1
    assert "verdict" in ran.out.partition("the receipt differs in: ")[2]


def test_a_snapshot_that_is_not_held_is_unknown(built: Path, tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    path = _write(tmp_path, _receipts(built)["3 countries"])
    ran = ok("-C", tmp_path / "bare", "verify", path)
    assert ran.out == 'unknown: "3 countries": a snapshot it rests on is not held here; load it and verify again\n'


def test_a_desk_without_receipts_says_so(tmp_path: Path) -> None:
    ok("new", tmp_path / "bare", "--empty")
    assert ok("-C", tmp_path / "bare", "verify").out == "no receipts yet; 'groundswell build' writes them\n"
    assert ok("-C", tmp_path / "bare", "verify", "--json").json["receipts"] == []


GOOD: dict[str, Any] = {
    "format": 1,
    "sentence": "3 countries",
    "claim": {
        "kind": "reach",
        "subject": "a/s1",
        "chart": "netflix.country.tv",
        "territory": "*",
        "period": ["2022-04-18", "2022-05-15"],
        "stated": {"as": "3 countries"},
    },
    "as_of": None,
    "snapshots": {},
    "verdict": "supported",
    "found": 54,
}


def _but(**changes: object) -> bytes:
    claim = {**GOOD["claim"], **{name: value for name, value in changes.items() if name in GOOD["claim"]}}
    return json.dumps({**GOOD, "claim": claim, **{k: v for k, v in changes.items() if k not in claim}}).encode()


def test_the_receipt_the_malformed_ones_are_made_from_is_one() -> None:
    assert read_receipt(_but()) == GOOD


MALFORMED = {
    "empty": b"",
    "no JSON": b"Heartstopper",
    "not UTF-8": b'{"format": 1, "sentence": "\xff"}',
    "a list": b"[]",
    "a number": b"54",
    "null": b"null",
    "another format": _but(format=2),
    "no format": b"{}",
    "deep": b"[" * 100_000,
    "deep and closed": b'{"format":1,"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "not a number": b'{"format": 1, "found": NaN}',
    "endless number": b'{"format": 1, "found": 1e999}',
    "half a character": b'{"format": 1, "sentence": "\\ud800"}',
    "a number JSON does not hold": _but(found=2**60),
    "no claim": json.dumps({**GOOD, "claim": None}).encode(),
    "claim of another shape": json.dumps({**GOOD, "claim": ["reach"]}).encode(),
    "kind a number": _but(kind=5),
    "kind unknown": _but(kind="nonsense"),
    "subject a list": _but(subject=["a"]),
    "territory nothing": _but(territory=None),
    "period of one day": _but(period=["2022-04-18"]),
    "period backwards": _but(period=["2022-05-15", "2022-04-18"]),
    "period no days": _but(period=["yesterday", "today"]),
    "nothing stated": _but(stated={}),
    "stated a number": _but(stated={"as": 54}),
    "stated two numbers": _but(stated={"as": "54 of 93 countries"}),
    "as_of no moment": _but(as_of="yesterday"),
    "as_of without a zone": _but(as_of="2022-11-15T00:00:00"),
    "as_of a list": _but(as_of=[]),
    "snapshots a list": _but(snapshots=[]),
    "sentence a number": _but(sentence=54),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_receipt_is_one_line(name: str, built: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_receipt(MALFORMED[name])
    assert len(str(error.value).splitlines()) == 1
    (tmp_path / "receipt.json").write_bytes(MALFORMED[name])
    run("-C", built, "verify", tmp_path / "receipt.json").refused("receipt.json: ")
