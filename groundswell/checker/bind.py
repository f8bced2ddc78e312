"""Whose figure it is, and whether what stands beside it could change it, for figures that stand in no weekly list.

Nothing is guessed: several titles, a name nobody knows, another time or place, or a word that is not read leave it open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.checker.clause import taint, territories, territory_at
from groundswell.checker.lists import Lists
from groundswell.checker.owner import introduced
from groundswell.checker.phrasing import FOLLOWS, OFF, PAST
from groundswell.checker.scan import Ref, Scan
from groundswell.checker.sentence import Sentence
from groundswell.checker.text import fold
from groundswell.checker.unknown import unknown
from groundswell.checker.weeks import Dated
from groundswell.checker.words import SEASON_WORDS
from groundswell.core.verdict import Reason

_OF = frozenset("sales copies season rating score volumes books novels".split())
"""What may be a title's own: `sales of X`."""
_TO_TITLE = frozenset(", the for of with a an at its now \" “ ‘ ' (".split())
_MANY = 100
_CLOSING = frozenset("\" ” ’ '".split())
_GOES_ON = frozenset(
    ", ( : – — - has have had holds hold held is was are were boasts with now currently also already who which amassed reached "
    "grew rose fell dropped climbed jumped surged soared drew earned earns scored scores sits stands stood counts went got "
    "received clocked logged posted notched delivered recorded registered managed collected generated garnered "
    "maintains keeps enjoys remains hit landed spent ranked ranks at on in came topped "
    "season first second once could would will may gained lost opened debuted not".split()
)
"""What may stand behind a title that a figure is of: another word may be what it is of, `X's sister`, `the X fan club`."""
_BETWEEN = frozenset(
    "a an the its of from with to by and just over more than up perfect full based 's \" ” ’ '".split()
)
_LEADS = frozenset(
    "the a an in on of for to with its his her their this now today currently already also and but as while meanwhile week ended "
    "ending by at from so far since after gave give gives , ( : - – — # \" “ ‘ ' ’ 's".split()
)
"""What may stand before a figure and its title in their clause: another word may make it one of a part, or somebody's saying."""
_PEOPLES = ("ish", "ian", "ese", "an", "ch", "ic")
_EVERYWHERE = frozenset("global globally worldwide world international internationally everywhere".split())
_SITES = frozenset("instagram tiktok youtube twitter facebook threads x metacritic imdb".split())
_OWN = {"US": frozenset({"american"}), "GB": frozenset({"british"})}
_FRONT = frozenset("on in as of for the week to ended ending".split())


@dataclass(frozen=True)
class Whose:
    """The one subject a figure is of, and the territory it is held of."""

    title: str
    subject: str
    territory: str
    sure: bool = True
    """Whether nothing between its name and the figure could be what the figure is of; else the figure is not refuted."""


@dataclass(frozen=True)
class Left:
    """Why a figure is left open."""

    reason: Reason
    why: str
    title: str = ""


class Binder:
    """Binds the figures of one text."""

    def __init__(self, scan: Scan, lists: Lists, released: date | None) -> None:
        self.scan = scan
        self.lists = lists
        self.held = lists.held
        self.released = released
        self._mentions = [] if self.held.is_empty else self.held.names.mentions(scan.tokens)

    def things(self, index: int) -> list[Ref]:
        """What the sentence names: titles, and other names that are held."""
        first, last = self.scan.sentences[index]
        refs = self.scan.refs[index]
        for one in self._mentions:
            if not first <= one.first < last:
                continue
            over = [ref for ref in refs if ref.first < one.last and one.first < ref.last]
            if all(ref.last - ref.first < one.last - one.first for ref in over):
                refs = [*(ref for ref in refs if ref not in over), Ref(one.first, one.last, one.subjects, one.title)]
        return sorted(refs, key=lambda ref: ref.first)

    def is_sure(self, s: Sentence, thing: Ref, first: int, knows: frozenset[str]) -> bool:
        """Whether a title is named itself, and all words before it and from it to token `first` are known not to name another."""
        if not self.is_led(s, min(thing.first, first), knows):
            return False
        own = any(self.scan.identifiers.get(at) == "title" for at in range(thing.first, thing.last))
        own = own or any(one.first == thing.first for one in self._mentions)
        return own and all(
            s.w(at) in _GOES_ON | _BETWEEN | knows or at in self.scan.number_at or self._names(at)
            for at in range(thing.last, first)
        )

    def is_led(self, s: Sentence, first: int, knows: frozenset[str]) -> bool:
        """Whether what stands before token `first` in its clause cannot make it a figure of a part, or somebody's saying."""
        lead = range(s.clause(first)[0], first)
        return all(s.w(at) in _LEADS | knows or at in self.scan.number_at or self._names(at) for at in lead)

    def _names(self, at: int) -> bool:
        """Whether a token is of a title, a date or a territory."""
        return self.scan.identifiers.get(at) in {"title", "season", "date"} or self.territory(at) is not None

    def territory(self, at: int) -> str | None:
        """The territory named at a token, in whatever sense."""
        found = territory_at(self.scan, at, min(at + 7, len(self.scan.tokens)))
        return found[0] if found and self.scan.tokens[at].is_capital else None

    def thing(self, index: int, s: Sentence, first: int, last: int, knows: frozenset[str]) -> Ref | Left | None:
        """What tokens `first` to `last` are said of; None where the sentence names nothing."""
        things = self.things(index)
        before = [one for one in things if one.first < first]
        clause = s.clause(first)
        near = [one for one in before if one.first >= clause[0]] or before
        inside = self._masked(s, first, last, knows).identifiers
        if not near:
            near = [one for one in things if one.first >= first]
            if not near:
                return None
            if len({one.title for one in near}) > 1:
                return Left(Reason.AMBIGUOUS_SUBJECT, "several titles are named")
            led = [s.w(at) for at in range(s.sentence[0], first)]
            led += [s.w(at) for at in range(last, near[0].first)]
            if near[0].first >= last and not _TO_TITLE.issuperset(led):
                return Left(Reason.AMBIGUOUS_SUBJECT, "it is not sure that it is of the title behind it")
            name = unknown(self.scan.tokens, inside, s.sentence[0] + 1, near[0].first)
            return Left(Reason.AMBIGUOUS_SUBJECT, f"'{name}' is not known") if name else near[0]
        titles = {one.title for one in near}
        if len(titles) > 1:
            return Left(Reason.AMBIGUOUS_SUBJECT, f"of which of {len(titles)} titles is open")
        thing = next((one for one in reversed(near) if one.season is not None), near[-1])
        if len({one.season for one in near if one.season is not None}) > 1 or any(one.parts for one in near):
            return Left(Reason.AMBIGUOUS_SUBJECT, "several seasons or parts are named", thing.title)
        inside = {**inside, **{at: "title" for one in near for at in range(one.first, one.last)}}
        if name := unknown(self.scan.tokens, inside, s.sentence[0] + 1, first):
            return Left(Reason.AMBIGUOUS_SUBJECT, f"'{name}' is not known", thing.title)
        behind = near[-1].last
        behind += s.w(behind) in _CLOSING
        behind += s.w(behind) == "'s"
        numbered = self.scan.number_at.get(behind)
        if numbered is not None and behind < first and not numbered.scaled and numbered.value < _MANY:
            return Left(Reason.AMBIGUOUS_SUBJECT, "the number behind the title may make it another", thing.title)
        if behind < first and s.w(behind) not in _GOES_ON | knows and numbered is None:
            return Left(Reason.AMBIGUOUS_SUBJECT, f"'{s.w(behind)}' stands behind the title", thing.title)
        at = near[0].first - 1 - (s.w(near[0].first - 1) in {"the", "'s"})
        own = s.w(at) == "of" and s.w(at - 1) in _OF and not (s.w(at - 1) in SEASON_WORDS and thing.season is None)
        if introduced(self.scan, near[0], s.sentence[0]) and not own:
            return Left(Reason.AMBIGUOUS_SUBJECT, "it may be of whatever stands before the title", thing.title)
        return thing

    def subject(self, thing: Ref, of: str, names: Sequence[str]) -> Whose | Left:
        """The one subject that a measure or list holds of what is named."""
        held = self.held.subjects(of, names, thing.subjects) if of else dict.fromkeys(thing.subjects, "")
        title = thing.title
        if not held:
            return Left(Reason.NO_DATA, f"no {of} of {title} is held", title)
        season, known, subjects = thing.season, thing.subjects, tuple(held)
        whole = self._names_season(thing)
        if whole and known[0] in held:
            subjects = known
        elif season is not None and season.number != 1 and not any("/" in one for one in subjects):
            return Left(Reason.NO_DATA, "nothing of that season is held", title)
        elif season is not None and (parts := [one for one in subjects if "/" in one]):
            subjects = self.lists.of_season(tuple(parts), season)
            if not subjects:
                return Left(Reason.NO_DATA, "nothing of that season is held", title)
        elif any("/" in one for one in subjects):
            subjects = tuple(
                dict.fromkeys((*subjects, *(one for one in self.lists.siblings(tuple(known)) if "/" in one)))
            )
        if len(subjects) != 1:
            return Left(Reason.AMBIGUOUS_SUBJECT, f"{len(subjects)} works or seasons may be meant", title)
        territory = held[subjects[0]]
        if not territory:
            return Left(Reason.AMBIGUOUS_SUBJECT, "it is held of several territories", title)
        return Whose(title, subjects[0], territory)

    def _names_season(self, thing: Ref) -> bool:
        """Whether the name itself is the one of a season, as printed: `Ginny & Georgia: Season 2`."""
        if thing.season is not None or len(thing.subjects) != 1 or "/" not in thing.subjects[0]:
            return False
        said = {self.scan.word(at) for at in range(thing.first, thing.last)} & SEASON_WORDS.keys()
        return bool(said - set(fold(thing.title).split()))

    def _masked(self, s: Sentence, first: int, last: int, knows: frozenset[str]) -> Scan:
        """The text with the words a phrasing is made of taken for known."""
        own = {at for at in range(*s.sentence) if first <= at < last or s.w(at) in knows}
        return replace(self.scan, identifiers={**dict.fromkeys(own, "title"), **self.scan.identifiers})

    def beside(
        self,
        s: Sentence,
        first: int,
        last: int,
        knows: frozenset[str],
        words: str,
        places: Sequence[int],
        territory: str,
    ) -> Left | None:
        """What beside tokens `first` to `last` could change what they claim."""
        clause, near = s.clause(first), s.near(first)
        if s.w(last) not in FOLLOWS and not (s.w(last) == "at" and last + 1 in self.scan.number_at):
            return Left(Reason.UNREAD_QUALIFIER, f"'{s.w(last)}' is not read")
        known = self._masked(s, first, last, knows)
        sides = (near[0], max(first, near[0])), (min(last, near[1]), near[1])
        if found := taint(known, clause, sides[0]) or taint(known, clause, sides[1]):
            return Left(found[0], f"'{found[1]}' is not read")
        for bounds, what in ((near, OFF), (clause, PAST)):
            rest = " ".join(
                words[places[a - s.sentence[0]] : _end(places, b - s.sentence[0], words)]
                for a, b in ((bounds[0], max(first, bounds[0])), (min(last, bounds[1]), bounds[1]))
                if a < b
            )
            if hit := what.search(rest):
                return Left(Reason.UNREAD_QUALIFIER, f"'{hit[0]}' is not read")
        fronted = self.fronted(s)
        loose = [d for d in self.dates(s) if clause[0] <= d.first < clause[1] and not first <= d.first < last]
        if any(d is not fronted for d in loose):
            return Left(Reason.AMBIGUOUS_PERIOD, "another time is named beside it")
        if any(place != territory for place in territories(self.scan, clause)):
            return Left(Reason.UNREAD_QUALIFIER, "it speaks of one territory")
        if word := next((self.scan.tokens[at].text for at in range(*clause) if self._elsewhere(at, territory)), ""):
            return Left(Reason.UNREAD_QUALIFIER, f"'{word}': it is held of {name_of(territory)}")
        if s.w(last) in {"and", ",", "&", "/", "or"} and s.w(last + 1) in _SITES:
            return Left(Reason.UNREAD_QUALIFIER, f"'{self.scan.tokens[last + 1].text}' is not read")
        return None

    def _elsewhere(self, at: int, territory: str) -> bool:
        """Whether a token outside the names says another territory than the one a figure is held of, or a people."""
        token = self.scan.tokens[at]
        named = self.scan.identifiers.get(at) is not None or any(one.first <= at < one.last for one in self._mentions)
        if named or token.word in {"english", *_OWN.get(territory, ())}:
            return False
        if token.word in _EVERYWHERE:
            return territory != WORLDWIDE
        if not token.is_capital:
            return False
        people = token.word.endswith(_PEOPLES) and len(token.word) > 3
        return people or self.territory(at) not in (None, territory)

    def dates(self, s: Sentence) -> Sequence[Dated]:
        return self.scan.dates_in[self.scan.sentences.index(s.sentence)]

    def fronted(self, s: Sentence) -> Dated | None:
        """The day a sentence begins with: `On 23 March 2022, …`, `In the week to 30 April, …`."""
        dated = next(iter(self.dates(s)), None)
        if dated is None or dated.begins is None or s.w(dated.last) != ",":
            return None
        return dated if all(s.w(at) in _FRONT for at in range(s.sentence[0], dated.first)) else None

    def launch(self) -> date | None:
        """The day from which what the text speaks of was there, when it is one."""
        return self.held.launch({subject for refs in self.scan.refs for ref in refs for subject in ref.subjects})


def _end(places: Sequence[int], n: int, words: str) -> int:
    return places[n] if n < len(places) else len(words)
