"""From drafts to typed claims: every admissible reading of whom, of which list and of when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from groundswell.catalog import WORLDWIDE, Kind
from groundswell.checker.asked import Asked
from groundswell.checker.clause import segment
from groundswell.checker.compared import COMPARED, compared
from groundswell.checker.cue import PRESENT
from groundswell.checker.draft import Draft
from groundswell.checker.lists import OVERALL, VIEWS_SINCE, Lists
from groundswell.checker.numeral import Form
from groundswell.checker.owner import owners
from groundswell.checker.scan import Listing, Ref, Scan
from groundswell.checker.weeks import before, default_weeks
from groundswell.claims import EVERYWHERE, Claim, Stated
from groundswell.core.period import Period
from groundswell.core.verdict import Reason

_MOST_READINGS = 12
_NOT_YET = (Reason.AMBIGUOUS_PERIOD, "so many weeks were not over since it was first listed")


class Resolver:
    """Resolves the drafts of one text."""

    def __init__(self, scan: Scan, lists: Lists, released: date | None) -> None:
        self._scan = scan
        self._lists = lists
        self._released = released
        self._default = default_weeks(released)

    def resolve(self, index: int, draft: Draft, drafts: Sequence[Draft]) -> Asked | None:
        """What `draft` of the sentence `index` claims; None when it is about no title at all."""
        owned = owners(self._scan, index, draft, drafts)
        if not owned.refs:
            about = self._scan.refs[index] or (index and self._scan.refs[index - 1])
            if not about or (
                draft.kind in {"rank", "debut_rank", "level", "reach", "reach_at_top"} and not draft.audience
            ):
                return None
            return Asked(draft, "", reason=Reason.AMBIGUOUS_SUBJECT, why=owned.why)
        title = owned.refs[0].title
        bases, note = self._bases(index, draft)
        subjects = tuple(dict.fromkeys(s for ref in owned.refs for s in self._subjects(ref, draft, bases)))
        asked = Asked(
            draft,
            title,
            subjects[0] if len(subjects) == 1 else "",
            used=note if bases else "",
            where=(id(self._scan), index),
        )
        if draft.reason is not None:
            return replace(asked, reason=draft.reason, why=draft.why)
        if not bases:
            return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why=note)
        if not subjects and draft.listing is not None and draft.listing.others:
            return replace(asked, reason=Reason.NO_DATA, why="the title is on no issue held of that chart")
        if not subjects:
            return replace(asked, reason=Reason.AMBIGUOUS_SUBJECT, why="no season of that name is on the lists")
        if len(subjects) > 4:
            return replace(asked, reason=Reason.AMBIGUOUS_SUBJECT, why=f"{len(subjects)} works or seasons may be meant")
        parts = any(ref.parts for ref in owned.refs)
        if parts and draft.kind in {"total", "weeks_on_chart", "debut_rank", "streak", "streak_at_top"}:
            return replace(asked, reason=Reason.DEFINITION_DIFFERS, why="parts of a season share one row of the list")
        return self._claims(asked, index, subjects, bases, owned.sure)

    # when

    def _bases(self, index: int, draft: Draft) -> tuple[tuple[Period, ...], str]:
        """The weeks the sentence speaks of as its own, and the words that say so."""
        first, last = self._scan.sentences[index]
        here = self._scan.dates_in[index]
        weeks = [dated for dated in here if dated.week is not None]
        near = segment(self._scan, draft.first, (first, last), commas=True)
        if near[0] > first and self._scan.tokens[near[0] - 1].text == "(":  # `in December (23.9 million)`
            near = segment(self._scan, near[0] - 2, (first, last), commas=True)[0], near[1]
        loose = [
            dated
            for dated in here
            if dated.week is None
            and (near[0] <= dated.first < near[1] or dated.first < first + 8)
            and not self._harmless(index, dated.first, dated.last)
        ]
        if loose:
            words = self._scan.text[self._scan.tokens[loose[0].first].start : self._scan.tokens[loose[0].last - 1].end]
            return (), f"'{words}' is no week of a list"
        if draft.when == ("vague",):
            return (), "the words do not say which week"
        now = {self._scan.word(at) for at in range(*near)} & {"now", "currently", "today"}
        if weeks and now and self._default and weeks[0].week not in self._default:
            return self._default, f"{self._meant()}, which is now"
        if weeks:
            nearest = min(weeks, key=lambda dated: abs(dated.first - draft.first))
            assert nearest.week is not None
            return (nearest.week,), f"{nearest.week.in_words()} is named"
        before_it = self._named_before(index)
        if any(
            self._scan.word(at) == "week" and self._scan.word(at - 1) in {"that", "same"} for at in range(first, last)
        ):
            note = f"that week: {before_it.in_words()}" if before_it else "it is not said which week 'that week' is"
            return ((before_it,) if before_it else ()), note
        if not self._default:
            return (), "no week is named, and the text has no release date"
        if before_it is not None and before_it not in self._default and not now:
            return (*self._default, before_it), f"{self._meant()}, or the one named before, {before_it.in_words()}"
        return self._default, self._meant()

    def _meant(self) -> str:
        """How the day of the release decides which weeks are meant."""
        day = Period(self._released, self._released).in_words() if self._released else ""
        weeks = " or ".join(week.in_words() for week in self._default)
        return f"no week is named, so the day of the release, {day}, decides which it speaks from: {weeks}"

    def _named_before(self, index: int) -> Period | None:
        """The one week the sentences before name, not beyond the paragraph and three of them."""
        for at in range(index - 1, max(-1, index - 4), -1):
            gap = self._scan.text[self._scan.tokens[self._scan.sentences[at][1] - 1].end :][:2]
            weeks = {dated.week for dated in self._scan.dates_in[at] if dated.week is not None}
            if gap == "\n\n" or len(weeks) > 1:
                return None
            if weeks:
                return next(iter(weeks))
        return None

    def _harmless(self, index: int, first: int, last: int) -> bool:
        around = {self._scan.word(at) for at in (first - 2, first - 1, last, last + 1)}
        if last - first == 1 and len(self._scan.tokens[first].text) == 4:  # a year
            return self._scan.word(first - 1) not in {"in", "since", "of", "by", "from", "during"}
        if self._scan.word(first - 1) == "through" and first - 1 == self._scan.sentences[index][0]:
            return True
        return bool(
            around & {"release", "released", "since", "launch", "premiere", "premiered", "debut", "'s", "launched"}
        )

    def _weeks(self, draft: Draft, subject: str, base: Period) -> list[Period]:
        found: list[Period] = []
        for when in draft.when:
            if when == "before":
                found.append(before(base))
            elif when == "first":
                first = self._lists.first_week(subject, base)
                found += [first] if first else []
            elif when.isdecimal():
                week = base
                for _ in range(min(int(when), 600)):
                    week = before(week)
                found.append(week)
            else:
                found.append(base)
        return found

    # who

    def _subjects(self, ref: Ref, draft: Draft, bases: Sequence[Period]) -> tuple[str, ...]:
        subjects = ref.subjects
        if draft.listing is not None and draft.listing.others:
            return self._lists.subjects_on(subjects, draft.listing.others)
        if ref.season is not None:
            seasons = self._lists.of_season(subjects, ref.season)
            if seasons or ref.season.number is not None:
                return seasons
        if len(subjects) == 1:
            return subjects
        if draft.listing is not None and draft.listing.kind is not None:
            subjects = tuple(s for s in subjects if self._lists.kind(s) is draft.listing.kind) or subjects
        for base in bases:
            on = [s for s in subjects if self._lists.on(s, base)]
            if not on and draft.when == ("before",):
                on = [s for s in subjects if self._lists.on(s, before(base))]
            if on:
                return tuple(on)
        known = tuple(s for s in subjects if any(self._lists.first_listed(s, base) for base in bases))
        return known or subjects

    # where

    def _charts(self, subject: str, draft: Draft, index: int, week: Period) -> list[str]:
        kind = self._lists.kind(subject)
        on = self._lists.on(subject, week) or self._lists.charts(subject)
        listing = draft.listing
        if listing is None and draft.kind in {"rank", "debut_rank"} and not draft.widely:
            listing = self._sentence_listing(index, kind)
        if listing is None:
            return [*on, OVERALL] if draft.widely else on
        if listing.overall:
            return [OVERALL]
        if listing.kind is not None and listing.kind is not kind:
            return []
        meant = listing.charts(kind)
        if listing.language is None:
            return [chart for chart in meant if chart in on] or meant
        return meant

    def _sentence_listing(self, index: int, kind: Kind) -> Listing | None:
        first, last = self._scan.sentences[index]
        found = [self._scan.listing_at[at] for at in range(first, last) if at in self._scan.listing_at]
        found = [listing for listing in found if listing.kind in {None, kind} and listing.language and listing.named]
        titles = {ref.title for ref in self._scan.refs[index]}
        return found[0] if len(found) == 1 and len(titles) == 1 else None

    # claims

    def _claims(self, asked: Asked, index: int, subjects: Sequence[str], bases: Sequence[Period], sure: bool) -> Asked:
        draft = asked.draft
        if draft.listing is not None and draft.listing.others:
            return self._on_others(asked, index, draft.listing.others, subjects, bases)
        claims: list[Claim] = []
        probes: dict[str, Claim] = {}
        for subject in subjects:
            for base in bases:
                for week in self._weeks(draft, subject, base):
                    if self._released is not None and week.last >= self._released:
                        return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why=f"{week.in_words()} was not over")
                    if self._lists.begins is not None and week.last < self._lists.begins:
                        return replace(
                            asked, reason=Reason.OUTSIDE_WINDOW, why=f"no list before {self._lists.begins} is held"
                        )
                    if self._lists.week_ending(week.last) is None:
                        return replace(asked, reason=Reason.NO_DATA, why=f"no list of {week.in_words()} is held")
                    made = self._made(draft, subject, index, week, probes)
                    if draft.when == ("first",) and week != base and not isinstance(made, tuple) and made:
                        probes["base"] = replace(made[0], period=base)
                        if draft.unitless:
                            units = (
                                self._amount(draft, of, subject, made[0].chart, base)
                                for of in ("views", "hours_viewed")
                            )
                            probes |= {f"beside base {one.kind}": one for one in units}
                    if isinstance(made, tuple):
                        return replace(asked, reason=made[0], why=made[1])
                    claims += made
        claims = list(dict.fromkeys(claims))
        probes |= self._in_its_nth_week(draft, index, claims)
        probes |= self._beside(draft, index, claims, sure)
        if not claims:
            return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="the title was on no list by then")
        if len(claims) > _MOST_READINGS:
            return replace(asked, reason=Reason.PARSER_LIMIT, why=f"{len(claims)} readings")
        if draft.listing is None and draft.kind in {"rank", "debut_rank"} and not draft.widely:
            named = self._sentence_listing(index, self._lists.kind(claims[0].subject))
            asked = replace(asked, draft=replace(draft, listing=named))
        return replace(asked, claims=tuple(claims), probes=probes, subject=asked.subject or claims[0].subject)

    def _in_its_nth_week(self, draft: Draft, index: int, claims: Sequence[Claim]) -> dict[str, Claim]:
        """The claim as of its title's second week where the sentence says `in its second week` or `in week two`."""
        if draft.kind not in {"hours_viewed", "views", "rank"} or draft.from_first or not claims:
            return {}
        claim, found = claims[0], {}
        first = self._lists.first_week(claim.subject, claim.period)
        for at in range(*self._scan.sentences[index]):
            number = self._scan.number_at.get(at)
            if number is None or number.scaled or number.value > 600 or first is None:
                continue
            word = self._scan.word
            ordinal = number.form is Form.ORDINAL and word(number.last) in {"week", "frame", ".", ","}
            whose = (word(number.first - 2), word(number.first - 1)) in {("in", "its"), ("in", "their")}
            numbered = number.form is Form.CARDINAL and (word(number.first - 2), word(number.first - 1)) == (
                "in",
                "week",
            )
            if (ordinal and whose) or numbered:
                days = timedelta(weeks=int(number.value) - 1)
                week = Period(first.first + days, first.last + days)
                if week.last < claim.period.last:
                    found[f"week {number.value}"] = replace(claim, period=week)
        return found

    def _beside(self, draft: Draft, index: int, claims: Sequence[Claim], sure: bool) -> dict[str, Claim]:
        """What would show that the number is of something else the text speaks of: another title, season or unit."""
        if (
            (sure and not draft.unitless)
            or draft.kind not in {"hours_viewed", "views", "rank", "weeks_on_chart"}
            or draft.from_first
            or not claims
        ):
            return {}
        own = {claim.subject for claim in claims}
        works = {subject.partition("/")[0] for subject in own}
        named = [ref for at in range(max(0, index - 2), index + 1) for ref in self._scan.refs[at]]
        others = [s for ref in named for s in ref.subjects if s.partition("/")[0] not in works]
        here = [ref for ref in self._scan.refs[index] if {s.partition("/")[0] for s in ref.subjects} & works]
        if len({ref.season for ref in here if not ref.pointer}) > 1 or any(ref.borrowed for ref in here):
            others += [s for s in self._lists.siblings(tuple(own)) if s not in own]
        amount = draft.kind in {"hours_viewed", "views"}
        if not amount:
            others = [s for s in others if s.partition("/")[0] in works]
        if sure:
            others = []
        week = claims[0].period
        found: dict[str, Claim] = {}
        measures = ("hours_viewed", "views") if draft.unitless and amount else (draft.kind,)
        for subject in dict.fromkeys([*others, *(own if draft.unitless and amount else ())]):
            for chart in self._lists.on(subject, week)[:1]:
                for measure in measures:
                    if measure != "views" or week.last >= VIEWS_SINCE:
                        found[f"beside {len(found)}"] = self._amount(draft, measure, subject, chart, week)
            if len(found) > _MOST_READINGS:
                break
        return found

    def _on_others(
        self, asked: Asked, index: int, charts: Sequence[str], subjects: Sequence[str], bases: Sequence[Period]
    ) -> Asked:
        """The same on other charts than Netflix's, which have calendars of their own."""
        draft = asked.draft
        if draft.kind not in {"rank", "debut_rank", "weeks_on_chart", "streak", "streak_at_top"} or draft.territory:
            return replace(asked, reason=Reason.PARSER_LIMIT, why="of another chart only places and weeks are read")
        claims: list[Claim] = []
        probes: dict[str, Claim] = {}
        for base in bases:
            for chart in charts:
                issue = self._lists.issue_of(chart, before(base) if draft.when == ("before",) else base, self._released)
                if issue is None:
                    return replace(asked, reason=Reason.NO_DATA, why=f"no issue of {chart} in that week is held")
                if draft.when not in {("now",), ("times",), ("before",)}:
                    return replace(asked, reason=Reason.AMBIGUOUS_PERIOD, why="which issue of that chart is open")
                stated = self._stated(draft, draft.kind)
                made = [Claim(draft.kind, subject, chart, WORLDWIDE, issue, stated) for subject in subjects]
                claims += made
                for one in made if draft.kind == "rank" and draft.when != ("before",) else ():
                    issues = self._lists.issues_with(one.subject, chart, issue)
                    absent = issue not in issues and not self._says_when(index)
                    if draft.lasting or draft.earlier or absent:
                        probes |= {f"then {one.subject} {at.last} {chart}": replace(one, period=at) for at in issues}
                began = self._lists.first_on(subjects[0], chart) if draft.kind == "debut_rank" else None
                if began is not None and began.last < issue.last:
                    probes["debut"] = replace(claims[-1], period=began)
        if len(claims) > _MOST_READINGS:
            return replace(asked, reason=Reason.PARSER_LIMIT, why=f"{len(claims)} readings")
        return replace(asked, claims=tuple(claims), probes=probes, subject=asked.subject or subjects[0])

    def _made(
        self, draft: Draft, subject: str, index: int, week: Period, probes: dict[str, Claim]
    ) -> list[Claim] | tuple[Reason, str]:
        kind = draft.kind
        if kind in {"reach", "reach_at_top"}:
            chart = f"netflix.country.{self._lists.kind(subject).value}"
            stated = self._stated(draft, kind)
            since = self._first_weeks(self._lists.first_listed(subject, week), week, draft.window)
            if draft.from_first:
                return [Claim(kind, subject, chart, EVERYWHERE, since, stated)] if since is not None else _NOT_YET
            made = [Claim(kind, subject, chart, EVERYWHERE, week, stated)]
            if since is not None and not draft.weekly and not any(d.week for d in self._scan.dates_in[index]):
                probes["since"] = Claim(kind, subject, chart, EVERYWHERE, since, stated)
                probes |= self._in_other_weeks(made, week)
            return made
        charts = self._charts(subject, draft, index, week)
        if not charts:
            return Reason.PARSER_LIMIT, "the list named does not list what the title is"
        if draft.territory is not None:
            if kind == "debut_rank":
                return Reason.PARSER_LIMIT, "a debut in one territory"
            chart = f"netflix.country.{self._lists.kind(subject).value}"
            return [Claim(kind, subject, chart, draft.territory, week, self._stated(draft, kind))]
        if kind == "rank" and draft.from_first:
            since = self._first_weeks(self._lists.first_week(subject, week), week, draft.window)
            stated = self._stated(draft, kind)
            return [Claim(kind, subject, chart, WORLDWIDE, since, stated) for chart in charts] if since else []
        if kind in {"rank", "debut_rank", "weeks_on_chart", "streak", "streak_at_top"}:
            if kind == "debut_rank":
                first = self._lists.first_week(subject, week)
                if first is not None and first.last < before(week).last:  # a week later it is no debut any more
                    probes["debut"] = Claim(kind, subject, charts[0], WORLDWIDE, first, self._stated(draft, kind))
                probes.setdefault(
                    "rank", Claim("rank", subject, charts[0], WORLDWIDE, week, self._stated(draft, "rank"))
                )
            made = [Claim(kind, subject, chart, WORLDWIDE, week, self._stated(draft, kind)) for chart in charts]
            if draft.earlier and kind == "rank":
                probes["before"] = replace(made[0], period=before(week))
            absent = not self._lists.on(subject, week)
            if kind == "rank" and (draft.lasting or (absent and not self._says_when(index))):
                probes |= self._in_other_weeks(made, week)
            return made
        if kind == "record":
            (measure,) = draft.measures or ("views" if week.last >= VIEWS_SINCE else "hours_viewed",)
            stated = replace(self._stated(draft, kind, measure), since=self._lists.begins)
            return [Claim(kind, subject, chart, WORLDWIDE, week, stated, measure) for chart in charts]
        if kind == "minutes":
            probes["hours"] = self._amount(draft, "hours_viewed", subject, charts[0], week)
            return [probes["hours"]]
        if kind in COMPARED:
            return self._compared(draft, subject, index, charts, week, probes)
        measures = [m for m in draft.measures if m != "views" or week.last >= VIEWS_SINCE]
        if not measures:
            probes["hours"] = self._amount(draft, "hours_viewed", subject, charts[0], week)
            return [probes["hours"]]
        if kind == "total":
            return self._totals(draft, subject, charts, week, measures, probes)
        total = self._window(subject, week, None)
        if total is not None and total.first < week.first:
            stated = self._stated(draft, "total", measures[0])
            if draft.debut:
                first = Period(total.first, total.first + timedelta(days=6))
                probes["debut"] = self._amount(draft, measures[0], subject, charts[0], first)
            probes["before"] = self._amount(draft, measures[0], subject, charts[0], before(week))
            if not any(dated.week == week for dated in self._scan.dates_in[index]):
                probes["total"] = Claim("total", subject, charts[0], WORLDWIDE, total, stated, measures[0])
        made = [self._amount(draft, measure, subject, chart, week) for chart in charts for measure in measures]
        if draft.lasting:
            probes |= self._in_other_weeks(made, week)
        return made

    def _in_other_weeks(self, claims: Sequence[Claim], week: Period) -> dict[str, Claim]:
        """The claims of one subject as of each week before in which it was listed anywhere."""
        subject = claims[0].subject
        weeks = [one for one in self._lists.weeks_on_any(subject, week) if one != week]
        return {
            f"then {subject} {one.last} {claim.chart}": replace(claim, period=one) for one in weeks for claim in claims
        }

    def _says_when(self, index: int) -> bool:
        """Whether a sentence says a week, or is of the present."""
        words = {self._scan.word(at) for at in range(*self._scan.sentences[index])}
        return bool(words & {"week", *PRESENT}) or any(dated.week for dated in self._scan.dates_in[index])

    def _compared(
        self, draft: Draft, subject: str, index: int, charts: Sequence[str], week: Period, probes: dict[str, Claim]
    ) -> list[Claim] | tuple[Reason, str]:
        others: tuple[str, ...] = ()
        if draft.versus_at is not None:
            other = next(ref for ref in self._scan.refs[index] if ref.first == draft.versus_at)
            others = self._subjects(other, draft, (week,))
        made = compared(draft, subject, others, charts, week, self._lists)
        if isinstance(made[0], Reason):
            return made
        probes |= {f"{name} {subject} {week.last}": claim for name, claim in made[1].items()}
        return made[0]

    def _totals(
        self,
        draft: Draft,
        subject: str,
        charts: Sequence[str],
        week: Period,
        measures: Sequence[str],
        probes: dict[str, Claim],
    ) -> list[Claim] | tuple[Reason, str]:
        if "views" in measures and self._lists.recut(subject, week):
            return Reason.DEFINITION_DIFFERS, "its runtime changed, so that its weekly views do not add up"
        windows = {self._window(subject, week, None), self._window(subject, week, draft.window)} - {None}
        if draft.from_first:
            windows = {self._first_weeks(self._lists.first_week(subject, week), week, draft.window)} - {None}
            if not windows:
                return _NOT_YET
        probes["week"] = self._amount(draft, measures[0], subject, charts[0], week)
        first = self._lists.first_week(subject, week)
        weeks = 13 if week.last >= VIEWS_SINCE else 4  # of the first 91 or 28 days that Netflix sums up itself
        if draft.window is None and self._first_weeks(first, week, weeks + 2) is not None:
            for name, of in (("least", weeks - 1), ("most", weeks + 1)):
                if (official := self._first_weeks(first, week, of)) is not None:
                    stated = self._stated(draft, "total", measures[0])
                    probes[name] = Claim("total", subject, charts[0], WORLDWIDE, official, stated, measures[0])
        if first is not None and first.last < week.last:
            stated = self._stated(draft, "total", measures[0])
            until = Period(first.first, before(week).last)
            probes["stale"] = Claim("total", subject, charts[0], WORLDWIDE, until, stated, measures[0])
        return [
            Claim("total", subject, chart, WORLDWIDE, window, self._stated(draft, "total", measure), measure)
            for chart in charts
            for measure in measures
            for window in sorted(window for window in windows if window is not None)
        ]

    def _window(self, subject: str, week: Period, weeks: int | None) -> Period | None:
        first = self._lists.first_week(subject, week)
        if first is None:
            return None
        if weeks is not None:
            start = week
            for _ in range(min(weeks, 600) - 1):
                start = before(start)
            return Period(start.first, week.last)
        return Period(first.first, week.last)

    def _first_weeks(self, first: Period | None, week: Period, weeks: int | None) -> Period | None:
        """The weeks from `first` to `week`, or the first `weeks` of them; None when these are not over."""
        if first is None:
            return None
        last = first.last + timedelta(weeks=min(weeks, 600) - 1) if weeks else week.last
        return Period(first.first, last) if first.last <= last <= week.last else None

    def _amount(self, draft: Draft, measure: str, subject: str, chart: str, week: Period) -> Claim:
        return Claim(measure, subject, chart, WORLDWIDE, week, self._stated(draft, measure))

    def _stated(self, draft: Draft, kind: str, measure: str = "") -> Stated:
        return Stated(kind, draft.value, draft.step, draft.hedge, "", measure)
