"""Quotes are marked where they stand, once each, and never inside markup."""

from datetime import date

import html5lib
import pytest

from groundswell.claims import Claim, Found, Judged, read
from groundswell.core.origin import Evidence
from groundswell.core.period import Period
from groundswell.core.verdict import Verdict
from groundswell.newsroom.gate import Bound
from groundswell.newsroom.marking import Marker
from groundswell.newsroom.published import Number
from groundswell.newsroom.story import Attribution, Binding, Front, Story


def attributed(says: str, nth: int | None = None) -> Bound:
    return Bound(Binding(says, attributed=Attribution("Netflix"), nth=nth))


def marker(bounds: list[Bound], body: str = "", summary: str = "", title: str = "") -> Marker:
    return Marker(Story("a", Front(title, summary, date(2022, 5, 20), "News"), body), bounds)


def marks(html: str) -> list[str]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return ["".join(span.itertext()) for span in tree.iter("span") if span.attrib.get("class") == "stated"]


def test_every_occurrence_is_marked_without_nth() -> None:
    html = marker([attributed("54 countries")], "In 54 countries.\n\nReally: 54 countries!").prose()
    assert marks(html) == ["54 countries", "54 countries"]
    assert html.count("[Netflix]") == 2


def test_nth_counts_over_title_summary_and_prose() -> None:
    one = marker([attributed("54", nth=3)], "then 54 and 54", "54 in the summary", "54 in the title")
    assert marks(one.summary()) == []
    assert one.prose().index("54</span>") < one.prose().index("and 54")
    assert marks(one.prose()) == ["54"]


@pytest.mark.parametrize(
    "body", ["`54` then 54", "![54](a.png) then 54", "    54\n\nthen 54", "**5**4 then 54", "54. then 54"]
)
def test_nth_counts_what_stands_in_code_and_pictures_and_across_emphasis(body: str) -> None:
    html = marker([attributed("54", nth=2)], body).prose()
    assert marks(html) == ["54"]
    assert "then <span" in html


def test_the_longer_quote_wins_where_two_begin() -> None:
    html = marker([attributed("No. 1"), attributed("No. 10")], "At No. 10, then No. 1.").prose()
    assert marks(html) == ["No. 10", "No. 1"]


def test_a_quote_within_a_longer_one_is_counted_as_the_gate_counts_it() -> None:
    html = marker([attributed("54 countries", nth=1), attributed("54", nth=2)], "In 54 countries, 54 times.").prose()
    assert marks(html) == ["54 countries", "54"]


@pytest.mark.parametrize(
    ("levels", "shown"),
    [("1", "2"), ("2", "2"), ("3", "2"), ("1 2 1 3", "2 3 2 4"), ("2 4 6", "2 3 4"), ("1 2 3 4 5 6", "2 3 4 5 6 6")],
)
def test_headings_begin_below_the_storys_own(levels: str, shown: str) -> None:
    html = marker([attributed("54")], "\n\n".join(f"{'#' * int(level)} 54 words" for level in levels.split())).prose()
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [element.tag for element in tree if element.tag != "p"] == [f"h{level}" for level in shown.split()]
    assert len(marks(html)) == len(levels.split())


def test_only_a_proven_number_wears_its_mark() -> None:
    def said(evidence: Evidence, due: Number | None = None) -> str:
        days = date(2022, 5, 1), date(2022, 5, 8)
        claim = Claim("reach", "a", "b", "WW", Period(*days), read("54 countries", "reach"))
        judged = Judged(claim, Verdict.SUPPORTED, Found(), evidence, lambda: "found 54")
        receipt = {"snapshots": {"sha256:0": {"origin": {"producer": "Nobody"}}}}
        binding = Binding("54 countries", kind="reach", subject="a", chart="b", period=days)
        return str(marker([Bound(binding, judged, receipt, due)], summary="54 countries").summary())

    number = Number("54 countries", "reach", 54, Verdict.SUPPORTED, "published", "sha256:0")
    assert 'class="bound proven"' in said(Evidence.PUBLISHED)
    assert "[Nobody]" in said(Evidence.CAPTURED)
    for evidence, due, state, remark in (
        (Evidence.SIMULATED, None, "simulated", "[Nobody; simulated]"),
        (Evidence.PUBLISHED, number, "due", "[Nobody; correction due]"),
    ):
        assert f'class="bound {state}"' in said(evidence, due)
        assert remark in said(evidence, due)
        assert "proven" not in said(evidence, due)


def test_a_quote_over_a_line_break_is_marked() -> None:
    assert marks(marker([attributed("three weeks in the Top 10")], "It spent three\nweeks in the Top 10.").prose()) == [
        "three weeks in the Top 10"
    ]


def test_what_is_declared_no_claim_is_not_marked() -> None:
    bound = Bound(Binding("two schoolboys", not_a_claim="the plot"))
    assert marker([bound], summary="two schoolboys").summary() == "two schoolboys"


@pytest.mark.parametrize(
    "text", ["<script>54</script>", '54 <img src=x onerror="alert(1)">', "[54](javascript:alert(1))"]
)
def test_text_around_a_quote_stays_text(text: str) -> None:
    html = str(marker([attributed("54")], text).prose())
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    elements = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert elements <= {"DOCUMENT_FRAGMENT", "p", "span", "a"}
    assert not [href for element in tree.iter() if (href := element.attrib.get("href", "")).startswith("javascript")]
    assert marks(html)


def test_an_address_that_holds_the_words_is_left_alone() -> None:
    html = str(marker([attributed("54")], "See [the list](https://example.org/54) of 54.").prose())
    assert 'href="https://example.org/54"' in html
    assert marks(html) == ["54"]
