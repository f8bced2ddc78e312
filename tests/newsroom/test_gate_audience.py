"""A story of a live event: its numbers are bound to the audience, and its sentences say what such a number means."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from groundswell.claims import Record
from groundswell.core.errors import Refused
from groundswell.core.verdict import Verdict
from groundswell.feeds.audience import EVENT
from groundswell.newsroom.gate import check
from groundswell.newsroom.story import Attribution, Binding, Front, Story
from tests.claims.lists import Lists
from tests.sessions import BEGINS, TITLE, event_file

DAY = (date(2026, 5, 16), date(2026, 5, 16))


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    """Two days after the event."""
    lists = Lists()
    lists.take(EVENT, event_file(known=BEGINS + timedelta(days=2)), status="simulated")
    held = lists.record()
    yield held
    held.engine.close()


def bound(says: str, measure: str = "live.ama", **changes: Any) -> Binding:
    fields: dict[str, Any] = {"kind": "audience", "subject": "the-lantern-run", "measure": measure, "period": DAY}
    return Binding(says=says, **fields | changes)


def outcome(record: Record, body: str, *claims: Binding) -> list[str]:
    """The lines the gate says, none where it lets the story through."""
    front = Front(title=TITLE, summary="A night.", released=date(2026, 5, 19), category="Live", claims=claims)
    try:
        checked = check(Story("a-story", front, body), record)
    except Refused as error:
        return [line.removeprefix("stories/a-story.md: ") for line in error.reasons]
    assert all(one.judged.verdict is Verdict.SUPPORTED for one in checked.bound if one.judged)
    return []


AVERAGE = "33.6 million Live+1 average-minute audience"


def test_a_story_that_says_what_its_figures_mean_goes_out(record: Record) -> None:
    body = (
        f"It drew a global {AVERAGE}, reached 48 million Live+1 viewers and peaked at 36 million concurrent streams.\n\n"
        "Live+1 is what is viewed until a day after."
    )
    claims = (
        bound(AVERAGE),
        bound("48 million Live+1 viewers", "live.reach"),
        bound("peaked at 36 million concurrent streams", "live.peak"),
    )
    assert outcome(record, body, *claims) == []
    early = "45.6 million preliminary Live+7 average-minute audience"
    assert outcome(record, f"So far a global {early}.", bound(early)) == []
    assert outcome(record, f"In the United Kingdom a {AVERAGE}.", bound(AVERAGE, territory="GB")) == []


@pytest.mark.parametrize(
    ("body", "claim", "line"),
    [
        (f"Watched by a global {AVERAGE}.", bound(AVERAGE), f'in the prose, "{AVERAGE}": an average minute audience is how many'),
        (f"A global {AVERAGE}, higher than its reach.", bound(AVERAGE), "is compared with a reach, with streams or homes"),
        (f"A {AVERAGE}.", bound(AVERAGE), "without its territory; say globally, or name the country in its sentence"),
        (f"A {AVERAGE} in the U.S. alone.", bound(AVERAGE), "is of the world, and the sentence speaks of United States"),
        (f"A global {AVERAGE}.", bound(AVERAGE, territory="GB"), "is of United Kingdom, and the sentence speaks of the world"),
        ("33.6 million AMA worldwide.", bound("33.6 million AMA"), "without its window; say Live, Live+SD, Live+1 or Live+7"),
        ("33.6 million AMA worldwide.", bound("33.6 million AMA"), "is undecidable (definition_differs): The Lantern Run"),
        ("A global AMA (Live+7) of 45.6 million.", bound("AMA (Live+7) of 45.6 million"), "is preliminary, its window had not"),
        ("A global Live+1 AMA of 36 million.", bound("Live+1 AMA of 36 million"), "refuted: The Lantern Run, average-minute"),
        (f"A global {AVERAGE}.", bound(AVERAGE, "live.amas"), "no reading of measure 'live.amas' is held"),
        ("No. 1.", bound("No. 1", "", kind="rank", chart="live.peak"), "'live.peak' is a measure, it has readings and no ranks"),
        ("No. 1.", bound("No. 1", "", kind="rank", chart="live.peek"), "no chart 'live.peek'; "),
    ],
)  # fmt: skip
def test_what_it_may_not_say_is_one_line(record: Record, body: str, claim: Binding, line: str) -> None:
    assert any(line in one for one in outcome(record, body, claim)), outcome(record, body, claim)


def test_what_others_say_of_theirs_is_shown_as_theirs(record: Record) -> None:
    theirs = Binding("108 million", attributed=Attribution("Streamer"))
    assert outcome(record, "Streamer says 108 million viewers watched (average-minute audience).", theirs) == []
    no_claim = Binding("33 million", not_a_claim="an example of what not to write")
    assert outcome(record, "Never write: watched by 33 million, an average-minute audience.", no_claim) == []
