"""Marking the bound quotes of a story where they stand, so that each number opens its receipt in place."""

import re
from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup, escape

from groundswell.newsroom.gate import Bound
from groundswell.newsroom.story import MARKDOWN


class Marker:
    """Marks quotes in the texts of one story, given in the order title, summary, prose; counts occurrences for `nth`.

    A quote that runs across emphasis or a link is not marked in the prose; its receipt still stands below the story.
    """

    def __init__(self, bounds: Sequence[Bound]) -> None:
        numbered = [(number, bound) for number, bound in enumerate(bounds, 1) if not bound.binding.not_a_claim]
        self._quotes = sorted(numbered, key=lambda pair: -len(pair[1].binding.says))
        self._seen = {number: 0 for number, _ in numbered}
        self._starts = re.compile("|".join(f"(?={re.escape(bound.binding.says)})" for _, bound in numbered) or "(?!)")

    def text(self, text: str) -> Markup:
        """The text as HTML, its quotes marked."""
        out, rest = [], 0
        for start in self._starts.finditer(text):
            at = start.start()
            match = self._at(text, at) if at >= rest else None
            if match is not None:
                number, bound = match
                out += [escape(text[rest:at]), _mark(number, bound)]
                rest = at + len(bound.binding.says)
        return Markup("").join([*out, escape(text[rest:])])

    def prose(self, body: str) -> Markup:
        """The Markdown as HTML, the quotes of its text marked; raw HTML in it stays text."""
        tokens = MARKDOWN.parse(body)
        for token in tokens:
            if token.children is not None:
                token.children = self._marked(token.children)
        return Markup(
            MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
        )  # html is off: what is not rendered is escaped

    def _at(self, text: str, at: int) -> tuple[int, Bound] | None:
        found = None
        for number, bound in self._quotes:
            if text.startswith(bound.binding.says, at):
                self._seen[number] += 1
                if found is None and bound.binding.nth in (None, self._seen[number]):
                    found = number, bound
        return found

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
        return [
            Token("html_inline", "", 0, content=str(self.text(child.content))) if child.type == "text" else child
            for child in joined
        ]


def origins(bound: Bound) -> str:
    """Who says so, in short: the producers behind a proven number, or whoever stated the other."""
    if bound.binding.attributed is not None:
        return bound.binding.attributed.to
    snapshots = (bound.receipt or {}).get("snapshots", {})
    return ", ".join(sorted({str(snapshot["origin"]["producer"]) for snapshot in snapshots.values()}))


def _mark(number: int, bound: Bound) -> Markup:
    if bound.judged is None:
        return Markup('<span class="stated">{}</span> <span class="origin">[{}]</span>').format(
            bound.binding.says, origins(bound)
        )
    return Markup(
        '<button type="button" class="bound" popovertarget="card-{}">{}</button> <span class="origin">[{}{}]</span>'
    ).format(number, bound.binding.says, origins(bound), "; correction due" if bound.due else "")
