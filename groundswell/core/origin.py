"""Who says so: the origin of bytes, and how strong it is as evidence."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec


class Evidence(StrEnum):
    """How a row came to us, strongest first."""

    PUBLISHED = "published"
    CAPTURED = "captured"
    SIMULATED = "simulated"


class MayShow(StrEnum):
    """What of the figures may be shown, in every output."""

    VALUES = "values"
    PERCENT = "percent"
    RANK = "rank"
    NOTHING = "nothing"


_STRENGTH = list(Evidence)


def weakest(evidence: Iterable[Evidence]) -> Evidence | None:
    """The weakest of them; None of none."""
    return max(evidence, key=_STRENGTH.index, default=None)


class Origin(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One producer's statement of where a file comes from; the fields of a sidecar.

    `description` is what the producer says of it, `processing` what we did. `stands_for` is set on simulated
    files only: the real system the example imitates. `complete_for` is `*` or one subject id.
    """

    producer: str
    title: str
    licence: str
    url: str | None = None
    description: str | None = None
    processing: str | None = None
    may_show: MayShow = MayShow.VALUES
    status: Evidence = Evidence.PUBLISHED
    stands_for: str | None = None
    fetched: date | None = None
    complete_for: str = "*"

    def __post_init__(self) -> None:
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise ValueError("url must begin with https:// or http://")
        if self.stands_for is not None and self.status is not Evidence.SIMULATED:
            raise ValueError('stands_for is for simulated files: set status = "simulated"')
