"""Multiples and parts, read against the real lists: of what they are, when they hold, and what leaves them open."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.checker import Lists, check, check_all
from groundswell.checker.decide import Decided
from groundswell.checker.multiple import exactness
from groundswell.claims import Stated, read, say
from groundswell.claims.quantity import HEDGES
from groundswell.core.verdict import Verdict

pytestmark = pytest.mark.shared_data
KINDS = {"multiple", "change"}
SAID = [
    # against the week before
    ("2022-08-09", "Purple Hearts more than doubled its viewing to 102.59M hours.", "s"),  # 2.13
    ("2022-08-09", "Purple Hearts more than tripled its viewing to 102.59M hours.", "r"),
    ("2022-08-09", "Purple Hearts was #1 with 102.59M hours viewed, more than double its 48.23M debut.", "s"),
    ("2022-08-16", "The Sandman had 127.5M hours viewed, nearly double the week before.", "s"),  # 1.84
    ("2022-08-16", "Purple Hearts' viewing more than halved to 46.37 million hours.", "s"),  # down 54.8
    ("2022-08-16", "Keep Breathing lost nearly two thirds of its audience.", "s"),  # down 61.8
    ("2022-08-16", "Keep Breathing lost a quarter of its audience.", "r"),
    ("2023-04-04", "Murder Mystery's hours increased more than fivefold to 24.69M.", "s"),
    ("2023-04-04", "Murder Mystery's hours increased tenfold to 24.69M.", "r"),
    ("2024-05-28", "Views of The 8 Show nearly tripled to 4.8 million.", "s"),  # 2.82
    ("2024-05-28", "The 8 Show tripled its views to 4.8M.", "u"),  # 2.82 is nearly that
    ("2024-05-28", "The 8 Show quadrupled its views to 4.8M.", "r"),
    ("2025-07-22", "The Old Guard 2 shed more than 60% of its views, from 16 million to 6.2 million.", "s"),
    ("2025-07-22", "The Old Guard 2 shed more than 70% of its views, from 16 million to 6.2 million.", "r"),
    ("2025-07-22", "Squid Game Season 3 had 7.8M views, less than half of the 15.9M it had the week before.", "s"),
    ("2026-05-19", "My Royal Nemesis, with 5.1M views, grew by almost a third from 3.9M.", "s"),
    ("2026-05-19", "Swapped's views were down by two thirds from 38.7M.", "r"),
    ("2026-05-19", "Should I Marry A Murderer? fell to 2.5 million views, less than a third of the week before.", "s"),
    ("2026-05-19", "Should I Marry A Murderer? fell to 2.5 million views, less than a quarter of the week before.", "r"),
    ("2025-07-22", "The Sandman Season 2 dropped 44% to 3.3M views.", "s"),  # by hours 43.5
    ("2023-04-04", "Love Is Blind Season 4 more than doubled its hours to 47.64M in its second week.", "r"),  # 1.87
    ("2026-01-13", "Land of Sin's views fell 22% to 3.2M.", "s"),  # by hours 20.8
    ("2026-01-13", "Alpha Males Season 4's views rose 10% to 2.1M.", "u"),  # not on the list before
    ("2024-05-28", "Queen of Tears lost 26% of its views.", "u"),  # 1.8M to 1.3M, rounded: from 22.9 to 32.4
    ("2024-05-28", "Queen of Tears lost 40% of its views.", "r"),
    # against another title
    ("2022-08-09", "Extraordinary Attorney Woo drew 67.01M hours, more than twice as many as runner-up Another Self.", "s"),
    ("2022-08-09", "Extraordinary Attorney Woo drew 67.01M hours, three times as many as runner-up Another Self.", "r"),
    ("2024-05-21", "Bridgerton Season 3 drew ten times as many views as the first season.", "s"),
    ("2024-05-21", "Bridgerton Season 3 drew more than six times as many views as Ashley Madison: Sex, Lies & Scandal.", "r"),
    ("2024-05-28", "Golden Kamuy had 7.3 million views, more than double the 3 million of The Courier.", "s"),
    ("2024-05-28", "Atlas topped the list with 56.3 million hours, four times Disturbia's 14.1 million.", "s"),
    ("2025-07-22", "Brick had 22.3M views, nearly three times those of runner-up Almost Cops.", "u"),  # 2.65
    ("2024-05-28", "Thelma the Unicorn had less than half the views of Atlas.", "s"),
    ("2024-05-28", "Atlas drew 2.6 times the views of Thelma the Unicorn.", "s"),
    ("2024-05-28", "Atlas had 28.2 million views, three quarters as many as Thelma the Unicorn.", "r"),
    # what another base, week or scope may be meant by
    ("2024-05-28", "Since its debut, Bridgerton Season 1 has doubled its views.", ""),
    ("2024-05-28", "Last week Bridgerton Season 3 doubled its audience.", ""),
    ("2024-05-28", "Atlas was watched twice last week by many.", ""),
    ("2025-07-22", "Squid Game Season 3 had 7.8M views, half of last week's 15.9M.", ""),
    ("2025-07-22", "Squid Game Season 3 had less than half as many views as a week ago.", "s"),
    ("2024-05-28", "Bridgerton Season 3 tripled the premiere audience of Season 2.", ""),
    ("2024-05-28", "Atlas drew four times as many views as Madame Web did in its debut.", ""),
    ("2024-05-28", "Atlas drew twice as many views as Madame Web and Security combined.", "u"),
    ("2024-05-28", "Atlas could have drawn four times as many views as Thelma the Unicorn.", "u"),
    ("2024-05-28", "With twice as many views as Thelma the Unicorn, Atlas led the list.", "u"),
    ("2024-05-28", "Sing 2 has now tripled its audience over the past month.", ""),
    ("2024-05-28", "Baby Reindeer's audience in Britain tripled.", ""),
    ("2024-05-28", "Two-thirds of the views of Atlas came on the weekend.", ""),
    ("2024-05-28", "Bridgerton Season 3's audience was little more than half of the week before.", ""),
    ("2024-05-28", "Atlas had 28.2 million views, 2.6 times more than Thelma the Unicorn.", ""),  # of 2.6 or 3.6
    ("2023-06-20", "Never Have I Ever doubled its views.", "u"),  # none were printed the week before
]  # fmt: skip
"""Released, text, and the verdicts of its multiples and changes in their order, by initial."""


@pytest.fixture(scope="module")
def read_of(real: Lists) -> dict[str, list[Decided]]:
    """What is read in each text, all asked as one set."""
    checked = check_all([(text, date.fromisoformat(released)) for released, text, _ in SAID], real)
    return {one.text: [claim for claim in one.claims if claim.asked.draft.kind in KINDS] for one in checked}


@pytest.mark.parametrize(("text", "verdicts"), [said[1:] for said in SAID])
def test_multiples_and_parts(read_of: dict[str, list[Decided]], text: str, verdicts: str) -> None:
    claims = read_of[text]
    assert "".join(one.verdict.value[0] for one in claims) == verdicts, [one.explanation for one in claims]


def test_a_place_behind_what_is_put_in_is_of_whom_the_sentence_is_about(real: Lists) -> None:
    text = "Atlas, which more than doubled Thelma the Unicorn's 10.7 million views, was No. 1."
    assert [one.asked.title for one in check(text, real, date(2024, 5, 28)).claims] == [
        "Atlas",
        "Thelma the Unicorn",
        "Atlas",
    ]


def test_the_claim_asked_is_the_one_its_receipt_reads(read_of: dict[str, list[Decided]]) -> None:
    """What the receipt says in words is read as the very quantity that was asked."""
    decided = [one for claims in read_of.values() for one in claims if one.verdict is not Verdict.UNDECIDABLE]
    multiples = [one.judged.claim for one in decided if one.judged is not None]
    assert len(multiples) > 20
    for claim in multiples:
        said = read(say(claim.stated), claim.kind)
        assert (said.value, said.allows()) == (claim.stated.value, claim.stated.allows()), claim


WORDS = {2: "twice", 3: "three times", 4: "four times", 10: "ten times", 25: "25 times"}


@settings(max_examples=25, deadline=None)
@given(
    number=st.sampled_from([*WORDS]),
    hedge=st.sampled_from(
        [(index, words) for index, one in enumerate(HEDGES) for words in one.words if words != "up to"]
    ),
)
def test_a_multiple_said_in_words_is_asked_as_that_multiple(real: Lists, number: int, hedge: tuple[int, str]) -> None:
    index, words = hedge
    text = f"Atlas drew {words} {WORDS[number]} as many views as Thelma the Unicorn."
    [one] = [one for one in check(text, real, date(2024, 5, 28)).claims if one.asked.draft.kind == "multiple"]
    [claim] = one.asked.claims
    assert int(claim.stated.value) == number
    assert HEDGES[claim.stated.hedge].words == HEDGES[index].words
    assert (one.asked.title, claim.versus) == ("Atlas", "thelma-the-unicorn")


@given(st.decimals(Decimal("0.02"), Decimal(100), places=4), st.integers(0, len(HEDGES) - 1))
def test_what_is_asked_of_a_multiple_can_be_said_and_is_never_wider_than_what_leaves_it_open(
    times: Decimal, hedge: int
) -> None:
    value, step, loosely = exactness(times, hedge)
    stated = Stated("multiple", value, step, hedge, measure="views")
    assert read(say(stated), "multiple") == stated
    if hedge == 0:
        loose = Stated("multiple", value, loosely, 0, measure="views").allows()
        assert loose.holds(*(end for end in (stated.allows().low, stated.allows().low) if end is not None))
