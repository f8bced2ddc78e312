"""A list that was counted here: its figures draw what its tables say, which is what was reduced, and no more than may be shown."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import msgspec
import pytest

from groundswell.core.reduction import Reduction, encode
from groundswell.measures.profile import PROFILES
from groundswell.newsroom.counted import left_out
from groundswell.newsroom.world import _outlines
from tests.command import ok
from tests.newsroom.html import broken_links, hold_inert, page, text_of
from tests.reduced import MONDAY, Cells, week

HOSTILE = '"><script>alert(1)</script>'
TITLES: dict[str, Cells] = {
    "Nine Umbrellas": {(0, "GB"): 41, (1, ""): 30, (4, "US-CA"): 70, (4, "US"): 5, (6, "SG"): 9},
    HOSTILE: {(2, "GB"): 60, (2, "BR"): 40, (5, ""): 35, (6, HOSTILE): 3},
    "Tin Badger": {(0, "JP"): 20, (3, ""): 20, (6, "GB"): 20},
    "Kite & String": {(0, "MT"): 8, (6, ""): 2},
}
ORIGIN = """
producer = "The Almanac"
title = "Counted acts"
licence = "CC0-1.0"
fetched = 2022-06-01
"""
SVG = "{http://www.w3.org/2000/svg}"
PAGE = "charts/trending-tv/2022-05-15/index.html"


def built(folder: Path, reduction: Reduction, origin: str = "") -> Path:
    """The site of a desk that holds one week."""
    desk = folder / "desk"
    ok("new", desk, "--empty")
    (desk / "desk.toml").write_text('format = 1\nname = "The Paper"\ncharts = ["trending-tv"]\n', encoding="utf-8")
    (desk / "data" / "week.json").write_bytes(encode(reduction))
    (desk / "data" / "week.json.origin.toml").write_text(ORIGIN + origin, encoding="utf-8")
    ok("-C", desk, "load", "interactions.weekly", desk / "data" / "week.json")
    ok("-C", desk, "build")
    return desk / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("counted"), week(TITLES))


def table(document: Element, name: str) -> dict[str, list[str]]:
    """First cell → the others, of the table of that name, its head included."""
    [region] = [element for element in document.iter() if element.get("aria-label") == name]
    rows = [[text_of(cell) for cell in row] for row in region.iter("tr")]
    assert len({row[0] for row in rows}) == len(rows)
    return {row[0]: row[1:] for row in rows}


def svg(document: Element, kind: str) -> list[Element]:
    """The drawings of that kind, in order."""
    return [element for element in document.iter() if element.get("class", "").split()[:1] == [kind]]


def test_the_days_drawn_are_those_of_the_table_and_of_the_file(site: Path) -> None:
    document = page(site / PAGE)
    rows = table(document, "Days")
    assert list(rows) == ["title", *TITLES]
    for title, cells in TITLES.items():
        by_day = [sum(net for (of, _), net in cells.items() if of == day) for day in range(7)]
        assert rows[title] == [f"{value:,}" for value in [*by_day, sum(cells.values())]]
    for drawing in svg(document, "day-lines"):
        ticks = [element for element in drawing.iter() if element.get("class") == "tick"]
        at = {int(text_of(tick)): float(tick.get("y", "")) - 4 for tick in ticks}
        pixels = (at[0] - at[max(at)]) / max(at)
        for number, title in enumerate([*TITLES][:3]):
            drawn = [e for e in drawing.iter(SVG + "circle") if e.get("class") == f"line hue-{number} dash-{number}"]
            read = [round((at[0] - float(point.get("cy", ""))) / pixels) for point in drawn]
            assert read == [int(value) for value in rows[title][:7]]
        assert not [e for e in drawing.iter() if e.get("class", "").startswith("line hue-3")]


def test_the_files_beside_the_page_have_its_days_and_regions(site: Path) -> None:
    files = {}
    for name in ("days", "regions"):
        with (site / PAGE).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
            files[name] = list(csv.DictReader(file))
        whole = Counter[str]()
        for row in files[name]:
            whole[row["title"].removeprefix("'")] += int(row["interactions"])
        assert whole == {title: sum(cells.values()) for title, cells in TITLES.items()}
    document = page(site / PAGE)
    days, regions = table(document, "Days"), table(document, "Regions")
    for title in TITLES:
        mine = [row for row in files["days"] if row["title"].removeprefix("'") == title]
        assert [row["interactions"] for row in mine] == days[title][:7]
        assert [row["day"] for row in mine] == [f"2022-05-{day:02}" for day in range(9, 16)]
    undeclared = [row["interactions"] for row in files["regions"] if row["region"] == "undeclared"]
    assert undeclared == regions["no region declared"][1:]
    assert {"GB", "US"} <= {row["region"] for row in files["regions"]}
    links = [link.get("href") for link in document.iter("a") if "download" in link.attrib]
    assert {"chart.csv", "days.csv", "regions.csv"} == {*links}


def test_the_days_are_told_in_words(site: Path) -> None:
    document = page(site / PAGE)
    said = [
        "1. Nine Umbrellas: 155 interactions, most on Friday 13 May (75)",
        f"2. {HOSTILE}: 138 interactions, most on Wednesday 11 May (100)",
        "3. Tin Badger: 60 interactions, on no day more than 20",
    ]
    [key] = [element for element in document.iter("ol") if element.get("class") == "key"]
    assert [text_of(line) for line in key] == said
    for drawing in svg(document, "day-lines"):
        name = drawing.get("aria-label", "")
        assert name.startswith(
            "Interactions by day of the titles that lead Trending TV, the week to 15 May 2022. 1: Nine"
        )
        assert "155 interactions, most on Friday 13 May (75)" in name


def test_the_regions_drawn_are_those_of_the_table_and_of_the_file(site: Path) -> None:
    document = page(site / PAGE)
    rows = table(document, "Regions")
    names = {
        "GB": "United Kingdom",
        "US": "United States",
        "BR": "Brazil",
        "JP": "Japan",
        "SG": "Singapore",
        "MT": "Malta",
    }
    found: dict[str, Counter[str]] = {}
    for title, cells in TITLES.items():
        for (_, region), net in cells.items():
            name = "no region declared" if not region else names.get(region[:2], region)
            found.setdefault(name, Counter())[title] += net
    for name, of in found.items():
        assert rows[name] == [str(of.total()), *(str(of[title]) for title in TITLES)], name
    assert rows["together"] == ["363", "155", "138", "60", "10"]
    assert len(rows) == len(found) + 2
    [drawing] = svg(document, "world")
    paths = {path.get("class", ""): path.get("d", "") for path in drawing.iter(SVG + "path")}
    [scale] = [element for element in document.iter("ul") if element.get("class") == "key scale"]
    assert [text_of(line) for line in scale] == ["100 to 121", "20 to 99", "2 to 19", "none declared there"]
    drawn = {
        code: shade for code in ("GB", "US", "BR", "JP", "FR") for shade, d in paths.items() if _outlines()[code] in d
    }
    assert drawn == {"GB": "shade-5", "US": "shade-3", "BR": "shade-3", "JP": "shade-3", "FR": "land"}
    assert [rows[names[code]][0] for code in ("GB", "US", "BR", "JP")] == ["121", "75", "40", "20"]
    words = text_of(document)
    assert "24.0% of the interactions (87 of 363) declare no region and are on no map." in words
    assert f"Not on this map, but in the table: 3 ({HOSTILE}, Malta, Singapore)." in words
    assert drawing.get("aria-label", "").endswith("24.0% of the interactions (87 of 363) declare no region.")


def test_both_profiles_what_was_left_out_and_with_what_it_was_read_are_on_the_page(site: Path) -> None:
    document = page(site / PAGE)
    rows = table(document, "Figures")
    assert rows["title"] == [
        "net, groundswell-2026",
        "net, variety-2022",
        "gross",
        "posts",
        "reposts",
        "likes",
        "% by top 1%",
    ]
    assert rows["Nine Umbrellas"] == ["155", "160", "162", "0", "0", "155", "2.5"]
    assert table(document, "Left out")["Nine Umbrellas"] == ["3", "4"]
    assert table(document, "The list")["rank"][1:4] == ["title", "interactions", "accounts"]
    words = text_of(document)
    for said in (
        "Method groundswell-2026.",
        "also counted by variety-2022:",
        "0123456789abcdef…",
        "sha256:abababababababab…",
    ):
        assert said in words
    methods = text_of(page(site / "methods" / "index.html"))
    assert all(profile.id in methods for profile in PROFILES)
    assert "acts of one account for one title on one day beyond 1 post, 1 repost, 3 likes" in methods


def test_every_reason_of_a_profile_is_told() -> None:
    for profile in PROFILES:
        assert [reason for reason, words in left_out(profile) if words] == list(profile.leaves_out)


def test_titles_and_regions_from_outside_stay_text_and_links_lead_somewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        hold_inert(page(path))
    assert broken_links(site) == []


def test_nothing_on_a_page_of_captured_acts_is_called_simulated(site: Path) -> None:
    assert "imulated" not in (site / PAGE).read_text(encoding="utf-8")


def test_a_simulated_week_says_so_in_every_figure_and_table(tmp_path: Path) -> None:
    site = built(tmp_path, week(TITLES), 'status = "simulated"\n')
    document = page(site / PAGE)
    drawings = [*svg(document, "day-lines"), *svg(document, "world")]
    assert len(drawings) == 3
    for drawing in drawings:
        assert drawing.get("aria-label", "").startswith("Simulated. ")
        assert [text_of(element) for element in drawing.iter() if element.get("class") == "mark"] == ["◇ simulated"]
    captions = [text_of(element) for kind in ("caption", "figcaption") for element in document.iter(kind)]
    assert len(captions) == 7
    assert [caption for caption in captions if "Simulated. " not in caption] == []
    for name in ("days", "regions"):
        rows = (site / PAGE).with_name(f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert rows
        assert all(",simulated," in row for row in rows)
    story = text_of(page(site / "stories" / "trending-tv-2022-05-15" / "index.html"))
    assert "155 interactions ◇ supported (simulated)" in story


@pytest.mark.parametrize("may_show", ["percent", "rank"])
def test_figures_that_may_not_be_shown_are_in_no_output(tmp_path: Path, may_show: str) -> None:
    site = built(tmp_path, week(TITLES), f'may_show = "{may_show}"\n')
    document = page(site / PAGE)
    assert svg(document, "day-lines") == svg(document, "world") == []
    assert [e.get("aria-label") for e in document.iter() if e.get("role") == "region"] == ["The list"]
    assert "variety-2022" in text_of(document)
    for path in site.rglob("*"):
        if path.is_file() and path.suffix != ".svg":
            assert not re.search(r"\b(155|138|160|162)\b", path.read_text(encoding="utf-8")), path
    entries = json.loads((site / "charts" / "trending-tv" / "2022-05-15" / "chart.json").read_text())["entries"]
    assert [(entry["rank"], entry["values"]) for entry in entries] == [(rank, {}) for rank in (1, 2, 3, 4)]


def test_a_list_whose_acts_declare_no_region_has_no_map(tmp_path: Path) -> None:
    site = built(tmp_path, week({"Tin Badger": {(0, ""): 20, (3, ""): 25}}))
    document = page(site / PAGE)
    assert svg(document, "world") == []
    assert "100.0% of the interactions (45 of 45) declare no region, so there is no map." in text_of(document)
    assert len(svg(document, "day-lines")) == 2
    assert str(MONDAY.day) in table(document, "Days")["title"][0]


def test_a_title_without_figures_stands_in_the_list_and_nothing_is_drawn(tmp_path: Path) -> None:
    made = week(TITLES)
    bare = msgspec.structs.replace(made.entries[2], figures={})
    made = msgspec.structs.replace(made, entries=(*made.entries[:2], bare, made.entries[3]))
    document = page(built(tmp_path, made) / PAGE)
    assert svg(document, "day-lines") == svg(document, "world") == []
    assert table(document, "Left out")["Tin Badger"] == ["", ""]
    assert table(document, "Figures")["Tin Badger"] == [""] * 7
