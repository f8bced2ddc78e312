"""Subjects a desk knows by more than their printed name: `catalog/subjects.csv`."""

import csv
import io
from dataclasses import dataclass
from datetime import date

from groundswell.catalog.identity import SUBJECT_ID
from groundswell.core.errors import InputError
from groundswell.core.period import read_day
from groundswell.core.quantity import counted

SUBJECTS_HEADER = ("id", "kind", "name", "first_available")
KINDS = ("series", "season", "film", "book", "person", "hashtag", "provider")


@dataclass(frozen=True)
class Subject:
    """Something claims are made about. Before `first_available` it can be on no list: none from before is missed."""

    id: str
    kind: str
    name: str
    first_available: date | None = None


def read_subjects(data: str, where: str) -> list[Subject]:
    """The rows of a `subjects.csv`; `InputError` names the line that cannot be read."""
    rows = list(csv.reader(io.StringIO(data, newline="")))
    if not rows or tuple(rows[0]) != SUBJECTS_HEADER:
        raise InputError(f"{where}, line 1: the columns must be {','.join(SUBJECTS_HEADER)}")
    found: dict[str, Subject] = {}
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != len(SUBJECTS_HEADER):
            raise InputError(
                f"{where}, line {line}: {counted(len(row), 'cell')} where the header has {len(SUBJECTS_HEADER)}"
            )
        subject, kind, name, day = row
        if not SUBJECT_ID.fullmatch(subject) or subject in found:
            why = f"'{subject}' is no subject id such as heartstopper/s1, or stands twice"
            raise InputError(f"{where}, line {line}: {why}")
        if kind not in KINDS:
            raise InputError(f"{where}, line {line}: kind '{kind}' is not one of {', '.join(KINDS)}")
        try:
            found[subject] = Subject(subject, kind, name, read_day(day) if day else None)
        except InputError as error:
            raise InputError(f"{where}, line {line}: {error}") from None
    return list(found.values())
