"""What was watched, as feeds give it and the store keeps it: sessions, and the catalogue of what they are of.

A *session* is one viewing by one profile without a break: from `started_at` to before `ended_at`, both whole seconds, UTC. It is
known by its own id where its producer gives one, else by all that it says. Profiles, households, devices and ids of sessions
stay in the store: no output ever holds one.

    title, season   as printed; those of the catalogue
    territory       ISO 3166
    stream          live or on_demand; empty where the producer does not say
    day             of `started_at`, UTC: the table is kept by it. A session is at most a day long, so what was watched on a day
                    stands in its rows and in those of the day before

A row of the catalogue is one episode, film or event: `minutes` long, to be had from `available_from` on.
"""

from dataclasses import dataclass, field

import pyarrow as pa

from groundswell.core.events import TIME
from groundswell.core.finding import Finding

LIVE, ON_DEMAND, UNSTATED = "live", "on_demand", ""
STREAMS = (LIVE, ON_DEMAND, UNSTATED)
KINDS = ("tv", "films")
LANGUAGES = ("english", "non_english")

WEIGHT = pa.decimal128(18, 6)
SESSIONS = pa.schema(
    [
        ("profile", pa.string()),
        ("household", pa.string()),  # null: not stated
        ("title", pa.string()),
        ("season", pa.string()),
        ("territory", pa.string()),
        ("started_at", TIME),
        ("ended_at", TIME),
        ("device", pa.string()),  # null: not stated
        ("stream", pa.string()),
        ("session", pa.string()),  # the producer's own id, unique for its profile; null: none
        ("weight", WEIGHT),  # how many profiles it stands for, of a panel; null: itself alone
    ]
)
STORED_SESSIONS = pa.schema([*SESSIONS, ("day", pa.date32())])
"""As the store keeps them, by day, each session once."""
CATALOGUE = pa.schema(
    [
        ("title", pa.string()),
        ("season", pa.string()),
        ("kind", pa.string()),  # of KINDS
        ("language", pa.string()),  # of LANGUAGES
        ("available_from", pa.date32()),
        ("minutes", pa.int64()),  # null: an event of which there is no cut to watch later
        ("live_from", TIME),  # null: no event
        ("live_to", TIME),
        ("line", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Delivered:
    """What a file of sessions holds: `sql` gives the good rows in the columns of SESSIONS; of the others, a finding a reason."""

    sql: str
    rows_read: int
    rows_refused: int
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Titles:
    """What a catalogue holds, in the columns of CATALOGUE."""

    catalogue: pa.Table
    rows_read: int
    findings: list[Finding] = field(default_factory=list)
