"""The week's story of a list, written from one issue and put through the same gate as every other."""

import re
from datetime import timedelta
from decimal import Decimal

from groundswell.charts import Entry
from groundswell.claims import TYPES, Stated, say
from groundswell.newsroom.chart_page import ChartPage, label
from groundswell.newsroom.number import is_number
from groundswell.newsroom.story import Binding, Front, Story

CATEGORY = "Top 10"
_LEADERS = 3
_PUBLISHED_AFTER = timedelta(days=2)
"""Netflix publishes a week's lists on the Tuesday after its Sunday."""


def weekly_story(page: ChartPage) -> Story | None:
    """The story of an issue: who led it, by which figure, and what is new; None when nobody is ranked."""
    issue = page.issue
    ranked = [entry for entry in issue.entries if entry.rank is not None]
    if not ranked:
        return None
    writer = _Writer(page)
    lines = [writer.leader(entry) for entry in ranked[:_LEADERS]]
    new = [writer.new(entry) for entry in ranked if entry.debut]
    body = "\n".join(f"- {line}" for line in lines)
    if new:
        body += "\n\nNew on the list:\n\n" + "\n".join(f"- {line}" for line in new)
    front = Front(
        title=f"{label(ranked[0])} leads {issue.chart.title}, {issue.period.in_words()}",
        summary=f"The list of {issue.period.in_words()}, with the rank of every title in the weeks around it.",
        released=issue.period.last + _PUBLISHED_AFTER,
        category=CATEGORY,
        territories=(issue.territory,),
        about=tuple(entry.subject for entry in ranked),
        claims=tuple(writer.bindings),
    )
    slug = re.sub(r"[^a-z0-9]+", "-", f"{issue.chart.id}-{issue.period.last}").strip("-")
    return Story(slug, front, body)


class _Writer:
    """Writes lines, and binds every number it writes."""

    def __init__(self, page: ChartPage) -> None:
        self._issue = page.issue
        self._said: list[str] = []
        self.bindings: list[Binding] = []

    def leader(self, entry: Entry) -> str:
        """`No. 2: *Title*, 34.31 million hours`."""
        words = [self._bind("rank", Decimal(entry.rank or 0), entry) + f": {self._title(entry)}"]
        words += [
            self._bind(measure, Decimal(entry.values[measure]), entry)
            for measure in ("views", "hours_viewed")
            if measure in entry.values and measure in TYPES
        ]
        return ", ".join(words)

    def new(self, entry: Entry) -> str:
        """`*Title*, at No. 7`."""
        return f"{self._title(entry)}, at {self._bind('rank', Decimal(entry.rank or 0), entry)}"

    def _title(self, entry: Entry) -> str:
        title = Binding(says=label(entry), not_a_claim="a title")
        if is_number(title.says) and title not in self.bindings:
            self.bindings.append(title)
        return f"*{_plain(title.says)}*"

    def _bind(self, kind: str, value: Decimal, entry: Entry) -> str:
        says = say(Stated(kind, value, _step(value) if kind != "rank" else Decimal(1), 0))
        self._said.append(says)
        nth = sum(said.count(says) for said in self._said)
        self.bindings.append(
            Binding(
                says=says,
                kind=kind,
                subject=entry.subject,
                chart=self._issue.chart.id,
                period=(self._issue.period.first, self._issue.period.last),
                territory=self._issue.territory,
                nth=nth,
            )
        )
        return says


def _step(value: Decimal) -> Decimal:
    """The power of ten the value ends on, no larger than what it is counted in: thousands, millions, billions."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, max(0, value.adjusted()) // 3 * 3))


def _plain(text: str) -> str:
    """Text from outside as plain words in Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&:])", r"\\\1", " ".join(text.split()))
