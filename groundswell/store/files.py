"""Files that are whole or absent, whenever the process dies."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from groundswell.core.errors import MachineryError

_SECONDS_FOR_LOCK = 60


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else writes to the store in `folder`; `MachineryError` when somebody does for a minute."""
    from filelock import FileLock, Timeout  # who only reads needs no lock, nor the time to import one

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=_SECONDS_FOR_LOCK):
            yield
    except Timeout:
        raise MachineryError(
            f"another load has held the store for {_SECONDS_FOR_LOCK} seconds; try again when it is done"
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a crash, sees all of it or what was there before."""
    with writing_whole(path) as file:
        file.write(data)


@contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which becomes `path` at the end: until then, or after a crash, there is what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove what a killed `write_whole` left in `folder`; nobody else may be writing there."""
    for path in folder.glob(".writing-*"):
        path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
