"""Text from outside is hostile: nothing in it crashes the reading, and every answer points into it."""

import sys
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groundswell.checker import Lists, as_json, check
from groundswell.checker.scan import scan
from groundswell.checker.text import sentences, tokens

RELEASED = date(2022, 5, 3)
PIECES = st.sampled_from(
    'Heartstopper|"Heartstopper"|Ozark Season 4|The series|it|No. 5|#1|fifth|second week|in a row|23.94 million hours|54 countries|'
    "up 65%|from|to|and|, respectively|(|)|.|;|\n\n|May 9-15|the week of May 9|last week|on the English TV list|atop|topped|led|"
    "most watched title|debuted|not|half|a|\u202e|\u0661\u0662|9/11|1,23|-|–|“|”|'s|in|of|with|two|total|since launch".split(
        "|"
    )
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _holds(text: str, lists: Lists) -> None:
    document = as_json(check(text, lists, RELEASED), lists)
    for claim in document["claims"]:
        begin, end = claim["span"]
        assert 0 <= begin < end <= len(text)
        assert text[begin:end] == claim["text"]
        assert (claim["verdict"] == "undecidable") == (claim["reason"] is not None)
    spans = [tuple(number["span"]) for number in document["numbers"]]
    assert spans == sorted(spans)
    assert all(0 <= begin < end <= len(text) for begin, end in spans)


@QUICK
@given(text=st.text(max_size=200))
def test_any_text_is_read(example: Lists, text: str) -> None:
    _holds(text, example)


@QUICK
@given(pieces=st.lists(PIECES, max_size=25))
def test_the_words_of_the_trade_in_any_order_are_read(example: Lists, pieces: list[str]) -> None:
    _holds(" ".join(pieces), example)


@given(text=st.text(max_size=300))
def test_tokens_cover_all_but_the_blanks_and_sentences_all_tokens(text: str) -> None:
    of = tokens(text)
    assert "".join(text[token.start : token.end] for token in of) == "".join(text.split())
    found = sentences(of, text, [])
    assert [at for first, last in found for at in range(first, last)] == list(range(len(of)))


def _calls(text: str, lists: Lists) -> int:
    """How many functions are entered while a text is scanned."""
    entered = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal entered
        entered += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        scan(text, lists, RELEASED)
    finally:
        sys.setprofile(None)
    return entered


def test_work_grows_with_the_text_and_not_with_its_square(example: Lists) -> None:
    for piece in (
        "No. 5 with 23.94 million hours ",
        "((((",
        '"“‘',
        "Heartstopper and ",
        "a,b,1,",
        "May 9 to May 15, 2022 ",
        "it ",
    ):
        once, twice = (_calls(piece * n, example) for n in (300, 600))
        assert twice <= 2.2 * once, piece
