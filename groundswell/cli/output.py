"""What commands print for people: tables, and text that cannot rewrite a terminal's line."""

import os
import re
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text


def console() -> Console:
    """Where people read; honours NO_COLOR and knows a pipe from a terminal."""
    width = None if sys.stdout.isatty() else 140
    return Console(highlight=False, width=width, no_color=bool(os.environ.get("NO_COLOR")) or None, soft_wrap=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()) -> Table:
    """A plain table; cells are text from outside and never markup."""
    built = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        built.add_column(Text(printable(column)), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        built.add_row(*(Text(printable("" if cell is None else str(cell))) for cell in row))
    return built


def styled(text: str, colour: str) -> str:
    """Text in a colour where people read it and want colours."""
    import click

    return click.style(text, fg=colour) if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def printable_lines(text: str) -> str:
    """As `printable`, its lines kept."""
    return "\n".join(printable(line) for line in text.split("\n"))


_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Text without control characters or direction overrides, which could rewrite a terminal's line."""
    return _CONTROL.sub("�", _DIRECTION.sub("", text))
