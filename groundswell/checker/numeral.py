"""A number as tokens: how it is written, what it is worth, how exactly, and how it is hedged.

Read by `numbers`; units and claims are read elsewhere, and hedges and scales are those of `claims.quantity`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from groundswell.checker.text import Token
from groundswell.claims.quantity import Interval


class Form(StrEnum):
    """How a number is written."""

    CARDINAL = "cardinal"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    MONEY = "money"
    FRACTION = "fraction"
    RANGE = "range"
    UNREAD = "unread"


@dataclass(frozen=True)
class Number:
    """Tokens `first` to `last` (exclusive) state a number; `start` is where its hedge begins, or `first`."""

    first: int
    last: int
    form: Form
    value: Decimal = Decimal(0)
    """Of a range its lower end; of a fraction the quotient, to 28 digits."""
    step: Decimal = Decimal(1)
    hedge: int = 0
    start: int = 0
    scaled: bool = False
    """Whether it is in thousands, millions or billions."""
    why: str = ""
    within: Interval | None = None
    """Of a range the values it allows."""


SCALES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(10**3),
    "lakh": Decimal(10**5),
    "million": Decimal(10**6),
    "crore": Decimal(10**7),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
"""Words that multiply what stands before them."""
MONEY: Final = frozenset("$€£¥₩₹")
_CURRENCY: Final = frozenset("dollars dollar euros euro pounds pound yen won rupees usd eur gbp".split())


def word_at(of: Sequence[Token], at: int) -> str:
    """The folded word at `at`, empty outside of the text."""
    return of[at].word if 0 <= at < len(of) else ""


def form_of(of: Sequence[Token], at: int, last: int) -> tuple[Form, int]:
    """The form of the number in tokens `at` to `last` by what stands around it, and where it ends with its sign or word."""
    after = word_at(of, last)
    if (at and of[at - 1].text in MONEY) or after in _CURRENCY:
        return Form.MONEY, last
    if after in {"%", "percent", "percents", "percentage"}:
        return (Form.UNREAD if word_at(of, last + 1) in {"point", "points"} else Form.PERCENT), last + 1
    if after == "per" and word_at(of, last + 1) == "cent":
        return Form.PERCENT, last + 2
    return Form.CARDINAL, last
