"""The titles posts are read for: what each is called, what it is not, and when it is looked for."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from groundswell.catalog.identity import SUBJECT_ID
from groundswell.core.errors import InputError
from groundswell.core.period import read_day
from groundswell.measures.commonness import Tier, tier_of
from groundswell.measures.folding import compact, fold

GAZETTEER_HEADER = ("subject", "forms", "tags", "people", "blocked", "decoys", "valid_from", "valid_to", "tier")
SEPARATOR = "|"


@dataclass(frozen=True)
class GazetteerRow:
    """What one subject is called in posts, from `valid_from` to `valid_to` (both inclusive; None: no end)."""

    subject: str
    forms: tuple[str, ...]
    """What it is called, as written; the first is its title."""
    tags: tuple[str, ...] = ()
    """Hashtags, without #, that mean this subject alone: each is evidence enough."""
    people: tuple[str, ...] = ()
    """Cast and characters whose names beside a form are evidence."""
    blocked: tuple[str, ...] = ()
    """Forms and hashtags that would be derived from `forms`, and are not to be read."""
    decoys: tuple[str, ...] = ()
    """Longer names that contain a form and mean something else: songs, books, people, places."""
    valid_from: date | None = None
    valid_to: date | None = None
    tier: Tier | None = None
    """Set by hand for all its forms; None: each form's own, by `tier_of`."""

    def is_active(self, day: date) -> bool:
        """Whether the row is read on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def tier_for(self, form: str) -> Tier:
        """The tier of one of its forms."""
        return self.tier or tier_of(form)


@dataclass(frozen=True)
class Gazetteer:
    """The rows in use. The order of rows, and of names within a row after the title, means nothing."""

    rows: tuple[GazetteerRow, ...] = ()

    def __hash__(self) -> int:
        return hash(self.version)

    @cached_property
    def version(self) -> str:
        """The sha256 of the rows in canonical form, tiers as they apply: printed with every chart made from links."""
        rows = sorted(json.dumps(_canonical(row), ensure_ascii=False, sort_keys=True) for row in self.rows)
        return sha256("\n".join(rows).encode()).hexdigest()

    def titles(self) -> dict[str, str]:
        """Programme → its title, the first form of its first row; a season is its programme's."""
        named: dict[str, str] = {}
        for row in self.rows:
            named.setdefault(row.subject.partition("/")[0], row.forms[0])
        return named

    def active(self, day: date) -> "Gazetteer":
        """The rows valid on `day`."""
        return Gazetteer(tuple(row for row in self.rows if row.is_active(day)))


def _canonical(row: GazetteerRow) -> dict[str, object]:
    return {
        "subject": row.subject,
        "title": row.forms[0],
        "forms": sorted({form: row.tier_for(form).value for form in row.forms}.items()),
        **{name: sorted(set(getattr(row, name))) for name in ("tags", "people", "blocked", "decoys")},
        "valid": [day.isoformat() if day else None for day in (row.valid_from, row.valid_to)],
    }


def gazetteer_of(titles: Iterable[tuple[str, str, date | None, date | None]]) -> Gazetteer:
    """From catalogue rows (title, subject, first day, last day): subjects with several titles in one span have one row."""
    forms: dict[tuple[str, date | None, date | None], dict[str, None]] = {}
    for title, subject, first, last in titles:
        if compact(title):
            forms.setdefault((subject, first, last), {})[title] = None
    return Gazetteer(
        tuple(
            GazetteerRow(subject, tuple(named), valid_from=first, valid_to=last)
            for (subject, first, last), named in forms.items()
        )
    )


def read_gazetteer(data: str, where: str) -> Gazetteer:
    """The rows of a `gazetteer.csv`; `InputError` names the line that cannot be read and what to do."""
    lines = csv.reader(io.StringIO(data.removeprefix("\ufeff"), newline=""))
    try:
        if tuple(next(lines, ())) != GAZETTEER_HEADER:
            raise InputError(f"{where}, line 1: the columns must be {','.join(GAZETTEER_HEADER)}")
        rows = []
        for cells in lines:
            if not cells:
                continue
            try:
                rows.append(_row(cells))
            except InputError as error:
                raise InputError(f"{where}, line {lines.line_num}: {error}") from None
    except csv.Error as error:
        raise InputError(f"{where}, line {lines.line_num}: {error}; write it as CSV with plain quotes") from None
    return Gazetteer(tuple(rows))


def _row(cells: list[str]) -> GazetteerRow:
    if len(cells) != len(GAZETTEER_HEADER):
        raise InputError(f"{len(cells)} cells where the header has {len(GAZETTEER_HEADER)}")
    subject, *named, since, until, tier = cells
    forms, tags, people, blocked, decoys = (
        tuple(dict.fromkeys(name for part in cell.split(SEPARATOR) if (name := part.strip()))) for cell in named
    )
    if not SUBJECT_ID.fullmatch(subject):
        raise InputError(f"'{subject}' is not a subject id such as heartstopper or heartstopper/s1")
    if not forms:
        raise InputError(f"{subject} has no form: write its title, others after {SEPARATOR}")
    for name in (*forms, *tags, *people, *blocked, *decoys):
        if not compact(name):
            raise InputError(f"{name!r} holds no letter and no digit: take it out")
    for tag in tags:
        if compact(tag) != fold(tag).replace("_", ""):
            raise InputError(f"'{tag}' is not a hashtag without its #: letters, digits and _ only")
    first, last = (read_day(day) if day else None for day in (since, until))
    if first and last and last < first:
        raise InputError(f"valid_to {last} is before valid_from {first}")
    try:
        return GazetteerRow(subject, forms, tags, people, blocked, decoys, first, last, Tier(tier) if tier else None)
    except ValueError:
        raise InputError(f"tier '{tier}' is not one of {', '.join(Tier)}, nor empty: by word frequency") from None
