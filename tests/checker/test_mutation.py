"""True sentences with one thing changed: none is supported unless it is true again, nearly all are caught."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.mutations import Judged, Mutant, judged, of_lists, of_passages
from groundswell.checker import Lists, check_all

pytestmark = pytest.mark.shared_data
ENTRIES, OF_PASSAGES = 265, 250
CHANGED = {
    "rank",
    "title",
    "season",
    "week",
    "last digit",
    "digit order",
    "ordinal",
    "territory count",
    "unit",
    "qualifier",
    "negation",
    "scope",
}


@pytest.fixture(scope="module")
def said(real: Lists) -> list[Mutant]:
    return of_lists(real, ENTRIES)


@pytest.fixture(scope="module")
def found(real: Lists, said: list[Mutant]) -> list[Judged]:
    return judged(said, real)


def test_there_are_enough_of_every_kind(said: list[Mutant]) -> None:
    counted = Counter(one.changed for one in said)
    assert set(counted) - {"nothing"} == CHANGED
    assert sum(counted[kind] for kind in CHANGED) >= 5_000
    assert min(counted[kind] for kind in CHANGED) >= 90


def test_what_is_said_is_read_as_the_claim_it_was(real: Lists, said: list[Mutant], found: list[Judged]) -> None:
    true = [one for one in said if one.changed == "nothing"]
    outcomes = Counter(one.checked for one in found if one.mutant.changed == "nothing")
    assert outcomes["refuted"] == 0
    assert outcomes["supported"] >= 0.99 * len(true)
    some = true[::10]
    for one, checked in zip(some, check_all([(one.text, one.released) for one in some], real), strict=True):
        assert one.claim is not None
        claims = [claim.judged.claim for claim in checked.claims if claim.judged is not None]
        expected = (one.claim.kind, one.claim.subject, one.claim.chart, one.claim.period)
        assert expected in [(claim.kind, claim.subject, claim.chart, claim.period) for claim in claims], one.text


def test_nothing_false_is_supported(found: list[Judged]) -> None:
    wrong = [one.mutant.text for one in found if one.checked == "supported" and one.asked != "supported"]
    assert wrong == []


def test_nothing_true_is_refuted(found: list[Judged]) -> None:
    assert [one.mutant.text for one in found if one.checked == "refuted" and one.asked != "refuted"] == []


def test_nearly_all_that_is_false_is_caught(found: list[Judged]) -> None:
    false = [one for one in found if one.asked == "refuted"]
    for kind in CHANGED:
        of = [one for one in false if one.mutant.changed == kind]
        assert sum(one.checked == "refuted" for one in of) >= (0.8 if kind == "season" else 0.97) * len(of), kind
    assert sum(one.checked == "refuted" for one in false) >= 0.97 * len(false)


def test_figures_of_the_press_with_a_digit_changed_are_caught(real: Lists, shared_data: Path) -> None:
    found = judged(of_passages(real, shared_data / "press", OF_PASSAGES), real)
    assert [one.mutant.text for one in found if one.checked == "supported" and one.asked != "supported"] == []
    false = [one for one in found if one.asked == "refuted"]
    assert len(false) >= 0.9 * OF_PASSAGES
    assert sum(one.checked == "refuted" for one in false) >= 0.97 * len(false)
