import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.feeds import table
from groundswell.feeds.table import Cells, read_cells, read_sheets
from tests.xlsx import Raw, letters, package, parts, sheet, workbook

_BOOK = workbook([["name", "count"], ["Tin Badger", 3], ["Nine Umbrellas", 4]])


def refusal(raw: bytes, delimiter: str = "\t") -> str:
    """The one line a file is refused with."""
    with pytest.raises(InputError) as refused:
        read_cells(raw, delimiter)
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    assert len(message) < 300
    return message


def grid(cells: Cells) -> list[list[object]]:
    """The cells as they stand, row by row."""
    columns = ([cell.as_py() if isinstance(cell, pa.Scalar) else cell for cell in column] for column in cells.columns)
    return [list(row) for row in zip(*columns, strict=True)]


# Text


@pytest.mark.parametrize(
    "raw",
    [
        b"a\tb\n1\t2\n3\t4\n",
        b"a\tb\n1\t2\n3\t4",
        b"\xef\xbb\xbfa\tb\n1\t2\n3\t4\n",
        b"a\tb\r\n1\t2\r\n3\t4\r\n",
        b"a\tb\r1\t2\r3\t4\r",
        b" a \t b\n1\t2\n3\t4\n",
    ],
    ids=["plain", "no last newline", "byte order mark", "CRLF", "CR", "spaces round the header"],
)
def test_text_however_it_is_saved(raw: bytes) -> None:
    cells = read_cells(raw, "\t")
    assert (cells.header, grid(cells), cells.lines) == (["a", "b"], [["1", "2"], ["3", "4"]], [2, 3])
    assert (cells.rows_read, cells.findings) == (2, [])


def test_blank_lines_do_not_count_and_lines_are_as_an_editor_shows_them() -> None:
    cells = read_cells(b"\n\na,b\n\n1,2\n,\n\n3,4\n", ",")
    assert (grid(cells), cells.lines, cells.rows_read, cells.findings) == ([["1", "2"], ["3", "4"]], [5, 8], 2, [])


def test_a_cell_of_several_lines_counts_them() -> None:
    cells = read_cells(b'a,b\n"one\ntwo",2\n3,4\n', ",")
    assert (grid(cells), cells.lines) == ([["one\ntwo", "2"], ["3", "4"]], [2, 4])


def test_quotes_are_text_in_tab_separated_files() -> None:
    assert grid(read_cells(b'a\tb\n"Twice"\t"half\n', "\t")) == [['"Twice"', '"half']]


@given(
    st.lists(st.lists(st.text('ab é"\0\x0b\x85\u2028\ufeff\r\n', max_size=3), min_size=1, max_size=3), max_size=5),
    st.booleans(),
)
@example([["a", "b"], ["1", "2"], ["x" * 131_072, "2"]], True)
@example([["a", "b"], ["1", "2"], ["x" * 131_073, "2"]], True)
@example([["a", "b"], ["null", "NaN"], ["", "#N/A"]], True)
def test_lines_of_one_width_are_read_at_once_as_they_are_one_by_one(lines: list[list[str]], ended: bool) -> None:
    text = "\n".join(map("\t".join, lines)) + "\n" * ended
    at_once = table._alike(text.encode())
    if at_once is None:
        return
    one_by_one = table._text(text.removeprefix("\ufeff"), "\t")
    assert grid(at_once) == grid(one_by_one)
    assert (at_once.header, at_once.lines) == (one_by_one.header, one_by_one.lines)
    assert (at_once.rows_read, at_once.findings) == (one_by_one.rows_read, one_by_one.findings)


@pytest.mark.parametrize(
    ("raw", "regular"),
    [
        (b"a\tb\n1\t2\n", True),
        (b"a\tb\n", True),
        (b"a\tb\r\n1\t2\r\n", False),
        (b"a\tb\n1\t2\n\n", False),
        (b"a\tb\n\t\n", False),
        (b"\t\n1\t2\n", False),
        (b"a\tb\n1\n", False),
    ],
)
def test_which_lines_are_read_at_once(raw: bytes, regular: bool) -> None:
    assert (table._alike(raw) is not None) == regular


def test_ragged_rows_are_findings_and_the_others_are_kept() -> None:
    cells = read_cells(b"a,b\n1,2\n3\n4,5,6\n7,8\n", ",")
    assert (grid(cells), cells.lines, cells.rows_read) == ([["1", "2"], ["7", "8"]], [2, 5], 4)
    assert cells.findings == [
        Finding(3, None, "3", "1 cell where the header has 2"),
        Finding(4, None, "4…5…6", "3 cells where the header has 2"),
    ]


@pytest.mark.parametrize(
    ("raw", "delimiter"),
    [
        (b"", "\t"),
        (b"", ","),
        (b"\n\n", "\t"),
        (b"\xef\xbb\xbf", ","),
        (b"\t\t\n", "\t"),
        (b",,,\n,,,\n", ","),
        (b'""\n', ","),
    ],
)
def test_an_empty_file_is_refused(raw: bytes, delimiter: str) -> None:
    assert "the file is empty" in refusal(raw, delimiter)


@pytest.mark.parametrize("raw", [b"<!DOCTYPE html>\n<html>", b"\n  <HTML><body>403</body>", b"\xef\xbb\xbf<?xml ?>"])
def test_an_error_page_is_refused_as_one(raw: bytes) -> None:
    assert "HTML or XML page, not a table: open the address in a browser" in refusal(raw)


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    message = refusal("a\tb\nx\ty\nÉté\t2\n".encode("latin-1"))
    assert message == (
        "line 3: byte 0xc9 is not UTF-8; save the file as UTF-8 and load it again; "
        "of a file that desk.toml maps, its encoding can be said there (utf-8, latin-1, windows-1252)"
    )
    assert "byte 0xff is not UTF-8" in refusal("a\tb\n1\t2\n".encode("utf-16"))


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_a_huge_field_is_refused_with_its_line(delimiter: str) -> None:
    raw = delimiter.join(["a", "b"]) + "\n" + delimiter.join(["x" * 200_000, "1"]) + "\n"
    assert refusal(raw.encode(), delimiter).startswith("line 2: not readable as a table: field larger than")


def test_an_unclosed_quote_is_refused_with_its_line() -> None:
    assert refusal(b'a,b\n1,2\n"x,3\n4,5\n', ",").startswith("line 3: not readable as a table")


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_BYTES", 10)
    assert refusal(b"a\tb\n1\t2\n3\t4\n") == "the file has 12 bytes; at most 10 are read"


# Workbooks


def test_a_workbook() -> None:
    assert read_cells(_BOOK, "\t") == Cells(
        ["name", "count"], [["Tin Badger", "Nine Umbrellas"], [3.0, 4.0]], [2, 3], 2
    )


def test_the_cells_of_a_workbook_keep_their_kind() -> None:
    row = ["text", 1.5, date(2022, 5, 1), Raw(' t="b"><v>1</v></c>'), "12"]
    cells = read_cells(workbook([list("abcde"), row]), "\t")
    assert grid(cells) == [["text", 1.5, date(2022, 5, 1), True, "12"]]
    stamp = Raw(' t="d"><v>2022-05-01T00:00:00</v></c>')
    assert grid(read_cells(workbook([["a"], [stamp]]), "\t")) == [[datetime(2022, 5, 1)]]  # noqa: DTZ001


def test_blank_rows_do_not_count_and_lines_are_the_sheets() -> None:
    cells = read_cells(workbook([["a", "b"], [], ["x", 0], ["", ""], ["y", 2]]), "\t")
    assert (grid(cells), cells.lines, cells.rows_read) == ([["x", 0.0], ["y", 2.0]], [3, 5], 2)


def test_a_header_may_stand_below_blank_rows_and_beside_blank_columns() -> None:
    cells = read_cells(workbook([[], ["a", "b", " "], ["x", 1, ""]]), "\t")
    assert (cells.header, grid(cells), cells.lines) == (["a", "b"], [["x", 1.0]], [3])


def test_cells_beyond_the_header_are_a_finding_and_not_cut_off_in_silence() -> None:
    cells = read_cells(workbook([["a", "b"], ["x", 1], ["y", 2, "", "note"], ["z", 3]]), "\t")
    assert grid(cells) == [["x", 1.0], ["z", 3.0]]
    assert cells.findings == [Finding(3, None, "…note", "cells beyond the header's 2")]


def test_formulas_are_findings_wherever_they_stand() -> None:
    formula = Raw("><f>1+1</f><v>2</v></c>")
    cells = read_cells(workbook([["a", "b"], ["x", 1], ["y", formula], ["z", 3, formula], [formula, formula]]), "\t")
    assert (grid(cells), cells.rows_read) == ([["x", 1.0]], 4)
    assert {(finding.line, finding.column) for finding in cells.findings if finding.found == "=…"} == {
        (3, "b"),
        (4, None),
        (5, "a"),
        (5, "b"),
    }
    assert "a formula or an error; write the value itself" in str(cells.findings[0])


@pytest.mark.parametrize(
    "formula",
    [
        "><f>SUM(A1:A9)</f><v>2</v></c>",
        ' s="1" t="str"><f>A1</f><v>x</v></c>',
        '><f t="shared" si="0"/><v>2</v></c>',
        ' cm="1">\n <f t="array" ref="B2">1</f><v>2</v></c>',
        ' t="e"><v>#N/A</v></c>',
        ' s="1" t="e"><v>#REF!</v></c>',
    ],
)
def test_every_way_to_write_a_formula_or_an_error_is_seen(formula: str) -> None:
    cells = read_cells(workbook([["a", "b"], ["x", Raw(formula)]]), "\t")
    assert [(finding.line, finding.column) for finding in cells.findings] == [(2, "b")]


@pytest.mark.parametrize("prefix", ["x", "a-b", "a.b", "é", "x1"])
def test_a_sheet_whose_elements_have_a_prefix_is_read_as_any_other(prefix: str) -> None:
    rows: list[list[object]] = [["a", "b"], ["x", Raw("><f>1+1</f><v>2</v></c>")], ["y", 3]]
    xml = sheet(rows)
    for name in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t"):
        xml = xml.replace(f"</{name}>", f"</{prefix}:{name}>")
        for after in (" ", ">"):
            xml = xml.replace(f"<{name}{after}", f"<{prefix}:{name}{after}")
    xml = xml.replace("xmlns=", f"xmlns:{prefix}=")
    cells = read_cells(package(parts(xml)), "\t")
    assert (grid(cells), [finding.line for finding in cells.findings]) == ([["y", 3.0]], [2])
    far = xml.replace('r="B3"', 'r="XFD1048576"')
    assert "at most 26,000,000 cells are read" in refusal(package(parts(far)))


def test_the_first_sheet_is_the_workbooks_first_whatever_its_part_is_called() -> None:
    formula = Raw("><f>1+1</f><v>2</v></c>")
    files = parts(sheet([["no"], [formula]]), sheet([["a", "b"], ["x", 1], ["y", formula]]))
    swapped = files["xl/workbook.xml"].replace('r:id="rId1"', 'r:id="rId0"').replace('r:id="rId2"', 'r:id="rId1"')
    files["xl/workbook.xml"] = swapped.replace('r:id="rId0"', 'r:id="rId2"')
    cells = read_cells(package(files), "\t")
    assert (cells.header, grid(cells)) == (["a", "b"], [["x", 1.0]])
    assert [(finding.line, finding.column) for finding in cells.findings] == [(3, "b")]


@pytest.mark.parametrize("target", ["/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "Worksheets/Sheet1.xml"])
def test_the_first_sheet_may_be_linked_in_every_way(target: str) -> None:
    files = parts(sheet([["a"], ["x"], [Raw("><f>1</f><v>2</v></c>")]]))
    links = files["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
    cells = read_cells(package({**files, "xl/_rels/workbook.xml.rels": links}), "\t")
    assert (grid(cells), [finding.line for finding in cells.findings]) == ([["x"]], [3])


@pytest.mark.parametrize("keep", [4, 30, 0.1, 0.5, 0.9, 0.99, -22, -2, -1])
def test_a_workbook_cut_short_is_refused(keep: float) -> None:
    cut = int(len(_BOOK) * keep) if 0 < keep < 1 else int(keep)
    assert "damaged or cut short" in refusal(_BOOK[:cut])


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_workbook_is_refused_or_read_but_never_a_crash(data: st.DataObject) -> None:
    raw = bytearray(_BOOK)
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(4, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        cells = read_cells(bytes(raw), "\t")
    except InputError:
        return
    assert len(grid(cells)) + len(cells.findings) >= cells.rows_read


def _lie(raw: bytes, name: str, size: int) -> bytes:
    """The archive, its directory stating another unpacked size for one part."""
    at = raw.index(b"PK\x01\x02")
    while raw[at + 46 : at + 46 + len(name)] != name.encode():
        at = raw.index(b"PK\x01\x02", at + 4)
    return raw[: at + 24] + struct.pack("<I", size) + raw[at + 28 :]


def test_a_bomb_that_states_its_size_is_refused_before_it_is_unpacked() -> None:
    raw = _lie(_BOOK, "xl/worksheets/sheet1.xml", 3_000_000_000)
    assert "the workbook unpacks to 3,000," in refusal(raw)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_past_what_it_states() -> None:
    files = parts(sheet([["a"], ["x"]]).replace("</sheetData>", " " * 64_000_000 + "</sheetData>"))
    raw = _lie(package(files), "xl/worksheets/sheet1.xml", 1000)
    del files
    tracemalloc.start()
    try:
        assert "damaged" in refusal(raw)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


def test_a_workbook_of_too_many_parts_is_refused() -> None:
    raw = package({**parts(sheet([["a"]])), **{f"xl/media/{n}": "" for n in range(1000)}})
    assert "in 1,006 parts; at most 500,000,000 in 1,000 are read" in refusal(raw)


@pytest.mark.parametrize("place", ["XFD1048576", "AAA99999", "AB1000000", "Z1048576"])
def test_a_cell_so_far_out_that_the_sheet_would_fill_memory_is_refused(place: str) -> None:
    files = parts(sheet([["a", "b"], ["x", 1]]).replace('r="B2"', f'r="{place}"'))
    assert "at most 26,000,000 cells are read" in refusal(package(files))


def test_a_sheet_may_be_long_or_wide() -> None:
    long = package(parts(sheet([["a", "b"], ["x", 1]]).replace('r="B2"', 'r="B300000"')))
    assert read_cells(long, "\t").lines == [2, 300000]
    wide = workbook([[f"c{n}" for n in range(700)], list(range(700))])
    assert grid(read_cells(wide, "\t")) == [[float(n) for n in range(700)]]
    assert letters(699) == "ZX"


@pytest.mark.parametrize(
    "spoilt",
    [
        '<c t="n">',
        "<c r='B2'>",
        '<c s="0" r="B2">',
        '<c r="b2">',
        '<c r="A2" r="XFD1048576">',
        '<c r="A2" s=">" r="XFD1048576">',
        '<c r="AAAA99999999">',
    ],
)
def test_a_cell_that_does_not_plainly_say_where_it_stands_is_refused(spoilt: str) -> None:
    files = parts(sheet([["a", "b"], ["x", 1]]).replace('<c r="B2">', spoilt))
    assert "does not say where it stands" in refusal(package(files))


def test_archives_that_are_no_workbook_are_refused() -> None:
    assert "a ZIP archive but no XLSX workbook" in refusal(package({"word/document.xml": "<w/>"}))
    assert "a ZIP archive but no XLSX workbook" in refusal(package({"content.xml": "<office/>"}))
    files = parts(sheet([["a"]]))
    del files["xl/worksheets/sheet1.xml"]
    assert "cannot be read" in refusal(package(files))
    assert "which part is its first sheet" in refusal(package({**files, "xl/workbook.xml": "<workbook/>"}))
    assert "which part is its first sheet" in refusal(package(parts()))


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(_BOOK)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.xml", sheet([["other"], ["rows"]]))
    assert "two parts of one name" in refusal(out.getvalue())


@pytest.mark.parametrize("rows", [[], [[]], [["", ""]]])
def test_a_workbook_without_a_table_is_refused(rows: list[list[object]]) -> None:
    assert "first sheet is empty" in refusal(workbook(rows))


def test_a_header_of_blanks_has_no_columns() -> None:
    assert read_cells(workbook([["  ", " "], ["x", 1]]), "\t").header == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("</sheetData>", ""), ('<row r="2">', '<row r="2"'), ("<v>1</v>", "<v>1<v>")],
)
def test_a_sheet_whose_xml_is_spoilt_is_refused(old: str, new: str) -> None:
    xml = sheet([["a", "b"], ["x", 1]])
    assert old in xml
    assert "the workbook cannot be read" in refusal(package(parts(xml.replace(old, new))))


@pytest.mark.parametrize(("value", "read"), [("one", "one"), ("", ""), ("1e3", 1000.0)])
def test_a_number_that_is_none_comes_as_its_text(value: str, read: object) -> None:
    xml = sheet([["a", "b"], ["x", 1]]).replace("<v>1</v>", f"<v>{value}</v>")
    assert grid(read_cells(package(parts(xml)), "\t")) == [["x", read]]


# Sheets with words above the table


def test_the_sheets_that_have_the_heads_are_read_below_them() -> None:
    below: list[list[object]] = [
        ["", "name", "count"],
        ["", "Tin Badger", 3],
        ["stray", "Nine Umbrellas", 4],
        ["", "Kite", Raw("><f>1</f></c>")],
    ]
    raw = workbook(
        [["a report"], ["", "of May"], *below],
        [["notes"]],
        [],
        [["count", "name"], [5, "Kettle & Sons"]],
    )
    sheets, others = read_sheets(raw, ("name", "count"))
    assert ([sheet.name for sheet in sheets], others) == (["Sheet 1", "Sheet 4"], ["Sheet 2"])
    assert (sheets[0].above, sheets[0].cells.header) == (["a report", "of May"], ["name", "count"])
    assert (grid(sheets[0].cells), sheets[0].cells.lines, sheets[0].cells.rows_read) == ([["Tin Badger", 3.0]], [4], 3)
    assert sorted((f.line, f.column, f.why) for f in sheets[0].cells.findings) == [
        (5, None, "cells beyond the header's 2"),
        (6, "count", "a formula or an error; write the value itself"),
    ]
    assert (grid(sheets[1].cells), sheets[1].above) == ([[5.0, "Kettle & Sons"]], [])
    with pytest.raises(InputError, match="no XLSX workbook"):
        read_sheets(b"name,count\n", ("name",))
