"""The prose of a story: the words of its Markdown as a reader meets them."""

from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, escape, image, link, newline
from markdown_it.token import Token

_Rule = Callable[[StateInline, bool], bool]
_ACROSS: dict[str, _Rule] = {"newline": newline, "escape": escape, "backticks": backtick, "link": link, "image": image}
"""What can reach over the end of a line."""


def _ending(rule: _Rule) -> _Rule:
    """The rule, the last token it made knowing where in its block's text it ends."""

    def ended(state: StateInline, silent: bool) -> bool:
        found = rule(state, silent)
        if found and not silent and state.tokens:
            state.tokens[-1].meta["end"] = state.pos
        return found

    return ended


MARKDOWN = MarkdownIt("commonmark", {"html": False})
for _name, _rule in _ACROSS.items():
    MARKDOWN.inline.ruler.at(_name, _ending(_rule))


def prose(body: str) -> str:
    """The words of a Markdown text as a reader meets them, one line a block."""
    lines = []
    for token in MARKDOWN.parse(body):
        if (words := words_of(token)) is not None:
            lines.append(words)
    return "\n".join(lines)


def words_of(token: Token) -> str | None:
    """The line a block's token is in `prose`; None of a token without words."""
    if token.type in ("inline", "fence", "code_block"):
        return "".join(map(words_in, token.children)) if token.children is not None else token.content
    start = token.attrGet("start")  # a list that does not begin with 1 shows where it does
    return f"{start}." if start else None


def words_in(child: Token) -> str:
    """What a token within a line adds to its words; a picture its description."""
    if child.type == "image":
        return f" {''.join(map(words_in, child.children or ()))} {child.attrGet('title') or ''} "
    if child.type in ("softbreak", "hardbreak"):
        return " "
    title = child.attrGet("title")
    return f"{child.content} {title} " if title else child.content


def lines_of(body: str) -> Iterator[tuple[int, int]]:
    """Where in `prose(body)` the words of each line of `body` begin, and that line's number, the first being 0.

    Code within a line, and the title of a link or picture, are of the line where the code, link or picture begins.
    """
    at = 0
    for token in MARKDOWN.parse(body):
        if (words := words_of(token)) is None:
            continue
        line = token.map[0] if token.map else 0
        begin = at
        if token.children is None:  # as written; what is fenced begins below the fence
            for number, written in enumerate(words.removesuffix("\n").split("\n"), line + (token.type == "fence")):
                yield begin, number
                begin += len(written) + 1
        else:
            yield begin, line
            yield from ((begin + after, line + breaks) for after, breaks in _breaks(token.children, token.content))
        at += len(words) + 1


def _breaks(children: Sequence[Token], written: str) -> Iterator[tuple[int, int]]:
    """After how many characters of these tokens' words how many line breaks of what is `written` are past."""
    after = breaks = end = 0
    for child in children:
        if child.type == "image":  # its description comes after a space
            for within, more in _breaks(child.children or (), child.content):
                yield after + 1 + within, breaks + more
        after += len(words_in(child))
        if past := written.count("\n", end, child.meta.get("end", end)):
            breaks += past
            yield after, breaks
        end = child.meta.get("end", end)
