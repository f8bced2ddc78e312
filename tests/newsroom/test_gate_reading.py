"""Plain prose: what the checker reads and finds supported is bound; everything else is refused with what was read."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from groundswell.claims import Record
from groundswell.cli import work
from groundswell.core.errors import Refused
from groundswell.newsroom.desk import open_desk
from groundswell.newsroom.gate import Checked, State, check, check_all
from groundswell.newsroom.published import Published, publish
from groundswell.newsroom.story import Attribution, Binding, Front, StatedCorrection, Story, read_story
from tests.command import ok, run
from tests.conftest import Demo

WEEKS = {1: ("2022-04-18", "2022-04-24"), 2: ("2022-04-25", "2022-05-01"), 3: ("2022-05-02", "2022-05-08")}


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo.desk, tmp_path_factory.mktemp("reading") / "desk"))


@pytest.fixture(scope="module")
def record(desk: Path) -> Iterator[Record]:
    with work.record_of(open_desk(desk)) as record:
        yield record


@pytest.fixture(scope="module")
def renewal(desk: Path) -> Story:
    return read_story(desk / "stories" / "heartstopper-returns.md")


def story(body: str, *claims: Binding, summary: str = "A summary.") -> Story:
    return Story("a-story", Front("A title", summary, date(2022, 5, 20), "News", claims=claims), body)


def reasons(record: Record, told: Story) -> list[str]:
    with pytest.raises(Refused) as error:
        check(told, record)
    return [line.removeprefix(f"stories/{told.slug}.md: ") for line in error.value.reasons]


def test_the_renewal_story_is_bound_by_its_own_words(record: Record, renewal: Story) -> None:
    said = {binding.says for binding in renewal.front.claims if binding.kind}
    assert "fourth consecutive week at No. 1" in said
    read = [
        (one.binding.says, one.binding.kind, one.judged.claim.period.as_json())
        for one in check(renewal, record).bound
        if one.judged is not None and one.binding.says not in said
    ]
    assert read == [
        ("54 countries", "reach", ["2022-04-18", "2022-05-15"]),
        ("entered the English TV list at No. 7", "debut_rank", [*WEEKS[1]]),
        ("No. 5", "rank", ["2022-04-18", "2022-05-15"]),
        ("three weeks", "weeks_on_chart", ["2022-05-09", "2022-05-15"]),
        ("53.46 million hours", "total", [WEEKS[1][0], WEEKS[3][1]]),
        ("23.94 million hours", "hours_viewed", [*WEEKS[2]]),
        ("65%", "change", [*WEEKS[2]]),
    ]


def test_one_changed_figure_refuses_the_story(record: Record, renewal: Story) -> None:
    changes = [
        ("54 countries and", "55 countries and", "found 54 countries"),
        ("list at No. 7", "list at No. 6", "found No. 7"),
        ("peaked at No. 5", "peaked at No. 4", "found No. 5"),
        ("23.94 million", "23.95 million", "found 23,940,000 hours"),
        ("up 65%", "up 66%", "found up 64.5%"),
        ("three weeks in", "two weeks in", "found 3 weeks"),
        ("53.46 million", "53.47 million", "found 53,460,000 hours"),
        ("first three weeks", "first two weeks", "found 38,490,000 hours"),
    ]
    assert [renewal.body.count(true) for true, _, _ in changes] == [1] * 8
    told = [
        replace(renewal, slug=f"changed-{number}", body=renewal.body.replace(true, false))
        for number, (true, false, _) in enumerate(changes)
    ]
    for outcome, (_, false, found) in zip(check_all(told, record), changes, strict=True):
        assert isinstance(outcome, Refused), false
        (line,) = outcome.reasons
        assert " in the prose (" in line, false
        assert " is refuted: " in line, false
        assert found in line, false


def published(told: Story, record: Record) -> dict[str, Published]:
    """The story as the newsroom has published it."""
    day = datetime(2022, 5, 20, tzinfo=UTC)
    return {told.slug: publish(told, check(told, record).numbers(), None, day)}


def test_published_words_are_no_excuse_in_another_sentence(record: Record, renewal: Story) -> None:
    sentences = {
        "*Bling Empire* was No. 5 on the English TV list in the week to 15 May.": "found No. 8",
        "*Heartstopper* drew 23.94 million hours in the week to 8 May.": "found 14,970,000 hours",
    }
    (before,) = published(renewal, record).values()
    told = [
        replace(renewal, slug=f"more-{number}", body=f"{renewal.body}\n\n{sentence}\n")
        for number, sentence in enumerate(sentences)
    ]
    outcomes = check_all(told, record, {story.slug: before for story in told})
    for outcome, (sentence, found) in zip(outcomes, sentences.items(), strict=True):
        assert isinstance(outcome, Refused), sentence
        (line,) = outcome.reasons
        assert found in line


def test_what_may_mean_two_things_is_left_to_the_front_matter(record: Record) -> None:
    open_to_doubt = "Heartstopper reached the Top 10 in 54 countries."
    (line,) = reasons(record, story(open_to_doubt))
    assert "is undecidable (definition_differs)" in line
    assert line.endswith("say under claims what is meant")
    meant = Binding(
        "54 countries", kind="reach", subject="heartstopper/s1", chart="netflix.country.tv",
        period=(date(2022, 4, 18), date(2022, 5, 15)),
    )  # fmt: skip
    assert [one.binding for one in check(story(open_to_doubt, meant), record).bound] == [meant]


HOURS = Binding(
    "23.94 million hours", kind="hours_viewed", subject="heartstopper/s1", chart="netflix.global.tv_english",
    period=(date(2022, 4, 25), date(2022, 5, 1)),
)  # fmt: skip
SAID = "In the week from 25 April to 1 May, Heartstopper drew 23.94 million hours."


@pytest.mark.parametrize(
    ("again", "read"),
    [
        ("Bling Empire drew 23.94 million hours in the week to 15 May.", "Bling Empire: Season 2"),
        ("Heartstopper drew 23.94 million hours in the week to 8 May.", "the week to 8 May 2022"),
    ],
)
def test_an_entry_proves_its_words_nowhere_else(record: Record, again: str, read: str) -> None:
    (line,) = reasons(record, story(f"{SAID}\n\n{again}", HOURS))
    assert line.startswith('"23.94 million hours": these words stand 2 times, and in the prose (')
    assert read in line
    assert line.endswith("; say nth")
    (line,) = reasons(record, story(f"{SAID}\n\n{again}", msgspec.structs.replace(HOURS, nth=1)))
    assert " is refuted: " in line


@pytest.mark.parametrize("again", ["23.94 million hours: so much for that.", SAID])
def test_an_entry_binds_its_words_again_where_they_are_read_alike_or_not_at_all(record: Record, again: str) -> None:
    (bound,) = check(story(f"{SAID}\n\n{again}", HOURS, summary="23.94 million hours!"), record).bound
    assert bound.binding == HOURS


@pytest.mark.parametrize("place", ["title", "summary", "body"])
@pytest.mark.parametrize("words", ["tops", "topped", "led", "was the runner-up on"])
def test_a_place_in_words_that_is_refuted_is_refused_wherever_it_stands(record: Record, place: str, words: str) -> None:
    said = f"Bling Empire {words} the English TV list in the week to 15 May"
    told = Story("a-story", Front("A title", "A summary.", date(2022, 5, 20), "News"), "Words.")
    if place == "body":
        told = replace(told, body=said)
    else:
        told = replace(told, front=msgspec.structs.replace(told.front, **{place: said}))
    (line,) = reasons(record, told)
    assert f" in the {place.replace('body', 'prose')} (" in line
    assert line.endswith("the week to 15 May 2022: found No. 8")


def test_a_place_in_words_that_holds_is_bound(record: Record) -> None:
    told = story("It was called what filled a week.\n\nOzark led the English TV list in the week to 15 May.")
    (bound,) = check(told, record).bound
    assert (bound.binding.kind, bound.binding.subject, bound.state) == ("rank", "ozark/s4", State.PROVEN)
    ((_, start, end),) = bound.binding.places(told.texts())
    assert told.texts()["prose"][start - 6 : end + 4] == "Ozark led the"


def test_a_published_place_in_words_falls_due(record: Record) -> None:
    before = published(story("Ozark led the English TV list in the week to 15 May."), record)["a-story"]
    (led,) = before.numbers
    told = story("Bling Empire led the English TV list in the week to 15 May.")
    period = (date(2022, 5, 9), date(2022, 5, 15))
    revised = msgspec.structs.replace(led, subject="bling-empire/s2", period=period)
    (outcome,) = check_all([told], record, {"a-story": msgspec.structs.replace(before, numbers=(revised,))})
    assert isinstance(outcome, Checked)
    assert [bound.state for bound in outcome.bound] == [State.DUE]
    (outcome,) = check_all([told], record, {"a-story": before})
    assert isinstance(outcome, Refused)


def test_a_place_in_words_is_what_the_front_matter_says_it_is(record: Record) -> None:
    said = "Bling Empire topped the English TV list in the week to 15 May."
    (bound,) = check(story(said, Binding("topped", attributed=Attribution("Somebody"))), record).bound
    assert bound.state is State.STATED
    assert check(story("Kite led the English TV list, and everybody was led."), record).bound == ()


def test_a_correction_says_again_what_the_story_has_bound(record: Record) -> None:
    told = story("In the week to 8 May, *Heartstopper* drew nearly 15 million hours.")
    before = published(told, record)
    assert [number.says for number in before["a-story"].numbers] == ["nearly 15 million hours"]

    def corrected(new: str) -> Checked | Refused:
        stated = StatedCorrection("nearly 15 million hours", new, "A. Editor", "The figure is given as it was printed.")
        body = told.body.replace("nearly 15 million", "14.97 million")
        front = msgspec.structs.replace(told.front, corrections=(stated,))
        (outcome,) = check_all([replace(told, body=body, front=front)], record, before)
        return outcome

    outcome = corrected("14.97 million hours")
    assert isinstance(outcome, Checked)
    assert [bound.state for bound in outcome.bound] == [State.PROVEN]
    for other in ("15.97 million hours", "114.97 million hours", "over 14.97 million hours"):
        outcome = corrected(other)
        assert isinstance(outcome, Refused)
        assert all(" in the corrections (" in line for line in outcome.reasons)


def test_a_story_too_long_to_be_read_is_refused(record: Record) -> None:
    (line,) = reasons(record, story("é" * 600_000))
    assert line == "more than 1,000,000 bytes of words, more than are read; make it two stories"


def test_the_same_words_of_two_weeks_are_bound_one_by_one(record: Record) -> None:
    told = story(
        "In the week from 18 April to 24 April, Heartstopper was No. 7. It was No. 5 in the week from 25 April to 1 May.\n\n"
        "`No. 7`\n\nGrace and Frankie was No. 7 in the week from 25 April to 1 May."
    )
    code = Binding("No. 7", not_a_claim="code", nth=2)
    bound = check(replace(told, front=msgspec.structs.replace(told.front, claims=(code,))), record).bound
    held = [(one.binding.says, one.binding.nth, one.judged.claim.period.last) for one in bound if one.judged]
    assert held == [
        ("No. 7", 1, date(2022, 4, 24)),
        ("No. 5", None, date(2022, 5, 1)),
        ("No. 7", 3, date(2022, 5, 1)),
    ]


@pytest.mark.parametrize(
    "body", ["Heartstopper has 17 fans here.", "Nobody saw 17 of it.", "On Spotify it was No. 17."]
)
def test_what_is_no_claim_the_checker_reads_is_bound_to_nothing(record: Record, body: str) -> None:
    (line,) = reasons(record, story(body))
    assert "is bound to nothing: add it to claims" in line or "is undecidable (external)" in line


def test_the_lists_behind_a_story_are_those_its_words_rest_on(desk: Path) -> None:
    page = (desk / "site" / "stories" / "heartstopper-returns" / "index.html").read_text(encoding="utf-8")
    assert "../../charts/netflix.global.tv_english/2022-05-01/index.html" in page
    back = (desk / "site" / "charts" / "netflix.global.tv_english" / "2022-05-01" / "index.html").read_text()
    assert "../../../stories/heartstopper-returns/index.html" in back


def test_a_number_bound_by_reading_is_published_and_its_correction_falls_due(desk: Path) -> None:
    published = msgspec.json.decode((desk / "published" / "heartstopper-returns.json").read_bytes())
    assert {"23.94 million hours", "65%"} <= {number["says"] for number in published["numbers"]}
    page = (desk / "site" / "stories" / "heartstopper-returns" / "index.html").read_text(encoding="utf-8")
    assert ">23.94 million hours</button>" in page
    lists = desk / "data" / "english_tv.csv"
    lists.write_text(lists.read_text(encoding="utf-8").replace("23940000", "23950000"), encoding="utf-8")
    origin = lists.with_name(lists.name + ".origin.toml")
    origin.write_text(origin.read_text(encoding="utf-8").replace("fetched = 2026", "fetched = 2027"), encoding="utf-8")
    ok("-C", desk, "load", "--all")
    printed = ok("-C", desk, "build").out
    story_file = desk / "stories" / "heartstopper-returns.md"
    told = story_file.read_text(encoding="utf-8")
    line = told[: told.index("23.94 million hours")].count("\n") + 1
    assert f'correction to make: stories/heartstopper-returns.md:{line}: "23.94 million hours"' in printed
    story_file.write_text(told.replace("23.94", "23.93"), encoding="utf-8")
    run("-C", desk, "build").refused('"23.93 million hours"', "found 23,950,000 hours", code=1)
