"""The files the benchmarks read: Netflix's own where the folder of real data is, else simulated ones of the same shape."""

import os
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

_BESIDE = Path(__file__).parents[2] / "shared" / "data"
COUNTRIES = "all-weeks-countries_2022-11-15.xlsx"
WORLDWIDE = "all-weeks-global_2026-07-22.tsv"
_LISTS = ("week", "category", "weekly_rank", "show_title", "season_title")
_WEEKS = "cumulative_weeks_in_top_10"
_FIRST, _VIEWS_SINCE = date(2021, 7, 4), date(2023, 6, 18)
Row = Sequence[str | int]


@dataclass(frozen=True)
class Inputs:
    """The country file as XLSX and as TSV, and the global file as TSV."""

    simulated: bool
    countries: Path
    countries_text: Path
    worldwide: Path


def shared_folder() -> Path:
    """The folder that holds the real data and the generators of simulated data."""
    return Path(os.environ.get("GROUNDSWELL_SHARED_DATA") or _BESIDE).parent


def shared_data() -> Path | None:
    """The folder of Netflix's files, None where it is not."""
    folder = Path(os.environ.get("GROUNDSWELL_SHARED_DATA") or _BESIDE) / "netflix"
    return folder if all((folder / name).is_file() for name in (COUNTRIES, WORLDWIDE)) else None


def inputs(within: str) -> Inputs:
    """What can be measured here; what has to be written for it goes into the folder `within`."""
    folder = Path(within)
    real = shared_data()
    if real is None:
        _write_workbook(folder / "simulated-countries.xlsx", [*_countries()])
        _write_text(folder / "simulated-global.tsv", _worldwide())
        found = folder / "simulated-countries.xlsx", folder / "simulated-global.tsv"
    else:
        found = real / COUNTRIES, real / WORLDWIDE
    text = folder / f"{found[0].stem}.tsv"
    rows = CalamineWorkbook.from_path(str(found[0])).get_sheet_by_index(0).to_python()
    _write_text(text, ([int(cell) if isinstance(cell, float) else str(cell) for cell in row] for row in rows))
    return Inputs(real is None, found[0], text, found[1])


def _write_text(path: Path, rows: Iterable[Row]) -> None:
    """In Netflix's own form: no quotes, tabs between, every line ended."""
    path.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8", newline="")


def _countries() -> Iterator[Row]:
    """134,620 rows after the header: 94 territories, of which one leaves after 35 of 72 weeks, two lists of ten."""
    yield ("country_name", "country_iso2", *_LISTS, _WEEKS)
    codes = "AR AU AT BS BH BD BE BO BR BG CA CL CO CR HR CY CZ DK DO EC EG SV EE FI FR DE GR GP GT HN HK HU IS IN ID IE IL IT"
    codes += " JM JP JO KE KW LV LB LT LU MY MV MT MQ MU MX MA NC NL NZ NI NG NO OM PK PA PY PE PH PL PT QA RE RO SA RS SG SK"
    codes += " SI ZA KR ES LK SE CH TW TH TT TR UA AE GB US UY VE VN RU"
    for code in codes.split():
        weeks = 35 if code == "RU" else 72
        for category in ("Films", "TV"):
            for week, ranked in enumerate(_lists(f"{code} {category}", weeks, category)):
                day = _FIRST + timedelta(weeks=week)
                for rank, (title, season, times) in enumerate(ranked, 1):
                    yield (f"Simulated {code}", code, str(day), category, rank, title, season, times)


def _worldwide() -> Iterator[Row]:
    """10,560 rows after the header: 264 weeks of four lists of ten, with views from June 2023 on."""
    yield (*_LISTS, "weekly_hours_viewed", "runtime", "weekly_views", _WEEKS)
    for category in ("Films (English)", "Films (Non-English)", "TV (English)", "TV (Non-English)"):
        for week, ranked in enumerate(_lists(category, 264, category.split()[0])):
            day = _FIRST + timedelta(weeks=week)
            for rank, (title, season, times) in enumerate(ranked, 1):
                views = (11 - rank) * 1_300_000 + 100_000 * (len(category) + week % 7)
                figures = (2 * views, 2, views) if day >= _VIEWS_SINCE else (2 * views, "", "")
                yield (str(day), category, rank, title, season, *figures, times)


def _lists(seed: str, weeks: int, kind: str) -> Iterator[list[tuple[str, str, int]]]:
    """Ten titles a week, of which about three go and some come back; each with its season and times listed."""
    pick = random.Random(seed)
    times: dict[int, int] = {}
    on: list[int] = []
    for _ in range(weeks):
        on = [number for number in on if pick.random() > 0.3]
        while len(on) < 10:
            number = pick.randrange(2000)
            if number not in on:
                on.insert(pick.randrange(len(on) + 1), number)
        for number in on:
            times[number] = times.get(number, 0) + 1
        yield [(*_names(number, kind), times[number]) for number in on]


def _names(number: int, kind: str) -> tuple[str, str]:
    if kind == "Films":
        return f"Simulated Film {number}", "N/A"
    return f"Simulated Series {number // 2}", f"Simulated Series {number // 2}: Season {1 + number % 2}"


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Simulated" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def _write_workbook(path: Path, rows: list[Row]) -> None:
    """One sheet in the form Netflix's has: texts shared, every cell with its place, style and type."""
    texts: dict[str, int] = {}
    lines = []
    for line, row in enumerate(rows, 1):
        cells = []
        for letter, cell in zip("ABCDEFGH", row, strict=True):
            kind, value = ("n", cell) if isinstance(cell, int) else ("s", texts.setdefault(cell, len(texts)))
            cells.append(f'<c r="{letter}{line}" s="0" t="{kind}"><v>{value}</v></c>')
        lines.append(f'<row r="{line}" spans="1:8">{"".join(cells)}</row>')
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts = {
        **_PARTS,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
