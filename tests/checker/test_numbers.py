"""Numbers: as written, as far as they are exact, hedged or not, and left alone where they are only a part of one."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.specifications import form_of, ours, outcomes
from groundswell.checker.numbers import numbers
from groundswell.checker.numeral import Form, Number
from groundswell.checker.text import tokens
from groundswell.checker.weeks import dates
from groundswell.claims.quantity import HEDGES, Interval, say_number


def read(text: str) -> list[Number]:
    """The numbers of a text, its days and years aside."""
    of = tokens(text)
    taken = {at for dated in dates(of, None) for at in range(dated.first, dated.last)}
    return numbers(of, taken)


@pytest.mark.parametrize(
    ("text", "value", "step", "form"),
    [
        ("77.24M hours", 77_240_000, 10_000, Form.CARDINAL),
        ("148.6 million", 148_600_000, 100_000, Form.CARDINAL),
        ("1.2 billion", 1_200_000_000, 100_000_000, Form.CARDINAL),
        ("17,440,000 hours", 17_440_000, 10_000, Form.CARDINAL),
        ("23,940,001 hours", 23_940_001, 1, Form.CARDINAL),
        ("half a billion", 500_000_000, 100_000_000, Form.CARDINAL),
        ("a 148.72-million-hour launch", 148_720_000, 10_000, Form.CARDINAL),
        ("forty-five million hours", 45_000_000, 1_000_000, Form.CARDINAL),
        ("ninety-four markets", 94, 1, Form.CARDINAL),
        ("two hundred and five", 205, 1, Form.CARDINAL),
        ("twenty-first week", 21, 1, Form.ORDINAL),
        ("the 3rd week", 3, 1, Form.ORDINAL),
        ("fell 39%", 39, 1, Form.PERCENT),
        ("up 12.5 per cent", Decimal("12.5"), Decimal("0.1"), Form.PERCENT),
        ("cost $200 million", 200_000_000, 1_000_000, Form.MONEY),
        ("two dozen", 24, 1, Form.CARDINAL),
        ("two and a half million hours", 2_500_000, 100_000, Form.CARDINAL),
        ("one million and a half", 1_500_000, 100_000, Form.CARDINAL),
        ("a quarter of a million", 250_000, 50_000, Form.CARDINAL),
        ("two point four million views", 2_400_000, 100_000, Form.CARDINAL),
        ("2½ million hours", 2_500_000, 100_000, Form.CARDINAL),
        ("40 000 000 hours", 40_000_000, 10_000_000, Form.CARDINAL),
        (".5 million", 500_000, 100_000, Form.CARDINAL),
        ("one hundred and sixty-one", 161, 1, Form.CARDINAL),
        ("twenty-one million three hundred", 21_000_300, 1, Form.CARDINAL),
        ("one hundred twenty-fifth", 125, 1, Form.ORDINAL),
        ("two thirds", Decimal("0.6666666666666666666666666667"), 1, Form.FRACTION),
        ("three and a half", Decimal("3.5"), 1, Form.FRACTION),
        ("more than half of its audience", Decimal("0.5"), 1, Form.FRACTION),
        ("one in four viewers", Decimal("0.25"), 1, Form.FRACTION),
        ("two out of three", Decimal("0.6666666666666666666666666667"), 1, Form.FRACTION),
        ("-5", -5, 1, Form.CARDINAL),
        ("−39%", -39, 1, Form.PERCENT),
        ("minus five percent", -5, 1, Form.PERCENT),
    ],
)
def test_a_number_is_read_with_what_its_last_digit_is_worth(
    text: str, value: Decimal, step: Decimal, form: Form
) -> None:
    (number,) = read(text)
    assert (number.value, number.step, number.form) == (Decimal(value), Decimal(step), form)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("more than 54", "more_than"),
        ("nearly 24 million", "less_than"),
        ("just over 58 million", "more_than"),
        ("about a 40 million", "about"),
        ("at least 3", "at_least"),
        ("54", "equal"),
        ("54 or more", "at_least"),
        ("54 countries or more", "at_least"),
        ("100+ countries", "at_least"),
        ("20 million or fewer", "at_most"),
        ("surpassed 20 million", "more_than"),
        ("below 20 million", "less_than"),
    ],
)
def test_a_hedge_belongs_to_its_number(text: str, relation: str) -> None:
    (number,) = read(text)
    assert HEDGES[number.hedge].relation == relation
    assert number.start == 0


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("between 20 and 25 million", Interval(Decimal(20_000_000), Decimal(25_000_000))),
        ("20 to 25 million", Interval(Decimal(20_000_000), Decimal(25_000_000))),
        ("20-25", Interval(Decimal(20), Decimal(25))),
        ("15-20%", Interval(Decimal(15), Decimal(20))),
        ("20M–25M", Interval(Decimal(20_000_000), Decimal(25_000_000))),
        ("more than 10 and less than 40", Interval(Decimal(10), Decimal(40), low_open=True, high_open=True)),
    ],
)
def test_two_ends_are_one_range(text: str, within: Interval) -> None:
    (number,) = read(text)
    assert (number.form, number.within) == (Form.RANGE, within)


def test_the_first_so_many_millions_are_no_figure() -> None:
    assert [number.form for number in read("its first 20 million hours")] == [Form.ORDINAL, Form.UNREAD]
    assert [number.value for number in read("the first two films")] == [1, 2]


def test_from_one_figure_to_another_is_a_move_and_no_range() -> None:
    assert [number.value for number in read("from 14.55 million to 23.94 million")] == [14_550_000, 23_940_000]


@pytest.mark.parametrize(
    "text",
    [
        "3-1",
        "555-0142",
        "9/11",
        "12:30",
        "1.1^23",
        "1,23",
        "21th",
        "A4",
        "x-ray7",
        "2.33 k",
        "millions of fans",
        "up to 20 million",
        "2021-22",
        "the second half",
        "a half-hour show",
        "one hundred and thirty-two fifths",
    ],
)
def test_what_is_only_a_part_of_a_number_is_not_read_as_one(text: str) -> None:
    assert {number.form for number in read(text)} <= {Form.UNREAD, Form.ORDINAL}
    assert any(number.form is Form.UNREAD for number in read(text))


@pytest.mark.parametrize("text", ["this one", "the one they call", "no such thing", "a quarter for a film"])
def test_a_pronoun_and_a_season_of_the_year_are_no_numbers(text: str) -> None:
    assert read(text) == []


@settings(deadline=None)
@given(whole=st.integers(0, 10**9), places=st.integers(0, 3), scale=st.sampled_from([1, 10**6, 10**9]))
def test_what_is_said_is_read(whole: int, places: int, scale: int) -> None:
    """A number said with any step is read with that value and that step, unless it is 0 or said in full and of many noughts."""
    step = Decimal(scale).scaleb(-places)
    value = whole % 10_000 * step
    if value == 0 or (scale == 1 and places):
        return
    (number,) = read(say_number(value, step))
    assert number.value == value
    assert number.step == step or (scale == 1 and value >= 100_000)


PIECES = st.sampled_from(
    "1|20|3.5|.5|1,234|million|thousand|hundred|billion|M|k|%|percent|one|two|twenty|five|first|third|fifths|half|a|an|quarter|"
    "and|or|more|than|less|between|to|from|in|out|of|over|point|-|–|+|/|½|$|nearly|dozen|weeks|hours|countries|No|.|#|,".split(
        "|"
    )
)


@settings(deadline=None)
@given(pieces=st.lists(st.tuples(PIECES, st.sampled_from([" ", ""])), max_size=14))
def test_numbers_are_in_order_and_never_share_a_token(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + blank for piece, blank in pieces)
    of = tokens(text)
    found = numbers(of, set())
    assert all(0 <= number.first < number.last <= len(of) and number.start <= number.first for number in found)
    assert all(before.last <= after.first for before, after in pairwise(found))
    assert all(
        (number.within is not None) == (number.form is Form.RANGE) for number in found if number.form is not Form.UNREAD
    )


@pytest.mark.shared_data
def test_the_specifications_of_others_are_read_right_or_left_alone(shared_data: Path) -> None:
    found = outcomes(shared_data / "numbers", ours)
    came = Counter(one.came for one in found)
    wrong = [one for one in found if one.came in {"wrong", "invented"}]
    assert 500 * len(wrong) <= came["right"] + len(wrong), "\n".join(map(str, wrong))
    assert came["right"] >= 270
    unlisted = [one for one in found if one.came == "unread" and not form_of(one)]
    assert unlisted == [], "left unread, and of no form that is listed with its reason"
