"""Every page of the example in a real browser: readable at any width, accessible, silent, and asking nobody else for anything."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from groundswell.cli import main
from tests.browser import chromium, chromium_path, served
from tests.command import ok
from tests.newsroom.test_site import CLAIM, MARKDOWN, PLAIN, WITH_CHARTS
from tests.newsroom.test_site import _story as hostile_story
from tests.paper import TV, TV_LISTS

pytestmark = pytest.mark.browser
STORY = "stories/heartstopper-returns/index.html"
PAGES = (
    "index.html",
    STORY,
    "stories/netflix-global-tv-english-2022-05-01/index.html",
    "charts/index.html",
    "charts/netflix.global.tv_english/2022-05-01/index.html",
    "titles/heartstopper/s1/index.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if chromium_path() is None:
        if os.environ.get("GROUNDSWELL_REQUIRE_ALL") == "1":
            pytest.fail("Chromium is not installed: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    here = Path.cwd()
    folder = tmp_path_factory.mktemp("demo")
    os.chdir(folder)
    try:
        assert main(["demo", "--no-serve"]) == 0
    finally:
        os.chdir(here)
    with served(folder / "groundswell-demo" / "site") as address:
        yield address


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_silent_and_never_wider_than_the_screen(site: str, width: int, scheme: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    with chromium() as browser:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        for path in PAGES:
            page.goto(site + path)
            for details in page.locator("details").all():
                details.locator("summary").click()
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{path} is {overflow} px too wide at {width}"
            assert said == []
            violations = Axe().run(page).response["violations"]
            assert violations == [], f"{path} at {width} {scheme}: {[violation['id'] for violation in violations]}"
    assert asked
    assert [url for url in asked if not url.startswith(site)] == []


def test_a_receipt_opens_without_javascript(site: str) -> None:
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(site + STORY)
        receipt = page.locator("details", has_text="54 countries").first
        assert not receipt.locator("table").is_visible()
        receipt.locator("summary").click()
        assert receipt.locator("table").is_visible()
        assert "found 54 countries (of 93 that had a list)" in receipt.inner_text()


def test_a_number_opens_its_receipt_where_it_stands_without_javascript(site: str) -> None:
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(site + STORY)
        card = page.locator("#card-4")
        assert not card.is_visible()
        page.locator("button.bound", has_text="23.94 million hours").click()
        assert card.is_visible()
        assert "found 23,940,000 hours" in card.inner_text()
        assert "Netflix" in card.inner_text()
        page.keyboard.press("Escape")
        assert not card.is_visible()


def test_the_drawing_fits_the_screen_and_one_of_the_two_is_shown(site: str) -> None:
    with chromium() as browser:
        for width, shown, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
            page = browser.new_page(viewport={"width": width, "height": 900})
            page.goto(site + PAGES[4])
            assert page.locator(f"svg.{shown}").is_visible()
            assert not page.locator(f"svg.{hidden}").is_visible()
            box = page.locator(f"svg.{shown}").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            page.close()


def test_a_hundred_hostile_stories_do_nothing(paper: Path) -> None:
    """Every payload as title, summary, category, origin and prose: no script runs, nobody else is asked, no page leads away."""
    if chromium_path() is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    payloads = (*PLAIN, *MARKDOWN)
    lines = "".join(
        f'2022-05-22,{rank},"{title}","{title}",{1000 - rank}\n'
        for rank, title in enumerate((payload.replace('"', '""') for payload in PLAIN), 1)
    )
    (paper / "data" / "tv.csv").write_text(TV_LISTS + lines, encoding="utf-8")
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    for number in range(100):
        payload, other = payloads[number % len(payloads)], PLAIN[number // len(payloads) % len(PLAIN)]
        line = " ".join(payload.split())
        told = hostile_story(
            title=line,
            summary=f"{line} reached 3 countries, a second one",
            category=other,
            claims=[
                CLAIM,
                {"says": "a second one", "attributed": {"to": line, "url": "https://a.example/?\"'><script>"}},
                {"says": "a second", "not_a_claim": line},
                {"says": line, "not_a_claim": "hostile"},
            ],
            body=f"{other} 3 countries\n\n{payload}\n\n" + payload * (990_000 // len(payload) if number == 99 else 1),
        )
        (paper / "stories" / f"hostile-{number:03}.md").write_text(told, encoding="utf-8")
    ok("-C", paper, "build")
    asked: list[str] = []
    ran: list[str] = []
    blocked: list[str] = []
    with served(paper / "site") as address, chromium() as browser:
        page = browser.new_page()
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        page.on("console", lambda told: blocked.append(told.text) if "Content Security Policy" in told.text else None)
        page.on("pageerror", lambda error: ran.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        pages = sorted(path.relative_to(paper / "site").as_posix() for path in (paper / "site").rglob("*.html"))
        assert sum(path.startswith("stories/hostile-") for path in pages) == 100
        for path in pages:
            page.goto(address + path)
            page.evaluate(
                "document.querySelectorAll('*').forEach(e => ['mouseover', 'click', 'load', 'error'].forEach("
                "kind => e.tagName !== 'A' && e.dispatchEvent(new Event(kind))))"
            )
            assert page.url == address + path
            assert page.locator("h1").count() >= 1
    assert ran == []
    assert blocked == []  # the pages hold nothing the policy had to stop
    assert [url for url in asked if not url.startswith(address)] == []
