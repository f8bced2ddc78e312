"""Names of titles: found where they are written as names, whole, the longest first; several works of one name are all kept."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.checker.names import Gazetteer
from groundswell.checker.text import tokens

PRINTED = [
    ("Heartstopper", "Heartstopper: Season 1", "heartstopper/s1"),
    ("Ozark", "Ozark: Season 4", "ozark/s4"),
    ("Ozark", "Ozark: Season 3", "ozark/s3"),
    ("Ocean's Eleven", "", "oceans-eleven"),
    ("The Blue Umbrella", "", "blue-umbrella"),
    ("Blue Umbrella Nights", "", "blue-umbrella-nights"),
    ("Night Train: Last Call", "", "night-train"),
    ("Don't Look Down", "", "dont-look-down"),
    ("Kingdom", "", "kingdom-2019"),
    ("Kingdom", "", "kingdom-2024"),
    ("1899", "1899: Season 1", "1899/s1"),
]
NAMES = Gazetteer(PRINTED)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    of = tokens(text)
    return [(text[of[m.first].start : of[m.last - 1].end], m.subjects) for m in NAMES.mentions(of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fans love Heartstopper.", [("Heartstopper", ("heartstopper/s1",))]),
        ("fans love heartstopper.", []),
        ("“Ozark” rose.", [("Ozark", ("ozark/s4", "ozark/s3"))]),
        ("Fans of Ocean’s Eleven", [("Ocean’s Eleven", ("oceans-eleven",))]),
        ("Blue Umbrella fell", [("Blue Umbrella", ("blue-umbrella",))]),
        ("Blue Umbrella Nights fell", [("Blue Umbrella Nights", ("blue-umbrella-nights",))]),
        ("Blue Umbrella Days fell", []),
        ("Then “Night Train” fell", [("Night Train", ("night-train",))]),
        ("Then Night Train fell", []),
        (
            "Then Night Train: Last Call fell. Night Train rose.",
            [("Night Train: Last Call", ("night-train",)), ("Night Train", ("night-train",))],
        ),
        ("Dont Look Down fell", [("Dont Look Down", ("dont-look-down",))]),
        ("DON’T LOOK DOWN fell", [("DON’T LOOK DOWN", ("dont-look-down",))]),
        ("Then Kingdom rose", [("Kingdom", ("kingdom-2019", "kingdom-2024"))]),
        ("It had 1899 hours", []),
        ("It led “1899” by far", [("1899", ("1899/s1",))]),
    ],
)  # fmt: skip
def test_a_name_counts_where_it_is_written_as_one(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert found(text) == expected


PIECES = st.sampled_from(
    [title for title, _, _ in PRINTED] + "the|The|of|“|”|\"|.|,|:|-|'s|Season|2|4|No|1|and|Days|\n".split("|")
)


def test_a_title_of_signs_alone_stops_no_reading() -> None:
    assert Gazetteer([("< & >", "", "signs")]).mentions(tokens("&#60; or Kite & String")) == []


@settings(deadline=None)
@given(pieces=st.lists(st.tuples(PIECES, st.sampled_from([" ", ""])), max_size=20))
def test_mentions_are_in_order_never_overlap_and_cut_the_words_of_a_printed_name(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + blank for piece, blank in pieces)
    of = tokens(text)
    mentions = NAMES.mentions(of)
    assert all(0 <= mention.first < mention.last <= len(of) for mention in mentions)
    assert all(one.last <= other.first for one, other in pairwise(mentions))
    for mention in mentions:
        said = [token.word for token in of[mention.first : mention.last] if token.is_word and token.word != "'s"]
        printed = [
            name for title, season, subject in PRINTED if subject in mention.subjects for name in (title, season)
        ]
        assert any(
            _is_within(said, [token.word for token in tokens(name) if token.is_word and token.word != "'s"])
            for name in printed
        )


def _is_within(said: list[str], name: list[str]) -> bool:
    """Whether the words said stand in that order in a name, nothing between them left out."""
    return any(name[at : at + len(said)] == said for at in range(len(name) - len(said) + 1))
