"""The simulated files of the example desk that no public series stands behind: from a seed, nobody's, and marked so everywhere.

Each is made to agree with the figure the announcement of 20 May 2022 states, and with nothing else.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

SEED = 2022
LAUNCH = date(2022, 4, 22)
VOLUMES = ("9799999000016", "9799999000023", "9799999000030", "9799999000047")
"""ISBNs of a group nobody was given."""
_OF_VOLUMES = (50, 22, 16, 12)  # per cent of a week
_OTHERS = {
    "9799999000115": ("The Paper Lantern Club", 4_100),
    "9799999000122": ("Salt and Thistle", 3_300),
    "9799999000139": ("A Map of Small Hours", 2_600),
}
_AFTER = (1_900, 18_000, 16_400, 12_100)  # weeks ending 23 April to 14 May 2022
_BEFORE = (860, 880, 900, 920, 950, 980, 1_010, 1_500)  # weeks ending 26 February to 16 April 2022: 1,000 in the mean
_YEAR_BEFORE = 600  # the week ending 1 May 2021
_MEAN_OF_YEAR = 900  # of the 52 weeks to 16 April 2022

_LISTS = (
    *("", "Title", "Author", "Publisher", "Primary ISBN10", "Primary ISBN13"),
    *("NYT List", "NYT List Published Date", "Weeks on NYT List"),
)

Row = tuple[object, ...]


def book_weeks() -> Iterator[Row]:
    """Copies by week and ISBN: four volumes of a series, the first of them young adult fiction, and three titles beside it."""
    random = Random(SEED)
    last = date(2022, 4, 16)
    weeks = [last - timedelta(weeks=back) for back in reversed(range(52))]
    known = {date(2021, 5, 1): _YEAR_BEFORE, **dict(zip(weeks[-len(_BEFORE) :], _BEFORE, strict=True))}
    open_weeks = [week for week in weeks if week not in known]
    rest = 52 * _MEAN_OF_YEAR - sum(known.values())
    noise = [int(random.random() * 121) - 60 for _ in open_weeks[:-1]]
    level = rest // len(open_weeks)
    known |= {week: level + by for week, by in zip(open_weeks, noise, strict=False)}
    known[open_weeks[-1]] = rest - sum(known[week] for week in open_weeks[:-1])
    known |= {last + timedelta(weeks=n): copies for n, copies in enumerate(_AFTER, 1)}
    for week in sorted(known):
        parts = [known[week] * share // 100 for share in _OF_VOLUMES]
        parts[0] += known[week] - sum(parts)
        for n, (isbn, copies) in enumerate(zip(VOLUMES, parts, strict=True), 1):
            yield week, isbn, f"Heartstopper, Volume {n}", "YA Fiction" if n == 1 else "Graphic Novels", copies
        for isbn, (title, usual) in _OTHERS.items():
            yield week, isbn, title, "YA Fiction", usual + int(random.random() * 400)


def follower_days() -> Iterator[Row]:
    """Followers of two accounts that stand for the leads', a reading a week and one on the day of the announcement."""
    ends = date(2022, 5, 19)
    days = [date(2022, 3, 18) + timedelta(days=n) for n in range(0, 63, 7)] + [ends]
    for account, before, after in (("The first lead", 104_210, 3_412_306), ("The second lead", 101_870, 2_498_113)):
        for day in sorted(set(days) | {LAUNCH - timedelta(days=30)}):
            grown = max(0, (day - LAUNCH).days)
            span = (ends - LAUNCH).days
            creep = 13 * ((day - date(2022, 3, 23)).days)
            yield day, account, before + creep if not grown else before + (after - before) * grown // span


def hashtag_readings() -> Iterator[Row]:
    """The counter of a hashtag three times a day, as displayed; once it falls, as such counters do."""
    begins, before, days = datetime(2022, 4, 8, 6, tzinfo=UTC), 3 * 14, 3 * 41
    for n in range(days + 1):
        millions = 120 + n // 3 if n < before else 134 + 4_200 * (n - before) // (days - before)
        if n == 80:
            millions -= 150
        shown = millions // 100 * 100 if millions >= 1_000 else millions
        yield f"{begins + timedelta(hours=8 * n):%Y-%m-%d %H:%M:%S}", shown * 1_000_000


def reviews() -> Iterator[Row]:
    """Twenty-one reviews of the first season, all fresh, six of them by top critics."""
    for n in range(21):
        day = date(2022, 4, 19) + timedelta(days=n * 7 // 20)
        yield day, "Heartstopper", "Season 1", f"critic {n + 1:02d}", f"paper {n + 1:02d}", "fresh", int(n % 4 == 0)


def badges() -> Iterator[Row]:
    """What a page of the season would have shown."""
    yield date(2022, 4, 22), "Heartstopper", "Season 1", "No badge"
    yield date(2022, 4, 27), "Heartstopper", "Season 1", "Certified Fresh"


def bestsellers() -> Iterator[Row]:
    """A list of ten series, of the week ending 30 April 2022."""
    series = (
        "The Paper Lantern Club",
        "Salt and Thistle",
        "Heartstopper",
        "The Kite Flyer's Almanac",
        "Borrowed Weather",
        "A Map of Small Hours",
        "Nine Lamps",
        "The Orchard Accord",
        "Tin Badger Detective Agency",
        "Saint Elmo's Cat",
    )
    for rank, title in enumerate(series):
        yield rank, title.upper(), "", "", "", "", "Series Books", "2022-05-15", ""


def write(folder: Path) -> None:
    """The files, as the example's `desk.toml` maps them."""
    for name, header, rows in (
        ("books.csv", ("Week Ending", "ISBN", "Title", "Category", "Units"), book_weeks()),
        ("followers.csv", ("Day", "Account", "Followers"), follower_days()),
        ("hashtag.txt", (), hashtag_readings()),
        ("reviews.csv", ("Day", "Title", "Season", "Critic", "Publication", "Verdict", "Top critic"), reviews()),
        ("badges.csv", ("Day", "Title", "Season", "Badge"), badges()),
        ("bestsellers.csv", _LISTS, bestsellers()),
    ):
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t" if name.endswith(".txt") else ",", lineterminator="\n")
        writer.writerows([header, *rows] if header else rows)
        (folder / name).write_text(out.getvalue(), encoding="utf-8")
