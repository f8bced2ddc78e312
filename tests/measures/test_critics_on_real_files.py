"""Real scores and reviews: each printed score worked out again, and scores made of reviews held against the printed ones."""

import csv
import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from groundswell.catalog import Catalog
from groundswell.catalog.identity import NameRow, slug
from groundswell.claims import Claim, Record, read
from groundswell.core.period import Period, read_day
from groundswell.feeds.critics import CriticsReviews, CriticsScores
from groundswell.measures.critics import reconcile_scores
from tests.claims.lists import Lists

pytestmark = pytest.mark.shared_data

SCORES = CriticsScores(
    columns={
        "title": "movie_title",
        "year": "in_theaters_date",
        "score": "tomatometer_rating",
        "reviews": "tomatometer_count",
        "fresh_reviews": "audience_fresh_critics_count",  # so headed; the counts are the critics'
        "rotten_reviews": "audience_rotten_critics_count",
        "top_reviews": "audience_top_critics_count",
        "certified_fresh": "tomatometer_status",
    },
    yes=("Certified Fresh",),
    no=("Fresh", "Rotten"),
    day="2025-12-31",
)
REVIEWS = CriticsReviews(
    columns={
        "title": "id", "day": "date", "verdict": "fresh", "critic": "critic", "publication": "publisher", "top": "top_critic",
    },
    date_format="%B %d, %Y",
    encoding="latin-1",
    delimiter="\t",
)  # fmt: skip
Film = dict[str, str]


@pytest.fixture(scope="module")
def films(shared_data: Path) -> dict[str, Film]:
    """Film by subject."""
    rows = csv.DictReader(
        io.StringIO((shared_data / "rt" / "rotten_tomatoes_films_half.csv").read_text(encoding="utf-8"))
    )
    return {slug(f"{row['movie_title']} ({row['in_theaters_date'][:4]})"): row for row in rows}


@pytest.fixture(scope="module")
def numbered(shared_data: Path, films: dict[str, Film]) -> dict[str, str]:
    """The number a film has in the file of reviews → its subject, by the days it opened and was sold, and its length."""

    def day(text: str) -> str:
        return f"{datetime.strptime(text, '%b %d, %Y').replace(tzinfo=UTC):%Y-%m-%d}" if text else ""

    alike = defaultdict(list)
    for subject, film in films.items():
        alike[film["in_theaters_date"], film["on_streaming_date"], film["runtime_in_minutes"]].append(subject)
    text = gzip.decompress((shared_data / "rt" / "rt.movie_info.tsv.gz").read_bytes()).decode("latin-1")
    found = {}
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter="\t"):
        minutes = row["runtime"].removesuffix(" minutes")
        subjects = alike.get((day(row["theater_date"]), day(row["dvd_date"]), minutes), [])
        if len(subjects) == 1:
            found[row["id"]] = subjects[0]
    return found


@pytest.fixture(scope="module")
def record(shared_data: Path, numbered: dict[str, str]) -> Iterator[Record]:
    lists = Lists()
    folder = shared_data / "rt"
    lists.take(SCORES, (folder / "rotten_tomatoes_films_half.csv").read_bytes())
    lists.take(REVIEWS, (folder / "rt.reviews.tsv.gz").read_bytes(), findings=4)  # four without a date
    names = [
        NameRow("critics.*", n, "", "", None, None, None, subject, "days and length") for n, subject in numbered.items()
    ]
    held = lists.record(Catalog(names=tuple(names)))
    yield held
    held.engine.close()


def test_every_printed_score_is_half_up_but_for_three_of_57_5(record: Record, films: dict[str, Film]) -> None:
    assert [(one.name, one.scores) for one in reconcile_scores(record.engine)] == [
        ("half rounded down", 3),
        ("same", 2_725),
    ]
    differ = {}
    for film in films.values():
        fresh, rotten = (int(film[f"audience_{of}_critics_count"]) for of in ("fresh", "rotten"))
        share = Fraction(100 * fresh, fresh + rotten)
        again = 100 if not rotten else min(99, floor(share + Fraction(1, 2)))
        if again != int(film["tomatometer_rating"]):
            differ[film["movie_title"]] = (fresh, rotten, share, film["tomatometer_rating"])
    assert differ == {
        "The Naked Gun 2 1/2: The Smell of Fear": (23, 17, Fraction(115, 2), "57"),
        "Blast From the Past": (46, 34, Fraction(115, 2), "57"),
        "Last Days": (69, 51, Fraction(115, 2), "57"),
    }
    assert 57.4 < 100 * (0.57 + 0.005) < 57.5  # what binary fractions make of it


def test_a_printed_score_is_said_with_its_number_of_reviews(record: Record) -> None:
    period = Period(read_day("2025-01-01"), read_day("2025-12-31"))
    for words, measure, said in (
        (
            "57% on Rotten Tomatoes",
            "critics.score",
            "supported: Last Days (2005), critics' score, 1 January 2025 to 31 December 2025: found 57% of 120 reviews",
        ),
        ("58% on Rotten Tomatoes", "critics.score", "refuted: "),
        ("120 reviews", "critics.reviews", "supported: "),
    ):
        [judged] = record.judge([Claim("level", "last-days-2005", "", "WW", period, read(words, "level"), measure)])
        assert str(judged).startswith(said), judged


def test_certified_are_those_that_surely_meet_the_numbers_and_none_that_surely_do_not(films: dict[str, Film]) -> None:
    def meets(film: Film, share: int, fewest: int) -> bool:
        fresh, count, top = (
            int(film[name])
            for name in ("audience_fresh_critics_count", "tomatometer_count", "audience_top_critics_count")
        )
        return 100 * fresh >= share * count and count >= fewest and top >= 5

    found = Counter(
        (
            "surely" if meets(film, 75, 80) else "perhaps" if meets(film, 70, 40) else "no",
            film["tomatometer_status"] == "Certified Fresh",
        )
        for film in films.values()
    )
    assert found == {("surely", True): 527, ("perhaps", True): 261, ("perhaps", False): 71, ("no", False): 1_869}


def test_scores_made_of_reviews_agree_with_the_printed_ones_as_far_as_they_cover_them(
    record: Record, films: dict[str, Film], numbered: dict[str, str]
) -> None:
    made = record.engine.query("""
        SELECT subject, max_by(value, last_day) AS score, max_by(out_of, last_day) AS reviews
        FROM levels WHERE measure = 'critics.score' AND part = 'critics.review' GROUP BY subject
    """).to_pylist()
    off: dict[str, list[int]] = defaultdict(list)
    for row in made:
        if film := films.get(row["subject"]):
            share = row["reviews"] / int(film["tomatometer_count"])
            of = "under 75%" if share < 0.75 else "75% to 90%" if share < 0.9 else "90% and more"
            off[of].append(abs(int(row["score"]) - int(film["tomatometer_rating"])))
    assert len(numbered) == 241  # of 1,560; 212 of them with reviews enough for a score
    assert {of: (len(by), sum(n <= 2 for n in by), max(by)) for of, by in off.items()} == {
        "90% and more": (88, 79, 4),
        "75% to 90%": (103, 84, 10),
        "under 75%": (21, 10, 6),
    }
    means = [sum(by) / len(by) for by in (off["90% and more"], off["75% to 90%"], off["under 75%"])]
    assert means == sorted(means)
    assert means[0] < 1.1


def test_who_is_certifiable_by_its_reviews_is_certified(record: Record, films: dict[str, Film]) -> None:
    rows = record.engine.query("""
        SELECT subject, min(value) AS low, max(value) AS high FROM levels l
        WHERE measure = 'critics.certifiable'
          AND last_day = (SELECT max(last_day) FROM levels WHERE measure = l.measure AND subject = l.subject)
        GROUP BY subject
    """).to_pylist()
    found = Counter(
        (int(row["low"]), int(row["high"]), films[row["subject"]]["tomatometer_status"])
        for row in rows
        if row["subject"] in films
    )
    assert found == {
        (0, 0, "Rotten"): 106,
        (0, 0, "Fresh"): 35,
        (1, 1, "Certified Fresh"): 59,
        (0, 0, "Certified Fresh"): 7,  # War of the Worlds at 75%, and six of which the file has too few reviews
        (1, 1, "Fresh"): 5,  # earned at 75% and now at 71% to 74%: not given
    }
