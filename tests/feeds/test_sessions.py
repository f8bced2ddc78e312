from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from groundswell.core.errors import InputError
from groundswell.core.viewing import SESSIONS as SCHEMA
from groundswell.core.viewing import Delivered
from groundswell.feeds.sessions import Sessions
from groundswell.store import DuckEngine
from tests.store.viewing import NOW, READING

_COLUMNS = {"profile": "who", "title": "what", "territory": "where", "start": "since", "duration": "lasts"}
_FEED = Sessions(_COLUMNS)
_GOOD = "u1,Moss,GB,2026-11-02T20:00:00Z,100"
_START = 1_793_649_600  # 2 November 2026, 20:00 UTC


def _read(path: Path, feed: Sessions = _FEED) -> tuple[Delivered, list[dict[str, Any]]]:
    with DuckEngine() as engine:
        delivered = feed.deliver(path, engine, READING, NOW)
        found = engine.query(delivered.sql)
        assert found.schema == SCHEMA
        return delivered, found.to_pylist()


def _text(tmp_path: Path, *lines: str, header: str = "who,what,where,since,lasts", end: str = "\n") -> Path:
    path = tmp_path / "sessions.csv"
    path.write_text("\n".join([header, *lines]) + end, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("u1,Moss,GB,2026-11-02T20:00:00Z,100", 100),
        ("u1,Moss,United Kingdom,2026-11-02 21:00:00+01:00,100.9", 100),
        (f"u1,Moss,UK,{_START},100", 100),
        (f"u1,Moss,UK,{_START}.75,0", 0),
        (" u1 ,Moss,GB,2026-11-02T20:00, 86400 ", 86400),
    ],
)
def test_times_are_read_to_the_whole_second(tmp_path: Path, line: str, seconds: int) -> None:
    _, [row] = _read(_text(tmp_path, line))
    assert row["started_at"] == datetime(2026, 11, 2, 20, tzinfo=UTC)
    assert (row["ended_at"] - row["started_at"]).total_seconds() == seconds
    assert (row["profile"], row["title"], row["season"], row["territory"]) == ("u1", "Moss", "", "GB")
    assert (row["household"], row["device"], row["stream"], row["session"]) == (None, None, "", None)


@pytest.mark.parametrize("start", ["start_s", "since"])
def test_no_head_of_a_file_is_taken_for_a_column_that_is_worked_out(tmp_path: Path, start: str) -> None:
    """`start_s` beside another start, or as the start itself, says nothing of when the viewing ended."""
    feed = Sessions({"profile": "who", "title": "what", "territory": "where", "start": start, "duration": "dur_s"})
    other = "since" if start == "start_s" else "start_s"
    _, [row] = _read(
        _text(tmp_path, f"u1,Moss,GB,{_START},{_START - 50},100", header=f"who,what,where,{start},{other},dur_s"), feed
    )
    assert row["started_at"] == datetime(2026, 11, 2, 20, tzinfo=UTC)
    assert (row["ended_at"] - row["started_at"]).total_seconds() == 100
    columns = {"who": ["u1"], "what": ["Moss"], "where": ["GB"], start: [_START], other: [_START - 50], "dur_s": [100]}
    pq.write_table(pa.table(columns), tmp_path / "sessions.parquet")
    assert _read(tmp_path / "sessions.parquet", feed)[1] == [row]


@pytest.mark.parametrize(
    ("weight", "kept"),
    [("", None), ("1", "1"), ("12000.5", "12000.5"), (" 0.000001 ", "0.000001"), ("2.50000000", "2.5"), ("7.", "7")],
)
def test_a_row_of_a_panel_says_how_many_it_stands_for(tmp_path: Path, weight: str, kept: str | None) -> None:
    feed = Sessions({**_COLUMNS, "weight": "stands for"})
    _, [row] = _read(_text(tmp_path, f"{_GOOD},{weight}", header="who,what,where,since,lasts,stands for"), feed)
    assert row["weight"] == (None if kept is None else Decimal(kept))


@pytest.mark.parametrize("weight", ["0", "-1", "1e3", "many", "0.0000001", "1234567890123", "NaN", "1,000"])
def test_what_is_no_weight_is_a_finding(tmp_path: Path, weight: str) -> None:
    feed = Sessions({**_COLUMNS, "weight": "stands for"}, delimiter=";")
    lines = [f"{_GOOD.replace(',', ';')};{weight}", f"{_GOOD.replace(',', ';')};2"]
    delivered, [row] = _read(_text(tmp_path, *lines, header="who;what;where;since;lasts;stands for"), feed)
    assert row["weight"] == 2
    [finding] = delivered.findings
    assert (finding.line, finding.column) == (2, "stands for")
    assert finding.why.startswith("no weight; write how many profiles")


@pytest.mark.parametrize(
    ("kind", "refused"),
    [(pa.decimal128(21, 2), False), (pa.int64(), False), (pa.string(), False), (pa.float64(), True)],
)
def test_a_weight_in_parquet_is_exact(tmp_path: Path, kind: pa.DataType, refused: bool) -> None:
    columns = {"who": ["u1"], "what": ["Moss"], "where": ["GB"], "since": [_START], "lasts": [100]}
    table = pa.table({**columns, "stands for": pa.array([3], pa.int64()).cast(kind)})
    pq.write_table(table, tmp_path / "sessions.parquet")
    feed = Sessions({**_COLUMNS, "weight": "stands for"})
    if refused:
        with pytest.raises(InputError, match="column stands for holds double, not text or whole numbers"):
            _read(tmp_path / "sessions.parquet", feed)
    else:
        assert _read(tmp_path / "sessions.parquet", feed)[1][0]["weight"] == 3


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        (",Moss,GB,2026-11-02T20:00:00Z,100", "who", "no profile"),
        ("u1,,GB,2026-11-02T20:00:00Z,100", "what", "no title"),
        ("u1,Moss,Atlantis,2026-11-02T20:00:00Z,100", "where", "not a territory"),
        ("u1,Moss,WW,2026-11-02T20:00:00Z,100", "where", "not a territory"),
        ("u1,Moss,GB,yesterday,100", "since", "not a time"),
        ("u1,Moss,GB,2026-11-02,100", "since", "not a time"),
        (f"u1,Moss,GB,{_START}000,100", "since", "a clock in milliseconds"),
        ("u1,Moss,GB,2026-11-02T20:00:00Z,", "lasts", "no duration"),
        ("u1,Moss,GB,2026-11-02T20:00:00Z,-1", "lasts", "no duration"),
        ("u1,Moss,GB,2026-11-02T20:00:00Z,86401", None, "longer than a day"),
        ("u1,Moss,GB,2026-11-26T00:00:00Z,1", None, "in the future"),
        ("u1,Moss,GB,1999-12-31T23:00:00Z,1", "since", "before 2000"),
        ("u1,Moss,GB,2026-11-02T20:00:00Z", None, "fewer or more cells"),
        ("u1,Moss,GB,2026-11-02T20:00:00Z,100,7", None, "fewer or more cells"),
    ],
)
def test_a_row_that_does_not_fit_is_a_finding_and_the_others_go_on(
    tmp_path: Path, line: str, column: str | None, why: str
) -> None:
    delivered, found = _read(_text(tmp_path, _GOOD, line, _GOOD, line))
    assert len(found) == 2
    assert (delivered.rows_read, delivered.rows_refused) == (4, 2)
    [finding] = delivered.findings
    assert (finding.line, finding.column, finding.found) == (3, column, "")
    assert why in finding.why
    assert "(2 rows, the first here)" in finding.why


def test_the_line_of_a_finding_counts_the_lines_that_are_no_rows(tmp_path: Path) -> None:
    delivered, _ = _read(_text(tmp_path, _GOOD, "u1", "u2", _GOOD, _GOOD, _GOOD, ",Moss,GB,2026-11-02T20:00:00Z,1"))
    assert [(finding.line, finding.column) for finding in delivered.findings] == [(3, None), (8, "who")]


def test_swapped_columns_are_refused_in_one_line(tmp_path: Path) -> None:
    swapped = Sessions({**_COLUMNS, "territory": "what", "title": "where"})
    with pytest.raises(InputError, match=r"3 of 3 rows are wrong, so none was taken; line 2, what.*columns named"):
        _read(_text(tmp_path, _GOOD, _GOOD, _GOOD), swapped)
    ends = Sessions({**{k: v for k, v in _COLUMNS.items() if k != "duration"}, "start": "lasts", "end": "since"})
    backwards = "u1,Moss,GB,2026-11-02T20:00:00Z,2026-11-02T20:10:00Z"
    with pytest.raises(InputError, match="ends before it starts"):
        _read(_text(tmp_path, backwards), ends)


def test_a_clock_in_milliseconds_is_read_where_the_desk_says_so(tmp_path: Path) -> None:
    path = _text(tmp_path, f"u1,Moss,GB,{_START}999,1999")
    with pytest.raises(InputError, match=r'clock in milliseconds; if it is meant so, say clock = "milliseconds"'):
        _read(path)
    _, [row] = _read(path, Sessions(_COLUMNS, clock="milliseconds"))
    assert (row["started_at"].timestamp(), row["ended_at"].timestamp()) == (_START, _START + 1)


def test_one_bad_row_in_a_hundred_is_a_finding(tmp_path: Path) -> None:
    lines = [_GOOD if number % 100 else "u1,Moss,XX,2026-11-02T20:00:00Z,100" for number in range(2000)]
    delivered, found = _read(_text(tmp_path, *lines))
    assert (len(found), delivered.rows_refused) == (1980, 20)
    assert [str(finding).split(" (")[1] for finding in delivered.findings] == ["20 rows, the first here)"]


def test_a_last_line_without_a_break_may_be_cut_short(tmp_path: Path) -> None:
    delivered, found = _read(_text(tmp_path, _GOOD, _GOOD, "u1,Moss,GB,2026-11-02T20:00:00Z,1", end=""))
    assert len(found) == 2
    assert "no line break" in str(delivered.findings[0])
    assert delivered.findings[0].line == 4


@pytest.mark.parametrize(
    ("lines", "kept", "findings"),
    [
        ([_GOOD, _GOOD, "u1,Moss,GB,2026-"], 2, [(4, "fewer or more cells")]),
        ([_GOOD, "u1,Moss", _GOOD, _GOOD, "u1,Mo"], 3, [(3, "fewer or more cells")]),
        ([_GOOD, "u1,Moss", _GOOD, _GOOD, _GOOD], 3, [(3, "fewer or more cells"), (6, "no line break")]),
    ],
)
def test_a_last_line_cut_within_its_cells_takes_no_other_with_it(
    tmp_path: Path, lines: list[str], kept: int, findings: list[tuple[int, str]]
) -> None:
    delivered, found = _read(_text(tmp_path, *lines, end=""))
    assert (len(found), delivered.rows_refused) == (kept, len(lines) - kept)
    assert [finding.line for finding in delivered.findings] == [line for line, _ in findings]
    assert all(why in finding.why for finding, (_, why) in zip(delivered.findings, findings, strict=True))


def _parquet(tmp_path: Path, **columns: pa.Array) -> Path:
    path = tmp_path / "sessions.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def _typed(tmp_path: Path, since: pa.Array, lasts: pa.Array) -> Path:
    country = pa.array(["GB", "US"]).dictionary_encode()
    return _parquet(
        tmp_path, who=pa.array([5, 6]), what=pa.array(["Moss", "Fern"]), where=country, since=since, lasts=lasts
    )


@pytest.mark.parametrize(
    "since",
    [
        pa.array([_START, _START], pa.int64()),
        pa.array([_START + 0.5, _START], pa.float64()),
        pa.array([_START, _START], pa.timestamp("s")),
        pa.array([_START * 1000 + 999, _START * 1000], pa.timestamp("ms", tz="America/New_York")),
        pa.array([_START * 10**9 + 999, _START * 10**9], pa.timestamp("ns", tz="UTC")),
    ],
)
def test_parquet_is_read_by_its_types(tmp_path: Path, since: pa.Array) -> None:
    _, found = _read(_typed(tmp_path, since, pa.array([100, 7], pa.int32())))
    assert [row["started_at"].timestamp() for row in found] == [_START, _START]
    assert [(row["profile"], row["ended_at"].timestamp() - _START) for row in found] == [("5", 100), ("6", 7)]


def test_a_parquet_file_half_written_is_refused(tmp_path: Path) -> None:
    path = _typed(tmp_path, pa.array([_START, _START]), pa.array([100, 7]))
    raw = path.read_bytes()
    for length in (len(raw) // 2, len(raw) - 3, 6):
        path.write_bytes(raw[:length])
        with pytest.raises(InputError, match="cut short"):
            _read(path)
    path.write_bytes(raw[:4] + bytes(200) + raw[204:])
    with pytest.raises(InputError, match=r"damaged|cannot be read"):
        _read(path)


def test_findings_of_parquet_name_its_rows(tmp_path: Path) -> None:
    path = _typed(tmp_path, pa.array([_START, _START]), pa.array([100, -1]))
    delivered, found = _read(path)
    assert (len(found), delivered.findings[0].line, delivered.findings[0].column) == (1, 2, "lasts")


_FAR = [-(2**63), 2**63 - 1, 10**17, -(10**17)]


@pytest.mark.parametrize("far", _FAR)
@pytest.mark.parametrize("role", ["since", "lasts"])
def test_a_number_of_parquet_that_no_clock_shows_is_its_rows_finding(tmp_path: Path, role: str, far: int) -> None:
    since, lasts = [_START, _START], [100, 7]
    (since if role == "since" else lasts)[1] = far
    delivered, found = _read(_typed(tmp_path, pa.array(since), pa.array(lasts)))
    assert [row["profile"] for row in found] == ["5"]
    assert [(finding.line, finding.column) for finding in delivered.findings] == [(2, role)]


@pytest.mark.parametrize("kind", [pa.uint64(), pa.float64(), pa.decimal128(20, 0)])
def test_so_is_one_of_any_type_of_number(tmp_path: Path, kind: pa.DataType) -> None:
    far = 2**64 - 1
    for since, lasts in (([_START, far], [100, 7]), ([_START, _START], [100, far])):
        of = (pa.array([str(number) for number in numbers]).cast(kind) for numbers in (since, lasts))
        delivered, found = _read(_typed(tmp_path, *of))
        assert ([row["profile"] for row in found], delivered.findings[0].line) == (["5"], 2)


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("far", [-(2**63) + 1, 2**63 - 2])
def test_so_is_a_time_no_calendar_has(tmp_path: Path, unit: str, far: int) -> None:
    ticks = {"ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    since = pa.array([_START * ticks, far], pa.int64()).cast(pa.timestamp(unit, tz="UTC"))
    delivered, found = _read(_typed(tmp_path, since, pa.array([100, 7])))
    assert ([row["profile"] for row in found], [finding.line for finding in delivered.findings]) == (["5"], [2])


@pytest.mark.parametrize("far", [-(10**16), -9_223_372_022_400_001, 9_223_372_036_854_776, 10**16, 2**63 - 1])
@pytest.mark.parametrize("role", ["start", "end"])
def test_a_far_time_of_one_row_leaves_all_others_as_they_are(tmp_path: Path, role: str, far: int) -> None:
    """Of many row groups, with a column that is not asked for and an empty one."""
    rows = range(9)
    times = {
        "start": [(_START + 60 * row) * 1000 for row in rows],
        "end": [(_START + 60 * row) * 1000 + 7000 for row in rows],
    }
    columns = {
        "who": pa.array([f"u{row}" for row in rows]),
        "also": pa.array([[row] for row in rows]),
        "what": pa.array(["Moss"] * 9).dictionary_encode(),
        "where": pa.array(["GB"] * 9),
        "device": pa.array([None] * 9, pa.string()),
    }
    feed = Sessions(
        {"profile": "who", "title": "what", "territory": "where", "device": "device", "start": "start", "end": "end"}
    )

    def read(name: str) -> tuple[Delivered, list[dict[str, Any]]]:
        clocks = {at: pa.array(of, pa.int64()).cast(pa.timestamp("ms")) for at, of in times.items()}
        pq.write_table(pa.table({**columns, **clocks}), tmp_path / name, row_group_size=2)
        return _read(tmp_path / name, feed)

    _, whole = read("whole.parquet")
    assert len(whole) == 9
    times[role][4] = far
    delivered, found = read("far.parquet")
    assert {row["profile"]: row for row in found} == {row["profile"]: row for row in whole if row["profile"] != "u4"}
    assert [(finding.line, finding.column) for finding in delivered.findings] == [(5, role)]
    assert (delivered.rows_read, delivered.rows_refused) == (9, 1)


def test_nothing_of_a_row_stands_in_a_finding(tmp_path: Path) -> None:
    secret = "profile-4711"
    delivered, _ = _read(
        _text(tmp_path, _GOOD, _GOOD, f"u1,Moss,{secret},2026-11-02T20:00:00Z,100", f"u1,M,GB,{secret},1")
    )
    assert len(delivered.findings) == 2
    assert secret not in str([finding.as_json() for finding in delivered.findings])


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing: lasts"):
        _read(_text(tmp_path, "u1,Moss,GB,2026-11-02T20:00:00Z", header="who,what,where,since"))
    with pytest.raises(InputError, match="the file is empty"):
        _read(_text(tmp_path, header=""))
    with pytest.raises(InputError, match="name of its own"):
        _read(_text(tmp_path, _GOOD, header="who,what,where,since,since"))
    with pytest.raises(InputError, match="no rows"):
        _read(_text(tmp_path))
    with pytest.raises(InputError, match="either duration or end"):
        Sessions({role: role for role in ("profile", "title", "territory", "start")})
    with pytest.raises(InputError, match="clock"):
        Sessions(_COLUMNS, clock="minutes")


def test_all_that_may_be_said_of_a_session_is_read(tmp_path: Path) -> None:
    more = ("season", "household", "device", "stream", "session")
    feed = Sessions({**_COLUMNS, **{role: role for role in more}})
    header = "who,what,where,since,lasts," + ",".join(more)
    _, [row, other] = _read(
        _text(tmp_path, f"{_GOOD},Moss: Season 1,h1,tv,Live,s1", f"{_GOOD},,,,,", header=header), feed
    )
    assert [row[role] for role in more] == ["Moss: Season 1", "h1", "tv", "live", "s1"]
    assert [other[role] for role in more] == ["", None, None, "", None]
