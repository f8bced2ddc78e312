"""People beside a mention; the names were made up for it."""

import pytest

from groundswell.measures import people


@pytest.mark.parametrize(
    ("words", "is_cased", "found"),
    [
        ("so Ana Ruiz is great in ", True, {"acted", "played", "character"}),
        ("Ana Ruiz as ", True, {"played"}),
        ("Ana Ruiz carried ", True, {"played", "character"}),
        ("Ana Ruiz's ", True, {"acted"}),
        ("ana ruiz crying in ", False, {"character"}),
        ("ana's last scene in ", False, {"character"}),
        ("zorblatt's wig in ", False, {"character"}),
        ("hannah from ", False, {"character", "from"}),
        ("the way Ana says it in ", True, {"character"}),
        ("the way ana says it in ", False, set()),
        ("captain quartermaine in ", False, {"character"}),
        ("zorblatt carried ", False, {"character"}),
        ("zorblatt stone crying in ", False, {"character"}),
        ("the zorblatt carried ", False, set()),
        ("binged on netflix in ", False, set()),
        ("ana is here. lunch in ", False, set()),
        ("a great day in ", True, set()),
        ("Ana Ruiz saw ", True, set()),
    ],
)
def test_what_is_said_of_someone_before_a_mention(words: str, is_cased: bool, found: set[str]) -> None:
    assert people.ahead(words, is_cased) == found


def test_who_plays_may_follow() -> None:
    assert people.stars(" with Ana Ruiz")
    assert people.stars(" (starring Ana Ruiz)")
    assert not people.stars(" with a friend")
    assert not people.stars(", says Ana Ruiz")


def test_an_owner_is_a_full_name() -> None:
    assert people.is_owner("loved Ana Ruiz's")
    assert not people.is_owner("loved Ana's")


def test_a_surname_is_a_name_or_rare_and_no_small_word() -> None:
    assert [people.is_surname(word) for word in ("quartermaine", "stone", "Ruiz's", "and", "house", "friday")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_a_day_is_nobody() -> None:
    assert people.ahead("all of wednesday in ", False) == set()
