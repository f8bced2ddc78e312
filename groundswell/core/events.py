"""What a social feed gives: events, counters, and how many of each kind passed by.

An *event* is one act of one account, witnessed once or several times: `(platform, actor, kind, key, operation)` is its
identity, the smallest `seen_at` its time. A *counter* is what a platform says a post had gathered at a time. Both may speak of
the same likes, so they are never added together.

    kind       post, like, repost, account, or sync: from its time on the account's records are those that come then or later;
               all else is only counted, by the hour, in TALLIES
    operation  create, update or delete
    key        the record's own id, unique on its platform: a post's is what `object`, `parent`, `root` and `quotes` name
    object     the post acted on; null on a delete; of an account its standing: active, deleted, suspended …
    seen_at    when the platform witnessed it, never what a client says
    region     ISO 3166 where the origin declares one; never guessed from a language
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.finding import Finding
from groundswell.core.rows import LOAD_COLUMNS

ACTS = ("post", "like", "repost")
KINDS = (*ACTS, "account", "sync")
OPERATIONS = ("create", "update", "delete")
DELETED = "deleted"
ACTIVE = "active"
_CHUNK = 50_000  # rows are small in columns, and large one by one

TIME = pa.timestamp("us", tz="UTC")
EVENTS = pa.schema(
    [
        ("platform", pa.string()),
        ("kind", pa.string()),
        ("operation", pa.string()),
        ("actor", pa.string()),
        ("key", pa.string()),
        ("object", pa.string()),
        ("seen_at", TIME),
        ("text", pa.string()),  # of a post, null otherwise
        ("tags", pa.list_(pa.string())),  # without '#'
        ("languages", pa.list_(pa.string())),  # as declared, the first one foremost
        ("parent", pa.string()),
        ("root", pa.string()),
        ("quotes", pa.string()),
        ("region", pa.string()),
        ("declared_bot", pa.bool_()),
        ("line", pa.int64()),
    ]
)
COUNTERS = pa.schema(
    [
        ("platform", pa.string()),
        ("object", pa.string()),
        ("measure", pa.string()),
        ("seen_at", TIME),
        ("value", pa.int64()),
        ("line", pa.int64()),
    ]
)
TALLIES = pa.schema(
    [
        ("platform", pa.string()),
        ("hour", TIME),
        ("kind", pa.string()),
        ("operation", pa.string()),
        ("lines", pa.int64()),
    ]
)
LINKS = pa.schema(
    [
        ("platform", pa.string()),
        ("post", pa.string()),
        ("subject", pa.string()),
        ("rule", pa.string()),
        ("gazetteer", pa.string()),  # its version
    ]
)
AMBIGUOUS = pa.schema([("platform", pa.string()), ("post", pa.string()), ("subject", pa.string()), ("seen_at", TIME)])
"""Posts with a mention of a subject that no rule links; `post` is the digest of its key, `post_digest`."""
STORED_EVENTS = pa.schema(
    [
        *EVENTS,
        ("language", pa.string()),  # the first declared
        ("fingerprint", pa.string()),  # equal for posts of the same words; null where there are none
        ("day", pa.date32()),  # of `seen_at`, UTC
        LOAD_COLUMNS.field("load_id"),
    ]
)
"""As the store keeps them, by day."""


def post_digest(key: str) -> str:
    """What stands for a post's key in `AMBIGUOUS`: enough to tell posts apart, and too little to find one by."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True)
class Activity:
    """What one file of a social feed holds, in the schemas above, and what was wrong with the rest of it."""

    events: pa.Table
    counters: pa.Table
    tallies: pa.Table
    rows_read: int
    findings: list[Finding] = field(default_factory=list)


def may_count(events: pa.Table, links: pa.Table) -> pa.ChunkedArray:
    """True for all but posts that name no subject and answer or quote no post: nothing that comes later can make them count."""
    linked = pc.is_in(events["key"], pc.unique(links["post"]))
    may_inherit = pc.or_(pc.is_valid(events["parent"]), pc.is_valid(events["quotes"]))
    other = pc.or_(pc.not_equal(events["kind"], "post"), pc.equal(events["operation"], "delete"))
    return pc.or_(pc.or_(linked, may_inherit), other)


def tallied(events: pa.Table) -> pa.Table:
    """How many events of each kind there are by the hour."""
    hours = pc.floor_temporal(events["seen_at"], unit="hour")
    ones = pa.repeat(pa.scalar(1, pa.int64()), len(events))
    return added([pa.table([events["platform"], hours, events["kind"], events["operation"], ones], schema=TALLIES)])


def added(tallies: Iterable[pa.Table]) -> pa.Table:
    """Tallies added up, in order."""
    *by, lines = TALLIES.names
    groups = pa.concat_tables([*tallies]).group_by(by, use_threads=False).aggregate([(lines, "sum")])
    return groups.rename_columns([*by, lines]).sort_by([(name, "ascending") for name in by])


class ActivityBuilder:
    """Gathers rows line by line. Every event counts in a tally, kept or not."""

    def __init__(self, platform: str = "") -> None:
        self._platform = platform
        self._events: list[dict[str, object]] = []
        self._chunks: list[pa.Table] = []
        self._counters: list[dict[str, object]] = []
        self._tallies: Counter[tuple[datetime, str, str]] = Counter()
        self._findings: list[Finding] = []

    def add(self, line: int, kind: str, operation: str, at: datetime, **columns: object) -> None:
        """An event; one of no kind that is kept, or of nobody, is only counted."""
        if kind in KINDS and "actor" in columns:
            row = {
                "platform": self._platform,
                "kind": kind,
                "operation": operation,
                "seen_at": at,
                "line": line,
                **columns,
            }
            self._events.append(row)
            if len(self._events) == _CHUNK:
                self._chunks.append(pa.Table.from_pylist(self._events, schema=EVENTS))
                self._events.clear()
        else:
            self._tallies[at.replace(minute=0, second=0, microsecond=0), kind[:80], operation] += 1

    def count(self, line: int, post: str, at: datetime, figures: Iterable[tuple[str, int]]) -> None:
        """What the platform says a post had gathered by `at`."""
        for measure, value in figures:
            row = {"object": post, "measure": measure, "seen_at": at, "value": value, "line": line}
            self._counters.append({"platform": self._platform, **row})

    def refuse(self, line: int, found: object, why: str, column: str | None = None) -> None:
        """A line that is not read."""
        text = found.decode(errors="replace") if isinstance(found, bytes) else str(found)
        self._findings.append(Finding(line, column, text[:80], why))

    def __len__(self) -> int:
        """How many events there were, kept or only counted, and counters."""
        events = sum(map(len, self._chunks)) + len(self._events)
        return events + sum(self._tallies.values()) + len(self._counters)

    def built(self, rows_read: int) -> Activity:
        """All of it."""
        passed = [
            {"platform": self._platform, "hour": hour, "kind": kind, "operation": operation, "lines": lines}
            for (hour, kind, operation), lines in self._tallies.items()
        ]
        events = pa.concat_tables([*self._chunks, pa.Table.from_pylist(self._events, schema=EVENTS)])
        return Activity(
            events,
            pa.Table.from_pylist(self._counters, schema=COUNTERS),
            added([tallied(events), pa.Table.from_pylist(passed, schema=TALLIES)]),
            rows_read,
            self._findings,
        )
