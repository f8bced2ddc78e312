"""Python's collector of cycles, set for work on many rows."""

import subprocess
import sys

_SAID = """
import gc
from groundswell import cli
before = gc.get_threshold()[0], gc.get_freeze_count()
cli.main(["--version"])
inside = gc.get_threshold()[0], gc.get_freeze_count()
cli.sys.argv = ["groundswell", "--version"]
cli.main()
print(before == inside, gc.get_threshold()[0] > before[0], gc.get_freeze_count() > 10_000)
"""


def test_a_process_of_the_command_line_looks_for_cycles_seldom_and_a_call_from_python_changes_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", _SAID], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True True True"
    assert not done.stderr
