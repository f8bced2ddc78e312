"""`watch`: a platform's events while they happen, kept as they come."""

import sys
import time
from collections import deque
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final

import click
from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import UsageError
from groundswell.core.live import Batch, Cursor, Gap, span_text
from groundswell.core.quantity import counted
from groundswell.feeds.bluesky import JETSTREAM
from groundswell.measures.lately import SPAN, Lately
from groundswell.measures.posts import fingerprints, links_of
from groundswell.newsroom.desk import Desk
from groundswell.store import moment_text
from groundswell.store.stream import Stream

SECONDS_BETWEEN_LINES: Final = 60.0
SECONDS_BETWEEN_FORGETTING: Final = 3600.0
_MOVERS = 10


@click.command(short_help="Follow what accounts do, until Ctrl-C.")
@click.argument("platform", type=click.Choice(["bluesky"]))
@click.option("--host", metavar="HOST", help="A Jetstream server: a host, or wss://HOST/subscribe for its old wire.")
@click.option(
    "--cursor", metavar="T", help="Begin at this time, later than what is held: ISO with its zone, or microseconds."
)
@click.option("--keep-raw", is_flag=True, help="Keep the frames as they came as well, for 14 days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document a minute, and one at the end.")
@click.pass_obj
def watch(
    folder: Path | None, platform: str, host: str | None, cursor: str | None, keep_raw: bool, as_json: bool
) -> None:
    """Follow what accounts do and keep what may belong to a title, until Ctrl-C; goes on where the last watch stopped.

    Records are unverified: Jetstream carries no signatures.
    """
    del platform  # there is one
    _watch(work.open_here(folder), host, _moment(cursor), keep_raw, as_json)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        if text.isdecimal():
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(text))
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"--cursor '{text[:40]}' is no time: write 2026-07-04T14:38:08Z, or microseconds after 1970")


def _watch(desk: Desk, host: str | None, begin: datetime | None, keep_raw: bool, as_json: bool) -> None:
    try:
        from groundswell.feeds.jetstream import HOST, Watch, address
    except ImportError:
        raise UsageError(f"watch needs the extra 'live': {sys.executable} -m pip install 'groundswell[live]'") from None
    where = address(host or HOST)
    gazetteer, origin = desk.gazetteer(), JETSTREAM.origin
    assert origin is not None
    stream = Stream(work.store_of(desk))
    with ExitStack() as stack:
        stack.enter_context(stream.watching())
        stream.forget(work.now())
        held = stream.cursor()
        cursor, left_out = _beginning(held, begin)
        batches = stack.enter_context(closing(Watch(where, cursor, now=work.now).batches()))
        screen = stack.enter_context(Screen(where.host, as_json, gazetteer.titles()))
        forgot = time.monotonic()
        try:
            for batch in batches:
                if batch.activity.rows_read or batch.gaps:
                    batch = replace(batch, gaps=(*left_out, *batch.gaps))
                    events = batch.activity.events
                    links, ambiguous = links_of(events, gazetteer)
                    prints = fingerprints(events, links)
                    kept = stream.commit(
                        JETSTREAM.id,
                        "bluesky",
                        origin,
                        batch,
                        prints,
                        links,
                        work.now(),
                        keep_raw=keep_raw,
                        ambiguous=ambiguous,
                    )
                    left_out = ()
                    screen.lately.take(events, links)
                    screen.kept += kept
                screen.show(batch, work.now())
                if time.monotonic() - forgot >= SECONDS_BETWEEN_FORGETTING:
                    stream.forget(work.now())
                    forgot = time.monotonic()
        except KeyboardInterrupt:
            pass
        finally:
            stream.forget(work.now())
        screen.end(stream.cursor())


def _beginning(held: Cursor | None, begin: datetime | None) -> tuple[Cursor | None, tuple[Gap, ...]]:
    """Where to begin, and the time left out on purpose."""
    if begin is None:
        return held, ()
    if begin > work.now():
        raise UsageError(f"--cursor {moment_text(begin)} is yet to come")
    asked = Cursor(begin, "")
    if held is None:
        return asked, ()
    if begin <= held.at:
        raise UsageError(f"--cursor {moment_text(begin)}: what came until {moment_text(held.at)} is held already")
    return asked, (Gap(held.at, begin),)


@dataclass
class Screen:
    """A picture on a terminal, and in a pipe one line a minute."""

    host: str
    as_json: bool
    names: Mapping[str, str] = field(default_factory=dict)
    """The titles of subjects."""
    lately: Lately = field(default_factory=Lately)
    kept: int = 0
    gaps: list[Gap] = field(default_factory=list)
    note: str = ""
    _live: Live | None = None
    _seconds: deque[tuple[float, int, int]] = field(default_factory=lambda: deque(maxlen=30))
    _told: float = field(default_factory=time.monotonic)

    def __enter__(self) -> "Screen":
        self._seconds.append((time.monotonic(), 0, 0))
        if sys.stdout.isatty() and not self.as_json:
            self._live = Live(console=output.console(), auto_refresh=False)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, batch: Batch, now: datetime) -> None:
        """The last half minute, how far behind, and what moves."""
        at = time.monotonic()
        rows = batch.activity.tallies.select(["kind", "lines"]).to_pylist()
        posts = sum(row["lines"] for row in rows if row["kind"] == "post")
        self._seconds.append((at, posts, sum(row["lines"] for row in rows)))
        self.gaps += batch.gaps
        self.note = batch.notes[-1] if batch.notes else ("" if rows else self.note)
        if self._live is not None:
            self._live.update(self._picture(batch.cursor, now), refresh=True)
        elif at - self._told >= SECONDS_BETWEEN_LINES:
            self._told = at
            if self.as_json:
                click.echo(json_text(self._document(batch.cursor)))
                return
            top = [f"{one.subject} {one.acts:,} ({one.acts - one.before:+,})" for one in self.lately.moving(3)]
            click.echo(output.printable("; ".join([self._line(batch.cursor, now), *top])))

    def end(self, cursor: Cursor | None) -> None:
        """The last word."""
        if self._live is not None:
            self._live.stop()
        if self.as_json:
            click.echo(json_text(self._document(cursor)))
        else:
            until = f"held until {moment_text(cursor.at)}" if cursor else "nothing came"
            gaps = counted(len(self.gaps), "gap")
            click.echo(f"stopped; {counted(self.kept, 'event')} kept, {gaps}; {until}")

    def _document(self, cursor: Cursor | None) -> dict[str, object]:
        return {
            "host": self.host,
            "until": moment_text(cursor.at) if cursor else None,
            "kept": self.kept,
            "gaps": [[moment_text(gap.since), moment_text(gap.until)] for gap in self.gaps],
            "moving": [asdict(one) for one in self.lately.moving(_MOVERS)],
            "note": self.note or None,
        }

    def _picture(self, cursor: Cursor | None, now: datetime) -> Group:
        """What a terminal shows: lines short enough for a narrow one, and every title on a line of its own."""
        posts, events = self._rates()
        lines = [
            self.host,
            f"{posts:,.0f} posts/s  {events:,.0f} events/s  {self._behind(cursor, now)}",
            f"{counted(self.kept, 'event')} kept",
            self._gaps(),
            *([self.note] if self.note else []),
        ]
        minutes = SPAN // timedelta(minutes=1)
        moving = Table(box=None, pad_edge=False, header_style="bold")
        moving.add_column("title")
        moving.add_column(f"{minutes} min", justify="right", no_wrap=True)
        moving.add_column("before", justify="right", no_wrap=True)
        for one in self.lately.moving(_MOVERS):
            title = output.printable(self.names.get(one.subject, one.subject))
            moving.add_row(Text(title, no_wrap=True, overflow="ellipsis"), f"{one.acts:,}", f"{one.before:,}")
        return Group(*(Text(output.printable(line)) for line in lines), "", moving)

    def _line(self, cursor: Cursor | None, now: datetime) -> str:
        posts, events = self._rates()
        rates = f"{posts:,.0f} posts/s of {events:,.0f} events/s"
        parts = [self.host, rates, self._behind(cursor, now), f"{self.kept:,} kept", self._gaps()]
        return output.printable(", ".join([*parts, self.note] if self.note else parts))

    def _rates(self) -> tuple[float, float]:
        seconds = max(0.001, self._seconds[-1][0] - self._seconds[0][0])
        rows = list(self._seconds)[1:]
        return sum(row[1] for row in rows) / seconds, sum(row[2] for row in rows) / seconds

    def _behind(self, cursor: Cursor | None, now: datetime) -> str:
        return f"{span_text(now - cursor.at)} behind" if cursor else "nothing came yet"

    def _gaps(self) -> str:
        if not self.gaps:
            return "no gap"
        last = f"{moment_text(self.gaps[-1].since)} to {moment_text(self.gaps[-1].until)}"
        return f"1 gap, {last}" if len(self.gaps) == 1 else f"{len(self.gaps):,} gaps, the last {last}"
