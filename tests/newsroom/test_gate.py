"""The gate: what it lets through, and the one line it says of everything else."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from groundswell.claims import Record
from groundswell.cli import work
from groundswell.core.errors import Refused
from groundswell.core.verdict import Verdict
from groundswell.newsroom.desk import open_desk
from groundswell.newsroom.gate import Checked, check, check_all
from groundswell.newsroom.story import Attribution, Binding, Front, StatedCorrection, Story, read_story
from tests.paper import COUNTRY, SUBJECT, TV

ALL_WEEKS = (date(2022, 4, 25), date(2022, 5, 15))
FIRST_WEEK = (date(2022, 4, 25), date(2022, 5, 1))


@pytest.fixture(scope="module")
def record(loaded_paper: Path) -> Iterator[Record]:
    with work.record_of(open_desk(loaded_paper)) as record:
        yield record


def reach(says: str = "3 countries", **changes: Any) -> Binding:
    """A claim of the title's reach over all weeks held; 3 is right."""
    fields: dict[str, Any] = {"kind": "reach", "subject": SUBJECT, "chart": COUNTRY, "period": ALL_WEEKS}
    return Binding(says=says, **fields | changes)


def by(name: str) -> Binding:
    """A dozen prizes, stated by somebody."""
    return Binding(says="a dozen prizes", attributed=Attribution(to=name))


def corrected(**changes: str) -> StatedCorrection:
    """A correction of one word."""
    return StatedCorrection(**{"old": "nobody", "new": "everybody", "who": "An editor", "why": "A slip."} | changes)


def story(*claims: Binding, body: str = "Words.", **fields: Any) -> Story:
    """A story of these bindings, released when every week held was over."""
    plain: dict[str, Any] = {"title": "A title", "summary": "A summary.", "category": "News"}
    return Story("a-story", Front(released=date(2022, 5, 20), claims=claims, **plain | fields), body)


def refused(record: Record, told: Story) -> list[str]:
    """The lines the gate says, each held to the story's name."""
    with pytest.raises(Refused) as error:
        check(told, record)
    assert all(line.startswith("stories/a-story.md: ") and len(line.splitlines()) == 1 for line in error.value.reasons)
    return [line.removeprefix("stories/a-story.md: ") for line in error.value.reasons]


def test_the_paper_passes(record: Record, loaded_paper: Path) -> None:
    checked = check(read_story(loaded_paper / "stories" / "kite-returns.md"), record)
    judged = [bound.judged.verdict for bound in checked.bound if bound.judged]
    assert judged == [Verdict.SUPPORTED] * 4
    assert [bound.receipt_id is None for bound in checked.bound] == [True, False, True, False, False, False]
    assert all((bound.receipt or {}).get("sentence") == bound.binding.says for bound in checked.bound if bound.judged)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("title", story(title="The Top 10 in 3 countries")),
        ("summary", story(summary="It reached 3 countries.")),
        ("prose", story(body="It reached\n\n- 3 countries.")),
        ("prose", story(body="![3 countries](a.png)")),
        ("prose", story(body='![a map](a.png "3 countries")')),
        ("prose", story(body='[a link](https://a.example "3 countries")')),
        ("prose", story(body="| weeks | countries |\n|---|---|\n| one week | 3 |")),
        ("prose", story(body="```\n3 countries\n```")),
        ("prose", story(body="    3 countries")),
        ("prose", story(body="`3 countries`")),
        ("prose", story(body="> # 3 *countries*")),
        ("prose", story(body="<p>3 countries</p>")),
        ("prose", story(body="&#51; countries")),
        ("prose", story(body="3. countries")),
        ("prose", story(body="**thr**ee countries")),
        ("prose", story(body="half of the countries")),
        ("category", story(category="Seen in 3 countries")),
        ("category", story(category="Three countries")),
        ("attribution", story(by("The Almanac, read in 3 countries"), body="a dozen prizes")),
        ("corrections", story(corrections=(corrected(new="3 countries"),))),
        ("corrections", story(corrections=(corrected(why="It reached 3 countries."),))),
        ("corrections", story(corrections=(corrected(who="Editor of 3 countries"),))),
        ("corrections", story(corrections=(corrected(old="3 countries"),))),
    ],
)
def test_a_number_bound_to_nothing_is_refused_wherever_it_stands(record: Record, where: str, told: Story) -> None:
    lines = refused(record, told)
    assert all(f" in the {where} (" in line and "is bound to nothing: add it to claims" in line for line in lines)
    assert lines


@pytest.mark.parametrize(
    "told",
    [
        story(reach(), title="It reached 3 countries", summary="3 countries!", body="In **3** countries: 3 countries."),
        story(Binding(says="3 countries", attributed=Attribution(to="Somebody")), summary="3 countries"),
        story(Binding(says="3 countries", not_a_claim="a guess"), body="3 countries"),
        story(reach("reached the Top 10 in 3 countries"), body="It reached the Top 10 in 3 countries."),
        story(
            body="Room 9 was watched in 2022, from 25 April to 1 May, and was in the Top 10. Room 9: Season 2 ends it."
        ),
        story(reach("at least two countries"), body="at least two countries"),
        story(category="Top 10"),
        story(category="Awards 2022"),
        story(Binding(says="Channel 4", not_a_claim="a name"), by("Channel 4"), body="a dozen prizes"),
        story(reach(), body="3 countries", corrections=(corrected(new="3 countries"),)),
    ],
)
def test_bound_numbers_pass(record: Record, told: Story) -> None:
    assert check(told, record).story == told


def test_two_stories_of_one_address_are_refused_in_one_line(record: Record) -> None:
    first, second = story(), story(title="Another title")
    refusal, passed = check_all([first, second], record)
    assert isinstance(refusal, Refused)
    [line] = refusal.reasons
    assert line == (
        "stories/a-story.md: another story has this address; the story of a chart's week is named by its chart and day: "
        "rename this file"
    )
    assert isinstance(passed, Checked)


def test_a_refuted_number_is_refused_with_what_is_found(record: Record) -> None:
    [line] = refused(record, story(reach("4 countries"), body="4 countries"))
    assert line == (
        f'"4 countries" is refuted: Kite & String: Season 1 in {COUNTRY}, 25 April 2022 to 15 May 2022: '
        "found 3 countries (of 4 that had a list)"
    )


def test_an_undecidable_number_is_refused_with_the_reason(record: Record) -> None:
    later = (date(2022, 4, 25), date(2022, 5, 19))
    [line] = refused(record, story(reach(period=later), body="3 countries"))
    assert line.startswith('"3 countries" is undecidable (no_data): ')
    assert line.endswith("found at least 3 countries (of 4 that had a list); not held: every issue after 2022-05-15")
    hours = Binding(says="23.94 million hours", kind="hours_viewed", subject=SUBJECT, chart=TV, period=ALL_WEEKS)
    [line] = refused(record, story(hours, body="23.94 million hours"))
    assert line.startswith('"23.94 million hours" is undecidable (ambiguous_period): ')
    assert "a figure is printed for one issue" in line


def test_every_reason_is_said_at_once(record: Record) -> None:
    told = story(
        reach("4 countries"), reach("5 countries"), title="9 lives", body="4 countries, 5 countries, 6 countries"
    )
    lines = refused(record, told)
    assert [line.partition('"')[2].partition('"')[0] for line in lines] == ["9", "6", "4 countries", "5 countries"]


def test_a_number_of_several_words_is_one_line(record: Record) -> None:
    lines = refused(record, story(title="9 lives", body="12.5 million ohms, two hundred thousand\n\n7"))
    assert [line.partition('"')[2].partition('"')[0] for line in lines] == [
        "9",
        "12.5 million",
        "two hundred thousand",
        "7",
    ]


def test_words_that_do_not_stand_in_the_story_are_refused(record: Record) -> None:
    [line] = refused(record, story(reach()))
    assert line == '"3 countries": these words do not stand in the story'
    assert refused(record, story(reach("3  countries"), body="3 countries"))
    [line] = refused(record, story(reach("9 countries")))  # what does not stand there is not judged besides
    assert line == '"9 countries": these words do not stand in the story'
    [line] = refused(record, story(Binding(says="", not_a_claim="nothing")))
    assert line == '"": these words do not stand in the story'


def test_nth_binds_one_occurrence_counted_through_title_summary_and_prose(record: Record) -> None:
    other = Binding(says="3 countries", not_a_claim="another thing", nth=1)
    both = story(reach(nth=2), other, title="3 countries", body="3 countries")
    assert len(check(both, record).bound) == 2
    [line] = refused(record, story(reach(nth=2), title="3 countries", body="3 countries"))
    assert line.startswith('"3" in the title ')
    lines = refused(record, story(reach(nth=3), title="3 countries", body="3 countries"))
    assert lines[0] == '"3 countries": these words do not stand in the story'


@pytest.mark.parametrize("body", ["53 countries", "3.5 countries", "1,3 countries", "$3 countries", "0.3 countries"])
def test_a_quote_out_of_a_larger_number_covers_nothing_of_it(record: Record, body: str) -> None:
    lines = refused(record, story(Binding(says="3 countries", not_a_claim="x"), body=f"{body} and 3 countries"))
    assert len(lines) == 1
    assert "is bound to nothing" in lines[0]


@pytest.mark.parametrize("hedge", ["more than", "nearly", "at least", "up to", "just over", "about"])
def test_a_hedge_left_out_of_the_quote_is_refused(record: Record, hedge: str) -> None:
    [line] = refused(record, story(reach(), body=f"It reached {hedge}\n3 countries."))
    assert line == (
        f"\"3 countries\": '{hedge}' stands before it and changes what is claimed; quote '{hedge} 3 countries'"
    )


@pytest.mark.parametrize("denial", ["not", "never", "no longer", "didn't", "isn’t", "not yet"])
def test_a_denial_left_out_of_the_quote_is_refused(record: Record, denial: str) -> None:
    [line] = refused(record, story(reach(), body=f"It reached {denial} 3 countries."))
    assert f"'{denial}' stands before it and changes what is claimed" in line


def test_a_measure_nobody_has_read_is_refused(record: Record) -> None:
    level = Binding(says="5 followers", kind="level", subject=SUBJECT, measure="moss.followers", period=FIRST_WEEK)
    [line] = refused(record, story(level, body="5 followers"))
    assert line.startswith("\"5 followers\": no reading of measure 'moss.followers' is held; known: none")


def test_a_quote_without_its_unit_is_refused(record: Record) -> None:
    """Else the hours of a title would prove a number of anything."""
    hours = Binding(says="23.94 million", kind="hours_viewed", subject=SUBJECT, chart=TV, period=FIRST_WEEK)
    [line] = refused(record, story(hours, body="watched by 23.94 million households"))
    assert "does not say of what; quote the number with its unit" in line


def test_a_claim_may_only_speak_of_what_was_over_when_the_words_were_released(record: Record) -> None:
    told = story(reach(), body="3 countries")
    early = Story(told.slug, Front(**{**_fields(told.front), "released": date(2022, 5, 15)}), told.body)
    [line] = refused(record, early)
    assert line == '"3 countries": speaks of 2022-05-15, which was not over when the story was released (2022-05-15)'
    next_day = Story(told.slug, Front(**{**_fields(told.front), "released": date(2022, 5, 16)}), told.body)
    assert len(check(next_day, record).bound) == 1


def _fields(front: Front) -> dict[str, Any]:
    return {name: getattr(front, name) for name in front.__struct_fields__}


@pytest.mark.parametrize(
    ("binding", "why"),
    [
        (reach(subject="kite-strng/s1"), f"no subject 'kite-strng/s1' is held; nearest: {SUBJECT}"),
        (reach(subject="kite-string"), f"subject 'kite-string' is on lists by its parts: name one of {SUBJECT}"),
        (reach(subject="xylophone"), "no subject 'xylophone' is held"),
        (reach(chart="paper.tv_by_county"), f"no chart 'paper.tv_by_county'; nearest: {COUNTRY}"),
        (reach(period=ALL_WEEKS[::-1]), "a period ends before it begins: 2022-05-15 to 2022-04-25"),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest(record: Record, binding: Binding, why: str) -> None:
    [line] = refused(record, story(binding, body="3 countries"))
    assert line.startswith(f'"3 countries": {why}')


def test_a_quote_that_cannot_be_read_is_refused(record: Record) -> None:
    [line] = refused(record, story(reach("only 3 countries"), body="only 3 countries"))
    assert (
        line
        == "\"only 3 countries\": 'only 3 countries': 'only' is not read in a reach; quote only the number and its unit "
        "(countries, territories, country, territory, countries and territories)"
    )


def test_a_claim_of_one_territory_is_asked_there(record: Record) -> None:
    def rank(territory: str) -> Binding:
        return reach("No. 1", kind="rank", period=FIRST_WEEK, territory=territory)

    assert len(check(story(rank("GB"), body="No. 1"), record).bound) == 1
    [line] = refused(record, story(rank("FR"), body="No. 1"))
    assert line.endswith(f"in {COUNTRY}, France, the week to 1 May 2022: it was not on the list")


@pytest.mark.parametrize(
    ("says", "changes", "reason"),
    [
        ("on the Paper TV list", {}, ""),
        ("on the Paper TV list", {"period": (date(2022, 5, 9), date(2022, 5, 15))}, "is refuted: Kite & String"),
        ("on the Paper TV list", {"subject": "nobody/s1"}, "no subject 'nobody/s1' is held"),
        ("on the Paper Radio list", {}, "is undecidable (definition_differs): "),
    ],
)
def test_words_without_a_number_bound_to_a_list(
    record: Record, says: str, changes: dict[str, Any], reason: str
) -> None:
    fields: dict[str, Any] = {"kind": "listed", "subject": SUBJECT, "chart": TV, "period": FIRST_WEEK}
    told = story(Binding(says=says, **fields | changes), body=f"It was {says} once more.")
    if not reason:
        [bound] = check(told, record).bound
        assert (bound.state, bound.judged is not None) == ("proven", True)
    else:
        [line] = refused(record, told)
        assert reason in line


def test_a_denial_before_a_list_belongs_to_the_words(record: Record) -> None:
    listed = Binding(says="on the Paper TV list", kind="listed", subject=SUBJECT, chart=TV, period=FIRST_WEEK)
    [line] = refused(record, story(listed, body="It was not on the Paper TV list."))
    assert "'not' stands before it and changes what is claimed" in line
