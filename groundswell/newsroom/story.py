"""Stories: Markdown with front matter, every number of it bound to a claim, attributed, or declared none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated

import msgspec
import yaml

from groundswell.catalog import WORLDWIDE, code_of
from groundswell.claims import GROWTH, TYPES
from groundswell.claims.claim import Way
from groundswell.core.errors import InputError, nearest
from groundswell.core.fields import in_words, steps_of
from groundswell.newsroom.lines import YAML, Lines, Steps
from groundswell.newsroom.prose import prose

MOST_CHARACTERS = 1_000_000
MOST_LINES = 3
"""Subjects that one figure shows."""
_DEEPEST = 20
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of characters, and the overrides that could show 54 as 45."""
_NO_VALUE = (ValueError, LookupError, AttributeError)
"""What the YAML library raises at `2022-13-01`, at `!!bool x` and `!!int ''`, and at `!!timestamp x`."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Attribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody else's number: shown as stated by them, never as proven."""

    to: str
    url: str | None = None

    def __post_init__(self) -> None:
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise ValueError("url: must begin with https:// or http://")


def _check_territory(field: str, code: str) -> None:
    if code_of(code) != code:
        meant = f"; write {code_of(code)}" if code_of(code) else ""
        raise ValueError(f"{field}: '{code[:40]}' is no ISO 3166 code such as GB, and WW is worldwide{meant}")


class Binding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the words `says` rest on: a claim, an attribution, or a reason it is none.

    A claim has kind, subject, period, and a chart, or where its kind is of a series the measure; a growth also its base.
    """

    says: str
    kind: str | None = None
    subject: str | None = None
    chart: str | None = None
    period: tuple[date, date] | None = None
    territory: str | None = None
    measure: str = ""
    versus: str = ""
    base: tuple[date, date] | None = None
    base_as: Way = ""
    nth: Annotated[int, msgspec.Meta(ge=1)] | None = None
    attributed: Attribution | None = None
    not_a_claim: str | None = None

    def __post_init__(self) -> None:
        ways = [self.kind is not None, self.attributed is not None, self.not_a_claim is not None]
        if sum(ways) != 1:
            raise ValueError(f"'{self.says}' needs one of kind, attributed, not_a_claim")
        if self.kind is None:
            return
        if self.territory is not None:
            _check_territory("territory", self.territory)
        if self.kind not in TYPES:
            raise ValueError(f"kind: no kind of claim '{self.kind[:40]}'; {nearest(self.kind, list(TYPES))}")
        of_series = TYPES[self.kind].of_series
        needed, other = ("measure", "chart") if of_series else ("chart", "")
        if not (self.subject and self.period and getattr(self, needed)) or (other and getattr(self, other)):
            no = f", and no {other}" if other else ""
            raise ValueError(f"'{self.says}' of kind {self.kind} also needs subject, {needed} and period{no}")
        if (self.base or self.base_as) and self.kind != GROWTH.kind:
            field = "base" if self.base else "base_as"
            raise ValueError(f"{field}: '{self.says}' of kind {self.kind} has no base; a growth has")
        if self.kind == GROWTH.kind and bool(self.base) != bool(self.base_as):
            raise ValueError(
                f"'{self.says}' names its base by both base: [FIRST, LAST] and base_as: mean, median or reading"
            )

    def places(self, texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
        """Where in a story's texts the words stand that are meant: the text's name, and their characters."""
        found = []
        for place, text in texts.items():
            start = text.find(self.says)
            while self.says and start >= 0:
                found.append((place, start, start + len(self.says)))
                start = text.find(self.says, start + len(self.says))
        return found if self.nth is None else found[self.nth - 1 : self.nth]


class StatedCorrection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor states when published words are replaced."""

    old: str
    new: str
    who: str
    why: str


class FigureKind(StrEnum):
    """What a figure shows: readings over time, one issue of a chart as bars, or in which countries a title was on a list."""

    SERIES = "series"
    LEADERBOARD = "leaderboard"
    MAP = "map"


class StatedFigure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure that is drawn of the data below the story; `event` is a day marked in a series, `event_is` what happened then."""

    kind: FigureKind
    period: tuple[date, date]
    measure: str = ""
    subjects: tuple[str, ...] = ()
    chart: str = ""
    territory: str = WORLDWIDE
    event: date | None = None
    event_is: str = ""

    def __post_init__(self) -> None:
        _check_territory("territory", self.territory)
        series = self.kind is FigureKind.SERIES
        if series and (not self.measure or not 1 <= len(set(self.subjects)) <= MOST_LINES or self.chart):
            raise ValueError(f"a figure of kind series needs measure, and one to {MOST_LINES} subjects, and no chart")
        if self.kind is FigureKind.LEADERBOARD and (not self.chart or self.measure or self.subjects or self.event):
            raise ValueError("a figure of kind leaderboard needs chart, period and territory, and nothing else")
        elsewhere = self.measure or self.event or self.territory != WORLDWIDE
        if self.kind is FigureKind.MAP and (not self.chart or len(self.subjects) != 1 or elsewhere):
            raise ValueError("a figure of kind map needs chart, one of subjects, and period, and nothing else")
        if (self.event is None) == bool(self.event_is):
            raise ValueError("a figure's event is a day, and event_is says what happened then; it has both or neither")
        if self.event is not None and not self.period[0] <= self.event <= self.period[1]:
            raise ValueError(f"event: {self.event} lies outside the figure's period")


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The front matter of a story."""

    title: str
    summary: str
    released: date
    category: str
    language: str = "en"
    territories: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    embargo: datetime | None = None
    claims: tuple[Binding, ...] = ()
    corrections: tuple[StatedCorrection, ...] = ()
    figures: tuple[StatedFigure, ...] = ()

    def __post_init__(self) -> None:
        for code in self.territories:
            _check_territory("territories", code)


@dataclass(frozen=True)
class Story:
    """One story as written; `slug` is its file's name."""

    slug: str
    front: Front
    body: str
    from_issue: bool = False
    """Whether it was written here from an issue, so that all its words of rank are the list's own."""
    lines: Lines | None = field(default=None, compare=False, repr=False)
    """Those of its file, where it was read from one."""

    @property
    def file(self) -> str:
        """Its file, as its desk names it."""
        return f"stories/{self.slug}.md"

    def line_of_key(self, *steps: str | int) -> int:
        """The line of its file where what the front matter says at `steps` begins, else where it stood; 0 without a file."""
        return self.lines.of_key(steps) if self.lines else 0

    def line_of(self, place: str, start: int, end: int) -> int:
        """The line of its file where characters `start` to `end` of one of its texts begin; 0 of a story without a file."""
        if self.lines is None:
            return 0
        if place == "prose":
            return self.lines.of_prose(start)
        for steps, text in self._stated()[place]:
            if start <= len(text):
                return self.lines.of_words(steps, text, start, end)
            start, end = start - len(text) - 1, end - len(text) - 1
        return 0

    def line_of_words(self, binding: Binding) -> int:
        """The line of its file where the words of `binding` stand first; 0 where they do not, or it has no file."""
        return next((self.line_of(*place) for place in binding.places(self.texts())), 0)

    def visible(self, now: datetime, zone: tzinfo) -> bool:
        """Whether the public may see anything of it: its embargo is over.

        An embargo without an offset is a time of `zone`; where its clocks show that time twice or skip it, the later moment.
        """
        embargo = self.front.embargo
        if embargo is None or embargo.tzinfo is not None:
            return embargo is None or embargo <= now
        return all(embargo.replace(tzinfo=zone, fold=fold) <= now for fold in (0, 1))

    def texts(self) -> dict[str, str]:
        """All that is shown, where numbers can stand: first title, summary, and the prose, the texts of its pictures included."""
        stated = {place: "\n".join(text for _, text in parts) for place, parts in self._stated().items()}
        return {"title": stated.pop("title"), "summary": stated.pop("summary"), "prose": self._prose, **stated}

    @cached_property
    def _prose(self) -> str:
        """What its body says, which is asked of often and long to read."""
        return prose(self.body)

    def _stated(self) -> dict[str, list[tuple[Steps, str]]]:
        """The texts of the front matter, each in its parts and where they stand in it."""
        front = self.front
        return {
            "title": [(("title",), front.title)],
            "summary": [(("summary",), front.summary)],
            "category": [(("category",), front.category)],
            "attribution": [
                (("claims", number, "attributed", "to"), binding.attributed.to)
                for number, binding in enumerate(front.claims)
                if binding.attributed
            ],
            "corrections": [
                (("corrections", number, part), getattr(correction, part))
                for number, correction in enumerate(front.corrections)
                for part in ("old", "new", "who", "why")
            ],
            "figures": [(("figures", number, "event_is"), one.event_is) for number, one in enumerate(front.figures)],
        }


class _Wrong(ValueError):
    """What is wrong, and in which line of the file."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def read_story(path: Path) -> Story:
    """The story in a file; `InputError` names the file, the line, and what is wrong in it."""
    name = f"stories/{path.name}"
    if not _SLUG.fullmatch(path.stem):
        raise InputError(f"{name}: name the file in lower-case letters, digits and hyphens; it becomes the address")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}:{line}: byte 0x{raw[error.start]:02x} is not UTF-8; save it as UTF-8") from None
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{name}: {len(text):,} characters; a story has at most {MOST_CHARACTERS:,}")
    lines = Lines.of(text)
    if lines is None:
        raise InputError(f"{name}:1: must begin with front matter between two lines of ---")
    try:
        return _read(path.stem, text, lines)
    except (yaml.YAMLError, msgspec.MsgspecError, ValueError) as error:
        line, why = _why(error, lines)
        raise InputError(f"{name}:{line or ''}{': ' if line else ' '}{' '.join(why.split())[:300]}") from None


def _read(slug: str, text: str, lines: Lines) -> Story:
    if found := _NOT_TEXT.search(text):
        raise _Wrong(text.count("\n", 0, found.start()) + 1, _unseen(found))
    _check_yaml(lines)
    story = Story(slug, _front(lines), lines.body, lines=lines)
    for place, words in story.texts().items():
        if found := _NOT_TEXT.search(words):  # written as an entity
            raise _Wrong(story.line_of(place, *found.span()), _unseen(found))
    return story


def _why(error: Exception, lines: Lines) -> tuple[int, str]:
    """The line, 0 where none is known, and what is wrong in it."""
    if isinstance(error, _Wrong):
        return error.line, str(error)
    if isinstance(error, msgspec.MsgspecError):
        return lines.of_key(steps_of(error)), in_words(error, Front)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return 0, str(error)
    line = lines.at(error.problem_mark)
    if (error.problem or "").startswith("mapping values are not allowed"):
        return line, "a colon within a text: put the text in quotes"
    if "cannot start any token" in (error.problem or "") and "\t" in lines.front:
        return line, "a tab: indent with spaces, and put text with signs in it in quotes"
    return line, f"{error.problem}; put text with signs in it in quotes, and close every bracket and quote"


def _front(lines: Lines) -> Front:
    """The front matter of plain YAML; an embargo may be a day alone, which is its midnight, or leave out the seconds."""
    fields = _fields(lines)
    if isinstance(fields, dict) and (embargo := fields.get("embargo")) is not None:
        fields["embargo"] = _moment(embargo, lines)
    return msgspec.convert(fields, Front, builtin_types=(datetime, date))


def _fields(lines: Lines) -> object:
    try:
        return yaml.load(lines.front, Loader=YAML)
    except _NO_VALUE:  # a day, a number or a tagged word that is none, which says nothing of its place
        for node in lines.scalars():
            try:
                YAML("").construct_object(node)
            except _NO_VALUE as error:
                raise _Wrong(
                    lines.at(node.start_mark),
                    f"'{node.value[:40]}' cannot be read ({error}); write a day as 2022-05-17, and text in quotes",
                ) from None
        raise


def _moment(embargo: object, lines: Lines) -> datetime:
    if isinstance(embargo, datetime):
        return embargo
    if isinstance(embargo, date):
        return datetime.combine(embargo, time())
    try:
        return datetime.fromisoformat(str(embargo))
    except ValueError:
        raise _Wrong(
            lines.of_key(("embargo",)),
            f"embargo: '{str(embargo)[:40]}' is no time; write 2022-05-20T15:00:00+01:00, or without the offset for "
            "the desk's own zone, or a day alone for its midnight",
        ) from None


def _check_yaml(lines: Lines) -> None:
    """Front matter is plain: no aliases, which could unfold without end, and no deep nesting."""
    depth = 0
    for event in yaml.parse(lines.front, Loader=YAML):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
            raise _Wrong(
                lines.at(event.start_mark),
                "front matter has an alias (*name) or is nested too deep; write it out plainly",
            )
        if isinstance(event, yaml.ScalarEvent) and (found := _NOT_TEXT.search(event.value)):
            raise _Wrong(lines.at(event.start_mark), _unseen(found))


def _unseen(found: re.Match[str]) -> str:
    return f"holds the character U+{ord(found[0]):04X}, which no reader sees; take it out"
