"""`reduce live`: from viewing sessions to the audience of each event of the catalogue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import click
import msgspec
import pyarrow as pa

from groundswell.charts.viewing import FLOOR
from groundswell.cli import output, work
from groundswell.core.audience import WINDOWS, LiveAudience, decode, encode
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.origin import MayShow, Origin
from groundswell.feeds.audience import EVENT
from groundswell.measures.audience import METHOD, Event, audience_of
from groundswell.newsroom.desk import Desk
from groundswell.store import DuckEngine, Loaded, Store
from groundswell.store.viewing import MEMORY, Viewing

_FIGURES = ("weights_differ", "unstated", "windows", "peaks", "any_beacon")


def reduce_live(desk: Desk, now: datetime) -> tuple[list[tuple[LiveAudience, Loaded]], list[str]]:
    """Reduce every event of the catalogue that is over, and of whose days sessions came since it was last reduced.

    What was reduced of one that the catalogue has moved is withdrawn, and is among them.
    The second is a line for each that is left out, since its sessions could be of another.
    """
    store = work.store_of(desk)
    viewing = Viewing(store)
    if not viewing.exists():
        raise UsageError("no sessions are held; load a feed viewing.sessions first (docs/viewing.md)")
    before = _reduced(store)
    done: list[tuple[LiveAudience, Loaded]] = []
    catalogue, listed = viewing.catalogue()
    if listed is None:
        raise UsageError("no catalogue is held, so no title is a live event; load a feed viewing.catalogue")
    events, left = _events(desk, catalogue, now)
    everything = viewing.held()
    for stood in _moved(catalogue, before):
        loads = viewing.origins({load for of in everything.days.values() for load in of})
        rested_on = [load for load in loads if load["snapshot_id"] in stood.sessions]
        known = max(stood.known_from, listed["known_from"])
        gone = msgspec.structs.replace(stood, catalogue=listed["snapshot_id"], withdrawn=True)
        origin = _origin(desk, gone, [*rested_on, listed])
        done.append((gone, store.load(EVENT, encode(gone), origin, now=now, fetched=known.date())))
    now += timedelta.resolution  # so that what is counted now stands, also on the days of what was just withdrawn
    for event in events:
        days = everything.between((event.live_from - timedelta(days=1)).date(), max(map(event.until, WINDOWS)).date())
        loads = viewing.origins({load for of in days.days.values() for load in of})
        if not loads:
            continue
        last = before.get((event.title, event.season, event.live_from))
        rests_on = tuple(sorted({load["snapshot_id"] for load in loads}))
        known = max(load["known_from"] for load in loads)
        if last is not None and _stands(last, event, rests_on, known, desk.settings.coviewing):
            continue
        with DuckEngine(memory=MEMORY) as engine:
            days.register(engine)
            audience = audience_of(
                engine, event, known, coviewing=desk.settings.coviewing, sessions=rests_on, fewest=FLOOR
            )
        if audience is not None:
            audience = msgspec.structs.replace(audience, catalogue=listed["snapshot_id"])
            known = max(known, listed["known_from"])
            origin = _origin(desk, audience, [*loads, listed])
            done.append((audience, store.load(EVENT, encode(audience), origin, now=now, fetched=known.date())))
    return done, left


def _events(desk: Desk, catalogue: pa.Table, now: datetime) -> tuple[list[Event], list[str]]:
    """What is over, and a line for each whose windows meet those of another under its name: a session does not say of which."""
    events = [
        Event(row["title"], row["season"], row["live_from"], row["live_to"], desk.settings.timezone)
        for row in catalogue.to_pylist()
        if row["live_from"] is not None
    ]
    apart, left = [], []
    for event in events:
        if any(
            other is not event
            and (other.title, other.season) == (event.title, event.season)
            and other.live_from < event.until(WINDOWS[-1])
            and event.live_from < other.until(WINDOWS[-1])
            for other in events
        ):
            left.append(
                f"{event.title}, live from {event.live_from:%Y-%m-%d %H:%M}: another event of this title and season is within "
                f"{WINDOWS[-1]} of it, and sessions cannot tell them apart; give each a season of its own"
            )
        elif event.live_to <= now:
            apart.append(event)
    return apart, left


def _reduced(store: Store) -> dict[tuple[str, str, datetime], LiveAudience]:
    """The events reduced so far, each as it was known last."""
    files = (decode(store.snapshot(load.snapshot_id)) for load in store.loads() if load.feed == EVENT.id)
    return {(one.title, one.season, one.live_from): one for one in files}


def _moved(catalogue: pa.Table, before: dict[tuple[str, str, datetime], LiveAudience]) -> Iterator[LiveAudience]:
    """What stands of events whose title and season the catalogue has live, but not at that time."""
    live = {(row["title"], row["season"], row["live_from"]) for row in catalogue.to_pylist() if row["live_from"]}
    named = {(title, season) for title, season, _ in live}
    for key, last in before.items():
        if not last.withdrawn and key not in live and key[:2] in named:
            yield last


def _origin(desk: Desk, of: LiveAudience, loads: list[dict[str, Any]]) -> Origin:
    how = "; {:,} sessions do not say whether they were live: live while the event was, on demand after"
    return work.reduced_origin(
        desk,
        [msgspec.json.decode(load["origin"], type=Origin) for load in loads],
        title=f"Live audience of {of.title}, counted from viewing sessions",
        licence="counts; the sessions are their producer's and nobody else's to see",
        of="sessions and titles",
        processing=f"method {METHOD.id}",
        figures=how.format(of.unstated) if of.unstated else "",
    )


def _stands(last: LiveAudience, event: Event, rests_on: tuple[str, ...], known: datetime, coviewing: Decimal) -> bool:
    now = (event.live_to, event.zone, METHOD.id, coviewing, rests_on, known)
    return (
        not last.withdrawn
        and (last.live_to, last.zone, last.method, last.coviewing, last.sessions, last.known_from) == now
    )


def print_live(desk: Desk, as_json: bool) -> None:
    """Reduce, and print a table an event, or all of it as JSON without the minutes."""
    done, left = reduce_live(desk, work.now())
    if as_json:
        events = [
            {
                "snapshot": loaded.snapshot_id,
                "vintage": loaded.vintage,
                "evidence": loaded.evidence,
                "may_show": loaded.may_show,
                **_document(audience, loaded.may_show),
            }
            for audience, loaded in done
        ]
        click.echo(json_text({"measure": "live", "events": events, "left_out": left}))
        return
    for audience, loaded in done:
        began = audience.live_from.astimezone(desk.settings.zone)
        click.echo(
            output.printable(f"{audience.title}, {began:%Y-%m-%d %H:%M} ({audience.method}): {work.outcome(loaded)}")
        )
        if audience.withdrawn:
            click.echo("withdrawn: the catalogue has it at another time")
            continue
        if loaded.may_show is not MayShow.VALUES:
            click.echo("its figures may not be shown")
            continue
        heads = ["territory", "window", "average minute audience", "reach", "mean time", ""]
        output.console().print(output.table(heads, [*_rows(audience)], right=heads[2:5]))
        if audience.weights_differ:
            click.echo(f"{audience.weights_differ:,} profiles state several weights; the smallest counts")
    for line in left:
        click.echo(output.printable(f"left out: {line}"))
    if not done:
        click.echo("no event of the catalogue is over and has new sessions")


def _document(audience: LiveAudience, may_show: MayShow) -> dict[str, object]:
    hidden = {"minutes"} if may_show is MayShow.VALUES and not audience.withdrawn else {"minutes", *_FIGURES}
    return {name: value for name, value in msgspec.structs.asdict(audience).items() if name not in hidden}


def _rows(audience: LiveAudience) -> Iterator[tuple[object, ...]]:
    for one in audience.windows:
        yield (
            one.territory,
            one.window,
            f"{one.average:,.0f}",
            f"{one.reach:,.0f}",
            f"{one.mean_minutes:,.1f} min",
            "preliminary" if one.preliminary else "",
        )
