"""A desk's own files are text from outside: nothing in them leaves the desk, nothing unknown is passed over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from groundswell.core.errors import InputError, UsageError
from groundswell.newsroom.desk import find, open_desk
from tests.command import ok, run, tree
from tests.paper import ORIGIN, SETTINGS


def test_a_desk_is_opened(loaded_paper: Path) -> None:
    desk = open_desk(loaded_paper)
    assert (desk.settings.name, desk.settings.timezone) == ("The Paper", "Europe/London")
    assert [feed.chart for feed in desk.settings.feeds] == ["paper.tv", "paper.tv_by_country"]
    assert [path.name for path in desk.stories()] == ["kite-returns.md"]


def test_the_nearest_desk_above_is_found(loaded_paper: Path, tmp_path: Path) -> None:
    assert find(loaded_paper / "stories") == loaded_paper
    with pytest.raises(UsageError, match="make a desk with 'groundswell new DESK'"):
        find(tmp_path)


BAD_SETTINGS = {
    "empty": ("", "the field 'format' is missing"),
    "no TOML": ("format = \n", "desk.toml: "),
    "no quotes": ("format = 1\nname = Mine\n", "put text in quotes, and close every bracket and quote"),
    "an address cut short": (SETTINGS.replace("https://", ""), "base_url must begin with https:// or http://"),
    "not UTF-8": ("name = '\udce9'", "desk.toml: "),
    "deep": ("a = " + "[" * 100_000, "desk.toml: "),
    "unknown key": (SETTINGS.replace("timezone", "timezon"), "unknown field 'timezon'; nearest: timezone"),
    "a zone misspelt": (
        SETTINGS.replace("Europe/London", "Europe/Lodnon"),
        "no time zone 'Europe/Lodnon'; nearest: Europe/London",
    ),
    "a city alone": (SETTINGS.replace("Europe/London", "New York"), "America/New_York"),
    "a folder of zones": (SETTINGS.replace("Europe/London", "Europe"), "no time zone 'Europe'; nearest: "),
    "a zone outside": (SETTINGS.replace("Europe/London", "../../etc/passwd"), "no time zone '../../etc/passwd'; "),
    "no zone": (SETTINGS.replace("Europe/London", ""), "no time zone ''; known: "),
    "unknown key of a feed": (
        SETTINGS.replace("calendar", "calender"),
        "feeds, entry 1: unknown field 'calender'; nearest: calendar",
    ),
    "another format": (SETTINGS.replace("format = 1", "format = 2"), "format 2; this version reads format 1"),
    "format a text": (SETTINGS.replace("format = 1", 'format = "1"'), "format: a whole number is expected, not text"),
    "languages a text": (
        SETTINGS.replace("timezone", 'languages = "en"\ntimezone'),
        "languages: a list in [ ] is expected, not text",
    ),
    "a feed of no place": (SETTINGS.replace('path = "data/tv.csv"', ""), "feed 'chart.csv' needs either path or url"),
    "a feed of two places": (
        SETTINGS.replace('path = "data/tv.csv"', 'path = "a"\nurl = "b"'),
        "needs either path or url",
    ),
}


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_bad_settings_are_one_line(name: str, tmp_path: Path) -> None:
    settings, why = BAD_SETTINGS[name]
    (tmp_path / "desk.toml").write_bytes(settings.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError):
        open_desk(tmp_path)
    run("-C", tmp_path, "status").refused("desk.toml: ", why)


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("../outside.csv", "leaves the desk"),
        ("data/../../outside.csv", "leaves the desk"),
        ("{tmp}/outside.csv", "leaves the desk"),
        ("/etc/passwd", "leaves the desk"),
        ("data/link.csv", "leaves the desk"),
        ("away/outside.csv", "leaves the desk"),
        ("data/loop.csv", "names no file"),
        ("data/\\u0000.csv", "names no file"),
        ("data/none.csv", "No such file"),
        ("data", "data: "),
        ("desk.toml/x", "Not a directory"),
        ("a" * 5000, "name"),
    ],
)
def test_a_path_in_the_settings_stays_in_the_desk(place: str, why: str, paper: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.csv").write_text((paper / "data" / "tv.csv").read_text())
    (tmp_path / "outside.csv.origin.toml").write_text(ORIGIN)
    (paper / "data" / "link.csv").symlink_to(tmp_path / "outside.csv")
    (paper / "data" / "link.csv.origin.toml").write_text(ORIGIN)
    (paper / "away").symlink_to(tmp_path)
    (paper / "data" / "loop.csv").symlink_to(paper / "data" / "loop.csv")
    settings = SETTINGS.replace("data/tv.csv", place.replace("{tmp}", str(tmp_path)))
    (paper / "desk.toml").write_text(settings, encoding="utf-8")
    before = tree(paper / ".groundswell")
    run("-C", paper, "load", "chart.csv", "--chart", "paper.tv").refused(why)
    assert tree(paper / ".groundswell") == before


def _linked_out(sidecar: Path) -> None:
    other = sidecar.parents[2] / "other.toml"
    other.write_text(sidecar.read_text())
    sidecar.unlink()
    sidecar.symlink_to(other)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_linked_out, "tv.csv.origin.toml: a link that leaves its folder"),
        (
            lambda sidecar: sidecar.write_text(ORIGIN + "licens = 'x'\n"),
            "tv.csv.origin.toml: unknown field 'licens'; nearest: licence",
        ),
        (lambda sidecar: sidecar.write_text(""), "tv.csv.origin.toml: the field 'producer' is missing"),
        (
            lambda sidecar: sidecar.write_text(ORIGIN + "status = 'guessed'\n"),
            "status: 'guessed' is none of: published, captured, simulated",
        ),
        (
            lambda sidecar: sidecar.write_text(ORIGIN + "may_show = 'all'\n"),
            "may_show: 'all' is none of: values, percent, rank, nothing",
        ),
        (
            lambda sidecar: sidecar.write_text(ORIGIN.replace("https://a", "javascript:a")),
            "url must begin with https:// or http://",
        ),
        (lambda sidecar: sidecar.write_text(ORIGIN + "stands_for = 'x'\n"), "stands_for is for simulated files"),
        (lambda sidecar: sidecar.write_bytes(b"\xff\xfe"), "tv.csv.origin.toml: "),
        (lambda sidecar: sidecar.unlink(), "needs to know who says so: write tv.csv.origin.toml beside it"),
    ],
)
def test_a_sidecar_that_is_none_is_one_line(spoil: Callable[[Path], object], why: str, paper: Path) -> None:
    spoil(paper / "data" / "tv.csv.origin.toml")
    (paper / "data" / "tv.csv").write_text((paper / "data" / "tv.csv").read_text() + "\n")
    before = tree(paper / ".groundswell")
    run("-C", paper, "load", "chart.csv", "--chart", "paper.tv").refused(why)
    assert tree(paper / ".groundswell") == before


@pytest.mark.parametrize("chart", ["../../evil", "a/b", "/etc", "..", "a b", "", "a\\u202eb", "A", "-a", "a..b"])
def test_a_chart_is_known_by_a_plain_name(chart: str, paper: Path) -> None:
    """It becomes an address of the site."""
    (paper / "desk.toml").write_text(SETTINGS.replace('"paper.tv"', f'"{chart}"'), encoding="utf-8")
    run("-C", paper, "status").refused("desk.toml: ", "lower-case letters, digits")


@pytest.mark.parametrize(
    ("file", "text", "why"),
    [
        (
            "catalog/subjects.csv",
            "id,name\n",
            "catalog/subjects.csv, line 1: the columns must be id,kind,name,first_available",
        ),
        ("catalog/subjects.csv", "id,kind,name,first_available\nA B,film,x,\n", "catalog/subjects.csv, line 2: "),
        ("catalog/names.csv", "scope\n", "catalog/names.csv, line 1: the columns must be "),
        ("charts/mine.toml", "titel = 'x'\n", "charts/mine.toml: "),
        ("charts/mine.toml", "title = 'x'\nmerges = ['a']\n", "states ranked_by with merges"),
    ],
)
def test_bad_catalogues_and_charts_are_one_line(file: str, text: str, why: str, paper: Path) -> None:
    (paper / file).write_text(text, encoding="utf-8")
    run("-C", paper, "status").refused(why)


def test_a_new_bare_desk_opens_whatever_its_folder_is_called(tmp_path: Path) -> None:
    for name in ("plain", 'quo"te', "back\\slash", "new\nline", "Été 종이", "{name}", "%s"):
        ok("new", tmp_path / name, "--empty")
        assert open_desk(tmp_path / name).settings.name == name
