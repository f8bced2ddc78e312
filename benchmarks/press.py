"""`python -m benchmarks.press [GOLD…]`: press passages read, and scored by the script of their sets (docs/benchmarks.md).

Without GOLD the four sets of the folder of real data together; read against the lists the tests read them against.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from groundswell.checker import Lists, as_json, check_all

SETS = ("releases", "sentences", "errors", "abstain")


def prediction(claim: dict[str, Any]) -> dict[str, Any]:
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


def scored(gold: Sequence[Path], lists: Lists, script: Path, folder: Path) -> str:
    """What the script prints of the sets in the files `gold`, taken together."""
    lines = [line for path in gold for line in path.read_text(encoding="utf-8").splitlines()]
    passages = [json.loads(line) for line in lines]
    texts = [(passage["text"], date.fromisoformat(passage["release_date"])) for passage in passages]
    answers = [as_json(checked, lists) for checked in check_all(texts, lists)]
    stated, read = folder / "gold.jsonl", folder / "read.jsonl"
    stated.write_text("\n".join(lines), encoding="utf-8")
    read.write_text(
        "\n".join(
            json.dumps({"id": passage["id"], "claims": [prediction(claim) for claim in answer["claims"]]})
            for passage, answer in zip(passages, answers, strict=True)
        ),
        encoding="utf-8",
    )
    command = [sys.executable, str(script), str(stated), str(read)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Print the score."""
    from benchmarks.data import COUNTRIES, WORLDWIDE, shared_data
    from groundswell.cli import main as groundswell
    from groundswell.cli import work
    from groundswell.newsroom.desk import open_desk

    data = shared_data()
    if data is None:
        raise SystemExit("the folder of real data is not there; set GROUNDSWELL_SHARED_DATA")
    press = data.parent / "press"
    gold = [Path(name) for name in sys.argv[1:]] or [press / f"{name}_dev.jsonl" for name in SETS]
    with tempfile.TemporaryDirectory(prefix="groundswell-bench-") as folder:
        desk = Path(folder) / "desk"
        groundswell(["new", str(desk), "--empty"])
        for feed, name in (("netflix.global", WORLDWIDE), ("netflix.countries", COUNTRIES)):
            groundswell(["-C", str(desk), "load", feed, str(data / name), "--fetched", name.partition("_")[2][:10]])
        with work.record_of(open_desk(desk)) as record:
            print(scored(gold, Lists(record), press / "score.py", Path(folder)))


if __name__ == "__main__":
    main()
