"""Delta tables by the folder they lie in, whatever that folder is called."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from groundswell.core.errors import InputError, MachineryError

_NO_ADDRESS = re.compile(r"[\[\]\\]|%[0-9A-Fa-f]{2}")


def address(folder: Path) -> str:
    """The folder as Delta Lake is told it; `InputError` for the few names it takes for another's."""
    full = folder.absolute()
    if _NO_ADDRESS.search(str(full)):
        raise InputError(f"no table can lie in {full}: rename the folder that has [, ], \\ or a % code in its name")
    return full.as_uri()


def exists(folder: Path) -> bool:
    """Whether a table lies there: a folder alone is what one that was killed while it made the table leaves."""
    return folder.exists() and DeltaTable.is_deltatable(address(folder))


def table(folder: Path) -> DeltaTable:
    """The table as it now stands; `MachineryError` when it is gone or damaged."""
    try:
        return DeltaTable(address(folder))
    except DeltaError as error:
        raise MachineryError(
            f"the table {folder.name} cannot be read; make it again with 'groundswell rebuild'"
        ) from error


def version(folder: Path) -> int:
    """The version of the table that lies there, told by its log's names alone."""
    return max(int(commit.stem) for commit in (folder / "_delta_log").glob("*.json") if commit.stem.isdecimal())


def rows(folder: Path, until: date | None = None) -> list[str] | pa.Table:
    """The Parquet files that hold the table's rows; when there are none, an empty table of their columns.

    Of a table by day those of the days up to `until` alone.
    """
    held = table(folder)
    files = pa.table(held.get_add_actions(flatten=True)).to_pylist()
    paths = [file["path"] for file in files if until is None or file["partition.day"] <= until]
    return [str(folder.absolute() / unquote(path)) for path in paths] or _columns(held).empty_table()


def columns(folder: Path) -> pa.Schema:
    """The columns the table's files have: all but those it is parted by, which stand in paths alone, as words."""
    return _columns(table(folder))


def _columns(held: DeltaTable) -> pa.Schema:
    by = held.metadata().partition_columns
    return pa.schema([field for field in pa.schema(held.schema().to_arrow()) if field.name not in by])
