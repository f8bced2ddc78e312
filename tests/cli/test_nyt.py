"""A best-seller list from its file to the screen."""

import json
from pathlib import Path

from tests.command import ok
from tests.feeds.test_nyt import answer

HARDCOVER = "nyt.young-adult-hardcover"


def test_a_list_says_its_sales_week_and_the_day_it_is_dated(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    ok("new", desk, "--empty")
    (tmp_path / "list.json").write_text(json.dumps(answer()), encoding="utf-8")
    assert "10 rows read, 10 kept, 0 findings" in ok("-C", desk, "load", "nyt.lists", tmp_path / "list.json").out
    out = ok("-C", desk, "chart", HARDCOVER, "--issue", "2022-05-10").out
    assert "Young Adult Hardcover, 2022-05-08/2022-05-14, list dated 2022-05-29 (method as printed" in out.replace(
        "\n", " "
    )
    document = ok("-C", desk, "chart", HARDCOVER, "--json").json
    assert (document["period"], document["published_on"]) == (["2022-05-08", "2022-05-14"], "2022-05-29")
    assert document["entries"][2]["values"] == {"asterisk": 1, "dagger": 0, "rank_last_week": 2, "weeks_on_list": 3}
    assert ok("-C", desk, "status", "--reconcile", "--json").json["last_week"] == []  # no week before it is held
    assert ok("-C", desk, "status", "--reconcile").out == "As computed: 10 of 10 weeks.\n"


STORY = """---
title: A title
summary: A summary.
released: 2022-06-01
category: Books
claims:
  - says: on the New York Times bestseller list
    kind: listed
    subject: tin-badger
    chart: nyt.young-adult-hardcover
    period: [2022-05-08, 2022-05-14]
---
*Tin Badger* is on the New York Times bestseller list.
"""


def test_pages_say_both_days_and_a_story_is_bound_to_the_list(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    ok("new", desk, "--empty")
    settings = (desk / "desk.toml").read_text(encoding="utf-8")
    (desk / "desk.toml").write_text(f'charts = ["{HARDCOVER}"]\n{settings}', encoding="utf-8")
    (tmp_path / "list.json").write_text(json.dumps(answer()), encoding="utf-8")
    (desk / "stories" / "on-the-list.md").write_text(STORY, encoding="utf-8")
    ok("-C", desk, "load", "nyt.lists", tmp_path / "list.json", "--fetched", "2022-06-01")
    ok("-C", desk, "build")
    page = (desk / "site" / "charts" / HARDCOVER / "2022-05-14" / "index.html").read_text(encoding="utf-8")
    assert "The week to 14 May 2022, list dated 29 May 2022" in page
    story = (desk / "site" / "stories" / "on-the-list" / "index.html").read_text(encoding="utf-8")
    assert "No. 2, issue to 14 May 2022, list dated 29 May 2022" in story
    weekly = desk / "site" / "stories" / "nyt-young-adult-hardcover-2022-05-14" / "index.html"
    assert 'datetime="2022-05-29"' in weekly.read_text(encoding="utf-8")  # the list's own day, not before it
