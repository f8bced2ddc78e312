"""Sentences about the lists of the example desk: what holds, what does not, and what is left open."""

from datetime import date

import pytest

from groundswell.checker import Lists, as_json, check, check_all
from groundswell.checker.check import receipt_of
from groundswell.checker.decide import Decided
from groundswell.checker.names import Gazetteer
from groundswell.checker.text import tokens
from groundswell.claims.receipt import digest
from groundswell.core.errors import InputError

RELEASED = date(2022, 5, 3)


def verdicts(text: str, lists: Lists, released: date | None = RELEASED) -> list[tuple[str, str]]:
    """Kind and verdict of each claim of a text."""
    return [(one.asked.draft.kind, one.verdict.value) for one in check(text, lists, released).claims]


def only(text: str, lists: Lists, released: date | None = RELEASED) -> Decided:
    """The one claim of a text."""
    (claim,) = check(text, lists, released).claims
    return claim


TRUE = [
    "Heartstopper drew 23.94 million hours.",
    "Heartstopper drew 23,940,000 hours viewed.",
    "Heartstopper (23.9M hours viewed) delighted its fans.",
    "With nearly 24 million hours, Heartstopper delighted its fans.",
    "Viewers spent 23.94 million hours with Heartstopper.",
    "Heartstopper was No. 5 on the English TV list.",
    "Heartstopper ranked fifth among English-language series.",
    "Number 5 on the English TV list went to Heartstopper.",
    "Heartstopper took the fifth spot.",
    "Season 1 of Heartstopper was #5.",
    "Heartstopper is in its second week on the list.",
    "Heartstopper was in the Top 10 in 54 countries.",
    "Heartstopper rose 65% from the week before.",
    "The week before, Heartstopper had 14.55 million hours.",
    "Up from 14.55 million hours a week earlier, Heartstopper keeps growing.",
    "Heartstopper has amassed 38.49 million hours in two weeks.",
    "Ozark topped the English TV list.",
    "Ozark's fourth season was the leading English-language series.",
    "In the week of April 18, Heartstopper debuted at No. 7.",
    "Ozark's fourth season had 54.46 million more hours than Heartstopper.",
    "Heartstopper drew 54.46 million hours fewer than Ozark.",
    "Heartstopper was in the Top 10 in 50 or more countries.",
    "Heartstopper drew two and a half million hours or more.",
]
FALSE = [
    ("Heartstopper drew 29.34 million hours.", 23_940_000),
    ("Heartstopper drew over 25 million hours this week.", 23_940_000),
    ("Heartstopper was No. 4 on the English TV list.", 5),
    ("Heartstopper is in its third week on the list.", 2),
    ("Heartstopper was in the Top 10 in 55 countries.", 54),
    ("The week before, Heartstopper had 23.94 million hours.", 14_550_000),
    ("Heartstopper has amassed 38.94 million hours in two weeks.", 38_490_000),
    ("Heartstopper topped the English TV list.", 5),
    ("Heartstopper debuted at No. 5.", 2),
    ("Heartstopper drew 23.94 million minutes.", 23_940_000),
    ("Heartstopper drew 23.94 million views.", 23_940_000),
    ("Heartstopper had 5 million more hours than Ozark.", -54_460_000),
    ("Heartstopper was No. 0 on the English TV list.", 5),
    ("Heartstopper was in the Top 10 in 60+ countries.", 54),
]
OPEN = [
    ("Two shows drew 23.94 million hours each: Heartstopper and Ozark.", "ambiguous_subject"),
    ("Heartstopper did not draw 23.94 million hours.", "unread_qualifier"),
    ("Heartstopper would have drawn 23.94 million hours.", "unread_qualifier"),
    ("Heartstopper drew 23.94 million hours in the UK.", "unread_qualifier"),
    ("Heartstopper was No. 5 among documentaries about school.", "unread_qualifier"),
    ("Heartstopper was No. 5 on the album chart.", "external"),
    ("Heartstopper drew 23.94 million hours, according to Nielsen.", "external"),
    ("Heartstopper has 24 million fans.", "external"),
    ("Critics ranked Heartstopper No. 1 on their list.", "external"),
    ("Trending TV had Heartstopper at No. 5.", "no_data"),
    ("Billboard TV had Heartstopper at No. 5.", "external"),
    ("On Spotify, Heartstopper was No. 5.", "external"),
    ("Heartstopper star Joe Locke ranked fifth on the list.", "ambiguous_subject"),
    ("Heartstopper is available in 190 countries.", "vague"),
    ("Heartstopper was filmed in 54 countries.", "vague"),
    ("Heartstopper was in the Top 10 in 54 countries among teenagers.", "unread_qualifier"),
    ("Heartstopper had 9 million more hours than a week earlier.", "parser_limit"),
    ("Heartstopper finished higher than No. 5 on the English TV list.", "parser_limit"),
    ("In its official window Heartstopper has 38.49 million hours.", "definition_differs"),
    ("Last month Heartstopper was No. 7.", "ambiguous_period"),
    ("In the week of January 4, 2021, Heartstopper was No. 5.", "outside_window"),
    ("The series drew 23.94 million hours for Blue Umbrella, not Heartstopper.", "ambiguous_subject"),
]


SINCE = [
    ("Since its launch on 22 April, Heartstopper has reached the Top 10 in 54 countries.", "supported", "2022-04-18"),
    ("Heartstopper has reached the Top 10 in 54 countries since its launch.", "supported", "2022-04-18"),
    ("Heartstopper was in the Top 10 in 54 countries in its first four weeks.", "supported", "2022-04-18"),
    ("Heartstopper has reached the Top 10 in 55 countries since its launch.", "refuted", "2022-04-18"),
    ("Heartstopper was in the Top 10 in 54 countries this week.", "refuted", "2022-05-09"),
    ("Heartstopper reached the Top 10 in 54 countries.", "definition_differs", "2022-05-09"),
    ("Heartstopper has reached the Top 10 in 54 countries since the launch of Ozark.", "parser_limit", None),
    ("Heartstopper peaked at No. 5 on the English TV list.", "supported", "2022-04-18"),
    ("Heartstopper peaked at No. 4 on the English TV list.", "refuted", "2022-04-18"),
    ("Heartstopper entered the English TV list at No. 7 and peaked there.", "supported", "2022-04-18"),
    ("Heartstopper has drawn 53.46 million hours over its first three weeks.", "supported", "2022-04-18"),
    ("Heartstopper has drawn 38.49 million hours over its first three weeks.", "refuted", "2022-04-18"),
    ("Heartstopper has drawn 53.46 million hours over its first five weeks.", "ambiguous_period", None),
    ("Heartstopper drew more than 53 million hours in all.", "supported", "2022-04-18"),
    ("For the fourth week in a row, Heartstopper topped Variety's Trending TV chart.", "no_data", "2022-05-09"),
    ("On Trending TV, Heartstopper was in its fourth consecutive week at the top.", "no_data", "2022-05-09"),
]


NOT_SURELY_ITS = [
    "Ozark opened at No. 1, edging out Selling Sunset 78.4M to 34.31M hours.",
    "In the week from 18 to 24 April, Ozark was not there yet. Heartstopper was seventh.",
    "In the week from 18 to 24 April, Heartstopper was seventh. That same week, Bridgerton's second season was No. 2.",
    "Heartstopper was at No. 7 in its first week.",
    "Heartstopper was watched for 14.55 million hours in its first week and 23.94 million in its second.",
    "The crime drama slipped to 34.31 million hours but held off newcomer Ozark, which debuted at No. 1.",
    "With 34.31 million hours the drama beat Ozark, which entered the list.",
    "The original was fifth with 23.94 million hours, and Ozark first.",
    "Ozark stripped Anatomy of a Scandal of the No. 1 spot.",
    "After two weeks at No. 1, Anatomy of a Scandal has been dethroned.",
    "What Britain watched: Ozark was second.",
    "In the US, Ozark ranked seventh.",
    "Bridgerton's seasons are back: the first at No. 9 and the second at No. 4.",
    "Ozark is new, and Heartstopper pushed past 38 million hours.",
    "Its own chart had Ozark at No. 3.",
    "Heartstopper had 5 million viewers more.",
]


@pytest.mark.parametrize(
    ("text", "released", "total"),
    [
        ("Heartstopper has amassed 14.55 million hours so far.", date(2022, 5, 3), 38_490_000),
        ("Heartstopper has amassed 38.49 million hours in all.", date(2022, 5, 10), 53_460_000),
    ],
)
def test_a_total_of_the_week_before_is_named_as_such(example: Lists, text: str, released: date, total: int) -> None:
    found = only(text, example, released)
    assert (found.verdict.value, found.found) == ("refuted", total)
    assert "it is its total of the week before" in found.explanation


@pytest.mark.parametrize("text", NOT_SURELY_ITS)
def test_what_may_be_said_of_something_else_is_not_refuted(example: Lists, text: str) -> None:
    assert "refuted" not in {verdict for _, verdict in verdicts(text, example)}


def test_the_first_full_week_is_no_first_week(example: Lists) -> None:
    found = verdicts("In its first full week Heartstopper drew 23.94 million hours.", example)
    assert found == [("hours_viewed", "supported")]


def test_a_title_stands_as_printed_with_its_small_letters() -> None:
    names = Gazetteer([("Café con aroma de mujer", "", "cafe-con-aroma-de-mujer")])
    for text, found in (("Café con aroma de mujer led.", 1), ("A café con aroma de mujer led.", 0)):
        assert len(names.mentions(tokens(text))) == found


@pytest.mark.parametrize(("text", "verdict", "since"), SINCE)
def test_more_weeks_than_the_last_one(example: Lists, text: str, verdict: str, since: str | None) -> None:
    found = check(text, example, date(2022, 5, 20)).claims[0]
    assert verdict == (found.reason or found.verdict)
    period = found.judged.claim.period.first.isoformat() if found.judged is not None else None
    assert period == since


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        # 54 countries in the week to 1 May, 22 in the one after, 3 in the last
        ("Heartstopper was in the Top 10 of 54 of 93 countries.", "undecidable"),
        ("Heartstopper was in the Top 10 in 22 countries.", "undecidable"),
        ("Heartstopper was in the Top 10 in 3 countries.", "supported"),
        ("Heartstopper was in the Top 10 in 57 countries.", "refuted"),
        ("Heartstopper is in the Top 10 in 22 countries.", "refuted"),
        ("Heartstopper was in the Top 10 in 22 countries this week.", "refuted"),
        ("Heartstopper was in the Top 10 in 22 countries in the week of May 9.", "refuted"),
        # fifth in the week to 1 May, on no list in the last
        ("Heartstopper was No. 5 on the English TV list.", "undecidable"),
        ("Heartstopper was No. 2 on the English TV list.", "refuted"),
        ("Heartstopper is No. 5 on the English TV list.", "refuted"),
        ("Heartstopper was No. 5 on the English TV list this week.", "refuted"),
    ],
)
def test_where_no_week_is_named_what_holds_of_another_is_not_refuted(example: Lists, text: str, verdict: str) -> None:
    (claim,) = check(text, example, date(2022, 5, 17)).claims
    assert claim.verdict.value == verdict, claim.explanation


@pytest.mark.shared_data
def test_a_season_that_is_yet_to_come_is_not_meant(real: Lists) -> None:
    text = "Heartstopper spent three weeks in the English TV Top 10."
    assert [one.verdict.value for one in check(text, real, date(2022, 7, 20)).claims] == ["supported"]
    assert [one.verdict.value for one in check(text, real, date(2025, 7, 22)).claims] == ["undecidable"]


def test_the_number_of_weeks_behind_a_total_is_part_of_the_claim(example: Lists) -> None:
    checked = check(
        "Heartstopper has drawn 53.46 million hours over its first three weeks.", example, date(2022, 5, 20)
    )
    (window,) = checked.windows
    assert window is not None
    assert checked.text[slice(*window)] == "three"
    assert {checked.text[one.start : one.end]: one.status for one in checked.numbers}["three"] == "read"


@pytest.mark.parametrize("text", TRUE)
def test_what_the_lists_hold_is_supported(example: Lists, text: str) -> None:
    assert {verdict for _, verdict in verdicts(text, example)} == {"supported"}


@pytest.mark.parametrize(("text", "found"), FALSE)
def test_what_they_deny_is_refuted_with_what_is_found(example: Lists, text: str, found: int) -> None:
    claim = only(text, example)
    assert (claim.verdict.value, claim.found) == ("refuted", found), claim.explanation


@pytest.mark.parametrize(("text", "reason"), OPEN)
def test_what_they_cannot_decide_is_left_open(example: Lists, text: str, reason: str) -> None:
    claim = only(text, example)
    assert (claim.verdict.value, str(claim.reason)) == ("undecidable", reason), claim.explanation


@pytest.mark.parametrize(
    "text",
    [
        "The writers met at 7 p.m. in 12 rooms; tickets were $8.",
        "Season three has eight episodes of about 45 minutes.",
        "He was 23 when he wrote the script and 36 when the cameras rolled.",
        "United won 3-1 in the 12th minute.",
        "",
        "Heartstopper has 8 episodes.",
        "Heartstopper is second to none and topped lists of the year.",
    ],
)
def test_a_text_without_audience_numbers_has_no_claims(example: Lists, text: str) -> None:
    checked = check(text, example, RELEASED)
    assert checked.claims == ()
    assert all(read.status in {"other", "unread", "identifier"} for read in checked.numbers)


def test_a_name_nobody_knows_keeps_its_numbers(example: Lists) -> None:
    """A title that is on no list is never taken for the one named before it."""
    text = "Heartstopper was fifth. Later that night Blue Umbrella opened. The series drew 30 million hours."
    assert verdicts(text, example)[0] == ("rank", "supported")
    assert all(verdict == "undecidable" for _, verdict in verdicts(text, example)[1:])
    assert "refuted" not in {
        verdict for _, verdict in verdicts("Heartstopper lost to Blue Umbrella (30M hours).", example)
    }


def test_a_list_of_titles_with_one_nobody_knows(example: Lists) -> None:
    text = "The top two were Heartstopper (23.94 million hours) and Blue Umbrella (13.4 million)."
    assert verdicts(text, example) == [("hours_viewed", "supported"), ("hours_viewed", "undecidable")]


def test_what_re_enters_does_not_debut(example: Lists) -> None:
    assert ("rank", "supported") in verdicts("Heartstopper re-entered the English TV list at No. 5.", example)


def test_a_pronoun_and_a_noun_point_back(example: Lists) -> None:
    text = "Fans love Heartstopper. The series drew 23.94 million hours. It was No. 5 on the English TV list."
    assert verdicts(text, example) == [("hours_viewed", "supported"), ("rank", "supported")]


def test_a_record_is_never_more_than_one_since_the_first_list(example: Lists) -> None:
    """The lists of four weeks are held: whoever is not above all others on these holds no record, who is may hold none either."""
    (claim,) = check("Heartstopper had the most hours ever in a week.", example, RELEASED).claims
    assert (claim.asked.draft.kind, claim.verdict.value) == ("record", "undecidable")


@pytest.mark.shared_data
def test_again_is_at_least_the_second_week_in_a_row(real: Lists) -> None:
    said = "Stranger Things 4 topped the English TV list again."
    for day, verdict in (
        (date(2022, 5, 31), "refuted"),
        (date(2022, 6, 7), "supported"),
        (date(2022, 6, 14), "supported"),
    ):
        found = [one for one in check(said, real, day).claims if one.asked.draft.kind == "streak_at_top"]
        assert [one.verdict.value for one in found] == [verdict]


@pytest.mark.shared_data
def test_a_record_that_others_hold_is_refuted_with_the_place_found(real: Lists) -> None:
    claim = only("Troll set the record for any non-English film.", real, date(2022, 12, 13))
    assert (claim.verdict.value, claim.found) == ("refuted", 3)
    claim = only("Troll set the record for any non-English film.", real, date(2022, 12, 6))
    assert (claim.verdict.value, str(claim.reason)) == ("undecidable", "outside_window")


@pytest.mark.shared_data
def test_the_words_of_a_title_claim_nothing(real: Lists) -> None:
    said = '"My Little Pony: A New Generation" was No. 5 on the English film list in the week of October 18, 2021.'
    assert verdicts(said, real, date(2021, 10, 26)) == [("rank", "supported")]
    said = '"¡Que viva México!" was No. 10 on the non-English film chart in the week of May 29, 2023.'
    assert verdicts(said, real, date(2023, 6, 6)) == [("rank", "supported")]


def test_respectively_pairs_in_order(example: Lists) -> None:
    assert {v for _, v in verdicts("Ozark and Heartstopper were No. 1 and No. 5, respectively.", example)} == {
        "supported"
    }
    assert {v for _, v in verdicts("Heartstopper and Ozark were No. 1 and No. 5, respectively.", example)} == {
        "refuted"
    }


def test_without_a_release_date_this_week_is_no_week(example: Lists) -> None:
    claim = only("Heartstopper drew 23.94 million hours this week.", example, None)
    assert str(claim.reason) == "ambiguous_period"
    named = only("In the week of April 25, 2022, Heartstopper drew 23.94 million hours.", example, None)
    assert named.verdict.value == "supported"


def test_a_text_speaks_of_no_week_that_was_not_over(example: Lists) -> None:
    claim = only("In the week of May 2, Heartstopper drew 14.97 million hours.", example, date(2022, 5, 5))
    assert (claim.verdict.value, str(claim.reason)) == ("undecidable", "ambiguous_period")


def test_every_number_ends_as_something(example: Lists) -> None:
    text = "Heartstopper Season 1 (8 episodes, £5) was No. 5 on May 1, 2022 with 23.94 million hours, 1,23 and 3-1."
    checked = check(text, example, RELEASED)
    assert {read.status for read in checked.numbers} == {"read", "identifier", "other", "unread"}
    covered = {at for read in checked.numbers for at in range(read.start, read.end)}
    assert all(at in covered for at, character in enumerate(text) if character.isdigit())


def test_the_document_is_as_designed(example: Lists) -> None:
    text = "Heartstopper drew 23.94M hours."
    document = as_json(check(text, example, RELEASED), example)
    assert list(document) == ["released", "claims", "numbers", "summary"]
    (claim,) = document["claims"]
    assert list(claim) == [
        *("span", "text", "kind", "title", "season", "subject", "chart", "territory", "period", "stated", "verdict"),
        *("evidence", "found", "reason", "explanation", "receipt"),
    ]  # fmt: skip
    assert text[slice(*claim["span"])] == claim["text"] == claim["stated"]["as"] == "23.94M hours"
    assert claim["stated"] | {"value": 23_940_000, "low": 23_935_000, "high": 23_945_000} == claim["stated"]
    assert (claim["subject"], claim["chart"], claim["territory"]) == (
        "heartstopper/s1",
        "netflix.global.tv_english",
        "WW",
    )
    assert claim["period"] == ["2022-04-25", "2022-05-01"]
    assert document["summary"] == {"supported": 1, "refuted": 0, "undecidable": 0}


def test_a_verdict_has_the_receipt_of_the_reading_that_decided(example: Lists) -> None:
    (one,) = check("Heartstopper drew 23.94M hours.", example, RELEASED).claims
    receipt = receipt_of(one, example)
    assert receipt is not None
    assert (receipt["verdict"], receipt["found"]) == ("supported", 23_940_000)
    assert as_json(check("Heartstopper drew 23.94M hours.", example, RELEASED), example)["claims"][0][
        "receipt"
    ] == digest(receipt)
    (undecided,) = check("Heartstopper has 24 million fans.", example, RELEASED).claims
    assert receipt_of(undecided, example) is None


def test_many_texts_at_once_are_each_as_alone(example: Lists) -> None:
    texts = [(text, RELEASED) for text in (*TRUE, *(text for text, _ in FALSE), *(text for text, _ in OPEN))]
    together = [as_json(checked, example) for checked in check_all(texts, example)]
    assert together == [as_json(check(text, example, day), example) for text, day in texts]


def test_a_text_over_a_megabyte_is_refused(example: Lists) -> None:
    with pytest.raises(InputError, match="check it in parts"):
        check("a " * 500_001, example, RELEASED)


def test_which_week_is_meant_is_said_once_and_in_words(example: Lists) -> None:
    text = "The week before, Heartstopper had 14.55 million hours, watched in 12 million households."

    def said(released: date | None) -> list[str]:
        claims = as_json(check(text, example, released), example)["claims"]
        return [claim["explanation"] for claim in claims]

    from_release = (
        "no week is named, so the day of the release, 3 May 2022, decides which it speaks from: the week to 1 May 2022"
    )
    assert said(RELEASED)[0].endswith(f"the week to 24 April 2022: found 14,550,000 hours [{from_release}]")
    assert said(None) == [
        "no week is named, and the text has no release date",
        "households are not what the lists held count",
    ]
