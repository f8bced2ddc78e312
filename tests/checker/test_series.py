"""Figures that stand in no weekly list, read from sentences: whose, of when, and the verdict."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from groundswell.checker import Decided, Lists, as_json, check
from groundswell.cli import main, work
from groundswell.newsroom.desk import open_desk
from tests.checker.conftest import example_desk
from tests.synthetic import Row
from tests.xlsx import workbook

__all__ = ["example_desk"]
RELEASED = date(2022, 5, 20)
LEAD, BOOKS, TAG, VOLUME = "first-lead", "heartstopper-books", "hashtag-heartstopper", "heartstopper-books/v1"
HELD = [
    # critics
    ("Heartstopper has 100% on Rotten Tomatoes from 21 reviews.", "level", "heartstopper/s1", "2022-05-19", "ss"),
    ("Heartstopper has 95% on Rotten Tomatoes from 19 reviews.", "level", "heartstopper/s1", "2022-05-19", "rr"),
    ("The first season of Heartstopper has a rating of 100% of critics.", "level", "heartstopper/s1", "2022-05-19", "s"),
    ("Heartstopper holds a 100% critics' rating based on 21 reviews.", "level", "heartstopper/s1", "2022-05-19", "ss"),
    ("Heartstopper holds a 97% critics’ rating, based on 22 reviews.", "level", "heartstopper/s1", "2022-05-19", "rr"),
    ("With 100% on Rotten Tomatoes, Heartstopper is back.", "level", "heartstopper/s1", "2022-05-19", "s"),
    ("Heartstopper has a Rotten Tomatoes score of 100%.", "level", "heartstopper/s1", "2022-05-19", "s"),
    ("Heartstopper is certified fresh.", "status", "heartstopper/s1", "2022-05-19", "s"),
    ("Heartstopper has 6 reviews by top critics.", "level", "heartstopper/s1", "2022-05-19", "s"),
    ("Heartstopper has 5 reviews by top critics.", "level", "heartstopper/s1", "2022-05-19", "r"),
    # counters
    ("#heartstopper has amassed 4.3B views on TikTok.", "level", TAG, "2022-05-19", "s"),
    ("Videos have amassed over 4.2B views (#heartstopper).", "level", TAG, "2022-05-19", "s"),
    ("The hashtag #heartstopper has been viewed 4.3 billion times on TikTok.", "level", TAG, "2022-05-19", "s"),
    ("TikTok videos tagged #heartstopper have 43 billion views.", "level", TAG, "2022-05-19", "r"),
    ("#heartstopper has 5.3B views.", "level", TAG, "2022-05-19", "r"),
    ("The first lead has 3.4M followers on Instagram.", "level", LEAD, "2022-05-19", "s"),
    ("The first lead has 3.4M Instagram followers.", "level", LEAD, "2022-05-19", "s"),
    ("The first lead has 3.9M followers on Instagram.", "level", LEAD, "2022-05-19", "r"),
    ("On 23 March 2022, The first lead had just over 100,000 followers on Instagram.", "level", LEAD, "2022-03-23", "s"),
    # books
    (
        "In the week to 30 April 2022, sales of the Heartstopper books rose 1,700% on the mean of the eight weeks before launch.",
        "growth", BOOKS, "2022-04-30", "s",
    ),
    (
        "In the week to 30 April 2022, sales of the Heartstopper books rose 1,900% on the mean of the eight weeks before launch.",
        "growth", BOOKS, "2022-04-30", "r",
    ),
    (
        "Sales of the Heartstopper books were up 847% in the week ended 30 April 2022 on the week before.", "growth", BOOKS,
        "2022-04-30", "s",
    ),
    (
        "Sales of the Heartstopper books were up 647% in the week ended 30 April 2022 on the week before.", "growth", BOOKS,
        "2022-04-30", "r",
    ),
    (
        "Sales of the Heartstopper books rose 847% week-on-week in the week to 30 April 2022.", "growth", BOOKS, "2022-04-30", "s",
    ),
    (
        "Sales of the Heartstopper books rose 647% week-on-week in the week to 30 April 2022.", "growth", BOOKS, "2022-04-30", "r",
    ),
    (
        "Sales of the Heartstopper books were up 847% in the week after the launch on the week before.", "growth", BOOKS,
        "2022-04-30", "s",
    ),
    (
        "Heartstopper book sales rose 847% week on week after the series began streaming.", "growth", BOOKS, "2022-04-30", "s",
    ),
    (
        "Sales of the Heartstopper books rose 1,700% in the week after its premiere on the mean of the eight weeks before launch.",
        "growth", BOOKS, "2022-04-30", "s",
    ),
    (
        "US sales of the Heartstopper graphic novels fell 19% in the week to 7 May 2022 on the week before.", "growth", BOOKS,
        "2022-05-07", "r",
    ),
    (
        "American sales of the Heartstopper books fell 9% in the week to 7 May 2022 on the week before.", "growth", BOOKS,
        "2022-05-07", "s",
    ),
    # lists of books
    ("Heartstopper is on the New York Times bestseller list.", "listed", BOOKS, "2022-04-30", "s"),
    ("Heartstopper is on the New York Times series books list.", "listed", BOOKS, "2022-04-30", "s"),
    ("Heartstopper was No. 3 on the New York Times series books list.", "rank", BOOKS, "2022-04-30", "s"),
    ("Heartstopper, Volume 1 is No. 1 in YA fiction.", "rank", VOLUME, "2022-05-14", "s"),
    ("Heartstopper, Volume 1 was No. 1 in YA fiction in the week to 30 April 2022.", "rank", VOLUME, "2022-04-30", "s"),
    ("Heartstopper, Volume 1 was No. 1 in YA fiction in the week to 23 April 2022.", "rank", VOLUME, "2022-04-23", "r"),
]  # fmt: skip
"""Text, kind, subject, the last day of the period, and the verdicts in their order by initial."""


def first(text: str, lists: Lists, released: date | None = RELEASED) -> Decided:
    return check(text, lists, released).claims[0]


@pytest.mark.parametrize(("text", "kind", "subject", "until", "verdicts"), HELD)
def test_what_the_desk_holds_is_read(
    example: Lists, text: str, kind: str, subject: str, until: str, verdicts: str
) -> None:
    claims = check(text, example, RELEASED).claims
    assert "".join(one.verdict.value[0] for one in claims) == verdicts, [one.explanation for one in claims]
    (claim,) = claims[0].asked.claims
    assert (claim.kind, claim.subject, claim.period.last.isoformat()) == (kind, subject, until)


GREW = (
    "Heartstopper came to Netflix on 22 April 2022. The first lead's Instagram following grew from just over {} to {}."
)


@pytest.mark.parametrize(
    ("earlier", "later", "verdicts"),
    [
        ("100,000 a month before the launch", "3.4 million", ("supported", "supported")),
        ("300,000 a month before the launch", "3.4 million", ("refuted", "supported")),
        ("100,000 on 23 March 2022", "3.9 million", ("supported", "refuted")),
        ("100,000", "3.4 million", ("undecidable", "supported")),
    ],
)
def test_of_two_levels_the_earlier_needs_its_day(
    example: Lists, earlier: str, later: str, verdicts: tuple[str, str]
) -> None:
    levels = [one for one in check(GREW.format(earlier, later), example, RELEASED).claims if one.asked.of_series]
    assert tuple(one.verdict.value for one in levels) == verdicts
    if verdicts[0] == "undecidable":
        assert levels[0].reason == "ambiguous_period"


def test_a_growth_without_a_base_says_what_bases_there_are(example: Lists) -> None:
    one = first("Sales of the Heartstopper books were up 1,700%.", example)
    assert (one.verdict.value, one.reason) == ("undecidable", "vague")
    assert "on the week before" in one.explanation
    assert "mean of the 8 weeks before" in one.explanation


@pytest.mark.parametrize("when", ["in the week after the launch", "after the series launched", "since the premiere"])
def test_a_growth_after_a_launch_is_of_the_week_that_begins_after_it_and_lacks_its_base(
    example: Lists, when: str
) -> None:
    one = first(f"Sales of the Heartstopper books were up 1,700% {when}.", example)
    assert (one.verdict.value, one.reason) == ("undecidable", "vague")
    assert (
        "the week to 30 April 2022: the words do not name the base it is against; up 847.4% on the week before"
        in one.explanation
    )


def test_a_growth_after_a_launch_whose_day_nobody_says_names_what_is_missing(
    example: Lists, example_desk: Path
) -> None:
    text = "Sales of the Heartstopper books were up 847% in the week after the launch on the week before."
    desk = open_desk(example_desk)
    catalog = replace(
        desk.catalog, subjects={id: replace(one, first_available=None) for id, one in desk.catalog.subjects.items()}
    )
    with work.record_of(replace(desk, catalog=catalog)) as record:
        one = first(text, Lists(record))
    assert (one.verdict.value, one.reason) == ("undecidable", "vague")
    assert one.explanation == "which day it was launched is not said, and the catalogue has no one day for it"
    early = first(text, example, date(2022, 4, 29))
    assert (early.verdict.value, early.reason) == ("undecidable", "ambiguous_period")


OPEN = [
    ("UK sales of the Heartstopper books fell 19% in the week to 7 May 2022 on the week before.", "unread_qualifier"),
    ("UK sales of the Heartstopper books fell 9% in the week to 7 May 2022 on the week before.", "unread_qualifier"),
    (
        "British sales of the Heartstopper books fell 19% in the week to 7 May 2022 on the week before.",
        "unread_qualifier",
    ),
    (
        "Global sales of the Heartstopper books fell 19% in the week to 7 May 2022 on the week before.",
        "unread_qualifier",
    ),
    (
        "Hardcover sales of the Heartstopper books fell 19% in the week to 7 May 2022 on the week before.",
        "ambiguous_period",
    ),
    ("Pre-sales of the Heartstopper books fell 19% in the week to 7 May 2022 on the week before.", "ambiguous_period"),
    ("Male critics gave Heartstopper 97% on Rotten Tomatoes.", "ambiguous_period"),
    ("Heartstopper 2 has 97% on Rotten Tomatoes.", "ambiguous_subject"),
    ("The first lead's second account has 3.9M followers on Instagram.", "ambiguous_subject"),
    ("Rumour has it The first lead has 3.9M followers on Instagram.", "ambiguous_period"),
    ("The first lead has 3.9M followers on Instagram and TikTok.", "unread_qualifier"),
    ("Edits tagged #heartstopper have 2B views on TikTok.", "ambiguous_period"),
    (
        "Sales of the Heartstopper books were up 647% in the week after the launch on the week before.",
        "ambiguous_period",
    ),
    ("Heartstopper book sales rose 1,700% week on week after the series began streaming.", "ambiguous_period"),
    ("Sales of the Heartstopper books rose 647% week on week after the film was released.", "unread_qualifier"),
    ("Heartstopper is not certified fresh.", "unread_qualifier"),
    ("Heartstopper could reach 95% on Rotten Tomatoes.", "unread_qualifier"),
    ("Season 2 of Heartstopper has 95% on Rotten Tomatoes.", "no_data"),
    ("Bridgerton has 95% on Rotten Tomatoes.", "no_data"),
    ("Moonlight Sonata, like Heartstopper, has 95% on Rotten Tomatoes.", "ambiguous_subject"),
    ("Bridgerton and Heartstopper have 95% on Rotten Tomatoes.", "ambiguous_subject"),
    ("Heartstopper's rival has 95% on Rotten Tomatoes.", "ambiguous_subject"),
    ("With 95% on Rotten Tomatoes, its rival beat Heartstopper.", "ambiguous_subject"),
    ("The first lead's sister has 3.9M followers on Instagram.", "ambiguous_subject"),
    ("The first lead fan club has 3.9M followers on Instagram.", "ambiguous_subject"),
    ("Sales of the Heartstopper soundtrack, not its books, rose 1,900% on the week before.", "external"),
    ("#heartstopper has 5.3B views on YouTube.", "unread_qualifier"),
    ("95% of critics polled by Heartstopper liked it.", "ambiguous_subject"),
    ("Moonlight has 95% on Rotten Tomatoes, unlike Heartstopper.", "ambiguous_subject"),
    ("Heartstopper is back. Moonlight is too. It has 95% on Rotten Tomatoes.", "ambiguous_period"),
    ("Heartstopper and its sequel have 95% on Rotten Tomatoes.", "ambiguous_subject"),
    ("Heartstopper, whose star is back, has 95% on Rotten Tomatoes.", "ambiguous_period"),
    ("Heartstopper opened with 95% on Rotten Tomatoes.", "unread_qualifier"),
    ("In April 2022 Heartstopper had 95% on Rotten Tomatoes.", "ambiguous_period"),
    ("Heartstopper has 95% on Rotten Tomatoes in Brazil.", "unread_qualifier"),
    ("The first lead gained 3.9M followers on Instagram.", "unread_qualifier"),
    ("The first lead has 3.9M followers.", "vague"),
    ("The first lead has 3.9M followers on Instagram combined with others.", "unread_qualifier"),
    ("The first lead had 3.9M followers on Instagram.", "ambiguous_period"),
    ("The first lead hit 2M followers on Instagram.", "ambiguous_period"),
    ("#heartstopper has passed 3B views.", "ambiguous_period"),
    ("Heartstopper scored 95% on Rotten Tomatoes.", "ambiguous_period"),
    ("The first lead once had 3.9M followers on Instagram.", "unread_qualifier"),
    ("The first lead and The second lead have 5.9M followers on Instagram.", "ambiguous_subject"),
    ("The first lead has 3.9M followers on Instagram in Brazil.", "unread_qualifier"),
    ("By 1 June 2022, The first lead had 3.9M followers on Instagram.", "ambiguous_period"),
    ("#heartstopper had 5.3B views last year.", "unread_qualifier"),
    ("Heartstopper was No. 1 on the New York Times series books list.", "ambiguous_period"),
    ("Sales of the Heartstopper books were up 1,900% on the week before.", "ambiguous_period"),
    (
        "Sales of the Heartstopper books were up 1,700% in the week ended 30 April 2022 on the mean of the eight weeks before.",
        "ambiguous_period",
    ),
]
"""What is false of the reading nearest by, or would be, were it read so."""


@pytest.mark.parametrize(("text", "reason"), OPEN)
def test_what_is_not_sure_is_left_open(example: Lists, text: str, reason: str) -> None:
    claims = check(text, example, RELEASED).claims
    assert {one.verdict.value for one in claims} == {"undecidable"}, [one.explanation for one in claims]
    assert reason in {one.reason for one in claims}, [(one.reason, one.explanation) for one in claims]


@pytest.mark.parametrize(
    "text",
    [
        "Heartstopper has 95% on Rotten Tomatoes.",
        "The first lead has 3.9M followers on Instagram.",
        "#heartstopper has 5.3B views.",
    ],
)
@pytest.mark.parametrize("released", [None, date(2022, 9, 1), date(2021, 5, 1)])
def test_a_reading_far_from_the_release_decides_nothing(example: Lists, text: str, released: date | None) -> None:
    one = first(text, example, released)
    assert (one.verdict.value, one.reason) == ("undecidable", "no_data" if released else "ambiguous_period")


def test_a_counter_between_two_readings_is_not_refuted(example: Lists) -> None:
    """On 10 May 2022 the last reading is of 6 May, 1.8M, and the next of 13 May, 2.7M."""
    released = date(2022, 5, 10)
    assert first("The first lead has 2.1M followers on Instagram.", example, released).reason == "ambiguous_period"
    assert first("The first lead has 3.9M followers on Instagram.", example, released).verdict == "refuted"


ORIGIN = """producer = "{0}"
title = "{0}"
licence = "invented for a test"
may_show = "values"
status = "simulated"
stands_for = "{0} Ltd"
fetched = 2023-07-01
complete_for = "*"
"""
HALF: list[Row] = [
    ["", "What We Watched: A Netflix Engagement Report"],
    ["", "Hours viewed from January to June 2023"],
    ["", "Title", "Available Globally?", "Release Date", "Hours Viewed"],
    ["", "Moon Harbour: Season 1", "Yes", date(2023, 2, 10), 16_000_000],
]
FILES: dict[str, tuple[str | bytes, str]] = {
    "tag.txt": (
        "2022-03-12 09:00:00\t43600000000\n2023-06-27 09:00:00\t151200000000\n",
        'feed = "tiktok.hashtag_views"\ntitle = "#booktok"',
    ),
    "speed.csv": (
        "month,provider,mbps\n2014-05,Peat Net,1.9\n2014-06,Peat Net,1.58\n",
        'feed = "isp.speed_index"\nterritory = "US"',
    ),
    "hours.xlsx": (workbook(HALF), 'feed = "netflix.engagement"'),
    "popular.csv": (
        "Week,Rank,Title,Views\n2023-06-25,1,Moon Harbour,252100000\n2023-06-25,2,Salt Road,240000000\n",
        """feed = "chart.csv"
chart = "netflix.most_popular.tv_english"
columns = { period_end = "Week", rank = "Rank", title = "Title", views = "Views" }""",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lists]:
    """A desk of a hashtag, a speed index, a half-year and an all-time list, and no weekly list at all."""
    desk = tmp_path_factory.mktemp("small") / "desk"
    assert main(["new", str(desk), "--empty"]) == 0
    (desk / "data").mkdir(exist_ok=True)
    settings = ""
    for name, (raw, feed) in FILES.items():
        (desk / "data" / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN.format("Lamplighter"), encoding="utf-8")
        settings += f'[[feeds]]\n{feed}\npath = "data/{name}"\n'
    with (desk / "desk.toml").open("a", encoding="utf-8") as toml:
        toml.write(settings)
    assert main(["-C", str(desk), "load", "--all"]) == 0
    with work.record_of(open_desk(desk)) as record:
        yield Lists(record)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("#booktok went from 43.6 billion views (12 March 2022) to 151.2 billion (27 June 2023).", "ss"),
        ("#booktok went from 48.6 billion views (12 March 2022) to 115.2 billion (27 June 2023).", "rr"),
        ("#booktok grew from 43.6 billion to 151.2 billion views.", "us"),
        ("Moon Harbour drew 16.0M hours in H1 2023.", "s"),
        ("Moon Harbour drew 16.0M hours in the first half of 2023.", "s"),
        ("Moon Harbour drew 61.0M hours in the first half of 2023.", "r"),
        ("Moon Harbour drew 61.0M hours in the second half of 2023.", "u"),
        ("Peat Net fell around 17% from May 2014 to 1.58 Mbps in June 2014.", "ss"),
        ("Peat Net fell around 27% from May 2014 to 1.85 Mbps in June 2014.", "rr"),
        ("Peat Net rose around 17% from May 2014 to 1.58 Mbps in June 2014.", "rs"),
        ("Moon Harbour is the most popular English series of all time with 252.1M views.", "ss"),
        ("Salt Road is the most popular English series of all time with 252.1M views.", "rr"),
        ("Salt Road is the second most popular English series of all time.", "s"),
        ("Salt Road is one of the most popular English series of all time.", ""),
    ],
)
def test_what_a_small_desk_holds_is_read(small: Lists, text: str, verdicts: str) -> None:
    claims = check(text, small, date(2023, 6, 28)).claims
    assert "".join(one.verdict.value[0] for one in claims) == verdicts, [one.explanation for one in claims]


def test_a_desk_without_series_reads_none(small: Lists) -> None:
    """The small desk holds no critics, no followings and no books."""
    for text, *_ in HELD:
        assert all(
            not one.asked.claims or one.verdict == "undecidable" for one in check(text, small, RELEASED).claims
        ), text


def test_the_document_says_of_what_it_is(example: Lists) -> None:
    text = "Heartstopper has 100% on Rotten Tomatoes from 21 reviews and is certified fresh."
    claims = as_json(check(text, example, RELEASED), example)["claims"]
    assert [(one["text"], one["kind"], one["found"], one["evidence"]) for one in claims] == [
        ("100% on Rotten Tomatoes", "level", 100, "simulated"),
        ("21 reviews", "level", 21, "simulated"),
        ("certified fresh", "status", 1, "simulated"),
    ]
    assert all(one["receipt"] for one in claims)
    assert [text[slice(*one["span"])] for one in claims] == [one["text"] for one in claims]
