"""The figures a story asks for: what they show of the record, what they refuse, and that they speak of no day to come."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from groundswell.catalog import Catalog, read_names
from groundswell.claims import Record
from groundswell.core.errors import GroundswellError, InputError, Refused
from groundswell.feeds.isp import IspSpeedIndex
from groundswell.newsroom.drawn import Drawn, drawn
from groundswell.newsroom.gate import check
from groundswell.newsroom.story import FigureKind, StatedFigure, read_story
from groundswell.newsroom.world import _outlines
from tests.claims.lists import Lists

FOLLOWERS = """
day,title,value
2022-04-21,Kite,101200
2022-05-01,Kite,4000000
2022-05-18,Kite,3412345
2022-04-21,Moss,99
2022-05-01,Moss,many
2022-05-18,Moss,120
"""
UNITS = """
period_end,title,value
2022-04-16,Kite 1,1000
2022-04-16,Kite 2,500
2022-04-23,Kite 1,3000
2022-04-23,Kite 2,1501
2022-04-30,Kite 1,9000
"""
LISTS = """
period_end,territory,rank,title
2022-05-01,FR,1,Kite
2022-05-08,FR,2,Kite
2022-05-08,FR,1,Moss
2022-05-08,GB,2,Kite
2022-05-08,GB,1,Moss
2022-05-08,MT,1,Kite
2022-05-15,US,1,Kite
2022-05-08,JP,1,Moss
2022-05-08,WW,1,Kite
"""
NAMES = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
books.*,Kite 1,,,,,,kite,a volume
books.*,Kite 2,,,,,,kite,a volume
"""
SHOWN = "day,title,value\n2022-05-01,Kite,536000\n2022-05-18,Kite,541000\n2022-05-01,Moss,99\n2022-05-18,Moss,120\n"
SPEEDS = b"Provider,2022-04,2022-05\nMosslink,3.4,3.4\nPeat Net,3.6,3.2\nFen,3.2,3.6\nNew,,3.0\n"
RELEASED = date(2022, 6, 1)


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    lists = Lists()
    lists.add_series(FOLLOWERS, measure="moss.followers", unit="followers", findings=1, status="simulated")
    lists.add_series("day,title,value\n2022-05-18,Kite,yes", measure="moss.fresh", yes=("yes",))
    lists.add_series(SHOWN, measure="youtube.subscribers", unit="subscribers")
    lists.take(IspSpeedIndex("US"), SPEEDS)
    held = lists.record(Catalog())
    yield held
    held.engine.close()


def series(record: Record, **changes: Any) -> Drawn:
    fields: dict[str, Any] = {
        "kind": FigureKind.SERIES, "measure": "moss.followers", "subjects": ("kite", "moss"),
        "period": (date(2022, 4, 1), date(2022, 5, 31)), "event": date(2022, 4, 22), "event_is": "the launch",
    }  # fmt: skip
    return drawn(StatedFigure(**{**fields, **changes}), record, RELEASED)


def leaderboard(record: Record, month: str = "2022-05") -> Drawn:
    period = (date.fromisoformat(f"{month}-01"), date.fromisoformat(f"{month}-{'31' if month == '2022-05' else '30'}"))
    return drawn(StatedFigure(FigureKind.LEADERBOARD, period, chart="isp.speed", territory="US"), record, RELEASED)


def test_a_series_in_words_and_as_a_table(record: Record) -> None:
    figure = series(record)
    assert figure.title == "Followers of Kite and Moss"
    assert figure.said == (
        "Kite: 101,200 (21 April 2022) to 3,412,345 (18 May 2022), at most 4,000,000 (1 May 2022); "
        "Moss: 99 (21 April 2022) to 120 (18 May 2022). Marked: the launch, 22 April 2022."
    )
    assert figure.columns == ("when", "Kite", "Moss")
    assert figure.rows == (
        ("21 April 2022", "101,200", "99"),
        ("1 May 2022", "4,000,000", "not read"),
        ("18 May 2022", "3,412,345", "120"),
    )
    assert [name for _, name in figure.key] == ["1. Kite", "2. Moss"]
    assert figure.stated_by == "Nobody, Made up"


def test_simulated_readings_are_labelled_inside_the_picture_too(record: Record) -> None:
    figure = series(record)
    assert figure.simulated
    for drawing in (figure.wide, figure.narrow):
        assert "◇ simulated</text>" in drawing
        assert 'aria-label="Simulated. Followers of Kite and Moss. Kite: 101,200' in drawing
    assert not leaderboard(record).simulated
    assert "imulated" not in leaderboard(record).wide


def test_only_what_lies_in_the_period_is_drawn(record: Record) -> None:
    figure = series(record, period=(date(2022, 4, 21), date(2022, 5, 17)), subjects=("kite",))
    assert figure.rows == (("21 April 2022", "101,200"), ("1 May 2022", "4,000,000"))
    assert figure.key == ()
    assert figure.wide.count("<circle") == 2


def test_a_map_of_the_lists_a_title_was_on() -> None:
    lists = Lists()
    lists.add(LISTS, chart="moss.countries")
    record = lists.record(Catalog())
    where = StatedFigure(
        FigureKind.MAP, (date(2022, 4, 25), date(2022, 5, 8)), chart="moss.countries", subjects=("kite",)
    )
    figure = drawn(where, record, RELEASED)
    assert figure.said == (
        "3 of 4 countries and territories that had a list, in 1 of them for 2 issues. Too small to be drawn: Malta."
    )
    assert figure.columns == ("where", "issues", "best rank")
    assert figure.rows == (
        ("France", "2", "1"),
        ("United Kingdom", "1", "2"),
        ("Malta", "1", "1"),
        ("Japan", "0", "–"),
        ("any other", "no list is held", "–"),
    )
    assert [name for _, name in figure.key] == ["2 issues", "1 issue", "on none of its lists", "no list is held"]
    looks = {path.attrib["class"]: path.attrib["d"] for path in ElementTree.fromstring(figure.wide).findall("path")}
    assert looks["land"] == _outlines()["JP"]  # the one of 15 May lies outside
    assert _outlines()["US"] in looks["unknown"]
    assert len({swatch for swatch, _ in figure.key}) == len(figure.key)
    with pytest.raises(InputError, match=r"no list of moss\.countries that has 'fen' in a country lies in"):
        drawn(msgspec.structs.replace(where, subjects=("fen",)), record, RELEASED)
    record.engine.close()


def test_a_counter_that_is_shown_in_part_is_said_to_be_one(record: Record) -> None:
    """Where any number of it is: one below a thousand is shown in full."""
    words = " Numbers of a counter of which YouTube shows three digits, the rest cut off."
    assert series(record, measure="youtube.subscribers").said.endswith(words)
    assert "counter" not in series(record, measure="youtube.subscribers", subjects=("moss",)).said


def test_a_leaderboard_and_its_risers_and_fallers(record: Record) -> None:
    figure = leaderboard(record)
    assert figure.title == "Netflix ISP Speed Index, United States, May 2022"
    assert (
        figure.said
        == "First: Fen (3.6 Mbps). Rose: Fen (+0.4). Fell: Peat Net (−0.4). No meaningful difference: 1 of 3."
    )
    assert figure.columns == ("rank", "before", "name", "Mbps", "change")
    assert figure.rows == (
        ("1", "3", "Fen", "3.6", "+0.4"),
        ("2", "2", "Mosslink", "3.4", "±0, no meaningful difference"),
        ("3", "1", "Peat Net", "3.2", "−0.4"),
        ("4", "–", "New", "3", "–"),
    )
    assert figure.wide.count("<rect") == 4
    assert leaderboard(record, "2022-04").said == "First: Peat Net (3.6 Mbps)."


@pytest.mark.parametrize("may_show", ["values", "percent"])
def test_what_may_be_shown_as_per_cents_alone_is_an_index(may_show: str) -> None:
    """The volumes of a series add up, but for a week in which one has no reading; withheld units stand nowhere."""
    lists = Lists()
    lists.add_series(UNITS, measure="books.units", unit="copies", may_show=may_show, calendar="sun-sat")
    record = lists.record(Catalog(names=tuple(read_names(NAMES, "names.csv"))))
    figure = series(record, measure="books.units", subjects=("kite",))
    values, title = (
        (("1,500", "4,501"), "Copies of Kite 1") if may_show == "values" else (("100", "300.1"), "first reading 100")
    )
    assert figure.rows == (("the week to 16 April 2022", values[0]), ("the week to 23 April 2022", values[1]))
    assert title in figure.title
    assert ("4,501" in figure.wide) == (may_show == "values")
    record.engine.close()


def test_an_index_is_rounded_once() -> None:
    """A billionth of a copy below 100.05: past 28 digits."""
    lists = Lists()
    text = f"day,title,value\n2022-05-01,kite,{10**28}\n2022-05-02,kite,{10_005 * 10**24 - 1}.999999999"
    lists.add_series(text, measure="moss.copies", unit="copies", may_show="percent")
    record = lists.record()
    assert [
        row[1] for row in series(record, measure="moss.copies", subjects=("kite",), event=None, event_is="").rows
    ] == ["100", "100"]
    record.engine.close()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"measure": "moss.follower"}, "no reading of measure 'moss.follower' is held; nearest: moss.followers"),
        ({"subjects": ("kit",)}, "no reading of moss.followers that may be shown lies in .* for 'kit'"),
        ({"period": (date(2022, 5, 19), date(2022, 5, 30)), "event": None, "event_is": ""}, "for 'kite'"),
        ({"measure": "moss.fresh", "subjects": ("kite",)}, "mixes or lacks numbers: it is in status"),
        ({"territory": "GB"}, "no reading of moss.followers that may be shown"),
        (
            {"period": (date(2022, 4, 1), date(2022, 6, 1))},
            "speaks of 2022-06-01, which was not over when the story was",
        ),
    ],
)
def test_a_figure_that_cannot_be_drawn_says_why(record: Record, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(GroundswellError, match=why):
        series(record, **changes)


def test_a_leaderboard_of_no_issue_is_refused(record: Record) -> None:
    figure = StatedFigure(
        FigureKind.LEADERBOARD, (date(2022, 5, 1), date(2022, 5, 7)), chart="isp.speed", territory="US"
    )
    with pytest.raises(InputError, match=r"no issue of isp\.speed, United States, is of 2022-05-01/2022-05-07"):
        drawn(figure, record, RELEASED)


FRONT = """---
title: Kite grows
summary: Its followings, drawn.
released: 2022-06-01
category: Art
figures:
  - {figure}
---
A story without a number.
"""
WHOLE = "kind: series, measure: moss.followers, subjects: [kite], period: [2022-04-01, 2022-05-31]"


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ("{kind: series, period: [2022-04-01, 2022-05-31]}", "needs measure, and one to 3 subjects"),
        ("{kind: series, measure: a.b, subjects: [a, b, c, d], period: [2022-04-01, 2022-05-31]}", "one to 3 subjects"),
        (
            "{kind: leaderboard, measure: a.b, period: [2022-04-01, 2022-05-31]}",
            "needs chart, period and territory, and nothing",
        ),
        (f"{{{WHOLE}, event: 2022-04-22}}", "it has both or neither"),
        (f"{{{WHOLE}, event: 2022-06-22, event_is: launch}}", "event: 2022-06-22 lies outside the figure's period"),
        (
            "{kind: pie, period: [2022-04-01, 2022-05-31]}",
            "figures, entry 1, kind: 'pie' is none of: series, leaderboard",
        ),
        (f"{{{WHOLE}, colour: red}}", "figures, entry 1: unknown field 'colour'"),
    ],
)
def test_what_a_figure_may_say_of_itself(tmp_path: Path, figure: str, why: str) -> None:
    path = tmp_path / "kite.md"
    path.write_text(FRONT.format(figure=figure), encoding="utf-8")
    with pytest.raises(InputError, match=why):
        read_story(path)


def test_a_story_with_a_figure_is_checked_with_it(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "kite.md"
    path.write_text(FRONT.format(figure=f"{{{WHOLE}, event: 2022-04-22, event_is: launch}}"), encoding="utf-8")
    checked = check(read_story(path), record)
    assert [figure.title for figure in checked.figures] == ["Followers of Kite"]
    assert checked.simulated
    assert checked.summary == "Simulated: Its followings, drawn."


def test_a_figure_cannot_smuggle_a_number_or_an_unknown_subject_in(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "kite.md"
    path.write_text(
        FRONT.format(figure=f"{{{WHOLE}, event: 2022-04-22, event_is: 9 million tune in}}").replace("[kite]", "[kate]"),
        encoding="utf-8",
    )
    with pytest.raises(Refused) as refused:
        check(read_story(path), record)
    reasons = "\n".join(refused.value.reasons)
    assert "figures: no reading of moss.followers" in reasons
    assert "9 million" in reasons
