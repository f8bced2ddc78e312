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
    assert document["entries"][2]["values"] == {"asterisk": 1, "dagger": 0, "rank_last_week": 2}
    assert ok("-C", desk, "status", "--reconcile", "--json").json["last_week"] == []  # no week before it is held
    assert f"{HARDCOVER}: weeks as printed in 10 of 10 entries" in ok("-C", desk, "status", "--reconcile").out
