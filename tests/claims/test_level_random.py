"""Levels and statuses against the naive oracle, on random readings of days and months, revised, unread and contradicted."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from groundswell.catalog import Catalog, read_names
from groundswell.claims import Claim, Record, read
from groundswell.core.period import Period
from tests.claims import claim_oracle as oracle
from tests.claims.lists import Lists

CLAIMS = 6_000
FIRST = date(2024, 1, 1)
DAYS = 200
SUBJECTS = ("alder", "birch", "cedar")
TERRITORIES = ("WW", "WW", "GB")
NAMES = (
    "scope,title,season,territory,valid_from,valid_to,rank,subject,why\nmoss.*,@birch,,,,,,birch,its other account\n"
)
UNITS = {
    "moss.followers": "followers",
    "moss.tag_views": "views",
    "moss.speed": "Mbps",
    "moss.score": "per cent of critics",
    "moss.certified_fresh": "status",
}
_SAID = {"per cent of critics": "% of critics"}


@dataclass(frozen=True)
class World:
    """The same readings twice: as the package holds them, and as the oracle reads them."""

    record: Record
    readings: dict[str, list[oracle.Reading]]


def _value(dice: random.Random, unit: str) -> str:
    if dice.random() < 0.1:
        return "unread"
    if unit == "status":
        return dice.choice(["yes", "no"])
    if unit in ("followers", "views"):
        return str(dice.randint(0, 400) * 10**4 + dice.choice([0, 0, 1]))
    if unit == "Mbps":
        return f"{dice.randint(180, 400) / 100:.2f}"
    return dice.choice(["100", "99.5", f"{dice.randint(400, 1000) / 10:.1f}"])


def _number(value: str) -> Fraction | None:
    return None if value == "unread" else Fraction({"yes": "1", "no": "0"}.get(value, value))


def _series(dice: random.Random, lists: Lists, measure: str) -> list[oracle.Reading]:
    """One measure, written out as several editions of a file."""
    unit = UNITS[measure]
    monthly = measure == "moss.speed"
    known: dict[tuple[str, str, date], oracle.Reading] = {}
    for edition in range(3):
        evidence = oracle.EVIDENCE[edition] if dice.random() < 0.7 else "published"
        written: dict[tuple[str, str, date], str] = {}
        for _ in range(40):
            title, territory = dice.choice([*SUBJECTS, "@birch"]), dice.choice(TERRITORIES)
            day = FIRST + timedelta(days=dice.randrange(DAYS))
            if monthly:
                day = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            written[title, territory, day] = _value(dice, unit)
        lines = [f"{day},{title},{territory},{value}" for (title, territory, day), value in written.items()]
        lists.add_series(
            "\n".join([f"{'period_end' if monthly else 'day'},title,territory,value", *lines]),
            measure=measure,
            unit="" if unit == "status" else unit,
            yes=("yes",) if unit == "status" else (),
            no=("no",) if unit == "status" else (),
            calendar="month" if monthly else None,
            status=evidence,
            known_from=datetime(2025, 1, 1 + edition, tzinfo=UTC),
            findings=sum(value == "unread" for value in written.values()),
        )
        for (title, territory, day), value in written.items():
            first = day.replace(day=1) if monthly else day
            known[title, territory, day] = oracle.Reading(
                title.removeprefix("@"), territory, first, day, _number(value), evidence
            )
    return list(known.values())


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    dice = random.Random(20261126)
    lists = Lists()
    readings = {measure: _series(dice, lists, measure) for measure in UNITS}
    record = lists.record(Catalog(names=tuple(read_names(NAMES, "names.csv"))))
    yield World(record, readings)
    record.engine.close()


@dataclass(frozen=True)
class Case:
    """A claim, and what the oracle says of it."""

    claim: Claim
    answer: oracle.Answer
    verdict: str


def _words(dice: random.Random, unit: str, near: Fraction) -> tuple[str, Fraction, Fraction, str]:
    """A hedge, a value near the one given, the step of its last digit, and the words."""
    hedge = dice.choice(["", "", *oracle.HEDGES])
    places = dice.randint(0, 2)
    counted = unit in ("followers", "views")
    step = (
        Fraction(10 ** (6 - places))
        if counted and near > 10**5
        else Fraction(1)
        if counted
        else Fraction(1, 10**places)
    )
    value = max(Fraction(0), (near // step + dice.randint(-1, 1)) * step)
    if dice.random() < 0.2 and counted:
        step, value = Fraction(1), near
    scaled = value / 10**6 if step > 1 else value
    digits = f"{Decimal(scaled.numerator) / Decimal(scaled.denominator):,.{0 if step == 1 else places}f}"
    said = f"{hedge} {digits}{' million' if step > 1 else ''} {_SAID.get(unit, unit)}".strip()
    return hedge, value, step, said.replace(" %", "%")


def _case(dice: random.Random, world: World) -> Case:
    measure = dice.choice(list(UNITS))
    unit = UNITS[measure]
    subject, territory = dice.choice(SUBJECTS), dice.choice(TERRITORIES)
    last = FIRST + timedelta(days=dice.randint(-5, DAYS + 30))
    first = last - timedelta(days=dice.choice([0, 3, 10, 40, 100]))
    answer = oracle.read_series(world.readings[measure], subject, territory, first, last)
    near = Fraction(dice.choice(answer.values)) if answer.values else Fraction(3)
    if unit == "status":
        claim = Claim("status", subject, "", territory, Period(first, last), read("certified fresh", "status"), measure)
        return Case(claim, answer, oracle.verdict(answer, [lambda x: x == 1], Fraction(1)))
    hedge, value, step, words = _words(dice, unit, near)
    claim = Claim("level", subject, "", territory, Period(first, last), read(words, "level"), measure)
    assert (Fraction(claim.stated.value), Fraction(claim.stated.step)) == (value, step), words
    return Case(claim, answer, oracle.verdict(answer, oracle.allowed_of_level(unit, hedge, value, step), value))


@pytest.fixture(scope="module")
def cases(world: World) -> list[Case]:
    dice = random.Random(11)
    return [_case(dice, world) for _ in range(CLAIMS)]


def test_every_verdict_is_the_oracles(world: World, cases: list[Case]) -> None:
    for case, judged in zip(cases, world.record.judge([case.claim for case in cases]), strict=True):
        why = f"{case.claim}: {judged}; the oracle: {case.answer}"
        assert judged.verdict == case.verdict, why
        if case.answer.values is None:
            assert (judged.found.value, judged.found.reason, judged.evidence) == (None, "no_data", None), why
        else:
            ends = (Fraction(judged.found.low), Fraction(judged.found.high or 0))
            assert ends == (case.answer.values[0], case.answer.values[-1]), why
            assert judged.evidence == case.answer.evidence, why


def test_the_random_claims_cover_every_verdict_of_every_measure(cases: list[Case]) -> None:
    for measure in UNITS:
        verdicts = [case.verdict for case in cases if case.claim.measure == measure]
        assert min(verdicts.count(verdict) for verdict in ("supported", "refuted", "undecidable")) >= 30, measure
    assert sum(case.answer.evidence == "simulated" and case.verdict == "supported" for case in cases) > 100
    two = [case for case in cases if case.answer.values and case.answer.values[0] != case.answer.values[-1]]
    assert min(sum(case.verdict == verdict for case in two) for verdict in ("supported", "refuted", "undecidable")) >= 5
