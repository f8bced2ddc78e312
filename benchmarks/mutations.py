"""True sentences with one thing changed, and what the checker makes of them.

A sentence is said of a claim that asking supports; what is changed in it is changed in the claim too, and that is asked: the
checker has to read the sentence, the asking has not. `python -m benchmarks.mutations` prints the table of docs/benchmarks.md.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from groundswell.checker import Checked, Lists, check_all
from groundswell.claims import EVERYWHERE, Claim, Stated, read, say
from groundswell.claims.quantity import HEDGES
from groundswell.core.errors import InputError
from groundswell.core.period import Period
from groundswell.core.verdict import Verdict

ORDINALS = (
    *"first second third fourth fifth sixth seventh eighth ninth tenth".split(),
    *"eleventh twelfth thirteenth fourteenth fifteenth".split(),
)
LISTED = {
    "netflix.global.tv_english": "English TV list",
    "netflix.global.tv_non_english": "list of non-English shows",
    "netflix.global.films_english": "English film list",
    "netflix.global.films_non_english": "non-English film chart",
}
_ENTRIES = """
SELECT l.title, l.season, l.subject, l.chart, l.first_day, l.last_day, l.rank, l.weeks_on_chart, l.streak_at_top,
       max(o.value) FILTER (o.measure = 'hours_viewed') AS hours_viewed, max(o.value) FILTER (o.measure = 'views') AS views
FROM placed l JOIN observations o ON o.load_id = l.load_id AND o.line = l.line
WHERE l.chart LIKE 'netflix.global.%' AND l.chart <> 'netflix.global.overall' AND length(l.title) > 5 AND l.title NOT LIKE '%"%'
GROUP BY ALL ORDER BY l.last_day, l.chart, l.rank
"""
_REACHED = """
SELECT subject, last_day, count(DISTINCT territory) AS reach, count(DISTINCT territory) FILTER (rank = 1) AS reach_at_top
FROM placed WHERE chart LIKE 'netflix.country.%' GROUP BY ALL
"""
_WITHOUT_REPLY = frozenset({"negation", "scope"})
"""What is changed so that no typed claim says it: such a sentence must be left open."""


@dataclass(frozen=True)
class Mutant:
    """A text with one thing changed (`nothing` of a true one), and the claim it then makes; None where no claim says it."""

    changed: str
    text: str
    released: date
    claim: Claim | None
    span: tuple[int, int] | None = None
    """The characters changed, where the text claims more besides."""


@dataclass(frozen=True)
class Judged:
    """What the asking says of a mutant's claim, and the checker of its text: supported, refuted or open."""

    mutant: Mutant
    asked: str
    checked: str


class _Speaker:
    """Says claims about the lists, and changes one thing in what it said."""

    def __init__(self, lists: Lists, seed: int) -> None:
        self._dice = random.Random(seed)
        self.rows = lists.record.engine.query(_ENTRIES).to_pylist()
        reached = lists.record.engine.query(_REACHED).to_pylist()
        self._reached = {(row["subject"], row["last_day"]): row for row in reached}
        self._older: set[str] = set()
        """On the first list there is: what is said of their beginning cannot be known."""
        self._on: dict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
        self._of: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self.rows:
            self._on[row["chart"], row["last_day"]].append(row)
            if row["first_day"] == self.rows[0]["first_day"]:
                self._older.add(row["subject"])
            self._of[row["subject"].partition("/")[0], row["chart"]].append(row)

    def claims(self, row: dict[str, Any]) -> Iterator[Claim]:
        """What can be said of one entry."""
        week = Period(row["first_day"], row["last_day"])
        subject, chart = row["subject"], row["chart"]

        def of(kind: str, value: int | Decimal, step: int = 1, where: str = chart, measure: str = "") -> Claim:
            territory = EVERYWHERE if kind.startswith("reach") else "WW"
            stated = Stated(kind, Decimal(value), Decimal(step), 0, "", measure)
            return Claim(kind, subject, where, territory, week, stated, measure)

        yield of("rank", row["rank"])
        measure = "views" if row["views"] is not None else "hours_viewed"
        step = 10_000 if measure == "hours_viewed" and row[measure] % 100_000 else 100_000
        yield of(measure, row[measure], step)
        if subject in self._older:
            return
        if row["weeks_on_chart"] <= len(ORDINALS):
            yield of("weeks_on_chart", row["weeks_on_chart"])
        if row["streak_at_top"] and 1 < row["streak_at_top"] <= len(ORDINALS):
            yield of("streak_at_top", row["streak_at_top"])
        if row["weeks_on_chart"] == 1:
            yield of("debut_rank", row["rank"])
        first = min(
            other["first_day"] for other in self._of[subject.partition("/")[0], chart] if other["subject"] == subject
        )
        total = sum(
            other["hours_viewed"] for other in self._of[subject.partition("/")[0], chart]
            if other["subject"] == subject and other["last_day"] <= week.last
        )  # fmt: skip
        if first < week.first:
            yield replace(of("total", total, 10_000, measure="hours_viewed"), period=Period(first, week.last))
        before = [
            other["hours_viewed"] for other in self._of[subject.partition("/")[0], chart]
            if other["subject"] == subject and other["last_day"] == week.first - timedelta(days=1)
        ]  # fmt: skip
        if before and before[0] and row["views"] is None:
            change = round((row["hours_viewed"] - before[0]) * 100 / before[0])
            if change:
                yield of("change", change, measure="hours_viewed")
        if (held := self._reached.get((subject, week.last))) is not None:
            country = f"netflix.country.{'films' if 'films' in chart else 'tv'}"
            yield of("reach", held["reach"], where=country)
            if held["reach_at_top"]:
                yield of("reach_at_top", held["reach_at_top"], where=country)

    def text(self, row: dict[str, Any], claim: Claim, *, hedge: bool = True) -> str:
        """A claim of `row` in words, with its week where its words name one."""
        name, value, where = _name(row), int(claim.stated.value), LISTED[row["chart"]]
        stated = claim.stated if hedge else replace(claim.stated, hedge=0)
        monday = claim.period.last - timedelta(days=6)
        week = f"in the week of {monday:%B} {monday.day}, {monday.year}"
        nth = ORDINALS[value - 1] if 0 < value <= len(ORDINALS) else ""
        direction = "rose" if claim.stated.value > 0 else "fell"
        return {
            "rank": f"{name} was No. {value} on the {where} {week}.",
            "hours_viewed": f"{name} had {say(stated)} {week}.",
            "views": f"{name} had {say(stated)} {week}.",
            "weeks_on_chart": f"{name} is in its {nth} week on the {where}.",
            "streak_at_top": f"{name} topped the {where} for the {nth} consecutive week.",
            "debut_rank": f"{name} debuted at No. {value} on the {where}.",
            "total": f"{name} has amassed a total of {say(stated)}.",
            "change": f"{name} {direction} {abs(value)}% from the week before.",
            "reach": f"{name} was in the Top 10 in {say(stated)} {week}.",
            "reach_at_top": f"{name} was No. 1 in {say(stated)} {week}.",
        }[claim.kind]

    def mutants(self, row: dict[str, Any], claim: Claim) -> Iterator[Mutant]:
        """The claim said, and said with one thing changed at a time."""
        released = row["last_day"] + timedelta(days=2)

        def said(changed: str, other: Claim, of: dict[str, Any] = row) -> Mutant:
            return Mutant(changed, self.text(of, other), released, other)

        yield said("nothing", claim)
        kind, value, step = claim.kind, claim.stated.value, claim.stated.step
        if kind in {"hours_viewed", "views", "total", "change", "reach", "reach_at_top"}:
            what = "territory count" if kind.startswith("reach") else "last digit"
            last = int(abs(value) / step)
            digit = last - last % 10 + (last % 10 + self._dice.randint(1, 9)) % 10
            if digit:
                yield said(what, _with(claim, Decimal(digit) * step * (1 if value > 0 else -1)))
            if (swapped := _swapped(last, self._dice)) is not None:
                yield said("digit order", _with(claim, Decimal(swapped) * step * (1 if value > 0 else -1)))
        if kind in {"rank", "debut_rank"}:
            yield said("rank", _with(claim, Decimal((int(value) + self._dice.randint(0, 8)) % 10 + 1)))
        if kind in {"weeks_on_chart", "streak_at_top"}:
            most = len(ORDINALS)
            yield said("ordinal", _with(claim, Decimal((int(value) + self._dice.randint(0, most - 2)) % most + 1)))
        if kind in {"rank", "hours_viewed", "views"}:
            days = timedelta(days=7 * self._dice.choice((-2, -1, -1, 1)))
            if claim.period.last + days < released:
                yield said("week", replace(claim, period=Period(claim.period.first + days, claim.period.last + days)))
        neighbours = [one for one in self._on[row["chart"], row["last_day"]] if one["title"] != row["title"]]
        if kind in {"weeks_on_chart", "debut_rank"}:
            neighbours = [one for one in neighbours if one["subject"] not in self._older]
        if neighbours and kind not in {"total", "streak_at_top"}:
            other = self._dice.choice(neighbours)
            yield said("title", replace(claim, subject=other["subject"]), other)
        seasons = self._of[row["subject"].partition("/")[0], row["chart"]]
        seasons = [
            one for one in seasons
            if one["subject"] not in {row["subject"], *self._older} and one["last_day"] < row["last_day"]
            and one["season"] not in {None, "", one["title"]}
        ]  # fmt: skip
        if seasons and kind in {"rank", "hours_viewed", "views", "weeks_on_chart", "debut_rank"}:
            other = self._dice.choice(seasons)
            yield said("season", replace(claim, subject=other["subject"]), other)
        text = self.text(row, claim)
        if kind == "hours_viewed":
            yield Mutant("unit", text.replace(" hours", " minutes"), released, None)
        if kind == "views":
            stated = replace(claim.stated, kind="hours_viewed")
            hours = replace(claim, kind="hours_viewed", stated=stated)
            yield Mutant("unit", self.text(row, hours), released, hours)
        if kind in {"hours_viewed", "views", "total", "reach"}:
            hedge = self._dice.choice(
                [at for at, one in enumerate(HEDGES) if one.relation in {"more_than", "less_than"}]
            )
            factor = Decimal(self._dice.choice((6, 8, 13, 16))) / 10
            shifted = max((value * factor / step).to_integral_value(), Decimal(1)) * step
            if shifted != value:
                yield said("qualifier", replace(claim, stated=replace(claim.stated, value=shifted, hedge=hedge)))
        if kind in {"rank", "hours_viewed", "views", "reach"}:
            not_so = text.replace(" was ", " was not ").replace(" had ", " never had ")
            yield Mutant("negation", not_so, released, None)
            yield Mutant(
                "scope", re.sub(r" in the week of|\.$", " among teenagers\\g<0>", text, count=1), released, None
            )


def _name(row: dict[str, Any]) -> str:
    season, title = str(row["season"] or ""), str(row["title"])
    return f'"{season if season.startswith(title) else f"{title}: {season}" if season else title}"'


def _with(claim: Claim, value: Decimal) -> Claim:
    return replace(claim, stated=replace(claim.stated, value=value))


def _swapped(number: int, dice: random.Random) -> int | None:
    """A number with two neighbouring digits in each other's place; None where that changes nothing."""
    digits = str(number)
    places = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1] and (at or digits[1] != "0")]
    if not places:
        return None
    at = dice.choice(places)
    return int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def of_lists(lists: Lists, entries: int, seed: int = 11) -> list[Mutant]:
    """What is said of `entries` entries drawn at random, with mutants; only of claims that asking supports."""
    speaker = _Speaker(lists, seed)
    drawn = random.Random(seed).sample(speaker.rows, min(entries, len(speaker.rows)))
    said = [(row, claim) for row in drawn for claim in speaker.claims(row)]
    asked = lists.record.judge([claim for _, claim in said])
    true = [pair for pair, judged in zip(said, asked, strict=True) if judged.verdict is Verdict.SUPPORTED]
    return [mutant for row, claim in true for mutant in speaker.mutants(row, claim)]


def of_passages(lists: Lists, folder: Path, most: int | None = None, seed: int = 11) -> list[Mutant]:
    """The supported figures of the press passages in `folder`, each with its last digit and its digits' order changed."""
    passages = [
        passage
        for name in ("releases", "sentences", "errors", "abstain")
        for passage in map(json.loads, (folder / f"{name}_dev.jsonl").read_text(encoding="utf-8").splitlines())
    ]
    dice = random.Random(seed)
    checked = check_all([(one["text"], date.fromisoformat(one["release_date"])) for one in passages], lists)
    found: list[Mutant] = []
    for passage, of in zip(passages, checked, strict=True):
        for claim, (start, end) in zip(of.claims, of.spans, strict=True):
            if claim.verdict is not Verdict.SUPPORTED or claim.judged is None:
                continue
            words, released = passage["text"][start:end], of.released
            for changed, new in _digits_changed(words, dice):
                try:
                    stated = read(new, claim.judged.claim.kind)
                except InputError:  # the words are more than a quantity: what they then claim is not known
                    continue
                text = f"{passage['text'][:start]}{new}{passage['text'][end:]}"
                stated = replace(stated, measure=claim.judged.claim.stated.measure)
                assert released is not None
                found.append(
                    Mutant(
                        changed, text, released, replace(claim.judged.claim, stated=stated), (start, start + len(new))
                    )
                )
    return found if most is None else dice.sample(found, min(most, len(found)))


def _digits_changed(words: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    places = [at for at, character in enumerate(words) if character.isdecimal()]
    if not places:
        return
    at = places[-1]
    yield "last digit", f"{words[:at]}{(int(words[at]) + dice.randint(1, 9)) % 10}{words[at + 1 :]}"
    pairs = [(a, b) for a, b in pairwise(places) if words[a] != words[b] and (a or words[b] != "0")]
    if pairs:
        a, b = dice.choice(pairs)
        yield "digit order", f"{words[:a]}{words[b]}{words[a + 1 : b]}{words[a]}{words[b + 1 :]}"


def judged(mutants: Sequence[Mutant], lists: Lists, at_once: int = 5000) -> list[Judged]:
    """What asking and the checker say of each mutant. A claim nobody types is false when it counts minutes, else open."""
    claims = list(dict.fromkeys(one.claim for one in mutants if one.claim is not None))
    answers = {claim: str(judged.verdict) for claim, judged in zip(claims, lists.record.judge(claims), strict=True)}
    found: list[Judged] = []
    for start in range(0, len(mutants), at_once):
        batch = mutants[start : start + at_once]
        for mutant, checked in zip(batch, check_all([(one.text, one.released) for one in batch], lists), strict=True):
            mine = _of(mutant, checked)
            asked = answers[mutant.claim] if mutant.claim else "refuted" if mutant.changed == "unit" else "undecidable"
            found.append(Judged(mutant, asked, mine))
    return found


def _of(mutant: Mutant, checked: Checked) -> str:
    start, end = mutant.span or (0, len(mutant.text))
    verdicts = [
        str(claim.verdict)
        for claim, span in zip(checked.claims, checked.spans, strict=True)
        if span[0] < end and start < span[1]
    ]
    if "refuted" in verdicts:
        return "refuted"
    return "supported" if verdicts and set(verdicts) == {"supported"} else "open"


def table(found: Sequence[Judged]) -> Iterator[str]:
    """What became of the mutants, by what was changed, as Markdown."""
    from benchmarks.specifications import wilson

    yield "| changed | mutants | asking refutes | caught | supported: true of another row | supported though false |"
    yield "|---|---|---|---|---|---|"
    kinds = list(dict.fromkeys(one.mutant.changed for one in found if one.mutant.changed != "nothing"))
    for kind in (*kinds, "all"):
        of = [
            one for one in found if one.mutant.changed in {kind} or (kind == "all" and one.mutant.changed != "nothing")
        ]
        false = [one for one in of if one.asked == "refuted"]
        caught = sum(one.checked == "refuted" for one in false)
        also = sum(one.checked == "supported" and one.asked == "supported" for one in of)
        wrong = sum(one.checked == "supported" and one.asked != "supported" for one in of)
        share = f" = {100 * caught / len(false):.1f}% {wilson(caught, len(false))}" if false else ""
        yield f"| {kind} | {len(of):,} | {len(false):,} | {caught:,}{share} | {also} | {wrong} |"


def main() -> None:
    """Print the table, with -v the mutants that were not caught."""
    import tempfile

    from benchmarks.data import COUNTRIES, WORLDWIDE, shared_data
    from groundswell.cli import main as groundswell
    from groundswell.cli import work
    from groundswell.newsroom.desk import open_desk

    data = shared_data()
    if data is None:
        raise SystemExit("the folder of real data is not there; set GROUNDSWELL_SHARED_DATA")
    entries = int(next((argument for argument in sys.argv[1:] if argument.isdecimal()), "1000"))
    with tempfile.TemporaryDirectory(prefix="groundswell-bench-") as folder:
        desk = Path(folder) / "desk"
        groundswell(["new", str(desk), "--empty"])
        for feed, name in (("netflix.global", WORLDWIDE), ("netflix.countries", COUNTRIES)):
            groundswell(["-C", str(desk), "load", feed, str(data / name), "--fetched", name.partition("_")[2][:10]])
        with work.record_of(open_desk(desk)) as record:
            lists = Lists(record)
            said = judged(of_lists(lists, entries), lists)
            press = judged(of_passages(lists, data.parent / "press"), lists)
    for what, found in (("said of the lists", said), ("of press passages", press)):
        true = [one for one in found if one.mutant.changed == "nothing"]
        counted = Counter(one.checked for one in true)
        print(f"\n{what}: {len(true):,} unchanged, of them {dict(counted)}\n" if true else f"\n{what}:\n")
        print("\n".join(table(found)))
        if "-v" in sys.argv:
            for one in found:
                fits = {"supported": "supported", "refuted": "refuted"}.get(one.asked, "open")
                if one.checked != fits:
                    print(f"{one.mutant.changed}: asked {one.asked}, checked {one.checked}: {one.mutant.text}")


if __name__ == "__main__":
    main()
