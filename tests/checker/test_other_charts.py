"""Other charts than Netflix's that a desk holds: named by their titles, each with its own calendar."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from groundswell.checker import Lists, check
from groundswell.cli import main, work
from groundswell.newsroom.desk import open_desk
from tests.checker.conftest import example_desk

__all__ = ["example_desk"]
RELEASED = date(2022, 5, 17)
ORIGIN = """producer = "{producer}"
title = "{title}"
licence = "invented for a test"
may_show = "values"
status = "simulated"
stands_for = "{producer} Ltd"
fetched = 2022-05-17
complete_for = "*"
"""


@pytest.fixture(scope="module")
def trending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lists]:
    """A desk whose one list is Trending TV of four weeks, ending on Saturdays, and a list of plays with a name like it."""
    desk = tmp_path_factory.mktemp("trending") / "desk"
    assert main(["new", str(desk), "--empty"]) == 0
    weeks = ("2022-04-23", "2022-04-30", "2022-05-07", "2022-05-14")
    rows = ["Week,Rank,Program"]
    rows += [
        f"{week},{rank},{title}"
        for week, titles in zip(weeks, PLACES, strict=True)
        for rank, title in enumerate(titles, 1)
    ]
    settings = ""
    for chart in ("variety.trending_tv", "stage.trending_plays"):
        name = chart.replace(".", "_") + ".csv"
        (desk / "data").mkdir(exist_ok=True)
        (desk / "data" / name).write_text(
            "\n".join(rows if "tv" in chart else [rows[0], "2022-05-14,1,Nine Umbrellas"]) + "\n"
        )
        (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN.format(producer="Lamplighter", title=chart))
        columns = '{ period_end = "Week", rank = "Rank", title = "Program" }'
        settings += f'[[feeds]]\nfeed = "chart.csv"\nchart = "{chart}"\npath = "data/{name}"\ncolumns = {columns}\n'
    with (desk / "desk.toml").open("a", encoding="utf-8") as toml:
        toml.write(settings)
    assert main(["-C", str(desk), "load", "--all"]) == 0
    with work.record_of(open_desk(desk)) as record:
        yield Lists(record)


PLACES = (
    ("Moon Harbour", "Heartstopper"),
    ("Heartstopper", "Moon Harbour"),
    ("Heartstopper", "Moon Harbour"),
    ("Heartstopper", "Salt Road"),
)


@pytest.mark.parametrize(
    ("text", "verdict", "found"),
    [
        ("Heartstopper topped the Trending TV chart.", "supported", 1),
        ("Heartstopper topped Variety's Trending TV chart for the third consecutive week.", "supported", 3),
        ("Heartstopper topped the Trending TV chart for the second consecutive week.", "refuted", 3),
        ("Salt Road was No. 2 on the Trending TV chart.", "supported", 2),
        ("Salt Road was No. 3 on the Trending TV chart.", "refuted", 2),
        ("Salt Road debuted at No. 2 on the Trending TV chart.", "supported", 2),
        ("Heartstopper topped the Trending TV chart again.", "supported", 1),
        ("Moon Harbour is No. 1 on the Trending TV chart.", "refuted", None),
        ("Moon Harbour was No. 1 on the Trending TV chart.", "undecidable", None),
        ("Moon Harbour was No. 3 on the Trending TV chart.", "refuted", None),
        ("Heartstopper was No. 2 on the Trending TV chart for a week.", "undecidable", None),
        ("Heartstopper was No. 3 on the Trending TV chart for a week.", "refuted", 1),
        ("Heartstopper is in its fourth week on the Trending TV chart.", "undecidable", None),
        ("Nine Umbrellas was No. 2 on the Trending TV chart.", "undecidable", None),
    ],
)
def test_places_and_runs_on_it_are_judged(trending: Lists, text: str, verdict: str, found: int | None) -> None:
    first = check(text, trending, RELEASED).claims[0]
    assert (first.verdict.value, first.found) == (verdict, found), first.explanation


def test_the_same_name_of_another_publisher_is_another_chart(trending: Lists) -> None:
    said = "Heartstopper was No. 2 on Nielsen's Trending TV chart."
    assert {one.verdict.value for one in check(said, trending, RELEASED).claims} <= {"undecidable"}


def test_figures_of_it_are_not_read(trending: Lists) -> None:
    said = "Heartstopper had 4.3 million views on the Trending TV chart."
    assert {one.verdict.value for one in check(said, trending, RELEASED).claims} == {"undecidable"}


def test_a_release_before_its_first_issue_finds_none(trending: Lists) -> None:
    (claim,) = check("Heartstopper topped the Trending TV chart.", trending, date(2022, 4, 20)).claims
    assert (claim.verdict.value, str(claim.reason)) == ("undecidable", "no_data")


def test_two_charts_of_one_name_must_agree(example_desk: Path) -> None:
    """The desk holds Variety's list in part and counts one of its own; the title came out in the first week of that."""
    assert main(["-C", str(example_desk), "reduce", "interactions"]) == 0
    with work.record_of(open_desk(example_desk)) as record:
        lists = Lists(record)
        for said, verdict in (
            ("topped the Trending TV chart", "supported"),
            ("was No. 2 on the Trending TV chart", "refuted"),
        ):
            (claim,) = check(f"Heartstopper {said}.", lists, RELEASED).claims
            assert claim.verdict.value == verdict, claim.explanation
        (claim,) = check(
            "Heartstopper topped the Trending TV chart for the fourth consecutive week.", lists, RELEASED
        ).claims
        assert claim.verdict.value == "undecidable"
        assert not lists.begins_with("heartstopper", "trending-tv")
        assert lists.begins_with("nine-umbrellas-of-autumn", "trending-tv")


@pytest.mark.parametrize(
    ("released", "text", "verdicts"),
    [
        # told weeks later, a debut is of its first week
        ("2022-05-20", "Heartstopper debuted at No. 1 on Variety's Trending TV chart.", "u"),
        ("2022-05-20", "Heartstopper debuted at No. 7 on the English TV list.", "u"),
        ("2022-05-20", "Heartstopper debuted at No. 3 on the English TV list.", "r"),
        ("2022-05-03", "Heartstopper debuted at No. 5 on the English TV list.", "r"),  # in its second week
        # a week that is said by another one, or by its number alone
        ("2022-05-20", "Heartstopper was No. 7 in the week to 24 April 2022 and No. 5 the week after.", "uu"),
        ("2022-05-20", "Heartstopper was No. 7 in the week to 24 April 2022 and No. 5 a week later.", "uu"),
        ("2022-05-20", "Heartstopper held No. 2 on Variety's Trending TV chart in its first week.", "uu"),
        ("2022-05-20", "Heartstopper rose from No. 7 to No. 5 in its second week.", "uuu"),
        ("2022-05-03", "Heartstopper rose from No. 7 to No. 5 in its second week.", "sss"),
        ("2022-05-03", "Heartstopper rose from No. 8 to No. 5 in its second week.", "rss"),
    ],
)
def test_of_another_week_than_the_last_a_place_is_not_refuted(
    example: Lists, released: str, text: str, verdicts: str
) -> None:
    claims = check(text, example, date.fromisoformat(released)).claims
    assert "".join(one.verdict.value[0] for one in claims) == verdicts, [one.explanation for one in claims]
