import pytest

from groundswell.core.errors import UsageError
from groundswell.feeds import EVENTS, KNOWN, NEED_MAPPING, event_feed, feed
from groundswell.feeds.netflix import COUNTRIES, GLOBAL


def test_feeds_go_by_name() -> None:
    assert feed("netflix.global") is GLOBAL
    assert feed("netflix.countries") is COUNTRIES
    assert [known.id for known in KNOWN] == [
        *(
            "netflix.global",
            "netflix.countries",
            "netflix.most_popular",
            "netflix.engagement",
            "nyt.lists",
            "interactions.weekly",
            "viewing.weekly",
            "live.event",
        ),
    ]
    assert [event_feed(known.id) for known in EVENTS] == list(EVENTS)
    assert event_feed("netflix.global") is None


def test_an_unknown_feed_names_its_neighbours_and_a_mapped_one_says_where_it_is_mapped() -> None:
    with pytest.raises(UsageError, match=r"no feed 'netflx\.global'; nearest: netflix\.global"):
        feed("netflx.global")
    assert list(NEED_MAPPING) == [
        "chart.csv",
        "series.csv",
        "books.units",
        "tiktok.hashtag_views",
        "isp.speed_index",
        "critics.reviews",
        "critics.scores",
        "interactions.csv",
        "viewing.sessions",
        "viewing.catalogue",
    ]
    for mapped in NEED_MAPPING:
        with pytest.raises(UsageError, match=r"as desk\.toml maps it"):
            feed(mapped)
