"""The audience of one live event as it was reduced from viewing sessions, and its file.

The file is evidence like a producer's: kept, digested, loaded, loaded again by `rebuild`. Sessions may be gone long before it.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]

AMA, REACH, MEAN_TIME, PEAK = "live.ama", "live.reach", "live.mean_time", "live.peak"
"""The measures: all but the peak are followed by their window, `live.ama.live+1`."""
AVERAGE, VIEWERS, MINUTES, STREAMS = "average-minute audience", "viewers", "minutes per viewer", "concurrent streams"
"""What they count; the window goes before, `Live+1 average-minute audience`, but not before streams, which are live."""
WINDOWS = ("Live", "Live+SD", "Live+1", "Live+7")
PRELIMINARY = "preliminary"
"""Goes before all, of a figure whose window had not closed when its sessions were known."""
COVIEWING = "with co-viewing"
"""Goes after an average minute audience that counts persons, not profiles."""


class WindowAudience(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was viewed of the event in one territory until `until`; viewers are profiles, times their weights."""

    window: str
    territory: str
    until: Moment
    preliminary: bool
    viewer_seconds: Decimal
    average: Decimal
    """Viewer-seconds ÷ the seconds of the event."""
    reach: Decimal
    """Viewers of at least as long as the method's qualifier."""
    viewers: Decimal
    """Viewers of any time at all: average = viewers × mean time ÷ duration."""
    mean_minutes: Decimal


class Peak(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most streams open at one moment while the event was live, and the first such moment."""

    territory: str
    streams: Decimal
    at: Moment
    preliminary: bool


class LiveAudience(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One event: its figures by window and territory, and its minutes."""

    format: int = 1
    title: str
    season: str
    live_from: Moment
    live_to: Moment
    zone: str
    """Of its day, and of the end of the broadcast day."""
    method: str
    qualifier_seconds: int
    coviewing: Decimal
    """Persons a profile; 1 where none is claimed."""
    known_from: Moment
    """When the newest of its sessions were known."""
    sessions: tuple[str, ...]
    """The snapshots they are from."""
    catalogue: str = ""
    """The snapshot of the catalogue that says when it was live."""
    withdrawn: bool = False
    """Whether that catalogue has the event at another time: none of the figures is one any more."""
    weights_differ: int
    """Profiles whose sessions state several weights: the smallest counts."""
    unstated: int = 0
    """Sessions that do not say whether they were live: live while the event was, on demand after."""
    windows: tuple[WindowAudience, ...]
    peaks: tuple[Peak, ...]
    minutes: tuple[Decimal, ...]
    """Worldwide, live: the average audience of each minute from `live_from`, the last one maybe shorter."""
    any_beacon: Decimal
    """Worldwide, live: what the average would be did every profile count whole in each minute it touched."""


def encode(audience: LiveAudience) -> bytes:
    """The file; equal audiences give equal bytes."""
    encoder = msgspec.json.Encoder(order="deterministic", decimal_format="number")
    return msgspec.json.format(encoder.encode(audience), indent=1)


def decode(data: bytes) -> LiveAudience:
    """The event in a file; `msgspec.MsgspecError` when it is none."""
    return msgspec.json.decode(data, type=LiveAudience)
