"""Files in the producers' formats about titles nobody made."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from groundswell.catalog import code_of
from groundswell.core.protocol import Reading

GLOBAL_HEADER = (
    "week",
    "category",
    "weekly_rank",
    "show_title",
    "season_title",
    "weekly_hours_viewed",
    "runtime",
    "weekly_views",
    "cumulative_weeks_in_top_10",
)
COUNTRIES_HEADER = (
    "country_name",
    "country_iso2",
    "week",
    "category",
    "weekly_rank",
    "show_title",
    "season_title",
    "cumulative_weeks_in_top_10",
)
TITLES = (
    "The Paper Lighthouse",
    "Tin Badger",
    "Nine Umbrellas",
    "Salt for the Moon",
    "Été sans boussole",
    "Kettle & Sons",
    "A Brief History of Gravel",
    "Nobody's Ferry",
    "'Quoted' \"Twice\"",
    "종이 등대",
)
"""Ten titles: accents, quotes, an ampersand and another script among them."""
WEEK = "2022-05-01"
WHOLE = Reading("*", code_of)

Row = list[object]


def global_week(
    week: str = WEEK,
    category: str = "TV (English)",
    titles: Sequence[str] = TITLES,
    hours: Mapping[int, int] | None = None,
    weeks: int = 1,
) -> list[Row]:
    """One list of ten; `hours` are those of ranks that differ from 10,000,000 less 10,000 a rank."""
    return [
        [week, category, rank, title, "N/A", (hours or {}).get(rank, 10_000_000 - 10_000 * rank), "1.5", "", weeks]
        for rank, title in enumerate(titles, 1)
    ]


def country_week(
    code: str = "GB",
    name: str = "United Kingdom",
    week: str = WEEK,
    category: str = "TV",
    titles: Sequence[str] = TITLES,
) -> list[Row]:
    """One country's list of ten."""
    return [[name, code, week, category, rank, title, f"{title}: Season 1", 1] for rank, title in enumerate(titles, 1)]


def tsv(rows: Iterable[Sequence[object]], header: Sequence[str] = GLOBAL_HEADER) -> bytes:
    """The bytes of a file as Netflix writes it."""
    return "".join("\t".join(map(str, row)) + "\n" for row in (header, *rows)).encode()


def csv(text: str) -> bytes:
    """A CSV written out by hand, its indentation taken off."""
    return "\n".join(line.strip() for line in text.strip().splitlines()).encode() + b"\n"


def sundays(since: str, count: int) -> list[str]:
    """`count` Sundays from `since` on, as printed."""
    first = date.fromisoformat(since)
    return [(first + timedelta(weeks=n)).isoformat() for n in range(count)]
