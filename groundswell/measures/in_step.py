"""Accounts that act in step: pairs that like and repost the same posts at nearly the same time, and the groups they make.

    in_step    first_day, platform, actor, other, near, shared: each pair, with how many posts they share and on how many of
               them they were near each other
    set_aside  first_day, platform, actor, group_no: the accounts of groups that are large enough

Definition and bound: docs/methods.md, "Acting in step".
"""

from datetime import date

import pyarrow as pa

from groundswell.core.protocol import Engine
from groundswell.measures.profile import CoAction

COMPARED = 50
"""An act is compared with so many that follow on the same post, so that a post everybody likes makes no explosion of pairs."""
Account = tuple[date, str, str]
"""A week, a platform and an actor."""
_SET_ASIDE = pa.schema(
    [("first_day", pa.date32()), ("platform", pa.string()), ("actor", pa.string()), ("group_no", pa.int64())]
)
_BUSY = """
SELECT first_day, platform, actor FROM {before} WHERE reason = '' AND kind <> 'post'
GROUP BY first_day, platform, actor HAVING count(post) >= {posts}
"""
_TARGETS = """
SELECT first_day, platform, post, actor, min(seen_at) AS seen_at
FROM {before} SEMI JOIN busy USING (first_day, platform, actor) WHERE reason = '' AND kind <> 'post'
GROUP BY first_day, platform, post, actor
"""
_IN_LINE = """
SELECT first_day, platform, post, actor, seen_at,
       row_number() OVER (PARTITION BY first_day, platform, post ORDER BY seen_at, actor) AS nth,
       lead(seen_at) OVER (PARTITION BY first_day, platform, post ORDER BY seen_at, actor) AS next_at
FROM targets JOIN (
  SELECT first_day, platform, actor FROM targets GROUP BY first_day, platform, actor HAVING count(post) >= {posts}
) b USING (first_day, platform, actor)
"""
_NEAR = """
SELECT a.first_day, a.platform, least(a.actor, b.actor) AS actor, greatest(a.actor, b.actor) AS other, count(a.post) AS near
FROM (SELECT first_day, platform, post, actor, seen_at, nth FROM in_line WHERE next_at <= seen_at + INTERVAL {seconds} SECOND) a
CROSS JOIN following f
JOIN in_line b ON b.first_day = a.first_day AND b.platform = a.platform AND b.post = a.post AND b.nth = a.nth + f.n
WHERE b.seen_at <= a.seen_at + INTERVAL {seconds} SECOND
GROUP BY a.first_day, a.platform, least(a.actor, b.actor), greatest(a.actor, b.actor) HAVING count(a.post) * 2 >= {posts}
"""
_IN_STEP = """
SELECT n.first_day, n.platform, n.actor, n.other, n.near, count(a.post) AS shared
FROM near n
JOIN in_line a ON a.first_day = n.first_day AND a.platform = n.platform AND a.actor = n.actor
JOIN in_line b ON b.first_day = n.first_day AND b.platform = n.platform AND b.actor = n.other AND b.post = a.post
GROUP BY n.first_day, n.platform, n.actor, n.other, n.near
HAVING count(a.post) >= {posts} AND n.near * 2 >= count(a.post)
"""
_PAIRS = "SELECT first_day, platform, actor, other FROM in_step ORDER BY first_day, platform, actor, other"
_EVIDENCE = """
SELECT s.first_day, s.group_no, p.platform, p.actor, p.other, p.shared, p.near, n.post_key AS post, a.seen_at,
       b.seen_at AS other_at
FROM in_step p
JOIN set_aside s ON s.first_day = p.first_day AND s.platform = p.platform AND s.actor = p.actor
JOIN in_line a ON a.first_day = p.first_day AND a.platform = p.platform AND a.actor = p.actor
JOIN in_line b ON b.first_day = p.first_day AND b.platform = p.platform AND b.actor = p.other AND b.post = a.post
JOIN named n ON n.post = a.post
ORDER BY s.first_day, s.group_no, p.platform, p.actor, p.other, a.seen_at, n.post_key
"""


def set_aside(engine: Engine, rule: CoAction, before: str) -> None:
    """Make `in_step`, the pairs of accounts that acted in step, and `set_aside`, those of groups that are large enough.

    Counted are the likes and reposts in the table `before` that no reason leaves out.
    """
    sizes = {"posts": rule.posts, "seconds": int(rule.within.total_seconds())}
    engine.register("following", pa.table({"n": pa.array(range(1, COMPARED + 1), pa.int64())}))
    engine.step("busy", _BUSY.format(before=before, posts=rule.posts))
    engine.step("targets", _TARGETS.format(before=before))
    engine.step("in_line", _IN_LINE.format(**sizes))
    engine.drop("targets")
    engine.step("near", _NEAR.format(**sizes))
    engine.step("in_step", _IN_STEP.format(**sizes))
    engine.drop("near")
    groups: dict[Account, set[Account]] = {}
    for week, platform, *both in zip(*engine.query(_PAIRS).to_pydict().values(), strict=True):
        one, other = ((week, platform, actor) for actor in both)
        if other not in groups.get(one, ()):
            together = groups.get(one, {one}) | groups.get(other, {other})
            groups |= dict.fromkeys(together, together)
    numbers: dict[Account, int] = {}
    for account in sorted(groups):
        if len(groups[account]) >= rule.accounts:
            numbers[account] = numbers.get(min(groups[account]), len({*numbers.values()}) + 1)
    rows = [(*account, number) for account, number in numbers.items()]
    engine.register(
        "set_aside", pa.Table.from_pylist([dict(zip(_SET_ASIDE.names, row, strict=True)) for row in rows], _SET_ASIDE)
    )


def evidence(engine: Engine) -> pa.Table:
    """What accounts are set aside for, after `count`: a row for each two that acted in step and each post both acted on.

    `shared` posts of the two, `near` of them at nearly the same time, and when each acted. It names accounts: for a reviewer, never
    for a page.
    """
    return engine.query(_EVIDENCE)
