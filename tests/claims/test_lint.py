"""How an audience may be spoken of: what is refused, and what is left alone."""

import pytest

from groundswell.claims.lint import RULES, faults


def rules_of(text: str, asked: str | None = None) -> list[str]:
    """The rules broken, in order; `where` is that the sentence speaks of another territory than was asked of."""
    starts = {rule.line.partition("}")[2]: rule.id for rule in RULES}
    return [
        next((rule for line, rule in starts.items() if line in fault.line), "where")
        for fault in faults(text, lambda *_: asked)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Lantern Run drew a global Live+1 average-minute audience of 33 million.",
        "It averaged 33 million worldwide (Live+1 average-minute audience).",
        "The bout drew a Live+1 average-minute audience of 33.6 million globally and reached 41 million Live+1 viewers.",
        "33 million global Live+1 AMA. It was watched in 91 countries.",
        "A Live+SD AMA of 36.6 million globally; it was No. 1 in 30 countries and in the Top 10 in 91.",
        "It peaked at 24 million concurrent streams worldwide.",
        "In the U.S., the Live+7 average minute audience was 20.3 million. It was watched by many.",
        "The live-only average-minute audience in South Korea hit 1.2 million.",
        "Its AMA of 33 million (Live+1, global) was up from 30 million a year before.",
        "More than 33 million average-minute audience, Live+1, around the world.",
        "The reach, 41 million viewers, is of Live+1 worldwide.",
        # what is no figure of a live audience
        "It was watched by 33 million viewers.",
        "It reached the Top 10 in 54 countries, with 14.55 million hours viewed.",
        "An average-minute audience counts who is there in each minute.",
        "More viewers watched on 16 May 2026 than on any other day.",
        "",
        "AMA",
    ],
)  # fmt: skip
def test_what_may_be_said(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # an average said as if so many had watched
        ("Watched by 33 million globally (Live+1 average-minute audience).", ["watched"]),
        ("33 million global viewers watched, a Live+1 average-minute audience.", ["watched"]),
        ("33 million viewers watched worldwide (Live+1 average-minute audience).", ["watched"]),
        ("It was seen live by more than 33 million viewers globally, Live+1 AMA.", ["watched"]),
        ("An average-minute audience of 33 million viewers tuned in globally, Live+1.", ["watched"]),
        ("A Live+1 average-minute audience of 33 million watched around the world.", ["watched"]),
        # compared with what counts something else
        ("Its global Live+1 AMA of 33 million beat the 24 million concurrent streams of last year.", ["compared"]),
        ("The 41 million viewers it reached are more than the Live+1 AMA of 33 million worldwide.", ["compared"]),
        ("Its Live+1 AMA of 33 million globally compares with a reach of 41 million.", ["compared"]),
        ("A Live+1 average-minute audience of 33 million globally, up from 20 million homes.", ["compared"]),
        # without its window, or its territory, or both
        ("A global average-minute audience of 33 million.", ["window"]),
        ("It drew a Live+1 average-minute audience of 33 million.", ["territory"]),
        ("33 million average-minute audience.", ["window", "territory"]),
        ("The event went live and drew a global AMA of 33 million.", ["window"]),
        ("It had a reach of 41 million viewers worldwide.", ["window"]),
        ("It reached more than 41 million Live+1 viewers.", ["territory"]),
        ("41 million unique viewers, globally.", ["window"]),
        ("It peaked at 24 million concurrent streams.", ["territory"]),
        ("A peak of 24 million streams.", ["territory"]),
        # each sentence for itself
        ("Globally it did well. It drew a Live+1 AMA of 33 million.", ["territory"]),
        ("A Live+1 AMA of 33 million globally. A Live+7 AMA of 45.6 million.", ["territory"]),
        ("A headline: 33 million AMA\nLive+1, globally", ["window", "territory"]),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, rules: list[str]) -> None:
    assert rules_of(text) == rules


@pytest.mark.parametrize(
    ("text", "asked", "rules"),
    [
        ("A Live+1 AMA of 20.3 million in the United States.", "US", []),
        ("A Live+1 AMA of 20.3 million in the U.S.", "US", []),
        ("A Live+1 AMA of 20.3 million in the U.S.", "WW", ["where"]),
        ("A global Live+1 AMA of 20.3 million.", "US", ["where"]),
        ("A global Live+1 AMA of 33 million, 20 million of them in the United States.", "WW", []),
        ("A Live+1 AMA of 20.3 million.", "US", ["territory"]),
    ],
)
def test_the_territory_is_that_which_was_asked_of(text: str, asked: str, rules: list[str]) -> None:
    assert rules_of(text, asked) == rules


def test_of_many_sentences_each_is_read_and_one_without_end_is_not() -> None:
    assert len(faults("A Live+1 AMA of 33 million. " * 2_000)) == 2_000
    assert faults("33 million AMA, " * 20_000) == []


def test_a_line_says_what_where_and_what_is_allowed() -> None:
    text = "Good. It was watched by 33 million, an average-minute audience (Live+1, global)."
    [fault] = faults(text)
    assert text[fault.start : fault.end] == "33 million"
    assert fault.line == (
        '"33 million, an average-minute audience": an average minute audience is how many viewed in the average minute, '
        "not how many watched; say that it drew so many, or state the reach"
    )
    [fault] = faults("A Live+1 AMA of 20 million in the United Kingdom.", lambda *_: "US")
    assert fault.line.endswith(
        "its figure is of United States, and the sentence speaks of United Kingdom; say where it is of"
    )
