"""The decision table: what evidence links a candidate of each tier. The first rule that holds gives the reason code.

What each piece of evidence means: docs/methods.md, "Linking posts to titles".
"""

from dataclasses import dataclass

from groundswell.measures.commonness import Tier

EVIDENCE = {
    "official": "a hashtag the gazetteer gives to this subject alone",
    "tag": "the title as a hashtag",
    "tag_ending": "a hashtag that goes on with a service, season, `series`, `finale` or the like",
    "parent": "the post it answers or quotes is linked to the subject",
    "quoted": "in quotation marks, asterisks or underscores of its own",
    "bracket": "followed by `(Netflix)`, `(TV series)`",
    "year": "followed by a year in brackets",
    "season": "right beside a season or episode: `season 2 of`, `S3`, `finale`",
    "season_of": "right after a season or episode with `of`",
    "numbered": "right before a numbered season or episode that no `of` follows",
    "sn": "right before `S2`, `s02e05`",
    "service": "on a streaming service: `on Netflix` after it, `Netflix's` or `Netflix series` before it",
    "shown": "`on Netflix` and a verb in the singular after it",
    "network": "on a broadcaster or shop, in the same way",
    "work": "right beside `series`, `show`, `film`",
    "part": "right beside `trailer`, `cast`, `finale`, `episode`",
    "piece_of": "after `the ending of`, `the cast of`, `a trailer for`",
    "predicate": "called a show: `is such a good show`",
    "singular": "a plural with a verb in the singular: `Suits is`",
    "opinion": "called `so good`, `boring`, `a masterpiece`",
    "news": "renewed, cancelled, brought back",
    "watching": "right after `watching`, `binged`, `rewatch`",
    "following": "right after `finished`, `caught up on`, `obsessed with`",
    "liking": "right after `loving`, `recommend`, `into`, `like`",
    "acted": "after a name of two words and `in`: `Ana Ruiz is great in`",
    "people": "the name of a member of its cast or a character in the post",
    "listed": "in an enumeration beside a title that is linked",
    "pair": "in an enumeration of two titles, both with capitals",
    "row": "in an enumeration of three titles or more, all with capitals",
    "co_title": "another title of the gazetteer is linked in the post",
    "hint": "a weak word of television elsewhere in the post: `show`, `watch`, `season`",
    "cue": "a strong one, `Netflix`, `episode`, `binge`, or two weak ones",
    "cased": "written with capitals where its place does not explain them",
    "initial": "one word with a capital at the start of a sentence",
    "name": "a given name, country, day or month with its capital, which says nothing",
    "named": "`The` with a capital within a sentence",
    "lower": "without capitals in a post that uses them",
    "no_capitals": "without capitals in a post that uses none",
    "opens": "at the start of a sentence or line",
    "alone": "a sentence or line of its own",
    "phrase": "two words or more besides an article",
    "long": "three words or more",
    "rare": "words that hardly ever meet but in a title",
    "copula": "followed by a verb or an ending: `is`, `will`, `'re`",
    "governs": "followed by a preposition, an article or a pronoun, as a verb is",
    "inflected": "a plural, or a word in -ed, -ing or -ly",
    "adverbial": "a word that stands before `on Netflix` anyway: `next`, `found`, `home`",
    "longer": "part of a longer name with capitals",
    "articled": "right after `The` with a capital: another title",
    "determined": "a noun after its article: `a`, `my`, `every`",
    "headline": "most words of the post have capitals",
    "unspaced": "in a script without spaces between words",
}
"""What the rules ask of the words around a candidate."""


@dataclass(frozen=True)
class Rule:
    """Links candidates of `tiers` beside which all of `needs` stand and none of `without`."""

    id: str
    tiers: str
    needs: frozenset[str]
    without: frozenset[str]


def _rule(id: str, tiers: str, needs: str, without: str = "") -> Rule:
    return Rule(id, tiers, frozenset(needs.split()), frozenset(without.split()))


_TEXT = "tag unspaced"
_NAMED = f"{_TEXT} longer"
"""The rule speaks of the words right after the mention."""
_BESIDE = f"{_NAMED} articled"
"""The rule speaks of the words right before the mention."""
_SPOKEN = f"{_BESIDE} determined"
_SMALL = f"{_SPOKEN} lower"
_PLAIN = f"{_SPOKEN} headline"
"""The rule rests on how the mention is written."""
RULES = (
    _rule("tag.official", "ABCD", "official"),
    _rule("tag.title", "A", "tag"),
    _rule("tag.title", "B", "tag unspaced"),
    _rule("tag.ending", "BCD", "tag tag_ending"),
    _rule("tag.season", "BC", "tag season"),
    _rule("tag.service", "BC", "tag service"),
    _rule("tag.watching", "BC", "tag watching"),
    _rule("tag.cue", "B", "tag cue"),
    _rule("text", "A", "", f"{_TEXT} lower"),
    _rule("text", "A", "rare", _TEXT),
    _rule("text.cue", "A", "hint", _TEXT),
    _rule("parent", "BCD", "parent", f"{_TEXT} lower copula"),
    _rule("quoted", "B", "quoted unspaced", "tag"),
    _rule("quoted", "BC", "quoted hint", f"{_TEXT} lower"),
    _rule("quoted", "D", "quoted cue", f"{_TEXT} lower"),
    _rule("bracket", "BCD", "bracket cased", _NAMED),
    _rule("bracket", "BCD", "bracket initial", _NAMED),
    _rule("bracket", "BCD", "bracket name", _NAMED),
    _rule("year", "BCD", "year hint", f"{_NAMED} lower"),
    _rule("season", "B", "season", _BESIDE),
    _rule("season", "C", "season_of", _BESIDE),
    _rule("season", "CD", "season cased", _BESIDE),
    _rule("season", "CD", "numbered initial", _BESIDE),
    _rule("season", "CD", "numbered name", _BESIDE),
    _rule("season", "C", "numbered opens", _BESIDE),
    _rule("season", "CD", "sn opens", _BESIDE),
    _rule("season", "C", "season phrase", _SMALL),
    _rule("season", "C", "sn phrase", _NAMED),
    _rule("service", "B", "service", _SPOKEN),
    _rule("service", "BC", "service watching", _BESIDE),
    _rule("service", "CD", "service cased", f"{_BESIDE} headline"),
    _rule("service", "CD", "service cased phrase", _BESIDE),
    _rule("service", "C", "service phrase", f"{_SPOKEN} copula"),
    _rule("service", "D", "service watching name", _BESIDE),
    _rule("service", "CD", "shown initial", f"{_NAMED} adverbial"),
    _rule("service", "C", "shown opens", f"{_NAMED} determined adverbial"),
    _rule("work", "BC", "work cased", f"{_NAMED} headline"),
    _rule("part", "BC", "part cased", f"{_NAMED} headline"),
    _rule("part", "BC", "part phrase", f"{_NAMED} headline"),
    _rule("piece_of", "BCD", "piece_of cased", f"{_SPOKEN} headline"),
    _rule("piece_of", "BCD", "piece_of name", f"{_SPOKEN} headline"),
    _rule("piece_of", "B", "piece_of no_capitals", f"{_SPOKEN} headline"),
    _rule("predicate", "BC", "predicate", f"{_SMALL} name"),
    _rule("singular", "BC", "singular cased", _PLAIN),
    _rule("singular", "BC", "singular initial", _PLAIN),
    _rule("singular", "BCD", "singular cue", _SMALL),
    _rule("singular", "BC", "singular opinion", _SMALL),
    _rule("news", "BC", "news cased", _PLAIN),
    _rule("news", "B", "news initial", _PLAIN),
    _rule("news", "CD", "news name hint", _PLAIN),
    _rule("watching", "B", "watching", _PLAIN),
    _rule("watching", "C", "watching cased", _PLAIN),
    _rule("watching", "C", "watching phrase", _PLAIN),
    _rule("watching", "D", "watching cased cue", _PLAIN),
    _rule("network", "BC", "network cased", _PLAIN),
    _rule("people", "BCD", "people cased", _PLAIN),
    _rule("people", "BCD", "people name", _PLAIN),
    _rule("people", "BC", "people initial", _PLAIN),
    _rule("acted", "BCD", "acted cased", _PLAIN),
    _rule("listed", "BC", "listed", _SPOKEN),
    _rule("listed", "D", "listed cased", _BESIDE),
    _rule("row", "BC", "row", f"{_BESIDE} name"),
    _rule("row", "D", "row hint", f"{_BESIDE} name"),
    _rule("row", "BCD", "pair hint", f"{_BESIDE} name"),
    _rule("co_title", "BC", "co_title cased", _PLAIN),
    _rule("opinion", "B", "opinion cased", _PLAIN),
    _rule("opinion", "B", "opinion hint", _SMALL),
    _rule("opinion", "C", "opinion cased cue", _PLAIN),
    _rule("opinion", "C", "opinion phrase cue", _PLAIN),
    _rule("subject", "B", "opens copula cue", _SMALL),
    _rule("subject", "B", "phrase cased copula", _PLAIN),
    _rule("subject", "B", "initial cue", f"{_PLAIN} governs inflected"),
    _rule("subject", "C", "long opens copula cue", _SMALL),
    _rule("alone", "B", "alone cue", _SMALL),
    _rule("alone", "C", "alone phrase cue", _SMALL),
    _rule("following", "B", "following cased", _PLAIN),
    _rule("following", "B", "following no_capitals cue", _PLAIN),
    _rule("following", "C", "following cased hint", _PLAIN),
    _rule("following", "C", "following phrase hint", _SMALL),
    _rule("liking", "B", "liking cased hint", _PLAIN),
    _rule("liking", "C", "liking cased cue", _PLAIN),
    _rule("liking", "C", "liking phrase no_capitals cue", _PLAIN),
    _rule("cues", "B", "cased cue", _PLAIN),
    _rule("cues", "B", "phrase cue", _PLAIN),
    _rule("cues", "B", "phrase cased hint", _PLAIN),
    _rule("named", "BC", "named hint", _PLAIN),
    _rule("named", "BC", "named following", _PLAIN),
    _rule("named", "BC", "named copula", _PLAIN),
    _rule("long", "B", "long cased", f"{_PLAIN} opens"),
    _rule("long", "C", "long cased hint", _PLAIN),
    _rule("long", "C", "long cased copula", _PLAIN),
)
"""In order: what a post says outright before what it hints at."""


def decide(tier: Tier, evidence: frozenset[str]) -> str | None:
    """The id of the first rule that holds, None where none does."""
    for rule in RULES:
        if tier in rule.tiers and rule.needs <= evidence and not rule.without & evidence:
            return rule.id
    return None
