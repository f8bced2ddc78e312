"""The static site: a function of the checked stories and the charts shown, and nothing else; written whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import rfc8785
from jinja2 import Environment, PackageLoader, StrictUndefined

from groundswell.catalog import name_of
from groundswell.charts import Chart, Entry, figure_text, heading
from groundswell.charts.trending import FLOOR, RANKED_BY
from groundswell.claims import Judged
from groundswell.core.audience import LiveAudience
from groundswell.core.document import json_text
from groundswell.core.origin import Evidence
from groundswell.measures.profile import PROFILES
from groundswell.newsroom.chart_page import ChartPage, label
from groundswell.newsroom.counted import left_out
from groundswell.newsroom.gate import Checked
from groundswell.newsroom.listing import Listing, by_category, by_territory, category_folder, territory_folder
from groundswell.newsroom.marking import Marker
from groundswell.newsroom.minutes import Minutes
from groundswell.newsroom.published import Correction, Number
from groundswell.newsroom.shown import bases, day_of, day_text, sentence, stated_by, table
from groundswell.newsroom.story import Story
from groundswell.newsroom.syndication import atom, json_feed

_MORE = 4
_LISTED = 12
_FILES = ("style.css", "icon.svg", "site.js")


@dataclass(frozen=True)
class Site:
    """All a site is made of: the stories the public may see, and the chart pages."""

    desk: str
    stories: Sequence[Checked]
    charts: Sequence[ChartPage] = ()
    base_url: str = ""
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
    """Slug → the corrections made to the story since it was published."""
    names: dict[str, str] = field(default_factory=dict)
    """Subject id → what its page is headed, for the subjects of the charts."""
    event_of: Callable[[str], LiveAudience | None] = lambda _: None
    """Reads a snapshot that is a live event; None for any other."""


def build(site: Site, target: Path) -> list[Path]:
    """Write the site to `target`, replacing what was there; the pages written, relative to it.

    The pages are written to a folder beside it first: a crash leaves the old site or the new one.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    recover(target)
    new = Path(tempfile.mkdtemp(prefix=".site-new-", dir=target.parent))
    new.chmod(0o755)
    try:
        _Writer(site, new).write()
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return sorted(path.relative_to(target) for path in target.rglob("*.html"))


def recover(target: Path) -> None:
    """Undo a build that died between moving the old site away and the new one in; sweep what it left."""
    old = target.with_name(f".{target.name}-old")
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        old.rename(target)
    for left in target.parent.glob(".site-new-*"):
        shutil.rmtree(left, ignore_errors=True)


class _Writer:
    """Writes one site into one empty folder."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._stories = sorted(site.stories, key=lambda one: (-one.story.front.released.toordinal(), one.story.slug))
        self._receipts: set[str] = set()
        stories = [one.story for one in self._stories]
        self._all_news = Listing("All News", "", stories)
        self._categories, self._territories = by_category(stories), by_territory(stories)
        self._like_it = {listing.folder: listing.stories for listing in self._categories}
        self._charts = {(page.issue.chart.id, page.issue.period.last): page for page in site.charts}
        self._of_issue: dict[tuple[str, date], list[Story]] = {}
        for one in self._stories:
            for issue in _issues_of(one):
                self._of_issue.setdefault(issue, []).append(one.story)
        self._shared = {
            "desk": site.desk,
            "charts": bool(site.charts),
            "simulated_stories": {one.story.slug for one in site.stories if one.simulated},
        }

    def write(self) -> None:
        """All pages, data files and feeds."""
        for listing in (self._all_news, *self._categories, *self._territories):
            self._list(listing)
        for one in self._stories:
            self._story(one)
        for page in self._site.charts:
            self._chart(page)
        if self._site.charts:
            self._page("charts/index.html", "charts", title="Charts", by_chart=_by_chart(self._site.charts))
            self._titles()
        if any(page.reduction for page in self._site.charts):
            self._page(
                "methods/index.html",
                "methods",
                title="How interactions are counted",
                profiles=(RANKED_BY, *(profile for profile in PROFILES if profile is not RANKED_BY)),
                left_out=left_out,
                floor=FLOOR,
            )
        newest = list(self._stories)
        self._file("feed.atom", atom(newest, self._site.desk, self._site.base_url))
        self._file("feed.json", json_feed(newest, self._site.desk, self._site.base_url))
        for name in _FILES:
            self._file(name, (Path(__file__).with_name("templates") / name).read_bytes())

    def _list(self, listing: Listing) -> None:
        pages = listing.pages()
        for page in pages:
            name = self._site.desk if listing is self._all_news else listing.heading
            self._page(
                f"{page.folder}index.html",
                "list",
                title=name if page.number == 1 else f"{listing.heading}, page {page.number}",
                listing=listing,
                page=page,
                pages=len(pages),
                categories=self._categories,
                territories=self._territories,
            )

    def _story(self, one: Checked) -> None:
        story = one.story
        marker = Marker(story, one.bound)
        marked = {"summary": marker.summary(), "prose": marker.prose()}
        like_it = (other for other in self._like_it[category_folder(story.front.category)] if other is not story)
        self._page(
            f"stories/{story.slug}/index.html",
            "story",
            title=story.front.title,
            summary=one.summary,
            language=story.front.language,
            story=story,
            marked=marked,
            bounds=one.bound,
            figures=one.figures,
            states={bound.state for bound in one.bound},
            corrections=self._site.corrections.get(story.slug, ()),
            minutes=self._minutes(one),
            pages=[self._charts[issue] for issue in _issues_of(one) if issue in self._charts],
            more=list(islice(like_it, _MORE)),
        )
        for bound in one.bound:
            if bound.receipt_id is not None and bound.receipt_id not in self._receipts:
                self._receipts.add(bound.receipt_id)
                self._file(f"receipts/{bound.receipt_id.removeprefix('sha256:')}.json", rfc8785.dumps(bound.receipt))

    def _minutes(self, one: Checked) -> list[Minutes]:
        """The minutes of each live event whose audience the story states."""
        rest = (
            (snapshot, bound.judged.evidence is Evidence.SIMULATED)
            for bound in one.bound
            if bound.judged is not None and bound.judged.claim.kind == "audience"
            for snapshot in bound.judged.snapshots
        )
        events = ((self._site.event_of(snapshot), simulated) for snapshot, simulated in dict.fromkeys(rest))
        return [Minutes(event, simulated) for event, simulated in events if event is not None and any(event.minutes)]

    def _chart(self, page: ChartPage) -> None:
        self._page(
            f"{page.path}index.html",
            "chart",
            title=f"{page.issue.chart.title}, {page.issue.period.in_words()}",
            page=page,
            stories=self._of_issue.get((page.issue.chart.id, page.issue.period.last), [])[:_LISTED],
        )
        self._file(f"{page.path}chart.csv", page.issue.as_csv().encode())
        self._file(f"{page.path}chart.json", json_text(page.issue.as_json()).encode())
        if page.counted is not None:
            self._file(f"{page.path}days.csv", page.counted.days_csv().encode())
            self._file(f"{page.path}regions.csv", page.counted.regions_csv().encode())

    def _titles(self) -> None:
        listed: dict[str, list[tuple[ChartPage, Entry]]] = {}
        for page in self._site.charts:
            for entry in page.issue.entries:
                listed.setdefault(entry.subject, []).append((page, entry))
        parts_of: dict[str, list[str]] = {}
        for subject in listed:
            parts_of.setdefault(subject.partition("/")[0], []).append(subject)
        of_subject: dict[str, set[int]] = {}
        of_series: dict[str, set[int]] = {}
        for place, one in enumerate(self._stories):
            front = one.story.front
            for subject in filter(None, (*front.about, *(binding.subject for binding in front.claims))):
                of_subject.setdefault(subject, set()).add(place)
            for series in front.about:
                of_series.setdefault(series, set()).add(place)
        for subject, rows in listed.items():
            by_chart: dict[str, list[tuple[ChartPage, Entry]]] = {}
            for page, entry in rows:
                by_chart.setdefault(page.issue.chart.id, []).append((page, entry))
            series = subject.partition("/")[0]
            told = of_subject.get(subject, set()) | of_series.get(series, set())
            self._page(
                f"titles/{subject}/index.html",
                "title",
                title=self._site.names.get(subject) or label(rows[-1][1]),
                by_chart=[
                    (of[0][0].issue.chart, of[::-1], _measures(page for page, _ in of)) for of in by_chart.values()
                ],
                related={one: self._site.names.get(one, one) for one in parts_of[series] if one != subject},
                stories=[self._stories[place].story for place in sorted(told)],
            )

    def _page(self, path: str, template: str, **values: Any) -> None:
        root = "../" * path.count("/")
        html = _PAGES.get_template(f"{template}.html.j2").render(self._shared, root=root, **values)
        self._file(path, html.encode("utf-8", "replace"))

    def _file(self, path: str, data: bytes) -> None:
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _by_chart(pages: Sequence[ChartPage]) -> list[tuple[Chart, ChartPage, list[tuple[int, list[ChartPage]]]]]:
    """Each chart with its newest issue, and the issues of each year, all newest first."""
    found: dict[str, list[ChartPage]] = {}
    for page in pages:
        found.setdefault(page.issue.chart.id, []).insert(0, page)
    return [
        (
            of[0].issue.chart,
            of[0],
            [(year, [*some]) for year, some in groupby(of, lambda page: page.issue.period.last.year)],
        )
        for of in found.values()
    ]


def _issues_of(one: Checked) -> list[tuple[str, date]]:
    """The issues a story's claims speak of up to, as chart and last day, in order."""
    claims = (bound.binding for bound in one.bound)
    return sorted(
        {(said.chart, said.period[1]) for said in claims if said.chart is not None and said.period is not None}
    )


def _measures(pages: Iterable[ChartPage]) -> list[str]:
    """The figures printed in any of these issues, those of the newest first."""
    return list(dict.fromkeys(measure for page in reversed([*pages]) for measure in page.measures))


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _verdict(of: Judged | Number) -> str:
    return f"{of.verdict} (simulated)" if of.evidence == Evidence.SIMULATED else str(of.verdict)


def _moved(entry: Entry) -> str:
    if entry.debut:
        return "new"
    if entry.re_entry:
        return "re-entry"
    if entry.change is None:
        return "?"
    return "=" if entry.change == 0 else f"▲{entry.change}" if entry.change > 0 else f"▼{-entry.change}"


def _figure(entry: Entry, measure: str) -> str:
    return figure_text(measure, entry.values.get(measure))


_PAGES = Environment(
    loader=PackageLoader("groundswell.newsroom"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    auto_reload=False,
)  # fmt: skip
"""One for all sites: a template is compiled once a process."""
_PAGES.globals.update(
    day=day_text, short=_short, day_of=day_of, sentence=sentence, table=table, verdict=_verdict,
    bases=bases, stated_by=stated_by, moved=_moved, figure=_figure, label=label, name_of=name_of, heading=heading,
    category_folder=category_folder, territory_folder=territory_folder, most=_LISTED, summary="", language="en",
    here="",
)  # fmt: skip
