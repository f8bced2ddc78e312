import shutil
from dataclasses import fields, replace
from pathlib import Path

import pytest

from groundswell.core.errors import InputError, MachineryError
from groundswell.core.protocol import Feed, Reading
from groundswell.core.rows import Parsed
from groundswell.feeds.chart_csv import ChartCsv
from groundswell.feeds.netflix import COUNTRIES, GLOBAL, NetflixFeed
from groundswell.feeds.series_csv import SeriesCsv
from tests.store.desk import Desk, edition, feed_of
from tests.synthetic import COUNTRIES_HEADER, country_week, csv, tsv

_LIST = ChartCsv("moss.weekly", {"period_end": "Week", "rank": "Rank", "title": "Title"}, calendar="mon-sun", depth=2)
_SERIES = SeriesCsv("moss.followers", {"day": "Day", "value": "Value"}, unit="followers", title="Tin Badger")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with editions, two feeds more, a mapping changed and a vintage moved back."""
    desk = Desk(tmp_path_factory.mktemp("model"))
    desk.load(edition(2), fetched="2022-06-20")
    desk.load(edition(1), fetched="2022-06-10")
    desk.load(edition(2), fetched="2022-06-15")
    desk.load(tsv(country_week()[:9], COUNTRIES_HEADER), COUNTRIES)
    raw = csv("Week,Rank,Title\n2022-05-01,1,Tin Badger\n2022-05-01,2,Nine Umbrellas\nsoon,1,Tin Badger")
    desk.load(raw, _LIST)
    desk.load(raw, replace(_LIST, territory="GB"))
    desk.load(csv("Day,Value\n2022-05-01,5\n2022-06-01,6\n2022-06-02,7\n2022-05-02,x"), _SERIES, fetched="2022-06-01")
    return desk


@pytest.fixture
def filled(model: Desk, tmp_path: Path) -> Desk:
    """A copy of it, to be spoilt."""
    return model.copy(tmp_path / "desk")


def test_the_tables_can_be_made_again_from_the_snapshots_alone(filled: Desk) -> None:
    rows, answers, loads = filled.everything(), filled.answers(), filled.store.loads()
    shutil.rmtree(filled.folder / "tables")
    assert filled.answers() == {"entries": [], "observations": [], "issues": [], "reviews": []}
    assert len(filled.store.unfinished()) == 6
    assert filled.store.rebuild(feed_of) == []
    assert (filled.everything(), filled.answers(), filled.store.loads()) == (rows, answers, loads)
    assert filled.store.unfinished() == []


def test_a_rebuild_over_tables_that_are_whole_changes_nothing(filled: Desk) -> None:
    rows, snapshots = filled.everything(), filled.snapshots()
    assert filled.store.rebuild(feed_of) == []
    assert (filled.everything(), filled.snapshots()) == (rows, snapshots)


def test_whoever_reads_while_a_rebuild_ends_can_go_on(filled: Desk) -> None:
    rows = filled.everything()["all_entries"]
    with filled.store.open() as engine:
        filled.store.rebuild(feed_of)
        assert len(engine.query("SELECT * FROM all_entries")) == len(rows)


def test_what_a_rebuild_left_behind_goes_with_the_next_load(filled: Desk) -> None:
    filled.store.rebuild(feed_of)
    (filled.folder / "tables" / "g-leftover").mkdir()
    (filled.folder / "tables" / ".writing-x").write_bytes(b"half")
    (next((filled.folder / "snapshots").iterdir()) / ".writing-y").write_bytes(b"half")
    filled.load(edition(3))
    names = {path.name for path in (filled.folder / "tables").iterdir()}
    assert len(names) == 2
    assert names == {"CURRENT", (filled.folder / "tables" / "CURRENT").read_text()}
    assert list(filled.folder.rglob(".writing-*")) == []


def test_snapshots_that_cannot_be_read_any_more_are_named_and_stay_kept(filled: Desk) -> None:
    def stricter(name: str, settings: dict[str, object]) -> Feed:
        if name == "netflix.countries":
            raise InputError("not read any more")
        return feed_of(name, settings)

    snapshots = filled.snapshots()
    [line] = filled.store.rebuild(stricter)
    assert line.startswith("netflix.countries sha256:")
    assert line.endswith("…: not read any more")
    assert filled.snapshots() == snapshots
    assert [manifest.feed for manifest in filled.store.unfinished()] == ["netflix.countries"]
    assert {row[0] for row in filled.rows("issues")}.isdisjoint({"netflix.country.tv"})
    filled.store.rebuild(feed_of)
    assert filled.store.unfinished() == []


class _Stricter(NetflixFeed):
    """Netflix's feed as a later version might read it: not at all."""

    def parse(self, raw: bytes, reading: Reading) -> Parsed:
        raise InputError("not read any more")


def test_a_load_refused_after_a_rebuild_refused_it_too_keeps_the_evidence(filled: Desk) -> None:
    stricter = _Stricter(**{field.name: getattr(GLOBAL, field.name) for field in fields(GLOBAL)})
    snapshots = filled.snapshots()
    assert len(filled.store.rebuild(lambda name, settings: stricter)) == 6
    with pytest.raises(InputError, match="not read any more"):
        filled.load(edition(2), stricter, fetched="2022-06-15")
    assert filled.snapshots().keys() == snapshots.keys()
    assert len(filled.store.unfinished()) == 6
    assert filled.load(edition(2), fetched="2022-06-15").vintage == "new"


def _bytes_of(desk: Desk) -> Path:
    return next(path for path in sorted((desk.folder / "snapshots").glob("??/*")) if "." not in path.name)


def test_altered_evidence_stops_a_rebuild_and_the_tables_stay(filled: Desk) -> None:
    rows = filled.everything()
    path = _bytes_of(filled)
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(MachineryError, match="was altered on disk; restore it from a backup"):
        filled.store.rebuild(feed_of)
    assert filled.everything() == rows


def test_lost_evidence_stops_a_rebuild_and_the_tables_stay(filled: Desk) -> None:
    rows = filled.everything()
    _bytes_of(filled).unlink()
    with pytest.raises(MachineryError, match="is not held"):
        filled.store.rebuild(feed_of)
    assert filled.everything() == rows


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"format": 1}', b"\xff\xff", b'{"format": 1, "snapshot_id": 3}'])
def test_a_manifest_that_was_altered_is_named(filled: Desk, spoilt: bytes) -> None:
    path = sorted((filled.folder / "snapshots").glob("??/*.json"))[0]
    path.write_bytes(spoilt)
    with pytest.raises(MachineryError) as refused:
        filled.store.rebuild(feed_of)
    assert path.name[:12] in str(refused.value)
    assert "restore it from a backup" in str(refused.value)


def test_tables_that_went_missing_are_said_to_be_and_not_taken_for_empty(filled: Desk) -> None:
    rows = filled.everything()
    generation = filled.folder / "tables" / (filled.folder / "tables" / "CURRENT").read_text()
    shutil.rmtree(generation / "loads")
    for ask in (filled.store.loads, filled.store.open, filled.store.unfinished, lambda: filled.load(edition(5))):
        with pytest.raises(MachineryError, match="make it again with 'groundswell rebuild'"):
            ask()
    shutil.rmtree(generation)
    with pytest.raises(MachineryError, match="groundswell rebuild"):
        filled.store.open()
    filled.store.rebuild(feed_of)
    assert filled.everything() == rows
