"""Posts the project wrote for its linker, and what it makes of them: `python -m tests.written` reports it for docs/methods.md."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from groundswell.catalog.identity import slug
from groundswell.measures.commonness import Tier, tier_of
from groundswell.measures.gazetteer import Gazetteer, GazetteerRow
from groundswell.measures.linking import link
from tests.posts import Share, share_of, table

FILE = Path(__file__).parent / "measures" / "written_posts.tsv"
TITLES = (
    "1899|Adolescence|Alice in Borderland|Alone|Andor|Another Life|Arcane|Arrow|Atlanta|Atypical|Away|Baby "
    "Reindeer|Barry|Beef|Behind Her Eyes|Big Mouth|Billions|Black Mirror|Black Summer|Blood & "
    "Water|Bloodline|Bodies|Bodyguard|Bonding|Bones|Bordertown|Borgen|Brooklyn Nine-Nine|Cable "
    "Girls|Castle|Charmed|Chernobyl|Class|Clickbait|Colony|Community|Continuum|Control|Control "
    "Z|Crashing|Cursed|Dark|Dash & Lily|Daybreak|Dead to Me|Deadwind|Dear White People|Dept. "
    "Q|Dexter|Dickinson|Disenchantment|Dom|Dynasty|Echoes|Elite|Emily in "
    "Paris|Empire|Equinox|Euphoria|Evil|Fallout|Family Guy|Fargo|Feel Good|Fool Me Once|Forever|Foundation|Free "
    "Rein|Friends|From|Gen V|Girls|Girls5eva|Glee|Good Girls|Good Omens|Gossip Girl|Gotham|Grace and Frankie|Grand "
    "Army|Greenleaf|Hacks|Happy!|Hawkeye|Heartbreak High|Hellbound|Her|High Seas|Hollywood|Hometown "
    "Cha-Cha-Cha|House|If|Industry|Insecure|Invincible|It|Kingdom|Law School|Legends|Living with Yourself|Locke & "
    "Key|Loki|Lost|Love|Lovesick|Lucifer|Lupin|Luther|Maid|Maniac|Manifest|Marcella|Merlin|Messiah|Midnight "
    "Mass|Mindhunter|Misfits|Modern Family|Money Heist|Monster|Move to Heaven|Narcos|Never Have I Ever|Nobody Wants "
    "This|On My Block|One Day|Outer Banks|Overcompensating|Ozark|Parks and Recreation|Peaky "
    "Blinders|Pose|Power|Pure|Queen Sugar|Ragnarok|Raising Dion|Ratched|Reign|Revenge|Ripley|Rita|Riverdale|Running "
    "Point|Safe|Scandal|Scrubs|Self Made|Selling Sunset|Sense8|Severance|Sex "
    "Education|Shameless|Sherlock|Shrinking|Signal|Silo|Sirens|Sisyphus|Skins|Slow Horses|Snowfall|Space "
    "Force|Special|Squid Game|Start-Up|Stay Close|Stranger|Succession|Sugar|Suits|Supernatural|Superstore|Sweet "
    "Home|Sweet Tooth|Ted Lasso|The 100|The A List|The Bear|The Better Sister|The Boys|The Chair|The Chestnut Man|The"
    " Circle|The Crown|The Diplomat|The Fall|The Flash|The Four Seasons|The Gentlemen|The Good Place|The Guilty|The "
    "Idol|The Innocent|The Kominsky Method|The Last of Us|The Letter for the King|The Night Agent|The OA|The "
    "Office|The One|The Order|The Pitt|The Politician|The Rain|The Recruit|The Residence|The Rookie|The Silent "
    "Sea|The Sinner|The Society|The Stranger|The White Lotus|The Wilds|The Wire|The Witcher|Timeless|Tiny Pretty "
    "Things|Toxic Town|Trapped|Travelers|Treason|Trinkets|Unbelievable|Untamed|Vikings|Vincenzo|Virgin River|Vis a "
    "Vis|Voice|Wednesday|Weeds|Wellmania|Who Killed Sara?|Working Moms|Yellowstone|You|Zero Day|Étoile"
).split("|")
ALSO = {"Elite": ("Élite",)}
"""Forms an editor would add."""


@dataclass(frozen=True)
class Written:
    """A post and the subjects it names; `list` says when it was written."""

    list: str
    subjects: frozenset[str]
    text: str


@dataclass(frozen=True)
class Score:
    """Precision over the links to titles of some tiers, and recall over their mentions."""

    precision: Share
    recall: Share


def written() -> Iterator[Written]:
    """The posts of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, titles, text = line.split("\t")
            named = () if titles == "-" else titles.split("; ")
            yield Written(name, frozenset(slug(title) or title for title in named), text.replace("\\n", "\n"))


def gazetteer() -> Gazetteer:
    """One row for each title."""
    return Gazetteer(tuple(GazetteerRow(slug(title) or title, (title, *ALSO.get(title, ()))) for title in TITLES))


def score(name: str, tiers: str) -> Score:
    """The linker on one list of posts, for titles of these tiers."""
    posts = [post for post in written() if post.list == name]
    tier = {slug(title): tier_of(title) for title in TITLES}
    links = link(table(post.text for post in posts), gazetteer()).links.to_pylist()
    made = {(int(row["post"]), row["subject"]) for row in links if tier[row["subject"]] in map(Tier, tiers)}
    true = {(n, one) for n, post in enumerate(posts) for one in post.subjects if tier[one] in map(Tier, tiers)}
    return Score(share_of((1, one in true) for one in made), share_of((1, one in made) for one in true))


def report() -> Iterator[str]:
    """Everything measured, a line each."""
    for name in ("first", "second", "third"):
        for tiers in ("BCD", "B", "C", "D"):
            found = score(name, tiers)
            yield f"{name}, tiers {tiers}: precision {found.precision}, recall {found.recall}"


if __name__ == "__main__":
    for told in report():
        sys.stdout.write(told + "\n")
