"""Connectors: one file a producer, listed here in the order the documentation names them."""

from groundswell.core.errors import UsageError, nearest
from groundswell.core.protocol import EventFeed, Feed
from groundswell.feeds.audience import EVENT
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.feeds.books import BooksUnits
from groundswell.feeds.catalogue import Catalogue
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.critics import CriticsReviews, CriticsScores
from groundswell.feeds.engagement import REPORT
from groundswell.feeds.hashtag import HashtagViews
from groundswell.feeds.interactions import InteractionsCsv
from groundswell.feeds.isp import IspSpeedIndex
from groundswell.feeds.most_popular import MOST_POPULAR
from groundswell.feeds.netflix import COUNTRIES, GLOBAL
from groundswell.feeds.nyt import LISTS
from groundswell.feeds.reduced import WEEK
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.feeds.sessions import Sessions
from groundswell.feeds.viewed import VIEWED
from groundswell.feeds.x import POSTS

KNOWN: tuple[Feed, ...] = (GLOBAL, COUNTRIES, MOST_POPULAR, REPORT, LISTS, WEEK, VIEWED, EVENT)
EVENTS: tuple[EventFeed, ...] = (JETSTREAM, POSTS)
"""Feeds of what accounts did, which the store takes in by the event."""
MAPPED: dict[
    str, type[ChartCsv | SeriesCsv | BooksUnits | HashtagViews | IspSpeedIndex | CriticsReviews | CriticsScores]
] = {
    mapped.id: mapped
    for mapped in (ChartCsv, SeriesCsv, BooksUnits, HashtagViews, IspSpeedIndex, CriticsReviews, CriticsScores)
}
MAPPED_EVENTS = InteractionsCsv
MAPPED_VIEWING: dict[str, type[Sessions | Catalogue]] = {Sessions.id: Sessions, Catalogue.id: Catalogue}
"""The feeds made from what `desk.toml` says of a file."""
NEED_MAPPING = (*MAPPED, MAPPED_EVENTS.id, *MAPPED_VIEWING)
IDS = [*(known.id for known in KNOWN), *(known.id for known in EVENTS), *NEED_MAPPING]


def event_feed(name: str) -> EventFeed | None:
    """The feed of events of that name, None when there is none."""
    return next((known for known in EVENTS if known.id == name), None)


def feed(name: str) -> Feed:
    """The feed of that name; one that needs a mapping is made from `desk.toml` instead."""
    for known in KNOWN:
        if known.id == name:
            return known
    if name in NEED_MAPPING:
        raise UsageError(f"feed '{name}' is loaded as desk.toml maps it: add it there and run 'groundswell load --all'")
    raise UsageError(f"no feed '{name}'; {nearest(name, IDS)}")
