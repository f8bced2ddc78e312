"""All News and its parts: the stories of one category or one territory, newest first, fifty a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.catalog.identity import slug
from groundswell.newsroom.story import Story

A_PAGE = 50
_LONGEST = 80


@dataclass(frozen=True)
class Page:
    """Some stories of a listing, and the folders of the pages of newer and of older ones."""

    number: int
    folder: str
    stories: Sequence[Story]
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class Listing:
    """Stories under one heading, newest first; `folder` is where its pages lie, nothing for the site itself."""

    heading: str
    folder: str
    stories: Sequence[Story]

    def pages(self) -> list[Page]:
        """One page at least."""
        last = max(1, -(-len(self.stories) // A_PAGE))
        return [
            Page(
                number,
                self._at(number),
                self.stories[(number - 1) * A_PAGE : number * A_PAGE],
                newer=self._at(number - 1) if number > 1 else None,
                older=self._at(number + 1) if number < last else None,
            )
            for number in range(1, last + 1)
        ]

    def _at(self, number: int) -> str:
        return f"{self.folder}page/{number}/" if number > 1 else self.folder


def category_folder(category: str) -> str:
    """Where the stories of a category are listed; spellings that differ in no letter or digit share a place."""
    return f"category/{slug(category)[:_LONGEST].strip('-') or 'other'}/"


def territory_folder(code: str) -> str:
    """Where the stories of a territory are listed."""
    return f"territory/{code}/"


def by_category(stories: Sequence[Story]) -> list[Listing]:
    """A listing for each category, by name; headed as its newest story spells it."""
    found: dict[str, list[Story]] = {}
    for story in stories:
        found.setdefault(category_folder(story.front.category), []).append(story)
    listings = [Listing(of[0].front.category, folder, of) for folder, of in found.items()]
    return sorted(listings, key=lambda listing: listing.heading.casefold())


def by_territory(stories: Sequence[Story]) -> list[Listing]:
    """A listing for each territory, the world first, then by name."""
    found: dict[str, list[Story]] = {}
    for story in stories:
        for code in dict.fromkeys(story.front.territories):
            found.setdefault(code, []).append(story)
    codes = sorted(found, key=lambda code: (code != WORLDWIDE, name_of(code)))
    return [Listing(name_of(code), territory_folder(code), found[code]) for code in codes]
