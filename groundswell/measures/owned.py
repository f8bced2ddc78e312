"""A title's own accounts: what they post does not count, and what others do on it is counted apart."""

import csv
import io
from dataclasses import asdict, dataclass

import pyarrow as pa

from groundswell.catalog.identity import SUBJECT_ID
from groundswell.core.errors import InputError

OWNED_HEADER = ("platform", "actor", "subject")
OWNED = pa.schema([(name, pa.string()) for name in OWNED_HEADER])


@dataclass(frozen=True)
class OwnedAccount:
    """An account of the network, the programme or its cast, for one subject."""

    platform: str
    actor: str
    subject: str


def read_owned(data: str, where: str) -> list[OwnedAccount]:
    """The rows of an `owned.csv`; `InputError` names the line that cannot be read."""
    rows = list(csv.reader(io.StringIO(data, newline="")))
    if not rows or tuple(rows[0]) != OWNED_HEADER:
        raise InputError(f"{where}, line 1: the columns must be {','.join(OWNED_HEADER)}")
    found = []
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        if len(row) != len(OWNED_HEADER) or not all(row) or not SUBJECT_ID.fullmatch(row[2]):
            raise InputError(
                f"{where}, line {line}: a platform, an account's id and a subject id such as heartstopper are needed"
            )
        found.append(OwnedAccount(*row))
    return found


def owned_table(accounts: list[OwnedAccount]) -> pa.Table:
    """The table `owned` of `measures.interactions`."""
    return pa.Table.from_pylist([asdict(account) for account in accounts], schema=OWNED)
