"""From names as printed to subject ids, asked whenever a question is asked, never stored.

The rule, and what a rename and a homonym are: docs/methods.md, "Works that share a name, names that change".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

import pyarrow as pa
from anyascii import anyascii

from groundswell.core.errors import InputError
from groundswell.core.period import read_day

NAMES_HEADER = ("scope", "title", "season", "territory", "valid_from", "valid_to", "rank", "subject", "why")
SUBJECT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")


class Kind(StrEnum):
    """What a list lists; decides how a title without a season is read."""

    TV = "tv"
    FILMS = "films"
    ANY = "any"


@dataclass(frozen=True)
class NameRow:
    """One hand-checked exception to the rule: in charts matching `scope`, these names mean `subject`.

    Empty `territory`, None days and None `rank` mean any. Days are compared with the issue's last day, inclusive. Where
    several rows match an entry, one that names a rank goes before one that names a territory, before the rest, and
    among equals the later row before the earlier.
    """

    scope: str
    title: str
    season: str
    territory: str
    valid_from: date | None
    valid_to: date | None
    rank: int | None
    subject: str
    why: str

    @property
    def weight(self) -> int:
        """How specific the row is."""
        return 2 * (self.rank is not None) + bool(self.territory)

    @property
    def is_always(self) -> bool:
        """Whether it holds everywhere, on all days and at all ranks."""
        return self.weight == 0 and self.valid_from is None and self.valid_to is None


_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {ord("'"): None}


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: `Queen Charlotte` is `queen-charlotte`; other scripts are romanised."""
    plain = text if text.isascii() else anyascii(text)
    return "-".join(plain.translate(_WORDS).split())


_PARTS = (
    (re.compile(r"(?:season|series|temporada|시즌)\s*(\d+)", re.I), "s"),
    (re.compile(r"part\s*(\d+)", re.I), "p"),
    (re.compile(r"volume\s*(\d+)", re.I), "v"),
    (re.compile(r"chapter\s*(\d+)", re.I), "c"),
    (re.compile(r"book\s*(\d+)", re.I), "b"),
    (re.compile(r"(\d+)$"), "s"),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def season_part(title: str, season: str) -> str:
    """The part of a season's id after the slash: `s2`, `p5`, `limited`; a season not printed is the first."""
    rest = season[len(title) :] if season.lower().startswith(title.lower()) else season
    return _part(rest.strip(" :-"))


@cache
def _part(rest: str) -> str:
    if not rest:
        return "s1"
    if rest.lower() == "limited series":
        return "limited"
    if rest.lower() in _ROMAN:
        return f"s{_ROMAN[rest.lower()]}"
    for pattern, letter in _PARTS:
        if match := pattern.match(rest):
            more = slug(rest[match.end() :])
            return f"{letter}{int(match[1])}" + (f"-{more}" if more else "")
    return slug(rest) or "s1"


@cache
def by_rule(title: str, season: str, kind: Kind) -> str:
    """The subject id the rule alone gives: `heartstopper/s1` for television, the title's slug for films."""
    work = slug(title) or "untitled"
    if kind is Kind.FILMS or (kind is Kind.ANY and not season):
        return work
    return f"{work}/{season_part(title, season)}"


def read_names(data: str, where: str) -> list[NameRow]:
    """The rows of a `names.csv`; `InputError` names the line that cannot be read."""
    rows = list(csv.reader(io.StringIO(data, newline="")))
    if not rows or tuple(rows[0]) != NAMES_HEADER:
        raise InputError(f"{where}, line 1: the columns must be {','.join(NAMES_HEADER)}")
    found = []
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        try:
            scope, title, season, territory, since, until, rank, subject, why = row
            if not SUBJECT_ID.fullmatch(subject):
                raise InputError(f"'{subject}' is not a subject id such as heartstopper/s1")
            first, last = (read_day(day) if day else None for day in (since, until))
            place = int(rank) if rank else None
            found.append(NameRow(scope, title, season, territory, first, last, place, subject, why))
        except ValueError:
            needed = f"{len(NAMES_HEADER)} cells are needed, rank a whole number"
            raise InputError(f"{where}, line {line}: {needed}") from None
        except InputError as error:
            raise InputError(f"{where}, line {line}: {error}") from None
    return found


@cache
def built_in_names() -> tuple[NameRow, ...]:
    """`renames.csv` and `homonyms.csv`, hand-checked against the producers' files."""
    folder = files("groundswell.catalog") / "data"
    return tuple(
        row
        for name in ("renames.csv", "homonyms.csv")
        for row in read_names((folder / name).read_text(encoding="utf-8"), name)
    )


def names_table(printed: Iterable[tuple[str, Kind, str, str]], own: Sequence[NameRow]) -> pa.Table:
    """The `names` table for these (chart, kind, title, season): what the rule gives, and what overrides it.

    One row by rule for each (`weight` −1, no conditions) and one for each exception that could apply. No two exceptions
    weigh the same, so of several that match one alone decides; a desk's `own` rows go before the built-in ones.
    `subject_no` numbers the subjects, for joins.
    """
    exceptions: dict[tuple[str, str], list[tuple[int, NameRow]]] = {}
    lightest_first = [row for rows in (built_in_names(), own) for row in sorted(rows, key=lambda row: row.weight)]
    for weight, row in enumerate(lightest_first):
        exceptions.setdefault((row.title, row.season), []).append((weight, row))
    works = list(printed)
    ruled = {
        "chart": [chart for chart, _, _, _ in works],
        "title": [title for _, _, title, _ in works],
        "season": [season for _, _, _, season in works],
        "subject": [by_rule(title, season, kind) for _, kind, title, season in works],
        "weight": [-1] * len(works),
    }
    by_rules = pa.table(ruled, schema=pa.schema([_NAMES.field(name) for name in ruled]))
    overriding = [
        {**asdict(row), "chart": chart, "territory": row.territory or None, "weight": weight}
        for chart, _, title, season in works
        for weight, row in exceptions.get((title, season), ())
        if fnmatchcase(chart, row.scope)
    ]
    names = pa.concat_tables([by_rules, pa.Table.from_pylist(overriding, schema=_NAMES)], promote_options="default")
    numbers: dict[str, int] = {}
    numbered = [numbers.setdefault(subject, len(numbers)) for subject in names["subject"].to_pylist()]
    return names.append_column("subject_no", pa.array(numbered, pa.int32()))


_NAMES = pa.schema(
    [
        ("chart", pa.string()),
        ("title", pa.string()),
        ("season", pa.string()),
        ("territory", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("rank", pa.int64()),
        ("weight", pa.int64()),
        ("subject", pa.string()),
    ]
)
