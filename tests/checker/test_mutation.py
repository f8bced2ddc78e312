"""True sentences with one thing changed: none is supported unless it is true again, nearly all are caught."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from groundswell.checker import Lists, check_all
from groundswell.claims import Claim, Stated, say
from groundswell.core.period import Period

pytestmark = pytest.mark.shared_data
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ENTRIES = """
SELECT l.title, l.season, l.subject, l.chart, l.first_day, l.last_day, l.rank, l.weeks_on_chart, o.measure, o.value
FROM placed l JOIN observations o ON o.load_id = l.load_id AND o.line = l.line
WHERE l.chart LIKE 'netflix.global.%' AND l.chart <> 'netflix.global.overall' AND l.weeks_on_chart <= 10
  AND o.measure = CASE WHEN l.last_day < DATE '2023-06-18' THEN 'hours_viewed' ELSE 'views' END
  AND length(l.title) > 6 AND l.title NOT LIKE '%"%'
ORDER BY l.last_day, l.chart, l.rank
"""
LISTS = {
    "netflix.global.tv_english": "English TV list",
    "netflix.global.tv_non_english": "list of non-English shows",
    "netflix.global.films_english": "English film list",
    "netflix.global.films_non_english": "non-English film chart",
}


def _sentence(title: str, rank: str, where: str, amount: str, weeks: str) -> str:
    return f'"{title}" was {rank} on the {where} with {amount}, in its {weeks} week there.'


@pytest.fixture(scope="module")
def entries(real: Lists) -> list[dict[str, Any]]:
    rows = real.record.engine.query(_ENTRIES).to_pylist()
    return random.Random(11).sample(rows, 150)


def test_one_thing_changed_is_caught(real: Lists, entries: list[dict[str, Any]]) -> None:
    texts: list[tuple[str, str, date]] = []
    for row in entries:
        measure, value, last = str(row["measure"]), row["value"], row["last_day"]
        assert isinstance(last, date)
        season = str(row["season"] or "")
        title = (
            season if season.startswith(str(row["title"])) else f"{row['title']}: {season}" if season else row["title"]
        )
        step = 10_000 if measure == "hours_viewed" and value % 100_000 else 100_000
        said = say(Stated(measure, value, Decimal(step), 0))
        rank, weeks = int(str(row["rank"])), int(str(row["weeks_on_chart"]))
        true = (str(title), f"No. {rank}", LISTS[str(row["chart"])], said, ORDINALS[weeks - 1])
        digits = [at for at, character in enumerate(said) if character.isdigit()]
        changed = {
            "true": true,
            "last digit": (*true[:3], _digit(said, digits[-1]), true[4]),
            "rank": (true[0], f"No. {rank % 10 + 1}", *true[2:]),
            "ordinal": (*true[:4], ORDINALS[weeks % 10]),
            "unit": (*true[:3], said.replace("hours", "minutes").replace("views", "hours"), true[4]),
        }
        released = last + timedelta(days=2)
        texts += [(kind, _sentence(*words), released) for kind, words in changed.items()]
        texts.append(("negated", _sentence(*true).replace(" was ", " was not "), released))
        where = _sentence(*true).replace(" with ", " in Britain with ")
        texts.append(("qualifier", where, released))
    counted: Counter[tuple[str, str]] = Counter()
    for (kind, text, _), checked in zip(texts, check_all([(t, d) for _, t, d in texts], real), strict=True):
        verdicts = {one.verdict.value for one in checked.claims}
        outcome = "refuted" if "refuted" in verdicts else "open" if verdicts != {"supported"} else "supported"
        counted[kind, outcome] += 1
        if outcome == "supported":
            assert kind == "true", text
    n = len(entries)
    assert counted["true", "refuted"] == 0
    assert counted["true", "supported"] >= 0.9 * n, counted
    for kind in ("last digit", "rank", "ordinal"):
        assert counted[kind, "refuted"] >= 0.9 * n, counted
    assert counted["negated", "refuted"] == 0


def _digit(words: str, at: int) -> str:
    return f"{words[:at]}{(int(words[at]) + 1) % 10}{words[at + 1 :]}"


def test_what_the_house_says_is_read_back(real: Lists, entries: list[dict[str, Any]]) -> None:
    """A claim said is read as the claim it was: the same kind, subject, week and value."""
    texts = [
        (f'"{row["title"]}" had {say(Stated(str(row["measure"]), row["value"], Decimal(10_000), 0))}.', row)
        for row in entries
        if "films" in row["chart"]
    ]
    for (text, row), checked in zip(
        texts,
        check_all([(t, r["last_day"] + timedelta(days=2)) for t, r in texts], real),
        strict=True,
    ):
        for one in checked.claims:
            assert one.judged is not None, text
            claim: Claim = one.judged.claim
            assert (claim.kind, claim.subject, claim.period) == (
                row["measure"],
                row["subject"],
                Period(row["first_day"], row["last_day"]),
            ), text
            assert one.verdict.value == "supported", text
