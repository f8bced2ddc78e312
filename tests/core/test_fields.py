"""What is wrong with a file's fields, told in words for every shape a field can have."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
import pytest

from groundswell.core.fields import in_words, steps_of


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    to: str


class Outer(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    on: date | None = None
    colour: Colour = Colour.RED
    many: tuple[Inner, ...] = ()
    one: Inner | None = None
    pair: tuple[date, date] | None = None
    words: dict[str, str] = {}
    at_least: Annotated[int, msgspec.Meta(ge=1)] | None = None
    ratio: float = 0.5


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "the field 'name' is missing"),
        ({"name": "x", "colours": "red"}, "unknown field 'colours'; nearest: colour"),
        ({"name": "x", "many": [{"to": "a"}, {"too": "b"}]}, "many, entry 2: unknown field 'too'; nearest: to"),
        ({"name": "x", "one": {}}, "one: the field 'to' is missing"),
        ({"name": "x", "one": "y"}, "one: a block of fields (to) is expected, not text"),
        ({"name": "x", "on": "17.5.2022"}, "on: a day, as 2022-05-17, is expected, not text"),
        ({"name": "x", "colour": "rde"}, "colour: 'rde' is none of: red, blue"),
        ({"name": "x", "colour": 3}, "colour: text (red, blue) is expected, not a number"),
        ({"name": "x", "many": {}}, "many: a list in [ ] is expected, not a block of fields"),
        ({"name": "x", "pair": [date(2022, 5, 1)]}, "pair: a list of 2 is expected, not of 1"),
        (
            {"name": "x", "pair": [date(2022, 5, 1), 3]},
            "pair, entry 2: a day, as 2022-05-17, is expected, not a number",
        ),
        ({"name": "x", "words": {"a": 1}}, "words, a value: text (a number in quotes) is expected, not a number"),
        ({"name": "x", "at_least": 0}, "at_least: a whole number from 1 up is expected"),
        ({"name": "x", "ratio": "half"}, "ratio: Expected `float`, got `str`"),
        (
            None,
            "a block of fields (name, on, colour, many, one, pair, words, at_least, ratio) is expected, not nothing",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_is_allowed(fields: object, line: str) -> None:
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.convert(fields, Outer, builtin_types=(date,))
    assert in_words(error.value, Outer) == line


class Checked(msgspec.Struct):
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("last: lies before the first")
        if self.first < 0:
            raise ValueError("first and last are from 0 up")


class Holder(msgspec.Struct):
    many: tuple[Checked, ...]


@pytest.mark.parametrize(
    ("first", "steps", "line"),
    [
        (3, ("many", 0, "last"), "many, entry 1, last: lies before the first"),
        (-3, ("many", 0), "many, entry 1: first and last are from 0 up"),
    ],
)
def test_what_a_check_of_the_fields_together_says_is_of_the_field_it_names(
    first: int, steps: tuple[str | int, ...], line: str
) -> None:
    with pytest.raises(msgspec.ValidationError) as error:
        msgspec.convert({"many": [{"first": first, "last": 2}]}, Holder)
    assert (steps_of(error.value), in_words(error.value, Holder)) == (steps, line)
