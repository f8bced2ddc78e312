"""The static site: a function of the checked stories and nothing else, written whole or not at all."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import rfc8785
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from groundswell.catalog import name_of
from groundswell.newsroom.gate import Bound, Checked
from groundswell.newsroom.story import MARKDOWN

_SHOWN = 12
_COLUMNS = {"last_day": "issue to", "territory": "territory", "rank": "rank", "value": "figure"}


def build(checked: Sequence[Checked], desk: str, target: Path) -> list[Path]:
    """Write the site of these stories to `target`, replacing what was there; the pages written, relative to it.

    The pages are written to a folder beside it first: a crash leaves the old site or the new one.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _recover(target)
    new = Path(tempfile.mkdtemp(prefix=".site-new-", dir=target.parent))
    new.chmod(0o755)
    try:
        _write(checked, desk, new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    old = target.with_name(f".{target.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return sorted(path.relative_to(target) for path in target.rglob("*.html"))


def _recover(target: Path) -> None:
    """Undo a build that died between moving the old site away and the new one in; sweep what it left."""
    old = target.with_name(f".{target.name}-old")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in target.parent.glob(".site-new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _write(checked: Sequence[Checked], desk: str, folder: Path) -> None:
    pages = Environment(loader=PackageLoader("groundswell.newsroom"), autoescape=True, undefined=StrictUndefined)
    pages.globals.update(day=_day, columns=_columns, cell=_cell, shown=_SHOWN, desk=desk)
    newest = sorted(checked, key=lambda one: (-one.story.front.released.toordinal(), one.story.slug))
    (folder / "receipts").mkdir()
    index = pages.get_template("index.html.j2")
    page = index.render(title=desk, root="", language="en", stories=[one.story for one in newest])
    (folder / "index.html").write_text(page, encoding="utf-8")
    for one in newest:
        place = folder / "stories" / one.story.slug
        place.mkdir(parents=True)
        page = pages.get_template("story.html.j2").render(
            title=one.story.front.title,
            root="../../",
            language=one.story.front.language,
            story=one.story,
            bounds=one.bound,
            territories=[name_of(code) for code in one.story.front.territories],
            prose=_prose(one),
        )
        (place / "index.html").write_text(page, encoding="utf-8")
        for bound in one.bound:
            if bound.receipt is not None and bound.receipt_id is not None:
                name = bound.receipt_id.removeprefix("sha256:") + ".json"
                (folder / "receipts" / name).write_bytes(rfc8785.dumps(bound.receipt))
    for name in ("style.css", "icon.svg"):
        (folder / name).write_bytes((Path(__file__).with_name("templates") / name).read_bytes())


def _prose(checked: Checked) -> Markup:
    """The body as HTML, raw HTML in it shown as text."""
    return Markup(MARKDOWN.render(checked.story.body))  # html is off in MARKDOWN; it escapes what it does not render


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _columns(bound: Bound) -> list[str]:
    rows = (bound.receipt or {}).get("rows", [])
    return [said for name, said in _COLUMNS.items() if any(row.get(name) not in (None, "") for row in rows)]


def _cell(row: dict[str, object], column: str) -> str:
    name = next(key for key, said in _COLUMNS.items() if said == column)
    value = row.get(name)
    if name == "territory":
        return name_of(str(value))
    if isinstance(value, int) and name == "value":
        return f"{value:,} {row.get('unit', '')}".strip()
    return "" if value is None else str(value)
