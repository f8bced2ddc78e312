"""The week's story says what the list holds, and claims each number of it where it stands."""

from datetime import date

import pytest

from groundswell.charts import Chart, Entry, Issue
from groundswell.core.period import Period
from groundswell.newsroom.chart_page import ChartPage
from groundswell.newsroom.story import Story
from groundswell.newsroom.weekly import weekly_story

WEEK = Period(date(2022, 4, 25), date(2022, 5, 1))


def told(*titles: str) -> Story:
    """The story of a list of these titles, `RANK TITLE`, new where a `+` stands before the rank."""
    entries = []
    for line in titles:
        rank, _, title = line.partition(" ")
        entries.append(
            Entry(
                rank=int(rank),
                previous_rank=None,
                change=None,
                peak=int(rank),
                weeks_on_chart=1,
                streak=1,
                streak_at_top=0,
                debut=rank.startswith("+"),
                re_entry=False,
                subject=title.lower(),
                title=title,
                season="",
                evidence="published",
                snapshot="sha256:0",
                values={"hours_viewed": 1_000_000 * (100 - int(rank))},
            )
        )
    issue = Issue(Chart("a.list", "The List"), "WW", WEEK, "*", None, tuple(entries), ())
    story = weekly_story(ChartPage(issue, (WEEK.last,), {}, None, None))
    assert story is not None
    return story


@pytest.mark.parametrize(
    ("titles", "title", "summary"),
    [
        (["1 A"], "A leads", "The list of the week to 1 May 2022."),
        (["1 A", "2 B"], "A leads", "Ahead of B."),
        (["1 A", "2 B", "+3 C", "4 D"], "A leads", "Ahead of B and C. New on the list: C."),
        (["1 A", "1 B", "3 C"], "A and B lead", "Ahead of C."),
        (["1 A", "1 B", "1 C", "1 D"], "A, B, C and D lead", "The list of the week to 1 May 2022."),
        (["+1 A", "+2 B, b", "+3 C"], "A leads", "Ahead of B, b and C. New on the list: A; B, b and C."),
        (
            ["1 A", "2 B", "3 C", *(f"+{rank} {name}" for rank, name in enumerate("DEFGH", 4))],
            "A leads",
            "Ahead of B and C. New on the list: D, E, F and others.",
        ),
    ],
)
def test_title_and_summary_say_who_leads_and_what_is_new(titles: list[str], title: str, summary: str) -> None:
    front = told(*titles).front
    assert front.title == f"{title} The List, the week to 1 May 2022"
    assert front.summary == summary


def test_every_number_is_claimed_where_it_stands() -> None:
    """Also where a title holds the same words."""
    story = told("+1 No. 1", "2 B", "+3 No. 3")
    texts = story.texts()
    words = "\n".join(texts[place] for place in ("title", "summary", "prose"))
    claimed = []
    for binding in story.front.claims:
        if binding.kind is not None:
            at = -1
            for _ in range(binding.nth or 1):
                at = words.index(binding.says, at + 1)
            claimed.append((binding.says, words[:at].rpartition("\n")[2]))
    assert claimed == [
        ("No. 1", ""),
        ("99 million hours", "No. 1: No. 1, "),
        ("No. 2", ""),
        ("98 million hours", "No. 2: B, "),
        ("No. 3", ""),
        ("97 million hours", "No. 3: No. 3, "),
        ("No. 1", "No. 1, at "),
        ("No. 3", "No. 3, at "),
    ]
    assert "[The whole list, and the weeks around it](../../charts/a.list/2022-05-01/index.html)" in story.body
