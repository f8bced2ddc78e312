"""A story of a growth: its base, the bases beside it, and figures that stand nowhere because only per cents may be shown."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from groundswell.claims import Claim, read
from groundswell.cli import work
from groundswell.core.period import Period
from groundswell.core.verdict import Verdict
from groundswell.newsroom.desk import open_desk
from tests.command import ok, run, tree

WEEKS = [56_934, 3_907, 2_911, 3_377, 2_843, 3_229, 2_789, 3_181, 3_067, 2_999, 2_473]
"""Units of both volumes week by week, the last one first: eight weeks before it of 3,163 in the mean."""
SATURDAYS = ["04-30", "04-23", "04-16", "04-09", "04-02", "03-26", "03-19", "03-12", "03-05", "02-26", "02-19"]
FIRST = [units * 5 // 8 for units in WEEKS]
OTHERS = [units // 2 for units in WEEKS]
ROWS = [
    f"2022-{day},{isbn},{title},{units},YA Fiction\n"
    for isbn, title, sold in (
        ("9799999000016", "Kite: Volume 1", FIRST),
        ("9799999000023", "Kite: Volume 2", [all_ - first for all_, first in zip(WEEKS, FIRST, strict=True)]),
        ("9799999000030", "Lamp", OTHERS),
    )
    for day, units in zip(SATURDAYS, sold, strict=True)
]
SPOILT = f"2022-02-19,9799999000031,Lamp,{OTHERS[0]},YA Fiction\n2022-02-19,x,Lamp,{FIRST[0]},\n"
DATA = "Week Ending,ISBN,Title,Units,Category\n" + "".join(ROWS) + SPOILT
NAMES = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
books.units,9799999000016,,,,,,kite,a volume
books.units,9799999000023,,,,,,kite,a volume
books.ya-fiction,Kite: Volume 1,,,,,,kite/v1,a volume
"""
SUBJECTS = "id,kind,name,first_available\nkite,book,Kite,\n"
SETTINGS = """
[[feeds]]
feed = "books.units"
territory = "US"
path = "data/books.csv"
columns = { category = "Category" }
whole = true
"""
ORIGIN = """
producer = "The Almanac"
title = "Weekly units"
licence = "per cents may be quoted"
fetched = 2022-05-10
status = "simulated"
stands_for = "a panel of tills"
may_show = "percent"
"""
STORY = """---
title: Weekly sales of the books are up +1,700%
summary: Its first volume is No. 1 in YA fiction.
released: 2022-05-20
category: Books
claims:
  - says: up +1,700%
    kind: growth
    subject: kite
    measure: books.units
    territory: US
    period: [2022-04-24, 2022-04-30]
    base: [2022-02-27, 2022-04-23]
    base_as: mean
  - says: No. 1
    kind: rank
    subject: kite/v1
    chart: books.ya-fiction
    territory: US
    period: [2022-04-24, 2022-04-30]
---
More will follow.
"""
NEAR = "the mean of the 8 weeks before"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with weekly units, loaded."""
    folder = tmp_path_factory.mktemp("books") / "desk"
    ok("new", folder, "--empty")
    with (folder / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    (folder / "data" / "books.csv").write_text(DATA, encoding="utf-8")
    (folder / "data" / "books.csv.origin.toml").write_text(ORIGIN, encoding="utf-8")
    (folder / "catalog" / "names.csv").write_text(NAMES, encoding="utf-8")
    (folder / "catalog" / "subjects.csv").write_text(SUBJECTS, encoding="utf-8")
    ok("-C", folder, "load", "--all")
    return folder


def _told(desk: Path, story: str) -> Path:
    (desk / "stories" / "books.md").write_text(story, encoding="utf-8")
    return desk


def test_the_page_shows_the_base_and_what_others_would_give(loaded: Path) -> None:
    desk = _told(loaded, STORY)
    ok("-C", desk, "build")
    page = (desk / "site" / "stories" / "books" / "index.html").read_text(encoding="utf-8")
    card, details = re.findall(
        r"<table class=.bases.><caption>The same on other bases</caption>(.*?)</table>", page, re.DOTALL
    )
    assert details == card
    rows = [
        [re.sub("<.*?>", "", cell) for cell in re.findall("<td>(.*?)<br>(.*?)</td><td>(.*?)</td>", row)[0]]
        for row in details.split("<tr>")[2:]
    ]
    assert rows == [
        ["the week before", "the week to 23 April 2022", "up 1,357.2%"],
        [f"{NEAR} (named here)", "27 February 2022 to 23 April 2022", "up 1,700.0%"],
        ["the median of the 8 weeks before", "27 February 2022 to 23 April 2022", "up 1,722.5%"],
        ["the mean of the 52 weeks before", "25 April 2021 to 23 April 2022", "not decided (no reading is of 25 April 2021)"],
        ["the same week a year before", "the week to 1 May 2021", "not decided (no reading lies in the week to 1 May 2021)"],
    ]  # fmt: skip
    assert f"18 times the mean of 8 weeks, {rows[1][1]}" in page
    assert page.count("supported (simulated)") == 4
    receipts = [json.loads(path.read_bytes()) for path in (desk / ".groundswell" / "receipts").glob("*.json")]
    rank, receipt = sorted(receipts, key=lambda one: one["said"])
    assert (rank["verdict"], rank["found"], rank["claim"]["chart"]) == ("supported", 1, "books.ya-fiction")
    assert (receipt["verdict"], receipt["found"], receipt["rows_count"]) == ("supported", 1700, 18)
    assert receipt["claim"]["base"] == ["2022-02-27", "2022-04-23"]
    published = json.loads((desk / "published" / "books.json").read_bytes())
    assert [number.get("base_as") for number in published["numbers"]] == ["mean", None]
    assert [one["outcome"] for one in ok("-C", desk, "verify", "--json").json["receipts"]] == ["same"] * 2


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("+1,700%", "+1,710%", "is refuted: Kite, copies sold, United States, the week to 30 April 2022: found up 1,700.0%"),
        ("base_as: mean", "base_as: median", "is refuted: Kite, copies sold"),
        ("    base: [2022-02-27, 2022-04-23]\n    base_as: mean\n", "", f"on the week before; up 1,700.0% on {NEAR}"),
        ("    base_as: mean\n", "", "names its base by both base: [FIRST, LAST] and base_as: mean, median or reading"),
        ("base_as: mean", "base_as: average", "base_as"),
        ("kind: growth", "kind: level", "of kind level has no base; a growth has"),
        ("[2022-02-27, 2022-04-23]", "[2022-02-28, 2022-04-23]", "is undecidable (ambiguous_period)"),
        ("[2022-02-27, 2022-04-23]", "[2022-04-23, 2022-02-27]", "a period ends before it begins"),
        ("books.units", "books.unit", "no reading of measure 'books.unit' is held; nearest: books.units"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused(loaded: Path, old: str, new: str, why: str) -> None:
    assert old in STORY
    ran = run("-C", _told(loaded, STORY.replace(old, new)), "build")
    assert (ran.code, ran.out) in ((1, ""), (2, ""))
    assert why in ran.err
    assert _figures(ran.err) == []


def test_no_output_says_a_figure_of_which_only_per_cents_may_be_shown(loaded: Path) -> None:
    drawn = "{kind: series, measure: books.units, subjects: [kite], territory: US, period: [2022-02-13, 2022-04-30]}"
    desk = _told(loaded, STORY.replace("claims:", f"figures: [{drawn}]\nclaims:"))
    told = [
        ok("-C", desk, *command).out
        for command in (
            ["build"],
            ["status", "--json"],
            ["status", "--findings"],
            ["verify", "--json"],
            *(
                ["chart", "books.ya-fiction", "--territory", "US", "--format", form]
                for form in ("table", "csv", "json")
            ),
        )
    ]
    text = desk / "release.txt"
    text.write_text("Weekly sales of Kite were up 1,700% in the week to 30 April 2022.", encoding="utf-8")
    told.append(run("-C", desk, "check", text, "--released", "2022-05-20", "--json").out)
    for words in ("56,934 copies", "56,935 copies"):
        level = STORY.replace("up +1,700%", words).replace("kind: growth", "kind: level")
        level = level.replace("    base: [2022-02-27, 2022-04-23]\n    base_as: mean\n", "")
        ran = run("-C", _told(desk, level), "build")
        assert "is undecidable (external)" in ran.err
        assert "may not be shown, only per cents made of it" in ran.err
        told.append(ran.err.replace(words, ""))
    written = tree(desk / "site") | tree(desk / ".groundswell" / "receipts") | tree(desk / "published")
    assert any(name.endswith(".json") for name in written)
    assert _figures("\n".join([*told, *(data.decode() for data in written.values())])) == []
    assert len(_figures(DATA)) == 3 * len(WEEKS)  # what is looked for would be found


def test_the_example_of_the_documentation_loads_as_it_stands(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
    section = text.partition("## Weekly units of books")[2].partition("\n## ")[0]
    [settings] = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    rows, names = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
    desk = tmp_path / "desk"
    ok("new", desk, "--empty")
    with (desk / "desk.toml").open("a", encoding="utf-8") as out:
        out.write(settings)
    (desk / "catalog" / "names.csv").write_text(names, encoding="utf-8")
    (desk / "data" / "books.csv").write_text(rows, encoding="utf-8")
    (desk / "data" / "books.csv.origin.toml").write_text(ORIGIN.replace('"percent"', '"values"'), encoding="utf-8")
    assert "books.units: 3 rows read, 3 kept, 0 findings" in ok("-C", desk, "load", "--all").out
    with work.record_of(open_desk(desk)) as record:
        week = Period(date(2022, 4, 24), date(2022, 4, 30))
        level = Claim("level", "kite", "", "US", week, read("18,900 copies", "level"), "books.units")
        rank = Claim("rank", "kite/v1", "books.ya-fiction", "US", week, read("No. 1", "rank"))
        growth = Claim("growth", "kite", "", "US", week, read("+1,160%", "growth"), "books.units")
        before = Period(date(2022, 4, 17), date(2022, 4, 23))
        claims = [level, rank, replace(growth, base=before, base_as="reading")]
        assert [judged.verdict for judged in record.judge(claims)] == [Verdict.SUPPORTED] * 3


def _figures(text: str) -> list[int]:
    """The units, of volumes, of the work and of another title, that a text holds."""
    secret = {*WEEKS, *FIRST, *OTHERS, *(all_ - first for all_, first in zip(WEEKS, FIRST, strict=True))}
    return [units for units in sorted(secret) if re.search(rf"(?<!\d){units}(?!\d)|(?<!\d){units:,}(?!\d)", text)]
