"""The exceptions of Groundswell, one tree.

    GroundswellError                 everything the project raises on purpose
    ├── UsageError                   the question cannot be asked so         exit 2
    ├── InputError                   a file or setting cannot be used        exit 2
    │   └── FetchError               bytes could not be got (`transient` says whether to try again)
    ├── Refused                      a story or claim was refused            exit 1
    └── MachineryError               the store or a library failed           exit 3
        └── OutOfMemory              an engine needs more than it may take

A wrong number in a story is a `Verdict`, a bad row a `Finding`; only a broken promise is an exception.
"""

import re
from difflib import get_close_matches

_NEAR = 0.7
"""Of two texts of ten letters each, seven stand in both in the same order."""
_LEAST_HELD = 4
_MOST_NEAR, _MOST_KNOWN, _MOST_ASKED = 3, 12, 100
_BETWEEN = re.compile(r"[\W_]+")


class GroundswellError(Exception):
    """One line a person can act on: what, where, what is allowed, what to do."""

    exit_code = 3

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.splitlines()))


class UsageError(GroundswellError):
    """What was asked is not among what can be asked."""

    exit_code = 2


class InputError(GroundswellError):
    """A file, cell or setting given to us cannot be used."""

    exit_code = 2


class FetchError(InputError):
    """Bytes could not be fetched; `transient` when a later try may succeed."""

    def __init__(self, message: str, *, transient: bool) -> None:
        super().__init__(message)
        self.transient = transient


class Refused(GroundswellError):
    """Nothing was published: `reasons` holds one line for each number that does not hold."""

    exit_code = 1

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class MachineryError(GroundswellError):
    """The store or a library broke its promise."""

    exit_code = 3


class OutOfMemory(MachineryError):
    """An engine needs more memory than it may take: asked again it needs as much."""


def nearest(asked: str, allowed: list[str]) -> str:
    """The sentence that names what is near, or where nothing is, what is allowed: `nearest: a, b`.

    Near is what differs in few letters or holds all of it (`New York`, `America/New_York`), in whatever case.
    """
    said, folded = _folded(asked[:_MOST_ASKED]), {_folded(one): one for one in allowed}
    near = get_close_matches(said, folded, n=_MOST_NEAR, cutoff=_NEAR)
    near += [one for one in sorted(folded) if len(said) >= _LEAST_HELD and said in one and one not in near]
    if near:
        return "nearest: " + ", ".join(folded[one] for one in near[:_MOST_NEAR])
    more = f" and {len(allowed) - _MOST_KNOWN:,} more" if len(allowed) > _MOST_KNOWN else ""
    return "known: " + (", ".join(sorted(allowed)[:_MOST_KNOWN]) or "none") + more


def _folded(name: str) -> str:
    return _BETWEEN.sub(" ", name.casefold()).strip()
