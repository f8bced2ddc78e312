"""Marking the bound quotes of a story where they stand, so that each number opens its receipt in place."""

from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup, escape

from groundswell.newsroom.gate import Bound, State
from groundswell.newsroom.prose import MARKDOWN, words_in, words_of
from groundswell.newsroom.story import Story

_REMARKS = {State.SIMULATED: "; simulated", State.DUE: "; correction due"}


class Marker:
    """A story's summary and prose as HTML, every quote marked where the gate found it.

    A quote that runs across emphasis or a link is not marked in the prose; its receipt still stands below the story.
    """

    def __init__(self, story: Story, bounds: Sequence[Bound]) -> None:
        self._story = story
        self._found: dict[str, list[tuple[int, int, Markup]]] = {"summary": [], "prose": []}
        texts = story.texts()
        for number, bound in enumerate(bounds, 1):
            if bound.binding.not_a_claim:
                continue
            mark = Markup(_mark(number, bound))  # escapes what it holds
            for place, start, end in bound.binding.places(texts):
                if place in self._found:
                    self._found[place].append((start, -end, mark))
        for found in self._found.values():
            found.sort(key=lambda one: one[:2])  # the longer where two begin, the earlier where two cross

    def summary(self) -> Markup:
        """The summary."""
        return self._marked("summary", self._story.front.summary, 0)

    def prose(self) -> Markup:
        """The Markdown; raw HTML in it stays text.

        Its headings stand below the story's own: the highest of them is a second-level one, and no level is skipped.
        """
        tokens = MARKDOWN.parse(self._story.body)
        levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
        at = 0
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(levels.index(token.tag) + 2, 6)}"
            if (words := words_of(token)) is not None:
                if token.children is not None:
                    token.children = self._line(token.children, at)
                at += len(words) + 1
        return Markup(
            MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
        )  # html is off: what is not rendered is escaped

    def _line(self, children: list[Token], at: int) -> list[Token]:
        """The tokens of a line whose words begin at `at` of the prose; neighbouring text is one."""
        joined: list[Token] = []
        begins: list[int] = []
        for child in children:
            words = words_in(child)
            if child.type in ("text", "softbreak"):
                if joined and joined[-1].type == "text":
                    joined[-1].content += words
                else:
                    joined.append(Token("text", "", 0, content=words))
                    begins.append(at)
            else:
                joined.append(child)
                begins.append(at)
            at += len(words)
        for token, begin in zip(joined, begins, strict=True):
            if token.type == "text":
                token.type, token.content = "html_inline", self._marked("prose", token.content, begin)
        return joined

    def _marked(self, place: str, text: str, begin: int) -> Markup:
        """`text`, which begins at `begin` of the words of a place, escaped and marked."""
        out, rest = [], begin
        for start, back, mark in self._found[place]:
            if start >= rest and -back <= begin + len(text):
                out += [escape(text[rest - begin : start - begin]), mark]
                rest = -back
        return Markup("".join([*out, escape(text[rest - begin :])]))


def origins(bound: Bound) -> str:
    """Who says so, in short: the producers behind a proven number, or whoever stated the other."""
    if bound.binding.attributed is not None:
        return bound.binding.attributed.to
    snapshots = (bound.receipt or {}).get("snapshots", {})
    return ", ".join(sorted({str(snapshot["origin"]["producer"]) for snapshot in snapshots.values()}))


def _mark(number: int, bound: Bound) -> str:
    says, by = escape(bound.binding.says), escape(origins(bound))
    if bound.judged is None:
        return f'<span class="stated">{says}</span> <span class="origin">[{by}]</span>'
    return (
        f'<button type="button" class="bound {bound.state}" popovertarget="card-{number}">{says}</button> '
        f'<span class="origin">[{by}{_REMARKS.get(bound.state, "")}]</span>'
    )
