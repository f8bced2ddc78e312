from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from groundswell.core.errors import MachineryError
from groundswell.store.snapshots import Manifest, Snapshots, digest
from tests.store.desk import MOSS

_RAW = b"what the producer published"
_AT = datetime(2026, 1, 1, tzinfo=UTC)


def manifest(raw: bytes = _RAW, **changed: object) -> Manifest:
    """How these bytes were to be read."""
    plain = Manifest(
        snapshot_id=digest(raw),
        feed="made.up",
        settings={"parser": 1, "columns": {"b": "B", "a": "A"}},
        origin=MOSS,
        known_from=_AT,
        loaded_at=_AT,
    )
    return msgspec.structs.replace(plain, **changed)


def files(folder: Path) -> list[str]:
    """Every file below the folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_bytes_are_kept_under_their_digest_with_a_manifest_beside_them(tmp_path: Path) -> None:
    kept, name = Snapshots(tmp_path), digest(_RAW).removeprefix("sha256:")
    kept.keep(_RAW, manifest())
    assert files(tmp_path) == [f"{name[:2]}/{name}", f"{name[:2]}/{name}.{manifest().load_id}.json"]
    assert kept.read(digest(_RAW)) == _RAW
    assert list(kept.manifests()) == [manifest()]


def test_the_identity_of_a_load_is_bytes_feed_settings_and_origin_and_nothing_else() -> None:
    same = [
        manifest(known_from=datetime(2020, 1, 1, tzinfo=UTC)),
        manifest(loaded_at=datetime(2020, 1, 1, tzinfo=UTC)),
        manifest(origin=msgspec.structs.replace(MOSS, fetched=date(2020, 1, 1))),
        manifest(settings={"columns": {"a": "A", "b": "B"}, "parser": 1}),
    ]
    others = [
        manifest(b"other bytes"),
        manifest(feed="another"),
        manifest(settings={"parser": 2, "columns": {"b": "B", "a": "A"}}),
        manifest(origin=msgspec.structs.replace(MOSS, complete_for="tin-badger")),
    ]
    assert {other.load_id for other in same} == {manifest().load_id}
    assert len({manifest().load_id, *(other.load_id for other in others)}) == 5


def test_manifests_come_in_the_order_of_loading(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    hours = [5, 1, 3]
    for hour in hours:
        kept.keep(b"%d" % hour, manifest(b"%d" % hour, loaded_at=_AT.replace(hour=hour)))
    assert [found.loaded_at.hour for found in kept.manifests()] == [1, 3, 5]


def test_forgetting_leaves_what_others_still_need(tmp_path: Path) -> None:
    kept, other = Snapshots(tmp_path), manifest(feed="another")
    kept.keep(_RAW, manifest())
    kept.keep(_RAW, other)
    kept.forget(manifest())
    assert (kept.read(digest(_RAW)), list(kept.manifests())) == (_RAW, [other])
    kept.forget(other)
    assert list(tmp_path.iterdir()) == []


def test_forgetting_one_snapshot_leaves_its_neighbours(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    kept.keep(_RAW, manifest())
    neighbour = tmp_path / digest(_RAW).removeprefix("sha256:")[:2] / "another"
    neighbour.write_bytes(b"x")
    kept.forget(manifest())
    assert list(tmp_path.rglob("*")) == [neighbour.parent, neighbour]


def test_bytes_that_are_gone_or_altered_are_said_to_be(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    with pytest.raises(MachineryError, match="is not held"):
        kept.read(digest(_RAW))
    kept.keep(_RAW, manifest())
    next(path for path in tmp_path.rglob("*") if path.is_file() and not path.suffix).write_bytes(_RAW + b".")
    with pytest.raises(MachineryError, match="was altered on disk"):
        kept.read(digest(_RAW))


def test_half_written_files_are_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = Snapshots(tmp_path)
    kept.keep(_RAW, manifest())
    before = files(tmp_path)
    for folder in tmp_path.iterdir():
        (folder / ".writing-abc").write_bytes(b"half")
    kept.sweep()
    assert files(tmp_path) == before
