"""`status` and `chart`: what is held, and what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from groundswell.catalog import WORLDWIDE, code_of, name_of
from groundswell.charts import (
    Entry,
    Issue,
    ReachIssue,
    figure_text,
    heading,
    issue,
    reach,
    reconcile_last_week,
    reconcile_weeks,
)
from groundswell.charts.definition import TRENDING_NOW
from groundswell.charts.issue import Reconciled
from groundswell.cli import output, work
from groundswell.cli.now import print_trending_now
from groundswell.core.document import csv_text, json_text
from groundswell.core.errors import UsageError
from groundswell.core.origin import Evidence, weakest
from groundswell.core.quantity import counted
from groundswell.measures.critics import ScoresReconciled, reconcile_scores
from groundswell.measures.netflix import ViewsReconciled, reconcile_views
from groundswell.newsroom.desk import Desk
from groundswell.store import Loaded, moment_text
from groundswell.store.snapshots import Manifest
from groundswell.store.stream import Held, Stream
from groundswell.store.viewing import Viewing

_NOT_STATED, _NOT_KNOWN = "–", "?"
_HELD = """
SELECT chart, count(DISTINCT territory) AS territories, count(DISTINCT last_day) FILTER (held) AS issues,
       min(last_day) FILTER (held) AS since, max(last_day) FILTER (held) AS until,
       count(DISTINCT last_day) FILTER (NOT held_whole) AS gaps
FROM (SELECT x.*, h.issue_no IS NOT NULL AS held
      FROM expected x LEFT JOIN (SELECT DISTINCT chart, territory, issue_no FROM held) h USING (chart, territory, issue_no))
GROUP BY chart ORDER BY chart
"""
_SERIES = """
SELECT measure, unit, count(DISTINCT subject) AS subjects, count(DISTINCT territory) AS territories, count(value) AS readings,
       min(first_day) AS since, max(last_day) AS until
FROM (FROM levels UNION ALL BY NAME FROM withheld) GROUP BY measure, unit ORDER BY measure, unit
"""


@click.command()
@click.option("--findings", is_flag=True, help="Print every finding: place, what, why.")
@click.option(
    "--reconcile",
    is_flag=True,
    help="Hold what producers print (weeks, ranks of last week, views, scores) against what is computed, and print that alone.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def status(folder: Path | None, findings: bool, reconcile: bool, as_json: bool) -> None:
    """What is loaded, until when, gaps and findings."""
    desk = work.open_here(folder)
    store = work.store_of(desk)
    loads = store.loads()
    unfinished = store.unfinished()
    stream = Stream(store)
    events = stream.held()
    loads += [*stream.loads(), *Viewing(store).loads()]
    with work.record_of(desk) as record:
        held = record.engine.query(_HELD).to_pylist()
        series = record.engine.query(_SERIES).to_pylist()
        weeks = reconcile_weeks(record.engine) if reconcile else []
        last_week = reconcile_last_week(record.engine) if reconcile else []
        views = reconcile_views(record.engine) if reconcile else None
        scores = reconcile_scores(record.engine) if reconcile else []
    if as_json:
        body: dict[str, object] = {
            "desk": desk.settings.name,
            "loads": [load.as_json() for load in loads],
            "unfinished": [manifest.snapshot_id for manifest in unfinished],
            "charts": held,
            "series": series,
            "events": [asdict(platform) for platform in events],
        }
        if views is not None:
            body["weeks"] = [dict(row.__dict__) for row in weeks]
            body["last_week"] = [dict(row.__dict__) for row in last_week]
            body["views"] = {"classes": views.classes, "examples": views.examples}
            body["scores"] = [asdict(row) for row in scores]
        click.echo(json_text(body))
        return
    if views is None:
        _print_held(loads, unfinished, held, series, events)
    if findings:
        for load in loads:
            for finding in load.findings:
                click.echo(output.printable(f"{load.feed} {load.snapshot_id[:15]}… {finding}"))
    if views is not None:
        _print_reconciled(weeks, last_week, views, scores)


def _print_held(
    loads: Sequence[Loaded],
    unfinished: Sequence[Manifest],
    held: Sequence[dict[str, object]],
    series: Sequence[dict[str, object]],
    events: Sequence[Held],
) -> None:
    if not loads and not unfinished:
        click.echo("Nothing is loaded yet: name your files in desk.toml (docs/feeds.md), then groundswell load --all")
        return
    console = output.console()
    rows = [
        (
            load.feed,
            moment_text(load.known_from),
            load.rows_read,
            load.rows_kept,
            load.findings_count,
            load.evidence.value,
            load.snapshot_id[:19] + "…",
        )
        for load in loads
    ]
    heads = ["feed", "known from", "rows", "kept", "findings", "evidence", "snapshot"]
    console.print(output.table(heads, rows, right=heads[2:5]))
    console.print()
    columns = ["chart", "territories", "issues", "since", "until", "gaps"]
    console.print(
        output.table(columns, [[row[column] for column in columns] for row in held], right=columns[1:3] + ["gaps"])
    )
    if series:
        columns = ["measure", "unit", "subjects", "territories", "readings", "since", "until"]
        console.print()
        console.print(
            output.table(columns, [[row[column] for column in columns] for row in series], right=columns[2:5])
        )
    if events:
        console.print()
        heads = ["platform", "events kept", "posts", "naming a title", "lines seen", "since", "until"]
        kept = [(e.platform, e.events, e.posts, e.linked_posts, e.lines, e.since, e.until) for e in events]
        console.print(output.table(heads, kept, right=heads[1:5]))
    for manifest in unfinished:
        console.print(
            f"\n{manifest.feed}: a snapshot was kept but its load did not end; load it again, or run 'groundswell rebuild'"
        )


def _print_reconciled(
    weeks: Sequence[Reconciled],
    last_week: Sequence[Reconciled],
    views: ViewsReconciled,
    scores: Sequence[ScoresReconciled],
) -> None:
    """What differs, then how much of each kind is as computed: one line where nothing differs."""
    kinds = {"weeks": weeks, "ranks of last week": last_week}
    for kind, charts in kinds.items():
        for row in charts:
            if row.same < row.entries:
                click.echo(
                    f"{row.chart}: {kind} as printed in {row.same:,} of {counted(row.entries, 'entry', 'entries')}"
                )
                for example in row.examples:
                    click.echo(output.printable(f"  {example}"))
    printed = {name: count for name, count in views.classes.items() if name != "not printed"}
    for name, count in sorted(printed.items(), key=lambda pair: -pair[1]):
        if name != "same":
            examples = "; ".join(views.examples.get(name, []))
            click.echo(output.printable(f"views against hours and runtime, {name}: {count:,} ({examples})"))
    for one in scores:
        if one.name != "same":
            click.echo(output.printable(f"critics' scores, {one.name}: {one.scores:,} ({', '.join(one.examples)})"))
    held = {kind: (sum(r.same for r in of), sum(r.entries for r in of)) for kind, of in kinds.items()}
    held["views"] = printed.get("same", 0), sum(printed.values())
    held["scores"] = sum(one.scores for one in scores if one.name == "same"), sum(one.scores for one in scores)
    said = ", ".join(f"{same:,} of {count:,} {kind}" for kind, (same, count) in held.items() if count)
    click.echo(
        f"As computed: {said}."
        if said
        else "Nothing held prints weeks, ranks of last week, views or scores that could be computed here."
    )


@click.command(short_help="One issue of a chart, or each title's reach.")
@click.argument("chart_id", metavar="CHART")
@click.option(
    "--issue", "on", metavar="D", help="The issue whose period contains this day; the last one held by default."
)
@click.option("--territory", metavar="CC", help="A territory's ISO 3166 code or name; worldwide by default.")
@click.option("--as-of", metavar="T", help="What was known then: a day (its end) or a time.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def chart(
    folder: Path | None,
    chart_id: str,
    on: str | None,
    territory: str | None,
    as_of: str | None,
    form: str,
    as_json: bool,
) -> None:
    """One issue of a chart with all its columns; of a chart by territory without --territory, each title's reach."""
    desk = work.open_here(folder)
    form = "json" if as_json else form
    at = work.moment(as_of)
    day = work.day(on)
    if chart_id == TRENDING_NOW.id:
        if on or territory:
            raise UsageError(
                "trending-now has neither issues nor territories; --as-of T ends its 24 hours at another time"
            )
        print_trending_now(desk, at or work.now(), form)
        return
    with work.record_of(desk, at) as record:
        known = record.engine.query("SELECT max(known_from) FROM loads").column(0)[0].as_py()
        if at is not None and known is None and (held := work.store_of(desk).loads()):
            first = moment_text(min(load.known_from for load in held))
            raise UsageError(f"nothing was known at {moment_text(at)}; what is held is known from {first} on")
        definition = record.check_chart(chart_id)
        moment = at or known
        if territory is None and definition.by_territory:
            _print_reach(reach(record.engine, definition, day), moment, form)
            return
        code = code_of(territory) if territory else WORLDWIDE
        if code is None:
            raise UsageError(f"no territory '{territory}'; write an ISO 3166 code such as GB, or WW")
        _print_issue(desk, issue(record.engine, definition, code, day), moment, form)


def _print_reach(found: ReachIssue, moment: datetime, form: str) -> None:
    columns = ["territories", "best_rank", "title", "season"]
    rows = [(e.territory_reach, e.best_rank, e.title, e.season) for e in found.entries]
    if form == "json":
        click.echo(json_text({**found.as_json(), "as_of": moment_text(moment)}))
    elif form == "csv":
        click.echo(csv_text(columns, rows), nl=False)
    else:
        head = f"{found.chart.title}, {found.period}: titles by territory reach, of {found.territories_with_list} with a list held"
        click.echo(output.printable(head))
        stated = [(reached, _rank(best), *names) for reached, best, *names in rows[:20]]
        output.console().print(output.table(columns, stated, right=columns[:2]))
        _say_not_stated(best for _, best, *_ in rows[:20])
        if len(rows) > 20:
            click.echo(f"… and {len(rows) - 20} more; --format csv has all. Name one list with --territory CC.")


def _print_issue(desk: Desk, found: Issue, moment: datetime, form: str) -> None:
    if form == "json":
        click.echo(json_text({**found.as_json(), "as_of": moment_text(moment)}))
        return
    if form == "csv":
        click.echo(found.as_csv(), nl=False)
        return
    where = "" if found.territory == WORLDWIDE else f", {name_of(found.territory)}"
    dated = f", list dated {found.published_on}" if found.published_on else ""
    head = f"{found.chart.title}{where}, {found.period}{dated} (method {found.method or 'as printed'}; as of {moment_text(moment)})"
    weakest_of = weakest(Evidence(entry.evidence) for entry in found.entries)
    click.echo(output.printable(head + (": simulated" if weakest_of is Evidence.SIMULATED else "")))
    printed = sorted({measure for entry in found.entries for measure in entry.values})
    measures = [measure for measure in printed if measure not in found.chart.apart]
    seasons = any(entry.season for entry in found.entries)
    shown = [
        (
            _rank(e.rank),
            _moved(e),
            e.title,
            *([_season(e)] if seasons else []),
            *(figure_text(m, e.values.get(m)) for m in measures),
            e.weeks_on_chart,
            _rank(e.peak),
            e.streak,
            _rank(e.streak_at_top),
        )
        for e in found.entries
    ]
    names = ["title", "season"] if seasons else ["title"]
    heads = ["#", "", *names, *map(heading, measures), "weeks", "peak", "streak", "at No. 1"]
    output.console().print(output.table(heads, shown, right=[head for head in heads if head not in names]))
    if apart := [measure for measure in found.chart.apart if measure in printed]:
        shown = [(_rank(e.rank), e.title, *(figure_text(m, e.values.get(m)) for m in apart)) for e in found.entries]
        heads = ["#", "title", *map(heading, apart)]
        click.echo()
        output.console().print(output.table(heads, shown, right=["#", *heads[2:]]))
    _say_not_stated(rank for e in found.entries for rank in (e.rank, e.peak, e.streak_at_top))
    if any(_moved(e) == _NOT_KNOWN for e in found.entries):
        click.echo(f"{_NOT_KNOWN}: whether it moved or is new is not known, since what decides it is not held.")
    if found.complete_for not in ("*", None):
        click.echo(output.printable(f"Held whole for {found.complete_for} alone."))
    elif found.complete_for is None:
        click.echo(
            "Held in part: some of its rows were findings (groundswell status --findings), or some of its days were not delivered."
        )
    if found.gaps:
        named = ", ".join(str(gap.last) for gap in found.gaps[:4]) + (" …" if len(found.gaps) > 4 else "")
        click.echo(
            f"{len(found.gaps)} earlier issues are not held whole ({named}): weeks and streaks are at least those shown."
        )


def _rank(known: int | None) -> str:
    return _NOT_STATED if known is None else str(known)


def _say_not_stated(ranks: Iterable[int | None]) -> None:
    if None in ranks:
        click.echo(f"{_NOT_STATED}: a rank that was not stated, or what depends on one.")


def _moved(entry: Entry) -> str:
    if entry.debut:
        return "new"
    if entry.re_entry:
        return "re-entry"
    if entry.change is None:
        return _NOT_KNOWN
    return "=" if entry.change == 0 else f"▲{entry.change}" if entry.change > 0 else f"▼{-entry.change}"


def _season(entry: Entry) -> str:
    return entry.season.removeprefix(entry.title).strip(" :") if entry.season else ""
