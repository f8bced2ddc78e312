"""One week of a measure as it was reduced from events: the frozen aggregate a chart of ours rests on, and its file.

The file is evidence like a producer's: kept, digested, loaded, loaded again by `rebuild`. Events may be gone long before it.
"""

from datetime import date
from decimal import Decimal

import msgspec


class Authorship(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose a title's posts are, those over the cap with them; `campaign` where that looks like one. They count all the same."""

    posts: int
    authors: int
    top_posts: int
    """By the ten authors with most."""
    hashtags_only: int
    campaign: bool


class ReducedTitle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One title of the week's list; `figures` are printed beside it, `left_out` are acts not counted, by reason."""

    rank: int
    subject: str
    title: str
    figures: dict[str, Decimal]
    left_out: dict[str, int]
    age_unknown: int = 0
    """Acts that count, of accounts nothing held tells the age of."""
    by_cap: dict[str, int] = {}
    """What `interactions` would be were the cap of every kind 1, 3, 10 or `none`."""
    authorship: Authorship | None = None


class ReducedCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much there was of one kind on one day; language and region are empty where none was declared."""

    day: date
    subject: str
    language: str
    region: str
    kind: str
    gross: int
    net: int


class Reduction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A week: the list, and below it the cells that add up to its figures."""

    format: int = 1
    measure: str
    chart: str
    calendar: str
    first_day: date
    last_day: date
    hours_missing: int
    """Hours of the week in which no event of any kind was witnessed: the list is held in part."""
    ranked_by: str
    """The profile `interactions` and the ranks are of."""
    profiles: tuple[str, ...]
    gazetteers: tuple[str, ...]
    """Versions of those the posts were read with."""
    inputs: str
    """The digest of every act of the week and what became of it."""
    entries: tuple[ReducedTitle, ...]
    cells: tuple[ReducedCell, ...]


def encode(reduction: Reduction) -> bytes:
    """The file; equal reductions give equal bytes."""
    encoder = msgspec.json.Encoder(order="deterministic", decimal_format="number")
    return msgspec.json.format(encoder.encode(reduction), indent=1)


def decode(data: bytes) -> Reduction:
    """The week in a file; `msgspec.MsgspecError` when it is none."""
    return msgspec.json.decode(data, type=Reduction)
