"""Numbers: as written, as far as they are exact, hedged or not, and left alone where they are only a part of one."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from groundswell.checker.numeral import Form, Number, numbers
from groundswell.checker.text import tokens
from groundswell.checker.weeks import dates


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
    ],
)
def test_a_hedge_belongs_to_its_number(text: str, relation: str) -> None:
    from groundswell.claims.quantity import HEDGES

    (number,) = read(text)
    assert HEDGES[number.hedge].relation == relation
    assert number.start == 0 or relation == "equal"


@pytest.mark.parametrize(
    "text",
    [
        "3-1",
        "555-0142",
        "9/11",
        "12:30",
        "two thirds",
        "one in four",
        "two out of three",
        "1.1^23",
        "three and a half",
        "between 20 and 25 million",
        "20-25",
        "1,23",
        "21th",
        "A4",
        "x-ray7",
        "-5",
        "2.33 k",
        "millions of fans",
        "20 to 25 million",
    ],
)
def test_what_is_only_a_part_of_a_number_is_not_read_as_one(text: str) -> None:
    assert all(number.form in {Form.UNREAD, Form.RANGE} for number in read(text))


@pytest.mark.shared_data
def test_the_specifications_of_others_are_read_or_left_alone(shared_data: Path) -> None:
    right, wrong = 0, []
    for name in ("NumberModel", "NumberRangeModel", "OrdinalModel", "PercentModel"):
        for case in json.loads((shared_data / "numbers" / f"{name}.json").read_text(encoding="utf-8-sig")):
            text = case["Input"]
            of = tokens(text)
            for number in read(text):
                if number.form in {Form.UNREAD, Form.RANGE}:
                    continue
                begin, end = of[number.first].start, of[number.last - 1].end
                stated = [r for r in case.get("Results", ()) if r["Start"] <= end - 1 and begin <= r["End"]]
                if not stated:
                    continue  # a number the specification is not about
                if number.value in {abs(value) for result in stated for value in _values(result)}:
                    right += 1
                else:
                    wrong.append((name, text, str(number.value)))
    assert right >= 200
    assert len(wrong) <= 6, "\n".join(map(str, wrong))


def _values(result: dict[str, dict[str, str]]) -> list[Decimal]:
    stated = result.get("Resolution") or {}
    texts = [str(stated.get(key, "")).strip("[]()%") for key in ("value", "offset")]
    found = []
    for part in ",".join(texts).split(","):
        try:
            found.append(Decimal(part))
        except ArithmeticError:
            continue
    return found
