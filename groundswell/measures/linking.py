"""From posts to titles: which post names which subject, by which rule, where; what stays ambiguous is counted, not guessed.

Tiers, evidence, the decision table and what is not read: docs/methods.md, "Linking posts to titles".
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from groundswell.core.errors import InputError
from groundswell.measures.candidates import Candidate, Matcher, Reading, matcher
from groundswell.measures.evidence import Post, evidence, written
from groundswell.measures.folding import fold, origins
from groundswell.measures.gazetteer import Gazetteer
from groundswell.measures.rules import decide, outright

LINKS = pa.schema(
    [
        pa.field("post", pa.string(), nullable=False),
        pa.field("subject", pa.string(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("start", pa.int32()),
        pa.field("end", pa.int32()),
    ]
)
AMBIGUOUS = pa.schema(
    [
        pa.field("subject", pa.string(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("posts", pa.int64(), nullable=False),
    ]
)
UNLINKED = pa.schema([pa.field("post", pa.string(), nullable=False), pa.field("subject", pa.string(), nullable=False)])
MOST_CANDIDATES = 50
"""A post is read for its first so many candidates: what names more is a list or an attack."""
LONGEST = 25_000
"""A post is read for its first so many characters: the longest a network allows."""
LONGEST_TAG = 200
"""A longer tag names nothing."""
_NONE: tuple[str, list[Candidate]] = "", []
_AS_TITLE = frozenset({"cased", "initial", "name"})
_NEEDED = ("post", "text", "tags", "day")


@dataclass(frozen=True)
class Links:
    """What one batch of posts gave; all tables sorted, so that equal posts give equal tables."""

    links: pa.Table
    """One row for each post and subject: `rule`, the reason code, and the place in the text as written, in characters;
    null where the title stands in the post's tags alone."""
    ambiguous: pa.Table
    """For each subject and day, how many posts have a candidate for it that no rule linked."""
    unlinked: pa.Table
    """These posts, each with the subject."""


class _Link(NamedTuple):
    """A rule that holds, and where in the text as written."""

    rule: str
    start: int | None
    end: int | None


_Place = tuple[Candidate, int | None, int | None]
"""A candidate of one post, and where it stands in the text as written; nowhere where it is one of its tags."""


@dataclass(frozen=True)
class _Mention:
    """A candidate of one post, where it stands in the text as written, and the evidence beside it."""

    candidate: Candidate
    start: int | None
    end: int | None
    evidence: frozenset[str]


def link(posts: pa.Table, gazetteer: Gazetteer) -> Links:
    """The subjects of each post, read with the rows of the gazetteer valid on the post's day.

    `posts` has the columns `post` (a unique id), `text`, `tags` (lists of hashtags without #), `day`, and optionally
    `parent_subjects` (lists: the subjects linked to the post this one answers or quotes). Neither the order of posts nor how
    they are batched changes a link.
    """
    if missing := [name for name in _NEEDED if name not in posts.column_names]:
        raise InputError(f"posts to be linked lack the columns {', '.join(missing)}; needed are {', '.join(_NEEDED)}")
    for name in ("post", "day"):
        if posts[name].null_count:
            raise InputError(f"{posts[name].null_count} posts to be linked have no {name}: leave them out")
    forms = matcher(gazetteer)
    named = forms.among(_beginnings(posts["text"]))
    tagged = _tagged(posts["tags"], forms)
    numbers = sorted({number for number, (_, found) in named.items() if found} | tagged.keys())
    columns = [name for name in ("post", "text", "day", "parent_subjects") if name in posts.column_names]
    rows = posts.select(columns).take(pa.array(numbers, pa.int64()))
    answered = rows["parent_subjects"].to_pylist() if "parent_subjects" in columns else [None] * len(numbers)
    links: dict[tuple[str, str], _Link] = {}
    unlinked: set[tuple[str, date, str]] = set()
    for number, name, text, day, parents in zip(
        numbers, rows["post"].to_pylist(), rows["text"].to_pylist(), _days(rows["day"]), answered, strict=True
    ):
        post, (folded, in_text), in_tags = (
            Post((text or "")[:LONGEST]),
            named.get(number, _NONE),
            tagged.get(number, []),
        )
        if forms.is_dated:
            in_text, in_tags = _active(in_text, day), _active(in_tags, day)
        places = _places(post, folded, in_text[:MOST_CANDIDATES], in_tags[:MOST_CANDIDATES])
        for subject, decided in (_outright(post, places) or _decide(post, places, frozenset(parents or ()))).items():
            if decided:
                links[name, subject] = decided
            else:
                unlinked.add((subject, day, name))
    volume = Counter((subject, day) for subject, day, _ in unlinked)
    return Links(
        _table(((*key, made.rule, made.start, made.end) for key, made in links.items()), LINKS),
        _table(((*key, posts) for key, posts in volume.items()), AMBIGUOUS),
        _table(((name, subject) for subject, _, name in unlinked), UNLINKED),
    )


def _table(rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """Rows in order; no two are alike in the columns before the first that may be null."""
    columns = [*zip(*sorted(rows), strict=True)] or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _beginnings(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    longest = pc.max(pc.binary_length(texts)).as_py() or 0
    return pc.utf8_slice_codeunits(texts, 0, LONGEST) if longest > LONGEST else texts


def _days(days: pa.ChunkedArray) -> list[date]:
    """As Python's, each different one made once: that takes longer than reading a post."""
    coded = days.combine_chunks().dictionary_encode()
    different = coded.dictionary.to_pylist()
    return [different[code] for code in coded.indices.to_pylist()]


def _tagged(tags: pa.ChunkedArray, forms: Matcher) -> dict[int, list[Candidate]]:
    """The candidates in the posts' tags, by the number of the post."""
    lists = tags.cast(pa.list_(pa.string())).combine_chunks()
    flat = pc.list_flatten(lists).dictionary_encode()
    different = [f"#{fold(tag).lstrip('#')}" if len(tag) <= LONGEST_TAG else "" for tag in flat.dictionary.to_pylist()]
    known = {
        code: tags
        for code, (_, candidates) in forms.among(pa.chunked_array([different], pa.string())).items()
        if (tags := [one for one in candidates if one.is_tag])
    }
    found: dict[int, list[Candidate]] = {}
    if known:
        for number, code in zip(pc.list_parent_indices(lists).to_pylist(), flat.indices.to_pylist(), strict=True):
            if code in known:
                found.setdefault(number, []).extend(known[code])
    return found


def _active(candidates: list[Candidate], day: date) -> list[Candidate]:
    """The candidates that mean anything on `day`, with what they mean then."""
    active = []
    for one in candidates:
        readings = tuple([reading for reading in one.readings if reading.row.is_active(day)])
        if readings:
            active.append(one if len(readings) == len(one.readings) else one._replace(readings=readings))
    return active


def _places(post: Post, folded: str, in_text: list[Candidate], in_tags: list[Candidate]) -> list[_Place]:
    """The candidates of one post with where they stand, those in its text first."""
    ways = origins(post.written, folded) if in_text else None
    places: list[_Place] = [
        (one, one.start, one.end) if ways is None else (one, ways[one.start], ways[one.end]) for one in in_text
    ]
    return places + [(one, None, None) for one in in_tags] if in_tags else places


def _outright(post: Post, places: list[_Place]) -> dict[str, _Link | None]:
    """What `_decide` gives where for each mention its own letters say enough, else nothing."""
    decided: dict[str, _Link | None] = {}
    for candidate, start, end in places:
        known = written(post, start, end, candidate)
        rules = None if known is None else _rules(candidate.readings, known)
        if rules is None:
            return {}
        for subject, rule in rules:
            if subject not in decided:
                decided[subject] = _Link(rule, start, end)
    return decided


@lru_cache(maxsize=1 << 14)
def _rules(readings: tuple[Reading, ...], known: frozenset[str]) -> list[tuple[str, str]] | None:
    """The subject of each reading and the rule that holds, None where these letters do not say enough of all."""
    rules = []
    for reading in readings:
        rule = outright(reading.tier, known | {"official"} if reading.official else known)
        if rule is None or reading.row.subject != readings[0].row.subject:
            return None
        rules.append((reading.row.subject, rule))
    return rules


def _mentions(post: Post, places: list[_Place]) -> list[_Mention]:
    return [
        _Mention(candidate, start, end, known)
        for candidate, start, end in places
        if (known := evidence(post, start, end, candidate)) is not None
    ]


def _enumerated(post: Post, mentions: list[_Mention]) -> Iterator[_Mention]:
    """The mentions; different titles written alike in an enumeration get `pair` where they are two, `row` beyond.

    Written alike: all with capitals, or, in a post without, all without; the latter three are a `small_row`.
    """
    run: list[_Mention] = []
    for mention in mentions:
        follows = run and post.lists(run[-1].start, run[-1].end, mention.start, mention.end)
        is_another = all(mention.candidate.readings != one.candidate.readings for one in run)
        if not (follows and is_another and _style(mention) and _style(mention) == _style(run[-1])):
            yield from _counted(run)
            run = []
        if _style(mention):
            run.append(mention)
        else:
            yield mention
    yield from _counted(run)


def _style(mention: _Mention) -> str:
    return "title" if mention.evidence & _AS_TITLE else "small" if "no_capitals" in mention.evidence else ""


def _counted(run: list[_Mention]) -> Iterator[_Mention]:
    is_title = bool(run) and _style(run[0]) == "title"
    name = ("row" if is_title else "small_row") if len(run) > 2 else "pair" if is_title and len(run) == 2 else ""
    return (replace(mention, evidence=mention.evidence | ({name} if name else set())) for mention in run)


def _decide(post: Post, places: list[_Place], parents: frozenset[str]) -> dict[str, _Link | None]:
    """For each subject a post could name its link, None where no rule holds: each mention by itself, then beside links."""
    mentions = [*_enumerated(post, _mentions(post, places))]
    decided: dict[str, _Link | None] = {}
    for linked in ({}, decided):
        beside = {subject: found for subject, found in linked.items() if found}
        if linked is decided and not beside:
            break
        for mention in mentions:
            for reading in mention.candidate.readings:
                subject = reading.row.subject
                if not decided.get(subject):
                    known = mention.evidence | _more(post, mention, reading, beside)
                    is_own = (
                        not mention.candidate.is_shared or subject in parents or bool(known & {"official", "people"})
                    )
                    rule = _rule(reading, known, parents) if is_own else None
                    decided[subject] = _Link(rule, mention.start, mention.end) if rule else None
    return decided


def _more(post: Post, mention: _Mention, reading: Reading, beside: dict[str, _Link]) -> set[str]:
    """The evidence that depends on the subject: its own tag, its people, other titles linked."""
    others = [found for subject, found in beside.items() if subject != reading.row.subject]
    holds = {
        "official": reading.official,
        "people": post.names(reading.row.people),
        "co_title": bool(others),
        "listed": any(post.lists(mention.start, mention.end, other.start, other.end) for other in others),
    }
    return {name for name, held in holds.items() if held}


def _rule(reading: Reading, known: frozenset[str], parents: frozenset[str]) -> str | None:
    """The rule that holds; `inherited.` before it where it holds only because a parent is linked."""
    if rule := decide(reading.tier, known):
        return rule
    if parents:
        thread = {"hint", "cue", *({"parent"} if reading.row.subject in parents else ())}
        if rule := decide(reading.tier, known | thread):
            return f"inherited.{rule}"
    return None
