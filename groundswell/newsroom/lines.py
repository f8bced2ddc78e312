"""The lines of a story's file: where a key of its front matter stands, and where its words do."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any

import yaml

from groundswell.newsroom.prose import lines_of

YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_FIRST = 2
"""The line in which the front matter begins."""
Steps = tuple[str | int, ...]
"""The way from the root of the front matter to a value: its keys, and its numbers in a list, the first being 0."""


@dataclass(frozen=True)
class Lines:
    """A story's file in its two parts; lines are counted as an editor shows them, the first being 1."""

    front: str
    body: str

    @classmethod
    def of(cls, text: str) -> "Lines | None":
        """The lines of a story's text; None where it does not begin with front matter."""
        match = _FRONT.match(text)
        return cls(match[1], match[2]) if match else None

    def at(self, mark: Any) -> int:
        """The line of a mark of the front matter's YAML, which has other ends of lines besides."""
        return _FIRST + self.front.count("\n", 0, mark.index)

    def of_key(self, steps: Steps) -> int:
        """Where the value at `steps` begins, with its key where it has one; of the last step that is there."""
        return self._at_steps(steps)[0]

    def of_words(self, steps: Steps, text: str, start: int, end: int) -> int:
        """Where characters `start` to `end` of the `text` at `steps` stand; its key's line where they are written otherwise."""
        line, node = self._at_steps(steps)
        written = re.compile(r"\s+".join(map(re.escape, text[start:end].split())))
        if not written.pattern:
            return line
        before = sum(1 for _ in written.finditer(text, 0, start))
        found = islice(written.finditer(self.front, node.start_mark.index, node.end_mark.index), before, None)
        return next((_FIRST + self.front.count("\n", 0, match.start()) for match in found), line)

    def of_prose(self, start: int) -> int:
        """Where character `start` of the prose stands."""
        number = bisect_right(self._prose, start, key=itemgetter(0))
        line = self._prose[number - 1][1] if number else 0
        return _FIRST + self.front.count("\n") + 2 + line

    def scalars(self) -> Iterator[Any]:
        """The nodes of the front matter that hold no others, as they are met."""
        todo = [self._root]
        while todo:
            node = todo.pop()
            if isinstance(node, yaml.ScalarNode):
                yield node
            elif isinstance(node, yaml.SequenceNode):
                todo += reversed(node.value)
            elif node is not None:
                todo += [part for pair in reversed(node.value) for part in reversed(pair)]

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self.front, Loader=YAML)

    @cached_property
    def _prose(self) -> list[tuple[int, int]]:
        return list(lines_of(self.body))

    def _at_steps(self, steps: Steps) -> tuple[int, Any]:
        node, line = self._root, _FIRST
        for step in steps:
            if isinstance(node, yaml.MappingNode):
                pair = next(((key, value) for key, value in reversed(node.value) if key.value == step), None)
                if pair is None:
                    break
                line, node = self.at(pair[0].start_mark), pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = self.at(node.start_mark)
            else:
                break
        return line, node
