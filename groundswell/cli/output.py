"""What commands print for people: tables, and text that cannot rewrite a terminal's line."""

import os
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
        built.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        built.add_row(*(Text(printable("" if cell is None else str(cell))) for cell in row))
    return built


def printable(text: str) -> str:
    """Text without control characters or direction overrides, which could rewrite a terminal's line."""
    return "".join(
        c if c.isprintable() else "�" for c in text if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
