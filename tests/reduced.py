"""Weeks as `groundswell reduce` writes them, made up: titles and what each has by day and region."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from groundswell.catalog.identity import slug
from groundswell.core.reduction import ReducedCell, ReducedTitle, Reduction

MONDAY = date(2022, 5, 9)
Cells = Mapping[tuple[int, str], int]
"""Day of the week (0 is Monday) and region (empty where none was declared) → net interactions."""


def week(titles: Mapping[str, Cells], *, first: date = MONDAY, hours_missing: int = 0, off_by: int = 0) -> Reduction:
    """The week of these titles in this order; `off_by` makes the figures say more than their cells."""
    entries = tuple(
        ReducedTitle(
            rank=rank,
            subject=slug(title),
            title=title,
            figures={
                "interactions": Decimal(sum(cells.values()) + off_by),
                "interactions_gross": Decimal(sum(cells.values()) + off_by + 7),
                "interactions_variety_2022": Decimal(sum(cells.values()) + off_by + 5),
                "posts": Decimal(0),
                "reposts": Decimal(0),
                "likes": Decimal(sum(cells.values()) + off_by),
                "unique_actors": Decimal(200),
                "top_share": Decimal("2.5"),
            },
            left_out={"self": 4, "over_cap": 3},
        )
        for rank, (title, cells) in enumerate(titles.items(), 1)
    )
    found = tuple(
        ReducedCell(first + timedelta(days=day), slug(title), "en", region, "like", net + 1, net)
        for title, cells in titles.items()
        for (day, region), net in cells.items()
    )
    return Reduction(
        measure="interactions",
        chart="trending-tv",
        calendar="mon-sun",
        first_day=first,
        last_day=first + timedelta(days=6),
        hours_missing=hours_missing,
        ranked_by="groundswell-2026",
        profiles=("variety-2022", "groundswell-2026"),
        gazetteers=("0123456789abcdef0123456789abcdef",),
        inputs="sha256:" + "ab" * 32,
        entries=entries,
        cells=found,
    )
