"""Tiers, from word frequencies alone."""

import pytest

from groundswell.measures.commonness import Tier, is_name, is_plural, is_rare, level, tier_of


@pytest.mark.parametrize(
    ("form", "tier"),
    [
        ("Bridgerton", "A"),
        ("Squid Game", "A"),
        ("The Night Manager's Umbrella", "A"),
        ("Maid", "B"),
        ("LUCIFER", "B"),
        ("The Diplomat", "B"),
        ("Elite", "C"),
        ("The Crown", "C"),
        ("How Do You Know", "C"),
        ("You", "D"),
        ("Wednesday", "D"),
        ("One Day", "D"),
        ("1899", "D"),
        ("11:11", "D"),
        ("Nada", "D"),
        ("オオカミ", "B"),
        ("愛", "D"),
    ],
)
def test_a_title_has_the_tier_of_its_words(form: str, tier: str) -> None:
    assert tier_of(form) is Tier(tier)


def test_a_possessive_is_as_common_as_its_word() -> None:
    assert level("friend's") == level("friend's") is not None
    assert level("zzyzx") is None


def test_an_article_makes_a_word_of_every_post_less_common() -> None:
    assert tier_of("Class") is Tier.D
    assert tier_of("The Class") is Tier.C


def test_words_whose_capital_says_nothing() -> None:
    assert all(map(is_name, ("kate", "friday", "japan", "halloween")))
    assert not is_name("maid")


def test_plurals_and_rare_phrases() -> None:
    assert is_plural("friends")
    assert not is_plural("class")
    assert not is_plural("bridgertons")
    assert is_rare(["squid", "game"])
    assert not is_rare(["one", "day"])
    assert not is_rare(["bridgerton"])
