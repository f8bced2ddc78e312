"""The New York Times best-seller lists: answers of its Books API, the rows of such answers, or a CSV of whole lists.

Origin: https://developer.nytimes.com/docs/books-product/1/overview. A weekly list is of the sales of Sunday to Saturday and is
dated the Sunday 15 days after that Saturday (docs/methods.md, "New York Times lists").
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.period import CALENDARS, MONTH, read_day
from groundswell.core.protocol import Reading
from groundswell.core.quantity import counted
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.column import Columns, cell_text, check_header
from groundswell.feeds.issue import check_issues, figures_beside
from groundswell.feeds.table import MOST_BYTES, Cells, read_cells

WEEK: Final = CALENDARS["sun-sat"]
LAG: Final = timedelta(days=15)
"""From the Saturday that ends the sales to the Sunday the list is dated."""
MONTHLY: Final = frozenset(
    "animals audio-fiction audio-nonfiction business-books celebrities crime-and-punishment culture education espionage "
    "expeditions-disasters-and-adventures family fashion-manners-and-customs food-and-fitness games-and-activities "
    "graphic-books-and-manga hardcover-business-books hardcover-political-books health humor indigenous-americans "
    "mass-market-monthly middle-grade-paperback-monthly paperback-business-books race-and-civil-rights relationships "
    "religion-spirituality-and-faith science sports travel young-adult-paperback-monthly".split()
)
"""Lists of a month, where a file does not say how often its list is made; all others are weekly."""
_HALF_A_MONTH = timedelta(days=14)
_DEEPEST = 100
_FEWEST, _STEP = 10, 5
_NEEDED = ("list_name", "bestsellers_date", "published_date", "rank", "title")
_BESIDES = ("updated", "rank_last_week", "weeks_on_list", "asterisk", "dagger")
_CSV = {
    "Title": "title",
    "NYT List": "list_name",
    "NYT List Published Date": "published_date",
    "Weeks on NYT List": "weeks_on_list",
}
_CSV_UNREAD = ("Author", "Publisher", "Primary ISBN10", "Primary ISBN13")
_FIGURES = {
    "rank_last_week": ("rank", _DEEPEST),
    "weeks_on_list": ("weeks", 10_000),
    "asterisk": ("mark", 1),
    "dagger": ("mark", 1),
}
"""Each with its unit and the highest it can be."""


class NytLists:
    """Best-seller lists as their publisher's API gives them, or as a CSV in which a book's place is its rank."""

    id: ClassVar[str] = "nyt.lists"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = Origin(
        producer="The New York Times",
        title="The New York Times Best Sellers",
        url="https://www.nytimes.com/books/best-sellers/",
        licence="published by The New York Times; its API's terms bind whoever fetches from it",
    )

    def settings(self) -> dict[str, object]:
        """Nothing to set; the number rises when parsing changes."""
        return {"parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """Entries, issues with the day each is dated, and the figures printed beside an entry.

        In JSON a line is a book, counted through the file.
        """
        cells = _json(raw) if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else _csv(raw)
        columns = Columns(cells)
        has = cells.header.__contains__
        charts = columns.each("list_name", _chart, pa.string())
        days = _Days(columns, charts.to_pylist(), reading.until)
        ranks = columns.counts("rank", 1, _DEEPEST) if has("rank") else _places(columns, charts, days)
        figures = {name: columns.counts(name, 0, most, blank=True) for name, (_, most) in _FIGURES.items() if has(name)}
        figures |= {name: _positive(values) for name, values in figures.items() if _FIGURES[name][0] != "mark"}
        rows = {
            "chart": charts,
            "territory": pa.array(["WW"] * len(columns), pa.string()),
            "first_day": pa.array(days.first, pa.date32()),
            "last_day": pa.array(days.last, pa.date32()),
            "rank": ranks,
            "title": columns.names("title"),
            "season": pa.array([""] * len(columns), pa.string()),
            "weeks_printed": figures.get("weeks_on_list", pa.nulls(len(columns), pa.int64())),
            "line": columns.lines(),
        }
        table = pa.table(rows).cast(ENTRIES)
        entries, issues, faults = check_issues(
            table, columns.good(), WEEK.name, reading.complete_for, _ranks_fault, ties=False
        )
        observations = [
            figures_beside(table, entries, name, _FIGURES[name][0], values) for name, values in figures.items()
        ]
        return Parsed(
            entries,
            pa.concat_tables([OBSERVATIONS.empty_table(), *observations]),
            days.date(issues),
            rows_read=cells.rows_read,
            rows_kept=len(columns.good()),
            findings=sorted([*columns.findings, *faults], key=lambda finding: finding.line),
        )


LISTS = NytLists()


def _json(raw: bytes) -> Cells:
    """The books of one answer or several, or of their rows, as cells; an answer cut short is a finding and holds none."""
    if len(raw) > MOST_BYTES:
        raise InputError(f"the file has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    try:
        document = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InputError(f"the file is no JSON that can be read: {str(error)[:120]}; fetch it again") from None
    names = [*_NEEDED, *_BESIDES]
    kept: list[list[str]] = []
    lines: list[int] = []
    findings: list[Finding] = []
    known: set[str] = set()
    line = 0
    for answer in document if isinstance(document, list) else [document]:
        books = list(_books(answer))
        results = answer.get("num_results") if isinstance(answer, dict) and "results" in answer else None
        if isinstance(results, int) and results != len(books):
            why = f"{counted(len(books), 'book')} where the answer counts {results}; not kept: fetch it again"
            findings.append(Finding(line + 1, "num_results", str(results), why))
            line += len(books)
            continue
        for book in books:
            line += 1
            known.update(name for name in names if book.get(name) is not None)
            kept.append([cell_text(book[name]) if book.get(name) is not None else "" for name in names])
            lines.append(line)
    if missing := [name for name in _NEEDED if lines and name not in known]:
        raise InputError(f"no book has {', '.join(missing)}; name an answer of the API's lists, or the rows of one")
    header = [name for name in names if name in known or name in _NEEDED]
    return Cells(header, [[book[names.index(name)] for book in kept] for name in header], lines, line, findings)


def _books(answer: object) -> Iterator[dict[str, object]]:
    """Each book of an answer with its list's name and days; a row that is a book already is one."""
    results = answer.get("results", {"books": [answer]}) if isinstance(answer, dict) else None
    books = results.get("books") if isinstance(results, dict) else None
    if (
        not isinstance(results, dict)
        or not isinstance(books, list)
        or not all(isinstance(book, dict) for book in books)
    ):
        raise InputError(
            "neither an answer of the API for one list (lists/2022-05-29/young-adult-hardcover), with results.books, "
            "nor rows of such answers"
        )
    for book in books:
        of = {**book, **results}
        yield {**of, "list_name": of.get("list_name_encoded") or of.get("list_name")}


def _csv(raw: bytes) -> Cells:
    cells = read_cells(raw, ",")
    check_header(cells.header, [*_CSV, *_CSV_UNREAD], optional=("",))
    header = [_CSV.get(name, name) for name in cells.header]
    return Cells(header, cells.columns, cells.lines, cells.rows_read, cells.findings)


def _chart(name: str) -> str:
    encoded = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if not encoded or len(encoded) > 100:
        raise InputError("not the name of a list")
    return f"nyt.{encoded}"


class _Days:
    """Each row's period, and the day its list is dated; a row whose days cannot be right is a finding and has none."""

    def __init__(self, columns: Columns, charts: list[str | None], until: date) -> None:
        dated = columns.each("published_date", read_day, pa.date32()).to_pylist()
        stated = "bestsellers_date" in columns.cells.header
        ends = columns.each("bestsellers_date", read_day, pa.date32()).to_pylist() if stated else dated
        often = (
            columns.each("updated", _monthly, pa.bool_()).to_pylist()
            if "updated" in columns.cells.header
            else [None] * len(columns)
        )
        self.first: list[date | None] = [None] * len(columns)
        self.last: list[date | None] = [None] * len(columns)
        self._dated: dict[tuple[str, date], date] = {}
        self._monthly: dict[str, bool] = {}
        for row, (chart, end, day) in enumerate(zip(charts, ends, dated, strict=True)):
            if chart is None or end is None or day is None:
                continue
            saturday = end if stated else day - LAG
            monthly = bool(chart.removeprefix("nyt.") in MONTHLY if often[row] is None else often[row])
            if why := self._wrong(chart, saturday, day, monthly, until):
                columns.refuse(row, "bestsellers_date" if stated else "NYT List Published Date", str(end), why)
                continue
            of = MONTH.period_of(saturday - _HALF_A_MONTH) if monthly else WEEK.period_of(saturday)
            self.first[row], self.last[row] = of.first, of.last
            self._dated[chart, of.last] = day

    def _wrong(self, chart: str, saturday: date, day: date, monthly: bool, until: date) -> str | None:
        if day - saturday != LAG:
            return (
                f"{counted((day - saturday).days, 'day')} before the list is dated ({day}); sales end 15 days before it"
            )
        if not WEEK.named_by(saturday, starts=False):
            return f"sales would end on a {saturday:%A} ({saturday}); they end on a Saturday, and the list is dated a Sunday"
        if saturday > until:
            return f"sales that end after {until}, the day the file was fetched; correct the day, or load it when they are over"
        if self._monthly.setdefault(chart, monthly) != monthly:
            return "the list is called weekly here and monthly elsewhere in the file"
        return None

    def date(self, issues: pa.Table) -> pa.Table:
        """The issues with the day each is dated, on the calendar of its list."""
        keys = list(zip(issues["chart"].to_pylist(), issues["last_day"].to_pylist(), strict=True))
        columns = {
            **{name: issues[name] for name in ISSUES.names},
            "calendar": pa.array([(MONTH if self._monthly[chart] else WEEK).name for chart, _ in keys], pa.string()),
            "published_on": pa.array([self._dated[key] for key in keys], pa.date32()),
        }
        return pa.table(columns, schema=ISSUES)


def _monthly(text: str) -> bool | None:
    often = {"": None, "WEEKLY": False, "MONTHLY": True}
    if text not in often:
        raise InputError("neither WEEKLY nor MONTHLY")
    return often[text]


def _places(columns: Columns, charts: pa.Array, days: _Days) -> pa.Array:
    """Ranks that are places in the file: counted from 1 wherever another list begins.

    Where a row cannot be placed, it may be of the list before it or after it, so that no rank of the latter is known.
    """
    ranks: list[int | None] = []
    unread = {finding.line for finding in columns.cells.findings}
    before: tuple[str, date | None] | None = None
    place, line, lost, unsure = 0, 1, False, False
    for row, (chart, day, at) in enumerate(zip(charts.to_pylist(), days.last, columns.cells.lines, strict=True)):
        hole = lost or any(between in unread for between in range(line + 1, at))
        lost, line = chart is None or day is None, at
        if lost:
            ranks.append(None)
            continue
        if before != (chart, day):
            before, place, unsure = (chart, day), 0, False
        place, unsure = place + 1, unsure or hole
        if unsure:
            columns.refuse(row, None, "", "its place is its rank, and a row above it cannot be read")
        ranks.append(None if unsure else place)
    return pa.array(ranks, pa.int64())


def _positive(counts: pa.Array) -> pa.Array:
    """The counts without those of 0, which stands for a book that was not on it, and for one below the printed list."""
    return pc.if_else(pc.greater(counts, 0), counts, None)


def _ranks_fault(ranks: list[int]) -> str | None:
    if len(set(ranks)) < len(ranks):
        return "the rank stands twice in its list"
    if ranks != list(range(1, len(ranks) + 1)):
        return f"rank {next(rank for rank in range(1, _DEEPEST + 1) if rank not in ranks)} is missing"
    if len(ranks) < _FEWEST or len(ranks) % _STEP:
        return f"{counted(len(ranks), 'rank')}, where a whole list has 10, 15, 20, 25 or more"
    return None
