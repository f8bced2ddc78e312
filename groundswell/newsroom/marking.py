"""Marking the bound quotes of a story where they stand, so that each number opens its receipt in place."""

from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup, escape

from groundswell.newsroom.gate import Bound, State
from groundswell.newsroom.story import MARKDOWN

_REMARKS = {State.SIMULATED: "; simulated", State.DUE: "; correction due"}


class Marker:
    """Marks quotes in the texts of one story, given in the order title, summary, prose; counts occurrences for `nth`.

    A quote that runs across emphasis or a link is not marked in the prose; its receipt still stands below the story.
    """

    def __init__(self, bounds: Sequence[Bound]) -> None:
        numbered = [(number, bound) for number, bound in enumerate(bounds, 1) if not bound.binding.not_a_claim]
        self._quotes = sorted(numbered, key=lambda pair: -len(pair[1].binding.says))
        self._marks = {number: _mark(number, bound) for number, bound in numbered}
        self._seen = dict.fromkeys(self._marks, 0)

    def text(self, text: str) -> Markup:
        """The text as HTML, its quotes marked; the longer where two begin, the earlier where two cross."""
        found = []
        for number, bound in self._quotes:
            says, nth = bound.binding.says, bound.binding.nth
            at = text.find(says)
            while at >= 0:
                self._seen[number] += 1
                if nth in (None, self._seen[number]):
                    found.append((at, -len(says), number))
                at = text.find(says, at + len(says))
        out, rest = [], 0
        for at, length, number in sorted(found):
            if at >= rest:
                out += [escape(text[rest:at]), self._marks[number]]
                rest = at - length
        return Markup("".join([*out, escape(text[rest:])]))

    def prose(self, body: str) -> Markup:
        """The Markdown as HTML, the quotes of its text marked; raw HTML in it stays text.

        Its headings stand below the story's own: the highest of them is a second-level one, and no level is skipped.
        """
        tokens = MARKDOWN.parse(body)
        levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(levels.index(token.tag) + 2, 6)}"
            if token.children is not None:
                token.children = self._marked(token.children)
        return Markup(
            MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
        )  # html is off: what is not rendered is escaped

    def _marked(self, children: list[Token]) -> list[Token]:
        joined: list[Token] = []
        for child in children:
            piece = "text" if child.type == "softbreak" else child.type
            if piece == "text" and joined and joined[-1].type == "text":
                joined[-1].content += " " if child.type == "softbreak" else child.content
            elif piece == "text":
                joined.append(Token("text", "", 0, content=" " if child.type == "softbreak" else child.content))
            else:
                joined.append(child)
        for token in joined:
            if token.type == "text":
                token.type, token.content = "html_inline", self.text(token.content)
        return joined


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
