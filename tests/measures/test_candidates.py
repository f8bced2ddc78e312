"""Candidates found by the automaton are those a readable matcher finds."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.measures.candidates import Matcher
from groundswell.measures.folding import fold
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow, gazetteer_of

WORDS = st.sampled_from(["you", "the", "crown", "one", "day", "a", "it", "is", "é", "crowns", "99", "愛", "game's"])
GAP = st.sampled_from([" ", " ", "  ", ". ", "", ", ", "-", "'", "\n", "⚡\ufe0f"])
PHRASE = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TOKEN = re.compile(r"[^\W_]+|.", re.DOTALL)


def by_hand(folded: str, forms: set[str], decoys: set[str]) -> list[tuple[int, int, str]]:
    """Every run of whole tokens that is a form or decoy; of those that overlap the first, then the longest; no decoys."""
    tokens = list(TOKEN.finditer(folded))
    found, at = [], 0
    while at < len(tokens):
        for upto in range(len(tokens), at, -1):
            start, end = tokens[at].start(), tokens[upto - 1].end()
            if (text := folded[start:end]) in forms | decoys:
                if text in forms:
                    found.append((start, end, text))
                at = upto - 1
                break
        at += 1
    return found


@settings(deadline=None)
@given(st.lists(PHRASE, max_size=6), st.lists(PHRASE, max_size=2), st.lists(st.tuples(WORDS, GAP), max_size=14))
def test_the_automaton_finds_what_a_matcher_of_tokens_finds(
    titles: list[str], decoys: list[str], pieces: list[tuple[str, str]]
) -> None:
    folded = fold("".join(word + gap for word, gap in pieces)).replace("愛", "x")
    rows = tuple(
        GazetteerRow(f"s{n}", (title.replace("愛", "x"),), decoys=tuple(decoys)) for n, title in enumerate(titles)
    )
    matcher = Matcher(Gazetteer(rows))
    forms = {form for form, readings in matcher.forms.items() if readings and form[0] != "#"}
    swallowing = {form for form, readings in matcher.forms.items() if not readings}
    found = [(one.start, one.end, folded[one.start : one.end]) for one in matcher.find(folded)]
    assert found == by_hand(folded, forms, swallowing)


def found(text: str, *titles: str, decoys: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> list[str]:
    rows = [GazetteerRow(f"s{n}", (title,), tags=tags, decoys=decoys) for n, title in enumerate(titles)]
    folded = fold(text)
    return [folded[one.start : one.end] for one in Matcher(Gazetteer(tuple(rows))).find(folded)]


def test_the_longest_title_wins_and_a_decoy_swallows() -> None:
    assert found("Monster High", "Monster", "Monster High") == ["monster high"]
    assert found("Reflection of You", "You", decoys=("Reflection of You",)) == []
    assert found("is it cake this it", "It", "Is It Cake") == ["is it cake", "it"]


def test_a_title_is_found_however_people_write_it() -> None:
    assert found("love and death", "Love & Death") == ["love and death"]
    assert found("elite", "Élite") == ["elite"]
    assert found("monster the ed gein story", "Monster: The Ed Gein Story") == ["monster the ed gein story"]
    assert found("greys anatomy", "Grey’s Anatomy") == ["greys anatomy"]
    assert found("go now", "Go!") == ["go"]
    assert found("start up", "Start-Up") == ["start up"]
    assert found("squidgame", "Squid Game") == ["squidgame"]
    assert found("oneday", "One Day") == []
    assert found("umbrella academy", "The Umbrella Academy") == ["umbrella academy"]
    assert found("good place", "The Good Place") == []


def test_hashtags_are_read_whole_or_with_a_known_ending() -> None:
    text = "#SquidGame #squid_game #SquidGame2 #SquidGameNetflix #squidgames"
    assert found(text, "Squid Game") == ["#squidgame", "#squid_game", "#squidgame2", "#squidgamenetflix"]
    assert found("#YouTube x#you", "You") == []
    assert found("#GinnyAndGeorgia #UmbrellaAcademy", "Ginny & Georgia") == ["#ginnyandgeorgia"]
    assert found("#UmbrellaAcademy", "The Umbrella Academy") == ["#umbrellaacademy"]
    assert found("#st5 #st5netflix", "Stranger Things", tags=("ST5",)) == ["#st5"]


def test_blocked_forms_are_not_read() -> None:
    row = GazetteerRow("you", ("You", "YOU Netflix"), blocked=("You", "#you"))
    assert [one.start for one in Matcher(Gazetteer((row,))).find("you #you you netflix")] == [9]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Matcher(gazetteer_of([])).find("you") == []
