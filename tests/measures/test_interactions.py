"""Interactions against the plain oracle, whatever the order, the split and the repetitions; and each rule by itself."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.events import STORED_EVENTS
from groundswell.core.period import MON_SUN, Period
from groundswell.measures import in_step
from groundswell.measures.interactions import count, gather
from groundswell.measures.owned import OWNED
from groundswell.measures.profile import GROUNDSWELL_2026, PROFILES, VARIETY_2022, CoAction, Copies, Profile
from groundswell.store import DuckEngine
from groundswell.store.event_tables import SCHEMAS
from groundswell.store.window import linked as narrow_to_linked
from tests.measures import interaction_oracle
from tests.store.events import MONDAY, PLATFORM, event, links

Links = Mapping[str, Sequence[str]]
Owned = Set[tuple[str, str]]
Counts = dict[tuple[date, str], dict[str, Any]]
WEEKS = tuple(
    MON_SUN.between(MON_SUN.period_of(MONDAY.date()), MON_SUN.period_of((MONDAY + timedelta(days=14)).date()))
)
SMALL = Profile(
    "small",
    leaves_out=GROUNDSWELL_2026.leaves_out,
    caps={"post": 1, "repost": 1, "like": 2},
    copies=Copies(in_all=4, at_once=3, within=timedelta(minutes=90)),
    co_action=CoAction(posts=2, within=timedelta(minutes=30), accounts=3),
)
"""The rules of groundswell-2026 at sizes a few made-up events can reach."""


def table(events: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Events as the store has them; `print` is a fingerprint."""
    rows = [
        {
            "platform": PLATFORM,
            **one,
            "seen_at": one["at"],
            "day": one["at"].date(),
            "language": (one.get("languages") or [None])[0],
            "fingerprint": one.get("print"),
            "load_id": "x",
        }
        for one in events
    ]
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in STORED_EVENTS.names} for row in rows], schema=STORED_EVENTS
    )


def counted(
    events: Sequence[Mapping[str, Any]],
    linked: Links,
    profile: Profile,
    owned: Owned = frozenset(),
    weeks: Sequence[Period] = WEEKS,
) -> Counts:
    """By week and subject, as the measure counts from what bears on linked posts; and its cells add up to its titles."""
    owners = [{"platform": PLATFORM, "actor": actor, "subject": subject} for actor, subject in owned]
    with DuckEngine() as engine:
        engine.register("event_loads", pa.table({"load_id": ["x"]}))
        engine.register("raw_events", table(events))
        of_load = pa.repeat(pa.scalar("x"), links(linked).num_rows)
        engine.register("raw_links", links(linked).append_column("load_id", of_load))
        narrow_to_linked(engine, weeks[-1].last + timedelta(days=60), SCHEMAS["links"].empty_table())
        engine.register("owned", pa.Table.from_pylist(owners, schema=OWNED))
        gather(engine, weeks)
        count(engine, profile)
        result: Counts = {}
        for row in engine.query("SELECT * FROM titles").to_pylist():
            title = result.setdefault(
                (row["first_day"], row["subject"]),
                {"gross": Counter(), "net": Counter(), "left": Counter(), **dict.fromkeys(_FIGURES, 0)},
            )
            title["gross"][row["kind"]] += int(row["gross"])
            title["net"][row["kind"]] += int(row["net"])
        for row in engine.query("SELECT * FROM left_out").to_pylist():
            result[row["first_day"], row["subject"]]["left"][row["reason"]] += row["acts"]
        for row in engine.query("SELECT first_day, subject, acts AS ageless FROM ageless").to_pylist():
            result[row["first_day"], row["subject"]] |= {"ageless": row["ageless"]}
        for name in ("actors", "authors", "by_cap"):
            for row in engine.query(f"SELECT * FROM {name}").to_pylist():
                result[row["first_day"], row["subject"]] |= {of: int(row[of]) for of in _FIGURES if of in row}
        for one in result.values():
            assert sum(one["gross"].values()) == sum(one["net"].values()) + sum(one["left"].values())
            one["net"] = +one["net"]
        return result


_FIGURES = (
    *("actors", "top_actors", "top_acts", "posts", "authors", "top_posts", "hashtags_only", "ageless"),
    *("cap_1", "cap_3", "cap_10", "no_cap"),
)
_ACTORS = ["ann", "bob", "eve"]
_HOURS = st.integers(0, 24 * 18 * 2).map(lambda halves: halves / 2)
_ACT = st.builds(
    lambda kind, actor, key, hours, post, operation, bot: event(
        kind,
        actor,
        f"{kind}-{actor}-{key}",  # a record is its author's own
        hours,
        operation,
        **({"object": f"post-{actor}-{post}"} if kind != "post" and operation == "create" else {}),
        **({"print": "same" if key else "#"} if kind == "post" and operation == "create" else {}),
        **({"declared_bot": True} if bot else {}),
    ),
    st.sampled_from(["post", "like", "like", "repost"]),
    st.sampled_from(_ACTORS),
    st.integers(0, 2),
    _HOURS,
    st.integers(0, 2),
    st.sampled_from(["create", "create", "create", "delete"]),
    st.integers(0, 12).map(lambda n: n == 0),
)


def _on_others(acts: list[dict[str, Any]], targets: list[str]) -> list[dict[str, Any]]:
    """Acts are of posts of anybody."""
    return [
        {**act, "object": f"post-{target}-{act['object'][-1]}"} if act.get("object") else act
        for act, target in zip(acts, targets, strict=True)
    ]


_EVENTS = st.lists(_ACT, min_size=15, max_size=50).flatmap(
    lambda acts: st.lists(st.sampled_from(_ACTORS), min_size=len(acts), max_size=len(acts)).map(
        lambda targets: _on_others(acts, targets)
    )
)
_ACCOUNTS = st.lists(
    st.builds(
        lambda actor, hours, standing, number: event(
            "account", actor, str(number), hours, "delete" if standing == "deleted" else "update", object=standing
        ),
        st.sampled_from(_ACTORS),
        _HOURS,
        st.sampled_from(["active", "active", "suspended", "deleted"]),
        st.integers(0, 99),
    ),
    max_size=2,
)
_SYNCS = st.lists(
    st.builds(
        lambda actor, hours, number: event("sync", actor, str(number), hours, "update"),
        st.sampled_from(_ACTORS),
        _HOURS,
        st.integers(0, 9),
    ),
    max_size=3,
)
_LINKED = st.fixed_dictionaries(
    {f"post-{actor}-{n}": st.sampled_from([[], ["x"], ["x"], ["y"], ["x", "y"]]) for actor in _ACTORS for n in range(3)}
)
_OWNED = st.sets(st.tuples(st.just("eve"), st.sampled_from(["x", "y"])))


@settings(max_examples=20, deadline=None)
@given(
    _EVENTS, _ACCOUNTS, _SYNCS, _LINKED, _OWNED, st.sampled_from([*PROFILES, SMALL]), st.randoms(use_true_random=False)
)
def test_the_measure_and_the_oracle_agree_in_any_order_and_however_often_events_come(
    acts: list[dict[str, Any]],
    accounts: list[dict[str, Any]],
    syncs: list[dict[str, Any]],
    linked: Links,
    owned: Owned,
    profile: Profile,
    random: Any,
) -> None:
    one_each = {
        (e["actor"], e["kind"], e["key"], e["operation"]): e for e in [*acts, *accounts, *syncs]
    }  # a record is one thing
    for post in linked:  # that a post is not there at all is rare
        _, author, number = post.split("-")
        if number != "2":
            one_each.setdefault(
                (author, "post", post, "create"), event("post", author, post, 100 * int(number), print="#")
            )
    events = list(one_each.values())
    later = [{**e, "at": e["at"] + timedelta(minutes=random.randrange(600))} for e in events if random.random() < 0.5]
    shuffled = [*events, *later, *random.sample(events, len(events) // 2)]
    random.shuffle(shuffled)
    want = interaction_oracle.count(shuffled, linked, owned, profile)
    if not syncs:  # what was seen again later matters only to whether it was said again
        assert want == interaction_oracle.count(events, linked, owned, profile)
    got = counted(shuffled, linked, profile, owned)
    assert {key: {**one, "net": +one["net"]} for key, one in want.items()} == got
    week = random.choice(WEEKS)  # by itself, from what was held until it settled
    until = week.last + timedelta(days=2)
    known = [
        e for e in shuffled if e["at"].date() <= until or e["object" if e["kind"] == "account" else "kind"] == "deleted"
    ]
    alone = counted(known, linked, profile, owned, [week])
    assert alone == {key: one for key, one in got.items() if key[0] == week.first}


_MOMENTS = st.integers(0, 24).map(lambda minutes: minutes / 6)
_DENSE = st.tuples(st.sampled_from("abcde"), st.sampled_from(["like", "repost"]), st.integers(0, 3), _MOMENTS)
_NOTICES = st.tuples(st.sampled_from("abcde"), _MOMENTS, st.sampled_from(["active", "active", "suspended"]))


@settings(max_examples=25, deadline=None)
@given(st.lists(_DENSE, min_size=20, max_size=60), st.lists(_NOTICES, min_size=1, max_size=4), st.integers(0, 3))
def test_accounts_in_step_and_new_ones_are_those_the_oracle_finds(
    acts: list[tuple[str, str, int, float]], notices: list[tuple[str, float, str]], week: int
) -> None:
    """Many acts of few accounts on few posts, close to each other; the accounts may have been noticed just before."""
    begins = 24 * 7 * (week / 2) + 100
    events = [event("post", "zoe", f"p{n}", 0) for n in range(4)] + [
        event("account", actor, f"n{number}", begins + at, "update", object=standing)
        for number, (actor, at, standing) in enumerate(notices)
    ]
    for number, (actor, kind, post, at) in enumerate(acts):
        events.append(event(kind, actor, f"{kind}-{actor}-{number}", begins + at, object=f"p{post}"))
    linked = {f"p{n}": ["x"] if n else ["x", "y"] for n in range(4)}
    want = interaction_oracle.count(events, linked, set(), SMALL)
    assert {key: {**one, "net": +one["net"]} for key, one in want.items()} == counted(events, linked, SMALL)


def ring(accounts: int, posts: int, apart: float, late: int = 0) -> list[dict[str, Any]]:
    """So many accounts like so many posts one after the other, so many seconds apart; on `late` posts an hour apart."""
    made = [event("post", f"author{n}", f"p{n}", n) for n in range(posts)]
    for post in range(posts):
        for n in range(accounts):
            hours = post + 0.5 + n * (1 if post < late else apart / 3600)
            made.append(event("like", f"r{n}", f"l{n}-{post}", hours, object=f"p{post}"))
    return made


@pytest.mark.parametrize(
    ("accounts", "posts", "apart", "late", "aside"),
    [
        (5, 10, 2, 0, 50),
        (5, 10, 10, 0, 50),  # each with the next is enough: the group is what hangs together
        (5, 10, 10.1, 0, 0),
        (4, 10, 2, 0, 0),
        (5, 9, 2, 0, 0),
        (5, 12, 2, 6, 60),  # in step on half of the posts they share
        (5, 12, 2, 7, 0),
    ],
)
def test_groundswell_2026_sets_accounts_that_act_in_step_aside(
    accounts: int, posts: int, apart: float, late: int, aside: int
) -> None:
    events = [
        *ring(accounts, posts, apart, late),
        event("like", "fan", "l", 2, object="p0"),
        event("post", "r0", "p39", 40),
    ]
    linked = {f"p{n}": ["x"] for n in range(40)}
    found = counted(events, linked, GROUNDSWELL_2026)[WEEKS[0].first, "x"]["left"]
    assert found["co_action"] == (aside + 1 if aside else 0)  # all they did that week, the post as well
    assert "co_action" not in counted(events, linked, VARIETY_2022)[WEEKS[0].first, "x"]["left"]


def test_the_evidence_against_accounts_in_step_is_every_post_two_of_them_share() -> None:
    with DuckEngine() as engine:
        engine.register("events", table([*ring(5, 10, 2), event("like", "r0", "lx", 3, object="p2")]))
        engine.register("links", links({f"p{n}": ["x"] for n in range(10)}))
        engine.register("owned", pa.Table.from_pylist([], schema=OWNED))
        gather(engine, WEEKS)
        count(engine, GROUNDSWELL_2026)
        rows = in_step.evidence(engine).to_pylist()
    assert {(row["first_day"], row["group_no"], row["shared"], row["near"]) for row in rows} == {
        (WEEKS[0].first, 1, 10, 10)
    }
    assert {(row["actor"], row["other"]) for row in rows} == {(f"r{a}", f"r{b}") for b in range(5) for a in range(b)}
    assert len(rows) == 10 * 10
    assert rows[0]["other_at"] - rows[0]["seen_at"] == timedelta(seconds=2)


def test_a_post_everybody_likes_at_once_makes_no_more_pairs_than_its_likes_times_a_constant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_step, "COMPARED", 4)
    likes = [
        event("like", f"a{n:03d}", f"l{n}-{post}", 9 + post, object=f"p{post}")
        for post in range(10)
        for n in range(100)
    ]
    with DuckEngine() as engine:
        engine.register("events", table([*(event("post", "b", f"p{n}", 1) for n in range(10)), *likes]))
        engine.register("links", links({f"p{n}": ["x"] for n in range(10)}))
        engine.register("owned", pa.Table.from_pylist([], schema=OWNED))
        gather(engine, WEEKS)
        count(engine, GROUNDSWELL_2026)
        assert engine.query("SELECT count(*) AS n FROM in_step")["n"].to_pylist() == [4 * 100 - (1 + 2 + 3 + 4)]
        assert engine.query("SELECT count(*) AS n FROM set_aside")["n"].to_pylist() == [100]


HOURS_OF_SETTLE = 7 * 24 + 36
YOUNGEST = HOURS_OF_SETTLE - 7 * 24


@pytest.mark.parametrize(
    ("notices", "likes", "new", "ageless"),
    [
        ([], [40], 0, 1),  # nothing says how old it is
        ([(YOUNGEST, "active")], [40], 1, 0),
        ([(YOUNGEST - 0.1, "active")], [40], 0, 0),
        ([(YOUNGEST, "active")], [40, -200], 0, 0),  # what it did before, in another week
        ([(YOUNGEST, "active")], [YOUNGEST - 0.1], 0, 0),
        ([(41, "active")], [40], 0, 1),  # it had acted before the first notice
        ([(39, "suspended"), (39.5, "active")], [40], 0, 1),  # it was there before it was suspended
    ],
)
def test_groundswell_2026_leaves_accounts_out_that_began_within_a_week_of_the_settling(
    notices: list[tuple[float, str]], likes: list[float], new: int, ageless: int
) -> None:
    events = [event("post", "ann", "p", -300), event("post", "ann", "q", -300)]
    events += [event("account", "bob", str(n), at, "update", object=what) for n, (at, what) in enumerate(notices)]
    events += [event("like", "bob", f"l{n}", at, object="pq"[n]) for n, at in enumerate(likes)]
    found = counted(events, {"p": ["x"], "q": ["x"]}, GROUNDSWELL_2026)[WEEKS[0].first, "x"]
    assert (found["left"]["new_account"], found["ageless"]) == (new, ageless)
    assert counted(events, {"p": ["x"], "q": ["x"]}, VARIETY_2022)[WEEKS[0].first, "x"]["left"] == {}


def total(
    events: Sequence[Mapping[str, Any]], profile: Profile = VARIETY_2022, owned: Owned = frozenset()
) -> dict[str, int]:
    """The net interactions with x of the first week, by kind; p is linked to it, and q by a hashtag."""
    found = counted(events, {"p": ["x"], "q": ["x"], **{f"p{n}": ["x"] for n in range(40)}}, profile, owned)
    return dict(found.get((WEEKS[0].first, "x"), {}).get("net", {}))


P = event("post", "ann", "p", 10)


@pytest.mark.parametrize(
    ("events", "net"),
    [
        ([P], {"post": 1}),
        ([P, event("like", "bob", "l", 2, object="p")], {"post": 1, "like": 1}),  # before its post
        (
            [P, event("like", "bob", "l", 12, object="p"), event("like", "bob", "m", 13, object="p")],
            {"post": 1, "like": 1},
        ),
        ([P, event("like", "bob", "l", 12, object="p"), event("like", "bob", "l", 13, "delete")], {"post": 1}),
        (
            [P, event("like", "bob", "l", 12, object="p"), event("like", "bob", "l", 11, "delete")],
            {"post": 1},
        ),  # a tombstone
        ([P, event("like", "bob", "l", 12, object="p"), event("like", "bob", "l", 7 * 24 + 35, "delete")], {"post": 1}),
        (
            [P, event("like", "bob", "l", 12, object="p"), event("like", "bob", "l", 7 * 24 + 36, "delete")],
            {"post": 1, "like": 1},
        ),
        ([P, event("like", "bob", "l", 12, object="p"), event("post", "ann", "p", 20, "delete")], {}),
        (
            [
                P,
                event("like", "bob", "l", 12, object="p"),
                event("account", "bob", "1", 900, "delete", object="deleted"),
            ],
            {"post": 1},
        ),
        (
            [
                P,
                event("like", "bob", "l", 12, object="p"),
                event("account", "ann", "1", 900, "delete", object="deleted"),
            ],
            {},
        ),
        ([P, event("like", "bob", "l", 12, object="nobody's")], {"post": 1}),
        # an account's records begin anew: what came before and is not said again is taken back
        ([P, event("like", "bob", "l", 12, object="p"), event("sync", "bob", "1", 13, "update")], {"post": 1}),
        (
            [
                P,
                event("like", "bob", "l", 12, object="p"),
                event("sync", "bob", "1", 13, "update"),
                event("like", "bob", "l", 13, object="p"),
            ],
            {"post": 1, "like": 1},
        ),
        (
            [P, event("like", "bob", "l", 12, object="p"), event("sync", "bob", "1", 7 * 24 + 36, "update")],
            {"post": 1, "like": 1},
        ),
        (
            [P, event("sync", "bob", "1", 13, "update"), event("like", "bob", "l", 14, object="p")],
            {"post": 1, "like": 1},
        ),
        # a record first seen as its account began anew: when it was made nobody knows
        ([P, event("sync", "bob", "1", 13, "update"), event("like", "bob", "l", 13, object="p")], {"post": 1}),
        (
            [
                P,
                event("sync", "ann", "1", 10, "update"),
                event("like", "bob", "l", 12, object="p"),
            ],
            {"like": 1},
        ),
        ([P, event("like", "bob", "l", 12, object="p"), event("sync", "ann", "1", 13, "update")], {}),
        (
            [event("post", "ann", "q", 3, tags=["x"]), event("repost", "ann", "r", 4, object="q")],
            {"post": 1, "repost": 1},
        ),
    ],
)
def test_what_counts_and_what_was_taken_back_in_time_does_not(
    events: list[dict[str, Any]], net: dict[str, int]
) -> None:
    assert total(events) == net
    assert total([*reversed(events), *events]) == net


def test_groundswell_2026_caps_what_one_account_can_do_for_a_title_in_a_day() -> None:
    posts = [event("post", "ann", f"p{n}", n / 10) for n in range(9)]
    likes = [event("like", "bob", f"l{n}", 1 + n / 10, object=f"p{n}") for n in range(9)]
    reposts = [event("repost", "bob", f"r{n}", 1 + n / 10, object=f"p{n}") for n in range(9)]
    assert total([*posts, *likes, *reposts]) == {"post": 9, "like": 9, "repost": 9}
    assert total([*posts, *likes, *reposts], GROUNDSWELL_2026) == {"post": 1, "like": 3, "repost": 1}
    tomorrow = [event("like", "bob", "lx", 30, object="p8")]
    assert total([*posts, *likes[:8], *tomorrow], GROUNDSWELL_2026) == {"post": 1, "like": 4}


def test_groundswell_2026_sets_owned_accounts_bots_and_self_likes_apart() -> None:
    events = [
        P,
        event("like", "ann", "l1", 11, object="p"),
        event("like", "bot", "l2", 11, object="p", declared_bot=True),
        event("like", "net", "l3", 11, object="p"),
        event("post", "net", "q", 9),
        event("like", "bob", "l4", 12, object="q"),
        event("like", "bob", "l5", 12, object="p"),
    ]
    assert total(events, owned={("net", "x")}) == {"post": 2, "like": 5}
    found = counted(events, {"p": ["x"], "q": ["x"]}, GROUNDSWELL_2026, {("net", "x")})[WEEKS[0].first, "x"]
    assert found["net"] == {"post": 1, "like": 1}
    assert found["left"] == {"self": 1, "declared_bot": 1, "owned_account": 2, "on_owned_post": 1}


@pytest.mark.parametrize(
    ("accounts", "apart_minutes", "counts"), [(4, 1, 4), (5, 2.5, 1), (5, 2.6, 5), (19, 60, 19), (20, 60, 1)]
)
def test_groundswell_2026_counts_copies_once(accounts: int, apart_minutes: float, counts: int) -> None:
    events = [event("post", f"a{n}", f"p{n}", n * apart_minutes / 60, print="the same words") for n in range(accounts)]
    assert total(events, GROUNDSWELL_2026) == {"post": counts}
    assert total(events) == {"post": accounts}


@pytest.mark.parametrize(("back_after_hours", "likes"), [(7 * 24 + 35, 1), (7 * 24 + 36, 0), (None, 0)])
def test_groundswell_2026_asks_how_an_account_stands_when_the_week_settles(
    back_after_hours: int | None, likes: int
) -> None:
    events = [
        P,
        event("like", "bob", "l", 12, object="p"),
        event("account", "bob", "1", 20, "update", object="suspended"),
    ]
    if back_after_hours is not None:
        events.append(event("account", "bob", "2", back_after_hours, "update", object="active"))
    assert total(events, GROUNDSWELL_2026).get("like", 0) == likes
    assert total(events)["like"] == 1
