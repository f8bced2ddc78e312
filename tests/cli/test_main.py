"""The command line as a whole: exit codes, one line for what went wrong, pipes and terminals."""

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from traceback import walk_stack

import pytest
from filelock import FileLock

from groundswell import __version__
from groundswell.cli import groundswell, output
from tests.command import ok, run, tree
from tests.paper import SETTINGS, TV, TV_LISTS

COMMANDS = tuple(groundswell.commands)
NEED_A_DESK = tuple(name for name in COMMANDS if name not in ("demo", "new"))
REQUIRED = {"watch": ("bluesky",), "reduce": ("interactions",), "load": ("--all",), "chart": (TV,)} | {
    "uplift": ("kite", "moss.views", "--event", "2022-05-01"),
    "forget": ("somebody",),
}


def program(*arguments: object) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "groundswell", *map(str, arguments)]


def test_help_and_version() -> None:
    assert ok("--version").out == f"groundswell, version {__version__}\n"
    for name in COMMANDS:
        assert name in ok("--help").out
        assert ok(name, "--help").out.startswith(f"Usage: groundswell {name} ")
        assert ok(name, "-h").out == ok(name, "--help").out
    assert all("--json" in ok(name, "--help").out for name in COMMANDS)


def test_the_list_of_commands_says_each_whole() -> None:
    listed = ok("--help").out.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == sorted(COMMANDS)
    assert [line for line in listed if not line.endswith(".") or line.endswith("..")] == []


def test_without_a_command_help_is_shown() -> None:
    ran = run()
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: groundswell ")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["chrt"], "Did you mean 'chart'? Try 'groundswell --help'."),
        (["--nope"], "No such option '--nope'"),
        (["chart"], "Missing argument 'CHART'. Try 'groundswell chart --help'."),
        (["chart", "x", "y"], "unexpected extra argument"),
        (["chart", "x", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json'"),
        (["status", "--nope"], "Try 'groundswell status --help'."),
        (["serve", "--port", "x"], "'x' is not a valid integer range"),
        (["serve", "--port", "0"], "0 is not in the range"),
        (["-C"], "requires an argument"),
        (["new"], "Missing argument 'DESK'"),
    ],
)
def test_misuse_is_one_line(arguments: list[str], why: str) -> None:
    run(*arguments).refused(why)


@pytest.mark.parametrize("command", NEED_A_DESK)
def test_without_a_desk_a_command_names_the_one_that_makes_it(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(command, *REQUIRED.get(command, ())).refused(
        "no desk.toml here or above; make a desk with 'groundswell new DESK'"
    )
    run("-C", tmp_path / "none", command, *REQUIRED.get(command, ())).refused("no desk.toml in none; make a desk with")
    assert tree(tmp_path) == {}
    (tmp_path / "desk.toml").touch()
    run("-C", tmp_path / "desk.toml", "status").refused("desk.toml is a file; -C names the folder of a desk")


def test_a_command_acts_on_the_nearest_desk_above_or_the_one_named(
    loaded_paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(loaded_paper / "stories")
    assert TV in ok("status").out
    ok("new", tmp_path / "other", "--empty")
    assert TV not in ok("-C", tmp_path / "other", "status").out
    monkeypatch.chdir(tmp_path)
    assert TV in ok("-C", os.path.relpath(loaded_paper), "status").out


def test_with_json_an_error_is_a_document_too(loaded_paper: Path) -> None:
    for arguments in (("chart", "paper.tw", "--json"), ("chart", TV, "--issue", "tomorrow", "--json")):
        ran = run("-C", loaded_paper, *arguments)
        [line] = ran.err.splitlines()
        assert ran.json["error"]["lines"] == [line.removeprefix("groundswell: ")]
        assert (ran.json["error"]["kind"], ran.json["error"]["exit"], ran.code) == ("UsageError", 2, 2)


def test_a_broken_store_is_exit_3(paper: Path) -> None:
    [snapshot, *_] = [
        path for path in (paper / ".groundswell" / "snapshots").rglob("*") if path.is_file() and not path.suffix
    ]
    snapshot.chmod(0o644)
    snapshot.write_bytes(b"altered")
    run("-C", paper, "rebuild").refused("was altered on disk; restore it from a backup", code=3)


def test_where_the_system_refuses_a_file_one_line_says_which_and_why(paper: Path) -> None:
    """A folder nobody may write in, whoever runs the tests, and a lock that is none: no file that was to be loaded is blamed."""
    run("new", "/sys/desk", "--empty").refused("/sys/desk", "its folder yours to write in", code=3)
    lock = paper / ".groundswell" / "lock"
    lock.unlink()
    lock.mkdir()
    ran = run("-C", paper, "load", "--all", "--json")
    assert (ran.code, ran.json["error"]["kind"]) == (3, "MachineryError")
    [line] = ran.err.splitlines()
    assert line == f"groundswell: {lock}: Is a directory"


_STOPPED_AS_IT_STARTS = """
import os, signal, sys
from groundswell.__main__ import main
class Stop:
    def find_spec(self, name, *_):
        if name == "groundswell.cli.load":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stop())
sys.exit(main())
"""


def test_ctrl_c_while_it_starts_is_one_line() -> None:
    done = subprocess.run([sys.executable, "-c", _STOPPED_AS_IT_STARTS], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"groundswell: stopped\n")


def test_the_program_is_a_process(loaded_paper: Path) -> None:
    done = subprocess.run(program("-C", loaded_paper, "status", "--json"), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["desk"] == "The Paper"
    done = subprocess.run(program("-C", loaded_paper, "chart", "paper.tw"), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"groundswell: no chart 'paper.tw'; nearest: paper.tv\n"


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a list longer than any pipe holds."""
    desk = tmp_path_factory.mktemp("long") / "desk"
    ok("new", desk, "--empty")
    (desk / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    lines = (f"2022-05-01,{rank},The title of a work whose number is {rank},,{9000 - rank}" for rank in range(1, 2001))
    (desk / "data" / "tv.csv").write_text("\n".join(["Week,Rank,Title,Season,Hours", *lines]), encoding="utf-8")
    (desk / "data" / "tv.csv.origin.toml").write_text('producer = "x"\ntitle = "x"\nlicence = "x"\n', encoding="utf-8")
    ok("-C", desk, "load", "chart.csv", "--chart", TV)
    return desk


@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_reader_that_goes_away_is_no_error(long_desk: Path, form: str) -> None:
    """As in `groundswell chart … | head -1`."""
    arguments = program("-C", long_desk, "chart", TV, "--format", form)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(20)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def _on_a_terminal(arguments: list[str], *, stderr_only: bool) -> tuple[str, str]:
    """What a process shows on a terminal, and what it writes beside it."""
    ours, theirs = pty.openpty()
    out = subprocess.PIPE if stderr_only else theirs
    with subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(ours)
        beside = process.stdout.read() if process.stdout else b""
    assert process.returncode == 0
    return shown.decode(), beside.decode()


def test_progress_is_shown_on_a_terminal_and_nowhere_else(paper: Path) -> None:
    (paper / "data" / "tv.csv").write_text(TV_LISTS + "\n", encoding="utf-8")
    shown, beside = _on_a_terminal(program("-C", paper, "load", "chart.csv", "--chart", TV), stderr_only=True)
    assert "chart.csv: entries done" in shown
    assert shown.endswith("\r\x1b[K")
    assert beside.startswith("chart.csv: 9 rows read, 9 kept, 0 findings; known from")
    (paper / "data" / "tv.csv").write_text(TV_LISTS + "\n\n", encoding="utf-8")
    piped = subprocess.run(program("-C", paper, "load", "chart.csv", "--chart", TV), capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")


CONTROL = "\x1b[2J\x1b]0;owned\x07\x9b2J\x08\x7f"
DIRECTION = "\u202eevil\u2066\u2028[red]x[/red]"


def test_titles_cannot_rewrite_a_terminal(paper: Path) -> None:
    """Neither as findings, as entries, as a chart's own title, nor as a measure's name."""
    lists = (
        TV_LISTS.replace("Nine Umbrellas", DIRECTION) + f"2022-05-22,1,{CONTROL},,1\n2022-05-15,{CONTROL[:5]},x,,1\n"
    )
    (paper / "data" / "tv.csv").write_text(lists, encoding="utf-8")
    (paper / "charts" / f"{TV}.toml").write_text('title = "\\u001b[2J\\u202etitle"\n', encoding="utf-8")
    settings = SETTINGS.replace("hours_viewed =", '"\\u001b[2J" =')
    (paper / "desk.toml").write_text(settings, encoding="utf-8")
    loaded = ok("-C", paper, "load", "chart.csv", "--chart", TV)
    assert "2 findings" in loaded.out
    for arguments in (
        ("chart", TV),
        ("chart", TV, "--format", "csv"),
        ("status", "--findings"),
        ("status", "--reconcile"),
    ):
        out = loaded.out + ok("-C", paper, *arguments).out
        assert not set(out) & set(CONTROL) - set("[2J]0;owned"), arguments
        assert arguments[-1] == "csv" or not set(out) & set("\u202e\u2066\u2028"), arguments
    shown, _ = _on_a_terminal(program("-C", paper, "chart", TV, "--issue", "2022-05-01"), stderr_only=False)
    assert "\x1b[2J" not in shown
    assert "\x1b]" not in shown
    assert "[red]x[/red]" in shown
    assert "evil" in shown


def test_honest_text_is_printed_as_it_is() -> None:
    for text in ("Été 종이 등대", "a\u00a0b", "👩\u200d👩\u200d👧", "שלום\u200f", "e\u0301"):
        assert output.printable(text) == text
    assert output.printable("a\tb\nc") == "a�b�c"


def test_an_interrupted_command_says_stopped(paper: Path) -> None:
    """A load that waits for the store's lock, interrupted."""
    (paper / "data" / "tv.csv").write_text(TV_LISTS + "\n", encoding="utf-8")
    before = tree(paper)
    here = threading.get_ident()

    def when_it_waits() -> None:
        while not any(frame.f_code.co_name == "acquire" for frame, _ in walk_stack(sys._current_frames()[here])):
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    interrupt = threading.Thread(target=when_it_waits, daemon=True)
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    try:
        with FileLock(paper / ".groundswell" / "lock"):
            interrupt.start()
            ran = run("-C", paper, "load", "--all")
    finally:
        signal.signal(signal.SIGINT, handler)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.split() == ["groundswell:", "stopped"]
    assert tree(paper) == before
