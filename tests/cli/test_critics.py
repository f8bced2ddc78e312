"""Critics from their file to a page: reviews and scores loaded as desk.toml maps them, claimed, shown, verified, revised."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import ok, run, tree

_REVIEWS = "\n".join(
    [
        "Title,Season,Date,Verdict,Critic,Publication,Top critic",
        *(
            f"Kite & String,Season 1,2022-{'04' if n < 10 else '05'}-{1 + n % 19:02},fresh,Critic {n},Gazette {n},{int(n < 6)}"
            for n in range(20)
        ),
        "Kite & String,Season 1,2022-05-18,fresh,Critic é,Gazette,0",
    ]
)
_SCORES = (
    "Film,Opened,Score,Reviews,Fresh,Rotten,Status\nOak,1969,57,40,23,17,Fresh\nOak,2003,90,100,90,10,Certified Fresh\n"
)
SETTINGS = """
[[feeds]]
feed = "critics.reviews"
path = "data/reviews.csv"
encoding = "latin-1"
[feeds.columns]
title = "Title"
season = "Season"
day = "Date"
verdict = "Verdict"
critic = "Critic"
publication = "Publication"
top = "Top critic"

[[feeds]]
feed = "critics.scores"
path = "data/scores.csv"
day = 2022-05-19
yes = ["Certified Fresh"]
no = ["Fresh", "Rotten"]
[feeds.columns]
title = "Film"
year = "Opened"
score = "Score"
reviews = "Reviews"
fresh_reviews = "Fresh"
rotten_reviews = "Rotten"
certified_fresh = "Status"
"""
ORIGIN = """
producer = "The Almanac"
title = "Critics"
licence = "CC0-1.0"
fetched = 2022-05-20
"""
SIMULATED = f'{ORIGIN}status = "simulated"\nstands_for = "a real one"\n'


def _claim(says: str, kind: str, measure: str, subject: str = "kite-string/s1") -> str:
    of = f"    kind: {kind}\n    subject: {subject}\n    measure: critics.{measure}\n    period: [2022-04-01, 2022-05-19]"
    return f'  - says: "{says}"\n{of}'


STORY = "\n".join(
    [
        "---",
        "title: Kite & String has 100% on Rotten Tomatoes from 21 reviews",
        "summary: It is certifiable, and Oak of 2003 is Certified Fresh.",
        "released: 2022-05-20",
        "category: Entertainment",
        "claims:",
        _claim("100% on Rotten Tomatoes", "level", "score"),
        _claim("21 reviews", "level", "reviews"),
        _claim("certifiable", "status", "certifiable"),
        _claim("Certified Fresh", "status", "certified_fresh", "oak-2003"),
        "---",
        "More will follow.",
        "",
    ]
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with simulated reviews, published scores and one story, loaded."""
    folder = tmp_path / "desk"
    ok("new", folder, "--empty")
    with (folder / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    for name, text, origin in (("reviews", _REVIEWS, SIMULATED), ("scores", _SCORES, ORIGIN)):
        (folder / "data" / f"{name}.csv").write_text(text, encoding="latin-1")
        (folder / "data" / f"{name}.csv.origin.toml").write_text(origin, encoding="utf-8")
    (folder / "stories" / "fresh.md").write_text(STORY, encoding="utf-8")
    ok("-C", folder, "load", "--all")
    return folder


def _receipts(desk: Path) -> dict[str, dict[str, Any]]:
    documents = [json.loads(path.read_bytes()) for path in (desk / ".groundswell" / "receipts").glob("*.json")]
    return {document["sentence"]: document for document in documents}


def test_a_story_of_reviews_is_built_and_verified(desk: Path) -> None:
    ok("-C", desk, "build")
    receipts = _receipts(desk)
    score, certified = receipts["100% on Rotten Tomatoes"], receipts["Certified Fresh"]
    assert "found 100% of 21 reviews (95% interval 84.5% to 100%; reading of 19 May 2022)" in score["explanation"]
    assert (score["evidence"], certified["evidence"]) == ("simulated", "published")
    assert (score["rows_count"], len(score["snapshots"])) == (21, 1)
    assert [row["said_by"] for row in score["rows"][-2:]] == ["Critic é, Gazette", "Critic 18, Gazette 18"]
    assert score["definition"] == receipts["21 reviews"]["definition"] != certified["definition"]
    assert "-- tally" in score["sql"]
    assert "-- tally" not in certified["sql"]
    assert "since 18 May 2022" in receipts["certifiable"]["explanation"]
    page = (desk / "site" / "stories" / "fresh" / "index.html").read_text(encoding="utf-8")
    assert "<td>Critic 0, Gazette 0</td>" in page
    assert ok("-C", desk, "verify").out.splitlines()[-1] == "4 same, 0 changed, 0 unknown"
    before = tree(desk / "site" / "receipts")
    ok("-C", desk, "rebuild")
    ok("-C", desk, "build")
    assert tree(desk / "site" / "receipts") == before


def test_status_says_what_is_held_and_which_scores_differ(desk: Path) -> None:
    series = {row["measure"]: row["subjects"] for row in ok("-C", desk, "status", "--json").json["series"]}
    assert series == {
        **dict.fromkeys((f"critics.{name}" for name in ("certifiable", "top_reviews", "top_score")), 1),
        **dict.fromkeys((f"critics.{name}" for name in ("certified_fresh", "fresh_reviews", "rotten_reviews")), 2),
        **dict.fromkeys(("critics.reviews", "critics.score"), 3),
    }
    assert ok("-C", desk, "status", "--reconcile", "--json").json["scores"] == [
        {"name": "half rounded down", "scores": 1, "examples": ["Oak (1969)"]},
        {"name": "same", "scores": 1, "examples": ["Oak (2003)"]},
    ]
    assert ok("-C", desk, "status", "--reconcile").out.splitlines() == [
        "critics' scores, half rounded down: 1 (Oak (1969))",
        "As computed: 1 of 2 scores.",
    ]


def test_a_later_file_with_a_rotten_review_is_a_change(desk: Path) -> None:
    ok("-C", desk, "build")
    (desk / "data" / "reviews.csv").write_text(
        _REVIEWS.replace("18,fresh,Critic é", "18,rotten,Critic é"), encoding="latin-1"
    )
    (desk / "data" / "reviews.csv.origin.toml").write_text(SIMULATED.replace("05-20", "06-20"), encoding="utf-8")
    said = ok("-C", desk, "load", "critics.reviews").out
    assert "21 entries in both: 1 figure revised, 0 titles renamed (0 entries), 0 gone" in said
    ran = run("-C", desk, "verify")
    assert ran.code == 1
    assert ran.out.splitlines()[-1] == "3 same, 1 changed, 0 unknown"
    assert (
        "refuted, Kite & String: Season 1, critics' score, 1 April 2022 to 19 May 2022: found 95% of 21 reviews"
        in ran.out
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("100% on", "99% on", "found 100% of 21 reviews"),
        ("21 reviews", "20 reviews", "found 21 reviews"),
        ("100% on Rotten Tomatoes", "100% audience score", "is undecidable (definition_differs)"),
        ("kite-string/s1", "oak-1969", "found 57% of 40 reviews"),
    ],
)
def test_what_does_not_hold_is_refused(desk: Path, old: str, new: str, why: str) -> None:
    (desk / "stories" / "fresh.md").write_text(STORY.replace(old, new), encoding="utf-8")
    ran = run("-C", desk, "build")
    assert ran.code == 1
    assert why in ran.err


def test_the_examples_of_the_documentation_load_as_they_stand(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
    section = text.partition("## Critics")[2].partition("\n## ")[0]
    settings = "\n".join(re.findall(r"```toml\n(.*?)```", section, re.DOTALL))
    files = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
    ok("new", tmp_path / "desk", "--empty")
    with (tmp_path / "desk" / "desk.toml").open("a", encoding="utf-8") as out:
        out.write(settings)
    for place, rows in zip(re.findall(r'path = "(.*?)"', settings), files, strict=True):
        (tmp_path / "desk" / place).write_text(rows, encoding="utf-8")
        (tmp_path / "desk" / f"{place}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    assert ok("-C", tmp_path / "desk", "load", "--all").out.count(" 0 findings") == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            ('encoding = "latin-1"', 'encoding = "ebcdic"'),
            "encoding 'ebcdic' is not one of utf-8, latin-1, windows-1252",
        ),
        (('encoding = "latin-1"', ""), "byte 0xe9 is not UTF-8"),
        (("day = 2022-05-19\n", ""), "feed critics.scores: as of when?"),
        (('verdict = "Verdict"\n', ""), "feed critics.reviews: columns must name verdict"),
        (('score = "Score"', 'score = "Note"'), "missing: Note"),
    ],
)
def test_a_mapping_that_does_not_fit_is_one_line(desk: Path, change: tuple[str, str], why: str) -> None:
    assert change[0] in SETTINGS
    (desk / "desk.toml").write_text('format = 1\nname = "x"\n' + SETTINGS.replace(*change), encoding="utf-8")
    ran = run("-C", desk, "load", "--all")
    assert ran.code == 2
    [line] = ran.err.splitlines()
    assert why in line
