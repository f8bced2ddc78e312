"""All News and its parts: every story once, newest first, fifty a page."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.newsroom.listing import A_PAGE, Listing, by_category, by_territory, category_folder, maybe_misspelt
from groundswell.newsroom.story import Front, Story


def story(slug: str, category: str = "News", *territories: str) -> Story:
    """A story of a category and territories."""
    front = Front(title=slug, summary="s", released=date(2022, 5, 20), category=category, territories=territories)
    return Story(slug, front, "Words.")


@given(st.integers(0, 3 * A_PAGE + 1), st.sampled_from(["", "category/news/"]))
def test_the_pages_hold_every_story_once_and_lead_from_one_to_the_next(number: int, folder: str) -> None:
    stories = [story(str(one)) for one in range(number)]
    pages = Listing("All", folder, stories).pages()
    assert [one for page in pages for one in page.stories] == stories
    assert all(len(page.stories) == A_PAGE for page in pages[:-1])
    assert pages[-1].stories or number == 0
    folders = [page.folder for page in pages]
    assert folders == [folder, *(f"{folder}page/{place}/" for place in range(2, len(pages) + 1))]
    assert [page.newer for page in pages] == [None, *folders[:-1]]
    assert [page.older for page in pages] == [*folders[1:], None]


def test_a_category_is_listed_once_however_it_is_spelled() -> None:
    stories = [story("a", "Top 10"), story("b", "books"), story("c", "top-10"), story("d", "Entertainment")]
    found = [(one.heading, one.folder, [told.slug for told in one.stories]) for one in by_category(stories)]
    assert found == [
        ("books", "category/books/", ["b"]),
        ("Entertainment", "category/entertainment/", ["d"]),
        ("Top 10", "category/top-10/", ["a", "c"]),
    ]


@pytest.mark.parametrize(
    ("categories", "told"),
    [
        (["Entertainment", "Entertainment", "Entertainmnet"], {2: ["Entertainment"]}),
        (["Books", "Boks", "Books"], {1: ["Books"]}),
        (["Books", "Boks"], {0: ["Boks"], 1: ["Books"]}),
        (["Books", "Boks", "Boks", "Books"], {}),
        (["Books", "books!", "Films"], {}),
        (["Series", "Stories", "Live", "Live music"], {}),
        (["Top 10", "Top 20", "Season 1", "Season 2"], {}),
        (["Культура", "Культура", "Культуро"], {2: ["Культура"]}),
        (["", "a", "<>"], {}),
    ],
)
def test_a_story_alone_in_a_category_near_to_another_may_have_misspelt_it(
    categories: list[str], told: dict[int, list[str]]
) -> None:
    stories = [story(str(number), category) for number, category in enumerate(categories)]
    assert {int(one.slug): near for one, near in maybe_misspelt(stories)} == told


def test_the_category_of_a_story_written_of_an_issue_is_never_misspelt() -> None:
    weekly = replace(story("week", "Top 10"), from_issue=True)
    found = [(one.slug, near) for one, near in maybe_misspelt([weekly, story("mine", "Topp 10")])]
    assert found == [("mine", ["Top 10"])]


@pytest.mark.parametrize(
    ("category", "folder"),
    [
        ("Kultur & Ähnliches", "category/kultur-ahnliches/"),
        ("../../etc/passwd", "category/etc-passwd/"),
        ("<>", "category/other/"),
        ("x" * 5000, f"category/{'x' * 80}/"),
    ],
)
def test_a_category_becomes_an_address(category: str, folder: str) -> None:
    assert category_folder(category) == folder


def test_territories_stand_by_name_the_world_first_and_a_story_once_in_each() -> None:
    stories = [story("a", "News", "GB", "WW", "GB"), story("b", "News", "FR"), story("c"), story("d", "News", "GB")]
    found = [(one.heading, one.folder, [told.slug for told in one.stories]) for one in by_territory(stories)]
    assert found == [
        ("Worldwide", "territory/WW/", ["a"]),
        ("France", "territory/FR/", ["b"]),
        ("United Kingdom", "territory/GB/", ["a", "d"]),
    ]
