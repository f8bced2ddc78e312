"""Press passages by other hands, marked by others: what is asserted are floors of what was measured (docs/benchmarks.md)."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundswell.checker import Lists, as_json, check_all

pytestmark = pytest.mark.shared_data
FLOORS = {"releases": (31, 152), "sentences": (24, 158), "errors": (171, 318), "abstain": (0, 145)}
"""Contradictions caught, supported claims confirmed."""


@pytest.fixture(scope="module")
def score(real: Lists, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, int]]:
    folder = tmp_path_factory.mktemp("press")

    def scored(name: str) -> dict[str, int]:
        gold = shared_data / "press" / f"{name}_dev.jsonl"
        passages = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        texts = [(passage["text"], date.fromisoformat(passage["release_date"])) for passage in passages]
        answers = [as_json(checked, real) for checked in check_all(texts, real)]
        lines = [
            json.dumps({"id": passage["id"], "claims": [_prediction(claim) for claim in answer["claims"]]})
            for passage, answer in zip(passages, answers, strict=True)
        ]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
        script = [sys.executable, str(shared_data / "press" / "score.py"), str(gold), str(folder / name)]
        printed = subprocess.run(script, capture_output=True, text=True, check=True).stdout
        counted = {m[1].strip(): int(m[2]) for m in re.finditer(r"(?m)^(.*?)\s+(\d+) / \d+", printed)}
        none = re.search(r"in items with no claim: (\d+), (\d+), (\d+)", printed)
        assert none is not None
        return counted | {"invented": sum(map(int, none.groups()))}

    return scored


def _prediction(claim: dict[str, Any]) -> dict[str, Any]:
    """What the scorer reads; of a title off a list the words that say so."""
    found = claim["found"]
    if found is None and claim["verdict"] == "refuted":
        found = claim["explanation"]
    elif "prints hours viewed" in claim["explanation"]:
        found = f"{found} hours"
    elif not isinstance(found, str) and found is not None:
        found = float(found)
    return {
        "span": claim["span"],
        "title": claim["title"],
        "kind": claim["kind"],
        "verdict": claim["verdict"],
        "found": found,
    }


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
