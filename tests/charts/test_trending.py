"""Trending TV: ranked from events, whatever their order; floors, ties, missing hours, the digest."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from groundswell.charts import trending
from groundswell.charts.trending import RANKED_BY, reduce_weeks, settled_weeks
from groundswell.core.errors import MachineryError
from groundswell.core.live import Batch, Cursor, Gap
from groundswell.core.period import MON_SUN, Period
from groundswell.core.reduction import Reduction, encode
from groundswell.measures.owned import OWNED
from groundswell.measures.profile import VARIETY_2022, Profile
from groundswell.store.duckdb import DuckEngine
from groundswell.store.stream import Part
from tests.measures import interaction_oracle
from tests.store.events import MONDAY, PLATFORM, SIMULATED, EventDesk, activity, event, links

NOW = MONDAY + timedelta(days=30)
WEEK, SECOND = (MON_SUN.period_of((MONDAY + timedelta(days=days)).date()) for days in (0, 7))
LINKED = {f"{title}-{n}": [title] for title in "abcd" for n in range(60)}
HOURS = [event("follow", "owl", f"f{hour}", hour) for hour in range(14 * 24)]


def crowd(title: str, accounts: int, likes: int = 0, hours: float = 5, first: int = 0) -> list[dict[str, Any]]:
    """So many accounts post about a title, and one more likes some of the posts."""
    posts = [event("post", f"{title}{n}", f"{title}-{n}", hours + n / 60) for n in range(first, first + accounts)]
    fans = [
        event("like", f"{title}-fan{n}", f"l-{title}-{n}", hours + 2, object=f"{title}-{first + n}")
        for n in range(likes)
    ]
    return [*posts, *fans]


@pytest.fixture(autouse=True)
def low_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few accounts are enough."""
    monkeypatch.setattr(trending, "FLOOR", 3)


def weeks(desk: EventDesk, names: dict[str, str] | None = None, only: Period | None = None) -> list[Reduction]:
    """The settled weeks of what the desk holds; or one of them, from the days until it settles alone."""
    with DuckEngine() as engine:
        desk.stream.register(engine, until=only.last + timedelta(days=2) if only else None)
        engine.register("owned", pa.Table.from_pylist([], schema=OWNED))
        return reduce_weeks(engine, [only] if only else settled_weeks(engine, NOW), names or {})


def ranked(week: Reduction) -> list[tuple[str, int, int]]:
    """Title, net interactions, accounts, in order."""
    return [(e.title, int(e.figures["interactions"]), int(e.figures["unique_actors"])) for e in week.entries]


def test_titles_are_ranked_by_net_interactions_then_accounts_then_id(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    fewer = [event("like", "c0", "l-c", 8, object="c-1"), event("like", "c0", "l-c2", 8, object="c-2")]
    desk.load([*HOURS, *crowd("b", 5), *crowd("a", 5), *crowd("c", 4), *fewer, *crowd("d", 2, likes=0)], LINKED)
    first, second = weeks(desk, {"a": "A", "b": "Another"})
    assert ranked(first) == [("c", 6, 4), ("A", 5, 5), ("b", 5, 5)]  # a name that leads elsewhere gives way to the id
    assert (second.entries, first.hours_missing, second.hours_missing) == ((), 0, 0)
    assert first.entries[0].figures["top_share"] == Decimal("50")  # one account of four, three of six acts
    assert first.cells[0].net <= first.cells[0].gross
    for entry in first.entries:
        cells = [cell for cell in first.cells if cell.subject == entry.subject]
        assert sum(cell.net for cell in cells) == entry.figures["interactions"]
        assert sum(cell.gross for cell in cells) == entry.figures["interactions_gross"]


def in_step(title: str, hours: float) -> list[dict[str, Any]]:
    """Five accounts like ten posts of a title, each a second after the other."""
    return [
        event("like", f"ring{n}", f"ring-{n}-{post}", hours + post + n / 3600, object=f"{title}-{post}")
        for post in range(1, 11)
        for n in range(5)
    ]


def test_any_order_any_split_and_any_repetition_give_the_same_bytes(tmp_path: Path) -> None:
    events: Sequence[dict[str, Any]] = [
        *HOURS,
        *crowd("a", 12, likes=6),
        *crowd("b", 7, likes=7, hours=170),
        *in_step("a", 20),
        event("account", "a-fan5", "8", 36, operation="update", object="active"),
        event("like", "a-fan5", "l-late", 37, object="a-7"),
        event("account", "noa", "7", 40, operation="update", object="active"),
        event("like", "noa", "l-noa", 41, object="a-7"),
        event("post", "x", "may-1", 30),
        event("post", "x", "may-2", 190),
        *[event("like", f"a-fan{n}", f"l-a-{n}", 40, operation="delete") for n in range(2)],
        event("post", "a0", "a-0", 50, operation="delete"),
        event("account", "b1", "9", 60, operation="delete", object="deleted"),
    ]
    unsure = {"may-1": ["a", "b"], "may-2": ["b"], "a-11": ["a"]}  # the last is linked after all
    whole = EventDesk(tmp_path / "whole")
    whole.load(events, LINKED, unsure=unsure)
    first, second = weeks(whole)
    want = [encode(first), encode(second)]
    oracle = interaction_oracle.count([e for e in events if e["kind"] != "follow"], LINKED, set(), RANKED_BY)
    for week in (first, second):
        for entry in week.entries:
            title = oracle[week.first_day, entry.subject]
            assert entry.figures["interactions"] == sum(title["net"].values())
            assert (entry.left_out, entry.age_unknown) == (title["left"], title["ageless"])
            assert [*entry.by_cap.values()] == [title[name] for name in ("cap_1", "cap_3", "cap_10", "no_cap")]
    assert {entry.subject: entry.figures["ambiguous_posts"] for entry in first.entries} == {"a": 1}
    assert {entry.subject: entry.figures["ambiguous_posts"] for entry in second.entries} == {"b": 1}
    assert (first.entries[0].left_out["co_action"], first.entries[0].left_out["new_account"]) == (50, 1)
    random = Random(7)
    for number in range(2):
        shuffled = [*events, *random.sample(events, 40)]
        random.shuffle(shuffled)
        desk = EventDesk(tmp_path / str(number))
        cuts = sorted(random.sample(range(len(shuffled)), 3))
        for begin, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
            desk.load(shuffled[begin:end], LINKED, name=f"part {begin}", unsure=unsure)
        desk.load(shuffled[: cuts[0]], LINKED, name="part 0", unsure=unsure)
        assert [encode(week) for week in weeks(desk)] == want
        assert [encode(week) for one in (WEEK, SECOND) for week in weeks(desk, only=one)] == want


def test_a_late_event_makes_other_bytes_and_one_taken_back_after_the_week_settled_none(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 9, likes=6)], LINKED)
    before = weeks(desk)[0]
    desk.load([event("like", "a-fan1", "l-a-1", 7 * 24 + 36, operation="delete")])
    assert encode(weeks(desk)[0]) == encode(before)
    desk.load([event("like", "late", "l-late", 60, object="a-3")])
    after = weeks(desk)[0]
    assert after.entries[0].figures["interactions"] == before.entries[0].figures["interactions"] + 1
    assert after.inputs != before.inputs


def test_the_digest_is_of_every_act_that_was_counted_and_what_became_of_it(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load(
        [
            event("post", "ann", "p", 1),
            event("like", "ann", "l", 2, object="p"),
            event("like", "bob", "m", 3, object="p"),
        ],
        {"p": ["x"]},
    )
    (week,) = weeks(desk)
    acts = [
        ("ann", "like", "l", 2, "self"),
        ("ann", "post", "p", 1, ""),
        ("bob", "like", "m", 3, ""),
    ]
    lines = [
        "\0".join((PLATFORM, who, kind, key, str(int((MONDAY + timedelta(hours=hours)).timestamp() * 10**6)), "x", why))
        + "\n"
        for who, kind, key, hours, why in acts
    ]
    assert week.inputs == "sha256:" + hashlib.sha256("".join(lines).encode()).hexdigest()


def test_hours_in_which_nothing_was_witnessed_are_said(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS[:100], *HOURS[103:], *crowd("a", 4)], LINKED)
    assert [week.hours_missing for week in weeks(desk)] == [3, 0]


def test_an_hour_that_meets_a_gap_of_a_watch_is_missing_too(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 4)], LINKED)
    gaps = [
        Gap(MONDAY + timedelta(hours=a), MONDAY + timedelta(hours=b))
        for a, b in ((40.9, 41), (50.2, 50.3), (200, 203.5))
    ]
    for platform in ("other", PLATFORM):
        assert [week.hours_missing for week in weeks(desk)] == [0, 0]
        with desk.stream.watching():
            batch = Batch(activity([]), Cursor(MONDAY, "made.example"), tuple(gaps))
            none = pa.array([], pa.string())
            desk.stream.commit("made", platform, SIMULATED, batch, none, links({}), desk.now)
    assert [week.hours_missing for week in weeks(desk)] == [3, 4]


def test_a_week_is_not_reduced_before_it_settled(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 4)], LINKED)
    ends = MONDAY + timedelta(days=7)
    with DuckEngine() as engine:
        desk.stream.register(engine)
        assert settled_weeks(engine, ends + timedelta(hours=35, minutes=59)) == []
        assert [week.first for week in settled_weeks(engine, ends + timedelta(hours=36))] == [MONDAY.date()]


def test_a_week_is_reduced_from_no_file_of_a_later_day(tmp_path: Path) -> None:
    desk = EventDesk(tmp_path)
    desk.load([*HOURS, *crowd("a", 9, likes=6), *crowd("b", 7, hours=170), *crowd("c", 3, hours=300)], LINKED)
    want = encode(weeks(desk)[0])
    for path in (tmp_path / "events" / "events").glob("day=*/*.parquet"):
        if path.parent.name > f"day={MONDAY + timedelta(days=8):%Y-%m-%d}":
            path.unlink()
    assert encode(weeks(desk, only=WEEK)[0]) == want
    with pytest.raises(MachineryError):
        weeks(desk, only=SECOND)


@pytest.mark.parametrize(
    ("authors", "posts_each", "hashtags", "campaign"),
    [
        (100, 4, 1, True),  # many posts an author, and hashtags alone
        (100, 4, 0, False),
        (100, 2, 1, False),
        (30, 4, 0, True),  # many posts an author, a third of them by ten
        (20, 4, 1, False),  # too few posts to say
    ],
)
def test_a_campaign_counts_and_wears_a_badge(
    tmp_path: Path, authors: int, posts_each: int, hashtags: int, campaign: bool
) -> None:
    posts = [
        event("post", f"f{n}", f"p{n}-{m}", 20 + 24 * m, text="#" if n % 2 < hashtags else f"{n} {m}")
        for n in range(authors)
        for m in range(posts_each)
    ]
    desk = EventDesk(tmp_path)
    found = activity([*HOURS, *posts])
    prints = pa.array([text if text == "#" else None for text in found.events["text"].to_pylist()], pa.string())
    desk.stream.load(desk.manifest("posts"), [Part(found, prints, links({post["key"]: ["a"] for post in posts}))])
    (entry,) = weeks(desk)[0].entries
    assert entry.figures["posts"] == len(posts)
    assert entry.authorship is not None
    assert (entry.authorship.posts, entry.authorship.authors) == (len(posts), authors)
    assert (entry.authorship.top_posts, entry.authorship.campaign) == (10 * posts_each, campaign)
    assert entry.figures.get("campaign", 0) == campaign


def test_what_is_gross_in_the_profile_that_ranks_is_net_in_the_one_that_leaves_nothing_out() -> None:
    assert Profile("variety-2022", kinds=RANKED_BY.kinds) == VARIETY_2022
