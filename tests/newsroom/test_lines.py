"""In which line of its file a story's words and keys stand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.newsroom.prose import lines_of, prose
from groundswell.newsroom.story import Story, read_story

FILE = """---
title: "A quiet year: 3 lives"
summary: >
  Of 5 weeks
  and 5
  weeks more.
released: 2022-05-20
category: News
claims:
  - says: 3 lives
    attributed: {to: "The Almanac", url: "https://almanac.example/"}

  - {says: 5 weeks, not_a_claim: a span, nth: 2}
corrections:
  - old: nobody
    new: everybody
    who: An editor
    why: |
      A slip
      of 7 pens.
figures:
  - {kind: series, measure: a, subjects: [b], period: [2022-05-01, 2022-05-08], event: 2022-05-02, event_is: "8 \\u0061"}
---
# 54 *countries*

One line,
**two** lines and `three
lines` of 9 words.

- an item
- an item of 10

  with 11

> said of 12\\
> and 13

12. twelfth

```
code 14

code 15
```

    indented 16
    indented 17

![a picture
of 18](a.png "and 19")

[a link
of 20](https://almanac.example/
"with a
title") and ![a `picture
of` words](a.png
'titled') before 21,
and 22
"""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    path = tmp_path_factory.mktemp("stories") / "a-story.md"
    path.write_text(FILE, encoding="utf-8")
    return read_story(path)


@pytest.mark.parametrize(
    ("place", "words", "stands_in"),
    [
        ("title", "3 lives", 'title: "A quiet year: 3 lives"'),
        ("summary", "5 weeks", "  Of 5 weeks"),
        ("summary", "weeks more", "  weeks more."),
        ("category", "News", "category: News"),
        ("attribution", "Almanac", '    attributed: {to: "The Almanac", url: "https://almanac.example/"}'),
        ("corrections", "everybody", "    new: everybody"),
        ("corrections", "7 pens", "      of 7 pens."),
        ("figures", "8 a", FILE.splitlines()[21]),
        ("prose", "54", "# 54 *countries*"),
        ("prose", "One", "One line,"),
        ("prose", "two", "**two** lines and `three"),
        ("prose", "item of 10", "- an item of 10"),
        ("prose", "11", "  with 11"),
        ("prose", "12", "> said of 12\\"),
        ("prose", "13", "> and 13"),
        ("prose", "12.", "12. twelfth"),
        ("prose", "9 words", "lines` of 9 words."),
        ("prose", "14", "code 14"),
        ("prose", "15", "code 15"),
        ("prose", "16", "    indented 16"),
        ("prose", "17", "    indented 17"),
        ("prose", "18", 'of 18](a.png "and 19")'),
        ("prose", "20", "of 20](https://almanac.example/"),
        ("prose", "21", "'titled') before 21,"),
        ("prose", "22", "and 22"),
    ],
)
def test_words_stand_in_the_line_an_editor_shows(story: Story, place: str, words: str, stands_in: str) -> None:
    start = story.texts()[place].index(words)
    line = story.line_of(place, start, start + len(words))
    assert FILE.splitlines()[line - 1] == stands_in


def test_words_said_twice_are_told_apart(story: Story) -> None:
    start = story.texts()["summary"].rindex("5 weeks")
    assert FILE.splitlines()[story.line_of("summary", start, start + 7) - 1] == "  and 5"
    assert story.line_of_words(story.front.claims[1]) == story.line_of("summary", start, start + 7)


def test_keys_stand_in_their_lines_and_one_that_is_missing_in_that_of_its_block(story: Story) -> None:
    assert story.line_of_key("claims", 1) == FILE[: FILE.index("  - {says: 5 weeks")].count("\n") + 1
    assert story.line_of_key("claims", 0, "attributed", "url") == 11
    assert story.line_of_key("corrections", 0, "where") == story.line_of_key("corrections", 0) == 15
    assert story.line_of_key("claims", 9) == story.line_of_key("claims") == 9
    assert story.line_of_key("nothing") == 2


def test_a_story_that_is_no_file_has_no_lines(story: Story) -> None:
    told = Story(story.slug, story.front, story.body)
    assert (told.line_of("title", 0, 1), told.line_of_key("title")) == (0, 0)
    assert told == story


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_is_the_same_whatever_ends_it(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a-story.md"
    path.write_bytes(("\ufeff" + FILE.replace("14", "14 \u202e")).replace("\n", end).encode())
    with pytest.raises(
        InputError, match=rf"^stories/a-story\.md:{FILE[: FILE.index('code 14')].count(chr(10)) + 1}: holds"
    ):
        read_story(path)


def test_other_ends_of_lines_that_yaml_knows_are_none_to_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "a-story.md"
    path.write_text(FILE.replace("A quiet year", "A\u2028quiet\u2029year").replace("News", "[News]"), encoding="utf-8")
    with pytest.raises(InputError, match=r"^stories/a-story\.md:8: category: text"):
        read_story(path)


@given(st.text(alphabet='ab1 \n#*>-`![](.)"\\\t&', max_size=80))
def test_every_character_of_any_prose_is_of_some_line(body: str) -> None:
    lines = list(lines_of(body))
    begins = [begin for begin, _ in lines]
    assert begins == sorted(begins)
    assert not prose(body) or begins[0] == 0
    assert all(0 <= line <= body.count("\n") for _, line in lines)


ACROSS = [
    " ",
    "\n",
    "\n\n",
    "\n> ",
    "\\\n",
    " [x](y\n'z\nz') ",
    " [x\ny](z) ",
    " ![x\ny](z\n'z') ",
    " `x\ny` ",
    " \\* ",
]


@given(st.lists(st.sampled_from(ACROSS), max_size=9))
def test_a_word_stands_where_it_was_written(between: list[str]) -> None:
    body = "word0" + "".join(f"{gap}word{number}" for number, gap in enumerate(between, 1))
    for number in range(len(between) + 1):
        start = prose(body).index(f"word{number}")
        line = [line for begin, line in lines_of(body) if begin <= start][-1]
        assert f"word{number}" in body.split("\n")[line]
