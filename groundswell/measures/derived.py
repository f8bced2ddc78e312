"""What a measure is that is worked out from rows when it is asked: SQL, and how its readings say what they rest on.

A derived reading is a row of `levels` without a load and a line of its own. It rests on all rows of the table `parts` that have
the measure `part` and its subject and territory, and lie in the days from `part_since` (null: any) to its last; a row without
days is among them. A claim's receipt shows these rows, and its evidence is the weakest of theirs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Derived:
    """The `measures` made of rows of the measures `of`; nothing where there are none.

    `readings` gives measure, unit, subject, territory, first_day, last_day, value, title, season, part and part_since, and of a
    share how many `had` it and `out_of` how many, of a status `since` when it is as it is. It may read `parts`, `withheld`,
    `kinds` (subject, kind: of those in the catalogue) and the tables that `steps` make.
    """

    measures: tuple[str, ...]
    of: tuple[str, ...]
    readings: str
    steps: Mapping[str, str] = field(default_factory=dict)
    rows: str = ""
    """Rows that stand in no list, besides `observations`: measure, unit, territory, first_day, last_day, title, season, value,
    said_by, line and load_id."""
    instead: bool = True
    """Whether rows of the measures `of` are parts alone, and no readings themselves."""
