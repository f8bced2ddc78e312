"""Measured on posts other hands labelled; the floors leave slack below what docs/methods.md reports. Counts only, no posts."""

from pathlib import Path

import pytest

from groundswell.measures.linking import link
from tests import posts as real


@pytest.fixture(scope="module")
def titles(shared_data: Path) -> dict[str, frozenset[str]]:
    return {name: frozenset(found) for name, found in real.titles(shared_data).items()}


@pytest.fixture(scope="module")
def background(shared_data: Path) -> list[str]:
    return real.background(shared_data)


@pytest.mark.shared_data
def test_ambiguous_titles_of_the_half_rules_were_not_tuned_on(shared_data: Path) -> None:
    held_out = real.score(shared_data, 1, "BC")
    assert held_out.precision.share >= 0.88
    assert held_out.recall.share >= 0.72
    assert held_out.naive.share < 0.15


@pytest.mark.shared_data
def test_ambiguous_titles_of_both_halves(shared_data: Path) -> None:
    both = real.score(shared_data, None, "BC")
    assert both.precision.share >= 0.90
    assert both.recall.share >= 0.80


@pytest.mark.shared_data
def test_titles_of_all_tiers_of_both_halves(shared_data: Path) -> None:
    both = real.score(shared_data, None, "ABC")
    assert both.precision.share >= 0.95
    assert both.recall.share >= 0.90


@pytest.mark.shared_data
def test_wnut_works_in_the_list(shared_data: Path, titles: dict[str, frozenset[str]]) -> None:
    for tagged, least_right, most_wrong in ((real.wnut16(shared_data), 18, 42), (real.wnut17(shared_data), 20, 7)):
        links, right, _, _ = real.works_linked(tagged, titles["TV and films"])
        assert right >= least_right
        assert links - right <= most_wrong


@pytest.mark.shared_data
def test_false_links_in_posts_that_speak_of_no_television(
    background: list[str], titles: dict[str, frozenset[str]]
) -> None:
    def per_thousand(name: str) -> float:
        made: int = link(real.table(background), real.gazetteer(titles[name])).links.num_rows
        return 1000 * made / len(background)

    assert len(background) > 9_000
    assert per_thousand("active TV") <= 0.2
    assert per_thousand("TV") <= 2.1
    assert real.naive(background, titles["active TV"]) / len(background) > 0.005


def test_the_interval_is_wilsons() -> None:
    made = real.share_of([(1, n < 48) for n in range(60)])
    assert (round(made.low, 2), round(made.high, 2)) == (0.68, 0.88)


def test_the_reader_of_tagged_posts_finds_works(tmp_path: Path) -> None:
    path = tmp_path / "x.conll"
    path.write_text("I\tO\nsaw\tO\nA\tB-movie\nB\tI-movie\nC\tB-movie\n\nx\tB-person\n\n", encoding="utf-8")
    assert [*real.conll(path, ("movie",))] == [real.Tagged("I saw A B C", ((6, 9), (10, 11))), real.Tagged("x", ())]
