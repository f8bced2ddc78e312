"""What every room's tests share."""

import os
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import ok

settings.register_profile("any machine", deadline=None)  # a busy one is no failure
settings.load_profile("any machine")
_BESIDE = Path(__file__).parents[2] / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of slow tests first: what is left for the end is short, and processes that share the files end together."""
    slow = {item.path for item in items if any(map(item.get_closest_marker, ("slow", "browser", "spark")))}
    items.sort(key=lambda item: item.path not in slow)


@dataclass(frozen=True)
class Demo:
    """The example as `groundswell demo` leaves it, and what it printed; who changes the desk takes a copy."""

    desk: Path
    printed: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Loaded, reduced and built once for all who look at it."""
    folder = tmp_path_factory.mktemp("demo")
    with chdir(folder):
        printed = ok("demo", "--no-serve").out
    return Demo(folder / "groundswell-demo", printed)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files: $GROUNDSWELL_SHARED_DATA, else ../shared/data. Where it must be there, its absence fails."""
    folder = Path(os.environ.get("GROUNDSWELL_SHARED_DATA") or _BESIDE)
    if not (folder / "INDEX.md").is_file():
        why = f"the real files are not in {folder}: set GROUNDSWELL_SHARED_DATA to the folder that holds them"
        if os.environ.get("GROUNDSWELL_REQUIRE_ALL") == "1":
            pytest.fail(why)
        pytest.skip(why)
    return folder
