"""Loads in processes of their own, so that a test can kill one or run several at once.

`Loader` starts one process that imports everything once and then forks a child for each task: a kill lands in the work,
not in the imports.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from groundswell.catalog import code_of
from groundswell.feeds.netflix import GLOBAL
from groundswell.store import Store
from tests.store.desk import NOW, feed_of
from tests.store.viewing import load as load_sessions

_ROOT = Path(__file__).parents[2]


class Loader:
    """Runs tasks on the store in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = tempfile.TemporaryDirectory()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.loader"], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> "Loader":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=180)
        self._process.stdout.close()
        self._files.cleanup()

    def start(self, raw: bytes | None = None, fetched: str = "", die_at: str = "", folder: Path | None = None) -> int:
        """Begin to load these bytes, or without bytes to rebuild, and to die at a step; the process's id."""
        task = {"folder": str(folder or self.folder), "fetched": fetched, "die_at": die_at}
        if raw is not None:
            file = Path(self._files.name) / f"{len(list(Path(self._files.name).iterdir()))}"
            file.write_bytes(raw)
            task["file"] = str(file)
        return int(self._ask(task)["pid"])

    def wait(self, pid: int) -> int:
        """How it ended: its exit code, or minus the signal that killed it."""
        return int(self._ask({"wait": pid})["ended"])

    def run(self, raw: bytes | None = None, fetched: str = "", die_at: str = "", folder: Path | None = None) -> int:
        """`start`, then `wait`."""
        return self.wait(self.start(raw, fetched, die_at, folder))

    def run_sessions(self, path: Path, folder: Path, die_at: str = "") -> int:
        """Take a file of viewing sessions in, by a process that kills itself after a step; its exit code."""
        task = {"sessions": str(path), "folder": str(folder), "die_at": die_at}
        return self.wait(int(self._ask(task)["pid"]))

    def _ask(self, task: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(task).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def _work(task: dict[str, str]) -> None:
    def progress(step: str) -> None:
        if step == task["die_at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    store = Store(Path(task["folder"]), code_of)
    if "sessions" in task:
        load_sessions(store, Path(task["sessions"]), progress=progress)
    elif "file" in task:
        fetched = date.fromisoformat(task["fetched"]) if task["fetched"] else None
        now = NOW if fetched else datetime.now(UTC)
        raw = Path(task["file"]).read_bytes()
        store.load(GLOBAL, raw, GLOBAL.origin, now=now, fetched=fetched, progress=progress)
    else:
        store.rebuild(feed_of, progress)


def _fork(task: dict[str, str]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _work(task)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        if "wait" in task:
            _, status = os.waitpid(task["wait"], 0)
            print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)
        else:
            print(json.dumps({"pid": _fork(task)}), flush=True)


if __name__ == "__main__":
    _main()
