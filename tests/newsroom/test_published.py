"""What was published is recorded, replaced only with a stated correction, and flagged when the data is revised."""

import json
from pathlib import Path
from typing import Any

from tests.command import ok, run, tree
from tests.paper import SUBJECT, TV, TV_LISTS


def record(desk: Path) -> dict[str, Any]:
    [path] = (desk / "published").glob("*.json")
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def story(desk: Path) -> Path:
    [path] = (desk / "stories").glob("*.md")
    return path


def revise(desk: Path, old: str, new: str) -> None:
    """A newer edition of the list, with one figure changed at its origin."""
    data = desk / "data" / "tv.csv"
    assert old in TV_LISTS
    data.write_text(TV_LISTS.replace(old, new))
    sidecar = data.with_name("tv.csv.origin.toml")
    sidecar.write_text(sidecar.read_text().replace("2022-06-01", "2022-07-01"))
    ok("-C", desk, "load", "--all")


def test_a_build_records_each_number_with_its_receipt(paper: Path) -> None:
    ok("-C", paper, "build")
    published = record(paper)
    assert published["format"] == 1
    says = {number["says"]: number for number in published["numbers"]}
    assert says["3 countries"]["value"] == 3
    assert says["3 countries"]["verdict"] == "supported"
    held = {path.stem for path in (paper / "site" / "receipts").glob("*.json")}
    assert {number["receipt"].removeprefix("sha256:") for number in published["numbers"]} <= held


def test_building_again_changes_nothing_of_the_record(paper: Path) -> None:
    ok("-C", paper, "build")
    before = tree(paper / "published")
    ok("-C", paper, "build")
    assert tree(paper / "published") == before


def test_a_revision_flags_the_story_and_rewrites_nothing(paper: Path) -> None:
    ok("-C", paper, "build")
    before, text = tree(paper / "published"), story(paper).read_bytes()
    revise(paper, "23940000", "24400000")
    ran = ok("-C", paper, "build")
    assert "correction to make" in ran.out
    assert "24,400,000" in ran.out
    assert tree(paper / "published") == before
    assert story(paper).read_bytes() == text
    page = (paper / "site" / "stories" / story(paper).stem / "index.html").read_text()
    assert "since revised: a correction is due" in page
    assert len(ok("-C", paper, "build", "--json").json["corrections_due"]) == 1


def test_published_words_are_no_excuse_for_another_claim(paper: Path) -> None:
    ok("-C", paper, "build")
    path, hours = story(paper), f"chart: {TV}\n    period: [2022-04-25, 2022-05-01]"
    text = path.read_text()
    assert text.count(hours) == 1
    path.write_text(text.replace(hours, hours.replace("04-25, 2022-05-01", "05-02, 2022-05-08")))
    run("-C", paper, "build").refused('"23.94 million hours" is refuted', "31,250,000", code=1)
    path.write_text(text.replace(f"subject: {SUBJECT}\n    {hours}", f"subject: nine-umbrellas\n    {hours}"))
    run("-C", paper, "build").refused('"23.94 million hours" is refuted', "30,000,000", code=1)


def test_a_record_without_claims_excuses_nothing_until_a_build_adds_them(paper: Path) -> None:
    ok("-C", paper, "build")
    typed = record(paper)
    [path] = (paper / "published").glob("*.json")
    of_words = {"says", "kind", "value", "verdict", "evidence", "receipt"}
    numbers = [{name: number[name] for name in of_words} for number in typed["numbers"]]
    path.write_text(json.dumps(typed | {"numbers": numbers}))
    bare = path.read_bytes()
    ok("-C", paper, "build")
    assert record(paper) == typed
    path.write_bytes(bare)
    revise(paper, "23940000", "24400000")
    run("-C", paper, "build").refused('"23.94 million hours" is refuted', "24,400,000", code=1)


def test_a_story_never_published_is_refused_by_the_same_revision(paper: Path) -> None:
    revise(paper, "23940000", "24400000")
    run("-C", paper, "build").refused("refuted", "24,400,000", code=1)


def test_a_published_quote_is_replaced_only_with_a_stated_correction(paper: Path) -> None:
    ok("-C", paper, "build")
    site, published = tree(paper / "site"), record(paper)
    revise(paper, "23940000", "24400000")
    path = story(paper)
    path.write_text(path.read_text().replace("23.94 million", "24.4 million"))
    run("-C", paper, "build").refused(
        'stories/kite-returns.md: "23.94 million hours"', "is gone", "corrections", code=1
    )
    assert tree(paper / "site") == site
    stated = (
        "corrections:\n  - {old: 23.94 million hours, new: 24.4 million hours, who: A. Editor, "
        "why: The Almanac revised the figure.}\nclaims:"
    )
    path.write_text(path.read_text().replace("claims:", stated, 1))
    ok("-C", paper, "build")
    after = record(paper)
    assert after["published_at"] == published["published_at"]
    [correction] = after["corrections"]
    assert (correction["old"], correction["new"]) == ("23.94 million hours", "24.4 million hours")
    assert correction["who"] == "A. Editor"
    page = (paper / "site" / "stories" / path.stem / "index.html").read_text()
    assert "The Almanac revised the figure." in page
    ok("-C", paper, "build")
    assert record(paper) == after


def test_a_damaged_record_stops_the_build_in_one_line(paper: Path) -> None:
    ok("-C", paper, "build")
    [path] = (paper / "published").glob("*.json")
    path.write_text("{")
    run("-C", paper, "build").refused(path.name, "restore it")
