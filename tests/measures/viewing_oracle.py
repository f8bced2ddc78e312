"""What a week's sessions come to, counted second by second, in plain Python and with nothing of the package."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction


@dataclass(frozen=True)
class Watched:
    """A session; `began` and `ended` are seconds since 1970."""

    profile: str
    title: str
    territory: str
    began: int
    ended: int
    stream: str


@dataclass
class Cell:
    """A title in a territory, or worldwide."""

    seconds: int = 0
    live_seconds: int = 0
    viewers: int = 0
    viewers_2_minutes: int = 0
    viewers_70: int = 0
    viewers_90: int = 0


def cells(sessions: list[Watched], monday: date, zone: tzinfo, runtimes: dict[str, int]) -> dict[tuple[str, str], Cell]:
    """Every title and territory in which a second of the week was watched; `runtimes` are seconds."""
    found: dict[tuple[str, str], Cell] = defaultdict(Cell)
    by_profile: dict[tuple[str, str, str], int] = defaultdict(int)
    week = {monday + timedelta(days=number) for number in range(7)}
    for session in sessions:
        if session.title not in runtimes:
            continue
        for second in range(session.began, session.ended):
            if datetime.fromtimestamp(second, UTC).astimezone(zone).date() not in week:
                continue
            for territory in (session.territory, "WW"):
                cell = found[session.title, territory]
                cell.seconds += 1
                cell.live_seconds += session.stream == "live"
                by_profile[session.title, territory, session.profile] += 1
    for (title, territory, _), seconds in by_profile.items():
        cell, share = found[title, territory], Fraction(seconds, runtimes[title])
        cell.viewers += 1
        cell.viewers_2_minutes += seconds >= 120
        cell.viewers_70 += share >= Fraction(7, 10)
        cell.viewers_90 += share >= Fraction(9, 10)
    return dict(found)
