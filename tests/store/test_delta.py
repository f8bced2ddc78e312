"""Delta tables by the folder they lie in."""

from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable, write_deltalake

from groundswell.store import delta


def test_the_names_of_a_log_tell_the_version_its_table_has(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    for number in range(12):
        write_deltalake(delta.address(folder), pa.table({"n": [number]}), mode="append")
        assert delta.version(folder) == DeltaTable(delta.address(folder)).version() == number
    table = delta.table(folder)
    table.optimize.compact()
    table.create_checkpoint()
    table.vacuum(0, dry_run=False, enforce_retention_duration=False, full=True)
    table.cleanup_metadata()
    assert delta.version(folder) == delta.table(folder).version() > 12
