"""What stands beside a candidate: names of evidence, for the decision table. docs/methods.md says what each means."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise

from groundswell.measures import cues, grammar, people
from groundswell.measures.beside import REACH, beside
from groundswell.measures.candidates import Candidate
from groundswell.measures.commonness import is_name, is_plural, is_rare, level
from groundswell.measures.folding import fold, is_unspaced
from groundswell.measures.patterns import one_of

_OUTSIDE = re.compile(
    r"https?://\S+|www\.\S+|\b[\w-]{1,63}\.(?:com|org|net|co|tv|me|ly|gl|be|app|social)\b\S*|[@＠][\w.\-]*\w"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OPENS = re.compile(r"(?:\A|[^\w\s'\"’‘“”,#@&$%/+\0])\s*['\"“‘«]*\s*$")
"""What ends before the first word of a sentence: nothing, a mark that closes one, an emoji, a line's end."""
_QUOTES = {
    **dict(zip("\"“'‘«„「『《»", "\"”'’»“」』》«", strict=True)),
    **{mark: mark for mark in "*_”’"},
}
_WITHIN = re.compile(r"(?<!\w)[^\W\d_A-Z][^\W\d_]*(?:['’][^\W\d_]+)?,? [\"“'‘«*]?$")
_OF_ANOTHER = re.compile(r"\b[A-Z][\w'’]* (?:of|for)(?: the)? $")
_FIRST_IS = {"adverbial": grammar.ADVERBIAL, "day": grammar.WEEKDAYS, "pronoun": grammar.PRONOUNS}
_IS_ONE_OF = {
    "adjective": grammar.ADJECTIVES,
    "no_noun": grammar.ADJECTIVES | grammar.PARTICLES,
    "counted": grammar.COUNTED,
    "place": grammar.PLACES,
}
"""What a title's first word may be, or its only one."""
_SHOUTED = 0.6
"""The share of capitals among letters above which they are shouted."""
_SPARING = 2
"""Other words with capitals that a post has at most whose capitals all tell something."""
_BETWEEN = re.compile(
    r"[\"'”’]?(?:\s*(?:,|/|&|\+|;|\n|•|\||-|>|<|\d[.)])\s*(?:and |or |& )?"
    r"| (?:and|or|y|und|et|e|en|ve|vs\.?|versus|over|ou|oder) )[\"'“‘]?(?:the )?"
)
_ADDRESSED = re.compile(rf"\s*(?:[@＠][\w.\-]+\s+){{0,9}}[@＠](?:{'|'.join(cues.ACCOUNTS)})")
_JOINED = re.compile(r"\b(?:how|what|that|so) $")
_OF_NAME = re.compile(r" of (?:the |an? )?[A-Z]| by (?!Netflix|HBO|BBC|Apple|Amazon|Disney)[A-Z]")
_ITEM = re.compile(r"(?:^|\s)(?:\d{1,2} ?[.):-]|[-•*·–]) ?\S")
_ITEM_ENDS = re.compile(r"[\"'”’»*]?\s*(?:$|[\n,;(–—\-:!.|⭐★]|s\d|season|\d{1,2} ?[.)-])", re.IGNORECASE)
_SERVICE_TAG = re.compile(rf"\s*#(?:{one_of(name.replace(' ', '') for name in cues.SERVICES)})(?!\w)")
_AFTER_SERVICE_TAG = re.compile(rf"#(?:{one_of(name.replace(' ', '') for name in cues.SERVICES)})\s*$")
_LETTER = r"0-9a-z_\u00df-\u024f"
"""What a small word in Latin letters is made of; others stand beside it without a space."""
_STRONG, _WEAK = (
    re.compile(rf"(?<![{_LETTER}'’]){one_of(words)}(?![{_LETTER}])") for words in (cues.STRONG, cues.WEAK)
)
_NO_NAME = re.compile(
    one_of(
        cues.STRONG,
        cues.WEAK,
        cues.SERVICES,
        cues.NETWORKS,
        cues.PARTS,
        cues.WATCHING,
        cues.FOLLOWING,
        cues.LIKING,
        cues.COUNTED,
        grammar.JOINING,
    )
)


WRITTEN = frozenset({"tag", "unspaced", "lower"})
"""The evidence `written` tells."""
_AS_TAG, _UNSPACED, _AS_NAME = frozenset({"tag"}), frozenset({"unspaced"}), frozenset({"cased", "name"})


class Post:
    """One post as written, with @handles and addresses blotted out, and what is the same for all its candidates."""

    def __init__(self, text: str) -> None:
        self.written = text
        self._counts: dict[str, list[int]] = {}
        self._names: dict[bool, list[tuple[int, int]]] = {}
        has_outside = (
            "." in text or "@" in text or "＠" in text or "://" in text
        )  # one is in whatever the pattern finds
        self.text = _OUTSIDE.sub(lambda found: "\0" * len(found[0]), text) if has_outside else text

    @cached_property
    def lower(self) -> str:
        """Its text in lower case, every place the same."""
        lower = self.text.lower()
        same = len(lower) == len(self.text)
        return lower if same else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    @cached_property
    def words(self) -> list[re.Match[str]]:
        """Its words."""
        return list(_WORD.finditer(self.text))

    @cached_property
    def is_small(self) -> bool:
        """Whether its first word is small: capitals of names alone are no sign that others are meant."""
        return bool(self.words) and self.words[0][0][0].islower()

    @cached_property
    def folded(self) -> str:
        """Its text as names are looked for in it."""
        return fold(self.text)

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        return [match.start() for match in self.words], [match.end() for match in self.words]

    def around(self, start: int, end: int) -> tuple[int, int]:
        """How many of its words end before a place, and how many begin before its end."""
        starts, ends = self._edges
        return bisect_right(ends, start), bisect_left(starts, end)

    def rest(self, trait: str, start: int, end: int) -> int:
        """How much of a trait the words outside a place have: a subtraction, the words being counted once."""
        if trait not in self._counts:
            has = _TRAITS[trait]
            self._counts[trait] = [0, *accumulate(has(self, match) for match in self.words)]
        upto, since = self.around(start, end)
        counts = self._counts[trait]
        return counts[-1] - counts[since] + counts[upto]

    @cached_property
    def television(self) -> list[tuple[int, int, int]]:
        """Its words of television, each word once: the end of the first place it stands, the start of the last, its weight."""
        strong = [(*match.span(), match[0], 2) for match in _STRONG.finditer(self.lower)]
        rest = _STRONG.sub(lambda match: "\0" * len(match[0]), self.lower) if strong else self.lower
        weak = [(*match.span(), match[0].rstrip("s"), 1) for match in _WEAK.finditer(rest)]
        found: dict[str, tuple[int, int, int]] = {}
        for start, end, word, weight in sorted(strong + weak):
            found[word] = (found[word][0] if word in found else end, start, weight)
        is_addressed = self.text[:1] in ("", "\0", " ") and _ADDRESSED.match(self.written.lower())
        return [*found.values(), *([(0, 0, 1)] if is_addressed else [])]

    def full_names(self, is_small: bool) -> list[tuple[int, int]]:
        """Where a full name stands, in small letters or with capitals: a given name and what may be a surname after it."""
        if is_small not in self._names:
            self._names[is_small] = [
                (first.start(), second.end())
                for first, second in pairwise(self.words)
                if (is_small or _are_capital(first[0], second[0]))
                and is_name(first[0].lower())
                and (not is_small or (level(first[0].lower()) or 0) < people.EVERYDAY)
                and self.text[first.end() : second.start()] == " "
                and people.is_surname(second[0])
            ]
        return self._names[is_small]

    @cached_property
    def is_itemized(self) -> bool:
        """Whether it is a list with a mark before each item."""
        return len(_ITEM.findall(self.text)) > 2

    def opens(self, place: int) -> bool:
        """Whether a sentence begins at `place`."""
        if place > 1 and self.text[place - 1] == " " and self.text[place - 2].isalnum():
            return False  # most words
        return place == 0 or bool(_OPENS.search(self.text, max(0, place - REACH), place))

    def lists(self, start: int | None, end: int | None, first: int | None, last: int | None) -> bool:
        """Whether two places are neighbours in an enumeration."""
        if start is None or end is None or first is None or last is None:
            return False
        gap = self.lower[end:first] if end <= first else self.lower[last:start]
        return 0 < len(gap) <= 8 and bool(_BETWEEN.fullmatch(gap))

    def names(self, people: Iterable[str]) -> bool:
        """Whether one of these names stands in the post."""
        return any(re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", self.folded) for name in people)


def written(post: Post, start: int | None, end: int | None, candidate: Candidate) -> frozenset[str] | None:
    """What a candidate's own letters tell of `WRITTEN`, None where the post has to be read for it; places as in `evidence`."""
    if start is None or end is None:
        return _AS_TAG
    mention = post.text[start:end]
    if "\0" in mention:
        return None
    is_title, of_script = _spelt(mention)
    if candidate.is_tag:
        return of_script | _AS_TAG
    return of_script if is_title or (is_title is False and "lower" not in _casing(post, start, end)) else None


@lru_cache(maxsize=1 << 14)
def _spelt(mention: str) -> tuple[bool | None, frozenset[str]]:
    """Whether a mention is written as a title, None where it has no word; and what its script tells."""
    words = _WORD.findall(mention)
    of_script = _UNSPACED if not mention.isascii() and any(map(is_unspaced, mention)) else frozenset[str]()
    return _is_title(words) if words else None, of_script


def evidence(post: Post, start: int | None, end: int | None, candidate: Candidate) -> frozenset[str] | None:
    """The evidence beside one candidate; None where it stands in a @handle or an address.

    `start` and `end` are places in the text as written, None for one of the post's tags.
    """
    if start is None or end is None:
        return frozenset(_tag(post, candidate, 0, 0))
    mention = post.text[start:end]
    if "\0" in mention:
        return None
    before, after = post.lower[max(0, start - REACH) : start], post.lower[end : end + REACH]
    found = beside(before, after)
    if any(map(is_unspaced, mention)):
        found.add("unspaced")
    if candidate.is_tag:
        return frozenset(found | _tag(post, candidate, start, end))
    if start and end < len(post.text) and _QUOTES.get(post.text[start - 1]) == post.text[end]:
        found.add("quoted")
    if post.opens(start):
        found |= {"opens", *({"alone"} if "closes" in found else ())}
    if "item" in found and not (post.is_itemized and _ITEM_ENDS.match(post.text, end)):
        found.discard("item")
    words = [word.lower() for word in _WORD.findall(mention)]
    if not words:
        return None
    if len(words) - (words[:1] != words[1:] and words[0] in grammar.DETERMINERS) > 1:
        found.add("phrase")
    if len(words) > 2:
        found.add("long")
    found |= people.ahead(post.text[max(0, start - REACH) : start], mention[0].isupper())
    if people.stars(post.text[end : end + REACH]):
        found.add("played")
    found |= {name for name, table in _FIRST_IS.items() if words[0] in table}
    if len(words) == 1:
        found |= {name for name, table in _IS_ONE_OF.items() if words[0] in table}
    if len(words) == 1 and (is_plural(words[0]) or words[0].endswith(("ed", "ing", "ly"))):
        found.add("inflected")
    if is_rare(words):
        found.add("rare")
    if len(words) == 1 and (level(words[0]) or 0) >= 3.2:
        found.add("word")
    if (is_plural(words[-1]) or mention in ("You", "YOU")) and re.match(
        r" (?:really |still )?(?:is|was|has|deserves|needs|makes|gets|does)(?:n['’]?t)?\b", after
    ):
        found.add("singular")
    neighbours = (post.text[max(0, start - 2) : start].rstrip()[-1:], post.text[end : end + 2].lstrip()[:1])
    if any(map(_is_of_other_script, neighbours)):
        found.add("foreign")
    casing = _casing(post, start, end)
    names = post.full_names("no_capitals" in casing) if "lower" not in casing else ()
    if any(last <= start or first >= end for first, last in names):
        found.add("person")
    if casing & _AS_NAME and not (len(words) == 1 and words[0] in grammar.JOINING) and _is_within(post, start, end):
        found.add("within")
    if "cased" in casing and _JOINED.search(before):
        found.discard("determined")
    return frozenset(found | _television(post, start, end) | casing)


def _is_within(post: Post, start: int, end: int) -> bool:
    """Whether a place follows a small word, no joint of a name as in `Ministry of`, where hardly another capital is."""
    ahead = post.text[max(0, start - REACH) : start]
    return (
        bool(_WITHIN.search(ahead)) and not _OF_ANOTHER.search(ahead) and post.rest("capital", start, end) <= _SPARING
    )


def _tag(post: Post, candidate: Candidate, start: int, end: int) -> set[str]:
    found = {"tag", *_television(post, start, end)}
    spoken = candidate.readings[0].row.forms[0].count(" ")
    found |= {name for name, least in (("phrase", 1), ("long", 2)) if spoken >= least}
    if candidate.ending and not candidate.ending.isdigit():
        found.add("tag_ending")
    if end and (
        _SERVICE_TAG.match(post.lower, end) or _AFTER_SERVICE_TAG.search(post.lower, max(0, start - REACH), start)
    ):
        found.add("service_tag")
    return found


def _television(post: Post, start: int, end: int) -> set[str]:
    """How much of the rest of a post speaks of television: a strong word counts two, a weak one one, each once."""
    held = sum(weight for first, last, weight in post.television if first <= start or last >= end)
    return {name for name, least in (("hint", 1), ("cue", 2)) if held >= least}


def _casing(post: Post, start: int, end: int) -> set[str]:
    """How a mention is written, where the post's capitals tell something; what of a longer name it may be."""
    words = _WORD.findall(post.text[start:end])
    if not any(character.isalpha() for word in words for character in word):
        return {"figures"}
    if not _is_title(words):
        if all(word.lower() in (*grammar.DETERMINERS, *cues.ORDINALS) for word in words):
            return {"lower"}
        found = {"lower"} if post.rest("capital", start, end) else {"no_capitals"}
        if words[0].lower() not in grammar.DETERMINERS or len(words) < 2:
            return found
        if not _is_title(words[1:]):
            return found | ({"determined", "noun"} if len(words) == 2 else set())
        return {"cased", "determined"}
    found = set()
    if _is_shouted(words):
        letters = post.rest("letter", start, end)
        if letters > 1 and post.rest("upper", start, end) > _SHOUTED * letters:
            return {"no_capitals"}
        found.add("shouted")
    long = post.rest("long", start, end)
    if long > 2 and post.rest("long upper", start, end) > 0.75 * long:
        found.add("headline")
    if len(words) == 1 and is_name(words[0].lower()):
        found.add("name")
    elif len(words) == 1 and len(words[0]) == 2 and words[0].isupper():
        found.add("shouted")  # US, IT
    elif post.opens(start) and len(words) == 1 and not _is_shouted(words):
        found.add("initial")
    else:
        found.add("cased")
        if words[0] == "The" and len(words) > 1:
            found.add("headed" if post.opens(start) else "named")
    upto, since = post.around(start, end)
    before, after = post.words[max(0, upto - 1) : upto], post.words[since : since + 1]
    if before and post.text[before[0].end() : start] == " ":
        if before[0][0] == "The":
            found.add("articled")
        elif _is_name(before[0][0]) and not _is_owner(post, before[0], words):
            found.add("longer")
    if after and post.text[end : after[0].start()] == " " and _is_name(after[0][0]):
        found.add("longer")
    if _OF_NAME.match(post.text, end):
        found.add("longer")
    return found


def _is_title(words: list[str]) -> bool:
    """Whether words are written as a title: each begins with a capital, short ones inside need not."""
    return all(
        word[0].isupper() or not word[0].isalpha() or (place and word.lower() in grammar.SMALL)
        for place, word in enumerate(words)
    )


def _is_of_other_script(character: str) -> bool:
    """Whether a character is a letter of no Latin script."""
    return character > "\u036f" and character.isalpha() and not "\u1e00" <= character < "\u1f00"


def _is_shouted(words: list[str]) -> bool:
    """Whether most letters are capitals, of more than a few."""
    letters = [character for word in words for character in word if character.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


def _is_capital(post: Post, match: re.Match[str]) -> bool:
    """Whether a word shows that its writer uses capitals: `I`, acronyms and hashtags do not."""
    word = match[0]
    if post.is_small and is_name(word.lower()):
        return False
    if not word[0].isupper() or word.isupper() or word[1:2] in "'’" or word.lower() in cues.SERVICES:
        return False
    return post.text[match.start() - 1 : match.start()] != "#" and not post.opens(match.start())


def _is_owner(post: Post, word: re.Match[str], words: list[str]) -> bool:
    """Whether a word is whose work the title after it is: of several words, or after a full name: `Ana Ruiz's Harbour`."""
    if word[0][-2:] not in ("'s", "’s"):
        return False
    return len(words) > 1 or people.is_owner(post.text[max(0, word.start() - REACH) : word.end()])


def _is_name(word: str) -> bool:
    """Whether a word beside a mention may be part of a longer name: a capital, and no word of television."""
    return (
        len(word) > 1 and word[0].isupper() and not _NO_NAME.fullmatch(word.lower().replace("’", "'").partition("'")[0])
    )


def _are_capital(first: str, second: str) -> bool:
    """Whether two words are written as a name: each with a capital, the second not in capitals."""
    return first[0].isupper() and second[0].isupper() and not second.isupper()


def _is_long(post: Post, match: re.Match[str]) -> bool:
    return len(match[0]) > 3 and match[0].lower() not in cues.SERVICES


_TRAITS: dict[str, Callable[[Post, re.Match[str]], int]] = {
    "capital": _is_capital,
    "letter": lambda post, match: sum(map(str.isalpha, match[0])),
    "upper": lambda post, match: sum(map(str.isupper, match[0])),
    "long": _is_long,
    "long upper": lambda post, match: match[0][0].isupper() and _is_long(post, match),
}
"""What is counted of a post's words."""
