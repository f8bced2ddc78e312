"""Entries as one pattern: it finds what a list of alternatives, longest first, finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from groundswell.measures.patterns import one_of

WORDS = st.lists(st.text("ab .+", min_size=1, max_size=4), min_size=1, max_size=8)


@given(WORDS, st.text("ab .+x", max_size=12))
def test_it_finds_what_alternatives_longest_first_find(words: list[str], text: str) -> None:
    plain = re.compile("|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True)))
    assert [*map(str, re.finditer(one_of(words), text))] == [*map(str, plain.finditer(text))]


def test_nought_is_a_number_of_up_to_three_figures() -> None:
    season = re.compile(one_of(("season 0", "s0"), ("series",)))
    assert [bool(season.fullmatch(text)) for text in ("season 12", "s123", "series", "season ", "s1234")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_the_longest_that_fits_is_found_and_a_shorter_where_more_is_asked() -> None:
    assert re.match(one_of(("tv", "tv show")), "tv show")[0] == "tv show"  # type: ignore[index]
    assert re.match(one_of(("tv", "tv show")) + " shows", "tv shows")[0] == "tv shows"  # type: ignore[index]
