"""The week's story says what the list holds, and claims each number of it where it stands."""

from datetime import date, timedelta

import pytest

from groundswell.charts import Chart, Entry, Issue
from groundswell.core.period import Period
from groundswell.newsroom.chart_page import ChartPage
from groundswell.newsroom.story import Story
from groundswell.newsroom.weekly import weekly_story

WEEK = Period(date(2022, 4, 25), date(2022, 5, 1))


def told(*titles: str, at_top: int = 0, held: int = 1, gaps: int = 0, days: int = 7, first: bool = False) -> Story:
    """The story of a list of these titles, `RANK TITLE`, new where a `+` stands before the rank.

    The leader is `at_top` for so many issues, of which `held` are held one after the other, and `gaps` before them are not.
    """
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
                streak_at_top=at_top if rank == "1" else 0,
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
    period = Period(WEEK.last - timedelta(days=days - 1), WEEK.last)
    missing = tuple(Period(date(2021, 1, day), date(2021, 1, day)) for day in range(1, gaps + 1))
    issue = Issue(Chart("a.list", "The List"), "WW", period, "*", None, tuple(entries), missing)
    before = None if first else WEEK.first - timedelta(days=1)
    story = weekly_story(ChartPage(issue, (WEEK.last,), {}, before, None, held))
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


def test_on_the_first_list_nothing_is_new() -> None:
    assert told("+1 A", "+2 B", first=True).front.summary == "Ahead of B."


RUN = "fourth consecutive week at No. 1"


@pytest.mark.parametrize(
    ("says", "told_of"),
    [
        (True, {"at_top": 4, "held": 5, "gaps": 1}),  # the week before the run is held: another led it
        (False, {"at_top": 4, "held": 4, "gaps": 1}),  # it is not, and could make the run longer
        (True, {"at_top": 4, "held": 4}),  # there was none
        (False, {"at_top": 1, "held": 4}),
        (False, {"at_top": 4, "held": 4, "days": 30}),
    ],
)
def test_how_long_the_leader_led_is_said_where_no_list_could_make_it_longer(
    says: bool, told_of: dict[str, int]
) -> None:
    story = told("1 A", "2 B", **told_of)  # type: ignore[arg-type]
    runs = [one for one in story.front.claims if one.kind == "streak_at_top"]
    if says:
        assert story.front.summary == f"In its {RUN}, ahead of B."
        assert [(one.says, one.subject, one.nth) for one in runs] == [(RUN, "a", 1)]
    else:
        assert runs == []
        assert story.front.summary == "Ahead of B."


def test_the_run_is_claimed_in_the_summary_also_where_a_title_holds_its_words() -> None:
    story = told(f"1 {RUN}", "2 B", at_top=4)
    assert story.front.title.startswith(f"{RUN} leads")
    [run] = [one for one in story.front.claims if one.kind == "streak_at_top"]
    assert run.nth == 2
    ranks = [one for one in story.front.claims if one.kind == "rank"]
    assert [(one.says, one.nth) for one in ranks] == [("No. 1", 3), ("No. 2", 1)]


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
