"""The stories of the example, whole: what each of their numbers rests on, and that not one of the announcement can be changed."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from deltalake import DeltaTable

from groundswell.claims import Claim
from groundswell.cli import work
from groundswell.cli.publish import checked_stories
from groundswell.core.errors import Refused
from groundswell.core.origin import Evidence
from groundswell.core.verdict import Reason, Verdict
from groundswell.feeds.audience import EVENT
from groundswell.feeds.reduced import WEEK
from groundswell.newsroom.desk import Desk, open_desk
from groundswell.newsroom.gate import check_all
from groundswell.newsroom.story import Story, read_story
from groundswell.store.snapshots import digest_of
from tests.conftest import Demo

STORY = "heartstopper-returns"
NINE = {
    "up 1,700%": Evidence.SIMULATED,
    "No. 1": Evidence.SIMULATED,
    "on the New York Times series books list": Evidence.SIMULATED,
    "100% of critics": Evidence.SIMULATED,
    "certified fresh": Evidence.SIMULATED,
    "3.4M followers": Evidence.SIMULATED,
    "4.3B views": Evidence.SIMULATED,
    "fourth consecutive week at No. 1": Evidence.SIMULATED,
    "54 countries": Evidence.PUBLISHED,
}
"""What was announced, and as what it stands here."""
_OF_THE_EVENT = [
    "33 million global Live+1 average-minute audience",
    "Live average-minute audience was 30.3 million",
    "reached 43.9 million Live+1 viewers",
    "peaked at 33.9 million concurrent streams",
    "15.6 million Live+1 average-minute audience",
]
RESTS_ON = {
    "data/english_tv.csv": [
        "entered the English TV list at No. 7",
        "No. 5",
        "three weeks",
        "53.46 million hours",
        "23.94 million hours",
        "65%",
    ],
    "data/territories.csv": ["54 countries"],
    "data/variety_2022-04-24.csv": [],
    "data/variety_2022-05-08.csv": [],
    "data/variety_2022-05-15.csv": [],
    "data/variety_2022-05-22.csv": [],
    "data/posts.csv": ["fourth consecutive week at No. 1"],
    "data/books.csv": ["up 1,700%", "No. 1"],
    "data/bestsellers.csv": ["on the New York Times series books list"],
    "data/reviews.csv": ["100% of critics", "21 reviews", "certifiable"],
    "data/badges.csv": ["certified fresh"],
    "data/followers.csv": [
        "3.4M followers",
        "just over 100K followers",
        "2.5M followers",
        "just over 100K followers",
    ],
    "data/hashtag.txt": ["4.3B views"],
    "data/event.csv": _OF_THE_EVENT,
    "data/sessions.csv": _OF_THE_EVENT,
}
"""By file of the desk, the numbers nothing is known of without it."""
_REDUCED = {"interactions.csv": WEEK.id, "viewing.catalogue": EVENT.id, "viewing.sessions": EVENT.id}


@pytest.fixture(scope="module")
def desk(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return open_desk(Path(shutil.copytree(demo.desk, tmp_path_factory.mktemp("announced") / "desk")))


@pytest.fixture(scope="module")
def claims(desk: Desk) -> dict[tuple[str, Claim], Evidence | None]:
    """Every claim of the stories in its words, all of which hold, and what each stands as."""
    with work.record_of(desk) as record:
        checked, reasons = checked_stories(desk, record, [], work.now())
    assert reasons == []
    judged = [(bound.binding.says, bound.judged) for one in checked for bound in one.bound if bound.judged is not None]
    assert {one.verdict for _, one in judged} == {Verdict.SUPPORTED}
    return {(says, one.claim): one.evidence for says, one in judged}


def test_the_nine_announced_hold_and_say_what_they_stand_as(claims: dict[tuple[str, Claim], Evidence | None]) -> None:
    assert {says: evidence for (says, _), evidence in claims.items() if says in NINE} == NINE


def test_the_table_names_every_file_of_the_desk_and_every_claim(
    desk: Desk, claims: dict[tuple[str, Claim], Evidence | None]
) -> None:
    assert [entry.path for entry in desk.settings.feeds] == list(RESTS_ON)
    named = [says for path, of in RESTS_ON.items() for says in of if path != "data/event.csv"]  # with the sessions
    assert sorted(named) == sorted(says for says, _ in claims)


@pytest.mark.parametrize("path", RESTS_ON)
def test_without_a_file_nothing_is_known_of_what_rests_on_it_and_of_that_alone(
    desk: Desk, claims: dict[tuple[str, Claim], Evidence | None], path: str
) -> None:
    with _forgotten(desk, path), work.record_of(desk) as record:
        judged = record.judge([claim for _, claim in claims])
    lost = [(says, one) for (says, _), one in zip(claims, judged, strict=True) if one.verdict is not Verdict.SUPPORTED]
    assert sorted(says for says, _ in lost) == sorted(RESTS_ON[path])
    assert {one.found.reason for _, one in lost} <= {Reason.NO_DATA}


@contextmanager
def _forgotten(desk: Desk, path: str) -> Iterator[None]:
    """For as long, the loads of a file, or of what was reduced from it, do not stand in the table of those that count."""
    [feed] = [entry.feed for entry in desk.settings.feeds if entry.path == path]
    with (desk.folder / path).open("rb") as file:
        of = f"feed = '{_REDUCED[feed]}'" if feed in _REDUCED else f"snapshot_id = '{digest_of(file)}'"
    [loads] = (desk.store_folder / "tables").glob("*/loads")
    held = DeltaTable(loads).version()
    assert DeltaTable(loads).delete(of)["num_deleted_rows"] > 0
    yield
    DeltaTable(loads).restore(held)


def test_one_figure_changed_refuses_the_story(desk: Desk) -> None:
    story = read_story(desk.folder / "stories" / f"{STORY}.md")
    changed = list(_changed(story.body))
    assert len(changed) == 17
    with work.record_of(desk) as record:
        outcomes = check_all([Story(f"changed-{n}", story.front, body) for n, (_, body) in enumerate(changed)], record)
    for (number, _), outcome in zip(changed, outcomes, strict=True):
        assert isinstance(outcome, Refused), number
        assert any(number in reason for reason in outcome.reasons), (number, outcome.reasons)


def _changed(body: str) -> list[tuple[str, str]]:
    """The story with one digit of its prose changed, once for each number that is no date."""
    found = []
    for match in re.finditer(r"\d[\d,.]*\d|\d", body):
        if re.match(r"\s+(?:April|May)\b", body[match.end() :]) or re.search(
            r"(?:April|May)\s+$", body[: match.start()]
        ):
            continue
        if "Top 10" in body[match.start() - 4 : match.end()]:
            continue
        other = match[0][:-1] + str((int(match[0][-1]) + 3) % 10)
        found.append((other, body[: match.start()] + other + body[match.end() :]))
    return found
