"""What a chart page knows of the issues around it."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.verdict import Verdict
from groundswell.newsroom.chart_page import chart_pages
from groundswell.newsroom.gate import check
from groundswell.newsroom.weekly import weekly_story
from tests.claims.lists import CHART, Lists, claim, judge_one

FIRST = date(2022, 5, 1)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(("alder", "birch", "not held", "held in part")), min_size=1, max_size=7))
def test_a_run_is_known_where_the_claim_of_it_is_supported(leaders: list[str]) -> None:
    """Whoever led each week, whichever of them are missing: so no build is refused for what the page's own story says."""
    lists = Lists()
    for week, leader in enumerate(leaders):
        if leader != "not held":
            first, second = ("birch", "alder") if leader == "birch" else ("alder", "birch")
            text = f"period_end,rank,title\n{FIRST + timedelta(weeks=week)},1,{first}\n{FIRST + timedelta(weeks=week)},2,{second}\n"
            lists.add(text, complete_for="alder" if leader == "held in part" else "*")
    if set(leaders) == {"not held"}:
        return
    record = lists.record()
    try:
        for page in chart_pages(record, record.charts.get(CHART)):
            led = page.issue.entries[0]
            weeks = led.streak_at_top or 0
            says = f"{weeks} consecutive weeks at No. 1"
            judged = judge_one(record, claim(says, "streak_at_top", led.subject, str(page.issue.period)))
            supported = judged.verdict is Verdict.SUPPORTED
            assert supported or not page.knows(weeks), (page.issue.period, weeks)
            assert page.knows(weeks) or not supported or "held in part" in leaders, (page.issue.period, weeks)
            story = weekly_story(page)
            assert story is not None
            assert all(bound.judged is not None for bound in check(story, record).bound)
    finally:
        record.engine.close()
