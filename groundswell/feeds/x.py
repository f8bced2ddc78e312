"""Posts of X: payloads of API v2, and lines of the v1.1 stream as archives keep them.

A retweet is an act of its own, and so is a quote; the counters beside them are their original's only where the original
itself is given, so counters are taken from originals alone. Likes are nowhere events here.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from groundswell.core.errors import InputError
from groundswell.core.events import Activity, ActivityBuilder
from groundswell.core.origin import Evidence, Origin
from groundswell.feeds.lines import from_microseconds, lines_of, unpack, witnessed

_V1_TIME = "%a %b %d %H:%M:%S %z %Y"
_V1_COUNTS = {
    "like_count": "favorite_count",
    "retweet_count": "retweet_count",
    "reply_count": "reply_count",
    "quote_count": "quote_count",
}
_ID = re.compile(r"[0-9]{1,20}")
_BAD = (KeyError, TypeError, AttributeError, ValueError, OverflowError)
_WHOLE = msgspec.json.Decoder()


class XPosts:
    """Payloads and lines; plain, gzip or zstd. What acts are of is told from each line by itself."""

    id: ClassVar[str] = "x.posts"
    url: ClassVar[str | None] = None
    origin: ClassVar[Origin | None] = Origin(
        producer="X",
        title="Posts as its API gave them",
        url="https://docs.x.com/",
        licence="posts of their authors under the terms of X; only counts are shown",
        status=Evidence.CAPTURED,
    )

    def settings(self) -> dict[str, object]:
        """The parser's number alone."""
        return {"parser": 1}

    def read(self, raw: bytes) -> Activity:
        """Posts, retweets as reposts, deletes, and the counters of originals."""
        built = ActivityBuilder("x")
        rows = 0
        for number, line, document in _documents(unpack(raw)):
            rows += 1
            try:
                if document is None:
                    raise InputError("not JSON")
                if not isinstance(document, dict):
                    raise InputError("not an object")
                if "data" in document:
                    _take_payload(built, number, document)
                elif "user" in document:
                    _take_status(built, number, document, None)
                elif isinstance(document.get("delete"), dict):
                    _take_delete(built, number, document["delete"])
                elif len(document) == 1:
                    pass  # limit, disconnect, status_withheld, scrub_geo: places are never read
                else:
                    raise InputError("neither a payload of API v2 nor a line of the v1.1 stream")
            except InputError as error:
                built.refuse(number, line, str(error))
            except _BAD as error:
                built.refuse(number, line, f"a field is missing or of another kind: {str(error)[:80]}")
        if rows and not len(built) and len(built.built(rows).findings) == rows:
            raise InputError("no line is a post of X; name payloads of its API, or lines of its stream")
        return built.built(rows)


def _documents(data: bytes) -> Iterator[tuple[int, bytes, Any]]:
    """One document, a list of documents, or one a line; None for a line that is none."""
    try:
        whole = _WHOLE.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        for number, line in lines_of(data):
            try:
                yield number, line, _WHOLE.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                yield number, line, None
        return
    for number, document in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield number, b"", document


def _take_payload(built: ActivityBuilder, line: int, payload: dict[str, Any]) -> None:
    data = payload["data"]
    included = payload.get("includes") or {}
    posts = [*(data if isinstance(data, list) else [data]), *included.get("tweets", [])]
    regions = {place["id"]: place.get("country_code") for place in included.get("places", [])}
    times = [_moment(post["created_at"]) for post in posts if isinstance(post, dict) and "created_at" in post]
    for post in posts:
        try:
            _take_post(built, line, post, regions, max(times, default=None))
        except InputError as error:
            built.refuse(line, post.get("id", ""), str(error))
        except _BAD as error:
            why = f"a field is missing or of another kind: {str(error)[:80]}"
            built.refuse(line, post.get("id", "") if isinstance(post, dict) else post, why)


def _take_post(
    built: ActivityBuilder, line: int, post: dict[str, Any], regions: dict[str, Any], latest: datetime | None
) -> None:
    """`latest` is the last time the payload states: the counters are no older, and no time of theirs is given."""
    referred = {ref["type"]: _id(ref["id"]) for ref in post.get("referenced_tweets") or []}
    at = _moment(post["created_at"])
    who = {
        "actor": _id(post["author_id"]),
        "key": _id(post["id"]),
        "region": _region(regions.get(str((post.get("geo") or {}).get("place_id")))),
    }
    if "retweeted" in referred:
        built.add(line, "repost", "create", at, **who, object=referred["retweeted"])
        return
    tags = [_text(tag["tag"]) for tag in (post.get("entities") or {}).get("hashtags", [])]
    _add_post(
        built,
        line,
        at,
        who,
        text=_text((post.get("note_tweet") or {}).get("text") or post["text"]),
        tags=tags,
        language=post.get("lang"),
        parent=referred.get("replied_to"),
        root=_id(post["conversation_id"]) if "replied_to" in referred and "conversation_id" in post else None,
        quotes=referred.get("quoted"),
    )
    metrics = post.get("public_metrics") or {}
    built.count(line, _id(post["id"]), latest or at, [(name, _count(value)) for name, value in sorted(metrics.items())])


def _take_status(built: ActivityBuilder, line: int, status: dict[str, Any], seen: datetime | None) -> None:
    """A status of v1.1, and what it carries; `seen` is the time of the status it came in."""
    at = _moment(status["created_at"])
    now = from_microseconds(int(status["timestamp_ms"]) * 1000) if "timestamp_ms" in status else seen or at
    original, quoted = status.get("retweeted_status"), status.get("quoted_status")
    who = {"actor": _id(status["user"]["id_str"]), "key": _id(status["id_str"])}
    if original:
        built.add(line, "repost", "create", at, **who, object=_id(original["id_str"]))
        _take_status(built, line, original, now)
        return
    whole = status.get("extended_tweet") or status
    parent = status.get("in_reply_to_status_id_str")
    _add_post(
        built,
        line,
        at,
        who,
        text=_text(whole.get("full_text") or status.get("full_text") or status["text"]),
        tags=[_text(tag["text"]) for tag in (whole.get("entities") or {}).get("hashtags", [])],
        language=status.get("lang"),
        parent=_id(parent) if parent else None,
        root=None,
        quotes=_id(status["quoted_status_id_str"]) if status.get("quoted_status_id_str") else None,
    )
    named = [(name, status[key]) for name, key in _V1_COUNTS.items() if status.get(key) is not None]
    built.count(line, _id(status["id_str"]), now, [(name, _count(value)) for name, value in named])
    if quoted:
        _take_status(built, line, quoted, now)


def _add_post(
    built: ActivityBuilder, line: int, at: datetime, who: dict[str, Any], language: object, **post: object
) -> None:
    languages = [] if language in (None, "und", "zxx") else [_text(language)]
    built.add(line, "post", "create", at, **who, **post, languages=languages)


def _take_delete(built: ActivityBuilder, line: int, delete: dict[str, Any]) -> None:
    """The line does not say whether a post or a retweet is gone, nor always when."""
    key, actor = _id(delete["status"]["id_str"]), _id(delete["status"]["user_id_str"])
    at = from_microseconds(int(delete["timestamp_ms"]) * 1000) if "timestamp_ms" in delete else _made(int(key))
    for kind in ("post", "repost"):
        built.add(line, kind, "delete", at, actor=actor, key=key)


def _made(key: int) -> datetime:
    """When an id was given out: its upper bits are milliseconds since 4 November 2010; older ids say nothing."""
    return from_microseconds(((key >> 22) + 1_288_834_974_657) * 1000)


def _moment(text: object) -> datetime:
    if not isinstance(text, str):
        raise InputError("a time that is no text")
    try:
        at = datetime.fromisoformat(text) if text[:1].isdigit() else datetime.strptime(text, _V1_TIME)  # noqa: DTZ007
    except ValueError:
        raise InputError(f"'{text[:40]}' is no time") from None
    return witnessed(at)


def _id(value: object) -> str:
    text = str(value)
    if not _ID.fullmatch(text):
        raise InputError(f"'{text[:40]}' is no id")
    return text


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise InputError(f"'{str(value)[:40]}' is no count")
    return value


def _region(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InputError("a text that is none")
    return value


POSTS = XPosts()
