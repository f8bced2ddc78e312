"""From printed names to subject ids: the rule, the exceptions to it, and which of several exceptions decides."""

from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.catalog import Kind, by_rule, read_names
from groundswell.catalog.identity import NAMES_HEADER, SUBJECT_ID, built_in_names, season_part, slug
from groundswell.charts.definition import BUILT_IN
from groundswell.core.errors import InputError
from tests.names import meaning, names_of
from tests.oracle import Row

HEADER = ",".join(NAMES_HEADER) + "\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Heartstopper", "heartstopper"),
        ("Queen Charlotte: A Bridgerton Story", "queen-charlotte-a-bridgerton-story"),
        ("Schitt's Creek", "schitts-creek"),
        ("Schitt’s Creek", "schitts-creek"),
        ("A Woman With No Filter", "a-woman-with-no-filter"),
        ("Nevertheless,", "nevertheless"),
        ("Turning Point: 9/11 and the War on Terror", "turning-point-9-11-and-the-war-on-terror"),
        ("3%", "3"),
        ("1899", "1899"),
        ("Pokémon", "pokemon"),
        ("Retfærdighedens ryttere", "retfaerdighedens-ryttere"),
        ("Fack ju Göhte 3", "fack-ju-gohte-3"),
        ("오징어 게임", "ojingeo-geim"),
        ("!!!", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("title", "season", "expected"),
    [
        ("Stranger Things", "", "s1"),
        ("Heartstopper", "Heartstopper: Season 1", "s1"),
        ("Heartstopper", "HEARTSTOPPER: Season 2", "s2"),
        ("Heartstopper", "Heartstopper", "s1"),
        ("Stranger Things", "Stranger Things 4", "s4"),
        ("Little House on the Prairie", "Little House on the Prairie: Season 12", "s12"),
        ("Furies", "Furies: Season 1:", "s1"),
        ("The Crown", "The Crown: Series 5", "s5"),
        ("La casa de papel", "La casa de papel: Temporada 3", "s3"),
        ("Idol I", "Idol I: 시즌 1", "s1"),
        ("Our Planet", "Our Planet: II", "s2"),
        ("Inventing Anna", "Inventing Anna: Limited Series", "limited"),
        ("Money Heist", "Money Heist: Part 5", "p5"),
        ("Love, Death & Robots", "Love, Death & Robots: Volume 3", "v3"),
        ("The Creature Cases", "The Creature Cases: Chapter 7", "c7"),
        ("Castlevania", "Castlevania: Book 2", "b2"),
        ("The Uncanny Counter", "The Uncanny Counter: Season 2: Counter Punch", "s2-counter-punch"),
        ("Ozark", "Ozark: Season 4: Part 2", "s4-part-2"),
        ("Homicide", "Homicide: New York: Season 2", "new-york-season-2"),
        ("DAHMER", "DAHMER: Monster: The Jeffrey Dahmer Story", "monster-the-jeffrey-dahmer-story"),
        ("JoJo's Bizarre Adventure", "JoJo's Bizarre Adventure: STONE OCEAN", "stone-ocean"),
        ("Anthracite", "Secrets of the Sect", "secrets-of-the-sect"),
    ],
)
def test_season_part(title: str, season: str, expected: str) -> None:
    assert season_part(title, season) == expected


@pytest.mark.parametrize(
    ("title", "season", "kind", "expected"),
    [
        ("Heartstopper", "Heartstopper: Season 1", Kind.TV, "heartstopper/s1"),
        ("Heartstopper", "", Kind.TV, "heartstopper/s1"),
        ("Glass Onion: A Knives Out Mystery", "", Kind.FILMS, "glass-onion-a-knives-out-mystery"),
        ("Navarasa", "Navarasa: Limited Series", Kind.FILMS, "navarasa"),
        ("Heartstopper", "", Kind.ANY, "heartstopper"),
        ("Heartstopper", "Heartstopper: Season 1", Kind.ANY, "heartstopper/s1"),
        ("!!!", "", Kind.ANY, "untitled"),
    ],
)
def test_by_rule(title: str, season: str, kind: Kind, expected: str) -> None:
    assert by_rule(title, season, kind) == expected


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(Kind))
def test_the_rule_always_gives_a_subject_id(title: str, season: str, kind: Kind) -> None:
    assert SUBJECT_ID.fullmatch(by_rule(title, season, kind))


def test_read_names_reads_every_column() -> None:
    text = HEADER + 'netflix.*,Noise,,GB,2023-03-19,2023-04-30,3,noise-2023-2,"restarts, at 1"\n\nx,Beast,,,,,,beast,\n'
    first, second = read_names(text, "names.csv")
    assert (first.scope, first.title, first.season, first.territory) == ("netflix.*", "Noise", "", "GB")
    assert (first.valid_from, first.valid_to, first.rank) == (date(2023, 3, 19), date(2023, 4, 30), 3)
    assert (first.subject, first.why) == ("noise-2023-2", "restarts, at 1")
    assert (second.territory, second.valid_from, second.valid_to, second.rank) == ("", None, None, None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "names.csv, line 1: the columns must be scope,title,season,"),
        ("scope,title\n", "names.csv, line 1: the columns must be"),
        (HEADER + "x,Noise,,,,,,noise\n", "names.csv, line 2: 9 cells are needed"),
        (HEADER + "x,Noise,,,,,,noise,\n\nx,Noise,,,,,third,noise,\n", "names.csv, line 4: .*rank a whole number"),
        (HEADER + "x,Noise,,,19 March,,,noise,\n", "names.csv, line 2: '19 March' is not a day"),
        (HEADER + "x,Noise,,,,2023-02-30,,noise,\n", "names.csv, line 2: '2023-02-30' is not a day"),
        (HEADER + "x,Noise,,,,,,Noise (2023),\n", r"names.csv, line 2: 'Noise \(2023\)' is not a subject id"),
        (HEADER + "x,Noise,,,,,,,\n", "names.csv, line 2: '' is not a subject id"),
    ],
)
def test_read_names_names_the_line_it_cannot_read(data: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_names(data, "names.csv")


ENTRY = Row("netflix.country.films", "GB", date(2023, 3, 19), 3, "Noise", "", 1, None, None, None)


def _means(entry: Row, *lines: str) -> str:
    """The subject of the entry when a desk has these lines, scope to subject, in its names.csv."""
    own = read_names(HEADER + "".join(f"{line},\n" for line in lines), "names.csv")
    return meaning(names_of([entry], tuple(own)))(entry)


GENERAL = "*,Noise,,,,,,general"
TERRITORY = "*,Noise,,GB,,,,territory"
RANK = "*,Noise,,,,,3,rank"
BOTH = "*,Noise,,GB,,,3,both"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((GENERAL,), "general"),
        ((TERRITORY, GENERAL), "territory"),
        ((RANK, TERRITORY, GENERAL), "rank"),
        ((BOTH, RANK, TERRITORY, GENERAL), "both"),
    ],
)
def test_the_most_specific_name_decides_in_any_order(lines: tuple[str, ...], expected: str) -> None:
    assert {_means(ENTRY, *order) for order in permutations(lines)} == {expected}


@pytest.mark.parametrize("line", [GENERAL, TERRITORY, RANK, BOTH])
def test_among_equally_specific_names_the_later_decides(line: str) -> None:
    other = line.rpartition(",")[0] + ",other"
    assert _means(ENTRY, line, other) == "other"
    assert _means(ENTRY, other, line) == line.rpartition(",")[2]


@pytest.mark.parametrize(
    ("line", "applies"),
    [
        ("netflix.country.films,Noise,,,,,,other", True),
        ("netflix.*.films*,Noise,,,,,,other", True),
        ("netflix.global.*,Noise,,,,,,other", False),
        ("*,noise,,,,,,other", False),
        ("*,Noise,Noise: Season 1,,,,,other", False),
        ("*,Noise,,FR,,,,other", False),
        ("*,Noise,,,,,4,other", False),
        ("*,Noise,,,2023-03-19,2023-03-19,,other", True),
        ("*,Noise,,,2023-03-20,,,other", False),
        ("*,Noise,,,,2023-03-18,,other", False),
    ],
)
def test_a_name_applies_within_its_conditions(line: str, applies: bool) -> None:
    assert _means(ENTRY, line) == ("other" if applies else "noise")


def test_a_desks_own_names_go_before_the_built_in_ones() -> None:
    ranked = next(row for row in built_in_names() if row.rank is not None and row.territory)
    assert ranked.valid_from
    assert ranked.rank
    entry = replace(
        ENTRY,
        chart=ranked.scope,
        territory=ranked.territory,
        period_end=ranked.valid_from,
        rank=ranked.rank,
        show=ranked.title,
    )
    assert _means(entry) == ranked.subject
    assert _means(entry, f"*,{ranked.title},,,,,,ours") == "ours"


def test_built_in_names_are_for_charts_there_are_and_say_why() -> None:
    for row in built_in_names():
        assert any(fnmatchcase(chart.id, row.scope) for chart in BUILT_IN), row
        assert row.why, row
        assert not (row.valid_from and row.valid_to) or row.valid_from <= row.valid_to, row


def test_no_two_built_in_names_have_the_same_conditions() -> None:
    conditions = [replace(row, subject="", why="") for row in built_in_names()]
    assert len(conditions) == len(set(conditions))
