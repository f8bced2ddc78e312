"""Every rename and homonym in the real files is known: a new one fails here, named, to be decided by hand.

What both are: docs/methods.md, "Works that share a name, names that change".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from groundswell.catalog.identity import built_in_names
from tests.names import Meaning, kind_of, meaning, names_of
from tests.oracle import Row, read_netflix

pytestmark = pytest.mark.shared_data


@dataclass(frozen=True)
class Files:
    """The rows of Netflix's three files: two editions of the global lists, one of the lists by country."""

    global_2022: list[Row]
    global_2026: list[Row]
    countries: list[Row]

    @property
    def each(self) -> tuple[list[Row], ...]:
        return self.global_2022, self.global_2026, self.countries

    @property
    def rows(self) -> Iterable[Row]:
        return (row for file in self.each for row in file)


@pytest.fixture(scope="module")
def files(shared_data: Path) -> Files:
    folder = shared_data / "netflix"
    return Files(
        read_netflix(folder / "all-weeks-global_2022-11-15.xlsx"),
        read_netflix(folder / "all-weeks-global_2026-07-22.tsv"),
        read_netflix(folder / "all-weeks-countries_2022-11-15.xlsx"),
    )


@pytest.fixture(scope="module")
def names(files: Files) -> pa.Table:
    """What Groundswell makes of every name in the files."""
    return names_of(files.rows)


@pytest.fixture(scope="module")
def by_rule_alone(names: pa.Table) -> Meaning:
    """What would be made of them without renames.csv and homonyms.csv."""
    return meaning(names.filter(pc.less(names["weight"], 0)))


def renamed(earlier: Iterable[Row], later: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Entries of the same week, list, rank and hours under other names, as (earlier, later)."""
    places = {(row.chart, row.territory, row.period_end, row.rank, row.hours): row for row in later}
    pairs = [(row, places.get((row.chart, row.territory, row.period_end, row.rank, row.hours))) for row in earlier]
    return [(old, new) for old, new in pairs if new and (old.show, old.season) != (new.show, new.season)]


def rename(old: Row, new: Row) -> str:
    """How a failing test names a rename."""
    return f"{old.show} / {old.season} → {new.show} / {new.season}"


def unknown_renames(earlier: Iterable[Row], later: Iterable[Row], subject: Meaning) -> dict[str, Row]:
    """The renames whose two names do not mean one subject, each with an entry that carries the later name."""
    return {rename(old, new): new for old, new in renamed(earlier, later) if subject(old) != subject(new)}


def unknown_homonyms(rows: Iterable[Row], subject: Meaning) -> dict[str, str]:
    """Name as printed → why one subject must be several works.

    Weeks are counted over both language lists together: where Netflix counts them apart, they are two works.
    """
    on: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (row.period_end, row.chart, row.territory, row.rank)):
        where = (kind_of(row.chart), row.territory, subject(row))
        issues = on.setdefault(where, set())
        name = row.season or row.show
        at = f"{row.chart} {row.territory} {row.period_end} rank {row.rank}"
        if (row.chart, row.period_end.isoformat()) in issues:
            found.setdefault(name, f"{at}: {where[-1]} is on the list twice")
        issues.add((row.chart, row.period_end.isoformat()))
        if row.printed_weeks == 1 and len(issues) > 1:
            found.setdefault(name, f"{at}: the printed weeks of {where[-1]} restart at 1")
        if row.printed_weeks != len(issues):
            found.setdefault(name, f"{at}: {row.printed_weeks} weeks printed, {len(issues)} counted of {where[-1]}")
    return found


def test_no_new_rename(files: Files, names: pa.Table) -> None:
    assert unknown_renames(files.global_2022, files.global_2026, meaning(names)) == {}


@pytest.mark.parametrize("file", ["global_2022", "global_2026", "countries"])
def test_no_new_homonym(files: Files, names: pa.Table, file: str) -> None:
    assert unknown_homonyms(getattr(files, file), meaning(names)) == {}


def test_the_renames_there_are(files: Files) -> None:
    found = renamed(files.global_2022, files.global_2026)
    assert len({rename(old, new) for old, new in found}) == 45
    assert (len(found), len(files.global_2022)) == (192, 2_880)


def test_the_finder_finds_the_renames_that_need_a_row(files: Files, by_rule_alone: Meaning) -> None:
    found = unknown_renames(files.global_2022, files.global_2026, by_rule_alone)
    listed = {(row.title, row.season) for row in built_in_names() if row.why.startswith("printed as ")}
    assert {(row.show, row.season) for row in found.values()} == listed
    assert len(found) == len(listed) == 42


def test_the_finder_finds_the_homonyms(files: Files, by_rule_alone: Meaning) -> None:
    found = {name for file in files.each for name in unknown_homonyms(file, by_rule_alone)}
    of_netflix = [row for row in built_in_names() if row.scope.startswith("netflix.")]
    listed = {row.season or row.title for row in of_netflix if not row.why.startswith("printed as ")}
    assert found == listed
    assert len(found) == 18
