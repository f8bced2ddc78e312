"""For the example desk, from a seed, nobody's, and marked so everywhere: four simulated weeks of posts, likes and reposts, and the
viewing sessions of a live event."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

HEADER = ("time", "kind", "account", "id", "of", "text", "language", "country", "automated")
BEGINS = datetime(2022, 4, 18, tzinfo=UTC)
WEEKS = 4
SEED = 2022
TITLES: dict[str, tuple[int, ...]] = {
    "Heartstopper": (340, 320, 300, 330),
    "The Lamplighter's Oath": (290, 280, 280, 260),
    "Nine Umbrellas of Autumn": (230, 240, 250, 240),
    "Tin Badger Detective Agency": (90, 110, 120, 100),
}
"""Programme → how many accounts do something about it in each week. All but the first are made up."""
_FROM_DAY = {"Heartstopper": 4}  # it came out on the Friday of the first week
_COUNTRIES = ("GB", "GB", "US", "US", "BR", "PH", "", "")
_LANGUAGES = ("en", "en", "en", "pt", "es", "")
_SENTENCES = (
    "{title} tonight with {n} friends and far too much popcorn",
    "rewatching {title} for the {n}th time and no regrets at all",
    "{n} minutes into {title} and already in tears over here",
    "somebody talk to me about {title}, I have {n} theories about it",
)
_COPIED = "Everyone must watch The Lamplighter's Oath right now, link in my profile"

SESSION_HEADER = ("profile", "title", "territory", "start", "end", "stream", "device", "weight")
EVENT = "The Larkmoor Lantern Race"
"""Made up, and so are those who watched it."""
LIVE_FROM, LIVE_FOR = datetime(2022, 5, 14, 19, tzinfo=UTC), timedelta(minutes=90)
_PANEL = {
    "GB": (500, "15900.5"),
    "US": (700, "26720"),
    "BR": (300, "20510"),
    "PH": (200, "23800.25"),
    "DE": (200, "13380"),
}
"""Country → how many profiles of the simulated panel watch live, and for how many each stands."""

Row = tuple[str, ...]


def events(seed: int = SEED) -> Iterator[Row]:
    """The rows, in the order of their times."""
    random = Random(seed)
    rows: list[Row] = []
    number = 0

    def add(at: datetime, kind: str, account: str, of: str = "", text: str = "", automated: bool = False) -> str:
        nonlocal number
        number += 1
        key = f"{kind[0]}{number:05d}"
        place = sum(map(ord, account))
        country, language = _COUNTRIES[place % len(_COUNTRIES)], _LANGUAGES[place % len(_LANGUAGES)]
        said = language if kind == "post" else ""
        rows.append(
            (f"{at:%Y-%m-%dT%H:%M:%SZ}", kind, account, key, of, text, said, country, "true" if automated else "")
        )
        return key

    for hour in range(WEEKS * 7 * 24):  # somebody is always awake
        add(BEGINS + timedelta(hours=hour), "post", f"owl-{hour % 24:02d}", text="a quiet hour")
    for title, accounts in TITLES.items():
        for week, many in enumerate(accounts):
            first = _FROM_DAY.get(title, 0) if week == 0 else 0
            begins, days = BEGINS + timedelta(weeks=week, days=first), 7 - first
            posts: list[tuple[datetime, str]] = []
            for _ in range(many):
                account = f"sim-{int(random.random() * 20_000):05d}"
                at = begins + timedelta(seconds=int(random.random() * days * 86_400))
                if random.random() < 0.35 or len(posts) < 5:
                    sentence = _SENTENCES[int(random.random() * len(_SENTENCES))]
                    text = sentence.format(title=title, n=2 + int(random.random() * 400))
                    posts.append((at, add(at, "post", account, text=text)))
                    continue
                for _ in range(1 + int(random.random() * 2)):
                    made, post = posts[int(random.random() ** 2 * len(posts))]
                    kind = "repost" if random.random() < 0.25 else "like"
                    add(max(at, made), kind, account, of=post)
    burst = BEGINS + timedelta(days=9, hours=20)
    for n in range(12):  # a campaign of copies, and an automated account
        add(burst + timedelta(seconds=40 * n), "post", f"copy-{n:02d}", text=_COPIED)
        add(
            burst + timedelta(hours=n),
            "post",
            "timer-01",
            text=f"The Lamplighter's Oath starts again in {n + 1} hours",
            automated=True,
        )
    return iter(sorted(rows))


def sessions(seed: int = SEED) -> Iterator[Row]:
    """Who watched the event, by territory: live, with a break or a second screen, then within a day and within a week."""
    random = Random(seed)
    whole = int(LIVE_FOR.total_seconds())

    def row(who: str, code: str, start: float, end: float, stream: str, device: str) -> Row:
        begun, ended = (f"{LIVE_FROM + timedelta(seconds=int(at)):%Y-%m-%dT%H:%M:%SZ}" for at in (start, end))
        return who, EVENT, code, begun, ended, stream, device, _PANEL[code][1]

    for code, (many, _) in _PANEL.items():
        for n in range(many):
            who = f"sim-{code.lower()}-{n:04d}"
            joins = -600 + random.random() * (1500 if random.random() < 0.8 else whole)
            leaves = whole + 300 * random.random() if random.random() < 0.7 else joins + random.random() * whole
            device = "tv" if random.random() < 0.7 else "phone"
            if random.random() < 0.2 and leaves - joins > 1200:  # a break
                at = joins + (leaves - joins) * (0.3 + 0.4 * random.random())
                yield row(who, code, joins, at, "live", device)
                joins = at + 30 + random.random() * 300
            yield row(who, code, joins, max(joins, leaves), "live", device)
            if random.random() < 0.06:
                at = whole * random.random() * 0.6
                yield row(who, code, at, at + 1800 * random.random(), "live", "tablet")
        for n in range(many // 8):
            later = (2 + 20 * random.random()) * 3600 if random.random() < 0.8 else (26 + 120 * random.random()) * 3600
            viewed = whole * (0.4 + 0.6 * random.random())
            yield row(f"sim-{code.lower()}-d{n:03d}", code, later, later + viewed, "on_demand", "tv")


def write(path: Path) -> None:
    """The posts, as the example's `desk.toml` maps them."""
    _write(path, HEADER, events())


def write_sessions(path: Path) -> None:
    """The sessions, likewise."""
    _write(path, SESSION_HEADER, sessions())


def _write(path: Path, header: Row, rows: Iterator[Row]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *rows])
    path.write_text(out.getvalue(), encoding="utf-8")
