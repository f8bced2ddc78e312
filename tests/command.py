"""Commands run in this process: what they print, and how they end."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundswell.cli import main


@dataclass(frozen=True)
class Ran:
    """The end of a command: its exit code, and all it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document it printed."""
        document: dict[str, Any] = json.loads(self.out)
        assert document["format"] == 1
        return document

    def refused(self, *words: str, code: int = 2) -> None:
        """Hold the command to one line that says what is wrong and whose turn it is, and to nothing else."""
        assert self.code == code, self
        assert self.out == "", self
        [line] = self.err.splitlines()
        assert line.startswith("groundswell: "), line
        for word in words:
            assert word in line, f"{word!r} is not in {line!r}"


def run(*arguments: object) -> Ran:
    """Run `groundswell` with these arguments."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main([str(argument) for argument in arguments])
    return Ran(code, out.getvalue(), err.getvalue())


def ok(*arguments: object) -> Ran:
    """Run a command that must do what it is asked without a word on stderr."""
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, ""), ran
    return ran


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder and its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def holds(document: dict[str, Any], shape: dict[str, type | tuple[type, ...]]) -> None:
    """Hold a document to these keys and types; other keys may stand beside them."""
    for key, kinds in shape.items():
        allowed = kinds if isinstance(kinds, tuple) else (kinds,)
        assert key in document, key
        assert type(document[key]) in allowed, f"{key}: {document[key]!r}"
