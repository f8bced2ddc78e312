"""The decision table: what evidence links a candidate of each tier. The first rule that holds gives the reason code.

What each piece of evidence means: docs/methods.md, "Linking posts to titles".
"""

from collections import Counter
from dataclasses import dataclass
from itertools import product, takewhile

from groundswell.measures.commonness import Tier
from groundswell.measures.evidence import WRITTEN

EVIDENCE = {
    "official": "a hashtag the gazetteer gives to this subject alone",
    "tag": "the title as a hashtag",
    "tag_ending": "a hashtag that goes on with a service, season, `series`, `finale` or the like",
    "service_tag": "the title as a hashtag beside the hashtag of a service",
    "parent": "the post it answers or quotes is linked to the subject",
    "quoted": "in quotation marks, asterisks or underscores of its own",
    "bracket": "followed by `(Netflix)`, `(TV series)`",
    "year": "followed by a year in brackets",
    "season": "right beside a season or episode: `season 2 of`, `S3`, `finale`",
    "season_of": "right after a season or episode with `of`",
    "numbered_of": "right after a numbered one, or a number of them, with `of`: `S3 of`, `4 eps into`",
    "episode_of": "right after `episode of`, `eps of`",
    "numbered": "right before a numbered season or episode that no `of` follows",
    "sn": "right before `S2`, `s02e05`",
    "service": "on a streaming service: `on Netflix` after it, `Netflix's` or `Netflix series` before it",
    "shown": "followed by `is on Netflix`, or by `on Netflix` and a verb in the singular",
    "billed": "followed by `on Netflix` and a mark or nothing",
    "network": "on a broadcaster or shop, in the same way",
    "work": "right beside `series`, `show`, `film`",
    "part": "right beside `trailer`, `cast`, `finale`, `episode`",
    "fan": "right before `fandom`, `rewatch`, `finale`, `spoilers`",
    "piece_of": "after `the ending of`, `the cast of`, `a plot twist in`",
    "piece": "with an ending of its own: `Suits's ending`, `Suits has such plot twists`",
    "predicate": "called a show: `is such a good show`",
    "singular": "a plural with a verb in the singular: `Suits is`",
    "opinion": "called `so good`, `boring`, `a masterpiece`; `how good is` before it; `broke me`, `: brilliant` after it",
    "rated": "followed by stars, `9/10`, `>>>`",
    "news": "renewed, cancelled, brought back",
    "released": "followed by `is out`, `is back`, `dropped`, `ended`",
    "watching": "right after `watching`, `binged`, `viendo`, or after one of them and a colon",
    "portion": "right after `watching some`, `watched all of`",
    "watched": "before a verb of watching in a language that puts it last: `izledim`, `gesehen`, `を見た`",
    "binged": "right after `binged`, `rewatching`, `caught up on`: what is done to works alone",
    "following": "right after `finished`, `obsessed with`, `fan of`",
    "starting": "right after `started`, `finished`, `recommend`, `rest of`",
    "liking": "right after `loving`, `talking about`, `excited for`, `like`",
    "acted": "after a name of two words and `in`, or its `'s`: `Ana Ruiz is great in`",
    "played": "after such a name that acts, wins, plays, directs or carries it, `as`, or before `with` and such a name",
    "character": "after a clause that is of someone and ends with `in`, `from`: `ana in`, `ana ruiz crying in`, `ana's wig in`",
    "from": "the same with `from`",
    "person": "a full name elsewhere in the post",
    "awarded": "after `Emmy for`, `won for`",
    "people": "the name of a member of its cast or a character in the post",
    "listed": "in an enumeration beside a title that is linked",
    "pair": "in an enumeration of two titles, both with capitals",
    "row": "in an enumeration of three titles or more, all with capitals",
    "small_row": "in an enumeration of three titles or more, in a post without capitals",
    "item": "the whole of an item in a list with marks or numbers before each",
    "co_title": "another title of the gazetteer is linked in the post",
    "hint": "a weak word of television elsewhere in the post: `show`, `watch`, `season`; or it opens with the handle of a service",
    "cue": "a strong one, `Netflix`, `episode`, `binge`, or two weak ones",
    "figures": "written without a letter: `1899`",
    "cased": "written with capitals where its place does not explain them",
    "initial": "one word with a capital at the start of a sentence",
    "name": "a given name, country, day or month with its capital, which says nothing",
    "day": "a day of the week",
    "named": "`The` with a capital within a sentence",
    "headed": "`The` and a word with a capital at the start of a sentence",
    "lower": "without capitals in a post that uses them",
    "no_capitals": "without capitals in a post that uses none, or shouted in one that shouts",
    "opens": "at the start of a sentence or line",
    "ends": "followed by the end of its sentence or clause, or by a word no longer name goes on with: `is`, `and`, `tonight`",
    "closes": "followed by the end of its sentence or clause",
    "alone": "a sentence or line of its own",
    "phrase": "two words or more besides an article",
    "long": "three words or more",
    "rare": "words that hardly ever meet but in a title",
    "copula": "followed by a verb or an ending: `is`, `will`, `'re`",
    "governs": "followed by a preposition, an article or a pronoun, as a verb is",
    "inflected": "a plural, or a word in -ed, -ing or -ly",
    "adverbial": "a word that stands before `on Netflix` anyway: `next`, `found`, `home`",
    "shouted": "a word in capitals in a post that does not shout, or of two capitals",
    "pronoun": "a pronoun: `you`, `us`",
    "devoted": "right before `fans`, `rewatch`, `brainrot`",
    "since": "after `the best show since`, `the funniest thing about`",
    "aired": "between `on` and `tonight`, `last night`",
    "defined": "after a colon or `=`, at the end of the post",
    "glossed": "followed by a bracket",
    "colon": "followed by a colon",
    "place": "a city or state, whose name is one whatever is meant",
    "again": "followed by `again`, `for the first time`, `in one sitting`",
    "best_in": "after `the best couple in`, `the worst villain of`",
    "swayed": "followed by `made me`, `had us`, `you broke me`",
    "attributed": "after a quotation, with a dash or none",
    "clause": "after what a clause begins after: `but`, `I think`, `why is`, a comma",
    "inside": "after `in` or `from`",
    "figure": "after `the guy from`, `that kid in`",
    "adjective": "an everyday adjective: `dark`",
    "counted": "an everyday noun that wants an article: `house`",
    "no_noun": "an everyday adjective, preposition or adverb: `from`",
    "praised_in": "after `so good in`, `killed it in`",
    "moved": "followed by what it does to one: `broke me`, `made me cry`, `slaps`",
    "foreign": "beside a letter of another script than the Latin",
    "longer": "part of a longer name with capitals",
    "articled": "right after `The` with a capital: another title",
    "the": "right after `the`",
    "determined": "a noun after its article: `a`, `my`, `every`",
    "noun": "a title of an article and a word, both small: `the crown`",
    "placed": "right after `to`, `near`, `in`, `named`: a place, a person or a pet",
    "within": "after a small word of its sentence, in a post with hardly another capital",
    "word": "an ordinary word",
    "headline": "most words of the post have capitals",
    "unspaced": "in a script without spaces between words",
}
"""What the rules ask of the words around a candidate."""


@dataclass(frozen=True)
class Rule:
    """Links candidates of `tiers` beside which one of each of `needs` stands and none of `without`."""

    id: str
    tiers: str
    needs: tuple[frozenset[str], ...]
    without: frozenset[str]


def _rule(id: str, tiers: str, needs: str, without: str = "") -> Rule:
    return Rule(id, tiers, tuple(frozenset(either.split("|")) for either in needs.split()), frozenset(without.split()))


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
    _rule("tag.title", "B", "tag phrase", "placed"),
    _rule("tag.title", "C", "tag phrase hint", "unspaced"),
    _rule("tag.ending", "BCD", "tag tag_ending"),
    _rule("tag.season", "BC", "tag season"),
    _rule("tag.service", "BC", "tag service|service_tag"),
    _rule("tag.watching", "BC", "tag watching"),
    _rule("tag.cue", "B", "tag cue"),
    _rule("text", "A", "", f"{_TEXT} lower"),
    _rule("text", "A", "rare", _TEXT),
    _rule("text.cue", "A", "hint", _TEXT),
    _rule("parent", "BCD", "parent", f"{_TEXT} lower copula"),
    _rule("quoted", "B", "quoted unspaced", "tag"),
    _rule("quoted", "BC", "quoted hint|opinion|released", f"{_TEXT} lower"),
    _rule("quoted", "D", "quoted cue", f"{_TEXT} lower"),
    _rule("bracket", "BCD", "bracket cased|initial|name", _NAMED),
    _rule("bracket", "BC", "bracket no_capitals", _SPOKEN),
    _rule("bracket", "D", "bracket no_capitals watching", _SPOKEN),
    _rule("year", "BCD", "year hint", f"{_NAMED} lower"),
    _rule("year", "B", "year cased", _NAMED),
    _rule("rated", "B", "rated", _SPOKEN),
    _rule("rated", "C", "rated cased", _BESIDE),
    _rule("rated", "CD", "rated opens hint", f"{_SMALL} adverbial"),
    _rule("season", "B", "season", _BESIDE),
    _rule("season", "C", "season_of cased|no_capitals|ends", _BESIDE),
    _rule("season", "C", "season cased", _BESIDE),
    _rule("season", "D", "season cased", f"{_BESIDE} copula"),
    _rule("season", "D", "season_of cased", _BESIDE),
    _rule("season", "CD", "season_of name", _BESIDE),
    _rule("season", "CD", "numbered initial|name", f"{_BESIDE} copula"),
    _rule("season", "CD", "numbered no_capitals cue", f"{_SPOKEN} adverbial pronoun"),
    _rule("season", "C", "numbered opens", _BESIDE),
    _rule("season", "C", "numbered noun no_capitals", _BESIDE),
    _rule("season", "D", "season figures ends", _BESIDE),
    _rule("season", "C", "sn", _BESIDE),
    _rule("season", "D", "sn opens", _BESIDE),
    _rule("season", "D", "sn", f"{_SMALL} adverbial"),
    _rule("season", "C", "season phrase", _SMALL),
    _rule("season", "D", "numbered phrase", f"{_SMALL} adverbial copula"),
    _rule("season", "D", "numbered_of no_capitals ends", f"{_SPOKEN} adverbial"),
    _rule("episode_of", "B", "episode_of", f"{_BESIDE} lower"),
    _rule("episode_of", "C", "episode_of noun no_capitals", _BESIDE),
    _rule("episode_of", "CD", "episode_of cased", f"{_BESIDE} adverbial"),
    _rule("service", "B", "service", _SPOKEN),
    _rule("service", "B", "service noun no_capitals", f"{_BESIDE} placed"),
    _rule("service", "BC", "service watching", _BESIDE),
    _rule("service", "CD", "service cased", f"{_BESIDE} headline"),
    _rule("service", "CD", "service cased phrase", _BESIDE),
    _rule("service", "C", "service phrase", f"{_SPOKEN} copula"),
    _rule("service", "C", "service starting no_capitals", _SPOKEN),
    _rule("service", "C", "service noun no_capitals opens|following|starting", _BESIDE),
    _rule("service", "D", "service watching name", _BESIDE),
    _rule("service", "D", "service following no_capitals", f"{_SPOKEN} adverbial"),
    _rule("service", "CD", "shown|billed initial", f"{_NAMED} adverbial"),
    _rule("service", "D", "shown name opens", _NAMED),
    _rule("service", "C", "service initial", f"{_PLAIN} inflected adverbial"),
    _rule("service", "C", "shown opens", f"{_NAMED} determined adverbial"),
    _rule("service", "C", "shown no_capitals", f"{_SPOKEN} adverbial"),
    _rule("service", "D", "shown opens figures", _NAMED),
    _rule("work", "BC", "work cased", f"{_NAMED} headline"),
    _rule("work", "B", "work initial cue", f"{_NAMED} headline"),
    _rule("work", "D", "work cased|initial closes", f"{_NAMED} headline adverbial"),
    _rule("part", "BC", "part cased|phrase", f"{_NAMED} headline"),
    _rule("part", "BCD", "fan cased", f"{_NAMED} headline adverbial"),
    _rule("part", "C", "fan no_capitals", _SPOKEN),
    _rule("part", "B", "part initial", f"{_NAMED} headline inflected"),
    _rule("part", "B", "part no_capitals cue", f"{_NAMED} headline"),
    _rule("part", "B", "fan no_capitals", _NAMED),
    _rule("part", "B", "devoted opens no_capitals", f"{_NAMED} inflected"),
    _rule("part", "B", "fan initial", f"{_NAMED} inflected"),
    _rule("part", "BC", "fan the", f"{_BESIDE} lower"),
    _rule("part", "C", "devoted|fan cased|initial", f"{_NAMED} headline place"),
    _rule("part", "C", "fan noun no_capitals", _BESIDE),
    _rule("part", "D", "devoted|fan initial", f"{_NAMED} headline adverbial"),
    _rule("part", "D", "fan no_capitals opens", f"{_SPOKEN} adverbial pronoun"),
    _rule("piece_of", "BCD", "piece_of cased|name", f"{_SPOKEN} headline"),
    _rule("piece_of", "B", "piece_of no_capitals", f"{_SPOKEN} headline"),
    _rule("piece_of", "C", "piece_of no_capitals noun hint", f"{_BESIDE} headline"),
    _rule("piece_of", "D", "piece_of figures", _TEXT),
    _rule("piece_of", "C", "piece_of no_capitals hint|ends", _PLAIN),
    _rule("piece_of", "BCD", "best_in cased", f"{_PLAIN} adverbial"),
    _rule("piece_of", "D", "piece_of no_capitals closes", f"{_SPOKEN} adverbial pronoun"),
    _rule("piece_of", "BCD", "figure cased ends|hint", f"{_PLAIN} place shouted adverbial pronoun"),
    _rule("piece_of", "B", "figure no_capitals", f"{_PLAIN} place inflected"),
    _rule("piece", "B", "piece", _SMALL),
    _rule("piece", "C", "piece cased hint", _PLAIN),
    _rule("piece", "C", "piece initial|name|headed", f"{_PLAIN} adverbial place"),
    _rule("piece", "D", "piece initial hint", f"{_PLAIN} adverbial inflected"),
    _rule("piece", "C", "piece no_capitals hint|person", f"{_SPOKEN} adverbial"),
    _rule("predicate", "BC", "predicate", f"{_SMALL} name"),
    _rule("predicate", "BC", "predicate noun no_capitals opens|cue", _BESIDE),
    _rule("predicate", "D", "predicate cased|opens|singular", f"{_SMALL} adverbial headline"),
    _rule("singular", "BC", "singular initial|no_capitals", _PLAIN),
    _rule("singular", "BCD", "singular cased", _PLAIN),
    _rule("singular", "BC", "singular cue|opinion", _SMALL),
    _rule("singular", "BC", "singular noun no_capitals opinion|hint", _BESIDE),
    _rule("singular", "D", "singular cue|opinion opens", _SMALL),
    _rule("news", "BC", "news cased", _PLAIN),
    _rule("news", "B", "news initial", _PLAIN),
    _rule("news", "B", "news no_capitals cue|ends", _SPOKEN),
    _rule("news", "C", "news initial", f"{_PLAIN} inflected adverbial place"),
    _rule("news", "CD", "news no_capitals cue ends", f"{_SPOKEN} adverbial pronoun"),
    _rule("news", "BC", "news noun no_capitals cue", _BESIDE),
    _rule("news", "CD", "news name cue", _PLAIN),
    _rule("news", "CD", "news name hint", f"{_PLAIN} day"),
    _rule("news", "D", "news initial hint", _PLAIN),
    _rule("news", "D", "news figures", _TEXT),
    _rule("since", "BCD", "since cased|name|no_capitals ends", f"{_SPOKEN} adverbial pronoun"),
    _rule("aired", "BC", "aired cased|initial|noun", f"{_BESIDE} lower place"),
    _rule("binged", "BC", "binged cased|initial|noun", f"{_BESIDE} lower"),
    _rule("binged", "BC", "binged no_capitals ends", _SPOKEN),
    _rule("binged", "CD", "binged name ends", _BESIDE),
    _rule("binged", "D", "binged cased", f"{_SPOKEN} adverbial"),
    _rule("binged", "D", "binged no_capitals ends", f"{_SPOKEN} adverbial"),
    _rule("watching", "B", "watching", _PLAIN),
    _rule("watching", "B", "watching noun no_capitals", _BESIDE),
    _rule("watching", "C", "watching cased|initial|phrase", _PLAIN),
    _rule("watching", "C", "watching noun no_capitals cue", _BESIDE),
    _rule("watching", "C", "watching no_capitals ends", _SPOKEN),
    _rule("watching", "CD", "watching|following again", f"{_SMALL} adverbial pronoun"),
    _rule("watching", "BC", "watching|following again noun no_capitals", _BESIDE),
    _rule("watching", "D", "watching cased ends|cue", f"{_PLAIN} adverbial"),
    _rule("watching", "D", "watching figures|name ends", f"{_PLAIN} adverbial"),
    _rule("watching", "BC", "portion cased", f"{_BESIDE} headline"),
    _rule("watching", "B", "portion no_capitals", _BESIDE),
    _rule("watching", "D", "portion cased|day", f"{_BESIDE} adverbial pronoun"),
    _rule("watched", "B", "watched cased|initial|no_capitals", f"{_BESIDE} headline"),
    _rule("watched", "C", "watched cased|initial|no_capitals", f"{_BESIDE} headline"),
    _rule("watched", "D", "watched cased|initial|no_capitals hint", f"{_BESIDE} headline adverbial pronoun"),
    _rule("network", "BC", "network cased", _PLAIN),
    _rule("network", "BC", "network initial hint", f"{_PLAIN} adverbial"),
    _rule("people", "BCD", "people cased|name", f"{_TEXT} articled determined headline"),
    _rule("people", "BC", "people initial", f"{_TEXT} articled determined headline"),
    _rule("acted", "B", "acted|played|character cased", _BESIDE),
    _rule("acted", "C", "acted|played|character cased ends|hint|named|phrase|copula", f"{_BESIDE} place"),
    _rule("acted", "D", "acted|character cased ends|hint", f"{_PLAIN} adverbial"),
    _rule("acted", "BCD", "acted|played|character name ends|hint|opinion|moved", f"{_PLAIN} place"),
    _rule("acted", "BC", "acted|played initial hint", _BESIDE),
    _rule("acted", "BC", "character no_capitals", f"{_SPOKEN} place"),
    _rule("acted", "BC", "character no_capitals noun", _BESIDE),
    _rule("acted", "D", "from cased", f"{_BESIDE} place"),
    _rule("acted", "D", "character day", _BESIDE),
    _rule("acted", "D", "character no_capitals copula|from|phrase|person ends", f"{_SPOKEN} adverbial"),
    _rule("awarded", "BC", "awarded cased", _BESIDE),
    _rule("awarded", "D", "awarded cased ends hint", f"{_PLAIN} adverbial pronoun"),
    _rule("awarded", "CD", "awarded no_capitals person closes", f"{_PLAIN} adverbial pronoun"),
    _rule("awarded", "B", "awarded hint", _SPOKEN),
    _rule("listed", "BC", "listed", _SMALL),
    _rule("listed", "D", "listed adjective ends", _SMALL),
    _rule("listed", "D", "listed cased", f"{_BESIDE} copula"),
    _rule("row", "BC", "row", f"{_BESIDE} name"),
    _rule("row", "BC", "pair hint", f"{_BESIDE} name"),
    _rule("row", "D", "row|pair hint|listed", f"{_BESIDE} name copula governs"),
    _rule("row", "B", "small_row", _BESIDE),
    _rule("row", "C", "small_row hint", _BESIDE),
    _rule("item", "BC", "item cue|co_title", _SMALL),
    _rule("item", "D", "item row", _SPOKEN),
    _rule("co_title", "BC", "co_title cased", f"{_PLAIN} shouted"),
    _rule("opinion", "B", "opinion cased", _PLAIN),
    _rule("opinion", "B", "opinion initial", f"{_PLAIN} inflected"),
    _rule("opinion", "B", "opinion hint|phrase", _SMALL),
    _rule("opinion", "C", "opinion cased phrase|cue", _PLAIN),
    _rule("opinion", "C", "opinion phrase hint", _SMALL),
    _rule("opinion", "C", "opinion initial cue", f"{_PLAIN} adverbial"),
    _rule("opinion", "C", "opinion headed hint", _PLAIN),
    _rule("opinion", "B", "opinion opens", f"{_SMALL} adverbial"),
    _rule("opinion", "C", "opinion opens", f"{_SMALL} adverbial inflected name"),
    _rule("opinion", "C", "moved opens|hint", f"{_SMALL} adverbial"),
    _rule("opinion", "D", "opinion initial cue", f"{_PLAIN} adverbial inflected"),
    _rule("opinion", "C", "opinion name", f"{_PLAIN} adverbial"),
    _rule("opinion", "D", "opinion name within cue", _PLAIN),
    _rule("opinion", "BC", "opinion noun no_capitals cue", _BESIDE),
    _rule("opinion", "D", "opinion figures", _TEXT),
    _rule("opinion", "BC", "moved noun no_capitals opens", _BESIDE),
    _rule("opinion", "D", "moved initial", f"{_PLAIN} adverbial pronoun inflected"),
    _rule("opinion", "D", "opinion|swayed cased phrase", f"{_PLAIN} adverbial"),
    _rule("opinion", "D", "opinion|moved cased hint", f"{_PLAIN} adverbial pronoun"),
    _rule("opinion", "B", "moved no_capitals", f"{_PLAIN} inflected"),
    _rule("opinion", "B", "swayed opens initial|no_capitals", f"{_PLAIN} inflected place"),
    _rule("opinion", "B", "inside opinion|copula no_capitals", f"{_PLAIN} place inflected"),
    _rule("opinion", "C", "inside opinion no_capitals", f"{_PLAIN} place inflected"),
    _rule("opinion", "BC", "opinion no_capitals clause", f"{_PLAIN} inflected adverbial placed"),
    _rule("opinion", "D", "opinion no_capitals clause adjective", f"{_PLAIN} inflected adverbial placed"),
    _rule("opinion", "CD", "no_noun|counted opens opinion|released initial|no_capitals", f"{_NAMED} headline"),
    _rule("opinion", "D", "opinion initial hint", f"{_PLAIN} adverbial inflected pronoun"),
    _rule("watching", "CD", "adjective|counted watching ends", f"{_SMALL} adverbial"),
    _rule("following", "CD", "adjective|counted following|starting ends", f"{_SMALL} adverbial"),
    _rule("acted", "BC", "praised_in cased", f"{_PLAIN} place"),
    _rule("acted", "BC", "praised_in no_capitals ends", f"{_PLAIN} place inflected"),
    _rule("released", "B", "released opens initial|no_capitals", f"{_PLAIN} inflected"),
    _rule("released", "B", "released cased|phrase|cue", _SMALL),
    _rule("released", "B", "released initial hint", f"{_PLAIN} inflected"),
    _rule("released", "C", "released cased hint", _PLAIN),
    _rule("released", "C", "released phrase cue", _PLAIN),
    _rule("released", "C", "released initial cue", f"{_PLAIN} adverbial"),
    _rule("defined", "BCD", "defined", f"{_SMALL} adverbial pronoun"),
    _rule("glossed", "B", "glossed cased|initial|no_capitals", _SPOKEN),
    _rule("glossed", "C", "glossed initial|no_capitals opens", f"{_SPOKEN} adverbial"),
    _rule("glossed", "B", "colon opens initial|no_capitals", _SPOKEN),
    _rule("glossed", "C", "colon opens phrase|headed|hint|person", f"{_SMALL} adverbial"),
    _rule("subject", "B", "opens copula cue", _SMALL),
    _rule("subject", "B", "phrase cased copula", _PLAIN),
    _rule("subject", "B", "initial cue", f"{_PLAIN} governs inflected"),
    _rule("subject", "C", "initial copula cue", f"{_PLAIN} governs inflected adverbial"),
    _rule("subject", "C", "long opens copula cue", _SMALL),
    _rule("foreign", "BCD", "foreign cue", "tag"),
    _rule("alone", "B", "alone cue", _SMALL),
    _rule("alone", "BCD", "attributed closes cased|initial", f"{_PLAIN} adverbial pronoun shouted"),
    _rule("alone", "B", "alone no_capitals", f"{_SPOKEN} phrase"),
    _rule("alone", "B", "alone initial hint", f"{_PLAIN} inflected"),
    _rule("alone", "C", "alone initial|cased cue", f"{_PLAIN} inflected adverbial"),
    _rule("alone", "C", "alone phrase cue", _SMALL),
    _rule("following", "B", "following cased", _PLAIN),
    _rule("following", "B", "following no_capitals cue", _PLAIN),
    _rule("following", "B", "following|starting no_capitals ends", _PLAIN),
    _rule("following", "C", "following cased hint|phrase", _PLAIN),
    _rule("following", "C", "following|starting cased ends", _PLAIN),
    _rule("following", "C", "following phrase hint", _SMALL),
    _rule("following", "BC", "following noun no_capitals cue|ends", _BESIDE),
    _rule("following", "C", "following no_capitals ends", f"{_PLAIN} inflected adverbial"),
    _rule("following", "C", "following starting no_capitals ends", _PLAIN),
    _rule("following", "C", "following|starting no_capitals cue ends", _PLAIN),
    _rule("following", "D", "following|starting cased ends|hint", f"{_PLAIN} adverbial"),
    _rule("following", "D", "following|watching figures hint", _TEXT),
    _rule("following", "D", "following starting figures ends", f"{_PLAIN} adverbial"),
    _rule("following", "D", "following starting name ends hint|day", _PLAIN),
    _rule("following", "BC", "following|starting|watching name ends", _PLAIN),
    _rule("following", "D", "following starting no_capitals closes", f"{_SPOKEN} adverbial pronoun inflected"),
    _rule("starting", "B", "starting cased", _PLAIN),
    _rule("starting", "C", "starting cased hint|named", _PLAIN),
    _rule("liking", "B", "liking cased hint|ends", f"{_PLAIN} placed"),
    _rule("liking", "D", "liking cased ends hint", f"{_PLAIN} placed adverbial pronoun shouted"),
    _rule("liking", "C", "liking cased cue", _PLAIN),
    _rule("liking", "C", "liking cased phrase hint", _PLAIN),
    _rule("cues", "B", "cased|phrase cue", _PLAIN),
    _rule("cues", "B", "cased phrase hint", _PLAIN),
    _rule("cues", "B", "cased hint", f"{_PLAIN} placed"),
    _rule("cues", "C", "cased phrase cue", _PLAIN),
    _rule("cues", "C", "cased phrase copula hint", _PLAIN),
    _rule("cues", "D", "cased phrase copula cue", _PLAIN),
    _rule("cues", "C", "headed cue", _PLAIN),
    _rule("cues", "CD", "cased ends cue", f"{_PLAIN} adverbial placed copula shouted pronoun"),
    _rule("named", "BC", "named hint|following|liking|copula", _PLAIN),
    _rule("named", "C", "headed released", _PLAIN),
    _rule("named", "B", "headed", _PLAIN),
    _rule("named", "C", "headed|named phrase", _PLAIN),
    _rule("capital", "B", "cased word within ends|copula", f"{_PLAIN} shouted place placed"),
    _rule("capital", "B", "cased phrase within ends|copula", f"{_PLAIN} shouted place placed"),
    _rule("capital", "BC", "cased word within inside ends|copula", f"{_PLAIN} shouted place"),
    _rule("capital", "B", "named within ends", f"{_PLAIN} shouted place"),
    _rule("capital", "C", "cased within ends", f"{_PLAIN} shouted place placed"),
    _rule("capital", "C", "named within ends", f"{_PLAIN} shouted place"),
    _rule("capital", "D", "cased within ends|copula", f"{_PLAIN} shouted place adverbial pronoun"),
    _rule("person", "BC", "person initial copula|hint|governs", f"{_PLAIN} inflected adverbial place"),
    _rule("person", "C", "person cased within|headed", f"{_PLAIN} shouted place"),
    _rule("person", "BC", "person no_capitals opens", f"{_SPOKEN} inflected adverbial place"),
    _rule("person", "C", "person no_capitals opinion|moved", _SPOKEN),
    _rule("person", "BC", "person noun no_capitals hint|copula", _BESIDE),
    _rule("long", "B", "long cased", f"{_PLAIN} opens"),
    _rule("long", "C", "long cased hint|copula|named|within", _PLAIN),
)
"""In order: what a post says outright before what it hints at."""

_Way = tuple[frozenset[str], frozenset[str], str]
_WAYS: dict[Tier, list[_Way]] = {
    tier: [
        (frozenset(needed), rule.without, rule.id)
        for rule in RULES
        if tier in rule.tiers
        for needed in product(*rule.needs)
    ]
    for tier in Tier
}
"""For each tier what may stand together, what forbids it, and the rule's id."""
_OUTRIGHT = {
    tier: [*takewhile(lambda way: way[0] | way[1] <= WRITTEN | {"official"}, ways)] for tier, ways in _WAYS.items()
}
"""Of these the first, up to one that asks for more than a mention's own letters and tag."""


def _filed(ways: list[_Way]) -> dict[str, list[tuple[int, _Way]]]:
    """Ways with their places in the order, each under the one thing it needs that the fewest others do."""
    common = Counter(name for needed, _, _ in ways for name in needed)
    filed: dict[str, list[tuple[int, _Way]]] = {}
    for place, way in enumerate(ways):
        filed.setdefault(min(way[0], key=lambda name: (common[name], name), default=""), []).append((place, way))
    return filed


_FILED = {tier: _filed(ways) for tier, ways in _WAYS.items()}


def outright(tier: Tier, evidence: frozenset[str]) -> str | None:
    """What `decide` gives where a mention's own letters and tag say enough, else None."""
    return next((id for needed, without, id in _OUTRIGHT[tier] if _holds(needed, without, evidence)), None)


def decide(tier: Tier, evidence: frozenset[str]) -> str | None:
    """The id of the first rule that holds, None where none does."""
    filed = _FILED[tier]
    held = (
        (place, id)
        for name in ("", *evidence)
        for place, (needed, without, id) in filed.get(name, ())
        if _holds(needed, without, evidence)
    )
    return min(held, default=(0, None))[1]


def _holds(needed: frozenset[str], without: frozenset[str], evidence: frozenset[str]) -> bool:
    return needed <= evidence and without.isdisjoint(evidence)
