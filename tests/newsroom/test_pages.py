"""Every page of the example in a real browser: readable at any width, accessible, silent, and asking nobody else for anything."""

import json
import shutil
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser import chromium, needed, served
from tests.command import ok
from tests.conftest import Demo
from tests.newsroom.html import broken_links, hold_inert, page, text_of
from tests.newsroom.test_site import CLAIM, MARKDOWN, PLAIN, WITH_CHARTS
from tests.newsroom.test_site import _story as hostile_story
from tests.paper import STORY as STORY_TEXT
from tests.paper import TV, TV_LISTS

pytestmark = pytest.mark.browser
CHART = "charts/netflix.global.tv_english/2022-05-01/index.html"
STORY = "stories/heartstopper-returns/index.html"
EVENT = "stories/larkmoor-lantern-race/index.html"
PAGES = (
    "index.html",
    "category/top-10/index.html",
    "territory/GB/index.html",
    STORY,
    EVENT,
    "stories/netflix-global-tv-english-2022-05-01/index.html",
    "charts/index.html",
    CHART,
    "titles/heartstopper/s1/index.html",
)
COUNTED = ("charts/trending-tv/2022-05-15/index.html", "methods/index.html")
BOOKS = """
[[feeds]]
feed = "chart.csv"
chart = "made_up.books"
path = "data/books.csv"
calendar = "mon-sun"
columns = { period_end = "Week", rank = "Rank", title = "Title", units = "Units" }

[[feeds]]
feed = "series.csv"
measure = "made_up.fans"
unit = "fans"
path = "data/fans.csv"
columns = { day = "Day", title = "Title", value = "Fans" }

[[feeds]]
feed = "isp.speed_index"
territory = "US"
path = "data/speeds.csv"
"""
FANS = """Day,Title,Fans
2022-04-01,Solitaire,100
2022-05-08,Solitaire,41000
2022-04-01,Nick and Charlie,2000
2022-05-08,Nick and Charlie,30500
"""
SPEEDS = """Provider,2022-03,2022-04
An internet provider with a name that is much longer than any narrow screen is wide,3.4,3.6
Mosslink,3.6,3.2
"""
BOOK_LISTS = """Week,Rank,Title,Units
2022-05-01,1,Nick and Charlie,4000
2022-05-08,1,Solitaire,4100
2022-05-08,2,Nick and Charlie,3000
"""
BOOK_ORIGIN = """
producer = "The example"
stands_for = "a bookseller"
title = "Made-up sales"
licence = "CC0-1.0"
fetched = 2022-06-01
status = "simulated"
"""
BOOK_STORY = """---
title: Solitaire overtakes Nick and Charlie, in a headline that says much more than any headline should and does not end on one line
summary: Told of a list that nobody made.
released: 2022-05-20
category: Books
territories: [WW, GB, FR, DE, JP, KR, US]
claims:
  - {says: No. 1, kind: rank, subject: solitaire, chart: made_up.books, period: [2022-05-02, 2022-05-08]}
  - {says: 4.3B views, attributed: {to: Somebody}}
figures:
  - kind: series
    measure: made_up.fans
    subjects: [solitaire, nick-and-charlie]
    period: [2022-04-01, 2022-05-08]
    event: 2022-04-22
    event_is: the day on which a series that was made of it starts
  - {kind: leaderboard, chart: isp.speed, territory: US, period: [2022-04-01, 2022-04-30]}
---
# What the list says

*Solitaire* is at No. 1. The hashtag has had 4.3B views.

#### What people say

> A quotation, and `a_word_of_code_that_is_longer_than_any_screen_is_wide_and_has_no_blank_in_it_at_all`.

- A [link](https://example.org/)

        a line of code that is longer than any screen is wide, and does not break at its blanks either, nor here
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed()
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(browser: Browser, demo: Demo) -> Iterator[str]:
    with served(demo.desk / "site") as address:
        yield address


@pytest.fixture(scope="module")
def states(browser: Browser, loaded_paper: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a story corrected, one whose correction is due, and one of simulated rows."""
    desk = Path(shutil.copytree(loaded_paper, tmp_path_factory.mktemp("states") / "desk"))
    (desk / "desk.toml").write_text(WITH_CHARTS.replace(f'"{TV}"]', f'"{TV}", "made_up.books"]') + BOOKS)
    for name, rows in (("books.csv", BOOK_LISTS), ("fans.csv", FANS), ("speeds.csv", SPEEDS)):
        (desk / "data" / name).write_text(rows)
        (desk / "data" / f"{name}.origin.toml").write_text(BOOK_ORIGIN)
    (desk / "stories" / "books.md").write_text(BOOK_STORY)
    due, corrected = desk / "stories" / "due.md", desk / "stories" / "kite-returns.md"
    due.write_text(STORY_TEXT)
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    (desk / "data" / "tv.csv").write_text(TV_LISTS.replace("23940000", "24400000"))
    sidecar = desk / "data" / "tv.csv.origin.toml"
    sidecar.write_text(sidecar.read_text().replace("2022-06-01", "2022-07-01"))
    stated = (
        "corrections: [{old: 23.94 million hours, new: 24.4 million hours, who: An editor, why: Revised.}]\nclaims:"
    )
    corrected.write_text(STORY_TEXT.replace("23.94 million", "24.4 million").replace("claims:", stated, 1))
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    return desk / "site"


def hold_fit_to_read(browser: Browser, site: str, paths: Iterable[str], width: int, scheme: str) -> None:
    """Hold pages to be accessible, silent, no wider than the screen, headed once, and to ask nobody else for anything."""
    asked: list[str] = []
    said: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in paths:
        page.goto(site + path)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{path} is {overflow} px too wide at {width}"
        assert page.locator("h1").count() == 1, path
        assert said == [], path
        violations = Axe().run(page).response["violations"]
        assert violations == [], f"{path} at {width} {scheme}: {[violation['id'] for violation in violations]}"
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (390, "light"), (1280, "dark")])
def test_pages_are_accessible_silent_and_never_wider_than_the_screen(
    browser: Browser, site: str, width: int, scheme: str
) -> None:
    hold_fit_to_read(browser, site, PAGES, width, scheme)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_so_are_the_pages_of_a_list_counted_here(browser: Browser, site: str, width: int, scheme: str) -> None:
    hold_fit_to_read(browser, site, COUNTED, width, scheme)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_so_are_a_story_corrected_one_due_for_it_and_one_of_simulated_rows(
    browser: Browser, states: Path, width: int, scheme: str
) -> None:
    stories = [f"stories/{name}/index.html" for name in ("kite-returns", "due", "books", "made-up-books-2022-05-08")]
    with served(states) as address:
        hold_fit_to_read(browser, address, [*stories, "charts/made_up.books/2022-05-08/index.html"], width, scheme)


def test_each_state_of_a_number_reads_as_what_it_is(states: Path) -> None:
    due, corrected, books = (
        page(states / "stories" / name / "index.html") for name in ("due", "kite-returns", "books")
    )
    words = text_of(due)
    assert "△ A correction is due: data behind this story was revised after it was published." in words
    assert "23.94 million hours [The Almanac; correction due]" in words
    assert "“23.94 million hours” ✓" not in words
    assert "Published as supported, since revised." in words
    assert "found 24,400,000 hours" in words
    words = text_of(corrected)
    assert "Corrected" in words
    assert "Where this story said 23.94 million hours, it now says 24.4 million hours. Revised." in words
    assert "due" not in words
    words = text_of(books)
    assert "◇ Simulated: numbers marked so rest on simulated data and prove nothing." in words
    assert "No. 1 ◇ supported (simulated)" in words
    assert "4.3B views stated by Somebody; not proven here" in words
    assert (
        "Fans of Solitaire and Nick and Charlie ◇ simulated Solitaire: 100 (1 April 2022) to 41,000 (8 May 2022)"
        in words
    )
    assert "Netflix ISP Speed Index, United States, April 2022 ◇ simulated" in words
    assert "✓" not in words
    for folder in ("", "category/books", "charts", "stories/made-up-books-2022-05-08", "titles/solitaire"):
        assert "◇ simulated" in text_of(page(states / folder / "index.html")).lower(), folder
    [item] = [one for one in json.loads((states / "feed.json").read_bytes())["items"] if one["tags"] == ["Books"]]
    assert item["summary"] == "Simulated: Told of a list that nobody made."
    assert "Simulated: Told of a list that nobody made." in (states / "feed.atom").read_text()
    assert "simulated" not in text_of(page(states / "category" / "entertainment" / "index.html")).lower()
    assert [element.tag for element in books.iter() if element.text in ("What the list says", "What people say")] == [
        "h2",
        "h3",
    ]


def test_the_figures_of_a_story_fit_and_no_two_of_their_words_overlap(browser: Browser, states: Path) -> None:
    with served(states) as address:
        for width in (390, 1280):
            shown = browser.new_page(viewport={"width": width, "height": 900})
            shown.goto(f"{address}stories/books/index.html")
            for kind in ("time-lines", "bars"):
                assert shown.locator(f"svg.{kind} >> visible=true").count() == 1
                boxes = [text.bounding_box() for text in shown.locator(f"svg.{kind} text >> visible=true").all()]
                assert len(boxes) > 4
                for one, other in combinations(filter(None, boxes), 2):
                    apart = (
                        one["x"] + one["width"] <= other["x"] + 0.5
                        or other["x"] + other["width"] <= one["x"] + 0.5
                        or one["y"] + one["height"] <= other["y"] + 2.5
                        or other["y"] + other["height"] <= one["y"] + 2.5
                    )
                    assert apart, (kind, width, one, other)
                assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes if box)
            shown.close()


@pytest.mark.slow
@pytest.mark.shared_data
def test_so_are_the_pages_of_a_whole_history(browser: Browser, shared_data: Path, tmp_path: Path) -> None:
    desk, chart = tmp_path / "desk", "netflix.global.films_english"
    ok("new", desk, "--empty")
    (desk / "desk.toml").write_text(f'format = 1\nname = "All weeks"\ncharts = ["{chart}"]\n')
    ok("-C", desk, "load", "netflix.global", shared_data / "netflix" / "all-weeks-global_2026-07-22.tsv")
    ok("-C", desk, "build")
    site = desk / "site"
    issues = sorted(path.name for path in (site / "charts" / chart).iterdir())
    assert len(issues) == 264
    folders = [
        *("", "page/2", "page/6", "category/top-10", "category/top-10/page/3", "territory/WW", "charts"),
        *(f"charts/{chart}/{day}" for day in (issues[0], issues[1], issues[100], issues[-1])),
        *("titles/kpop-demon-hunters", f"stories/{chart.replace('.', '-').replace('_', '-')}-{issues[100]}"),
    ]
    paths = [f"{folder}/index.html".lstrip("/") for folder in folders]
    for path in paths:
        hold_inert(page(site / path))
    assert broken_links(site, [site / path for path in paths]) == []
    with served(site) as address:
        hold_fit_to_read(browser, address, paths, 390, "light")
        hold_fit_to_read(browser, address, paths[::3], 1280, "dark")


def test_a_receipt_opens_without_javascript(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + STORY)
        receipt = page.locator("details", has_text="54 countries").first
        assert not receipt.locator("table").is_visible()
        receipt.locator("summary").click()
        assert receipt.locator("table").is_visible()
        assert "found 54 countries (of 93 that had a list)" in receipt.inner_text()


def test_a_printed_story_shows_every_receipt(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site + STORY)
    page.emulate_media(media="print")
    receipts = page.locator("details", has_text="supported").all()
    assert len(receipts) == 20
    assert all(table.is_visible() for receipt in receipts for table in receipt.locator("table").all())
    assert not page.locator("button[data-copy]").is_visible()
    page.close()


def test_a_printed_table_breaks_no_word_of_its_head(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 720, "height": 1000})
    page.goto(site + COUNTED[0])
    page.emulate_media(media="print")
    lines = """heads => heads.map(head => { const all = document.createRange(); all.selectNodeContents(head);
        return [head.textContent, new Set([...all.getClientRects()].map(box => box.top)).size] })"""
    heads = dict(page.locator(".wrapped thead th").evaluate_all(lines))
    assert {name: heads[name] for name in ("gross", "posts", "reposts", "likes")} == dict.fromkeys(
        ("gross", "posts", "reposts", "likes"), 1
    )
    page.close()


def test_a_question_mark_is_explained_on_every_page_that_has_one(browser: Browser, site: str) -> None:
    page = browser.new_page()
    for title, unsure in (("ozark/s4", True), ("heartstopper/s1", False)):
        page.goto(f"{site}titles/{title}/index.html")
        assert (page.get_by_role("cell", name="?", exact=True).count() > 0) is unsure
        assert (page.get_by_text("“?” means that an earlier issue which decides it is not held.").count() > 0) is unsure
    page.close()


def test_a_number_opens_its_receipt_where_it_stands_without_javascript(browser: Browser, site: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site + STORY)
        opens = page.locator("button.bound", has_text="23.94 million hours").get_attribute("popovertarget")
        card = page.locator(f"#{opens}")
        assert not card.is_visible()
        page.locator("button.bound", has_text="23.94 million hours").click()
        assert card.is_visible()
        assert "found 23,940,000 hours" in card.inner_text()
        assert "Netflix" in card.inner_text()
        page.keyboard.press("Escape")
        assert not card.is_visible()
        page.locator("button.bound", has_text="23.94 million hours").click()
        card.get_by_role("button", name="Close").click()
        assert not card.is_visible()


def test_the_drawing_fits_the_screen_and_no_two_of_its_words_overlap(browser: Browser, site: str) -> None:
    for width, shown, hidden in ((320, "narrow", "wide"), (390, "narrow", "wide"), (1280, "wide", "narrow")):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(site + CHART)
        assert page.locator(f"svg.{shown}").is_visible()
        assert not page.locator(f"svg.{hidden}").is_visible()
        box = page.locator(f"svg.{shown}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        boxes = [text.bounding_box() for text in page.locator(f"svg.{shown} text").all()]
        column = page.locator(f"svg.{shown} .marked").bounding_box()
        named = [text.bounding_box() for text in page.locator(f"svg.{shown} text.label").all()]
        assert len(named) == 10
        assert all(column and name and name["x"] + name["width"] < column["x"] + column["width"] for name in named)
        overlapping = [
            (a, b)
            for a, b in combinations(boxes, 2)
            if a and b and a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
            and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]
        ]  # fmt: skip
        assert overlapping == []
        page.close()


def test_a_hundred_hostile_stories_do_nothing(browser: Browser, paper: Path) -> None:
    """Every payload as title, summary, category, origin and prose: no script runs, nobody else is asked, no page leads away."""
    payloads = (*PLAIN, *MARKDOWN)
    lines = "".join(
        f'2022-05-22,{rank},"{title}","{title}",{1000 - rank}\n'
        for rank, title in enumerate((payload.replace('"', '""') for payload in PLAIN), 1)
    )
    (paper / "data" / "tv.csv").write_text(TV_LISTS + lines, encoding="utf-8")
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    stories = 100
    for number in range(stories):  # each payload three times and more, with others
        payload, other = payloads[number % len(payloads)], PLAIN[number % len(PLAIN)]
        line = " ".join(payload.split())
        told = hostile_story(
            title=line,
            summary=f"{line} reached 3 countries, a second one",
            category=other,
            claims=[
                CLAIM | {"nth": 1},
                CLAIM | {"nth": 2},
                {"says": "a second one", "attributed": {"to": line, "url": "https://a.example/?\"'><script>"}},
                {"says": "a second", "not_a_claim": line},
                {"says": line, "not_a_claim": "hostile"},
            ],
            body=f"{other} 3 countries\n\n{payload}\n\n"
            + payload * (990_000 // len(payload) if number == stories - 1 else 1),
        )
        (paper / "stories" / f"hostile-{number:03}.md").write_text(told, encoding="utf-8")
    ok("-C", paper, "build")
    asked: list[str] = []
    ran: list[str] = []
    blocked: list[str] = []
    with served(paper / "site") as address:
        page = browser.new_page()
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        page.on("console", lambda told: blocked.append(told.text) if "Content Security Policy" in told.text else None)
        page.on("pageerror", lambda error: ran.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        pages = sorted(path.relative_to(paper / "site").as_posix() for path in (paper / "site").rglob("*.html"))
        assert sum(path.startswith("stories/hostile-") for path in pages) == stories
        for path in pages:
            page.goto(address + path)
            page.evaluate(
                "document.querySelectorAll('*').forEach(e => ['mouseover', 'click', 'load', 'error'].forEach("
                "kind => e.tagName !== 'A' && e.dispatchEvent(new Event(kind))))"
            )
            assert page.url == address + path
            assert page.locator("h1").count() == 1
    assert ran == []
    assert blocked == []  # the pages hold nothing the policy had to stop
    assert [url for url in asked if not url.startswith(address)] == []
