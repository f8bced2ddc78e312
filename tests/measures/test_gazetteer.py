"""The gazetteer: its file, its days, its version."""

from datetime import date

import pytest

from groundswell.core.errors import InputError
from groundswell.measures.commonness import Tier
from groundswell.measures.gazetteer import GAZETTEER_HEADER, Gazetteer, GazetteerRow, gazetteer_of, read_gazetteer

HEADER = ",".join(GAZETTEER_HEADER)
FILE = f"""{HEADER}
you,You|YOU: the series,YouNetflix|YouS5,Joe Goldberg,#you,Reflection of You,2026-04-01,2026-07-31,
elite,Elite,,,,,,,B
"""


def test_a_file_becomes_rows() -> None:
    you, elite = read_gazetteer(FILE, "gazetteer.csv").rows
    assert you == GazetteerRow(
        "you",
        ("You", "YOU: the series"),
        ("YouNetflix", "YouS5"),
        ("Joe Goldberg",),
        ("#you",),
        ("Reflection of You",),
        date(2026, 4, 1),
        date(2026, 7, 31),
    )
    assert (elite.tier, elite.tier_for("Elite"), you.tier_for("You")) == (Tier.B, Tier.B, Tier.D)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("you,You,,,,,,", "line 2: 8 cells where the header has 9"),
        ("You!,You,,,,,,,", "line 2: 'You!' is not a subject id"),
        ("you,,,,,,,,", "line 2: you has no form"),
        ("you,You|!!,,,,,,,", "line 2: '!!' holds no letter and no digit"),
        ("you,You,#you,,,,,,", "line 2: '#you' is not a hashtag without its #"),
        ("you,You,,,,,2026-13-01,,", "line 2: '2026-13-01' is not a day"),
        ("you,You,,,,,2026-05-02,2026-05-01,", "line 2: valid_to 2026-05-01 is before valid_from 2026-05-02"),
        ("you,You,,,,,,,E", "line 2: tier 'E' is not one of A, B, C, D"),
        ('you,"You\nToo",,,,,,,X', "line 3: tier 'X'"),
    ],
)
def test_a_fault_is_one_line_that_names_its_place(row: str, why: str) -> None:
    with pytest.raises(InputError, match=r"^gazetteer\.csv, ") as caught:
        read_gazetteer(f"{HEADER}\n{row}\n", "gazetteer.csv")
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "subject,forms\n", "\n"])
def test_other_columns_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="line 1: the columns must be subject,forms,"):
        read_gazetteer(text, "gazetteer.csv")


def test_the_version_minds_what_is_read_and_not_its_order() -> None:
    one = read_gazetteer(FILE, "x")
    assert Gazetteer(one.rows[::-1]).version == one.version
    assert read_gazetteer(FILE.replace("YouNetflix|YouS5", "YouS5|YouNetflix"), "x").version == one.version
    changed = (FILE.replace("07-31", "07-30"), FILE.replace("YouS5", "YouS6"), FILE.replace(",B\n", ",\n"))
    assert len({one.version, *(read_gazetteer(text, "x").version for text in changed)}) == 4


def test_active_rows_are_those_valid_on_the_day() -> None:
    all_rows = read_gazetteer(FILE, "x")
    assert [row.subject for row in all_rows.active(date(2026, 4, 1)).rows] == ["you", "elite"]
    assert [row.subject for row in all_rows.active(date(2026, 8, 1)).rows] == ["elite"]


def test_catalogue_rows_become_one_row_for_each_subject_and_span() -> None:
    day = date(2026, 5, 1)
    made = gazetteer_of(
        [
            ("Money Heist", "money-heist", None, day),
            ("La Casa de Papel", "money-heist", None, day),
            ("!", "x", None, None),
        ]
    )
    assert made.rows == (GazetteerRow("money-heist", ("Money Heist", "La Casa de Papel"), valid_to=day),)
