"""`reduce`: from events to the weeks of a chart."""

from datetime import datetime, timedelta
from pathlib import Path

import click
import msgspec
import pyarrow as pa

from groundswell.charts.definition import TRENDING_TV
from groundswell.charts.trending import reduce_weeks, settled_weeks
from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.origin import Evidence, MayShow, Origin, weakest
from groundswell.core.reduction import Reduction, encode
from groundswell.feeds.reduced import WEEK
from groundswell.measures.interactions import inherited
from groundswell.measures.owned import owned_table
from groundswell.measures.profile import SETTLE
from groundswell.newsroom.desk import Desk
from groundswell.store import DuckEngine, Loaded, day_begins
from groundswell.store.stream import Stream

MEASURES = ("interactions",)
# What could change a week: an act of its days, or an earlier post that an act of its days is of.
_NEWEST = """
SELECT w.first_day, max(l.loaded_at) AS loaded_at
FROM weeks w JOIN (SELECT load_id, min(hour) AS hour FROM tallies GROUP BY load_id) t ON t.hour < w.settles
JOIN event_loads l USING (load_id) GROUP BY w.first_day
"""
_RESTS_ON = """
SELECT first_day, known_from, origin FROM (
  SELECT w.first_day, t.load_id FROM tallies t JOIN weeks w ON t.hour >= w.begins AND t.hour < w.settles
  UNION
  SELECT a.first_day, e.load_id FROM first_acts a JOIN events e ON e.platform = a.platform AND e.kind = 'post' AND e.key = a.post
) JOIN event_loads USING (load_id) ORDER BY ALL
"""
_REDUCED = """
SELECT i.first_day, max(l.loaded_at) AS loaded_at
FROM all_issues i JOIN loads l USING (load_id) WHERE i.chart = ? GROUP BY i.first_day
"""


@click.command()
@click.argument("measure", type=click.Choice(MEASURES))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def reduce(folder: Path | None, measure: str, as_json: bool) -> None:
    """Count what accounts did into the weeks of trending-tv; weeks that are settled and have new events.

    Ends with letting go of events that belong to no title.
    """
    desk = work.open_here(folder)
    done = reduce_interactions(desk, work.now())
    if as_json:
        weeks = [
            {"snapshot": loaded.snapshot_id, "vintage": loaded.vintage, **msgspec.structs.asdict(week)}
            for week, loaded in done
        ]
        click.echo(json_text({"measure": measure, "weeks": weeks}))
        return
    for week, loaded in done:
        head = f"{TRENDING_TV.title}, {week.first_day}/{week.last_day} ({week.ranked_by}): {_outcome(loaded)}"
        if week.hours_missing:
            head += f"; held in part: {week.hours_missing} of its hours were not witnessed, or not wholly"
        click.echo(output.printable(head))
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
    if not done:
        click.echo("no settled week has new events; a week settles 36 hours after its Sunday")


def _outcome(loaded: Loaded) -> str:
    return "as it was" if loaded.vintage == "same" else f"snapshot {loaded.snapshot_id[:19]}…"


def reduce_interactions(desk: Desk, now: datetime) -> list[tuple[Reduction, Loaded]]:
    """Reduce every settled week with events that came after it was last reduced; then prune the events."""
    store = work.store_of(desk)
    stream = Stream(store)
    if not stream.exists():
        raise UsageError("no events are held; load a feed of posts first (docs/social.md)")
    with store.open() as held:
        reduced = {row["first_day"]: row["loaded_at"] for row in held.query(_REDUCED, [TRENDING_TV.id]).to_pylist()}
    gazetteer = desk.gazetteer()
    done = []
    with DuckEngine() as engine:
        stream.register(engine)
        answering = inherited(engine, gazetteer)
        engine.register("all_links", pa.concat_tables([engine.query("SELECT * FROM links"), answering]))
        engine.step("links", "FROM all_links")
        engine.register("owned", owned_table(desk.owned()))
        weeks = settled_weeks(engine, now)
        found = reduce_weeks(engine, weeks, gazetteer.titles()) if weeks else []
        rests_on = engine.query(_RESTS_ON).to_pylist() if weeks else []
        newest = {row["first_day"]: row["loaded_at"] for row in engine.query(_NEWEST).to_pylist()} if weeks else {}
        for week in found:
            loads = [row for row in rests_on if row["first_day"] == week.first_day]
            last = reduced.get(week.first_day)
            if last is None or newest[week.first_day] > last:
                origins = [msgspec.json.decode(row["origin"], type=Origin) for row in loads]
                settled = day_begins(week.last_day) + timedelta(days=1) + SETTLE
                known = max([settled, *(row["known_from"] for row in loads)]).date()
                origin = _origin(desk, week, origins)
                done.append((week, store.load(WEEK, encode(week), origin, now=now, fetched=known)))
    stream.prune(now, answering)
    return done


def _origin(desk: Desk, week: Reduction, of: list[Origin]) -> Origin:
    """Ours, as strong as the weakest of what it was counted from, and showing no more than that may."""
    status = weakest(origin.status for origin in of) or Evidence.CAPTURED
    producers = ", ".join(dict.fromkeys(f"{origin.producer} ({origin.title})" for origin in of))
    stands_for = [origin.stands_for for origin in of if origin.stands_for]
    order = list(MayShow)
    return Origin(
        producer=desk.settings.name,
        title="Trending TV, counted from posts, likes and reposts",
        licence="counts; the events are their platforms' and accounts'",
        description=f"Counted from events of {producers}",
        processing=f"profiles {', '.join(week.profiles)}, ranked by {week.ranked_by}",
        may_show=max((origin.may_show for origin in of), key=order.index, default=MayShow.VALUES),
        status=status,
        stands_for=stands_for[0] if stands_for and status is Evidence.SIMULATED else None,
        complete_for="*" if all(origin.complete_for == "*" for origin in of) else "",
    )
