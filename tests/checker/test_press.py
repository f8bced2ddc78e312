"""Press passages by other hands, marked by others: what is asserted are floors of what was measured (docs/benchmarks.md)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import press
from groundswell.checker import Lists

pytestmark = pytest.mark.shared_data
FLOORS = {"releases": (31, 152), "sentences": (24, 158), "errors": (171, 318), "abstain": (0, 145)}
"""Contradictions caught, supported claims confirmed."""


@pytest.fixture(scope="module")
def score(real: Lists, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, int]]:
    folder = tmp_path_factory.mktemp("press")

    def scored(name: str) -> dict[str, int]:
        gold = shared_data / "press" / f"{name}_dev.jsonl"
        printed = press.scored([gold], real, shared_data / "press" / "score.py", folder)
        counted = {m[1].strip(): int(m[2]) for m in re.finditer(r"(?m)^(.*?)\s+(\d+) / \d+", printed)}
        none = re.search(r"in items with no claim: (\d+), (\d+), (\d+)", printed)
        assert none is not None
        return counted | {"invented": sum(map(int, none.groups()))}

    return scored


@pytest.mark.parametrize("name", FLOORS)
def test_nothing_is_wrongly_supported_and_nearly_nothing_wrongly_refuted(
    name: str, score: Callable[[str], dict[str, int]]
) -> None:
    counted = score(name)
    assert counted["WRONG SUPPORTED (gold contradicted or not-in-data)"] == 0
    assert counted["WRONG REFUTED (gold supported or not-in-data)"] <= 2
    assert counted["invented"] == 0
    caught, confirmed = FLOORS[name]
    assert counted["recall of contradictions"] >= caught
    assert counted["supported claims confirmed (coverage)"] >= confirmed
    assert counted["right found value on caught contradictions"] >= 0.97 * counted["recall of contradictions"]
