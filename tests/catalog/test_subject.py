"""`catalog/subjects.csv`, and what the catalogue makes of it."""

from datetime import date

import pytest

from groundswell.catalog import Catalog, Subject, read_subjects
from groundswell.core.errors import InputError

HEADER = "id,kind,name,first_available\n"


def test_reads_every_column_and_skips_blank_lines() -> None:
    rows = "heartstopper,series,Heartstopper,\n\nheartstopper/s1,season,Heartstopper: Season 1,2022-04-22\n"
    assert read_subjects(HEADER + rows, "subjects.csv") == [
        Subject("heartstopper", "series", "Heartstopper"),
        Subject("heartstopper/s1", "season", "Heartstopper: Season 1", date(2022, 4, 22)),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "subjects.csv, line 1: the columns must be id,kind,name,first_available"),
        ("id,name\n", "subjects.csv, line 1: the columns must be id,kind,name,first_available"),
        (HEADER + "heartstopper,series,Heartstopper\n", "subjects.csv, line 2: 3 cells where the header has 4"),
        (HEADER + "Heartstopper,series,Heartstopper,\n", "line 2: 'Heartstopper' is no subject id"),
        (HEADER + "a,series,A,\na,series,A,\n", "subjects.csv, line 3: 'a' is no subject id .*, or stands twice"),
        (HEADER + "a,show,A,\n", "subjects.csv, line 2: kind 'show' is not one of series, season, film"),
        (HEADER + "a,film,A,22 April\n", "subjects.csv, line 2: '22 April' is not a day"),
    ],
)
def test_names_the_line_it_cannot_read(data: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_subjects(data, "subjects.csv")


def test_first_available_is_told_only_where_known() -> None:
    known = Subject("heartstopper/s1", "season", "Heartstopper: Season 1", date(2022, 4, 22))
    unknown = Subject("heartstopper", "series", "Heartstopper")
    catalog = Catalog(subjects={subject.id: subject for subject in (known, unknown)})
    assert catalog.first_available() == {"heartstopper/s1": date(2022, 4, 22)}
