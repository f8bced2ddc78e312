"""One week of viewing as it was reduced from sessions: the lists of every territory, and the file of them.

The file is evidence like a producer's: kept, digested, loaded, loaded again by `rebuild`. It names no profile.
"""

from datetime import date
from decimal import Decimal

import msgspec

WORLDWIDE = "WW"


class ViewedTitle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One title: `figures` are exact to nine places, cut and not rounded."""

    title: str
    season: str
    figures: dict[str, Decimal]


class ViewedList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of the week, its titles in the order of their ranks."""

    chart: str
    territory: str
    entries: tuple[ViewedTitle, ...]


class ViewedWeek(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A week: its lists, and the figures worldwide of every title at or over the floor."""

    format: int = 1
    calendar: str
    zone: str
    """By whose clocks the week is Monday to Sunday."""
    first_day: date
    last_day: date
    days_missing: int
    """Days, UTC, on which a session of the week may have begun, and of which none was delivered: the lists are held in part."""
    method: str
    floor: int
    """Viewers of two minutes a title needs in a territory to stand in any figure."""
    inputs: str
    """The digest of which deliveries and which catalogue it was counted from, and how."""
    hours_watched: Decimal
    hours_in_no_title: Decimal
    """Of sessions whose title is not in the catalogue, or was not to be had yet."""
    lists: tuple[ViewedList, ...]
    titles: tuple[ViewedTitle, ...]


def encode(week: ViewedWeek) -> bytes:
    """The file; equal weeks give equal bytes."""
    return msgspec.json.Encoder(order="deterministic", decimal_format="number").encode(week) + b"\n"


def decode(data: bytes) -> ViewedWeek:
    """The week in a file; `msgspec.MsgspecError` when it is none."""
    return msgspec.json.decode(data, type=ViewedWeek)
