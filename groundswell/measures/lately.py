"""What accounts do about titles now, for a screen: acts of the last minutes beside those of the minutes before.

Not a measure: nothing is made distinct, left out or taken back. What is published is `interactions`.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

SPAN = timedelta(minutes=10)
_MOST_POSTS = 200_000
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Moving:
    """A subject's posts, likes and reposts in the last `SPAN` of events, and in the one before."""

    subject: str
    acts: int
    before: int


class Lately:
    """Takes events as they come; time is theirs. Holds the posts that named a title, the newest `_MOST_POSTS`."""

    def __init__(self) -> None:
        self._posts: dict[str, tuple[str, ...]] = {}
        self._minutes: dict[datetime, Counter[str]] = {}

    def take(self, events: pa.Table, links: pa.Table) -> None:
        """A batch, and the posts in it that name a title."""
        named: dict[str, list[str]] = {}
        for post, subject in zip(links["post"].to_pylist(), links["subject"].to_pylist(), strict=True):
            named.setdefault(post, []).append(subject)
        self._posts.update((post, tuple(dict.fromkeys(subjects))) for post, subjects in named.items())
        columns = [events[name].to_pylist() for name in ("operation", "kind", "key", "object")]
        for number, (operation, kind, key, of) in enumerate(zip(*columns, strict=True)):
            if operation == "create" and (subjects := self._posts.get(key if kind == "post" else of)):
                at = events["seen_at"][number].as_py()
                self._minutes.setdefault(at.replace(second=0, microsecond=0), Counter()).update(subjects)
        for post in list(self._posts)[: max(0, len(self._posts) - _MOST_POSTS)]:
            del self._posts[post]
        for minute in [minute for minute in self._minutes if minute <= max(self._minutes) - 2 * SPAN]:
            del self._minutes[minute]

    def moving(self, most: int) -> list[Moving]:
        """The subjects that gained most, first; of equal gain the busier, then by id."""
        if not self._minutes:
            return []
        turn = max(self._minutes) - SPAN + _MINUTE
        acts, before = Counter[str](), Counter[str]()
        for minute, counted in self._minutes.items():
            (acts if minute >= turn else before).update(counted)
        found = [Moving(subject, count, before[subject]) for subject, count in acts.items()]
        return sorted(found, key=lambda one: (one.before - one.acts, -one.acts, one.subject))[:most]
