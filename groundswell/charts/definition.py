"""What a chart is: plain, frozen data. Built-in charts are listed here; a desk adds its own in TOML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

import msgspec

from groundswell.catalog import Kind
from groundswell.core.errors import InputError, UsageError, nearest
from groundswell.core.fields import in_words
from groundswell.core.period import MONTH
from groundswell.core.quantity import half_up
from groundswell.measures.netflix import MOST_POPULAR, NETFLIX, Method
from groundswell.measures.speed import ISP_PROFILES, NO_DIFFERENCE
from groundswell.measures.viewing import VIEWING


@dataclass(frozen=True)
class Chart:
    """A ranked list over a calendar.

    `since` is the last day of the producer's first issue, where known. `merges` makes it a computed chart: the titles
    of these lists ranked together by the measure the method in force ranks by; equal values share a rank (1, 2, 2, 4).
    `not_published` are last days of issues the producer never published: no gaps.
    """

    id: str
    title: str
    kind: Kind = Kind.ANY
    since: date | None = None
    depth: int | None = None
    by_territory: bool = False
    methods: tuple[Method, ...] = ()
    merges: tuple[str, ...] = ()
    not_published: frozenset[date] = frozenset()
    how: str = ""
    all_time: bool = False
    """Whether its figures are of more than its periods."""
    apart: tuple[str, ...] = ()
    """Figures that people read in a table of their own below the list."""
    no_difference: Decimal | None = None
    """The change of what it is ranked by below which two issues show no meaningful difference, where its producer says so."""


_SINCE = NETFLIX[0].since
_HOW = (
    "Netflix's weekly list, Monday to Sunday, published on Tuesday. Seasons count separately. Ranked by hours viewed "
    "to the week ending 11 June 2023, since then by views (hours viewed ÷ runtime)."
)
_GLOBAL = tuple(
    Chart(
        f"netflix.global.{kind}_{language}",
        f"Netflix Top 10, {'Films' if kind == 'films' else 'TV'} ({language.replace('_', '-').title()})",
        Kind(kind),
        since=_SINCE,
        depth=10,
        methods=NETFLIX,
        how=_HOW,
    )
    for kind in ("tv", "films")
    for language in ("english", "non_english")
)
_COUNTRY = tuple(
    Chart(
        f"netflix.country.{kind}",
        f"Netflix Top 10 by country, {'Films' if kind == 'films' else 'TV'}",
        Kind(kind),
        since=_SINCE,
        depth=10,
        by_territory=True,
        methods=NETFLIX,
        how="Netflix's weekly list of one country or territory, Monday to Sunday; ranks only.",
    )
    for kind in ("tv", "films")
)
_MOST_POPULAR = tuple(
    Chart(
        f"netflix.most_popular.{kind}_{language}",
        f"Netflix Most Popular, {'Films' if kind == 'films' else 'TV'} ({language.replace('_', '-').title()})",
        Kind(kind),
        since=MOST_POPULAR[0].since,
        depth=10,
        methods=MOST_POPULAR,
        how="Netflix's all-time list as it stood after a week: what each title had in its first 91 days, ranked by views; until "
        "20 June 2023 in its first 28, ranked by hours. The figures are not of the week, so they are not added up.",
        all_time=True,
    )
    for kind in ("tv", "films")
    for language in ("english", "non_english")
)
_OVERALL = Chart(
    "netflix.global.overall",
    "Netflix Top 10, all four global lists together",
    Kind.ANY,
    since=_SINCE,
    depth=10,
    methods=NETFLIX,
    merges=tuple(chart.id for chart in _GLOBAL),
    how="Computed: the titles of Netflix's four global lists ranked together, by hours viewed to the week ending "
    "11 June 2023, by views after. Ten ranks, since the eleventh of one list could stand above the tenth of another. "
    "Equal figures share a rank.",
)
TRENDING_TV = Chart(
    "trending-tv",
    "Trending TV",
    Kind.ANY,
    depth=10,
    methods=(Method("groundswell-2026", date.min, "interactions", {}),),
    how="Reduced here from posts, likes and reposts: the programmes with most net interactions of a week, Monday to Sunday "
    "UTC, 36 hours after it ended; ties by distinct accounts, then subject id. At least 200 accounts; ten programmes at most.",
    apart=(
        *("interactions_variety_2022", "interactions_gross", "posts", "reposts", "likes", "top_share"),
        *("ambiguous_posts", "campaign"),
    ),
)
TRENDING_NOW = Chart(
    "trending-now",
    "Trending now",
    Kind.ANY,
    depth=10,
    methods=TRENDING_TV.methods,
    how="Counted when asked, from posts, likes and reposts: the programmes with most net interactions of the 24 hours "
    "to now, and velocity: the last hour divided by the mean of the hours before it. Not settled; no claim can be made from "
    "it. At least 30 accounts; ten programmes at most.",
)
ISP_SPEED = Chart(
    "isp.speed",
    "Netflix ISP Speed Index",
    Kind.ANY,
    since=ISP_PROFILES[0].since,
    methods=tuple(profile.method for profile in ISP_PROFILES),
    how="The internet providers of one country by the speed of Netflix's streams in a month, in Mbps. Equal speeds share a rank, "
    "and the next is skipped. A difference of less than 0.2 Mbps is no meaningful one.",
    no_difference=NO_DIFFERENCE,
)


def _best_sellers(since: date, *lists: str, monthly: bool = False) -> Iterator[Chart]:
    """Lists the Times makes, by their names; `since` is the day its API dates their first issue."""
    ends = since - timedelta(days=15)
    for name in lists:
        yield Chart(
            f"nyt.{name.lower().replace(' ', '-')}",
            f"New York Times Best Sellers, {name.removesuffix(' Monthly')}",
            since=MONTH.period_of(ends - timedelta(days=14)).last if monthly else ends,
            how=f"The Times's list of {'a month' if monthly else 'a week, Sunday to Saturday,'} of sales in the United States, "
            "dated the Sunday 15 days after their last Saturday. Its order is the editors' estimate; sales are not printed.",
        )


_NYT = (
    *_best_sellers(
        date(2008, 6, 8),
        *(
            "Hardcover Fiction",
            "Hardcover Nonfiction",
            "Trade Fiction Paperback",
            "Paperback Nonfiction",
            "Picture Books",
        ),
        "Series Books",
    ),
    *_best_sellers(date(2011, 2, 13), "Combined Print and E-Book Fiction", "Combined Print and E-Book Nonfiction"),
    *_best_sellers(date(2013, 4, 28), "Advice How-To and Miscellaneous"),
    *_best_sellers(date(2015, 8, 30), "Childrens Middle Grade Hardcover", "Young Adult Hardcover"),
    *_best_sellers(date(2013, 11, 3), "Business Books", monthly=True),
    *_best_sellers(date(2018, 3, 11), "Audio Fiction", "Audio Nonfiction", monthly=True),
    *_best_sellers(
        date(2019, 10, 13),
        *("Graphic Books and Manga", "Mass Market Monthly", "Middle Grade Paperback Monthly"),
        "Young Adult Paperback Monthly",
        monthly=True,
    ),
)
_VIEWED = (
    "Reduced here from viewing sessions, Monday to Sunday by the clocks of the desk's viewing zone. Seasons count separately. "
    "Ranked by hours viewed to the week ending 11 June 2023, since then by views (hours viewed ÷ runtime); ties by unrounded "
    "values, then hours, then viewers. At least 50 viewers of two minutes; ten titles at most."
)
VIEWING_GLOBAL = tuple(
    Chart(
        f"viewing.global.{kind}_{language}",
        f"Top 10 by viewing, {'Films' if kind == 'films' else 'TV'} ({language.replace('_', '-').title()})",
        Kind(kind),
        depth=10,
        methods=VIEWING,
        how=_VIEWED,
    )
    for kind in ("tv", "films")
    for language in ("english", "non_english")
)
VIEWING_COUNTRY = tuple(
    Chart(
        f"viewing.country.{kind}",
        f"Top 10 by viewing by country, {'Films' if kind == 'films' else 'TV'}",
        Kind(kind),
        depth=10,
        by_territory=True,
        methods=VIEWING,
        how=_VIEWED,
    )
    for kind in ("tv", "films")
)
BUILT_IN: tuple[Chart, ...] = (
    *_GLOBAL,
    _OVERALL,
    *_COUNTRY,
    *_MOST_POPULAR,
    *_NYT,
    TRENDING_TV,
    TRENDING_NOW,
    ISP_SPEED,
    *VIEWING_GLOBAL,
    *VIEWING_COUNTRY,
)


_HEADINGS = {
    "interactions_variety_2022": "net, variety-2022",
    "interactions_gross": "gross",
    "unique_actors": "accounts",
    "top_share": "% by top 1%",
    "mbps": "Mbps",
    "completion": "% completed",
}


_MARKS = ("asterisk", "dagger")
"""Figures that are a mark or none."""
_SHOWN_TO = {"views": Decimal(1), "hours_viewed": Decimal(1), "completion": Decimal("0.1")}
"""What figures that are kept unrounded are rounded to where people read them."""


def heading(measure: str) -> str:
    """What a figure's column is called where people read it."""
    return _HEADINGS.get(measure, measure.replace("_", " "))


def as_shown(measure: str, value: int | Decimal) -> int | Decimal:
    """A figure as people read it: one that is kept unrounded is rounded, once, and here."""
    step = _SHOWN_TO.get(measure)
    return half_up(value, step) if step is not None and isinstance(value, Decimal) else value


def figure_text(measure: str, value: int | Decimal | None) -> str:
    """A figure where people read it; nothing for one that is not held."""
    if value is None or (measure in _MARKS and not value):
        return ""
    value = as_shown(measure, value)
    return f"{value:,.1f}" if measure == "top_share" else f"{value:,}"


class Charts:
    """The charts one desk knows: the built-in ones, its own, and any list that was loaded."""

    def __init__(self, own: tuple[Chart, ...] = ()) -> None:
        self._known = {chart.id: chart for chart in (*BUILT_IN, *own)}

    def get(self, chart_id: str) -> Chart:
        """The chart's definition; a list merely loaded has a plain one."""
        return self._known.get(chart_id) or Chart(chart_id, chart_id)

    def check(self, chart_id: str, loaded: list[str]) -> Chart:
        """The definition of a chart that is defined or loaded; `UsageError` names the nearest otherwise."""
        if chart_id not in self._known and chart_id not in loaded:
            raise UsageError(f"no chart '{chart_id}'; {nearest(chart_id, sorted({*self._known, *loaded}))}")
        return self.get(chart_id)

    def computed(self) -> list[Chart]:
        """The charts that are ranked here rather than carried."""
        return [chart for chart in self._known.values() if chart.merges]

    def ids(self) -> list[str]:
        """The ids of all defined charts, in the order of definition."""
        return list(self._known)


class _Toml(msgspec.Struct, forbid_unknown_fields=True):
    title: str
    ranked_by: str | None = None
    merges: tuple[str, ...] = ()
    kind: Kind = Kind.ANY
    depth: Annotated[int, msgspec.Meta(ge=1)] | None = None
    since: date | None = None
    not_published: tuple[date, ...] = ()
    how: str = ""


def read_chart(name: str, data: bytes, where: str) -> Chart:
    """What a `charts/NAME.toml` defines: with `merges` the computed chart `desk.NAME`, else the loaded list `NAME`.

    `ranked_by` is the measure the titles are ranked by: here for a computed chart, by its producer for a loaded one.
    """
    try:
        toml = msgspec.toml.decode(data, type=_Toml)
    except msgspec.MsgspecError as error:
        raise InputError(f"{where}: {in_words(error, _Toml)}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: {error}") from None
    if toml.merges and not toml.ranked_by:
        raise InputError(
            f"{where}: a computed chart states ranked_by with merges: the measure its titles are ranked by"
        )
    methods = (Method(f"desk-{name}", date.min, toml.ranked_by, {}),) if toml.ranked_by else ()
    return Chart(
        f"desk.{name}" if toml.merges else name,
        toml.title,
        toml.kind,
        since=toml.since,
        depth=toml.depth,
        methods=methods,
        merges=toml.merges,
        not_published=frozenset(toml.not_published),
        how=toml.how,
    )
