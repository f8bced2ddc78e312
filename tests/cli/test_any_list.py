"""A chart nobody here has prepared: lists of any shape load with four lines of settings, and every column is the oracle's."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from groundswell.charts import Chart, issue
from groundswell.claims import Record
from groundswell.cli import work
from groundswell.core.document import json_text
from groundswell.newsroom.desk import open_desk
from tests.command import ok
from tests.oracle import columns


@dataclass(frozen=True)
class Shape:
    """How one producer writes its list."""

    name: str
    label: Callable[[int], str]
    """The day that labels issue number n."""
    period: Callable[[int], tuple[date, date]]
    depth: int
    issues: tuple[int, ...]
    """The numbers of the issues there are; the others of the range are gaps."""
    territories: tuple[tuple[str, str], ...] = (("", "WW"),)
    """As printed, and by code."""
    ties: str = ""
    """`skipped` or `dense` ranks after a tie; none without."""
    by_start: bool = False
    settings: str = ""
    mapping: str = 'rank = "Position", title = "Name"'


def _week(first_end: date) -> Callable[[int], tuple[date, date]]:
    return lambda number: (first_end + timedelta(weeks=number, days=-6), first_end + timedelta(weeks=number))


def _month(number: int) -> tuple[date, date]:
    first = date(2019 + number // 12, number % 12 + 1, 1)
    return first, date(2019 + (number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)


def _weekly(name: str, first_end: date, **more: object) -> Shape:
    period = _week(first_end)
    fields: dict[str, object] = {"depth": 10, "issues": tuple(range(8)), **more}
    by_start = bool(fields.get("by_start"))
    written = fields.pop("written", "%Y-%m-%d")
    return Shape(
        name=name,
        label=lambda number: period(number)[0 if by_start else 1].strftime(str(written)),
        period=period,
        **fields,  # type: ignore[arg-type]
    )


COUNTRIES = (("United Kingdom", "GB"), ("South Korea", "KR"), ("Czech Republic", "CZ"), ("Côte d'Ivoire", "CI"))
SHAPES = (
    *(
        _weekly(f"weeks.ending.on-day-{end.isoweekday()}", end, issues=(0, 1, 2, 4, 5, 9), depth=12)
        for end in (date(2022, 5, 1) + timedelta(days=day) for day in range(7))
    ),
    _weekly("weeks.by_their_first_day", date(2022, 5, 7), by_start=True),
    _weekly("weeks.written_as_in_britain", date(2022, 5, 1), written="%d/%m/%Y", settings='date_format = "%d/%m/%Y"'),
    _weekly("re-entries.after-years", date(2019, 1, 6), issues=(0, 1, 52, 53, 105, 209, 210), depth=15),
    _weekly("ties.skipped", date(2022, 5, 1), ties="skipped", depth=20),
    _weekly("ties.dense", date(2022, 5, 1), ties="dense", depth=20),
    _weekly("a.hundred-deep", date(2022, 5, 1), depth=100, settings="depth = 100"),
    _weekly("by.territory-name", date(2022, 5, 1), territories=COUNTRIES, issues=(0, 2, 3, 4)),
    _weekly("one.territory", date(2022, 5, 1), territories=(("", "FR"),), settings='territory = "France"'),
    _weekly("a.single-issue", date(2022, 5, 1), issues=(0,), settings='calendar = "mon-sun"'),
    Shape("months.by-their-last-day", lambda n: str(_month(n)[1]), _month, depth=10, issues=(0, 1, 2, 3, 14, 15, 30)),
    Shape("months.by-name", lambda n: str(_month(n)[0])[:7], _month, depth=10, issues=tuple(range(10, 16))),
    Shape("months.by-their-first-day", lambda n: str(_month(n)[0]), _month, 10, (0, 1, 3), by_start=True),
)


@dataclass(frozen=True)
class Made:
    """A list made up, and what the oracle is told of it."""

    lines: list[str]
    entries: dict[str, list[tuple[str, int, int]]]
    """Territory code → (title, issue number, rank)."""


def _ranks(dice: random.Random, shape: Shape) -> list[int]:
    ranks, rank = list[int](), 1
    while len(ranks) < shape.depth:
        tied = dice.choice((1, 1, 1, 2, 3)) if shape.ties else 1
        tied = min(tied, shape.depth - len(ranks))
        ranks += [rank] * tied
        rank += tied if shape.ties == "skipped" else 1
    return ranks


def _make(shape: Shape) -> Made:
    dice = random.Random(shape.name)
    titles = [f"Work {number}, “{number}”" for number in range(shape.depth + shape.depth // 2 + 2)]
    head = [*(["Where"] if len(shape.territories) > 1 else []), "When", "Position", "Name", "Copies", "Notes"]
    lines, entries = [",".join(head)], dict[str, list[tuple[str, int, int]]]()
    for printed, code in shape.territories:
        for number in shape.issues:
            chosen = dice.sample(titles, shape.depth)
            for title, rank in zip(chosen, _ranks(dice, shape), strict=True):
                entries.setdefault(code, []).append((title, number, rank))
                where = [f'"{printed}"'] if len(shape.territories) > 1 else []
                cells = [*where, shape.label(number), str(rank), f'"{title}"', f'"{1_000 + 7 * rank:,}"', "x"]
                lines.append(",".join(cells))
    body = lines[1:]
    dice.shuffle(body)
    return Made([lines[0], *body], entries)


def _settings(shape: Shape) -> str:
    end = "period_start" if shape.by_start else "period_end"
    where = ', territory = "Where"' if len(shape.territories) > 1 else ""
    return (
        f'\n[[feeds]]\nfeed = "chart.csv"\nchart = "{shape.name}"\npath = "data/{shape.name}.csv"\n'
        f'columns = {{ {end} = "When", rank = "Position", title = "Name", copies = "Copies"{where} }}\n{shape.settings}\n'
    )


@pytest.fixture(scope="module")
def made() -> dict[str, Made]:
    return {shape.name: _make(shape) for shape in SHAPES}


@pytest.fixture(scope="module")
def desk(made: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of all the lists, loaded with one command."""
    folder = tmp_path_factory.mktemp("any") / "desk"
    ok("new", folder, "--empty")
    settings = (folder / "desk.toml").read_text(encoding="utf-8")
    (folder / "desk.toml").write_text(settings + "".join(map(_settings, SHAPES)), encoding="utf-8")
    for name, lists in made.items():
        (folder / "data" / f"{name}.csv").write_text("\n".join(lists.lines), encoding="utf-8")
        sidecar = 'producer = "Somebody"\ntitle = "A list"\nlicence = "CC0-1.0"\nfetched = 2026-01-01\n'
        (folder / "data" / f"{name}.csv.origin.toml").write_text(sidecar, encoding="utf-8")
    for line in ok("-C", folder, "load", "--all", "--json").out.splitlines():
        loaded = json.loads(line)
        assert loaded["findings"] == [], loaded
        assert loaded["rows_read"] == loaded["rows_kept"]
    return folder


@pytest.fixture(scope="module")
def record(desk: Path) -> Iterator[Record]:
    with work.record_of(open_desk(desk)) as record:
        yield record


def _document(record: Record, desk: Path, shape: Shape, code: str, number: int) -> dict[str, Any]:
    """The issue as `chart --json` prints it; the last of each list is really printed."""
    last = shape.period(number)[1]
    found = issue(record.engine, Chart(shape.name, shape.name), code, last)
    document: dict[str, Any] = json.loads(json_text({**found.as_json(), "as_of": "2026-01-01T00:00:00Z"}))
    if number == max(shape.issues):
        assert ok("-C", desk, "chart", shape.name, "--territory", code, "--issue", last, "--json").json == document
    return document


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_column_of_every_entry_is_the_oracles(
    shape: Shape, desk: Path, record: Record, made: dict[str, Made]
) -> None:
    compared = 0
    for code, entries in made[shape.name].entries.items():
        wanted: dict[int, dict[str, dict[str, object]]] = {}
        placed = columns(entries, set(shape.issues), min(shape.issues))
        for (title, number, _), of_entry in zip(entries, placed, strict=True):
            wanted.setdefault(number, {})[title] = asdict(of_entry)
        for number, by_title in wanted.items():
            document = _document(record, desk, shape, code, number)
            assert document["period"] == [str(day) for day in shape.period(number)]
            assert document["complete_for"] == "*"
            gaps = [gap for gap in range(min(shape.issues), number) if gap not in shape.issues]
            assert document["gaps"] == [[str(day) for day in shape.period(gap)] for gap in gaps]
            found = {entry["title"]: entry for entry in document["entries"]}
            assert found.keys() == by_title.keys()
            for title, of_title in by_title.items():
                entry = found[title]
                assert {name: entry[name] for name in of_title} == of_title, (title, number)
                assert entry["values"] == {"copies": 1_000 + 7 * entry["rank"]}
                compared += 1
            assert [entry["rank"] for entry in document["entries"]] == sorted(e["rank"] for e in document["entries"])
    assert compared == len(shape.issues) * shape.depth * len(shape.territories)


def test_the_lists_have_what_makes_lists_hard(made: dict[str, Made]) -> None:
    """Re-entries, long absences, ties and gaps: else the comparison above would say little."""
    for shape in SHAPES:
        for entries in made[shape.name].entries.values():
            placed = columns(entries, set(shape.issues), min(shape.issues))
            if len(shape.issues) > 2:
                assert any(one.weeks_on_chart > one.streak for one in placed), shape.name
            if shape.ties:
                ranks = [(issue, rank) for _, issue, rank in entries]
                assert len(set(ranks)) < len(ranks)
    assert sum(len(range(min(s.issues), max(s.issues))) + 1 > len(s.issues) for s in SHAPES) >= 8
