"""`reduce viewing`: from sessions to the weekly lists of viewing."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

import click
import msgspec
import pyarrow as pa

from groundswell.catalog import WORLDWIDE
from groundswell.charts.definition import Charts
from groundswell.charts.viewing import FLOOR, rank
from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.origin import MayShow, Origin
from groundswell.core.quantity import counted
from groundswell.core.viewed import ViewedWeek, encode
from groundswell.feeds.viewed import VIEWED
from groundswell.measures.netflix import method_on
from groundswell.measures.viewing import VIEWING, Week, count, seconds_watched, titles_of, unstated, weeks_between
from groundswell.newsroom.desk import Desk, zone_of
from groundswell.store import DuckEngine, Loaded, SparkEngine
from groundswell.store.viewing import MEMORY, Held, Viewing

_VERSION = 2
"""Of how a week is counted: a week counted by another is counted anew."""
Count = Callable[[Viewing, Held, Week, pa.Table], tuple[pa.Table, int, int]]
"""The cells of a week, the seconds of all its sessions, and how many of them do not say which cut they are of, by an engine."""


def count_here(viewing: Viewing, held: Held, week: Week, titles: pa.Table) -> tuple[pa.Table, int, int]:
    """By DuckDB, which holds no more than `MEMORY` and spills the rest."""
    with DuckEngine(memory=MEMORY) as engine:
        return _counted(engine, held, week, titles)


def count_on_spark(viewing: Viewing, held: Held, week: Week, titles: pa.Table) -> tuple[pa.Table, int, int]:
    """By Spark, as Spark is set up."""
    with SparkEngine() as engine:
        return _counted(engine, held, week, titles)


def _counted(engine: DuckEngine | SparkEngine, held: Held, week: Week, titles: pa.Table) -> tuple[pa.Table, int, int]:
    held.register(engine)
    count(engine, week, titles)
    return engine.query("SELECT * FROM cells"), seconds_watched(engine, week), unstated(engine, week)


def reduce_viewing(desk: Desk, now: datetime, count_by: Count = count_here) -> Iterator[tuple[ViewedWeek, Loaded]]:
    """Reduce every week that is over and whose deliveries or catalogue are not those it was last counted from."""
    store = work.store_of(desk)
    viewing = Viewing(store)
    if not viewing.exists():
        raise UsageError("no sessions are held; load a feed viewing.sessions first (docs/feeds.md)")
    catalogue, listed = viewing.catalogue()
    if listed is None:
        raise UsageError("no catalogue is held, so no title has a list or a runtime; load a feed viewing.catalogue")
    zone, counted = desk.settings.viewing.zone, viewing.counted()
    everything = viewing.held()
    for week in weeks_between(everything.days, zone_of(zone)):
        held = everything.between(*week.days)
        needed = _days_needed(week, min(everything.days))
        inputs = _inputs(held, needed, listed["load_id"], zone)
        if week.ends > now or counted.get(week.period.first) == inputs:
            continue
        titles = titles_of(catalogue, week)
        cells, seconds, no_cut = work.steady(partial(count_by, viewing, held, week, titles))
        if seconds:
            missing = sum(day not in held.days for day in needed)
            reduced = _ranked(cells, titles, week, zone=zone, inputs=inputs, days_missing=missing, seconds=seconds)
            rests_on = [*viewing.origins(load for loads in held.days.values() for load in loads), listed]
            known = max([week.ends, *(row["known_from"] for row in rests_on)]).date()
            yield reduced, store.load(VIEWED, encode(reduced), _origin(desk, rests_on, no_cut), now=now, fetched=known)
        viewing.mark_counted(week.period.first, inputs)


def _days_needed(week: Week, opened: date) -> list[date]:
    """The days on which a session of the week may have begun; none did before the first day ever delivered's week."""
    first, last = week.days
    if opened >= week.begins.date():
        first = week.begins.date()
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def _ranked(
    cells: pa.Table, titles: pa.Table, week: Week, *, zone: str, inputs: str, days_missing: int, seconds: int
) -> ViewedWeek:
    method = method_on(VIEWING, week.period.last)
    assert method is not None
    with DuckEngine() as engine:
        engine.register("cells", cells)
        engine.register("week_titles", titles)
        return rank(engine, week, method, zone=zone, inputs=inputs, days_missing=days_missing, seconds=seconds)


def _inputs(held: Held, needed: list[date], catalogue: str, zone: str) -> str:
    loads = sorted((str(day), *loads) for day, loads in held.days.items())
    what = [_VERSION, zone, FLOOR, catalogue, len(needed), loads]
    return "sha256:" + hashlib.sha256(msgspec.json.encode(what)).hexdigest()


def _origin(desk: Desk, rests_on: list[dict[str, Any]], no_cut: int) -> Origin:
    how = f"; {no_cut:,} sessions of events do not say that they were live, and count as on demand" if no_cut else ""
    return work.reduced_origin(
        desk,
        [msgspec.json.decode(row["origin"], type=Origin) for row in rests_on],
        title="Top 10 by viewing, counted from viewing sessions",
        licence="counts; the sessions are their producer's and nobody else's to see",
        of="sessions and titles",
        processing=f"Monday to Sunday, {desk.settings.viewing.zone}",
        figures=how,
    )


def print_viewing(desk: Desk, as_json: bool, count_by: Count = count_here) -> None:
    """Reduce, and print a line a week, or all of it as JSON without its titles' figures."""
    done = []
    for week, loaded in reduce_viewing(desk, work.now(), count_by):
        done.append((week, loaded))
        if not as_json:
            click.echo(output.printable_lines(_line(week, loaded, desk.charts)))
    if as_json:
        weeks = [
            {
                "snapshot": loaded.snapshot_id,
                "vintage": loaded.vintage,
                "evidence": loaded.evidence,
                "may_show": loaded.may_show,
                "period": [week.first_day.isoformat(), week.last_day.isoformat()],
                "zone": week.zone,
                "method": week.method,
                "days_missing": week.days_missing,
                "hours_watched": week.hours_watched if loaded.may_show is MayShow.VALUES else None,
                "hours_in_no_title": week.hours_in_no_title if loaded.may_show is MayShow.VALUES else None,
                "lists": len(week.lists),
                "titles": len(week.titles),
            }
            for week, loaded in done
        ]
        click.echo(json_text({"measure": "viewing", "weeks": weeks}))
    elif not done:
        click.echo("no week that is over has new sessions or a new catalogue")


def _line(week: ViewedWeek, loaded: Loaded, charts: Charts) -> str:
    territories = {of.territory for of in week.lists if of.territory != WORLDWIDE}
    shown = loaded.may_show is MayShow.VALUES
    hours = f"{week.hours_watched:,.0f} hours, " if shown else ""
    said = (
        f"{week.first_day}/{week.last_day} ({week.method}, {week.zone}): {hours}{counted(len(week.lists), 'list')} "
        f"of {counted(len(territories), 'territory', 'territories')} and worldwide; {work.outcome(loaded)}"
    )
    leaders = [
        f"{charts.get(of.chart).title}: {of.entries[0].title}"
        for of in week.lists
        if of.territory == WORLDWIDE and of.entries and loaded.may_show is not MayShow.NOTHING
    ]
    if week.hours_in_no_title and shown:
        said += f"; {week.hours_in_no_title:,.0f} hours are of no title in the catalogue"
    if week.days_missing:
        said += (
            f"; held in part, without ranks and figures: of {week.days_missing} of the days on which its sessions may have begun "
            "(the day before it is one) none was delivered"
        )
    return "\n  ".join([said, *leaders])
