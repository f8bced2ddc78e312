"""What moves now: against a count by hand, and bounded."""

from datetime import timedelta

import pytest

from groundswell.measures import lately as lately_module
from groundswell.measures.lately import Lately, Moving
from tests.store.events import activity, event, links


def minute(number: float) -> float:
    """As hours after the first event."""
    return number / 60


def test_acts_of_the_last_ten_minutes_stand_beside_those_of_the_ten_before() -> None:
    screen = Lately()
    screen.take(
        activity(
            [
                event("post", "ann", "p1", minute(1), text="x"),
                event("post", "bob", "p2", minute(2), text="x"),
                event("post", "bob", "p3", minute(2), text="x"),
                *[event("like", "cem", f"l{n}", minute(3), object="p1") for n in range(4)],
                event("like", "cem", "l9", minute(3), object="p3"),
            ]
        ).events,
        links({"p1": ["moss", "reeds"], "p2": ["reeds"]}),
    )
    assert screen.moving(9) == [Moving("reeds", 6, 0), Moving("moss", 5, 0)]
    later = [event("like", "dee", f"m{n}", minute(12), object="p2") for n in range(3)]
    taken_back = [event("like", "dee", "m0", minute(12.5), operation="delete")]
    screen.take(activity([*later, *taken_back]).events, links({}))
    assert screen.moving(9) == [Moving("reeds", 7, 2), Moving("moss", 4, 1)]
    screen.take(activity([event("like", "dee", "m7", minute(21), object="p1")]).events, links({}))
    assert screen.moving(9) == [Moving("reeds", 4, 5), Moving("moss", 1, 4)]
    assert screen.moving(1) == [Moving("reeds", 4, 5)]


def test_nothing_yet_moves_nothing() -> None:
    assert Lately().moving(3) == []


def test_it_holds_no_more_posts_and_minutes_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lately_module, "_MOST_POSTS", 10)
    screen = Lately()
    for number in range(100):
        one = event("post", "ann", f"p{number}", minute(number), text="x")
        screen.take(activity([one]).events, links({f"p{number}": ["moss"]}))
    assert len(screen._posts) == 10
    assert len(screen._minutes) == 2 * lately_module.SPAN / timedelta(minutes=1)
    old = event("like", "bob", "l", minute(99), object="p5")
    before = screen.moving(1)
    screen.take(activity([old]).events, links({}))
    assert screen.moving(1) == before
