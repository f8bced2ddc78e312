"""Tokens and sentences: nothing of a text is lost, and every span cuts the very words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.checker.text import fold, sentences, tokens

WORDS = st.sampled_from(
    "Heartstopper|“Ozark”|don’t|Ángela's|No|.|No.|5|1,000|3.5M|!|?|…|\n\n|(|)|”|'|St.|Mr.|U.S.|e.g.|a|\u202e|١٢|½|👍🏽|ﬁ|#1|-|—".split(
        "|"
    )
)
TEXT = st.text(max_size=200) | st.lists(st.tuples(WORDS, st.sampled_from([" ", "", "\n"])), max_size=40).map(
    lambda parts: "".join(word + blank for word, blank in parts)
)


@settings(deadline=None)
@given(text=TEXT)
def test_tokens_cut_the_very_words_in_their_order(text: str) -> None:
    of = tokens(text)
    end = 0
    for token in of:
        assert text[token.start : token.end] == token.text
        assert not text[end : token.start].strip()
        assert token.start >= end
        assert token.word
        end = token.end
    assert not text[end:].strip()


@settings(deadline=None)
@given(text=TEXT, data=st.data())
def test_sentences_hold_every_token_once_and_no_name_is_cut(text: str, data: st.DataObject) -> None:
    of = tokens(text)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(of)), max_size=6)))
    names = [(first, last) for first, last in zip(cuts[::2], cuts[1::2], strict=False) if first < last]
    found = sentences(of, text, names)
    assert [at for first, last in found for at in range(first, last)] == list(range(len(of)))
    ends = {last for _, last in found}
    assert not any(first < end < last for first, last in names for end in ends)


@settings(deadline=None)
@given(text=TEXT)
def test_the_sentences_of_a_text_are_its_characters_again(text: str) -> None:
    of = tokens(text)
    pieces = [text[of[first].start : of[last - 1].end] for first, last in sentences(of, text, [])]
    assert "".join("".join(piece.split()) for piece in pieces) == "".join(text.split())


@settings(deadline=None)
@given(text=st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It was No. 5. It rose.", 2),
        ("J. Smith was No.1 in the U.S. list.", 1),
        ("Mr. Robot rose. “Ozark” fell.", 2),
        ("It had 3.5 million hours.", 1),
        ("A headline\n\nIt rose", 2),
        ("Is it No. 1? Yes! “It is.” So it is.", 4),
    ],
)
def test_a_sentence_ends_where_one_does(text: str, count: int) -> None:
    assert len(sentences(tokens(text), text, [])) == count
