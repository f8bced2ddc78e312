"""`python -m benchmarks`: every case both ways in turn, and the ratio between them. docs/benchmarks.md says what it means."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

AIM = 1.3
PAIRS, PAIRS_QUICK, PAIRS_SOCIAL = 25, 3, 5
STAGES = ("parse", "parse, link and keep", "link", "reduce")
_LIBRARIES = ("duckdb", "pyarrow", "deltalake", "python-calamine")


class Differs(Exception):
    """The two ways did not make the same rows: there is nothing to compare."""


@dataclass(frozen=True)
class Run:
    """One process: seconds from its start until its result stood, without its imports, of processor time; peak bytes.

    Processor time is without imports as well.
    """

    seconds: float
    work: float
    cpu: float
    peak: int
    result: Any


@dataclass(frozen=True)
class Case:
    """One job both ways. Each makes the arguments of a process; no two processes write to one place."""

    name: str
    ours: Callable[[], list[str]]
    by_hand: Callable[[], list[str]]


@dataclass(frozen=True)
class Measured:
    """What the pairs of a case gave. The ratios are medians over pairs, each of two runs that followed one another."""

    case: str
    pairs: int
    ratio: float
    ratio_of_work: float
    ratio_of_cpu: float
    ratios: list[float]
    seconds: dict[str, list[float]]
    work: dict[str, list[float]]
    cpu: dict[str, list[float]]
    peak: dict[str, int]
    result: dict[str, str]


def run(*command: str) -> Run:
    """The job in a process of its own, which finds its modules compiled by the one before."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": tempfile.gettempdir(), "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.run", *command], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        done = process.stdout.readline()
        seconds = time.perf_counter() - began
        report = process.stdout.read()
    if done != "done\n" or process.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return Run(seconds, **json.loads(report))


def measure(case: Case, pairs: int) -> Measured:
    """Both ways in turn, once unmeasured; `Differs` when any run's result is not that of all others."""
    ours: list[Run] = []
    by_hand: list[Run] = []
    for number in range(pairs + 1):
        pair = run(*case.ours()), run(*case.by_hand())
        for one in pair:
            if one.result != pair[0].result or (ours and one.result != ours[0].result):
                raise Differs(f"{case.name}: {one.result} is not {pair[0].result}")
        if number:
            ours.append(pair[0])
            by_hand.append(pair[1])
    ways = {"groundswell": ours, "by hand": by_hand}
    ratios = [a.seconds / b.seconds for a, b in zip(ours, by_hand, strict=True)]
    return Measured(
        case.name,
        pairs,
        median(ratios),
        median(a.work / b.work for a, b in zip(ours, by_hand, strict=True)),
        median(a.cpu / b.cpu for a, b in zip(ours, by_hand, strict=True)),
        ratios,
        seconds={way: [one.seconds for one in runs] for way, runs in ways.items()},
        work={way: [one.work for one in runs] for way, runs in ways.items()},
        cpu={way: [one.cpu for one in runs] for way, runs in ways.items()},
        peak={way: max(one.peak for one in runs) for way, runs in ways.items()},
        result=ours[0].result,
    )


def cases(inputs: dict[str, Any], folder: Path, only: str) -> Iterator[Case]:
    """The cases whose names hold `only`, each prepared when its turn comes."""
    numbers = count(1)

    def fresh() -> str:
        path = folder / f"run-{next(numbers)}"
        path.mkdir()
        return str(path)

    def loading(name: str, feed: str, path: str) -> Case:
        return Case(name, lambda: ["load", feed, path, fresh()], lambda: ["load by hand", path, fresh()])

    for name, feed, path in (
        ("load, country file, XLSX", "netflix.countries", inputs["countries"]),
        ("load, country file, TSV", "netflix.countries", inputs["countries_text"]),
        ("load, global file, TSV", "netflix.global", inputs["worldwide"]),
    ):
        if only in name:
            yield loading(name, feed, path)
    if only in (name := "all columns, both files"):
        store, homonyms = fresh(), str(folder / "homonyms.parquet")
        tables = run("prepare", inputs["countries"], inputs["worldwide"], store, homonyms).result
        yield Case(name, lambda: ["columns", store], lambda: ["columns by hand", tables, homonyms])


def social(made: dict[str, str], events: int, folder: Path) -> Iterator[Case]:
    """A firehose from its file to a chart, stage by stage; each stage begins with what the one before it left."""
    numbers = count(1)
    file, aliases, desk = made["file"], made["aliases"], made["desk"]
    staged, links = str(folder / "staged"), str(folder / "links")

    def fresh(*names: str) -> list[str]:
        for name in names or ("",):
            shutil.rmtree(folder / name if name else folder / "by-hand", ignore_errors=True)
        return [str(folder / "by-hand" / str(next(numbers)))]

    def stage() -> list[str]:
        fresh("staged", "links")
        return ["social load by hand", file, staged, aliases, links]

    ways = (
        (lambda: ["social parse", file], lambda: ["social parse by hand", file]),
        (lambda: ["social load", file, desk], stage),
        (lambda: ["social link", staged, desk, *fresh()], lambda: ["social link by hand", staged, aliases, *fresh()]),
        (lambda: ["social reduce", desk], lambda: ["social reduce by hand", staged, links, *fresh()]),
    )
    for name, (ours, by_hand) in zip(STAGES, ways, strict=True):
        yield Case(f"social, {events:,} events: {name}", ours, by_hand)


def viewing(made: dict[str, str], sessions: int, folder: Path) -> Iterator[Case]:
    """Viewing sessions: counted into their weeks, by hand over the producer's files and over ours; loaded."""
    files, desk = made["files"], made["desk"]
    numbers = count(1)

    def fresh() -> str:
        path = folder / f"loaded-{next(numbers)}"
        for old in folder.glob("loaded-*"):
            shutil.rmtree(old)
        path.mkdir()
        (path / "desk.toml").write_text('format = 1\nname = "Simulated"\n')
        return str(path)

    def load() -> list[str]:
        return ["viewing load", fresh(), *map(str, sorted(Path(files).glob("*.parquet")))]

    of = f"viewing, {sessions:,} sessions"
    ours = ["viewing reduce", desk]
    yield Case(f"{of}: reduce", lambda: ours, lambda: ["viewing reduce by hand", files])
    yield Case(
        f"{of}: reduce, by hand over distinct sessions", lambda: ours, lambda: ["viewing reduce by hand", files, desk]
    )
    yield Case(f"{of}: load", load, lambda: ["viewing load by hand", files, fresh()])


def conditions() -> dict[str, str]:
    """What the figures depend on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "machine": f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
        "load average at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
    }


def table(measured: list[Measured]) -> Iterator[str]:
    """The results as Markdown."""
    yield "| case | ratio | least to most | without imports | of processor time | Groundswell, s | by hand, s | peak MB |"
    yield "|---|---|---|---|---|---|---|---|"
    for m in measured:
        seconds = (" / ".join(f"{s:.2f}" for s in (min(of), median(of), max(of))) for of in m.seconds.values())
        peak = " : ".join(f"{bytes_ / 1e6:.0f}" for bytes_ in m.peak.values())
        yield (
            f"| {m.case} | **{m.ratio:.2f}** | {min(m.ratios):.2f} to {max(m.ratios):.2f} | {m.ratio_of_work:.2f} | "
            f"{m.ratio_of_cpu:.2f} | "
            f"{' | '.join(seconds)} | {peak} |"
        )


def main() -> None:
    """Measure, print, and fail where the two ways differ."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description="Groundswell against the same by hand.")
    options.add_argument("only", nargs="?", default="", help="measure only the cases whose names hold this")
    options.add_argument("--quick", action="store_true", help=f"{PAIRS_QUICK} pairs a case instead of {PAIRS}")
    options.add_argument("--events", type=int, default=0, metavar="N", help="and a firehose of N social events")
    options.add_argument("--sessions", type=int, default=0, metavar="N", help="and N viewing sessions")
    options.add_argument("--json", action="store_true", help="one JSON document")
    chosen = options.parse_args()
    pairs = PAIRS_QUICK if chosen.quick else PAIRS
    held = conditions()
    with tempfile.TemporaryDirectory(prefix="groundswell-bench-") as name:
        tempfile.tempdir = name
        folder = Path(name)
        inputs = run("inputs", name).result
        what = "SIMULATED files of the shape of Netflix's" if inputs["simulated"] else "Netflix's files"
        if not chosen.json:
            print("\n".join(f"{key}: {value}" for key, value in held.items()))
            print(f"{what}; {pairs} pairs a case, in turn, each run a process of its own\n", flush=True)
        try:
            measured = [_told(measure(case, pairs)) for case in cases(inputs, folder, chosen.only)]
        except Differs as differs:
            raise SystemExit(f"the two ways differ: {differs}") from None
        limits = _gathered([run("limits", inputs["countries"]).result for _ in range(pairs)])
        beside: dict[str, dict[str, Any]] = {}
        rates, seconds, linked, checked, by_pandas, watched, by_spark = {}, {}, {}, {}, {}, {}, {}
        if chosen.only in "claims" or chosen.only in "checking":
            store = folder / "claims"
            run("prepare", inputs["countries"], inputs["worldwide"], str(store), str(folder / "homonyms.parquet"))
            if chosen.only in "claims":
                rates = _gathered([run("claims", str(store)).result for _ in range(PAIRS_QUICK)])
            if chosen.only in "checking":
                checked = _gathered([run("checking", str(store)).result for _ in range(PAIRS_QUICK)])
        if chosen.only in "stories":
            seconds = _gathered([run("stories", _fresh(folder, n)).result for n in range(PAIRS_QUICK)])
        if chosen.events and chosen.only in "social":
            within = folder / "social"
            made = run("social inputs", str(chosen.events), str(within)).result
            pairs = 1 if chosen.quick else PAIRS_SOCIAL
            try:
                measured += [_told(measure(case, pairs)) for case in social(made, chosen.events, within)]
            except Differs as differs:
                raise SystemExit(f"the two ways differ: {differs}") from None
            watched = _gathered([run("live", made["file"], made["desk"]).result for _ in range(pairs)])
            by_pandas = asdict(run("social pandas", str(within / "staged"), str(within / "links")))
        if chosen.sessions and chosen.only in "viewing":
            within = folder / "viewing"
            made = run("viewing inputs", str(chosen.sessions), str(within)).result
            pairs = 1 if chosen.quick else PAIRS_SOCIAL
            try:
                measured += [_told(measure(case, pairs)) for case in viewing(made, chosen.sessions, within)]
            except Differs as differs:
                raise SystemExit(f"the two ways differ: {differs}") from None
            last_day = str(max(Path(made["files"]).glob("*.parquet")))
            beside = {
                "the bare scan": asdict(run("viewing scan", made["files"])),
                "one more day": asdict(run("viewing day", made["without_last"], last_day, str(within / "day"))),
                **{way: asdict(run(f"viewing {way.lower()}", made["files"])) for way in ("Polars", "pandas")},
            }
        if chosen.events and chosen.only == "spark":
            made = run("social inputs", str(chosen.events), str(folder / "spark")).result
            by_spark = _gathered([run("spark", made["file"], made["desk"]).result for _ in range(PAIRS_QUICK)])
        if chosen.only in "linking":
            linked = _gathered([run("linking", inputs["worldwide"]).result for _ in range(PAIRS_QUICK)])
    if chosen.json:
        document = {
            "conditions": held,
            "simulated": inputs["simulated"],
            "aim": AIM,
            "cases": [asdict(m) for m in measured],
            "limits": limits,
            "claims a second": rates,
            "1,000 stories, seconds": seconds,
            "linking": linked,
            "checking": checked,
            "social, reduced by pandas": by_pandas,
            "social, as a watch does": watched,
            "viewing, beside": beside,
            "reduced by both engines, seconds": by_spark,
        }
        print(json.dumps(document, indent=2))
        return
    print("\n".join(table(measured)))
    print(f"\nseconds: least / median / most; aim: {AIM} or less")
    last = {m.case.rpartition(": ")[2]: m for m in measured if m.case.startswith("social")}
    if {"link", "reduce"} <= last.keys():
        for what in ("work", "cpu"):
            both = [
                sum(median(getattr(last[stage], what)[way]) for stage in ("link", "reduce"))
                for way in ("groundswell", "by hand")
            ]
            print(f"social, link and reduce together, by {what}: {both[0] / both[1]:.2f}")
    if watched:
        print("social, as a watch does, of one core: ", end="")
        print("; ".join(f"{what} {median(of):,.0f}" for what, of in watched.items()))
    if by_pandas:
        print(f"social, reduced by pandas: {by_pandas['work']:.1f} s, peak {by_pandas['peak'] / 1e6:.0f} MB")
    for way, ran in beside.items():
        print(
            f"viewing, {way}: {ran['work']:.1f} s, of processor time {ran['cpu']:.1f}, peak {ran['peak'] / 1e6:.0f} MB"
        )
    if by_spark:
        print(f"{chosen.events:,} events, reduced: ", end="")
        print("; ".join(f"{what} {median(of):.1f} s" for what, of in by_spark.items()))
    print("the country file as XLSX, nothing else: ", end="")
    print("; ".join(f"{what} {median(spent):.3f} s" for what, spent in limits.items()))
    if rates:
        print("10,000 claims, verified in a second: ", end="")
        print("; ".join(f"{what} {median(of):,.0f}" for what, of in rates.items()))
    if seconds:
        ratio = median(ours / bare for ours, bare in zip(seconds["pages"], seconds["bare loop"], strict=True))
        print("1,000 stories: ", end="")
        print(
            "; ".join(f"{what} {median(of):.2f} s" for what, of in seconds.items()),
            f"; pages to bare loop: {ratio:.2f}",
        )
    if checked:
        print("texts checked: ", end="")
        print("; ".join(f"{what} {median(of):,.2f}" for what, of in checked.items()))
    if linked:
        print("posts linked to the titles of 13 weeks: ", end="")
        print("; ".join(f"{what} {median(of):,.1f}" for what, of in linked.items()))


def _gathered(runs: list[dict[str, float]]) -> dict[str, list[float]]:
    return {what: [one[what] for one in runs] for what in runs[0]}


def _fresh(folder: Path, number: int) -> str:
    path = folder / f"stories-{number}"
    path.mkdir()
    return str(path)


def _told(measured: Measured) -> Measured:
    print(f"{measured.case}: {measured.ratio:.2f}", file=sys.stderr, flush=True)
    return measured


if __name__ == "__main__":
    main()
