"""Exact quantities: read from a cell, rounded once, written for people and machines.

Counts are `int`, everything else `Decimal`; no float ever holds a published figure.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from groundswell.core.errors import InputError

EXACT_DIGITS, EXACT_PLACES = 38, 9
"""Observations are kept as DECIMAL(38, 9)."""
_EXACTLY = Context(prec=2 * EXACT_DIGITS, rounding=ROUND_HALF_UP)
_NUMBER = re.compile(r"-?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")


def half_up(value: Decimal | Fraction, step: int | Decimal = 1) -> Decimal:
    """`value` rounded to the nearest multiple of `step`, halves away from zero: once, and a fraction exactly.

    >>> half_up(Fraction(10**29 - 1, 2 * 10**29))
    Decimal('0')
    """
    step = Decimal(step)
    if isinstance(value, Fraction):
        steps = int(abs(value) / Fraction(step) + Fraction(1, 2))
        return _EXACTLY.multiply(Decimal(steps if value > 0 else -steps), step)
    return _EXACTLY.multiply(_EXACTLY.quantize(_EXACTLY.divide(value, step), Decimal(1)), step)


def counted(many: int, one: str, more: str = "") -> str:
    """A count in words: `1 page`, `2,000 pages`; `more` where the plural has another ending than an s.

    >>> counted(1, "entry", "entries")
    '1 entry'
    """
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def shared_ranks(values: Sequence[Decimal]) -> list[int]:
    """The place of each value from the largest down; equal ones share a place, and the next is skipped.

    >>> shared_ranks([Decimal(2), Decimal(3), Decimal(2), Decimal(1)])
    [2, 1, 2, 4]
    """
    downwards = sorted(values, reverse=True)
    return [downwards.index(value) + 1 for value in values]


def plain(value: Decimal) -> int | Decimal:
    """`value` as an int when it is whole, else without trailing zeros."""
    return int(value) if value == value.to_integral_value() else value.normalize(_EXACTLY)


def read_decimal(text: str) -> Decimal:
    """A plain decimal number, group commas allowed (`1,280,000`, `2.4167`); `InputError` otherwise."""
    digits = text.strip()
    if not _NUMBER.fullmatch(digits):
        raise InputError(f"'{text[:40]}' is not a number; write it as 1234567, 1,234,567 or 12.5")
    value = Decimal(digits.replace(",", ""))
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > EXACT_PLACES or value.adjusted() >= EXACT_DIGITS - EXACT_PLACES:
        raise InputError(f"'{text[:40]}' has more digits than are kept exactly")
    return value
