"""Tables of cues as parts of regular expressions."""

import re
from collections.abc import Iterable

from groundswell.measures import verdicts


def one_of(*tables: Iterable[str]) -> str:
    """One of these entries, the longest that fits; each beginning they share is written, and tried, once."""
    return f"(?:{_endings({word for table in tables for word in table})})"


def _endings(words: Iterable[str]) -> str:
    following: dict[str, set[str]] = {}
    for word in words:
        following.setdefault(word[:1], set()).add(word[1:])
    is_whole = bool(following.pop("", None))
    tails = {first: _endings(rest) if any(rest) else "" for first, rest in sorted(following.items(), reverse=True)}
    branches = [(r"\d{1,3}" if first == "0" else re.escape(first)) + tail for first, tail in tails.items()]
    either = branches[0] if len(branches) == 1 and not is_whole else f"(?:{'|'.join(branches)})"
    return f"{either}?" if is_whole else either


NEXT = r" [\"'“‘«*]*$"
"""What stands between a cue and the mention after it, up to the mention."""
DEGREES = rf"(?:(?:{one_of(verdicts.DEGREES)}|[a-z]+ly) )*"
