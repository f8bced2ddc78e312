"""How interactions are counted: named, versioned profiles. A changed number is another profile, never the same one.

Origin of each: docs/methods.md, "Interactions".
"""

from dataclasses import dataclass, field
from datetime import timedelta

from groundswell.core.events import ACTS

SETTLE = timedelta(hours=36)
"""What is taken back before a week is this old does not count in it; after, it stands."""

REASONS = ("self", "declared_bot", "inactive_account", "owned_account", "on_owned_post", "copy_paste", "over_cap")
"""Why a profile leaves an act out; of several the first. Each is counted."""


@dataclass(frozen=True)
class Copies:
    """When posts of the same words are a campaign of copies, of which the first one counts.

    `in_all` accounts in a week, or `at_once` accounts whose first posts of it in the week lie `within` each other.
    """

    in_all: int
    at_once: int
    within: timedelta


@dataclass(frozen=True)
class Profile:
    """What counts as an interaction. Each act counts one; a hashtag makes a link and no second point."""

    id: str
    leaves_out: tuple[str, ...] = ()
    """Of REASONS, those that apply."""
    caps: dict[str, int] = field(default_factory=dict)
    """Kind → how many an account may have counted a day for one title."""
    copies: Copies | None = None
    kinds: tuple[str, ...] = ACTS


VARIETY_2022 = Profile("variety-2022")
GROUNDSWELL_2026 = Profile(
    "groundswell-2026",
    leaves_out=REASONS,
    caps={"post": 1, "repost": 1, "like": 3},
    copies=Copies(in_all=20, at_once=5, within=timedelta(minutes=10)),
)
PROFILES = (VARIETY_2022, GROUNDSWELL_2026)
