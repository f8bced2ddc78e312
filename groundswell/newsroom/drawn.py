"""The figures a story asks for, drawn of what the record holds: drawings, the same in words, and the same as a table.

What an origin does not let us show is not in the record's tables, and so in no figure. Definition: docs/methods.md, "Figures".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
from markupsafe import Markup

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.charts import Issue, Mover, figure_text, heading, issues, movers
from groundswell.claims import Record
from groundswell.core.errors import InputError
from groundswell.core.origin import Evidence
from groundswell.core.period import MONTH, Period
from groundswell.core.quantity import EXACT_PLACES, half_up, plain
from groundswell.core.rows import STATUS
from groundswell.measures.books import UNITS
from groundswell.measures.counter import COUNTERS
from groundswell.newsroom.bars import Bar, bars
from groundswell.newsroom.chart_page import label
from groundswell.newsroom.day_lines import swatch
from groundswell.newsroom.story import FigureKind, StatedFigure
from groundswell.newsroom.time_lines import Event, time_lines
from groundswell.newsroom.world import swatch as shade_swatch
from groundswell.newsroom.world import world

MOST_BARS = 20
_TENTH, _LAST_PLACE = Decimal("0.1"), Decimal(1).scaleb(-EXACT_PLACES)

_READINGS = """
SELECT r.subject, r.first_day, r.last_day, r.title, r.season, r.value, r.unit,
       list_sort(list(DISTINCT s.evidence)) AS evidence, list_sort(list(DISTINCT s.origin)) AS origins
FROM {levels} r
LEFT JOIN parts p ON p.measure = r.part AND p.subject = r.subject AND p.territory = r.territory
  AND coalesce(p.first_day >= r.part_since, true) AND coalesce(p.last_day <= r.last_day, true)
JOIN loads s ON s.load_id = coalesce(r.load_id, p.load_id)
WHERE r.measure = ? AND r.territory = ?
GROUP BY r.subject, r.first_day, r.last_day, r.title, r.season, r.value, r.unit
ORDER BY r.last_day, r.subject, r.first_day, r.title, r.season
"""
_WITHHELD = "(SELECT *, NULL::VARCHAR AS part, NULL::DATE AS part_since FROM withheld)"
_LISTED_IN = """
SELECT p.territory, count(DISTINCT p.last_day) AS issues, min(p.rank) AS best,
       list(DISTINCT s.evidence) AS evidence, list_sort(list(DISTINCT s.origin)) AS origins
FROM placed p JOIN loads s USING (load_id)
WHERE p.chart = ? AND p.subject = ? AND p.last_day BETWEEN ? AND ?
GROUP BY p.territory ORDER BY issues DESC, p.territory
"""
_LISTS_IN = """
SELECT DISTINCT h.territory FROM held h JOIN calendar c USING (chart, issue_no)
WHERE h.chart = ? AND h.complete_for IN ('*', ?) AND c.last_day BETWEEN ? AND ? AND h.territory <> ?
"""
_ORIGINS = "SELECT snapshot_id, origin FROM loads ORDER BY known_from, loaded_at, load_id DESC"


@dataclass(frozen=True)
class Drawn:
    """A figure as a page shows it."""

    title: str
    said: str
    """What it shows, in a sentence or two."""
    wide: Markup
    narrow: Markup
    key: tuple[tuple[Markup, str], ...]
    """The line of each subject, and its name."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    stated_by: str
    simulated: bool
    named_in: int = 0
    """The column that says what a row is of."""


def drawn(figure: StatedFigure, record: Record, released: date) -> Drawn:
    """The figure; `InputError` where the record holds nothing of it that may be shown, or it speaks of days to come."""
    if figure.period[1] >= released:
        raise InputError(
            f"a figure speaks of {figure.period[1]}, which was not over when the story was released ({released})"
        )
    draw = {FigureKind.SERIES: _series, FigureKind.LEADERBOARD: _leaderboard, FigureKind.MAP: _map}
    return draw[figure.kind](figure, record)


def _series(figure: StatedFigure, record: Record) -> Drawn:
    record.check_measure(figure.measure)
    span = Period(*figure.period)
    subjects = list(dict.fromkeys(figure.subjects))
    rows = _rows(figure, record, "levels")
    indexed = not rows and bool(rows := _rows(figure, record, _WITHHELD))
    lines = [_line(subject, rows, figure) for subject in subjects]
    if indexed:
        lines = [_index(line) for line in lines]
    rows = [row for line in lines for row in line]
    units = {row["unit"] for row in rows}
    if len(units) > 1 or STATUS in units:
        raise InputError(f"a figure of {figure.measure} mixes or lacks numbers: it is in {' and '.join(sorted(units))}")
    (unit,) = units
    names = [record.name_of(subject) for subject in subjects]
    simulated = _simulated(evidence for row in rows for evidence in row["evidence"])
    where = "" if figure.territory == WORLDWIDE else f", {name_of(figure.territory)}"
    title = f"{unit[:1].upper()}{unit[1:]} of {_listed(names)}{where}{', the first reading 100' if indexed else ''}"
    said = "; ".join(f"{name}: {_said(line)}" for name, line in zip(names, lines, strict=True))
    event = Event(figure.event, figure.event_is) if figure.event else None
    if event:
        said += f". Marked: {event.label}, {Period(event.day, event.day).in_words()}"
    said += _in_part(figure.measure, rows)
    readings = [[(row["last_day"], row["value"]) for row in line] for line in lines]
    spoken = f"{'Simulated. ' if simulated else ''}{title}. {said}."
    wide, narrow = (
        Markup(time_lines(spoken, readings, span, event, narrow=narrow, simulated=simulated))
        for narrow in (False, True)
    )  # escapes its words
    held = {(row["subject"], row["first_day"], row["last_day"]): row for row in rows}
    times = sorted({(row["last_day"], row["first_day"]) for row in rows})
    return Drawn(
        title,
        f"{said}.",
        wide,
        narrow,
        tuple((Markup(swatch(number)), f"{number + 1}. {name}") for number, name in enumerate(names))
        if len(names) > 1
        else (),
        ("when", *names),
        tuple(
            (
                _words(Period(first, last)),
                *(_cell(held.get((subject, first, last))) for subject in subjects),
            )
            for last, first in times
        ),
        _stated_by(origin for row in rows for origin in row["origins"]),
        simulated,
    )


def _rows(figure: StatedFigure, record: Record, levels: str) -> list[dict[str, Any]]:
    """The readings of its subjects in its period, in order; of books, whose titles add up, those of all titles together."""
    rows = record.engine.query(_READINGS.format(levels=levels), [figure.measure, figure.territory]).to_pylist()
    rows = [row for row in rows if row["subject"] in figure.subjects]
    if levels == _WITHHELD and figure.measure == UNITS:
        volumes = record.engine.query("SELECT subject, volumes FROM volumes").to_pylist()
        rows = list(_summed(rows, {row["subject"]: row["volumes"] for row in volumes}))
    return [row for row in rows if figure.period[0] <= row["first_day"] and row["last_day"] <= figure.period[1]]


def _summed(rows: Sequence[dict[str, Any]], volumes: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The titles of a subject added up, for the weeks in which each of them has a reading (as measures/books.py does)."""
    titles: dict[str, set[tuple[str, str]]] = {}
    weeks: dict[tuple[str, date, date], list[dict[str, Any]]] = {}
    for row in rows:
        titles.setdefault(row["subject"], set()).add((row["title"], row["season"]))
        weeks.setdefault((row["subject"], row["first_day"], row["last_day"]), []).append(row)
    for (subject, _, _), of in weeks.items():
        if len(of) == max(len(titles[subject]), volumes.get(subject, 0)):
            values = [row["value"] for row in of]
            yield {
                **of[0],
                "value": None if None in values else half_up(sum(map(Fraction, values), Fraction()), _LAST_PLACE),
                "evidence": sorted({evidence for row in of for evidence in row["evidence"]}),
                "origins": sorted({origin for row in of for origin in row["origins"]}),
            }


def _index(line: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Readings that may not be shown themselves, in per cent of the first that could be read."""
    first = next(row["value"] for row in line if row["value"] is not None)
    if first == 0:
        raise InputError("the readings may be shown as per cents alone, and the first is 0")
    return [
        {
            **row,
            "value": None if row["value"] is None else half_up(Fraction(row["value"]) * 100 / Fraction(first), _TENTH),
        }
        for row in line
    ]


def _line(subject: str, rows: Sequence[dict[str, Any]], figure: StatedFigure) -> list[dict[str, Any]]:
    line = [row for row in rows if row["subject"] == subject]
    if not any(row["value"] is not None for row in line):
        raise InputError(
            f"no reading of {figure.measure} that may be shown lies in {Period(*figure.period)} for '{subject}'"
        )
    if len({row["last_day"] for row in line}) < len(line):
        raise InputError(
            f"two readings of {figure.measure} end on one day for '{subject}'; name them apart in catalog/names.csv"
        )
    return line


def _in_part(measure: str, rows: Sequence[dict[str, Any]]) -> str:
    """That the numbers are those of a counter that is shown in part, where they are."""
    ways = (
        counter.how
        for counter in COUNTERS
        for row in rows
        if counter.measure == measure and row["last_day"] >= counter.since and row["value"] is not None
        if counter.between(row["value"]) is not None
    )
    how = next(ways, "")
    return f". Numbers of a counter {how}" if how else ""


def _said(line: Sequence[dict[str, Any]]) -> str:
    """`101,200 (21 April 2022) to 3,412,345 (18 May 2022)`, and the highest where it is neither."""
    read = [row for row in line if row["value"] is not None]
    first, last, most = read[0], read[-1], max(read, key=lambda row: row["value"])
    if first is last:
        return f"{_cell(first)} ({_when(first)})"
    highest = f", at most {_cell(most)} ({_when(most)})" if most["value"] > max(first["value"], last["value"]) else ""
    return f"{_cell(first)} ({_when(first)}) to {_cell(last)} ({_when(last)}){highest}"


def _when(row: dict[str, Any]) -> str:
    return _words(Period(row["first_day"], row["last_day"]))


def _words(period: Period) -> str:
    """A period in words, a month by its name."""
    return f"{period.first:%B %Y}" if MONTH.is_period(period) else period.in_words()


def _cell(row: dict[str, Any] | None) -> str:
    if row is None:
        return "–"
    return "not read" if row["value"] is None else f"{plain(row['value']):,}"


def _leaderboard(figure: StatedFigure, record: Record) -> Drawn:
    chart = record.check_chart(figure.chart)
    held = issues(record.engine, chart, figure.territory)
    at = next((at for at, one in enumerate(held) if one.period == Period(*figure.period)), None)
    if at is None:
        raise InputError(f"no issue of {chart.id}, {name_of(figure.territory)}, is of {Period(*figure.period)}")
    issue, before = held[at], held[at - 1] if at else None
    measure = next((method.ranked_by for method in chart.methods if method.id == issue.method), "")
    entries = [entry for entry in issue.entries if measure in entry.values][:MOST_BARS]
    if not entries:
        raise InputError(f"no figure of {chart.id} that may be shown is held for {Period(*figure.period)}")
    texts = {entry.subject: f"{figure_text(measure, entry.values[measure])} {heading(measure)}" for entry in entries}
    ranked = [Bar(e.rank, label(e), Decimal(e.values[measure]), texts[e.subject]) for e in entries]
    moved = {one.entry.subject: one for one in _moved(issue, before, measure)}
    simulated = _simulated(entry.evidence for entry in entries)
    where = "" if figure.territory == WORLDWIDE else f", {name_of(figure.territory)}"
    title = f"{chart.title}{where}, {_words(issue.period)}"
    leads = [bar for bar in ranked if bar.rank == ranked[0].rank]
    moves = _said_of_moves(list(moved.values()))
    said = f"First: {_listed([bar.label for bar in leads])} ({leads[0].text}). {moves}".strip()
    spoken = f"{'Simulated. ' if simulated else ''}{title}. {said}"
    wide, narrow = (
        Markup(bars(spoken, ranked, narrow=narrow, simulated=simulated)) for narrow in (False, True)
    )  # escapes its words
    origins = {row["snapshot_id"]: row["origin"] for row in record.engine.query(_ORIGINS).to_pylist()}
    return Drawn(
        title,
        said,
        wide,
        narrow,
        (),
        ("rank", "before", "name", heading(measure), "change"),
        tuple(
            (
                *(str(rank) if rank is not None else "–" for rank in (entry.rank, entry.previous_rank)),
                label(entry),
                figure_text(measure, entry.values[measure]),
                _change(moved.get(entry.subject)),
            )
            for entry in entries
        ),
        _stated_by(origins[entry.snapshot] for entry in entries),
        simulated,
        named_in=2,
    )


def _map(figure: StatedFigure, record: Record) -> Drawn:
    chart = record.check_chart(figure.chart)
    [subject] = figure.subjects
    rows = record.engine.query(_LISTED_IN, [chart.id, subject, *figure.period]).to_pylist()
    rows = [row for row in rows if row["territory"] != WORLDWIDE]
    if not rows:
        raise InputError(f"no list of {chart.id} that has '{subject}' in a country lies in {Period(*figure.period)}")
    simulated = _simulated(evidence for row in rows for evidence in row["evidence"])
    title = f"{chart.title}: where {record.name_of(subject)} was listed, {Period(*figure.period).in_words()}"
    most = [row for row in rows if row["issues"] == rows[0]["issues"]]
    having = record.engine.query(_LISTS_IN, [chart.id, subject, *figure.period, WORLDWIDE]).column(0).to_pylist()
    held = {*having, *(row["territory"] for row in rows)}
    others = sorted(name_of(code) for code in held - {row["territory"] for row in rows})
    said = f"{len(rows)} of {len(held)} {'country' if len(held) == 1 else 'countries and territories'} that had a list"
    said += f", in {len(most)} of them for {_issues(rows[0]['issues'])}"
    spoken = f"{'Simulated. ' if simulated else ''}{title}. {said}."
    atlas = world(spoken, {row["territory"]: row["issues"] for row in rows}, simulated=simulated, known=held)
    if atlas.not_drawn:
        said += f". Too small to be drawn: {_listed([name_of(code) for code in atlas.not_drawn])}"
    return Drawn(
        title,
        f"{said}.",
        Markup(atlas.drawing),  # escapes its words
        Markup(),
        (
            *((Markup(shade_swatch(shade.number)), _issues(shade)) for shade in atlas.shades),
            *([(Markup(shade_swatch(0)), "on none of its lists")] if others else []),
            (Markup(shade_swatch(None)), "no list is held"),
        ),
        ("where", "issues", "best rank"),
        (
            *(
                (name_of(row["territory"]), str(row["issues"]), "–" if row["best"] is None else str(row["best"]))
                for row in rows
            ),
            *((name, "0", "–") for name in others),
            ("any other", "no list is held", "–"),
        ),
        _stated_by(origin for row in rows for origin in row["origins"]),
        simulated,
    )


def _issues(count: object) -> str:
    return f"{count} {'issue' if str(count) == '1' else 'issues'}"


def _moved(issue: Issue, before: Issue | None, measure: str) -> list[Mover]:
    """Nothing of an issue that does not follow right on the one before, or where that is not held whole."""
    if before is None or (issue.gaps and issue.gaps[-1] >= before.period):
        return []
    return movers(issue, before, measure, issue.chart.no_difference or Decimal(0))


def _said_of_moves(of: Sequence[Mover]) -> str:
    """Who rose and who fell, the most first, and of how many there is no meaningful difference."""
    rose = [one for one in of if one.meaningful and one.change > 0]
    fell = [one for one in reversed(of) if one.meaningful and one.change < 0]
    words = [
        f"{verb}: {', '.join(f'{label(one.entry)} ({_signed(one.change)})' for one in some)}."
        for verb, some in (("Rose", rose), ("Fell", fell))
        if some
    ]
    if alike := len(of) - len(rose) - len(fell):
        words.append(f"No meaningful difference: {alike} of {len(of)}.")
    return " ".join(words)


def _change(mover: Mover | None) -> str:
    if mover is None:
        return "–"
    return _signed(mover.change) if mover.meaningful else f"{_signed(mover.change)}, no meaningful difference"


def _signed(change: Decimal) -> str:
    return f"{'+' if change > 0 else '−' if change < 0 else '±'}{plain(abs(change)):,}"


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _simulated(evidence: Iterable[str]) -> bool:
    return Evidence.SIMULATED in evidence


def _stated_by(origins: Iterable[str]) -> str:
    """Whose numbers they are."""
    read = [msgspec.json.decode(origin) for origin in dict.fromkeys(origins)]
    return "; ".join(dict.fromkeys(f"{one['producer']}, {one['title']}" for one in read))
