"""Interactions counted again, the plain way: one event after the other, in sets and dictionaries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from itertools import combinations
from statistics import median_low
from typing import Any

from groundswell.measures.profile import CoAction, Profile

SETTLE = timedelta(hours=36)
WEEK = timedelta(days=7)


def monday(at: datetime) -> datetime:
    """The first moment of its week."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=at.weekday())


def count(
    events: Sequence[Mapping[str, Any]],
    links: Mapping[str, Sequence[str]],
    owned: Set[tuple[str, str]],
    profile: Profile,
) -> dict[tuple[date, str], dict[str, Any]]:
    """By week and subject: gross and net by kind, acts left out by reason, accounts, and what the top hundredth did."""
    seen: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in events:
        identity = (one["actor"], one["kind"], one["key"], one["operation"])
        kept = seen.setdefault(identity, dict(one))
        kept["at"] = min(kept["at"], one["at"])
    said: dict[tuple[str, str], set[tuple[str, datetime]]] = defaultdict(set)
    for one in events:
        if one["kind"] not in ("account", "sync") and one["operation"] != "delete":
            said[one["kind"], one["key"]].add((one["actor"], one["at"]))
    syncs = {(e["actor"], e["at"]) for e in seen.values() if e["kind"] == "sync"}
    removed = {e["actor"] for e in seen.values() if e["kind"] == "account" and e["operation"] == "delete"}
    undone: dict[tuple[str, str], datetime] = {}
    for e in seen.values():
        if e["operation"] == "delete" and e["kind"] != "account":
            key = (e["kind"], e["key"])
            undone[key] = min(undone.get(key, e["at"]), e["at"])
    posts = {
        e["key"]: e
        for e in seen.values()
        if e["kind"] == "post" and e["operation"] == "create" and e["actor"] not in removed
    }

    def stands(kind: str, key: str, settles: datetime) -> bool:
        if (kind, key) in undone and undone[kind, key] < settles:
            return False
        for actor, at in syncs:
            times = [seen_at for who, seen_at in said[kind, key] if who == actor and seen_at < settles]
            if times and max(times) < at < settles:
                return False
        return True

    acts: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for e in sorted(seen.values(), key=lambda e: (e["at"], e["key"])):
        if e["operation"] != "create" or e["kind"] not in profile.kinds or e["actor"] in removed:
            continue
        if (e["actor"], e["at"]) in syncs:  # nobody acted: it was only said again
            continue
        post = posts.get(e["key"] if e["kind"] == "post" else e.get("object"))
        settles = monday(e["at"]) + timedelta(days=7) + SETTLE
        if post is None or post["at"] >= settles:
            continue
        if not stands(e["kind"], e["key"], settles) or not stands("post", post["key"], settles):
            continue
        for subject in links.get(post["key"], ()):
            acts.setdefault(
                (e["actor"], e["kind"], post["key"], subject),
                {**e, "post": post, "subject": subject, "week": monday(e["at"]).date()},
            )

    def began(actor: str) -> tuple[datetime, tuple[datetime, str] | None]:
        """When it was first seen to act on a linked post, and when and as what its first notice came."""
        mine = [e for e in seen.values() if e["actor"] == actor]
        acted = [
            e["at"]
            for e in mine
            if e["operation"] == "create" and links.get(e["key"] if e["kind"] == "post" else e.get("object", ""))
        ]
        notices = sorted((e["at"], e["key"], e["object"]) for e in mine if e["kind"] == "account")
        return min(acted), (notices[0][0], notices[0][2]) if notices else None

    chosen = sorted(acts.values(), key=lambda a: (a["at"], a["key"]))
    for act in chosen:
        settles = monday(act["at"]) + timedelta(days=7) + SETTLE
        standing = [
            e for e in seen.values() if e["kind"] == "account" and e["actor"] == act["actor"] and e["at"] < settles
        ]
        last = max(standing, key=lambda e: (e["at"], e["key"]))["object"] if standing else "active"
        author = act["post"]["actor"]
        since, notice = began(act["actor"])
        act["age"] = "unknown"
        if min(since, notice[0] if notice else since) < settles - WEEK:
            act["age"] = "settled"
        elif notice and notice[1] == "active" and notice[0] <= since:
            act["age"] = "new"
        reasons = {
            "self": act["kind"] != "post" and act["actor"] == author,
            "declared_bot": any(
                e.get("declared_bot") and e["actor"] == act["actor"] and e["at"] < settles for e in seen.values()
            ),
            "inactive_account": last != "active",
            "new_account": act["age"] == "new",
            "owned_account": (act["actor"], act["subject"]) in owned,
            "on_owned_post": (author, act["subject"]) in owned,
        }
        act["reason"] = next((why for why in profile.leaves_out if reasons.get(why)), "")
    if profile.copies:
        same: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for act in chosen:
            if act["kind"] == "post" and not act["reason"] and act["post"].get("print", "#") != "#":
                same[act["week"], act["subject"], act["post"]["print"]].append(act)
        for copies in same.values():
            first: dict[str, datetime] = {}
            for act in copies:
                first.setdefault(act["actor"], act["at"])
            times = sorted(first.values())
            burst = any(
                sum(start <= at <= start + profile.copies.within for at in times) >= profile.copies.at_once
                for start in times
            )
            if burst or len(times) >= profile.copies.in_all:
                for act in copies[1:]:
                    act["reason"] = "copy_paste"
    if profile.co_action:
        for week in {act["week"] for act in chosen}:
            aside = in_step([act for act in chosen if act["week"] == week and not act["reason"]], profile.co_action)
            for act in chosen:
                if act["week"] == week and not act["reason"] and act["actor"] in aside:
                    act["reason"] = "co_action"
    for act in chosen:
        act["uncapped"] = not act["reason"]
    if "over_cap" in profile.leaves_out:
        used: Counter[tuple[Any, ...]] = Counter()
        for act in chosen:
            if not act["reason"] and act["kind"] in profile.caps:
                day = (act["actor"], act["subject"], act["kind"], act["at"].date())
                used[day] += 1
                if used[day] > profile.caps[act["kind"]]:
                    act["reason"] = "over_cap"

    result: dict[tuple[date, str], dict[str, Any]] = {}
    for act in chosen:
        title = result.setdefault(
            (act["week"], act["subject"]), {"gross": Counter(), "net": Counter(), "left": Counter(), "by": Counter()}
        )
        title.setdefault("posts", Counter())
        title.setdefault("hashtags_only", 0)
        title.setdefault("ageless", 0)
        title.setdefault("runs", Counter())
        title["runs"][act["actor"], act["kind"], act["at"].date()] += act["uncapped"]
        if act["uncapped"] and act["kind"] == "post":
            title["posts"][act["actor"]] += 1
            title["hashtags_only"] += act["post"].get("print") == "#"
        title["gross"][act["kind"]] += 1
        if act["reason"]:
            title["left"][act["reason"]] += 1
        else:
            title["net"][act["kind"]] += 1
            title["by"][act["actor"]] += 1
            title["ageless"] += act["age"] == "unknown"
    for title in result.values():
        by, posts_of = title.pop("by"), title.pop("posts")
        runs = title.pop("runs").values()
        title |= {f"cap_{most}": sum(min(run, most) for run in runs) for most in (1, 3, 10)} | {"no_cap": sum(runs)}
        title["authors"] = len(posts_of)
        title["posts"] = sum(posts_of.values())
        title["top_posts"] = sum(posts for _, posts in posts_of.most_common(10))
        title["actors"] = len(by)
        title["top_actors"] = -(-len(by) // 100)
        title["top_acts"] = sum(acts for _, acts in by.most_common(title["top_actors"]))
    return result


def in_step(acts: Iterable[Mapping[str, Any]], rule: CoAction) -> set[str]:
    """The accounts of the groups that act in step, from one week's acts: every two compared, on every post."""
    at: dict[str, dict[str, datetime]] = defaultdict(dict)
    for act in acts:
        if act["kind"] != "post":
            mine = at[act["actor"]]
            mine[act["post"]["key"]] = min(act["at"], mine.get(act["post"]["key"], act["at"]))
    with_: dict[str, set[str]] = defaultdict(set)
    for one, other in combinations(at, 2):
        gaps = [abs(at[one][post] - at[other][post]) for post in at[one].keys() & at[other].keys()]
        if len(gaps) >= rule.posts and median_low(gaps) <= rule.within:
            with_[one].add(other)
            with_[other].add(one)
    aside: set[str] = set()
    for actor in with_:
        group, ahead = {actor}, [actor]
        while ahead:
            found = with_[ahead.pop()] - group
            group |= found
            ahead += found
        if len(group) >= rule.accounts:
            aside |= group
    return aside
