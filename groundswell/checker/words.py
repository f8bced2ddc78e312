"The closed word lists of the reading rules: plain data."

from decimal import Decimal
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS: Final[dict[str, int]] = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS: Final = _set("monday tuesday wednesday thursday friday saturday sunday")
ROMAN: Final[dict[str, int]] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
SEASON_WORDS: Final[dict[str, str]] = {
    "season": "s",
    "part": "p",
    "volume": "v",
    "vol": "v",
    "chapter": "c",
    "book": "b",
}
SMALL: Final = _set(
    "a an the and or of in on at to for from with by vs s as is de la el le les du des der die das und y e und del di "
    "da no but into like than it my your our"
)
COMMON_NAMES: Final = _set(
    "it she he you they we us me my what who how why when if will no yes two one home now next new old lost raw here "
    "there all more most some any few many after before while during since until once where beyond beneath inside "
    "outside along against above below into upon both each every another such that these those however meanwhile "
    "together later again never always about around across only even also still then thus hence first second third last "
    "other others and or but not so yet for on in at by with from to of as up down out over under off through day days "
    "night week weeks month year today tomorrow season seasons show series film movie streaming nobody somebody "
    "everybody enough worth players class crew fall heat war wild old worth max jack david summer winter sir don doc "
    "test deep fast faster security territory queen justice trust missing focus dream retro ghosts legends monsters "
    "sing glass clean go son love"
)
PLACES: Final = _set("japan rio jersey israel turkey christmas thanksgiving tehran madagascar ibiza budapest nuremberg")
"Titles that are places or days: names of titles in quotes alone."
GENERIC: Final = _set(
    "satire slasher fable parody mockumentary procedural dramedy blockbuster series show film movie drama comedy "
    "thriller romance sequel prequel documentary docuseries docudrama miniseries season title romcom anime feature "
    "spinoff western musical whodunit mystery horror newcomer biopic sitcom actioner epic caper programme program "
    "saga adaptation reboot entry instalment installment special k-drama telenovela"
)
TV_WORDS: Final = _set("tv series show shows television")
FILM_WORDS: Final = _set("film films movie movies")
TV_KINDS: Final = _set("series show docuseries miniseries season sitcom telenovela")
FILM_KINDS: Final = _set("film movie feature")
LIST_WORDS: Final = _set("list lists chart charts ranking rankings category side standings")
HOURS: Final = _set("hours hour")
VIEWS: Final = _set("views view")
COUNTRIES: Final = _set("countries territories markets nations country territory market nation")
AUDIENCE: Final = _set(
    "people viewers households accounts members subscribers streams streamers fans minutes homes users watchers "
    "admirers readers likes followers visitors plays"
)
"What is counted by others than the lists held: read, and undecidable."
RANK_VERBS: Final = _set(
    "was is were are ranked ranks finished finishes finish came comes in at placed places sat sits stayed stays landed "
    "debuted opened bowed premiered started remained ended charted took kept held claimed seized reached hit hits "
    "entered settled to entering debuting opening still coming made making finishing ranking placing sitting sit coming "
    "climbed rose fell dropped slipped moved jumped slid arrived and also , ( : – — being reclaimed regained retook recaptured "
    "earned grabbed nabbed snagged secured captured served"
)
TOP_VERBS: Final = _set(
    "topped tops topping led leads leading lead ruled rules ruling reigned headed heads heading dominated crowned"
)
DEBUT_WORDS: Final = _set(
    "debuted debuts debut debuting opened opens opening bowed bows bow premiered premieres premiere entered enters "
    "entry newcomer launched launches new entrant arrived arrives"
)
LAUNCHES: Final = _set(
    "launch launched launching release released releasing premiere premiered premiering debut debuted debuting arrival arrived "
    "arriving bow bowed opening opened began beginning"
)
ENTERING: Final = _set("debuted debuts debuting opened opens bowed bows premiered premieres entered enters")
TAINT: Final[dict[str, str]] = {
    **dict.fromkeys(
        "not never n't cannot nor without failed fails missed missing absent except excluding lacking "
        "barely neither none denied false untrue wrongly average averaged averages averaging".split(),
        "unread_qualifier",
    ),
    **dict.fromkeys(
        "could would should might will expects expected expect projected projects forecast forecasts predicts predicted "
        "hopes hoped aims if unless needs target goal likely possibly perhaps reportedly rumored rumoured estimated "
        "estimates estimate whether cannot until predict".split(),
        "unread_qualifier",
    ),
    **dict.fromkeys("says said claims claimed told tells analyst analysts".split(), "unread_qualifier"),
    **dict.fromkeys(
        "album soundtrack song songs audiobook audiobooks novel novels bestseller book books game games trailer "
        "trailers clip clips hashtag tiktok youtube instagram twitter spotify billboard nielsen luminate samba parrot "
        "flixpatrol imdb rotten metacritic cinemas cinema cinematic theaters theatres theatrical theatre box-office "
        "panel ratings rating rated cable broadcast podcast playlist luminate tudum-radio tourism museum copies shazam "
        "google disney hulu peacock paramount amazon apple hbo max itunes prime vinyl daily dvd toys merchandise gate "
        "critics awards nominations emmy oscar trophies".split(),
        "external",
    ),
    **dict.fromkeys("official officially".split(), "definition_differs"),
}
"Words that change what a clause claims, or make it a claim about something else → why it is not decided."
TAINTING: Final = (
    ("home", "market"),
    ("home", "country"),
    ("on", "track"),
    ("on", "pace"),
    ("short", "of"),
    ("set", "to"),
    ("as", "if"),
)
"""Words that do so together."""
HARMLESS: Final = (
    ("not", "far", "behind"),
    ("not", "done"),
    ("not", "only"),
    ("not", "just"),
    ("not", "slowing"),
    ("barely", "moved"),
    ("barely", "changed"),
    ("barely", "budged"),
    ("barely", "dipped"),
    ("said", "netflix"),
    ("netflix", "said"),
    ("netflix", "says"),
)
SCOPE: Final = _set("ever all-time history far date")
CONTRAST: Final = _set(
    "behind beating over than above below past against unlike outpacing edging displacing overtaking ousting besting "
    "following topping dethroning trailing leapfrogging passing surpassing replaced "
    "replacing succeeded succeeding dethroned toppled beat beats pipped edged overtook passed relegated relegating "
    "outdrew outpaced outran ousted unseated stripped robbed knocked bumped displaced"
)
INTRODUCES: Final = _set("with starring by from directed produced featuring")

MULTIPLYING: Final[dict[str, Decimal]] = {
    **dict.fromkeys(("doubled", "doubling", "doubles"), Decimal(2)),
    **dict.fromkeys(("tripled", "tripling", "triples", "trebled", "trebling", "trebles"), Decimal(3)),
    **dict.fromkeys(("quadrupled", "quadrupling", "quadruples"), Decimal(4)),
    **dict.fromkeys(("quintupled", "quintupling"), Decimal(5)),
    **dict.fromkeys(("halved", "halving", "halves"), Decimal("0.5")),
}
"""What a verb makes of the figure before."""

TIMES: Final[dict[str, Decimal]] = {
    **dict.fromkeys(("double", "twice"), Decimal(2)),
    **dict.fromkeys(("triple", "treble", "thrice"), Decimal(3)),
    "quadruple": Decimal(4),
}
"""The same of what is no verb."""
