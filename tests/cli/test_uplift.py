"""`uplift` on a desk: per cents, ranks and words, no figures, and one line for what cannot be compared."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.command import ok, run

WEEKS = [date(2022, 1, 1) + timedelta(days=7 * nth) for nth in range(40)]
KITE = [1234 + nth for nth in range(36)] + [4321 + nth for nth in range(4)]
SOLD = {"Kite": KITE} | {f"Peer {nth}": [2345 + (week * nth) % 50 for week in range(40)] for nth in range(1, 12)}
EVENT = str(WEEKS[36])
SETTINGS = """
[[feeds]]
feed = "series.csv"
measure = "books.units"
unit = "copies"
calendar = "sun-sat"
territory = "US"
path = "data/books.csv"
columns = { period_end = "Week", title = "Work", value = "Units" }
"""
ORIGIN = """
producer = "The Almanac"
title = "Weekly units"
licence = "per cents may be quoted"
fetched = 2023-05-10
status = "simulated"
stands_for = "a panel of tills"
may_show = "percent"
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with the weekly units of twelve works."""
    folder = tmp_path_factory.mktemp("uplift") / "desk"
    ok("new", folder, "--empty")
    with (folder / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    rows = [f"{day},{work},{units}" for work, sold in SOLD.items() for day, units in zip(WEEKS, sold, strict=True)]
    (folder / "data" / "books.csv").write_text("\n".join(["Week,Work,Units", *rows]), encoding="utf-8")
    (folder / "data" / "books.csv.origin.toml").write_text(ORIGIN, encoding="utf-8")
    ok("-C", folder, "load", "--all")
    return folder


def test_it_says_how_much_where_it_stands_and_what_may_be_said(desk: Path) -> None:
    told = ok("-C", desk, "uplift", "kite", "books.units", "--event", EVENT, "--territory", "US").out
    assert told.splitlines() == [
        "Kite, copies sold, United States: up 241.6% (simulated)",
        "  the mean of 4 September 2022 to 1 October 2022 against that of 10 July 2022 to 3 September 2022",
        "  in time: place 1 of 26 with the days before it that it could have been (p 0.0385)",
        "  among titles: place 1 of 12 with the others at the same time (p 0.0833)",
        "What may be said: rose more than its peers.",
    ]
    document = ok("-C", desk, "uplift", "kite", "books.units", "--event", EVENT, "--territory", "US", "--json").json
    assert {*document} == {
        *("format", "subject", "measure", "territory", "event", "before", "after", "per_cent"),
        *("in_time", "among_titles", "wording", "evidence"),
    }
    base, now = (Decimal(sum(window)) / len(window) for window in (KITE[28:36], KITE[36:]))
    assert abs(Decimal(str(document["per_cent"])) - (now / base - 1) * 100) < Decimal("0.0001")
    assert document["among_titles"] == {"place": 1, "placebos": 11, "p": 0.0833}
    assert document["evidence"] == "simulated"
    shown = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", told + str(document))}
    assert not shown & {units for sold in SOLD.values() for units in sold}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("kite", "books.unit", "--event", EVENT),
         "no reading of measure 'books.unit' is held; nearest: books.units; 'groundswell status' lists"),
        (("kyte", "books.units", "--event", EVENT), "no subject 'kyte' is held; nearest: kite"),
        (("kite", "books.units", "--event", EVENT),
         "no reading of books.units is held of kite in WW; it has some in US: name one with --territory"),
        (("kite", "books.units", "--event", "soon"), "'soon' is no day"),
        (("kite", "books.units", "--event", EVENT, "--territory", "Mars"), "no territory 'Mars'"),
        (("kite", "books.units", "--event", str(WEEKS[38]), "--territory", "US"),
         "4 weeks from 2022-09-24 are compared, and 2 are held: load the readings that are missing, or name an earlier event"),
        (("kite", "books.units", "--event", str(WEEKS[2]), "--territory", "US"),
         "8 weeks before 2022-01-15 are compared, and 2 are held: load the readings that are missing, or name a later event"),
        (("kite", "books.units", "--event", "2030-01-01", "--territory", "US"),
         "from 2021-12-26 to 2022-10-01, and 2030-01-01 is not among them: name a day that is, or load"),
        (("kite", "books.units", "--event", EVENT, "--territory", "GB"), "in GB; it has some in US: name one with --territory"),
        (("kite", "books.units"), "Missing option '--event'"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_one_line(desk: Path, arguments: tuple[str, ...], said: str) -> None:
    run("-C", desk, "uplift", *arguments).refused(said)
