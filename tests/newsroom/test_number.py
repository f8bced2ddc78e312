"""What a number is in a story: more than can be read, save dates, charts, seasons and titles that are more than a number."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims.quantity import ORDINALS, WORDS
from groundswell.newsroom.number import Span, numbers

TITLES = ("Stranger Things 4", "Ocean's Eleven", "365 Days", "M3GAN", "Money Heist", "65", "Two", "Thirty-Nine", "'83")
"""The last four are numbers and nothing else."""


def found(text: str, names: tuple[str, ...] = TITLES) -> list[str]:
    """The numbers of a text as they stand."""
    return [text[span.start : span.end] for span in numbers(text, names)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("54 countries", ["54"]),
        ("(54)", ["54"]),
        ("54.", ["54"]),
        ("14,550,000 hours, 1.2 more", ["14,550,000", "1.2"]),
        ("23.94 million hours", ["23.94", "million"]),
        ("14.55M", ["14.55M"]),
        ("$4.3B and €5", ["$4.3B", "€5"]),
        ("#5 and #54", ["#5", "#54"]),
        ("#SquidGame2", ["#SquidGame2"]),
        ("a 4K picture", ["4K"]),
        ("54% and 54 percent", ["54%", "54"]),
        ("some %", ["%"]),
        ("tenfold, 10-fold, ten-fold", ["tenfold", "10-fold", "ten"]),
        ("half a dozen, doubled, twice", ["half", "dozen", "doubled", "twice"]),
        ("a third of thousands", ["third", "thousands"]),
        ("second week, first country", ["second", "first"]),
        ("one place, first straight week", ["one", "first"]),
        ("one of them, the first to say, on second thought", []),
        ("fifty-four and fifty four", ["fifty-four", "fifty", "four"]),
        ("5-6 weeks, 5–6", ["5-6", "5–6"]),
        ("½ of ³ and Ⅷ and ⑧", ["½", "³", "Ⅷ", "⑧"]),
        ("٥٤ countries", ["٥٤"]),
        ("5\u200b4 countries", ["5", "4"]),
        ("12:30 and 3/4", ["12:30", "3/4"]),
        ("-54 countries", ["54"]),
        ("Top 10 and top ten and Top-10", []),
        ("Top 100", ["100"]),
        ("Live+1 and Live +7 and LIVE+SD", []),
        ("Live+17", ["17"]),
        ("on 22 April 2022", []),
        ("25 April to 1 May", []),
        ("April 25 to May 1, 2022", []),
        ("2022-05-01", []),
        ("in 2022, by May 2022", []),
        ("54 May return", ["54"]),
        ("2000 countries", ["2000"]),
        ("1950 million hours", ["1950", "million"]),
        ("2022 %", ["2022", "%"]),
        ("in May 23 countries had it", ["23"]),
        ("on 23 May 54 countries", ["54"]),
        ("2022.5 hours", ["2022.5"]),
        ("1,999", ["1,999"]),
        ("season 2, Part 5, volume two, chapter 3", []),
        ("seasons 2 and 3", ["3"]),
        ("season 2 million times", ["million"]),
        ("Stranger Things 4 and Ocean's Eleven", []),
        ("stranger things 4", ["4"]),
        ("Stranger Things 45", ["45"]),
        ("Oceans Eleven", ["Eleven"]),
        ("365 Days", []),
        ("365 days", ["365"]),
        ("M3GAN", []),
        ("65 countries, Two countries, Thirty-Nine countries, '83 countries", ["65", "Two", "Thirty-Nine", "83"]),
        ("", []),
    ],
)  # fmt: skip
def test_numbers(text: str, stated: list[str]) -> None:
    assert found(text) == stated


@pytest.mark.parametrize("word", [*WORDS, *ORDINALS])
def test_every_word_that_can_be_read_is_a_number(word: str) -> None:
    assert found(f"{word} countries".title()) == [word.title()]


@given(st.text(max_size=200) | st.text(alphabet="0123456789.,-–%½ May#$abc\u200b\u202e", max_size=60))
def test_any_text_has_numbers_within_it_in_order_each_once(text: str) -> None:
    spans = numbers(text, TITLES)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))


@given(st.text(max_size=80), st.text(max_size=80), st.integers(0, 10**15))
def test_a_whole_number_between_words_is_never_missed(before: str, after: str, number: int) -> None:
    """Whatever stands around it, unless the text makes it a date, a season or the name of a title."""
    text = f"{before} about {number:,} countries {after}"
    at = len(before) + len(" about ")
    assert any(Span(span.start, span.end).covers(Span(at, at + 1)) for span in numbers(text, TITLES))


@given(st.lists(st.text(min_size=1, max_size=12), max_size=5), st.text(max_size=60))
def test_any_title_may_be_catalogued(names: list[str], text: str) -> None:
    assert all(span.start < span.end for span in numbers(" ".join([text, *names]), names))


@pytest.mark.parametrize(
    "piece", ["a", "1", "1,", "May ", "2 ", "-", "_", "twofold ", "May 1 to ", "Stranger Things 4 "]
)
def test_long_texts_are_read_in_time_that_grows_with_them(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.process_time()
    numbers(text, TITLES)
    assert time.process_time() - began < 5
