"""`reduce live`: from files of sessions and a catalogue to figures that claims are asked of."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from groundswell.cli import work
from groundswell.core.audience import decode
from groundswell.newsroom.desk import open_desk
from groundswell.store.viewing import Viewing
from tests.command import ok, run
from tests.sessions import BEGINS, FIVE, LATER, TITLE, Watched

_OF_TITLES = 'title = "Title", season = "Season", kind = "Kind", language = "Language", available_from = "Since", minutes = "Long"'
_OF_SESSIONS = (
    'profile = "Profile", title = "Title", territory = "Country", start = "Start", end = "End", stream = "Stream"'
)
SETTINGS = f"""
format = 1
name = "The Paper"
timezone = "Europe/London"
coviewing = "1.5"

[[feeds]]
feed = "viewing.catalogue"
path = "data/catalogue.csv"
columns = {{ {_OF_TITLES}, live_from = "Live from", live_to = "Live to" }}

[[feeds]]
feed = "viewing.sessions"
path = "data/sessions.csv"
columns = {{ {_OF_SESSIONS}, weight = "Weight" }}
"""
ORIGIN = """
producer = "Moss Streaming"
title = "Sessions"
licence = "none"
status = "simulated"
stands_for = "A streamer"
fetched = {fetched}
"""
CATALOGUE = "Title,Season,Kind,Language,Since,Long,Live from,Live to\n"


def write(desk: Path, name: str, text: str, fetched: str) -> None:
    (desk / "data" / name).write_text(text, encoding="utf-8")
    (desk / "data" / f"{name}.origin.toml").write_text(ORIGIN.format(fetched=fetched), encoding="utf-8")


def catalogue(*live_from_to: tuple[int, int]) -> str:
    """Events of the title, from and to minutes after the beginning."""
    rows = (tuple(f"{BEGINS + timedelta(minutes=m):%Y-%m-%dT%H:%M:%SZ}" for m in of) for of in live_from_to)
    return CATALOGUE + "".join(f"{TITLE},,tv,english,2026-05-16,,{begins},{ends}\n" for begins, ends in rows)


def sessions(*watched: Watched) -> str:
    """Each session twenty times over, of as many profiles of a panel."""
    lines = [
        f"{w.profile}{n},{w.title},{w.territory},{BEGINS + timedelta(seconds=w.start):%Y-%m-%dT%H:%M:%SZ},"
        f"{BEGINS + timedelta(seconds=w.end):%Y-%m-%dT%H:%M:%SZ},{w.stream},600000"
        for w in watched
        for n in range(20)
    ]
    return "\n".join(["Profile,Title,Country,Start,End,Stream,Weight", *lines, ""])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with the sessions known the day after the event."""
    folder = tmp_path / "desk"
    ok("new", folder, "--empty")
    (folder / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    write(folder, "catalogue.csv", catalogue((0, 5)), "2026-05-16")
    write(folder, "sessions.csv", sessions(*FIVE), "2026-05-17")
    ok("-C", folder, "load", "--all")
    return folder


def reduced(desk: Path) -> list[dict[str, Any]]:
    return list(ok("-C", desk, "reduce", "live", "--json").json["events"])


def readings(desk: Path) -> dict[str, tuple[str, int]]:
    with work.record_of(open_desk(desk)) as record:
        rows = record.engine.query("SELECT measure, unit, value FROM levels WHERE territory = 'WW'").to_pylist()
    return {row["measure"]: (row["unit"], int(row["value"])) for row in rows}


def test_an_event_is_reduced_once_and_again_when_more_of_it_is_known(desk: Path) -> None:
    [event] = reduced(desk)
    assert (event["title"], event["vintage"], event["coviewing"]) == (TITLE, "new", 1.5)
    assert readings(desk)["live.ama.live"] == ("Live average-minute audience", 24_000_000)
    assert readings(desk)["live.ama.live.coviewing"] == ("Live average-minute audience with co-viewing", 36_000_000)
    assert readings(desk)["live.ama.live+1"] == ("preliminary Live+1 average-minute audience", 24_000_000)
    assert reduced(desk) == []
    assert "no event of the catalogue is over" in ok("-C", desk, "reduce", "live").out
    write(desk, "sessions.csv", sessions(*FIVE, *LATER), "2026-06-01")
    ok("-C", desk, "load", "viewing.sessions")
    text = ok("-C", desk, "reduce", "live").out
    [head] = [line for line in text.splitlines() if line.startswith("The Lantern Run, 2026-05-16 22:00 (live-2026): ")]
    assert head.endswith("… (simulated)")
    again = ok("-C", desk, "load", "viewing.sessions").out
    assert again == "viewing.sessions: already held, known from 2026-06-01T00:00:00Z; simulated; nothing changed\n"
    assert "33,600,000" in text
    assert readings(desk)["live.ama.live+1"] == ("Live+1 average-minute audience", 33_600_000)
    assert readings(desk)["live.ama.live+7"] == ("Live+7 average-minute audience", 45_600_000)
    assert reduced(desk) == []


def test_what_it_rests_on_is_said_and_no_profile_is(desk: Path) -> None:
    reduced(desk)
    store = work.store_of(open_desk(desk))
    [load] = [load for load in store.loads() if load.feed == "live.event"]
    raw = store.snapshot(load.snapshot_id)
    held = {one.snapshot_id for one in Viewing(store).loads() if one.feed == "viewing.sessions"}
    assert set(decode(raw).sessions) == held
    assert b'"profile' not in raw
    with work.record_of(open_desk(desk)) as record:
        [row] = record.engine.query("SELECT evidence, origin FROM loads WHERE feed = 'live.event'").to_pylist()
    assert row["evidence"] == load.evidence == "simulated"
    assert re.search(r"live.event .* simulated +sha256:", ok("-C", desk, "status").out)
    assert json.loads(row["origin"])["stands_for"] == "A streamer"
    before = readings(desk)
    ok("-C", desk, "rebuild")
    assert readings(desk) == before


def test_an_origin_says_how_many_sessions_do_not_say_that_they_were_live(desk: Path) -> None:
    write(desk, "sessions.csv", sessions(*(replace(w, stream="") for w in FIVE[:2]), *FIVE[2:]), "2026-05-18")
    shutil.rmtree(desk / ".groundswell")
    ok("-C", desk, "load", "--all")
    [event] = reduced(desk)
    assert event["unstated"] == 40
    assert readings(desk)["live.ama.live"][1] == 24_000_000
    with work.record_of(open_desk(desk)) as record:
        [row] = record.engine.query("SELECT origin FROM loads WHERE feed = 'live.event'").to_pylist()
    told = json.loads(row["origin"])["processing"]
    assert (
        told
        == "method live-2026; 40 sessions do not say whether they were live: live while the event was, on demand after"
    )


def test_figures_that_may_not_be_shown_are_printed_nowhere(desk: Path, tmp_path: Path) -> None:
    again = shutil.copytree(desk, tmp_path / "shown")
    shown = ok("-C", again, "reduce", "live").out
    assert "24,000,000" in shown
    assert "(simulated)" in shown
    write(desk, "sessions.csv", sessions(*(replace(w, stream="") for w in FIVE[:2]), *FIVE[2:]), "2026-05-18")
    sidecar = desk / "data" / "sessions.csv.origin.toml"
    sidecar.write_text(sidecar.read_text() + 'may_show = "percent"\n')
    shutil.rmtree(desk / ".groundswell")
    ok("-C", desk, "load", "--all")
    hidden = shutil.copytree(desk, tmp_path / "hidden")
    said = ok("-C", desk, "reduce", "live").out
    assert "its figures may not be shown" in said
    assert "000,000" not in said
    [event] = reduced(hidden)
    assert (event["may_show"], event["evidence"]) == ("percent", "simulated")
    assert not {"windows", "peaks", "any_beacon", "weights_differ", "unstated", "minutes"} & event.keys()
    with work.record_of(open_desk(desk)) as record:
        [row] = record.engine.query("SELECT origin FROM loads WHERE feed = 'live.event'").to_pylist()
    assert json.loads(row["origin"])["processing"] == "method live-2026"


@pytest.mark.parametrize("by", [24 * 60, 1], ids=["to another day", "by a minute"])
def test_an_event_the_catalogue_moved_has_its_audience_withdrawn(desk: Path, by: int) -> None:
    [first] = reduced(desk)
    moved = tuple(replace(w, start=w.start + 86400, end=w.end + 86400) for w in FIVE) if by > 1 else ()
    write(desk, "sessions.csv", sessions(*FIVE, *moved), "2026-05-19")
    write(desk, "catalogue.csv", catalogue((by, by + 5)), "2026-05-20")
    ok("-C", desk, "load", "--all")
    gone, event = reduced(desk)
    assert (gone["withdrawn"], gone["live_from"], "windows" in gone) == (True, first["live_from"], False)
    assert (event["withdrawn"], gone["evidence"], event["evidence"]) == (False, "simulated", "simulated")

    def averages(day: int, as_of: str | None = None) -> set[int | None]:
        sql = "SELECT value FROM levels WHERE measure LIKE 'live.%' AND last_day = ? AND territory = 'WW'"
        with work.record_of(open_desk(desk), work.moment(as_of) if as_of else None) as record:
            return {
                row["value"] and int(row["value"]) for row in record.engine.query(sql, [date(2026, 5, day)]).to_pylist()
            }

    assert 24_000_000 in averages(16, "2026-05-18")
    assert averages(17, "2026-05-18") == set()
    assert averages(16) == {None} if by > 1 else None not in averages(16)
    assert (None in averages(17), bool(averages(17))) == (False, by > 1)
    assert reduced(desk) == []
    text = catalogue((0, 5)).replace("english", "non_english")
    write(desk, "catalogue.csv", text, "2026-05-25")
    ok("-C", desk, "load", "viewing.catalogue")
    assert [event["withdrawn"] for event in reduced(desk)] == [True, False]
    assert 24_000_000 in averages(16)


def test_an_event_the_catalogue_names_no_more_keeps_its_audience(desk: Path) -> None:
    reduced(desk)
    other = catalogue((0, 5)).replace(TITLE, "Another Run")
    write(desk, "catalogue.csv", other, "2026-05-20")
    ok("-C", desk, "load", "viewing.catalogue")
    assert reduced(desk) == []
    assert readings(desk)["live.ama.live"] == ("Live average-minute audience", 24_000_000)


def test_what_too_few_profiles_viewed_has_no_figure(desk: Path) -> None:
    few = sessions(*FIVE) + sessions(Watched("f", 0, 300, territory="FR")).partition("\n")[2]
    write(desk, "sessions.csv", few, "2026-06-01")
    ok("-C", desk, "load", "viewing.sessions")
    [event] = reduced(desk)
    assert {of["territory"] for of in (*event["windows"], *event["peaks"])} == {"WW", "GB"}


def test_events_that_sessions_cannot_tell_apart_are_left_out_with_a_line(desk: Path) -> None:
    write(
        desk,
        "catalogue.csv",
        catalogue((0, 5), (6 * 24 * 60, 6 * 24 * 60 + 5), (30 * 24 * 60, 30 * 24 * 60 + 5)),
        "2026-06-20",
    )
    ok("-C", desk, "load", "viewing.catalogue")
    text = ok("-C", desk, "reduce", "live").out
    lines = [line for line in text.splitlines() if line.startswith("left out: ")]
    assert [line[10:52] for line in lines] == [
        "The Lantern Run, live from 2026-05-16 21:0",
        "The Lantern Run, live from 2026-05-22 21:0",
    ]
    assert all("sessions cannot tell them apart; give each a season of its own" in line for line in lines)


def test_without_viewing_it_says_what_to_load(tmp_path: Path) -> None:
    ok("new", tmp_path / "desk", "--empty")
    ran = run("-C", tmp_path / "desk", "reduce", "live")
    ran.refused("no sessions are held; load a feed viewing.sessions first")


@pytest.mark.parametrize("factor", ["0.9", "11", "nan"])
def test_a_factor_nobody_means_is_refused(tmp_path: Path, factor: str) -> None:
    ok("new", tmp_path / "desk", "--empty")
    (tmp_path / "desk" / "desk.toml").write_text(f'format = 1\nname = "x"\ncoviewing = "{factor}"\n', encoding="utf-8")
    run("-C", tmp_path / "desk", "status").refused("desk.toml: coviewing must be from 1 to 10 persons a profile")
