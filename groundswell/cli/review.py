"""`reduce --review`: who was set aside for acting in step, and on what. Counted when asked and kept nowhere."""

from datetime import date
from itertools import groupby
from typing import Any

import click

from groundswell.charts.trending import RANKED_BY
from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.period import MON_SUN
from groundswell.core.quantity import counted
from groundswell.measures.in_step import evidence
from groundswell.measures.interactions import count, gather
from groundswell.measures.posts import inherited
from groundswell.newsroom.desk import Desk
from groundswell.store import DuckEngine, moment_text
from groundswell.store.stream import Stream


def print_review(desk: Desk, stream: Stream, day: date, as_json: bool) -> None:
    """The groups of the week that contains `day`, with every two accounts that acted in step and the posts both acted on."""
    week = MON_SUN.period_of(day)

    def found() -> list[dict[str, Any]]:
        with DuckEngine() as engine:
            stream.register(engine)
            work.register_counted(engine, desk, week, inherited(engine, desk.gazetteer()))
            gather(engine, [week])
            count(engine, RANKED_BY)
            return list(evidence(engine).to_pylist())

    rows = work.steady(found)
    pairs = []
    for (group, platform, *accounts), of in groupby(
        rows, lambda r: (r["group_no"], r["platform"], r["actor"], r["other"])
    ):
        shared = list(of)
        moments = ((row["post"], [moment_text(row["seen_at"]), moment_text(row["other_at"])]) for row in shared)
        pairs.append(
            {"group": group, "platform": platform, "accounts": accounts}
            | {"shared": shared[0]["shared"], "near": shared[0]["near"]}
            | {"posts": [{"post": post, "at": at} for post, at in moments]}
        )
    if as_json:
        click.echo(json_text({"week": week.as_json(), "profile": RANKED_BY.id, "pairs": pairs}))
        return
    groups = {
        group: {account for pair in of for account in pair["accounts"]}
        for group, of in groupby(pairs, lambda p: p["group"])
    }
    sizes = ", ".join(f"{len(accounts):,}" for accounts in groups.values())
    named = counted(len(groups), "group")
    click.echo(f"{week}: {named} of accounts acted in step" + (f", of {sizes} accounts" if groups else ""))
    heads = ["group", "platform", "account", "and", "posts shared", "at the same time"]
    table = [(p["group"], p["platform"], *p["accounts"], f"{p['shared']:,}", f"{p['near']:,}") for p in pairs]
    if table:
        output.console().print(output.table(heads, table, right=["group", *heads[4:]]))
