"""`load` and `rebuild`: files in, tables made again."""

import sys
from datetime import date
from pathlib import Path

import click

from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import GroundswellError, UsageError, nearest
from groundswell.core.origin import Evidence
from groundswell.core.quantity import counted
from groundswell.feeds import NEED_MAPPING
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.hashtag import HashtagViews
from groundswell.feeds.series_csv import SeriesCsv
from groundswell.newsroom.desk import Desk, FeedEntry
from groundswell.store import Loaded, moment_text
from groundswell.store.store import Progress


@click.command(short_help="Take a producer's file in.")
@click.argument("feed", required=False)
@click.argument("place", required=False, metavar="[PATH|URL]")
@click.option("--all", "everything", is_flag=True, help="Load every feed of desk.toml.")
@click.option(
    "--chart",
    "--measure",
    "--platform",
    "--title",
    "mapping",
    metavar="ID",
    help="Which mapped file of desk.toml is meant, by its chart, measure, platform or title.",
)
@click.option("--fetched", metavar="D", help="The day the file was fetched from its producer: what was known when.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a load.")
@click.pass_obj
def load(
    folder: Path | None,
    feed: str | None,
    place: str | None,
    everything: bool,
    mapping: str | None,
    fetched: str | None,
    as_json: bool,
) -> None:
    """Take a producer's file in: rows kept, findings, and what changed since the last edition.

    FEED alone loads what desk.toml names for it, else the producer's public address.
    """
    if everything == (feed is not None):
        raise UsageError("name one FEED to load, or --all for every feed of desk.toml")
    desk = work.open_here(folder)
    day = work.day(fetched)
    failed: list[GroundswellError] = []
    if feed is not None and place is not None:
        entries: list[FeedEntry] = []
        _report(_load_place(desk, feed, place, mapping, day), feed, as_json)
    else:
        entries = [*desk.settings.feeds] if feed is None else _mapped(desk, feed, mapping)
        if not entries and everything:
            raise UsageError("desk.toml names no feeds; add [[feeds]] to it (docs/feeds.md)")
        if not entries and feed is not None:
            known = work.named(feed)
            if known.url is None:
                raise UsageError(f"feed {feed} has no public address; name a file")
            _report(work.load_url(desk, known, known.url, day, _progress(feed)), feed, as_json)
    for entry in entries:
        try:
            name = entry.feed if len(entries) == 1 else f"{entry.feed}, {entry.path or entry.url}"
            _report(work.load_entry(desk, entry, day, _progress(entry.feed)), name, as_json)
        except GroundswellError as error:
            if len(entries) == 1:
                raise
            click.echo(f"groundswell: {output.printable(str(error))}", err=True)
            failed.append(error)
    if failed:
        click.get_current_context().exit(max(error.exit_code for error in failed))


def _mapped(desk: Desk, feed: str, mapping: str | None) -> list[FeedEntry]:
    """The entries of desk.toml of this feed, known by `mapping` where one is named; `UsageError` when none of them is."""
    entries = [entry for entry in desk.settings.feeds if entry.feed == feed]
    found = [entry for entry in entries if mapping in (None, entry.known_by)]
    if entries and mapping and not found:
        ids = [entry.known_by for entry in entries if entry.known_by]
        raise UsageError(f"desk.toml maps no '{mapping[:40]}' for feed '{feed}'; {nearest(mapping, ids)}")
    return found


def _load_place(desk: Desk, feed: str, place: str, mapping: str | None, day: date | None) -> Loaded:
    if feed in NEED_MAPPING:
        entries = _mapped(desk, feed, mapping)
        if len(entries) != 1:
            ids = ", ".join(dict.fromkeys(e.known_by or "one without" for e in desk.settings.feeds if e.feed == feed))
            if not ids:
                raise UsageError(f"feed '{feed}' is loaded as desk.toml maps it: add it there first (docs/feeds.md)")
            options = {ChartCsv.id: "--chart", SeriesCsv.id: "--measure", HashtagViews.id: "--title"}
            option = options.get(feed, "--platform")
            raise UsageError(f"say which mapping of desk.toml is meant with {option}; mapped: {ids}")
        known = work.mapped(entries[0])
    else:
        known = work.named(feed)
    if "://" in place:
        return work.load_url(desk, known, place, day, _progress(feed))
    return work.load_file(desk, known, Path(place), day, _progress(feed))


def _progress(name: str) -> Progress:
    """Tells a terminal what is going on, and a pipe nothing."""

    def tell(step: str) -> None:
        line = f"{name}: {step} done" if step != "changes" else ""
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    return tell if sys.stderr.isatty() else lambda _: None


def _report(loaded: Loaded, name: str, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(loaded.as_json()))
        return
    known = f"known from {moment_text(loaded.known_from)}"
    if loaded.evidence is Evidence.SIMULATED:
        known += "; simulated"
    if loaded.vintage == "same":
        click.echo(output.printable(f"{name}: already held, {known}; nothing changed"))
        return
    rows, findings = counted(loaded.rows_read, "row"), counted(loaded.findings_count, "finding")
    click.echo(f"{output.printable(name)}: {rows} read, {loaded.rows_kept:,} kept, {findings}; {known}")
    for finding in loaded.findings[:10]:
        click.echo(output.printable(f"  {finding}"))
    if loaded.findings_count > 10:
        click.echo(f"  … and {loaded.findings_count - 10:,} more: groundswell status --findings")
    changes = loaded.changes
    if changes.against is not None and (changes.common or changes.gone):
        both = counted(changes.common, "entry", "entries")
        renamed = counted(sum(rename.entries for rename in changes.renames), "entry", "entries")
        click.echo(
            f"  against the edition before or after it ({changes.against[:19]}…), {both} in both: "
            f"{counted(changes.revised, 'figure')} revised, {counted(len(changes.renames), 'title')} renamed ({renamed}), "
            f"{changes.gone:,} gone"
        )
        for rename in changes.renames[:5]:
            click.echo(output.printable(f"    {rename}"))
        if len(changes.renames) > 5:
            click.echo(f"    … and {counted(len(changes.renames) - 5, 'more rename')}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def rebuild(folder: Path | None, as_json: bool) -> None:
    """Make the tables again from the snapshots kept as evidence."""
    desk = work.open_here(folder)
    rebuilt: list[str] = []
    refused = work.store_of(desk).rebuild(work.feed_of, rebuilt.append)
    if as_json:
        click.echo(json_text({"rebuilt": rebuilt, "refused": refused}))
        return
    click.echo(f"{counted(len(rebuilt), 'snapshot')} read again")
    for line in refused:
        click.echo(output.printable(f"  not readable, still kept: {line}"))
