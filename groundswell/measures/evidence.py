"""What stands beside a candidate: names of evidence, for the decision table. docs/methods.md says what each means."""

import re
from collections.abc import Iterable
from functools import cached_property

from groundswell.measures import cues
from groundswell.measures.candidates import Candidate
from groundswell.measures.commonness import is_name, is_plural, is_rare
from groundswell.measures.folding import fold, is_unspaced


def _any(*tables: Iterable[str]) -> str:
    """One of these entries, the longest that fits."""
    words = sorted({word for table in tables for word in table}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("0", r"\d{1,3}") for word in words) + ")"


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
_AHEAD, _NEXT, _BEHIND = r"[\s:,\"'“‘«*]+$", r" [\"'“‘«*]*$", r"^[\s,:\-–(\"'”’»*]*"
_NUMBER = _any(cues.NUMBERS, ("0",))
_NUMBERED = rf"(?:{_any(cues.COUNTED)} ?#?{_NUMBER}|s\d{{1,2}}(?: ?e ?\d{{1,3}})?)"
_SEASON = rf"(?:{_NUMBERED}|{_any(cues.ORDINALS)} (?:seasons?|episodes?|eps?)|(?:season |series )?finale)"
_SHOWN_ON = rf"(?:{_any(cues.SHOWN)} )*{_any(cues.SHOWN_ON)} (?:the )?#?"
_KIND = rf"(?:(?<=['’]s)|(?: (?:original|hit|new))*(?: {_any(cues.WORKS)}| original))"
_DEGREES = rf"(?:{_any(cues.DEGREES)} )*"
_BEFORE = {
    "season_of": rf"\b{_SEASON} of{_NEXT}",
    "season": rf"\b{_SEASON}(?: {_any(cues.OF)})?{_NEXT}",
    "part": rf"\b{_any(cues.PARTS)}(?: {_any(cues.OF)})?{_NEXT}",
    "work": rf"\b{_any(cues.WORKS)}(?: (?:called|named|titled|like|is|as|of))?{_AHEAD}",
    "service": rf"\b{_any(cues.SERVICES)}(?:['’]s)?{_KIND}{_NEXT}",
    "watching": rf"\b{_any(cues.WATCHING)}(?: the)?(?: {_any(cues.ORDINALS)})?{_NEXT}",
    "following": rf"\b{_any(cues.FOLLOWING)}{_NEXT}",
    "liking": rf"\b{_any(cues.LIKING)}{_NEXT}",
    "piece_of": rf"\b{_any(cues.PIECES)} (?:of|for|from){_NEXT}",
    "news": rf"\b{_any(cues.NEWS)}{_NEXT}",
    "determined": rf"\b{_any(cues.DETERMINERS)}\s+$",
}
_AFTER = {
    "season": rf"{_BEHIND}{_SEASON}(?!\w)",
    "numbered": rf"{_BEHIND}{_NUMBERED}(?!\w)(?! of\b)",
    "opinion": rf"^ (?:is|was|are|were) {_DEGREES}{_any(cues.OPINIONS)}(?!\w)",
    "predicate": rf"^ (?:is|was) {_DEGREES}(?:the |my |an? |one of )*(?:[\w'’-]+ ){{0,2}}{_any(cues.PREDICATES)}(?!\w)(?! of\b)",
    "news": rf"^ (?:is|was|got|been|gets|has been|just got|being) {_any(cues.NEWS)}(?!\w)",
    "bracket": rf"^ ?[(\[](?:(?:the |tv |netflix |hbo |(?:19|20)\d\d )*{_any(cues.WORKS)}|{_any(cues.SERVICES)})(?!\w)",
    "year": r"^ ?[(\[](?:19|20)\d\d(?!\w)",
    "sn": r"^ s\d{1,2}(?:e\d{1,3})?(?!\w)",
    "shown": rf"^ on {_any(cues.SERVICES)} (?:is|was|has|had|with|might|makes|made|really|just)(?!\w)",
    "part": rf"^(?:['’]s)?(?: \d{{1,2}}(?= ))?[\s\"'”’*]*{_any(cues.PARTS)}(?!\w)",
    "work": rf"^[\s\"'”’*(]*(?:the |tv |netflix |new )*{_any(cues.WORKS)}(?!\w)",
    "service": rf"(?:{_BEHIND}{_SHOWN_ON}|^[\"'”’*]? ?[(\[|–-] ?(?:on )?#?){_any(cues.SERVICES)}(?!\w)",
    "closes": r"^[\"'”’*_]?\s*(?:$|[.!?…;\n|•()\[\]~]|[^\w\s'\"’‘“”,#@&%/+:-])",
    "network": rf"{_BEHIND}{_SHOWN_ON}{_any(cues.NETWORKS)}(?!\w)",
    "governs": rf"^ (?:{_any(cues.GOVERNED)})(?!\w)",
    "copula": rf"^(?:['’](?:s|re|ll|ve|d|m|t)(?!\w)|\s+{_any(cues.VERBS)}(?!\w))",
}
_BESIDE_BEFORE = {name: re.compile(pattern) for name, pattern in _BEFORE.items()}
_BESIDE_AFTER = {name: re.compile(pattern) for name, pattern in _AFTER.items()}
_REACH = 60
"""Characters before and after a candidate that the patterns above see."""
_ACTED = re.compile(
    r"[A-Z][\w'’-]+ [A-Z][\w'’-]+ (?:(?:is|was|are|were|stars|starring) )?"
    rf"{_DEGREES}(?:{_any(cues.OPINIONS)} )?(?:as [A-Z]\w+(?: [A-Z]\w+)? )?(?:in|from){_NEXT}"
)
_BETWEEN = re.compile(
    r"[\"'”’]?(?:\s*(?:,|/|&|\+|;|\n|•|\||-|\d[.)])\s*(?:and |or |& )?| (?:and|or|y|und|et|e) )[\"'“‘]?(?:the )?"
)
_STRONG = re.compile(rf"(?<![\w'’]){_any(cues.STRONG)}(?!\w)")
_WEAK = re.compile(rf"(?<![\w'’]){_any(cues.WEAK)}(?!\w)")
_NO_NAME = re.compile(
    _any(
        cues.STRONG,
        cues.WEAK,
        cues.SERVICES,
        cues.NETWORKS,
        cues.PARTS,
        cues.WATCHING,
        cues.FOLLOWING,
        cues.LIKING,
        cues.JOINING,
    )
)


class Post:
    """One post as written, with @handles and addresses blotted out, and what is the same for all its candidates."""

    def __init__(self, text: str) -> None:
        self.written = text
        self.text = _OUTSIDE.sub(lambda found: "\0" * len(found[0]), text)
        lower = self.text.lower()
        same = len(lower) == len(self.text)
        self.lower = lower if same else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    @cached_property
    def words(self) -> list[re.Match[str]]:
        """Its words."""
        return list(_WORD.finditer(self.text))

    @cached_property
    def folded(self) -> str:
        """Its text as names are looked for in it."""
        return fold(self.text)

    @cached_property
    def television(self) -> list[tuple[int, int, str, int]]:
        """Its words of television: where they stand, the word, its weight."""
        strong = [(*match.span(), match[0], 2) for match in _STRONG.finditer(self.lower)]
        rest = _STRONG.sub(lambda match: "\0" * len(match[0]), self.lower)
        return strong + [(*match.span(), match[0].rstrip("s"), 1) for match in _WEAK.finditer(rest)]

    def opens(self, place: int) -> bool:
        """Whether a sentence begins at `place`."""
        return place == 0 or bool(_OPENS.search(self.text, max(0, place - _REACH), place))

    def lists(self, start: int | None, end: int | None, first: int | None, last: int | None) -> bool:
        """Whether two places are neighbours in an enumeration."""
        if start is None or end is None or first is None or last is None:
            return False
        gap = self.lower[end:first] if end <= first else self.lower[last:start]
        return 0 < len(gap) <= 8 and bool(_BETWEEN.fullmatch(gap))

    def names(self, people: Iterable[str]) -> bool:
        """Whether one of these names stands in the post."""
        return any(re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", self.folded) for name in people)


def evidence(post: Post, start: int | None, end: int | None, candidate: Candidate) -> frozenset[str] | None:
    """The evidence beside one candidate; None where it stands in a @handle or an address.

    `start` and `end` are places in the text as written, None for one of the post's tags.
    """
    if start is None or end is None:
        return frozenset(_tag(post, candidate, 0, 0))
    mention = post.text[start:end]
    if "\0" in mention:
        return None
    before, after = post.lower[max(0, start - _REACH) : start], post.lower[end : end + _REACH]
    found = {name for name, pattern in _BESIDE_BEFORE.items() if pattern.search(before)}
    found |= {name for name, pattern in _BESIDE_AFTER.items() if pattern.search(after)}
    if any(map(is_unspaced, mention)):
        found.add("unspaced")
    if candidate.is_tag:
        return frozenset(found | _tag(post, candidate, start, end))
    if start and end < len(post.text) and _QUOTES.get(post.text[start - 1]) == post.text[end]:
        found.add("quoted")
    if post.opens(start):
        found |= {"opens", *({"alone"} if "closes" in found else ())}
    words = [word.lower() for word in _WORD.findall(mention)]
    if not words:
        return None
    if len(words) - (words[:1] != words[1:] and words[0] in cues.DETERMINERS) > 1:
        found.add("phrase")
    if len(words) > 2:
        found.add("long")
    if _ACTED.search(post.text[max(0, start - _REACH) : start]):
        found.add("acted")
    if words[0] in cues.ADVERBIAL:
        found.add("adverbial")
    if len(words) == 1 and (is_plural(words[0]) or words[0].endswith(("ed", "ing", "ly"))):
        found.add("inflected")
    if is_rare(words):
        found.add("rare")
    if is_plural(words[-1]) and re.match(r" (?:is|was|has|deserves|needs)\b", after):
        found.add("singular")
    return frozenset(found | _television(post, start, end) | _casing(post, start, end))


def _tag(post: Post, candidate: Candidate, start: int, end: int) -> set[str]:
    is_qualified = candidate.ending and not candidate.ending.isdigit()
    return {"tag", *({"tag_ending"} if is_qualified else ()), *_television(post, start, end)}


def _television(post: Post, start: int, end: int) -> set[str]:
    """How much of the rest of a post speaks of television: a strong word counts two, a weak one one, each once."""
    weights = {word: weight for a, b, word, weight in post.television if b <= start or a >= end}
    return {name for name, least in (("hint", 1), ("cue", 2)) if sum(weights.values()) >= least}


def _casing(post: Post, start: int, end: int) -> set[str]:
    """How a mention is written, where the post's capitals tell something; what of a longer name it may be."""
    words = _WORD.findall(post.text[start:end])
    rest = [match for match in post.words if match.end() <= start or match.start() >= end]
    if not any(character.isalpha() for word in words for character in word):
        return {"figures"}
    if not _is_title(words):
        found = {"lower"} if any(_is_capital(post, match) for match in rest) else {"no_capitals"}
        is_noun = len(words) == 2 and words[0].lower() in cues.DETERMINERS
        return found | ({"determined"} if is_noun else set())
    if _is_shouted(words) and _is_shouted([match[0] for match in rest]):
        return {"shouted"}
    found = set()
    long = [match[0] for match in rest if len(match[0]) > 3 and match[0].lower() not in cues.SERVICES]
    if len(long) > 2 and sum(word[0].isupper() for word in long) > 0.75 * len(long):
        found.add("headline")
    if len(words) == 1 and is_name(words[0].lower()):
        found.add("name")
    elif post.opens(start) and len(words) == 1 and not _is_shouted(words):
        found.add("initial")
    else:
        found.add("cased")
        if words[0] == "The" and len(words) > 1 and not post.opens(start):
            found.add("named")
    before = [match for match in rest if match.end() <= start][-1:]
    after = [match for match in rest if match.start() >= end][:1]
    if before and post.text[before[0].end() : start] == " ":
        if before[0][0] == "The":
            found.add("articled")
        elif _is_name(before[0][0]) and not post.opens(before[0].start()):
            found.add("longer")
    if after and post.text[end : after[0].start()] == " " and _is_name(after[0][0]):
        found.add("longer")
    return found


def _is_title(words: list[str]) -> bool:
    """Whether words are written as a title: each begins with a capital, short ones inside need not."""
    return all(
        word[0].isupper() or not word[0].isalpha() or (place and word.lower() in cues.SMALL)
        for place, word in enumerate(words)
    )


def _is_shouted(words: list[str]) -> bool:
    """Whether most letters are capitals, of more than a few."""
    letters = [character for word in words for character in word if character.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > 0.6 * len(letters)


def _is_capital(post: Post, match: re.Match[str]) -> bool:
    """Whether a word shows that its writer uses capitals: `I`, acronyms and hashtags do not."""
    word = match[0]
    return word[0].isupper() and not word.isupper() and post.text[match.start() - 1 : match.start()] != "#"


def _is_name(word: str) -> bool:
    """Whether a word beside a mention may be part of a longer name: a capital, and no word of television."""
    return len(word) > 1 and word[0].isupper() and not _NO_NAME.fullmatch(word.lower())
