from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.quantity import counted, half_up, plain, read_decimal

_LARGEST = Decimal("99999999999999999999999999999.999999999")
EXACT = st.builds("{}E-9".format, st.integers(-(10**38) + 1, 10**38 - 1)).map(Decimal) | st.builds(
    "{}E-{}".format, st.integers(-(10**12), 10**12), st.integers(0, 9)
).map(Decimal)


@given(EXACT)
def test_an_exact_decimal_is_read_as_it_was_written(value: Decimal) -> None:
    assert read_decimal(f"{value:f}") == value
    assert read_decimal(f"{value:,f}") == value
    assert read_decimal(f"  {value:f}\n") == value


@given(EXACT)
def test_plain_is_the_same_number_without_what_says_nothing(value: Decimal) -> None:
    short = plain(value)
    assert short == value
    assert isinstance(short, int) == (value == int(value))
    if isinstance(short, Decimal):
        assert not f"{short:f}".endswith("0")
        assert read_decimal(f"{short:f}") == value


@given(EXACT, st.sampled_from([1, 10, 1000, 10_000, 100_000, 3, 7, Decimal("0.1"), Decimal("0.25"), Decimal("0.0001")]))
def test_half_up_is_the_nearest_multiple_and_a_half_goes_away_from_zero(value: Decimal, step: int | Decimal) -> None:
    steps = floor(abs(Fraction(value)) / Fraction(step) + Fraction(1, 2))
    expected = steps * Fraction(step) * (-1 if value < 0 else 1)
    assert Fraction(half_up(value, step)) == expected
    assert Fraction(half_up(Fraction(value), step)) == expected


@given(st.fractions(), st.sampled_from([1, 100_000, Decimal("0.2"), Decimal("0.01")]))
def test_a_fraction_is_rounded_once(value: Fraction, step: int | Decimal) -> None:
    below = Fraction(step) / 2 - Fraction(1, 10**60)
    assert half_up(below, step) == half_up(-below, step) == 0
    assert abs(Fraction(half_up(value, step)) - value) * 2 <= Fraction(step)


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [("57.5", 1, 58), ("-57.5", 1, -58), ("57.49999999", 1, 57), ("14550000", 100_000, 14_600_000), ("0.5", 1, 1)],
)
def test_half_up(value: str, step: int, expected: int) -> None:
    assert half_up(Decimal(value), step) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("-0.5", "-0.5"),
        ("1,280,000", "1280000"),
        ("1,280,000.25", "1280000.25"),
        ("2.4167", "2.4167"),
        ("5.", "5"),
        (".5", "0.5"),
        ("007", "7"),
        ("0" * 60 + "7", "7"),
        ("99999999999999999999999999999.999999999", str(_LARGEST)),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert read_decimal(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        ".",
        "-.",
        "+5",
        "--5",
        "1e3",
        "1_000",
        "NaN",
        "Infinity",
        "0x10",
        "٣",
        "½",
        "1 000",
        "1.2.3",
        "1,28",
        "1280,000",
        ",128",
        "1,280,",
        "1,,280",
        "1.280,000",
        "1,234.567,890",
        "1,234.5,6",
        "5%",
        "$5",
        "5M",
        "N/A",
        "1\n2",
    ],
)
def test_what_is_no_number_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError, match="is not a number") as refused:
        read_decimal(text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", ["1" + "0" * 29, "-1" + "0" * 29, "0.0000000001", "9" * 5000])
def test_what_cannot_be_kept_exactly_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="more digits than are kept exactly"):
        read_decimal(text)


@pytest.mark.parametrize(
    ("many", "one", "more", "said"),
    [
        (0, "page", "", "0 pages"),
        (1, "page", "", "1 page"),
        (2_000, "row", "", "2,000 rows"),
        (2, "entry", "entries", "2 entries"),
    ],
)
def test_a_count_says_one_of_one(many: int, one: str, more: str, said: str) -> None:
    assert counted(many, one, more) == said
