import pytest

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.period import read_day


def test_a_finding_prints_its_place_and_what_was_there() -> None:
    finding = Finding(7, "weekly_rank", "11", "not a whole number from 1 to 10")
    assert str(finding) == "line 7, weekly_rank: '11': not a whole number from 1 to 10"
    assert str(Finding(7, None, "a\nb", "8 cells where the header has 9")).startswith(r"line 7: 'a\nb': 8 cells")


def test_a_finding_whose_reason_quotes_what_was_there_says_it_once() -> None:
    with pytest.raises(InputError) as error:
        read_day("22/04/2022")
    finding = Finding(3, "Week", "22/04/2022", str(error.value))
    assert str(finding) == "line 3, Week: '22/04/2022' is not a day; write it as 2022-05-01"
    long = "9" * 70
    assert str(Finding(3, "Hours", long, f"'{long[:40]}' is not a number")).count("9" * 40) == 1
    assert str(Finding(3, "Hours", "", "'' is not a number")) == "line 3, Hours: '' is not a number"
    assert str(Finding(3, "Hours", "4", "'44' is too many")) == "line 3, Hours: '4': '44' is too many"


def test_a_finding_is_four_fields_in_json() -> None:
    assert Finding(2, None, "x", "y").as_json() == {"line": 2, "column": None, "found": "x", "why": "y"}
