"""`new`, `build`, `verify` and `demo`: from an example to a page every number of which holds."""

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import click

from groundswell.charts.definition import TRENDING_TV, Chart
from groundswell.claims import Claim, Judged, Record, say
from groundswell.claims.receipt import compare, digest, read_receipt
from groundswell.claims.unit import UNITS
from groundswell.cli import announced, output, simulated, work
from groundswell.cli.live_events import reduce_live
from groundswell.cli.reduce import reduce_interactions
from groundswell.cli.serve import PORT, serve_desk
from groundswell.core.document import json_text
from groundswell.core.errors import InputError, Refused, UsageError
from groundswell.core.origin import Evidence
from groundswell.core.quantity import counted
from groundswell.core.verdict import Verdict
from groundswell.newsroom.chart_page import ChartPage, chart_pages
from groundswell.newsroom.desk import Desk, open_desk
from groundswell.newsroom.gate import Checked, check_all
from groundswell.newsroom.listing import maybe_misspelt
from groundswell.newsroom.published import encode, publish, read_published
from groundswell.newsroom.site import Site, recover
from groundswell.newsroom.site import build as build_site
from groundswell.newsroom.story import Story, read_story
from groundswell.newsroom.weekly import weekly_story
from groundswell.store.files import write_whole

_BARE = """# What these settings mean: docs/desk.md
format = 1
name = {name}

# [[feeds]]
# feed = "netflix.global"
# url = "https://www.netflix.com/tudum/top10/data/all-weeks-global.tsv"
"""
_DEMO = "groundswell-demo"
_EVIDENCE = {
    Evidence.PUBLISHED: "its producer states it",
    Evidence.CAPTURED: "recorded as it happened",
    Evidence.SIMULATED: "made up for this example, and proves nothing",
}
_PRESS = "variety.trending_tv"
"""The example's list of which only some entries were ever stated in public."""


def make_desk(folder: Path, *, empty: bool) -> None:
    """A new desk in `folder`, from the example or bare; `UsageError` when something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is there already; name a new folder, or an empty one")
    if empty:
        for part in ("data", "stories", "catalog", "charts"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / "desk.toml").write_text(
            _BARE.format(name=json.dumps(folder.resolve().name, ensure_ascii=False)), encoding="utf-8"
        )
        return
    with as_file(files("groundswell") / "example" / "heartstopper") as example:
        shutil.copytree(example, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    simulated.write(folder / "data" / "posts.csv")
    announced.write(folder / "data")
    simulated.write_sessions(folder / "data" / "sessions.csv")


@click.command(short_help="A new desk: the example, or a bare one.")
@click.argument("folder", metavar="DESK", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="A bare desk instead of the example.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def new(folder: Path, empty: bool, as_json: bool) -> None:
    """A new desk: a folder with the example's data, catalogue and story, or a bare one."""
    make_desk(folder, empty=empty)
    if as_json:
        click.echo(json_text({"desk": str(folder)}))
        return
    me = f"{_called()} -C {folder}"
    steps = (
        f"load netflix.global (the full history, from Netflix), or name your own files in {folder / 'desk.toml'} (docs/feeds.md)"
        if empty
        else f"load --all, {me} reduce interactions, {me} reduce live, then {me} build and {me} serve"
    )
    click.echo(f"A desk stands in {folder}. Next: {me} {steps}")


def checked_stories(
    desk: Desk, record: Record, pages: list[ChartPage], now: datetime
) -> tuple[list[Checked], list[str]]:
    """The visible stories that hold, the charts' weekly ones included, and a line for every number that does not."""
    stories, reasons = [], []
    for path in desk.stories():
        try:
            stories.append(read_story(path))
        except InputError as error:
            reasons.append(str(error))
    stories += [story for page in pages if (story := weekly_story(page)) is not None]
    checked = []
    published = {
        story.slug: before for story in stories if (before := read_published(desk.published, story.slug)) is not None
    }
    for outcome in check_all(stories, record, published):
        if isinstance(outcome, Refused):
            reasons += outcome.reasons
        elif outcome.story.visible(now, desk.settings.zone):
            checked.append(outcome)
    return checked, reasons


@click.command(short_help="Check every story and write the site.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def build(folder: Path | None, as_json: bool) -> None:
    """Check every story and write the site; one number that does not hold, and nothing is written."""
    desk = work.open_here(folder)
    built = _build(desk)
    if as_json:
        pages = [str(page) for page in built.pages]
        said = {"corrections_due": built.due, "hints": built.hints}
        click.echo(json_text({"pages": pages, "receipts": built.receipts, **said}))
        return
    click.echo(
        f"{counted(len(built.pages), 'page')} written to {desk.site}, {counted(built.receipts, 'number')} with receipts"
    )
    for line in built.due:
        click.echo(output.printable(f"correction to make: {line}"))
    for line in built.hints:
        click.echo(output.printable(f"to look at: {line}"))


@dataclass(frozen=True)
class _Built:
    pages: list[Path]
    receipts: int
    due: list[str]
    hints: list[str]


def _build(desk: Desk) -> _Built:
    """Check, write the site, and record what is now public, in this order."""
    now = work.now()
    recover(desk.site)
    with work.record_of(desk) as record:
        reductions = work.reductions_of(desk)
        charts = _shown(desk, record)
        pages = [page for chart in charts for page in chart_pages(record, chart, reduction_of=reductions)]
        checked, reasons = checked_stories(desk, record, pages, now)
        names = {entry.subject: record.name_of(entry.subject) for page in pages for entry in page.issue.entries}
    if reasons and desk.settings.feeds and not work.store_of(desk).loads():
        first = "no list or reading is loaded yet, so no number can be decided; load what desk.toml names"
        raise Refused([f"{first} ('groundswell load --all')", *reasons])
    if reasons:
        raise Refused(reasons)
    receipts = {bound.receipt_id: bound.receipt for one in checked for bound in one.bound if bound.receipt_id}
    for receipt_id, receipt in receipts.items():
        path, written_so = _receipt_path(desk, receipt_id), json.dumps(receipt, ensure_ascii=False, indent=1).encode()
        if not path.is_file() or path.read_bytes() != written_so:
            write_whole(path, written_so)
    written = {path.stem for path in desk.stories()}
    records = {
        one.story.slug: publish(one.story, one.numbers(), read_published(desk.published, one.story.slug), now)
        for one in checked
        if one.story.slug in written
    }
    corrections = {slug: record.corrections for slug, record in records.items()}
    events = work.events_of(desk)
    site = build_site(
        Site(desk.settings.name, checked, pages, desk.settings.base_url, corrections, names, events), desk.site
    )
    for slug, published in records.items():
        write_whole(desk.published / f"{slug}.json", encode(published))
    due = [
        f'{one.story.file}:{one.story.line_of_words(bound.binding)}: "{bound.binding.says}": {bound.judged.explanation}'
        for one in checked
        for bound in one.bound
        if bound.due is not None and bound.judged is not None
    ]
    hints = [
        f'{story.file}:{story.line_of_key("category")}: category "{story.front.category}" has no other story; '
        f"nearest: {', '.join(near)}"
        for story, near in maybe_misspelt([one.story for one in checked])
    ]
    return _Built(site, len(receipts), due, hints)


def _shown(desk: Desk, record: Record) -> list[Chart]:
    """The charts that get pages; `UsageError` for one that is neither known, nor loaded, nor mapped to be loaded."""
    mapped = [entry.chart for entry in desk.settings.feeds if entry.chart is not None]
    try:
        return [desk.charts.check(chart, [*record.loaded_charts, *mapped]) for chart in desk.settings.charts]
    except UsageError as error:
        raise UsageError(f"desk.toml, charts: {error}") from None


def _receipt_path(desk: Desk, receipt_id: str) -> Path:
    return desk.store_folder / "receipts" / (receipt_id.removeprefix("sha256:") + ".json")


@click.command()
@click.argument("receipts", nargs=-1, metavar="[RECEIPT…]")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def verify(folder: Path | None, receipts: tuple[str, ...], as_json: bool) -> None:
    """Ask the claims of receipts again: same, changed or unknown. RECEIPT is a file or the beginning of an id; all by default.

    Prints a line for each RECEIPT named; of all, a line for each that is not the same, and how many are what.
    """
    desk = work.open_here(folder)
    documents = [_read_receipt(path) for path in _receipts(desk, receipts)]

    def again(claims: Sequence[Claim], as_of: datetime | None) -> list[dict[str, Any]]:
        with work.record_of(desk, as_of) as record:
            return record.receipts(claims)

    held = {load.snapshot_id for load in work.store_of(desk).loads()}
    results = [
        {"receipt": digest(receipt), "says": receipt["sentence"], "outcome": outcome, "why": why}
        for receipt, (outcome, why) in zip(documents, compare(documents, held, again), strict=True)
    ]
    if as_json:
        click.echo(json_text({"receipts": results}))
    else:
        for result in results:
            if receipts or result["outcome"] != "same":
                click.echo(output.printable(f'{result["outcome"]}: "{result["says"]}": {result["why"]}'))
        if not results:
            click.echo("no receipts yet; 'groundswell build' writes them")
        elif not receipts:
            counts = Counter(result["outcome"] for result in results)
            click.echo(", ".join(f"{counts[outcome]} {outcome}" for outcome in ("same", "changed", "unknown")))
    if any(result["outcome"] == "changed" for result in results):
        click.get_current_context().exit(1)


def _receipts(desk: Desk, named: tuple[str, ...]) -> list[Path]:
    folder = desk.store_folder / "receipts"
    if not named:
        return sorted(folder.glob("*.json"))
    found = []
    for name in named:
        start = name.removeprefix("sha256:")
        matches = sorted(folder.glob(f"{start}*.json")) if start.isalnum() else []
        if Path(name).is_file():
            found.append(Path(name))
        elif len(matches) == 1:
            found += matches
        else:
            if matches:
                raise UsageError(f"{len(matches)} receipts begin with '{name[:80]}'; give more of the id")
            raise UsageError(
                f"no receipt begins with '{name[:80]}', and no file has that name; 'verify' alone asks all"
            )
    return found


def _read_receipt(path: Path) -> dict[str, Any]:
    try:
        return read_receipt(path.read_bytes())
    except InputError as error:
        raise InputError(f"{path.name}: {error}") from None


@click.command(short_help="The whole on the example: load, judge, build and serve it.")
@click.option("--no-serve", is_flag=True, help="Build and stop, as without a terminal.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def demo(no_serve: bool, as_json: bool) -> None:
    """The whole on the example: load it, judge its claims, build its page, say what to try next, and serve it."""
    folder = Path(_DEMO)
    if not (folder / "desk.toml").exists():
        make_desk(folder, empty=False)
    desk = open_desk(folder)
    for entry in desk.settings.feeds:
        loaded = work.load_entry(desk, entry, None, lambda _: None)
        if not as_json:
            held = "already held" if loaded.vintage == "same" else counted(loaded.rows_kept, "row")
            click.echo(f"loaded {entry.path}: {held}, {counted(loaded.findings_count, 'finding')}")
    weeks = reduce_interactions(desk, work.now())
    if weeks and not as_json:
        click.echo(f"reduced simulated posts, likes and reposts to {counted(len(weeks), 'week')} of trending-tv")
    live, _ = reduce_live(desk, work.now())
    if live and not as_json:
        click.echo(f"reduced simulated viewing sessions to the audience of {live[0][0].title}")
    with work.record_of(desk) as record:
        checked, reasons = checked_stories(desk, record, [], work.now())
        if reasons:
            raise Refused(reasons)
        said = [_Said(one.story, b.binding.says, b.judged) for one in checked for b in one.bound if b.judged]
        figures = [one for one in said if not UNITS[one.judged.claim.stated.kind].named]
        off = record.judge([_off(one.judged.claim, steps) for steps in (1, 10) for one in figures])
        by_one, by_ten = off[: len(figures)], off[len(figures) :]
        changed = [near if near.verdict is Verdict.REFUTED else far for near, far in zip(by_one, by_ten, strict=True)]
        refused = [
            _Said(one.story, say(judged.claim.stated), judged) for one, judged in zip(figures, changed, strict=True)
        ]
        ours = [one for one in said if one.judged.claim.chart == TRENDING_TV.id]
        asked = record.judge([replace(one.judged.claim, chart=_PRESS) for one in ours])
        elsewhere = [replace(one, judged=judged) for one, judged in zip(ours, asked, strict=True)]
    built = _build(desk)
    if as_json:
        claims = [one.as_json() for one in [*said, *refused, *elsewhere]]
        click.echo(json_text({"desk": _DEMO, "claims": claims, "pages": [str(page) for page in built.pages]}))
        return
    click.echo(f"\nA number's evidence is {', '.join(f'{kind} ({_EVIDENCE[kind]})' for kind in Evidence)}.")
    for one in checked:
        mine = [claim for claim in said if claim.story is one.story]
        of = Counter(claim.judged.evidence for claim in mine)
        click.echo("\n" + output.printable(f"{one.story.file}: {one.story.front.title}"))
        click.echo(
            f"{counted(len(mine), 'claim')}: {', '.join(f'{of[kind]} {kind}' for kind in Evidence if of[kind])}\n"
        )
        _print("the story says", mine)
        click.echo("\nThe same with one figure changed:\n")
        _print("had it said", [claim for claim in refused if claim.story is one.story])
    click.echo("\nWhat is counted here from simulated posts, asked of Variety's list as far as it was published:\n")
    _print("is it so there", elsewhere)
    me = f"{_called()} -C {_DEMO}"
    click.echo(f"""
{counted(len(built.pages), "page")} built with {counted(built.receipts, "receipt")}: open {desk.site / "index.html"}

Try next:
  {me} chart netflix.global.tv_english --issue 2022-05-01
  {me} verify
  {me} serve                          (the pages, on this machine alone)
  change "54 countries" to "55 countries" in {_DEMO}/stories/heartstopper-returns.md, then
  {me} build                          (refused, with the right number)
  {me} load netflix.global            (the full history, from Netflix)""")
    if not no_serve and sys.stdout.isatty():
        click.echo()
        serve_desk(desk, PORT)


def _called() -> str:
    """How the user can call this program again: as a module if it was, else by its name where that is found, else by its path."""
    if Path(sys.argv[0]).name == "__main__.py":
        python = "python" if shutil.which("python") == sys.executable else os.path.relpath(sys.executable)
        return f"{python} -m groundswell"
    return "groundswell" if shutil.which("groundswell") or not sys.argv[0] else os.path.relpath(sys.argv[0])


def _off(claim: Claim, steps: int) -> Claim:
    """The claim with its figure more by so many units of its last digit; of a share of all, less."""
    stated = claim.stated
    by = steps * stated.step * (-1 if stated.value == 100 and stated.measure.startswith("per cent") else 1)
    return replace(claim, stated=replace(stated, value=stated.value + by, text=""))


@dataclass(frozen=True)
class _Said:
    """A claim of a story, in its words or others."""

    story: Story
    says: str
    judged: Judged

    def cells(self) -> tuple[str, ...]:
        judged = self.judged
        verdict = judged.verdict.value + (f" ({judged.found.reason})" if judged.verdict is Verdict.UNDECIDABLE else "")
        return self.says, verdict, judged.evidence or "", judged.explanation

    def as_json(self) -> dict[str, object]:
        judged = self.judged
        return {
            "story": self.story.slug,
            "says": self.says,
            **judged.claim.as_json(),
            "verdict": judged.verdict,
            "evidence": judged.evidence,
            "found": judged.found.value,
            "reason": judged.found.reason,
            "explanation": judged.explanation,
        }


def _print(says: str, claims: Sequence[_Said]) -> None:
    output.console().print(output.table([says, "verdict", "evidence", "found"], [one.cells() for one in claims]))
