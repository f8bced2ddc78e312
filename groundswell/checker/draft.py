"""A draft: what a number or a word of rank claims, before it is known of whom and of when."""

from dataclasses import dataclass
from decimal import Decimal

from groundswell.checker.scan import Listing
from groundswell.claims.quantity import HEDGES
from groundswell.core.verdict import Reason


@dataclass(frozen=True)
class Draft:
    """What tokens `first` to `last` claim; `anchor` is where its subject is looked for."""

    first: int
    last: int
    kind: str
    value: Decimal
    step: Decimal = Decimal(1)
    hedge: int = 0
    measures: tuple[str, ...] = ()
    """The measures it may be of, where the words leave that open."""
    listing: Listing | None = None
    territory: str | None = None
    when: tuple[str, ...] = ("now",)
    """The weeks it may be of: now, before, first, or a number of weeks back."""
    window: int | None = None
    """The number of weeks a total is of, where said."""
    window_at: int | None = None
    """The token of that number, where it stands behind the amount."""
    from_first: bool = False
    """Whether its weeks from its first one on are meant: all of them until now, or the first `window`."""
    debut: bool = False
    lasting: bool = False
    """Whether it is of weeks that may be over: `which was No. 1 for two weeks`, `5M, then 4M views`."""
    reason: Reason | None = None
    why: str = ""
    weekly: bool = False
    """Whether it is said that one week is meant."""
    widely: bool = False
    """Whether all lists of its kind may be meant besides its own."""
    title_at: int | None = None
    """Where its title begins, when the words themselves say it."""
    earlier: bool = False
    """Whether its clause speaks of the week before as well."""
    unitless: bool = False
    """Whether no unit is said beside the amount, so that its measures are a guess."""
    loosely: Decimal = Decimal(0)
    """The step at which it may be said loosely: what misses its words and not this is left open."""
    versus_at: int | None = None
    """Where the title begins that it is compared with."""
    audience: bool = True
    """Whether it surely counts an audience."""

    @property
    def relation(self) -> str:
        """The hedge in a word."""
        return HEDGES[self.hedge].relation.replace("_", " ")
