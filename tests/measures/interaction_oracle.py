"""Interactions counted again, the plain way: one event after the other, in sets and dictionaries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Any

from groundswell.measures.profile import Profile

SETTLE = timedelta(hours=36)


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
    again: dict[tuple[str, str], datetime] = {}
    for one in events:
        if one["kind"] not in ("account", "sync") and one["operation"] != "delete":
            key = (one["kind"], one["key"])
            again[key] = max(again.get(key, one["at"]), one["at"])
    syncs = {(e["actor"], e["at"]) for e in seen.values() if e["kind"] == "sync"}
    removed = {e["actor"] for e in seen.values() if e["kind"] == "account" and e["operation"] == "delete"}
    undone: dict[tuple[str, str], datetime] = {}
    for e in seen.values():
        if e["operation"] == "delete" and e["kind"] != "account":
            key = (e["kind"], e["key"])
            undone[key] = min(undone.get(key, e["at"]), e["at"])
    for e in seen.values():
        for actor, at in syncs:
            key = (e["kind"], e["key"])
            if e["actor"] == actor and key in again and at > again[key]:
                undone[key] = min(undone.get(key, at), at)
    posts = {
        e["key"]: e
        for e in seen.values()
        if e["kind"] == "post" and e["operation"] == "create" and e["actor"] not in removed
    }
    bots = {e["actor"] for e in seen.values() if e.get("declared_bot")}

    def stands(kind: str, key: str, settles: datetime) -> bool:
        return (kind, key) not in undone or undone[kind, key] >= settles

    acts: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for e in sorted(seen.values(), key=lambda e: (e["at"], e["key"])):
        if e["operation"] != "create" or e["kind"] not in profile.kinds or e["actor"] in removed:
            continue
        if (e["actor"], e["at"]) in syncs:  # nobody acted: it was only said again
            continue
        post = posts.get(e["key"] if e["kind"] == "post" else e.get("object"))
        settles = monday(e["at"]) + timedelta(days=7) + SETTLE
        if post is None or not stands(e["kind"], e["key"], settles) or not stands("post", post["key"], settles):
            continue
        for subject in links.get(post["key"], ()):
            acts.setdefault(
                (e["actor"], e["kind"], post["key"], subject),
                {**e, "post": post, "subject": subject, "week": monday(e["at"]).date()},
            )

    chosen = sorted(acts.values(), key=lambda a: (a["at"], a["key"]))
    for act in chosen:
        standing = [
            e
            for e in seen.values()
            if e["kind"] == "account"
            and e["actor"] == act["actor"]
            and e["at"] < monday(act["at"]) + timedelta(days=7) + SETTLE
        ]
        last = max(standing, key=lambda e: (e["at"], e["key"]))["object"] if standing else "active"
        author = act["post"]["actor"]
        reasons = {
            "self": act["kind"] != "post" and act["actor"] == author,
            "declared_bot": act["actor"] in bots,
            "inactive_account": last != "active",
            "owned_account": (act["actor"], act["subject"]) in owned,
            "on_owned_post": (author, act["subject"]) in owned,
        }
        act["reason"] = next((why for why in profile.leaves_out if reasons.get(why)), "")
    if profile.copies:
        same: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for act in chosen:
            if act["kind"] == "post" and not act["reason"] and act["post"].get("print"):
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
        title["gross"][act["kind"]] += 1
        if act["reason"]:
            title["left"][act["reason"]] += 1
        else:
            title["net"][act["kind"]] += 1
            title["by"][act["actor"]] += 1
    for title in result.values():
        by = title.pop("by")
        title["actors"] = len(by)
        title["top_actors"] = -(-len(by) // 100)
        title["top_acts"] = sum(acts for _, acts in by.most_common(title["top_actors"]))
    return result
