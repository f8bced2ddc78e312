"""Who watched, read from sentences: how a number was counted must be said, else the checker tells what is held."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from groundswell.checker import Lists, as_json, check
from groundswell.feeds.audience import EVENT
from tests.claims.lists import Lists as Loads
from tests.sessions import FIVE, LATER, Watched, event_file

RELEASED, KNOWN = date(2026, 6, 20), datetime(2026, 6, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def lists() -> Iterator[Lists]:
    """An event of 16 May 2026: 24 million live, 33.6 million Live+1 and 45.6 million Live+7 in the average minute."""
    loads = Loads()
    abroad = [Watched(f"us-{one.profile}", one.start, one.end, one.stream, "US") for one in FIVE]
    loads.take(EVENT, event_file([*FIVE, *LATER, *abroad], each=6_000_000), known_from=KNOWN, status="simulated")
    text = "day,title,value\n2026-05-01,Kite Club,5"
    loads.add_series(text, measure="instagram.followers", unit="followers", known_from=KNOWN)
    record = loads.record()
    yield Lists(record)
    record.engine.close()


VAGUE = [
    "33 million watched the Lantern Run.",
    "33 million people watched The Lantern Run live.",
    "The Lantern Run drew 33 million viewers.",
    "The Lantern Run was watched by over 30 million.",
    "More than 65 million people tuned in to The Lantern Run.",
    "The Lantern Run averaged 33 million viewers worldwide.",
    "Viewers: 33 million for The Lantern Run.",
    "The Lantern Run was a hit. It was watched by 33 million people.",
    "The Lantern Run reached 41 million around the world.",
    "Some 12,000 fans saw The Lantern Run.",
    "The Lantern Run had an audience of 33 million.",
    "Streams of The Lantern Run hit 33 million.",
]


@pytest.mark.parametrize("text", VAGUE)
def test_viewers_without_how_they_are_counted_are_vague_and_told_what_is_held(lists: Lists, text: str) -> None:
    (claim,) = as_json(check(text, lists, RELEASED), lists)["claims"]
    assert (claim["verdict"], claim["reason"], claim["kind"]) == ("undecidable", "vague", "audience")
    assert claim["title"] == "The Lantern Run"
    assert claim["explanation"] == (
        "how viewers are counted is not said; of The Lantern Run the desk holds an average minute audience "
        "(Live, Live+SD, Live+1, Live+7), a reach (Live, Live+SD, Live+1, Live+7) and a peak of concurrent streams"
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Lantern Run drew a Live+1 average-minute audience of {} million globally.", "28.8 35.8"),
        ("The Lantern Run had {} million Live+1 average-minute audience in the United States.", "12 28.8"),
        ("Worldwide, The Lantern Run peaked at {} million concurrent streams.", "36 28.8"),
        ("The Lantern Run reached {} million Live+7 viewers worldwide.", "48 40"),
        ("The Lantern Run had a global Live+7 AMA of {} million.", "34.8 28.8"),
        ("The Lantern Run had {} million viewers in the United States (Live+1 AMA).", "12 28.8"),
        ("The Lantern Run had a Live+1 AMA in the United States of {} million.", "12 28.8"),
    ],
)
def test_what_says_how_of_when_and_where_is_decided(lists: Lists, text: str, verdict: str) -> None:
    true, false = verdict.split()
    assert [one.verdict.value for one in check(text.format(true), lists, RELEASED).claims] == ["supported"]
    assert [one.verdict.value for one in check(text.format(false), lists, RELEASED).claims] == ["refuted"]


OPEN = [
    ("The Lantern Run drew a Live+1 average-minute audience of 60 million.", "vague"),
    ("The Lantern Run drew an average-minute audience of 60 million globally.", "vague"),
    ("The Lantern Run had a Live AMA of 60 million and a Live+1 reach of 28.8 million worldwide.", "vague"),
    ("The Lantern Run had a global Live+1 AMA of 28.8 million, 60 million of it in the United States.", "vague"),
    ("The Lantern Run did not draw a Live+1 average-minute audience of 60 million globally.", "ambiguous_subject"),
    ("The Lantern Run could have a Live+1 average-minute audience of 60 million globally.", "unread_qualifier"),
    ("The Lantern Run had a global Live+1 AMA of 60 million last year.", "unread_qualifier"),
    ("The Lantern Run had a global Live+1 AMA of 60 million with co-viewing.", "unread_qualifier"),
    ("The finale of The Lantern Run had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("The Lantern Run's rival had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("The Lantern Run page had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("The Lantern Run's account had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("The Lantern Run channel had a global Live+1 AMA of 28.8 million.", "ambiguous_subject"),
    ("Unlike The Lantern Run, the Grand Prix had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("On mobile, The Lantern Run had a global Live+1 AMA of 60 million.", "ambiguous_period"),
    ("Kite Club drew a Live+1 AMA of 60 million globally, while The Lantern Run did not.", "ambiguous_subject"),
    ("The Lantern Run 2 had a global Live+1 AMA of 60 million.", "ambiguous_subject"),
    ("The Lantern Run had a global Live AMA of 28.8 million.", "ambiguous_period"),
    ("The Lantern Run had a French Live+1 AMA of 60 million.", "vague"),
    ("The Lantern Run had a Live+1 AMA of 60 million in France.", "no_data"),
    ("The Lantern Run had a preliminary global Live+1 AMA of 60 million.", "definition_differs"),
    ("The Lantern Run had 60 million posts, and a global Live+1 AMA.", "unread_qualifier"),
    ("The Lantern Run had 28.8 million posts, and a global Live+1 AMA.", "unread_qualifier"),
    ("The Lantern Run had 60 million women in its global Live+1 AMA.", "unread_qualifier"),
    ("The Lantern Run had 60 million fewer than its global Live+1 AMA.", "unread_qualifier"),
    ("The Lantern Run had 60 million televisions among its concurrent streams worldwide.", "unread_qualifier"),
    ("The Lantern Run fell from a global Live+1 AMA of 60 million.", "unread_qualifier"),
    ("The Lantern Run topped a global Live+1 AMA of 28.8 million.", "unread_qualifier"),
    ("The Lantern Run drew over a global Live+1 AMA of 28.8 million.", "unread_qualifier"),
    ("The Lantern Run, following a global Live+1 AMA of 60 million, returned.", "unread_qualifier"),
]
"""What would be false, were it read so."""


@pytest.mark.parametrize(("text", "reason"), OPEN)
def test_what_is_not_beyond_doubt_is_left_open(lists: Lists, text: str, reason: str) -> None:
    claims = check(text, lists, RELEASED).claims
    assert claims
    assert {one.verdict.value for one in claims} <= {"undecidable", "supported"}
    told = next(one for one in claims if one.asked.draft.value in (60_000_000, 28_800_000) and one.reason)
    assert told.reason == reason, told.explanation


def test_a_release_that_comes_before_its_window_closed_refutes_nothing(lists: Lists) -> None:
    text = "The Lantern Run drew a Live+7 average-minute audience of 60 million globally."
    verdicts = [check(text, lists, day).claims[0].verdict.value for day in (date(2026, 5, 20), date(2026, 5, 25))]
    assert verdicts == ["undecidable", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "The Lantern Run was shown in 90 countries.",
        "33 million watched another show.",
        "The Lantern Run costs $33 million.",
        "The Lantern Run had 12 people on the track.",
    ],
)
def test_what_counts_no_viewers_of_it_is_no_claim(lists: Lists, text: str) -> None:
    assert check(text, lists, RELEASED).claims == ()
