"""A hashtag's counter of views as it was read off TikTok, several times a day: lines of a time and the number shown.

Such counters could be seen until early 2024 and are kept by nobody else, so that the file is the evidence (docs/methods.md,
"Counters that are shown in part").
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from typing import ClassVar

import pyarrow as pa

from groundswell.core.errors import InputError
from groundswell.core.finding import Finding
from groundswell.core.origin import Origin
from groundswell.core.period import read_day
from groundswell.core.protocol import Reading
from groundswell.core.rows import ENTRIES, ISSUES, OBSERVATIONS, Parsed
from groundswell.feeds.lines import lines_of, unpack

MEASURE = "tiktok.hashtag_views"
_LARGEST = 10**15
_MOST_LINES = 1_000_000
"""A century of a reading an hour."""


@dataclass(frozen=True)
class _Shown:
    """One line: when the counter was read, and what it showed; None where that cannot be read."""

    line: int
    at: datetime
    views: int | None


@dataclass(frozen=True)
class HashtagViews:
    """The readings of one hashtag, `title`: a time, a tab, a whole number; no header. A time without an offset is UTC."""

    id: ClassVar[str] = MEASURE
    origin: ClassVar[Origin | None] = None
    url: ClassVar[str | None] = None

    title: str

    def __post_init__(self) -> None:
        if not self.title.strip("#"):
            raise InputError(f'feed {self.id} needs title = "#…", the hashtag whose counter it is')

    def settings(self) -> dict[str, object]:
        """Whose counter it is, and the parser's number."""
        return {"title": self.title, "parser": 1}

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        """One observation a day (UTC): the highest number shown, since what was seen is not unseen.

        Every fall is a finding that names both numbers, and takes nothing away: no reading, and no view.
        """
        findings: list[Finding] = []
        data = unpack(raw)
        if data.count(b"\n") > _MOST_LINES:
            raise InputError(f"the file has more than {_MOST_LINES:,} lines; split it by years")
        lines = [(number, line.decode("utf-8", "replace")) for number, line in lines_of(data)]
        shown = [one for number, line in lines if (one := _read(number, line, reading.until, findings)) is not None]
        if not shown:
            found = f"line {lines[0][0]} is {lines[0][1][:60]!r}" if lines else "the file is empty"
            raise InputError(f"no line is a time, a tab and a number: {found}")
        shown = list(_agreed(sorted(shown, key=lambda one: (one.at, one.line)), findings))
        findings += _falls([one for one in shown if one.views is not None])
        days: dict[date, list[_Shown]] = defaultdict(list)
        for one in shown:
            days[one.at.date()].append(one)
        rows = [_row(self.title, day, of) for day, of in days.items()]
        return Parsed(
            ENTRIES.empty_table(),
            pa.Table.from_pylist(rows, schema=OBSERVATIONS),
            ISSUES.empty_table(),
            rows_read=len(lines),
            rows_kept=sum(one.views is not None for one in shown),
            findings=sorted(findings, key=lambda finding: finding.line),
        )


def _read(number: int, line: str, until: date, findings: list[Finding]) -> _Shown | None:
    """What a line says; None, and a finding, where it has no time that can be."""
    time, _, views = (part.strip() for part in line.partition("\t"))
    try:
        at = datetime.fromisoformat(time)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        read_day(at.date().isoformat())
    except (ValueError, OverflowError, InputError):
        findings.append(Finding(number, None, line[:80], "no time; write it as 2022-03-12 17:54:39, then a tab"))
        return None
    if at.date() > until:
        why = f"after {until}, the day the file was fetched; correct the time, or load it when it is over"
        findings.append(Finding(number, None, line[:80], why))
        return None
    if not (views.isascii() and views.isdigit() and len(views.lstrip("0")) < len(str(_LARGEST))):
        findings.append(Finding(number, None, line[:80], "no whole number from 0 up after one tab"))
        return _Shown(number, at, None)
    return _Shown(number, at, int(views))


def _agreed(shown: list[_Shown], findings: list[Finding]) -> Iterator[_Shown]:
    """One reading a time; none of its numbers counts where they differ."""
    for at, group in groupby(shown, key=lambda one: one.at):
        of = list(group)
        if len({one.views for one in of}) == 1:
            yield of[0]
            continue
        for one in of:
            if one.views is not None:
                why = "another line says otherwise of that time; neither counts"
                findings.append(Finding(one.line, None, f"{one.views:,}", why))
        yield _Shown(of[0].line, at, None)


def _falls(shown: list[_Shown]) -> Iterator[Finding]:
    for before, after in pairwise(shown):
        assert before.views is not None
        assert after.views is not None
        if after.views < before.views:
            found = f"{after.views:,} after {before.views:,}"
            why = f"fell since line {before.line}, though views are only ever added; both are kept"
            yield Finding(after.line, None, found, why)


def _row(title: str, day: date, shown: list[_Shown]) -> dict[str, object]:
    highest = max(shown, key=lambda one: (-1 if one.views is None else one.views, -one.line))
    return {
        "measure": MEASURE, "unit": "views", "chart": "", "territory": "WW", "first_day": day, "last_day": day,
        "title": title, "season": "", "value": highest.views, "line": highest.line,
    }  # fmt: skip
