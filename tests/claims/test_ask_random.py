"""Every claim type against the naive oracle, on random lists with gaps, parts, ties and lists held for one subject."""

import random
from collections.abc import Iterator
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
from tests.claims import claim_oracle as oracle
from tests.claims.lists import Lists

CHARTS, CLAIMS = 36, 4000
TITLES = ("alder", "birch", "cedar", "elder", "hazel")
TERRITORIES = ("DE", "FR", "GB", "JP")
FIRST = date(2024, 1, 7)
WEEKS = 12
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
    return oracle.Chart(tuple(issues), since, not_published)


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
            Definition(name, name, since=chart.since, not_published=chart.not_published)
            for name, chart in charts.items()
        )
    )
    record = lists.record(catalog, definitions)
    yield World(record, charts, available)
    record.engine.close()


def _words(dice: random.Random, kind: str, near: int) -> tuple[str, Fraction, Fraction, str]:
    """A hedge, a value near the one given, the step of its last digit, and the words."""
    hedge = dice.choice(["", "", "", *oracle.HEDGES])
    lowest = 1 if hedge else 0  # nobody says "nearly no weeks"
    step = 1
    if kind == "hours_viewed" and dice.random() < 0.7:
        places = dice.randint(0, 2)
        step = 10 ** (6 - places)
        value = max(lowest, near // step + dice.randint(-1, 1)) * step
        number = f"{Decimal(value) / 10**6:.{places}f} million"
    elif kind == "hours_viewed":
        value = max(lowest, near + dice.choice([0, 0, 1, -10_000]))
        number = f"{value:,}"
    else:
        value = max(lowest, near + dice.randint(-2, 2))
        number = str(value)
    unit = {"hours_viewed": "hours", "weeks_on_chart": "weeks", "reach": "countries"}.get(kind, "")
    said = f"No. {number}" if kind == "rank" else f"{number} {unit}"
    return hedge, Fraction(value), Fraction(step), f"{hedge} {said}".strip()


@dataclass(frozen=True)
class Case:
    """A claim, and what the oracle says of it."""

    claim: Claim
    answer: oracle.Answer
    verdict: str


def _case(dice: random.Random, world: World) -> Case:
    name = dice.choice(list(world.charts))
    chart = world.charts[name]
    kind = dice.choice(["hours_viewed", "rank", "weeks_on_chart", "reach"])
    subject = dice.choice(TITLES)
    territory = "*" if kind == "reach" else dice.choice(chart.territories())
    last = FIRST + timedelta(weeks=dice.randint(-1, WEEKS + 1), days=dice.choice([0, 0, 0, 0, -2, 3]))
    first = last - timedelta(days=6 if kind == "hours_viewed" and dice.random() < 0.8 else dice.randint(0, 50))
    answer = oracle.ask(chart, oracle.Asked(kind, subject, territory, first, last), world.available.get(subject))
    ends = [answer.values[0], answer.values[-1]] if answer.values else [3]
    hedge, value, step, words = _words(dice, kind, dice.choice([5 if end == oracle.ENDLESS else end for end in ends]))
    claim = Claim(kind, subject, name, territory, Period(first, last), read(words, kind))
    assert (Fraction(claim.stated.value), Fraction(claim.stated.step)) == (value, step), words
    return Case(claim, answer, oracle.verdict(answer, oracle.allowed(hedge, value, step)))


@pytest.fixture(scope="module")
def cases(world: World) -> list[Case]:
    dice = random.Random(7)
    return [_case(dice, world) for _ in range(CLAIMS)]


def test_every_verdict_is_the_oracles(world: World, cases: list[Case]) -> None:
    for case, judged in zip(cases, world.record.judge([case.claim for case in cases]), strict=True):
        why = f"{case.claim}: {judged}; the oracle: {case.answer}"
        assert judged.verdict == case.verdict, why
        values = case.answer.values
        if values is None:
            assert judged.found.value is None, why
            assert judged.found.absent == case.answer.off or judged.claim.kind == "hours_viewed", why
        else:
            ends = (Decimal(values[0]), None if values[-1] == oracle.ENDLESS else Decimal(values[-1]))
            assert (judged.found.low, judged.found.high) == ends, why
            assert judged.found.missing == case.answer.missing, why
        if case.verdict != "undecidable":
            assert judged.evidence == case.answer.evidence, why
        for named in case.answer.missing[:5]:
            assert named in judged.explanation, why


def test_the_random_claims_cover_every_verdict_of_every_kind(cases: list[Case]) -> None:
    for kind in ("hours_viewed", "rank", "weeks_on_chart", "reach"):
        verdicts = [case.verdict for case in cases if case.claim.kind == kind]
        assert min(verdicts.count(verdict) for verdict in ("supported", "refuted", "undecidable")) > 50, kind
    assert sum(case.answer.evidence == "simulated" and case.verdict == "supported" for case in cases) > 50
    assert sum(bool(case.answer.missing) and case.verdict != "undecidable" for case in cases) > 100


def test_a_set_of_mixed_kinds_is_answered_in_order_as_one_by_one(world: World, cases: list[Case]) -> None:
    claims = [case.claim for case in cases[:60]]
    together = world.record.judge(claims)
    assert [judged.claim for judged in together] == claims
    assert together == [judged for claim in claims for judged in world.record.judge([claim])]
    assert [judged.claim for judged in world.record.judge(claims[::-1])] == claims[::-1]
    assert world.record.judge([]) == []
