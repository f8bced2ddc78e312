"""Text as it is compared: NFKC, lower-case, one kind of quote, dash and space, with the way back to the text as written."""

import re
import unicodedata

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ‛`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029", " "),
    }
)

_CALM, _HEAP = 300, 30
"""Text up to this length is not searched for letters with more than so many marks."""
_HEAPED = re.compile(rf"[^\w\s]{{{_HEAP + 1},}}")
"""Where a heap of marks may be: no mark is a letter, a digit or a space."""
_UNLIKE = re.compile(f"[{re.escape(''.join(map(chr, _SAME)))}]")
_ASCII = bytes(ord(chr(code).lower().translate(_SAME)) if code < 128 else code for code in range(256))
_PART = frozenset(" .,!?:;'\"()-\n")
"""Marks that are no part of a word, which most boundaries have."""
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
ODD = "[^\0-\x7fß-ÿ\u200d☀-➿、-】ぁ-ゖァ-ー㐀-鿿가-힣\ufe0f\U0001f300-\U0001faff]"
"""What may fold to anything but itself, as a pattern of Python and of Arrow; of what may not, what posts are full of."""


def _same(text: str) -> str:
    """Text with one kind of quote, dash and space; most has few others."""
    return _UNLIKE.sub(lambda found: _SAME[ord(found[0])], text)


def fold(text: str) -> str:
    """The text as it is compared; folding it again changes nothing.

    >>> fold("Grey’s Ａnatomy")
    "grey's anatomy"
    """
    if text.isascii():
        return fold_ascii(text.encode()).decode()
    calm = text if len(text) <= _CALM else _calmed(text)
    return _same(unicodedata.normalize("NFKC", _same(unicodedata.normalize("NFKC", calm)).lower()))


def fold_ascii(text: bytes) -> bytes:
    """The same of text in ASCII, byte by byte, and of any in UTF-8 that holds nothing `ODD`."""
    return text.translate(_ASCII)


def _calmed(text: str) -> str:
    """The text without the marks heaped on one letter beyond the first: sorting n of them takes n² steps."""
    return _HEAPED.sub(lambda marks: _flattened(marks[0]), text)


def _flattened(marks: str) -> str:
    found, heaped = [], 0
    for character in marks:
        heaped = heaped + 1 if unicodedata.combining(character) else 0
        found.append(character if heaped <= _HEAP else "\0")
    return "".join(found)


def origins(text: str, folded: str) -> list[int] | None:
    """For each character of `folded` and its end, where in `text` it comes from; None when every place is the same.

    A letter and its combining marks are one place: a folded character begins where its letter does.
    """
    if (
        text.isascii()
        or fold_ascii(text.encode()) == folded.encode()
        or (len(folded) == len(text) and all(a == b or fold(a) == b for a, b in zip(text, folded, strict=True)))
    ):
        return None
    starts = [n for n, character in enumerate(text) if not n or not _joins(character)]
    pieces = [fold(text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if "".join(pieces) != folded:  # letters that join in ways of their own: the nearest place is good enough
        scale = len(text) / max(1, len(folded))
        return [min(len(text), int(n * scale)) for n in range(len(folded))] + [len(text)]
    return [start for start, piece in zip(starts, pieces, strict=True) for _ in piece] + [len(text)]


def _joins(character: str) -> bool:
    """Whether a character may melt into the one before it: combining marks, vowels and finals of Hangul."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff" or character in "\uff9e\uff9f"


def is_word(character: str) -> bool:
    """Whether a character is part of a word: letters, digits and the marks on them, not those on emoji."""
    if character.isalnum() or character.isascii():
        return character.isalnum()
    return unicodedata.category(character) in ("Mn", "Mc") and not _on_emoji(character)


def _on_emoji(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f"


def at_boundary(text: str, place: int) -> bool:
    """Whether a word may begin or end before `place`: not between two of its letters, unless their scripts differ in kind."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if before in _PART or after in _PART:
        return True
    return not (is_word(before) and is_word(after)) or is_unspaced(before) != is_unspaced(after)


def plain(folded: str) -> str:
    """Folded text without accents: `élite` is `elite`."""
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c) != "Mn")


def compact(text: str) -> str:
    """The letters and digits alone, as in a hashtag: `Squid Game` is `squidgame`."""
    if text.isascii():
        return text.encode().translate(_ASCII, _MARKS).decode()
    return "".join(filter(is_word, fold(text)))


_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul, whose particles are written onto the word
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3130, 0x318F),  # Hangul
    (0x3400, 0x9FFF),  # ideographs
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),  # ideographs
    (0x20000, 0x3FFFF),  # ideographs
)


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script in which no space tells where a word ends."""
    code = ord(character)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)
