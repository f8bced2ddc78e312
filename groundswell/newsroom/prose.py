"""The prose of a story: the words of its Markdown as a reader meets them."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARKDOWN = MarkdownIt("commonmark", {"html": False})


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
    """Where in `prose(body)` the words of each line of `body` begin, and that line's number, the first being 0."""
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
        for child in token.children or ():
            begin += len(words_in(child))
            if child.type in ("softbreak", "hardbreak"):
                line += 1
                yield begin, line
        at += len(words) + 1
