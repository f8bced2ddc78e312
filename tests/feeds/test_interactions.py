"""A generic export: mapped columns, findings, hostile cells."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.core.events import EVENTS, Activity
from groundswell.feeds.interactions import ROLES, InteractionsCsv

ROWS = """kind,operation,actor,key,at,object,text,tags,language,parent,quotes,region,bot
post,,a,p1,2022-04-22T10:00:00Z,,"Watching it, #Now",#Other,en,,,GB,
like,,b,l1,2022-04-22T12:00:00+02:00,p1,,,,,,BR,true
like,delete,b,l1,2022-04-23T10:00:00Z,p1,,,,,,,
account,delete,b,b,2022-04-23T10:00:00Z,,,,,,,,
"""


def feed() -> InteractionsCsv:
    """The feed with every role under its own name."""
    return InteractionsCsv("example", {role: role for role in ROLES})


def read(text: str) -> Activity:
    """What the export holds."""
    return feed().read(text.encode())


def test_an_export_is_read_as_its_columns_are_mapped() -> None:
    found = read(ROWS)
    assert found.findings == []
    post, like, unlike, gone = found.events.to_pylist()
    assert (post["platform"], post["text"], post["tags"], post["languages"], post["region"]) == (
        *("example", "Watching it, #Now", ["Other", "Now"], ["en"], "GB"),
    )
    assert (like["object"], like["seen_at"].isoformat(), like["declared_bot"]) == (
        "p1",
        "2022-04-22T10:00:00+00:00",
        True,
    )
    assert (unlike["operation"], unlike["object"]) == ("delete", None)
    assert (gone["kind"], gone["object"]) == ("account", "deleted")


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("love,,a,k,2022-04-22T10:00:00Z,,,,,,,,", "kind", "not one of post, like"),
        ("post,,,k,2022-04-22T10:00:00Z,,,,,,,,", "actor", "required"),
        ("post,,a,k,2022-04-22T10:00:00,,,,,,,,", "at", "no zone"),
        ("post,,a,k,yesterday,,,,,,,,", "at", "not a time"),
        ("like,,a,k,2022-04-22T10:00:00Z,,,,,,,,", "object", "without the post"),
        ("post,,a,k,2022-04-22T10:00:00Z,,,,,,,Britain,", "region", "not an ISO 3166 code"),
        ("post,,a,k,2022-04-22T10:00:00Z,,,,,,,,maybe", "bot", "not true or false"),
        ("post,a", None, "2 cells"),
    ],
)
def test_a_bad_row_is_one_finding(row: str, column: str | None, why: str) -> None:
    found = read(ROWS + row + "\n")
    assert [(finding.line, finding.column) for finding in found.findings] == [(6, column)]
    assert why in found.findings[0].why
    assert len(found.events) == 4


def test_a_mapping_that_is_not_whole_is_refused() -> None:
    with pytest.raises(InputError, match="must name kind, actor, key, at"):
        InteractionsCsv("x", {"kind": "k"})
    with pytest.raises(InputError, match="platform"):
        InteractionsCsv("X Y", {role: role for role in ROLES})
    with pytest.raises(InputError, match="region"):
        feed().read(b"kind,actor\n1,2\n")


@given(
    st.lists(
        st.lists(
            st.text(max_size=12) | st.sampled_from(["post", "like", "2022-01-01T00:00:00Z", "a"]),
            min_size=13,
            max_size=13,
        ),
        max_size=4,
    )
)
def test_hostile_cells_never_crash(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([list(ROLES), *rows])
    try:
        found = feed().read(out.getvalue().encode("utf-8", "surrogatepass"))
    except InputError:
        return
    assert found.events.schema == EVENTS
    assert len({finding.line for finding in found.findings}) + len(found.events) >= found.rows_read
