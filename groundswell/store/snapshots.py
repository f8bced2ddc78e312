"""The evidence: bytes as they came, named by their digest, each with a manifest of how it was to be read.

snapshots/4f/4f0c…          the bytes
snapshots/4f/4f0c….9a1b….json  a manifest: feed, settings, origin, known_from (one a way of reading)
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from groundswell.core.errors import MachineryError
from groundswell.core.origin import Origin
from groundswell.store.files import sweep, write_whole


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """How one snapshot was to be read, enough to read it again: `rebuild` needs nothing else."""

    format: int = 1
    snapshot_id: str
    feed: str
    settings: dict[str, object]
    origin: Origin
    known_from: datetime
    loaded_at: datetime

    @property
    def load_id(self) -> str:
        """The identity of a load: these bytes, read this way, from this origin."""
        origin = msgspec.structs.replace(self.origin, fetched=None)
        what = [self.snapshot_id, self.feed, self.settings, origin]
        return hashlib.sha256(msgspec.json.encode(what, order="deterministic")).hexdigest()[:32]


def digest(raw: bytes) -> str:
    """`sha256:` and the hexadecimal digest."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def digest_of(file: BinaryIO) -> str:
    """The same of a file, which is then at its beginning again."""
    sha = hashlib.sha256()
    while some := file.read(1 << 20):
        sha.update(some)
    file.seek(0)
    return f"sha256:{sha.hexdigest()}"


class Snapshots:
    """A folder of snapshots. Nothing in it is ever changed; a manifest's `known_from` may only become earlier."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, raw: bytes, manifest: Manifest) -> None:
        """Write bytes and manifest, each whole or absent, bytes first."""
        path = self._path(manifest.snapshot_id)
        if not path.exists():
            write_whole(path, raw)
        write_whole(self._manifest_path(manifest), msgspec.json.encode(manifest))

    def forget(self, manifest: Manifest) -> None:
        """Take back what `keep` wrote of a file that turned out not to be the feed's."""
        self._manifest_path(manifest).unlink(missing_ok=True)
        path = self._path(manifest.snapshot_id)
        if not any(path.parent.glob(f"{path.name}.*.json")):
            path.unlink(missing_ok=True)
            if not any(path.parent.iterdir()):
                path.parent.rmdir()

    def read(self, snapshot_id: str) -> bytes:
        """The bytes; `MachineryError` when they are gone or no longer what their name says."""
        try:
            raw = self._path(snapshot_id).read_bytes()
        except FileNotFoundError:
            raise MachineryError(f"snapshot {snapshot_id[:19]}… is not held") from None
        if digest(raw) != snapshot_id:
            raise MachineryError(f"snapshot {snapshot_id[:19]}… was altered on disk; restore it from a backup")
        return raw

    def manifests(self) -> Iterator[Manifest]:
        """Every manifest, in the order of loading."""
        found = [_manifest(path) for path in self._folder.glob("??/*.json")]
        yield from sorted(found, key=lambda manifest: (manifest.loaded_at, manifest.load_id))

    def sweep(self) -> None:
        """Remove half-written files of loads that were killed."""
        for folder in self._folder.glob("??"):
            sweep(folder)

    def _path(self, snapshot_id: str) -> Path:
        name = snapshot_id.removeprefix("sha256:")
        return self._folder / name[:2] / name

    def _manifest_path(self, manifest: Manifest) -> Path:
        path = self._path(manifest.snapshot_id)
        return path.with_name(f"{path.name}.{manifest.load_id}.json")


def _manifest(path: Path) -> Manifest:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MachineryError(
            f"manifest {path.name[:12]}… was altered on disk ({error}); restore it from a backup"
        ) from None
