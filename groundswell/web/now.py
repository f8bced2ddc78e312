"""What a desk's events say now: how a watch gets on, and what trends."""

from datetime import datetime

from groundswell.catalog import code_of
from groundswell.charts.now import SPAN, TrendingNow, trending_now
from groundswell.core.errors import UsageError
from groundswell.measures.owned import owned_table
from groundswell.measures.posts import inherited
from groundswell.newsroom.desk import Desk
from groundswell.store import DuckEngine, Store
from groundswell.store.pulse import Pulse
from groundswell.store.stream import Stream


def stream_of(desk: Desk) -> Stream:
    """The desk's events."""
    return Stream(Store(desk.store_folder, code_of))


def pulse(desk: Desk, now: datetime) -> Pulse | None:
    """How what a watch writes comes in; None before the first watch."""
    return stream_of(desk).pulse(now)


def trending(desk: Desk, asked: datetime) -> TrendingNow:
    """The 24 hours to `asked`, or to where what is held ends; `UsageError` when nothing is."""
    with DuckEngine() as engine:
        until = stream_of(desk).register_last(engine, SPAN, asked)
        if until is None:
            raise UsageError(
                "no events are held: run 'groundswell watch bluesky', or load a feed of posts (docs/social.md)"
            )
        gazetteer = desk.gazetteer()
        engine.register("more_links", inherited(engine, gazetteer))
        engine.step("links", "FROM links UNION ALL FROM more_links")
        engine.register("owned", owned_table(desk.owned()))
        return trending_now(engine, until, asked, gazetteer.titles())
