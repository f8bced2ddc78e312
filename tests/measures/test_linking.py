"""Posts to titles: what links, by which rule, and what stays ambiguous. Every post here was made up for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groundswell.catalog.identity import slug
from groundswell.core.errors import InputError
from groundswell.measures.candidates import matcher
from groundswell.measures.commonness import Tier
from groundswell.measures.evidence import Post, evidence
from groundswell.measures.evidence import written as written_so
from groundswell.measures.folding import fold
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow, gazetteer_of
from groundswell.measures.linking import AMBIGUOUS, LINKS, LONGEST, MOST_CANDIDATES, Links, link
from groundswell.measures.rules import EVIDENCE, RULES, decide, outright
from tests.written import TITLES as TITLES_WRITTEN
from tests.written import gazetteer, score, written

DAY = date(2026, 5, 4)
NAMES = (
    "Squid Game|Black Mirror|Maid|Lucifer|Elite|The Crown|Suits|Sirens|You|Wednesday|Friends|Dark|Lost|It|One Day|Beef|"
    "Nobody Wants This|The Pitt|The 2nd|Slow Horses|Severance|オオカミの家"
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


SEARCHED = matcher(
    gazetteer_of((name, "x", None, None) for name in ("Severance", "σίσυφος", "You", "fi", "オオカミの家", "é"))
)
_PIECES = "Severance|ΣΊΣΥΦΟΣ|Σ|ς|é|e\u0301|\u0301|ﬁ|Ｙou|オオカミの家|İ|\0| |`|x|😭".split("|")


@settings(deadline=None)
@given(st.lists(st.none() | st.lists(st.sampled_from(_PIECES), max_size=5).map("".join), max_size=8))
def test_searched_together_posts_have_the_candidates_they_have_alone(texts: list[str | None]) -> None:
    together = SEARCHED.among(pa.chunked_array([pa.array(texts, pa.string())]))
    folded = {number: fold(text) for number, text in enumerate(texts) if text}
    named = [number for number, text in folded.items() if any(form in text for form in SEARCHED.forms)]
    assert together == {number: (folded[number], SEARCHED.find(folded[number])) for number in named}


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
        ("i shouted at Nobody Wants This so much", "nobody-wants-this", "long"),
        ("bingeing severance, dark, all of it", "dark", "listed"),
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
        ("Maid is on my mind again, that trailer", "maid", "subject"),
        ("lucifer. that episode", "lucifer", "alone"),
        ("I finished Lucifer, that long series", "lucifer", "following"),
        ("I cried at Severance, that trailer", "severance", "cues"),
        ("Her pick? Nobody Wants This was what I needed", "nobody-wants-this", "long"),
        ("so many thoughts #elite #netflix", "elite", "tag.service"),
        ("Currently watching:\n- Elite", "elite", "watching"),
        ("now watching: dark (netflix)", "dark", "bracket"),
        ("Elite 9/10", "elite", ""),
        ("Ana Ruiz singing on a roof in Maid, no notes", "maid", "acted"),
        ("ana quartermaine is so good in the crown", "the-crown", "acted"),
        ("The best couple in Dark, obviously", "dark", "piece_of"),
        ("hate how Severance ended", "severance", "released"),
        ("Just finished Dark.", "dark", "following"),
        ("finished severance last night", "severance", "following"),
        ("watching dark again", "dark", "watching"),
        ("Elite made me cry", "elite", "opinion"),
        ("He sang at the party, and Friends really was early", "friends", "singular"),
        ("Darkはやっぱり最高、シーズン2", "dark", "foreign"),
        ("1. Dark\n2. Lost\n3. You", "lost", "item"),
        ("so tired #SlowHorses", "slow-horses", "tag.title"),
        ("tonight it was Elite: 9/10", "elite", "rated"),
        ("Maid ⭐⭐⭐⭐⭐", "maid", "rated"),
        ("lucifer >>>> all", "lucifer", "rated"),
        ("my series of the year: Dark. Dark ★★★★", "dark", "work"),
        ("just finished season 3 of lost and whoa", "lost", "season"),
        ("4 eps into maid and so tired", "maid", "season"),
        ("the new season of Wednesday is fun", "wednesday", "season"),
        ("la segunda temporada de Elite fue horrible", "elite", "season"),
        ("Lucifer, saison 4, quelle claque", "lucifer", "season"),
        ("neue Staffel von Elite", "elite", "season"),
        ("this is like an episode of Friends", "friends", "episode_of"),
        ("starting elite on netflix", "elite", "service"),
        ("Lost is now on Hulu", "lost", "service"),
        ("the crown on netflix again", "the-crown", "service"),
        ("Class on Netflix: who knew", "class", ""),
        ("Dark on Netflix: who knew", "dark", "service"),
        ("lucifer fandom how are we", "lucifer", "part"),
        ("the plot twists in Elite", "elite", "piece_of"),
        ("lucifer's ending, why", "lucifer", "part"),
        ("Friends is my comfort show", "friends", "predicate"),
        ("rewatching suits again", "suits", "binged"),
        ("binged the pitt in a day", "the-pitt", "binged"),
        ("rewatching friends. help", "friends", "binged"),
        ("estoy viendo Elite", "elite", "watching"),
        ("assistindo elite na netflix", "elite", "service"),
        ("ich habe gestern Dark gesehen, auf Netflix", "dark", "watched"),
        ("ik heb Lucifer gekeken", "lucifer", "watched"),
        ("Lucifer izliyorum", "lucifer", "watched"),
        ("昨日 Lucifer を見た", "lucifer", "watched"),
        ("watching some Suits", "suits", "watching"),
        ("Ana Ruiz deserves it all for Elite, give this show to her", "elite", "acted"),
        ("Maid with Ana Ruiz, what an actress", "maid", "acted"),
        ("Ruth from The Crown", "the-crown", "acted"),
        ("give her the Emmy for Elite", "elite", "awarded"),
        ("binged: maid, lucifer, severance", "severance", "row"),
        ("my top series 1- Suits 2- Beef 3- Dark", "beef", "item"),
        ("why is Severance so good", "severance", "opinion"),
        ("can't believe how good Severance is", "severance", "opinion"),
        ("Maid broke me", "maid", "opinion"),
        ("Lucifer: brilliant", "lucifer", "opinion"),
        ('"Severance" is so good', "severance", "quoted"),
        ("slow horses is back", "slow-horses", "singular"),
        ("black mirror is out", "black-mirror", "released"),
        ("Finished Nobody Wants This and cried", "nobody-wants-this", "following"),
        ("Just started The Crown, wow", "the-crown", "following"),
        ("started maid, good series", "maid", "following"),
        ("Black Mirror, Netflix. That is all", "black-mirror", "cues"),
        ("The Crown and its episodes", "the-crown", "cues"),
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
        "Moving to Beef, any show near?",
        "he named his cat Lucifer and it shows",
        "watching the sirens go by this season",
        "the maid on netflix money",
        "watching the elite suffer on tv",
        "jim from the office said so",
        "season of the dark",
        "an elite episode",
        "the cast of the 2nd season",
        "Top Gun\n\nYou know, a film",
        "It's a wonderful show & Friends",
        "Suits of armour, what a film set",
        "The Crown of England, seen in a film",
        "suits 10/10 would wear again",
        "Dark >>>",
        "beef 5/10/2021",
        "loved it on netflix",
        "finished it on netflix",
        "rewatching it",
        "binged her videos",
        "Anna from Elite called",
        "Friends is on Monday",
        "1. milk 2. beef 3. eggs",
        "netflix: you, it, lost",
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
        "Remus Lucifer was the best teacher",
        "White Dark premiere of the film",
        "season tickets, YOU get them, what a show, what a film",
        "a show for US fans of film",
        "watching you again",
        "the finale of the maid race",
    ],
)
def test_ordinary_speech_does_not_link(text: str) -> None:
    assert linked(text) == {}


def test_a_handle_is_no_context() -> None:
    assert linked("I saw Lucifer there @netflix") == {}
    assert linked("I saw Lucifer there, netflix") == {"lucifer": "cues"}


def test_a_post_that_opens_with_the_handle_of_a_service_speaks_to_it() -> None:
    assert linked("@netflix I saw Lucifer here") == {"lucifer": "cues"}
    assert linked("@somebody @NetflixUK I saw Lucifer here") == {"lucifer": "cues"}
    assert linked("@mynetflix I saw Lucifer here") == {}
    assert linked("@netflix I saw You there") == {}


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
    assert linked("jenna ortega wore Wednesday, perfect", Gazetteer((row,))) == {"wednesday": "people"}
    assert linked("jenna ortegas wore Wednesday, perfect", Gazetteer((row,))) == {}


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
    assert rules(link(posts("Lucifer tho, then bed", parents=["suits"]), TITLES)) == {"lucifer": "inherited.subject"}
    assert rules(link(posts("Dark for me", parents=["dark"]), TITLES)) == {"dark": "inherited.parent"}
    assert rules(link(posts("that ending!", parents=["dark"]), TITLES)) == {}
    assert rules(link(posts("Squid Game", parents=["dark"]), TITLES)) == {"squid-game": "text"}


def test_scripts_without_word_spaces_link_by_tag_or_quotes() -> None:
    assert linked("昨日オオカミの家を見た") == {}
    assert linked("オオカミの家 最高") == {}
    assert linked("「オオカミの家」を見た") == {"オオカミの家": "quoted"}
    assert linked("見た #オオカミの家") == {"オオカミの家": "tag.title"}
    assert linked("昨日Squid Gameを見た") == {"squid-game": "text"}


@pytest.mark.parametrize(
    ("title", "bare", "quoted", "tagged"),
    [
        ("地面師たち", "昨日の地面師たちは最高", "『地面師たち』最高", "見た #地面師たち"),
        ("庆余年", "我在看庆余年第三集", "《庆余年》第三集好看", "好看 #庆余年"),
        ("폭싹 속았수다", "어제 폭싹 속았수다를 봤다", "어제 「폭싹 속았수다」를 봤다", "#폭싹속았수다 봤다"),
        ("더글로리", "더글로리는 재밌다", "“더글로리” 재밌다", "재밌다 #더글로리"),
        ("สืบสันดาน", "ดูสืบสันดานแล้วสนุกมาก", '"สืบสันดาน" สนุกมาก', "สนุก #สืบสันดาน"),
    ],
)
def test_a_title_in_such_a_script_links_by_tag_or_quotes_in_any_language(
    title: str, bare: str, quoted: str, tagged: str
) -> None:
    one = Gazetteer((GazetteerRow("one", (title,)),))
    assert linked(bare, one) == {}
    assert linked(quoted, one) == {"one": "quoted"}
    assert linked(tagged, one) == {"one": "tag.title"}


def test_posts_that_lack_something_are_refused() -> None:
    with pytest.raises(InputError, match="lack the columns tags"):
        link(posts("x").drop_columns(["tags"]), TITLES)
    with pytest.raises(InputError, match="1 posts to be linked have no day"):
        link(posts("x").set_column(3, "day", pa.array([None], pa.date32())), TITLES)


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
            "binged:",
            "1.",
            "season 2 of",
            "The Crown",
            "@netflix",
            "⭐⭐⭐⭐",
            ">>>",
            ",",
            "\n",
            "Suits",
            "ﬁ",
        ]
    ),
    max_size=8,
).map(" ".join)


@st.composite
def _gazetteers(draw: st.DrawFn) -> Gazetteer:
    """The titles, some of a tier of somebody's choice, some with their name for a tag, and some two works by one name."""
    rows = []
    for row in TITLES.rows:
        tags = row.forms if draw(st.booleans()) else ()
        rows.append(replace(row, tier=draw(st.none() | st.sampled_from(Tier)), tags=tags))
        if draw(st.integers(0, 4)) == 0:
            rows.append(replace(row, subject=f"{row.subject}-2025", people=("Suits",)))
    return Gazetteer(tuple(rows))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(SENTENCES, min_size=4, max_size=8),
    _gazetteers(),
    st.lists(st.sampled_from(TITLES.rows).map(lambda row: row.subject), max_size=3),
)
def test_a_parent_adds_links_of_what_was_undecided_without_it_and_nothing_else(
    texts: list[str], gazetteer: Gazetteer, parents: list[str]
) -> None:
    alone, beside = (link(posts(*texts, tags=["maid"], parents=of), gazetteer) for of in (None, parents))
    named, with_parent, undecided = (
        set(zip(of["post"].to_pylist(), of["subject"].to_pylist(), strict=True))
        for of in (alone.links, beside.links, alone.unlinked)
    )
    assert named <= with_parent
    assert with_parent - named <= undecided


@settings(deadline=None)
@given(
    st.lists(SENTENCES, min_size=1, max_size=6),
    st.sampled_from([None, [], ["lucifer"], ["suits", "you"]]),
    st.randoms(use_true_random=False),
)
def test_neither_order_nor_batches_change_a_link(texts: list[str], parents: list[str] | None, dice: object) -> None:
    table = posts(*texts, tags=["maid"], parents=parents)
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
        "Lucifer S3, the cast of Lucifer, Ana Ruiz in Lucifer on netflix is. This Lucifer was cancelled, it #Lucifer #netflix "
        'the best couple in Lucifer, the best show since Lucifer, on Lucifer tonight, "no" - Lucifer'
    )
    seen = {"official", "people", "co_title", "listed", "parent", "unspaced", "tag_ending", "pair", "row", "small_row"}
    for text in (sample, sample.lower(), sample.title(), *(post.text for post in written())):
        for candidate in matcher(gazetteer()).find(fold(text)) + matcher(TITLES).find(fold(text)):
            seen |= evidence(Post(text), candidate.start, candidate.end, candidate) or set()
    asked = {name for rule in RULES for name in rule.without.union(*rule.needs)}
    assert asked - seen == set()
    assert asked <= set(EVIDENCE)
    assert not [rule for rule in RULES for either in rule.needs if either <= rule.without]


def told_outright(post: Post) -> int:
    """How often, over tiers, a post's mentions say enough outright: each time what all their evidence says."""
    told = 0
    for candidate in matcher(TITLES).find(folded := fold(post.written)):
        if len(folded) > len(post.written):  # no place is what it was
            continue
        place = candidate.start, candidate.end
        known, own = evidence(post, *place, candidate), written_so(post, *place, candidate)
        for tier, official in product(Tier, ({"official"}, set[str]())):
            if own is not None and (rule := outright(tier, own | official)):
                told += 1
                assert known is not None
                assert decide(tier, known | official) == rule
    return told


def test_what_a_mention_says_outright_is_what_all_its_evidence_says() -> None:
    assert sum(told_outright(Post(one.text)) for one in written()) > 500
    assert told_outright(Post("so squid game was a lot")) > told_outright(Post("so Happy, squid game was a lot"))


@settings(deadline=None)
@given(SENTENCES, st.sampled_from([str, str.lower, str.upper, str.title]))
def test_so_it_is_however_a_post_is_written(text: str, write: Callable[[str], str]) -> None:
    told_outright(Post(write(text)))


HOSTILE = {
    "blanks": "you" + " " * 500_000 + "you",
    "hyphens": "a-" * 500_000 + " you",
    "quotes": "you '\"" * 170_000,
    "cues without end": "you is just now " * 60_000,
    "titles without end": "Lucifer S3 on netflix " * 45_000,
    "marks in two classes": "You " + "a" + "\u0323\u0301" * 500_000,
    "marks on each letter": "".join(letter + "\u0301\u0323" * 20 for letter in "watching Lucifer on netflix " * 900),
    "zero width": "L\u200bucifer " * 100_000,
    "right to left": "\u202eLucifer\u202c " * 100_000,
    "handles": "@" * 500_000 + "@-" * 250_000,
    "brackets": "(" * 500_000 + "Lucifer" + ")" * 400_000,
    "emoji": "👩‍👩‍👧‍👦" * 140_000,
    "jamo": "\u1100\u1161\u11a8" * 330_000,
    "ligatures": "ﷺ" * 50_000,
    "items": "1. " * 330_000,
    "names": "Ana Ruiz is as Ana Ruiz " * 40_000,
    "tags": "#you" * 250_000,
    "letters that grow": "İ" * 500_000,
}
"""Each would make a careless pattern try every way to split it, or a sort take n² steps; a million characters or so."""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_posts_are_read(text: str) -> None:
    """They end, and their length past the limit costs nothing: the post is the one that ends there."""
    found = link(posts(text, tags=[text, text[:150]]), TITLES)
    assert found == link(posts(text[:LONGEST], tags=[text[:150]]), TITLES)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["I", "am", "Lucifer", "NETFLIX", "#Tag", "so", "é", "99", "."])), st.data())
def test_what_the_rest_of_a_post_has_is_what_its_other_words_have(words: list[str], data: st.DataObject) -> None:
    """Counted once for all candidates, so that a long post full of titles costs no square; here word by word."""
    post = Post(" ".join(words))
    start = data.draw(st.integers(0, len(post.text)))
    end = data.draw(st.integers(start, len(post.text)))
    rest = [match[0] for match in post.words if match.end() <= start or match.start() >= end]
    long = [word for word in rest if len(word) > 3 and word.lower() != "netflix"]
    assert post.rest("letter", start, end) == sum(letter.isalpha() for word in rest for letter in word)
    assert post.rest("upper", start, end) == sum(letter.isupper() for word in rest for letter in word)
    assert post.rest("long", start, end) == len(long)
    assert post.rest("long upper", start, end) == sum(word[0].isupper() for word in long)


def test_marks_heaped_on_a_letter_are_cut() -> None:
    assert fold("x" * 300 + "a" + "\u0323\u0301" * 500).count("\u0301") <= 15
    assert linked("x" * 300 + " e" + "\u0323\u0301" * 500 + " Squid Game") == {"squid-game": "text"}


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("first", 0.97, 0.85), ("second", 0.95, 0.86), ("third", 0.95, 0.80)],
)
def test_posts_the_project_wrote(name: str, precision: float, recall: float) -> None:
    """Floors a little below what docs/methods.md reports of them."""
    found = score(name, "BCD")
    assert found.precision.share >= precision
    assert found.recall.share >= recall


def test_the_posts_the_project_wrote_stand_for_themselves() -> None:
    """Each once, each title in the list named by one of them, and half of them name nothing."""
    every = [*written()]
    assert len({post.text for post in every}) == len(every)
    assert {slug(title) for title in TITLES_WRITTEN} >= frozenset().union(*(post.subjects for post in every))
    assert 0.3 < sum(not post.subjects for post in every) / len(every) < 0.6
