"""Numbers in words: what is read is what is said, what each wording allows, and what is refused unread."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.claims import Stated, read, say
from groundswell.claims.quantity import HEDGES, hedge_before, names_list
from groundswell.claims.unit import SHORT, UNITS
from groundswell.core.audience import PRELIMINARY, STREAMS, WINDOWS
from groundswell.core.errors import InputError
from tests.claims.claim_oracle import HEDGES as HEDGES_IN_METHODS

KINDS = tuple(UNITS)


@st.composite
def stated(draw: st.DrawFn) -> Stated:
    """Any number a text could state: a value on the steps of its last digit, hedged in any way."""
    step = Decimal(1).scaleb(draw(st.integers(-9, 9)))
    value = draw(st.integers(0, int((Decimal(10**15) - 1) // step)) | st.integers(0, 1000)) * step
    kind = draw(st.sampled_from(KINDS))
    unit = UNITS[kind]
    measure = draw(st.sampled_from(sorted(set(unit.measures.values())))) if unit.measures else ""
    if kind == "growth" and draw(st.booleans()):
        return Stated(kind, (value - 1) * 100, step * 100, draw(st.integers(0, len(HEDGES) - 1)), measure=measure)
    if kind == "growth":
        measure = ""
    if unit.percent or kind == "comparison":
        value *= draw(st.sampled_from((1, -1)))
    if unit.windowed:
        window = draw(st.sampled_from(("", *(f"{window} " for window in WINDOWS if measure != STREAMS))))
        measure = draw(st.sampled_from(("", f"{PRELIMINARY} "))) + window + measure
    if unit.named:
        word = st.from_regex("[a-z0-9]+", fullmatch=True).filter(lambda word: word not in {*unit.besides, *SHORT})
        name = "-".join(draw(st.lists(word, min_size=1, max_size=4)))
        return Stated(kind, Decimal(1), Decimal(1), 0, measure=name)
    if unit.position:
        since = draw(st.dates(date(1000, 1, 1), date(9999, 12, 31))) if unit.scoped else None
        return Stated(kind, Decimal(draw(st.integers(1, 10**6))), Decimal(1), 0, measure=measure, since=since)
    return Stated(kind, value, step, draw(st.integers(0, len(HEDGES) - 1)), measure=measure)


@given(stated())
def test_what_is_said_is_read_back(quantity: Stated) -> None:
    assert read(say(quantity), quantity.kind) == quantity


def _is_counted(quantity: Stated) -> bool:
    unit = UNITS[quantity.kind]
    return not (unit.percent or unit.position or unit.named)


@given(stated().filter(_is_counted), st.data())
def test_every_other_wording_means_the_same(quantity: Stated, data: st.DataObject) -> None:
    """Any words of the hedge, before or after the words before the number, and any unit."""
    unit = UNITS[quantity.kind]
    bare = say(Stated("views", abs(quantity.value), quantity.step, 0)).removesuffix(" views").removesuffix(" view")
    hedge = data.draw(st.sampled_from(HEDGES[quantity.hedge].words))
    before = data.draw(st.sampled_from(unit.before))
    after = data.draw(st.sampled_from([words for words in unit.after if words or before]))
    if unit.windowed:
        frame = quantity.measure.removesuffix(next(m for m in unit.measures.values() if quantity.measure.endswith(m)))
        of = unit.measures[after]
        quantity = replace(quantity, measure=(frame.replace("Live ", "") if of == STREAMS else frame) + of)
        after = frame + after
    elif unit.measures:
        quantity = replace(quantity, measure=unit.measures[after])
    if quantity.kind == "comparison":
        quantity = replace(quantity, value=abs(quantity.value) * (-1 if "fewer" in after else 1))
    words = [f"{hedge} {before}{bare} {after}", f"{before} {hedge} {bare} {after}"]
    assert read(data.draw(st.sampled_from(words)).upper(), quantity.kind) == quantity


def test_streams_are_live_whether_it_is_said_or_not() -> None:
    for words in ("concurrent streams", "preliminary concurrent streams"):
        live = words.replace("concurrent", "Live concurrent")
        assert read(f"12 {live}", "audience") == read(f"12 {words}", "audience")


@pytest.mark.parametrize(
    ("words", "value", "measure"),
    [
        ("33 million Live+1 average-minute audience", 33_000_000, "Live+1 average-minute audience"),
        ("33 million average-minute audience, Live+1", 33_000_000, "Live+1 average-minute audience"),
        ("33 million average minute audience (Live + 1)", 33_000_000, "Live+1 average-minute audience"),
        ("a global Live+1 average-minute audience of 33M", 33_000_000, "Live+1 average-minute audience"),
        ("AMA of more than 33 million viewers (live-only)", 33_000_000, "Live average-minute audience"),
        ("33 million average-minute audience", 33_000_000, "average-minute audience"),
        ("49.5 million Live+1 AMA with co-viewing", 49_500_000, "Live+1 average-minute audience with co-viewing"),
        ("36.6 million global live+sd average-minute audience", 36_600_000, "Live+SD average-minute audience"),
        (
            "preliminary Live+7 average-minute audience of 40 million",
            40_000_000,
            "preliminary Live+7 average-minute audience",
        ),
        ("Live average-minute audience was 30.3 million", 30_300_000, "Live average-minute audience"),
        ("reach of 41 million viewers", 41_000_000, "viewers"),
        ("reached 41 million Live+1 viewers", 41_000_000, "Live+1 viewers"),
        ("peaked at 24 million concurrent streams", 24_000_000, "concurrent streams"),
        ("a peak of 24 million live concurrent streams", 24_000_000, "concurrent streams"),
        ("a mean time of 93 Live minutes per viewer", 93, "Live minutes per viewer"),
    ],
)
def test_an_audience_with_its_window(words: str, value: int, measure: str) -> None:
    quantity = read(words, "audience")
    assert (int(quantity.value), quantity.measure) == (value, measure)
    assert read(say(quantity), "audience") == quantity


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "33 million Live+3 average-minute audience",
            "'Live\\+3' is no window; known: Live, Live\\+SD, Live\\+1, Live\\+7",
        ),
        ("33 million Live+1 and Live+7 average-minute audience", "states several windows"),
        ("33 million Live+1", "does not say of what"),
        ("watched by 33 million viewers", "'watched' is not read"),
        ("33 million households", "'households' is not read"),
        ("33 million US average-minute audience", "'US' is not read"),
        ("33 million streams", "'streams' is not read"),
    ],
)
def test_what_is_no_audience(words: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(words, "audience")


@pytest.mark.parametrize(
    ("words", "kind", "value", "measure", "since"),
    [
        ("most hours", "superlative", 1, "hours_viewed", None),
        ("Most Watched", "superlative", 1, "", None),
        ("the second most-viewed title of the week", "superlative", 2, "views", None),
        ("second-most hours", "superlative", 2, "hours_viewed", None),
        ("22nd most views", "superlative", 22, "views", None),
        ("most hours in a week since 28 June 2021", "record", 1, "hours_viewed", date(2021, 6, 28)),
        ("MOST HOURS SINCE 28 JUNE 2021", "record", 1, "hours_viewed", date(2021, 6, 28)),
        ("third most-watched since 2021-06-28", "record", 3, "", date(2021, 6, 28)),
    ],
)
def test_a_place_in_an_order(words: str, kind: str, value: int, measure: str, since: date | None) -> None:
    quantity = read(words, kind)
    assert (int(quantity.value), int(quantity.step), quantity.hedge) == (value, 1, 0)
    assert (quantity.measure, quantity.since) == (measure, since)


@pytest.mark.parametrize(
    ("words", "kind", "why"),
    [
        ("at least second most hours", "superlative", "is not hedged"),
        ("nearly most hours", "superlative", "is not hedged"),
        ("three most hours", "superlative", "is no place in an order"),
        ("0th most hours", "superlative", "is no place in an order"),
        ("most hours ever", "superlative", "'ever' is not read"),
        ("most hours since 28 June 2021", "superlative", "states several numbers"),
        ("most", "superlative", "'most' is not read"),
        ("second", "superlative", "does not say of what"),
        ("most hours", "record", "does not say since when"),
        ("most hours since June 2021", "record", "does not say since when"),
        ("most hours since 31 June 2021", "record", "is no day"),
        ("most hours since 28 Jumada 2021", "record", "is no day"),
        ("most hours outside Asia since 28 June 2021", "record", "'outside' is not read"),
        ("4.5 million hours", "comparison", "'hours' is not read"),
    ],
)
def test_what_is_no_place_in_an_order_or_comparison(words: str, kind: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(words, kind)


@pytest.mark.parametrize(
    ("words", "kind", "value", "low", "high"),
    [
        ("54 countries", "reach", 54, 54, 54),
        ("1 country", "reach", 1, 1, 1),
        ("fifty-four territories", "reach", 54, 54, 54),
        ("ninety-nine countries and territories", "reach", 99, 99, 99),
        ("twelve countries", "reach", 12, 12, 12),
        ("zero countries", "reach", 0, 0, 0),
        ("reached the Top 10 in 54 countries", "reach", 54, 54, 54),
        ("14,550,000 hours", "hours_viewed", 14_550_000, 14_550_000, 14_550_000),
        ("14550000 hours viewed", "hours_viewed", 14_550_000, 14_550_000, 14_550_000),
        ("23.94 million hours", "hours_viewed", 23_940_000, 23_935_000, 23_945_000),
        ("23.9M hours", "hours_viewed", 23_900_000, 23_850_000, 23_950_000),
        ("24m hours of viewing", "hours_viewed", 24_000_000, 23_500_000, 24_500_000),
        ("24-million hours", "hours_viewed", 24_000_000, 23_500_000, 24_500_000),
        ("1.2 billion hours", "hours_viewed", 1_200_000_000, 1_150_000_000, 1_250_000_000),
        ("1.2bn hours", "hours_viewed", 1_200_000_000, 1_150_000_000, 1_250_000_000),
        ("1.2B hours", "hours_viewed", 1_200_000_000, 1_150_000_000, 1_250_000_000),
        ("250K hours", "hours_viewed", 250_000, 249_500, 250_500),
        ("1 hour", "hours_viewed", 1, 1, 1),
        ("11.0 million views", "views", 11_000_000, 10_950_000, 11_050_000),
        ("eleven million views", "views", 11_000_000, 10_500_000, 11_500_000),
        ("debuted at No. 7", "debut_rank", 7, 7, 7),
        ("three consecutive weeks", "streak", 3, 3, 3),
        ("third straight week on the list", "streak", 3, 3, 3),
        ("10th consecutive week at No. 1", "streak_at_top", 10, 10, 10),
        ("atop the chart for four weeks in a row", "streak_at_top", 4, 4, 4),
        ("No. 1 in 3 countries", "reach_at_top", 3, 3, 3),
        ("53.46 million hours", "total", 53_460_000, 53_455_000, 53_465_000),
        ("140 million views in all", "total", 140_000_000, 139_500_000, 140_500_000),
        ("up 65%", "change", 65, Decimal("64.5"), Decimal("65.5")),
        ("rose 65 per cent", "change", 65, Decimal("64.5"), Decimal("65.5")),
        ("fell 39%", "change", -39, Decimal("-39.5"), Decimal("-38.5")),
        ("down nearly 40%", "change", -40, -40, -36),
        ("peaked at No. 5", "rank", 5, 5, 5),
        ("#5", "rank", 5, 5, 5),
        ("number 5", "rank", 5, 5, 5),
        ("number five", "rank", 5, 5, 5),
        ("fifth place", "rank", 5, 5, 5),
        ("5th place", "rank", 5, 5, 5),
        ("the twentieth spot", "rank", 20, 20, 20),
        ("reached number 1 in the Top 10", "rank", 1, 1, 1),
        ("three weeks in the Top 10", "weeks_on_chart", 3, 3, 3),
        ("second week on the list", "weeks_on_chart", 2, 2, 2),
        ("in its 11th week", "weeks_on_chart", 11, 11, 11),
        ("more than 23.94 million hours", "hours_viewed", 23_940_000, 23_940_000, None),
        ("at least three weeks", "weeks_on_chart", 3, 3, None),
        ("fewer than 54 countries", "reach", 54, None, 54),
        ("no more than 54 countries", "reach", 54, None, 54),
        ("about 50 countries", "reach", 50, 45, 55),
        ("just over 50 countries", "reach", 50, 50, 55),
        ("nearly 50 countries", "reach", 50, 45, 50),
        ("about No. 5", "rank", 5, Decimal("4.5"), Decimal("5.5")),
        ("No. about 5", "rank", 5, Decimal("4.5"), Decimal("5.5")),
        ("no 5", "rank", 5, 5, 5),
        ("٥٤ countries", "reach", 54, 54, 54),
    ],
)
def test_wordings(words: str, kind: str, value: Decimal, low: Decimal | None, high: Decimal | None) -> None:
    quantity = read(words, kind)
    allowed = quantity.allows()
    assert (quantity.value, allowed.low, allowed.high) == (value, low, high)
    assert quantity.as_json()["as"] == words


@pytest.mark.parametrize(
    ("words", "unit", "value", "low", "high"),
    [
        ("3.4M followers", "followers", 3_400_000, 3_350_000, 3_450_000),
        ("1 follower", "followers", 1, 1, 1),
        ("just over 100K followers", "followers", 100_000, 100_000, 110_000),
        ("12,345 subscribers", "subscribers", 12_345, 12_345, 12_345),
        ("nearly two million fans", "fans", 2_000_000, 1_800_000, 2_000_000),
        ("over 4.3B views", "views", 4_300_000_000, 4_300_000_000, None),
        ("amassed over 4.3 billion views", "views", 4_300_000_000, 4_300_000_000, None),
        ("3.0 Mbps", "Mbps", 3, Decimal("2.95"), Decimal("3.05")),
        ("3 Mbps", "Mbps", 3, Decimal("2.5"), Decimal("3.5")),
        ("3.71 Mbit/s", "Mbps", Decimal("3.71"), Decimal("3.705"), Decimal("3.715")),
        ("about 3 Mbps", "Mbps", 3, Decimal("2.7"), Decimal("3.3")),
        ("71.5 index points", "points", Decimal("71.5"), Decimal("71.45"), Decimal("71.55")),
        ("one point", "points", 1, Decimal("0.5"), Decimal("1.5")),
        ("93%", "per cent", 93, Decimal("92.5"), Decimal("93.5")),
        ("a 93 per cent score", "per cent", 93, Decimal("92.5"), Decimal("93.5")),
        ("93 percent of critics", "per cent of critics", 93, Decimal("92.5"), Decimal("93.5")),
        ("100% critics' rating", "per cent of critics", 100, 100, 100),
        ("100% critics’ rating", "per cent of critics", 100, 100, 100),
        ("a 97% critic score", "per cent of critics", 97, Decimal("96.5"), Decimal("97.5")),
        ("97% Audience Score", "per cent of audiences", 97, Decimal("96.5"), Decimal("97.5")),
        ("at least 97% of audiences", "per cent of audiences", 97, 97, None),
        ("nearly 100%", "per cent", 100, 90, 100),
    ],
)
def test_levels(words: str, unit: str, value: Decimal, low: Decimal | None, high: Decimal | None) -> None:
    quantity = read(words, "level")
    allowed = quantity.allows()
    assert (quantity.measure, quantity.value, allowed.low, allowed.high) == (unit, value, low, high)
    assert quantity.as_json()["as"] == words


def test_a_count_may_be_cut_off_and_a_measurement_not() -> None:
    cut = read("3.4M followers", "level").cut()
    assert cut is not None
    assert cut.holds(Decimal(3_499_999), Decimal(3_499_999))
    assert [read(words, "level").cut() for words in ("3.7 Mbps", "93.5%", "71.5 points")] == [None] * 3


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Certified Fresh", "certified-fresh"),
        ("“certified-fresh”", "certified-fresh"),
        ("renewed for a second season", "renewed-for-a-second-season"),
        ("not certified fresh", "not-certified-fresh"),
        ("über-fresh", "uber-fresh"),
    ],
)
def test_a_status_is_its_name_and_every_word_is_of_the_name(words: str, name: str) -> None:
    quantity = read(words, "status")
    assert (quantity.measure, int(quantity.value), quantity.hedge) == (name, 1, 0)
    assert quantity.cut() is None
    assert quantity.as_json() == {"as": words, "value": 1, "low": 1, "high": 1, "relation": "equal"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("on the New York Times bestseller list", "new-york-times"),
        ("featured on the New York Times best-seller list", "new-york-times"),
        ("a New York Times bestseller", "new-york-times"),
        ("on the NYT’s YA Hardcover list", "new-york-times-young-adult-hardcover"),
        ("entered Netflix's Top 10", "entered-netflix-top-10"),
        ("not on the NYT list", "not-new-york-times"),
    ],
)
def test_to_be_on_a_list_is_its_name_and_every_other_word_stays(words: str, name: str) -> None:
    quantity = read(words, "listed")
    assert (quantity.measure, int(quantity.value), quantity.hedge) == (name, 1, 0)


@pytest.mark.parametrize(
    ("words", "title", "fits"),
    [
        ("on the New York Times list", "New York Times Best Sellers, Young Adult Hardcover", True),
        ("on the YA hardcover list", "New York Times Best Sellers, Young Adult Hardcover", True),
        (
            "on the Young Adult Hardcover list of the New York Times",
            "New York Times Best Sellers, Young Adult Hardcover",
            True,
        ),
        ("on the young adult list", "New York Times Best Sellers, Young Adult Hardcover", False),
        ("on the adult hardcover list", "New York Times Best Sellers, Young Adult Hardcover", False),
        ("on the hardcover fiction list", "New York Times Best Sellers, Young Adult Hardcover", False),
        ("off the New York Times list", "New York Times Best Sellers, Young Adult Hardcover", False),
        ("back on the New York Times list", "New York Times Best Sellers, Young Adult Hardcover", False),
        ("in the Netflix Top 10", "Netflix Top 10, TV (English)", True),
        ("on the Trending TV chart", "Variety Trending TV", False),
    ],
)
def test_the_name_of_a_list_is_whole_parts_of_its_title(words: str, title: str, fits: bool) -> None:
    assert names_list(read(words, "listed").measure, title) is fits


def test_numbers_in_words_to_ninety_nine_and_in_order_to_twenty() -> None:
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    ones = "one two three four five six seven eight nine".split()
    teens = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    words = ["zero", *ones, *teens]
    for ten in tens:
        words += [ten, *(f"{ten}-{one}" for one in ones)]
    assert [read(f"{word} countries", "reach").value for word in words] == list(range(100))
    teenths = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    firsts = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", *teenths]
    assert [read(f"{word} week", "weeks_on_chart").value for word in firsts] == list(range(1, 21))


@pytest.mark.parametrize(
    ("words", "kind", "why"),
    [
        ("only 54 countries", "reach", "'only' is not read"),
        ("54 countries ever", "reach", "'ever' is not read"),
        ("the first 54 countries", "reach", "several numbers"),
        ("nearly half of the countries", "reach", "no number"),
        ("nearly half of 54 countries", "reach", "'nearly' is not read"),
        ("almost nearly 54 countries", "reach", "'almost' is not read"),
        ("not more than 54 countries", "reach", "'not' is not read"),
        ("never No. 5", "rank", "'never' is not read"),
        ("three consecutive weeks", "weeks_on_chart", "'consecutive' is not read"),
        ("three straight weeks", "weeks_on_chart", "'straight' is not read"),
        ("three weeks running", "weeks_on_chart", "'running' is not read"),
        ("2 million of 54 countries", "reach", "several numbers"),
        ("between 50 and 54 countries", "reach", "several numbers"),
        ("50–54 countries", "reach", "several numbers"),
        ("50-54 countries", "reach", "is not read"),
        ("fifty four countries", "reach", "several numbers"),
        ("one hundred countries", "reach", "'hundred' is not read"),
        ("two and a half million hours", "hours_viewed", "is not read"),
        ("Top 10", "rank", "no number"),
        ("the Top Ten", "rank", "no number"),
        ("Top 10s", "weeks_on_chart", "no number"),
        ("54%", "reach", "no percentage"),
        ("54 % of countries", "reach", "is not read"),
        ("-54 countries", "reach", "no number"),
        ("$54 countries", "reach", "no number"),
        ("1.2.3 million hours", "hours_viewed", "no number"),
        ("12,34 hours", "hours_viewed", "'34' is not read"),
        ("1e6 hours", "hours_viewed", "no number"),
        ("54² countries", "reach", "no number"),
        ("24 million minutes", "hours_viewed", "'minutes' is not read"),
        ("24 million views", "hours_viewed", "'views' is not read"),
        ("24 million hours", "views", "'hours' is not read"),
        ("54 weeks", "reach", "'weeks' is not read"),
        ("54 countries", "weeks_on_chart", "'countries' is not read"),
        ("54 countries", "rank", "'countries' is not read"),
        ("54th countries", "reach", "counts in order"),
        ("fifth country", "reach", "counts in order"),
        ("24 million", "hours_viewed", "does not say of what"),
        ("54", "reach", "does not say of what"),
        ("5", "rank", "does not say of what"),
        ("three", "weeks_on_chart", "does not say of what"),
        ("1000000000000000 hours", "hours_viewed", "more digits than are read"),
        ("0.12345678901 countries", "reach", "more digits than are read"),
        ("", "reach", "no number"),
        ("3.4M", "level", "does not say of what; quote the number with its unit (followers"),
        ("3.4M weeks", "level", "'weeks' is not read"),
        ("3.4M new followers", "level", "'new' is not read"),
        ("3.4M followers on both", "level", "'on' is not read"),
        ("grew to 3.4M followers", "level", "'grew' is not read"),
        ("third follower", "level", "counts in order"),
        ("93% critics", "level", "'critics' is not read"),
        ("93% top critics' rating", "level", "'top' is not read"),
        ("3% followers", "level", "'followers' is not read"),
        ("from 100K to 3.4M followers", "level", "several numbers"),
        ("", "status", "is no name of a status"),
        ("…", "status", "is no name of a status"),
        ("fresh & certified", "status", "is no name of a status"),
        ("¬ fresh", "status", "is no name of a status"),
        ("on the list", "listed", "does not say which list"),
        ("on the best seller list", "listed", "does not say which list"),
        ("on the New York Times & other lists", "listed", "does not say which list"),
        ("54 countries", "nonsense", "no claim kind 'nonsense'; known: hours_viewed"),
    ],
)
def test_what_is_not_understood_is_refused(words: str, kind: str, why: str) -> None:
    with pytest.raises(InputError) as error:
        read(words, kind)
    assert why in str(error.value)


def test_rounding_edges() -> None:
    quantity = read("23.94 million hours", "hours_viewed")
    allowed, cut = quantity.allows(), quantity.cut()
    assert cut is not None
    rounded = {
        value: allowed.holds(Decimal(value), Decimal(value))
        for value in (23_934_999, 23_935_000, 23_944_999, 23_945_000)
    }
    assert rounded == {23_934_999: False, 23_935_000: True, 23_944_999: True, 23_945_000: False}
    cut_off = {
        value: cut.holds(Decimal(value), Decimal(value)) for value in (23_939_999, 23_940_000, 23_949_999, 23_950_000)
    }
    assert cut_off == {23_939_999: False, 23_940_000: True, 23_949_999: True, 23_950_000: False}


@pytest.mark.parametrize("words", ["54 countries", "14,550,000 hours", "more than 23.94 million hours"])
def test_exact_and_hedged_numbers_are_never_taken_as_cut_off(words: str) -> None:
    assert read(words, "reach" if "countries" in words else "hours_viewed").cut() is None


def test_the_hedges_are_those_of_the_methods() -> None:
    read_here = {words for hedge in HEDGES for words in hedge.words if words}
    assert read_here == set(HEDGES_IN_METHODS)


@pytest.mark.parametrize(
    ("before", "hedge"),
    [
        ("It reached more than ", "more than"),
        ("It reached ", ""),
        ("a clear over", "over"),
        ("moreover ", ""),
        ("", ""),
        ("It is not ", "not"),
        ("It isn't", "isn't"),
        ("It isn’t ", "isn’t"),
        ("which is No longer ", "No longer"),
        ("is not yet", "not yet"),
        ("has never ", "never"),
        ("knot ", ""),
        ("not only ", ""),
    ],
)
def test_a_hedge_that_stands_before_a_quote_is_seen(before: str, hedge: str) -> None:
    assert hedge_before(before) == hedge


@pytest.mark.parametrize(
    ("words", "value", "low", "high"),
    [
        ("up 1,700%", 1700, "1699.5", "1700.5"),
        ("+1,700%", 1700, "1699.5", "1700.5"),
        ("up +1700%", 1700, "1699.5", "1700.5"),
        ("rose by 1,700 per cent", 1700, "1699.5", "1700.5"),
        ("risen more than 1,700%", 1700, "1700", None),
        ("fell around 17%", -17, "-18.7", "-15.3"),
        ("down 17%", -17, "-17.5", "-16.5"),
        ("dropped by 17%", -17, "-17.5", "-16.5"),
        # 18 times as much is 1,700 per cent more, not 1,800
        ("18-fold", 1700, "1650", "1750"),
        ("up 18-fold", 1700, "1650", "1750"),
        ("18 times", 1700, "1650", "1750"),
        ("18×", 1700, "1650", "1750"),
        ("18.0 times as many", 1700, "1695", "1705"),
        ("about 18 times", 1700, "1520", "1880"),
        ("more than 18 times", 1700, "1700", None),
        ("nearly 18-fold", 1700, "1520", "1700"),
        ("three-fold", 200, "150", "250"),
        ("0.5 times", -50, "-55", "-45"),
    ],
)
def test_a_growth_is_in_per_cent_however_it_is_said(words: str, value: int, low: str, high: str | None) -> None:
    quantity = read(words, "growth")
    allowed = quantity.allows()
    assert quantity.value == value
    assert (allowed.low, allowed.high) == (Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1,700%", "does not say of what"),
        ("18 times more", "'more' is not read"),
        ("fell 18-fold", "a fall is stated in per cent"),
        ("up 18", "is stated in per cent"),
        ("18% times", "is stated in per cent"),
        ("18th-fold", "counts in order"),
    ],
)
def test_what_is_no_growth(words: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read(words, "growth")
