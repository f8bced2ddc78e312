"""Text as it is compared, and the way back to the text as written."""

import re
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from groundswell.measures.folding import ODD, at_boundary, compact, fold, fold_ascii, origins, plain

TEXT = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("aÅ ßİΣςﬁ\u0301\u200dＡ가ᄀ\ufe0f’“—")),
    max_size=40,
)


def test_folding_leaves_one_kind_of_letter_quote_dash_and_space() -> None:
    assert fold("Grey’s  ＡＮＡＴＯＭＹ – “x”\n") == 'grey\'s  anatomy - "x" '
    assert fold("cafe\u0301") == "café"
    assert plain("élite") == "elite"
    assert compact("Squid Game!") == "squidgame"


def test_text_in_ascii_folds_byte_by_byte_as_any_text_does() -> None:
    for code in range(128):
        text = "a" + chr(code) + "b"
        assert fold_ascii(text.encode()).decode() == fold(f"{text}é").removesuffix("é") == fold(text)


def test_what_is_not_odd_folds_byte_by_byte_whatever_stands_beside_it() -> None:
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    calm = re.sub(ODD, "", every)
    joining = {mark for letter in every for mark in unicodedata.normalize("NFD", letter)[1:]}
    assert not joining & {*calm}
    assert not any(map(unicodedata.combining, calm))
    assert [fold(letter) for letter in calm] == [fold_ascii(letter.encode()).decode() for letter in calm]
    assert pc.sum(pc.match_substring_regex(pa.array(every), ODD)).as_py() == len(every) - len(calm) > 0
    assert len(calm) > 40_000


@given(st.text(alphabet=st.sampled_from("aÅİΣσßé÷映でがー가😭☕\ufe0f\u200d、 'N"), max_size=400))
def test_text_without_anything_odd_folds_byte_by_byte(text: str) -> None:
    calm = re.sub(ODD, "", text)
    assert fold_ascii(calm.encode()).decode() == fold(calm)


@given(TEXT)
def test_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_every_folded_place_has_an_origin_and_they_never_go_back(text: str) -> None:
    ways = origins(text, folded := fold(text))
    places = list(range(len(text) + 1)) if ways is None else ways
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


def test_origins_point_at_the_text_as_written() -> None:
    text = "ﬁne İ cafe\u0301 ＳＱＵＩＤ Game"
    folded = fold(text)
    ways = origins(text, folded)
    assert ways is not None
    start = folded.index("squid game")
    assert text[ways[start] : ways[start + len("squid game")]] == "ＳＱＵＩＤ Game"
    start = folded.index("café")
    assert text[ways[start] : ways[start + 4]] == "cafe\u0301"


def test_a_word_ends_at_an_emoji_a_mark_and_another_kind_of_script() -> None:
    assert at_boundary("⚡\ufe0fsquid", 2)
    assert not at_boundary("squids", 5)
    assert not at_boundary("e\u0301lite", 1)
    assert at_boundary("昨日squid", 2)
    assert not at_boundary("昨日", 1)
