"""Whether the words beside a mention say of someone that they play in a work or make it."""

import re
from itertools import zip_longest

from groundswell.measures import cues, grammar, verdicts
from groundswell.measures.commonness import is_name, level
from groundswell.measures.patterns import DEGREES, NEXT, one_of

EVERYDAY = 5.2
"""The level from which a given name in small letters is another word: `will`, `an`."""
_SURNAME = 4.5
"""The level below which a word after a given name may be a surname."""
_FARTHEST = 6
"""Words from a person to `in` and the work."""
_FULL_NAME = r"[A-Z][\w'’-]+ (?:[A-Z]\.? )?[A-Z][\w'’-]+"
_IN = "(?:in|from|dans|en|em)"
_MAKING = one_of(cues.MAKING)
_ACTED = re.compile(
    rf"{_FULL_NAME}(?:['’]s)? (?:(?:is|was|are|were|stars|starring) )?"
    rf"{DEGREES}(?:{one_of(verdicts.OPINIONS)} )?(?:as [A-Z]\w+(?: [A-Z]\w+)? )?{_IN}{NEXT}"
    rf"|{_FULL_NAME}['’]s{NEXT}"
)
_PLAYED = re.compile(
    rf"{_FULL_NAME}(?:['’]s)? (?:[\w'’-]+ ){{0,2}}{one_of(cues.PLAYED, verdicts.OPINIONS)}"
    rf"(?: [\w'’-]+){{0,2}} (?:in|on|for|from){NEXT}"
    rf"|{_FULL_NAME} as {NEXT[1:]}"
    rf"|{_FULL_NAME}(?:['’]s)? (?:[\w'’-]+ ){{1,6}}{_IN}{NEXT}"
    rf"|{_FULL_NAME} {_MAKING}{NEXT}"
)
_OWNED = re.compile(rf"{_FULL_NAME}['’]s$")
_JOINS = re.compile(rf" (?:in|on|for|from|as|dans|en|em|{_MAKING}){NEXT}|['’]s{NEXT}")
"""What stands between a person and a mention in all these."""
_PLAYS_IN = re.compile(rf" (?:{_IN}|{_MAKING}){NEXT}")
_STARRING = re.compile(rf"^ ?[(,]? ?(?:with|starring|stars|feat\.?|w/) {_FULL_NAME}")
_SAID = re.compile(r"[^\W\d_]+(?:['’]s)?(?:-[^\W\d_]+)*")
_CLAUSE = re.compile(r"[^\w\s'’-]")


def ahead(words: str, is_cased: bool) -> set[str]:
    """The evidence `acted`, `played`, `character` and `from` in the words before a mention, as written."""
    found: set[str] = set()
    if not _JOINS.search(words):
        return found
    if _ACTED.search(words):
        found.add("acted")
    if _PLAYED.search(words):
        found.add("played")
    if (joined := _PLAYS_IN.search(words)) and _is_of_someone(words[: joined.start()], is_cased):
        found |= {"character", *({"from"} if "from" in joined[0] else ())}
    return found


def stars(words: str) -> bool:
    """Whether the words after a mention, as written, go on with who plays in it."""
    return bool(_STARRING.match(words))


def is_owner(words: str) -> bool:
    """Whether words end with a full name and `'s`."""
    return bool(_OWNED.search(words))


def is_surname(word: str) -> bool:
    """Whether a word after a given name may go on with it."""
    whole = word.lower().replace("’", "'").removesuffix("'s")
    return (
        whole not in grammar.JOINING
        and whole not in grammar.WEEKDAYS
        and (is_name(whole) or whole in grammar.SURNAMES or (level(whole) or 0) < _SURNAME)
    )


def _is_of_someone(clause: str, is_cased: bool) -> bool:
    """Whether what ends with a clause up to `in` is of a person: `ana`, `ana ruiz shouting`, `ana's last scene`.

    Before a mention with a capital a given name with its own is enough: `the way Ana says it`.
    """
    words = _SAID.findall(_CLAUSE.split(clause)[-1])[-_FARTHEST - 1 :]
    for word, after in zip_longest(words, words[1:]):
        name, _, owning = word.replace("’", "'").partition("'")
        if after and name.lower() in grammar.STYLES:
            return True
        if is_name(name.lower()) and name.lower() not in grammar.WEEKDAYS:
            if not after or owning or after.endswith("ing") or is_surname(after) or (is_cased and name[0].isupper()):
                return True
        elif _is_unknown(name) and (
            owning or (is_surname(after) or after.endswith("ing") if after else name[0].isupper() or len(words) == 1)
        ):
            return True
    return False


def _is_unknown(word: str) -> bool:
    """Whether a word is in no table, as most names are that are none of the commonest."""
    return len(word) > 3 and word.isascii() and level(word.lower()) is None and word.lower() not in cues.SERVICES
