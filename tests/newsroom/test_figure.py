"""Rank lines are a drawing of exactly the ranks given, safe whatever the titles are called."""

from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from groundswell.newsroom.figure import Line, rank_lines

WEEKS = [date(2022, 4, 10) + timedelta(weeks=week) for week in range(7)]
ranks = st.lists(st.none() | st.integers(1, 10), min_size=7, max_size=7).map(tuple)
labels = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def drawn(*lines: Line, narrow: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(rank_lines("Ranks", WEEKS, lines, 10, marked=3, narrow=narrow))


@given(st.lists(st.builds(Line, labels, ranks), max_size=10), st.booleans())
def test_every_rank_is_one_point_and_nothing_else_is(lines: list[Line], narrow: bool) -> None:
    drawing = drawn(*lines, narrow=narrow)
    points = sum(rank is not None for line in lines for rank in line.ranks)
    assert len(drawing.findall("circle")) == points
    assert len(drawing.findall("text[@class='rank']")) == 10
    ends = sum(line.ranks[-1] is not None for line in lines)
    assert len(drawing.findall("text[@class='label']")) == ends


def test_a_week_off_the_list_breaks_the_line() -> None:
    whole = drawn(Line("A", (1, 2, 3, 4, 5, 6, 7)))
    broken = drawn(Line("A", (1, 2, 3, None, 5, 6, 7)))
    assert len(whole.findall("polyline")) == 1
    assert [len(line.attrib["points"].split()) for line in broken.findall("polyline")] == [3, 3]


def test_hostile_labels_stay_text() -> None:
    drawing = rank_lines(
        '"><script>alert(1)</script>', WEEKS, [Line("<script>&\"'", (1,) * 7)], 10, marked=0, narrow=False
    )
    assert "<script" not in drawing
    root = ElementTree.fromstring(drawing)
    assert root.attrib["aria-label"] == '"><script>alert(1)</script>'
    assert [text.text for text in root.findall("text[@class='label']")] == ["<script>&\"'"]


def test_better_ranks_stand_higher_and_later_weeks_further_right() -> None:
    circles = drawn(Line("A", (1, 2, 3, 4, 5, 6, 7))).findall("circle")
    across = [float(circle.attrib["cx"]) for circle in circles]
    down = [float(circle.attrib["cy"]) for circle in circles]
    assert across == sorted(across)
    assert down == sorted(down)
    assert len(set(across)) == len(set(down)) == 7


def test_a_long_label_is_shortened_more_on_a_phone() -> None:
    line = Line("Conversations with a Killer: The John Wayne Gacy Tapes", (1,) * 7)
    wide, narrow = (drawn(line, narrow=narrow).find("text[@class='label']") for narrow in (False, True))
    assert wide is not None
    assert narrow is not None
    assert len(narrow.text or "") < len(wide.text or "") < len(line.label)
    assert (wide.text or "").endswith("…")
