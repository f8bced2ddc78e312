"""The generated parts of the documentation: what the program itself says of its commands, feeds, charts and claims."""

import click

from groundswell.charts import BUILT_IN
from groundswell.claims import TYPES
from groundswell.claims.quantity import HEDGES, read, say
from groundswell.claims.unit import UNITS
from groundswell.cli import groundswell
from groundswell.feeds import EVENTS, KNOWN, NEED_MAPPING
from groundswell.measures.rules import EVIDENCE, RULES

EXAMPLES = {
    "hours_viewed": "23.94 million hours",
    "views": "more than 11.1 million views",
    "interactions": "148,200 interactions",
    "rank": "peaked at No. 5",
    "listed": "on the New York Times bestseller list",
    "weeks_on_chart": "three weeks in the Top 10",
    "reach": "54 countries",
    "reach_at_top": "No. 1 in 3 countries",
    "debut_rank": "debuted at No. 7",
    "streak": "three consecutive weeks",
    "streak_at_top": "10th consecutive week at No. 1",
    "total": "at least 53 million hours",
    "comparison": "4.1 million more hours",
    "multiple": "more than 3 times as many views",
    "superlative": "second most hours",
    "record": "most hours in a week since 28 June 2021",
    "change": "up 65%",
    "level": "over 4.3B views",
    "status": "Certified Fresh",
    "growth": "+1,700%",
    "audience": "33 million Live+1 average-minute audience",
}
_ANY = {
    "chart.csv": "any ranked list",
    "series.csv": "any dated readings that stand in no list",
    "books.units": "weekly units of books by ISBN",
    "tiktok.hashtag_views": "a hashtag's counter as it was read several times a day",
    "isp.speed_index": "a month's speeds of internet providers in one country",
    "critics.reviews": "critics' reviews one by one",
    "critics.scores": "critics' scores as published",
    "interactions.csv": "any export of posts and acts",
    "viewing.sessions": "what was watched, by the session",
    "viewing.catalogue": "what could be watched, and for how long",
}


def command_help() -> str:
    """The help of every command, as `groundswell COMMAND --help` prints it."""
    blocks = []
    for name, command in groundswell.commands.items():
        context = click.Context(command, info_name=f"groundswell {name}", terminal_width=100, max_content_width=100)
        blocks.append(f"### {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n" + "\n".join(blocks) + "\n"


def feed_table() -> str:
    """Every feed, its producer and columns."""
    known = [(feed.id, feed.origin, feed.url) for feed in KNOWN] + [(feed.id, feed.origin, feed.url) for feed in EVENTS]
    rows = [f"| `{name}` | {origin.producer} | {origin.title} | {url or ''} |" for name, origin, url in known if origin]
    rows += [f"| `{name}` | as its sidecar says | {_ANY[name]}, mapped in `desk.toml` | |" for name in NEED_MAPPING]
    return "\n| feed | producer | what | served at |\n|---|---|---|---|\n" + "\n".join(rows) + "\n\n"


def chart_table() -> str:
    """Every built-in chart and how it is made."""
    rows = [f"| `{chart.id}` | {chart.title} | {chart.how} |" for chart in BUILT_IN]
    return "\n| chart | title | how |\n|---|---|---|\n" + "\n".join(rows) + "\n\n"


def claim_table() -> str:
    """Every kind of claim with an example that is really read, and how it would be said."""
    rows = []
    for kind in TYPES:
        stated = read(EXAMPLES[kind], kind)
        units = ", ".join(unit for unit in UNITS[kind].after if unit) or ", ".join(UNITS[kind].before)
        units = units or f"the {'list' if kind == 'listed' else kind}'s own name"
        rows.append(f"| `{kind}` | {units} | “{EXAMPLES[kind]}” | {say(stated)} |")
    hedges = "; ".join(", ".join(hedge.words) for hedge in HEDGES if hedge.words != ("",))
    table = "\n| kind | units | example | read as |\n|---|---|---|---|\n" + "\n".join(rows)
    return f"{table}\n\nHedges that are read: {hedges}.\n\n"


def rule_table() -> str:
    """The decision table of the linker: for each rule its tiers, what it needs and what forbids it."""
    rows = [
        f"| `{rule.id}` | {rule.tiers} | {', '.join(map(_either, rule.needs)) or 'nothing'} | {_names(rule.without)} |"
        for rule in RULES
    ]
    return (
        "\n| reason code | tiers | evidence needed | evidence that forbids |\n|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n\n"
    )


def evidence_table() -> str:
    """Every piece of evidence and what it means."""
    rows = [f"| {name} | {meaning} |" for name, meaning in EVIDENCE.items()]
    return "\n| evidence | the mention is, or stands |\n|---|---|\n" + "\n".join(rows) + "\n\n"


def _either(evidence: frozenset[str]) -> str:
    return " or ".join(name for name in EVIDENCE if name in evidence)


def _names(evidence: frozenset[str]) -> str:
    return ", ".join(name for name in EVIDENCE if name in evidence)
