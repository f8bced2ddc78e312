"""The file of a reduced week: read as a list, by day and region; hostile files."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.protocol import Reading
from groundswell.core.reduction import ReducedCell, ReducedTitle, Reduction, encode
from groundswell.feeds.reduced import WEEK

READING = Reading("*", lambda code: code)
MONDAY, SUNDAY = date(2022, 5, 2), date(2022, 5, 8)


def week(**changes: object) -> Reduction:
    """A week of two titles."""
    figures = {"interactions": Decimal(5), "top_share": Decimal("2.4")}
    cells = (
        ReducedCell(MONDAY, "one", "en", "GB", "post", 3, 2),
        ReducedCell(MONDAY, "one", "", "", "like", 2, 2),
        ReducedCell(SUNDAY, "one", "pt", "BR", "like", 1, 1),
    )
    return msgspec.structs.replace(
        Reduction(
            measure="interactions",
            chart="trending-tv",
            calendar="mon-sun",
            first_day=MONDAY,
            last_day=SUNDAY,
            hours_missing=0,
            ranked_by="groundswell-2026",
            profiles=("groundswell-2026",),
            gazetteers=("g",),
            inputs="sha256:0",
            entries=(ReducedTitle(1, "one", "One", figures, {"self": 1}), ReducedTitle(2, "two", "Two", figures, {})),
            cells=cells,
        ),
        **changes,
    )


def test_a_week_is_a_list_and_its_figures_by_day_and_region_are_in_no_list() -> None:
    found = WEEK.parse(encode(week()), READING)
    assert [(row["rank"], row["title"], row["line"]) for row in found.entries.to_pylist()] == [
        (1, "One", 1),
        (2, "Two", 2),
    ]
    (issue,) = found.issues.to_pylist()
    assert (issue["complete_for"], issue["depth"], issue["last_day"]) == ("*", 2, SUNDAY)
    rows = found.observations.to_pylist()
    listed = {(row["title"], row["measure"]): (row["value"], row["unit"]) for row in rows if row["chart"]}
    assert listed["One", "interactions"] == (5, "interactions")
    assert listed["Two", "top_share"] == (Decimal("2.4"), "percent")
    parts = {(row["territory"], row["first_day"], row["last_day"]): row["value"] for row in rows if not row["chart"]}
    assert parts == {
        ("WW", MONDAY, MONDAY): 4,
        ("WW", SUNDAY, SUNDAY): 1,
        ("GB", MONDAY, SUNDAY): 2,
        ("BR", MONDAY, SUNDAY): 1,
    }
    lines = [row["line"] for row in rows if not row["chart"]]
    assert min(lines) > len(found.entries)  # never taken for figures of an entry


def test_a_week_with_hours_unseen_is_held_in_part() -> None:
    assert WEEK.parse(encode(week(hours_missing=3)), READING).issues["complete_for"].to_pylist() == [""]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"format": 2}, "reads format 1"),
        ({"last_day": date(2022, 5, 9)}, "no period"),
        ({"entries": (week().entries[1],)}, "ranks are not 1"),
    ],
)
def test_a_file_that_cannot_be_such_a_week_is_refused(changed: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        WEEK.parse(encode(week(**changed)), READING)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: encode(week(chart=text))))
def test_hostile_files_are_read_or_refused(raw: bytes) -> None:
    with suppress(InputError):
        assert len(WEEK.parse(raw, READING).entries) == 2
