"""Captured frames of Jetstream in bulk: DuckDB reads those of the shapes the server writes, the line reader all others.

A line is taken in columns only where its columns, written down again, are the line itself byte for byte. So it holds nothing
else, nothing twice and nothing of another type, and the line reader would make the same of it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from groundswell.core.events import EVENTS, OPERATIONS, Activity, ActivityBuilder, added, tallied
from groundswell.core.protocol import Engine
from groundswell.feeds.lines import EARLIEST, LATEST, MOST_OF_A_LINE, blocks_of, lines_of

KINDS = {"app.bsky.feed.post": "post", "app.bsky.feed.like": "like", "app.bsky.feed.repost": "repost"}
FRAME = "network.bsky.jetstream.subscribeEvents#"

_REF = {"cid": "VARCHAR", "uri": "VARCHAR"}
_COMMIT = {
    **dict.fromkeys(("rev", "operation", "collection", "rkey", "cid"), "VARCHAR"),
    "record": {
        "createdAt": "VARCHAR",
        "text": "VARCHAR",
        "langs": ["VARCHAR"],
        "reply": {"parent": _REF, "root": _REF},
        "subject": _REF,
        "via": _REF,
    },
}
_AT_ONCE = 1 << 21  # bytes of text that one thread takes at a time
_IS_POST = "collection = 'app.bsky.feed.post'"
_IS_GONE = "operation = 'delete'"


def _written(*parts: str) -> str:
    """SQL that writes JSON down: a part that begins with `$` is an expression, any other stands for itself."""
    return "concat(" + ", ".join(part[1:] if part.startswith("$") else f"'{part}'" for part in parts) + ")"


def _ref(of: str) -> str:
    return "$" + _written('{"cid":"', f"${of}.cid", '","uri":"', f"${of}.uri", '"}')


def _if(condition: str, *parts: str) -> str:
    return f"$CASE WHEN {condition} THEN {_written(*parts)} ELSE '' END"


_RECORD = (
    '"record":{"$type":"',
    "$collection",
    '","createdAt":"',
    "$record.createdAt",
    '"',
    _if(f"{_IS_POST} AND record.langs IS NOT NULL", ',"langs":["', """$array_to_string(record.langs, '","')""", '"]'),
    _if(
        f"{_IS_POST} AND record.reply IS NOT NULL",
        *(',"reply":{"parent":', _ref("record.reply.parent"), ',"root":', _ref("record.reply.root"), "}"),
    ),
    # The server is written in Go, whose JSON escapes these three in every text.
    _if(
        _IS_POST,
        ',"text":',
        r"$replace(replace(replace(to_json(record.text), '&', '\u0026'), '<', '\u003c'), '>', '\u003e')",
    ),
    _if(f"NOT {_IS_POST}", ',"subject":', _ref("record.subject")),
    _if("record.via IS NOT NULL", ',"via":', _ref("record.via")),
    "}",
)
_KEY = ('","operation":"', "$operation", '","collection":"', "$collection", '","rkey":"', "$rkey", '"')
_CID = (',"cid":"', "$cid", '"')


@dataclass(frozen=True)
class _Wire:
    """One of the two wire formats: what a frame holds, where in it, and how the whole line is written."""

    columns: dict[str, object]
    commit: str
    did: str
    seen_at: str
    line: str

    @property
    def query(self) -> str:
        """Every line of `lines` (number, line) as an event; `rest` is the line where it does not fit, null where it does."""
        named = ", ".join(f"frame.{self.commit}.{name} AS {name}" for name in _COMMIT)
        kinds = " ".join(f"WHEN '{collection}' THEN '{kind}'" for collection, kind in KINDS.items())
        made = f"WHEN {_IS_POST} AND NOT {_IS_GONE} THEN"
        return f"""
WITH frames AS (SELECT number, line, TRY(json_transform(line, '{json.dumps(self.columns)}')) AS frame FROM lines),
named AS (SELECT number, line, frame, {self.did} AS did, {self.seen_at} AS seen_at, {named} FROM frames)
SELECT 'bluesky' AS platform, CASE collection {kinds} END AS kind, operation, did AS actor,
       concat('at://', did, '/', collection, '/', rkey) AS key, record.subject.uri AS object, seen_at, record."text" AS "text",
       CASE {made} CAST([] AS VARCHAR[]) END AS tags, CASE {made} coalesce(record.langs, []) END AS languages,
       record.reply.parent.uri AS parent, record.reply.root.uri AS root, CAST(NULL AS VARCHAR) AS quotes,
       CAST(NULL AS VARCHAR) AS region, CASE {made} false END AS declared_bot, number AS line,
       CASE WHEN line = {self.line} AND strlen(line) <= {MOST_OF_A_LINE}
             AND regexp_full_match(did, 'did:[a-z]+:[A-Za-z0-9._:%-]{{1,200}}')
             AND seen_at >= TIMESTAMPTZ '{EARLIEST}' AND seen_at < TIMESTAMPTZ '{LATEST}'
             AND operation IN {OPERATIONS} AND collection IN {tuple(KINDS)}
             AND NOT contains(coalesce(record."text", ''), '#') AND NOT contains(coalesce(record."text", ''), '＃')
            THEN NULL ELSE line END AS rest
FROM named"""


_MADE = f"NOT coalesce({_IS_GONE}, false)"
_OLD = _Wire(
    columns={"did": "VARCHAR", "time_us": "BIGINT", "commit": _COMMIT},
    commit='"commit"',
    did="frame.did",
    seen_at="make_timestamptz(CASE WHEN frame.time_us BETWEEN 0 AND 8000000000000000 THEN frame.time_us END)",
    line=_written(
        *('{"did":"', "$did", '","time_us":', "$frame.time_us", ',"kind":"commit","commit":{"rev":"', "$rev", *_KEY),
        *(_if(_MADE, ",", *_RECORD, *_CID), "}}"),
    ),
)
_MOMENTS = ", ".join(f"strftime(seen_at, '%Y-%m-%dT%H:%M:%S{fraction}Z')" for fraction in (".%f", ""))
_NEW = _Wire(
    columns={"payload": {"seq": "BIGINT", "did": "VARCHAR", "time": "VARCHAR", **_COMMIT}},
    commit="payload",
    did="frame.payload.did",
    seen_at='TRY_CAST(frame.payload."time" AS TIMESTAMPTZ)',
    line=_written(
        *(f'{{"$type":"message","payload":{{"$type":"{FRAME}commit","seq":', "$frame.payload.seq", ',"did":"', "$did"),
        *('","time":"', f'$CASE WHEN frame.payload."time" IN ({_MOMENTS}) THEN frame.payload."time" END'),
        *('","rev":"', "$rev", *_KEY, _if(_MADE, *_CID, ",", *_RECORD), "}}"),
    ),
)


def in_bulk(
    file: BinaryIO, platform: str, take_line: Callable[[ActivityBuilder, int, bytes], None], engine: Engine
) -> Iterator[Activity]:
    """What a file of frames holds, a part of bounded size at a time and in it in no order, as `take_line` reads a line."""
    number = 1
    for block in blocks_of(file):
        read = _columns(block, number, engine)
        built = ActivityBuilder(platform)
        rows = 0
        for at, line in lines_of(bytes(block), number) if read is None else _rest(read):
            rows += 1
            take_line(built, at, line)
        one = built.built(rows)
        if read is None:
            number += bytes(block).count(b"\n")
            yield one
            continue
        number += len(read)
        events = read.filter(pc.is_null(read["rest"])).select(EVENTS.names).cast(EVENTS)
        yield Activity(
            pa.concat_tables([events, one.events]),
            one.counters,
            added([tallied(events), one.tallies]),
            len(events) + rows,
            one.findings,
        )


def _columns(block: memoryview, number: int, engine: Engine) -> pa.Table | None:
    """The block's lines as events, those that fit no shape as they are; None when they cannot be told apart in bulk."""
    try:
        text = pa_csv.read_csv(
            pa.py_buffer(block),
            pa_csv.ReadOptions(column_names=["line"], block_size=_AT_ONCE),
            pa_csv.ParseOptions(delimiter="\x1f", quote_char=False, ignore_empty_lines=False),
            pa_csv.ConvertOptions(column_types={"line": pa.string()}),
        )
    except pa.ArrowInvalid:
        return None
    if len(text) != bytes(block).count(b"\n") + (bytes(block[-1:]) != b"\n"):  # a carriage return alone ends no line
        return None
    engine.register("lines", text.append_column("number", pa.array(range(number, number + len(text)), pa.int64())))
    return engine.query((_NEW if bytes(block[:8]) == b'{"$type"' else _OLD).query)


def _rest(read: pa.Table) -> Iterator[tuple[int, bytes]]:
    rest = read.select(["line", "rest"]).filter(pc.is_valid(read["rest"]))
    for number, line in zip(rest["line"].to_pylist(), rest["rest"].to_pylist(), strict=True):
        if stripped := line.encode().strip():
            yield number, stripped
