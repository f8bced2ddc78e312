"""Stories: Markdown with front matter, every number of it bound to a claim, attributed, or declared none."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from groundswell.core.errors import InputError

MOST_CHARACTERS = 1_000_000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n(.*)\Z", re.DOTALL)
MARKDOWN = MarkdownIt("commonmark", {"html": False})


class Attribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody else's number: shown as stated by them, never as proven."""

    to: str
    url: str | None = None

    def __post_init__(self) -> None:
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise ValueError("url must begin with https:// or http://")


class Binding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the words `says` rest on: a claim (kind, subject, chart, period), an attribution, or a reason it is none."""

    says: str
    kind: str | None = None
    subject: str | None = None
    chart: str | None = None
    period: tuple[date, date] | None = None
    territory: str | None = None
    nth: int | None = None
    attributed: Attribution | None = None
    not_a_claim: str | None = None

    def __post_init__(self) -> None:
        ways = [self.kind is not None, self.attributed is not None, self.not_a_claim is not None]
        if sum(ways) != 1:
            raise ValueError(f"'{self.says}' needs one of kind, attributed, not_a_claim")
        if self.kind is not None and None in (self.subject, self.chart, self.period):
            raise ValueError(f"'{self.says}' of kind {self.kind} also needs subject, chart and period")


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


@dataclass(frozen=True)
class Story:
    """One story as written; `slug` is its file's name."""

    slug: str
    front: Front
    body: str

    def visible(self, now: datetime) -> bool:
        """Whether the public may see anything of it: its embargo is over."""
        embargo = self.front.embargo
        return embargo is None or (embargo if embargo.tzinfo else embargo.replace(tzinfo=UTC)) <= now

    def texts(self) -> dict[str, str]:
        """Where numbers can stand: title, summary, and the prose as a reader sees it, pictures' texts included."""
        return {"title": self.front.title, "summary": self.front.summary, "prose": prose(self.body)}


def read_story(path: Path) -> Story:
    """The story in a file; `InputError` names the file and what is wrong in it."""
    name = f"stories/{path.name}"
    if not _SLUG.fullmatch(path.stem):
        raise InputError(f"{name}: name the file in lower-case letters, digits and hyphens; it becomes the address")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{name}: {len(text):,} characters; a story has at most {MOST_CHARACTERS:,}")
    match = _FRONT.match(text)
    if match is None:
        raise InputError(f"{name}: must begin with front matter between two lines of ---")
    try:
        front = msgspec.yaml.decode(match[1], type=Front)
    except (msgspec.MsgspecError, ValueError) as error:
        raise InputError(f"{name}: {' '.join(str(error).split())[:300]}") from None
    return Story(path.stem, front, match[2])


def prose(body: str) -> str:
    """The words of a Markdown text as a reader meets them, one line a block."""
    return "\n".join(_words(token) for token in MARKDOWN.parse(body) if token.type in ("inline", "fence", "code_block"))


def _words(token: Token) -> str:
    if token.children is None:
        return token.content
    parts = []
    for child in token.children:
        if child.type == "image":
            parts.append(f" {child.content} {child.attrGet('title') or ''} ")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(child.content)
            if title := child.attrGet("title"):
                parts.append(f" {title} ")
    return "".join(parts)
