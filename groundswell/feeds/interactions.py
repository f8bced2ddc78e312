"""Any export of posts and acts as CSV or TSV, one event a row, its columns named in `desk.toml` (docs/social.md shows how)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.events import ACTS, DELETED, OPERATIONS, TIME, Activity, ActivityBuilder
from groundswell.core.origin import Origin
from groundswell.feeds.bluesky import typed_tags
from groundswell.feeds.column import Columns, check_mapped
from groundswell.feeds.lines import unpack, witnessed
from groundswell.feeds.table import read_cells

REQUIRED = ("kind", "actor", "key", "at")
OPTIONAL = ("operation", "object", "text", "tags", "language", "parent", "quotes", "region", "bot")
ROLES = (*REQUIRED, *OPTIONAL)
"""What a column can be."""
_PLATFORM = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


@dataclass(frozen=True)
class InteractionsCsv:
    """An export of events of one platform: `columns` maps roles to the header's words."""

    id: ClassVar[str] = "interactions.csv"
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    platform: str
    columns: Mapping[str, str]
    delimiter: str = ","

    def __post_init__(self) -> None:
        if not _PLATFORM.fullmatch(self.platform):
            raise InputError(f"platform '{self.platform[:40]}' must be lower-case letters, digits, '.', '-' and '_'")
        missing = [role for role in REQUIRED if role not in self.columns]
        unknown = [role for role in self.columns if role not in ROLES]
        if missing or unknown:
            raise InputError(
                f"columns of feed {self.id} must name {', '.join(REQUIRED)}, and may name {', '.join(OPTIONAL)}"
            )

    def settings(self) -> dict[str, object]:
        """The mapping; a changed one is another load of the same bytes."""
        return {
            "parser": 1,
            "platform": self.platform,
            "columns": dict(self.columns),
            "delimiter": self.delimiter,
        }

    def read(self, raw: bytes) -> Activity:
        """One event a row; a row that does not fit is a finding."""
        cells = read_cells(unpack(raw), self.delimiter)
        check_mapped(cells.header, self.columns.values())
        columns = Columns(cells)
        readers: dict[str, tuple[Callable[[str], object], pa.DataType]] = {
            "kind": (_one_of((*ACTS, "account")), pa.string()),
            "operation": (_one_of(("", *OPERATIONS)), pa.string()),
            "actor": (_given, pa.string()),
            "key": (_given, pa.string()),
            "at": (_moment, TIME),
            "region": (_region, pa.string()),
            "bot": (_truth, pa.bool_()),
        }
        found = {
            role: columns.each(name, *readers.get(role, (str, pa.string()))).to_pylist()
            for role, name in self.columns.items()
        }
        built = ActivityBuilder(self.platform)
        for row in columns.good().to_pylist():
            one: dict[str, Any] = {role: values[row] for role, values in found.items()}
            kind, operation = one["kind"], one.get("operation") or "create"
            if kind in ACTS[1:] and operation == "create" and not one.get("object"):
                columns.refuse(row, self.columns.get("object"), "", f"a {kind} without the post it is of")
                continue
            post = _post(one) if kind == "post" and operation != "delete" else {}
            thing = DELETED if kind == "account" and operation == "delete" else one.get("object") or None
            built.add(
                cells.lines[row],
                kind,
                operation,
                one["at"],
                actor=one["actor"],
                key=one["key"],
                object=None if operation == "delete" and kind != "account" else thing,
                region=one.get("region"),
                declared_bot=one.get("bot"),
                **post,
            )
        for finding in sorted(columns.findings, key=lambda finding: finding.line):
            built.refuse(finding.line, finding.found, finding.why, finding.column)
        return built.built(cells.rows_read)


def _post(one: Mapping[str, Any]) -> dict[str, object]:
    text = one.get("text") or ""
    tags = [tag.removeprefix("#") for tag in (one.get("tags") or "").split()]
    return {
        "text": text,
        "tags": list(dict.fromkeys([*tags, *typed_tags(text)])),
        "languages": [one["language"]] if one.get("language") else [],
        "parent": one.get("parent") or None,
        "quotes": one.get("quotes") or None,
    }


def _one_of(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise InputError(f"not one of {', '.join(word for word in allowed if word)}")
        return text

    return read


def _given(text: str) -> str:
    if not text or len(text) > 1000:
        raise InputError("an id of 1 to 1,000 characters is required")
    return text


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("not a time; write 2022-04-22T10:00:00Z") from None
    return witnessed(at)


def _region(text: str) -> str | None:
    if text and not _REGION.fullmatch(text):
        raise InputError("not an ISO 3166 code, such as GB or US-CA")
    return text or None


def _truth(text: str) -> bool:
    if text.lower() not in ("", "true", "false", "0", "1"):
        raise InputError("not true or false")
    return text.lower() in ("true", "1")
