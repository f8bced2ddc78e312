"""A claim is typed fields; what the data says of it is `Found`; the two together are a `Judged` claim."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from groundswell.claims.quantity import Stated
from groundswell.core.origin import Evidence
from groundswell.core.period import Period
from groundswell.core.quantity import half_up, plain
from groundswell.core.verdict import Reason, Verdict

Way = Literal["", "reading", "mean", "median"]
"""What is made of several readings in the period and the base of a growth: the last one, their mean, their median."""
READING: Final = "reading"
MEAN: Final = "mean"
MEDIAN: Final = "median"
_SAID_TO = Decimal("0.000001")
"""A quotient is compared exactly and said to six places."""


@dataclass(frozen=True)
class Claim:
    """One number said of one subject over one period; the value stays as stated.

    It is of a chart, or of a measure that stands in no list; then `chart` is empty.
    """

    kind: str
    subject: str
    chart: str
    territory: str
    period: Period
    stated: Stated
    measure: str = ""
    """The measure it is of, for the kinds of chart that have several, and for those of no chart."""
    versus: str = ""
    """The subject it is compared with, for a comparison."""
    base: Period | None = None
    """What a growth is against, and `base_as` what is made of the readings in it and in the period."""
    base_as: Way = ""

    def as_json(self) -> dict[str, object]:
        """The typed claim, as a receipt holds it."""
        return {
            "kind": self.kind,
            "subject": self.subject,
            **({"chart": self.chart} if self.chart else {}),
            "territory": self.territory,
            "period": self.period.as_json(),
            "stated": self.stated.as_json(),
            **({"measure": self.measure} if self.measure else {}),
            **({"versus": self.versus} if self.versus else {}),
            **({"base": self.base.as_json()} if self.base else {}),
            **({"base_as": self.base_as} if self.base_as else {}),
        }


@dataclass(frozen=True)
class Found:
    """What the data holds: the value lies in [`low`, `high`], `high` None is without bound.

    `reason` is set when nothing can be said at all; `absent` when the subject is not on the lists, which are whole. `missing` names
    issues whose absence widens the interval; `rows` are the decisive ones, `lists` the snapshots and evidence of the lists that
    show where else the subject was not.
    """

    low: Decimal = Decimal(0)
    high: Decimal | None = None
    reason: Reason | None = None
    absent: bool = False
    missing: tuple[str, ...] = ()
    note: str = ""
    out_of: str = ""
    """Of a share, what it is a share of: `21 reviews`."""
    rows: tuple[dict[str, object], ...] = ()
    lists: tuple[dict[str, object], ...] = ()
    sensitivity: tuple[dict[str, object], ...] = ()
    """Of a growth what it is on other bases: `baseline`, `base`, `base_as`, `found`, `says`, and `named` of the claim's own."""

    @property
    def value(self) -> int | Decimal | None:
        """The one value found, when it is one."""
        exact = self.high is not None and self.low == self.high and self.reason is None and not self.absent
        return plain(half_up(self.low, _SAID_TO)) if exact else None


@dataclass(frozen=True)
class Judged:
    """A claim and its verdict, with the evidence and a sentence that explains it."""

    claim: Claim
    verdict: Verdict
    found: Found
    evidence: Evidence | None
    explain: Callable[[], str] = field(repr=False, compare=False)
    """Makes the sentence, when somebody reads it."""
    truncated: bool = False
    snapshots: tuple[str, ...] = field(default=())

    @cached_property
    def explanation(self) -> str:
        """What was found, where, and what is not held."""
        return self.explain()

    def __str__(self) -> str:
        mark = f"{self.verdict} (simulated)" if self.evidence is Evidence.SIMULATED else str(self.verdict)
        return f"{mark}: {self.explanation}"
