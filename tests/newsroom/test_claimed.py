"""An entry that makes no claim is refused in the line of the field that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from groundswell.claims import Record
from groundswell.cli import work
from groundswell.core.errors import InputError, Refused
from groundswell.newsroom.desk import open_desk
from groundswell.newsroom.gate import check
from groundswell.newsroom.story import read_story
from tests.paper import COUNTRY, SUBJECT

WORDS = "3 countries"
FIELDS = {
    "says": WORDS,
    "kind": "reach",
    "subject": SUBJECT,
    "chart": COUNTRY,
    "period": "[2022-04-25, 2022-05-15]",
    "territory": "WW",
    "versus": "''",
    "measure": "''",
    "base_as": "''",
}
LEVEL = {"says": "3 fans", "kind": "level", "chart": "''", "measure": "moss.followers"}
FRONT = "title: A title\nsummary: A summary\nreleased: 2022-05-20\ncategory: News\nclaims:\n"


@pytest.fixture(scope="module")
def record(loaded_paper: Path) -> Iterator[Record]:
    with work.record_of(open_desk(loaded_paper)) as record:
        yield record


def refusals(folder: Path, record: Record, body: str = f"It reached {WORDS}.", **changes: str) -> list[tuple[str, str]]:
    """Why a claim with these changes is refused, and the field in whose line each of it is said."""
    entry = [f"{'-' if name == 'says' else ' '} {name}: {value}" for name, value in {**FIELDS, **changes}.items()]
    path = folder / "a-story.md"
    path.write_text("---\n" + FRONT + "\n".join(entry) + f"\n---\n{body}", encoding="utf-8")
    with pytest.raises((InputError, Refused)) as error:
        check(read_story(path), record)
    reasons = getattr(error.value, "reasons", [str(error.value)])
    told = [reason.removeprefix("stories/a-story.md:").partition(": ") for reason in reasons]
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(lines[int(line) - 1].strip(" -").partition(":")[0], why) for line, _, why in told]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("kind", "raech", "claims, entry 1, kind: no kind of claim 'raech'; nearest: reach"),
        ("territory", "UK", "claims, entry 1, territory: 'UK' is no ISO 3166 code"),
        ("base_as", "mean", f"claims, entry 1, base_as: '{WORDS}' of kind reach has no base"),
        ("period", "[2022-05-15, 2022-04-25]", f'"{WORDS}": a period ends before it begins'),
        ("period", "[2022-04-25, 2022-05-22]", f'"{WORDS}": speaks of 2022-05-22'),
        ("subject", "kite-strng/s1", f"\"{WORDS}\": no subject 'kite-strng/s1' is held"),
        ("chart", "paper.tv_by_county", f"\"{WORDS}\": no chart 'paper.tv_by_county'"),
        ("versus", "nobody", f"\"{WORDS}\": no subject 'nobody' is held"),
        ("versus", SUBJECT, f'"{WORDS}": a comparison needs versus'),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_its_line(
    tmp_path: Path, record: Record, field: str, value: str, why: str
) -> None:
    [(found, said)] = refusals(tmp_path, record, **{field: value})
    assert (found, said[: len(why)]) == (field, why)


@pytest.mark.parametrize(
    ("changes", "body", "field", "why"),
    [
        ({}, f"It reached nearly {WORDS}.", "says", "'nearly' stands before it"),
        ({"says": "only 3 countries"}, "It reached only 3 countries.", "says", "'only' is not read in a reach"),
        (
            {"says": "3 hours viewed", "kind": "total", "measure": "views"},
            "With 3 hours viewed.",
            "measure",
            "says hours viewed where its measure is views",
        ),
        (
            {"says": "up 3%", "kind": "change"},
            "It was up 3%.",
            "measure",
            "needs measure: hours_viewed or views",
        ),
        (LEVEL, "It has 3 fans.", "measure", "no reading of measure 'moss.followers' is held"),
    ],
)
def test_so_is_what_is_wrong_between_an_entry_and_its_words(
    tmp_path: Path, record: Record, changes: dict[str, str], body: str, field: str, why: str
) -> None:
    [(found, said)] = refusals(tmp_path, record, body, **changes)
    assert (found, why in said) == (field, True), said


def test_what_is_missing_is_said_where_its_entry_begins(tmp_path: Path, record: Record) -> None:
    [(found, said)] = refusals(tmp_path, record, subject="''")
    assert (found, "also needs subject" in said) == ("says", True)
