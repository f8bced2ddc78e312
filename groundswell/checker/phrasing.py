"""How figures that stand in no weekly list are spoken of: one table of phrasings, over a sentence written out in symbols.

In it a number is `<3>`, one in per cent `<3%>` (its place among the sentence's numbers, its hedge included), a date `<D12>` and a
hashtag `<#12>` (their first tokens), and a word of a title `<T>`. A sentence's own words cannot look like one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from groundswell.checker.numeral import Form
from groundswell.checker.sentence import Sentence
from groundswell.checker.text import glued

N, P = r"<(?P<n>\d+)>", r"<(?P<n>\d+)%>"
EARLIER = r"<(?P<earlier>\d+)>"
_WHEN = r"(?: \(| ,)?(?: as of| on)? <D{0}>(?: \))?"
WHEN, THEN = _WHEN.format(r"(?P<when>\d+)"), _WHEN.format(r"(?P<then>\d+)")
MONTH_BEFORE = r"(?P<month_before> a month before (?:the |its )?(?:launch|premiere|release|debut))"
_SITE = r"(?:rotten tomatoes|(?:the )?tomatometer)"
_OF_CRITICS = r"(?:critics|critic)(?: '| 's| ’)?"
_RATING = r"(?:rating|score)"
_IS = r"(?: of| at| is| was| stands at| stood at| now at)?"
_PLATFORM = r"(?P<platform>instagram|tiktok|youtube|twitter|facebook|threads|x)"
_SITE_OF = _PLATFORM.replace("platform", "site")
_FOLLOWERS = r"(?P<counted>followers|subscribers)"
_TAG = r"<#(?P<tag>\d+)>"
_HAVE = (
    r"(?:(?:hashtag|has|have|had|now|also|already|been|viewed|got|with|is|stands|stood|at|passed|surpassed|reached|amassed|"
    r"amassing|racked|up|garnered|generated|drawn|counts|on|tiktok|[,)”\"]) )*"
)
_ROSE = r"(?:up|rose|grew|jumped|climbed|surged|soared|risen|increased)(?: by)?"
_FELL = r"(?:down|fell|dropped|declined|slid|decreased)(?: by)?"
_MOVED = rf"(?P<moved>{_ROSE}|(?P<fell>{_FELL}))"
BASE = (
    r"(?P<base> (?:on|over|against|from|compared with|versus) the (?:(?P<week>week before|previous week|prior week)"
    r"|(?P<way>mean|average|median) of (?:the|its) <(?P<weeks>\d+)> weeks before"
    r"(?P<launch> (?:the |its )?(?:launch|premiere|release))?)|(?P<week_on> week (?:- )?(?:on|over) (?:- )?week))"
)
_LAUNCH = (
    r"(?:(?:the |its |the (?:series|show|adaptation|drama)(?: 's| '| ’)? |(?:<T> )+(?:'s )?)(?:launch|premiere|debut)"
    r"|(?:the (?:series|show|adaptation|drama)|it|<T>(?: <T>)*) (?:(?:has |had )?(?:launched|premiered|debuted|arrived|dropped)"
    r"|(?:began|started) streaming|(?:was|came) (?:released|out)|(?:came to|hit|landed on) netflix))(?: on netflix)?"
)
AFTER = rf"(?P<week_after> (?:in|for|during) the (?:first )?week (?:after|following) {_LAUNCH})"
SINCE = rf"(?P<since> (?:after|following|since|once|when) {_LAUNCH})"
IN_WEEK = r"(?P<in_week> (?:in|for) the week (?:to|ended|ending) <D\d+>)"
_SOLD_WHEN = rf"(?:{IN_WEEK}|{AFTER})?{BASE}?{SINCE}?"
_OF_BOOKS = (
    r"(?: (?:of|in|for|the|its|their|all|graphic|novels?|books?|volumes?|copies|series|'s|were|was|have|has|are|is|print|"
    r"<T>|<\d+>))*"
)
_BOOKS = r"\b(?:books?|novels?|volumes?|copies)\b"
_FOLLOWING = r"\b(?:followers|following|subscribers)\b"


@dataclass(frozen=True)
class Phrasing:
    """Words that state a reading of `measure`, in `unit`; `context` must be said in the sentence too.

    `knows` are words that elsewhere would make the claim one about something else.
    """

    kind: str
    measure: str
    unit: str
    words: re.Pattern[str]
    knows: frozenset[str]
    context: re.Pattern[str]


def _one(kind: str, measure: str, unit: str, words: str, knows: str, context: str = "") -> Phrasing:
    return Phrasing(kind, measure, unit, re.compile(words), frozenset(knows.split()), re.compile(context))


_CRITICS = "rotten tomatoes tomatometer critics critic rating ratings score certified fresh top"
_ACCOUNTS = "instagram tiktok youtube twitter facebook threads following followers subscribers account page channel"
_TAGS = "tiktok hashtag videos tagged"
_SALES = "book books novel novels volumes copies graphic sales"
_SPEED = "netflix isp mbps speed speeds index"
PHRASINGS = (
    _one("level", "critics.top_score", "per cent of top critics", rf"{P} (?:of|from|among) (?:the )?top critics\b", _CRITICS),
    _one(
        "level", "critics.score", "per cent of critics",
        rf"{P}(?: {_RATING}| fresh| fresh {_RATING}| {_OF_CRITICS} {_RATING})? (?:on|at) {_SITE}(?! audience)", _CRITICS,
    ),
    _one("level", "critics.score", "per cent of critics", rf"{P} of (?:all )?(?:the )?critics(?! ['’])", _CRITICS),
    _one(
        "level", "critics.score", "per cent of critics",
        rf"{P} (?:{_OF_CRITICS}|rotten tomatoes|tomatometer)(?: '| 's)?(?: {_OF_CRITICS})? {_RATING}", _CRITICS,
    ),
    _one(
        "level", "critics.score", "per cent of critics",
        rf"(?:{_OF_CRITICS}|rotten tomatoes|tomatometer)(?: {_OF_CRITICS})? {_RATING}{_IS} (?:a )?{P}(?! of| from top)", _CRITICS,
    ),
    _one("level", "critics.score", "per cent of critics", rf"certified fresh (?:at|with) (?:a )?{P}(?: {_RATING})?", _CRITICS),
    _one(
        "level", "critics.top_reviews", "reviews by top critics",
        rf"{N} (?:reviews (?:by|from) (?:the )?top critics|top critics?(?: '| ’)? reviews)", _CRITICS,
    ),
    _one(
        "level", "critics.reviews", "reviews",
        rf"(?:from|on|of|across|with|after) {N} (?:critics?(?: '| ’)? )?reviews?(?! (?:by|from))", _CRITICS,
        rf"{_SITE}|\bcritics\b",
    ),
    _one("status", "critics.certified_fresh", "certified-fresh", r"\bcertified fresh\b", _CRITICS),
    _one(
        "level", "tiktok.hashtag_views", "views",
        rf"{_TAG} (?:(?:hashtag|has|went|gone|grew|grown|rose|risen|climbed|jumped|soared|surged) )*"
        rf"from {EARLIER}(?: views?)?(?:{THEN})? to {N}(?: views?)?(?:{WHEN})?", _TAGS, r"\bviews\b",
    ),
    _one(
        "level", "tiktok.hashtag_views", "views",
        rf"{_TAG} (?:(?:hashtag|has|have|had|now|also|already|been|was) )*(?:viewed|watched) {N} times(?: on tiktok)?(?:{WHEN})?",
        _TAGS,
    ),
    _one("level", "tiktok.hashtag_views", "views", rf"{_TAG} {_HAVE}{N} views?(?: on tiktok)?(?:{WHEN})?", _TAGS),
    _one(
        "level", "tiktok.hashtag_views", "views",
        rf"{N} (?:tiktok )?views?(?: on tiktok)? (?:\( |(?:for|on|under|of) (?:the )?(?:hashtag )?){_TAG}(?: \))?(?:{WHEN})?",
        _TAGS,
    ),
    _one(
        "level", "", "",
        rf"from {EARLIER}(?: followers| subscribers)?(?:{THEN}|{MONTH_BEFORE})? to {N}(?: {_FOLLOWERS}(?: on {_PLATFORM})?)?"
        rf"(?:{WHEN})?",
        _ACCOUNTS, _FOLLOWING,
    ),
    _one(
        "level", "", "",
        rf"{N} (?:{_SITE_OF} )?{_FOLLOWERS}(?: on {_PLATFORM})? ,? ?(?:up )?from {EARLIER}"
        rf"(?: followers| subscribers)?(?:{THEN}|{MONTH_BEFORE})?",
        _ACCOUNTS,
    ),
    _one(
        "level", "", "", rf"{N} (?:{_SITE_OF} )?{_FOLLOWERS}(?: on (?:{_PLATFORM}|(?P<elsewhere>\w+)))?(?:{WHEN})?", _ACCOUNTS
    ),
    _one(
        "level", "netflix.hours_half_year", "hours",
        rf"{N} hours(?: viewed| of viewing)? (?:in|during|for|across|over) "
        rf"(?:h (?P<half>[12])|the (?P<half_word>first|second) half of) (?:<D(?P<year>\d+)>|(?P<bare_year>\d{{4}}))",
        "netflix h",
    ),
    _one(
        "growth", "isp.speed", "",
        rf"{_MOVED} {P} from <D(?P<then>\d+)> to (?:<(?P<later>\d+)> mbps in )?<D(?P<when>\d+)>", _SPEED,
        r"\b(?:mbps|speeds?|isp)\b",
    ),
    _one("level", "isp.speed", "Mbps", rf"{N} (?:mbps|mbit / s) in <D(?P<when>\d+)>", _SPEED),
    _one(
        "growth", "books.units", "", rf"(?:sales|sold)\b{_OF_BOOKS} {_MOVED} {P}{BASE}(?:{IN_WEEK}|{AFTER})", _SALES, _BOOKS,
    ),
    _one(
        "growth", "books.units", "",
        rf"(?:sales|sold)\b{_OF_BOOKS} {_MOVED} {P}{_SOLD_WHEN}", _SALES, _BOOKS,
    ),
    _one(
        "growth", "books.units", "",
        rf"{P} (?:increase|rise|jump|surge|uplift) in (?:weekly )?(?:book )?sales{_SOLD_WHEN}", _SALES, _BOOKS,
    ),
)  # fmt: skip
"""In the order in which they are tried; words that one has read are not read again."""
OFF = re.compile(
    r"\b(?:audiences?|average|averaged|verified|popcornmeter|combined|together|each|both|gain\w*|add(?:ed|s|ing)?|lost|shed|more|"
    r"fewer|new|additional|another|per|users?|viewers?|fans?|peak\w*|record|once|ago|earlier|later|last|previous\w*|then|"
    r"since|until|formerly|briefly|opened|opening|debut\w*|initial\w*|seasons|episodes?|franchise|movies|films|weekend|"
    r"after|before|when|twice|double\w*|half|tripl\w*|between|one of|some of|every|day|month|yesterday|originally|almost|nearly)\b"
)
"""What beside a phrasing in its clause makes it a claim of another time, of others, or of a part."""
PAST = re.compile(
    r"\b(?:ago|earlier|last|previous\w*|once|then|formerly|originally|before|after|since|until|yesterday|month|initial\w*|"
    r"opening|would|audiences?|facebook|threads|reels|shorts|snapchat)\b"
)
"""What anywhere in its clause makes it one of another time."""
FOLLOWS = frozenset(
    ", . ; : ) ( ! – — - \" ” ' ’ and while whereas but as with from based now today according making".split()
) | {""}
"""What may stand behind a phrasing; another word could change it."""


def spoken(s: Sentence) -> tuple[str, list[int]]:
    """The sentence in symbols, and where each of its tokens stands in it; tokens of one symbol stand at the same place."""
    words, places, length = [], [], 0
    symbols = dict(_symbols(s))
    at, last = s.sentence
    while at < last:
        word, end = symbols.get(at, (s.w(at), at + 1))
        places += [length] * (end - at)
        words.append(word)
        length, at = length + len(word) + 1, end
    return " ".join(words), places


def _symbols(s: Sentence) -> Iterator[tuple[int, tuple[str, int]]]:
    of, (first, last) = s.scan.tokens, s.sentence
    for at in range(first, last):
        if s.scan.identifiers.get(at) in {"title", "season"}:
            yield at, ("<T>", at + 1)
    for at in range(first, last - 1):
        if of[at].text == "#" and glued(of[at], of[at + 1]) and not of[at + 1].is_digits:
            end = at + 2
            while end < last and glued(of[end - 1], of[end]) and (of[end].is_word or of[end].text == "_"):
                end += 1
            yield at, (f"<#{at}>", end)
    for n, number in enumerate(s.numbers):
        if number.form in {Form.CARDINAL, Form.PERCENT} and number.value >= 0 and s.scan.word(number.last - 1) != "'s":
            yield number.start, (f"<{n}%>" if number.form is Form.PERCENT else f"<{n}>", number.last)
    for dated in s.scan.dates_in[s.scan.sentences.index(s.sentence)]:
        yield dated.first, (f"<D{dated.first}>", dated.last)
