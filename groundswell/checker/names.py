"""Names of titles in a text, from the closed list of what the record has printed; longest match, ambiguity kept.

A name counts where it is written as one: capitals, quotes, and no further capital that makes it a part of another name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from groundswell.checker.text import Token, fold, glued, tokens
from groundswell.checker.words import COMMON_NAMES, GENERIC, MONTHS, PLACES, ROMAN, SEASON_WORDS, SMALL, WEEKDAYS
from groundswell.claims.quantity import ORDINALS, WORDS

_SIGNS_BEFORE = frozenset("¡¿(#")
"""They may belong to a name, before its first word."""
_OPEN, _CLOSE = frozenset("\"“‘'«"), frozenset("\"”’'»")


@dataclass(frozen=True)
class Season:
    """A season as a text names it: `s2`, `p5`, or the last of all."""

    letter: str
    number: int | None


@dataclass(frozen=True)
class Mention:
    """Tokens `first` to `last` (exclusive) name a title."""

    first: int
    last: int
    subjects: tuple[str, ...]
    title: str


@dataclass
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    """Subject → title as printed."""
    weight: int = 0


class Gazetteer:
    """All printed names, as a tree of their words."""

    def __init__(self, printed: Iterable[tuple[str, str, str]]) -> None:
        """`printed` are (title, season, subject)."""
        self._root = _Node()
        rows = list(printed)
        for title, season, subject in rows:
            self._add(_words(title), subject, title, 3)
            if season and fold(season) != fold(title):
                self._add(_words(season), subject, title, 3)
        for title, _, subject in rows:
            for words, weight in _variants(title):
                self._add(words, subject, title, weight)

    def _add(self, words: Sequence[str], subject: str, title: str, weight: int) -> None:
        if not words:
            return
        node = self._root
        for word in words:
            node = node.next.setdefault(word, _Node())
        if weight > node.weight:
            node.subjects, node.weight = {}, weight
        if weight == node.weight:
            node.subjects[subject] = title

    def mentions(self, of: Sequence[Token]) -> list[Mention]:
        """The names in `of`, left to right, none overlapping; the longest that stands as a name wins."""
        significant = [at for at, token in enumerate(of) if _key(token)]
        keys = [_key(of[at]) for at in significant]
        found: list[Mention] = []
        said: set[str] = set()  # what is named in full may be called by the beginning of its name
        at = 0
        while at < len(keys):
            ends = self._ends(keys, at)
            for length, node in reversed(ends):
                first, last = significant[at], significant[at + length - 1] + 1
                stands = _stands(of, first, last) or any(
                    _as_printed(of, first, last, t) for t in node.subjects.values()
                )
                if stands and (node.weight > 1 or _marked(of, first, last) or said.issuperset(node.subjects)):
                    said |= node.subjects.keys()
                    title = next(iter(node.subjects.values()))
                    found.append(Mention(first, last, tuple(node.subjects), title))
                    at += length
                    break
            else:
                at += 1
        return found

    def _ends(self, keys: Sequence[str], at: int) -> list[tuple[int, _Node]]:
        node, ends = self._root, []
        for length, key in enumerate(keys[at : at + 40], 1):
            following = node.next.get(key)
            if following is None:
                break
            node = following
            if node.subjects:
                ends.append((length, node))
        return ends


def _key(token: Token) -> str:
    if token.text == "&":
        return "and"
    if token.word == "'s":
        return "s"
    return token.word if token.is_word else ""


def _words(name: str) -> list[str]:
    return [key for token in tokens(name) if (key := _key(token))]


def _variants(title: str) -> Iterable[tuple[list[str], int]]:
    """Shorter forms the press uses: without the article, without a possessive in front, up to the colon.

    The last of these weighs 1: it is often a person's name, and counts in quotes or capitals alone.
    """
    words = _words(title)
    if words[:1] in (["the"], ["a"], ["an"]) and len(words) > 2:
        yield words[1:], 2
    if "s" in words[1:4]:
        rest = words[words.index("s", 1) + 1 :]
        if words.index("s", 1) == 2 and len(rest) >= 2:
            yield rest, 2
    for mark in (":", " - ", " – "):
        head, found, _ = title.partition(mark)
        short = _words(head)
        if found and (len(short) >= 2 or (len(short) == 1 and head.isupper() and len(head) > 3)):
            yield short, 1


def _stands(of: Sequence[Token], first: int, last: int) -> bool:
    """Whether these tokens are written as a name, and as the whole of one."""
    words = [token for token in of[first:last] if token.is_word and token.word != "'s"]
    while first and of[first - 1].text in _SIGNS_BEFORE and glued(of[first - 1], of[first]):
        first -= 1
    before = of[first - 1] if first else None
    after = of[last] if last < len(of) else None
    quoted = before is not None and before.text in _OPEN and (glued(before, of[first]))
    closed = _closing(of, last)
    if quoted and closed:
        return True
    if quoted and not _season_follows(of, last):  # a name that goes on inside its quotes is another
        return _closes_soon(of, last) is False
    if before is not None and glued(before, of[first]) and (before.is_word or before.text in "-@#_/"):
        return False
    if after is not None and glued(of[last - 1], after) and (after.is_word or after.text in "@_"):
        return False
    if not any(token.is_capital for token in words) and not (words and words[0].is_digits):
        return False
    if any(
        not token.is_capital and not token.is_digits and token.word not in SMALL and not _goes_on(of, at)
        for at, token in enumerate(of[first:last], first)
        if token.is_word and token.word != "'s"
    ):
        return False
    if all(
        token.is_digits or token.word in WORDS or token.word in ORDINALS or token.word == "number" for token in words
    ):
        return words[0].text == "Number" and len(words) == 2 and words[1].is_digits and int(words[1].text) > _PLACES
    if len(words) == 1 and not _single(of, first, last):
        return False
    if after is not None and after.text == ":" and last + 1 < len(of) and of[last + 1].is_capital:
        return of[last + 1].word in {"no", "number", *SEASON_WORDS} or _season_follows(of, last)
    if after is not None and after.text in "-–" and glued(of[last - 1], after):
        return False
    if after is not None and after.is_digits and len(after.text) <= 2 and "." not in after.text:
        return _season_number(of, last)
    if after is not None and after.word in ROMAN and after.text.isupper() and after.word != "i":
        return False
    return not (after is not None and after.is_capital and after.word not in _MAY_FOLLOW and not after.text.isupper())


_PLACES = 10
"""`Number 24` is no place: the lists have so many."""


def _as_printed(of: Sequence[Token], first: int, last: int, title: str) -> bool:
    """Whether a title of several words stands to the letter as it is printed: `Café con aroma de mujer`."""
    printed = [token.text for token in tokens(title)]
    named = any(token.is_capital for token in of[first:last])
    return len(printed) > 2 and named and printed == [token.text for token in of[first:last]]


def _marked(of: Sequence[Token], first: int, last: int) -> bool:
    """Whether a name stands in quotes or in capitals."""
    if first and of[first - 1].text in _OPEN:
        return True
    return all(token.text.isupper() for token in of[first:last] if token.is_word) and _letters(of, first, last) > 3


def _letters(of: Sequence[Token], first: int, last: int) -> int:
    return sum(len(token.text) for token in of[first:last])


def _goes_on(of: Sequence[Token], at: int) -> bool:
    """Whether a token is the rest of a word: `Nam-soon`, `F*ck`."""
    return at > 0 and glued(of[at - 1], of[at]) and not of[at - 1].is_word


_MAY_FOLLOW = frozenset({*SEASON_WORDS, *MONTHS, *GENERIC, "no", "number", "top", "tv", "english", "netflix", "s"})


def _single(of: Sequence[Token], first: int, last: int) -> bool:
    """Whether one word alone is a title here: never a common word at the beginning of a sentence or after a preposition."""
    token = of[first]
    before = of[first - 1] if first else None
    starts = before is None or before.text in '.!?:;"“”(—–\n'
    if _season_follows(of, last):
        return True
    if token.word in WEEKDAYS:
        return before is None or starts or before.word not in _TIME_WORDS
    if token.word.removesuffix("s") in SEASON_WORDS and last < len(of) and of[last].is_digits:
        return False
    if token.word in PLACES or token.text in _SHORT_PLACES:
        return False
    if starts and last < len(of) and of[last].word in _GOES_ON:
        return False
    if before is not None and before.word in {"of", "the"} and _of_a_name(of, first - 1):
        return False
    if token.word in COMMON_NAMES:
        return (token.text.isupper() and len(token.text) > 2) or not starts
    if before is not None and before.is_capital and before.is_word and first >= 2:
        earlier = of[first - 2]
        return earlier.text in '.!?:;"“”' or before.word in MONTHS
    return True


def _of_a_name(of: Sequence[Token], at: int) -> bool:
    """Whether `of` or `of the` at `at` joins a name to what follows: `League of Legends`, but not `Season 2 of Legends`."""
    if of[at].word == "the":
        at -= 1
    name = of[at - 1] if at >= 1 and of[at].word == "of" else None
    return (
        name is not None
        and name.is_capital
        and name.word not in _COUNTS_ITS
        and name.word not in SEASON_WORDS
        and name.word not in ORDINALS
        and at >= 2
        and of[at - 2].text not in '.!?:;"“”'
    )


_COUNTS_ITS = frozenset(
    "season part volume week weeks episode episodes series fans viewers premiere finale launch debut top".split()
)
_SHORT_PLACES = frozenset({"US", "UK", "UAE", "EU"})
"""Abbreviated places that are written like titles: *Us*."""
_GOES_ON = frozenset("the a an of from to that this by their its his her my our your".split())
_TIME_WORDS = frozenset("on last next this since until till from to by every through and before after of each".split())


def _closing(of: Sequence[Token], last: int) -> bool:
    at = last
    while at < min(len(of), last + 4) and _is_sign(of[at]) and glued(of[at - 1], of[at]):
        at += 1
    return at < len(of) and of[at].text in _CLOSE and glued(of[at - 1], of[at])


def _is_sign(token: Token) -> bool:
    return not token.is_word and token.text not in _CLOSE


def _closes_soon(of: Sequence[Token], last: int) -> bool:
    return any(token.text in _CLOSE for token in of[last : last + 12])


def _season_follows(of: Sequence[Token], last: int) -> bool:
    at = last
    while at < len(of) and of[at].text in ':,"”’-–(':
        at += 1
    return at + 1 < len(of) and of[at].word in SEASON_WORDS and (of[at + 1].is_digits or of[at + 1].word in WORDS)


def _season_number(of: Sequence[Token], last: int) -> bool:
    """Whether the number after a name could name a season: small, and nothing is counted with it."""
    following = of[last + 1] if last + 1 < len(of) else None
    return following is None or not (following.is_word and (glued(of[last], following) or following.word in _COUNTED))


_COUNTED = frozenset("million billion thousand hours views countries weeks days percent territories markets".split())
