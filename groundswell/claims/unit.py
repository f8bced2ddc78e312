"""How each kind of quantity is written: the table that is both read and said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from groundswell.core.audience import AVERAGE, COVIEWING, MINUTES, STREAMS, VIEWERS


@dataclass(frozen=True)
class Unit:
    """How a kind of quantity is written: words before the number, after it, and words its quote may hold besides.

    `spelled` numbers up to nine are said as words. The first of `before` and `after` is what is said.
    """

    before: tuple[str, ...] = ("",)
    after: tuple[str, ...] = ("",)
    besides: frozenset[str] = frozenset()
    spelled: bool = False
    ordinal: bool = False
    at_top: bool = False
    """Whether `No. 1` in the quote names the top of the chart rather than a number."""
    percent: bool = False
    measures: Mapping[str, str] = field(default_factory=dict)
    """Words after the number → the measure it is of, where the kind has several; of a level, its unit; FOLD of a multiple."""
    position: bool = False
    """Whether it is a place in an order: `most hours`, `second most hours`; it has no hedge."""
    scoped: bool = False
    """Whether the words must say since when: `since 28 June 2021`."""
    named: bool = False
    """Whether it is no number but a name, that of a status (`certified fresh`) or of a list one is on."""
    quotient: bool = False
    """Whether it is one figure over another: rounded by nature."""
    windowed: bool = False
    """Whether the words may also say its window, that it is preliminary and that it is global, and the unit may stand before
    the number: `preliminary global Live+1 average-minute audience of 33 million`."""


_PLACE = frozenset("in on at of the a its chart charts list lists ranking global global's top-ten".split())
UNITS: dict[str, Unit] = {
    "hours_viewed": Unit(
        after=("hours", "hours viewed", "hours of viewing", "hour"), besides=frozenset("for with to viewed".split())
    ),
    "views": Unit(after=("views", "view"), besides=frozenset("with to".split())),
    "interactions": Unit(after=("interactions", "interaction"), besides=frozenset("with to drew had".split())),
    "rank": Unit(
        before=("No. ", "#", "number ", "No "),
        after=("", "place", "spot"),
        besides=_PLACE | frozenset("peaked reached".split()),
    ),
    "weeks_on_chart": Unit(
        after=("weeks", "week"), besides=_PLACE | frozenset("spent for after ran".split()), spelled=True, ordinal=True
    ),
    "reach": Unit(
        after=("countries", "territories", "country", "territory", "countries and territories"),
        besides=_PLACE | frozenset({"reached"}),
    ),
}
_CONSECUTIVE = (
    "consecutive weeks",
    "weeks in a row",
    "straight weeks",
    "consecutive week",
    "week in a row",
    "straight week",
)
_HOURS = dict.fromkeys(UNITS["hours_viewed"].after, "hours_viewed")
UNITS |= {
    "debut_rank": replace(
        UNITS["rank"], besides=_PLACE | frozenset("debut debuts debuted entered opened new entry".split())
    ),
    "streak": replace(UNITS["weeks_on_chart"], after=_CONSECUTIVE),
    "streak_at_top": replace(
        UNITS["weeks_on_chart"],
        after=_CONSECUTIVE,
        besides=UNITS["weeks_on_chart"].besides | frozenset("the-top top atop topped led remained".split()),
        at_top=True,
    ),
    "reach_at_top": replace(
        UNITS["reach"], besides=UNITS["reach"].besides | frozenset("the-top top atop topped led".split()), at_top=True
    ),
    "total": Unit(
        after=(*UNITS["hours_viewed"].after, *UNITS["views"].after),
        besides=UNITS["hours_viewed"].besides | frozenset("in all total altogether".split()),
        measures={**_HOURS, **dict.fromkeys(UNITS["views"].after, "views")},
    ),
    "change": Unit(
        before=("up ", "rose ", "grew ", "gained ", "increased ", "climbed ", "jumped ", "+"), after=("",), percent=True
    ),
}
MOST = {
    "most hours": "hours_viewed",
    "most hours viewed": "hours_viewed",
    "most views": "views",
    "most-viewed": "views",
    "most viewed": "views",
    "most-watched": "",
    "most watched": "",
}
_OF_A_LIST = _PLACE | frozenset("had drew with for title week weekly".split())
UNITS |= {
    "comparison": Unit(
        after=(
            "more hours",
            "more views",
            "hours more",
            "views more",
            "fewer hours",
            "fewer views",
            "hours fewer",
            "views fewer",
        ),
        besides=frozenset("with had drew viewed than".split()),
        measures={
            f"{a} {b}": measure
            for word, measure in (("hours", "hours_viewed"), ("views", "views"))
            for side in ("more", "fewer")
            for a, b in ((side, word), (word, side))
        },
    ),
    "multiple": Unit(
        after=("times as many hours", "times as many views", "times the hours", "times the views"),
        besides=frozenset("with had drew".split()),
        measures={
            f"times {as_many} {word}": measure
            for word, measure in (("hours", "hours_viewed"), ("views", "views"))
            for as_many in ("as many", "the")
        },
        quotient=True,
    ),
    "superlative": Unit(after=tuple(MOST), besides=_OF_A_LIST, measures=MOST, position=True),
    "record": Unit(after=tuple(MOST), besides=_OF_A_LIST, measures=MOST, position=True, scoped=True),
}
COUNTED = {
    "followers": "follower",
    "hours": "hour",
    "subscribers": "subscriber",
    "fans": "fan",
    "views": "view",
    "reviews": "review",
    "reviews by top critics": "review by top critics",
    "copies": "copy",
}
_ROSE = UNITS["change"].before
FOLD = "fold"
UNITS["growth"] = Unit(
    before=(*(f"{rose}{by}" for rose in (*_ROSE[:-1], "risen ", "soared ", "surged ") for by in ("", "by ", "+")), "+"),
    after=("fold", "times as many", "times as much", "times", "×"),
    percent=True,
    measures=dict.fromkeys(("fold", "times", "×"), FOLD),
)
_SCORES = {"critics": ("critics'", "critics", "critic"), "audiences": ("audience",)}
_LEVELS = {
    **{word: unit for unit, one in COUNTED.items() for word in (unit, one)},
    **dict.fromkeys(("hours viewed", "hours of viewing"), "hours"),
    **dict.fromkeys(("points", "point", "index points"), "points"),
    **dict.fromkeys(("Mbps", "Mbit/s"), "Mbps"),
    **dict.fromkeys(("critic reviews", "critics' reviews", "critic review"), "reviews"),
    "%": "per cent",
    "% of top critics": "per cent of top critics",
    **{
        words: f"per cent of {of}"
        for of, whose in _SCORES.items()
        for words in (f"% of {of}", *(f"% {one} {score}" for one in whose for score in ("rating", "score")))
    },
    **{
        f"%{score} on {where}": "per cent of critics"
        for where in ("Rotten Tomatoes", "the Tomatometer")
        for score in ("", " rating", " score")
    },
}
UNITS |= {
    "level": Unit(
        after=tuple(_LEVELS),
        besides=frozenset("amassed reached has had have with to at a an the rating score".split()),
        measures=_LEVELS,
    ),
    "status": Unit(named=True),
    "listed": Unit(
        named=True,
        besides=_PLACE
        | frozenset("an for featured appeared appears was is made hit best seller sellers selling bestselling".split())
        | frozenset("bestseller bestsellers".split()),
    ),
}
SHORT = {"nyt": "new-york-times", "ya": "young-adult"}
"""What the names of lists are shortened to."""
_AVERAGES = (AVERAGE, "average minute audience", "AMA")
_AUDIENCES = {
    **dict.fromkeys(_AVERAGES, AVERAGE),
    **dict.fromkeys((f"{words} {COVIEWING}" for words in _AVERAGES), f"{AVERAGE} {COVIEWING}"),
    **dict.fromkeys((VIEWERS, "viewer"), VIEWERS),
    **dict.fromkeys((STREAMS, "concurrent stream"), STREAMS),
    **dict.fromkeys((MINUTES, "minute per viewer"), MINUTES),
}
UNITS["audience"] = Unit(
    after=tuple(_AUDIENCES),
    besides=frozenset("a an the its of at for with reach reached peak peaked mean time".split()),
    measures=_AUDIENCES,
    windowed=True,
)
_FELL = ("fell ", "dropped ", "declined ", "slid ", "decreased ")
FALLING = ("down ", *(f"{fell}{by}" for fell in _FELL for by in ("", "by ")))
ONE_OF = {
    **COUNTED,
    "points": "point",
    "consecutive weeks": "consecutive week",
    "countries": "country",
    "hours": "hour",
    "interactions": "interaction",
    VIEWERS: "viewer",
    STREAMS: "concurrent stream",
    MINUTES: "minute per viewer",
    "weeks": "week",
}
