"""The words right before and after a candidate: which evidence they are."""

import re

from groundswell.measures import cues, grammar, verdicts
from groundswell.measures.patterns import DEGREES, NEXT, one_of

REACH = 60
"""Characters before and after a candidate that are read."""
_MARKS = "([{\"'“”‘’«*_#-–—…:;.,!?/~"
_AHEAD, _BEHIND = r"[\s:,\"'“‘«*]+$", r"^(?:['’]s)?[\s,:\-–(\"'”’»*]*"
_LEAD = r"(?: |:\s*(?:(?:[-•*–]|\d{1,2}[.)])\s*)?)[\"'“‘«*]*$"
_NUMBER = one_of(cues.NUMBERS, ("0",))
_RUNS = one_of(cues.RUNS)
_HOW_MANY = rf"(?:\d{{1,2}}(?:\.|ª|º|e|ème|st|nd|rd|th)?|{one_of(cues.NUMBERS)})"
_NUMBERED = rf"(?:{one_of(cues.COUNTED)} ?#?{_NUMBER}|{_HOW_MANY} {_RUNS}|s\d{{1,2}}(?: ?e ?\d{{1,3}})?)"
_SEASON = rf"(?:{_NUMBERED}|{one_of(cues.ORDINALS)} {_RUNS}|(?:season |series )?finale)"
_JOINT = one_of(grammar.JOINTS)
_OF_IT = r"(?:of|into|de|da|do|di|del|von|van)"
_SHOWN_ON = rf"(?:{one_of(cues.SHOWN)} )*{one_of(cues.SHOWN_ON)} (?:the )?#?"
_KIND = rf"(?:(?<=['’]s)|(?: (?:original|hit|new))*(?: {one_of(cues.WORKS)}| original| hit))"
_IS = (
    "(?:(?:is|was|are|were|ai)(?:n['’]?t)?|remains|(?:might|may|must|has to|have to|gotta|will always) be"
    "|es|é|est|c['’]est|c['’]était|ist|war|è|era|jest|bleibt|reste|sigue siendo|continua sendo|blijft)"
)
_SEEN = (
    rf"(?:on (?:tv|television|{one_of(cues.SERVICES)})|(?:i['’]ve|i have|we['’]ve) (?:ever )?(?:watched|seen|binged))"
)
_CALLED = rf"(?: {_IS} |['’]s |: | ?= ?){DEGREES}{one_of(verdicts.OPINIONS)}(?!\w)(?! {one_of(verdicts.PERSONS)}(?!\w)(?! {_SEEN}))"
_VERDICT = rf" ?[?.!…–—-]{{1,3}} {DEGREES}{one_of(verdicts.OPINIONS)}\s*(?:$|[^\w\s'’,:])"
_STILL = "(?:(?:ever|really|still|just|always|never|already|actually|literally|absolutely|completely|straight up) )?"
_A_SHOW = rf"(?:the |my |an? |one of )*(?:[\w'’-]+ ){{0,3}}(?:of an? )?{one_of(verdicts.PREDICATES)}(?!\w)(?! of\b)"
_KIND_IN_BRACKETS = (
    rf"(?:the |la |le |el |a |o |die |de |tv |netflix |hbo |bbc |(?:19|20)\d\d )*{one_of(cues.WORKS)}"
    rf"|(?:the )?{one_of(cues.SERVICES, cues.NETWORKS)}|(?:us|uk|tv)[)\]]"
)
_OF_A_KIND = rf" [a-z]+(?= (?:{one_of(cues.EPISODES)}|finale|spin-?off))"
_IS_ON = rf"(?:is|are) (?:{one_of(cues.ALREADY)} )*(?:on|to) {one_of(cues.SERVICES)}"
_ON_DOES = rf"on {one_of(cues.SERVICES)} {one_of(cues.DOES)}"
_BEFORE = {
    "season": rf"\b{_SEASON}(?: {one_of(cues.OF)})?{NEXT}",
    "part": rf"\b{one_of(cues.PARTS)}(?: {one_of(cues.OF)})?{NEXT}",
    "work": rf"\b{one_of(cues.WORKS)}(?: (?:called|named|titled|like|is|as|of)| of (?:the|all) \w+)?{_AHEAD}",
    "service": rf"\b{one_of(cues.SERVICES)}(?:['’]s)?{_KIND}{NEXT}",
    "watching": rf"\b{one_of(cues.WATCHING)}(?: (?:the|gerade|grad|through|back))?(?: {one_of(cues.ORDINALS)})?{_LEAD}",
    "portion": rf"\b{one_of(cues.WATCHING, cues.FOLLOWING)} {one_of(cues.PORTIONS)}{NEXT}",
    "binged": rf"\b{one_of(cues.BINGEING)}(?: {one_of(cues.PORTIONS)})?{_LEAD}",
    "following": rf"\b{one_of(cues.FOLLOWING)}{_LEAD}",
    "since": rf"\b{one_of(verdicts.SUPERLATIVES)} (?:[\w'’-]+ ){{0,3}}"
    rf"(?:thing|{one_of(verdicts.PREDICATES)}) (?:ever )?(?:since|about|seit|desde|depuis|dai tempi di|is|was|:|=|es|é){NEXT}",
    "opinion": rf"\b(?:how {DEGREES}{one_of(verdicts.OPINIONS)}(?: (?:is|was))?|peak){NEXT}",
    "attributed": r"[\w.!?…][\"”»](?: ?[-–—~])? $",
    "the": r"\bthe $",
    "determined": rf"\b{one_of(grammar.DETERMINERS)}\s+$",
    "item": r"(?:^|\s)(?:\d{1,2} ?[.):-]|[-•*·–]) ?[\"'“‘«*]?$",
}
_LEADS = {
    "starting": cues.STARTING,
    "liking": cues.LIKING,
    "news": cues.NEWS,
    "clause": grammar.CLAUSES,
    "placed": grammar.PLACING,
    "joined": grammar.JOINTS,
    "inside": grammar.INSIDE,
}
"""What the words right before a candidate may be, where they are looked up whole."""
_AFTER = {
    "season": rf"{_BEHIND}(?:{one_of(cues.SERVICES)} )?{_SEASON}(?!\w)",
    "fan": rf"^(?:['’]s)? {one_of(cues.FANS)}(?!\w)",
    "numbered": rf"{_BEHIND}{_NUMBERED}(?!\w)(?! (?:of|to|until|till|onwards?)\b)",
    "opinion": rf"^[\"'”’*]?(?:{_CALLED}|{_VERDICT}| {_STILL}{one_of(verdicts.MOVED)}(?!\w))",
    "moved": rf"^ {_STILL}{one_of(verdicts.MOVED)}(?!\w)",
    "swayed": rf"^ {_STILL}(?:has )?(?:\w{{3,}}ed|made|makes|had|has|got|gets|hit|hurt|left|broke|tore|shook|kept) "
    r"(?:me|us|my|everyone)(?!\w)"
    r"|^ (?:got|gets|started|starts|became|becomes) (?:so|really|pretty|way|too|very) \w+"
    r"|^,? you(?:['’](?:re|ve))? (?:\w+ ){1,2}(?:me|my|us)(?!\w)",
    "devoted": rf"^ {one_of(cues.FANDOM)}(?!\w)",
    "piece": rf"^(?:['’]s (?:[\w'’-]+ )?| {_STILL}(?:has|had|got) (?:[\w'’-]+ ){{0,4}}){one_of(cues.PIECES, cues.RUNS)}(?!\w)"
    rf"|^ {_STILL}(?:has|had) (?:(?:the|some of the) (?:best|worst|most|\w+iest)|such)(?!\w)",
    "predicate": rf"^(?: {_IS} (?!this ){DEGREES}{_A_SHOW}"
    rf"|[.,!?…:–—-]{{1,3}} (?:what|such) an? (?:[\w'’-]+ ){{0,2}}{one_of(verdicts.PREDICATES)}(?!\w))",
    "news": rf"^ (?:is|was|got|been|gets|has been|just got|being) {one_of(cues.NEWS)}(?!\w)",
    "bracket": rf"^ ?[(\[](?:{_KIND_IN_BRACKETS})(?!\w)"
    r"|^ (?:uk|us)(?= (?:season|series|version|gen|s\d|is|was|vs)|\s*[.,!?]|\s*$)",
    "glossed": r"^ \(",
    "colon": r"^[\"”’'*]?:",
    "year": r"^ ?[(\[](?:19|20)\d\d(?!\w)",
    "rated": r"^[\"'”’*]?(?: (?:is|was) (?:an? )?(?:\w+ )?)?"
    rf"(?: ?\((?:19|20)\d\d\))?(?: s\d{{1,2}}| season \d{{1,2}})?[\s:,\-–—]*(?:{'|'.join(verdicts.RATED)})",
    "again": rf"^ (?:(?:now|nu|jetzt|ya|já|rn|all|the whole thing) )?(?:again|twice|\w+ times|{one_of(cues.AGAIN)})(?!\w)",
    "released": rf"^[\"'”’*]? {one_of(cues.RELEASED)}(?!\w)",
    "watched": rf"^(?:['’]\w{{1,4}})?(?: [\w'’]+){{0,3}} ?[をも]?{one_of(cues.AFTERWARDS)}",
    "sn": r"^ s\d{1,2}(?:e\d{1,3})?(?!\w)",
    "shown": rf"^ (?:{_IS_ON}|{_ON_DOES})(?!\w)",
    "billed": rf"^ (?:on|via|@) {one_of(cues.SERVICES)}\s*(?:[:,.!?;\n(]|$)",
    "part": rf"^(?:['’]s)?(?: \d{{1,2}}(?= )|{_OF_A_KIND})?[\s\"'”’*]*{one_of(cues.PARTS)}(?!\w)(?! of\b)",
    "work": rf"^[\s\"'”’*(]*(?:the |tv |netflix |new )*{one_of(cues.WORKS)}(?!\w)",
    "service": rf"(?:{_BEHIND}{_SHOWN_ON}|^[\"'”’*]? ?[(\[|–-] ?(?:on )?#?){one_of(cues.SERVICES)}(?!\w)",
    "closes": r"^[\"'”’*_]?\s*(?:$|[.!?…;\n|•()\[\]~]|[^\w\s'\"’‘“”,#@&%/+:-])",
    "ends": rf"^[\"'”’*_]?(?:\s*$|\s*[.,!?…;:\n|•()\[\]~]|\s+[^\w\s'\"’#]|\s+{one_of(grammar.ENDING)}(?!\w))",
    "network": rf"{_BEHIND}{_SHOWN_ON}{one_of(cues.NETWORKS)}(?!\w)",
    "governs": rf"^ (?:{one_of(grammar.GOVERNED)})(?!\w)",
    "copula": rf"^(?:['’](?:s|re|ll|ve|d|m|t)(?!\w)|\s+{one_of(grammar.VERBS)}(?!\w))",
}
_AROUND = {
    "opinion": (
        rf"\b(?:is|was|are){NEXT}",
        rf"^ {DEGREES}(?:any |even )?{one_of(verdicts.OPINIONS, verdicts.WORTH)}(?!\w)",
    ),
    "aired": (rf"\bon{NEXT}", r"^ (?:tonight|last night|this week|this season|rn|right now)(?!\w)"),
    "defined": (r"[\w)](?::| ?=)\s[\"“'‘«*]?$", r"^[\"”'’»*]?[\s.!?]*(?:[^\w\s]+\s*)?$"),
}
"""What is looked for before and after a candidate, both."""
_NARROWER = {
    "joined": {
        "piece_of": re.compile(rf"\b{one_of(cues.PIECES)}(?<!\bline) {_JOINT}{NEXT}"),
        "best_in": re.compile(
            rf"\b{one_of(verdicts.SUPERLATIVES)} {one_of(verdicts.ROLES, cues.PIECES)} (?:of|for|from|in|on){NEXT}"
        ),
        "figure": re.compile(
            rf"\b(?:the|that|el|la|o|a|le|der|die) (?:[\w'’-]+ )?{one_of(cues.FIGURES)} (?:in|from|on|de|em|dans|aus){NEXT}"
            rf"|\b(?:every|any|no|some) ?(?:one|body) (?:in|on|from){NEXT}"
        ),
        "praised_in": re.compile(
            rf"\b(?:{one_of(verdicts.OPINIONS)}|{one_of(verdicts.PRAISED)}) (?:as [\w'’-]+ )?(?:in|on|en|em|dans){NEXT}"
        ),
        "awarded": re.compile(rf"\b{one_of(cues.PRIZES)} for{NEXT}"),
    },
    "season": {
        "season_of": re.compile(rf"\b{_SEASON} {_OF_IT}{NEXT}"),
        "numbered_of": re.compile(rf"\b{_NUMBERED} {_OF_IT}{NEXT}"),
    },
    "part": {"episode_of": re.compile(rf"\b{one_of(cues.EPISODES)} {_OF_IT}{NEXT}")},
}
"""What is looked for where something wider was found before a candidate; no rule asks for `joined` itself."""
_LED = {word: {name for name, table in _LEADS.items() if word in table} for table in _LEADS.values() for word in table}
_MOST_LED = max(word.count(" ") for word in _LED) + 1
_BESIDE_BEFORE = {name: re.compile(pattern) for name, pattern in _BEFORE.items()}
_BESIDE_AFTER = {name: re.compile(pattern) for name, pattern in _AFTER.items()}
_BESIDE_BOTH = {name: (re.compile(ahead), re.compile(behind)) for name, (ahead, behind) in _AROUND.items()}


def beside(before: str, after: str) -> set[str]:
    """The evidence in the text right before and right after a candidate, both in lower case."""
    found = _led(before)
    found |= {name for name, pattern in _BESIDE_BEFORE.items() if pattern.search(before)}
    for wider, narrower in _NARROWER.items():
        if wider in found:
            found |= {name for name, pattern in narrower.items() if pattern.search(before)}
    found |= {name for name, pattern in _BESIDE_AFTER.items() if pattern.match(after)}
    return found | {
        name for name, (ahead, behind) in _BESIDE_BOTH.items() if behind.match(after) and ahead.search(before)
    }


def _led(before: str) -> set[str]:
    """What the words right before a candidate are of `_LEADS`."""
    lead = before.rstrip("\"'“‘«*")
    if not lead.endswith(" "):
        return set()
    words = lead.split()[-_MOST_LED:] if lead[-2:-1].strip() else []
    found = {"clause"} if words and words[-1].endswith(",") else set[str]()
    for first in range(len(words)):
        found |= _LED.get(" ".join(words[first:]).lstrip(_MARKS), set())
    return found
