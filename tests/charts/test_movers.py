"""Who rose and fell from one month of speeds to the next; and the chart of the real table."""

from decimal import Decimal
from pathlib import Path

import pytest

from groundswell.charts import Charts, issue, movers
from groundswell.claims import Claim, Record, read
from groundswell.core.period import MONTH, read_day
from groundswell.feeds.isp import IspSpeedIndex
from groundswell.measures.speed import FIGURE, NO_DIFFERENCE
from tests.claims.lists import Lists, judge_one

TABLE = b"""Provider,2022-04,2022-05
Mosslink,3.4,3.4
Peat Net,3.4,3.2
Fen,3.2,3.4
Bog,3.0,2.8
New,,3.4
Gone,3.6,
"""


def record_of(raw: bytes) -> Record:
    lists = Lists()
    lists.take(IspSpeedIndex("US"), raw)
    return lists.record()


def month(record: Record, day: str) -> list[tuple[str, int | None, int | None, int, object]]:
    found = issue(record.engine, Charts().get("isp.speed"), "US", read_day(day))
    return [(e.title, e.rank, e.previous_rank, e.weeks_on_chart, e.values.get(FIGURE)) for e in found.entries]


def test_ranks_are_shared_and_the_next_is_skipped() -> None:
    record = record_of(TABLE)
    assert month(record, "2022-05-01") == [
        ("Fen", 1, 4, 2, Decimal("3.4")),
        ("Mosslink", 1, 2, 2, Decimal("3.4")),
        ("New", 1, None, 1, Decimal("3.4")),
        ("Peat Net", 4, 2, 2, Decimal("3.2")),
        ("Bog", 5, 5, 2, Decimal("2.8")),
    ]
    assert issue(record.engine, Charts().get("isp.speed"), "US", None).method == "netflix-isp-2021"
    record.engine.close()


def test_claims_of_shared_ranks_are_answered() -> None:
    record = record_of(TABLE)
    for words, kind, subject, verdict in (
        ("No. 1", "rank", "mosslink", "supported"),
        ("No. 1", "rank", "fen", "supported"),
        ("No. 2", "rank", "peat-net", "refuted"),
        ("No. 4", "rank", "peat-net", "supported"),
        ("No. 1", "rank", "gone", "refuted"),
    ):
        period = MONTH.period_of(read_day("2022-05-01"))
        judged = judge_one(record, Claim(kind, subject, "isp.speed", "US", period, read(words, kind)))
        assert (words, subject, str(judged.verdict)) == (words, subject, verdict), judged.explanation
    record.engine.close()


def test_risers_and_fallers_and_what_is_no_difference() -> None:
    record = record_of(TABLE.replace(b"Mosslink,3.4,3.4", b"Mosslink,3.41,3.4"))
    charts = Charts()
    now, before = (
        issue(record.engine, charts.get("isp.speed"), "US", read_day(day)) for day in ("2022-05-01", "2022-04-01")
    )
    found = [(one.entry.title, one.change, one.meaningful) for one in movers(now, before, FIGURE, NO_DIFFERENCE)]
    assert found == [
        ("Fen", Decimal("0.2"), True),
        ("Mosslink", Decimal("-0.01"), False),
        ("Bog", Decimal("-0.2"), True),
        ("Peat Net", Decimal("-0.2"), True),
    ]
    record.engine.close()


@pytest.mark.shared_data
def test_the_real_table_month_by_month(shared_data: Path) -> None:
    """FiOS from third to fourth of the five held in June 2014; Netflix's sessions of AT&T in two names stay two."""
    record = record_of((shared_data / "isp" / "netflix_isp_us_2012-11_2015-02.csv").read_bytes())
    assert [row[:3] for row in month(record, "2014-06-01")] == [
        ("Cox", 1, 1),
        ("Comcast", 2, 2),
        ("Verizon - FiOS", 3, 3),
        ("AT&T - U-verse", 4, 4),
        ("AT&T - DSL", 5, 5),
    ]
    june = MONTH.period_of(read_day("2014-06-01"))
    for words, subject, verdict in (
        ("1.58 Mbps", "verizon-fios", "supported"),
        ("1.6 Mbps", "verizon-fios", "supported"),
        ("1.90 Mbps", "verizon-fios", "refuted"),
        ("2.61 Mbps", "comcast", "supported"),
    ):
        claim = Claim("level", subject, "", "US", june, read(words, "level"), "isp.speed")
        assert (words, str(judge_one(record, claim).verdict)) == (words, verdict)
    record.engine.close()
