"""A small newsroom for tests: two charts about titles nobody made, four numbers that hold, and one story that says them.

A room's `conftest.py` imports the two fixtures; a test gets a copy of the desk to itself.
"""

import shutil
from pathlib import Path

import pytest

from tests.command import ok

TV, COUNTRY = "paper.tv", "paper.tv_by_country"
SUBJECT = "kite-string/s1"
SETTINGS = f"""
format = 1
name = "The Paper"
timezone = "Europe/London"
base_url = "https://paper.example/"

[[feeds]]
feed = "chart.csv"
chart = "{TV}"
path = "data/tv.csv"
calendar = "mon-sun"
columns = {{ period_end = "Week", rank = "Rank", title = "Title", season = "Season", hours_viewed = "Hours" }}

[[feeds]]
feed = "chart.csv"
chart = "{COUNTRY}"
path = "data/countries.csv"
calendar = "mon-sun"
columns = {{ period_end = "Week", territory = "Country", rank = "Rank", title = "Title", season = "Season" }}
"""
ORIGIN = """
producer = "The Almanac"
title = "Most watched"
licence = "CC0-1.0"
url = "https://almanac.example/"
fetched = 2022-06-01
"""
TV_LISTS = """Week,Rank,Title,Season,Hours
2022-05-01,1,Nine Umbrellas,,30000000
2022-05-01,2,Kite & String,Kite & String: Season 1,23940000
2022-05-01,3,Room 9,Room 9: Season 2,10000000
2022-05-08,1,Kite & String,Kite & String: Season 1,31250000
2022-05-08,2,Nine Umbrellas,,20000000
2022-05-08,3,Tin Badger,,9500000
2022-05-15,1,Nine Umbrellas,,18000000
2022-05-15,2,Tin Badger,,17000000
2022-05-15,3,Room 9,Room 9: Season 2,1000000
"""
COUNTRY_LISTS = "Week,Country,Rank,Title,Season\n" + "".join(
    f"{week},{code},{rank},{title}\n"
    for week, lists in {
        "2022-05-01": {"GB": "K", "FR": "N", "DE": "K", "JP": "N"},
        "2022-05-08": {"GB": "K", "FR": "K", "DE": "N", "JP": "N"},
        "2022-05-15": {"GB": "N", "FR": "N", "DE": "N", "JP": "N"},
    }.items()
    for code, first in lists.items()
    for rank, title in enumerate(
        ("Kite & String,Kite & String: Season 1", "Tin Badger,")
        if first == "K"
        else ("Nine Umbrellas,", "Tin Badger,"),
        1,
    )
)
STORY = f"""---
title: Kite & String returns for a second season
summary: The series reached the Top 10 in 3 countries.
released: 2022-05-20
category: Entertainment
territories: [WW, GB]
about: [kite-string]
claims:
  - says: a second season
    attributed: {{to: The Almanac, url: "https://almanac.example/kite"}}
  - says: two children
    not_a_claim: the plot
  - says: 3 countries
    kind: reach
    subject: {SUBJECT}
    chart: {COUNTRY}
    period: [2022-04-25, 2022-05-15]
  - says: 23.94 million hours
    kind: hours_viewed
    subject: {SUBJECT}
    chart: {TV}
    period: [2022-04-25, 2022-05-01]
  - says: peaked at No. 1
    kind: rank
    subject: {SUBJECT}
    chart: {TV}
    period: [2022-04-25, 2022-05-15]
  - says: two weeks in the Top 10
    kind: weeks_on_chart
    subject: {SUBJECT}
    chart: {TV}
    period: [2022-05-09, 2022-05-15]
---
*Kite & String*, the story of two children and the wind, will have a second season.

In the week to 1 May 2022 it was watched for 23.94 million hours. It peaked at No. 1, spent two weeks in the Top 10, and
reached the lists of 3 countries.
"""


@pytest.fixture(scope="session")
def loaded_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk every copy is made from: loaded, not built."""
    desk = tmp_path_factory.mktemp("paper") / "desk"
    ok("new", desk, "--empty")
    (desk / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    for name, lists in (("tv.csv", TV_LISTS), ("countries.csv", COUNTRY_LISTS)):
        (desk / "data" / name).write_text(lists, encoding="utf-8")
        (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    (desk / "stories" / "kite-returns.md").write_text(STORY, encoding="utf-8")
    ok("-C", desk, "load", "--all")
    return desk


@pytest.fixture
def paper(loaded_paper: Path, tmp_path: Path) -> Path:
    """A desk of one's own, loaded, its story not yet built."""
    return Path(shutil.copytree(loaded_paper, tmp_path / "paper"))
