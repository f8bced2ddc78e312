"""One desk's catalogue: the built-in knowledge and the desk's own."""

from dataclasses import dataclass, field
from datetime import date

from groundswell.catalog.identity import NameRow
from groundswell.catalog.subject import Subject


@dataclass(frozen=True)
class Catalog:
    """What the desk adds to the names and subjects everybody has."""

    names: tuple[NameRow, ...] = ()
    subjects: dict[str, Subject] = field(default_factory=dict)

    def first_available(self) -> dict[str, date]:
        """The first day of those subjects whose first day is known."""
        return {subject.id: subject.first_available for subject in self.subjects.values() if subject.first_available}
