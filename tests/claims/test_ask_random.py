"""Every claim type against the naive oracle, on random lists with gaps, parts, ties and lists held for one subject."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from groundswell.catalog import Catalog, Subject
from groundswell.charts.definition import Chart as Definition
from groundswell.charts.definition import Charts
from groundswell.claims import Claim, Record, read
from groundswell.core.period import Period
from groundswell.measures.netflix import Method
from tests.claims import claim_oracle as oracle
from tests.claims.lists import Lists

CHARTS, CLAIMS = 36, 10_000
TITLES = ("alder", "birch", "cedar", "elder", "hazel")
TERRITORIES = ("DE", "FR", "GB", "JP")
FIRST = date(2024, 1, 7)
WEEKS = 12
KINDS = (
    *(
        "hours_viewed",
        "rank",
        "weeks_on_chart",
        "reach",
        "reach_at_top",
        "debut_rank",
        "streak",
        "streak_at_top",
        "total",
        "change",
    ),
    *("comparison", "multiple", "superlative", "record"),
)
MISSING_NAMED = ("rank", "weeks_on_chart", "reach")
MODES = ("whole", "whole", "whole", "whole", "part", "for one", "for two", "gap")


@dataclass(frozen=True)
class World:
    """The same lists twice: as the package holds them, and as the oracle reads them."""

    record: Record
    charts: dict[str, oracle.Chart]
    available: dict[str, date]


def _entries(dice: random.Random, *, rankless: bool) -> dict[str, oracle.Entry]:
    titles = dice.sample(TITLES, dice.randint(2, 4))
    ranks = list(range(1, len(titles) + 1))
    if len(ranks) > 2 and dice.random() < 0.2:
        ranks[2] = ranks[1]  # a tie: 1, 2, 2, 4
    entries = {}
    for title, rank in zip(titles, ranks, strict=True):
        figures = {"hours_viewed": dice.randint(1, 4000) * 10_000} if dice.random() < 0.9 else {}
        entries[title] = oracle.Entry(None if rankless and dice.random() < 0.3 else rank, figures)
    return entries


def _lines(territory: str, day: date, entries: dict[str, oracle.Entry]) -> list[str]:
    return [
        f"{day},{territory},{'' if entry.rank is None else entry.rank},{title},{entry.figures.get('hours_viewed', '')}"
        for title, entry in entries.items()
    ]


def _chart(dice: random.Random, name: str, lists: Lists) -> oracle.Chart:
    """One chart, written out as the files of several loads."""
    files: dict[tuple[str, str], list[str]] = {}
    faults: dict[tuple[str, str], int] = {}
    issues = []
    since = FIRST + timedelta(weeks=dice.randint(-2, 3)) if dice.random() < 0.4 else None
    territories = dice.sample(TERRITORIES, dice.randint(1, 4)) if dice.random() < 0.6 else ["WW"]
    for territory in territories:
        start, stop = dice.randint(0, 3), dice.randint(6, WEEKS)
        for week in range(start, stop):
            day = FIRST + timedelta(weeks=week)
            mode = dice.choice(MODES)
            evidence = dice.choices(oracle.EVIDENCE, (8, 1, 1))[0]
            entries = _entries(dice, rankless=mode.startswith("for"))
            whole_for: tuple[str, ...] = ("*",)
            if mode == "gap":
                continue
            if mode == "part":
                evidence, whole_for = "published", ()
                entries = {title: entry for title, entry in entries.items() if entry.rank != 1}
                faults["*", evidence] = faults.get(("*", evidence), 0) + 1
            if mode.startswith("for"):
                whole_for = tuple(dice.sample(TITLES, 2 if mode == "for two" else 1))
                entries = {title: entry for title, entry in entries.items() if title in whole_for}
                for title in whole_for:
                    one = {title: entries[title]} if title in entries else {}
                    lines = _lines(territory, day, one) or [f"{day},{territory},,,"]
                    files.setdefault((title, evidence), []).extend(lines)
            else:
                files.setdefault(("*", evidence), []).extend(_lines(territory, day, entries))
            issues.append(oracle.Issue(territory, day, entries, whole_for, evidence))
    for (complete_for, evidence), lines in files.items():
        lists.add(
            "\n".join(["period_end,territory,rank,title,hours_viewed", *lines]),
            chart=name,
            complete_for=complete_for,
            status=evidence,
            findings=faults.get((complete_for, evidence), 0),
        )
    held = {issue.last_day for issue in issues}
    absent = [day for week in range(WEEKS) if (day := FIRST + timedelta(weeks=week)) not in held]
    not_published = frozenset(day for day in absent if dice.random() < 0.3)
    return oracle.Chart(tuple(issues), since, not_published, by_hours=dice.random() < 0.7)


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    dice = random.Random(20261122)
    lists = Lists()
    charts = {name: _chart(dice, name, lists) for name in (f"c{number}" for number in range(CHARTS))}
    available = {"alder": FIRST + timedelta(days=17), "birch": FIRST + timedelta(weeks=4)}
    # Before a title is available it is on no list: else the catalogue would contradict the lists.
    catalog = Catalog(subjects={title: Subject(title, "film", title, day) for title, day in available.items()})
    definitions = Charts(
        tuple(
            Definition(
                name,
                name,
                since=chart.since,
                not_published=chart.not_published,
                methods=(Method("by-hours", date.min, "hours_viewed", {}),) if chart.by_hours else (),
            )
            for name, chart in charts.items()
        )
    )
    record = lists.record(catalog, definitions)
    yield World(record, charts, available)
    record.engine.close()


Words = tuple[str, Fraction, Fraction, str]
"""A hedge, a value, the step of its last digit, and the words."""


def _words(dice: random.Random, asked: oracle.Asked, near: int | Fraction) -> Words:
    """Words of the kind asked with a value near the one given."""
    kind = asked.kind
    hedge = dice.choice(["", "", "", *oracle.HEDGES])
    lowest = 1 if hedge else 0  # nobody says "nearly no weeks"
    step = Fraction(1)
    if kind in ("superlative", "record"):
        number = min(20, max(1, int(near) + dice.randint(-1, 1)))
        place = {1: "", 2: "second ", 3: "third "}.get(number, f"{number}th ")
        since = f" since {asked.since}" if asked.since else ""
        return "", Fraction(number), step, f"{place}most hours{since}"
    if kind == "change":
        step = Fraction(1, 10 ** dice.randint(0, 1))
        per_cent = (near // step + dice.randint(-1, 1)) * step
        said = f"{float(abs(per_cent)):.{0 if step == 1 else 1}f}%"
        return hedge, per_cent, step, f"{'down' if per_cent < 0 else 'up'} {hedge} {said}"
    if kind == "multiple":
        places = dice.randint(0, 2)
        step = Fraction(1, 10**places)
        times = max(step, (near // step + dice.randint(-1, 1)) * step)
        figure = f"{Decimal(times.numerator) / times.denominator:.{places}f}"
        return hedge, times, step, f"{hedge} {figure} times as many hours"
    if kind in ("hours_viewed", "total", "comparison"):
        size = abs(int(near))
        if dice.random() < 0.7:
            places = dice.randint(0, 2)
            step = Fraction(10 ** (6 - places))
            size = int(max(lowest, size // step + dice.randint(-1, 1)) * step)
            figure = f"{Decimal(size) / 10**6:.{places}f} million"
        else:
            size = max(lowest, size + dice.choice([0, 0, 1, -10_000]))
            figure = f"{size:,}"
        if kind == "comparison":
            fewer = (near < 0) != (dice.random() < 0.1)
            return (
                hedge,
                Fraction(-size if fewer else size),
                step,
                f"{hedge} {figure} {'fewer' if fewer else 'more'} hours",
            )
        return hedge, Fraction(size), step, f"{hedge} {figure} hours".strip()
    value = max(lowest, int(near) + dice.randint(-2, 2))
    words = {
        "rank": f"{hedge} No. {value}",
        "debut_rank": f"debuted at {hedge} No. {value}",
        "weeks_on_chart": f"{hedge} {value} weeks",
        "streak": f"{hedge} {value} consecutive weeks",
        "streak_at_top": f"{hedge} {value} weeks in a row at No. 1",
        "reach": f"{hedge} {value} countries",
        "reach_at_top": f"No. 1 in {hedge} {value} countries",
    }[kind]
    return hedge, Fraction(value), step, " ".join(words.split())


def _allowed(kind: str, hedge: str, value: Fraction, step: Fraction) -> list[Callable[[Fraction], bool]]:
    """The oracle's readings; a fall is the mirror of a rise, and a percentage is never cut off nor exact."""
    if kind in ("change", "multiple") and not hedge:
        return [lambda x: value - step / 2 <= x < value + step / 2]
    if value < 0:
        return [_mirrored(reads) for reads in oracle.allowed(hedge, -value, step)]
    return oracle.allowed(hedge, value, step)


def _mirrored(reads: Callable[[Fraction], bool]) -> Callable[[Fraction], bool]:
    return lambda x: reads(-x)


@dataclass(frozen=True)
class Case:
    """A claim, and what the oracle says of it."""

    claim: Claim
    answer: oracle.Answer
    verdict: str


def _case(dice: random.Random, world: World) -> Case:
    name = dice.choice(list(world.charts))
    chart = world.charts[name]
    kind = dice.choice(KINDS)
    subject, versus = dice.sample(TITLES, 2)
    territory = "*" if kind.startswith("reach") else dice.choice(chart.territories())
    last = FIRST + timedelta(weeks=dice.randint(-1, WEEKS + 1), days=dice.choice([0, 0, 0, 0, -2, 3]))
    of_one_issue = kind in ("hours_viewed", "change", "comparison", "multiple", "superlative", "record")
    of_issues = 7 * dice.randint(1, 5) - 1 if kind == "total" else dice.randint(0, 50)
    first = last - timedelta(days=6 if of_one_issue and dice.random() < 0.9 else of_issues)
    since = FIRST + timedelta(days=dice.randint(-9, 40)) if kind == "record" else None
    if since is not None and since > last:
        since = last
    against = versus if kind == "comparison" or (kind == "multiple" and dice.random() < 0.5) else ""
    asked = oracle.Asked(kind, subject, territory, first, last, against, since)
    answer = oracle.ask(chart, asked, world.available.get(subject))
    ends = [answer.values[0], answer.values[-1]] if answer.values else [3]
    near = dice.choice([5 if end == oracle.ENDLESS else end for end in ends])
    hedge, value, step, words = _words(dice, asked, near)
    measured = ("total", "change", "comparison", "multiple", "superlative", "record")
    measure = "hours_viewed" if kind in measured else ""
    claim = Claim(kind, subject, name, territory, Period(first, last), read(words, kind), measure, asked.versus)
    assert (Fraction(claim.stated.value), Fraction(claim.stated.step)) == (value, step), words
    return Case(claim, answer, oracle.verdict(answer, _allowed(kind, hedge, value, step), value))


@pytest.fixture(scope="module")
def cases(world: World) -> list[Case]:
    dice = random.Random(12)
    return [_case(dice, world) for _ in range(CLAIMS)]


def test_every_verdict_is_the_oracles(world: World, cases: list[Case]) -> None:
    for case, judged in zip(cases, world.record.judge([case.claim for case in cases]), strict=True):
        why = f"{case.claim}: {judged}; the oracle: {case.answer}"
        assert judged.verdict == case.verdict, why
        values = case.answer.values
        kind = case.claim.kind
        if values is None:
            assert judged.found.value is None, why
            if kind in MISSING_NAMED:
                assert judged.found.absent == case.answer.off, why
        elif kind in ("change", "multiple"):
            assert judged.found.high is not None, why
            assert abs(Fraction(judged.found.low) - Fraction(values[0])) < Fraction(1, 10**20), why
        else:
            ends = (Fraction(values[0]), None if values[-1] == oracle.ENDLESS else Fraction(values[-1]))
            found = judged.found
            assert (Fraction(found.low), None if found.high is None else Fraction(found.high)) == ends, why
        if values is not None and kind in MISSING_NAMED:
            assert judged.found.missing == case.answer.missing, why
        if case.verdict != "undecidable":
            assert judged.evidence == case.answer.evidence, why
        for named in case.answer.missing[:5]:
            assert named in judged.explanation, why


def test_the_random_claims_cover_every_verdict_of_every_kind(cases: list[Case]) -> None:
    for kind in KINDS:
        verdicts = [case.verdict for case in cases if case.claim.kind == kind]
        assert min(verdicts.count(verdict) for verdict in ("supported", "refuted", "undecidable")) >= 5, kind
    assert sum(case.answer.evidence == "simulated" and case.verdict == "supported" for case in cases) > 30
    assert sum(bool(case.answer.missing) and case.verdict != "undecidable" for case in cases) > 100


def test_a_set_of_mixed_kinds_is_answered_in_order_as_one_by_one(world: World, cases: list[Case]) -> None:
    claims = [case.claim for case in cases[:40]]
    assert {claim.kind for claim in claims} == {*KINDS}
    together = world.record.judge(claims)
    assert [judged.claim for judged in together] == claims
    assert together == [judged for claim in claims for judged in world.record.judge([claim])]
    assert [judged.claim for judged in world.record.judge(claims[::-1])] == claims[::-1]
    assert world.record.judge([]) == []
