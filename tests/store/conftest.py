from pathlib import Path

import pytest

from tests.store.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty store."""
    return Desk(tmp_path / "desk")
