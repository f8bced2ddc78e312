"""A draft with the typed claims it may mean: what the verdict is given on."""

from dataclasses import dataclass, field

from groundswell.checker.draft import Draft
from groundswell.claims import Claim
from groundswell.core.verdict import Reason


@dataclass(frozen=True)
class Asked:
    """A draft with the claims it may mean; with `reason` none of them decides it. `probes` are asked beside them."""

    draft: Draft
    title: str
    subject: str = ""
    claims: tuple[Claim, ...] = ()
    probes: dict[str, Claim] = field(default_factory=dict)
    reason: Reason | None = None
    why: str = ""
    where: tuple[int, int] = (0, 0)
    """The text and the sentence it stands in."""
    used: str = ""
    """What of the text decided the subject, list and week."""
    of_series: bool = False
    """Whether it is of a figure in no weekly list, or of a list of books or of all time (checker/series.py)."""
    only_supports: bool = False
    """Whether readings that miss it leave it open: its time is taken for granted, not said."""
