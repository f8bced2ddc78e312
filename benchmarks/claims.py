"""10,000 claims on both files, verified as one set and one by one."""

import random
import time
from datetime import timedelta
from pathlib import Path

from groundswell.catalog import Catalog, code_of
from groundswell.charts import Charts
from groundswell.claims import EVERYWHERE, Claim, Record, read
from groundswell.core.period import Period
from groundswell.store import Store

CLAIMS, ONE_BY_ONE = 10_000, 100
_SAID = {
    "hours_viewed": "20 million hours",
    "rank": "No. 5",
    "debut_rank": "debuted at No. 5",
    "weeks_on_chart": "three weeks",
    "streak": "three consecutive weeks",
    "reach": "54 countries",
    "total": "50 million hours",
    "change": "up 10%",
    "superlative": "second most hours",
    "record": "most hours in a week since 28 June 2021",
}
_CHART = "netflix.global.tv_english"
_ENTRIES = f"SELECT subject, first_day, last_day FROM placed WHERE chart = '{_CHART}' ORDER BY last_day, rank"


def claims(folder: str) -> dict[str, float]:
    """Claims verified in a second: of every kind as a set, of all kinds mixed, and one after another."""
    dice = random.Random(1)
    with Store(Path(folder), code_of).open() as engine:
        record = Record(engine, Catalog(), Charts())
        entries = engine.query(_ENTRIES).to_pylist()

        def made(kind: str) -> Claim:
            entry = dice.choice(entries)
            chart, territory = ("netflix.country.tv", EVERYWHERE) if kind == "reach" else (_CHART, "WW")
            days = timedelta(days=27 if kind == "total" else 0)
            period = Period(entry["first_day"] - days, entry["last_day"])
            stated = read(_SAID[kind], kind)
            measure = "hours_viewed" if kind == "change" else stated.measure
            return Claim(kind, entry["subject"], chart, territory, period, stated, measure)

        def rate(asked: list[Claim], at_once: int) -> float:
            began = time.perf_counter()
            for start in range(0, len(asked), at_once):
                record.judge(asked[start : start + at_once])
            return len(asked) / (time.perf_counter() - began)

        kinds = list(_SAID)
        mixed = [made(kinds[n % len(kinds)]) for n in range(CLAIMS)]
        record.judge(mixed[:10])
        return {
            "all kinds, as a set": rate(mixed, CLAIMS),
            "all kinds, one by one": rate(mixed[:ONE_BY_ONE], 1),
            **{kind: rate([made(kind) for _ in range(CLAIMS)], CLAIMS) for kind in kinds},
        }
