"""A series from its file to a page whose numbers hold: loaded as desk.toml maps it, claimed, shown, verified, revised."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from groundswell.catalog.identity import slug
from groundswell.claims import Claim, read
from groundswell.cli import work
from groundswell.core.period import Period, read_day
from groundswell.measures.named import name_of_measure
from groundswell.newsroom.desk import open_desk
from tests.command import ok, run, tree

FOLLOWERS, FRESH = "moss.followers", "moss.certified_fresh"
SETTINGS = f"""
[[feeds]]
feed = "series.csv"
measure = "{FOLLOWERS}"
unit = "followers"
path = "data/followers.csv"
columns = {{ day = "Date", title = "Account", value = "Followers" }}

[[feeds]]
feed = "series.csv"
measure = "{FRESH}"
title = "Kite & String"
yes = ["Certified Fresh"]
no = ["Fresh", "Rotten"]
path = "data/fresh.tsv"
columns = {{ day = "As of", value = "Status" }}
"""
ORIGIN = """
producer = "The Almanac"
title = "Readings"
licence = "CC0-1.0"
fetched = 2022-06-01
"""
DATA = {
    "followers.csv": "Date,Account,Followers\n2022-04-21,@kite,101200\n2022-05-18,@kite,3412345\n2022-05-18,Tin,\n",
    "fresh.tsv": "As of\tStatus\n2022-04-22\tFresh\n2022-04-27\tCertified Fresh\n",
}
NAMES = """scope,title,season,territory,valid_from,valid_to,rank,subject,why
moss.*,@kite,,,,,,kite-string,the show's account
"""
STORY = f"""---
title: Kite & String is Certified Fresh
summary: It has over 3.4M followers.
released: 2022-05-20
category: Entertainment
claims:
  - says: over 3.4M followers
    kind: level
    subject: kite-string
    measure: {FOLLOWERS}
    period: [2022-05-13, 2022-05-19]
  - says: Certified Fresh
    kind: status
    subject: kite-string
    measure: {FRESH}
    period: [2022-04-22, 2022-05-19]
---
More will follow.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with two series and one story, not loaded."""
    folder = tmp_path / "desk"
    ok("new", folder, "--empty")
    with (folder / "desk.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    for name, text in DATA.items():
        (folder / "data" / name).write_text(text, encoding="utf-8")
        (folder / "data" / f"{name}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    (folder / "catalog" / "names.csv").write_text(NAMES, encoding="utf-8")
    (folder / "stories" / "fresh.md").write_text(STORY, encoding="utf-8")
    return folder


def _origin(desk: Path, name: str, line: str) -> None:
    with (desk / "data" / f"{name}.origin.toml").open("a", encoding="utf-8") as sidecar:
        sidecar.write(f"{line}\n")


def _receipts(desk: Path) -> dict[str, dict[str, Any]]:
    documents = [json.loads(path.read_bytes()) for path in (desk / ".groundswell" / "receipts").glob("*.json")]
    return {document["sentence"]: document for document in documents}


def test_a_load_and_what_status_says_of_it(desk: Path) -> None:
    said = ok("-C", desk, "load", "--all").out
    assert "series.csv, data/followers.csv: 3 rows read, 2 kept, 1 finding; known from 2022-06-01T00:00:00Z" in said
    assert "line 4, Followers: '' is not a number" in said
    series = ok("-C", desk, "status", "--json").json["series"]
    assert series == [
        {
            "measure": FRESH, "unit": "status", "subjects": 1, "territories": 1, "readings": 2,
            "since": "2022-04-22", "until": "2022-04-27",
        },
        {
            "measure": FOLLOWERS, "unit": "followers", "subjects": 2, "territories": 1, "readings": 2,
            "since": "2022-04-21", "until": "2022-05-18",
        },
    ]  # fmt: skip
    [row] = [line.split() for line in ok("-C", desk, "status").out.splitlines() if line.startswith(FOLLOWERS)]
    assert row == [FOLLOWERS, "followers", "2", "1", "2", "2022-04-21", "2022-05-18"]


def test_the_example_of_the_documentation_loads_as_it_stands(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
    section = text.partition("## Any dated readings")[2].partition("\n## ")[0]
    [settings] = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    files = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
    ok("new", tmp_path / "desk", "--empty")
    with (tmp_path / "desk" / "desk.toml").open("a", encoding="utf-8") as out:
        out.write(settings)
    for place, rows in zip(re.findall(r'path = "(.*?)"', settings), files, strict=True):
        (tmp_path / "desk" / place).write_text(rows, encoding="utf-8")
        (tmp_path / "desk" / f"{place}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    [command] = re.findall(r"`groundswell (load series\.csv --measure \S+)`", section)
    assert "2 rows read, 2 kept, 0 findings" in ok("-C", tmp_path / "desk", *command.split()).out
    assert ok("-C", tmp_path / "desk", "load", "--all").out.count("0 findings") == 1  # the other is held already
    series = ok("-C", tmp_path / "desk", "status", "--json").json["series"]
    assert [(row["measure"], row["readings"]) for row in series] == [
        ("instagram.followers", 2),
        ("rt.certified_fresh", 2),
    ]


def test_the_hashtag_of_the_documentation_loads_as_it_stands(tmp_path: Path) -> None:
    """And a second hashtag beside it: each is an edition of itself alone."""
    text = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
    section = text.partition("## A hashtag's counter")[2].partition("\n## ")[0]
    [settings] = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    [lines] = re.findall(r"```\n(2022.*?)```", section, re.DOTALL)
    desk = tmp_path / "desk"
    ok("new", desk, "--empty")
    with (desk / "desk.toml").open("a", encoding="utf-8") as out:
        out.write(settings + settings.replace("kitestring", "other"))
    for name, rows in (("kitestring.txt", lines), ("other.txt", lines.replace("4300000000", "4100000000"))):
        (desk / "data" / name).write_text(rows, encoding="utf-8")
        (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN, encoding="utf-8")
    said = ok("-C", desk, "load", "--all").out
    assert "2 rows read, 2 kept, 0 findings" in said
    assert "2 rows read, 2 kept, 1 finding" in said
    assert "line 2: '4,100,000,000 after 4,200,000,000': fell since line 1" in said
    assert "revised" not in said
    place = desk / "data" / "other.txt"
    assert "already held" in ok("-C", desk, "load", "tiktok.hashtag_views", place, "--title", "#other").out
    refused = run("-C", desk, "load", "tiktok.hashtag_views", place)
    assert (refused.code, "with --title; mapped: #kitestring, #other" in refused.err) == (2, True)
    ok("-C", desk, "rebuild")
    [series] = ok("-C", desk, "status", "--json").json["series"]
    assert (series["measure"], series["subjects"], series["readings"]) == ("tiktok.hashtag_views", 2, 2)


def test_the_speeds_of_the_documentation_load_as_they_stand(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
    section = text.partition("## Netflix's ISP Speed Index")[2].partition("\n## ")[0]
    [settings] = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    [rows] = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
    desk = tmp_path / "desk"
    ok("new", desk, "--empty")
    with (desk / "desk.toml").open("a", encoding="utf-8") as out:
        out.write(settings)
    (desk / "data" / "speeds.csv").write_text(rows, encoding="utf-8")
    (desk / "data" / "speeds.csv.origin.toml").write_text(ORIGIN, encoding="utf-8")
    assert "2 rows read, 2 kept, 0 findings" in ok("-C", desk, "load", "--all").out
    [command] = re.findall(r"`groundswell (chart isp.speed .*?)`", section)
    entries = ok("-C", desk, *command.split(), "--json").json["entries"]
    assert [(entry["title"], entry["rank"], entry["values"]) for entry in entries] == [
        ("Mosslink", 1, {"mbps": 3.6}),
        ("Peat Net", 2, {"mbps": 3.2}),
    ]
    ok("-C", desk, "rebuild")
    (desk / "desk.toml").write_text((desk / "desk.toml").read_text().replace('territory = "US"\n', ""))
    run("-C", desk, "load", "--all").refused('needs territory = "…", the country its table is of')


def test_a_desk_without_series_shows_no_table_of_them(paper: Path) -> None:
    assert "measure" not in ok("-C", paper, "status").out
    assert ok("-C", paper, "status", "--json").json["series"] == []


def test_one_mapping_of_several_is_named_by_its_measure(desk: Path) -> None:
    said = ok("-C", desk, "load", "series.csv", "--measure", FRESH).out
    assert said == "series.csv: 2 rows read, 2 kept, 0 findings; known from 2022-06-01T00:00:00Z\n"
    newer = desk / "data" / "newer.csv"
    newer.write_text(DATA["followers.csv"].replace("3412345", "3412346").replace("Tin,", "Tin,9"), encoding="utf-8")
    newer.with_name("newer.csv.origin.toml").write_text(ORIGIN.replace("06-01", "06-02"), encoding="utf-8")
    run("-C", desk, "load", "series.csv", newer).refused(f"meant with --measure; mapped: {FOLLOWERS}, {FRESH}")
    ok("-C", desk, "load", "series.csv", "--measure", FOLLOWERS)
    said = ok("-C", desk, "load", "series.csv", newer, "--measure", FOLLOWERS).out
    assert "3 entries in both: 1 figure revised, 0 titles renamed (0 entries), 0 gone" in said
    run("-C", desk, "load", "series.csv", "--measure", "moss.fans").refused("desk.toml maps no 'moss.fans'")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ((f'measure = "{FOLLOWERS}"\n', ""), 'a feed series.csv needs measure = "…"'),
        (('unit = "followers"\n', ""), f"desk.toml: measure '{FOLLOWERS}': needs unit"),
        (('yes = ["Certified Fresh"]', 'unit = "x"'), f"measure '{FRESH}': no has the words"),
        ((', value = "Followers"', ""), f"measure '{FOLLOWERS}': columns must name value"),
        (('value = "Status"', 'value = "Verdict"'), "missing: Verdict"),
    ],
)
def test_a_mapping_that_does_not_fit_is_one_line(desk: Path, change: tuple[str, str], why: str) -> None:
    assert change[0] in SETTINGS
    (desk / "desk.toml").write_text('format = 1\nname = "x"\n' + SETTINGS.replace(*change), encoding="utf-8")
    ran = run("-C", desk, "load", "--all")
    assert ran.code == 2
    [line] = ran.err.splitlines()
    assert why in line


def test_a_measure_that_is_no_id_is_refused(desk: Path) -> None:
    (desk / "desk.toml").write_text('format = 1\nname = "x"\n' + SETTINGS.replace(FOLLOWERS, "Moss followers"))
    run("-C", desk, "status").refused("measure must be lower-case letters, digits, '.', '-' and '_'")


def test_without_a_sidecar_a_series_is_refused(desk: Path) -> None:
    (desk / "data" / "fresh.tsv.origin.toml").unlink()
    run("-C", desk, "load", "series.csv", "--measure", FRESH).refused(
        "feed series.csv needs to know who says so: write fresh.tsv.origin.toml beside it"
    )


def test_a_story_of_a_level_and_a_status_is_built_and_verified(desk: Path) -> None:
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    level, status = (_receipts(desk)[words] for words in ("over 3.4M followers", "Certified Fresh"))
    assert (level["found"], status["found"]) == (3_412_345, 1)
    assert level["explanation"] == (
        f"@kite, {name_of_measure(FOLLOWERS)}, the week to 19 May 2022: found 3,412,345 followers (reading of 18 May 2022)"
    )
    for receipt in (level, status):
        [(snapshot, made_of)] = receipt["snapshots"].items()
        assert (made_of["feed"], made_of["origin"]["producer"]) == ("series.csv", "The Almanac")
        assert [row["snapshot_id"] for row in receipt["rows"]] == [snapshot]
    page = (desk / "site" / "stories" / "fresh" / "index.html").read_text(encoding="utf-8")
    assert "<td>3,412,345 followers</td>" in page
    assert "<td>yes</td>" in page
    outcomes = ok("-C", desk, "verify", "--json").json["receipts"]
    assert [outcome["outcome"] for outcome in outcomes] == ["same", "same"]


def test_rebuilt_tables_give_the_same_receipts(desk: Path) -> None:
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    before = tree(desk / "site" / "receipts")
    assert ok("-C", desk, "rebuild").out == "2 snapshots read again\n"
    ok("-C", desk, "build")
    assert tree(desk / "site" / "receipts") == before
    ok("-C", desk, "verify")


def test_a_later_edition_that_says_otherwise_is_a_change(desk: Path) -> None:
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    for name, old, new in (("followers.csv", "3412345", "3312345"), ("fresh.tsv", "\tCertified Fresh", "\tRotten")):
        (desk / "data" / name).write_text(DATA[name].replace(old, new), encoding="utf-8")
        (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN.replace("06-01", "07-01"), encoding="utf-8")
    ok("-C", desk, "load", "--all")
    ran = run("-C", desk, "verify")
    assert ran.code == 1
    *told, total = ran.out.splitlines()
    assert total == "0 same, 2 changed, 0 unknown"
    fresh, followers = name_of_measure(FRESH), name_of_measure(FOLLOWERS)
    assert sorted(re.sub(r".* now: ", "", line) for line in told) == [
        f"refuted, @kite, {fresh}, 22 April 2022 to 19 May 2022: found not certified fresh (reading of 27 April 2022)",
        f"refuted, @kite, {followers}, the week to 19 May 2022: found 3,312,345 followers (reading of 18 May 2022)",
    ]
    due = ok("-C", desk, "build", "--json").json["corrections_due"]
    assert len(due) == 2


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("over 3.4M followers", "over 3.5M followers", "is refuted: "),
        ("over 3.4M followers", "over 3.4M fans", "is undecidable (definition_differs): "),
        ("[2022-05-13, 2022-05-19]", "[2022-05-19, 2022-05-19]", "no reading lies in the period; the nearest: 18 May 2022"),
        ("[2022-04-22, 2022-05-19]", "[2022-04-22, 2022-04-26]", "found not certified fresh (reading of 22 April 2022)"),
        (f"measure: {FOLLOWERS}", "measure: moss.folowers", f"no reading of measure 'moss.folowers' is held; nearest: {FOLLOWERS}"),
        ("subject: kite-string", "subject: kite-strng", "no subject 'kite-strng' is held; nearest: kite-string"),
        ("Certified Fresh", "Verified Hot", "is undecidable (definition_differs): "),
        ("is Certified Fresh", "is no longer Certified Fresh", "'no longer' stands before it and changes what is claimed"),
        ("period: [2022-05-13, 2022-05-19]", "period: [2022-05-13, 2022-05-20]", "was not over when the story was released"),
        ("released: 2022-05-20", "released: 2022-05-19", "was not over when the story was released"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused(desk: Path, old: str, new: str, why: str) -> None:
    ok("-C", desk, "load", "--all")
    assert old in STORY
    (desk / "stories" / "fresh.md").write_text(STORY.replace(old, new), encoding="utf-8")
    ran = run("-C", desk, "build")
    assert (ran.code, ran.out) == (1, "")
    assert why in ran.err
    assert not (desk / "site").exists()


@pytest.mark.parametrize("may_show", ["percent", "rank", "nothing"])
def test_what_may_not_be_shown_proves_nothing_and_stands_nowhere(desk: Path, may_show: str) -> None:
    for name in DATA:
        _origin(desk, name, f'may_show = "{may_show}"')
    figure = f"{{kind: series, measure: {FOLLOWERS}, subjects: [kite-string], period: [2022-04-01, 2022-05-19]}}"
    story = desk / "stories" / "fresh.md"
    story.write_text(STORY.replace("claims:", f"figures: [{figure}]\nclaims:"), encoding="utf-8")
    ok("-C", desk, "load", "--all")
    assert len(ok("-C", desk, "status", "--json").json["series"]) == (2 if may_show == "percent" else 0)
    ran = run("-C", desk, "build")
    assert ran.code == 1
    assert "is held" in ran.err
    assert (f"figures: no reading of measure '{FOLLOWERS}' is held" in ran.err) == (may_show != "percent")  # an index
    assert "3412345" not in ran.err
    assert "3,412,345" not in ran.err


def test_a_simulated_series_is_said_to_be_one(desk: Path) -> None:
    for name in DATA:
        _origin(desk, name, 'status = "simulated"\nstands_for = "a real one"')
    ok("-C", desk, "load", "--all")
    ok("-C", desk, "build")
    page = (desk / "site" / "stories" / "fresh" / "index.html").read_text(encoding="utf-8")
    assert page.count("supported (simulated)") == 4
    assert {receipt["evidence"] for receipt in _receipts(desk).values()} == {"simulated"}


@pytest.mark.shared_data
def test_a_real_file_of_channels_answers_as_it_is_written(shared_data: Path, tmp_path: Path) -> None:
    """227 channels over 30 days; a level of each as of a day is what its row says, and a day it lacks is no zero.

    YouTube cuts subscribers down to three digits: as shown they are the least there are, and never the exact number.
    """
    file = shared_data / "channels" / "youtube_daily_snapshots.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    ok("new", tmp_path / "desk", "--empty")
    with (tmp_path / "desk" / "desk.toml").open("a", encoding="utf-8") as settings:
        for column in ("subscribers", "views"):
            columns = f'{{ day = "date_utc", title = "channel_id", value = "{column}" }}'
            head = f'[[feeds]]\nfeed = "series.csv"\nmeasure = "youtube.{column}"\nunit = "{column}"\n'
            settings.write(f'{head}path = "data/channels.csv"\ncolumns = {columns}\n')
    (tmp_path / "desk" / "data" / "channels.csv").write_bytes(file.read_bytes())
    (tmp_path / "desk" / "data" / "channels.csv.origin.toml").write_text(
        ORIGIN.replace("2022-06-01", "2026-06-01"), encoding="utf-8"
    )
    said = ok("-C", tmp_path / "desk", "load", "--all").out
    assert said.count(f"{len(rows):,} rows read, {len(rows):,} kept, 0 findings") == 2
    days = sorted({row["date_utc"] for row in rows})
    held = {(row["channel_id"], row["date_utc"]): row for row in rows}
    claims, verdicts = [], []
    for channel in sorted({row["channel_id"] for row in rows}):
        for day in days[::7]:
            row = held.get((channel, day))
            for column, hedge in (("subscribers", "at least "), ("subscribers", ""), ("views", "")):
                period = Period(read_day(day), read_day(day))
                count = int(row[column]) if row else 0
                said = f"{hedge}{count:,} {column}"
                measure = f"youtube.{column}"
                claims.append(Claim("level", slug(channel), "", "WW", period, read(said, "level"), measure))
                exact = column == "views" or hedge or count < 1_000
                verdicts.append("supported" if row and exact else "undecidable")
    with work.record_of(open_desk(tmp_path / "desk")) as record:
        assert [str(judged.verdict) for judged in record.judge(claims)] == verdicts
    assert min(verdicts.count("supported"), verdicts.count("undecidable")) > 100
