"""Rules in pairs: a made-up post that one holds for, and one a word away that none does."""

import pytest

from groundswell.catalog.identity import slug
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow
from groundswell.measures.linking import link
from tests.posts import table

TITLES = Gazetteer(
    tuple(
        GazetteerRow(slug(name), (name,))
        for name in "1899|Alone|Barry|Beef|Dark|Elite|Evil|Friends|Ghosts|Girls|Hacks|Lost|Love|Lucifer|Luther|Maid|Monk|"
        "Power|Rome|Severance|Sirens|Silo|Suits|The Bear|The Boys|The Crown|The Office|The Pitt|Wednesday|You".split(
            "|"
        )
    )
)
PAIRS = (
    ("season", "bawling over the bear season 2 in bed", "the bear saw the season change"),
    ("season", "another season of 1899 please", "the season was 1899 again"),
    ("season", "season 2 of 1899", "1899 seasons of rain"),
    ("service", "Evil on hulu season 1 by myself", "Evil thoughts on hulu season 1 by myself"),
    ("service", "ok evil is on netflix now", "it is evil how netflix is on about it"),
    ("part", "the beef finale lol", "a beef finale lol"),
    ("part", "when is the crown finale", "when is a crown finale"),
    ("part", "Suits fans are loud", "Suits that fans are sold"),
    ("part", "Lost finale, explained", "Lost luggage, explained"),
    ("part", "friends marathon tonight", "my friends run a marathon tonight"),
    ("piece_of", "loved the ghost scenes in the crown", "loved the ghost in the crown"),
    ("piece_of", "the ending of 1899", "the end of 1899"),
    ("piece_of", "the best duo in Beef ever", "the best duo in beef ever"),
    ("piece_of", "please no american remake of dark", "please no more of dark"),
    ("piece", "honestly evil has the best villain on tv", "honestly evil has no place on tv"),
    ("piece", "Lost had the worst ending", "Lost in the worst ending"),
    ("piece", "Evil has the best opening credits", "Evil has no name"),
    ("predicate", "the bear is such a good show", "the bear is such a good boy"),
    ("singular", "the boys is so funny", "the boys are so funny"),
    ("news", "Barry got cancelled, what a season", "Barry got promoted, what a season"),
    ("news", "they axed Barry, cast and all", "they axed Wednesday, cast and all"),
    ("news", "Lost got renewed, one more season", "Lost my ticket, one more season"),
    ("news", "1899 was cancelled", "1899 was cold"),
    ("since", "best sitcom since friends tbh", "best weekend since friends tbh"),
    ("since", "die beste serie seit dark", "die beste pizza seit dark"),
    ("aired", "round table on the pitt tonight", "round table by the pitt tonight"),
    ("watching", "watching suits in bed", "washing suits in bed"),
    ("watching", "watching the office for the 10th time", "cleaning the office for the 10th time"),
    ("watching", "watched all of wednesday at once", "planned all of wednesday at once"),
    ("acted", "Ana Ruiz is crying in Beef, again", "Ana Ruiz is crying about beef, again"),
    ("acted", "Ana Ruiz is lovely in Maid as ever", "Ana Ruiz is lovely as a maid as ever"),
    ("acted", "the way Ana Ruiz carried Beef and left", "the way Ana Ruiz carried beef and left"),
    ("acted", "jenna ruiz's dance in Wednesday is fun", "jenna ruiz's dance on Wednesday is fun"),
    ("acted", "carla and samuel in elite had it all", "carla and samuel, the elite, had it all"),
    ("acted", "emma's coat in the crown", "emma's coat and the crown"),
    ("acted", "hannah from girls would have loved it", "hannah and girls would have loved it"),
    ("acted", "why do people like joe from You so much", "why do people like letters from You so much"),
    ("acted", "jenna ruiz in wednesday tho", "jenna ruiz on wednesday tho"),
    ("acted", "Bill Ruiz in Barry, wow", "Bill Ruiz and Barry, wow"),
    ("row", "sirens, maid and silo are my comfort", "sirens and silo are my comfort"),
    ("row", "severance, suits and the bear are the shows for me", "suits and the bear are the things for me"),
    ("opinion", "Barry is brilliant", "Barry is here"),
    ("opinion", "1899 was brilliant", "in 1899 it was brilliant"),
    ("opinion", "the bear broke me", "the bear broke it"),
    ("opinion", "Lost broke my heart", "Lost my heart"),
    ("opinion", "so Dark was brilliant, what a plot", "so dark and brilliant, what a plot"),
    ("opinion", "who says was Wednesday better in season 1", "who says was Wednesday free in season 1"),
    ("opinion", "episode one of what? is the crown worth it", "episode one of what? is the crown for it"),
    ("defined", "a boat, a captain, a riddle: 1899", "a boat, a captain, a riddle: 1899 of them"),
    ("glossed", "Ghosts (the british one) made my week", "Ghosts of the british past made my week"),
    ("glossed", "Evil (the nun one) made my week", "Evil of the nun made my week"),
    ("glossed", "sirens: three sisters and a falcon", "sirens and three sisters and a falcon"),
    ("glossed", "The Bear: onions and shouting", "The Bear and onions and shouting"),
    ("subject", "Evil is what my last episode was about", "Evil in what my last episode was about"),
    ("alone", "i have one word for it. silo.", "i have one word for it. silo doors."),
    ("alone", "Rome. Worst hour of tv", "Rome in May. Worst hour of my life"),
    ("following", "finished Barry last night", "called Barry last night"),
    ("following", "i just finished lost. so many questions", "i just got lost. so many questions"),
    ("cues", "did the new episode of that, Beef and all, work", "did the new episode of that, beef and all, work"),
    ("named", "The Crown is back", "The crown is back"),
    ("named", "The Pitt again", "The pitt again"),
    ("capital", "it beats Ghosts but only just", "it beats ghosts but only just"),
    ("capital", "my sister thinks Elite was better", "my sister thinks elite was better"),
    ("capital", "nobody tops The Crown as it is", "nobody tops The Crown hotel as it is"),
    ("capital", "who can you trust in The Crown? all liars", "who can you trust in the crown? all liars"),
    ("capital", "some people peaked with Dark tbh", "Some People Peaked With Dark Tbh"),
    ("capital", "some people in Lost could fight", "some people in lost cars could fight"),
    ("person", "Maid with Julia Ruiz was slow", "Maid with a rose was slow"),
    ("person", "what they did to Julia Ruiz on Suits set", "what they did to a stone on Suits set"),
    ("person", "evil with rose ruiz makes sense", "evil with a rose makes sense"),
    ("person", "rose ruiz is angry and beef is therapy", "a rose will fall and beef is therapy"),
    ("person", "thank rose ruiz, the pitt is all nerves", "thank a rose, the pitt is all nerves"),
)


@pytest.mark.parametrize(("rule", "post", "other"), PAIRS, ids=[post for _, post, _ in PAIRS])
def test_a_rule_holds_and_a_word_away_none_does(rule: str, post: str, other: str) -> None:
    found = link(table([post, other]), TITLES).links
    assert [*zip(found["post"].to_pylist(), found["rule"].to_pylist(), strict=True)] == [("0", rule)] * found.num_rows
    assert found.num_rows
