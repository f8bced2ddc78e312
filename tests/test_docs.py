"""The documentation says what the program does: its generated parts are current, its commands run, nothing is left out."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from groundswell.charts import BUILT_IN
from groundswell.claims import TYPES
from groundswell.cli import groundswell, main
from groundswell.core.period import CALENDARS
from groundswell.feeds import IDS
from tests.conftest import Demo
from tests.docs import EXAMPLES

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_generated_parts_are_current() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cogapp", "--check", *map(str, DOCS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"run 'make docs': {run.stdout}{run.stderr}"


def test_everything_is_documented() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    names = [f"### {name}" for name in groundswell.commands]
    names += [f"`{name}`" for name in IDS] + [f"`{chart.id}`" for chart in BUILT_IN] + [f"`{kind}`" for kind in TYPES]
    names += [f"`{calendar}`" for calendar in CALENDARS]
    assert not [name for name in names if name not in text]
    assert set(EXAMPLES) == set(TYPES)


def test_links_between_documents_lead_somewhere() -> None:
    for path in [*DOCS, ROOT / "README.md"]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert "://" in target or (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.slow
def test_readme_commands_do_what_it_says(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The demo, then every command line of the README that acts on its desk; the refusal last, with the README's own line."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(demo.desk, "groundswell-demo")
    printed = " ".join(demo.printed.split())
    for row in re.findall(r"^(54 countries|No. 5|55 countries|No. 6) +(\w+)", README, re.MULTILINE):
        assert " ".join(row) in printed
    (left_open,) = re.findall(r"^fourth .*(undecidable \(no_data\)) +… found (.+)$", README, re.MULTILINE)
    assert left_open[0] in printed
    assert left_open[1] in printed
    commands = re.findall(r"^\.venv/bin/groundswell (.+)$", README, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        assert main(command.split()) == 0, command
    story = tmp_path / "groundswell-demo" / "stories" / "heartstopper-returns.md"
    story.write_text(story.read_text().replace("54 countries", "55 countries"))
    site = _tree(tmp_path / "groundswell-demo" / "site")
    capsys.readouterr()
    assert main(["-C", "groundswell-demo", "build"]) == 1
    assert capsys.readouterr().err.strip() in README
    assert _tree(tmp_path / "groundswell-demo" / "site") == site


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_example_in_the_docs_is_the_one_shipped() -> None:
    desk = (ROOT / "docs" / "desk.md").read_text(encoding="utf-8")
    story = (ROOT / "groundswell" / "example" / "heartstopper" / "stories" / "heartstopper-returns.md").read_text()
    for line in ("kind: streak_at_top", "chart: trending-tv", "period: [2022-05-09, 2022-05-15]"):
        assert line in desk
        assert line in story


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
