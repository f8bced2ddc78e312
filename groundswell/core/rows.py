"""The shape of what a feed gives and the store keeps: five Arrow schemas.

Names are as printed (`season` is empty where the producer prints none), days are inclusive, `line` is the place in the
producer's file, and figures are exact: counts as int64, every other value as DECIMAL(38, 9). A figure printed beside
an entry is an observation with the entry's `line`. The store adds `LOAD_COLUMNS` to every row.
"""

from dataclasses import dataclass, field

import pyarrow as pa

from groundswell.core.finding import Finding
from groundswell.core.quantity import EXACT_DIGITS, EXACT_PLACES

EXACT = pa.decimal128(EXACT_DIGITS, EXACT_PLACES)
STATUS = "status"
"""The unit of a status, such as *certified fresh*: 1 where it was had, 0 where not."""
_TIME = pa.timestamp("us", tz="UTC")

ENTRIES = pa.schema(
    [
        ("chart", pa.string()),
        ("territory", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("rank", pa.int64()),  # null: on the list, rank not stated
        ("title", pa.string()),
        ("season", pa.string()),
        ("weeks_printed", pa.int64()),  # the producer's own count of weeks on the chart
        ("line", pa.int64()),
    ]
)
OBSERVATIONS = pa.schema(
    [
        ("measure", pa.string()),
        ("unit", pa.string()),
        ("chart", pa.string()),  # the list it was printed in; empty when in none
        ("territory", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("title", pa.string()),
        ("season", pa.string()),
        ("value", EXACT),  # null: a reading in no list that could not be read, a finding
        ("line", pa.int64()),
    ]
)
ISSUES = pa.schema(
    [
        ("chart", pa.string()),
        ("territory", pa.string()),
        ("calendar", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("published_on", pa.date32()),
        ("depth", pa.int64()),  # entries read
        ("complete_for", pa.string()),  # "*", a subject id, or empty: held in part
    ]
)
REVIEWS = pa.schema(
    [
        ("title", pa.string()),
        ("season", pa.string()),
        ("day", pa.date32()),  # null: not known
        ("critic", pa.string()),
        ("publication", pa.string()),
        ("is_top", pa.bool_()),  # null: not known
        ("is_fresh", pa.bool_()),  # null: could not be read
        ("line", pa.int64()),
    ]
)
LOAD_COLUMNS = pa.schema([("load_id", pa.string()), ("snapshot_id", pa.string())])
LOADS = pa.schema(
    [
        *LOAD_COLUMNS,
        ("feed", pa.string()),
        ("known_from", _TIME),
        ("loaded_at", _TIME),
        ("evidence", pa.string()),
        ("may_show", pa.string()),
        ("origin", pa.string()),  # JSON
        ("rows_read", pa.int64()),
        ("rows_kept", pa.int64()),
        ("findings", pa.string()),  # JSON, the first MOST_FINDINGS of them
        ("findings_count", pa.int64()),
    ]
)
MOST_FINDINGS = 1000


@dataclass(frozen=True)
class Parsed:
    """What one file holds: rows in the schemas above, and what was wrong with the rest of it."""

    entries: pa.Table
    observations: pa.Table
    issues: pa.Table
    rows_read: int
    rows_kept: int
    findings: list[Finding] = field(default_factory=list)
    reviews: pa.Table = field(default_factory=REVIEWS.empty_table)
