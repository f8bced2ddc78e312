"""Territories: every name and code the producers use, and nothing guessed."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from groundswell.catalog import WORLDWIDE, code_of, name_of


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB", "GB"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("United Kingdom", "GB"),
        ("US", "US"),
        ("USA", "US"),
        ("United States of America", "US"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Côte d'Ivoire", "CI"),
        ("Congo", "CG"),
        ("Democratic Republic of the Congo", "CD"),
        ("Guinea-Bissau", "GW"),
        ("US Virgin Islands", "VI"),
        ("Kosovo", "XK"),
        ("US-CA", "US-CA"),
        ("us-ca", "US-CA"),
        ("GB-ENG", "GB-ENG"),
        ("Worldwide", WORLDWIDE),
        ("WW", WORLDWIDE),
    ],
)
def test_names_and_codes(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "America",
        "Virgin Islands",  # two territories
        "England",  # part of a territory whose list it does not have
        "EU",
        "ZZ",
        "US-ZZ",
        "AN",  # no longer a code
        "uk",
        "in",
        "Heartstopper",
    ],
)
def test_ambiguous_or_unknown_is_none(text: str) -> None:
    assert code_of(text) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GB", "United Kingdom"),
        ("KR", "South Korea"),
        ("TR", "Turkey"),
        ("BO", "Bolivia"),
        ("US-CA", "California"),
        ("WW", "Worldwide"),
        ("ZZ", "ZZ"),
        ("US-ZZ", "US-ZZ"),
    ],
)
def test_name_of(code: str, name: str) -> None:
    assert name_of(code) == name


@pytest.mark.shared_data
def test_every_territory_of_the_country_file(shared_data: Path) -> None:
    path = shared_data / "netflix" / "all-weeks-countries_2022-11-15.xlsx"
    header, *lines = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    name_at, code_at = header.index("country_name"), header.index("country_iso2")
    printed = {(str(line[code_at]), str(line[name_at])) for line in lines}
    assert len(printed) == 94
    assert {(code_of(code), name_of(code)) for code, _ in printed} == printed
    assert {(code_of(name), name) for _, name in printed} == printed
