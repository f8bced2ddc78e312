"""The feed that the documentation writes out: as long as it says, registered by the one line it says, and doing what it says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "writing-a-feed.md").read_text(encoding="utf-8")
MOST_LINES = 80


def block(of: str) -> list[str]:
    """The blocks of code in a language, in order."""
    return re.findall(rf"```{of}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the page's feed in it, and its registration at the end of the list of feeds."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "groundswell", folder / "groundswell", ignore=shutil.ignore_patterns("__pycache__"))
    feed, line = block("python")
    (folder / "groundswell" / "feeds" / "lantern.py").write_text(feed, encoding="utf-8")
    listed = folder / "groundswell" / "feeds" / "__init__.py"
    text = listed.read_text(encoding="utf-8")
    known = re.search(r"^KNOWN: .*\n", text, re.MULTILINE)
    assert known is not None
    registered = f"from groundswell.feeds.lantern import FILMS\n{line}"
    listed.write_text(text.replace(known[0], known[0] + registered), encoding="utf-8")
    return folder


def run(package: Path, *commands: str) -> str:
    """What the copied package prints, run in its folder."""
    source = "import sys; from groundswell.cli import main; [main(command.split()) for command in sys.argv[1:]]"
    environment = {**os.environ, "PYTHONPATH": str(package)}
    ran = subprocess.run(
        [sys.executable, "-c", source, *commands],
        cwd=package,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def test_it_is_as_short_as_it_says_and_registered_by_one_line() -> None:
    feed, line = block("python")
    assert len(feed.splitlines()) <= MOST_LINES
    assert len(line.splitlines()) == 1
    assert f"at most {MOST_LINES} lines" in PAGE


def test_it_loads_what_the_page_says(package: Path) -> None:
    (rows,) = block("csv")
    (package / "lantern.csv").write_text(rows, encoding="utf-8")
    load, chart = re.findall(r"`groundswell ((?:load|chart) .*?)`", PAGE)
    said = run(
        package,
        "new desk --empty",
        f"-C desk {load}",
        f"-C desk {chart} --format csv",
        "-C desk rebuild",
        "-C desk status",
    )
    (counts,) = re.findall(r"says \*(.*?)\*", PAGE)
    assert f"lantern.films: {counts}" in said
    assert "line 7, admissions: 'many': not a whole number from 0 up" in said
    assert [line.split(",")[0] for line in said.splitlines() if ",published," in line] == ["1", "2", "2", "4"]
    assert said.splitlines()[-1].split() == ["lantern.films", "1", "2", "2026-05-07", "2026-05-14", "1"]  # a gap
