"""How producers show a running count: dated profiles, and what may stand behind a number as shown.

Origin: docs/methods.md, "Counters that are shown in part".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from groundswell.core.rows import EXACT


@dataclass(frozen=True)
class Counter:
    """How a producer shows the count of one measure from the day `since` on; below `exact_below` it is shown in full."""

    id: str
    measure: str
    since: date
    exact_below: int
    digits: int | None
    """How many digits are shown; None: whole thousands, millions or billions and one decimal."""
    cut: bool
    """Whether the other digits are cut off; else the producer does not say, and the count may as well be rounded."""
    how: str

    def step(self, count: int) -> int:
        """What the last digit shown of a count is worth."""
        if count < self.exact_below:
            return 1
        length = len(str(count))
        return int(10 ** max(0, length - self.digits if self.digits else (length - 1) // 3 * 3 - 1))

    def shown(self, count: int) -> int:
        """A count with the digits that are not shown cut off.

        >>> YOUTUBE_2019.shown(53_324_899)
        53300000
        """
        return count // self.step(count) * self.step(count)

    def between(self, shown: Decimal) -> tuple[int, int] | None:
        """The lowest and the highest count that would be shown so; None of one with more digits than are shown.

        Where it is said in whole and tenths (`64.1B`), a number one below such a one is it, read back through binary fractions.

        >>> TIKTOK.between(Decimal(43_600_000_000))
        (43550000000, 43699999999)
        """
        if shown != shown.to_integral_value() or shown < self.exact_below:
            return None
        for count in (int(shown), int(shown) + 1) if self.digits is None else (int(shown),):
            step = self.step(count)
            if step > 1 and count % step == 0:
                return count if self.cut else count - self.step(count - 1) // 2, count + step - 1
        return None


YOUTUBE_2019 = Counter(
    *("youtube-2019", "youtube.subscribers", date(2019, 9, 1), 1_000),
    digits=3,
    cut=True,
    how="of which YouTube shows three digits, the rest cut off",
)
TIKTOK = Counter(
    *("tiktok-tag", "tiktok.hashtag_views", date.min, 1_000),
    digits=None,
    cut=False,
    how="which TikTok shows with one decimal, rounded or cut",
)
COUNTERS = (YOUTUBE_2019, TIKTOK)


def possible(measure: str, value: Decimal, day: date) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value that may stand behind one printed for that day."""
    for counter in COUNTERS:
        if counter.measure == measure and counter.since <= day and (between := counter.between(value)) is not None:
            return Decimal(between[0]), Decimal(between[1])
    return value, value


SHOWN = pa.schema(
    [
        ("measure", pa.string()),
        ("since", pa.date32()),
        ("value", EXACT),
        ("low", EXACT),
        ("high", EXACT),
        ("how", pa.string()),
    ]
)


def shown_table(readings: Iterable[tuple[str, Decimal]]) -> pa.Table:
    """Of values as printed, by measure, what may stand behind those that are shown in part."""
    rows = [
        {"measure": measure, "since": counter.since, "value": value, "how": counter.how}
        | dict(zip(("low", "high"), map(Decimal, between), strict=True))
        for measure, value in readings
        for counter in COUNTERS
        if counter.measure == measure and (between := counter.between(value)) is not None
    ]
    return pa.Table.from_pylist(rows, schema=SHOWN)
