"""`reduce`: from events to the weeks of a chart."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec
import pyarrow as pa

from groundswell.charts.definition import TRENDING_TV
from groundswell.charts.trending import reduce_weeks, settled_weeks
from groundswell.cli import output, work
from groundswell.cli.live_events import print_live
from groundswell.cli.review import print_review
from groundswell.cli.viewing import count_here, count_on_spark, print_viewing
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.origin import MayShow, Origin
from groundswell.core.period import Period
from groundswell.core.quantity import counted
from groundswell.core.reduction import Reduction, encode
from groundswell.feeds.reduced import WEEK
from groundswell.measures.interactions import weeks_table
from groundswell.measures.posts import inherited
from groundswell.newsroom.desk import Desk
from groundswell.store import Delivery, DuckEngine, Loaded, SparkEngine, Store
from groundswell.store.stream import Stream

MEASURES = ("interactions", "viewing", "live")
_MEMORY = "600MB"
ENGINES: dict[str, type[DuckEngine] | type[SparkEngine]] = {"duckdb": DuckEngine, "spark": SparkEngine}
# What could change a week: an act of its days, or an earlier post that an act of its days is of.
_NEWEST = """
SELECT w.first_day, max(l.loaded_at) AS loaded_at
FROM weeks w JOIN (SELECT load_id, min(hour) AS hour FROM tallies GROUP BY load_id) t ON t.hour < w.settles
JOIN event_loads l USING (load_id) GROUP BY w.first_day
"""
_RESTS_ON = """
SELECT first_day, origin, min(known_from) AS first_known, max(known_from) AS last_known FROM (
  SELECT w.first_day, t.load_id FROM (SELECT load_id, hour FROM tallies GROUP BY load_id, hour) t
  JOIN weeks w ON t.hour >= w.begins AND t.hour < w.settles
  UNION
  SELECT a.first_day, e.load_id
  FROM (SELECT first_day, post FROM first_acts GROUP BY first_day, post) a
  JOIN named n ON n.post = a.post
  JOIN events e ON e.platform = n.platform AND e.key = n.post_key WHERE e.kind = 'post'
) JOIN event_loads USING (load_id) GROUP BY first_day, origin ORDER BY first_day, first_known, origin
"""
_REDUCED = """
SELECT i.first_day, max(l.loaded_at) AS loaded_at
FROM all_issues i JOIN loads l USING (load_id) WHERE i.chart = ? GROUP BY i.first_day
"""


@click.command(short_help="Count events into weekly lists and audiences.")
@click.argument("measure", type=click.Choice(MEASURES))
@click.option(
    "--review", metavar="D", help="Only print who was set aside in the week of this day for acting in step, and why."
)
@click.option(
    "--engine",
    type=click.Choice([*ENGINES]),
    default="duckdb",
    show_default=True,
    help="What counts: this process, or Spark as Spark is set up. The weeks are the same.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def reduce(folder: Path | None, measure: str, review: str | None, engine: str, as_json: bool) -> None:
    """Count events into weekly lists and audiences: what is over and has new events is counted anew.

    interactions: what accounts did, into trending-tv. Ends with letting go of events that belong to no title. With --review
    nothing is reduced and nothing let go; it names accounts, so what it prints is for a reviewer and never for a page.

    viewing: sessions, into the Top 10 of every territory and worldwide.

    live: sessions, into the audience of each live event of the catalogue.
    """
    desk = work.open_here(folder)
    if measure != "interactions":
        if review is not None:
            raise UsageError("--review is of interactions; sessions are nobody's to see")
        if measure == "viewing":
            print_viewing(desk, as_json, count_on_spark if engine == "spark" else count_here)
        elif engine != "duckdb":
            raise UsageError("live events are counted by duckdb alone; --engine spark is for interactions and viewing")
        else:
            print_live(desk, as_json)
        return
    if (day := work.day(review)) is not None:
        print_review(desk, _stream(desk), day, as_json)
        return
    done = reduce_interactions(desk, work.now(), ENGINES[engine])
    if as_json:
        weeks = [
            {
                "snapshot": loaded.snapshot_id,
                "vintage": loaded.vintage,
                "evidence": loaded.evidence,
                "may_show": loaded.may_show,
                **_document(week, loaded.may_show),
            }
            for week, loaded in done
        ]
        click.echo(json_text({"measure": measure, "weeks": weeks}))
        return
    for week, loaded in done:
        head = f"{TRENDING_TV.title}, {week.first_day}/{week.last_day} ({week.ranked_by}): {work.outcome(loaded)}"
        if week.hours_missing:
            head += f"; held in part: {week.hours_missing} of its hours were not witnessed, or not wholly"
        click.echo(output.printable(head))
        if loaded.may_show is not MayShow.VALUES:
            click.echo("its figures may not be shown")
            continue
        rows: list[tuple[object, ...]] = [
            (
                one.rank,
                one.title,
                *(f"{one.figures[name]:,}" for name in ("interactions", "interactions_gross", "unique_actors")),
                ", ".join(f"{why.replace('_', ' ')} {acts:,}" for why, acts in one.left_out.items()),
            )
            for one in week.entries
        ]
        heads = ["#", "title", "net", "gross", "accounts", "left out"]
        output.console().print(output.table(heads, rows, right=["#", *heads[2:5]]))
        for line in _said(week):
            click.echo(output.printable(line))
    if not done:
        click.echo("no settled week has new events; a week settles 36 hours after its Sunday")


def _document(week: Reduction, may_show: MayShow) -> dict[str, object]:
    hidden = set() if may_show is MayShow.VALUES else {"entries", "cells"}
    return {name: value for name, value in msgspec.structs.asdict(week).items() if name not in hidden}


def _said(week: Reduction) -> Iterator[str]:
    """What stands beside the list: other caps, other titles' posts, campaigns, whose age is unknown, who was set aside."""
    caps = "; ".join(
        f"{one.title} {' / '.join(f'{acts:,}' for acts in one.by_cap.values())}" for one in week.entries if one.by_cap
    )
    if caps:
        yield f"net were the caps 1 / 3 / 10 / none: {caps}"
    for one in week.entries:
        by = one.authorship
        if by is not None and by.campaign:
            yield (
                f"campaign, counted all the same: {one.title}, {counted(by.posts, 'post')} by {counted(by.authors, 'author')}, "
                f"{by.top_posts:,} of them by ten, {by.hashtags_only:,} hashtags and nothing else"
            )
    if unknown := sum(one.age_unknown for one in week.entries):
        yield f"{unknown:,} interactions are of accounts of unknown age: they count"
    if any("co_action" in one.left_out for one in week.entries):
        yield f"who acted in step, and on what: groundswell reduce {week.measure} --review {week.first_day}"


def reduce_interactions(
    desk: Desk, now: datetime, counting: type[DuckEngine] | type[SparkEngine] = DuckEngine
) -> list[tuple[Reduction, Loaded]]:
    """Reduce every settled week with events that came after it was last reduced; then prune the events."""
    store, stream = work.store_of(desk), _stream(desk)
    stream.forget(now)
    gazetteer = desk.gazetteer()

    def count_by(
        engine: DuckEngine | SparkEngine, weeks: list[Period], answering: pa.Table
    ) -> tuple[list[Reduction], list[dict[str, Any]]]:
        work.register_counted(engine, desk, weeks[-1], answering)
        return reduce_weeks(engine, weeks, gazetteer.titles()), engine.query(_RESTS_ON).to_pylist()

    def counted() -> tuple[list[Reduction], list[dict[str, Any]], pa.Table]:
        engine: DuckEngine | SparkEngine
        with DuckEngine(_MEMORY) as engine:
            stream.register(engine)
            weeks = _due(store, stream, engine, settled_weeks(engine, now))
            answering = inherited(engine, gazetteer)
            if not weeks:
                return [], [], answering
            if counting is DuckEngine:
                return *count_by(engine, weeks, answering), answering
        with counting() as engine:
            stream.register(engine, work.settles(weeks[-1]).date())
            return *count_by(engine, weeks, answering), answering

    reduced, rests_on, answering = work.steady(counted)
    files = []
    for week in reduced:
        loads = [row for row in rests_on if row["first_day"] == week.first_day]
        origins = [msgspec.json.decode(row["origin"], type=Origin) for row in loads]
        settled = work.settles(Period(week.first_day, week.last_day))
        known = max([settled, *(row["last_known"] for row in loads)]).date()
        files.append(Delivery(encode(week), _origin(desk, week, origins), known))
    done = [*zip(reduced, store.load_all(WEEK, files, now=now), strict=True)] if files else []
    if done:
        stream.mark_counted((week.first_day for week in reduced), now)
    stream.prune(now, answering)
    return done


def _stream(desk: Desk) -> Stream:
    stream = Stream(work.store_of(desk))
    if not stream.exists():
        raise UsageError("no events are held; load a feed of posts first (docs/social.md)")
    return stream


def _due(store: Store, stream: Stream, engine: DuckEngine, weeks: list[Period]) -> list[Period]:
    """Of these weeks those never reduced, and those that events came for since they were last counted."""
    store.register_issues(engine)
    reduced = {row["first_day"]: row["loaded_at"] for row in engine.query(_REDUCED, [TRENDING_TV.id]).to_pylist()}
    engine.register("weeks", weeks_table(weeks))
    newest = {row["first_day"]: row["loaded_at"] for row in engine.query(_NEWEST).to_pylist()}
    counted = {first: max(at, stream.counted().get(first, at)) for first, at in reduced.items()}
    return [week for week in weeks if week.first not in counted or newest[week.first] > counted[week.first]]


def _origin(desk: Desk, week: Reduction, of: list[Origin]) -> Origin:
    return work.reduced_origin(
        desk,
        of,
        title="Trending TV, counted from posts, likes and reposts",
        licence="counts; the events are their platforms' and accounts'",
        of="events",
        processing=f"profiles {', '.join(week.profiles)}, ranked by {week.ranked_by}",
    )
