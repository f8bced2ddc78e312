"""A bad row is a finding: kept, counted, shown; never dropped in silence, never an exception."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """What was wrong at one place of a file.

    `line` is the line or sheet row as an editor shows it, header being 1; `column` the header's text, or None when the
    whole row or issue is meant; `found` the cell as it stands, at most 80 characters.
    """

    line: int
    column: str | None
    found: str
    why: str

    def as_json(self) -> dict[str, object]:
        """The four fields, as `load --json` prints them."""
        return asdict(self)

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        said = f"'{self.found[:40]}'" in self.why or not (self.column or self.found)
        return f"{where}: {self.why}" if said else f"{where}: {self.found!r}: {self.why}"
