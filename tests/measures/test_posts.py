"""What is read in posts: fingerprints, the programmes they name, and what they inherit; all of them made up."""

from datetime import timedelta
from typing import Any

import pyarrow as pa

from groundswell.core.events import AMBIGUOUS, LINKS, post_digest
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow
from groundswell.measures.posts import HASHTAGS_ONLY, fingerprints, inherited, links_of
from groundswell.store import DuckEngine
from tests.store.events import MONDAY, PLATFORM, activity, event, links


def test_fingerprints_are_of_words_alone() -> None:
    same = [
        "Ｗatch it now, it is GOOD https://a.b/c #x",
        "watch it now @me it is good!!",
        "watch it now it is good www.x.y",
    ]
    other = ["watch it now it is bad", "Heartstopper so good", "", "❤ @me", "#one #two #three", "＃x ❤ https://a.b/c"]
    posts = [event("post", "a", str(n), text=text) for n, text in enumerate([*same, *other])]
    found = fingerprints(activity(posts).events, links({str(n): ["x"] for n in range(len(posts))})).to_pylist()
    assert len(set(found[:3])) == 1
    assert found[0] is not None
    assert found[3] not in (None, found[0])
    assert found[4:] == [None, None, None, HASHTAGS_ONLY, HASHTAGS_ONLY]


def test_posts_that_may_name_a_programme_are_kept_as_a_digest_each() -> None:
    gazetteer = Gazetteer(
        (GazetteerRow("you/s1", ("You",)), GazetteerRow("you/s2", ("You",)), GazetteerRow("maid", ("Maid",)))
    )
    texts = ["I love you", "the maid and you", "Watching Maid on Netflix, thank you", "nothing"]
    events = activity([event("post", "ann", f"p{n}", n, text=text) for n, text in enumerate(texts)]).events
    direct, ambiguous = links_of(events, gazetteer)
    assert ambiguous.schema == AMBIGUOUS
    assert {(row["post"], row["subject"]) for row in direct.to_pylist()} == {("p2", "maid")}
    assert sorted(ambiguous.to_pylist(), key=lambda row: (row["seen_at"], row["subject"])) == [
        {"platform": PLATFORM, "post": post_digest(f"p{n}"), "subject": subject, "seen_at": MONDAY + timedelta(hours=n)}
        for n, subject in ((0, "you"), (1, "maid"), (1, "you"), (2, "you"))
    ]


def test_only_a_post_that_may_count_has_a_fingerprint() -> None:
    words = "the same five words again"
    posts = [
        event("post", "a", "names", text=words),
        event("post", "a", "answers", text=words, parent="p"),
        event("post", "a", "quotes", text=words, quotes="p"),
        event("post", "a", "neither", text=words),
    ]
    found = fingerprints(activity(posts).events, links({"names": ["x"]})).to_pylist()
    assert len(set(found[:3])) == 1
    assert found[0] is not None
    assert found[3] is None


def test_titles_are_inherited_one_step_from_the_post_answered_or_quoted() -> None:
    gazetteer = Gazetteer(
        (
            GazetteerRow("heartstopper", ("Heartstopper",)),
            GazetteerRow("wednesday", ("Wednesday",), tags=("Wednesday",)),
        )
    )
    events = activity(
        [
            event("post", "ann", "p1", 1, text="Watching #Wednesday"),
            event("post", "bob", "p2", 0, text="Wednesday for me too", parent="p1"),
            event("post", "cem", "p3", 2, text="Wednesday, was it?", parent="p2"),
            event("post", "dee", "p4", 2, text="Heartstopper on Netflix is a joy", quotes="p1"),
            event("like", "dee", "l1", 2, object="p1"),
        ]
    ).events
    direct, ambiguous = links_of(events, gazetteer)
    assert direct.schema == LINKS
    assert {(row["post"], row["subject"]) for row in direct.to_pylist()} >= {
        ("p1", "wednesday"),
        ("p4", "heartstopper"),
    }
    assert not {"p2", "p3"} & set(direct["post"].to_pylist())
    found = answered(events, direct, ambiguous, gazetteer)
    assert {
        (row["post"], row["subject"], row["load_id"]) for row in found if str(row["rule"]).startswith("inherited")
    } == {("p2", "wednesday", "x")}


def test_a_title_is_inherited_by_what_was_undecided_about_it_when_it_came() -> None:
    before = Gazetteer(
        (GazetteerRow("wednesday", ("Wednesday",), tags=("Wednesday",)), GazetteerRow("maid", ("Maid",)))
    )
    after = Gazetteer((*before.rows, GazetteerRow("dark", ("Dark",)), GazetteerRow("squid-game", ("Squid Game",))))
    events = activity(
        [
            event("post", "ann", "p1", 1, text="Watching #Wednesday"),
            event("post", "bob", "p2", 2, text="Maid, Wednesday and Dark for me", parent="p1"),
            event("post", "cem", "p3", 3, text="Squid Game for me, or Dark", parent="p1"),
            event("post", "dee", "p4", 4, text="Squid Game for me, or Dark"),
        ]
    ).events
    direct, ambiguous = links_of(events, before)
    newly, _ = links_of(events, after)
    assert {(row["post"], row["subject"]) for row in newly.to_pylist()} >= {("p3", "squid-game"), ("p4", "squid-game")}
    found = answered(events, direct, ambiguous, after)
    assert {(row["post"], row["subject"]) for row in found} == {("p2", "wednesday"), ("p2", "maid")}
    assert {row["gazetteer"] for row in found} == {after.version}


def answered(events: pa.Table, direct: pa.Table, ambiguous: pa.Table, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """What is inherited among events of load `x` that were linked so."""
    days = pa.repeat(pa.scalar(MONDAY.date()), len(events))
    with DuckEngine() as engine:
        of_load = pa.repeat(pa.scalar("x"), len(events))
        engine.register("given", events.append_column("day", days).append_column("load_id", of_load))
        engine.step("events", "FROM given")  # DuckDB 1.5 hands no time to a scan of Arrow, as it does to one of files
        engine.register("links", direct)
        engine.register("ambiguous", ambiguous)
        found: list[dict[str, Any]] = inherited(engine, gazetteer).to_pylist()
    return found
