"""How `chart trending-now` is printed: what is counted so far, and why it is not the last word."""

from datetime import datetime

import click

from groundswell.charts.definition import TRENDING_NOW
from groundswell.charts.now import FIGURES, TrendingNow
from groundswell.cli import output
from groundswell.core.document import json_text
from groundswell.core.live import clock_text
from groundswell.newsroom.desk import Desk
from groundswell.web.now import trending


def print_trending_now(desk: Desk, asked: datetime, form: str) -> None:
    """The 24 hours to `asked` as a table, csv or json."""
    found = trending(desk, asked)
    if form == "json":
        click.echo(json_text(found.as_json()))
    elif form == "csv":
        click.echo(found.as_csv(), nl=False)
    else:
        _table(found)


def _table(found: TrendingNow) -> None:
    head = f"{TRENDING_NOW.title}, the 24 hours to {clock_text(found.until)} (not settled)"
    click.echo(head + (": simulated" if found.simulated else ""))
    rows = [
        (e.rank, e.title, *(f"{e.values[name]:,}" if e.values else "" for name in FIGURES), e.speed)
        for e in found.entries
    ]
    heads = ["#", "title", "net", *FIGURES[1:4], "accounts", "last hour", "velocity"]
    output.console().print(output.table(heads, rows, right=["#", *heads[2:]]))
    for note in found.notes():
        click.echo(note)
