"""The site: inert whatever it is made of, whole or untouched, the same bytes from the same stories."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from groundswell.cli import work
from groundswell.newsroom.desk import open_desk
from tests.command import ok, run, tree
from tests.newsroom.html import broken_links, hold_inert, page, parse, text_of
from tests.paper import COUNTRY, SETTINGS, STORY, SUBJECT, TV, TV_LISTS

WITH_CHARTS = SETTINGS.replace("\ntimezone", f'\ncharts = ["{TV}"]\ntimezone')
CLAIM = {"says": "3 countries", "kind": "reach", "subject": SUBJECT, "chart": COUNTRY}
PLAIN = (
    "<script>alert(document.domain)</script>",
    '"><img src=x onerror=alert(x)>',
    "<svg/onload=alert(x)>",
    'x" onmouseover="alert(x)" x=\'',
    "</title></head><script>alert(x)</script>",
    "<!-- --!> ]]> <![CDATA[ <?x",
    "{{ config }} {# x #} ${x} #{x}",
    "&lt;script&gt; &amp;amp; &quot;",
    "<a href=javascript:alert(x)>x</a><iframe src=//evil.example></iframe><base href=//evil.example>",
    "<style>*{display:none}</style><meta http-equiv=refresh content=x>",
    "\u2028 \u2029 \u00a0 \u200f \u2066 ﷽ 👩‍👩‍👧 e\u0301",
    "\\ ' \" ` < > & = /",
)
MARKDOWN = (
    "[x](javascript:alert(x))",
    "[x](JaVaScRiPt:alert(x))",
    "[x](&#106;avascript:alert(x))",
    "&#60;script&#62;alert(x)&#60;/script&#62;",
    "[x](java\tscript:alert(x))",
    "[x](\\javascript:alert(x))",
    "[x](vbscript:x) [x](file:///etc/passwd) [x](data:text/html,<script>alert(x)</script>)",
    "<javascript:alert(x)>",
    "![x](javascript:alert(x))",
    '![x" onerror="alert(x)](x.png)',
    "![x](x.png \"x' onload='alert(x)\")",
    "[x][y]\n\n[y]: javascript:alert(x) \"x' onclick='alert(x)\"",
    '```"><script>alert(x)</script>\n</code></pre><script>alert(x)</script>\n```',
    "<div onclick=alert(x)>\n\n**x**\n\n</div>",
    "<svg><script>alert(x)</script></svg>",
    "# <img src=x onerror=alert(x)>",
    "`<script>alert(x)</script>`",
)


def _site(paper: Path) -> Path:
    ok("-C", paper, "build")
    return paper / "site"


def _story(**fields: Any) -> str:
    """A story of one claim, with these front matter fields and body."""
    front = {
        "title": "A title",
        "summary": "It reached 3 countries.",
        "category": "News",
        "claims": [CLAIM],
        **{name: value for name, value in fields.items() if name != "body"},
    }
    text = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in front.items())
    text = text.replace(f'"chart": "{COUNTRY}"', f'"chart": "{COUNTRY}", "period": [2022-04-25, 2022-05-15]')
    return f"---\n{text}released: 2022-05-20\n---\n{fields.get('body', 'Words.')}\n"


@pytest.mark.parametrize("settings", [SETTINGS, WITH_CHARTS], ids=["stories", "stories and charts"])
def test_every_page_is_whole_html_and_leads_somewhere(paper: Path, settings: str) -> None:
    (paper / "desk.toml").write_text(settings, encoding="utf-8")
    site = _site(paper)
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > (1 if settings is SETTINGS else 8)
    for path in pages:
        hold_inert(page(path))
    assert broken_links(site) == []


def test_the_head_of_a_page_marks_where_its_reader_is(paper: Path) -> None:
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    site = _site(paper)
    marked = {
        place: re.findall(
            r'aria-current="page">([^<]+)<', (site / place / "index.html").read_text().partition("<main")[0]
        )
        for place in (".", "charts", "stories/kite-returns", "category/entertainment", f"charts/{TV}/2022-05-01")
    }
    assert [*marked.values()] == [["All News"], ["Charts"], [], [], []]


def test_a_story_shows_its_numbers_and_their_receipts(paper: Path) -> None:
    site = _site(paper)
    text = text_of(page(site / "stories" / "kite-returns" / "index.html"))
    for words in (
        "Kite & String returns",
        "found 3 countries (of 4 that had a list)",
        "The Almanac",
        "23,940,000 hours",
    ):
        assert words in text
    assert len(list((site / "receipts").iterdir())) == 4
    assert "Kite & String returns" in text_of(page(site / "index.html"))


def test_the_news_is_paged_whole_newest_first_and_by_category_and_territory(paper: Path) -> None:
    for number in range(120):
        told = _story(
            claims=[],
            summary="Words.",
            category="Odd" if number % 2 else "Even",
            territories=["GB", "JP"][: number % 3],
        )
        day = date(2021, 1, 1) + timedelta(days=number // 2)
        name = f"s-{number:03}.md"
        (paper / "stories" / name).write_text(told.replace("2022-05-20", str(day)), encoding="utf-8")
    site = _site(paper)
    assert broken_links(site) == []

    def listed(folder: str) -> list[tuple[str, str]]:
        """Days and slugs over all the pages of a list, led from one to the next as a reader is."""
        found, path = [], site / folder / "index.html"
        while True:
            shown = page(path)
            for item in next(element for element in shown.iter("ol") if element.get("class") == "news"):
                [day], [link] = item.iter("time"), [a for h2 in item.iter("h2") for a in h2]
                found.append((day.attrib["datetime"], link.attrib["href"].split("/")[-2]))
            older = [link for link in shown.iter("a") if link.get("rel") == "next"]
            if not older:
                return found
            path = path.parent / older[0].attrib["href"]

    news = listed("")
    assert len(news) == len(set(news)) == 121
    assert [day for day, _ in news] == sorted((day for day, _ in news), reverse=True)
    assert news[0] == ("2022-05-20", "kite-returns")
    assert listed("category/odd") == [one for one in news if one[1][-1] in "13579"]
    assert listed("territory/JP") == [one for one in news if one[1][-3:].isdigit() and int(one[1][-3:]) % 3 == 2]
    assert sorted(path.name for path in (site / "page").iterdir()) == ["2", "3"]
    assert not (site / "category" / "entertainment" / "page").exists()


def test_hostile_words_are_inert_words(paper: Path) -> None:
    for number, payload in enumerate(PLAIN):
        attributed = {"says": "a second one", "attributed": {"to": payload, "url": "https://a.example/?\"'><script>"}}
        told = _story(
            title=payload,
            summary=f"{payload} reached 3 countries, a second one",
            category=payload,
            language='en" onload="alert(x)',
            claims=[CLAIM, attributed, {"says": "a second", "not_a_claim": payload}],
        )
        (paper / "stories" / f"hostile-{number}.md").write_text(told, encoding="utf-8")
    name = json.dumps(" ".join(PLAIN), ensure_ascii=False)
    (paper / "desk.toml").write_text(SETTINGS.replace('"The Paper"', name), encoding="utf-8")
    site = _site(paper)
    for path in site.rglob("*.html"):
        hold_inert(page(path))
    entries = ElementTree.fromstring((site / "feed.atom").read_bytes()).iter("{http://www.w3.org/2005/Atom}title")
    in_atom = [(entry.text or "").split() for entry in entries]
    in_json = [item["title"].split() for item in json.loads((site / "feed.json").read_bytes())["items"]]
    for number, payload in enumerate(PLAIN):
        shown = page(site / "stories" / f"hostile-{number}" / "index.html")
        assert [text_of(element) for element in shown.iter() if element.tag == "h1"] == [" ".join(payload.split())]
        assert payload.split() in in_atom
        assert payload.split() in in_json


def test_hostile_prose_is_inert(paper: Path) -> None:
    for number, payload in enumerate((*PLAIN, *MARKDOWN)):
        told = _story(body=f"3 countries\n\n{payload}")
        (paper / "stories" / f"hostile-{number}.md").write_text(told, encoding="utf-8")
    site = _site(paper)
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(PLAIN) + len(MARKDOWN)
    for path in pages:
        hold_inert(page(path))


def test_hostile_titles_in_the_data_are_inert(paper: Path) -> None:
    quoted = ['"' + payload.replace('"', '""') + '"' for payload in PLAIN]
    lines = [f"2022-05-22,{rank},{title},{title},{1000 - rank}\n" for rank, title in enumerate(quoted, 1)]
    (paper / "data" / "tv.csv").write_text("".join([TV_LISTS, *lines]), encoding="utf-8")
    said = json.dumps(" ".join(PLAIN), ensure_ascii=False)
    (paper / "charts" / f"{TV}.toml").write_text(f"title = {said}\nhow = {said}\n", encoding="utf-8")
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    site = _site(paper)
    for path in site.rglob("*.html"):
        hold_inert(page(path))
    assert broken_links(site) == []
    chart = text_of(page(site / "charts" / TV / "2022-05-22" / "index.html"))
    assert all(" ".join(payload.split()) in chart for payload in PLAIN)


def test_a_direction_override_is_refused_before_it_shows_54_as_45(paper: Path) -> None:
    hostile = [("title", "\u202e"), ("summary", "\u202d"), ("body", "\u202a")]
    for where, override in hostile:
        told = _story(**{where: f"3 countries {override}"})
        (paper / "stories" / f"hostile-{where}.md").write_text(told, encoding="utf-8")
    ran = run("-C", paper, "build")
    assert ran.code == 1
    for where, override in hostile:
        assert re.search(rf"stories/hostile-{where}\.md:\d+: holds the character U\+{ord(override):04X}, ", ran.err)
    assert not (paper / "site").exists()


def test_the_same_stories_are_the_same_bytes(paper: Path, tmp_path: Path) -> None:
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    first = tree(_site(paper))
    assert tree(_site(paper)) == first
    ok("-C", paper, "rebuild")
    assert tree(_site(paper)) == first
    other = tmp_path / "other"
    shutil.copytree(paper, other, ignore=shutil.ignore_patterns(".groundswell", "site"))
    ok("-C", other, "load", "--all")
    assert tree(_site(other)) == first


CANARIES = {
    "title": "Quetzal in a title",
    "summary": "Quetzal in a summary, 3 countries.",
    "category": "Quetzal",
    "territories": ["JP"],
    "about": ["quetzal"],
    "body": "Quetzal, 3 countries. ![quetzal](quetzal.png 'quetzal')",
    "claims": [
        CLAIM,
        {"says": "Quetzal", "attributed": {"to": "Quetzal", "url": "https://quetzal.example"}},
        {"says": "in a", "not_a_claim": "quetzal"},
    ],
}


def _traces(paper: Path) -> list[str]:
    """Every file but the story itself whose name or bytes hold the canary, and the time it is kept back."""
    (paper / "stories" / "quetzal.md").rename(paper.parent / "kept-elsewhere.md")
    found = [
        name for name, data in tree(paper).items() if b"quetzal" in data.lower() or b"2999" in data or "quetzal" in name
    ]
    (paper.parent / "kept-elsewhere.md").rename(paper / "stories" / "quetzal.md")
    return found


def test_an_embargoed_story_leaves_no_trace_before_its_time(paper: Path) -> None:
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    before = tree(_site(paper))
    path = paper / "stories" / "quetzal.md"
    path.write_text(
        _story(**CANARIES, embargo="EMBARGO").replace('"EMBARGO"', "2999-01-01T00:00:00Z"), encoding="utf-8"
    )
    ran = ok("-C", paper, "build")
    assert "uetzal" not in ran.out
    assert _traces(paper) == []
    assert tree(paper / "site") == before
    path.write_text(
        _story(**CANARIES, embargo="EMBARGO").replace('"EMBARGO"', "2022-05-20T15:00:00+01:00"), encoding="utf-8"
    )
    ok("-C", paper, "build")
    traces = _traces(paper)
    pages = ("", "stories/quetzal/", "category/quetzal/", "territory/JP/")
    assert {*(f"site/{page}index.html" for page in pages), "site/feed.atom", "site/feed.json"} <= set(traces)
    path.write_text(
        _story(**CANARIES, embargo="EMBARGO").replace('"EMBARGO"', "2999-01-01T00:00:00Z"), encoding="utf-8"
    )
    ok("-C", paper, "build")
    assert tree(paper / "site") == before


@pytest.mark.parametrize("field", [*CANARIES, "corrections"])
def test_each_field_is_kept_back_to_the_second(paper: Path, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The word in one field alone: in no file one second before the embargo ends, on the story's page one second after."""
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    before = tree(_site(paper))
    ends = datetime(2026, 6, 1, 15, tzinfo=timezone(timedelta(hours=1)))
    plain: dict[str, Any] = {"about": [SUBJECT.split("/")[0]], "body": "Words.", "claims": [CLAIM]}
    fields = {**plain, field: CANARIES[field]} if field in CANARIES else plain
    if field == "corrections":
        fields["corrections"] = [{"old": "quetzal", "new": "words", "who": "quetzal", "why": "quetzal"}]
    elif field == "claims":
        fields["summary"] = CANARIES["summary"]
        fields["body"] = CANARIES["body"]
    told = _story(**fields, embargo="EMBARGO").replace('"EMBARGO"', ends.isoformat())
    (paper / "stories" / "quetzal.md").write_text(told, encoding="utf-8")
    monkeypatch.setattr(work, "now", lambda: ends - timedelta(seconds=1))
    ok("-C", paper, "build")
    assert _traces(paper) == []
    assert tree(paper / "site") == before
    monkeypatch.setattr(work, "now", lambda: ends + timedelta(seconds=1))
    ok("-C", paper, "build")
    due = {"site/index.html", "site/stories/quetzal/index.html", "site/feed.atom", "site/feed.json"}
    due |= {f"site/category/{'quetzal' if field == 'category' else 'news'}/index.html"}
    if field != "about":
        due |= {f"site/titles/{SUBJECT}/index.html"}
    if field == "territories":
        due |= {"site/territory/JP/index.html"}
    assert due <= set(_traces(paper))


def test_an_embargo_without_an_offset_is_of_the_desks_zone(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (paper / "desk.toml").write_text(SETTINGS.replace("Europe/London", "America/New_York"), encoding="utf-8")
    before = tree(_site(paper))
    told = _story(**CANARIES, embargo="EMBARGO").replace('"EMBARGO"', "2026-06-01T15:00:00")
    (paper / "stories" / "quetzal.md").write_text(told, encoding="utf-8")
    monkeypatch.setattr(work, "now", lambda: datetime(2026, 6, 1, 18, 59, 59, tzinfo=UTC))
    ok("-C", paper, "build")
    assert _traces(paper) == []
    assert tree(paper / "site") == before
    monkeypatch.setattr(work, "now", lambda: datetime(2026, 6, 1, 19, tzinfo=UTC))
    ok("-C", paper, "build")
    assert "site/stories/quetzal/index.html" in _traces(paper)


def test_an_embargoed_story_must_hold_too(paper: Path) -> None:
    told = _story(**{**CANARIES, "summary": "4 lives"}, embargo="EMBARGO").replace('"EMBARGO"', "2999-01-01T00:00:00Z")
    (paper / "stories" / "quetzal.md").write_text(told, encoding="utf-8")
    run("-C", paper, "build").refused('stories/quetzal.md:3: "4" in the summary', code=1)


def test_a_refused_build_leaves_the_site_as_it_was(paper: Path) -> None:
    before = tree(_site(paper))
    path = paper / "stories" / "kite-returns.md"
    path.write_text(STORY.replace("3 countries", "4 countries"), encoding="utf-8")
    ran = run("-C", paper, "build")
    assert (ran.code, ran.out) == (1, "")
    [line] = [line for line in ran.err.splitlines() if '"4 countries" is refuted: ' in line]
    assert line.startswith("groundswell: stories/kite-returns.md:3: ")
    assert line.endswith("found 3 countries (of 4 that had a list)")
    assert tree(paper / "site") == before
    assert _left_over(paper) == []


def test_a_story_named_like_that_of_a_week_is_one_line_and_nothing_is_written(paper: Path) -> None:
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    (paper / "stories" / "paper-tv-2022-05-01.md").write_text(_story(), encoding="utf-8")
    before = tree(paper)
    run("-C", paper, "build").refused(
        "stories/paper-tv-2022-05-01.md: another story has this address; ", "rename this file", code=1
    )
    assert tree(paper) == before


def _left_over(paper: Path) -> list[str]:
    return [path.name for path in paper.iterdir() if path.name.startswith(".site")]


def _after_the_first_rename(paper: Path) -> None:
    (paper / "site").rename(paper / ".site-old")


def _before_the_first_rename(paper: Path) -> None:
    (paper / ".site-new-dead").mkdir()
    (paper / ".site-new-dead" / "index.html").write_text("half a page")


def _before_the_sweep(paper: Path) -> None:
    shutil.copytree(paper / "site", paper / ".site-old")


@pytest.mark.parametrize("crash", [_before_the_first_rename, _after_the_first_rename, _before_the_sweep])
@pytest.mark.parametrize("refused", [False, True])
def test_a_build_that_died_is_made_good(paper: Path, crash: Callable[[Path], None], refused: bool) -> None:
    """The folders as a build leaves them that is killed between two of its steps; the next build may itself be refused."""
    before = tree(_site(paper))
    crash(paper)
    if refused:
        (paper / "stories" / "nine.md").write_text(_story(title="9 lives"), encoding="utf-8")
    assert run("-C", paper, "build").code == int(refused)
    assert tree(paper / "site") == before
    assert _left_over(paper) == []


def test_a_crash_while_the_pages_are_written_leaves_the_old_site(paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(_site(paper))
    full = OSError(28, "No space left on device")

    def no_space(*_: object) -> int:
        raise full

    monkeypatch.setattr(Path, "write_bytes", no_space)
    ran = run("-C", paper, "build")
    monkeypatch.undo()
    assert (ran.code, ran.err) == (3, "groundswell: No space left on device\n")
    assert tree(paper / "site") == before
    assert _left_over(paper) == []


def test_stories_that_are_gone_are_gone_from_the_site(paper: Path) -> None:
    site = _site(paper)
    assert (site / "stories" / "kite-returns").exists()
    (paper / "stories" / "kite-returns.md").unlink()
    ok("-C", paper, "build")
    assert not (site / "stories").exists()
    assert "No story is published yet." in text_of(page(site / "index.html"))


def test_a_strict_parser_would_catch_what_must_not_be() -> None:
    for html in (
        "<p onclick=x>",
        "<script>x</script>",
        "<a href=' javascript:x'>x</a>",
        "<svg></svg>",
        "<iframe></iframe>",
    ):
        document = parse(
            f"<!doctype html><html lang=en><head><title>x</title></head><body>{html}</body></html>".encode()
        )
        with pytest.raises(AssertionError):
            hold_inert(document)


def test_a_number_of_simulated_rows_says_so_and_never_wears_the_proven_mark(paper: Path) -> None:
    for sidecar in (paper / "data").glob("*.toml"):
        sidecar.write_text(sidecar.read_text() + 'status = "simulated"\n', encoding="utf-8")
    ok("-C", paper, "load", "--all")
    story = page(_site(paper) / "stories" / "kite-returns" / "index.html")
    text = text_of(story)
    assert text.count("◇ supported (simulated)") == 8  # four cards, four receipts
    assert "✓" not in text
    assert "[The Almanac; simulated]" in text
    assert [element for element in story.iter() if "proven" in element.get("class", "").split()] == []


def test_numbers_of_the_weeks_story_are_said_as_people_count(paper: Path) -> None:
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    site = _site(paper)
    text = text_of(page(site / "stories" / "paper-tv-2022-05-01" / "index.html"))
    assert "30 million hours" in text
    assert "billion" not in text
    assert open_desk(paper).settings.charts == (TV,)


def test_a_title_that_is_a_number_does_not_stop_the_weeks_story(paper: Path) -> None:
    titles = ("65", "Two", "Thirty-Nine", "1899", "'83")
    lines = [f"2022-05-22,{rank},{title},,{1000 - rank}\n" for rank, title in enumerate(titles, 1)]
    (paper / "data" / "tv.csv").write_text("".join([TV_LISTS, *lines]), encoding="utf-8")
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    text = text_of(page(_site(paper) / "stories" / "paper-tv-2022-05-22" / "index.html"))
    assert all(title in text for title in titles)


def test_the_pages_of_a_series_name_each_other(paper: Path) -> None:
    second = "2022-05-22,1,Kite & String,Kite & String: Season 2,1000\n2022-05-22,2,Tin Badger,,900\n"
    (paper / "data" / "tv.csv").write_text(TV_LISTS + second, encoding="utf-8")
    (paper / "desk.toml").write_text(WITH_CHARTS, encoding="utf-8")
    ok("-C", paper, "load", "chart.csv", "--chart", TV)
    titles = _site(paper) / "titles"
    assert "see also Kite & String: Season 2" in text_of(page(titles / "kite-string" / "s1" / "index.html"))
    assert "see also Kite & String: Season 1" in text_of(page(titles / "kite-string" / "s2" / "index.html"))
    assert "see also" not in text_of(page(titles / "tin-badger" / "index.html"))
    assert broken_links(paper / "site") == []
