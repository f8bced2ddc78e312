"""All News and its parts: the stories of one category or one territory, newest first, fifty a page."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from groundswell.catalog import WORLDWIDE, name_of
from groundswell.catalog.identity import slug
from groundswell.newsroom.story import Story

A_PAGE = 50
_LONGEST = 80
_NEAR = 0.8
"""Of two names of five letters each, four stand in both in the same order."""
_DIGITS = re.compile(r"[0-9]+")


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


def maybe_misspelt(stories: Sequence[Story]) -> Iterator[tuple[Story, list[str]]]:
    """The written stories that are alone in a category whose name is near to others, and these, the nearest first.

    Near is what a slip or two makes of a name; one with another number in it is another name.
    """
    listings = by_category(stories)
    headings = {slug(listing.heading): listing.heading for listing in listings}
    for listing in listings:
        one, mine = listing.stories[0], slug(listing.heading)
        if len(listing.stories) == 1 and not one.from_issue:
            others = [name for name in headings if name != mine and _DIGITS.findall(name) == _DIGITS.findall(mine)]
            if near := get_close_matches(mine, others, cutoff=_NEAR):
                yield one, [headings[name] for name in near]


def by_territory(stories: Sequence[Story]) -> list[Listing]:
    """A listing for each territory, the world first, then by name."""
    found: dict[str, list[Story]] = {}
    for story in stories:
        for code in dict.fromkeys(story.front.territories):
            found.setdefault(code, []).append(story)
    codes = sorted(found, key=lambda code: (code != WORLDWIDE, name_of(code)))
    return [Listing(name_of(code), territory_folder(code), found[code]) for code in codes]
