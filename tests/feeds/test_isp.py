"""The ISP speed index: a wide table or a long one, in Mbps and no other unit, ranked with ranks shared."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import code_of
from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.isp import IspSpeedIndex
from tests.synthetic import WHOLE

INDEX = IspSpeedIndex("US")
WIDE = """
Provider  ,Nov-12,Dec-12
Mosslink  ,2.17  ,2.1
Peat Net  ,1.94  ,
Fen - DSL ,2.17  ,1.9
"""
LONG = """
month,provider,mbps
2012-11,Mosslink,2.17
2012-11,Peat Net,1.94
2012-11,Fen - DSL,2.17
2012-12,Mosslink,2.1
2012-12,Fen - DSL,1.9
"""


def parse(text: str, reading: Reading = WHOLE) -> Parsed:
    parsed = INDEX.parse(text.strip().encode(), reading)
    schemas = (parsed.entries.schema, parsed.issues.schema, parsed.observations.schema)
    assert schemas == (ENTRIES, ISSUES, OBSERVATIONS)
    return parsed


def ranks(parsed: Parsed) -> list[tuple[str, str, int | None]]:
    """Month, provider and rank."""
    rows = parsed.entries.to_pylist()
    return sorted((f"{row['last_day']:%Y-%m}", row["title"], row["rank"]) for row in rows)


def speeds(parsed: Parsed) -> list[tuple[str, str, Decimal | None]]:
    rows = [row for row in parsed.observations.to_pylist() if row["chart"] == ""]
    assert {(row["measure"], row["unit"]) for row in rows} <= {("isp.speed", "Mbps")}
    return [(f"{row['last_day']:%Y-%m}", row["title"], row["value"]) for row in sorted(rows, key=_place)]


def _place(row: dict[str, Any]) -> tuple[date, str]:
    return row["last_day"], row["title"]


def whys(parsed: Parsed) -> list[tuple[int, str | None, str, str]]:
    return [(finding.line, finding.column, finding.found, finding.why) for finding in parsed.findings]


@pytest.mark.parametrize("text", [WIDE, LONG])
def test_both_forms_say_the_same(text: str) -> None:
    parsed = parse(text)
    november = [("2012-11", "Fen - DSL", 1), ("2012-11", "Mosslink", 1), ("2012-11", "Peat Net", 3)]
    assert ranks(parsed) == [*november, ("2012-12", "Fen - DSL", 2), ("2012-12", "Mosslink", 1)]
    assert speeds(parsed) == [
        ("2012-11", "Fen - DSL", Decimal("2.17")),
        ("2012-11", "Mosslink", Decimal("2.17")),
        ("2012-11", "Peat Net", Decimal("1.94")),
        ("2012-12", "Fen - DSL", Decimal("1.9")),
        ("2012-12", "Mosslink", Decimal("2.1")),
    ]
    issues = [
        (row["territory"], row["calendar"], row["depth"], row["complete_for"]) for row in parsed.issues.to_pylist()
    ]
    assert issues == [("US", "month", 3, "*"), ("US", "month", 2, "*")]
    assert (parsed.rows_kept, parsed.findings) == (parsed.rows_read, [])


def test_every_reading_has_a_place_of_its_own() -> None:
    rows = parse(WIDE).observations.to_pylist()
    assert len({row["line"] for row in rows}) == len(rows) == 10


def test_a_file_that_is_not_whole_has_no_ranks() -> None:
    parsed = parse(WIDE, Reading("mosslink", code_of))
    assert {rank for *_, rank in ranks(parsed)} == {None}
    assert {row["complete_for"] for row in parsed.issues.to_pylist()} == {"mosslink"}


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("-0.3", "no speed of a stream: from 0 to 100 Mbps is allowed; is it in another unit?"),
        ("2170", "no speed of a stream: from 0 to 100 Mbps is allowed; is it in another unit?"),
        (
            "0.26 MB/s",
            "the speed: MB/s is another unit than Mbps (1 MB/s is 8 Mbps); convert the speeds and load again",
        ),
        ("0.26MBps", "the speed: MBps is another unit than Mbps (1 MB/s is 8 Mbps); convert the speeds and load again"),
        (
            "2100 kbps",
            "the speed: kbps is another unit than Mbps (1 MB/s is 8 Mbps); convert the speeds and load again",
        ),
        ("fast", "'fast' is not a number; write it as 1234567, 1,234,567 or 12.5"),
    ],
)
def test_a_cell_that_is_no_speed_is_a_finding_and_its_month_has_no_ranks(cell: str, why: str) -> None:
    parsed = parse(f"Provider,Nov-12,Dec-12\nMosslink,2.1,{cell}\nPeat Net,2.0,2.0 Mbps")
    assert whys(parsed) == [(2, "Dec-12", f"Mosslink: {cell}", why)]
    assert ranks(parsed) == [
        ("2012-11", "Mosslink", 1),
        ("2012-11", "Peat Net", 2),
        ("2012-12", "Peat Net", None),
    ]
    assert [row["complete_for"] for row in parsed.issues.to_pylist()] == ["*", ""]
    assert ("2012-12", "Mosslink", None) in speeds(parsed)
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)


def test_a_provider_twice_in_a_month_counts_not_at_all() -> None:
    for text in (
        "Provider,Nov-12\nMosslink,2.1\nPeat Net,2.0\nMosslink,2.2",
        "month,provider,mbps\n2012-11,Mosslink,2.1\nNov-12,Peat Net,2.0\nNov 2012,Mosslink,2.1",
    ):
        parsed = parse(text)
        assert [(line, why) for line, _, _, why in whys(parsed)] == [
            (4, "the provider stands twice in this month; neither counts")
        ]
        assert ranks(parsed) == [("2012-11", "Peat Net", None)]
        assert (parsed.rows_read, parsed.rows_kept) == (3, 1)
        assert speeds(parsed) == [("2012-11", "Mosslink", None), ("2012-11", "Peat Net", Decimal("2.0"))]


def test_a_month_that_was_not_over_when_the_file_was_fetched_is_none() -> None:
    parsed = parse(WIDE, Reading("*", code_of, date(2012, 12, 30)))
    assert {month for month, *_ in speeds(parsed)} == {"2012-11"}
    assert {why for *_, why in whys(parsed)} == {"the month was not over on 2012-12-30, the day the file was fetched"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Provider,Nov-12 (MB/s)\nMosslink,2.1", "a column is headed 'Nov-12 .MB/s.': MB/s is another unit than Mbps"),
        ("Provider,kbps\nMosslink,2100", "a column is headed 'kbps': kbps is another unit than Mbps"),
        ("Provider,First\nMosslink,2.1", "'First' is not a month; write it as 2012-11 or Nov-12"),
        ("Provider,Nov-12,Nov-12\nMosslink,2.1,2", "the columns are those of no speed index"),
        ("month,provider\n2012-11,Mosslink", "missing: mbps"),
        ("Provider,Nov-12\nMosslink,-", "no speeds in the table"),
        ("", "the file is empty"),
    ],
)
def test_another_table_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse(text)


def test_it_needs_a_known_territory() -> None:
    with pytest.raises(InputError, match="'Atlantis' is not a territory"):
        IspSpeedIndex("Atlantis").parse(WIDE.strip().encode(), WHOLE)


def test_a_byte_order_mark_and_other_encodings() -> None:
    assert len(INDEX.parse(b"\xef\xbb\xbf" + WIDE.strip().encode(), WHOLE).entries) == 5
    with pytest.raises(InputError, match="is not UTF-8"):
        INDEX.parse("Provider,Nov-12\nÉté,2.1".encode("latin-1"), WHOLE)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from(["2.1", "2.2", "", "x", "-1"])), max_size=6))
def test_ranks_are_those_of_a_naive_count(rows: list[tuple[str, str]]) -> None:
    text = "\n".join(["Provider,Nov-12", *(f"{provider},{cell}" for provider, cell in rows)])
    listed = [(provider, cell) for provider, cell in rows if cell]
    if not listed:
        return
    parsed = parse(text)
    sound = len({provider for provider, _ in listed}) == len(listed) and all(cell[0] == "2" for _, cell in listed)
    for _, provider, rank in ranks(parsed):
        speed = float(dict(listed)[provider])
        assert rank == (1 + sum(float(cell) > speed for _, cell in listed) if sound else None)
    assert parsed.rows_kept <= parsed.rows_read


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet="Pmonthprviderbs,N-12.\n 0MB/", max_size=80).map(str.encode)))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        parsed = INDEX.parse(raw, WHOLE)
    except InputError:
        return
    assert parsed.rows_kept <= parsed.rows_read


@pytest.mark.shared_data
def test_the_real_table(shared_data: Path) -> None:
    """Five providers in the United States over 28 months, without a finding."""
    parsed = INDEX.parse((shared_data / "isp" / "netflix_isp_us_2012-11_2015-02.csv").read_bytes(), WHOLE)
    assert (parsed.rows_read, parsed.rows_kept, len(parsed.issues), len(parsed.entries)) == (5, 5, 28, 140)
    assert parsed.findings == []
    by_month = {(month, name): value for month, name, value in speeds(parsed)}
    assert by_month["2014-05", "Verizon - FiOS"] == Decimal("1.9")
    assert by_month["2014-06", "Verizon - FiOS"] == Decimal("1.58")
