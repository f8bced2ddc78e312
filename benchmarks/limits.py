"""What no program gets below on the same file: reading its bytes, unpacking it, reading its cells and nothing else."""

import io
import time
import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook


def limits(path: str) -> dict[str, float]:
    """Seconds of each, once."""
    at = [time.perf_counter()]
    raw = Path(path).read_bytes()
    at.append(time.perf_counter())
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for part in package.infolist():
            package.read(part)
    at.append(time.perf_counter())
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    at.append(time.perf_counter())
    names = ("read its bytes", "unpack its parts", "read its cells with calamine")
    return {name: end - start for name, start, end in zip(names, at[:-1], at[1:], strict=True)}
