"""Critics' scores and what Certified Fresh asks for: golden cases, and every possible world where something is not known."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog import Catalog, Subject
from groundswell.claims import Claim, Judged, Record, read
from groundswell.core.period import Period
from groundswell.measures.critics import METHODS, Method, critics, wilson
from groundswell.measures.series import identify
from tests.claims.lists import Lists, judge_one

HEAD = "day,title,season,critic,publication,top,verdict"
TODAY = METHODS[-1]
IN_2022 = METHODS[-2]


def reviews(fresh: int, rotten: int = 0, *, top: int = 5, first: str = "2022-04-20", name: str = "c") -> Iterator[str]:
    """Rows of a season's reviews, one a day, first `top` of them by top critics."""
    for n, verdict in enumerate(["fresh"] * fresh + ["rotten"] * rotten):
        day = date.fromisoformat(first) + timedelta(n)
        yield f"{day},Kite,Kite: Season 1,{name} {n},Mill Lane Gazette,{int(n < top)},{verdict}"


def record(
    *rows: str, findings: int = 0, catalog: Catalog | None = None, methods: tuple[Method, ...] = METHODS
) -> Record:
    lists = Lists()
    lists.add_reviews("\n".join([HEAD, *rows]), findings=findings)
    held = lists.record(catalog)
    if methods != METHODS:
        identify(held.engine, catalog or Catalog(), (critics(methods),))
    return held


def ask(held: Record, words: str, measure: str, last: str = "2022-12-31", subject: str = "kite/s1") -> Judged:
    """What is found of the last reading up to a day."""
    kind = "status" if measure.endswith("certifiable") else "level"
    period = Period(date(1990, 1, 1), date.fromisoformat(last))
    return judge_one(held, Claim(kind, subject, "", "WW", period, read(words, kind), f"critics.{measure}"))


def is_certifiable(held: Record, last: str = "2022-12-31", subject: str = "kite/s1") -> str:
    return ask(held, "certifiable", "certifiable", last, subject).explanation.partition(": found ")[2]


def test_21_reviews_all_fresh_are_certifiable_and_said_with_their_number() -> None:
    held = record(*reviews(21))
    assert ask(held, "100% of critics", "score").explanation == (
        "Kite: Season 1, critics' score, 1 January 1990 to 31 December 2022: found 100% of 21 reviews "
        "(95% interval 84.5% to 100%; reading of 10 May 2022)"
    )
    assert ask(held, "21 reviews", "reviews").found.value == 21
    assert ask(held, "5 reviews by top critics", "top_reviews").found.value == 5
    assert "found 100% of 5 reviews" in ask(held, "100% of top critics", "top_score").explanation
    assert is_certifiable(held) == "certifiable (since 9 May 2022; reading of 10 May 2022)"
    assert is_certifiable(held, "2022-05-08") == "not certifiable (reading of 8 May 2022)"


@pytest.mark.parametrize(
    ("fresh", "rotten", "top", "is_so"),
    [
        (19, 0, 19, False),
        (20, 0, 5, True),
        (20, 0, 4, False),
        (75, 25, 5, True),
        (74, 25, 5, True),  # 74.7, at the end; above 75 on the way there
    ],
)
def test_what_a_season_needs(fresh: int, rotten: int, top: int, is_so: bool) -> None:
    held = record(*reviews(fresh, rotten, top=top))
    assert is_certifiable(held).startswith("certifiable" if is_so else "not certifiable")


@pytest.mark.parametrize(("fresh", "rotten", "is_so"), [(750, 250, True), (749, 251, False)])
def test_the_share_is_not_rounded_before_it_is_compared(fresh: int, rotten: int, is_so: bool) -> None:
    rows = [row.replace(row[:10], "2022-04-20") for row in reviews(fresh, rotten)]
    assert is_certifiable(record(*rows)).startswith("certifiable" if is_so else "not certifiable")
    assert ask(record(*rows), "75% of critics", "score").verdict == "supported"  # 74.9 is shown as 75


def test_it_is_kept_at_70_and_lost_below() -> None:
    held = record(*reviews(21), *reviews(0, 10, first="2022-06-01", name="d"))
    said = {day: is_certifiable(held, f"2022-06-{day:02}") for day in (8, 9, 10)}
    assert said == {  # 21 of 29, of 30 and of 31
        8: "certifiable (since 9 May 2022; reading of 8 June 2022)",
        9: "certifiable (since 9 May 2022; reading of 9 June 2022)",
        10: "not certifiable (since 10 June 2022; reading of 10 June 2022)",
    }
    again = record(
        *reviews(21), *reviews(0, 10, first="2022-06-01", name="d"), *reviews(9, first="2022-07-01", name="e")
    )
    assert is_certifiable(again, "2022-07-08").startswith("not certifiable")  # 29 of 39, 74.4
    assert is_certifiable(again, "2022-07-09") == "certifiable (since 9 July 2022; reading of 9 July 2022)"


def test_which_release_a_film_had_is_not_known() -> None:
    def film(count: int) -> str:
        return is_certifiable(record(*(row.replace("Kite: Season 1", "") for row in reviews(count))), subject="kite")

    assert film(39).startswith("not certifiable")
    assert film(40).startswith("both certifiable and not")
    assert film(79).startswith("both certifiable and not")
    assert film(80).startswith("certifiable (reading of")  # since when is not known either


def test_a_series_is_certified_by_its_seasons_alone() -> None:
    rows = [row.replace("Kite: Season 1", "") for row in reviews(100)]
    known = Catalog((), {"kite": Subject("kite", "series", "Kite", None)})
    assert is_certifiable(record(*rows, catalog=known), subject="kite").startswith("not certifiable")


def test_the_same_reviews_by_the_method_of_2022_and_todays() -> None:
    rows = list(reviews(7))
    for method, verdict in ((IN_2022, "supported"), (TODAY, "undecidable")):
        held = record(*rows, methods=(replace(method, since=date.min),))
        assert ask(held, "100% of critics", "score").verdict == verdict
        assert ask(held, "7 reviews", "reviews").verdict == "supported"
    first = METHODS[0]
    assert [m.id for m in METHODS] == [f"tomatometer-{year}" for year in (1998, 2005, 2013, 2024)]
    old = record(*(row.replace("Kite: Season 1", "") for row in reviews(20, top=0)), methods=(first,))
    assert is_certifiable(old, subject="kite").startswith("certifiable")
    assert is_certifiable(record(*reviews(20), methods=(first,))).startswith("not certifiable")


def test_each_day_has_the_method_then_in_force() -> None:
    held = record(*reviews(9, first="2024-08-16"))
    assert ask(held, "100% of critics", "score", "2024-08-31").found.note.endswith("reading of 20 August 2024")
    assert ask(held, "9 reviews", "reviews", "2024-08-31").verdict == "supported"


def test_a_score_is_shown_from_5_reviews() -> None:
    held = record(*reviews(5))
    assert ask(held, "100% of critics", "score", "2022-04-24").verdict == "supported"
    assert ask(held, "100% of critics", "score", "2022-04-23").verdict == "undecidable"


@pytest.mark.parametrize(
    ("fresh", "rotten", "score"),
    [(23, 17, 58), (199, 1, 99), (1, 199, 1), (0, 5, 0), (5, 0, 100), (2, 398, 1), (1, 399, 0)],
)
def test_half_up_and_never_100_with_a_rotten_review(fresh: int, rotten: int, score: int) -> None:
    rows = [row.replace(row[:10], "2022-04-20") for row in reviews(fresh, rotten)]
    assert ask(record(*rows), f"{score}% of critics", "score").found.value == score


def test_a_critics_later_review_takes_the_place_of_the_earlier() -> None:
    same = ["2022-05-01,Kite,Kite: Season 1,c 3,Mill Lane Gazette,1,rotten"]
    elsewhere = ["2022-05-01,Kite,Kite: Season 1,c 3,The Almanac,1,rotten"]
    nameless = [
        "2022-05-01,Kite,Kite: Season 1,,Mill Lane Gazette,1,rotten",
        "2022-05-02,Kite,Kite: Season 1,,Mill Lane Gazette,1,fresh",
    ]
    for more, found in ((same, (4, 5)), (elsewhere, (5, 6)), (nameless, (6, 7))):
        held = record(*reviews(5), *more)
        share = f"{floor(Fraction(100 * found[0], found[1]) + Fraction(1, 2))}% of {found[1]} reviews"
        assert share in ask(held, "100% of critics", "score").explanation
        assert "100% of 5 reviews" in ask(held, "100% of critics", "score", "2022-04-30").explanation


def test_what_is_not_known_leaves_what_it_could_be() -> None:
    undated = "1800-01-01,Kite,Kite: Season 1,u,The Almanac,0,rotten"
    unread = "2022-04-30,Kite,Kite: Season 1,v,The Almanac,0,hm"
    score = ask(record(*reviews(9), undated, findings=1), "100% of critics", "score")
    assert score.verdict == "undecidable"
    assert "found 90 to 100% of 9 to 10 reviews" in score.explanation
    score = ask(record(*reviews(9), unread, findings=1), "80% of critics", "score")
    assert score.verdict == "refuted"
    assert "found 90 to 100% of 10 reviews" in score.explanation
    assert len(score.found.rows) == 10
    assert ask(record(*reviews(9), undated, findings=1), "10 reviews", "reviews").verdict == "undecidable"


DAYS = [date(2022, 5, day) for day in range(1, 5)]
SMALL = Method("small", date.min, shown=2, films=(2, 4), seasons=3, top=1)
Review = tuple[date | None, str, bool | None, bool | None]
REVIEW = st.tuples(
    st.sampled_from([*DAYS, *DAYS, None]),
    st.sampled_from(["", "", "ash", "elm"]),
    st.sampled_from([True, False, True, False, None]),
    st.sampled_from([True, True, False, True, True, False, None]),
)


def worlds(film: list[Review]) -> Iterator[list[tuple[date, str, bool, bool]]]:
    """All that the reviews could really be, those left out that never came."""
    came = [[day] if day else [date.min, *DAYS, date.max] for day, *_ in film]
    top = [[is_top] if is_top is not None else [True, False] for _, _, is_top, _ in film]
    fresh = [[is_fresh] if is_fresh is not None else [True, False] for *_, is_fresh in film]
    for chosen in product(*(product(*of) for of in zip(came, top, fresh, strict=True))):
        yield [
            (day, critic, is_top, is_fresh)
            for (_, critic, *_), (day, is_top, is_fresh) in zip(film, chosen, strict=True)
        ]


def counted(world: list[tuple[date, str, bool, bool]], dated: list[bool], by: date) -> list[tuple[bool, bool]]:
    """Top and fresh of each review that counts by the end of a day: of a critic's dated ones the last."""
    last = {
        critic: (day, n)
        for n, (day, critic, *_) in sorted(enumerate(world), key=lambda at: (at[1][0], at[0]))
        if dated[n] and critic and day <= by
    }
    return [
        (is_top, is_fresh)
        for n, (day, critic, is_top, is_fresh) in enumerate(world)
        if day <= by and (not dated[n] or not critic or last[critic][1] == n)
    ]


def shown(verdicts: list[bool]) -> int:
    if all(verdicts):
        return 100
    return min(99, floor(Fraction(100 * sum(verdicts), len(verdicts)) + Fraction(1, 2)))


def certified(
    world: list[tuple[date, str, bool, bool]], dated: list[bool], days: list[date], fewest: int
) -> list[bool]:
    has, states = False, []
    for day in days:
        of = counted(world, dated, day)
        share = Fraction(sum(is_fresh for _, is_fresh in of), len(of))
        if share >= Fraction(75, 100) and len(of) >= fewest and sum(is_top for is_top, _ in of) >= SMALL.top:
            has = True
        elif share < Fraction(70, 100):
            has = False
        states.append(has)
    return states


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(REVIEW, min_size=1, max_size=6), min_size=1, max_size=3))
def test_readings_are_those_of_every_possible_world(films: list[list[Review]]) -> None:
    films = [film for film in films if sum(None in (day, is_top, is_fresh) for day, _, is_top, is_fresh in film) <= 2]
    top, verdict = {True: "1", False: "0", None: "?"}, {True: "fresh", False: "rotten", None: "?"}
    rows = [
        f"{day or '1800-01-01'},Film {n},Season 1,{critic},Gazette,{top[is_top]},{verdict[is_fresh]}"
        for n, film in enumerate(films)
        for day, critic, is_top, is_fresh in film
    ]
    if not rows:
        return
    unknown = sum(
        (day is None) + (is_top is None) + (is_fresh is None) for film in films for day, _, is_top, is_fresh in film
    )
    held = record(*rows, findings=unknown, methods=(SMALL,))
    found: dict[tuple[str, str, date], list[int]] = {}
    for row in held.engine.query("SELECT measure, subject, last_day, value FROM levels").to_pylist():
        found.setdefault((row["measure"], row["subject"], row["last_day"]), []).append(int(row["value"]))
    expected: dict[tuple[str, str, date], list[int]] = {}
    for n, film in enumerate(films):
        subject, dated = f"film-{n}/s1", [day is not None for day, *_ in film]
        days = sorted({day for day, *_ in film if day})
        tops = sorted({day for day, _, is_top, _ in film if day and is_top is not False})
        possible = list(worlds(film))
        for part, on, keep in (("", days, lambda _: True), ("top_", tops, lambda is_top: is_top)):
            for day in on:
                of = [[fresh for is_top, fresh in counted(world, dated, day) if keep(is_top)] for world in possible]
                sizes = [len(one) for one in of]
                expected[f"critics.{part}reviews", subject, day] = [min(sizes), max(sizes)]
                if max(sizes) >= SMALL.shown:
                    scores = [shown(one) for one in of if one]
                    expected[f"critics.{part}score", subject, day] = [min(scores), max(scores)]
        for at, day in enumerate(days):
            states = {certified(world, dated, days, 3)[at] for world in possible}
            bounds = found.pop(("critics.certifiable", subject, day))
            assert min(bounds) <= min(states) <= max(states) <= max(bounds)
            if len(possible) == 1:
                assert len(bounds) == 1
    held.engine.close()
    tight = {key: values for key, values in found.items() if key in expected}
    assert {key: [min(values), max(values)] for key, values in tight.items()} == expected
    assert all(key[0].startswith("critics.top_") for key in found.keys() - expected.keys())


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_solves_its_equation(counts: tuple[int, int]) -> None:
    fresh, n = counts
    share, z = fresh / n, 1.959963984540054
    for end in map(float, wilson(fresh, n)):
        assert abs(abs(share - end) - z * (end * (1 - end) / n) ** 0.5) < 1e-9


def test_wilson_of_21_of_21() -> None:
    low, high = wilson(21, 21)
    assert round(float(low), 3) == 0.845
    assert high == 1
