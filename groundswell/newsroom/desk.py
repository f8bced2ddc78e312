"""A desk: one folder with its settings, catalogue, charts, stories and data.

`desk.toml` and what stands in it is text from outside: a path in it must stay in the desk, an unknown key is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from groundswell.catalog import Catalog, Subject, read_names, read_subjects
from groundswell.charts.definition import Charts, read_chart
from groundswell.core.errors import InputError, UsageError, nearest
from groundswell.core.fields import in_words
from groundswell.core.origin import Origin
from groundswell.measures.gazetteer import Gazetteer, read_gazetteer
from groundswell.measures.owned import OwnedAccount, read_owned

FORMAT = 1
_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")  # it becomes an address of the site
T = TypeVar("T", bound=msgspec.Struct)


def zone_of(name: str) -> tzinfo:
    """The time zone of that name."""
    return UTC if name == "UTC" else ZoneInfo(name)


def _check_zone(name: str, key: str) -> None:
    try:
        zone_of(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder of zones
        known = nearest(name, list(available_timezones()))
        raise ValueError(f"{key}: no time zone '{name[:40]}'; {known}") from None


class FeedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[feeds]]` of `desk.toml`: a file or address, and for a feed that is mapped how its columns are named."""

    feed: str
    path: str | None = None
    url: str | None = None
    chart: str | None = None
    measure: str | None = None
    unit: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    title: str = ""
    columns: dict[str, str] = {}
    calendar: str | None = None
    territory: str | None = None
    depth: int | None = None
    date_format: str | None = None
    whole: bool = False
    """Of `books.units`: every ISBN sold in a week of the file has a row there."""
    encoding: str = "utf-8"
    day: date | None = None
    """Of `critics.scores`: as of when its scores are, where no column says it."""
    platform: str | None = None
    """Of `interactions.csv`: where its accounts are."""
    clock: str = "seconds"
    """Of `viewing.sessions`: what numbers that are times count."""

    def __post_init__(self) -> None:
        if (self.path is None) == (self.url is None):
            raise ValueError(f"feed '{self.feed}' needs either path or url")
        if self.chart is not None and not _ID.fullmatch(self.chart):
            raise ValueError("chart must be lower-case letters, digits, '.', '-' and '_', as in variety.trending_tv")
        if self.measure is not None and not _ID.fullmatch(self.measure):
            raise ValueError("measure must be lower-case letters, digits, '.', '-' and '_', as in instagram.followers")

    @property
    def known_by(self) -> str | None:
        """The chart, the measure, the platform or the title the file is known by."""
        return self.chart or self.measure or self.platform or self.title or None


class ViewingSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[viewing]`."""

    zone: str = "UTC"
    """By whose clocks a week of viewing is Monday to Sunday."""

    def __post_init__(self) -> None:
        _check_zone(self.zone, "zone")


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`desk.toml`."""

    format: int
    name: str
    timezone: str = "UTC"
    base_url: str = ""
    languages: tuple[str, ...] = ("en",)
    charts: tuple[str, ...] = ()
    """Charts every issue of which gets a page and the story of its week."""
    coviewing: Decimal = Decimal(1)
    """Persons a profile, of live audiences; 1 claims nothing of persons."""
    feeds: tuple[FeedEntry, ...] = ()
    viewing: ViewingSettings = ViewingSettings()

    def __post_init__(self) -> None:
        _check_zone(self.timezone, "timezone")
        if self.base_url and not self.base_url.startswith(("https://", "http://")):
            raise ValueError("base_url must begin with https:// or http://")
        if self.coviewing.is_nan() or not 1 <= self.coviewing <= 10:
            raise ValueError('coviewing must be from 1 to 10 persons a profile, as in coviewing = "1.5"')

    @property
    def zone(self) -> tzinfo:
        """The zone of times written without an offset."""
        return zone_of(self.timezone)


@dataclass(frozen=True)
class Desk:
    """An opened desk: its folder and all that its own files say."""

    folder: Path
    settings: Settings
    catalog: Catalog
    charts: Charts

    @property
    def store_folder(self) -> Path:
        """Evidence and tables."""
        return self.folder / ".groundswell"

    @property
    def site(self) -> Path:
        """What `build` writes."""
        return self.folder / "site"

    @property
    def published(self) -> Path:
        """What is public: a record a story, to be committed."""
        return self.folder / "published"

    def gazetteer(self) -> Gazetteer:
        """The titles posts are read for; `UsageError` when there is no `catalog/gazetteer.csv`."""
        path = self.folder / "catalog" / "gazetteer.csv"
        if not path.is_file():
            raise UsageError("posts are read for titles: name them in catalog/gazetteer.csv (docs/social.md shows how)")
        return read_gazetteer(_text(path), "catalog/gazetteer.csv")

    def owned(self) -> list[OwnedAccount]:
        """The accounts of titles themselves, of `catalog/owned.csv`; none when there is no such file."""
        path = self.folder / "catalog" / "owned.csv"
        return read_owned(_text(path), "catalog/owned.csv") if path.is_file() else []

    def stories(self) -> Iterator[Path]:
        """The story files, by name."""
        yield from sorted((self.folder / "stories").glob("*.md"))

    def inside(self, path: str, where: str) -> Path:
        """A path a desk's file names; `InputError` when it leaves the desk."""
        try:
            full = (self.folder / path).resolve()
        except (OSError, ValueError, RuntimeError):
            raise InputError(f"{where}: '{path}' names no file") from None
        if not full.is_relative_to(self.folder.resolve()):
            raise InputError(
                f"{where}: path '{path}' leaves the desk; put the file in the desk's folder and name it from there"
            )
        return full

    def origin_beside(self, path: Path) -> Origin | None:
        """The origin a sidecar states (`x.csv.origin.toml`), None where there is no sidecar."""
        sidecar = path.with_name(path.name + ".origin.toml")
        if not sidecar.exists():
            return None
        return read_origin(sidecar)


def read_origin(sidecar: Path) -> Origin:
    """The origin in a sidecar file; `InputError` names what is wrong with it."""
    if sidecar.is_symlink() and not sidecar.resolve().is_relative_to(sidecar.parent.resolve()):
        raise InputError(f"{sidecar.name}: a link that leaves its folder; put the sidecar itself beside the file")
    return _decode(sidecar, Origin)


def find(start: Path) -> Path:
    """The desk folder at or above `start`; `UsageError` when there is none."""
    for folder in (start, *start.parents):
        if (folder / "desk.toml").is_file():
            return folder
    raise UsageError("no desk.toml here or above; make a desk with 'groundswell new DESK', or name one with -C DIR")


def open_desk(folder: Path) -> Desk:
    """The desk in `folder`; `InputError` names the file and what is wrong in it."""
    path = folder / "desk.toml"
    if folder.is_file():
        raise UsageError(f"{folder.name} is a file; -C names the folder of a desk")
    if not path.is_file():
        raise UsageError(f"no desk.toml in {folder.name or folder}; make a desk with 'groundswell new DESK'")
    settings = _decode(path, Settings)
    if settings.format != FORMAT:
        raise InputError(f"desk.toml: format {settings.format}; this version reads format {FORMAT}")
    charts = tuple(
        read_chart(file.stem, file.read_bytes(), f"charts/{file.name}")
        for file in sorted((folder / "charts").glob("*.toml"))
    )
    names = folder / "catalog" / "names.csv"
    subjects = folder / "catalog" / "subjects.csv"
    return Desk(
        folder,
        settings,
        Catalog(
            names=tuple(read_names(_text(names), "catalog/names.csv")) if names.exists() else (),
            subjects=_by_id(read_subjects(_text(subjects), "catalog/subjects.csv")) if subjects.exists() else {},
        ),
        Charts(charts),
    )


def _by_id(subjects: list[Subject]) -> dict[str, Subject]:
    return {subject.id: subject for subject in subjects}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _decode(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except msgspec.MsgspecError as error:
        raise InputError(f"{path.name}: {in_words(error, kind)}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path.name}: {error}") from None
