"""Posts to titles: what links, by which rule, and what stays ambiguous. Every post here was made up for it."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.core.errors import InputError
from groundswell.measures.candidates import matcher
from groundswell.measures.evidence import Post, evidence
from groundswell.measures.folding import fold
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow, gazetteer_of
from groundswell.measures.linking import AMBIGUOUS, LINKS, MOST_CANDIDATES, Links, link
from groundswell.measures.rules import EVIDENCE, RULES

DAY = date(2026, 5, 4)
NAMES = (
    "Squid Game|Black Mirror|Maid|Lucifer|Elite|The Crown|Suits|Sirens|You|Wednesday|Friends|Dark|Lost|It|One Day|Beef|"
    "Nobody Wants This|The Pitt|Slow Horses|Severance|オオカミの家"
).split("|")
TITLES = gazetteer_of((name, name.lower().replace(" ", "-"), None, None) for name in NAMES)


def posts(
    *texts: str | None, tags: list[str] | None = None, day: date = DAY, parents: list[str] | None = None
) -> pa.Table:
    """Posts numbered from 0, all with the same tags, day and parents."""
    many = len(texts)
    return pa.table(
        {
            "post": [str(number) for number in range(many)],
            "text": pa.array(texts, pa.string()),
            "tags": pa.array([tags] * many, pa.list_(pa.string())),
            "languages": pa.array([["en"]] * many, pa.list_(pa.string())),
            "day": pa.array([day] * many, pa.date32()),
            "parent_subjects": pa.array([parents] * many, pa.list_(pa.string())),
        }
    )


def rules(found: Links) -> dict[str, str]:
    """Subject and rule of the links."""
    return dict(zip(found.links["subject"].to_pylist(), found.links["rule"].to_pylist(), strict=True))


def linked(text: str, gazetteer: Gazetteer = TITLES, day: date = DAY) -> dict[str, str]:
    return rules(link(posts(text, day=day), gazetteer))


def test_links_have_a_reason_and_a_place_in_the_text_as_written() -> None:
    found = link(posts("☕️ just finished season 3 of You on Netflix"), TITLES)
    assert found.links.to_pylist() == [{"post": "0", "subject": "you", "rule": "season", "start": 29, "end": 32}]
    assert found.links.schema == LINKS
    assert found.ambiguous.schema == AMBIGUOUS
    assert found.ambiguous.num_rows == 0


def test_what_no_rule_links_is_counted_by_subject_and_day() -> None:
    found = link(posts("do you know", "thank you, see you on wednesday", None, ""), TITLES)
    assert found.links.num_rows == 0
    assert found.ambiguous.to_pylist() == [
        {"subject": "wednesday", "day": DAY, "posts": 1},
        {"subject": "you", "day": DAY, "posts": 2},
    ]


@pytest.mark.parametrize(
    ("text", "subject", "rule"),
    [
        ("so squid game was a lot", "squid-game", "text"),
        ("#SquidGame", "squid-game", "tag.title"),
        ("#squid_game2 tonight", "squid-game", "tag.title"),
        ("#WednesdayNetflix", "wednesday", "tag.ending"),
        ("watching #Elite with my sister", "elite", "tag.watching"),
        ("new episode tonight #maid", "maid", "tag.cue"),
        ('everyone on tv talks about "Dark", this show is bleak', "dark", "quoted"),
        ("season 2 of severance was worth the wait", "severance", "season"),
        ("I miss the first season of elite", "elite", "season"),
        ("Wednesday season 2 part 1 was fun", "wednesday", "season"),
        ("Lucifer S4 > everything", "lucifer", "season"),
        ("is Beef on Netflix yet?", "beef", "service"),
        ("I saw that Dark is now streaming on Netflix", "dark", "service"),
        ("watching friends on hbo max", "friends", ""),
        ("Maid (Netflix)", "maid", "bracket"),
        ("Tonight Every Single Elite Moment From Tomorrow", "elite", ""),
        ("I never get tired of the show Elite", "elite", "work"),
        ("honestly Sirens is my favourite comfort show", "sirens", "predicate"),
        ("Suits is so good", "suits", "singular"),
        ("been watching lucifer all week", "lucifer", "watching"),
        ("Tonight I am watching Elite", "elite", "watching"),
        ("the Severance trailer, wow", "severance", "part"),
        ("my ranking: squid game, elite, suits", "elite", "listed"),
        ("Sirens, Elite and Severance all week", "elite", "row"),
        ("two shows left: Sirens and Elite", "elite", "row"),
        ("Maid was cancelled", "maid", "news"),
        ("they really want to bring back Elite", "elite", "news"),
        ("thinking of the ending of Dark again", "dark", "piece_of"),
        ("a new trailer for Wednesday!", "wednesday", "piece_of"),
        ("Ana Ruiz is incredible in Maid", "maid", "acted"),
        ("Friends (TV series)", "friends", "bracket"),
        ("Lost (2004) was a good show", "lost", "year"),
        ("Raw on Netflix was stacked", "raw", ""),
        ("Suits on Netflix is my week", "suits", "service"),
        ("dark s3 hits different", "dark", "season"),
        ("told you The Crown is it", "the-crown", "named"),
        ("I love Severance, a good show", "severance", "liking"),
        ("slow horses is so good", "slow-horses", "singular"),
        ("Maid is on my tv again, that trailer", "maid", "subject"),
        ("lucifer. that episode", "lucifer", "alone"),
        ("I finished Lucifer, what a series", "lucifer", "following"),
        ("I cried at Severance, that trailer", "severance", "cues"),
        ("Her show? Nobody Wants This had me in tears", "nobody-wants-this", "long"),
    ],
)
def test_what_a_post_says_outright_links(text: str, subject: str, rule: str) -> None:
    assert linked(text).get(subject, "") == rule


@pytest.mark.parametrize(
    "text",
    [
        "do you know what time it is",
        "See you on Wednesday at the cinema",
        "my friends and I are watching a movie",
        "He wears nice suits on TV",
        "The crown jewels are on display",
        "I lost my keys watching tv",
        "One day I will finish my thesis, then netflix",
        "It's dark outside, time for netflix",
        "It's on Netflix",
        "You are watching too much Netflix",
        "I think It's season 3 already",
        "You can find it on Netflix",
        "Love it, season 2 please. It 's 9 o'clock",
        "Beef prices are up again this season",
        "sirens all night, couldn't sleep",
        "Elite athletes watch film every day",
        "Friends, Romans, countrymen",
        "Wednesday night TV: what are you watching?",
        "New on Netflix this Wednesday",
        "Lost season due to injury",
        "Lucifer Valley is a town",
        "The Maid is by another writer",
        "the maid on tv",
        "@maid @you @squidgame https://example.org/squid-game maid.com/lucifer",
        "#you #love #home #netflix",
        "#Maiden #youtube",
        "x squidgames",
    ],
)
def test_ordinary_speech_does_not_link(text: str) -> None:
    assert linked(text) == {}


def test_a_handle_is_no_context() -> None:
    assert linked("I saw Lucifer there @netflix") == {}
    assert linked("I saw Lucifer there, netflix") == {"lucifer": "cues"}


def test_a_row_is_read_on_its_days_only() -> None:
    row = GazetteerRow("squid-game", ("Squid Game",), valid_from=DAY, valid_to=DAY)
    assert linked("Squid Game", Gazetteer((row,))) == {"squid-game": "text"}
    assert link(posts("Squid Game", day=date(2026, 5, 5)), Gazetteer((row,))).ambiguous.num_rows == 0
    assert linked("Squid Game", Gazetteer((row,)), date(2026, 5, 5)) == {}


def test_tags_out_of_the_text_link_without_a_place() -> None:
    row = GazetteerRow("you", ("You",), tags=("YNF",))
    found = link(posts("", None, tags=["ynf", "x"]), Gazetteer((row,))).links.to_pylist()
    assert found == [
        {"post": post, "subject": "you", "rule": "tag.official", "start": None, "end": None} for post in "01"
    ]


def test_cast_and_characters_are_evidence() -> None:
    row = GazetteerRow("wednesday", ("Wednesday",), people=("Jenna Ortega",))
    assert linked("jenna ortega in Wednesday is perfect", Gazetteer((row,))) == {"wednesday": "people"}
    assert linked("Jenna Ortegas in Wednesday is perfect", Gazetteer((row,))) == {}


def test_decoys_and_longer_titles_swallow_a_title() -> None:
    row = GazetteerRow("lucifer", ("Lucifer",), decoys=("Lucifer Rising",))
    assert linked("watching Lucifer Rising", Gazetteer((row,))) == {}
    assert linked("watching Lucifer rise", Gazetteer((row,))) == {"lucifer": "watching"}


def test_a_word_repeated_is_no_enumeration() -> None:
    assert linked("Dark, Dark, Dark. my show") == {}
    assert linked("Dark, Sirens, Elite. my show") == {"dark": "row", "sirens": "row", "elite": "row"}


def test_a_form_of_two_subjects_needs_what_is_its_own() -> None:
    rows = (
        GazetteerRow("monster-2004", ("Monster",), people=("Naoki Urasawa",)),
        GazetteerRow("monster-2022", ("Monster",)),
    )
    found = link(posts("watching Monster season 1", "watching Monster by Naoki Urasawa"), Gazetteer(rows))
    assert [(row["post"], row["subject"]) for row in found.links.to_pylist()] == [("1", "monster-2004")]
    assert {row["subject"]: row["posts"] for row in found.ambiguous.to_pylist()} == {
        "monster-2004": 1,
        "monster-2022": 2,
    }


def test_a_thread_helps_one_level_and_says_so() -> None:
    assert linked("Lucifer for me") == {}
    assert rules(link(posts("I only saw Lucifer", parents=["suits"]), TITLES)) == {"lucifer": "inherited.cues"}
    assert rules(link(posts("Dark for me", parents=["dark"]), TITLES)) == {"dark": "inherited.parent"}
    assert rules(link(posts("that ending!", parents=["dark"]), TITLES)) == {}
    assert rules(link(posts("Squid Game", parents=["dark"]), TITLES)) == {"squid-game": "text"}


def test_scripts_without_word_spaces_link_by_tag_or_quotes() -> None:
    assert linked("昨日オオカミの家を見た") == {}
    assert linked("オオカミの家 最高") == {}
    assert linked("「オオカミの家」を見た") == {"オオカミの家": "quoted"}
    assert linked("見た #オオカミの家") == {"オオカミの家": "tag.title"}
    assert linked("昨日Squid Gameを見た") == {"squid-game": "text"}


def test_posts_that_lack_something_are_refused() -> None:
    with pytest.raises(InputError, match="lack the columns tags"):
        link(posts("x").drop_columns(["tags"]), TITLES)
    with pytest.raises(InputError, match="1 posts to be linked have no day"):
        link(posts("x").set_column(4, "day", pa.array([None], pa.date32())), TITLES)


def test_a_post_is_read_for_its_first_candidates() -> None:
    many = "you " * MOST_CANDIDATES
    assert linked("Lucifer S4 " + many) == {"lucifer": "season"}
    assert linked(many + "Lucifer S4") == {}


SENTENCES = st.lists(
    st.sampled_from(
        [
            "I am watching",
            "Lucifer",
            "You",
            "S3",
            ".",
            "netflix",
            '"Dark"',
            "#SquidGame",
            "elite",
            "is so good",
            ",",
            "\n",
            "Suits",
            "ﬁ",
        ]
    ),
    max_size=8,
).map(" ".join)


@settings(deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_neither_order_nor_batches_change_a_link(texts: list[str], dice: object) -> None:
    table = posts(*texts, tags=["maid"])
    whole = link(table, TITLES)
    order = list(range(len(texts)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    assert link(table.take(order), TITLES) == whole
    parts = [link(table.slice(number, 1), TITLES) for number in range(len(texts))]
    joined = pa.concat_tables(part.links for part in parts)
    assert joined.sort_by([("post", "ascending"), ("subject", "ascending")]) == whole.links
    volume = (
        pa.concat_tables(part.ambiguous for part in parts).group_by(["subject", "day"]).aggregate([("posts", "sum")])
    )
    assert {(row["subject"], row["posts_sum"]) for row in volume.to_pylist()} == {
        (row["subject"], row["posts"]) for row in whole.ambiguous.to_pylist()
    }


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("you Lucifer#@\"'.s3ﬁİ\u0301⚡\ufe0f\0\n愛"), max_size=60))
def test_any_text_is_read_and_places_are_inside_it(text: str) -> None:
    for row in link(posts(text, tags=[text]), TITLES).links.to_pylist():
        assert row["start"] is None or 0 <= row["start"] < row["end"] <= len(text)


def test_every_rule_can_hold() -> None:
    """No rule asks for evidence nothing gives, or for evidence it also forbids; every piece has a meaning."""
    sample = (
        'the first season of "Lucifer" season 2 is so good. Lucifer on netflix\nwatching Lucifer on bbc, a series. '
        "the series Lucifer, Lucifer is the best show. Lucifer\nI loved Lucifer finale; suits is good, LUCIFER Wednesday "
        "the elite, One Day, Squid Game, nobody wants this. I like The Crown and The Lucifer (2016). Lucifer (Netflix), "
        "Lucifer S3, the cast of Lucifer, Ana Ruiz in Lucifer on netflix is. This Lucifer was cancelled, it"
    )
    seen = {"official", "people", "co_title", "listed", "parent", "unspaced", "tag", "tag_ending", "pair", "row"}
    for text in (sample, sample.lower(), sample.title()):
        for candidate in matcher(TITLES).find(fold(text)):
            seen |= evidence(Post(text), candidate.start, candidate.end, candidate) or set()
    asked = {name for rule in RULES for name in rule.needs | rule.without}
    assert asked - seen == set()
    assert asked <= set(EVIDENCE)
    assert not [rule for rule in RULES if rule.needs & rule.without]


def test_hostile_posts_are_read_in_no_time() -> None:
    """Runs of blanks, quotes and hyphens that would make a careless pattern try every way to split them."""
    for text in ("you" + " " * 20_000 + "you", "a-" * 20_000 + " you", "you '\"" * 5_000, "you is just now " * 3_000):
        assert link(posts(text), TITLES).links.num_rows == 0
