"""Rank lines are a drawing of exactly the ranks given, safe whatever the titles are called."""

from datetime import date, timedelta
from itertools import pairwise
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
    named = sum(line.ranks[3] is not None for line in lines)
    assert len(drawing.findall("text[@class='label']")) == named


@given(st.lists(st.integers(1, 3), min_size=1, max_size=10), st.integers(0, 6), st.booleans(), st.data())
def test_every_title_is_named_once_and_no_name_lies_on_anything(
    tied: list[int], marked: int, narrow: bool, data: st.DataObject
) -> None:
    """The titles of one issue, some sharing a rank (1, 2, 2, 4), wherever they were before and after, also off the list."""
    ranks_of_issue = [1 + sum(tied[:place]) for place, titles in enumerate(tied) for _ in range(titles)]
    lines = []
    for rank in ranks_of_issue:
        around = data.draw(st.lists(st.none() | st.integers(1, 10), min_size=7, max_size=7))
        around[marked] = rank
        lines.append(Line(data.draw(labels), tuple(around)))
    depth = max(rank for line in lines for rank in line.ranks if rank is not None)
    drawing = ElementTree.fromstring(rank_lines("Ranks", WEEKS, lines, depth, marked=marked, narrow=narrow))
    column = drawing.find("rect[@class='marked']")
    assert column is not None
    left, width = float(column.attrib["x"]), float(column.attrib["width"])
    names = drawing.findall("text[@class='label']")
    assert len(names) == len(lines)
    down = sorted(float(name.attrib["y"]) for name in names)
    assert all(below - above >= 13 for above, below in pairwise(down))
    assert {float(name.attrib["x"]) for name in names} == {round(left + 11, 1)}
    whole = [float(number) for number in drawing.attrib["viewBox"].split()]
    assert left + width <= whole[2] + 0.1
    assert down[-1] + 4 <= whole[3]
    drawn_at = [float(point.attrib["cx"]) for point in drawing.findall("circle")]
    drawn_at += [
        float(p.partition(",")[0]) for line in drawing.findall("polyline") for p in line.attrib["points"].split()
    ]
    assert [at for at in drawn_at if left + 0.1 < at < left + width - 0.1] == []


def test_a_week_off_the_list_breaks_the_line() -> None:
    def drawn_in(*ranks: int | None) -> list[int]:
        lines = drawn(Line("A", ranks)).findall("polyline")
        return [len(line.attrib["points"].split()) for line in lines]

    assert drawn_in(1, 2, 3, 4, 5, 6, 7) == [4, 4]  # before and after the names
    assert drawn_in(1, None, 3, 4, None, 6, 7) == [2, 2]
    assert drawn_in(None, None, None, 4, 5, 6, 7) == [4]
    assert drawn_in(None, None, None, 4, None, None, None) == []


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


def test_a_long_label_keeps_its_season() -> None:
    label = drawn(Line("Conversations with a Killer: The John Wayne Gacy Tapes: Season 2", (1,) * 7)).find(
        "text[@class='label']"
    )
    assert label is not None
    assert (label.text or "").startswith("Conversations with a Killer")
    assert (label.text or "").endswith("… S2")


def test_a_long_label_is_shortened_more_on_a_phone() -> None:
    line = Line("Conversations with a Killer: The John Wayne Gacy Tapes", (1,) * 7)
    wide, narrow = (drawn(line, narrow=narrow).find("text[@class='label']") for narrow in (False, True))
    assert wide is not None
    assert narrow is not None
    assert len(narrow.text or "") < len(wide.text or "") < len(line.label)
    assert (wide.text or "").endswith("…")
