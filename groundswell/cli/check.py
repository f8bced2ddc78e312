"""`check`: read press text, and give every audience number a verdict."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from groundswell.checker import Checked, Lists, as_json, check_all
from groundswell.checker.text import MOST_BYTES
from groundswell.cli import output, work
from groundswell.core.document import json_text
from groundswell.core.errors import InputError, UsageError
from groundswell.core.fields import in_words
from groundswell.core.origin import Evidence
from groundswell.core.quantity import counted
from groundswell.core.verdict import Verdict
from groundswell.newsroom.desk import Desk
from groundswell.store.files import writing_whole
from groundswell.web.checking import check_text

_MARKS = {Verdict.SUPPORTED: "green", Verdict.REFUTED: "red", Verdict.UNDECIDABLE: "yellow"}
_LONGEST_LINE = 8 * MOST_BYTES
_AT_ONCE = 100


@click.command(name="check", short_help="Read press text and say of every number whether it holds.")
@click.argument("file", required=False, metavar="FILE|-")
@click.option("--released", metavar="D", help="The day the text was released: what 'this week' means.")
@click.option("--json", "as_document", is_flag=True, help="One JSON document.")
@click.option("--explain", type=click.IntRange(min=1), metavar="N", help="All that decided claim N, with its receipt.")
@click.option(
    "--batch", type=click.Path(path_type=Path), metavar="IN.jsonl", help="One text a line: id, released, text."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="OUT.jsonl", help="Where --batch writes, one line each."
)
@click.pass_obj
def check_command(
    folder: Path | None,
    file: str | None,
    released: str | None,
    as_document: bool,
    explain: int | None,
    batch: Path | None,
    out: Path | None,
) -> None:
    """Read press text and say of every audience number whether it holds, with the value found and a receipt.

    FILE is plain text, - is standard input. Exit 1 when a number is refuted.
    """
    desk = work.open_here(folder)
    day = work.day(released)
    if (batch is None) != (out is None) or (batch is None) == (file is None):
        raise UsageError("name a FILE (or -), or --batch IN.jsonl with --out OUT.jsonl")
    if not work.store_of(desk).loads():
        _note("the desk holds no list yet, so no number can be decided; load one first ('groundswell load')")
    if batch is not None and out is not None:
        _batch(desk, batch, out, as_document)
        return
    assert file is not None
    text = _text(file)
    if not text.strip():
        _note(f"{'standard input' if file == '-' else file} holds no text")
    found = check_text(desk, text, day)
    if explain is not None:
        told = json_text(_explained(found.document, found.receipts, explain))
        click.echo(told if as_document else output.printable_lines(msgspec.json.format(told, indent=2)))
    elif as_document:
        click.echo(json_text(found.document))
    else:
        _print(found.checked, found.document)
    if found.document["summary"]["refuted"]:
        click.get_current_context().exit(1)


def _note(line: str) -> None:
    click.echo(output.printable(f"groundswell: {line}"), err=True)


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if file == "-" else _read(Path(file))
        if len(raw) > MOST_BYTES:
            raise InputError(f"{file}: more than {MOST_BYTES:,} bytes; check it in parts")
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: byte {error.start} is no UTF-8 text; save it as plain text, in UTF-8") from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}; name a text file, or - for standard input") from None


def _read(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


class _Line(msgspec.Struct):
    id: str
    text: str
    released: date | None = None


def _batch(desk: Desk, batch: Path, out: Path, as_document: bool) -> None:
    """Every line of `batch` checked, many at a time; a line that cannot be read is named, the rest go on.

    `out` is written whole or not at all.
    """
    unread, read = [], 0
    if out.exists() and not out.is_file():
        raise UsageError(f"{out}: no file; name one for --out")
    with work.record_of(desk) as record, writing_whole(out.resolve()) as written:
        lists = Lists(record)
        waiting: list[_Line] = []

        def flush() -> None:
            for line, checked in zip(waiting, check_all([(w.text, w.released) for w in waiting], lists), strict=True):
                document = as_json(checked, lists)
                answer = {"id": line.id, **{key: document[key] for key in ("claims", "numbers", "summary")}}
                written.write(json_text(answer).encode() + b"\n")
            waiting.clear()

        for number, raw in enumerate(_lines(batch), 1):
            try:
                waiting.append(_line(raw))
                read += 1
            except InputError as error:
                unread.append(f"{batch.name}, line {number}: {error}")
            if len(waiting) == _AT_ONCE:
                flush()
        flush()
    for why in unread:
        _note(why)
    if as_document:
        click.echo(json_text({"checked": read, "unread": unread}))
    else:
        not_read = f", {counted(len(unread), 'line')} not read" if unread else ""
        click.echo(f"{counted(read, 'text')} checked{not_read}", err=True)
    if unread:
        click.get_current_context().exit(2)


def _lines(batch: Path) -> Iterator[bytes]:
    try:
        with batch.open("rb") as opened:
            for line in opened:
                if line.strip():
                    yield line
    except OSError as error:
        raise InputError(f"{batch.name}: {error.strerror or error}") from None


def _line(raw: bytes) -> _Line:
    if len(raw) > _LONGEST_LINE:
        raise InputError(f"more than {_LONGEST_LINE:,} bytes")
    try:
        line = msgspec.json.decode(raw, type=_Line)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        why = in_words(error, _Line) if isinstance(error, msgspec.ValidationError) else str(error)
        raise InputError(f"{why[:150]}; a line is an object with id, released and text") from None
    if len(line.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise InputError(f"the text has more than {MOST_BYTES:,} bytes; check it in parts")
    return line


def _print(checked: Checked, document: dict[str, Any]) -> None:
    """The text with its claims marked, then each: words, reading, verdict, what was found and from where."""
    claims = document["claims"]
    numbered = sorted(range(len(claims)), key=lambda n: (claims[n]["span"][0], claims[n]["span"][1]))
    at, parts = 0, []
    for n in numbered:
        begin, end = claims[n]["span"]
        if begin < at:
            continue
        parts.append(output.printable_lines(checked.text[at:begin]))
        words = f"{output.printable(checked.text[begin:end])}[{n + 1}]"
        parts.append(output.styled(words, _MARKS[Verdict(claims[n]["verdict"])]))
        at = end
    parts.append(output.printable_lines(checked.text[at:]))
    click.echo("".join(parts).rstrip() + "\n")
    for n, claim in enumerate(claims, 1):
        verdict = claim["verdict"]
        if claim["evidence"] == Evidence.SIMULATED.value:
            verdict += " (simulated)"
        reason = f" ({claim['reason']})" if claim["reason"] else ""
        reading = " · ".join(
            str(part) for part in (claim["kind"], claim["subject"] or claim["title"], claim["chart"]) if part
        )
        click.echo(output.printable(f'{n}. "{claim["text"]}" as {reading}'))
        click.echo("   " + output.styled(verdict, _MARKS[Verdict(claim["verdict"])]) + reason, nl=False)
        click.echo(output.printable(f": {claim['explanation']}"))
    summary = ", ".join(f"{count} {verdict}" for verdict, count in document["summary"].items())
    other = sum(number["status"] != "read" for number in document["numbers"])
    click.echo(f"{summary}; {counted(other, 'other number')}")
    if any(claim["reason"] == "ambiguous_period" for claim in claims) and document["released"] is None:
        click.echo("No week is named and no day of release: say it, as in --released 2022-05-03.")
    if other and not claims:
        click.echo(
            "No number is read as one of a title held here: name the title as its list prints it, or load that list."
        )


def _explained(document: dict[str, Any], receipts: list[dict[str, Any] | None], number: int) -> dict[str, object]:
    if not receipts:
        raise UsageError("no claim was read in the text; --explain has none to take")
    if number > len(receipts):
        raise UsageError(f"no claim {number}; the text has {counted(len(receipts), 'claim')}")
    return {"claim": {**document["claims"][number - 1], "receipt_document": receipts[number - 1]}}
