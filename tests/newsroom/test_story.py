"""Story files: what is refused in one line, and the words of a text as its reader meets them."""

import re
import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.newsroom.prose import prose
from groundswell.newsroom.story import Story, read_story

FRONT = "title: A title\nsummary: A summary\nreleased: 2022-05-20\ncategory: News\n"
CLAIM = "claims:\n  - {says: 3 countries, kind: reach, subject: a, chart: b, period: [2022-05-01, 2022-05-08]}\n"


def read(folder: Path, front: str = FRONT, body: str = "Words.", name: str = "a-story.md") -> Story:
    """The story with that front matter and body."""
    path = folder / name
    path.write_bytes(f"---\n{front}---\n{body}".encode("utf-8", "surrogatepass"))
    return read_story(path)


def test_a_story_is_read(tmp_path: Path) -> None:
    story = read(
        tmp_path, FRONT + CLAIM + "embargo: 2022-05-20T15:00:00+01:00\n", "*Words* of [a kind](https://a.example)."
    )
    assert (story.slug, story.front.title, story.front.released) == ("a-story", "A title", date(2022, 5, 20))
    [binding] = story.front.claims
    assert binding.period == (date(2022, 5, 1), date(2022, 5, 8))
    assert story.front.embargo == datetime(2022, 5, 20, 14, tzinfo=UTC)
    texts = story.texts()
    assert list(texts)[:3] == ["title", "summary", "prose"]  # the order in which nth counts
    assert {place: text for place, text in texts.items() if text} == {
        "title": "A title",
        "summary": "A summary",
        "prose": "Words of a kind.",
        "category": "News",
    }


def test_a_claim_of_a_series_has_a_measure_and_no_chart(tmp_path: Path) -> None:
    claim = "{says: 5 followers, kind: level, subject: a, measure: b, period: [2022-05-01, 2022-05-08]}"
    [binding] = read(tmp_path, FRONT + f"claims: [{claim}]\n").front.claims
    assert (binding.measure, binding.chart) == ("b", None)


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_editors_add_to_a_file_is_read_over(tmp_path: Path, start: str, end: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"{start}---\n{FRONT}---\nWords.".replace("\n", end).encode())
    assert read_story(path).front.title == "A title"


UNFOLDING = "".join(f"k{n}: &k{n} {{<<: [*k{n - 1}, *k{n - 1}]}}\n" if n else "k0: &k0 {a: 1}\n" for n in range(40))
BAD_FRONT = {
    "empty": ("\n", "a block of fields (title, summary, released, category, language,"),
    "a list": ("- a\n", "is expected, not a list"),
    "no YAML": ("title: [\n", "a-story.md:2: did not find expected node content; put text"),
    "a tab": (
        FRONT + "claims:\n\t- says: x\n",
        ": a tab: indent with spaces, and put text with signs in it in quotes",
    ),
    "a colon in a text": (
        FRONT.replace("A title", "Top 10: a look back"),
        "a-story.md:2: a colon within a text: put the text in quotes",
    ),
    "a colon in a later text": (FRONT.replace("A summary", "So: it: is"), "a-story.md:3: a colon within a text"),
    "unknown key": (FRONT + "sumary: x\n", "unknown field 'sumary'; nearest: summary"),
    "embargo misspelt": (FRONT + "embargoo: 2027-05-20\n", "a-story.md:6: unknown field 'embargoo'; nearest: embargo"),
    "unknown key of a claim": (
        FRONT + "claims: [{says: x, not_a_claim: y, value: 3}]\n",
        "claims, entry 1: unknown field 'value'; ",
    ),
    "missing field": (FRONT.replace("summary: A summary\n", ""), "a-story.md:2: the field 'summary' is missing"),
    "title a list": (
        FRONT.replace("A title", "[A, title]"),
        "title: text (a number in quotes) is expected, not a list",
    ),
    "title a number": (FRONT.replace("A title", "54"), "title: text (a number in quotes) is expected, not a number"),
    "released a text": (
        FRONT.replace("2022-05-20", "yesterday"),
        "released: a day, as 2022-05-17, is expected, not text",
    ),
    "released no day": (
        FRONT.replace("2022-05-20", "2022-02-30"),
        "a-story.md:4: '2022-02-30' cannot be read (day is out of range for month); write a day",
    ),
    "a tag without its value": (FRONT.replace("A title", "!!bool x"), "a-story.md:2: 'x' cannot be read"),
    "a time that is none": (FRONT.replace("A summary", "!!timestamp x"), "a-story.md:3: 'x' cannot be read"),
    "a number of nothing": (FRONT.replace("A title", "!!int ''"), "a-story.md:2: '' cannot be read"),
    "territories a text": (
        FRONT + "territories: WW\n",
        "territories: a list in [ ] is expected, not text",
    ),
    "embargo a text": (FRONT + "embargo: soon\n", "embargo: 'soon' is no time; write 2022-05-20T15:00"),
    "embargo a list": (FRONT + "embargo: [2027-05-20]\n", "is no time; write"),
    "embargo beyond the clock": (FRONT + "embargo: 2022-05-20T15:00:00+99:99\n", "offset must be"),
    "claims a text": (
        FRONT + "claims: 3 countries\n",
        "claims: a list in [ ] is expected, not text",
    ),
    "an attribution to a name": (
        FRONT + "claims: [{says: x, attributed: Netflix}]\n",
        "claims, entry 1, attributed: a block of fields (to, url) is expected, not text",
    ),
    "a claim of no kind": (
        FRONT + "claims: [{says: 3}]\n",
        "claims, entry 1, says: text (a number in quotes) is expected, not a number",
    ),
    "a claim that says nothing of it": (
        FRONT + "claims: [{says: three}]\n",
        "'three' needs one of kind, attributed, not_a_claim",
    ),
    "a claim of two kinds": (FRONT + "claims: [{says: x, kind: reach, not_a_claim: y}]\n", "needs one of"),
    "a claim without its chart": (
        FRONT + "claims: [{says: x, kind: reach, subject: a}]\n",
        "also needs subject, chart and period",
    ),
    "a claim of a kind nobody knows": (
        FRONT + "claims: [{says: x, kind: grows, subject: a, measure: c, period: [2022-05-01, 2022-05-08]}]\n",
        "claims, entry 1, kind: no kind of claim 'grows'; nearest: growth",
    ),
    "a claim of a territory by its name": (
        FRONT + CLAIM.replace("period", "territory: United States, period"),
        "claims, entry 1, territory: 'United States' is no ISO 3166 code such as GB, and WW is worldwide; write US",
    ),
    "a figure of a territory nobody knows": (
        FRONT + "figures: [{kind: leaderboard, chart: a, territory: USS, period: [2022-05-01, 2022-05-08]}]\n",
        "figures, entry 1, territory: 'USS' is no ISO 3166 code such as GB, and WW is worldwide",
    ),
    "a base made in no way there is": (
        FRONT + "claims: [{says: x, kind: growth, base_as: average}]\n",
        "claims, entry 1, base_as: 'average' is none of: mean, median, reading",
    ),
    "a level without its measure": (
        FRONT + "claims: [{says: x, kind: level, subject: a, chart: b, period: [2022-05-01, 2022-05-08]}]\n",
        "'x' of kind level also needs subject, measure and period, and no chart",
    ),
    "a status of a chart": (
        FRONT
        + "claims: [{says: x, kind: status, subject: a, measure: c, chart: b, period: [2022-05-01, 2022-05-08]}]\n",
        "'x' of kind status also needs subject, measure and period, and no chart",
    ),
    "a reach of a measure alone": (
        FRONT + "claims: [{says: x, kind: reach, subject: a, measure: c, period: [2022-05-01, 2022-05-08]}]\n",
        "'x' of kind reach also needs subject, chart and period",
    ),
    "a period of one day": (
        FRONT + CLAIM.replace(", 2022-05-08", ""),
        "claims, entry 1, period: a list of 2 is expected, not of 1",
    ),
    "nth before the first": (
        FRONT + CLAIM.replace("kind", "nth: 0, kind"),
        "claims, entry 1, nth: a whole number from 1 up is expected",
    ),
    "javascript": (
        FRONT + "claims: [{says: x, attributed: {to: y, url: 'javascript:alert(1)'}}]\n",
        "url: must begin with https",
    ),
    "data": (
        FRONT + "claims: [{says: x, attributed: {to: y, url: 'data:text/html,x'}}]\n",
        "url: must begin with https",
    ),
    "a territory by another name": (
        FRONT + "territories: [GB, UK]\n",
        "'UK' is no ISO 3166 code such as GB, and WW is worldwide; write GB",
    ),
    "no code": (FRONT + "territories: [South Korea]\n", "worldwide; write KR"),
    "no territory": (FRONT + "territories: [5 million]\n", "territories: '5 million' is no ISO 3166 code"),
    "an alias": (FRONT + "about: &a [x]\nterritories: *a\n", "a-story.md:7: front matter has an alias"),
    "unfolding without end": (UNFOLDING, "alias"),
    "an alias of itself": (FRONT + "about: &a [*a]\n", "alias"),
    "deep": (FRONT + "about: " + "[" * 100_000 + "\n", "nested too deep"),
    "an object of Python": (
        FRONT + "about: [!!python/object/apply:os.getcwd []]\n",
        "could not determine a constructor",
    ),
    "a number of 5,000 digits": (FRONT + f"about: [{'9' * 5000}]\n", "4300 digits"),
    "control characters": (FRONT.replace("A title", '"\\e[2J"'), "U+001B"),
    "a direction override": (FRONT.replace("A title", '"\\u202e54"'), "U+202E"),
    "half a character": (FRONT.replace("A title", '"\\ud800"'), "Unicode"),
}


@pytest.mark.parametrize("name", BAD_FRONT)
def test_bad_front_matter_is_one_line_that_names_the_file(name: str, tmp_path: Path) -> None:
    front, why = BAD_FRONT[name]
    began = time.process_time()
    with pytest.raises(InputError) as error:
        read(tmp_path, front)
    assert time.process_time() - began < 2
    line = str(error.value)
    assert re.match(r"stories/a-story\.md:\d+: ", line)
    assert len(line.splitlines()) == 1
    assert len(line) < 400
    assert why in line


@pytest.mark.parametrize(
    ("body", "character"),
    [
        ("\x1b[2J", "U+001B"),
        ("\u202e54", "U+202E"),
        ("&#x202e;54", "U+202E"),
        ("![&#x202e;54](a.png)", "U+202E"),
        ('[a](b "&#x202e;54")', "U+202E"),
        ("\x00", "U+0000"),
    ],
)
def test_a_text_that_would_show_other_than_it_says_is_refused(body: str, character: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, body=body)
    why = f"holds the character {character}, which no reader sees; take it out"
    end = len(f"---\n{FRONT}---\n".splitlines())
    assert str(error.value) == f"stories/a-story.md:{end + 1}: {why}"


@pytest.mark.parametrize("body", ["שלום עולם", "مرحبا\u200f", "a\u2066b\u2069", "👩‍👩‍👧", "tab\there", "Été\u00a0sans"])
def test_the_scripts_and_signs_of_honest_text_are_read(body: str, tmp_path: Path) -> None:
    assert read(tmp_path, body=body).body == body


@pytest.mark.parametrize(
    "name", ["A.md", "a b.md", "a_b.md", "-a.md", "a--b.md", "é.md", "a.b.md", "..md", "index'.md"]
)
def test_a_name_that_is_no_address_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it becomes the address"):
        read(tmp_path, name=name)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"Words only.", "must begin with front matter"),
        (b"", "must begin with front matter"),
        (b"---\ntitle: x\n", "must begin with front matter"),
        (b"---\ntitle: \xe9\n---\n", "stories/a.md:2: byte 0xe9 is not UTF-8; save it as UTF-8"),
        (
            b"---\n" + FRONT.encode() + b"---\n" + b"word " * 400_000,
            "2,000,078 characters; a story has at most 1,000,000",
        ),
    ],
)
def test_a_file_that_is_no_story_is_one_line(raw: bytes, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    with pytest.raises(InputError) as error:
        read_story(path)
    assert why in str(error.value)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# 54 _countries_\n\nand **5**4", "54 countries\nand 54"),
        ("one\ntwo\\\nthree", "one two three"),
        ("- 54\n- 55", "54\n55"),
        ("> 54", "54"),
        ("54. countries", "54.\ncountries"),
        ("1. countries", "countries"),
        ("`54` and\n\n    55\n\n```\n56\n```", "54 and\n55\n\n56\n"),
        ("![54 *countries*](a.png)", " 54 countries  "),
        ('![a](a.png "54")', " a 54 "),
        ('[a](https://b.example "54")', " 54 a"),
        ('[a]\n\n[a]: https://b.example "54"', " 54 a"),
        ("| a | b |\n|---|---|\n| 54 | 55 |", "| a | b | |---|---| | 54 | 55 |"),
        ("<b>54</b> <!-- 55 -->", "<b>54</b> <!-- 55 -->"),
        ("&#53;4 &half;", "54 ½"),
        ("<https://a.example/54>", "https://a.example/54"),
    ],
)
def test_prose_is_every_word_a_reader_could_meet(body: str, words: str) -> None:
    assert prose(body) == words


@given(st.text(max_size=300) | st.text(alphabet="54*_`[]()!<>#&;\\\"'|- \n\t~:/", max_size=80))
def test_any_body_is_prose(body: str) -> None:
    assert isinstance(prose(body), str)


NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("embargo", "zone", "over"),
    [
        ("2022-05-20T15:00:00+01:00", UTC, "2022-05-20T14:00"),
        ("2022-05-20T15:00:00+01:00", NEW_YORK, "2022-05-20T14:00"),
        ("2022-05-20T15:00:00Z", NEW_YORK, "2022-05-20T15:00"),
        ("2022-05-20 14:00:00", UTC, "2022-05-20T14:00"),
        ("2022-05-20 14:00:00", NEW_YORK, "2022-05-20T18:00"),
        ("2022-01-20T14:00:00", NEW_YORK, "2022-01-20T19:00"),
        ("2022-01-20T14:00", NEW_YORK, "2022-01-20T19:00"),
        ('"2022-01-20 14:00"', NEW_YORK, "2022-01-20T19:00"),
        ("2027-05-20", NEW_YORK, "2027-05-20T04:00"),
        ("2027-05-20", ZoneInfo("Asia/Tokyo"), "2027-05-19T15:00"),
        ("2022-11-06T01:30:00", NEW_YORK, "2022-11-06T06:30"),  # the clocks show it twice
        ("2022-03-13T02:30:00", NEW_YORK, "2022-03-13T07:30"),  # the clocks skip it
    ],
)
def test_an_embargo_hides_a_story_until_its_moment(embargo: str, zone: tzinfo, over: str, tmp_path: Path) -> None:
    story = read(tmp_path, FRONT + f"embargo: {embargo}\n")
    moment = datetime.fromisoformat(over).replace(tzinfo=UTC)
    assert not story.visible(moment - timedelta(microseconds=1), zone)
    assert story.visible(moment, zone)


def test_a_story_without_an_embargo_is_visible_always(tmp_path: Path) -> None:
    assert read(tmp_path).visible(datetime(1, 1, 1, tzinfo=UTC), NEW_YORK)


def test_an_embargo_at_the_end_of_time_is_never_over(tmp_path: Path) -> None:
    story = read(tmp_path, FRONT + "embargo: 9999-12-31T23:59:59\n")
    assert not story.visible(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), NEW_YORK)
