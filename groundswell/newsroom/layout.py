"""What of a story the checker is given to read, and where that stands in the story."""

from bisect import bisect_right
from dataclasses import dataclass

from groundswell.checker.text import MOST_BYTES
from groundswell.newsroom.story import Story


@dataclass(frozen=True)
class Layout:
    """A story's title, summary and prose as one text of paragraphs, and where each of them stands in its own."""

    text: str
    begins: list[int]
    origins: list[tuple[str, int]]

    @classmethod
    def of(cls, story: Story) -> "Layout":
        """The layout of a story; without text where that is more than the checker reads."""
        begins, origins, lines, at = [], [], [], 0
        for place in ("title", "summary", "prose"):
            offset = 0
            for line in story.texts()[place].split("\n"):
                begins.append(at)
                origins.append((place, offset))
                lines.append(line)
                at, offset = at + len(line) + 2, offset + len(line) + 1
        text = "\n\n".join(lines)
        return cls(text if len(text.encode()) <= MOST_BYTES else "", begins, origins)

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """The name of the story's text that characters `start` to `end` are of, and where they stand in it."""
        at = bisect_right(self.begins, start) - 1
        place, offset = self.origins[at]
        moved = offset - self.begins[at]
        return place, start + moved, end + moved
