from datetime import UTC, date, datetime

import pytest

from groundswell.core.errors import InputError
from groundswell.core.viewing import CATALOGUE as SCHEMA
from groundswell.feeds.catalogue import Catalogue
from tests.store.viewing import CATALOGUE, CATALOGUE_ROLES

_HEADER = ",".join(CATALOGUE_ROLES)
_MOSS = "Moss,Moss: Season 1,TV,Non-English,2026-11-01,50,,"


def _raw(*lines: str) -> bytes:
    return "\n".join([_HEADER, *lines, ""]).encode()


def test_a_row_is_an_episode_a_film_or_an_event() -> None:
    found = CATALOGUE.titles(
        _raw(_MOSS, "Fight,,films,english,2026-11-02,,2026-11-02T20:00:00Z,2026-11-02T22:30:00+00:00")
    )
    assert found.catalogue.schema == SCHEMA
    moss, fight = found.catalogue.to_pylist()
    assert (moss["kind"], moss["language"], moss["season"], moss["minutes"]) == (
        "tv",
        "non_english",
        "Moss: Season 1",
        50,
    )
    assert (moss["available_from"], moss["live_from"], moss["line"]) == (date(2026, 11, 1), None, 2)
    assert (fight["minutes"], fight["live_to"]) == (None, datetime(2026, 11, 2, 22, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (",,tv,english,2026-11-01,50,,", "a name is required"),
        ("Fern,,radio,english,2026-11-01,50,,", "not tv or films"),
        ("Fern,,tv,latin,2026-11-01,50,,", "not english or non_english"),
        ("Fern,,tv,english,soon,50,,", "not a day"),
        ("Fern,,tv,english,2026-11-01,0,,", "not a whole number from 1"),
        ("Fern,,tv,english,2026-11-01,,,", "how many minutes"),
        ("Fern,,tv,english,2026-11-01,50,2026-11-02T20:00:00Z,", "an end after it"),
        ("Fern,,tv,english,2026-11-01,50,2026-11-02T20:00:00Z,2026-11-02T19:00:00Z", "an end after it"),
        ("Fern,,tv,english,2026-11-01,50,today,today", "not a time"),
        ("Fern,,tv,english,2026-11-01,50,0001-01-01T00:00:00+14:00,2026-11-02T20:00:00Z", "not a time"),
        ("Fern,,tv,english,2026-11-01,50,2026-11-02T20:00:00Z,9999-12-31T23:00:00-10:00", "not a time"),
        ("Fern,,tv,english,2026-11-01,50,0999-01-01T00:00:00Z,2026-11-02T20:00:00Z", "is not a day"),
        ("Fern,,tv,english,2026-11-01,50,2026-11-02T20:00:00Z,2026-12-03T20:00:01Z", "at most 31 days"),
        ("Moss,Moss: Season 1,films,english,2026-11-01,50,,", "another row of this title is of tv non_english"),
    ],
)
def test_a_row_that_does_not_fit_is_a_finding(line: str, why: str) -> None:
    found = CATALOGUE.titles(_raw(_MOSS, line))
    assert len(found.catalogue) == 1
    assert why in str(found.findings[0])
    assert found.findings[0].line == 3


def test_a_catalogue_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="no row of the catalogue can be read: line 2"):
        CATALOGUE.titles(_raw("Fern,,radio,english,2026-11-01,50,,"))
    with pytest.raises(InputError, match="must name title, kind"):
        Catalogue({"title": "title"})
