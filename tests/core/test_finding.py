from groundswell.core.finding import Finding


def test_a_finding_prints_its_place_and_what_was_there() -> None:
    finding = Finding(7, "weekly_rank", "11", "not a whole number from 1 to 10")
    assert str(finding) == "line 7, weekly_rank: '11': not a whole number from 1 to 10"
    assert str(Finding(7, None, "a\nb", "8 cells where the header has 9")).startswith(r"line 7: 'a\nb': 8 cells")


def test_a_finding_is_four_fields_in_json() -> None:
    assert Finding(2, None, "x", "y").as_json() == {"line": 2, "column": None, "found": "x", "why": "y"}
