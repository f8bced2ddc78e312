"""How interactions are counted: named, versioned profiles. A changed number is another profile, never the same one.

Origin of each: docs/methods.md, "Interactions".
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from groundswell.core.events import ACTS

SETTLE = timedelta(hours=36)
"""What is taken back before a week is this old does not count in it; after, it stands."""
YOUNG = timedelta(days=7)
"""An account first noticed less than this before a week settles is new in it."""

REASONS = (
    "self",
    "declared_bot",
    "inactive_account",
    "new_account",
    "owned_account",
    "on_owned_post",
    "copy_paste",
    "co_action",
    "over_cap",
)
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
class CoAction:
    """When accounts act in step: two that liked or reposted at least `posts` of the same posts in a week, half of them or
    more `within` each other. Groups of such pairs with at least `accounts` in them are set aside."""

    posts: int
    within: timedelta
    accounts: int


@dataclass(frozen=True)
class Campaign:
    """When a title's posts look like a campaign: of at least `posts`, two of the three that follow. They count all the same."""

    posts: int
    an_author: Decimal
    """Posts an author."""
    top_share: Decimal
    """Percent of the posts by the ten authors with most."""
    hashtag_share: Decimal
    """Percent of the posts that are hashtags and nothing else."""


@dataclass(frozen=True)
class Profile:
    """What counts as an interaction. Each act counts one; a hashtag makes a link and no second point."""

    id: str
    leaves_out: tuple[str, ...] = ()
    """Of REASONS, those that apply."""
    caps: dict[str, int] = field(default_factory=dict)
    """Kind → how many an account may have counted a day for one title."""
    copies: Copies | None = None
    co_action: CoAction | None = None
    kinds: tuple[str, ...] = ACTS


VARIETY_2022 = Profile("variety-2022")
GROUNDSWELL_2026 = Profile(
    "groundswell-2026",
    leaves_out=REASONS,
    caps={"post": 1, "repost": 1, "like": 3},
    copies=Copies(in_all=20, at_once=5, within=timedelta(minutes=10)),
    co_action=CoAction(posts=10, within=timedelta(seconds=10), accounts=5),
)
PROFILES = (VARIETY_2022, GROUNDSWELL_2026)
CAMPAIGN = Campaign(posts=100, an_author=Decimal(3), top_share=Decimal(20), hashtag_share=Decimal(50))
