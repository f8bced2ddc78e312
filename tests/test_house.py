"""The house rules a machine can check: import arrows, module length, nothing machine-bound in tracked files."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "groundswell"
LINE = ("core", "catalog", "measures", "charts", "claims", "checker", "newsroom", "web", "cli")
BESIDE = ("feeds", "store")
"""Import core only, and are imported by web and cli only."""
LONGEST = 800
MODULES = sorted(PACKAGE.rglob("*.py"))


def allowed(room: str) -> set[str]:
    """The rooms a file of `room` may import."""
    if room in BESIDE:
        return {"core", room}
    left = set(LINE[: LINE.index(room) + 1])
    return left | set(BESIDE) if room in ("web", "cli") else left


def imported_rooms(path: Path) -> set[str]:
    """The rooms a file imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the room"
            names = [
                f"{node.module}.{alias.name}" if node.module == "groundswell" else str(node.module)
                for alias in node.names
            ]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("groundswell.")}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_to_its_left(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    if path.parent == PACKAGE:
        assert imported_rooms(path) <= {"cli"}
    else:
        wrong = {name for name in imported_rooms(path) if name != "__version__"} - allowed(room)
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_the_import_rule_would_catch_a_wrong_arrow(tmp_path: Path) -> None:
    module = tmp_path / "x.py"
    module.write_text("def f():\n    from groundswell.store import Store\n    import groundswell.cli.work\n")
    assert imported_rooms(module) - allowed("claims") == {"store", "cli"}


def test_every_folder_is_a_known_room() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms - {"__pycache__", "example"} <= {*LINE, *BESIDE}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_grows_past_what_one_can_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_registry_and_no_machine_path_is_tracked() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    hosts = re.compile(r"--(?:extra-)?index-url|--find-links|files\.pythonhosted|pypi\.org|/(?:root|home)/[a-z]")
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if (
            name
            and path.suffix in {".txt", ".toml", ".md", ".py", ".cfg", ".json"}
            and path.is_file()
            and path != Path(__file__)
        ):
            assert hosts.findall(path.read_text(encoding="utf-8")) == [], name
