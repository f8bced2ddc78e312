"""The week's story of a list, written from one issue and put through the same gate as every other."""

import re
from datetime import timedelta
from decimal import Decimal
from urllib.parse import quote

from groundswell.charts import Entry, as_shown
from groundswell.claims import Stated, say, say_ordinal
from groundswell.newsroom.chart_page import ChartPage, label
from groundswell.newsroom.number import is_number
from groundswell.newsroom.story import Binding, Front, Story

CATEGORY = "Top 10"
_LEADERS = 3
_MILLION = 1_000_000
_PUBLISHED_AFTER = timedelta(days=2)
"""Netflix publishes a week's lists on the Tuesday after its Sunday; our own settle a day and a half after it. A list that is dated
counts from that day."""
_FIGURES = ("views", "hours_viewed", "interactions")


def weekly_story(page: ChartPage) -> Story | None:
    """The story of an issue: who led it, for how long, by which figure, and what is new; None when nobody is ranked."""
    issue = page.issue
    ranked = [entry for entry in issue.entries if entry.rank is not None]
    if not ranked:
        return None
    first = [entry for entry in ranked if entry.rank == ranked[0].rank]
    leaders, new = ranked[:_LEADERS], [entry for entry in ranked if entry.debut and page.before is not None]
    verb = "leads" if len(first) == 1 else "lead"
    title = f"{_listed(first)} {verb} {issue.chart.title}, {issue.period.in_words()}"
    run = _run(first[0], page) if len(first) == 1 else ""
    opening = [f"in its {run}"] if run else []
    if behind := leaders[len(first) :]:
        opening.append(f"ahead of {_listed(behind)}")
    said = [f"{words[0].upper()}{words[1:]}." for words in [", ".join(opening)] if words]
    if new:
        said.append(f"New on the list: {_listed(new)}.")
    summary = " ".join(said) or f"The list of {issue.period.in_words()}."
    writer = _Writer(page, [title, summary])
    if run:
        writer.bind(run, "streak_at_top", first[0], nth=title.count(run) + 1)
    body = "\n".join(f"- {writer.leader(entry)}" for entry in leaders)
    if new:
        body += "\n\nNew on the list:\n\n" + "\n".join(f"- {writer.new(entry)}" for entry in new)
    body += f"\n\n[The whole list, and the weeks around it](../../{quote(page.path)}index.html)"
    front = Front(
        title=title,
        summary=summary,
        released=issue.published_on or issue.period.last + _PUBLISHED_AFTER,
        category=CATEGORY,
        territories=(issue.territory,),
        about=tuple(entry.subject for entry in ranked),
        claims=tuple(writer.bindings),
    )
    slug = re.sub(r"[^a-z0-9]+", "-", f"{issue.chart.id}-{issue.period.last}").strip("-")
    return Story(slug, front, body, from_issue=True)


class _Writer:
    """Writes lines, and binds every number it writes."""

    def __init__(self, page: ChartPage, said: list[str]) -> None:
        self._issue = page.issue
        self._said = said  # all words so far, in which an occurrence is counted
        self.bindings: list[Binding] = []

    def leader(self, entry: Entry) -> str:
        """`No. 2: *Title*, 34.31 million hours`."""
        words = [self._bind("rank", Decimal(entry.rank or 0), entry) + f": {self._title(entry)}"]
        words += [
            self._bind(measure, Decimal(as_shown(measure, entry.values[measure])), entry)
            for measure in _FIGURES
            if measure in entry.values
        ]
        return ", ".join(words)

    def new(self, entry: Entry) -> str:
        """`*Title*, at No. 7`."""
        return f"{self._title(entry)}, at {self._bind('rank', Decimal(entry.rank or 0), entry)}"

    def _title(self, entry: Entry) -> str:
        title = Binding(says=label(entry), not_a_claim="a title")
        if is_number(title.says) and title not in self.bindings:
            self.bindings.append(title)
        self._said.append(" ".join(title.says.split()))
        return f"*{_plain(title.says)}*"

    def _bind(self, kind: str, value: Decimal, entry: Entry) -> str:
        says = say(Stated(kind, value, _step(value) if kind != "rank" else Decimal(1), 0))
        self._said.append(says)
        self.bind(says, kind, entry, nth=sum(said.count(says) for said in self._said))
        return says

    def bind(self, says: str, kind: str, entry: Entry, *, nth: int) -> None:
        """Claim words that stand in the story, the occurrence `nth` of them."""
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


def _run(entry: Entry, page: ChartPage) -> str:
    """`fourth consecutive week at No. 1`, where it is the second or later and the issue before the run is held too."""
    weeks = entry.streak_at_top or 0
    days = (page.issue.period.last - page.issue.period.first).days + 1
    if weeks < 2 or days != 7 or not page.knows(weeks):
        return ""
    return f"{say_ordinal(weeks)} consecutive week at No. 1"


def _listed(entries: list[Entry]) -> str:
    """`A`, `A and B`, `A, B and C`, at most four, else `A, B, C and others`; parted by semicolons where a title has a comma."""
    names = [label(entry) for entry in entries]
    if len(names) > _LEADERS + 1:
        names[_LEADERS:] = ["others"]
    comma = "; " if any("," in name for name in names) else ", "
    return " and ".join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _step(value: Decimal) -> Decimal:
    """The power of ten the value ends on, no larger than what it is counted in: ones below a million, millions, billions."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, value.adjusted() // 3 * 3 if value >= _MILLION else 0))


def _plain(text: str) -> str:
    """Text from outside as plain words in Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&:])", r"\\\1", " ".join(text.split()))
