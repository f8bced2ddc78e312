"""An independent oracle of docs/methods.md: every column of every entry, naive and obviously right rather than fast.

It shares no code with the package, reads Netflix's files by itself, and takes every definition from docs/methods.md.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

CHARTS = {
    "Films (English)": "netflix.global.films_english",
    "Films (Non-English)": "netflix.global.films_non_english",
    "TV (English)": "netflix.global.tv_english",
    "TV (Non-English)": "netflix.global.tv_non_english",
    "Films": "netflix.country.films",
    "TV": "netflix.country.tv",
}
LAST_BY_HOURS = date(2023, 6, 11)
"""The last week Netflix ranked by hours; it has ranked by views since."""


@dataclass(frozen=True)
class Row:
    """One line of a producer's file as printed; what it leaves out is None, a season of N/A or nothing is ""."""

    chart: str
    territory: str
    period_end: date
    rank: int
    show: str
    season: str
    printed_weeks: int
    hours: int | None
    views: int | None
    runtime: Decimal | None


@dataclass(frozen=True)
class Placed:
    """The columns of one entry. No previous rank is None, and so is a debut or re-entry that cannot be known."""

    rank: int
    previous_rank: int | None
    change: int | None
    peak: int
    weeks_on_chart: int
    streak: int
    streak_at_top: int
    debut: bool | None
    re_entry: bool | None


def _lines(path: Path) -> list[list[str]]:
    """The cells of the file as text, header first, with whole numbers written without a decimal point."""
    if path.suffix.lower() == ".xlsx":
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        return [[str(int(c)) if isinstance(c, float) and c.is_integer() else str(c) for c in line] for line in sheet]
    text = path.read_text(encoding="utf-8-sig")
    return [line.split("\t") for line in text.split("\n") if line]


def _whole(cell: str) -> int | None:
    """The whole number in the cell, or None if the cell is empty; anything else is an error."""
    return int(cell) if cell else None


@cache
def read_netflix(path: Path) -> list[Row]:
    """Every row of Netflix's global or countries file, TSV or XLSX, in the order of the file."""
    header, *lines = _lines(path)
    rows = []
    for line in lines:
        cell = dict(zip(header, line, strict=True))
        runtime = cell.get("runtime", "")
        rows.append(
            Row(
                chart=CHARTS[cell["category"]],
                territory=cell["country_iso2"] if "country_iso2" in header else "WW",
                period_end=date.fromisoformat(cell["week"][:10]),
                rank=int(cell["weekly_rank"]),
                show=cell["show_title"],
                season="" if cell["season_title"] == "N/A" else cell["season_title"],
                printed_weeks=int(cell["cumulative_weeks_in_top_10"]),
                hours=_whole(cell.get("weekly_hours_viewed", "")),
                views=_whole(cell.get("weekly_views", "")),
                runtime=Decimal(runtime) if runtime else None,
            )
        )
    return rows


def _number_works(rows: Sequence[Row], same_name: Iterable[int]) -> dict[int, int]:
    """Row index -> 1 for the first work of this name, 2 for the second ..., told apart by the printed weeks."""
    issues: dict[date, list[int]] = {}
    for index in same_name:
        issues.setdefault(rows[index].period_end, []).append(index)
    numbers: dict[int, int] = {}
    last: dict[int, Row] = {}  # work number -> where it was last seen
    for week in sorted(issues):
        pairs = sorted(
            (week - seen.period_end, abs(rows[index].rank - seen.rank), rows[index].rank, work, index)
            for index in issues[week]
            for work, seen in last.items()
            if rows[index].printed_weeks == seen.printed_weeks + 1
        )
        continued: set[int] = set()
        for *_, work, index in pairs:  # the work last seen latest, then the nearest rank
            if index not in numbers and work not in continued:
                numbers[index] = work
                continued.add(work)
        for index in sorted(issues[week], key=lambda index: rows[index].rank):
            if index not in numbers:
                numbers[index] = len(last) + 1
            last[numbers[index]] = rows[index]
    return numbers


def works(rows: Sequence[Row]) -> dict[int, Hashable]:
    """Row index -> key of its work: chart, territory, printed names, and a number that tells homonyms apart."""
    names: dict[tuple[str, str, str, str], list[int]] = {}
    for index, row in enumerate(rows):
        names.setdefault((row.chart, row.territory, row.show, row.season), []).append(index)
    keys: dict[int, Hashable] = {}
    for name, same_name in names.items():
        for index, number in _number_works(rows, same_name).items():
            keys[index] = (*name, number)
    return keys


def columns(entries: Sequence[tuple[Hashable, int, int]], held: set[int], first_expected: int) -> list[Placed]:
    """The columns of each (work, issue number, rank) of one chart in one territory, in the order given.

    `held` are the numbers of the issues held whole. One from `first_expected` on that is not among them is a gap, save
    for the works that are known to be on it. A work listed twice in one issue is refused.
    """
    ranks: dict[Hashable, dict[int, int]] = {}
    for work, issue, rank in entries:
        if issue in ranks.setdefault(work, {}):
            raise ValueError(f"{work} at {rank} in issue {issue}: listed twice")
        ranks[work][issue] = rank
    placed = []
    for work, issue, rank in entries:
        on = {number: ranks[work][number] for number in ranks[work] if number <= issue}
        streak = 0
        while issue - streak in on:
            streak += 1
        streak_at_top = 0
        while on.get(issue - streak_at_top) == 1:
            streak_at_top += 1
        previous = on.get(issue - 1)
        debut: bool | None
        re_entry: bool | None
        if len(on) == 1:
            gaps = [number for number in range(first_expected, issue) if number not in held]
            debut = None if gaps else True
            re_entry = None if any(number < issue - 1 for number in gaps) else False
        else:
            debut = False
            if issue - 1 in on:
                re_entry = False
            else:
                re_entry = True if issue - 1 in held else None
        placed.append(
            Placed(
                rank=rank,
                previous_rank=previous,
                change=None if previous is None else previous - rank,
                peak=min(on.values()),
                weeks_on_chart=len(on),
                streak=streak,
                streak_at_top=streak_at_top,
                debut=debut,
                re_entry=re_entry,
            )
        )
    return placed


def ranked_together(entries: Sequence[tuple[Hashable, int, int]], depth: int) -> list[tuple[Hashable, int, int]]:
    """Each (work, issue number, value) that ranks within `depth` in its issue, as (work, issue number, rank)."""
    values: dict[int, list[int]] = {}
    for _, issue, value in entries:
        values.setdefault(issue, []).append(value)
    ranked = [(work, issue, 1 + sum(other > value for other in values[issue])) for work, issue, value in entries]
    return [entry for entry in ranked if entry[2] <= depth]


def netflix_columns(rows: Sequence[Row]) -> list[Placed]:
    """The columns of every row, in the order given; a list's first expected week is the first one held of it."""
    keys = works(rows)
    lists: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(rows):
        lists.setdefault((row.chart, row.territory), []).append(index)
    placed: dict[int, Placed] = {}
    for indices in lists.values():
        first = min(rows[index].period_end for index in indices)
        number = {index: (rows[index].period_end - first).days // 7 for index in indices}
        entries = [(keys[index], number[index], rows[index].rank) for index in indices]
        placed.update(zip(indices, columns(entries, set(number.values()), 0), strict=True))
    return [placed[index] for index in range(len(rows))]


def netflix_overall(rows: Sequence[Row]) -> dict[tuple[date, Hashable], Placed]:
    """The columns of the four global lists ranked together, ten ranks, by week and work (its key in `works`)."""
    keys = works(rows)
    first = min(row.period_end for row in rows)
    figures: list[tuple[Hashable, int, int]] = []
    for index, row in enumerate(rows):
        value = row.hours if row.period_end <= LAST_BY_HOURS else row.views
        if value is None:
            raise ValueError(f"{row}: no figure to rank by")
        figures.append((keys[index], (row.period_end - first).days // 7, value))
    entries = ranked_together(figures, 10)
    placed = columns(entries, {issue for _, issue, _ in figures}, 0)
    return {
        (first + timedelta(weeks=issue), work): columns_of
        for (work, issue, _), columns_of in zip(entries, placed, strict=True)
    }


def reach(rows: Iterable[Row], chart: str, show: str, season: str, week: date) -> set[str]:
    """The territories whose issue of that week lists the title."""
    return reach_over(rows, chart, show, season, week, week)


def reach_over(rows: Iterable[Row], chart: str, show: str, season: str, first: date, last: date) -> set[str]:
    """The territories that list the title in at least one issue whose period ends from first to last, both included."""
    title = (chart, show, season)
    return {r.territory for r in rows if (r.chart, r.show, r.season) == title and first <= r.period_end <= last}
